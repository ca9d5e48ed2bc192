"""Parts: which number of an article is a part of which.

`27 đảng viên, trong đó 3 dự bị` (27 members, 3 of them on probation) opens parts, as a bracket or a table's total
does; a number to which those behind it sum exactly has them as parts; `Tổng số HS: 444 em` (pupils in all) is the
whole of its subject, of which the article's lesser numbers are parts, and those that won a contest are of those that
took part in it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from summarizer.article.article import Article
from summarizer.article.phrases import Lexicon, Lists
from summarizer.schemas.offsets import TextOffset, TokenIndex
from summarizer.schemas.reading import NumberReading
from summarizer.schemas.report import Subject

__all__ = ("parts_of",)

_LISTS = Lists("summarizer.rules", "parts")

_OPENS, _TOTALS, _COMPARED = map(_LISTS.lexicon, ("opens_parts", "totals", "compared"))
_ALL, _OF_ALL, _NARROWED = map(_LISTS.lexicon, ("all", "of_all", "narrowed"))
_CONTEST, _CHOSEN = map(_LISTS.lexicon, ("contest", "chosen"))
_KINDS: tuple[frozenset[Subject | None], ...] = (
    frozenset(("party_member", "individual", "staff", "learner", "union_member")),
    frozenset(("party_organization", "party_cell")),
    frozenset(("collective", "individual")),
)
"""Subjects that can be parts of each other's totals."""
_COMPETES: frozenset[Subject | None] = frozenset(("research", "learner", "staff", "individual", "collective"))
"""Subjects that take part in contests: those who win are of these, and can be listed by what they won."""
_COUNTED_WHOLE: frozenset[Subject | None] = frozenset(
    ("party_cell", "party_member", "staff", "learner", "union_member", "class")
)
"""Subjects of which a body has a number in all, so that its other numbers are of these."""
_FRACTIONS_OF_ALL: frozenset[Subject | None] = frozenset(("party_cell", "party_member"))
"""Subjects of which a complete fraction is all that a body has (50/50 đảng viên)."""
_LONGEST_LEAD, _LONGEST_CLAUSE, _LONGEST_BETWEEN = 6, 12, 24
"""Words between a total's word and its number, before a number in its clause, and between two parts, at most."""
_MOST_PARTS = 12
_FURTHEST = 4
"""Sentences between two parts of a list that words open, at most."""
_LEAST_SUMS = {2: 20, 3: 10}
"""The least total that two, or more, numbers behind it are taken to make up only because they sum to it."""
_SLACK = 0.05
"""By how much the parts may go beyond their total where words say that they are its parts."""
_GOES_ON = frozenset((",", ";", "và", ":", "+", "-", "với", "=", "(", ")"))
"""Words and marks of which one stands between the parts of a list, or between two numbers of one part."""
_ENDS_CLAUSE = frozenset((",", ";", ".", ":"))
_LIST_MARKS = ("-", "+", "*", "•", "–")


def parts_of(
    article: Article, counted: Sequence[NumberReading], given: Mapping[int, int]
) -> dict[int, NumberReading]:
    """Return the totals that numbers are parts of, by the offsets of the parts.

    `counted` are the numbers that count something, in order. `given` are totals that brackets and tables say, by the
    offsets of their parts; they hold where the total can have the part.
    """
    by_place: dict[int, NumberReading] = {one.at: one for one in counted}
    parts: dict[int, int] = {
        one.at: whole.at
        for one in counted
        if (whole := by_place.get(given.get(one.at, -1))) and _contains(whole, one)
    }
    for find in (_bracketed, _sums, _opened, _of_all, _chosen):
        parts = {**find(article, counted, parts), **parts}
    return {at: by_place[whole] for at, whole in parts.items()}


def _contains(whole: NumberReading, part: NumberReading) -> bool:
    """Return whether one number can be a total of which another is a part: of one kind and unit, and more."""
    if whole.unit != part.unit or whole.unit == "percent" or whole.value <= part.value:
        return False
    if part.subject == "award" and whole.subject in _COMPETES:
        return True
    same = whole.subject == part.subject or any({whole.subject, part.subject} <= kind for kind in _KINDS)
    return same and None not in (whole.subject, part.subject)


def _bracketed(
    article: Article, counted: Sequence[NumberReading], known: Mapping[int, int]
) -> dict[int, int]:
    """Return the totals right before a bracket of the numbers in it: 8 lớp với 633 học viên (2 lớp, 153 học viên)."""
    words = article.words
    found: dict[int, int] = {}
    for index, one in enumerate(counted):
        opened = _bracket(article, one)
        if opened is None or _COMPARED.first(words, opened, words.first_from(one.at)):
            continue
        sentence = article.sentence_index(one.at)
        before = [
            earlier
            for earlier in counted[max(0, index - _MOST_PARTS) : index]
            if opened - _LONGEST_BETWEEN <= words.first_from(earlier.at) < opened
            and article.sentence_index(earlier.at) == sentence
        ]
        whole = next((e for e in reversed(before) if _contains(e, one)), None)
        if whole:
            found[one.at] = whole.at
    return found


def _bracket(article: Article, one: NumberReading) -> TokenIndex | None:
    """Return the index of the word that opens the bracket that a number stands in, within its sentence."""
    words = article.words
    start = article.bounds[article.sentence_index(one.at)][0]
    left = words.first_from(one.at)
    closed = 0
    for index in range(left - 1, max(start, left - 2 * _LONGEST_BETWEEN) - 1, -1):
        word = words.spelled[index]
        closed += (word == ")") - (word == "(")
        if closed < 0:
            return TokenIndex(index)
    return None


def _opened(article: Article, counted: Sequence[NumberReading], known: Mapping[int, int]) -> dict[int, int]:
    """Return the totals of the parts that words such as trong đó open, by the offsets of the parts."""
    words = article.words
    found: dict[int, int] = {}
    reached: dict[int, float] = {}
    totals: list[NumberReading] = []
    bracket: TokenIndex | None = None
    own_mark = ""
    for index, one in enumerate(counted):
        before = counted[index - 1] if index else None
        left = words.first_from(one.at)
        start = max(words.first_from(before.end) if before else TokenIndex(0), left - _LONGEST_BETWEEN)
        sentence = article.sentence_index(one.at)
        near = before is not None and sentence - article.sentence_index(before.at) <= 1
        if not near or one.at in article.table_numbers:
            totals = []
            continue
        if opener := _OPENS.first(words, start, left):
            bracket = _bracket(article, one)
            item = _item_start(words.spelled, opener.start)
            own_mark = _list_mark(article, words.starts[opener.start])
            totals = [
                earlier
                for earlier in counted[max(0, index - _MOST_PARTS) : index]
                if _opens_parts_of(article, opener.start, earlier)
                and words.first_from(earlier.at) >= item
                and _bracket(article, earlier) in (None, bracket)
            ]
            reached = {}
        elif (
            _GOES_ON.isdisjoint(words.spelled[start:left])
            or (
                before
                and article.sentence_index(before.at) != sentence
                and _list_mark(article, one.at) in ("", own_mark)
            )
            or (
                bracket is not None and ")" in words.spelled[start:left] and _bracket(article, one) != bracket
            )
        ):
            totals = []
        if one.at in known:
            continue
        # Where a list has begun with parts of one total, those of another are of its own subject.
        fitting = (t for t in totals if t.subject == one.subject or t.at in reached or not reached)
        whole = next((total for total in reversed([*fitting]) if _contains(total, one)), None)
        if whole and reached.get(whole.at, 0) + one.value <= whole.value * (1 + _SLACK):
            found[one.at] = whole.at
            reached[whole.at] = reached.get(whole.at, 0) + one.value
    return found


def _opens_parts_of(article: Article, opener: TokenIndex, whole: NumberReading) -> bool:
    """Return whether the word `opener` can open parts of a total: of its sentence, or of the one that it follows.

    `Có 80 người. Trong đó: …` does; `Có 80 người. Ban chấp hành gồm …` opens those of a committee.
    """
    words = article.words
    sentence = article.sentence_index(TextOffset(words.starts[opener]))
    if article.sentence_index(whole.at) == sentence:
        return True
    begins = not any(word.isalnum() for word in words.spelled[article.bounds[sentence][0] : opener])
    return begins and article.sentence_index(whole.at) == sentence - 1


def _item_start(spelled: Sequence[str], opener: int) -> int:
    """Return the index of the first word of the item that words open the parts of: behind a semicolon before them."""
    stop = opener - 2  # a semicolon right before them stands behind the total
    start = max(0, stop - 2 * _LONGEST_BETWEEN)
    return next((index + 1 for index in range(stop, start, -1) if spelled[index] == ";"), start)


def _sums(article: Article, counted: Sequence[NumberReading], known: Mapping[int, int]) -> dict[int, int]:
    """Return the totals to which the numbers behind them sum exactly, by the parts' offsets.

    Without words that say so (tổng số), the parts stand in the sentence of their total or are the items of a list.
    """
    words = article.words
    found: dict[int, int] = {}
    for index, whole in enumerate(counted):
        if whole.unit == "percent" or whole.at in article.table_numbers:
            continue
        left = words.first_from(whole.at)
        after = counted[index + 1 : index + 1 + 4 * _MOST_PARTS]
        led = whole.total is None and bool(
            _TOTALS.first(words, max(TokenIndex(0), left - _LONGEST_LEAD), left)
        )
        if whole.total is None and not led:
            right = words.first_from(whole.end)
            first = next((words.first_from(one.at) for one in after if one.unit != "percent"), right)
            opener = _OPENS.first(words, right, min(right + _LONGEST_BETWEEN, first))
            led = opener is not None and _opens_parts_of(article, opener.start, whole)
        parts = _summing(article, whole, after, known, led=led)
        found |= {part.at: whole.at for part in parts if part.at not in found}
    return found


def _summing(
    article: Article,
    whole: NumberReading,
    after: Sequence[NumberReading],
    known: Mapping[int, int],
    *,
    led: bool,
) -> Sequence[NumberReading]:
    """Return the numbers behind a total that sum to it exactly; `led` says that words announce them."""
    parts: list[NumberReading] = []
    sentence = last = article.sentence_index(whole.at)
    for one in after:
        prizes = one.subject == "award" and whole.subject != "award"  # of which a winner may have several
        if one.unit != whole.unit or prizes or known.get(one.at, whole.at) != whole.at:
            continue
        here = article.sentence_index(one.at)
        if here - last > (_FURTHEST if led else 1):
            break
        if not led and (one.subject != whole.subject or one.status != whole.status):
            continue
        if not led and here != sentence and not _list_mark(article, one.at):
            break
        if not _contains(whole, one):
            if one.subject == whole.subject:
                break
            continue
        parts.append(one)
        last = here
        reached = sum(part.value for part in parts)
        if reached == whole.value and len(parts) > 1:
            least = 0 if led or whole.unit == "money" else _LEAST_SUMS[min(3, len(parts))]
            return parts if whole.value >= least else ()
        if reached > whole.value:
            break
    return ()


def _list_mark(article: Article, at: TextOffset) -> str:
    """Return the mark that makes the line before offset `at` an item of a list, "" where it has none."""
    line = article.text[article.text.rfind("\n", 0, at) + 1 : at].lstrip()
    return line[:1] if line.startswith(_LIST_MARKS) else ""


def _of_all(article: Article, counted: Sequence[NumberReading], known: Mapping[int, int]) -> dict[int, int]:
    """Return, for the numbers of a subject, the one that is said to be that of all: 694 đảng viên của Đảng bộ xã."""
    found: dict[int, int] = {}
    for subject in _COUNTED_WHOLE:
        own = [
            one
            for one in counted
            if (one.subject, one.unit, one.grade, one.status) == (subject, "count", None, "result")
            and one.at not in article.table_numbers
        ]
        most = max(own, key=lambda one: (one.value, -one.at), default=None)
        whole = next((one for one in own if most and one.value == most.value and _is_all(article, one)), None)
        if whole:
            found |= {one.at: whole.at for one in own if one.value < whole.value}
    return found


def _chosen(article: Article, counted: Sequence[NumberReading], known: Mapping[int, int]) -> dict[int, int]:
    """Return those that took part in a contest, for the numbers of them that won or were chosen behind that."""
    found: dict[int, int] = {}
    entered: dict[Subject | None, NumberReading] = {}
    winners = {known.get(one.at) for one in counted if one.subject == "award"}
    for one in counted:
        if one.subject not in _COMPETES or (one.unit, one.status) != ("count", "result") or one.at in known:
            continue
        whole = entered.get(one.subject)
        chosen = one.at in winners or _is_near(article, one, _CHOSEN)
        if whole and one.value < whole.value and chosen:
            found[one.at] = whole.at
        elif _is_near(article, one, _CONTEST):
            entered.setdefault(one.subject, one)
    return found


def _is_near(article: Article, one: NumberReading, phrases: Lexicon[str]) -> bool:
    """Return whether one of some phrases stands in a number's clause, before it or right behind."""
    words = article.words
    start, stop = article.bounds[article.sentence_index(one.at)]
    left, right = words.first_from(one.at), words.first_from(one.end)
    start = max(start, left - _LONGEST_CLAUSE)
    clause = next(
        (TokenIndex(i + 1) for i in range(left - 1, start - 1, -1) if words.spelled[i] in _ENDS_CLAUSE), start
    )
    return bool(
        phrases.first(words, clause, left) or phrases.first(words, right, min(stop, right + _LONGEST_LEAD))
    )


def _is_all(article: Article, one: NumberReading) -> bool:
    """Return whether words around a number say that it is all that a body has."""
    words = article.words
    start, stop = article.bounds[article.sentence_index(one.at)]
    left, right = words.first_from(one.at), words.first_from(one.end)
    lead = _ALL.last(words, max(start, left - 2 * _LONGEST_LEAD), left)
    behind = next(
        (TokenIndex(index) for index in range(right, stop) if not words.spelled[index].isalnum()),
        stop,
    )
    of = _OF_ALL.first(words, right, min(behind, right + _LONGEST_LEAD))
    spoken = lead.start if lead else left, of.start if of else behind
    complete = one.subject in _FRACTIONS_OF_ALL and one.value == one.total
    return bool(lead or of or complete) and not _NARROWED.first(words, *spoken)
