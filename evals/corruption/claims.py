"""What an answer claims of each number, read off a request and written as each system's model would.

The right answer to a request is made from the label: the numbers that the request is about are found in the
article, and each is claimed to count what its label says. So corruptions start from answers that are right by
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
from evals.reading import multiplier_after, possible_readings

__all__ = ("RESPONDENTS", "Claim", "Respondent", "changed", "marks_of", "schema_of")

Request = dict[str, Any]

_MARK = re.compile(r"⟦(\d+)⟧|\[(d?\d+)\]")
_KEY = re.compile(r"(\d+)\. (.+)", re.DOTALL)
_CONTEXT = 60  # characters without spaces that tell one place from another
_MOST_WORDS = 8
_RELATIONS = ("part_of", "repeats", "whose", "direction", "headings", "given_by")


@dataclass(frozen=True, slots=True)
class Claim:
    """A number and what is claimed to be counted by it.

    `gold` is None for a number that counts nothing, and so is `subject` where the answer says that it does not.
    """

    at: int
    number: str
    phrase: str
    subject: str | None = "other"
    grade: str | None = None
    gold: GoldCount | None = None
    mark: str = ""


class Respondent(Protocol):
    """Answers one system's questions about numbers."""

    def claims(self, request: Request, article: LabelledArticle) -> list[Claim] | None:
        """Return the right claims about what `request` asks, None where it asks of something else."""
        ...

    def write(self, claims: Sequence[Claim], request: Request) -> str:
        """Return the text that a model would write to make these claims."""
        ...


class SmallRespondent:
    """`{"1. 02": "chi bộ …"}`: the numbers are marked in the question and name the fields of the answer."""

    def claims(self, request: Request, article: LabelledArticle) -> list[Claim] | None:
        """Return a claim for each field, in the order of the fields."""
        passage = _message(request, 1)
        passage = passage[passage.rfind("Đoạn văn:") :].removeprefix("Đoạn văn:")
        return _keyed_claims(article, passage.rpartition("\nTrả lời")[0], list(_properties(request)))

    def write(self, claims: Sequence[Claim], request: Request) -> str:
        """Return the object."""
        return json.dumps(
            {_key(claims, i): claim.phrase for i, claim in enumerate(claims)}, ensure_ascii=False
        )


class LargeRespondent:
    """`{"numbers": {"12. 145": {"counted": …}}, …}`: the numbers are marked in the whole article."""

    def claims(self, request: Request, article: LabelledArticle) -> list[Claim] | None:
        """Return a claim for each field of `numbers`; one that no label counts is claimed to count nothing."""
        numbers = _resolved(request, _properties(request).get("numbers") or {})
        claims = _keyed_claims(article, _marked_article(request), list(numbers.get("properties") or {}))
        return claims and [claim if claim.gold else replace(claim, subject=None) for claim in claims]

    def write(self, claims: Sequence[Claim], request: Request) -> str:
        """Return the object, without relations."""
        numbers = {_key(claims, i): _large_item(claim) for i, claim in enumerate(claims)}
        return json.dumps({"numbers": numbers, **{name: [] for name in _RELATIONS}}, ensure_ascii=False)


class NaiveRespondent:
    """A list of objects, every part of them written by the model."""

    def claims(self, request: Request, article: LabelledArticle) -> list[Claim] | None:
        """Return a claim for each labelled count of the passage that the request holds."""
        return _claims_within(article, _message(request, 1))

    def write(self, claims: Sequence[Claim], request: Request) -> str:
        """Return the list; a number that is not the label's is read as it is written."""
        return json.dumps({"counts": [_naive_item(claim) for claim in claims]}, ensure_ascii=False)


RESPONDENTS: dict[str, Callable[[], Respondent]] = {
    "embedded": SmallRespondent,
    "large": LargeRespondent,
    "naive": NaiveRespondent,
}


def schema_of(request: Request) -> dict[str, Any]:
    """Return the JSON schema that an answer to `request` must follow, empty where it sends none."""
    return ((request.get("response_format") or {}).get("json_schema") or {}).get("schema") or {}


def marks_of(request: Request, article: LabelledArticle) -> dict[str, int]:
    """Return the offset in the article of each mark (`12`, `d3`, `⟦5⟧`) of a large reader's question."""
    passage, dense = _marked_article(request), _dense(article.text)
    return {
        mark[2] or mark[0]: dense.find(*(_MARK.sub("", part) for part in _around(passage, mark)))
        for mark in _MARK.finditer(passage)
    }


def changed(claims: Sequence[Claim], index: int, **values: str | None) -> list[Claim]:
    """Return the claims with one of them changed."""
    return [replace(claim, **values) if i == index else claim for i, claim in enumerate(claims)]


class _Dense:
    """A text without its spaces, with the way back."""

    def __init__(self, text: str) -> None:
        self._places = [i for i, character in enumerate(text) if not character.isspace()]
        self._text = "".join(text[i] for i in self._places)

    def find(self, before: str, after: str) -> int:
        """Return the offset where `after` begins and `before` ends, -1 where they do not stand together."""
        head = "".join(before.split())[-_CONTEXT:]
        tail = "".join(after.split())[:_CONTEXT]
        at = self._text.find(head + tail)
        return self._places[at + len(head)] if at >= 0 and tail else -1


@lru_cache(maxsize=64)
def _dense(text: str) -> _Dense:
    return _Dense(text)


def _keyed_claims(article: LabelledArticle, passage: str, fields: Sequence[str]) -> list[Claim] | None:
    """A claim for each field `12. 145` of an answer, whose number has the mark `[12]` in `passage`."""
    keys = [key for field in fields if (key := _KEY.fullmatch(field))]
    marks = {mark[2]: mark for mark in _MARK.finditer(passage) if mark[2]}
    if not keys or len(keys) < len(fields) or not all(key[1] in marks for key in keys):
        return None
    claims = []
    for key in keys:
        before, after = (_MARK.sub("", part) for part in _around(passage, marks[key[1]]))
        at = _dense(article.text).find(before, after)
        claims.append(replace(_claim(article, at, key[2]), mark=key[1]))
    return claims


def _around(passage: str, mark: re.Match[str]) -> tuple[str, str]:
    return passage[: mark.start()], passage[mark.end() :]


def _claim(article: LabelledArticle, at: int, number: str) -> Claim:
    label = next((count for count in article.gold.counts if count.at == at), None)
    if label is not None:
        return _labelled(label)
    words = article.text[at + len(number) : at + 80].split() if at >= 0 else []
    return Claim(at, number, " ".join(words[:_MOST_WORDS]) or number)


def _claims_within(article: LabelledArticle, passage: str) -> list[Claim] | None:
    start = article.text.find(passage) if passage.strip() else -1
    if start < 0:
        return None
    return [_labelled(count) for count in article.gold.counts if start <= count.at < start + len(passage)]


def _labelled(label: GoldCount) -> Claim:
    return Claim(label.at, label.text, label.counted, label.subject, label.grade, label)


def _key(claims: Sequence[Claim], index: int) -> str:
    """The field of a claim; one that was added has the mark after the last."""
    mark = claims[index].mark or str(max((int(claim.mark) for claim in claims if claim.mark), default=0) + 1)
    return f"{mark}. {claims[index].number}"


def _large_item(claim: Claim) -> dict[str, Any] | None:
    if claim.subject is None:
        return None
    status = claim.gold.status if claim.gold else "result"
    return {"counted": claim.phrase, "subject": claim.subject, "grade": claim.grade, "status": status}


def _naive_item(claim: Claim) -> dict[str, Any]:
    label = claim.gold
    if label is not None and label.text == claim.number:
        value, total = label.value, label.total
    else:
        readings = sorted(possible_readings(claim.number), key=str) or [(0, None)]
        value, total = readings[0]
        value *= multiplier_after(" " + claim.phrase)
    return {
        "number": claim.number,
        "value": value,
        "total": total,
        "unit": label.unit if label else "count",
        "subject": claim.subject or "other",
        "grade": claim.grade,
        "status": label.status if label else "result",
        "counted": claim.phrase,
    }


def _properties(request: Request) -> dict[str, Any]:
    return schema_of(request).get("properties") or {}


def _resolved(request: Request, field: dict[str, Any]) -> dict[str, Any]:
    """The schema of a field, wherever the request keeps it."""
    name = str(field.get("$ref", "")).rpartition("/")[2]
    return (schema_of(request).get("$defs") or {}).get(name, field)


def _marked_article(request: Request) -> str:
    return _message(request, 1).partition("BÀI BÁO:\n")[2].rpartition("\n\nHẾT BÀI BÁO.")[0]


def _message(request: Request, index: int) -> str:
    """The question, not what came of it when it was asked again."""
    messages = request.get("messages") or []
    return str(messages[index].get("content") or "") if index < len(messages) else ""
