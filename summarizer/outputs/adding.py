"""Adding: what the words around a number say of whether it may be added to others."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property
from itertools import combinations, pairwise

from summarizer.article.normalize import Normalized, normalize
from summarizer.article.phrases import Lists, cue, word_cue
from summarizer.schemas.report import Count

_LISTS = Lists("summarizer.outputs", "sums")
_AVERAGE = word_cue(r"{average}", **_LISTS)
_EACH = cue(
    r"(?:(?:^|[;:.])\W*(?:\d+\W+)?mỗi(?!\w)[^;:.]*|(?<!\w)mỗi(?!\w)[^\d,;:.]*(?:\d+\s*(?:-|đến)\s*)?)$"
)
_RATE = cue(r"^(?:-\s*\d+)?(?:\s*\w+){0,5}\s*/\s*{per}", **_LISTS)
_MIXED = cue(r"^(?:lượt\s+)?{mixed}", **_LISTS)
_UNNAMED = cue(r"^\W*{unnamed}\W*$", **_LISTS)
_ONE_OF = word_cue(r"{one_of}\s*$", **_LISTS)
_AMONG = cue(r"(?:^|[;:.])[^\d;:.]*[^\W\d][^\d;:.]*\s{among}\s*$", **_LISTS)
_SIBLING = cue(r"^\w+(?: \w+)? bạn(?: (?:trong|của|thuộc|trên)(?!\w)|\s*$)")
_EXAMPLE = word_cue(r"{example}", **_LISTS)
_OF_PERSON = word_cue(r"{person}((?: \w+){2,5}?) {achieves} (?:\d[^;.]*)?$", **_LISTS)
_AREA_WITHIN = cue(r"^{area} (?:trong|thuộc|của|trên địa bàn) (?:toàn )?({area})(?!\w)", **_LISTS)
_WIDER = [
    (
        cue(rf"(?:^|[,;:.]\s*)({{{whole}}})[^\d,;:.]*(?:\d+ (?:tháng|năm)[^\d,;:.]*)?$", **_LISTS),
        word_cue(f"{{{below}}}", **_LISTS),
    )
    for whole, below in (("nation", "in_nation"), ("province", "in_province"), ("district", "in_district"))
]
"""What leads to the figure of a wider area, and what the name of a body has that is within it."""
_ALTERNATE = word_cue(r"{alternate}", **_LISTS)
_LEVEL = word_cue(r"{level}", **_LISTS)
_RANK = word_cue(r"{rank}", **_LISTS)
_SORT = cue(r"^{sort}(?!\w)", **_LISTS)
_CONTEST = word_cue(r"(?P<several>(?:{several}|\d+)\s+)?{contest}[^,;:.()]*?(?=[,;:.()]|{has}|$)", **_LISTS)
_CLASS = cue(r"(?<!\w)lớp \d+(?!\w)")
_CLAUSE_END = re.compile(r"[,;:]")
_WORD = re.compile(r"\w+")
_ITEM = re.compile(r"[,;()\n]|(?<!\w)và(?!\w)")
_FROM = cue(r"(?<!\w)từ(?: \w+)?\s*$")
_TO = cue(r"^(?:\s*%|\s+\w+){0,5}?\s+{becomes}(?: \w+)?\s+\d", **_LISTS)
_YEARS = cue(r"^[^,;.:]*?(?<!\w)(?:\d+|hai|ba|bốn|năm|nhiều) năm {running}(?!\w)", **_LISTS)
_ALL = cue(r"(?<!\w){all}(?P<on>(?:[ ,:/()\"'-]+\w+){0,12}?)[ ,:]*$", **_LISTS)
_HAS_ALL = cue(r"(?<!\w)(?<!hội\s){has_all}(?: \w+){0,7}? có\s*$", **_LISTS)
_OF_ALL = cue(r"(?P<on>(?: \w+){0,5}?) {of_all}(?! (?:các )?đảng (?:bộ|ủy))", **_LISTS)
_REPRESENTED = cue(r"(?<!\w){represents}(?P<on>(?: \w+){0,8}?)\s*$", **_LISTS)
_RAISED = cue(r"(?<!\w){raises}(?P<on>(?: \w+){0,12}?)\s*$", **_LISTS)
_TOTAL_ROW = cue(r"^\W*{total_row}\s*:?\s*\|", **_LISTS)
_NARROWED = cue(r"(?<!\w){narrowed}", **_LISTS)
_ATTENDS = cue(r"(?<!\w){attends}", **_LISTS)
_PHRASE = re.compile(r"[\w\s]*")
_RATE_WITHIN = 60
"""Characters behind a number in which what it is a rate of is said."""
_ROOM = 200
"""Characters before and behind a number that are looked at."""
_SHARE_WITHIN = 60
"""Characters between a number and the percentage that is its share, at most."""
_ROUNDING = 1.0
"""Points by which a share may differ from what its number makes: one digit, cut or rounded."""
_COUNTED_WHOLE = frozenset(
    ("party_cell", "party_member", "staff", "learner", "union_member", "class", "school")
)
"""Subjects of which a body has a number in all, so that its other numbers are of these."""
_BODIES = frozenset(("party_organization", "party_cell", "collective", "school"))
"""Subjects of which a body may itself be one."""
_FRACTIONS_OF_ALL = frozenset(("party_cell", "party_member"))
"""Subjects of which a complete fraction is all that a body has (50/50 đảng viên)."""
_FURTHEST = 20
"""Characters between the sentences of numbers that one list holds, at most."""


class Context:
    """The words that a number stands among, each part normalized once, however much is asked of it."""

    def __init__(self, count: Count) -> None:
        self.count = count

    @cached_property
    def _split(self) -> tuple[str, str]:
        """What stands in the sentence before and behind the number, of a long one only what is near."""
        text, at = self.count.sentence.text, max(0, self.count.at - self.count.sentence.at)
        end = at + len(self.count.text)
        return text[max(0, at - _ROOM) : at], text[end : end + _ROOM]

    @cached_property
    def before(self) -> Normalized:
        """The words before the number."""
        return normalize(self._split[0])

    @cached_property
    def after(self) -> str:
        """The words behind the number."""
        return normalize(self._split[1]).text

    @cached_property
    def counted(self) -> str:
        """The words for what is counted."""
        return normalize(self.count.counted).text

    def is_average(self) -> bool:
        """Return whether a number is an average or a rate (75 triệu đồng/người, thu nhập bình quân)."""
        clause = _CLAUSE_END.split(self.before.text)[-1]
        each = _EACH.search(self.before.text)
        return bool(
            each or _AVERAGE.search(f"{clause} {self.counted}") or _RATE.match(self.after[:_RATE_WITHIN])
        )

    def is_earlier(self) -> bool:
        """Return whether a number is what another has become (tăng từ 51 lên 60): that of an earlier time."""
        return bool(_FROM.search(self.before.text) and _TO.match(self.after[:_RATE_WITHIN]))

    def is_of_years(self) -> bool:
        """Return whether a number is of several years (59 đảng viên hoàn thành xuất sắc 5 năm liền), not of one."""
        return bool(_YEARS.match(self.after))

    def is_of_others(self, organization: str | None) -> bool:
        """Return whether a number is another's than the body's: by what leads to it, or by the areas it counts.

        It counts what the body is one of (một trong 5 đơn vị), its siblings (8 chi bộ bạn), is an example's, areas
        within another (7 thôn trong xã) of which the body is not, or what a wider area has (`cả nước đạt 24 tỷ USD`
        of a province). Or it is what somebody named has, and what follows in the clause: `cô Lê Thị Sen có 7 giải, 2
        giải nhất`.
        """
        before, areas, name = (
            self.before,
            _AREA_WITHIN.match(self.counted),
            normalize(organization or "").text,
        )
        if areas is not None and areas[1] not in name:
            return True
        if self.count.subject in _BODIES and (_AMONG.search(before.text) or _SIBLING.match(self.counted)):
            return True
        if any(
            (wider := whole.search(before.text)) and wider[1].split()[-1] not in name and within.search(name)
            for whole, within in _WIDER
        ):
            return True
        return bool(_ONE_OF.search(before.text) or _EXAMPLE.search(before.text)) or any(
            all(before.is_upper(word.start()) for word in _WORD.finditer(before.text, *found.span(1)))
            for found in _OF_PERSON.finditer(before.text)
        )

    def is_of_all(self) -> bool:
        """Return whether words around a number say that it is all that a body has.

        They are before it (tổng số 342 đảng viên, chi bộ có 37 đảng viên, nâng tổng số lên 105), behind it, or begin
        its table row (Cộng).
        """
        count, before, following = self.count, self.before.text, _PHRASE.match(self.after)
        if count.subject not in ("money", "other") and (all_now := _RAISED.search(before)):
            return not self._is_narrowed(all_now["on"])
        if count.subject not in _COUNTED_WHOLE:
            return False
        if _TOTAL_ROW.match(before):
            return not self._is_narrowed(self.counted)
        phrase = following[0] if following else ""
        if of := _REPRESENTED.search(before):
            return not _NARROWED.search(f"{of['on']} {phrase}")  # the delegates attend
        lead, of = _ALL.search(before), _OF_ALL.match(self.after)
        has = phrase.strip() and _HAS_ALL.search(before)
        complete = count.subject in _FRACTIONS_OF_ALL and count.value == count.total
        clause = _CLAUSE_END.split(before)[-1]
        narrowing = (lead["on"] if lead else "", f"{clause} {of['on']}" if of else phrase)
        return bool(lead or has or of or complete) and not any(map(self._is_narrowed, narrowing))

    @staticmethod
    def _is_narrowed(words: str) -> bool:
        return bool(_NARROWED.search(words) or _ATTENDS.search(words))

    def sort(self) -> tuple[frozenset[str], ...]:
        """Return the level, the rank and the noun that a list's item says of its prizes or papers, if any."""
        item = f"{_ITEM.split(self.before.text)[-1]} {_ITEM.split(self.after)[0]}"
        return tuple(map(frozenset, (_LEVEL.findall(item), _RANK.findall(item), _SORT.findall(self.counted))))


def is_mixed(count: Count) -> bool:
    """Return whether a number counts bodies and people together (186 tập thể và cá nhân)."""
    return bool(_MIXED.match(normalize(count.counted).text))


def is_unnamed(count: Count) -> bool:
    """Return whether the words do not say who is counted (23/24 đ/c)."""
    return count.subject == "individual" and bool(_UNNAMED.match(normalize(count.counted).text))


def is_fraction_of(part: Count, whole: Count) -> bool:
    """Return whether a number is so many of another: 3/9 tổ công đoàn, of 9 tổ công đoàn."""
    nouns = {Context(count).counted.partition(" ")[0] for count in (part, whole)}
    return part.total == whole.value > part.value and len(nouns) == 1


def is_rewarded(count: Count) -> bool:
    """Return whether a number counts bodies or people whom somebody has rewarded."""
    return count.given_by is not None and count.subject in _LISTS["rewarded"]


def are_of_different_sorts(counts: Sequence[Count]) -> bool:
    """Return whether numbers are prizes or papers of one list, all of a level, a rank or a noun, no two alike.

    `47 giải cấp huyện; 6 giải cấp tỉnh` are 53 prizes; `53 giải, 6 giải cấp tỉnh` may be 53 or 59. `7 nghị quyết, 23
    kế hoạch` are 30 papers.
    """
    sorts = [Context(count).sort() for count in counts]
    apart = [
        after.sentence.at - (before.sentence.at + len(before.sentence.text))
        for before, after in pairwise(counts)
    ]
    return (
        all(count.subject in ("award", "document") for count in counts)
        and max(apart, default=0) <= _FURTHEST
        and len({tuple(map(bool, sort)) for sort in sorts}) == 1
        and any(sorts[0])
        and len({(count.part_of, sort) for count, sort in zip(counts, sorts, strict=True)}) == len(counts)
    )


def are_of_different_contests(groups: Sequence[Sequence[Count]]) -> bool:
    """Return whether sentences that follow each other tell the prizes of one contest each, no two of them alike.

    `Kỳ thi quốc gia có 41 giải. Thi học sinh giỏi lớp 12 có 978 giải.`: what is won in one is not won in the other.
    A contest is known by the level or class in its name; where that of one holds the other's, they may be the same.
    """
    sentences = [group[0].sentence for group in groups]
    near = all(
        after.at - (before.at + len(before.text)) <= _FURTHEST for before, after in pairwise(sentences)
    )
    if not near or any(count.subject != "award" for group in groups for count in group):
        return False
    names: list[frozenset[str]] = []
    for sentence in sentences:
        found = [*_CONTEST.finditer(normalize(sentence.text).text)]
        if len(found) != 1 or found[0]["several"]:
            return False
        names.append(frozenset((*_LEVEL.findall(found[0][0]), *_CLASS.findall(found[0][0]))))
    return all(one and other and not (one <= other or other <= one) for one, other in combinations(names, 2))


def are_members_and_alternates(counts: Sequence[Count]) -> bool:
    """Return whether two numbers of a sentence are of members and of their alternates (dự khuyết), who are others."""
    alternates = [bool(_ALTERNATE.search(normalize(count.counted).text)) for count in counts]
    return sorted(alternates) == [False, True] and len({count.sentence.at for count in counts}) == 1


def are_shares_of_one_whole(counts: Sequence[Count], every: Sequence[Count]) -> bool:
    """Return whether each number is followed by the percentage that it is of all of them together.

    `10 tiết = 22%, 28 tiết = 61%, 8 tiết = 17%` are 46 lessons. `every` are the counts of the report, in order.
    """
    followers = {count.at: after for count, after in pairwise(every)}
    whole = sum(count.value for count in counts)
    return len(counts) > 1 and all(
        (share := followers.get(count.at)) is not None
        and share.unit == "percent"
        and share.at - count.at <= _SHARE_WITHIN
        and abs(100 * count.value - share.value * whole) <= _ROUNDING * whole
        for count in counts
    )
