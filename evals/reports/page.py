"""The measurement as one HTML page that needs nothing else: articles with gold and predicted counts marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from evals.gold import LabelledArticle
from evals.reports.terminal import COLUMNS, PART_COLUMNS, cells, certainties, part_cells
from evals.runner import SystemRun
from evals.scoring import ArticleScore, Leaf
from evals.totals import confusion, errors_of, tally, worst_article
from evals.verdict import Measurement

__all__ = ("Segment", "page", "segments_of")

_SIGNS = {"right": "✓", "wrong": "✗", "missing": "○", "spurious": "+"}
_WORST_FIRST = ("wrong", "missing", "spurious", "right")


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of the article: plain where `kind` is None, else marked with what was labelled and read there."""

    text: str
    kind: str | None = None
    sign: str = ""
    note: str = ""
    label: str = ""


def page(measurement: Measurement) -> str:
    """Return the page. Every text in it is escaped by the template; it loads nothing and runs no script."""
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent), autoescape=True, undefined=StrictUndefined
    )
    texts = {article.name: article for article in measurement.articles}
    return environment.get_template("page.html.j2").render(
        measurement=measurement,
        columns=COLUMNS,
        part_columns=PART_COLUMNS,
        systems=[_system(run, texts) for run in measurement.runs if run.scores],
    )


def segments_of(text: str, leaves: Sequence[Leaf]) -> list[Segment]:
    """Cut `text` into plain and marked segments; where marks overlap the worst outcome shows, notes add up."""
    spans = [(at, end, leaf) for leaf in leaves for at, end in [_span(leaf)] if 0 <= at < end <= len(text)]
    borders = sorted({0, len(text), *(at for at, _, _ in spans), *(end for _, end, _ in spans)})
    segments: list[Segment] = []
    for start, stop in pairwise(borders):
        here = [leaf for at, end, leaf in spans if at <= start and stop <= end]
        if not here:
            segments.append(Segment(_visible(text[start:stop])))
            continue
        worst = min(here, key=lambda leaf: _WORST_FIRST.index(leaf.outcome))
        notes = "; ".join(f"{leaf.verdict}: {_shown(leaf)}" for leaf in here)
        short = "" if worst.verdict == "right" else _shown(worst)
        segments.append(
            Segment(_visible(text[start:stop]), worst.outcome, _SIGNS[worst.outcome], notes, short)
        )
    return segments


def _system(run: SystemRun, texts: dict[str, LabelledArticle]) -> dict[str, object]:
    worst = worst_article(run.scores)
    ordered = sorted(run.scores, key=lambda score: (score is not worst, -len(errors_of(score))))
    return {
        "name": run.system,
        "cells": cells(tally(run.scores)),
        "part_cells": part_cells(tally(run.scores)),
        "certainties": certainties(tally(run.scores)),
        "articles": [_article(score, texts[score.article], score is worst) for score in ordered],
        "confusions": [(name, _grid(run, name)) for name in ("subject", "grade")],
    }


def _article(score: ArticleScore, article: LabelledArticle, is_worst: bool) -> dict[str, object]:
    return {
        "name": score.article,
        "worst": is_worst,
        "cells": cells(tally([score])),
        "part_cells": part_cells(tally([score])),
        "errors": errors_of(score),
        "segments": segments_of(article.text, score.leaves),
        "header": score.header,
    }


def _grid(run: SystemRun, attribute: str) -> dict[str, object]:
    table = confusion(run.scores, attribute)
    columns = sorted({column for row in table.values() for column in row})
    return {"columns": columns, "rows": [(row, [table[row].get(c, 0) for c in columns]) for row in table]}


def _span(leaf: Leaf) -> tuple[int, int]:
    count = leaf.gold or leaf.predicted
    return (count.at, count.end) if count else (-1, -1)


def _shown(leaf: Leaf) -> str:
    label, read = leaf.gold, leaf.predicted
    sides = [
        f"{count.value:g} {count.subject} {count.grade or ''}".strip() for count in (label, read) if count
    ]
    if leaf.outcome == "wrong":
        return f"label {sides[0]}, read {sides[1]}"
    if leaf.outcome == "right" and leaf.status_right is False and label and read:
        return f"label {label.status}, read {read.status}"
    return sides[0]


def _visible(text: str) -> str:
    """Control characters as their pictures, so that a NUL neither vanishes nor breaks the page."""
    return "".join(chr(0x2400 + ord(c)) if ord(c) < 0x20 and c not in "\t\n\r" else c for c in text)
