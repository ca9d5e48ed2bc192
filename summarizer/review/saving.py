"""Saving: what a page of the review asks to be saved, and what it is answered.

Each decision is taken or refused by itself, and only where nobody else has decided about the same since the page was
loaded: one of two who save at once is told.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from summarizer.article.article import Article
from summarizer.review.applying import apply_review, text_of, undecided
from summarizer.review.checking import Checked, Refused, check_field, check_item
from summarizer.review.decisions import LISTS, Decision, FieldDecision, ItemDecision, Review
from summarizer.review.gold import COUNT_FIELDS
from summarizer.review.items import NEW, Item, in_words, items_of, value_of
from summarizer.review.store import Reviews
from summarizer.schemas.labels import Labels, labels
from summarizer.schemas.report import MeetingReport

_DAYS_HELD = ("date_held", "date_held_end")
_AGREES = (("confirmed", "changed"), ("confirmed", "added"))
"""A verdict and one before it: right is then what is shown, not what the report had before it was corrected."""


class AskedDecision(BaseModel):
    """One decision as the page sends it; `seen` is the mark of the decision that the page shows."""

    model_config = ConfigDict(extra="forbid", strict=True)

    key: str = Field(max_length=100)
    verdict: Literal["confirmed", "changed", "struck", "added", "undecided"]
    fields: dict[str, str] = Field(default_factory=dict, max_length=20)
    seen: str = ""
    sure: bool = False


class Asked(BaseModel):
    """What the page sends: decisions, and whether the whole article was looked at (None: nothing about that)."""

    model_config = ConfigDict(extra="forbid", strict=True)

    reviewer: str = Field(default="", max_length=200)
    decisions: tuple[AskedDecision, ...] = Field(default=(), max_length=5_000, strict=False)
    complete: bool | None = None


def mark_of(decision: Decision | None) -> str:
    """Return a mark of a decision, another one for every other; empty where nothing is decided."""
    if decision is None:
        return ""
    return hashlib.sha256(decision.model_dump_json().encode()).hexdigest()[:16]


@dataclass(slots=True)
class Deciding:
    """Takes the decisions about one article."""

    report: MeetingReport
    article: Article
    reviews: Reviews
    t: Labels = field(default_factory=labels)
    now: Callable[[], datetime] = lambda: datetime.now(UTC)

    def save(self, asked: Asked) -> dict[str, Any]:
        """Save what holds; the answer says of each key what was saved, or why it was not.

        Raises OSError where it cannot be written, `ConfigError` where another process does not let it.
        """
        saved: dict[str, Any] = {}
        refused: dict[str, Any] = {}
        stamp = {
            "reviewer": asked.reviewer.strip() or None,
            "saved_at": self.now().isoformat(timespec="seconds"),
        }

        def change(review: Review) -> Review:
            items = {item.key: item for item in items_of(self.report, self.article, review, self.t)}
            for one in asked.decisions:
                try:
                    review, item, decision = self._take(one, review, items, stamp)
                except Refused as error:
                    refused[one.key] = {"reasons": error.reasons, "ask": error.ask}
                else:
                    saved[one.key] = {
                        "key": item.key,
                        "seen": mark_of(decision),
                        "verdict": decision.verdict if decision else "",
                        "by": (decision.reviewer or "") if decision else "",
                        "value": in_words(item, value_of(item, decision), self.article, self.t),
                    }
            if asked.complete is not None:
                review = self._completed(review, asked.complete, stamp, refused)
            return review

        review = self.reviews.update(self.report.source.name, self.report.source.sha256, change)
        left = sum(undecided(self.report, review).values())
        made = apply_review(self.report, self.article.text, review)
        more = {"left": left, "complete": review.complete is not None, "summary": made.summary or ""}
        return {"saved": saved, "refused": refused, **more}

    def _take(
        self, one: AskedDecision, review: Review, items: Mapping[str, Item], stamp: Mapping[str, Any]
    ) -> tuple[Review, Item, FieldDecision | ItemDecision | None]:
        part, _, place = one.key.partition(":")
        item = self._placed(part, one, items) if place == NEW else items.get(one.key)
        if item is None:
            raise Refused({"": self.t("refused.no_item")})
        before = item.decision(review)
        if mark_of(before) != one.seen and place != NEW:
            by = (before.reviewer or self.t("message.somebody")) if before else ""
            raise Refused({"": self.t("refused.saved_by" if before else "refused.undone", by=by)})
        decision: FieldDecision | ItemDecision | None = None
        if isinstance(before, FieldDecision | ItemDecision) and (one.verdict, before.verdict) in _AGREES:
            decision = before.model_copy(update=stamp)
        elif one.verdict != "undecided":
            decision = self._decision(item, one, stamp)
        if item.part in _DAYS_HELD and isinstance(decision, FieldDecision):
            held, end = (
                value_of(items[name], decision if name == item.part else items[name].decision(review))
                for name in _DAYS_HELD
            )
            if held and end and end < held:
                raise Refused({item.part: self.t("refused.end_before", day=self.t.day(held))})
        return review.decided(item.part, (item.at or 0, item.nth), decision), item, decision

    def _decision(
        self, item: Item, one: AskedDecision, stamp: Mapping[str, Any]
    ) -> FieldDecision | ItemDecision:
        stamp = {"verdict": one.verdict, **stamp}
        typed = one.verdict in ("changed", "added")
        value = item.value if one.verdict == "confirmed" else None
        if not item.is_list_item:
            made = Checked(value)
            if typed:
                made = check_field(item, one.fields, self.article, sure=one.sure, t=self.t)
            return FieldDecision(**made._asdict(), **stamp)
        if one.verdict == "confirmed" and value is None:
            raise Refused({"": self.t("refused.no_item")})
        if typed:
            value = check_item(item, one.fields, self.article, sure=one.sure, t=self.t)
        place = {"at": item.at or 0, "nth": item.nth, "text": item.text}
        return ItemDecision[Any](value=value, **place, **stamp)

    def _placed(self, part: str, one: AskedDecision, items: Mapping[str, Item]) -> Item | None:
        """A new item of a list, at the place of its words; refused where the report has it already."""
        if part not in LISTS or part == "counts":
            return None
        value: Any = check_item(Item(part, at=0), one.fields, self.article, sure=one.sure, t=self.t)
        text, name = text_of(value), getattr(value, "kind", part)
        there = [item for item in items.values() if item.part == name and item.at == value.at]
        if any(item.text == text for item in there) and part != "recipients":
            raise Refused({"": self.t("refused.there", text=text)})
        return Item(name, text=text, at=value.at, nth=1 + max((item.nth for item in there), default=-1))

    def _completed(
        self, review: Review, complete: bool, stamp: Mapping[str, Any], refused: dict[str, Any]
    ) -> Review:
        open_ = {name: n for name, n in undecided(self.report, review).items() if name in COUNT_FIELDS}
        if complete and open_:
            reason = self.t("refused.incomplete", n=sum(open_.values()))
            refused["complete"] = {"reasons": {"": reason}, "ask": False}
            return review
        decision = Decision(verdict="confirmed", **stamp) if complete else None
        return review.model_copy(update={"complete": decision})
