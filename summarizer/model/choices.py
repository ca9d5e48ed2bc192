"""Choices: the one short question about an article's header, and what becomes of its answer.

The model picks numbers out of lists of what code has found: the body that met, the day it met. It writes no word
of its own, so a text that tries to instruct it can bring about nothing but another candidate. It is asked only
where code's evidence leaves something open, and its pick counts only among candidates of about equal evidence:
asked about everything, a small model is wrong more often than the rules are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, create_model, model_validator

from summarizer.model.prompts import load
from summarizer.model.questions import Question
from summarizer.rules.header import HeaderDraft
from summarizer.rules.organizers import Organizer
from summarizer.rules.timing import DayCandidate
from summarizer.schemas.report import Place

__all__ = ("HeaderChoice", "HeaderQuestion", "apply_header_choice", "header_question")

# A sentence that says who held the meeting has more strength than this, and needs no second opinion.
_TOLD = 50
_NEAR_BODIES, _NEAR_DAYS = 14, 2
_MOST, _LEAD, _TOKENS = 5, 360, 24


class HeaderChoice(BaseModel):
    """The picks: numbers of the question's lists, 0 for none of them."""

    model_config = ConfigDict(extra="forbid")

    organization: int = Field(description="Số thứ tự của đơn vị họp; 0 nếu không có.")
    date: int = Field(description="Số thứ tự của ngày họp; 0 nếu không có.")


@dataclass(frozen=True, slots=True)
class HeaderQuestion:
    """The question, and what its numbers stand for."""

    organizers: tuple[Organizer, ...]
    days: tuple[DayCandidate, ...]
    question: Question[HeaderChoice]


def header_question(text: str, draft: HeaderDraft) -> HeaderQuestion | None:
    """Return the question about what the evidence for `draft` leaves open in `text`, None where nothing is."""
    organizers = _open_bodies(draft.organizers)
    days = _open_days(draft.held)
    if len(organizers) < 2 and len(days) < 2:
        return None
    at = draft.lead[0][0] if draft.lead else 0
    content = load("header").fill(
        lead=" ".join(text[at : at + _LEAD].split()),
        bodies=_numbered([one.body.text for one in organizers]),
        days=_numbered([text[day.at : day.end] for day in days]),
    )
    return HeaderQuestion(
        organizers,
        days,
        Question(
            "header",
            (
                {"role": "system", "content": load("common").text},
                {"role": "user", "content": content},
            ),
            _choice(len(organizers), len(days)),
            max_tokens=_TOKENS,
            reasks=1,
        ),
    )


def apply_header_choice(
    text: str, draft: HeaderDraft, asked: HeaderQuestion, choice: HeaderChoice
) -> HeaderDraft:
    """Return `draft` with the picks of `choice`; 0 leaves what the rules found."""
    anchors = dict(draft.anchors)
    if choice.organization:
        body = asked.organizers[choice.organization - 1].body
        anchors["organization"] = (Place(at=body.at, text=text[body.at : body.end]),)
        draft = replace(draft, organization=body.text, anchors=anchors)
    if choice.date:
        day = asked.days[choice.date - 1]
        anchors["date_held"] = (Place(at=day.at, text=text[day.at : day.end]),)
        draft = replace(draft, date_held=day.iso, anchors=anchors)
    return draft


def _open_bodies(organizers: Sequence[Organizer]) -> tuple[Organizer, ...]:
    """The bodies of about the strongest's evidence, where no sentence tells which it is; each name once."""
    if not organizers or organizers[0].strength > _TOLD:
        return ()
    least = organizers[0].strength - _NEAR_BODIES
    named: dict[str, Organizer] = {}
    for one in organizers:
        if one.strength >= least:
            named.setdefault(one.body.text.casefold(), one)
    return tuple(named.values())[:_MOST]


def _open_days(days: Sequence[DayCandidate]) -> tuple[DayCandidate, ...]:
    """The days of about the strongest's evidence, the strongest first, each once."""
    least = days[0].strength - _NEAR_DAYS if days else 0
    different: dict[str, DayCandidate] = {}
    for day in days:
        if day.strength >= least:
            different.setdefault(day.iso, day)
    return tuple(different.values())[:_MOST]


def _numbered(choices: Sequence[str]) -> str:
    return " ".join(f"{i}. {' '.join(choice.split())}" for i, choice in enumerate(choices, 1)) or "(không có)"


def _choice(bodies: int, days: int) -> type[HeaderChoice]:
    """The response model, the same schema for every article, that refuses a number beyond the lists."""

    def within(self: HeaderChoice) -> HeaderChoice:
        if not 0 <= self.organization <= bodies:
            raise ValueError(f"organization là số từ 0 đến {bodies}")
        if not 0 <= self.date <= days:
            raise ValueError(f"date là số từ 0 đến {days}")
        return self

    validators: dict[str, Any] = {"within": model_validator(mode="after")(within)}
    return create_model("HeaderChoice", __base__=HeaderChoice, __validators__=validators)
