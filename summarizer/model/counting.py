"""Counting: the questions about an article's numbers, their answers, and the counts that come of them.

Every candidate is asked about once, in its passage. Where the answer cannot be placed or differs from the
table, that number is asked about once more, closer: alone, with the words around it, and with what was wrong.
What still differs then is doubtful.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from summarizer.article.article import Article
from summarizer.article.headings import heading_above
from summarizer.article.numbers import Number
from summarizer.model.asking import Ask
from summarizer.model.passages import Passage, join_passages, marked
from summarizer.model.pinned import Said, count_model, said
from summarizer.model.profiles import Profile
from summarizer.model.prompts import load
from summarizer.model.questions import Message, Question
from summarizer.rules.counts import Candidate, Heard, compare, hear, weigh
from summarizer.schemas.report import Count, LeftOut

__all__ = ("Counted", "count", "count_passages", "count_prompt", "count_question", "counts_of")

_TOKENS_A_NUMBER = 48
_NO_HEADING = "(không có)"


@dataclass(frozen=True, slots=True)
class Counted:
    """What became of the candidates: the counts, and what was left out, both in the article's order.

    `dropped` are the offsets of number words that turned out to count nothing the taxonomy knows.
    """

    counts: tuple[Count, ...]
    left_out: tuple[LeftOut, ...]
    dropped: frozenset[int]


async def count(article: Article, candidates: Sequence[Candidate], profile: Profile, ask: Ask) -> Counted:
    """Return the counts that an article's candidates are by the table and by what the model says of them."""
    heard: dict[int, list[Heard]] = {candidate.number.at: [] for candidate in candidates}
    by_place = {candidate.number.at: candidate for candidate in candidates}
    passages = count_passages(article, candidates, profile)
    async with asyncio.TaskGroup() as group:
        for passage in passages:
            group.create_task(_ask_passage(article, passage, by_place, heard, profile, ask))
    return counts_of(article, candidates, heard)


def counts_of(
    article: Article, candidates: Sequence[Candidate], heard: Mapping[int, Sequence[Heard]] | None = None
) -> Counted:
    """Return the counts that the candidates are by the table and by what was `heard` of them, by offset."""
    weighed = [
        weigh(
            article,
            candidate,
            heard[candidate.number.at] if heard else (),
            heading_above(article, candidate.number.at),
        )
        for candidate in candidates
    ]
    kept = {candidate.number.at for candidate in candidates}
    return Counted(
        tuple(one for one in weighed if isinstance(one, Count)),
        tuple(one for one in weighed if isinstance(one, LeftOut)),
        frozenset(number.at for number in article.numbers if number.reason is None) - kept,
    )


def count_prompt(profile: Profile) -> str:
    """Return the name of the prompt that asks about counts."""
    return "counts_context" if profile.ask_context else "counts"


def count_passages(article: Article, candidates: Sequence[Candidate], profile: Profile) -> list[Passage]:
    """Return the passages to ask about, in order; together they hold every candidate once."""
    return join_passages(
        _pieces(article, candidates),
        most_numbers=profile.passage_numbers,
        most_chars=profile.passage_chars,
        across_headings=profile.whole_article,
    )


def count_question(article: Article, passage: Passage, profile: Profile, note: str = "") -> Question:
    """Return the question about one passage; `note` says what was wrong with an answer before."""
    content = load(count_prompt(profile)).fill(
        heading=passage.heading or _NO_HEADING, passage=marked(article.text, passage), note=note
    )
    messages: tuple[Message, ...] = (
        {"role": "system", "content": load("common").text},
        {"role": "user", "content": content},
    )
    model = count_model(passage.keys, in_context=profile.ask_context, fixed=profile.pinned == "fixed")
    limit = _TOKENS_A_NUMBER * (3 if profile.ask_context else 1) * len(passage.numbers) + 16
    return Question("counts", messages, model, max_tokens=limit, reasks=1 if profile.pinned == "fixed" else 0)


def _pieces(article: Article, candidates: Sequence[Candidate]) -> Iterable[Passage]:
    """Yield the clauses that hold candidates, in order, each with the heading it stands under."""
    waiting = list(reversed(candidates))
    for sentence in article.sentences:
        if not waiting:
            return
        if waiting[-1].number.at >= sentence.end:
            continue
        for clause in article.clauses_of(sentence):
            numbers: list[Number] = []
            while waiting and waiting[-1].number.at < clause.end:
                numbers.append(waiting.pop().number)
            if numbers:
                yield Passage(clause.at, clause.end, tuple(numbers), heading_above(article, clause.at))


async def _ask_passage(
    article: Article,
    passage: Passage,
    candidates: dict[int, Candidate],
    heard: dict[int, list[Heard]],
    profile: Profile,
    ask: Ask,
) -> None:
    answers = await _said(article, passage, profile, ask)
    closer: list[tuple[Passage, str]] = []
    for number in passage.numbers:
        candidate = candidates[number.at]
        one = answers.get(number.at)
        if one is None:
            continue
        found = hear(article, candidate, one, passage.heading)
        heard[number.at].append(found)
        if found.why or compare(candidate.meaning, found) == "differs":
            note = found.why or f"“{one.counted}” có thể là của số khác"
            closer.append((_alone(article, candidate, passage.heading), note))
    for alone, note in closer:
        number = alone.numbers[0]
        answer = (await _said(article, alone, profile, ask, f"Lưu ý: {note}.\n")).get(number.at)
        if answer:
            heard[number.at].append(hear(article, candidates[number.at], answer, alone.heading))


async def _said(
    article: Article, passage: Passage, profile: Profile, ask: Ask, note: str = ""
) -> dict[int, Said]:
    """Return what the model says of the passage's numbers, by their offset; nothing where it gave no answer."""
    answer = await ask(count_question(article, passage, profile, note))
    if answer is None or answer.value is None:
        return {}
    by_key = said(answer.value, passage.keys)
    return {number.at: by_key[key] for number, key in zip(passage.numbers, passage.keys, strict=True)}


def _alone(article: Article, candidate: Candidate, heading: str | None) -> Passage:
    """Return the passage of one candidate alone: from behind the one before it to the one behind it."""
    words = article.words
    start, end = words.starts[candidate.floor], words.end(candidate.limit - 1)
    return Passage(min(start, candidate.number.at), end, (candidate.number,), heading)
