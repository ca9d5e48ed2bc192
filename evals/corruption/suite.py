"""Feeds corrupted answers through the real pipelines and sees what comes out.

*Stopped*: the result is what right answers give. *Flagged*: it differs, but only in what the report does not mark as
agreed by two readers, or lists as left out. *Passed*: something wrong stands in the result unmarked.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from evals.answers import LARGE, Answers
from evals.corruption.claims import RESPONDENTS, Claim
from evals.corruption.kinds import KINDS, Kind, Scene
from evals.corruption.meeting import MEETING_KINDS, MeetingChange
from evals.corruption.tape import ClaimsChange, LabelTape
from evals.gold import GoldCount, LabelledArticle
from evals.prediction import PredictedCount, Prediction
from evals.scoring import ArticleScore, score_article
from evals.summary import foreign_names, foreign_numbers
from evals.systems import open_system
from evals.transports import Replayer
from evals.wording import Places, normalized
from summarizer.settings import Settings

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from summarizer.model.client import Model

__all__ = ("SuiteResult", "Trial", "run_suite")

Fate = Literal["stopped", "flagged", "passed"]


@dataclass(frozen=True, slots=True)
class Trial:
    """One corruption and its fate; `what` names the place and what came of it."""

    system: str
    kind: str
    held: bool
    article: str
    fate: Fate
    what: str


@dataclass(frozen=True, slots=True)
class SuiteResult:
    """All trials of one system, and what it said of answers that were right.

    `clean_errors`: errors on right answers, of the counts and of what else the answers are about, but the points of
    the summary, which no label writes. `false_alarms`: right counts that it called doubtful, and what it left out.
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
    def held_passed(self) -> list[Trial]:
        """Corruptions that code must hold to the article and that passed all the same."""
        return [trial for trial in self.trials if trial.held and trial.fate == "passed"]


async def run_suite(system: str, articles: Sequence[LabelledArticle], *, most: int, seed: int) -> SuiteResult:
    """Try every kind on at most `most` labelled counts an article, drawn with `seed`."""
    named = {"model": "label", "base_url": "http://label.invalid/v1"} if system in LARGE else {}
    settings = Settings.from_env({}, profile_name="large" if system in LARGE else "small", **named)
    trials: list[Trial] = []
    clean_errors: list[str] = []
    false_alarms: list[str] = []
    right = 0
    for i, article in enumerate(articles):
        clean, _ = await _predict(system, settings, article)
        score = score_article(article, clean)
        right += sum(leaf.outcome == "right" for leaf in score.leaves)
        clean_errors += [f"{article.name} {error}" for error in _errors(system, score)]
        false_alarms += [f"{article.name} left out {line}" for line in clean.left_out]
        false_alarms += [
            f"{article.name} {leaf.at}: {leaf.text!r}"
            for leaf in score.leaves
            if leaf.outcome == "right" and leaf.predicted and leaf.predicted.doubtful
        ]
        other = articles[i - 1] if len(articles) > 1 else article
        trials += [
            trial async for trial in _article_trials(system, settings, article, other, clean, most, seed)
        ]
    return SuiteResult(system, tuple(trials), tuple(clean_errors), tuple(false_alarms), right)


def _errors(system: str, score: ArticleScore) -> list[str]:
    counts = [f"{leaf.at}: {leaf.text!r} {leaf.verdict}" for leaf in score.leaves if leaf.outcome != "right"]
    parts = score.parts if system == "large" else None
    return counts + [str(leaf) for leaf in parts or () if not leaf.right and leaf.part != "summary_points"]


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
            yield Trial(system, kind.name, kind.held, article.name, fate, f"{site.at} {site.text!r}: {what}")
    for kind in MEETING_KINDS if system == "large" and article.parts else ():
        prediction, changed = await _predict(system, settings, article, meeting=kind.change)
        if changed:
            fate, what = _fate(article, clean, prediction)
            yield Trial(system, kind.name, kind.held, article.name, fate, what)


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


def _fate(article: LabelledArticle, clean: Prediction, now: Prediction) -> tuple[Fate, str]:
    """What became of a corruption, by what differs from the prediction that right answers give."""
    before, after = _items(clean), _items(now)
    new = [item for item in after if item not in before]
    lost = {(name, text) for name, text, more in _details(now) if more is None}
    wrong = [
        item
        for item in new
        if not _is_marked(after[item]) and not (item[:2] in lost and _is_left_out(item, now))
    ]
    if wrong:
        return "passed", f"read as {' '.join(map(str, wrong[0]))}"[:160]
    gone = [c for c in clean.counts if _essence(c) not in after and c.at not in {n.at for n in now.counts}]
    silent = [
        c for c in gone if c.at not in now.disputed and not any(c.text in line for line in now.left_out)
    ]
    if silent:
        return "passed", f"{silent[0].text!r} at {silent[0].at} gone without a word"
    misquoted = [quoted for quoted in now.quotations if not quoted.stands_in(article.text)]
    foreign = (
        *foreign_numbers(now.summary or "", article.text),
        *foreign_names(now.summary or "", Places(article.text)),
    )
    if misquoted or foreign:
        return "passed", f"misquoted {misquoted[0].text[:40]!r}" if misquoted else f"summary has {foreign[0]}"
    if before != after or clean.left_out != now.left_out:
        return "flagged", "not marked as agreed, or listed as left out"
    return "stopped", "as with right answers"


def _items(prediction: Prediction) -> dict[tuple[object, ...], str | None]:
    """Everything that a prediction says, each with its certainty."""
    items: dict[tuple[object, ...], str | None] = {_essence(c): c.certainty for c in prediction.counts}
    parts = prediction.parts
    if parts is None:
        return items
    items |= {(name, value): parts.certainty.get(name) for name, value in parts.fields.items() if value}
    items["organization", prediction.organization] = parts.certainty.get("organization")
    items |= {("person", one.name, *sorted(one.roles)): one.certainty for one in parts.people}
    for name in ("reports", "recipients", "elected"):
        items |= {(name, one.text, one.more): one.certainty for one in getattr(parts, name)}
    return items | {(one.kind, one.at): one.certainty for one in parts.sections}


def _details(prediction: Prediction) -> Iterator[tuple[str, str, str | None]]:
    """The items that have a presenter, an award or a post beside their name."""
    parts = prediction.parts
    for name in ("reports", "recipients", "elected") if parts else ():
        yield from ((name, one.text, one.more) for one in getattr(parts, name))


def _is_left_out(item: tuple[object, ...], now: Prediction) -> bool:
    """Whether the report lists what belongs to an item as left out."""
    wanted = f"{item[0]}: {normalized(str(item[1]))}"
    return any(normalized(line).startswith(wanted[:30]) for line in now.left_out)


def _is_marked(certainty: str | None) -> bool:
    """Whether a reader of the report sees that two readers did not agree."""
    return certainty not in (None, "agreed")


def _essence(count: PredictedCount) -> tuple[object, ...]:
    return (count.at, count.text, count.value, count.total, count.unit, count.subject, count.grade)


async def _predict(
    system: str,
    settings: Settings,
    article: LabelledArticle,
    *,
    claims: ClaimsChange | None = None,
    meeting: MeetingChange | None = None,
) -> tuple[Prediction, int]:
    tape = LabelTape(article, RESPONDENTS[system](), claims=claims, meeting=meeting)
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
        from summarizer.model.client import Model

        async with Model(self._settings, transport=Replayer(self._tape), serve=False) as model:
            yield model, self._tape
