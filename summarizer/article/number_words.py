"""Vietnamese number words: where a text counts with them, and the value they have."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from summarizer.article.context import words_after, words_before
from summarizer.article.cues import Cue
from summarizer.article.normalize import Folded, fold
from summarizer.article.nouns import noun_subject
from summarizer.article.phrases import Lists
from summarizer.schemas.taxonomy import graded_subjects

__all__ = ("WordNumber", "value_of_words", "word_numbers_in")

_TABLE = Lists("summarizer.article", "number_words")

_DIGITS = {
    "một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5, "nhăm": 5,
    "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9,
}  # fmt: skip
_GROUPS = {"nghìn": 1_000, "ngàn": 1_000, "vạn": 10_000, "triệu": 1_000_000, fold("tỷ").text: 1_000_000_000}
_JOINS = _TABLE.words("joins")
_ENDINGS = _TABLE.words("endings")
_ALL = frozenset(_DIGITS) | frozenset(_GROUPS) | _JOINS | {"mười", "mươi", "trăm", "chục"}
# The words a number can begin with.
_FIRST = Cue(r"(?:một|hai|ba|bốn|năm|sáu|bảy|bẩy|tám|chín|mười)(?!\w)")
_LONGEST = 16
_GOES_ON = re.compile(r"\s{1,3}[^\W\d]")
_WORD = re.compile(r"\s{1,3}([^\W\d_]+)")
_MONEY = re.compile(r"\s{1,3}đồng(?!\s{1,3}(?:chí|bào|nghiệp|đội|hồ))")
# Behind these a number word ranks, names, or belongs to a fixed phrase.
_NOT_BEHIND = _TABLE.joined("not_behind")
# "một" and "năm" also mean "a" and "year": only behind a word that leads to a count are they numbers.
_LEADS_TO_COUNT = _TABLE.joined("leads_to_count")
_IS_ONE = _TABLE.joined("is_one")
_GRADED_BEHIND = re.compile(fold(r"[^.;:,\d]{3,44}(?:không|chưa)?\s?(?:hoàn thành|xếp loại|trong sạch)").text)
_SOME = re.compile(r"\s{1,3}số(?!\w)")
_FOUNDED = _TABLE.joined("founded")
_BOUNDS = _TABLE.joined("bounds")
_COUNT = r"(?<![\d/.,-])(?:\d{1,3}|hai|ba|bốn|sáu|bảy|tám|chín|mười)(?=\s[^\W\d])"
_COUNT_BEFORE = re.compile(rf"{_COUNT}[^.;:\d]{{3,44}}(?:,|;|và)\s(?:có\s)?$")
_COUNT_AFTER = re.compile(rf"[^.;:\d]{{3,44}}(?:,|và)\s(?:có\s)?{_COUNT}")
_PARTY = frozenset(("party_cell", "party_organization"))
_NOT_IN_WORDS = _TABLE.joined("not_in_words")


@dataclass(frozen=True, slots=True)
class WordNumber:
    """A number in words, in offsets of the folded text."""

    at: int
    end: int
    value: int


def value_of_words(words: Sequence[str]) -> int | None:
    """Return the value of folded number words (["hai", "mươi", "mốt"]), None where they make no number."""
    total = group = 0
    digit: int | None = None
    last = ""
    for word in words:
        if word in _DIGITS:
            if digit is not None or (word in _ENDINGS and last not in {"mươi", "mười"} | _JOINS):
                return None
            digit = _DIGITS[word]
        elif word == "mười":
            if digit is not None or group % 100:
                return None
            group += 10
        elif word in {"mươi", "chục", "trăm"}:
            if digit is None or (word == "trăm" and group):
                return None
            group, digit = group + digit * (100 if word == "trăm" else 10), None
        elif word in _JOINS:
            if digit is not None or last not in {"trăm"} | set(_GROUPS):
                return None
        elif word in _GROUPS:
            amount = group + (digit or 0)
            if not amount:
                return None
            total, group, digit = total + amount * _GROUPS[word], 0, None
        else:
            return None
        last = word
    return None if last in _JOINS or not words else total + group + (digit or 0)


def word_numbers_in(folded: Folded) -> Iterator[WordNumber]:
    """Yield the numbers in words that count something in a folded text, in order.

    GOLD labels words only where they count what the taxonomy has a subject for other than `other`, or money.
    """
    text, behind = folded.text, 0
    for match in _FIRST.findall(folded, 0, len(text)):
        at = match.start()
        if at < behind or not _GOES_ON.match(text, match.end()):
            continue
        words, end = _run(text, match)
        value = value_of_words(words)
        if value is not None and _counting(text, at, end, words):
            behind = end
            yield WordNumber(at, end, value)


def _run(text: str, first: re.Match[str]) -> tuple[list[str], int]:
    """Return the number words from `first` on, and where they end: "mười năm" is ten years, "hai ba" no number."""
    words, end = [first.group()], first.end()
    while len(words) < _LONGEST and (match := _WORD.match(text, end)) and match[1] in _ALL:
        word = match[1]
        if (
            word in _DIGITS
            and word not in _ENDINGS
            and words[-1] not in {"mươi", "mười", "trăm"} | _JOINS | set(_GROUPS)
        ):
            break
        if word == "năm" and words[-1] == "mười":
            break
        words.append(word)
        end = match.end()
    return words, end


def _counting(text: str, at: int, end: int, words: Sequence[str]) -> bool:
    money = words[-1] in _GROUPS and _MONEY.match(text, end)
    found = noun_subject(words_after(text, end)) if not money and text[end : end + 1].isspace() else None
    if not money and (found is None or found[1] == "other" or found[0] in _NOT_IN_WORDS):
        return False
    preceding = words_before(text, at)
    leading = {" ".join(preceding[-size:]) for size in (1, 2, 3)} if preceding else set[str]()
    of_some = leading & _NOT_BEHIND == {"số"} and text[end : end + 1].isspace()
    if leading & _NOT_BEHIND and not of_some:
        return False
    if found is None:
        return True  # it is money
    if of_some and found[1] not in graded_subjects():
        return False
    if list(words) == ["một"]:
        if _SOME.match(text, end):
            return False
        if found[1] in graded_subjects() and not leading & _IS_ONE and _GRADED_BEHIND.match(text, end):
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
