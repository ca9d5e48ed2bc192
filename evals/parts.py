"""Scores what a report says beside its counts: people, reports, awards, elections, sections, summary.

The rules are the labelling guide's (`evals/README.md`). Every item of the label and every item of the prediction
gets one outcome, so that precision is over the one and recall over the other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from evals.gold import GoldParts, GoldSection
from evals.prediction import FIELDS, PredictedItem, PredictedParts, PredictedSection
from evals.summary import foreign_names, rewritten_numbers
from evals.wording import Places, accepts, normalized

__all__ = ("ITEMS", "SECTIONS", "SHARES", "UNWANTED", "PartLeaf", "PartSums", "score_parts", "sums_of")

ITEMS = ("people", "reports", "recipients", "elected")
"""Parts with precision and recall; so have those of SECTIONS, and `sections` over all four."""
SECTIONS = {
    "achievement": "achievements",
    "shortcoming": "shortcomings",
    "cause": "causes",
    "directive": "directives",
}
SHARES = (*FIELDS, "posts", "elected_posts", "summary_points")
"""Parts of which only the share that is right is counted."""
UNWANTED = ("summary_never", "summary_rewritten", "summary_names")
"""What no summary may hold, counted."""

_ROLES = ("chair", "guest", "speaker", "presenter")
_OVERLAP = 0.5  # of the shorter of two spans


@dataclass(frozen=True, slots=True)
class PartLeaf:
    """One item of the label (`labelled`) or of the prediction, with its outcome.

    `absent`: neither the label nor the prediction says it. `optional`: a section about which careful readers may
    differ, held against nobody. `text` names the item, `instead` is what was predicted instead.
    """

    part: str
    labelled: bool
    outcome: Literal["right", "absent", "wrong", "missing", "spurious", "optional"]
    text: str
    at: int = -1
    instead: str = ""
    certainty: str | None = None

    @property
    def right(self) -> bool:
        """Whether nothing is wrong with it."""
        return self.outcome in ("right", "absent", "optional")

    @property
    def key(self) -> str:
        """What names this leaf in a baseline."""
        side = "gold" if self.labelled else "extra"
        name = f"{self.at:06d}" if self.part in SECTIONS.values() else _short(self.text, 40)
        return f"{side} {self.part} {name}".rstrip()

    def __str__(self) -> str:
        where = f"{self.at}: " if self.at >= 0 else ""
        instead = f", not {self.instead!r}" if self.instead else ""
        return f"{self.part} {self.outcome}: {where}{_short(self.text)!r}{instead}"


class PartSums(NamedTuple):
    """Items of one part: how many predicted ones are right, and how many labelled ones were found."""

    right: int = 0
    predicted: int = 0
    found: int = 0
    labelled: int = 0

    def plus(self, other: PartSums) -> PartSums:
        """Return the sums over both."""
        return PartSums(*(one + two for one, two in zip(self, other, strict=True)))

    @property
    def precision(self) -> float:
        """Share of the predicted items that are right, 0 where there is none."""
        return self.right / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """Share of the labelled items that were found, 0 where there is none."""
        return self.found / self.labelled if self.labelled else 0.0

    @property
    def f1(self) -> float | None:
        """The harmonic mean of precision and recall; None where nothing is labelled and nothing predicted."""
        if not self.predicted and not self.labelled:
            return None
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    @property
    def share(self) -> float | None:
        """Share of the labelled items that were found; None where there is none."""
        return self.found / self.labelled if self.labelled else None


def sums_of(leaves: Iterable[PartLeaf]) -> dict[str, PartSums]:
    """Return the sums of each part, and of all sections as `sections`."""
    sums = dict.fromkeys((*ITEMS, "sections", *SECTIONS.values(), *SHARES, *UNWANTED), PartSums())
    for leaf in leaves:
        one = (
            PartSums(found=leaf.right, labelled=1)
            if leaf.labelled
            else PartSums(right=leaf.outcome == "right", predicted=leaf.outcome != "optional")
        )
        parts = (leaf.part, "sections") if leaf.part in SECTIONS.values() else (leaf.part,)
        for part in parts:
            sums[part] = sums[part].plus(one)
    return sums


def score_parts(
    label: GoldParts, predicted: PredictedParts, summary: str | None, text: str
) -> tuple[PartLeaf, ...]:
    """Return one leaf for each item of the label and of the prediction; `text` is the article's."""
    places = Places(text)
    return (
        *_fields(label, predicted),
        *_people(label, predicted, places),
        *_posts(label, predicted, places),
        *_items("reports", [(one.title, _at(places, one.title)) for one in label.reports], predicted.reports),
        *_items(
            "recipients",
            [(one.name, _at(places, one.name)) for one in label.recipients],
            predicted.recipients,
        ),
        *_elected(label, predicted, places),
        *_sections(label, predicted),
        *_summary(label, summary or "", text, places),
    )


def _fields(label: GoldParts, predicted: PredictedParts) -> Iterator[PartLeaf]:
    for name in FIELDS:
        accepted = getattr(label, name)
        accepted = (accepted,) if isinstance(accepted, str) else accepted or ()
        value = predicted.fields.get(name)
        right = value is not None and (value in accepted if name == "form" else accepts(accepted, value))
        yield PartLeaf(
            part=name,
            labelled=True,
            outcome=_outcome(accepted, value, right),
            text=accepted[0] if accepted else "",
            instead=value or "",
            certainty=predicted.certainty.get(name),
        )


def _outcome(
    accepted: Sequence[str], value: str | None, right: bool
) -> Literal["right", "absent", "wrong", "missing", "spurious"]:
    if not accepted:
        return "spurious" if value else "absent"
    if not value:
        return "missing"
    return "right" if right else "wrong"


def _people(label: GoldParts, predicted: PredictedParts, places: Places) -> Iterator[PartLeaf]:
    """Pairs of a name and a role; who presents a report has that role."""
    labelled = {
        (normalized(one.name), role): one.name for one in label.people for role in one.roles if role in _ROLES
    }
    pairs = {
        (normalized(one.name), role): (one.name, one.at, one.certainty)
        for one in predicted.people
        for role in one.roles
        if role in _ROLES
    }
    for one in predicted.reports:
        if one.more:
            pairs.setdefault((normalized(one.more), "presenter"), (one.more, -1, one.certainty))
    for pair, name in labelled.items():
        at = _at(places, (name,))
        outcome = "right" if pair in pairs else "missing"
        yield PartLeaf("people", True, outcome, f"{name}, {pair[1]}", at)
    for pair, (name, at, certainty) in pairs.items():
        outcome = "right" if pair in labelled else "spurious"
        yield PartLeaf("people", False, outcome, f"{name}, {pair[1]}", at, certainty=certainty)


def _posts(label: GoldParts, predicted: PredictedParts, places: Places) -> Iterator[PartLeaf]:
    """The offices of those whom label and prediction both name, where the label knows one."""
    labelled = {normalized(one.name): one for one in label.people}
    named = {normalized(one.name): one for one in predicted.people}
    for name, person in named.items():
        known = labelled.get(name)
        if known and known.post:
            yield _post("posts", known.name, known.post, person.post, places)


def _post(part: str, name: str, accepted: Sequence[str], post: str | None, places: Places) -> PartLeaf:
    right = post is not None and any(normalized(one) in normalized(post) for one in accepted)
    outcome = "right" if right else "wrong" if post else "missing"
    return PartLeaf(part, True, outcome, f"{name}: {accepted[0]}", _at(places, (name,)), instead=post or "")


def _items(
    part: str, labelled: Sequence[tuple[Sequence[str], int]], predicted: Sequence[PredictedItem]
) -> Iterator[PartLeaf]:
    """Pair each predicted item with the first labelled one that accepts it and has none yet."""
    free = dict(enumerate(labelled))
    for one in predicted:
        found = next((i for i, (accepted, _) in free.items() if accepts(accepted, one.text)), None)
        if found is not None:
            del free[found]
        outcome = "spurious" if found is None else "right"
        yield PartLeaf(part, False, outcome, one.text, one.at, certainty=one.certainty)
    for i, (accepted, at) in enumerate(labelled):
        yield PartLeaf(part, True, "missing" if i in free else "right", accepted[0], at)


def _elected(label: GoldParts, predicted: PredictedParts, places: Places) -> Iterator[PartLeaf]:
    labelled = {normalized(one.name): one for one in label.elected}
    named = {normalized(one.text): one for one in predicted.elected}
    for name, one in labelled.items():
        outcome = "right" if name in named else "missing"
        yield PartLeaf("elected", True, outcome, one.name, _at(places, (one.name,)))
    for name, one in named.items():
        known = labelled.get(name)
        yield PartLeaf(
            "elected", False, "right" if known else "spurious", one.text, one.at, certainty=one.certainty
        )
        if known and known.post:
            yield _post("elected_posts", known.name, known.post, one.more, places)


def _sections(label: GoldParts, predicted: PredictedParts) -> Iterator[PartLeaf]:
    for one in predicted.sections:
        near = [section for section in label.sections if _hits(one, section)]
        outcome = "spurious"
        if any(section.kind == one.kind for section in near):
            outcome = "right"
        elif any(section.optional for section in near):
            outcome = "optional"
        yield PartLeaf(SECTIONS[one.kind], False, outcome, one.text, one.at, certainty=one.certainty)
    for section in label.sections:
        if not section.optional:
            found = any(one.kind == section.kind and _hits(one, section) for one in predicted.sections)
            outcome = "right" if found else "missing"
            yield PartLeaf(SECTIONS[section.kind], True, outcome, section.text, section.at)


def _hits(one: PredictedSection, section: GoldSection) -> bool:
    common = min(one.end, section.end) - max(one.at, section.at)
    shorter = min(len(one.text), len(section.text))
    return one.at >= 0 and common > 0 and common >= _OVERLAP * shorter


def _summary(label: GoldParts, summary: str, text: str, places: Places) -> Iterator[PartLeaf]:
    plain = normalized(summary)
    for point in label.summary.points:
        found = any(normalized(wording) in plain for wording in point)
        yield PartLeaf("summary_points", True, "right" if found else "missing", " | ".join(point))
    for wording in label.summary.never:
        if normalized(wording) in plain:
            yield PartLeaf("summary_never", False, "spurious", wording)
    for number in rewritten_numbers(summary, text):
        yield PartLeaf("summary_rewritten", False, "spurious", number)
    for name in foreign_names(summary, places):
        yield PartLeaf("summary_names", False, "spurious", name)


def _at(places: Places, wordings: Iterable[str]) -> int:
    """The offset where the first of `wordings` that stands in the article does, -1 where none does."""
    return next((found[0] for words in wordings if (found := places.find(words))), -1)


def _short(text: str, most: int = 90) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= most else f"{flat[: most - 1]}…"
