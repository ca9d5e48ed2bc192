"""Summary: two Vietnamese sentences about the meeting in which every number is one of the article's.

Code lays out the facts and can compose them by itself; a model may put them more smoothly. What it writes is kept
only if each number stands in the article with the same words behind it, and each name stands in the article.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, create_model

from summarizer.dates import Date, find_dates
from summarizer.folding import fold
from summarizer.names import find_mentions
from summarizer.numbers import Number, find_numbers
from summarizer.prompts import load
from summarizer.questions import Question

__all__ = ("Facts", "compose", "faults", "summary_question")

_TOKENS = 130
_SHORTEST, _LONGEST = 40, 420
_CLIP = 150
_MOST_COUNTS = 4
_WORDS_BEHIND, _REACH = 2, 12
_ACCENTS = re.compile(r"[ăâđêôơưáàảãạéèẻẽẹíìỉĩịóòỏõọúùủũụýỳỷỹỵấầẩẫậắằẳẵặếềểễệốồổỗộớờởỡợứừửữự]")
_LINKS = frozenset(("và", "với", "là", "của", "đã", "được", "có", "cho", "trong", "tại", "năm", "các"))


@dataclass(frozen=True, slots=True)
class Facts:
    """What a summary may tell: words of the article, or None.

    `held` is the day as the article writes it; `counts` are numbers with their nouns ("27 đảng viên …");
    `results`, `limits` and `tasks` are quotations, the most telling first.
    """

    organization: str | None
    kind: str | None
    held: str | None
    chairs: Sequence[str] = ()
    counts: Sequence[str] = ()
    results: Sequence[str] = ()
    limits: Sequence[str] = ()
    tasks: Sequence[str] = ()


class Summary(BaseModel):
    """The model's summary."""

    model_config = ConfigDict(extra="forbid")

    summary: Annotated[str, Field(min_length=_SHORTEST, max_length=_LONGEST)]


def compose(facts: Facts) -> str | None:
    """Return a summary put together from `facts` as they stand; None where they say nothing of a meeting."""
    opening = _opening(facts)
    if opening is None:
        return None
    parts = [opening + "."]
    if facts.counts:
        parts.append(f"Kết quả: {'; '.join(facts.counts[:_MOST_COUNTS])}.")
    elif facts.results:
        parts.append(f"Kết quả: {_clipped(facts.results[0])}")
    if facts.limits:
        parts.append(f"Hạn chế: {_clipped(facts.limits[0])}")
    if facts.tasks:
        parts.append(f"Nhiệm vụ: {_clipped(facts.tasks[0])}")
    return " ".join(parts)


def summary_question(facts: Facts, article: str) -> Question[Summary] | None:
    """Return the question for a summary of `article`, None where there is too little to put in it.

    The answer's own model refuses whatever `faults` finds, so an answer that comes back holds.
    """
    opening = _opening(facts)
    told = [
        *facts.counts[:_MOST_COUNTS],
        *(_clipped(quoted[0]) for quoted in (facts.results, facts.limits, facts.tasks) if quoted),
    ]
    if opening is None or not told:
        return None
    lines = "\n".join(f"- {line}" for line in (opening, *told))

    def holds(summary: str) -> str:
        wrong = faults(summary, article)
        if wrong:
            raise ValueError("; ".join(wrong[:3]))
        return " ".join(summary.split())

    field: Any = (
        Annotated[str, Field(min_length=_SHORTEST, max_length=_LONGEST), AfterValidator(holds)],
        ...,
    )
    return Question(
        "summary",
        (
            {"role": "system", "content": load("common").text},
            {"role": "user", "content": load("summary").fill(facts=lines)},
        ),
        create_model("Summary", __base__=Summary, summary=field),
        max_tokens=_TOKENS,
        reasks=1,
    )


def faults(summary: str, article: str) -> list[str]:
    """Return what a summary says that the article does not, each in a few Vietnamese words; empty: it holds.

    Every date must be a date of the article, every other number must stand there with the words that follow it
    here, and every person and every word in capitals must be the article's.
    """
    if not _ACCENTS.search(summary.lower()):
        return ["viết bằng tiếng Việt có dấu"]
    words = fold(article).text
    wrong = [f"ngày {date.text} không có trong bài" for date in _new_dates(summary, article)]
    wrong.extend(
        f"số {number.text} không có trong bài với từ theo sau nó" for number in _new_numbers(summary, article)
    )
    wrong.extend(
        f"tên {mention.name} không có trong bài"
        for mention in find_mentions(summary, fold(summary))
        if fold(mention.name).text not in " ".join(words.split())
    )
    return wrong


def _opening(facts: Facts) -> str | None:
    if facts.organization is None and facts.kind is None:
        return None
    held = f"ngày {facts.held}" if facts.held else ""
    if facts.organization and facts.kind:
        text = f"{_capital(facts.organization)} tổ chức {facts.kind}"
    else:
        text = _capital(facts.organization or facts.kind or "")
    chairs = f"do {' và '.join(facts.chairs)} chủ trì" if facts.chairs else ""
    return ", ".join(part for part in (" ".join((text, held)).strip(), chairs) if part)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _clipped(quoted: str) -> str:
    """The quotation, cut at a mark or a space where it is long."""
    text = " ".join(quoted.split())
    if len(text) <= _CLIP:
        return text
    cut = max(text.rfind(mark, _CLIP // 2, _CLIP) for mark in (";", ", "))
    cut = cut if cut > 0 else text.rfind(" ", 0, _CLIP)
    return text[:cut].rstrip(" ,;") + "…"


def _new_dates(summary: str, article: str) -> list[Date]:
    known = {(date.day, date.month, date.year) for date in find_dates(article)}
    known |= {(day, month, None) for day, month, _ in known}
    return [date for date in find_dates(summary) if (date.day, date.month, date.year) not in known]


def _new_numbers(summary: str, article: str) -> list[Number]:
    """The numbers of the summary, dates aside, that do not stand so in the article."""
    known: dict[tuple[object, ...], list[str]] = {}
    folded = fold(article)
    for number in find_numbers(article):
        behind = folded.text[folded.folded(number.end) : folded.folded(number.end) + 90]
        known.setdefault(_value(number), []).append(behind)
    said = fold(summary)
    wrong: list[Number] = []
    for number in find_numbers(summary):
        if number.reason in ("date", "list_mark"):
            continue
        follows = [word for word in _words(said.text[said.folded(number.end) :])[:4] if word not in _LINKS]
        places = known.get(_value(number), [])
        if number.reason is None:
            places = [place for place in places if _stand(follows[:_WORDS_BEHIND], place)]
        if not places:
            wrong.append(number)
    return wrong


def _value(number: Number) -> tuple[object, ...]:
    if number.reason is None or number.reason == "year":
        return (number.value, number.total)
    return (fold(number.text).text,)


def _stand(follows: Sequence[str], place: str) -> bool:
    near = _words(place)[:_REACH]
    return all(word in near for word in follows)


def _words(text: str) -> list[str]:
    return re.findall(r"\w+|%", text)
