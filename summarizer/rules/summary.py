"""Summary: two Vietnamese sentences about the meeting in which every number is one of the article's.

Code lays out the facts and can compose them by itself; a model may put them more smoothly. What it writes is kept
only if each number stands in the article with the same words behind it, and each name stands in the article.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, create_model

from summarizer.article.cues import cue
from summarizer.article.dates import Date, find_dates
from summarizer.article.normalize import fold
from summarizer.article.numbers import Number, find_numbers
from summarizer.model.prompts import load
from summarizer.model.questions import Question
from summarizer.rules.header import HeaderDraft
from summarizer.rules.names import find_mentions
from summarizer.rules.people import People
from summarizer.rules.sections import Quotations
from summarizer.schemas.report import Count

__all__ = ("Facts", "compose", "faults", "gather", "summary_question")

# The longest summary has to fit into the tokens, at some three characters each, or an answer is cut off.
_SHORTEST, _LONGEST = 40, 340
_TOKENS = 120
_CLIP, _SHORT_CLIP = 150, 90
_MOST_COUNTS, _MOST_LINES, _GAP = 4, 3, 12
_HOLDING = ("organizes", "reviews", "meeting", "title", "belongs")
_VERB = cue(r"(?:tổng kết|sơ kết)(?!\w)")
_GRADE = cue(r"hoàn thành|vững mạnh|xuất sắc|không xếp loại")
_STOPS = tuple('.!?…”"')
_GOES_BEFORE = re.compile(r"\d[.,/]?$")
_GOES_BEHIND = re.compile(r"[.,/]?\d")
_NUMERAL = re.compile(r"\d+(?:[.,/]\d+)*")
_WHOLE_DATE = re.compile(r"\d\D+\d")
_WORDS_BEHIND, _REACH = 2, 12
# Second syllables of biểu dương, khen, trao tặng, kết nạp, kỷ luật, khai trừ, bầu: who invents one invents a deed.
_DEEDS = frozenset(fold("dương khen tặng trao nạp luật trừ bầu phạt thưởng").text.split())
_DEED_WORDS, _DEED_REACH = 3, 80
_ACCENTS = re.compile(r"[ăâđêôơưáàảãạéèẻẽẹíìỉĩịóòỏõọúùủũụýỳỷỹỵấầẩẫậắằẳẵặếềểễệốồổỗộớờởỡợứừửữự]")
_LINKS = frozenset(("và", "với", "là", "của", "đã", "được", "có", "cho", "trong", "tại", "năm", "các"))


@dataclass(frozen=True, slots=True)
class Facts:
    """What a summary may tell: words of the article, or None.

    `held` is the day as the article writes it; `holds` says that the article tells of `organization` holding the
    meeting; `counts` are numbers with their nouns ("27 đảng viên …"); `result`, `limit` and `task` are quotations.
    """

    organization: str | None
    kind: str | None
    held: str | None = None
    holds: bool = True
    chairs: Sequence[str] = ()
    counts: Sequence[str] = ()
    result: str | None = None
    limit: str | None = None
    task: str | None = None


class Summary(BaseModel):
    """The model's summary."""

    model_config = ConfigDict(extra="forbid")

    summary: Annotated[str, Field(min_length=_SHORTEST, max_length=_LONGEST)]


def gather(
    text: str, header: HeaderDraft, people: People, quoted: Quotations, counts: Sequence[Count]
) -> Facts:
    """Return what a summary of the article `text` may tell, from the parts of its report.

    Of the counts only those of graded organizations and members are told: they are what a review is about, and
    their words say all that a reader needs.
    """
    graded = [
        _told(text, count)
        for count in counts
        if count.grade is not None
        and count.status == "result"
        and count.unit == "count"
        and count.certainty != "doubtful"
        and _GRADE.search(fold(count.counted).text)
    ]
    held = header.anchors.get("date_held")
    # A body that is named in full elsewhere holds the meeting by the beginning of its name.
    name = header.organization or ""
    telling = {kind: quotation.text for kind, quotation in quoted.telling.items()}
    return Facts(
        organization=header.organization,
        kind=header.kind,
        held=held[0].text if held and _WHOLE_DATE.search(held[0].text) else None,
        holds=any(name.startswith(one.body.text) and one.why in _HOLDING for one in header.organizers),
        chairs=tuple(person.name for person in people.chairs),
        counts=tuple(dict.fromkeys(graded))[:_MOST_COUNTS],
        result=telling.get("achievement"),
        limit=telling.get("shortcoming"),
        task=telling.get("directive"),
    )


def compose(facts: Facts, article: str) -> str | None:
    """Return a summary put together from `facts` as they stand; None without a meeting.

    A fact with a numeral that does not stand in `article` is left out; the facts' words are the article's own.
    """
    parts = [line if line[-1] in ".…!?" else f"{line}." for line in _lines(facts, labelled=True)]
    kept = [part for part in parts if all(_stands(numeral, article) for numeral in _NUMERAL.findall(part))]
    return " ".join(kept) if parts and kept[:1] == parts[:1] else None


def _stands(numeral: str, article: str) -> bool:
    """Return whether a numeral stands in the article as a whole one: 5 does not in 15, 1.5 or 5/9."""
    at = article.find(numeral)
    while at >= 0:
        begins, ends = article[max(0, at - 2) : at], article[at + len(numeral) : at + len(numeral) + 2]
        if not (_GOES_BEFORE.search(begins) or _GOES_BEHIND.match(ends)):
            return True
        at = article.find(numeral, at + 1)
    return False


def summary_question(facts: Facts, article: str) -> Question[Summary] | None:
    """Return the question for a summary of `article`, None where there is too little to put in it.

    The answer's own model refuses whatever `faults` finds, so an answer that comes back holds.
    """
    few = replace(facts, chairs=(), counts=facts.counts[:2])
    lines = _lines(few, labelled=False, longest=_SHORT_CLIP)[:_MOST_LINES]
    if len(lines) < 2:
        return None

    def holds(summary: str) -> str:
        wrong = faults(summary, article)
        if wrong:
            raise ValueError("; ".join(wrong[:3]))
        if summary.rstrip()[-1:] not in _STOPS:
            raise ValueError("câu cuối chưa trọn, viết ngắn hơn")
        return " ".join(summary.split())

    field: Any = (
        Annotated[str, Field(min_length=_SHORTEST, max_length=_LONGEST), AfterValidator(holds)],
        ...,
    )
    return Question(
        "summary",
        (
            {"role": "system", "content": load("common").text},
            {"role": "user", "content": load("summary").fill(facts="\n".join(f"- {line}" for line in lines))},
        ),
        create_model("Summary", __base__=Summary, summary=field),
        max_tokens=_TOKENS,
        reasks=1,
    )


def faults(summary: str, article: str) -> list[str]:
    """Return what a summary says that the article does not, each in a few Vietnamese words; empty: it holds.

    Every date must be a date of the article, every other number must stand there with the words that follow it
    here and with the deed before it (biểu dương 45 hội viên), and every person must be one of the article's.
    """
    if not _ACCENTS.search(summary.lower()):
        return ["viết bằng tiếng Việt có dấu"]
    words = fold(article).text
    wrong = [f"ngày {date.text} không có trong bài" for date in _new_dates(summary, article)]
    wrong.extend(
        f"số {number.text} không có trong bài với các từ quanh nó"
        for number in _new_numbers(summary, article)
    )
    wrong.extend(
        f"tên {mention.name} không có trong bài"
        for mention in find_mentions(summary, fold(summary))
        if fold(mention.name).text not in " ".join(words.split())
    )
    return wrong


def _told(text: str, count: Count) -> str:
    """The count as the article puts it, or the number and its noun where they stand apart."""
    at = count.counted_at
    words = f"{count.text} {count.counted}"
    if at is not None and 0 <= at - count.end <= _GAP and "\n" not in text[count.end : at]:
        words = " ".join(text[count.at : at + len(count.counted)].split())
    return words + "”" * (words.count("“") - words.count("”"))


def _lines(facts: Facts, *, labelled: bool, longest: int = _CLIP) -> list[str]:
    """The facts a line each, the meeting first; empty where there is no meeting. `labelled` says what each is,
    `longest` is where quotations are cut.
    """
    if facts.organization is None and facts.kind is None:
        return []
    if facts.organization and facts.kind:
        verb = " " if _VERB.match(fold(facts.kind).text) else " tổ chức "
        opening = f"{facts.organization}{verb if facts.holds else ': '}{facts.kind}"
    else:
        opening = facts.organization or facts.kind or ""
    if facts.held:
        opening += f" ngày {facts.held}"
    if facts.chairs:
        opening += (
            f", do {' và '.join(filter(None, (', '.join(facts.chairs[:-1]), facts.chairs[-1])))} chủ trì"
        )
    results = "; ".join(facts.counts) or (_clipped(facts.result, longest) if facts.result else "")
    rest = (
        ("Kết quả", results),
        ("Hạn chế", _clipped(facts.limit, longest) if facts.limit else ""),
        ("Nhiệm vụ", _clipped(facts.task, longest) if facts.task else ""),
    )
    return [_capital(opening), *(f"{name}: {line}" if labelled else line for name, line in rest if line)]


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _clipped(quoted: str, longest: int) -> str:
    """The quotation, cut at a mark or a space where it is longer than `longest` characters."""
    text = " ".join(quoted.split()).lstrip("-+*• ")
    if len(text) <= longest:
        return text
    cut = max(text.rfind(mark, longest // 2, longest) for mark in (";", ", "))
    cut = cut if cut > 0 else text.rfind(" ", 0, longest)
    return text[:cut].rstrip(" ,;") + "…"


def _new_dates(summary: str, article: str) -> list[Date]:
    known = _known_dates(article)
    return [date for date in find_dates(summary) if (date.day, date.month, date.year) not in known]


@lru_cache(maxsize=4)
def _known_dates(article: str) -> frozenset[tuple[int | None, int, int | None]]:
    known = {(date.day, date.month, date.year) for date in find_dates(article)}
    return frozenset(known | {(day, month, None) for day, month, _ in known})


@lru_cache(maxsize=4)
def _known_numbers(article: str) -> Mapping[tuple[object, ...], Sequence[tuple[str, str]]]:
    """The values of the article's numbers, each with what stands before and behind it wherever it stands.

    Kept for the few times that one article's summary is looked at: composed, written, asked again.
    """
    known: dict[tuple[object, ...], list[tuple[str, str]]] = {}
    folded = fold(article)
    for number in find_numbers(article):
        at, end = folded.span(number.at, number.end)
        around = folded.text[max(0, at - _DEED_REACH) : at], folded.text[end : end + 90]
        known.setdefault(_value(number), []).append(around)
    return known


def _new_numbers(summary: str, article: str) -> list[Number]:
    """The numbers of the summary, dates aside, that do not stand so in the article."""
    known = _known_numbers(article)
    said = fold(summary)
    wrong: list[Number] = []
    for number in find_numbers(summary):
        if number.reason in ("date", "list_mark"):
            continue
        follows = [word for word in _words(said.text[said.folded(number.end) :])[:4] if word not in _LINKS]
        places = known.get(_value(number), [])
        if number.reason is None:
            deed = _DEEDS.intersection(_words(said.text[: said.folded(number.at)])[-_DEED_WORDS:])
            places = [
                (before, behind)
                for before, behind in places
                if _stand(follows[:_WORDS_BEHIND], behind) and deed.issubset(_words(before))
            ]
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
