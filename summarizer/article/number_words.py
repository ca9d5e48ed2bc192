"""Vietnamese number words: where a text counts with them, and the value they have.

The words are those of `tables/numerals.csv`. A digit right behind a unit is of the next lower one: một trăm hai is
120, một nghìn hai 1,200; with linh or lẻ between it is itself: một trăm linh hai is 102. Two digits side by side are
a guess (hai ba: two or three) and no number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from summarizer.article.context import words_after, words_before
from summarizer.article.normalize import Normalized, in_one_form
from summarizer.article.nouns import noun_subject
from summarizer.article.phrases import Lists, cue, word_cue
from summarizer.schemas.tables import read_table
from summarizer.schemas.taxonomy import graded_subjects

__all__ = ("WordNumber", "value_of_words", "word_numbers_in")

_TABLE = Lists("summarizer.article", "number_words")


class _Word(NamedTuple):
    kind: str
    value: int
    standing: bool


_WORDS: Mapping[str, _Word] = {
    in_one_form(word): _Word(row["kind"], int(row["value"]), row["standing"] == "yes")
    for row in read_table("summarizer.article", "numerals", ("kind", "value", "standing", "words"))
    for word in row.phrases()
}
_YEARS = "năm"
"""Five, or years."""
_THOUSAND = 1_000
"""From this unit on a number word begins a new group."""
# The words a number can begin with.
_FIRST = word_cue(r"{first}", first=[word for word, known in _WORDS.items() if known.standing])
_LONGEST = 16
"""Words of a number in words, at most."""
_GOES_ON = re.compile(r"\s{1,3}[^\W\d]")
_WORD = re.compile(r"\s{1,3}([^\W\d_]+)")
_SAME_IN_DIGITS = re.compile(r"\s{0,2}\(\s?(\d{1,3}(?:\.\d{3})*|\d{1,9})\s?\)")
_MONEY = cue(r"\s{1,3}đồng(?!\s{1,3}{not_dong})", **Lists("summarizer.article", "notation"))
# Behind these a number word ranks, names, or belongs to a fixed phrase.
_NOT_AFTER = _TABLE.joined("not_after")
# "một" and "năm" also mean "a" and "year": only behind a word that leads to a count are they numbers.
_LEADS_TO_COUNT = _TABLE.joined("leads_to_count")
_IS_ONE = _TABLE.joined("is_one")
_GRADED_AFTER = cue(r"[^.;:,\d]{3,44}(?:không|chưa)?\s?{graded}", **_TABLE)
_SOME = re.compile(r"\s{1,3}số(?!\w)")
_FOUNDED = _TABLE.joined("founded")
_BOUNDS = _TABLE.joined("bounds")
_COUNT = r"(?<![\d/.,-])(?:\d{1,3}|{small})(?=\s[^\W\d])"
_COUNT_BEFORE = cue(rf"{_COUNT}[^.;:\d]{{3,44}}(?:,|;|và)\s(?:có\s)?$", **_TABLE)
_COUNT_AFTER = cue(rf"[^.;:\d]{{3,44}}(?:,|và)\s(?:có\s)?{_COUNT}", **_TABLE)
_PARTY = frozenset(("party_cell", "party_organization"))
_NOT_IN_WORDS = _TABLE.joined("not_in_words")


class WordNumber(NamedTuple):
    """A number in words, in offsets of the normalized text; `tail` is behind the digits of `năm (05)`."""

    at: int
    end: int
    tail: int
    value: int


def value_of_words(words: Sequence[str]) -> int | None:
    """Return the value of normalized number words (["hai", "mươi", "mốt"]), None where they make no number."""
    known = [_WORDS[word] for word in words if word in _WORDS]
    if len(known) != len(words) or not known:
        return None
    total = group = 0
    last: _Word | None = None
    ending: int | None = None  # a digit that nothing has multiplied yet
    unit = 1
    """The last unit that was said: what a digit behind it is a tenth of."""
    for index, word in enumerate(known):
        after = known[index + 1] if index + 1 < len(known) else None
        if word.kind == "digit":
            if ending is not None or (not word.standing and (last is None or last.kind in ("digit", "half"))):
                return None
            bare = after is None and last is not None and last.kind == "unit" and unit >= 100
            ending = word.value * (unit // 10 if bare else 1)
        elif word.kind == "ten":
            if ending is not None or group % 100:
                return None
            group, unit = group + word.value, 1
        elif word.kind == "zero":
            if after != _Word("unit", 100, standing=False) or last is None or ending is not None:
                return None
            ending = 0
        elif word.kind == "join":
            if ending is not None or last is None or last.kind != "unit" or unit < 100 or after is None:
                return None
            unit = 1
        elif word.kind == "half":
            if last is None or last.kind != "unit" or after is not None:
                return None
            ending = unit // 2
        elif word.value < _THOUSAND:
            if ending is None or (word.value == 100 and group):
                return None
            group, ending, unit = group + ending * word.value, None, word.value
        else:
            amount = group + (ending or 0)
            if not amount and not (total and last is not None and last.kind == "unit"):
                return None
            # nghìn tỷ multiplies what is there already
            total = total + amount * word.value if amount else total * word.value
            group, ending, unit = 0, None, word.value
        last = word
    return total + group + (ending or 0)


def word_numbers_in(normal: Normalized) -> Iterator[WordNumber]:
    """Yield the numbers in words that count something in a normalized text, in order.

    Labels have words only where they count what the taxonomy has a subject for other than `other`, or money.
    """
    text, after = normal.text, 0
    for match in _FIRST.finditer(normal.text, 0, len(text)):
        at = match.start()
        goes_on = _GOES_ON.match(text, match.end()) or _SAME_IN_DIGITS.match(text, match.end())
        if at < after or not goes_on:
            continue
        run = _run(text, match)
        value, words, end = _longest(run)
        after = end
        if value is None:
            continue
        same = _SAME_IN_DIGITS.match(text, end)
        tail = same.end() if same and int(same[1].replace(".", "")) == value else end
        if _counting(text, at, tail, words, certain=tail > end):
            yield WordNumber(at, end, tail, value)


def _run(text: str, first: re.Match[str]) -> list[tuple[str, int]]:
    """Return the number words from `first` on, each with where it ends; "mười năm" is ten years, not fifteen."""
    run = [(first.group(), first.end())]
    while len(run) < _LONGEST and (match := _WORD.match(text, run[-1][1])) and match[1] in _WORDS:
        known, before = _WORDS[match[1]], _WORDS[run[-1][0]]
        if match[1] == _YEARS and before.kind in ("digit", "ten"):
            break
        if known.kind == "zero" and not text.startswith(" trăm", match.end()):
            break
        run.append((match[1], match.end()))
    return run


def _longest(run: Sequence[tuple[str, int]]) -> tuple[int | None, list[str], int]:
    """Return the value of the longest beginning of a run that has one, its words, and where it ends.

    The value is None for a guess ("hai ba"), which ends where the run does.
    """
    words = [word for word, _ in run]
    for length in range(len(run), 0, -1):
        value = value_of_words(words[:length])
        if value is not None:
            guess = length < len(run) and _WORDS[words[length]].kind == "digit"
            return (None, words, run[-1][1]) if guess else (value, words[:length], run[length - 1][1])
    return None, words, run[-1][1]


def _counting(text: str, at: int, end: int, words: Sequence[str], *, certain: bool) -> bool:
    """Tell whether number words from `at` to `end` count; `certain` where the same number stands behind in digits."""
    unit = _WORDS[words[-1]]
    money = unit.kind == "unit" and unit.value >= _THOUSAND and _MONEY.match(text, end)
    found = noun_subject(words_after(text, end)) if not money and text[end : end + 1].isspace() else None
    if not money and (found is None or found[1] == "other" or found[0] in _NOT_IN_WORDS):
        return False
    preceding = words_before(text, at)
    leading = {" ".join(preceding[-size:]) for size in (1, 2, 3)} if preceding else set[str]()
    of_some = leading & _NOT_AFTER == {"số"} and text[end : end + 1].isspace()
    if leading & _NOT_AFTER and not of_some:
        return False
    if found is None or certain:
        return True
    if of_some and found[1] not in graded_subjects():
        return False
    if list(words) == ["một"]:
        if _SOME.match(text, end):
            return False
        if found[1] in graded_subjects() and not leading & _IS_ONE and _GRADED_AFTER.match(text, end):
            return True
        if found[1] in _PARTY and leading & _FOUNDED:
            return True
        listed = not leading and _COUNT_BEFORE.search(text[max(0, at - 52) : at]) is not None
        led = bool(leading & _LEADS_TO_COUNT) and _beside_another(text, at, end)
        return bool(leading & _BOUNDS) or listed or led
    return list(words) != ["năm"] or bool(leading & _LEADS_TO_COUNT)


def _beside_another(text: str, at: int, end: int) -> bool:
    """Tell whether "một" stands in a row of counts, where it is a number and no article."""
    return bool(_COUNT_BEFORE.search(text[max(0, at - 52) : at]) or _COUNT_AFTER.match(text, end))
