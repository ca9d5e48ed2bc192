"""Planning: which numbers are targets and which are results, by the words of their sentence (`status`).

A target says so before it in its sentence (phấn đấu) or a few words before (dự kiến). What stands under a heading of
plans, or goes on with what is asked for, is told apart with the sentences (`sections`).
"""

from __future__ import annotations

from itertools import pairwise

from summarizer.article.normalize import Words
from summarizer.article.phrases import Lists
from summarizer.schemas.offsets import TextOffset, TokenIndex
from summarizer.schemas.report import Status

_TABLE = Lists("summarizer.rules", "planning")
_STATUS = Lists("summarizer.rules", "status")
_AIMS, _NEAR_TARGETS, _DONE = (_STATUS.lexicon(name) for name in ("aim", "near", "done"))
_TIMES = _TABLE.lexicon("past", "asked")
_MEASURED, _SETS, _SET_BY, _NAMING, _STRIVES = (
    _TABLE.words(name) for name in ("measured", "sets", "set_by", "naming", "strives")
)
_STRIVEN_FOR = _TABLE.words("striven_for") | frozenset(",")
_ASIDES = _TABLE.phrases("asides")
_ADOPTS = _TABLE.phrases("adopts")
_ACCORDING, _REACHED = _TABLE.words("according"), _TABLE.words("reached") | frozenset("(")
_OPENS_PART, _PERCENT = frozenset(":;"), frozenset("%")
_TARGETS = (["chỉ", "tiêu"], ["mục", "tiêu"])
_SET, _OUT = (["đặt", "ra"], ["đề", "ra"]), frozenset({"ra"})

_NEAR, _FURTHEST = 14, 160
"""Words between dự kiến, or what a sentence aims at, and its number, at most; a text may have no stops."""
_STRIVEN = 6
"""Words between đã and a phấn đấu that tells of the past, at most (đã nỗ lực phấn đấu)."""
_BRACKET, _LONGEST_NUMBER = 8, 8
"""Words of a bracket before its number, and of a number, at most."""


def status_of(words: Words, at: TextOffset, clause: tuple[TokenIndex, TokenIndex]) -> Status:
    """Return the status of the number at offset `at` by the words before it; `clause` are those of its sentence."""
    stop = words.first_from(at)
    first = max(clause[0], stop - _FURTHEST)
    if _is_met_itself(words, stop):
        return "result"
    near = _NEAR_TARGETS.last(words, max(first, stop - _NEAR), stop)
    is_near = near and ";" not in words.spelled[near.stop : stop] and not _DONE.first(words, near.stop, stop)
    aimed = is_near or _sets_targets(words, first, stop) or _is_aimed_at(words, first, stop)
    planned = _is_planned_aside(words, stop) or _is_plan_itself(words, first, stop)
    return "target" if aimed or planned else "result"


def is_of_the_past(words: Words, start: TokenIndex, stop: TokenIndex) -> bool:
    """Return whether, of a sentence that asks for something, the words before a number tell what was done.

    The last cue decides: `từ việc đã kỷ luật 4 đảng viên, cần …` (having disciplined 4, it is needed to …).
    """
    last = _TIMES.last(words, start, stop)
    return last is not None and last.value == "past"


def _is_met_itself(words: Words, first: TokenIndex) -> bool:
    """Return whether the number at word `first` counts targets that were met or missed (`10/12 chỉ tiêu đạt`)."""
    last = min(len(words), first + _LONGEST_NUMBER)
    index = next((i for i in range(first, last) if words.spelled[i].isalpha()), last)
    tokens = words.spelled[index : index + 5]
    tokens = tokens[tokens[:1] == ["nhóm"] :]
    of_all = "/" in words.spelled[first:index]
    return tokens[:2] == ["chỉ", "tiêu"] and (of_all or not _MEASURED.isdisjoint(tokens[2:]))


def _is_planned_aside(words: Words, index: TokenIndex) -> bool:
    """Return whether a number's own bracket says how many were planned (`kết nạp 38 đảng viên (chỉ tiêu 35)`)."""
    tokens = words.spelled[max(0, index - _BRACKET) : index]
    if "(" not in tokens:
        return False
    opened = len(tokens) - tokens[::-1].index("(")
    inside, led = tokens[opened:], tokens[: opened - 1]
    if ")" not in inside and tuple(inside[:2]) in _ASIDES:
        return True
    if inside or "/" in words.spelled[index : index + 3]:
        return False
    while led and led[-1] in _SET_BY:
        led.pop()
    return tuple(led[-2:]) in _ASIDES or _is_share_of_plan(words, TokenIndex(index - 1))


def _is_share_of_plan(words: Words, stop: TokenIndex) -> bool:
    """Return whether words up to `stop` say what share of a plan was reached, and by whom that plan was made.

    `bằng 46% kế hoạch Tổng công ty giao cả năm (91 tỷ kWh)`: in the bracket stands the whole plan.
    """
    shares = words.among(_PERCENT, max(TokenIndex(0), TokenIndex(stop - _NEAR)), stop)
    led = words.spelled[shares[-1] + 1 : stop] if shares else []
    return tuple(led[:2]) in _ASIDES and led[-1] in _SET_BY and all(map(str.isalnum, led))


def _is_plan_itself(words: Words, first: TokenIndex, stop: TokenIndex) -> bool:
    """Return whether a number is what a plan is said to be (`Theo kế hoạch, năm 2020 là 47 dự án`)."""
    spelled = words.spelled
    part = words.among(_OPENS_PART, first, stop)
    start = max(first, part[-1] + 1 if part else first)
    while start < stop and (spelled[start] in _ACCORDING or not spelled[start].isalnum()):
        start += 1
    if tuple(spelled[start : start + 2]) not in _ASIDES:
        return False
    told = spelled[start + 2 : stop]
    is_told = "là" in told and not _REACHED.intersection(told[told.index("là") :])
    return is_told and not _DONE.first(words, TokenIndex(start), stop)


def _sets_targets(words: Words, start: TokenIndex, stop: TokenIndex) -> bool:
    """Return whether a number at word `stop` or before it counts targets that are set (`đặt ra 9 chỉ tiêu`)."""
    spelled = words.spelled
    if tuple(spelled[max(start, stop - 2) : stop]) in _ADOPTS and spelled[stop + 1 : stop + 3] in _TARGETS:
        return True
    return any(
        spelled[at - 1 : at + 1] in _SET
        and spelled[at + 2 : at + 4] in _TARGETS
        and spelled[at + 1].isdecimal()
        for at in words.among(_OUT, TokenIndex(start + 1), stop)
    )


def _is_aimed_at(words: Words, first: TokenIndex, stop: TokenIndex) -> bool:
    """Return whether the words before a number say that it is aimed at, not that it was reached."""
    aims = [aim for aim in _AIMS.find(words, first, stop) if words.spelled[aim.start - 1] not in _NAMING]
    if not aims:
        return False
    aim = aims.pop()
    while aims and aim.start - aims[-1].stop <= _STRIVEN:
        aim = aims.pop()  # "phấn đấu đạt và vượt các mục tiêu" is one
    after = aim.stop
    while words.spelled[aim.start] in _STRIVES and after < stop and words.spelled[after] in _STRIVEN_FOR:
        after += 1
    if _DONE.first(words, after, stop):
        return False
    striven = max(first, aim.start - _STRIVEN)
    was_set = any(one == "đã" and other in _SETS for one, other in pairwise(words.spelled[striven:stop]))
    return was_set or not _DONE.first(words, striven, aim.start)
