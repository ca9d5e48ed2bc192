"""A large reader's answer about everything but counts, made from the label, and how it is corrupted."""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from evals.corruption.claims import marks_of
from evals.gold import GoldParts, GoldSection, LabelledArticle
from evals.wording import Places

__all__ = ("MEETING_KINDS", "MeetingAnswer", "MeetingChange", "MeetingKind", "meeting_answer")

MeetingAnswer = dict[str, Any]
MeetingChange = Callable[[MeetingAnswer], bool]
"""Corrupts an answer in place; False where it holds nothing that can be corrupted so."""

_STRANGER = "Trịnh Kiểm Thử"
_NO_BODY = "Liên hiệp Hội Kiểm Thử Phần Mềm"
_NO_MARK = 9999
_MOSTLY = 0.6
_SECTIONS = ("achievement", "shortcoming", "cause", "directive")


def meeting_answer(request: dict[str, Any], article: LabelledArticle) -> MeetingAnswer:
    """Return the right answer to a question about `article`, whose parts must be labelled."""
    parts, gold = article.parts, article.gold
    if parts is None:
        raise ValueError(f"{article.name}: its parts are not labelled")
    places, marks = Places(article.text), marks_of(request, article)
    return {
        "meeting": parts.meeting,
        "kind": _standing(parts.kind, places),
        "organization": _standing(gold.organization, places),
        "parent": _standing(parts.parent, places),
        "place": _standing(parts.place, places),
        "form": parts.form,
        "date_held": None,
        "year_held": None,
        "period": _standing(parts.period_text, places),
        "people": [
            {"name": one.name, "roles": list(one.roles), "post": _standing(one.post, places)}
            for one in parts.people
        ],
        "reports": [
            {"title": _standing(one.title, places), "presenter": one.presenter} for one in parts.reports
        ],
        "recipients": [
            {
                "name": _standing(one.name, places),
                "award": _standing(one.award, places),
                "given_by": None,
            }
            for one in parts.recipients
        ],
        "elected": [
            {"name": one.name, "post": _standing(one.post, places), "vote": None} for one in parts.elected
        ],
        "sections": _clauses(parts, marks, len(article.text)),
        "summary": _summary(article, places, marks),
    }


def _standing(wordings: tuple[str, ...], places: Places) -> str | None:
    """The first wording that stands in the article, as it stands there but for its spaces."""
    return next((wording for wording in wordings if places.find(wording)), None)


def _clauses(parts: GoldParts, marks: dict[str, int], end: int) -> dict[str, list[int]]:
    """The marks of the clauses that hold a section of each kind, or most of which it holds."""
    clauses = sorted((at, int(mark[1:-1])) for mark, at in marks.items() if mark.startswith("⟦"))
    chosen: dict[str, list[int]] = {kind: [] for kind in _SECTIONS}
    for (at, mark), (stop, _) in pairwise((*clauses, (end, 0))):
        shares = {one: _share(one, at, stop) for one in parts.sections if not one.optional}
        best = max(shares, key=lambda one: shares[one], default=None)
        if best is not None and shares[best] >= _MOSTLY:
            chosen[best.kind].append(mark)
    return chosen


def _share(section: GoldSection, at: int, stop: int) -> float:
    """The share of the shorter of section and clause that both have."""
    common = min(section.end, stop) - max(section.at, at)
    return common / max(1, min(len(section.text), stop - at))


def _summary(article: LabelledArticle, places: Places, marks: dict[str, int]) -> str:
    """Three sentences with two counts by their marks, in the article's words."""
    mark_at = {at: mark for mark, at in marks.items() if mark.isdigit()}
    counts = [count for count in article.gold.counts if count.at in mark_at and count.unit == "count"]
    results = " và ".join(f"{{{mark_at[one.at]}}} {one.counted}" for one in counts[:2])
    body = _standing(article.gold.organization, places)
    return f"{body} đã họp tổng kết. Kết quả có {results}. Các nhiệm vụ được triển khai thực hiện."


@dataclass(frozen=True, slots=True)
class MeetingKind:
    """One corruption. `held`: code holds it to the article, so that it must never pass."""

    name: str
    held: bool
    change: MeetingChange


def _on_first(part: str, **values: Any) -> MeetingChange:
    """Change fields of the first item of a list."""

    def change(answer: MeetingAnswer) -> bool:
        if not answer[part]:
            return False
        answer[part][0] |= copy.deepcopy(values)
        return True

    return change


def _added(part: str, item: dict[str, Any]) -> MeetingChange:
    def change(answer: MeetingAnswer) -> bool:
        answer[part].append(copy.deepcopy(item))
        return True

    return change


def _name_turned(answer: MeetingAnswer) -> bool:
    if not answer["people"]:
        return False
    first, *rest = answer["people"][0]["name"].split()
    answer["people"][0]["name"] = " ".join((first, *reversed(rest)))
    return len(rest) > 1


def _field(name: str, value: str) -> MeetingChange:
    def change(answer: MeetingAnswer) -> bool:
        answer[name] = value
        return True

    return change


def _clause_moved(answer: MeetingAnswer) -> bool:
    sections = answer["sections"]
    if not sections["directive"]:
        return False
    sections["achievement"].append(sections["directive"].pop())
    return True


def _no_clause(answer: MeetingAnswer) -> bool:
    answer["sections"]["achievement"].append(_NO_MARK)
    return True


def _in_summary(old: str, new: str) -> MeetingChange:
    def change(answer: MeetingAnswer) -> bool:
        before = answer["summary"]
        answer["summary"] = before.replace(old, new, 1)
        return answer["summary"] != before

    return change


MEETING_KINDS = (
    MeetingKind("name with its words turned round", True, _name_turned),
    MeetingKind(
        "person invented", True, _added("people", {"name": _STRANGER, "roles": ["chair"], "post": None})
    ),
    MeetingKind("role of another kind", False, _on_first("people", roles=["awarded"])),
    MeetingKind("organization invented", True, _field("organization", _NO_BODY)),
    MeetingKind(
        "report invented", True, _added("reports", {"title": f"Báo cáo {_NO_BODY}", "presenter": None})
    ),
    MeetingKind(
        "recipient invented", True, _added("recipients", {"name": _NO_BODY, "award": None, "given_by": None})
    ),
    MeetingKind("award invented", True, _on_first("recipients", award=f"Huân chương {_STRANGER}")),
    MeetingKind(
        "elected person invented", True, _added("elected", {"name": _STRANGER, "post": None, "vote": None})
    ),
    MeetingKind("clause of another kind", False, _clause_moved),
    MeetingKind("clause that is not there", True, _no_clause),
    MeetingKind(
        "summary with a number written out", True, _in_summary("Kết quả có", "Kết quả có 7919 việc,")
    ),
    MeetingKind(
        "summary with a mark that is not there",
        True,
        _in_summary("Kết quả có", f"Kết quả có {{{_NO_MARK}}},"),
    ),
    MeetingKind(
        "summary with a name that is not the article's", True, _in_summary("Các nhiệm vụ", f"{_NO_BODY}")
    ),
)
