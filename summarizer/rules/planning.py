"""Planning: which numbers of an article are targets, and which are results (`status`).

A target says so before it in its sentence (phấn đấu) or a few words before (dự kiến), or it stands in a section
that does: a sentence that begins with phương hướng, mục tiêu or nhiệm vụ trọng tâm, what follows it in its
paragraph, and the list below; or all that stands under a numbered heading of that kind (III. CÁC CHỈ TIÊU PHẤN ĐẤU),
up to the next heading of its rank or a higher one.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import pairwise

from summarizer.article.article import Article
from summarizer.article.normalize import Words
from summarizer.article.phrases import Lists, cue
from summarizer.rules.scope import COMMAS, after_last
from summarizer.schemas.offsets import TextOffset, TextSpan, TokenIndex
from summarizer.schemas.report import Status

_TABLE = Lists("summarizer.rules", "planning")
_STATUS = Lists("summarizer.rules", "status")
_AIMS, _NEAR_TARGETS, _SECTIONS, _DONE, _FACTS = (
    _STATUS.lexicon(name) for name in ("aim", "near", "section", "done", "fact")
)
_TIMES = _TABLE.lexicon("past", "asked")
_MEASURED, _SETS, _SET_BY, _NAMING, _STRIVES, _STILL_TO, _REACHED = (
    _TABLE.words(name) for name in ("measured", "sets", "set_by", "naming", "strives", "still_to", "reached")
)
_STRIVEN_FOR = _TABLE.words("striven_for") | frozenset(",")
_ASIDES = _TABLE.phrases("asides")
_TARGETS = (["chỉ", "tiêu"], ["mục", "tiêu"])
_SET, _OUT = (["đặt", "ra"], ["đề", "ra"]), frozenset({"ra"})
_RESULTS, _MISSED = ("kết", "quả"), ("chưa", "đạt")

_NEAR, _FURTHEST = 14, 160
"""Words between dự kiến, or what a sentence aims at, and its number, at most; a text may have no stops."""
_STRIVEN = 6
"""Words between đã and a phấn đấu that tells of the past, at most (đã nỗ lực phấn đấu)."""
_OPENING, _CLOSING = 9, 12
"""Words in which a sentence says that it opens a section of plans, or that what follows its colon is planned."""
_BRACKET, _LONGEST_NUMBER = 8, 8
"""Words of a bracket before its number, and of a number, at most."""
_LONGEST_CLOSE = 40
"""Characters in which a sentence says that the meeting goes on."""
_ITEM = re.compile(r"\s*(?:[-+*•–]|\(?\d{1,2}[.)/]|[a-zđ][.)])\s*")
_SPECIFIES = re.compile(r"\s*(?:Cụ thể|Trong đó)\b")
_ROMAN = re.compile(r"\W*[IVX]{1,5}\s?[.)/:-]\s*\w")
_NUMBERED = re.compile(
    r"\W*(?:(?P<digits>\d{1,2}(?:\.\d{1,2}){0,3})\s?[.)/:]?(?=[\s\w])|(?P<letter>[a-zđ])[.)])\s*\w"
)
_YEARS = re.compile(r"(?<!\d)20\d\d(?!\d)")
_CLOSES = cue(r"\W*(?:{tells})(?!\w)", tells=_TABLE["tells_of_meeting"])


class Plans:
    """What an article says is planned, and so which of its numbers are targets."""

    def __init__(self, article: Article) -> None:
        self._words = article.words
        spans = _planned(article)
        self._starts, self._ends = [start for start, _ in spans], [end for _, end in spans]

    def status(self, at: TextOffset, clause: tuple[TokenIndex, TokenIndex]) -> Status:
        """Return the status of the number at offset `at`; `clause` are the words that its sentence spans."""
        words = self._words
        stop = words.first_from(at)
        first = max(clause[0], stop - _FURTHEST)
        if _is_met_itself(words, stop):
            return "result"
        if _is_planned_aside(words, stop):
            return "target"
        planned = bisect_right(self._starts, at) - 1
        if planned >= 0 and at < self._ends[planned]:
            fact = _FACTS.first(words, first, stop) or _tells_of_past(words, first, stop)
            return "result" if fact else "target"
        near = _NEAR_TARGETS.last(words, max(first, stop - _NEAR), stop)
        if near and ";" not in words.spelled[near.stop : stop] and not _DONE.first(words, near.stop, stop):
            return "target"
        return "target" if _sets_targets(words, first, stop) or _is_aimed_at(words, first, stop) else "result"


def is_of_the_past(words: Words, start: TokenIndex, stop: TokenIndex) -> bool:
    """Return whether, of a sentence that asks for something, the words before a number tell what was done.

    The last cue decides: `từ việc đã kỷ luật 4 đảng viên, cần …` (having disciplined 4, it is needed to …).
    """
    last = _TIMES.last(words, start, stop)
    return last is not None and last.value == "past"


def _is_met_itself(words: Words, first: TokenIndex) -> bool:
    """Return whether the number at word `first` counts targets that were met or missed (`10/12 chỉ tiêu đạt`)."""
    index = _first(words, first, TokenIndex(min(len(words), first + _LONGEST_NUMBER)))
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
    while led and led[-1] in _SET_BY:
        led.pop()
    whole = "/" not in words.spelled[index : index + 3]
    return not inside and whole and tuple(led[-2:]) in _ASIDES


def _tells_of_past(words: Words, start: TokenIndex, stop: TokenIndex) -> bool:
    """Return whether the last part of these words tells what was done (`được giao 120, đã tuyển 118`)."""
    own = after_last(words.spelled[start:stop], COMMAS) or []
    return any(one == "đã" and other not in _SETS for one, other in pairwise(own))


def _sets_targets(words: Words, start: TokenIndex, stop: TokenIndex) -> bool:
    """Return whether a number from word `start` to `stop` counts targets that are set (`đặt ra 9 chỉ tiêu`)."""
    spelled = words.spelled
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


def _planned(article: Article) -> list[TextSpan]:
    """Return the sentences of an article's prose that stand in sections of what is planned."""
    words, low = article.words, article.normal.text
    spans: list[TextSpan] = []
    planned = listed = going_on = announced = False
    rank: int | None = None
    """That of the heading under which all is planned."""
    paragraph = -1
    for sentence, (start, stop) in zip(article.sentences, article.bounds, strict=True):
        if article.grid_at(sentence.at):
            continue
        begins = sentence.paragraph != paragraph
        paragraph = sentence.paragraph
        item = _ITEM.match(sentence.text) is not None
        ends = sentence.text.rstrip()[-1:]
        goes_on = item or ends in (":", ";")
        own = _rank(sentence.text) if begins else None
        opening = _SECTIONS.first(words, start, min(stop, start + _OPENING))
        led = words.spelled[opening.start - 1] if opening and opening.start else ""
        if led in _NAMING or (own is None and opening and opening.start > start and led.isdecimal()):
            opening = None  # a name, or what is counted: "hoàn thành 10 chỉ tiêu"
        done = _DONE.first(words, start, min(stop, start + 2 * _OPENING))
        if begins:
            planned = planned and listed and (going_on or item)
            outranks = own is not None and rank is not None and own <= rank
            at = article.normal.offset(sentence.at)
            if outranks or _CLOSES.match(
                low, at, min(at + _LONGEST_CLOSE, article.normal.offset(sentence.end))
            ):
                rank = None
        if rank is None and opening and not done and not _reached(words, start, stop):
            rank = own
        if announced and _SPECIFIES.match(sentence.text):
            planned = True
        elif done and not (opening and opening.start < done.start):
            planned = False
        elif opening and not _reached(words, start, opening.start):
            planned = not _met(words, opening.stop, stop)
        told = "đã" in words.spelled[start : min(stop, start + _OPENING)]
        if planned or (rank and not told):
            spans.append((sentence.at, sentence.end))
        announces = _announces(words, start, stop)
        announced = announces or _sets_targets(words, start, stop)
        aims = goes_on and _AIMS.at(words.spelled, _first(words, start, stop), stop)
        planned = planned or bool(aims) or (ends == ":" and announces)
        listed = planned and goes_on
        going_on = ends == ";"
    return spans


def _rank(text: str) -> int | None:
    """Return how high a numbered heading ranks, 1 the highest (I., 1., 1.1, a.); None for other lines."""
    if _ROMAN.match(text):
        return 1
    if text.rstrip()[-1:] in (".", ";"):
        return None
    if numbered := _NUMBERED.match(text):
        return 9 if numbered["letter"] else 2 + numbered["digits"].rstrip(".").count(".")
    return 1 if text.isupper() and not any(map(str.isdecimal, _YEARS.sub("", text))) else None


def _announces(words: Words, start: TokenIndex, stop: TokenIndex) -> bool:
    """Return whether a sentence ends with what is planned (`thông qua các chỉ tiêu năm học mới:`), not reached."""
    closing = _SECTIONS.first(words, max(start, stop - _CLOSING), stop)
    if closing is None or _reached(words, start, stop):
        return False
    return _RESULTS not in pairwise(words.spelled[start : closing.start])


def _met(words: Words, start: TokenIndex, stop: TokenIndex) -> bool:
    """Return whether the words behind a target say that it was met (`chỉ tiêu đều đạt và vượt`) or missed."""
    if _MISSED in pairwise(words.spelled[start:stop]):
        return True
    after = words.spelled[start : min(stop, start + _STRIVEN)]
    reached = any(one in ("đều", "đã") and other in _REACHED for one, other in pairwise(after))
    return reached or "vượt" in after


def _reached(words: Words, start: TokenIndex, stop: TokenIndex) -> bool:
    """Return whether words speak of what was reached, not of what is still to be (các chỉ tiêu cần đạt)."""
    pairs = pairwise(["", *words.spelled[start:stop]])
    return any(
        (word in _REACHED and before not in _STILL_TO) or (before, word) == ("đã", "thực")
        for before, word in pairs
    )


def _first(words: Words, start: TokenIndex, stop: TokenIndex) -> TokenIndex:
    """Return the first word of a list item, behind its mark."""
    return next((TokenIndex(i) for i in range(start, stop) if words.spelled[i].isalpha()), stop)
