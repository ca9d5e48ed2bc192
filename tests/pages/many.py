"""A large collection made from the labelled articles: the same reports under many names, years and figures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path

from summarizer.outputs.pages import Collection, Failed
from summarizer.schemas.labels import Lang
from summarizer.schemas.report import Count, MeetingReport
from tests.pages.gold_reports import STEMS, rules_report

__all__ = ("many", "write_collection")

_PLACES = (
    "Huyện Châu Thành",
    "Thành phố Long Xuyên",
    "Sở Giáo dục và Đào tạo",
    "Trường Chính trị tỉnh",
    "Xã Bình An",
)


def many(articles: int) -> Iterator[tuple[str, MeetingReport | Failed, str | None]]:
    """Entries for `write_collection`, the same at every call."""
    bases = [rules_report(name) for name in STEMS]
    for number in range(articles):
        name = f"{number:04d}_bai.txt"
        if number % 50 == 49:
            yield name, Failed("tệp rỗng; không có gì để tóm tắt"), None
            continue
        base = bases[number * 7 % len(bases)]
        year = 2022 - int((number * 2654435761 % 1000 / 1000) ** 1.7 * 7)
        yield name, _varied(base, number, year), f"pages/{number:04d}_bai.html"


def _varied(base: MeetingReport, number: int, year: int) -> MeetingReport:
    place = _PLACES[number * 11 % len(_PLACES)]
    return base.model_copy(
        update={
            "source": base.source.model_copy(update={"sha256": sha256(str(number).encode()).hexdigest()}),
            "organization": f"{base.organization} {place} số {number}",
            "period": year,
            "date_held": f"{year + 1}-01-{1 + number % 28:02d}",
            "counts": tuple(_larger(count, number) for count in base.counts),
            "findings": base.findings if number % 9 == 0 else (),
        }
    )


def _larger(count: Count, number: int) -> Count:
    """A graded figure made larger, by another factor in each article."""
    if count.grade is None or count.unit != "count" or count.total is not None:
        return count
    factor = 1 + (number * 40503 + len(count.counted) * 977) % 37 / 12
    return count.model_copy(update={"value": round(count.value * factor)})


def write_collection(
    entries: Iterable[tuple[str, MeetingReport | Failed, str | None]], folder: Path, lang: Lang = "vi"
) -> None:
    """Write the index of articles given as `(name, report or failure, address of the page)`, in order."""
    with Collection(folder, lang) as collection:
        for name, report, href in entries:
            collection.add(name, report, href)
