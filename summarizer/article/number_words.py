"""Vietnamese number words: where a text counts with them, and the value they have.

The words are those of `tables/numerals.csv`. A digit that ends a number right behind a unit is of the next lower one:
một trăm hai is 120, một nghìn hai 1,200; with linh or lẻ between it is itself: một trăm linh hai is 102. Two digits
side by side are a guess (hai ba: two or three) and no number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from summarizer.article.context import match_before, words_after, words_before
from summarizer.article.normalize import Normalized, in_one_form
from summarizer.article.nouns import noun_subject
from summarizer.article.phrases import Lists, cue
from summarizer.schemas.tables import read_table
from summarizer.schemas.taxonomy import graded_subjects

_TABLE = Lists("summarizer.article", "number_words")


class _Word(NamedTuple):
    kind: str
    value: int
    standing: bool

    @property
    def letter(self) -> str:
        """What stands for the word in `_WELL_FORMED`."""
        if self.kind == "unit":
            return "M" if self.value == 10 else "C" if self.value == 100 else "K"
        return "e" if self.kind == "digit" and not self.standing else self.kind[0]


_WORDS: Mapping[str, _Word] = {
    in_one_form(word): _Word(row["kind"], int(row["value"]), row["standing"] == "yes")
    for row in read_table("summarizer.article", "numerals", ("kind", "value", "standing", "words"))
    for word in row.phrases()
}
# d, e: digits that can and cannot begin a number; M mươi, C trăm, K nghìn and more; the others by their kinds.
_TENS = "(?:t[de]?|dM[de]?)"
_BEHIND_UNIT = f"j?(?:{_TENS}|[de])"
_WELL_FORMED = re.compile(
    f"(?:dC(?:{_BEHIND_UNIT})?|{_TENS}|d)(?:K+(?:[dz]C(?:{_BEHIND_UNIT})?|{_BEHIND_UNIT})?)*(?:(?<=[MCK])h)?"
)
_YEARS = "năm"
"""Five, or years."""
_THOUSAND = 1_000
"""From this unit on a number word begins a new group."""
# The words a number can begin with.
_FIRST = cue(r"{first}", first=[word for word, known in _WORDS.items() if known.standing])
_LONGEST = 16
"""Words of a number in words, at most."""
_GOES_ON = re.compile(r"\s{1,3}[^\W\d]")
_WORD = re.compile(r"\s{1,3}([^\W\d_]+)")
_SAME_IN_DIGITS = re.compile(r"\s{0,2}\(\s?(\d{1,3}(?:\.\d{3})*|\d{1,9})\s?\)")
_MONEY = cue(r"\s{1,3}đồng(?!\s{1,3}{not_dong})", **Lists("summarizer.article", "notation"))
_LISTS = {name: _TABLE.joined(name) for name in _TABLE}
_GRADED_AFTER = cue(r"[^.;:,\d]{3,44}(?:không|chưa)?\s?{graded}", **_TABLE)
_SOME = re.compile(r"\s{1,3}số(?!\w)")
_COUNT = r"(?<![\d/.,-])(?:\d{1,3}|{small})(?=\s[^\W\d])"
_COUNT_BEFORE = cue(rf"{_COUNT}[^.;:\d]{{3,44}}(?:,|;|và)\s(?:có\s)?$", **_TABLE)
_COUNT_AFTER = cue(rf"[^.;:\d]{{3,44}}(?:,|và)\s(?:có\s)?{_COUNT}", **_TABLE)
_PARTY = frozenset(("party_cell", "party_organization"))
_ROOM = 52
"""Characters before a number in which another may stand that it is listed with."""


class WordNumber(NamedTuple):
    """A number in words, in offsets of the normalized text; `tail` is behind the digits of `năm (05)`.

    `counts` where it counts something that labels have words for.
    """

    at: int
    end: int
    tail: int
    value: int
    counts: bool = True


def value_of_words(words: Sequence[str]) -> int | None:
    """Return the value of normalized number words (["hai", "mươi", "mốt"]), None where they make no number."""
    known = [_WORDS[word] for word in words if word in _WORDS]
    if len(known) != len(words) or not _WELL_FORMED.fullmatch("".join(word.letter for word in known)):
        return None
    total = group = digit = 0
    unit = largest = 1
    for word in known:
        if word.kind in ("digit", "zero"):
            digit = word.value
        elif word.kind == "ten":
            group, unit = group + word.value, 1
        elif word.kind == "join":
            unit = 1
        elif word.kind == "half":
            digit, unit = unit // 2, 1
        elif word.value < _THOUSAND:
            group, digit, unit = group + digit * word.value, 0, word.value
        elif word.value > largest or not group + digit:  # nghìn tỷ multiplies what is there already
            total, group, digit = (total + group + digit) * word.value, 0, 0
            unit = largest = word.value
        else:
            total, group, digit, unit = total + (group + digit) * word.value, 0, 0, word.value
    return total + group + digit * max(1, unit // 10)


def word_numbers_in(normal: Normalized) -> Iterator[WordNumber]:
    """Yield the numbers in words that count something in a normalized text, in order.

    Labels have words only where they count what the taxonomy has a subject for other than `other`, or money; those of
    a noun that it has as `other` (mười hai suất quà) are given as numbers that do not count.
    """
    text, reached = normal.text, 0
    for match in _FIRST.finditer(text):
        at = match.start()
        goes_on = _GOES_ON.match(text, match.end()) or _SAME_IN_DIGITS.match(text, match.end())
        if at < reached or not goes_on:
            continue
        value, words, reached = _longest(_run(text, match))
        if value is None:
            continue
        same = _SAME_IN_DIGITS.match(text, reached)
        certain = same is not None and int(same[1].replace(".", "")) == value
        tail = same.end() if same and certain else reached
        if _counting(text, at, tail, words, certain=certain):
            yield WordNumber(at, reached, tail, value)
        elif _is_of_other(text, at, tail, words):
            yield WordNumber(at, reached, tail, value, counts=False)


def _run(text: str, first: re.Match[str]) -> list[tuple[str, int]]:
    """Return the number words from `first` on, each with where it ends; "mười năm" is ten years, not fifteen."""
    run = [(first.group(), first.end())]
    while len(run) < _LONGEST and (match := _WORD.match(text, run[-1][1])) and match[1] in _WORDS:
        years = match[1] == _YEARS and _WORDS[run[-1][0]].kind in ("digit", "ten")
        if years or (_WORDS[match[1]].kind == "zero" and not text.startswith(" trăm", match.end())):
            break
        run.append((match[1], match.end()))
    return run


def _longest(run: Sequence[tuple[str, int]]) -> tuple[int | None, list[str], int]:
    """Return the value of the longest beginning of a run that has one, its words, and where it ends.

    The value is None for a guess ("hai ba"), which ends where the run does.
    """
    words = [word for word, _ in run]
    values = ((length, value_of_words(words[:length])) for length in range(len(run), 0, -1))
    length, value = next((found for found in values if found[1] is not None), (len(run), None))
    if length < len(run) and _WORDS[words[length]].kind == "digit":
        return None, words, run[-1][1]
    return value, words[:length], run[length - 1][1]


def _is_of_other(text: str, at: int, end: int, words: Sequence[str]) -> bool:
    """Tell whether number words stand before a noun that the taxonomy has as `other`, as one that is counted."""
    found = noun_subject(words_after(text, end)) if text[end : end + 1].isspace() else None
    known = found is not None and found[1] == "other" and found[0] not in _LISTS["not_in_words"]
    return known and list(words) not in (["một"], ["năm"]) and not _leading(text, at) & _LISTS["not_after"]


def _leading(text: str, at: int) -> set[str]:
    preceding = words_before(text, at)
    return {" ".join(preceding[-size:]) for size in (1, 2, 3) if preceding}


def _counting(text: str, at: int, end: int, words: Sequence[str], *, certain: bool) -> bool:
    """Tell whether number words from `at` to `end` count; `certain` where the same number stands behind in digits."""
    unit = _WORDS[words[-1]]
    money = unit.kind == "unit" and unit.value >= _THOUSAND and _MONEY.match(text, end)
    spaced = text[end : end + 1].isspace()
    noun, subject = (noun_subject(words_after(text, end)) if spaced else None) or ("", "other")
    if not money and (subject == "other" or noun in _LISTS["not_in_words"]):
        return False
    leading = _leading(text, at)
    of_some = spaced and leading & _LISTS["not_after"] == {"số"}
    if leading & _LISTS["not_after"] and not of_some:
        return False
    if money or certain:
        return True
    graded = subject in graded_subjects()
    if of_some and not graded:
        return False
    # "một" and "năm" also mean "a" and "year": only behind a word that leads to a count are they numbers.
    led = bool(leading & _LISTS["leads_to_count"])
    if list(words) != ["một"]:
        return led or list(words) != ["năm"]
    if _SOME.match(text, end):
        return False
    beside = match_before(_COUNT_BEFORE, text, at, _ROOM)
    return bool(
        (graded and not leading & _LISTS["is_one"] and _GRADED_AFTER.match(text, end))
        or (subject in _PARTY and leading & _LISTS["founded"])
        or leading & _LISTS["bounds"]
        or (beside and (led or not leading))
        or (led and _COUNT_AFTER.match(text, end))
    )
