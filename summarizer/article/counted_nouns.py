"""Which words behind a number are a noun that articles count, by the taxonomy's own table.

They tell "30/45 đảng viên" from a date and "chi bộ 12 đảng viên" from a cell's name. A noun the table does not
have is still counted wherever nothing speaks against it. `tables/counted_nouns.csv` says what each list is for.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from summarizer.article.normalize import in_one_form
from summarizer.article.phrases import Lexicon, Lists
from summarizer.schemas.report import Grade, Subject
from summarizer.schemas.taxonomy import Taxonomy, active

_LONGEST = 4
"""Words of a noun that are compared; `words_after` gives no more."""
_TABLE = Lists("summarizer.article", "counted_nouns")
_VERBS, _PRONOUNS, _BEFORE_NOUN = (_TABLE.joined(name) for name in ("verbs", "pronouns", "before_noun"))
_ORGANS, _GO_ON, _PLACES = (_TABLE.joined(name) for name in ("organs", "go_on", "places"))
_COUNTED_NOUNS = _TABLE.joined("organs", "events", "bodies")
_COUNTED_SUBJECTS = frozenset(
    ("party_member", "individual", "staff", "learner", "union_member", "award", "research", "document")
)
"""People and things: what is counted also behind the name of a body."""

_GENERIC = Lists("summarizer.article", "generic_nouns")
COMRADES = _GENERIC.lexicon("comrade")
"""Someone whose party or union the words around name (đồng chí, ủy viên)."""
PERSONS = _GENERIC.lexicon("person")
"""Someone who is what the sentence counts (người, em)."""
ADMITTED = _GENERIC.lexicon("admitted")
"""A Party member once admitted (quần chúng ưu tú)."""
CLASSIFIERS = _GENERIC.lexicon("class")
"""What stands before the noun that is counted (lượt, tổng số)."""


def subject_words() -> Lexicon[Subject]:
    """Return the nouns of the taxonomy in use, each with its subject."""
    return _lexicons(active())[0]


def grade_words() -> Lexicon[Grade]:
    """Return the words for grades of the taxonomy in use, each with its grade."""
    return _lexicons(active())[1]


@lru_cache(maxsize=2)
def _lexicons(taxonomy: Taxonomy) -> tuple[Lexicon[Subject], Lexicon[Grade]]:
    return (
        Lexicon((phrase, row.value) for row in taxonomy.subjects for phrase in row.words),
        Lexicon((phrase, row.value) for row in taxonomy.grades for phrase in row.words),
    )


@lru_cache(maxsize=2)
def _nouns(taxonomy: Taxonomy) -> Mapping[str, Subject | None]:
    """Return the first words of each noun, without commas, with its subject; None for what is a verb as often."""
    rows = {
        " ".join(in_one_form(phrase.replace(",", "")).split()[:_LONGEST]): row.value
        for row in taxonomy.subjects
        for phrase in row.words
    }
    pronouns, organs = dict.fromkeys(_PRONOUNS, "individual"), dict.fromkeys(_ORGANS, "collective")
    return pronouns | rows | dict.fromkeys(_VERBS) | organs


def noun_subject(after: Sequence[str]) -> tuple[str, Subject] | None:
    """Return the noun that the normalized words behind a number begin with, and its subject in the table."""
    if list(after[:2]) == ["lần", "thứ"]:
        return None
    if len(after) > 1 and after[0] in _BEFORE_NOUN and (later := noun_subject(after[1:])):
        return later
    table = _nouns(active())
    beginnings = (" ".join(after[:length]) for length in range(min(_LONGEST, len(after)), 0, -1))
    noun = next((words for words in beginnings if words in table), "")
    subject = table.get(noun)
    return (noun, subject) if subject else None


def counts_things(after: Sequence[str]) -> bool:
    """Tell whether the normalized words behind a number begin with a noun that articles count."""
    return noun_subject(after) is not None


def counts_after_name(after: Sequence[str]) -> bool:
    """Tell the same of a number that a body's name may end with: of people and things, not of places or bodies."""
    noun, subject = noun_subject(after) or ("", "")
    if subject == "other":
        return noun not in _PLACES
    return noun not in _GO_ON and (subject in _COUNTED_SUBJECTS or noun in _COUNTED_NOUNS)
