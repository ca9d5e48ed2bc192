"""Dates: every notation, what says that a/b is a day, and what is no day."""

from __future__ import annotations

import datetime as dt
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.article.dates import Date, find_dates
from summarizer.article.normalize import normalize


def dates_of(text: str) -> list[Date]:
    return find_dates(normalize(text))


def only(text: str) -> Date:
    (date,) = dates_of(text)
    return date


@pytest.mark.parametrize(
    ("text", "written", "iso"),
    [
        ("ngày 03 tháng 02 năm 2021, Đảng ủy", "03 tháng 02 năm 2021", "2021-02-03"),
        ("Chiều ngày 31 tháng 12 năm 2020", "31 tháng 12 năm 2020", "2020-12-31"),
        ("Ngày 6 tháng năm 2020", "6 tháng năm 2020", "2020-05-06"),
        ("03/02/2021", "03/02/2021", "2021-02-03"),
        ("Ngày 26-01-2022, tại", "26-01-2022", "2022-01-26"),
        ("31/5/2019", "31/5/2019", "2019-05-31"),
        ("ngày 2.4.2021", "2.4.2021", "2021-04-02"),
        ("2021-02-03T08:00", "2021-02-03", "2021-02-03"),
        ("ngày 3/ 2/ 2021", "3/ 2/ 2021", "2021-02-03"),
        ("ngày 5/2/21", "5/2/21", "2021-02-05"),
        ("(28/6/2020).", "28/6/2020", "2020-06-28"),
        ("29/02/2020", "29/02/2020", "2020-02-29"),
        ("2/26/2019 9:45:35 AM", "2/26/2019", "2019-02-26"),
        ("2/6/2019 9:45:35 AM", "2/6/2019", "2019-06-02"),
    ],
)
def test_a_full_date_is_a_day(text: str, written: str, iso: str) -> None:
    date = only(text)
    assert (date.text, date.iso) == (written, iso)
    assert text[date.at : date.end] == written


@pytest.mark.parametrize(
    ("text", "day", "month", "year"),
    [
        ("Sáng ngày 11/8, Sở", 11, 8, None),
        ("Chiều 27/6 tại hội trường", 27, 6, None),
        ("mừng Quốc khánh 2/9", 2, 9, None),
        ("Sáng 30-6, tại phiên bế mạc", 30, 6, None),
        ("khai mạc sáng mai 11-12 tại Hà Nội", 11, 12, None),
        ("kỳ thi Olympic 30-4 tại Hà Nội", 30, 4, None),
        ("phấn đấu đến 30/11 giải ngân hết", 30, 11, None),
        ("nhân dịp 20.11 năm nay", 20, 11, None),
        ("Ngày 20/11 học sinh cả nước", 20, 11, None),
        ("vào tháng 6/2015 - khi", None, 6, 2015),
        ("tháng 10 năm 2018", None, 10, 2018),
        ("trong tháng 5, trường", None, 5, None),
        ("(12/2021)", None, 12, 2021),
        ("Ngày đăng: 2021-08", None, 8, 2021),
    ],
)
def test_a_part_of_a_date_keeps_what_it_says(
    text: str, day: int | None, month: int, year: int | None
) -> None:
    date = only(text)
    assert (date.day, date.month, date.year, date.iso) == (day, month, year, None)


@pytest.mark.parametrize(
    ("text", "isos"),
    [
        ("trong 2 ngày 21 và 22/6/2018", ["2018-06-21", "2018-06-22"]),
        ("từ ngày 10 đến 12/5/2021", ["2021-05-10", "2021-05-12"]),
        ("ngày 30/4 và 1/5/2021", ["2021-04-30", "2021-05-01"]),
        ("ngày 5-6/8/2022", ["2022-08-05", "2022-08-06"]),
        ("trong hai ngày 27 và 28/6/2020", ["2020-06-27", "2020-06-28"]),
        ("từ ngày 15/3/2021 đến ngày 20/3/2021", ["2021-03-15", "2021-03-20"]),
    ],
)
def test_days_that_are_joined_share_month_and_year(text: str, isos: list[str]) -> None:
    assert [date.iso for date in dates_of(text)] == isos


def test_feasts_in_a_row_are_days() -> None:
    dates = dates_of("chào mừng ngày 30/4, 1/5, bầu cử Quốc hội")
    assert [(date.day, date.month) for date in dates] == [(30, 4), (1, 5)]


def test_a_bare_day_and_month_is_a_day_where_one_like_it_stands_before() -> None:
    dates = dates_of("Sáng 11-12, đại hội khai mạc. Phiên bế mạc 13-12, có 10-12 đại biểu vắng.")
    assert [(date.day, date.month) for date in dates] == [(11, 12), (13, 12)]


@pytest.mark.parametrize(
    "text",
    [
        "1/5 chi bộ", "có 5/9 chi bộ", "09/41 đảng viên", "kết nạp 2/9 quần chúng", "đạt 12/12 chỉ tiêu",
        "31/2/2021", "ngày 30/2/2021", "32/1/2021", "12/13/2021", "ngày 45/6", "Nghị quyết 22/2016/TT-BGDĐT",
        "6 tháng đầu năm", "mỗi tháng 1 lần", "năm 2020", "ngày 21", "1.1.20", "tỷ số 2-1", "khối 6/7 lớp", "85-90%",
        "lớp 8/3", "1.1. Kết quả", "có 2-9 đảng viên", "Lũy kế 6 tháng năm 2020",
        "năm học 2009-10",
    ],
)  # fmt: skip
def test_what_is_no_day_is_no_date(text: str) -> None:
    assert dates_of(text) == []


@pytest.mark.parametrize(
    ("text", "weekday", "time", "posted"),
    [
        ("Thứ 6, 31/05/2019 | 11:00", True, True, False),
        ("Thứ hai, 08/08/2022 - 19:28|", True, True, False),
        ("11:38 04/01/2021", False, True, False),
        ("Ngày đăng: 01/02/2021", False, False, True),
        ("Cập nhật: 09:15, 12/01/2023", False, True, True),
        ("Chủ nhật, ngày 5/3/2023", True, False, False),
        ("Ngày 26-01-2022, tại Hội trường", False, False, False),
        ("05/02/2021 16:44 GMT+7", False, True, False),
    ],
)
def test_what_stands_with_a_date_tells_a_posting(text: str, weekday: bool, time: bool, posted: bool) -> None:
    date = only(text)
    assert (date.weekday, date.time, date.posted) == (weekday, time, posted)


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_offsets_are_those_of_the_text_in_its_own_form(form: str) -> None:
    text = unicodedata.normalize(form, "Đảng ủy họp ngày 03 tháng 02 năm 2021.")  # type: ignore[arg-type]
    date = only(text)
    assert text[date.at : date.end] == date.text
    assert date.iso == "2021-02-03"


@given(
    st.dates(dt.date(1800, 1, 1), dt.date(2199, 12, 31)),
    st.sampled_from(["{0:%d/%m/%Y}", "{0:%d-%m-%Y}", "{0:%Y-%m-%d}", "{0.day}.{0.month}.{0:%Y}"]),
)
def test_every_day_of_the_calendar_is_read_back(day: dt.date, layout: str) -> None:
    assert [date.iso for date in dates_of(f"ngày {layout.format(day)} tại")] == [day.isoformat()]


@given(st.text(alphabet="0123456789/-. ngàythángvà,", max_size=40))
def test_dates_stand_in_order_where_they_say(text: str) -> None:
    reached = 0
    for date in dates_of(text):
        assert date.at >= reached
        assert text[date.at : date.end] == date.text
        reached = date.end


def test_the_days_of_a_meeting_before_its_last_are_dates() -> None:
    text = "Qua 2 ngày làm việc 15 và 16/8, Đại hội đã bầu Ban Chấp hành."
    assert [(date.day, date.month) for date in dates_of(text)] == [(15, 8), (16, 8)]


def test_a_feast_of_a_level_is_a_date_and_all_of_what_is_announced_is_none() -> None:
    assert [date.text for date in dates_of("Giải bóng đá 30/4 cấp tỉnh; đạt 10/10 nội dung.")] == ["30/4"]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Ngày 15-01-21, Đảng ủy họp", "2021-01-15"),
        ("Ngày 15 tháng Tư năm 2021", "2021-04-15"),
        ("ngày 15 tháng mười hai năm 2020", "2020-12-15"),
        ("ngày 3 tháng Giêng năm 2020", "2020-01-03"),
        ("ngày 3\u200b/4/2020", "2020-04-03"),
    ],
)
def test_a_day_is_read_however_its_month_is_written(text: str, day: str) -> None:
    assert [date.iso for date in dates_of(text)] == [day]


def test_three_numbers_with_strokes_are_no_date_without_a_word_for_a_day() -> None:
    assert dates_of("tỷ số 10-12-15") == []
