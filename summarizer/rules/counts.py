"""Counts by rules: what the table's words around each number say that it counts.

Value and place are the numbers' own (`summarizer.article.numbers`). A number written as a word counts only where
the table knows its noun.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from summarizer.article.article import Article
from summarizer.article.headings import heading_above
from summarizer.article.normalize import Words
from summarizer.article.numbers import Number
from summarizer.article.phrases import Lists, cue, word_cue
from summarizer.article.sentences import Sentence
from summarizer.rules.cells import meaning_in_table, status_in_table, whose_in_table
from summarizer.rules.meaning import read_meaning
from summarizer.rules.planning import Plans
from summarizer.rules.relations import with_relations
from summarizer.rules.scope import BREAKS, Clause, Meaning
from summarizer.schemas.offsets import TextOffset, TokenIndex
from summarizer.schemas.reading import NumberReading
from summarizer.schemas.taxonomy import graded_subjects

__all__ = ("Candidate", "find_candidates", "read_numbers")


_WHOLE, _ROUNDING, _NEAREST = 100, 0.1, 3
"""Per cent of the whole; the last digit's rounding; numbers before a percentage that it can be the share of."""
_FURTHEST = 1_200
"""Characters before a number in which who gave what it counts is said, at most; a text may have no stops."""
_LONGEST_SENTENCE = 400
"""Words that a sentence has at most; the longest of the articles that rules were made with has 360."""
_BRACKETS, _AWARDS = Lists("summarizer.rules", "brackets"), Lists("summarizer.rules", "awards")
_LISTING = _BRACKETS.words("lists") | frozenset(",:")
"""Words between a bracket and the first number of the parts it lists."""
_GOES_ON = _BRACKETS.words("goes_on") | frozenset(",;")
"""Words in front of each later part."""
_GIVEN = word_cue(r"{gives}", **_AWARDS)
_ACTIVE = cue(r"(?:^|[,;:.]\s+)([^,;:.]{2,90}?)\s+(?:đã\s+|cũng\s+)?{gives}", **_AWARDS)
_BY_WHOM = cue(r"(?<!\w)được\s+([^,;:.]{4,90}?)\s+{gives}", **_AWARDS)
_NOBODY = cue(r"{nobody}", **_AWARDS)


class Candidate(NamedTuple):
    """A number that may be a count, and what the table makes of it."""

    number: Number
    clause: Clause
    meaning: Meaning
    floor: TokenIndex
    """Index of the first word behind the candidate before it, within the sentence."""
    limit: TokenIndex
    """Index of the first word that is not about it: the next candidate, a semicolon, or the sentence's end."""
    sentence: Sentence
    whole: TextOffset | None = None
    """Offset of the total that a bracket says it is a part of."""


def read_numbers(article: Article) -> dict[TextOffset, NumberReading]:
    """Return what the rules say of every number of an article, by its offset."""
    plans = Plans(article)
    candidates = {candidate.number.at: candidate for candidate in find_candidates(article)}
    wholes = {at: one.whole for at, one in candidates.items() if one.whole is not None}
    readings = {
        number.at: _reading(article, candidates[number.at], plans)
        if number.at in candidates
        else NumberReading(**_pinned(number), reason=number.reason or "abstract")
        for number in article.numbers
    }
    return with_relations(article, readings, wholes)


def _pinned(number: Number) -> dict[str, Any]:
    return {
        "at": number.at,
        "text": number.text,
        "value": number.value,
        "total": number.total,
        "unit": number.unit,
    }


def _reading(article: Article, candidate: Candidate, plans: Plans) -> NumberReading:
    number, meaning = candidate.number, candidate.meaning
    voted = (
        number.total is not None
        and article.text[max(0, number.at - 1) :][: len(number.text) + 2] == f"({number.text})"
    )
    nameless = not meaning.known and meaning.at == number.at and number.unit == "count" and not voted
    words = article.text[meaning.at : meaning.end]
    stop = article.words.end(candidate.limit - 1)
    status = plans.status(number.at, candidate.clause)
    near = candidate.sentence._replace(at=max(candidate.sentence.at, number.at - _FURTHEST))
    whose = None
    if cell := article.table_numbers.get(number.at):
        status = status_in_table(*cell) or status
        whose = whose_in_table(article.text, *cell)
    return NumberReading(
        **_pinned(number),
        subject=None if nameless else meaning.subject,
        grade=meaning.grade,
        status=status,
        whose=whose,
        counted=words or number.text,
        counted_at=meaning.at if meaning.end > meaning.at else None,
        heading=heading_above(article, number.at),
        given_by=_given_by(article, near, number.at, stop),
        adjacent=meaning.adjacent and meaning.known,
    )


def find_candidates(article: Article) -> list[Candidate]:
    """Return the numbers of an article that may be counts, in order.

    A number written as a word counts only where the table knows its noun as something else than `other`
    (the labelling guide, evals/README.md).
    """
    numbers = [number for number in article.numbers if number.reason is None]
    candidates = _read(article, numbers)
    kept = [
        candidate.number
        for candidate in candidates
        if not candidate.number.word
        or (
            candidate.meaning.known
            and candidate.meaning.subject != "other"
            and (candidate.meaning.adjacent or _follows(article.words, candidate))
        )
    ]
    return candidates if len(kept) == len(candidates) else _read(article, kept)


def _follows(words: Words, candidate: Candidate) -> bool:
    """Return whether the words that say what a number counts begin right behind it."""
    return words.first_from(candidate.meaning.at) == words.first_from(candidate.number.tail)


def _read(article: Article, numbers: Sequence[Number]) -> list[Candidate]:
    words = article.words
    found: list[Candidate] = []
    brackets = Brackets(words)
    for i, number in enumerate(numbers):
        index = article.sentence_index(number.at)
        clause = _clause(article, number, index)
        last = found[-1] if found and found[-1].clause == clause else None
        above = found[-1] if found and found[-1].clause.stop == clause.start else None
        beside, whole = brackets.enter(clause, words.first_from(number.at))
        before = found[beside].meaning if beside is not None else None
        meaning = read_meaning(words, clause, numbers, i, before, above.meaning if above else None)
        if whole is not None and meaning.adjacent:
            meaning = _as_part(meaning, found[whole].meaning)
        if number.unit == "percent" and not meaning.adjacent and (of := _fraction_of(found, clause, number)):
            meaning = of._replace(adjacent=False)
        if cell := article.table_numbers.get(number.at):
            meaning = meaning_in_table(article.text, number, *cell)
        floor = words.first_from(last.number.tail) if last else clause.start
        following = numbers[i + 1] if i + 1 < len(numbers) else None
        limit = min(clause.stop, words.first_from(following.at)) if following else clause.stop
        right = words.first_from(number.tail)
        limit = next(iter(words.among(BREAKS, right, limit)), limit)
        total = None if whole is None else found[whole].number.at
        found.append(Candidate(number, clause, meaning, floor, limit, article.sentences[index], total))
    return found


def _clause(article: Article, number: Number, index: int) -> Clause:
    """Return the words that a number can be about: those of its sentence, or of its cell where words stand there."""
    grid = article.grid_at(number.at)
    cell = grid.cell_at(number.at) if grid and number.at not in article.table_numbers else None
    if cell is None:
        return _window(*article.bounds[index], article.words.first_from(number.at))
    return Clause(
        article.words.first_from(TextOffset(cell.at)), article.words.first_from(TextOffset(cell.end))
    )


def _window(start: TokenIndex, stop: TokenIndex, left: TokenIndex) -> Clause:
    """Return the words of a sentence; of one that is too long, for want of stops, those around word `left`."""
    if stop - start <= 2 * _LONGEST_SENTENCE:
        return Clause(start, stop)
    begun = start + (left - start) // _LONGEST_SENTENCE * _LONGEST_SENTENCE
    return Clause(begun, min(stop, begun + 2 * _LONGEST_SENTENCE))


def _fraction_of(found: Sequence[Candidate], clause: Clause, number: Number) -> Meaning | None:
    """Return the meaning of the fraction that a percentage is, near before it in its sentence.

    `35/38 viên chức đạt chuẩn trình độ 2 trở lên (92,1%)`: 35 of 38 are 92.1 per cent, whatever stands between.
    A hundred per cent is too common to tell.
    """
    for one in found[: -_NEAREST - 1 : -1]:
        total, value = one.number.total, number.value
        if one.clause != clause or one.number.unit == "percent" or value == _WHOLE:
            break
        if total and abs(_WHOLE * one.number.value / total - value) < _ROUNDING:
            return one.meaning
    return None


def _as_part(meaning: Meaning, whole: Meaning) -> Meaning:
    """Return the meaning of a part with the grade of its whole: `tốt 35 (có 7 đảng bộ và 28 chi bộ)`."""
    if meaning.grade is None and meaning.subject in graded_subjects():
        return meaning._replace(grade=whole.grade)
    return meaning


def _given_by(article: Article, sentence: Sentence, at: TextOffset, limit: TextOffset) -> str | None:
    """Return who gave the award that the number at offset `at` of a sentence counts, in the article's words, if said.

    It stands in front of a verb of giving before the number (`Đảng ủy tặng giấy khen cho 10 …`, the committee gave),
    or behind it, up to offset `limit`, in the passive (`17 chi bộ được Đảng ủy tặng …`: were given by the committee).
    """
    normal = article.normal
    start, stop = normal.span(sentence.at, limit)
    if not _GIVEN.search(normal.text, start, stop):
        return None
    here = normal.offset(at)
    active = list(_ACTIVE.finditer(normal.text[start:here]))
    found = _BY_WHOM.search(normal.text, here, stop)
    begins, ends = found.span(1) if found else active[-1].span(1) if active else (0, 0)
    if found is None:
        begins, ends = begins + start, ends + start
    if begins == ends or _NOBODY.match(normal.text, begins, ends):
        return None
    who = article.text[normal.origin(begins) : normal.origin(ends)]
    return " ".join(who.split()) if who[:1].isupper() else None


class Brackets:
    """The brackets around an article's numbers, entered in order: which number each goes with, and is a part of.

    What stands behind a closed bracket goes with what stands before it (`tốt 35 (có 7 đảng bộ và 28 chi bộ), chiếm
    68%`), and what such a bracket lists are the parts of the number right before it.
    """

    def __init__(self, words: Words) -> None:
        self._words = words
        self._clause: Clause | None = None
        self._count = 0
        self._reached = 0
        # The numbers that one to come may go with: index, depth, whether it is a part of the one it stands behind.
        self._open: list[tuple[int, int, bool]] = []

    def enter(self, clause: Clause, left: TokenIndex) -> tuple[int | None, int | None]:
        """Enter the next number, which begins at word `left` of `clause`; the first one entered has index 0.

        Returns the index of the number it goes with, None for the first of its sentence, and that of the one it
        is a part of, None where it is none.
        """
        index, self._count = self._count, self._count + 1
        if clause != self._clause:
            self._clause, self._reached, self._open = clause, clause.start, []
        depth = lowest = self._open[-1][1] if self._open else 0
        opened = self._reached
        tokens = self._words.spelled[self._reached : left]
        if "(" in tokens or ")" in tokens:
            for at, word in enumerate(tokens, self._reached):
                depth = max(0, depth + (word == "(") - (word == ")"))
                lowest = min(lowest, depth)
                opened = at if word == "(" else opened
        self._reached = left
        while self._open and self._open[-1][1] > lowest:
            self._open.pop()
        before = self._open[-1] if self._open else None
        part = False
        if before and depth > before[1]:
            part = _LISTING.issuperset(self._words.spelled[opened + 1 : left])
        elif before and before[2]:
            part = self._words.spelled[left - 1] in _GOES_ON
        whole = next((one[0] for one in reversed(self._open) if one[1] < depth), None) if part else None
        self._open.append((index, depth, part))
        return (before[0] if before else None), whole
