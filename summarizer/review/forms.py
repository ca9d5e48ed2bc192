"""Forms: what a reviewer sent, read into a review, or what is wrong with it in words.

The fields of the number at offset 2044 are `verdict-2044`, `subject-2044` and so on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from pydantic import ValidationError

from summarizer.article.article import Article, take_apart
from summarizer.audit import audit
from summarizer.review.applying import apply_review
from summarizer.review.records import CountReview, HeaderReview, Review, ReviewedCount
from summarizer.schemas.labels import SUBJECTS
from summarizer.schemas.report import Count, MeetingReport, Place, Quotation
from summarizer.sources.document import Document

__all__ = ("Sent", "candidates", "read_form")

_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_HEADER_NAMES = {
    "date_held": "Ngày họp: viết dạng 2021-02-03",
    "date_published": "Ngày đăng: viết dạng 2021-02-05",
    "period": "Năm được tổng kết: là một năm, ví dụ 2020",
}


@dataclass(frozen=True, slots=True)
class Sent:
    """A review as sent, and what is wrong with it; it is to be saved only where nothing is."""

    review: Review
    errors: tuple[str, ...]


def candidates(report: MeetingReport, document: Document) -> dict[int, Place]:
    """The numbers of the article that the report does not count, by their offset: each may be added."""
    counted = {count.at for count in report.counts}
    found: dict[int, Place] = {place.at: place for place in report.set_aside if place.at not in counted}
    for number in take_apart(document).numbers:
        if number.at not in counted:
            found.setdefault(number.at, Place(at=number.at, text=number.text))
    return dict(sorted(found.items()))


def read_form(form: Mapping[str, str], report: MeetingReport, document: Document) -> Sent:
    """Read what was sent for a report. A number without a verdict is left out, as not yet judged.

    With the field `action` set to `confirm-rest`, every count without a verdict is confirmed.
    """
    article = take_apart(document)
    errors: list[str] = []
    judged = list(_counts(form, report, article, errors))
    header = _header(form, document.text, errors) if form.get("header") == "confirmed" else None
    complete = form.get("complete") == "yes"
    if complete and (
        len({entry.at for entry in judged} & {c.at for c in report.counts}) < len(report.counts)
    ):
        errors.append("Còn số đếm chưa được xét: hãy xét hết trước khi ghi là đã xem hết bài")
    if complete and header is None:
        errors.append("Thông tin chung chưa được xác nhận")
    review = Review(
        name=report.source.name,
        sha256=document.sha256,
        saved_at=datetime.now(UTC).isoformat(timespec="seconds"),
        reviewer=form.get("reviewer", "").strip()[:200] or None,
        complete=complete and not errors,
        header=header,
        counts=tuple(judged),
    )
    if judged and not errors:
        corrected = apply_review(report, review)
        review = review.model_copy(update={"findings": audit(article, corrected.counts)})
    return Sent(review, tuple(errors))


def _counts(
    form: Mapping[str, str], report: MeetingReport, article: Article, errors: list[str]
) -> Iterator[CountReview]:
    known = {count.at: count for count in report.counts}
    rest = "confirmed" if form.get("action") == "confirm-rest" else ""
    for at, place in sorted({**candidates(report, article.document), **known}.items()):
        count = known.get(at)
        verdict = form.get(f"verdict-{at}", "") or (rest if count else "")
        sentence = article.sentence_at(at)
        said: ReviewedCount | None = None
        if verdict == "confirmed" and count is not None:
            said = ReviewedCount.of(count)
        elif (verdict == "changed" and count is not None) or (verdict == "added" and count is None):
            said = _said(form, at, place, errors)
            if said is None:
                continue
        elif not (verdict == "struck" and count is not None):
            continue
        yield CountReview(
            at=at,
            text=place.text,
            verdict=verdict,  # type: ignore[arg-type]  # one of the four, by the branches above
            count=said,
            sentence=Quotation(at=sentence.at, text=sentence.text),
        )


def _said(form: Mapping[str, str], at: int, place: Place | Count, errors: list[str]) -> ReviewedCount | None:
    value, total = (_number(form.get(f"{name}-{at}", "")) for name in ("value", "total"))
    subject = form.get(f"subject-{at}", "")
    counted = " ".join(form.get(f"counted-{at}", "").split())
    if value is None:
        errors.append(f"Số “{place.text}”: giá trị phải là một số, ví dụ 6481 hoặc 75.2")
        return None
    try:
        return ReviewedCount.model_validate(
            {
                "value": value,
                "total": total,
                "unit": form.get(f"unit-{at}", "count"),
                "subject": subject,
                "grade": form.get(f"grade-{at}") or None,
                "status": form.get(f"status-{at}", "result"),
                "counted": counted or SUBJECTS.get(subject, ""),  # type: ignore[call-overload]
            }
        )
    except ValidationError as error:
        fields = ", ".join(str(problem["loc"][0]) for problem in error.errors())
        errors.append(f"Số “{place.text}”: chưa hợp lệ ({fields})")
        return None


def _number(text: str) -> int | float | None:
    text = text.strip()
    if not _NUMBER.fullmatch(text):
        return None
    return float(text) if "." in text else int(text)


def _header(form: Mapping[str, str], text: str, errors: list[str]) -> HeaderReview | None:
    chairs: list[Place] = []
    for name in _lines(form.get("chairs", "")):
        at = text.find(name)
        if at < 0:
            errors.append(f"Chủ trì “{name}”: không tìm thấy tên này trong bài")
        else:
            chairs.append(Place(at=at, text=name))
    try:
        return HeaderReview.model_validate(
            {
                "organization": _lines(form.get("organization", "")),
                **{name: form.get(name, "").strip() or None for name in _HEADER_NAMES},
                "chairs": chairs,
            }
        )
    except ValidationError as error:
        for problem in error.errors():
            name = str(problem["loc"][0])
            errors.append(_HEADER_NAMES.get(name, f"{name}: chưa hợp lệ"))
        return None


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
