"""The measurement as JUnit XML: a suite a system and article, a case a count, header field, finding and part."""

from __future__ import annotations

import re
from collections.abc import Mapping
from xml.etree import ElementTree

from evals.runner import SystemRun
from evals.scoring import ArticleScore
from evals.totals import errors_of
from evals.verdict import Measurement

__all__ = ("junit_xml",)

# What XML 1.0 cannot hold, however it is escaped.
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def junit_xml(measurement: Measurement) -> bytes:
    """Return the report; a case fails where it was right in the baseline, and is skipped where it was wrong too."""
    root = ElementTree.Element("testsuites", name="evals")
    worse = {(c.system, c.article, c.leaf): f"{c.before} → {c.now}" for c in measurement.regressions}
    for run in measurement.runs:
        for score in run.scores:
            _add_article(root, run, score, worse)
    required = ElementTree.SubElement(root, "testsuite", name="required")
    failing = [("threshold", line) for line in measurement.shortfalls]
    failing += [("baseline", str(change)) for change in measurement.regressions if not measurement.accepted]
    for kind, line in failing:
        _case(required, "required", f"{kind}: {line}", failure=line)
    for line in measurement.unmeasured:
        _case(required, "required", f"measured: {line}", error=line)
    if not failing and not measurement.unmeasured:
        _case(required, "required", "thresholds and baseline")
    for suite in [*root]:
        suite.set("tests", str(len(suite)))
        suite.set("failures", str(sum(case.find("failure") is not None for case in suite)))
        suite.set("errors", str(sum(case.find("error") is not None for case in suite)))
    ElementTree.indent(root)
    return ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)


def _add_article(
    root: ElementTree.Element, run: SystemRun, score: ArticleScore, worse: Mapping[tuple[str, str, str], str]
) -> None:
    suite = ElementTree.SubElement(root, "testsuite", name=_clean(f"{run.system}.{score.article}"))
    cases = {leaf.key: leaf.verdict for leaf in score.leaves}
    cases |= {
        f"header {leaf.field}": "right"
        if leaf.right
        else f"{leaf.outcome}: {leaf.predicted!r}, not {leaf.expected!r}"
        for leaf in score.header
    }
    cases |= {f"finding {leaf.key}": leaf.outcome for leaf in score.findings}
    cases |= {
        leaf.key: "right" if leaf.right else str(leaf)
        for leaf in score.parts or ()
        if leaf.labelled or not leaf.right
    }
    for name, verdict in cases.items():
        change = worse.get((run.system, score.article, name))
        known = verdict if verdict != "right" and change is None else None
        _case(suite, f"{run.system}.{score.article}", name, failure=change, skipped=known)
    ElementTree.SubElement(suite, "system-out").text = _clean("\n".join(errors_of(score)))


def _case(
    suite: ElementTree.Element,
    classname: str,
    name: str,
    *,
    failure: str | None = None,
    error: str | None = None,
    skipped: str | None = None,
) -> None:
    case = ElementTree.SubElement(suite, "testcase", classname=_clean(classname), name=_clean(name), time="0")
    for tag, message in (("failure", failure), ("error", error), ("skipped", skipped)):
        if message is not None:
            ElementTree.SubElement(case, tag, message=_clean(message))


def _clean(text: str) -> str:
    return _FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", text)
