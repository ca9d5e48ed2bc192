"""Relations: which number is a part of which, tells a fact again, is another body's, or says by how much.

`27 đảng viên, trong đó 3 dự bị` (27 members, 3 of them on probation) opens parts, as a bracket or a table's total
does; `Tổng số 837 em; giỏi 114, khá 419 …` (837 pupils in all; …) has parts where they sum to it exactly. A fact is
told again where value, kind and words are the same in another sentence.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from summarizer.article.article import Article
from summarizer.article.normalize import words_in
from summarizer.article.phrases import Lexicon, Lists
from summarizer.rules.cells import totals_in_tables
from summarizer.schemas.offsets import TextOffset, TokenIndex
from summarizer.schemas.reading import NumberReading
from summarizer.schemas.report import Direction, Subject

__all__ = ("with_relations",)

_LISTS = Lists("summarizer.rules", "relations")


def _lexicon(*names: str) -> Lexicon[str]:
    return Lexicon((phrase, name) for name in names for phrase in _LISTS[name])


_OPENS, _TOTALS, _ONE_OF, _BELONGS = (
    _lexicon(name) for name in ("opens_parts", "totals", "one_of", "belongs")
)
_DIRECTIONS: Lexicon[Direction] = Lexicon(
    (phrase, name) for name in ("increase", "decrease", "shortage") for phrase in _LISTS[name]
)
_BOUNDS = frozenset(word for phrase in _LISTS["bounds"] for word in words_in(phrase))
_KINDS: tuple[frozenset[Subject], ...] = (
    frozenset(("party_member", "individual", "staff", "learner", "union_member")),
    frozenset(("party_organization", "party_cell")),
    frozenset(("collective", "individual")),
)
"""Subjects that can be parts of each other's totals."""
_LONGEST_LEAD, _LONGEST_BETWEEN, _LONGEST_NAME = 6, 24, 12
"""Words between a change's word and its number, between two parts, and of a body's name, at most."""
_MOST_PARTS = 12
"""Parts of one total, at most."""
_LEAST_REPEATED = 10
"""The least value that is taken for the same fact by its kind and two words; less needs four words alike."""
_FEW, _MANY = 2, 4
"""Words that must be alike of a large number and of a small one."""


def with_relations(
    article: Article, readings: Mapping[TextOffset, NumberReading], wholes: Mapping[TextOffset, TextOffset]
) -> dict[TextOffset, NumberReading]:
    """Return the readings of an article's numbers with their relations.

    `wholes` are the totals, by the offsets of their parts, that brackets say.
    """
    counted = [one for one in readings.values() if one.reason is None]
    parts = {**_parts(article, counted), **_sums(article, counted), **wholes, **totals_in_tables(article)}
    repeated = _repeated(article, counted)
    related = dict(readings)
    for one in counted:
        whole = readings.get(parts.get(one.at, -1))
        related[one.at] = replace(
            one,
            part_of=whole.at if whole and _contains(whole, one) else None,
            repeats=repeated.get(one.at),
            direction=_direction(article, one),
            whose=one.whose or _whose(article, one),
        )
    return related


def _contains(whole: NumberReading, part: NumberReading) -> bool:
    """Return whether one number can be a total of which another is a part: of one kind and unit, and more."""
    if whole.unit != part.unit or whole.unit == "percent" or whole.value <= part.value:
        return False
    same = whole.subject == part.subject or any({whole.subject, part.subject} <= kind for kind in _KINDS)
    return same and None not in (whole.subject, part.subject)


def _parts(article: Article, counted: Sequence[NumberReading]) -> dict[int, int]:
    """Return the totals of the parts that words such as trong đó open, by the offsets of the parts."""
    words = article.words
    found: dict[int, int] = {}
    whole: NumberReading | None = None
    reached = 0.0
    for index, one in enumerate(counted):
        before = counted[index - 1] if index else None
        left = words.first_from(one.at)
        start = words.first_from(before.end) if before else TokenIndex(0)
        between = words.spelled[max(start, left - _LONGEST_BETWEEN) : left]
        near = before is not None and article.sentence_index(one.at) - article.sentence_index(before.at) <= 1
        if not near or one.at in article.table_numbers:
            whole = None
            continue
        if _OPENS.first(words, max(start, left - _LONGEST_BETWEEN), left):
            after = [
                earlier for earlier in counted[max(0, index - _MOST_PARTS) : index] if _contains(earlier, one)
            ]
            same = article.sentence_index(one.at)
            whole = next((e for e in reversed(after) if same - article.sentence_index(e.at) <= 1), None)
            reached = 0
        elif whole and not ({",", ";", "và", ":", "+", "-"} & {*between}):
            whole = None
        if whole and _contains(whole, one) and reached + one.value <= whole.value:
            found[one.at] = whole.at
            reached += one.value
    return found


def _sums(article: Article, counted: Sequence[NumberReading]) -> dict[int, int]:
    """Return the totals that say so (tổng số) and to which what follows them sums exactly, by the parts' offsets."""
    words = article.words
    found: dict[int, int] = {}
    for index, whole in enumerate(counted):
        left = words.first_from(whole.at)
        if (
            not _TOTALS.first(words, max(TokenIndex(0), left - _LONGEST_LEAD), left)
            or whole.total is not None
        ):
            continue
        parts: list[NumberReading] = []
        for one in counted[index + 1 : index + 1 + 2 * _MOST_PARTS]:
            if one.unit == "percent":
                continue
            if (
                not _contains(whole, one)
                or article.sentence_index(one.at) - article.sentence_index(whole.at) > _MANY
            ):
                break
            parts.append(one)
            if len(parts) > 1 and sum(part.value for part in parts) == whole.value:
                found |= {part.at: whole.at for part in parts}
                break
    return found


def _repeated(article: Article, counted: Sequence[NumberReading]) -> dict[int, int]:
    """Return the first telling of each fact that is told again, by the offsets of the later ones."""
    first: dict[tuple[object, ...], NumberReading] = {}
    found: dict[int, int] = {}
    for one in counted:
        if one.at in article.table_numbers or one.subject is None:
            continue
        words = words_in(one.counted[:80])
        needed = _FEW if one.value >= _LEAST_REPEATED and one.unit != "percent" else _MANY
        if len(words) < needed:
            continue
        key = one.value, one.total, one.unit, one.subject, one.grade, one.status, words[:needed]
        earlier = first.setdefault(key, one)
        if article.sentence_index(earlier.at) != article.sentence_index(one.at):
            found[one.at] = earlier.at
    return found


def _direction(article: Article, one: NumberReading) -> Direction | None:
    """Return whether a number says by how much something rose, fell or is short: tăng 152 hộ; not tăng lên 19."""
    words = article.words
    left = words.first_from(one.at)
    start = max(TokenIndex(0), left - _LONGEST_LEAD)
    last = _DIRECTIONS.last(words, start, left)
    return last.value if last and _BOUNDS.issuperset(words.spelled[last.stop : left]) else None


def _whose(article: Article, one: NumberReading) -> str | None:
    """Return the body of which the one that met is one of so many: một trong 17 chi, đảng bộ của Đảng bộ huyện X."""
    words, text = article.words, article.text
    left = words.first_from(one.at)
    led = _ONE_OF.last(words, max(TokenIndex(0), left - _MANY), left)
    if led is None or led.stop != left:
        return None
    stop = min(article.bounds[article.sentence_index(one.at)][1], left + 2 * _LONGEST_NAME)
    of = _BELONGS.first(words, left, stop)
    if of is None or of.stop >= stop or not text[words.starts[of.stop]].isupper():
        return None
    end = of.stop
    while end < min(stop, of.stop + _LONGEST_NAME) and words.spelled[end].isalnum():
        end += 1
    return " ".join(text[words.starts[of.stop] : words.end(end - 1)].split())
