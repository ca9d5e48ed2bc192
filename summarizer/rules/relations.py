"""Relations: which number is a part of which, tells a fact again, is another body's, or says by how much.

A fact is told again where value, kind and words are the same in another sentence, and no other award is named.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from summarizer.article.article import Article
from summarizer.article.normalize import Words, words_in
from summarizer.article.phrases import Lexicon, Lists, cue
from summarizer.rules.bodies import Body, body_at, subject_before
from summarizer.rules.cells import totals_in_tables
from summarizer.rules.nouns import PEOPLE
from summarizer.rules.parts import parts_of
from summarizer.schemas.offsets import TextOffset, TokenIndex
from summarizer.schemas.reading import NumberReading
from summarizer.schemas.report import Direction, Subject
from summarizer.schemas.taxonomy import graded_subjects

_LISTS = Lists("summarizer.rules", "relations")
_ONE_OF, _BELONGS, _MADE_BY, _MAKES, _PROPOSES = (
    _LISTS.lexicon(name) for name in ("one_of", "belongs", "made_by", "makes", "proposes")
)
_DIRECTIONS: Lexicon[Direction] = Lexicon(
    (phrase, name) for name in ("increase", "decrease", "shortage") for phrase in _LISTS[name]
)
_ACTS: Lexicon[str] = Lexicon(
    (phrase, name)
    for name in ("admits", "disciplines", "rewards", "moves", "elects")
    for phrase in _LISTS[name]
)
_AWARDS = Lists("summarizer.rules", "awards").lexicon("awards")
_LEVELS: Lexicon[int] = Lexicon(
    (phrase, rank)
    for rank, name in enumerate(("of_country", "of_province", "of_district", "of_commune"))
    for phrase in _LISTS[name]
)
_HAS = cue(r"(?<!\w)(?:{has_now} )*{has}(?= (?:{about} )?\d)", **_LISTS)
_PASSIVE, _OWNER = _LISTS.words("passive"), _LISTS.words("owner")
_LEADS_ON = _LISTS.words("leads_on") | frozenset(",")
_AND, _INSIDE = frozenset((",", "và")), frozenset("\"'/-")
_ENDS_LIST = frozenset(";:")
_BOUNDS = _LISTS.words("bounds") | frozenset(":")
_MADE: frozenset[Subject | None] = frozenset(("event", "document"))
"""Subjects that are the figures of the body that made them: 12 phong trào do UBND tỉnh phát động."""
_LONGEST_LEAD, _LONGEST_NAME, _LONGEST_ONE_OF, _LONGEST_ACT, _LONGEST_AGENT = 6, 12, 4, 24, 4
"""Words between a change's word and its number, of a body's name, of một trong tổng số, of what was done and of by
whom it was done, at most."""
_LEAST_VALUE, _LEAST_VALUE_BARE = 10, 100
"""The least value that is taken for the same fact by its kind and two words; and by its kind and one word, where no
more are said of one telling. Less needs four words alike."""
_FEW, _MANY = 2, 4
"""Words that must be alike of a large number and of a small one."""


class Act(NamedTuple):
    """What was done with those that a number counts: its kind, and the article's words."""

    kind: str
    words: str


def with_relations(
    article: Article, readings: Mapping[TextOffset, NumberReading], acts: Mapping[TextOffset, str]
) -> dict[TextOffset, NumberReading]:
    """Return the readings of an article's numbers with what they are parts of and tell again.

    `acts` are the kinds of what was done with those counted: who was admitted and who was rewarded are two facts.
    """
    counted = [one for one in readings.values() if one.reason is None]
    repeated = _repeated(article, counted, acts)
    parts = parts_of(article, counted, totals_in_tables(article))
    related = {at: {"part_of": parts.get(at), "repeats": repeated.get(at)} for at in {*parts, *repeated}}
    return {at: one._replace(**related[at]) if at in related else one for at, one in readings.items()}


def _repeated(
    article: Article, counted: Sequence[NumberReading], acts: Mapping[TextOffset, str]
) -> dict[int, int]:
    """Return the first telling of each fact that is told again, by the offsets of the later ones."""
    tellings: defaultdict[tuple[object, ...], dict[tuple[int, Sequence[str], str, str], TextOffset]]
    tellings = defaultdict(dict)
    found: dict[int, int] = {}
    for one in counted:
        if one.at in article.table_numbers or one.subject is None:
            continue
        sentence, words, act, award = (
            article.sentence_index(one.at),
            words_in(one.counted[:80]),
            acts.get(one.at, ""),
            _award(article, one),
        )
        same = tellings[one.value, one.total, one.unit, one.subject, one.grade, one.status]
        for (there, other, other_act, other_award), earlier in same.items():
            done = (not act or other_act in ("", act)) and (not award or other_award in ("", award))
            if there != sentence and done and _alike(one, words, other):
                found[one.at] = found.get(earlier, earlier)
                break
        same.setdefault((sentence, words[:_MANY], act, award), one.at)
    return found


def _award(article: Article, one: NumberReading) -> str:
    """Return the first word of the award that is named with a number, "" without one: bằng of bằng khen.

    It is the last one before the number in its sentence (bằng khen cho 69 đơn vị), else one in what is counted.
    """
    words = article.words
    start, left = article.bounds[article.sentence_index(one.at)][0], words.first_from(one.at)
    stop = words.first_from(TextOffset((one.counted_at or one.at) + len(one.counted)))
    named = _AWARDS.last(words, start, left) or _AWARDS.first(words, left, stop)
    return words.spelled[named.start] if named else ""


def _alike(one: NumberReading, words: Sequence[str], other: Sequence[str]) -> bool:
    """Return whether two tellings of a value say that they count the same, by their first words."""
    least = 0 if one.unit == "percent" else one.value
    needed = _FEW if least >= _LEAST_VALUE else _MANY
    shorter = min(len(words), len(other))
    if least >= _LEAST_VALUE_BARE and 0 < shorter < needed:
        needed = shorter
    return shorter >= needed and words[:needed] == other[:needed]


def direction_of(words: Words, at: TextOffset) -> Direction | None:
    """Return whether a number says by how much something rose, fell or is short: tăng 152 hộ; not tăng lên 19."""
    left = words.first_from(at)
    last = _DIRECTIONS.last(words, max(TokenIndex(0), left - _LONGEST_LEAD), left)
    return last.value if last and _BOUNDS.issuperset(words.spelled[last.stop : left]) else None


def act_before(
    article: Article, at: TextOffset, subject: Subject, lefts: Collection[TokenIndex]
) -> Act | None:
    """Return what was done with those counted, by the words before the number: kết nạp 5 đảng viên, 2 quần chúng.

    `lefts` are the words that counted numbers begin at.
    """
    if subject not in PEOPLE and subject not in graded_subjects():
        return None
    words = article.words
    left = words.first_from(at)
    start = max(article.bounds[article.sentence_index(at)][0], TokenIndex(left - _LONGEST_ACT))
    for index in range(left - 1, start - 1, -1):
        listed = words.spelled[index] in _AND and index + 1 in lefts
        if not (listed or words.spelled[index].isalnum() or words.spelled[index] in _INSIDE):
            start = TokenIndex(index + 1)
            break
    cuts = (index for index in range(start + 1, left) if index in lefts or words.spelled[index] in _AND)
    # What stands behind a number up to a mark is what it counts itself (17 khiển trách, 2 cảnh cáo).
    parts = [part for part in pairwise((start, *map(TokenIndex, cuts), left)) if part[0] not in lefts]
    act = next(filter(None, (_ACTS.first(words, *part) for part in reversed(parts))), None)
    if act is None or words.spelled[left - 1] in _OWNER:
        return None
    if not _PASSIVE.isdisjoint(words.spelled[max(0, act.start - _LONGEST_AGENT) : act.start]):
        return None
    stop = next((index for index in range(act.stop, left) if index in lefts), left)
    while stop > act.stop and words.spelled[stop - 1] in _LEADS_ON:
        stop -= 1
    written = article.text[words.starts[act.start] : words.end(TokenIndex(stop - 1))]
    proposed = _proposed(article, act.start) if act.value == "rewards" else ""
    return Act(act.value, " ".join(f"{proposed} {written}".split()))


def _proposed(article: Article, stop: TokenIndex) -> str:
    """Return the article's word by which a reward named at word `stop` is only proposed, "" where it is given.

    It governs a list of rewards: `đề nghị Tỉnh hội tặng kỷ niệm chương cho 7 cá nhân, tặng bằng khen cho 2 tập thể`.
    """
    words = article.words
    start = max(
        article.bounds[article.sentence_index(words.starts[stop])][0], TokenIndex(stop - _LONGEST_ACT)
    )
    start = max((start, *(TokenIndex(mark + 1) for mark in words.among(_ENDS_LIST, start, stop))))
    found = _PROPOSES.last(words, start, stop)
    return article.text[words.starts[found.start] : words.end(TokenIndex(found.stop - 1))] if found else ""


def other_body(article: Article, at: TextOffset, subject: Subject | None) -> str | None:
    """Return another body whose figure a number is, by the words behind it.

    The one that met is one of so many of it (một trong 17 chi, đảng bộ của Đảng bộ huyện X), or they are its doing
    (12 phong trào do UBND tỉnh phát động).
    """
    words, text = article.words, article.text
    left = words.first_from(at)
    stop = min(article.bounds[article.sentence_index(at)][1], left + 2 * _LONGEST_NAME)
    led = _ONE_OF.last(words, max(TokenIndex(0), left - _LONGEST_ONE_OF), left)
    if led and led.stop == left:
        of = _BELONGS.first(words, left, stop)
    else:
        of = _MADE_BY.first(words, left, min(stop, left + _LONGEST_NAME)) if subject in _MADE else None
    if of is None or of.stop >= stop or not text[words.starts[of.stop]].isupper():
        return None
    stop = min(stop, of.stop + _LONGEST_NAME)
    if of.value == "made_by":
        makes = _MAKES.first(words, of.stop, stop)
        if makes is None:
            return None
        stop = makes.start
    end = next((index for index in range(of.stop, stop) if not words.spelled[index].isalnum()), stop)
    return " ".join(text[words.starts[of.stop] : words.end(TokenIndex(end - 1))].split())


def with_bodies_above(
    article: Article, organization: TextOffset | None, readings: Mapping[TextOffset, NumberReading]
) -> dict[TextOffset, NumberReading]:
    """Return the readings; what a body of a level above that of the `organization` has, is that body's.

    `organization` is where the one that met is named. "Hội Nông dân huyện hiện có 198 chi hội" (the district's
    association has) is no figure of a commune's.
    """
    body = (
        None
        if organization is None
        else body_at(article.normal, article.normal.offset(organization), len(article.text))
    )
    own, related = _level(article, body) or 0, dict(readings)
    for sentence in article.sentences if own else ():
        start, stop = article.normal.span(sentence.at, sentence.end)
        has = _HAS.search(article.normal.text, start, stop)
        subject = subject_before(article.normal, start, has.start()) if has else None
        level = _level(article, subject)
        if has is None or subject is None or level is None or level >= own:
            continue
        since = article.normal.origin(has.end())
        for at, one in readings.items():
            # "UBND huyện có 12 giấy khen": who was given them is the article's body.
            if since <= at < sentence.end and one.whose is None and one.subject not in (None, "award"):
                related[at] = one._replace(whose=subject.text)
    return related


def _level(article: Article, body: Body | None) -> int | None:
    """Return the lowest level that a body's name tells, 0 for the country's; None where it tells none."""
    if body is None:
        return None
    first = article.words.first_from
    return max(
        (one.value for one in _LEVELS.find(article.words, first(body.at), first(body.end))), default=None
    )
