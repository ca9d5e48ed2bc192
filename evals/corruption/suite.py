"""Feeds corrupted answers through the real pipelines and sees what comes out.

*Stopped*: the result is what right answers give. *Flagged*: it differs, but only in counts marked doubtful or
listed as left out. *Passed*: something wrong stands in the result unmarked.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import httpx2

from evals.answers import Answers
from evals.corruption.claims import SCRIBES, Claim
from evals.corruption.kinds import KINDS, Kind, Scene
from evals.corruption.tape import ClaimsChange, LabelTape, TextChange
from evals.gold import GoldCount, LabelledArticle
from evals.prediction import PredictedCount, Prediction
from evals.scoring import score_article
from evals.summary import foreign_numbers
from evals.systems import open_system
from evals.transports import Replayer, SyncReplayer
from summarizer.settings import Settings

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from summarizer.model.client import Model

__all__ = ("SuiteResult", "Trial", "run_suite")

Fate = Literal["stopped", "flagged", "passed"]
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Trial:
    """One corruption and its fate; `what` names the place and what came of it."""

    system: str
    kind: str
    digits: bool
    article: str
    fate: Fate
    what: str


@dataclass(frozen=True, slots=True)
class SuiteResult:
    """All trials of one system, and what it said of answers that were right.

    `clean_errors`: errors of the counts on right answers. `false_alarms`: right counts that it called
    doubtful or left out all the same.
    """

    system: str
    trials: tuple[Trial, ...]
    clean_errors: tuple[str, ...]
    false_alarms: tuple[str, ...]
    right: int

    def fates(self, kind: str) -> Counter[str]:
        """How often each fate befell a kind."""
        return Counter(trial.fate for trial in self.trials if trial.kind == kind)

    @property
    def digits_passed(self) -> list[Trial]:
        """Digit-level corruptions that were not stopped."""
        return [trial for trial in self.trials if trial.digits and trial.fate == "passed"]


async def run_suite(
    system: str, articles: Sequence[LabelledArticle], *, most: int, seed: int, profile: str | None = None
) -> SuiteResult:
    """Try every kind on at most `most` labelled counts an article, drawn with `seed`.

    `profile` is the summarizer's profile of models, None for the embedded model's.
    """
    settings = Settings.from_env({}, profile_name=profile)
    trials: list[Trial] = []
    clean_errors: list[str] = []
    false_alarms: list[str] = []
    right = 0
    for i, article in enumerate(articles):
        clean, _ = await _predict(system, settings, article)
        score = score_article(article, clean)
        right += sum(leaf.outcome == "right" for leaf in score.leaves)
        for leaf in score.leaves:
            if leaf.outcome != "right":
                clean_errors.append(f"{article.name} {leaf.at}: {leaf.text!r} {leaf.verdict}")
            elif leaf.predicted and leaf.predicted.doubtful:
                false_alarms.append(f"{article.name} {leaf.at}: {leaf.text!r}")
        other = articles[i - 1] if len(articles) > 1 else article
        trials += [
            trial async for trial in _article_trials(system, settings, article, other, clean, most, seed)
        ]
    return SuiteResult(system, tuple(trials), tuple(clean_errors), tuple(false_alarms), right)


async def _article_trials(
    system: str,
    settings: Settings,
    article: LabelledArticle,
    other: LabelledArticle,
    clean: Prediction,
    most: int,
    seed: int,
) -> AsyncIterator[Trial]:
    for kind in KINDS:
        # Kinds that few counts allow (a fraction, a dot) look through all of them.
        sites = list(article.gold.counts)
        random.Random(f"{seed} {kind.name} {article.name}").shuffle(sites)  # noqa: S311
        tried = 0
        for site in sites:
            if tried == most:
                break
            rng = random.Random(f"{seed} {kind.name} {article.name} {site.at}")  # noqa: S311
            scene = Scene(article, other, rng)
            prediction, changed = await _predict(system, settings, article, claims=_at(site, kind, scene))
            if not changed:
                continue
            tried += 1
            fate, what = _fate(article, clean, prediction)
            yield Trial(
                system, kind.name, kind.digits, article.name, fate, f"{site.at} {site.text!r}: {what}"
            )
    for name, change in (
        ("quotation changed by one word", _misquoting(article)),
        ("summary with one changed number", _miscounting),
    ):
        prediction, changed = await _predict(system, settings, article, text=change)
        if changed:
            fate, what = _fate(article, clean, prediction)
            yield Trial(system, name, False, article.name, fate, what)


def _at(site: GoldCount, kind: Kind, scene: Scene) -> ClaimsChange:
    """The corruption of the one claim about `site`, in whatever answer it is made; always the same one."""
    state = scene.rng.getstate()

    def change(claims: list[Claim]) -> list[Claim] | None:
        index = next((i for i, claim in enumerate(claims) if claim.at == site.at), None)
        if index is None:
            return None
        scene.rng.setstate(state)
        return kind.change(claims, index, scene)

    return change


def _misquoting(article: LabelledArticle) -> TextChange:
    """A model that writes a sentence of the article with one word changed where it should point at it."""
    sentence = max(re.split(r"(?<=[.;])\s+", article.text), key=len)
    words = _WORD.findall(sentence)
    misquoted = sentence.replace(words[len(words) // 2], "khác hẳn", 1)

    def change(part: str, answer: dict[str, Any]) -> dict[str, Any] | None:
        if part != "sentences" or not answer:
            return None
        first = next(iter(answer))
        return answer | {first: misquoted}

    return change


def _miscounting(part: str, answer: dict[str, Any]) -> dict[str, Any] | None:
    """A summary in which one number is one that the article does not have."""
    text = str(answer.get("summary", "")) if part == "summary" else ""
    number = re.search(r"\d+", text)
    if number is None:
        return None
    return answer | {"summary": text[: number.start()] + str(int(number[0]) + 7919) + text[number.end() :]}


def _fate(article: LabelledArticle, clean: Prediction, now: Prediction) -> tuple[Fate, str]:
    """What became of a corruption, by what differs from the prediction that right answers give."""
    before = {_essence(count): count for count in clean.counts}
    after = {_essence(count): count for count in now.counts}
    wrong = [count for essence, count in after.items() if essence not in before and not count.doubtful]
    doubtful_at = {count.at for count in now.counts if count.doubtful}
    present = {count.at for count in now.counts}
    gone = [
        c for e, c in before.items() if e not in after and c.at not in doubtful_at and c.at not in present
    ]
    silent = [c for c in gone if not any(c.text in line for line in now.left_out)]
    misquoted = [quoted for quoted in now.quotations if not quoted.stands_in(article.text)]
    foreign = foreign_numbers(now.summary or "", article.text)
    if wrong:
        count = wrong[0]
        return "passed", f"read as {count.value:g} {count.subject} {count.grade or ''} at {count.at}".rstrip()
    if silent:
        return "passed", f"{silent[0].text!r} at {silent[0].at} gone without a word"
    if misquoted or foreign:
        return "passed", f"misquoted {misquoted[0].text[:40]!r}" if misquoted else f"summary has {foreign[0]}"
    if set(before) != set(after):
        return "flagged", "marked doubtful or listed as left out"
    return "stopped", "as with right answers"


def _essence(count: PredictedCount) -> tuple[object, ...]:
    return (count.at, count.text, count.value, count.total, count.unit, count.subject, count.grade)


async def _predict(
    system: str,
    settings: Settings,
    article: LabelledArticle,
    *,
    claims: ClaimsChange | None = None,
    text: TextChange | None = None,
) -> tuple[Prediction, int]:
    tape = LabelTape(article, SCRIBES[system](), claims=claims, text=text)
    prediction = await open_system(system, _LabelAnswers(tape, settings)).predict(article, 0)
    return prediction, tape.changed


class _LabelAnswers(Answers):
    """Answers from one tape, whatever is asked."""

    def __init__(self, tape: LabelTape, settings: Settings) -> None:
        super().__init__("recorded", Path())
        self._tape = tape
        self._settings = settings

    @asynccontextmanager
    async def model(self, system: str, article: str, repeat: int) -> AsyncIterator[tuple[Model, LabelTape]]:
        from summarizer.model.client import open_model

        async with open_model(self._settings, transport=Replayer(self._tape), serve=False) as model:
            yield model, self._tape

    @contextmanager
    def client(
        self, system: str, article: str, repeat: int
    ) -> Iterator[tuple[httpx2.Client, LabelTape, Settings]]:
        with httpx2.Client(transport=SyncReplayer(self._tape)) as client:
            yield client, self._tape, self._settings
