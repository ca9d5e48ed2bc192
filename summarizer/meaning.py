"""What a number counts, read by the taxonomy's table from the words around it.

A Vietnamese count stands before its noun (`02 chi bộ`), so the noun right behind the number decides. Where
none stands there the table looks at the number just before in the same sentence (`351/467 trường …, tỉ lệ
75,2%`), at the noun to the left (`Tổng số học sinh: 744`), and at the topic of the sentence (học lực). Only
the first is `firm`; the others are what the model is asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from summarizer.folding import Word, Words, fold_words
from summarizer.numbers import Number
from summarizer.schemas.report import Grade, Subject, Unit
from summarizer.schemas.taxonomy import GRADED, Lexicon, Match, V, taxonomy

__all__ = ("BREAKS", "Clause", "Meaning", "grade_of", "is_pronoun", "read_meaning", "subject_of")

BREAKS = frozenset(";.!?")
"""Marks that end what a number can be about."""
_SOFT_BREAKS = frozenset(',;.:!?()"')
_STOPS = frozenset(".!?")
_PEOPLE: frozenset[Subject] = frozenset(("staff", "party_member", "union_member", "learner", "individual"))
_NO_NOUNS = frozenset(
    word
    for line in (
        "đạt chiếm là và có gồm tăng giảm so với trong ngoài được đã đang sẽ tại ở của cho từ đến tới trên dưới",
        "thì còn xếp cùng theo để nhằm do bởi vào ra lên xuống trở này đó kia nọ khi nếu mà nên hoặc hay như",
        "bằng cao thấp hơn kém vượt bao tương nhưng song tuy rồi nữa đều cũng vẫn không chưa chỉ mỗi một",
        "chính dự nhất nhì ba kk giỏi khá tốt trung yếu xuất cấp loại",
    )
    for word in line.split()
)
"""Function words and ratings: behind a number they leave its noun to be found elsewhere."""
_PARTS = frozenset((",", ";", ":", ")", "(", "và"))
_LONGEST_GAP = 12
"""Words between a noun and its grade, at most (`chi bộ được cấp trên đánh giá, xếp loại …`)."""
_LONGEST_COUNTED = 16
_LONGEST_ASIDE = 6
_LONGEST_REACH = 14
"""Words between a number and the noun to its left, or the number it goes with, at most."""
_AIMED_AT = frozenset(("phấn", "nhằm", "để", "nhờ", "góp", "quyết", "nỗ"))
"""Words that say the grade behind them is aimed at, not given (phấn đấu, nhằm, để, góp phần, quyết tâm)."""
_LONGEST_MEMORY = 160
"""Words in front of a đồng chí in which a party or a union that it belongs to is looked for, at most."""
_LINKS = frozenset(
    (
        *':-,("',
        "là",
        "có",
        "gồm",
        "được",
        "đạt",
        "cho",
        "với",
        "loại",
        "mức",
        "đối",
        "tổng",
        "số",
        "chiếm",
        "tỉ",
        "lệ",
    )
)
"""Words that may stand between a grade or a noun and the number behind it (`Hoàn thành tốt: 5`)."""
_AND = frozenset((",", "và", "cùng", "từ", "trên", "gần", "hơn"))
"""Words between a noun and the next number where one grade is said for both."""
_RATES = frozenset(("tỉ", "chiếm", "đạt", "bằng", "tương", "là", "(", "-", "="))
"""Words that lead from a count to its percentage (tỉ lệ, chiếm, đạt, tương đương)."""
_SHORT_FOR = frozenset(
    (
        "vi",
        "đạt",
        "được",
        "bị",
        *fold_words("hoàn"),
        "thuộc",
        "so",
        "chưa",
        "không",
        "còn",
        "trong",
        "có",
        "xếp",
        "đã",
        *_SOFT_BREAKS,
    )
)
"""Words and marks behind a noun that go on with what it does, so that the noun has no name of its own."""
_SEXES = frozenset(("nữ", "nam"))
_RANKED = frozenset(("loại", "đạt", "được"))
"""Words behind a number of a list that say how its item ranked (`05 đề tài loại xuất sắc, 08 loại tốt`)."""
_SHARED: frozenset[Subject] = frozenset(("learner", "award", "class", "staff", "party_member"))
"""Subjects that are said once for a list of numbers (`đại học 41, cao đẳng 3`)."""
_WHOLE = 100
"""Per cent: more than that can only be a share of a plan, or growth."""
_GROWTH = frozenset(("tăng", "giảm", "vượt"))
_DANGLING = frozenset(("và", "với", "cùng", "của", "cho", "là", "có", "tại", "trong", "gồm", "hoặc"))
"""Words that a phrase does not end with."""
_SHARE_OF = frozenset(("chiếm", "bằng", "tương", "lệ"))
_SHARE = _SHARE_OF | {"đạt", "đương", "ứng", "tỉ", "là", "gần", "trên", "hơn", "khoảng"}
"""Words that lead to the share a count is of all (chiếm tỷ lệ, tương đương, đạt)."""
_UNDER = frozenset(("trực", "thuộc"))
_OF_ALL = (["trong", "số"], ["trong", "tổng", "số"], ["trên", "tổng", "số"])
"""Words between a part and the whole it is of."""
_BOUNDED = (["trở", "lên"], ["trở", "xuống"])
"""Words between a number and its noun (`90% trở lên đảng viên`)."""
_COMPLETED = [*fold_words("hoàn thành:")]
_BARE: tuple[tuple[list[str], Grade], ...] = (
    (["xuất", "sắc"], "excellent"),
    (["tốt"], "good"),
    ([*fold_words("hoàn thành")], "completed"),
)
"""Bare words for a grade, in a list that is headed as a rating."""
_LONGEST_LINK = 3
_LONGEST_HEADING = 32
"""Words between a heading's noun and the first number of the list under it, at most."""
_RATED = frozenset(("được", "đánh", "giá", "xếp", "loại", "đạt", "mức", "là", "bị"))
"""Words that may stand between a number and the grade in its noun's place."""
_PREPARED = frozenset(("đối", "thức", "cảm", "lớp", "dưỡng", "thiệu"))
"""Words of a class for those who may be admitted (đối tượng kết nạp Đảng, nhận thức về Đảng, cảm tình Đảng)."""
_PRESENT = frozenset(("mặt", "vắng", "dự", "họp"))
"""Words before a number of those who came (có mặt, vắng, tham dự)."""
_HEADS = frozenset(("số", "lệ", "tổng", "lượng", "về", "loại"))
"""Words in front of a noun that make it what the numbers behind it count (số, tỉ lệ, chất lượng)."""


@dataclass(frozen=True, slots=True)
class Clause:
    """The words `start` to `stop` (indexes into the article's words) that one sentence spans."""

    start: int
    stop: int


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a number counts: subject, grade, and the words that say so, as a span in the article's text.

    `firm` where the noun stands right behind the number; `known` where a row of the table names that noun.
    """

    subject: Subject
    grade: Grade | None
    at: int
    end: int
    firm: bool
    known: bool = True


@dataclass(frozen=True, slots=True)
class _Noun:
    start: int
    stop: int
    subject: Subject
    firm: bool = False
    headed: bool = False


class _Scope:
    """The words that one number of a sentence can be about."""

    def __init__(self, words: Words, clause: Clause, numbers: Sequence[Number], index: int) -> None:
        self.words, self.items = words, words.items
        self.number = numbers[index]
        self.before = numbers[index - 1] if index else None
        self.left = words.first_from(self.number.at)
        self.right = words.first_from(self.number.tail)
        self.floor = max(clause.start, words.first_from(self.before.tail) if self.before else 0)
        self.clause = clause
        self.next: int | None = None
        self.later: Number | None = None
        self.following: Callable[[], Meaning] | None = None
        self.stop = clause.stop
        for following in range(index + 1, len(numbers)):
            later = numbers[following]
            at = words.first_from(later.at)
            if at >= clause.stop:
                break
            if not self._is_aside(later, at):
                self.next = self.stop = at
                self.later = later
                self.following = partial(read_meaning, words, clause, numbers, following, None)
                break
        for i in range(self.right, self.stop):
            if self.items[i].form in BREAKS:
                self.stop = i
                self.next = self.following = None
                break

    def forms(self, start: int, stop: int) -> list[str]:
        return [word.form for word in self.items[start:stop]]

    def _is_aside(self, later: Number, at: int) -> bool:
        """Return whether a later number only says how large a share this one is, or the other way round.

        `12 chi bộ (80%) …`, `12 chi bộ, chiếm 80%, …`, `80% chi bộ (12 chi bộ) …`: what follows is of this one.
        """
        first = at
        while first > self.right and self.items[first - 1].form in _SHARE:
            first -= 1
        mark = self.items[first - 1].form
        if later.unit != "percent":
            inside = mark == "(" and self.number.unit == "percent" and later.unit == "count"
            return inside and "(" not in self.forms(self.right, first - 1)
        said = _SHARE_OF.intersection(self.forms(first, at))
        return (
            mark == "("
            or (mark in ("-", "=") and first - 1 > self.right)
            or (first < at and (mark == "," or bool(said)))
        )


def read_meaning(
    words: Words,
    clause: Clause,
    numbers: Sequence[Number],
    index: int,
    before: Meaning | None,
    earlier: Meaning | None = None,
) -> Meaning:
    """Return what `numbers[index]` counts.

    `numbers` are the article's candidates in order, `clause` the sentence the number stands in, `before` the
    meaning of the previous candidate of the same sentence, None if there is none; `earlier` that of the previous
    candidate of the sentence right before, where this one is its sentence's first.
    """
    scope = _Scope(words, clause, numbers, index)
    if scope.number.unit == "money":
        return _meaning(scope, "money", None, scope.right, scope.right, firm=True)
    aimed = scope.number.unit == "percent" and taxonomy().topics.at(scope.items, scope.right, scope.stop)
    if aimed and aimed.value == "other":
        compared = scope.items[aimed.start].form == "so"
        whole = _noun_behind(scope.items, aimed.stop, scope.stop) if compared else None
        if whole and scope.forms(aimed.stop, aimed.stop + 2) == ["tổng", "số"]:
            return _graded(scope, whole)
        if compared and before and scope.before and scope.before.unit == "percent":
            return Meaning(before.subject, before.grade, before.at, before.end, firm=False)
        return _meaning(scope, "other", None, aimed.start, aimed.stop, firm=True)
    if scope.following and scope.next is not None and scope.forms(scope.right, scope.next) in _OF_ALL:
        return _part_of(_Scope(words, clause, numbers, index + 1), scope.following())
    opened = scope.right + (scope.forms(scope.right, scope.right + 1) == ['"'])
    opened += 2 * (scope.forms(opened, opened + 2) in _BOUNDED)
    noun = _noun_behind(scope.items, opened, scope.stop)
    if noun is None and scope.following and scope.next is not None and scope.next - scope.right <= 1:
        ahead = scope.following()
        if ahead.firm:
            return ahead
    if noun:
        return _graded(scope, _named(scope, _told_before(scope, noun), before))
    if graded := _graded_alone(scope, opened, before or earlier):
        return graded
    if scope.number.unit == "count" and _names_a_thing(scope):
        named = _meaning(scope, "other", None, opened, opened, firm=False)
        return Meaning("other", None, named.at, named.end, firm=False, known=False)
    return _meaning_from_left(scope, before, earlier)


def _part_of(whole: _Scope, meaning: Meaning) -> Meaning:
    """Return the meaning of a part of the `whole`, in its words (`3 trong tổng số 14 chi bộ hoàn thành tốt`)."""
    start = whole.words.first_from(meaning.at)
    stop = whole.words.first_from(meaning.end)
    noun = _Noun(start, start + 1, meaning.subject)
    behind = _grade_behind(whole, noun, start, led=False) if meaning.subject in GRADED else None
    return _meaning(
        whole,
        meaning.subject,
        behind.value if behind else None,
        start,
        behind.stop if behind else stop,
        firm=False,
    )


def subject_of(words: Words, unit: Unit = "count") -> Subject | None:
    """Return the subject of a phrase that names what is counted: its first noun in the table.

    An amount of money is money whatever it is for. What a percentage is of can be a plan or a target (`100% kế
    hoạch`), which then is no document.
    """
    if unit == "money":
        return "money"
    aimed = taxonomy().topics.at(words.items, 0, len(words)) if unit == "percent" else None
    if aimed and aimed.value == "other":
        return "other"
    noun = _noun_behind(words.items, 0, len(words))
    return noun.subject if noun else None


def grade_of(words: Words) -> Grade | None:
    """Return the grade a phrase names, the last of several (`đủ tư cách, hoàn thành tốt`)."""
    last = _last(taxonomy().grades, words.items, 0, len(words))
    return last.value if last else None


def is_pronoun(words: Words) -> bool:
    """Return whether a phrase begins with a word that stands for another noun (đồng chí, người)."""
    table = taxonomy()
    return any(lexicon.at(words.items, 0, len(words)) for lexicon in (table.comrades, table.persons))


def _noun_behind(items: Sequence[Word], start: int, stop: int) -> _Noun | None:
    """Return the noun that begins at word `start`, past words that stand before a counted noun."""
    table = taxonomy()
    found = table.subjects.at(items, start, stop)
    comrade = table.comrades.at(items, start, stop)
    skipped = table.classifiers.at(items, start, stop) or comrade
    if skipped and (found is None or found.stop <= skipped.stop):
        later = _noun_behind(items, skipped.stop, stop)
        if later and later.firm and (not comrade or later.subject in _PEOPLE):
            return _Noun(start, later.stop, later.subject, firm=True)
    if comrade and (found is None or found.stop <= comrade.stop):
        return _Noun(start, comrade.stop, "individual", firm=True)
    return _Noun(start, found.stop, found.value, firm=True) if found else None


def _names_a_thing(scope: _Scope) -> bool:
    """Return whether a word stands right behind the number that may be a noun, though no row has it."""
    form = scope.items[scope.right].form if scope.right < scope.stop else ""
    return form.isalpha() and form not in _NO_NOUNS


def _told_before(scope: _Scope, noun: _Noun) -> _Noun:
    """Return the noun with the subject of a longer one before it in the sentence that it is short for.

    `hơn 3.000 tổ chức đảng …, phát hiện 4 tổ chức vi phạm`: only where nothing behind it makes it another.
    """
    aside = scope.forms(scope.left - 1, scope.left) == ["("]
    if noun.stop < scope.stop and not aside and scope.items[noun.stop].form not in _SHORT_FOR:
        return noun
    short = scope.forms(noun.start, noun.stop)
    for match in taxonomy().subjects.find(scope.items, scope.clause.start, scope.left):
        longer = match.stop - match.start > len(short)
        if longer and scope.forms(match.start, match.start + len(short)) == short:
            noun = _Noun(noun.start, noun.stop, match.value, noun.firm)
    return noun


def _named(scope: _Scope, noun: _Noun, before: Meaning | None) -> _Noun:
    """Return the noun with the subject that its heading or sentence gives it, if it is one that waits for that.

    A `người` is what its sentence counts (`số hội viên là 788 người`). A đồng chí or ủy viên is that too, else a
    party member where the nearest body named is one of the party (GOLD.md), its own words first.
    """
    table = taxonomy()
    words = scope.items
    admitted = table.admitted.at(words, noun.start, noun.stop)
    if admitted and _is_admitted(scope, admitted.stop):
        return _Noun(noun.start, noun.stop, "party_member", firm=True)
    person = table.persons.at(words, noun.start, noun.stop)
    comrade = table.comrades.at(words, noun.start, noun.stop)
    if comrade and "nạp" in scope.forms(noun.stop, min(scope.stop, noun.stop + 4)):
        return _Noun(noun.start, noun.stop, "party_member", firm=True)
    if not (person and person.stop == noun.stop) and not (comrade and comrade.stop == noun.stop):
        return noun
    if person and before and scope.forms(scope.left - 1, scope.left) == ["("]:
        aside = scope.floor == scope.left - 1
        if aside or (before.subject in _PEOPLE and scope.left - scope.floor <= _LONGEST_ASIDE):
            return _Noun(noun.start, noun.stop, before.subject)
    heading = _noun_before(scope, scope.floor if person else scope.clause.start)
    if heading and heading.subject in ("staff", "party_member", "union_member", "learner"):
        linked = _is_link(scope.forms(heading.stop, scope.left))
        if linked or (comrade and heading.headed) or (person and heading.headed):
            return _Noun(noun.start, noun.stop, heading.subject, firm=linked)
    sex = bool(_SEXES.issuperset(scope.forms(noun.start, noun.stop)))
    if sex and before and before.subject in _PEOPLE and scope.left - scope.floor <= _LONGEST_ASIDE:
        return _Noun(noun.start, noun.stop, before.subject)
    if person:
        return noun
    behind = next(table.sides.find(words, noun.stop, min(scope.stop, noun.stop + 8)), None)
    if behind is None and before and before.subject in _PEOPLE and _is_comrade(scope, before):
        return _Noun(noun.start, noun.stop, before.subject)
    if "biểu" in scope.forms(max(scope.floor, scope.left - 2 * _LONGEST_ASIDE), scope.left):
        return _Noun(noun.start, noun.stop, "individual", noun.firm)
    side = behind or _last(table.sides, words, max(0, scope.left - _LONGEST_MEMORY), scope.left)
    if side is None:
        side = next(
            table.sides.find(words, noun.stop, min(len(words), noun.stop + _LONGEST_HEADING * 2)), None
        )
    if side and side.value == "party":
        return _Noun(noun.start, noun.stop, "party_member", firm=side is behind)
    return _Noun(noun.start, noun.stop, "individual", noun.firm)


def _is_admitted(scope: _Scope, stop: int) -> bool:
    """Return whether those named up to word `stop` are admitted, and not only prepared for it."""
    before = scope.forms(max(0, scope.left - _LONGEST_LINK), scope.left)
    behind = scope.forms(stop, min(scope.stop, stop + _LONGEST_ASIDE))
    behind = behind[: behind.index(",")] if "," in behind else behind
    led = scope.forms(max(0, scope.left - 8), scope.left)
    if "nạp" in before and "cho" not in before:
        return True
    return ("nạp" in behind or "nạp" in led) and not _PREPARED.intersection(led)


def _is_comrade(scope: _Scope, meaning: Meaning) -> bool:
    """Return whether the words of an earlier meaning begin with a đồng chí."""
    start = scope.words.first_from(meaning.at)
    return taxonomy().comrades.at(scope.items, start, scope.left) is not None


def _graded_alone(scope: _Scope, start: int, before: Meaning | None) -> Meaning | None:
    """Return the meaning of a number with a grade in its noun's place (`…, 20/29 hoàn thành tốt nhiệm vụ`).

    It counts what the number before it counts, else what its sentence names.
    """
    grade = next(taxonomy().grades.find(scope.items, start, min(scope.stop, start + _LONGEST_GAP)), None)
    if grade is None or not _RATED.issuperset(scope.forms(start, grade.start)):
        return None
    own = _noun_before(scope, scope.floor)
    headed = own is not None and scope.forms(own.stop, scope.left) == [":"]
    subject = own.subject if own and headed else before.subject if before else None
    if subject not in GRADED:
        left = _noun_before(scope, scope.clause.start)
        subject = left.subject if left else None
    if subject not in GRADED:
        return None
    noun = _Noun(start, start, subject)
    behind = _grade_behind(scope, noun, start, led=False)
    if behind is None:
        return None
    return _meaning(scope, subject, behind.value, start, behind.stop, firm=False, whole=True)


def _meaning_from_left(scope: _Scope, before: Meaning | None, earlier: Meaning | None) -> Meaning:
    """Return the meaning of a number with no noun behind it."""
    percent = scope.number.unit == "percent"
    left = _noun_before(scope, scope.floor)
    gap = scope.forms(scope.floor, scope.left)
    share = percent and gap[-2:] == ["tỉ", "lệ"] and ";" not in gap
    chained = scope.before is not None and scope.before.unit == "percent"
    reach = 2 * _LONGEST_REACH if share or (percent and chained) else _LONGEST_REACH
    goes_with = before is not None and len(gap) <= reach and not _STOPS.intersection(gap)
    if before and gap[-3:] == ["(", "chỉ", "tiêu"]:
        return Meaning(before.subject, None, before.at, before.end, firm=False)
    topic = _last(taxonomy().topics, scope.items, scope.floor, scope.left)
    if topic and topic.value != "other" and not left and before and topic.value != before.subject:
        return _meaning(scope, topic.value, None, topic.start, topic.stop, firm=False)
    own = left is not None and gap[-1:] == ["đạt"] and _opens_clause(scope, left)
    if before and goes_with and not (left and left.headed) and not own and before.subject != "money":
        grade = _grade_before(scope)
        if percent and scope.number.value > _WHOLE and not _GROWTH.intersection(gap[-3:]):
            return _meaning(scope, "other", None, scope.right, scope.right, firm=False)
        if percent and (_RATES.intersection(gap) or chained):
            grade = grade if before.subject in GRADED and grade else before.grade
            return Meaning(before.subject, grade, before.at, before.end, firm=False)
        ranked = "," in gap and scope.forms(scope.right, scope.right + 1)[:1] in [[word] for word in _RANKED]
        sexed = before.subject in _PEOPLE and bool(_SEXES.intersection(gap[-2:]))
        goes_on = (
            before.subject in _SHARED
            or sexed
            or (grade and before.subject in GRADED)
            or _lists(gap)
            or ranked
        )
        if goes_on and (not left or ranked):
            return Meaning(before.subject, grade, before.at, before.end, firm=False)
    if left:
        return _graded(scope, left)
    grade = _grade_before(scope)
    if earlier and (
        (grade and earlier.subject in GRADED)
        or (earlier.subject in _PEOPLE and _PRESENT.intersection(gap[-3:]))
    ):
        return Meaning(earlier.subject, grade, earlier.at, earlier.end, firm=False)
    if grade and (above := _noun_above(scope)):
        return _meaning(scope, above.value, grade, above.start, above.stop, firm=False)
    topic = _last(taxonomy().topics, scope.items, scope.clause.start, scope.left)
    if topic:
        return _meaning(scope, topic.value, None, topic.start, topic.stop, firm=False)
    right = _meaning(scope, "other", None, scope.right, scope.right, firm=False)
    return Meaning(right.subject, None, right.at, right.end, firm=False, known=False)


def _noun_above(scope: _Scope) -> Match[Subject] | None:
    """Return the noun that a list of grades stands under (`Xếp loại đảng viên: … Hoàn thành tốt nhiệm vụ: 20`)."""
    start = max(0, scope.left - _LONGEST_HEADING)
    named = taxonomy().subjects.find(scope.items, start, scope.left)
    return next((match for match in reversed(list(named)) if match.value in GRADED), None)


def _opens_clause(scope: _Scope, noun: _Noun) -> bool:
    """Return whether a noun begins a clause behind another number (`96 lượt; đảng viên dự họp đạt 96%`)."""
    return (
        noun.subject in _PEOPLE
        and scope.items[noun.start - 1].form in (",", ";")
        and scope.floor < noun.start
    )


def _lists(gap: Sequence[str]) -> bool:
    """Return whether the words before a number only go on with a list (`phát ra 37 phiếu, hợp lệ 37`)."""
    return gap[:1] == [","] and len(gap) <= _LONGEST_LINK


def _noun_before(scope: _Scope, floor: int) -> _Noun | None:
    """Return the nearest noun to the left that the number can be about.

    One syllable alone is too often part of another word (`cụ` in `cụ thể`): it needs a head such as `số`. What
    is behind a headed noun belongs to it (`tổng số đảng viên của Đảng bộ là 245`), as does what it is under.
    """
    found = None
    for match in taxonomy().subjects.find(scope.items, max(floor, scope.left - _LONGEST_REACH), scope.left):
        near = scope.forms(max(floor, match.start - 3), match.start)
        rate = match.start - len(near) + near.index("lệ") if "lệ" in near else None
        headed = near[-1:] != [] and near[-1] in _HEADS
        headed = headed or (rate is not None and (found is None or found.stop <= rate))
        if found and not headed and (found.headed or _UNDER.issuperset(scope.forms(found.stop, match.start))):
            continue
        if found and found.subject in _PEOPLE and scope.forms(found.stop, match.start) == ["là"]:
            # "đảng viên là học sinh: 12" counts party members.
            found = _Noun(found.start, match.stop, found.subject, headed=found.headed)
        elif headed or match.stop - match.start > 1:
            found = _Noun(match.start, match.stop, match.value, headed=headed)
    return found


def _graded(scope: _Scope, noun: _Noun) -> Meaning:
    if noun.subject not in GRADED:
        return _meaning(scope, noun.subject, None, noun.start, noun.stop, firm=noun.firm)
    if scope.before and scope.forms(scope.floor, scope.left) in _OF_ALL:
        return _meaning(scope, noun.subject, None, noun.start, noun.stop, firm=noun.firm)
    before = _grade_before(scope)
    start = noun.stop if noun.start >= scope.right else scope.right
    behind = _grade_behind(scope, noun, start, led=before is not None)
    if behind:
        return _meaning(
            scope, noun.subject, behind.value, noun.start, behind.stop, firm=noun.firm, whole=True
        )
    if before is None:
        before = _grade_shared(scope, noun)
    if before is None and noun.start < scope.right:
        own = next(taxonomy().grades.find(scope.items, noun.stop, scope.left), None)
        before = own.value if own else None
    return _meaning(scope, noun.subject, before, noun.start, noun.stop, firm=noun.firm)


def _grade_behind(scope: _Scope, noun: _Noun, start: int, *, led: bool) -> Match[Grade] | None:
    """Return the grade behind word `start`, unless it leads to the next number (`…, hoàn thành tốt: 12`).

    `led` says that a grade stands before this number already.
    """
    found = None
    for match in taxonomy().grades.find(scope.items, start, scope.stop):
        gap = scope.forms(found.stop if found else start, match.start)
        if (
            len(gap) > _LONGEST_GAP
            or _AIMED_AT.intersection(gap)
            or _is_another(scope, noun, start, match.start)
        ):
            break
        if scope.next is not None and _leads(scope.forms(match.stop, scope.next)) and ("," in gap or led):
            break
        if found and len(gap) > 2:
            break
        found = match
    return found


def _is_another(scope: _Scope, noun: _Noun, start: int, stop: int) -> bool:
    """Return whether the words go on to someone else (`12 đảng viên, không có chi bộ yếu kém`).

    A list of nouns (`cán bộ, đảng viên`) is one.
    """
    commas = [i for i in range(start, stop) if scope.items[i].form == ","]
    if not commas:
        return False
    own = scope.forms(noun.start, noun.stop)
    if own and any(
        scope.forms(i, i + len(own)) == own and scope.items[i - 1].form != "số"
        for i in range(commas[0], stop)
    ):
        return True
    named = taxonomy().subjects.find(scope.items, commas[0], stop)
    return any(
        match.value in GRADED
        and match.stop - match.start > 1
        and match.start - 1 not in commas
        and scope.items[match.start - 1].form != "số"
        for match in named
    )


def _grade_shared(scope: _Scope, noun: _Noun) -> Grade | None:
    """Return the grade that is said once for this number and the next (`02 chi bộ, 20 đảng viên hoàn thành …`)."""
    if scope.next is None or scope.following is None or scope.forms(scope.left - 1, scope.left) == ["nạp"]:
        return None
    if scope.later is not None and scope.later.unit != scope.number.unit:
        return None
    if noun.start < scope.right or any(form not in _AND for form in scope.forms(noun.stop, scope.next)):
        return None
    ahead = scope.following()
    # "15 đảng viên, 3 đồng chí hoàn thành tốt": the first is the whole.
    return ahead.grade if ahead.firm and ahead.subject != noun.subject else None


def _grade_before(scope: _Scope) -> Grade | None:
    """Return the grade that leads to the number (`Hoàn thành xuất sắc nhiệm vụ: 5 đảng viên`).

    In a list of grades a bare `hoàn thành: 2` is one too.
    """
    label = scope.forms(max(scope.floor, scope.left - 3), scope.left)
    if scope.floor > scope.clause.start and (label == _COMPLETED or label[-2:] == _COMPLETED[:2]):
        return "completed"
    found = _last(taxonomy().grades, scope.items, scope.floor, scope.left)
    if found is None or not _leads(scope.forms(found.stop, scope.left)):
        return _bare_grade(scope)
    behind_another = scope.floor > scope.clause.start
    if behind_another and not _PARTS.intersection(scope.forms(scope.floor, found.start)):
        return None
    return found.value


def _bare_grade(scope: _Scope) -> Grade | None:
    """Return the grade that a bare word is in a rating (`Xếp loại đảng viên: xuất sắc 5, tốt 20`)."""
    start = max(scope.floor, scope.left - _LONGEST_LINK - 2)
    words = scope.forms(start, scope.left)
    while words and words[-1] in (":", "loại", "mức", "là", "có"):
        words.pop()
    grade = next((grade for bare, grade in _BARE if words[-len(bare) :] == bare), None)
    if grade is None:
        return None
    above = scope.forms(max(0, scope.left - _LONGEST_HEADING), scope.left)
    rated = any(one in ("xếp", "phân", "về") for one in above) and _noun_above(scope) is not None
    pupils = taxonomy().topics.find(scope.items, max(0, scope.left - _LONGEST_HEADING), scope.left)
    return grade if rated and not any(match.value == "learner" for match in pupils) else None


def _last(lexicon: Lexicon[V], items: Sequence[Word], start: int, stop: int) -> Match[V] | None:
    return next(reversed(list(lexicon.find(items, start, stop))), None)


def _is_link(forms: Sequence[str]) -> bool:
    return len(forms) <= 4 and all(form in _LINKS for form in forms)


def _leads(forms: Sequence[str]) -> bool:
    """Return whether a grade leads to the number behind these words; a comma or semicolon closes its own item."""
    return "," not in forms and ";" not in forms and _is_link(forms)


def _meaning(
    scope: _Scope,
    subject: Subject,
    grade: Grade | None,
    start: int,
    stop: int,
    *,
    firm: bool,
    whole: bool = False,
) -> Meaning:
    """Return the meaning with its words: from word `start` on, `stop` at least, to where the phrase ends."""
    end = stop
    if start >= scope.right and not whole:
        limit = min(scope.stop, start + _LONGEST_COUNTED)
        while end < limit and scope.items[end].form not in _SOFT_BREAKS:
            end += 1
    if scope.forms(start, end).count('"') % 2 and scope.forms(end, end + 1) == ['"']:
        end += 1
    while end > max(stop, start + 1) and scope.items[end - 1].form in _DANGLING:
        end -= 1
    if end <= start:
        return Meaning(subject, grade, scope.number.at, scope.number.end, firm)
    return Meaning(subject, grade, scope.items[start].at, scope.items[end - 1].end, firm)
