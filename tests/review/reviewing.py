"""Reviews for the tests: a report that has every part, and decisions about it as the page would send them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from summarizer.article.article import Article, take_apart
from summarizer.review import Review, Reviews
from summarizer.review.items import Item, items_of
from summarizer.review.saving import Asked, AskedDecision, Deciding
from summarizer.schemas.report import Elected, MeetingReport, PresentedReport, Reading, Recipient
from summarizer.sources.document import Document
from tests.pages.gold_reports import article, rules_report, stem

FIRST = stem("000")


@cache
def taken_apart(name: str = FIRST) -> Article:
    return take_apart(Document(f"{name}.txt", article(name)))


@cache
def whole_report(name: str = FIRST) -> MeetingReport:
    """The report by rules, with a count in doubt, and something in every list."""
    report, text = rules_report(name), article(name)

    def at(words: str) -> dict[str, Any]:
        return {"text": words, "at": text.index(words)}

    doubtful = report.counts[2].model_copy(
        update={
            "certainty": "doubtful",
            "readings": (
                Reading(by="rules", counted="chi bộ", subject="party_cell"),
                Reading(by="model", counted="đảng viên", subject="party_member"),
            ),
        }
    )
    return report.model_copy(
        update={
            "counts": (*report.counts[:2], doubtful, *report.counts[3:]),
            "recipients": (Recipient(**at("Viện Khoa học Giáo dục Việt Nam"), award="bằng khen"),),
            "elected": (Elected(name="Lê Anh Vinh", at=text.index("Lê Anh Vinh"), post="Bí thư"),),
            "reports": (PresentedReport(**at("Báo cáo tổng kết")),),
            "place": "Hà Nội",
        }
    )


def items(report: MeetingReport | None = None, review: Review | None = None) -> dict[str, Item]:
    found = items_of(report or whole_report(), taken_apart(), review)
    return {item.key: item for item in found}


def first(part: str, report: MeetingReport | None = None) -> Item:
    """The first item of this part in the review's order."""
    return next(item for item in items(report).values() if item.part == part and item.value is not None)


def decided(
    folder: Path,
    *decisions: Mapping[str, Any],
    reviewer: str = "Hà",
    report: MeetingReport | None = None,
    **more: Any,
) -> dict[str, Any]:
    """Save decisions as the page sends them; returns the server's answer."""
    asked = Asked(
        reviewer=reviewer, decisions=tuple(AskedDecision.model_validate(one) for one in decisions), **more
    )
    made = report or whole_report()
    apart = taken_apart(made.source.name.removesuffix(".txt"))
    return Deciding(made, apart, Reviews(folder)).save(asked)


def review_of(folder: Path) -> Review:
    review = Reviews(folder).get(whole_report().source.sha256)
    assert review is not None
    return review


def count_fields(**fields: str) -> dict[str, str]:
    """What the form of a count holds."""
    return {
        "value": "2",
        "total": "",
        "unit": "count",
        "subject": "party_cell",
        "grade": "",
        "status": "result",
        "counted": "chi bộ",
        **fields,
    }
