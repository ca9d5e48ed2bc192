"""Scores one article: every count of the label and of the prediction gets exactly one outcome.

The rules are the labelling guide's: a count is right (strict) when place, value, total, unit, subject and
grade all equal the label's; `status` is scored apart, over strict matches; *located* asks only for place and
value; a prediction whose text does not stand where it says is a *wrong number*.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from evals.gold import GoldCount, GoldFinding, LabelledArticle
from evals.header import HeaderLeaf, score_header
from evals.parts import PartLeaf, score_parts
from evals.prediction import Cost, PredictedCount, PredictedFinding, Prediction, Quoted
from evals.reading import multiplier_after, reads_as
from evals.summary import foreign_numbers

__all__ = ("ArticleScore", "FindingLeaf", "Leaf", "Outcome", "score_article")

Outcome = Literal["right", "wrong", "missing", "spurious"]
_ATTRIBUTES = ("at", "value", "total", "unit", "subject", "grade")


@dataclass(frozen=True, slots=True)
class Leaf:
    """One count: of the label, of the prediction, or of both; `wrong` names the attributes that differ.

    `status_right` is None where the count is not strictly right, since only there it is scored. `disputed`: it is
    missing, but the system says that one of its readers took it for a count.
    """

    outcome: Outcome
    gold: GoldCount | None
    predicted: PredictedCount | None
    wrong: tuple[str, ...] = ()
    status_right: bool | None = None
    located: bool = False
    wrong_number: bool = False
    misread: bool = False
    disputed: bool = False

    @property
    def at(self) -> int:
        """The offset of the number, the label's where there is one."""
        count = self.gold or self.predicted
        return count.at if count else -1

    @property
    def text(self) -> str:
        """The number as written, the label's where there is one."""
        count = self.gold or self.predicted
        return count.text if count else ""

    @property
    def key(self) -> str:
        """What names this leaf in a baseline: side, place and text."""
        return f"{'gold' if self.gold else 'extra'} {self.at:06d} {self.text}"

    @property
    def verdict(self) -> str:
        """The outcome in words: `wrong grade, status`."""
        wrong = list(self.wrong) + (["status"] if self.status_right is False else [])
        if self.outcome == "right":
            return "right" if not wrong else "right, but status"
        return " ".join([self.outcome, ", ".join(wrong)]).strip()


@dataclass(frozen=True, slots=True)
class FindingLeaf:
    """One contradiction, expected or reported."""

    outcome: Literal["right", "missing", "spurious"]
    kind: str
    at: tuple[int, ...]

    @property
    def key(self) -> str:
        """What names this leaf in a baseline."""
        side = "extra" if self.outcome == "spurious" else "gold"
        return f"{side} {self.kind} {' '.join(map(str, self.at))}"


@dataclass(frozen=True, slots=True)
class ArticleScore:
    """All outcomes of one article by one system, in the order of their places; `parts` None: not scored."""

    article: str
    leaves: tuple[Leaf, ...]
    header: tuple[HeaderLeaf, ...]
    findings: tuple[FindingLeaf, ...]
    quotations: int
    misquoted: tuple[Quoted, ...]
    summary_foreign: tuple[str, ...]
    cost: Cost
    parts: tuple[PartLeaf, ...] | None = None

    @property
    def counts_all_right(self) -> bool:
        """Whether every count is strictly right, status too, and none is missing or spurious."""
        return all(leaf.outcome == "right" and leaf.status_right for leaf in self.leaves)


def score_article(labelled: LabelledArticle, prediction: Prediction) -> ArticleScore:
    """Return the outcomes of `prediction` against the label of the same article."""
    leaves = _pair(labelled.gold.counts, prediction, labelled.text)
    parts = None
    if labelled.parts is not None and prediction.parts is not None:
        parts = score_parts(labelled.parts, prediction.parts, prediction.summary, labelled.text)
    misquoted = tuple(quoted for quoted in prediction.quotations if not quoted.stands_in(labelled.text))
    return ArticleScore(
        article=labelled.name,
        leaves=tuple(sorted(leaves, key=lambda leaf: (leaf.at, leaf.gold is None))),
        header=score_header(labelled.gold, prediction) if prediction.header else (),
        findings=_score_findings(labelled.gold.findings, prediction.findings),
        quotations=len(prediction.quotations),
        misquoted=misquoted,
        summary_foreign=foreign_numbers(prediction.summary or "", labelled.text),
        cost=prediction.cost,
        parts=parts,
    )


def _pair(gold: Sequence[GoldCount], prediction: Prediction, text: str) -> list[Leaf]:
    """Pair each label with at most one prediction: the nearest in kind, strict before located before near."""
    leaves: list[Leaf] = []
    free = list(prediction.counts)
    open_gold = list(gold)
    for fits in (_strict, _located, _same_place, _overlap):
        left: list[GoldCount] = []
        for label in open_gold:
            index = next((i for i, count in enumerate(free) if fits(label, count)), None)
            if index is None:
                left.append(label)
            else:
                leaves.append(_leaf(label, free.pop(index), text))
        open_gold = left
    disputed = prediction.disputed
    leaves += [Leaf("missing", label, None, disputed=label.at in disputed) for label in open_gold]
    leaves += [
        Leaf(
            "spurious",
            None,
            count,
            wrong_number=_is_wrong_number(count, text),
            misread=_is_misread(count, text),
        )
        for count in free
    ]
    return leaves


def _leaf(label: GoldCount, count: PredictedCount, text: str) -> Leaf:
    wrong = tuple(name for name in _ATTRIBUTES if getattr(label, name) != getattr(count, name))
    return Leaf(
        outcome="wrong" if wrong else "right",
        gold=label,
        predicted=count,
        wrong=wrong,
        status_right=None if wrong else label.status == count.status,
        located=_located(label, count),
        wrong_number=_is_wrong_number(count, text),
        misread=_is_misread(count, text),
    )


def _strict(label: GoldCount, count: PredictedCount) -> bool:
    return all(getattr(label, name) == getattr(count, name) for name in _ATTRIBUTES)


def _located(label: GoldCount, count: PredictedCount) -> bool:
    return label.at == count.at and label.value == count.value


def _same_place(label: GoldCount, count: PredictedCount) -> bool:
    return label.at == count.at


def _overlap(label: GoldCount, count: PredictedCount) -> bool:
    return count.at >= 0 and label.at < count.end and count.at < label.end


def _is_wrong_number(count: PredictedCount, text: str) -> bool:
    return count.at < 0 or not count.text or text[count.at : count.end] != count.text


def _is_misread(count: PredictedCount, text: str) -> bool:
    """Whether the value is not what the text at its place reads; a wrong number is not counted again."""
    if _is_wrong_number(count, text):
        return False
    multipliers = (1, multiplier_after(text[count.end :]))
    return not reads_as(count.text, multipliers, count.value, count.total)


def _score_findings(
    expected: Sequence[GoldFinding] | None, reported: Sequence[PredictedFinding] | None
) -> tuple[FindingLeaf, ...]:
    """Pair findings of one kind that share two places or more: which parts are listed is a matter of taste."""
    if expected is None or reported is None:
        return ()
    leaves: list[FindingLeaf] = []
    free = list(reported)
    for finding in expected:
        near = next((r for r in free if r.kind == finding.kind and len({*r.at} & {*finding.at}) >= 2), None)
        if near is not None:
            free.remove(near)
        leaves.append(FindingLeaf("right" if near else "missing", finding.kind, finding.at))
    return (*leaves, *(FindingLeaf("spurious", finding.kind, finding.at) for finding in free))
