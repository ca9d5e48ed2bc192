"""Varies labelled articles: other numbers, paragraphs in another order, another Unicode form, other spaces.

The label changes with the text, so a variation is as checked as its original: `check-gold` holds for it too.
"""

from __future__ import annotations

import random
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from itertools import cycle, islice, pairwise

from evals.gold import Gold, GoldCount, LabelledArticle
from evals.reading import possible_readings

__all__ = ("STEPS", "variations", "vary")

Edit = tuple[int, int, str]
"""Start and end in the old text, and what stands there in the new one."""

_BLANK_LINES = re.compile(r"\n[ \t\u00a0]*\n\s*")
_RUN = re.compile(r"[\x00-\x7f]+|[^\x00-\x7f]+")  # what stays as it is in NFD, and what may not
_DIGITS = re.compile(r"\d+")
_NBSP = "\u00a0"


def variations(articles: Sequence[LabelledArticle], cases: int, seed: int) -> Iterator[LabelledArticle]:
    """Yield `cases` variations, the articles in turn; equal seeds give equal variations."""
    for number, article in enumerate(islice(cycle(articles), cases)):
        yield vary(article, random.Random(f"{seed} {number}"), f"{article.name}-v{number:04d}")  # noqa: S311


def vary(article: LabelledArticle, rng: random.Random, name: str) -> LabelledArticle:
    """Return one variation of `article`, called `name`."""
    text, gold = article.text, article.gold
    for step in STEPS:
        text, gold = step(text, gold, rng)
    file = f"{name}.txt"
    return LabelledArticle(name, text, gold.model_copy(update={"article": file}), file)


def other_numbers(text: str, gold: Gold, rng: random.Random) -> tuple[str, Gold]:
    """Other digits in every count, written alike; findings go, for the sums are not the same any more."""
    new_texts = {count.at: _other_digits(count, rng) for count in gold.counts}
    text, moved = _rewrite(text, [(c.at, c.end, new_texts[c.at]) for c in gold.counts])
    counts = []
    for count in gold.counts:
        written = new_texts[count.at]
        (was, _), (value, total) = _reading(count.text), _reading(written)
        scale = round(count.value / was) if was and count.value != was else 1
        counts.append(count.model_copy(update={"text": written, "value": value * scale, "total": total}))
    return text, _relocated(gold.model_copy(update={"counts": tuple(counts), "findings": None}), text, moved)


def other_order(text: str, gold: Gold, rng: random.Random) -> tuple[str, Gold]:
    """The paragraphs between the second and the last in another order."""
    borders = [0, *(blank.end() for blank in _BLANK_LINES.finditer(text)), len(text)]
    paragraphs: list[Edit] = [
        (start, end, text[start:end]) for start, end in pairwise(borders) if end > start
    ]
    if len(paragraphs) < 4:
        return text, gold
    middle = paragraphs[2:-1]
    rng.shuffle(middle)
    text, moved = _assembled([*paragraphs[:2], *middle, paragraphs[-1]])
    return text, _relocated(gold, text, moved)


def other_spaces(text: str, gold: Gold, rng: random.Random) -> tuple[str, Gold]:
    """Some spaces doubled, some made no-break ones; none inside a labelled number."""
    inside = {i for entry in (*gold.counts, *(gold.excluded or ())) for i in range(entry.at, entry.end)}
    edits: list[Edit] = []
    for space in re.finditer("[ \u00a0]", text):
        at = space.start()
        if at not in inside and rng.random() < 0.08:
            edits.append((at, at + 1, rng.choice((_NBSP, "  ", " " + _NBSP))))
    text, moved = _rewrite(text, edits)
    return text, _relocated(gold, text, moved)


def other_form(text: str, gold: Gold, rng: random.Random) -> tuple[str, Gold]:
    """NFD in every other variation; the label's words with it."""
    if rng.random() < 0.5:
        return text, gold
    decomposed: list[Edit] = [
        (m.start(), m.end(), unicodedata.normalize("NFD", m.group())) for m in _RUN.finditer(text)
    ]
    text, moved = _assembled(decomposed)
    counts = tuple(c.model_copy(update={"text": unicodedata.normalize("NFD", c.text)}) for c in gold.counts)
    excluded = gold.excluded and tuple(
        e.model_copy(update={"text": unicodedata.normalize("NFD", e.text)}) for e in gold.excluded
    )
    return text, _relocated(gold.model_copy(update={"counts": counts, "excluded": excluded}), text, moved)


STEPS = (other_numbers, other_order, other_spaces, other_form)


def _other_digits(count: GoldCount, rng: random.Random) -> str:
    """Other digits of the same notation: zeros in front stay, no number becomes a year."""
    if count.unit == "percent":
        return count.text  # 100 % of something stays all of it
    return _DIGITS.sub(lambda digits: _drawn(digits.group(), rng), count.text)


def _drawn(digits: str, rng: random.Random) -> str:
    zeros = digits[: len(digits) - len(digits.lstrip("0"))]
    rest = digits[len(zeros) :]
    if not rest:
        return digits
    first = rng.choice("3456789" if len(rest) == 4 else "123456789")
    return zeros + first + "".join(rng.choice("0123456789") for _ in rest[1:])


def _reading(text: str) -> tuple[int | float, int | float | None]:
    return min(possible_readings(text), key=lambda reading: isinstance(reading[0], float))


def _rewrite(text: str, edits: Sequence[Edit]) -> tuple[str, Callable[[int], int]]:
    """Replace the spans of `edits`; what lies between stays."""
    stretches: list[Edit] = []
    last = 0
    for start, end, new in sorted(edits):
        stretches += [(last, start, text[last:start]), (start, end, new)]
        last = end
    return _assembled([*stretches, (last, len(text), text[last:])])


def _assembled(edits: Sequence[Edit]) -> tuple[str, Callable[[int], int]]:
    """Join stretches in their new order; returns the text and where an old offset has gone."""
    homes: list[tuple[int, int]] = []
    length = 0
    for start, end, new in edits:
        if end > start:
            homes.append((start, length))
        length += len(new)
    homes.sort()
    starts = [start for start, _ in homes]

    def moved(at: int) -> int:
        start, home = homes[bisect_right(starts, at) - 1]
        return home + at - start

    return "".join(new for _, _, new in edits), moved


def _relocated(gold: Gold, text: str, moved: Callable[[int], int]) -> Gold:
    """The label with every entry where it has gone, in the order of the new text."""

    def placed(entries: Sequence[GoldCount]) -> tuple[GoldCount, ...]:
        new = (entry.model_copy(update={"at": moved(entry.at)}) for entry in entries)
        return tuple(sorted(new, key=lambda entry: entry.at))

    excluded = gold.excluded and tuple(
        sorted((e.model_copy(update={"at": moved(e.at)}) for e in gold.excluded), key=lambda e: e.at)
    )
    findings = gold.findings and tuple(
        f.model_copy(update={"at": tuple(moved(at) for at in f.at)}) for f in gold.findings
    )
    return gold.model_copy(update={"counts": placed(gold.counts), "excluded": excluded, "findings": findings})
