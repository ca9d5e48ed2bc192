"""Labels: one table of words for both languages, and values as each language writes them."""

from __future__ import annotations

import ast
import csv
import errno
import os
import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path
from string import Formatter
from typing import Any

import pytest

import summarizer
from summarizer.article.phrases import Lists, expand
from summarizer.schemas.labels import labels
from summarizer.schemas.report import Count, Finding, LeftOut, Notice, Quotation

ROWS = list(
    csv.DictReader(
        line
        for line in files("summarizer.schemas").joinpath("labels.csv").read_text("utf-8").splitlines()
        if not line.startswith("#")
    )
)


def test_no_key_stands_twice() -> None:
    keys = [row["key"] for row in ROWS]
    assert len(keys) == len(set(keys))


def test_each_word_that_bounds_a_number_is_said_in_both_languages() -> None:
    words = Lists("summarizer.article", "numbers")
    listed = (
        way for name in ("qualifiers", "qualifiers_behind") for one in words[name] for way in expand(one)
    )
    bounds = {way.replace("khỏang", "khoảng") for way in listed}  # the other placement of its tone
    assert bounds == labels("en").all("bound").keys()
    assert labels("vi").all("bound") == {word: word for word in bounds}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["key"])
def test_both_languages_say_it_and_fill_in_the_same_values(row: dict[str, str]) -> None:
    assert row["vi"]
    assert row["en"]
    assert not re.search("[à-ỹĐđ]", row["en"])
    names = set(re.findall(r"\{(\w+)(?::\w+)?\}", row["vi"]))
    # What is said of one thing may leave its number out.
    assert set(re.findall(r"\{(\w+)(?::\w+)?\}", row["en"])) == names


@pytest.mark.parametrize(
    "row", [row for row in ROWS if row["key"].startswith("text.")], ids=lambda row: row["key"]
)
def test_a_sentence_of_the_library_stands_in_its_code_as_in_the_table(row: dict[str, str]) -> None:
    for literal, *_ in Formatter().parse(row["en"]):
        assert made_of_texts(literal), literal


def made_of_texts(words: str) -> bool:
    """Whether words are texts of the program's code, one behind the other, or the end or beginning of one.

    A space before or behind them may be written where the code puts them together.
    """
    if not words.strip() or any(words.strip() in text for text in texts_of_the_code()):
        return True
    return any(words.startswith(text) and made_of_texts(words[len(text) :]) for text in texts_of_the_code())


@cache
def texts_of_the_code() -> frozenset[str]:
    """Every text in the code longer than a letter; of an f-string, what stands between the braces.

    With them what the operating system says of an error, which sentences of the code hold.
    """
    texts = {node.value for node in nodes() if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    return frozenset({*(text for text in texts if len(text) > 1), *map(os.strerror, errno.errorcode)})


def nodes() -> Iterator[ast.AST]:
    """Every node of the program's code."""
    for path in Path(summarizer.__file__).parent.rglob("*.py"):
        yield from ast.walk(ast.parse(path.read_text("utf-8")))


def sentences_of_the_code() -> Iterator[tuple[str, ...]]:
    """Every sentence that an error or a notice is made with: what stands before, between and behind its values."""
    for node in nodes():
        if not isinstance(node, ast.Call) or not node.args:
            continue
        made = ast.unparse(node.func)
        if made in NOT_FOR_PEOPLE or not made.endswith(("Error", ".notice")):
            continue
        match node.args[0]:
            case ast.Constant(value=str(sentence)):
                yield (sentence,)
            case ast.JoinedStr(values=parts):
                marked = "".join(str(one.value) if isinstance(one, ast.Constant) else "\0" for one in parts)
                yield tuple(marked.split("\0"))


NOT_FOR_PEOPLE = (
    "TypeError",
    "ValueError",
    "KeyError",
    "AttributeError",
    "ImportError",
    "ResponseParsingError",
)
"""Errors that only programs meet, in English."""
NEVER_SHOWN = ("the request is noted, not sent",)


@pytest.mark.parametrize("parts", sorted({*sentences_of_the_code()}), ids="…".join)
def test_every_sentence_of_the_code_has_its_vietnamese(parts: tuple[str, ...]) -> None:
    sentence = "7".join(parts)
    pattern = ".*".join(map(re.escape, parts))  # where what it fills in is words that a row spells out
    assert (
        parts == NEVER_SHOWN
        or labels("vi").translate(sentence) != sentence
        or any(re.fullmatch(pattern, row["en"]) for row in ROWS)
    )


@pytest.mark.parametrize(
    ("english", "vietnamese"),
    [
        ("a: no such file", "a: không có tệp này"),
        ("counts: no such file", "counts: không có tệp này"),
        (
            "a: has 2,500,000 characters, more than the 1,000,000 of an article; split it",
            "a: có 2.500.000 ký tự, nhiều hơn 1.000.000 của một bài; hãy tách ra",
        ),
        (
            "9 articles failed and none was done, the last so: http://x failed (503): try again later",
            "9 bài lỗi mà chưa bài nào xong, bài cuối vì: http://x gặp lỗi (503): hãy thử lại sau",
        ),
        ("a: cannot be written (Permission denied)", "a: không ghi được (không có quyền)"),
        (
            "SUMMARIZER_RETRIES must be a whole number from 0 to 20, not 'x'",
            "SUMMARIZER_RETRIES phải là số nguyên từ 0 đến 20, không phải 'x'",
        ),
        (
            "b1: completed, 1,200 of 1,201 answered, 1 failed (no reason given)",
            "b1: completed, trả lời 1.200/1.201, 1 yêu cầu hỏng (không nói lý do)",
        ),
        (
            "stopped (SIGINT); batches that were submitted go on, and the same command collects them",
            "đã dừng (SIGINT); các lô đã gửi vẫn chạy tiếp, chạy lại lệnh này để nhận kết quả",
        ),
        ("x.vn: no such host on the network", "x.vn: không có máy chủ này trên mạng"),
        (
            "finishing what is under way (1); once more to stop at once",
            "đang làm nốt 1 bài dở; nhấn lần nữa để dừng ngay",
        ),
        ("what nobody has foreseen", "what nobody has foreseen"),
        ("no such file\nno such file", "no such file\nno such file"),
    ],
)
def test_a_sentence_of_the_library_is_found_by_its_english(english: str, vietnamese: str) -> None:
    assert labels("vi").translate(english) == vietnamese
    assert labels("en").translate(english) == english


def test_a_sentence_as_long_as_a_page_is_left_as_it_is() -> None:
    long = ": another job (process 1 on a, since " * 2_000
    assert labels("vi").translate(long) == long


def test_english_distinguishes_one_from_several() -> None:
    assert labels("en")("page.counts", n=1) == "1 count"
    assert labels("en")("page.counts", n=2300) == "2,300 counts"
    assert labels("vi")("page.counts", n=2300) == "2.300 số đếm"


@pytest.mark.parametrize("lang", ["fr", "", "VI"])
def test_another_language_is_refused(lang: Any) -> None:
    with pytest.raises(ValueError, match="lang must be vi or en"):
        labels(lang)


@pytest.mark.parametrize(
    ("value", "vietnamese", "english"),
    [
        (999, "999", "999"),
        (6481, "6.481", "6,481"),
        (75.2, "75,2", "75.2"),
        (1234.5, "1.234,5", "1,234.5"),
        (12.0, "12", "12"),
        (-1500, "-1.500", "-1,500"),
        (2**60, "1.152.921.504.606.846.976", "1,152,921,504,606,846,976"),
    ],
)
def test_numbers(value: float, vietnamese: str, english: str) -> None:
    assert (labels("vi").number(value), labels("en").number(value)) == (vietnamese, english)


@pytest.mark.parametrize(
    ("value", "currency", "vietnamese", "english"),
    [
        (2_300_000_000_000, None, "2.300 tỷ đồng", "2,300 billion VND"),
        (12_500_000_000, None, "12,5 tỷ đồng", "12.5 billion VND"),
        (1_234_567, None, "1,235 triệu đồng", "1.235 million VND"),
        (500_000, None, "500.000 đồng", "500,000 VND"),
        (300, "USD", "300 USD", "300 USD"),
        (10**40, None, f"1{'0' * 31}", ""),
    ],
)
def test_money(value: int, currency: str | None, vietnamese: str, english: str) -> None:
    shown = labels("vi").money(value, currency)
    assert shown.replace(".", "").startswith(vietnamese) if not english else shown == vietnamese
    assert not english or labels("en").money(value, currency) == english


@pytest.mark.parametrize(
    ("fields", "vietnamese"),
    [
        ({"value": 1, "total": 5}, "1/5"),
        ({"value": 75.2, "unit": "percent"}, "75,2%"),
        ({"value": 53_000_000_000, "unit": "money"}, "53 tỷ đồng"),
        ({"value": 12}, "12"),
    ],
)
def test_the_value_of_a_count(fields: dict[str, Any], vietnamese: str) -> None:
    values = {"unit": "count", **fields}
    count = Count(
        at=0,
        text="1",
        subject="party_cell",
        status="result",
        counted="chi bộ",
        sentence=Quotation(at=0, text="1 chi bộ"),
        certainty="agreed",
        **values,
    )
    assert labels("vi").value(count) == vietnamese


@pytest.mark.parametrize(
    ("iso", "vietnamese", "english"),
    [("2021-02-03", "03/02/2021", "3 Feb 2021"), ("2021-02", "2021-02", "2021-02"), (None, "", "")],
)
def test_days(iso: str | None, vietnamese: str, english: str) -> None:
    assert (labels("vi").day(iso), labels("en").day(iso)) == (vietnamese, english)


GRADED = tuple(
    Notice(code="graded", values={"written": written, "grade": grade})
    for written, grade in (("4/4 chi bộ", "good"), ("01 chi bộ", "excellent"))
)
FINDING = Finding(
    kind="grade_total",
    message="Bài ghi …",
    notices=(
        Notice(code="grades", values={"graded": GRADED, "sum": 6612, "total": 4.5, "noun": " chi bộ"}),
        Notice(code="within"),
    ),
    arithmetic="1.200 + 1,5 = 1.201,5 ≠ 3 tỷ đồng",
    places=(),
)


def test_a_finding_is_told_in_each_language() -> None:
    assert labels("vi").finding(FINDING) == (
        "Bài ghi 4/4 chi bộ hoàn thành tốt và 01 chi bộ hoàn thành xuất sắc, cộng lại là 6.612, "
        "nhiều hơn 4,5 chi bộ. Chỉ khớp nếu số sau đã nằm trong số trước."
    )
    assert labels("en").finding(FINDING) == (
        "The article says “4/4 chi bộ” finished well and “01 chi bộ” finished excellently: 6,612 together, "
        "more than 4.5 chi bộ. They agree only if the later number is a part of the earlier one."
    )
    assert labels("vi").arithmetic(FINDING) == "1.200 + 1,5 = 1.201,5 ≠ 3 tỷ đồng"
    assert labels("en").arithmetic(FINDING) == "1,200 + 1.5 = 1,201.5 ≠ 3 billion VND"


def test_what_two_tellings_say_is_shown_as_the_article_writes_it() -> None:
    told_twice = FINDING.model_copy(update={"kind": "same_fact", "arithmetic": "2.157 ≠ 2.175"})
    assert labels("en").arithmetic(told_twice) == "2.157 ≠ 2.175"


def test_a_report_of_an_earlier_version_has_no_codes() -> None:
    earlier = FINDING.model_copy(update={"notices": ()})
    assert labels("vi").finding(earlier) == "Bài ghi …"
    assert labels("en").finding(earlier) == "More were graded than there are."
    assert labels("en").why(LeftOut(field="counts", text="12", why="không rõ")) == "không rõ"


def test_values_of_a_notice_mark_up_nothing() -> None:
    notice = Notice(code="not_in_article", values={"words": "{n} {0!r} {words.__class__}"})
    assert labels("en").notice(notice) == "“{n} {0!r} {words.__class__}” is not in the article"
