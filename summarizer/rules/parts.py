"""Parts: which number of an article is a part of which.

`27 đảng viên, trong đó 3 dự bị` (27 members, 3 of them on probation) opens parts, as a bracket or a table's total
does; a number to which those behind it sum exactly has them as parts, and those that won a contest are of those that
took part in it. What only may be a part (those admitted since, members of another committee) is none.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from summarizer.article.article import Article
from summarizer.article.normalize import Words
from summarizer.article.phrases import Lexicon, Lists
from summarizer.rules.names import list_mark
from summarizer.schemas.offsets import TextOffset, TokenIndex
from summarizer.schemas.reading import NumberReading
from summarizer.schemas.report import Subject

_LISTS = Lists("summarizer.rules", "parts")

_OPENS, _TOTALS, _COMPARED = map(_LISTS.lexicon, ("opens_parts", "totals", "compared"))
_CONTEST, _CHOSEN, _NEW_FACT = map(_LISTS.lexicon, ("contest", "chosen", "new_fact"))
_PERSONS, _PLANNED, _APART = map(_LISTS.lexicon, ("persons", "planned", "apart"))
(_TIMES,) = _LISTS.words("times")
_MIXED: frozenset[Subject | None] = frozenset(("collective", "individual"))
_KINDS: tuple[frozenset[Subject | None], ...] = (
    frozenset(("party_member", "individual", "staff", "learner", "union_member")),
    frozenset(("party_organization", "party_cell")),
    _MIXED,
)
"""Subjects that can be parts of each other's totals."""
_COMPETES: frozenset[Subject | None] = frozenset(("research", "learner", "staff", "individual", "collective"))
"""Subjects that take part in contests: those who win are of these, and can be listed by what they won."""
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
_ENDS_CLAUSE = frozenset((",", ";", ".", ":", "("))


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
    times: bool
    """How often is counted, not how many (lượt)."""
    apart: bool
    """They are of a body of its own, which is no part of another (Ủy ban Kiểm tra)."""
    rate: bool
    """It is so much for each (3 triệu đồng/giải nhì), which nothing is a part of."""
    mixed: bool
    """It counts bodies, and its words name people too (tập thể, cá nhân)."""

    @classmethod
    def of(cls, article: Article, one: NumberReading) -> _Number:
        """Return the place of a number."""
        words, sentence = article.words, article.sentence_index(one.at)
        left, right = words.first_from(one.at), words.first_from(one.end)
        clause = article.bounds[sentence]
        bracket, mark = _bracket(words, clause[0], left), list_mark(article.text, one.at)
        counted = words.first_from(TextOffset(one.counted_at if one.counted_at is not None else one.at))
        people = one.subject in _KINDS[0]
        return cls(
            one,
            left,
            right,
            sentence,
            clause,
            bracket,
            mark,
            in_table=one.at in article.table_numbers,
            times=words.spelled[counted : counted + 1] == [_TIMES],
            apart=people and bool(_APART.first(words, _begins(words, clause[0], left), left)),
            rate=one.counted.startswith("/"),
            mixed=one.subject == "collective"
            and bool(_PERSONS.first(words, counted, TokenIndex(counted + _LONGEST_LEAD))),
        )

    def contains(self, other: _Number) -> bool:
        """Return whether it can be a total of which another number is a part: of one kind and unit, and more."""
        whole, part = self.it, other.it
        if whole.unit != part.unit or whole.unit == "percent" or whole.value <= part.value:
            return False
        votes = whole.total is not None and whole.total == part.total  # 161/168 phiếu, 158/168 phiếu
        # 16 lượt học sinh (times) are no part of 837 học sinh, nor are 2 more of 12.
        unlike = part.direction not in (None, whole.direction) or (other.times and not self.times)
        if votes or unlike or other.apart or self.rate or other.rate:
            return False
        if part.subject == "award" and whole.subject in _COMPETES:
            return True
        kinds = {whole.subject, part.subject}
        if None in kinds or (kinds == _MIXED and not self.mixed):
            return False
        return len(kinds) == 1 or any(kinds <= kind for kind in _KINDS)


def parts_of(article: Article, counted: Sequence[NumberReading], given: Mapping[int, int]) -> dict[int, int]:
    """Return the offsets of the totals that numbers are parts of, by the offsets of the parts.

    `counted` are the numbers that count something, in order. `given` are totals that tables say; they hold where the
    total can have the part.
    """
    numbers = [_Number.of(article, one) for one in counted]
    by_place: dict[int, _Number] = {one.it.at: one for one in numbers}
    parts: dict[int, int] = {
        one.it.at: whole.it.at
        for one in numbers
        if (whole := by_place.get(given.get(one.it.at, -1))) and whole.contains(one)
    }
    for find in (_bracketed, _sums, _opened, _chosen):
        parts = {**find(article, numbers, parts), **parts}
    return parts


def _bracket(words: Words, start: TokenIndex, left: TokenIndex) -> TokenIndex | None:
    """Return the index of the word that opens the bracket that word `left` stands in, from word `start` on."""
    closed = 0
    for index in range(left - 1, max(start, left - 2 * _LONGEST_BETWEEN) - 1, -1):
        word = words.spelled[index]
        closed += (word == ")") - (word == "(")
        if closed < 0:
            return TokenIndex(index)
    return None


def _begins(words: Words, start: TokenIndex, left: TokenIndex) -> TokenIndex:
    """Return the first word of the clause that leads to word `left`, from word `start` on."""
    start = max(start, TokenIndex(left - _LONGEST_CLAUSE))
    marks = words.among(_ENDS_CLAUSE, start, left)
    return TokenIndex(marks[-1] + 1) if marks else start


def _bracketed(article: Article, numbers: Sequence[_Number], known: Mapping[int, int]) -> dict[int, int]:
    """Return the totals right before a bracket of the numbers in it: 8 lớp với 633 học viên (2 lớp, 153 học viên)."""
    found: dict[int, int] = {}
    for index, one in enumerate(numbers):
        opened, before = one.bracket, numbers[max(0, index - _MOST_PARTS) : index]
        if opened is None:
            continue
        led = max(opened - _LONGEST_LEAD, *(each.right for each in before if each.right <= opened), 0)
        inside = article.words.spelled[opened : one.left]
        of_a_year = any(word == "năm" and year.isdecimal() for word, year in pairwise(inside))
        planned = _PLANNED.at(article.words.spelled, TokenIndex(opened + 1))
        if of_a_year or planned or _COMPARED.first(article.words, TokenIndex(led), one.left):
            continue
        item = _item_start(article.words.spelled, opened)
        for earlier in reversed(before):
            near = max(item, opened - _LONGEST_BETWEEN) <= earlier.left < opened
            if near and earlier.sentence == one.sentence and earlier.contains(one):
                found[one.it.at] = earlier.it.at
                break
    return found


def _opened(article: Article, numbers: Sequence[_Number], known: Mapping[int, int]) -> dict[int, int]:
    """Return the totals of the parts that words such as trong đó open, by the offsets of the parts."""
    words = article.words
    found: dict[int, int] = {}
    reached: dict[int, float] = {}
    totals: list[_Number] = []
    near: Sequence[_Number] = ()
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
            mark = list_mark(article.text, words.starts[opener.start])
            item = _item_start(words.spelled, opener.start)
            totals = [
                earlier
                for earlier in numbers[max(0, index - _MOST_PARTS) : index]
                if earlier.left >= item
                and earlier.bracket in (None, bracket)
                and _opens_parts_of(article, opener.start, earlier)
            ]
            totals = [earlier for earlier in totals if not earlier.it.direction] or totals
            near = _run(words, totals)
        elif (
            _GOES_ON.isdisjoint(between)
            or (before.sentence != one.sentence and one.mark in ("", mark))
            or (bracket is not None and ")" in between and one.bracket != bracket)
        ):
            totals = []
        if ";" in between and _NEW_FACT.at(words.spelled, TokenIndex(one.left - between[::-1].index(";"))):
            totals = []
        if one.it.at in known:
            continue
        # Where a list has begun with parts of one total, those of another are of its own subject and beside it.
        for total in sorted(totals, key=lambda total: (not _same_noun(words, total, one), -total.left)):
            at, same = total.it.at, total.it.subject == one.it.subject and total in near
            if total.contains(one) and (same or at in reached or not reached):
                reach = reached.get(at, 0) + one.it.value
                if reach <= total.it.value * (1 + _SLACK):
                    found[one.it.at], reached[at] = at, reach
                break
    return found


def _run(words: Words, numbers: Sequence[_Number]) -> Sequence[_Number]:
    """Return the last of some numbers with those before it that one list joins: 58 lớp với 624 học viên."""
    for index in range(len(numbers) - 1, 0, -1):
        between = words.spelled[numbers[index - 1].right : numbers[index].left]
        if not {",", ";"}.isdisjoint(between) and between[-1] not in _GOES_ON:
            return numbers[index:]
    return numbers


def _same_noun(words: Words, one: _Number, other: _Number) -> bool:
    """Return whether two numbers stand before the same word; what has no subject of its own is told apart so."""
    same = words.spelled[one.right : one.right + 1] == words.spelled[other.right : other.right + 1]
    return same or one.it.subject != "other"


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
        if total.grade and one.grade not in (None, total.grade):
            break
        if one.unit != total.unit or prizes or known.get(one.at, total.at) != total.at:
            continue
        if part.sentence - last > (_FURTHEST if led else 1):
            break
        if not led and (one.subject, one.status) != (total.subject, total.status):
            continue
        graded = one.grade is not None and total.grade is None
        if not led and part.sentence != whole.sentence and not (part.mark or graded):
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
    start = _begins(words, one.clause[0], one.left)
    stop = min(one.clause[1], one.right + _LONGEST_LEAD)
    return bool(phrases.first(words, start, one.left) or phrases.first(words, one.right, stop))
