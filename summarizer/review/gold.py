"""Gold labels from reviews: for the evals, of each article that was reviewed whole, with its text.

The counts and the header go into `gold/<page>.json`, everything else into `gold/<page>.parts.json`.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from summarizer.outputs.files import write_whole
from summarizer.review.applying import apply_review, undecided
from summarizer.review.articles import Articles
from summarizer.review.decisions import Review
from summarizer.review.store import Reviews
from summarizer.schemas.reading import SECTION_KINDS
from summarizer.schemas.report import SECTIONS, MeetingReport

COUNT_FIELDS = frozenset({"organization", "date_held", "date_published", "period", "people", "counts"})
"""The report's fields that the label of counts is made of; `people` hold the chairs."""
_COUNT = ("value", "total", "unit", "subject", "grade", "status", "counted")


def is_whole(report: MeetingReport, review: Review) -> tuple[bool, bool]:
    """Return whether a review is a label of the counts and the header, and whether it is one of all the rest too.

    Someone must have said that the whole article was looked at, and no part of the report may be undecided.
    """
    if review.complete is None:
        return False, False
    left = undecided(report, review).keys()
    return not left & COUNT_FIELDS, not left


def as_gold(report: MeetingReport, text: str, review: Review) -> dict[str, Any]:
    """Return the label of the header and the counts of an article, in the layout of the files in `evals/gold`."""
    made = apply_review(report, text, review)
    return {
        "article": review.name,
        "organization": _wordings(made, review, "organization"),
        "date_held": made.date_held,
        "date_published": made.date_published,
        "period": made.period,
        "chairs": [chair.name for chair in made.chairs],
        "counts": [
            {"at": count.at, "text": count.text, **count.model_dump(include={*_COUNT})}
            for count in made.counts
        ],
        "excluded": [place.model_dump(include={"at", "text", "reason"}) for place in made.set_aside],
        "findings": [
            {"kind": one.kind, "at": [place.at for place in one.places], "note": one.arithmetic}
            for one in made.findings
        ],
    }


def as_parts(report: MeetingReport, text: str, review: Review) -> dict[str, Any]:
    """Return the label of everything else: people, reports, recipients, elections, sections.

    What a summary must say is not what it says: a review knows no points of it, so there are none.
    """
    made = apply_review(report, text, review)
    return {
        "article": review.name,
        "meeting": bool(made.meeting),
        **{name: _wordings(made, review, name) for name in ("kind", "parent", "place", "period_text")},
        "form": made.form,
        "people": [
            {"name": one.name, "roles": list(one.roles or ("other",)), "post": [one.post] if one.post else []}
            for one in made.people
        ],
        "reports": [{"title": [one.text], "presenter": one.presenter} for one in made.reports],
        "recipients": [
            {"name": [one.text], "award": [one.award] if one.award else []} for one in made.recipients
        ],
        "elected": [{"name": one.name, "post": [one.post] if one.post else []} for one in made.elected],
        "sections": [
            {"kind": kind, "at": one.at, "text": one.text, "optional": False}
            for name, kind in zip(SECTIONS, SECTION_KINDS, strict=True)
            for one in getattr(made, name)
        ],
        "summary": {"points": [], "never": []},
    }


def write_gold(articles: Articles, reviews: Reviews, out: Path) -> tuple[int, int, int]:
    """Write the labels of every article that was reviewed whole, and the article beside them.

    Returns how many labels of counts and how many of the rest were written, and how many articles have none. Raises
    OSError where `out` cannot be written.
    """
    counts = parts = left = 0
    for article in articles:
        review = reviews.get(article.sha256)
        report = articles.report(article)
        whole, all_of_it = is_whole(report, review) if review else (False, False)
        if review is None or not whole:
            left += 1
            continue
        text = articles.document(article).text
        labels = {"": as_gold, ".parts": as_parts} if all_of_it else {"": as_gold}
        counts, parts = counts + 1, parts + all_of_it
        for folder in ("articles", "gold"):
            (out / folder).mkdir(parents=True, exist_ok=True)
        write_whole(out / "articles" / f"{article.page}.txt", text)
        for kind, label in labels.items():
            made = {**label(report, text, review), "article": f"{article.page}.txt"}
            shown = json.dumps(made, ensure_ascii=False, indent=1)
            write_whole(out / "gold" / f"{article.page}{kind}.json", shown + "\n")
    return counts, parts, left


def _wordings(made: MeetingReport, review: Review, name: str) -> list[str]:
    """Return every wording that is right for a field, the report's first."""
    value = getattr(made, name)
    others = review.fields[name].others if name in review.fields else ()
    return [str(value), *others] if value is not None else []
