"""The reading by a small model: a phrase for each number that the rules are not firm about, and nothing else.

A model of some 1.5 B reads no better than the rules where the noun stands right beside its number, and writes worse
summaries than code composes (`evals/README.md`), so it is asked as little as does: the open numbers, in passages
short enough that it keeps them apart.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence

from summarizer.article.alignment import align
from summarizer.article.article import Article
from summarizer.article.headings import heading_above
from summarizer.article.normalize import split_words
from summarizer.article.numbers import Number
from summarizer.errors import AnswerError
from summarizer.model.asking import Asker
from summarizer.model.passages import Passage, join_passages, marked
from summarizer.model.pinned import phrases_model, phrases_of
from summarizer.model.profiles import Profile
from summarizer.model.prompts import load
from summarizer.model.questions import Message, Question
from summarizer.schemas.offsets import TextOffset, TokenIndex
from summarizer.schemas.reading import NumberReading, Reading
from summarizer.schemas.report import Grade, LeftOut, Subject, Unit

__all__ = ("Classify", "passages", "question", "read_small")

Classify = Callable[[str, Unit], tuple[Subject | None, Grade | None]]
"""Takes a phrase and a unit; returns the subject and the grade that the taxonomy's words in it name."""

_TOKENS_A_NUMBER = 48
_NO_HEADING = "(không có)"


async def read_small(
    article: Article, open_numbers: Sequence[Number], profile: Profile, asker: Asker, classify: Classify
) -> Reading:
    """Return what a small model says of `open_numbers`; its words are mapped to subjects by `classify`."""
    asked = passages(article, open_numbers, profile)
    numbers: dict[TextOffset, NumberReading] = {}
    left_out: list[LeftOut] = []
    for passage in asked:
        try:
            answer = await asker.ask(question(article, passage, profile))
        except AnswerError as error:
            left_out.append(LeftOut(field="counts", text="", why=str(error)))
            continue
        if answer.value is None:
            left_out.append(LeftOut(field="counts", text="", why=answer.failure or "không có câu trả lời"))
            continue
        phrases = phrases_of(answer.value, passage.keys)
        for number, phrase in zip(passage.numbers, phrases, strict=True):
            if read := _reading(article, passage, number, phrase, classify):
                numbers[number.at] = read
            else:
                why = f"“{phrase[:60]}” không đứng cạnh số {number.text}"
                left_out.append(LeftOut(field="counts", text=number.text, why=why))
    return Reading(by="model", numbers=numbers, left_out=tuple(left_out))


def passages(article: Article, numbers: Sequence[Number], profile: Profile) -> list[Passage]:
    """Return the passages to ask about, in order; together they hold every one of `numbers` once."""
    return join_passages(
        _clauses(article, numbers),
        most_numbers=profile.passage_numbers,
        most_chars=profile.passage_chars,
        across_headings=False,
    )


def question(article: Article, passage: Passage, profile: Profile) -> Question:
    """Return the question about one passage."""
    content = load("small_counts").fill(
        heading=passage.heading or _NO_HEADING, passage=marked(article.text, passage)
    )
    messages: tuple[Message, ...] = (
        {"role": "system", "content": load("small_system").text},
        {"role": "user", "content": content},
    )
    return Question(
        "counts",
        messages,
        phrases_model(passage.keys, fixed=profile.server.fixed),
        max_tokens=_TOKENS_A_NUMBER * len(passage.numbers) + 16,
        reasks=1 if profile.server.fixed else 0,
    )


def _clauses(article: Article, numbers: Sequence[Number]) -> Iterator[Passage]:
    """Yield the clauses that hold `numbers`, in order, each with the heading it stands under."""
    starts = [number.at for number in numbers]
    for clauses in article.clauses:
        for clause in clauses:
            inside = numbers[bisect_left(starts, clause.at) : bisect_left(starts, clause.end)]
            if inside:
                yield Passage(clause.at, clause.end, tuple(inside), heading_above(article, clause.at))


def _reading(
    article: Article, passage: Passage, number: Number, phrase: str, classify: Classify
) -> NumberReading | None:
    """Return the phrase in the article's own words, from the passage or its heading; None where it is in neither."""
    words = article.words
    start, stop = words.first_from(TextOffset(passage.at)), words.first_from(TextOffset(passage.end))
    found = align(phrase, words, start, stop, near=words.first_from(number.tail))
    at = None
    if found:
        at = words.starts[found.start]
        said = article.text[at : words.end(found.stop - 1)]
    elif passage.heading and (
        above := align(phrase, (run := split_words(passage.heading)), TokenIndex(0), run.stop)
    ):
        said = passage.heading[run.starts[above.start] : run.end(above.stop - 1)]
    else:
        return None
    subject, grade = classify(said, number.unit)
    return NumberReading(
        at=number.at,
        text=number.text,
        value=number.value,
        total=number.total,
        unit=number.unit,
        subject=subject,
        grade=grade,
        counted=said,
        counted_at=at,
    )
