"""Parts: which number of an article is a part of which.

`27 đảng viên, trong đó 3 dự bị` (27 members, 3 of them on probation) opens parts, as a bracket or a table's total
does; a number to which those behind it sum exactly has them as parts; `Tổng số HS: 444 em` (pupils in all) is the
whole of its subject, of which the article's lesser numbers are parts, and those that won a contest are of those that
took part in it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from summarizer.article.article import Article
from summarizer.article.normalize import Words
from summarizer.article.phrases import Lexicon, Lists
from summarizer.schemas.offsets import TextOffset, TokenIndex
from summarizer.schemas.reading import NumberReading
from summarizer.schemas.report import Subject

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


class _Number(NamedTuple):
    """A number that counts something, where it stands among the article's words, and what kind of place that is."""

    it: NumberReading
    left: TokenIndex
    right: TokenIndex
    """Index of the first word behind it."""
    sentence: int
    clause: tuple[TokenIndex, TokenIndex]
    """The words that its sentence spans."""
    bracket: TokenIndex | None
    """Index of the word that opens the bracket it stands in."""
    mark: str
    """What makes its line an item of a list, "" where it is none."""
    in_table: bool

    @classmethod
    def of(cls, article: Article, one: NumberReading) -> _Number:
        """Return the place of a number."""
        words, sentence = article.words, article.sentence_index(one.at)
        left, right = words.first_from(one.at), words.first_from(one.end)
        clause = article.bounds[sentence]
        bracket, mark = _bracket(words, clause[0], left), _list_mark(article, one.at)
        return cls(one, left, right, sentence, clause, bracket, mark, one.at in article.table_numbers)

    def contains(self, other: _Number) -> bool:
        """Return whether it can be a total of which another number is a part: of one kind and unit, and more."""
        whole, part = self.it, other.it
        if whole.unit != part.unit or whole.unit == "percent" or whole.value <= part.value:
            return False
        kinds = {whole.subject, part.subject}
        won = part.subject == "award" and whole.subject in _COMPETES
        return won or (None not in kinds and (len(kinds) == 1 or any(kinds <= kind for kind in _KINDS)))


def parts_of(
    article: Article, counted: Sequence[NumberReading], given: Mapping[int, int]
) -> dict[int, NumberReading]:
    """Return the totals that numbers are parts of, by the offsets of the parts.

    `counted` are the numbers that count something, in order. `given` are totals that tables say, by the offsets of
    their parts; they hold where the total can have the part.
    """
    numbers = [_Number.of(article, one) for one in counted]
    by_place: dict[int, _Number] = {one.it.at: one for one in numbers}
    parts: dict[int, int] = {
        one.it.at: whole.it.at
        for one in numbers
        if (whole := by_place.get(given.get(one.it.at, -1))) and whole.contains(one)
    }
    for find in (_bracketed, _sums, _opened, _of_all, _chosen):
        parts = {**find(article, numbers, parts), **parts}
    return {at: by_place[whole].it for at, whole in parts.items()}


def _bracket(words: Words, start: TokenIndex, left: TokenIndex) -> TokenIndex | None:
    """Return the index of the word that opens the bracket that word `left` stands in, from word `start` on."""
    closed = 0
    for index in range(left - 1, max(start, left - 2 * _LONGEST_BETWEEN) - 1, -1):
        word = words.spelled[index]
        closed += (word == ")") - (word == "(")
        if closed < 0:
            return TokenIndex(index)
    return None


def _list_mark(article: Article, at: TextOffset) -> str:
    line = article.text[article.text.rfind("\n", 0, at) + 1 : at].lstrip()
    return line[:1] if line.startswith(_LIST_MARKS) else ""


def _bracketed(article: Article, numbers: Sequence[_Number], known: Mapping[int, int]) -> dict[int, int]:
    """Return the totals right before a bracket of the numbers in it: 8 lớp với 633 học viên (2 lớp, 153 học viên)."""
    found: dict[int, int] = {}
    for index, one in enumerate(numbers):
        opened = one.bracket
        if opened is None or _COMPARED.first(article.words, opened, one.left):
            continue
        for earlier in reversed(numbers[max(0, index - _MOST_PARTS) : index]):
            near = opened - _LONGEST_BETWEEN <= earlier.left < opened and earlier.sentence == one.sentence
            if near and earlier.contains(one):
                found[one.it.at] = earlier.it.at
                break
    return found


def _opened(article: Article, numbers: Sequence[_Number], known: Mapping[int, int]) -> dict[int, int]:
    """Return the totals of the parts that words such as trong đó open, by the offsets of the parts."""
    words = article.words
    found: dict[int, int] = {}
    reached: dict[int, float] = {}
    totals: list[_Number] = []
    bracket: TokenIndex | None = None
    mark = ""
    for index, one in enumerate(numbers):
        before = numbers[index - 1] if index else None
        if before is None or one.sentence - before.sentence > 1 or one.in_table:
            totals = []
            continue
        start = max(before.right, one.left - _LONGEST_BETWEEN)
        between = words.spelled[start : one.left]
        if opener := _OPENS.first(words, start, one.left):
            reached, bracket = {}, one.bracket
            mark = _list_mark(article, words.starts[opener.start])
            item = _item_start(words.spelled, opener.start)
            totals = [
                earlier
                for earlier in numbers[max(0, index - _MOST_PARTS) : index]
                if earlier.left >= item
                and earlier.bracket in (None, bracket)
                and _opens_parts_of(article, opener.start, earlier)
            ]
        elif (
            _GOES_ON.isdisjoint(between)
            or (before.sentence != one.sentence and one.mark in ("", mark))
            or (bracket is not None and ")" in between and one.bracket != bracket)
        ):
            totals = []
        if one.it.at in known:
            continue
        # Where a list has begun with parts of one total, those of another are of its own subject.
        for total in reversed(totals):
            at, same = total.it.at, total.it.subject == one.it.subject
            if total.contains(one) and (same or at in reached or not reached):
                reach = reached.get(at, 0) + one.it.value
                if reach <= total.it.value * (1 + _SLACK):
                    found[one.it.at], reached[at] = at, reach
                break
    return found


def _opens_parts_of(article: Article, opener: TokenIndex, whole: _Number) -> bool:
    """Return whether the word `opener` can open parts of a total: of its sentence, or of the one that it follows.

    `Có 80 người. Trong đó: …` does; `Có 80 người. Ban chấp hành gồm …` opens those of a committee.
    """
    words = article.words
    sentence = article.sentence_index(words.start(opener))
    begins = not any(map(str.isalnum, words.spelled[article.bounds[sentence][0] : opener]))
    return whole.sentence == sentence or (begins and whole.sentence == sentence - 1)


def _item_start(spelled: Sequence[str], opener: int) -> int:
    """Return the index of the first word of the item that words open the parts of: behind a semicolon before them."""
    stop = opener - 2  # a semicolon right before them stands behind the total
    start = max(0, stop - 2 * _LONGEST_BETWEEN)
    return next((index + 1 for index in range(stop, start, -1) if spelled[index] == ";"), start)


def _sums(article: Article, numbers: Sequence[_Number], known: Mapping[int, int]) -> dict[int, int]:
    """Return the totals to which the numbers behind them sum exactly, by the parts' offsets.

    Without words that say so (tổng số), the parts stand in the sentence of their total or are the items of a list.
    """
    words = article.words
    found: dict[int, int] = {}
    for index, whole in enumerate(numbers):
        if whole.it.unit == "percent" or whole.in_table:
            continue
        after = numbers[index + 1 : index + 1 + 4 * _MOST_PARTS]
        led = False
        if whole.it.total is None:
            first = next((one.left for one in after if one.it.unit != "percent"), whole.right)
            opener = _OPENS.first(words, whole.right, min(whole.right + _LONGEST_BETWEEN, first))
            opens = opener is not None and _opens_parts_of(article, opener.start, whole)
            lead = max(TokenIndex(0), whole.left - _LONGEST_LEAD)
            led = opens or _TOTALS.first(words, lead, whole.left) is not None
        for part in _summing(whole, after, known, led=led):
            found.setdefault(part.it.at, whole.it.at)
    return found


def _summing(
    whole: _Number, after: Sequence[_Number], known: Mapping[int, int], *, led: bool
) -> Sequence[_Number]:
    """Return the numbers behind a total that sum to it exactly; `led` says that words announce them."""
    parts: list[_Number] = []
    reached: float = 0
    last, total = whole.sentence, whole.it
    for part in after:
        one = part.it
        prizes = one.subject == "award" and total.subject != "award"  # of which a winner may have several
        if one.unit != total.unit or prizes or known.get(one.at, total.at) != total.at:
            continue
        if part.sentence - last > (_FURTHEST if led else 1):
            break
        if not led and (one.subject, one.status) != (total.subject, total.status):
            continue
        if not led and part.sentence != whole.sentence and not part.mark:
            break
        if not whole.contains(part):
            if one.subject == total.subject:
                break
            continue
        parts.append(part)
        last = part.sentence
        reached += one.value
        if reached == total.value and len(parts) > 1:
            least = 0 if led or total.unit == "money" else _LEAST_SUMS[min(3, len(parts))]
            return parts if total.value >= least else ()
    return ()


def _of_all(article: Article, numbers: Sequence[_Number], known: Mapping[int, int]) -> dict[int, int]:
    """Return, for the numbers of a subject, the one that is said to be that of all: 694 đảng viên của Đảng bộ xã."""
    found: dict[int, int] = {}
    for subject in _COUNTED_WHOLE:
        kind = (subject, "count", None, "result")
        own = [
            one
            for one in numbers
            if (one.it.subject, one.it.unit, one.it.grade, one.it.status) == kind and not one.in_table
        ]
        most = max((one.it.value for one in own), default=0)
        whole = next((one for one in own if one.it.value == most and _is_all(article.words, one)), None)
        if whole:
            found |= {one.it.at: whole.it.at for one in own if one.it.value < most}
    return found


def _chosen(article: Article, numbers: Sequence[_Number], known: Mapping[int, int]) -> dict[int, int]:
    """Return those that took part in a contest, for the numbers of them that won or were chosen behind that."""
    found: dict[int, int] = {}
    entered: dict[Subject | None, _Number] = {}
    winners = {known.get(one.it.at) for one in numbers if one.it.subject == "award"}
    for one in numbers:
        fit = one.it.subject in _COMPETES and (one.it.unit, one.it.status) == ("count", "result")
        if not fit or one.it.at in known:
            continue
        whole = entered.get(one.it.subject)
        chosen = one.it.at in winners or _is_near(article.words, one, _CHOSEN)
        if whole and one.it.value < whole.it.value and chosen:
            found[one.it.at] = whole.it.at
        elif _is_near(article.words, one, _CONTEST):
            entered.setdefault(one.it.subject, one)
    return found


def _is_near(words: Words, one: _Number, phrases: Lexicon[str]) -> bool:
    """Return whether one of some phrases stands in a number's clause, before it or right behind."""
    start = max(one.clause[0], one.left - _LONGEST_CLAUSE)
    if marks := words.among(_ENDS_CLAUSE, start, one.left):
        start = marks[-1] + 1
    behind = min(one.clause[1], one.right + _LONGEST_LEAD)
    return bool(phrases.first(words, start, one.left) or phrases.first(words, one.right, behind))


def _is_all(words: Words, one: _Number) -> bool:
    """Return whether words around a number say that it is all that a body has."""
    start, stop = one.clause
    marks = (TokenIndex(index) for index in range(one.right, stop) if not words.spelled[index].isalnum())
    behind = next(marks, stop)
    lead = _ALL.last(words, max(start, one.left - 2 * _LONGEST_LEAD), one.left)
    of = _OF_ALL.first(words, one.right, min(behind, one.right + _LONGEST_LEAD))
    complete = one.it.subject in _FRACTIONS_OF_ALL and one.it.value == one.it.total
    spoken = lead.start if lead else one.left, of.start if of else behind
    return bool(lead or of or complete) and not _NARROWED.first(words, *spoken)
