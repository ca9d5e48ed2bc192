"""Vietnamese number words: where a text counts with them, and the value they have."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from summarizer.counted_nouns import counts_things, phrases
from summarizer.folding import fold

__all__ = ("WordNumber", "value_of_words", "word_numbers_in")

_DIGITS = {
    "không": 0, "một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5, "nhăm": 5,
    "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9,
}  # fmt: skip
_GROUPS = {"nghìn": 1_000, "ngàn": 1_000, "vạn": 10_000, "triệu": 1_000_000, "tỉ": 1_000_000_000}
_JOINS = {"linh", "lẻ"}
_ALL = frozenset(_DIGITS) | frozenset(_GROUPS) | _JOINS | {"mười", "mươi", "trăm", "chục", "rưỡi"}
# The words a number can begin with; "tư", "mốt", "lăm" only ever end one, "không" is nearly always "no".
_FIRST = re.compile(r"\b(?:một|hai|ba|bốn|năm|sáu|bảy|bẩy|tám|chín|mười)\b")
_WORD = re.compile(r"\w+")
# Behind these words a number word ranks, names or belongs to a fixed phrase.
_NOT_BEHIND = phrases(
    """thứ, lần thứ, giải, hạng, lớp, khối, cấp, loại, tháng, nhất nhì, tết, cao, bậc, bữa, đệ, quý, tiết, bài,
    phần, chương, mục, tập, kỳ, học kỳ, quyển, vòng, đợt, số, hàng, vài, mấy, từng, mỗi, nhì, bà, ông, cô, chú, anh,
    chị, em, bác, đồng chí, đ/c, ngày, mùng, mồng, nhân, văn, thị, toán, tổ, khu, huyện, xã, thôn, hướng, đúng, như"""
)
_CARDINAL_BEFORE = phrases(
    """có, gồm, với, cho, và, được, tặng, trao, bầu, cả, là, gần, hơn, trên, khoảng, kết nạp, còn, thêm, đạt, cùng,
    cử, tổ chức, thành lập, thưởng, khen thưởng, mở, đón, chỉ, dưới, ít nhất, biểu dương, xây dựng, hoàn thành, giới thiệu"""
)
# Words of a number are labelled only where they count what the taxonomy knows; ha, km, thôn are written in digits.
_NOT_IN_WORDS = phrases(
    """nhà, nước, huyện, xã, tỉnh, bản, con, bộ, phong, tờ, cây, dân, mẹ, tạ, tấn, ha, km, nhóm, cô, thầy, người dân,
    chương trình, kế hoạch, bài, chiếc, máy, ấp, thôn, phường, quốc gia, trẻ, cháu, gia đình, gương, hoạt động,
    phong trào, công trình, căn nhà, lao động, mô hình, tiêu chí, ý kiến, chỉ tiêu, đợt, cờ, bữa, sản phẩm, nhà trường"""
)


@dataclass(frozen=True, slots=True)
class WordNumber:
    """A number in words, as offsets of the folded text."""

    at: int
    end: int
    value: int


def value_of_words(words: list[str]) -> int | None:
    """Return the value of number words ("hai", "mươi", "mốt"), None where they make no number."""
    total = group = 0
    digit: int | None = None
    last = ""
    for position, word in enumerate(words):
        if word in _DIGITS:
            if digit is not None or (
                word in {"tư", "mốt", "lăm", "nhăm"} and last not in {"mươi", "mười", "linh", "lẻ"}
            ):
                return None
            digit = _DIGITS[word]
        elif word == "mười":
            if digit is not None:
                return None
            group += 10
        elif word in {"mươi", "chục"}:
            if digit is None:
                return None
            group, digit = group + digit * 10, None
        elif word == "trăm":
            if digit is None:
                return None
            group, digit = group + digit * 100, None
        elif word in _JOINS:
            if not last or digit is not None:
                return None
        elif word == "rưỡi":
            if last not in _GROUPS or position != len(words) - 1:
                return None
            total += _GROUPS[last] // 2
        else:
            amount = group + (digit or 0)
            if not amount:
                return None
            total, group, digit = total + amount * _GROUPS[word], 0, None
        last = word
    return None if last in _JOINS else total + group + (digit or 0)


def word_numbers_in(text: str) -> Iterator[WordNumber]:
    """Yield the numbers in words that count something in a folded text, in order."""
    behind = 0
    for match in _FIRST.finditer(text):
        if match.start() < behind:
            continue
        words, end = _run(text, match)
        value = value_of_words(words)
        if value is None or not _counting(text, match.start(), end, words):
            continue
        behind = end
        yield WordNumber(match.start(), end, value)


def _run(text: str, first: re.Match[str]) -> tuple[list[str], int]:
    """Return the number words from `first` on, and where they end; "mười năm" is ten years."""
    words, end = [first.group()], first.end()
    for match in _WORD.finditer(text, end, end + 80):
        word = match.group()
        if word not in _ALL or not text[end : match.start()].isspace():
            break
        if word == "năm" and words[-1] not in _JOINS | {"trăm", "mươi"} | set(_GROUPS):
            break
        if word in {"ba", "hai", "bốn", "sáu", "bảy", "tám", "chín", "một"} and words[-1] in _DIGITS:
            break
        words.append(word)
        end = match.end()
    return words, end


def _counting(text: str, at: int, end: int, words: list[str]) -> bool:
    after = text[end : end + 48]
    if not after[:1].isspace():
        return False
    following = after.split()[:3]
    if (
        not counts_things(following)
        or following[0] in _NOT_IN_WORDS
        or " ".join(following[:2]) in _NOT_IN_WORDS
    ):
        return False
    before = text[max(0, at - 32) : at]
    preceding = [] if not before or before.rstrip()[-1:] in tuple(",.;:!?()\"'-") else before.split()[-2:]
    if preceding and (preceding[-1] in _NOT_BEHIND or " ".join(preceding) in _NOT_BEHIND):
        return False
    if words in (["năm"], ["một"]):
        return (
            bool(preceding)
            and (preceding[-1] in _CARDINAL_BEFORE or " ".join(preceding) in _CARDINAL_BEFORE)
            and (words == ["năm"] or _beside_another(text, at, end))
        )
    return True


_ANOTHER = re.compile(r"\d|\b(?:hai|ba|bốn|sáu|bảy|tám|chín|mười)\s")


def _beside_another(text: str, at: int, end: int) -> bool:
    """Tell whether "một" stands in a row of counts, where it is a number and no article."""
    return (
        _ANOTHER.search(text[max(0, at - 60) : at]) is not None
        or _ANOTHER.search(text[end : end + 60]) is not None
    )
