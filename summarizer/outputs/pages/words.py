"""Which colour family each subject has on the pages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from summarizer.schemas.report import Subject

__all__ = ("FAMILIES",)

# Which colour a subject has: six hues can still be told apart, sixteen cannot; a subject
# that a user added has that of `other`.
FAMILIES: Mapping[Subject, str] = defaultdict(
    lambda: "other",
    {
        "party_organization": "party",
        "party_cell": "party",
        "party_member": "party",
        "collective": "body",
        "class": "body",
        "school": "body",
        "individual": "people",
        "staff": "people",
        "learner": "people",
        "union_member": "people",
        "research": "work",
        "document": "work",
        "event": "work",
        "award": "work",
        "money": "money",
        "other": "other",
    },
)
