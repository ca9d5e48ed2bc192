"""What an answer claims of each number, read off a request and written as each system's model would.

The right answer to a request is made from the label: the numbers that the request is about are found in the
article, and each is said to count what its label says. So corruptions start from answers that are right by
construction, for every labelled count.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Protocol

from evals.gold import GoldCount, LabelledArticle
from evals.reading import multiplier_behind, possible_readings

__all__ = ("SCRIBES", "Claim", "Scribe", "changed")

Request = dict[str, Any]

_MARK = re.compile(r"\[(\d+)\]")
_PINNED_KEY = re.compile(r"(\d+)\. (.+)", re.DOTALL)
_CONTEXT = 60  # characters without spaces that tell one place from another
_MOST_WORDS = 8


@dataclass(frozen=True, slots=True)
class Claim:
    """A number and what is said to be counted by it; `gold` is None for a number that counts nothing."""

    at: int
    number: str
    phrase: str
    subject: str = "other"
    grade: str | None = None
    gold: GoldCount | None = None


class Scribe(Protocol):
    """One system's questions and answers about numbers."""

    def claims(self, request: Request, article: LabelledArticle) -> list[Claim] | None:
        """Return the right claims about what `request` asks, None where it asks of something else."""
        ...

    def write(self, claims: Sequence[Claim], request: Request) -> str:
        """Return the text that a model would write to make these claims."""
        ...


class PinnedScribe:
    """`{"1. 02": "chi bộ …"}`: the numbers are marked in the question and name the fields of the answer."""

    def claims(self, request: Request, article: LabelledArticle) -> list[Claim] | None:
        """Return a claim for each field, in the order of the fields."""
        keys = [_PINNED_KEY.fullmatch(field) for field in _fields(request)]
        if not keys or not all(keys):
            return None
        passage = _last_message(request)
        passage = passage[passage.rfind("Đoạn văn:") :]
        marks = {mark[1]: mark for mark in _MARK.finditer(passage)}
        dense = _dense(article.text)
        claims = []
        for key in keys:
            mark = marks.get(key[1]) if key else None
            if key is None or mark is None:
                return None
            before, behind = _MARK.sub("", passage[: mark.start()]), _MARK.sub("", passage[mark.end() :])
            before = before.removeprefix("Đoạn văn:")
            behind = behind.rpartition("\nTrả lời")[0].partition("\nLưu ý:")[0]
            claims.append(_claim(article, dense.find(before, behind), key[2]))
        return claims

    def write(self, claims: Sequence[Claim], request: Request) -> str:
        """Return the object; a field that has context keeps to the schema with the least it allows."""
        schema = _schema(request)
        in_context = "counted" in json.dumps(schema)
        fields: dict[str, Any] = {}
        for i, claim in enumerate(claims, 1):
            said: Any = claim.phrase
            if in_context:
                status = claim.gold.status if claim.gold else "result"
                said = {"counted": claim.phrase, "status": status, "heading": None, "given_by": None}
            fields[f"{i}. {claim.number}"] = said
        return json.dumps(fields, ensure_ascii=False)


class NaiveScribe:
    """A list of objects, every part of them written by the model."""

    def claims(self, request: Request, article: LabelledArticle) -> list[Claim] | None:
        """Return a claim for each labelled count of the piece that the request holds."""
        return _claims_within(article, _message(request, 1))

    def write(self, claims: Sequence[Claim], request: Request) -> str:
        """Return the list; a number that is not the label's is read as it is written."""
        return json.dumps({"counts": [_naive_item(claim) for claim in claims]}, ensure_ascii=False)


class LangExtractScribe:
    """A list of extracted texts, the number in front of its words."""

    def claims(self, request: Request, article: LabelledArticle) -> list[Claim] | None:
        """Return a claim for each labelled count of the chunk that the prompt ends with."""
        chunk = _last_message(request).rpartition("\nQ: ")[2].rpartition("\nA:")[0]
        return _claims_within(article, chunk)

    def write(self, claims: Sequence[Claim], request: Request) -> str:
        """Return the list."""
        items = [
            {
                "count": f"{claim.number}{'%' if claim.gold and claim.gold.unit == 'percent' else ''} {claim.phrase}",
                "count_attributes": {"counted": claim.phrase},
            }
            for claim in claims
        ]
        return json.dumps({"extractions": items}, ensure_ascii=False)


SCRIBES: dict[str, Callable[[], Scribe]] = {
    "embedded": PinnedScribe,
    "naive": NaiveScribe,
    "langextract": LangExtractScribe,
}


class _Dense:
    """A text without its spaces, with the way back."""

    def __init__(self, text: str) -> None:
        self._places = [i for i, character in enumerate(text) if not character.isspace()]
        self._text = "".join(text[i] for i in self._places)

    def find(self, before: str, behind: str) -> int:
        """Return the offset where `behind` begins and `before` ends, -1 where they do not stand together."""
        head = "".join(before.split())[-_CONTEXT:]
        tail = "".join(behind.split())[:_CONTEXT]
        at = self._text.find(head + tail)
        return self._places[at + len(head)] if at >= 0 and tail else -1


@lru_cache(maxsize=64)
def _dense(text: str) -> _Dense:
    return _Dense(text)


def _claim(article: LabelledArticle, at: int, number: str) -> Claim:
    label = next((count for count in article.gold.counts if count.at == at), None)
    if label is not None:
        return _labelled(label)
    words = article.text[at + len(number) : at + 80].split() if at >= 0 else []
    return Claim(at, number, " ".join(words[:_MOST_WORDS]) or number)


def _claims_within(article: LabelledArticle, piece: str) -> list[Claim] | None:
    start = article.text.find(piece) if piece.strip() else -1
    if start < 0:
        return None
    return [_labelled(count) for count in article.gold.counts if start <= count.at < start + len(piece)]


def _labelled(label: GoldCount) -> Claim:
    return Claim(label.at, label.text, label.counted, label.subject, label.grade, label)


def _naive_item(claim: Claim) -> dict[str, Any]:
    label = claim.gold
    if label is not None and label.text == claim.number:
        value, total = label.value, label.total
    else:
        readings = sorted(possible_readings(claim.number), key=str) or [(0, None)]
        value, total = readings[0]
        value *= multiplier_behind(" " + claim.phrase)
    return {
        "number": claim.number,
        "value": value,
        "total": total,
        "unit": label.unit if label else "count",
        "subject": claim.subject,
        "grade": claim.grade,
        "status": label.status if label else "result",
        "counted": claim.phrase,
    }


def _schema(request: Request) -> dict[str, Any]:
    return ((request.get("response_format") or {}).get("json_schema") or {}).get("schema") or {}


def _fields(request: Request) -> list[str]:
    return list(_schema(request).get("properties") or {})


def _message(request: Request, index: int) -> str:
    messages = request.get("messages") or []
    return str(messages[index].get("content") or "") if index < len(messages) else ""


def _last_message(request: Request) -> str:
    """The question, not what was said when it was asked again."""
    return _message(request, 1)


def changed(claims: Sequence[Claim], index: int, **values: str | None) -> list[Claim]:
    """Return the claims with one of them changed."""
    return [replace(claim, **values) if i == index else claim for i, claim in enumerate(claims)]
