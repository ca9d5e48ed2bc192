"""Counts by rules: what the table's words around each number say that it counts.

Value and place are the numbers' own (`summarizer.article.numbers`). A number written as a word counts only where
the table knows its noun.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from summarizer.article.article import Article
from summarizer.article.headings import heading_above
from summarizer.article.normalize import Words, normalize
from summarizer.article.numbers import Number
from summarizer.article.openings import behind_joining
from summarizer.article.phrases import Lists, cue
from summarizer.rules.award_lists import AWARD, award_of, decided_by
from summarizer.rules.cells import meaning_in_table, names_in_table, status_in_table
from summarizer.rules.meaning import read_meaning
from summarizer.rules.nouns import PEOPLE
from summarizer.rules.planning import status_of
from summarizer.rules.relations import act_before, direction_of, other_body, with_relations
from summarizer.rules.scope import BREAKS, Clause, Meaning
from summarizer.schemas.offsets import TextOffset, TokenIndex
from summarizer.schemas.reading import NumberReading
from summarizer.schemas.taxonomy import graded_subjects

_WHOLE, _ROUNDING, _NEAREST = 100, 0.1, 3
"""Per cent of the whole; the last digit's rounding; numbers before a percentage that it can be the share of."""
_FURTHEST = 1_200
"""Characters before a number in which who gave what it counts is said, at most; a text may have no stops."""
_LONGEST_SENTENCE = 400
"""Words that a sentence has at most; the longest of the articles that rules were made with has 360."""
_BRACKETS, _AWARDS = Lists("summarizer.rules", "brackets"), Lists("summarizer.rules", "awards")
_LISTING = _BRACKETS.words("lists") | frozenset(",:")
_GOES_ON = _BRACKETS.words("goes_on") | frozenset(",;")
_GIVEN = cue(r"{gives}", **_AWARDS)
_ACTIVE = cue(
    r"(?:^|[,;:]\s+|(?<!tp)\.\s+)((?:tp\.|[^,;:.]){2,90}?)\s+(?:(?:đã|vừa)\s[^,;:.]{2,80}?\s(?:và|lễ)\s+)?"
    r"(?:(?:{ahead_of_giving}|(?<!ban\s)tổ chức)\s+)*{gives}",
    **_AWARDS,
)
_BY_WHOM = cue(r"(?<!\w)được\s+([^,;:.]{4,90}?)\s+{gives}", **_AWARDS)
_RECEIVES = cue(r"(?<!\w){receives}\s+", **_AWARDS)
_NOBODY = cue(r"{nobody}|.*?(?<!\w){in_no_name}", **_AWARDS)


class Candidate(NamedTuple):
    """A number that may be a count, what the table makes of it, and the words of its sentence or cell.

    `part`: a bracket lists it as a part of the number before; `following` is the next candidate's number.
    """

    number: Number
    clause: Clause
    meaning: Meaning
    part: bool
    following: Number | None


def read_numbers(article: Article) -> dict[TextOffset, NumberReading]:
    """Return what the rules say of every number of an article, by its offset."""
    candidates = {candidate.number.at: candidate for candidate in find_candidates(article)}
    lefts = frozenset(map(article.words.first_from, candidates))
    acts = {at: act_before(article, at, one.meaning.subject, lefts) for at, one in candidates.items()}
    givers = _givers(article, [*candidates.values()])
    readings: dict[TextOffset, NumberReading] = {}
    for number in article.numbers:
        at, candidate, act = number.at, candidates.get(number.at), acts.get(number.at)
        if candidate is None:
            readings[at] = NumberReading(**number.pinned, reason=number.reason or "abstract")
            continue
        meaning = candidate.meaning
        voted = number.total is not None and article.text[at - 1 : number.end + 1] == f"({number.text})"
        nameless = not meaning.known and meaning.at == at and number.unit == "count" and not voted
        subject = None if nameless else meaning.subject
        status, whose, row = status_of(article.words, at, candidate.clause), None, None
        if cell := article.table_numbers.get(at):
            status = status_in_table(*cell) or status
            whose, row = names_in_table(article.text, *cell, meaning)
        readings[at] = NumberReading(
            **number.pinned,
            subject=subject,
            grade=meaning.grade,
            status=status,
            direction=direction_of(article.words, at),
            whose=whose or other_body(article, at, subject),
            counted=article.text[meaning.at : meaning.end],
            counted_at=meaning.at,
            heading=act.words if act else row or heading_above(article, at),
            given_by=givers.get(at),
            adjacent=meaning.adjacent and meaning.known,
        )
    return with_relations(article, readings, {at: act.kind for at, act in acts.items() if act})


def find_candidates(article: Article) -> list[Candidate]:
    """Return the numbers of an article that may be counts, in order.

    A number written as a word counts only where the table knows its noun as something else than `other`
    (the labelling guide, evals/README.md).
    """
    candidates = _read(article, [number for number in article.numbers if number.reason is None])
    kept = [one.number for one in candidates if not one.number.word or _is_count(article.words, one)]
    return candidates if len(kept) == len(candidates) else _read(article, kept)


def _is_count(words: Words, word: Candidate) -> bool:
    """Return whether a number written as a word stands before a noun that the table knows."""
    meaning = word.meaning
    follows = words.first_from(meaning.at) == words.first_from(word.number.tail)
    return meaning.known and meaning.subject != "other" and (meaning.adjacent or follows)


def _read(article: Article, numbers: Sequence[Number]) -> list[Candidate]:
    words = article.words
    found: list[Candidate] = []
    places: dict[int, int] = {}
    """Which candidate begins at a word."""
    for i, number in enumerate(numbers):
        clause, left = _clause(article, number), words.first_from(number.at)
        above = found[-1].meaning if found and found[-1].clause.stop == clause.start else None
        beside = open_before(words.spelled, clause.start, left, places)
        before = None if beside is None else found[beside]
        part = before is not None and _is_part(words, before, left)
        if cell := article.table_numbers.get(number.at):
            meaning = meaning_in_table(article.text, number, *cell)
        else:
            meaning = read_meaning(words, clause, numbers, i, before.meaning if before else None, above)
            graded = meaning.subject in graded_subjects() and meaning.grade is None
            if before and part and graded and meaning.adjacent:
                # The grade of the whole is its parts': "tốt 35 (có 7 đảng bộ và 28 chi bộ)".
                meaning = meaning._replace(grade=before.meaning.grade)
            if number.unit == "percent" and not meaning.adjacent:
                meaning = _meaning_of_fraction(found, clause, number) or meaning
        following = numbers[i + 1] if i + 1 < len(numbers) else None
        places[left] = i
        found.append(Candidate(number, clause, meaning, part, following))
    return found


def open_before(spelled: Sequence[str], start: int, left: int, places: Mapping[int, int]) -> int | None:
    """Return the nearest number between words `start` and `left` that no bracket has closed since, None without one.

    `places` are the numbers' indexes by the words they begin at. What stands behind a closed
    bracket goes with what stands before it (`tốt 35 (có 7 đảng bộ và 28 chi bộ), chiếm 68%`).
    """
    closed = 0
    for index in range(left - 1, start - 1, -1):
        closed = max(0, closed + (spelled[index] == ")") - (spelled[index] == "("))
        if closed == 0 and index in places:
            return places[index]
    return None


def _is_part(words: Words, before: Candidate, left: TokenIndex) -> bool:
    """Return whether a bracket lists the number at word `left` as a part of the one before, or with it."""
    between = words.spelled[words.first_from(before.number.tail) : left]
    if "(" not in between:
        return before.part and not _GOES_ON.isdisjoint(between[-1:])
    return _LISTING.issuperset(between[len(between) - between[::-1].index("(") :])


def _clause(article: Article, number: Number) -> Clause:
    """Return the words that a number can be about: of its cell where words stand there, else of its sentence.

    Of a sentence that is too long, for want of stops, they are those around the number.
    """
    words, grid = article.words, article.grid_at(number.at)
    cell = grid.cell_at(number.at) if grid and number.at not in article.table_numbers else None
    if cell:
        return Clause(words.first_from(TextOffset(cell.at)), words.first_from(TextOffset(cell.end)))
    start, stop = article.bounds[article.sentence_index(number.at)]
    if stop - start > 2 * _LONGEST_SENTENCE:
        start = start + (words.first_from(number.at) - start) // _LONGEST_SENTENCE * _LONGEST_SENTENCE
    return Clause(start, min(stop, start + 2 * _LONGEST_SENTENCE))


def _meaning_of_fraction(found: Sequence[Candidate], clause: Clause, number: Number) -> Meaning | None:
    """Return the meaning of the fraction that a percentage is, near before it in its sentence.

    `35/38 viên chức đạt chuẩn trình độ 2 trở lên (92,1%)`: 35 of 38 are 92.1 per cent, whatever stands between.
    A hundred per cent is too common to tell.
    """
    for one in found[: -_NEAREST - 1 : -1]:
        total, value = one.number.total, number.value
        if one.clause != clause or one.number.unit == "percent" or value == _WHOLE:
            break
        if total and abs(_WHOLE * one.number.value / total - value) < _ROUNDING:
            return one.meaning._replace(adjacent=False)
    return None


def _givers(article: Article, candidates: Sequence[Candidate]) -> dict[TextOffset, str]:
    """Return who gave the awards that numbers count, in the article's words, by the offsets of the numbers.

    Numbers of one list share what stands behind the last of them: 4 tập thể và 10 cá nhân được nhận bằng khen của A.
    """
    giving = [match.start() for match in _GIVEN.finditer(article.normal.text)]
    found: dict[TextOffset, str] = {}
    for one, after in zip(reversed(candidates), (None, *reversed(candidates)), strict=False):
        who = _given_by(article, one, giving)
        if who is None and after and _is_listed_with(article.words, one, after):
            who = found.get(after.number.at)
        if who is not None:
            found[one.number.at] = who
    return found


def _is_listed_with(words: Words, one: Candidate, after: Candidate) -> bool:
    """Return whether a number of bodies or people is in one list with the next: only they stand between the two."""
    subject, counted = one.meaning.subject, words.first_from(one.meaning.end)
    rewarded = subject in PEOPLE or subject in graded_subjects() or subject == "collective"
    between = words.spelled[counted : words.first_from(after.number.at)]
    return rewarded and one.clause == after.clause and between in ([","], ["và"], ["cùng"])


def _given_by(article: Article, candidate: Candidate, giving: Sequence[int]) -> str | None:
    """Return who gave the award that a number counts, in the article's words, if what is around the number says it.

    It stands in front of a verb of giving before the number (`Đảng ủy tặng giấy khen cho 10 …`, the committee gave),
    behind it in the passive (`17 chi bộ được Đảng ủy tặng …`: were given by the committee), or behind the award
    (`88 cá nhân được nhận bằng khen của UBND tỉnh`). `giving` are the normalized offsets of all verbs of giving.
    """
    normal, words, number = article.normal, article.words, candidate.number
    sentence = article.sentences[article.sentence_index(number.at)]
    limit = candidate.clause.stop
    if candidate.following:
        limit = min(limit, words.first_from(candidate.following.at))
    limit = next(iter(words.among(BREAKS, words.first_from(number.tail), limit)), limit)
    first = max(sentence.at, TextOffset(number.at - _FURTHEST))
    start, stop = normal.span(first, words.end(limit - 1))
    here = normal.offset(number.at)
    for receives in _RECEIVES.finditer(normal.text, here, stop):
        award = AWARD.match(normal.text, receives.end(), stop)
        if award and (who := award_of(normal, award.end(), stop)):
            return " ".join(who.split())
    if bisect_left(giving, start) == bisect_left(giving, stop):
        return None
    active = [(start + one.start(1), start + one.end(1)) for one in _ACTIVE.finditer(normal.text[start:here])]
    decided = decided_by(normal, start, here)
    if found := _BY_WHOM.search(normal.text, here, stop):
        begins, ends = found.span(1)
    elif decided and (not active or active[-1][0] < decided[0]):
        return " ".join(decided[1].split())
    elif active:
        begins, ends = active[-1]
    else:
        return None
    if _NOBODY.match(normal.text, begins, ends):
        return None
    who = article.text[normal.origin(begins) : normal.origin(ends)]
    joined = normalize(who)
    who = who[joined.origin(behind_joining(joined)) :]
    return " ".join(who.split()) if who[:1].isupper() else None
