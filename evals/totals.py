"""Adds up the scores of articles: never only a mean, always the worst article and every error by name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from evals.header import HEADER_FIELDS
from evals.parts import PartLeaf, PartSums, sums_of
from evals.prediction import Cost
from evals.scoring import ArticleScore, Leaf

__all__ = ("Rates", "Sure", "Tally", "confusion", "errors_of", "rates_of", "tally", "worst_article")

_AGREED = "agreed"


@dataclass(frozen=True, slots=True)
class Rates:
    """Precision, recall and F1 in [0, 1]; with nothing to find and nothing said all are 1."""

    precision: float
    recall: float
    f1: float


class Sure(NamedTuple):
    """How many items (counts, people, sections…) a system was so certain of, and how many of these are right."""

    predicted: int
    right: int


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts of outcomes over one or more articles; sums, so that rates over them are micro-averages.

    `errors` are the counts that are wrong, missing or spurious; `errors_marked` of these are not marked as agreed by
    two readings, or are numbers that the report calls disputed. `parts` is None where no article's were scored.
    """

    articles: int = 0
    gold: int = 0
    predicted: int = 0
    right: int = 0
    wrong: int = 0
    missing: int = 0
    spurious: int = 0
    located: int = 0
    status_right: int = 0
    wrong_numbers: int = 0
    misread: int = 0
    certainty: Mapping[str, Sure] = field(default_factory=dict)
    errors: int = 0
    errors_marked: int = 0
    wrong_attributes: Mapping[str, int] = field(default_factory=dict)
    header: Mapping[str, int] = field(default_factory=dict)
    header_scored: int = 0
    findings_right: int = 0
    findings_missing: int = 0
    findings_spurious: int = 0
    quotations: int = 0
    misquoted: int = 0
    summary_foreign: int = 0
    articles_right: int = 0
    parts: Mapping[str, PartSums] | None = None
    parts_certainty: Mapping[str, Mapping[str, Sure]] = field(default_factory=dict)
    cost: Cost = field(default_factory=Cost)

    @property
    def strict(self) -> Rates:
        """Rates of counts that are right in every attribute."""
        return rates_of(self.right, self.predicted, self.gold)

    @property
    def placed(self) -> Rates:
        """Rates of counts whose place and value are right (located)."""
        return rates_of(self.located, self.predicted, self.gold)

    @property
    def status_accuracy(self) -> float | None:
        """Share of strictly right counts whose status is right too; None where there is none."""
        return self.status_right / self.right if self.right else None

    @property
    def agreed(self) -> Sure:
        """The counts on which the system says that two readings agree, and how many of these are right."""
        return self.certainty.get(_AGREED, Sure(0, 0))

    @property
    def header_right(self) -> int:
        """Fields of the header that are right, over all articles."""
        return sum(self.header.values())


def rates_of(right: int, predicted: int, gold: int) -> Rates:
    """Return the rates of `right` among `predicted` and among `gold`."""
    precision = right / predicted if predicted else float(not gold)
    recall = right / gold if gold else float(not predicted)
    f1 = 2 * right / (predicted + gold) if predicted + gold else 1.0
    return Rates(precision, recall, f1)


def tally(scores: Iterable[ArticleScore]) -> Tally:
    """Return the sums over `scores`."""
    scores = list(scores)
    leaves = [leaf for score in scores for leaf in score.leaves]
    outcomes = Counter(leaf.outcome for leaf in leaves)
    fields = Counter(leaf.field for score in scores for leaf in score.header if leaf.right)
    findings = Counter(leaf.outcome for score in scores for leaf in score.findings)
    wrong = Counter(name for leaf in leaves for name in leaf.wrong)
    errors = [leaf for leaf in leaves if leaf.outcome != "right"]
    parts = [leaf for score in scores for leaf in score.parts or ()]
    return Tally(
        articles=len(scores),
        gold=sum(leaf.gold is not None for leaf in leaves),
        predicted=sum(leaf.predicted is not None for leaf in leaves),
        right=outcomes["right"],
        wrong=outcomes["wrong"],
        missing=outcomes["missing"],
        spurious=outcomes["spurious"],
        located=sum(leaf.located for leaf in leaves),
        status_right=sum(leaf.status_right is True for leaf in leaves),
        wrong_numbers=sum(leaf.wrong_number for leaf in leaves),
        misread=sum(leaf.misread for leaf in leaves),
        certainty=_by_certainty(
            (leaf.predicted.certainty, leaf.outcome == "right") for leaf in leaves if leaf.predicted
        ),
        errors=len(errors),
        errors_marked=sum(_is_marked(leaf) for leaf in errors),
        wrong_attributes=dict(sorted(wrong.items())),
        header={name: fields[name] for name in HEADER_FIELDS},
        header_scored=sum(bool(score.header) for score in scores),
        findings_right=findings["right"],
        findings_missing=findings["missing"],
        findings_spurious=findings["spurious"],
        quotations=sum(score.quotations for score in scores),
        misquoted=sum(len(score.misquoted) for score in scores),
        summary_foreign=sum(len(score.summary_foreign) for score in scores),
        articles_right=sum(score.counts_all_right for score in scores),
        parts=sums_of(parts) if any(score.parts is not None for score in scores) else None,
        parts_certainty=_parts_by_certainty(parts),
        cost=sum((score.cost for score in scores), Cost()),
    )


def _by_certainty(items: Iterable[tuple[str | None, bool]]) -> dict[str, Sure]:
    """Sum up items by what is said of their certainty; each is a certainty and whether it is right."""
    found: dict[str, list[bool]] = {}
    for certainty, right in items:
        if certainty:
            found.setdefault(certainty, []).append(right)
    return {name: Sure(len(of), sum(of)) for name, of in sorted(found.items())}


def _parts_by_certainty(leaves: Sequence[PartLeaf]) -> dict[str, dict[str, Sure]]:
    """Sum up what a report says beside its counts; of a part that is no list, its one field."""
    found: dict[str, list[tuple[str | None, bool]]] = {}
    for leaf in leaves:
        if leaf.instead or not leaf.labelled:
            found.setdefault(leaf.part, []).append((leaf.certainty, leaf.right))
    return {part: sums for part, items in sorted(found.items()) if (sums := _by_certainty(items))}


def _is_marked(leaf: Leaf) -> bool:
    """Whether the report shows a reader that an error may be one."""
    return leaf.disputed if leaf.predicted is None else leaf.predicted.certainty != _AGREED


def worst_article(scores: Sequence[ArticleScore]) -> ArticleScore | None:
    """Return the article with the lowest strict F1, of equals the one with the most errors."""
    return min(scores, key=lambda score: (tally([score]).strict.f1, -len(errors_of(score))), default=None)


def errors_of(score: ArticleScore) -> list[str]:
    """Return every single error of an article in words, counts first, in the order of their places."""
    errors = [
        _leaf_error(leaf) for leaf in score.leaves if leaf.outcome != "right" or leaf.status_right is False
    ]
    errors += [
        f"{leaf.field} {leaf.outcome}: {leaf.predicted!r}, not {leaf.expected!r}"
        for leaf in score.header
        if not leaf.right
    ]
    errors += [
        f"finding {leaf.kind} at {', '.join(map(str, leaf.at))}: {leaf.outcome}"
        for leaf in score.findings
        if leaf.outcome != "right"
    ]
    errors += [
        f"{quoted.field} at {quoted.at}: {quoted.text[:80]!r} does not stand there"
        for quoted in score.misquoted
    ]
    errors += [f"summary: {number!r} is no number of the article" for number in score.summary_foreign]
    errors += [str(leaf) for leaf in score.parts or () if not leaf.right]
    return errors


def confusion(scores: Iterable[ArticleScore], attribute: str) -> dict[str, dict[str, int]]:
    """Return how often the label's `attribute` (row) was read as another (column).

    `missing` and `spurious` stand for a side that has no count, `none` for an attribute that is null.
    """
    table: dict[str, Counter[str]] = {}
    for score in scores:
        for leaf in score.leaves:
            row = "spurious" if leaf.gold is None else str(getattr(leaf.gold, attribute) or "none")
            column = (
                "missing" if leaf.predicted is None else str(getattr(leaf.predicted, attribute) or "none")
            )
            table.setdefault(row, Counter())[column] += 1
    return {row: dict(sorted(columns.items())) for row, columns in sorted(table.items())}


def _leaf_error(leaf: Leaf) -> str:
    predicted, label = leaf.predicted, leaf.gold
    where = f"{leaf.at}: {leaf.text!r} {leaf.verdict}"
    if label and predicted:
        differing = (*leaf.wrong, *(("status",) if leaf.status_right is False else ()))
        where += ": " + "; ".join(
            f"{name} {getattr(predicted, name)}, not {getattr(label, name)}" for name in differing
        )
    elif label:
        where += f": {label.counted!r} ({label.subject}, {label.grade})"
    elif predicted:
        where += f": {predicted.counted!r} ({predicted.subject}, {predicted.grade})"
    where += " [wrong number]" if leaf.wrong_number else ""
    where += " [misread]" if leaf.misread else ""
    return where + (" [doubtful]" if predicted and predicted.doubtful else "")
