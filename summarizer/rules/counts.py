"""Counts: the table's reading of each number and the model's, weighed against each other.

`plan_counts` gives the questions; `weigh` takes the answers. Value, place and completeness are the numbers'
own (`summarizer.article.numbers`); the model only ever says what a number counts, and its words are accepted where
they stand where that number's noun can stand.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from summarizer.article.alignment import align, align_in
from summarizer.article.article import Article
from summarizer.article.brackets import Brackets
from summarizer.article.lexicon import GRADED
from summarizer.article.normalize import Words, split_words
from summarizer.article.numbers import Number
from summarizer.article.sentences import Sentence
from summarizer.article.tables import TableNumber
from summarizer.model.pinned import Said
from summarizer.rules.givers import giver_of
from summarizer.rules.meaning import grade_of, is_pronoun, read_meaning, subject_of
from summarizer.rules.planning import plans_of
from summarizer.rules.scope import BREAKS, Clause, Meaning
from summarizer.schemas.report import Count, Grade, LeftOut, Quotation, Reading, Status, Subject

__all__ = ("Candidate", "Heard", "Verdict", "compare", "find_candidates", "hear", "weigh")

Verdict = Literal["agreed", "differs", "model", "silent"]
Certainty = Literal["agreed", "table", "model", "doubtful"]

_LONGEST_SENTENCE, _AROUND = 3_000, 400
_CALLED_COMRADES: frozenset[Subject] = frozenset(("party_member", "staff", "union_member", "individual"))
"""What a đồng chí can be; which of them, its heading or sentence says."""


class Candidate(NamedTuple):
    """A number that may be a count, and what the table makes of it."""

    number: Number
    clause: Clause
    meaning: Meaning
    floor: int
    """Index of the first word behind the candidate before it, within the sentence."""
    limit: int
    """Index of the first word that is not about it: the next candidate, a semicolon, or the sentence's end."""
    sentence: Sentence


@dataclass(frozen=True, slots=True)
class Heard:
    """What the model said of a candidate, brought back to the article's words.

    `at` to `end` is the span of those words, None where they do not stand where they could belong to the
    number; then `why` says so. `subject` is None where the words name no noun of the table.
    """

    said: Said
    at: int | None = None
    end: int | None = None
    subject: Subject | None = None
    grade: Grade | None = None
    pronoun: bool = False
    why: str | None = None


def find_candidates(article: Article) -> list[Candidate]:
    """Return the numbers of an article that may be counts, in order.

    A number written as a word counts only where the table knows its noun as something else than `other`
    (GOLD.md).
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
            and (candidate.meaning.firm or _follows(article.words, candidate))
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
        clause = Clause(*article.bounds[index])
        last = found[-1] if found and found[-1].clause == clause else None
        above = found[-1] if found and found[-1].clause.stop == clause.start else None
        beside, whole = brackets.enter(clause, words.first_from(number.at))
        before = found[beside].meaning if beside is not None else None
        meaning = read_meaning(words, clause, numbers, i, before, above.meaning if above else None)
        if whole is not None and meaning.firm:
            meaning = _as_part(meaning, found[whole].meaning)
        if not meaning.firm and (cell := article.table_numbers.get(number.at)):
            meaning = _in_table(article, cell) or meaning
        floor = words.first_from(last.number.tail) if last else clause.start
        following = numbers[i + 1] if i + 1 < len(numbers) else None
        limit = min(clause.stop, words.first_from(following.at)) if following else clause.stop
        right = words.first_from(number.tail)
        limit = next(iter(words.among(BREAKS, right, limit)), limit)
        found.append(Candidate(number, clause, meaning, floor, limit, article.sentences[index]))
    return found


def _as_part(meaning: Meaning, whole: Meaning) -> Meaning:
    """Return the meaning of a part with the grade of its whole: `tốt 35 (có 7 đảng bộ và 28 chi bộ)`."""
    if meaning.grade is None and meaning.subject in GRADED:
        return meaning._replace(grade=whole.grade)
    return meaning


def _in_table(article: Article, cell: TableNumber) -> Meaning | None:
    """Return what a number counts by the head of its column and the label of its row, None where no head says it."""
    for at, end in cell.heads:
        subject = subject_of(split_words(article.text[at:end]))
        if subject is not None:
            grade = grade_of(split_words(article.text[slice(*cell.label)])) if subject in GRADED else None
            return Meaning(subject, grade, at, end, firm=False)
    return None


def hear(article: Article, candidate: Candidate, said: Said, heading: str | None) -> Heard:
    """Return what the model said of a candidate in the article's own words, if they can belong to it.

    They can stand behind the number up to the next one and in front of it back to the one before; where no
    noun stands right behind it, also further in front in its sentence, or in the heading above (then without
    a span).
    """
    words = article.words
    right = words.first_from(candidate.number.tail)
    left = words.first_from(candidate.number.at)
    places = [(right, candidate.limit, right), (candidate.floor, left, left)]
    settled = candidate.meaning.firm and candidate.meaning.known
    unit = candidate.number.unit
    if not settled:
        places.append((candidate.clause.start, left, left))
    for start, stop, near in places:
        found = align(said.counted, words, start, stop, near=near)
        if found:
            run = words.part(found.start, found.stop)
            return Heard(
                said, run.starts[0], run.end(-1), subject_of(run, unit), grade_of(run), is_pronoun(run)
            )
    if heading and not settled:
        above = split_words(heading)
        found = align(said.counted, above, 0, len(above))
        if found:
            run = above.part(found.start, found.stop)
            return Heard(said, None, None, subject_of(run, unit), grade_of(run), is_pronoun(run))
    return Heard(said, why=f"“{_short(said.counted)}” không đứng cạnh số {candidate.number.text}")


def compare(meaning: Meaning, heard: Heard | None) -> Verdict:
    """Return how the table's reading and the model's stand to each other.

    `silent`: the model's words could not be placed, or name no noun; `agreed`: one subject, and no other grade
    than the table's; `model`: only the model could read it; `differs`: two readings.
    """
    if heard is None or heard.why is not None:
        return "silent"
    if heard.subject is None:
        return "silent" if meaning.known else "agreed"
    if not meaning.known:
        return "model"
    same = heard.subject == meaning.subject or (heard.pronoun and meaning.subject in _CALLED_COMRADES)
    if same and (heard.grade is None or heard.grade == meaning.grade or meaning.subject not in GRADED):
        return "agreed"
    return "differs"


def weigh(
    article: Article, candidate: Candidate, heard: Sequence[Heard], heading: str | None
) -> Count | LeftOut:
    """Return the count, or why it is left out; `heard` is what the model said of it, in the order it was asked.

    The last answer that could be placed counts. Where the table could read the number, its reading stands and the
    model's can only make it doubtful: on articles new to both, a 1.5B model was wrong more often where they differed.
    Where only the model's words name a noun, they decide.
    """
    number, meaning = candidate.number, candidate.meaning
    placed = next((one for one in reversed(heard) if one.why is None), None)
    verdict = compare(meaning, placed)
    nameless = not meaning.known and meaning.at == number.at and number.unit == "count"
    if nameless and (placed is None or placed.subject is None):
        why = heard[-1].why if heard and heard[-1].why else "không có danh từ nào đứng cạnh số này"
        return LeftOut(field="counts", text=number.text, why=f"{why} (vị trí {number.at})")
    subject, grade, at, end = meaning.subject, meaning.grade, meaning.at, meaning.end
    readings: tuple[Reading, ...] = ()
    certainty: Certainty = "agreed" if verdict == "agreed" else "table"
    if placed and placed.subject and verdict == "model":
        subject, grade = placed.subject, placed.grade if placed.subject in GRADED else None
        at, end = (placed.at, placed.end) if placed.at is not None and placed.end else (number.at, number.at)
        certainty = "model"
    if placed and placed.subject and verdict == "differs":
        certainty = "doubtful"
        readings = (
            Reading(
                by="table",
                counted=article.text[meaning.at : meaning.end],
                subject=meaning.subject,
                grade=meaning.grade,
            ),
            Reading(
                by="model", counted=_words_of(article, placed), subject=placed.subject, grade=placed.grade
            ),
        )
    counted = article.text[at:end] or (placed.said.counted if placed else "")
    stop = article.words.end(candidate.limit - 1)
    return Count(
        at=number.at,
        text=number.text,
        value=number.value,
        total=number.total,
        unit=number.unit,
        subject=subject,
        grade=grade,
        status=_status(article, candidate, placed),
        counted=counted or number.text,
        counted_at=at if end > at else None,
        qualifier=number.qualifier,
        sentence=_sentence_of(article, candidate),
        heading=_anchored(article, placed.said.heading if placed else None) or heading,
        given_by=_anchored(article, placed.said.given_by if placed else None)
        or giver_of(article, candidate.sentence, number.at, stop),
        certainty=certainty,
        readings=readings,
    )


def _sentence_of(article: Article, candidate: Candidate) -> Quotation:
    """Return the sentence a number stands in, or what is around it in a text without stops."""
    number, sentence = candidate.number, candidate.sentence
    if len(sentence.text) <= _LONGEST_SENTENCE:
        return article.quoted(sentence)
    at, end = max(sentence.at, number.at - _AROUND), min(sentence.end, number.end + _AROUND)
    return Quotation(at=at, text=article.text[at:end])


def _status(article: Article, candidate: Candidate, placed: Heard | None) -> Status:
    if placed and placed.said.status:
        return placed.said.status
    return plans_of(article).status(candidate.number.at, candidate.clause)


def _anchored(article: Article, said: str | None) -> str | None:
    """Return the article's own words for what the model said, None where they do not stand in it."""
    span = align_in(said, article.text) if said else None
    return " ".join(article.text[span[0] : span[1]].split()) if span else None


def _words_of(article: Article, heard: Heard) -> str:
    return heard.said.counted if heard.at is None else article.text[heard.at : heard.end]


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:59] + "…"
