"""evals/systems: what the systems' answers become before they are scored."""

from __future__ import annotations

import asyncio
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from evals.answers import Answers, Source
from evals.gold import LabelledArticle
from evals.systems.langextract import count_of
from evals.systems.naive import NaiveCount, passages, place_counts
from evals.systems.naive_large import NaiveLarge, NaiveReport, predicted
from tests.loopback import Loopback, chat

TEXT = (
    "Năm 2020 có 02 lớp; khen thưởng 02 chi bộ, 1/5 tổ, 75,2% đảng viên hoàn thành tốt nhiệm vụ, 53 tỷ đồng."
)


def written(number: str, counted: str, value: float = 2) -> NaiveCount:
    return NaiveCount(
        number=number,
        value=value,
        total=None,
        unit="count",
        subject="party_cell",
        grade=None,
        status="result",
        counted=counted,
    )


@pytest.mark.parametrize(
    ("number", "counted", "at"),
    [
        ("02", "lớp", TEXT.index("02 lớp")),
        ("02", "chi bộ", TEXT.index("02 chi")),
        ("02", "Chi  Bộ", TEXT.index("02 chi")),
        ("02", "học viên", TEXT.index("02 lớp")),
        ("75,2", "đảng viên", TEXT.index("75,2")),
        ("2", "chi bộ", -1),
        ("20", "năm", -1),
        ("99", "chi bộ", -1),
        ("", "chi bộ", -1),
    ],
)
def test_a_written_number_is_looked_up_where_its_words_follow(number: str, counted: str, at: int) -> None:
    assert [count.at for count in place_counts([written(number, counted)], TEXT, 0, len(TEXT))] == [at]


def test_a_number_written_twice_takes_two_places() -> None:
    placed = place_counts([written("02", "?"), written("02", "?"), written("02", "?")], TEXT, 0, len(TEXT))
    assert [count.at for count in placed] == [TEXT.index("02 lớp"), TEXT.index("02 chi"), -1]


def test_pieces_cover_the_text_in_order() -> None:
    text = "Một câu dài. " * 500 + "\n\n" + "x" * 5000
    assert "".join(passage for _, passage in passages(text)) == text
    assert all(text[start : start + len(passage)] == passage for start, passage in passages(text))


REPORT: dict[str, Any] = {
    **dict.fromkeys(
        ("organization", "date_held", "date_published", "period", "kind", "parent", "place", "form")
    ),
    "period_text": "Năm 2020",
    "people": [{"name": "Lê Anh", "post": None, "roles": ["chair"]}],
    "reports": [],
    "recipients": [{"text": "chi bộ", "more": "giấy khen"}],
    "elected": [],
    "counts": [written("02", "chi bộ").model_dump()],
    "sections": [
        {"kind": "achievement", "text": "khen thưởng  02 chi bộ"},
        {"kind": "directive", "text": "khen thưởng 03 chi bộ"},
    ],
    "summary": "Có 02 chi bộ.",
}


def test_a_report_written_whole_is_placed_where_its_words_stand() -> None:
    prediction = predicted(NaiveReport.model_validate(REPORT), TEXT)
    assert prediction.parts is not None
    assert [count.at for count in prediction.counts] == [TEXT.index("02 chi")]
    assert [(one.at, one.text) for one in prediction.parts.sections] == [
        (TEXT.index("khen"), "khen thưởng 02 chi bộ"),
        (-1, "khen thưởng 03 chi bộ"),
    ]
    assert [one.at for one in (*prediction.parts.people, *prediction.parts.recipients)] == [
        -1,
        TEXT.index("chi bộ"),
    ]
    assert prediction.chairs == ("Lê Anh",)


def test_a_large_model_is_asked_for_the_whole_report_at_once(
    five: list[LabelledArticle], tmp_path: Path
) -> None:
    with Loopback(lambda request: chat(REPORT)) as server:
        source = Source("m", server.base_url)
        live = asyncio.run(NaiveLarge(Answers("record", tmp_path, source)).predict(five[3], 0))
        asked = len(server.requests)
    replayed = asyncio.run(NaiveLarge(Answers("recorded", tmp_path)).predict(five[3], 0))
    assert (asked, live.parts, live.summary) == (1, replayed.parts, REPORT["summary"])


def extracted(text: str, at: int | None, counted: str = "") -> Any:
    interval = None if at is None else SimpleNamespace(start_pos=at)
    return SimpleNamespace(
        extraction_text=text, char_interval=interval, attributes={"counted": counted} if counted else None
    )


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("02 chi bộ", (2, None, "count", "party_cell", None)),
        ("1/5 tổ", (1, 5, "count", "collective", None)),
        ("75,2% đảng viên hoàn thành tốt nhiệm vụ", (75.2, None, "percent", "party_member", "good")),
        ("53 tỷ đồng", (53 * 10**9, None, "money", "money", None)),
    ],
)
def test_an_extraction_is_read_in_its_favour(text: str, read: tuple[object, ...]) -> None:
    at = TEXT.index(text)
    count = count_of(extracted(text, at), TEXT)
    assert count is not None
    assert (count.value, count.total, count.unit, count.subject, count.grade) == read
    assert count.at == at


def test_an_extraction_that_was_not_aligned_stands_nowhere() -> None:
    count = count_of(extracted("07 chi bộ", None), TEXT)
    assert count is not None
    assert count.at == -1


def test_an_extraction_without_a_number_is_no_count() -> None:
    assert count_of(extracted("chi bộ", 0), TEXT) is None
