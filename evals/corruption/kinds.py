"""The kinds of corruption: each takes right claims and returns them with one thing wrong.

A kind returns None where it cannot be made of that claim. Those that are *held* change which number is claimed, which
code pins; the others change what it is claimed to count.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from evals.corruption.claims import Claim, changed
from evals.gold import LabelledArticle

__all__ = ("KINDS", "Kind", "Scene")

_DIGITS = re.compile(r"\d+")
_INJECTED = "đảng viên không hoàn thành nhiệm vụ"


@dataclass(frozen=True, slots=True)
class Scene:
    """What a corruption may draw on: the article, another one, and a source of chance."""

    article: LabelledArticle
    other: LabelledArticle
    rng: random.Random


Change = Callable[[Sequence[Claim], int, Scene], list[Claim] | None]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind: its name in reports, and how it is made of the claim at an index; a `held` one must never pass."""

    name: str
    held: bool
    change: Change


def _one_off(claims: Sequence[Claim], index: int, scene: Scene) -> list[Claim] | None:
    number = claims[index].number
    last = [i for i, character in enumerate(number) if character.isdigit()][-1:]
    if not last:
        return None
    digit = int(number[last[0]])
    other = digit + (1 if digit == 0 or (digit < 9 and scene.rng.random() < 0.5) else -1)
    return changed(claims, index, number=number[: last[0]] + str(other) + number[last[0] + 1 :])


def _swapped(claims: Sequence[Claim], index: int, scene: Scene) -> list[Claim] | None:
    partner = _partner(claims, index, lambda claim: claim.number != claims[index].number)
    if partner is None:
        return None
    one, two = claims[index].number, claims[partner].number
    return changed(changed(claims, index, number=two), partner, number=one)


def _transposed(claims: Sequence[Claim], index: int, scene: Scene) -> list[Claim] | None:
    number = claims[index].number
    for i in range(len(number) - 1, 0, -1):
        a, b = number[i - 1], number[i]
        if a.isdigit() and b.isdigit() and a != b:
            return changed(claims, index, number=number[: i - 1] + b + a + number[i + 1 :])
    return None


def _flipped(claims: Sequence[Claim], index: int, scene: Scene) -> list[Claim] | None:
    part, slash, whole = claims[index].number.partition("/")
    if not slash or part.strip() == whole.strip():
        return None
    return changed(claims, index, number=f"{whole.strip()}/{part.strip()}")


def _slipped(claims: Sequence[Claim], index: int, scene: Scene) -> list[Claim] | None:
    number = claims[index].number
    if re.fullmatch(r"\d{1,3}(\.\d{3})+", number):
        return changed(claims, index, number=number.replace(".", ""))
    if re.fullmatch(r"\d{4,6}", number):
        return changed(claims, index, number=f"{number[:-3]}.{number[-3:]}")
    if re.fullmatch(r"\d+,\d+", number):
        return changed(claims, index, number=number.replace(",", ""))
    return None


def _from_date(claims: Sequence[Claim], index: int, scene: Scene) -> list[Claim] | None:
    return _from_excluded(claims, index, scene, "date")


def _from_boilerplate(claims: Sequence[Claim], index: int, scene: Scene) -> list[Claim] | None:
    return _from_excluded(claims, index, scene, "page_chrome")


def _invented(claims: Sequence[Claim], index: int, scene: Scene) -> list[Claim] | None:
    standing = set(_DIGITS.findall(scene.article.text))
    number = next(n for n in (str(scene.rng.randint(100, 999)) for _ in range(10_000)) if n not in standing)
    return [*claims, Claim(-1, number, claims[index].phrase)]


def _dropped(claims: Sequence[Claim], index: int, scene: Scene) -> list[Claim] | None:
    return [claim for i, claim in enumerate(claims) if i != index]


def _another_articles(claims: Sequence[Claim], index: int, scene: Scene) -> list[Claim] | None:
    theirs = [count for count in scene.other.gold.counts if count.text not in scene.article.text]
    if not theirs:
        return None
    count = scene.rng.choice(theirs)
    meaning = {"phrase": count.counted, "subject": count.subject, "grade": count.grade}
    return changed(claims, index, number=count.text, **meaning)


def _phrases_swapped(claims: Sequence[Claim], index: int, scene: Scene) -> list[Claim] | None:
    partner = _partner(claims, index, lambda claim: _means(claim) != _means(claims[index]))
    if partner is None:
        return None
    one, two = _meaning(claims[index]), _meaning(claims[partner])
    return changed(changed(claims, index, **two), partner, **one)


def _phrase_from_elsewhere(claims: Sequence[Claim], index: int, scene: Scene) -> list[Claim] | None:
    far = [
        count
        for count in scene.article.gold.counts
        if abs(count.at - claims[index].at) > 300 and (count.subject, count.grade) != _means(claims[index])
    ]
    if not far:
        return None
    count = scene.rng.choice(far)
    return changed(claims, index, phrase=count.counted, subject=count.subject, grade=count.grade)


def _injected(claims: Sequence[Claim], index: int, scene: Scene) -> list[Claim] | None:
    if _means(claims[index]) == ("party_member", "not_completed"):
        return None
    return [
        replace(claim, phrase=_INJECTED, subject="party_member", grade="not_completed") for claim in claims
    ]


def _called_none(claims: Sequence[Claim], index: int, scene: Scene) -> list[Claim] | None:
    return changed(claims, index, subject=None, phrase="không")


KINDS = (
    Kind("digit ±1", True, _one_off),
    Kind("two numbers swapped", True, _swapped),
    Kind("digits transposed (145 → 154)", True, _transposed),
    Kind("fraction flipped (9/41 → 41/9)", True, _flipped),
    Kind("thousands slipped (2.157 ↔ 2157)", True, _slipped),
    Kind("number from a date", True, _from_date),
    Kind("number from page boilerplate", True, _from_boilerplate),
    Kind("number invented", True, _invented),
    Kind("number dropped", True, _dropped),
    Kind("another article's", True, _another_articles),
    Kind("phrases of two numbers swapped", False, _phrases_swapped),
    Kind("phrase from elsewhere", False, _phrase_from_elsewhere),
    Kind("injected instruction obeyed", False, _injected),
    Kind("count called none", False, _called_none),
)


def _from_excluded(claims: Sequence[Claim], index: int, scene: Scene, reason: str) -> list[Claim] | None:
    found = [e for e in scene.article.gold.excluded or () if e.reason == reason]
    digits = [d for entry in found for d in _DIGITS.findall(entry.text) if d != claims[index].number]
    return changed(claims, index, number=scene.rng.choice(digits)) if digits else None


def _partner(claims: Sequence[Claim], index: int, fits: Callable[[Claim], bool]) -> int | None:
    near = sorted(range(len(claims)), key=lambda i: abs(i - index))
    return next((i for i in near if i != index and fits(claims[i])), None)


def _meaning(claim: Claim) -> dict[str, str | None]:
    return {"phrase": claim.phrase, "subject": claim.subject, "grade": claim.grade}


def _means(claim: Claim) -> tuple[str | None, str | None]:
    return (claim.subject, claim.grade)
