"""Scores the header: whose meeting it is, its dates, the year under review, its chairs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from evals.gold import Gold
from evals.prediction import Prediction
from evals.wording import normalized

__all__ = ("HEADER_FIELDS", "HeaderLeaf", "score_header")

HEADER_FIELDS = ("organization", "date_held", "date_published", "period", "chairs")


@dataclass(frozen=True, slots=True)
class HeaderLeaf:
    """One field of the header; `absent` is right too: neither the article nor the system says it."""

    field: str
    outcome: Literal["right", "absent", "wrong", "missing", "spurious"]
    expected: str
    predicted: str

    @property
    def right(self) -> bool:
        """Whether the field is as the label has it."""
        return self.outcome in ("right", "absent")


def score_header(gold: Gold, prediction: Prediction) -> tuple[HeaderLeaf, ...]:
    """Return one leaf a field; any accepted wording of the organization is right, chairs are a set of names."""
    accepted = {normalized(wording) for wording in gold.organization}
    organization = _leaf(
        "organization",
        gold.organization[0] if gold.organization else None,
        prediction.organization,
        normalized(prediction.organization or "") in accepted,
    )
    plain = tuple(
        _leaf(field, expected, predicted, expected == predicted)
        for field, expected, predicted in (
            ("date_held", gold.date_held, prediction.date_held),
            ("date_published", gold.date_published, prediction.date_published),
            ("period", gold.period, prediction.period),
        )
    )
    same = {normalized(name) for name in gold.chairs} == {normalized(name) for name in prediction.chairs}
    chairs = _leaf("chairs", ", ".join(gold.chairs), ", ".join(prediction.chairs), same)
    return (organization, *plain, chairs)


def _leaf(field: str, expected: object, predicted: object, same: bool) -> HeaderLeaf:
    wanted = "" if expected is None else str(expected)
    found = "" if predicted is None else str(predicted)
    if not wanted or not found:
        outcome = "absent" if not wanted and not found else ("missing" if wanted else "spurious")
    else:
        outcome = "right" if same else "wrong"
    return HeaderLeaf(field, outcome, wanted, found)
