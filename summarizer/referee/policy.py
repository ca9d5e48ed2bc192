"""The policy: which of two readers leads, for each part of a report. The one table of it.

A cell is what measuring says (`evals/README.md`): a large model reads better than the rules wherever both differ,
a small one (below some 7 B) no better than they do. A row can be set, as with `--policy counts=rules`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, get_args

from summarizer.errors import ConfigError
from summarizer.schemas.reading import Reader

HeaderPart = Literal[
    "meeting", "kind", "organization", "parent", "place", "form", "date_held", "date_published", "period"
]
Part = Literal[
    "counts",
    "count_or_not",
    "status",
    HeaderPart,
    "people",
    "reports",
    "recipients",
    "elected",
    "sections",
    "summary",
]
PARTS: tuple[Part, ...] = get_args(Part)
HEADER: tuple[Part, ...] = get_args(HeaderPart)
"""The rows that the group name `header` stands for."""
# Fields of the header that are led as another one is; title and plan are the page's, as its posting date is.
_LED_AS: Mapping[str, Part] = {
    "title": "date_published",
    "date_held_end": "date_held",
    "period_text": "period",
    "period_planned": "date_published",
}

Policy = Mapping[Part, Reader]

# Rows where the two columns do not say the same for every part: a page's posting date is read from its markup and
# its clock, which the rules know, so no model is asked about it.
_LARGE: dict[Part, Reader] = dict.fromkeys(PARTS, "model")
_LARGE["date_published"] = "rules"
_RULES: dict[Part, Reader] = dict.fromkeys(PARTS, "rules")
_COLUMNS: Mapping[str, dict[Part, Reader]] = {"none": _RULES, "small": _RULES, "large": _LARGE}


def row_of(field: str) -> Part:
    """Return the row that says who leads for a field of the header; one without a row is led as `meeting` is."""
    rows: dict[str, Part] = {**{part: part for part in HEADER}, **_LED_AS}
    return rows.get(field, "meeting")


def policy_for(profile: str, overrides: str = "") -> Policy:
    """Return who leads for each part under a profile (`none`, `small`, `large`).

    `overrides` sets rows, as in `counts=rules,header=model`; `header` and `all` stand for several. Raises
    ConfigError for a part or a reader that there is not.
    """
    policy = dict(_COLUMNS[profile])
    groups: dict[str, tuple[Part, ...]] = {
        "header": HEADER,
        "all": PARTS,
        **{part: (part,) for part in PARTS},
    }
    for row in filter(None, (one.strip() for one in overrides.split(","))):
        name, _, reader = row.partition("=")
        if name not in groups or reader not in get_args(Reader):
            raise ConfigError(f"--policy {row}: must be PART=rules or PART=model; parts: {', '.join(groups)}")
        for part in groups[name]:
            policy[part] = "rules" if reader == "rules" else "model"
    return policy
