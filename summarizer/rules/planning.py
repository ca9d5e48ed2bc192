"""Planning: which numbers of an article are targets, and which are results (`status`).

A target says so before it in its sentence (phấn đấu) or a few words before (dự kiến), or it stands in a section
that does: a sentence that begins with phương hướng, mục tiêu or nhiệm vụ trọng tâm, what follows it in its
paragraph, and the list below; or all that stands under a numbered heading of that kind (III. CÁC CHỈ TIÊU PHẤN ĐẤU),
up to the next heading of its rank or a higher one.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise

from summarizer.article.article import Article
from summarizer.article.normalize import Words, normalize
from summarizer.article.phrases import Lists, cue
from summarizer.article.sentences import Sentence
from summarizer.rules.scope import COMMAS, after_last
from summarizer.schemas.offsets import TextOffset, TextSpan, TokenIndex
from summarizer.schemas.report import Status

__all__ = ("Plans", "find_plans", "is_of_the_past", "plans_of")

_TABLE = Lists("summarizer.rules", "planning")
_STATUS = Lists("summarizer.rules", "status")
_AIMS, _NEAR_TARGETS, _SECTIONS, _DONE, _FACTS = (
    _STATUS.lexicon(name) for name in ("aim", "near", "section", "done", "fact")
)

_NEAR = 14
"""Words between dự kiến and its number, at most."""
_FURTHEST = 160
"""Words in which a sentence says before a number that it is aimed at, at most; a text may have no stops."""
_STRIVEN = 6
"""Words between đã and a phấn đấu that tells of the past, at most (đã nỗ lực phấn đấu)."""
_CLOSING = 12
"""Words in which a sentence that ends with a colon says that what follows is planned."""
_OPENING = 9
"""Words in which a sentence says that it opens a section of plans."""
_ITEM = re.compile(r"\s*(?:[-+*•–]|\(?\d{1,2}[.)/]|[a-zđ][.)])\s*")


_TIMES = _TABLE.lexicon("past", "asked")
_MEASURED = _TABLE.words("measured")
_SETS = _TABLE.words("sets")
"""Second words of đã nêu, đã đề ra, đã xác định, đã giao, đã thông qua, đã đặt ra."""
_BRACKET = 8
"""Words of a bracket before its number, at most."""
_LONGEST_NUMBER = 8
"""Words and marks of a number, at most."""
_ASIDES = _TABLE.phrases("asides")
_SET_BY = _TABLE.words("set_by")
_SPECIFIES = re.compile(r"\s*(?:Cụ thể|Trong đó)\b")
_STRIVEN_FOR = _TABLE.words("striven_for") | frozenset(",")
"""Words behind phấn đấu that say what is striven for, though alone they tell of what is done."""
_NAMING = _TABLE.words("naming")
"""Words before an aim that is part of a name (chương trình mục tiêu quốc gia)."""
_STRIVES = _TABLE.words("strives")
_MET_BEGINS = (["chỉ"], ["nhóm"])
_TARGETS = (["chỉ", "tiêu"], ["mục", "tiêu"])
_SET = (["đặt", "ra"], ["đề", "ra"])
_NUMBERED = re.compile(
    r"\W*(?:(?P<roman>[IVX]{1,5})\s?[.)/:-]|(?P<digits>\d{1,2}(?:\.\d{1,2}){0,3})\s?[.)/:]?(?=[\s\w])"
    r"|(?P<letter>[a-zđ])[.)])\s*\w"
)
_ROMAN = re.compile(r"\s*[IVX]{1,5}\s?[.)/:-]\s*\w")
_RESULTS = ("kết", "quả")
_MISSED = ("chưa", "đạt")
_YEARS = re.compile(r"(?<!\d)20\d\d(?!\d)")
_STILL_TO = _TABLE.words("still_to")
_LONGEST_HEADING, _LEAST_CAPITALS, _LONGEST_CLOSE = 140, 8, 40
"""Characters of a heading, capitals of one without a number, characters in which the meeting goes on."""
_CLOSES = cue(r"\W*(?:{tells})(?!\w)", tells=_TABLE["tells_of_meeting"])
_REACHED = _TABLE.words("reached")


class Plans:
    """The stretches of an article that speak of what is planned; made by `find_plans`."""

    def __init__(self, text: str, words: Words, spans: Sequence[TextSpan]) -> None:
        self._text, self._words = text, words
        self._starts = [start for start, _ in spans]
        self._sets = _targets_set(words)
        self._ends = [end for _, end in spans]

    def status(self, at: TextOffset, clause: tuple[TokenIndex, TokenIndex]) -> Status:
        """Return the status of the number at offset `at`; `clause` are the words that its sentence spans."""
        words = self._words
        stop = words.first_from(at)
        if self._is_met_itself(stop):
            return "result"
        aside = self._aside(stop)
        if aside is not None:
            return aside
        first = max(clause[0], stop - _FURTHEST)
        planned = bisect_right(self._starts, at) - 1
        if planned >= 0 and at < self._ends[planned]:
            fact = _FACTS.first(words, first, stop)
            return "target" if fact is None and not self._tells_of_past(first, stop) else "result"
        if stop in self._sets or self._is_of_set(first, stop):
            return "target"  # "đặt ra 9 chỉ tiêu"
        near = _NEAR_TARGETS.find(words, max(first, stop - _NEAR), stop)
        told = words.spelled[near[-1].stop : stop] if near else []
        if near and ";" not in told and not self._done(near[-1].stop, stop):
            return "target"
        aims = [aim for aim in _AIMS.find(words, first, stop) if not self._is_named(aim.start, aim.stop)]
        aims = [aim for aim in aims if words.spelled[aim.start - 1] not in _NAMING]
        if not aims:
            return "result"
        aim = aims.pop()
        while aims and aim.start - aims[-1].stop <= _STRIVEN:
            aim = aims.pop()  # "phấn đấu đạt và vượt các mục tiêu" is one
        after = aim.stop
        striving = words.spelled[aim.start] in _STRIVES
        while striving and after < stop and words.spelled[after] in _STRIVEN_FOR:
            after += 1
        if self._done(after, stop):
            return "result"
        striven = max(first, aim.start - _STRIVEN)
        return "result" if self._done(striven, aim.start) and not self._set(striven, stop) else "target"

    def _is_named(self, start: TokenIndex, stop: TokenIndex) -> bool:
        """Return whether the words from `start` to `stop` are written as a name (bà Nguyễn Thị Quyết Tâm)."""
        words = self._words
        return stop - start > 1 and all(
            self._text[words.starts[index] : words.end(TokenIndex(index))].istitle()
            for index in range(start, stop)
        )

    def _is_of_set(self, start: TokenIndex, stop: TokenIndex) -> bool:
        """Return whether targets were set in the words from `start` on (`đã đề ra 18 chỉ tiêu, trong đó …`)."""
        index = bisect_left(self._sets, start + 2)
        return index < len(self._sets) and self._sets[index] < stop - 2

    def _set(self, start: TokenIndex, stop: TokenIndex) -> bool:
        """Return whether the words from `start` to `stop` say that a target was set (`đã đề ra chỉ tiêu`)."""
        tokens = self._words.spelled[start:stop]
        return any(one == "đã" and other in _SETS for one, other in pairwise(tokens))

    def _is_met_itself(self, index: TokenIndex) -> bool:
        """Return whether the number at word `index` counts targets that were met or missed (`10/12 chỉ tiêu đạt`)."""
        words, first = self._words, index
        stop = min(len(words), first + _LONGEST_NUMBER)
        while index < stop and not words.spelled[index].isalpha():
            index += 1
        tokens = words.spelled[index : index + 5]
        if tokens[:1] not in _MET_BEGINS:
            return False
        tokens = tokens[tokens[:1] == ["nhóm"] :]
        of_all = "/" in words.spelled[first:index]
        return tokens[:2] == ["chỉ", "tiêu"] and (of_all or not _MEASURED.isdisjoint(tokens[2:]))

    def _aside(self, index: TokenIndex) -> Status | None:
        """Return the status that a bracket of its own gives a number (`kết nạp 38 đảng viên (chỉ tiêu 35)`)."""
        tokens = self._words.spelled[max(0, index - _BRACKET) : index]
        if "(" not in tokens:
            return None
        opened = len(tokens) - tokens[::-1].index("(")
        inside, led = tokens[opened:], tokens[: opened - 1]
        if ")" not in inside and tuple(inside[:2]) in _ASIDES:
            return "target"
        while led and led[-1] in _SET_BY:
            led.pop()
        whole = "/" not in self._words.spelled[index : index + 3]
        return (
            "target" if not inside and whole and tuple(led[-2:]) in _ASIDES and led[-3:-2] != ["%"] else None
        )

    def _tells_of_past(self, start: TokenIndex, stop: TokenIndex) -> bool:
        """Return whether the last part of these words tells what was done (`được giao 120, đã tuyển 118`)."""
        own = after_last(self._words.spelled[start:stop], COMMAS) or []
        return any(one == "đã" and other not in _SETS for one, other in pairwise(own))

    def _done(self, start: TokenIndex, stop: TokenIndex) -> bool:
        """Return whether the words from `start` to `stop` speak of what is done."""
        return _DONE.first(self._words, start, stop) is not None


def is_of_the_past(words: Words, start: TokenIndex, stop: TokenIndex) -> bool:
    """Return whether, of a sentence that asks for something, the words before a number tell what was done.

    The last cue decides: `từ việc đã kỷ luật 4 đảng viên, cần …` (having disciplined 4, it is needed to …).
    """
    last = _TIMES.last(words, start, stop)
    return last is not None and last.value == "past"


def plans_of(article: Article) -> Plans:
    """Return what an article says is planned."""
    prose = [
        (sentence, bounds)
        for sentence, bounds in zip(article.sentences, article.bounds, strict=True)
        if article.grid_at(sentence.at) is None
    ]
    return find_plans(article.text, article.words, [one for one, _ in prose], [bounds for _, bounds in prose])


def find_plans(
    text: str, words: Words, sentences: Sequence[Sentence], bounds: Sequence[tuple[TokenIndex, TokenIndex]]
) -> Plans:
    """Return what an article's sentences say is planned; `bounds` are the words that each of them spans."""
    spans: list[TextSpan] = []
    planned = listed = going_on = set_before = False
    sets = _targets_set(words)
    rank: int | None = None
    """That of the heading under which all is planned."""
    before = TokenIndex(0), TokenIndex(0)
    paragraph = -1
    for sentence, (start, stop) in zip(sentences, bounds, strict=True):
        begins = sentence.paragraph != paragraph
        if begins:
            paragraph = sentence.paragraph
            planned = planned and listed and (going_on or _ITEM.match(sentence.text) is not None)
        opening = _SECTIONS.first(words, start, min(stop, start + _OPENING))
        own = _rank(sentence.text) if begins else None
        if opening and words.spelled[opening.start - 1] in _NAMING:
            opening = None
        led = opening and opening.start > start and words.spelled[opening.start - 1].isdecimal()
        if led and own is None:
            opening = None  # it is counted: "hoàn thành 10 chỉ tiêu"
        done = _DONE.first(words, start, min(stop, start + 2 * _OPENING))
        if own is not None and rank is not None and own <= rank:
            rank = None
        if begins and rank is not None and _ROMAN.match(sentence.text) and own is None:
            rank = None
        if begins and rank is not None and _CLOSES.match(normalize(sentence.text[:_LONGEST_CLOSE]).text):
            rank = None
        if (
            own is not None
            and rank is None
            and opening
            and not done
            and not _reached(words, start, stop, ahead=True)
        ):
            rank = own
        if _SPECIFIES.match(sentence.text) and (set_before or _announces(words, *before)):
            planned = True
        elif done and not (opening and opening.start < done.start):
            planned = False
        elif opening and not _reached(words, start, opening.start):
            planned = not _met(words, opening.stop, stop)
        if planned or (rank is not None and not _tells_of_done(words, start, stop)):
            spans.append((sentence.at, sentence.end))
        item = _ITEM.match(sentence.text) is not None
        ends = sentence.text.rstrip()[-1:]
        goes_on = item or ends in (":", ";")
        if (ends == ":" and _announces(words, start, stop)) or (
            goes_on and _AIMS.at(words.spelled, _first(words, start, stop), stop)
        ):
            planned = True
        listed = planned and goes_on
        before = start, stop
        set_before = any(start + 1 < index < stop - 2 for index in sets)
        going_on = ends == ";"
    return Plans(text, words, spans)


def _rank(text: str) -> int | None:
    """Return how high a numbered heading ranks, 1 the highest (I., 1., 1.1, a.); None for other lines."""
    if len(text) > _LONGEST_HEADING or text.rstrip()[-1:] in (".", ";"):
        return None
    if (numbered := _NUMBERED.match(text)) is None:
        capitals = text.isupper() and sum(map(str.isalpha, text)) >= _LEAST_CAPITALS
        return 1 if capitals and not any(map(str.isdecimal, _YEARS.sub("", text))) else None
    if numbered["roman"]:
        return 1
    return 9 if numbered["letter"] else 2 + numbered["digits"].rstrip(".").count(".")


def _tells_of_done(words: Words, start: TokenIndex, stop: TokenIndex) -> bool:
    """Return whether a sentence in a section of plans tells what was done all the same (`Năm qua đã kết nạp …`)."""
    opening = words.spelled[start : min(stop, start + _OPENING)]
    return "đã" in opening or _FACTS.first(words, start, stop) is not None


def _targets_set(words: Words) -> list[TokenIndex]:
    """Return the words of the numbers that count targets that are set, in order (`đề ra 18 chỉ tiêu`)."""
    spelled = words.spelled
    return [
        TokenIndex(index)
        for index, word in enumerate(spelled)
        if word.isdecimal()
        and spelled[index + 1 : index + 3] in _TARGETS
        and spelled[index - 2 : index] in _SET
    ]


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
    after = after[: after.index(":")] if ":" in after else after
    return "vượt" in after or any(
        one in ("đều", "đã") and other in _REACHED for one, other in pairwise(after)
    )


def _reached(words: Words, start: TokenIndex, stop: TokenIndex, *, ahead: bool = False) -> bool:
    """Return whether words speak of what was reached; `ahead`: not what is still to be (các chỉ tiêu cần đạt)."""
    tokens = words.spelled[start:stop]
    if ahead:
        tokens = [word for before, word in pairwise(["", *tokens]) if before not in _STILL_TO]
    return not _REACHED.isdisjoint(tokens) or ("đã", "thực") in pairwise(tokens)


def _first(words: Words, start: TokenIndex, stop: TokenIndex) -> TokenIndex:
    """Return the first word of a list item, behind its mark."""
    return next((TokenIndex(i) for i in range(start, stop) if words.spelled[i].isalpha()), stop)
