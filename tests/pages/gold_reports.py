"""Reports made from the hand labels, so that the pages are tried on what real articles say."""

from __future__ import annotations

import asyncio
import json
import re
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from typing import Any, get_args

from summarizer.pipeline import extract
from summarizer.schemas.report import (
    Count,
    Finding,
    MeetingReport,
    Person,
    Place,
    Provenance,
    Quotation,
    Reason,
    Section,
    SetAside,
    Source,
)
from summarizer.sources.document import Document

EVALS = Path(__file__).parents[2] / "evals"
STEMS = tuple(sorted(path.stem for path in (EVALS / "articles").glob("0*.txt")))


@cache
def article(stem: str) -> str:
    with (EVALS / "articles" / f"{stem}.txt").open(encoding="utf-8", newline="") as file:
        return file.read()


def stem(number: str) -> str:
    return next(name for name in STEMS if name.startswith(number))


@cache
def gold_report(stem: str) -> MeetingReport:
    """The report that the gold label of this article describes."""
    text = article(stem)
    gold: dict[str, Any] = json.loads((EVALS / "gold" / f"{stem}.json").read_text("utf-8"))
    title = next(line for line in text.split("\n") if len(line) >= 40 and "|" not in line)
    organization = next(name for name in gold["organization"] if name in text)
    written = {(entry["at"]): entry["text"] for entry in (*gold["counts"], *gold["excluded"])}
    reasons = get_args(Reason)
    return MeetingReport(
        source=Source(
            name=f"{stem}.txt",
            location=f"{stem}.txt",
            sha256=Document(stem, text).sha256,
            characters=len(text),
            encoding="utf-8",
        ),
        title=title,
        organization=organization,
        date_held=gold["date_held"],
        date_published=gold["date_published"],
        period=gold["period"],
        chairs=tuple(Person(name=name, at=text.index(name), roles=("chair",)) for name in gold["chairs"]),
        counts=tuple(
            Count(
                **{key: entry[key] for key in ("at", "text", "value", "total", "unit", "subject", "grade")},
                status=entry["status"],
                counted=entry["counted"],
                counted_at=_near(text, entry["counted"], entry["at"]),
                sentence=_sentence(text, entry["at"]),
                certainty="agreed",
            )
            for entry in gold["counts"]
        ),
        set_aside=tuple(
            SetAside(
                at=entry["at"],
                text=entry["text"],
                reason=entry["reason"] if entry["reason"] in reasons else "other",
            )
            for entry in gold["excluded"]
        ),
        findings=tuple(
            Finding(
                kind=entry["kind"],
                message="Các con số này của bài không khớp nhau.",
                arithmetic=entry["note"],
                places=tuple(Place(at=at, text=written[at]) for at in entry["at"]),
            )
            for entry in gold["findings"]
        ),
        shortcomings=tuple(Section(at=q.at, text=q.text) for q in _sentences(text, "hạn chế")[:2]),
        directives=tuple(Section(at=q.at, text=q.text) for q in _sentences(text, "năm 2021, ")[:2]),
        anchors={
            "organization": (Place(at=text.index(organization), text=organization),),
            "title": (Place(at=text.index(title), text=title),),
            **{
                key: _day(gold[key], gold["excluded"])
                for key in ("date_held", "date_published")
                if gold[key] is not None
            },
        },
        provenance=Provenance(model="none", profile="rules", version="0.1.0"),
    )


@cache
def rules_report(stem: str) -> MeetingReport:
    """The report that the rules alone make of this article, without a model."""
    document = Document(f"{stem}.txt", article(stem), location=f"{stem}.txt", encoding="utf-8")
    with ThreadPoolExecutor(1) as thread:  # since a test with a browser has a loop of its own running
        return thread.submit(lambda: asyncio.run(extract(document, None))).result()


def _day(iso: str, excluded: list[dict[str, Any]]) -> tuple[Place, ...]:
    """Where a date stands among the numbers that the label sets aside as dates."""
    wanted = [int(part) for part in reversed(iso.split("-"))]
    return tuple(
        Place(at=entry["at"], text=entry["text"])
        for entry in excluded
        if [int(part) for part in re.findall(r"\d+", entry["text"])] == wanted
    )


def _near(text: str, words: str, at: int) -> int | None:
    found = text.find(words, at)
    return found if 0 <= found < at + 20 else None


def _sentence(text: str, at: int) -> Quotation:
    start = max(text.rfind(mark, 0, at) for mark in (". ", "; ", "\n")) + 1
    ends = [end for mark in (". ", "; ", "\n") if (end := text.find(mark, at)) > 0]
    return Quotation(at=start, text=text[start : min(ends, default=len(text))])


def _sentences(text: str, word: str) -> list[Quotation]:
    found: list[Quotation] = []
    at = text.find(word)
    while at >= 0:
        found.append(_sentence(text, at))
        at = text.find(word, found[-1].end)
    return found
