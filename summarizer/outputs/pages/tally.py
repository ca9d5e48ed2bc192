"""The figures of one article that a collection adds up: who was graded how, each said once.

Articles tell the same figure twice (in the report, then where it is rewarded), so of the figures for one
subject and grade the largest counts, never their sum; doubtful ones, targets and percentages do not count.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Literal

from summarizer.schemas.report import Grade, MeetingReport, Subject

__all__ = ("GROUPS", "Group", "Share", "graded", "share_excellent")

Group = Literal["organizations", "members"]
GROUPS: dict[Group, tuple[Subject, ...]] = {
    "organizations": ("party_organization", "party_cell"),
    "members": ("party_member",),
}
_LEAST = 10  # a cell of three members with one excellent says nothing of a body's strictness


@dataclass(frozen=True, slots=True)
class Share:
    """How many of an article's graded members were graded excellent."""

    excellent: int
    graded: int

    @property
    def percent(self) -> float:
        """The share in percent."""
        return 100 * self.excellent / self.graded


def graded(report: MeetingReport) -> dict[tuple[Group, Grade], int]:
    """How many organizations (chi bộ, tổ chức đảng) and members got which grade, as the article says."""
    largest: defaultdict[tuple[Subject, Grade], int] = defaultdict(int)
    for count in report.counts:
        if (
            count.grade
            and count.unit == "count"
            and count.status == "result"
            and count.certainty != "doubtful"
        ):
            key = count.subject, count.grade
            largest[key] = max(largest[key], int(count.value))
    sums: defaultdict[tuple[Group, Grade], int] = defaultdict(int)
    for group, subjects in GROUPS.items():
        for (subject, grade), value in largest.items():
            if subject in subjects:
                sums[group, grade] += value
    return dict(sums)


def share_excellent(report: MeetingReport) -> Share | None:
    """The share of members graded excellent; None where the article does not tell it, or of fewer than ten.

    Of how many: the total of the fraction (`09/41`) where it is one, else all members graded.
    """
    figures = graded(report)
    excellent = figures.get(("members", "excellent"), 0)
    fractions = [
        int(count.total)
        for count in report.counts
        if (count.subject, count.grade, count.value) == ("party_member", "excellent", excellent)
        and count.total
    ]
    others = sum(
        value for (group, grade), value in figures.items() if group == "members" and grade != "excellent"
    )
    whole = max(fractions) if fractions else (excellent + others if others else 0)
    return Share(excellent, whole) if whole >= _LEAST and 0 < excellent <= whole else None
