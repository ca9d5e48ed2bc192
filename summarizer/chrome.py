"""Page chrome: what a pasted article has of the web page around it, whose numbers count nothing.

Counters, ratings, buttons, posting lines, breadcrumbs and the lists of other articles at the end. A line is taken
for chrome only as a whole; a paragraph of prose never is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from summarizer.context import fold_article
from summarizer.dates import dates_in
from summarizer.folding import fold

__all__ = ("Chrome", "ChromeKind", "find_chrome")

ChromeKind = Literal["posting_line", "counter", "rating", "button", "breadcrumb", "closing_block", "link"]


@dataclass(frozen=True, slots=True)
class Chrome:
    """A span of the text that belongs to the page: `why` is the kind of chrome it is."""

    at: int
    end: int
    why: ChromeKind


@dataclass(frozen=True, slots=True)
class _Line:
    at: int
    end: int
    text: str


def _pattern(expression: str) -> re.Pattern[str]:
    return re.compile(fold(expression).text, re.VERBOSE)


_RATING = _pattern(
    r"""tổng\s số\s điểm\s (?:của\s )?(?:bài\s viết|bài)\s là.* | .{0,40}\b\d+\s trong\s \d+\s đánh\s giá.{0,20}
    | (?:xếp\s hạng|đánh\s giá|rating)\s?:?\s?[\d.,/\s]*(?:sao|điểm|phiếu|bầu|votes?)?\s?(?:\([^)]{0,40}\))?
    | click\s để\s đánh\s giá.{0,30} | [\d.,]+\s?/\s?5\s?(?:sao)?\s?(?:-|\()?.{0,30}(?:đánh\s giá|phiếu\s bầu|votes?)\)?"""
)
_COUNTER = _pattern(
    r"""(?:số\s )?(?:lượt|lần)\s (?:xem|đọc|truy\s cập|tải|thích|nghe|chia\s sẻ)(?:\s (?:bài|tin))?\s?[:(]?\s?[\d.,]+\)?.{0,30}
    | [\d.,]+\s (?:lượt|lần)\s (?:xem|đọc|truy\s cập|thích|tải|bình\s luận|chia\s sẻ)(?:\s (?:bài|tin))?
    | [\d.,]+\s? (?:views?|likes?|comments?|shares?|bình\s luận|thích)
    | (?:đã\s )?(?:xem|đọc|views?|hits|lượt)\s?[:(]?\s?[\d.,]+\s?(?:lần|lượt)?\)?
    | (?:bình\s luận|ý\s kiến|phản\s hồi|comments?)\s?[:(]\s?[\d.,]+\)?
    | (?:đang\s (?:online|truy\s cập|xem)|hôm\s nay|hôm\s qua|tuần\s này|tháng\s này|tổng\s (?:số\s )?(?:lượt\s )?truy\s cập
       |tất\s cả|trực\s tuyến|khách|thành\s viên\s online|online)\s?:\s?[\d.,]+"""
)
_BUTTON = _pattern(
    r"""a\s?-\s*(?:\|?\s?a\s*)?(?:\|?\s?a\s?\+)?[\s|]*(?:tăng\s tương\s phản.{0,30})? | a | a\s?\+ | \|
    | (?:nghe\s )?đọc\s bài(?:\s viết)? | lưu(?:\s bài)? | xem | xem\s (?:thêm|tất\s cả|chi\s tiết|với\s cỡ\s chữ)\s?[»>.…]*
    | tập\s tin\s đính\s kèm:? | file\s đính\s kèm:? | tải\s (?:về|file|xuống) | copy\s link | sao\s chép.{0,20}
    | trình\s duyệt\s không\s hỗ\s trợ.{0,20} | in(?:\s (?:trang|bài|ấn|tin))?(?:\s này)? | bản\s in
    | gửi\s (?:email|mail|bài|cho\s bạn|tin).{0,20} | e?-?mail | chia\s sẻ(?:\s (?:bài\s viết|lên|qua|facebook))?.{0,20}
    | (?:facebook|twitter|zalo|google\+?|linkedin|pinterest|youtube|messenger|tiktok|like|share|tweet|print)
      (?:[\s|,·-]+(?:facebook|twitter|zalo|google\+?|linkedin|pinterest|youtube|messenger|like|share|tweet|email|print))*
    | (?:quay\s lại|trở\s (?:về|lại)|về\s trang\s (?:trước|chủ)|lên\s đầu\s trang|đầu\s trang|về\s đầu\s trang|trang\s chủ)
    | theo\s dõi.{0,30}google\s news.{0,20} | cỡ\s chữ.{0,20} | đăng\s nhập(?:[\s|/]+đăng\s ký)? | tìm\s kiếm | menu | video"""
)
# Read in the text as it stands: folding makes » a quotation mark.
_BREADCRUMB = re.compile(
    r"(?:trang chủ|home|bạn đang (?:ở|xem))\s{0,3}[>»/|:›→-].{0,160}|[^.!?»›>]{2,50}(?:\s?[»›>]\s?[^.!?»›>“”\"]{2,60}){2,}",
    re.IGNORECASE,
)
_LINK = re.compile(r"(?:https?://|www\.)[^\s]+|[\w.+-]{1,64}@[\w.-]{3,64}")
_CLOSING = _pattern(
    r"""(?:các\s |những\s )?(?:tin|bài|bài\s viết|tin\s tức|tin\s bài|tin\s,\s bài|văn\s bản)\s
      (?:liên\s quan|khác|cùng\s (?:chuyên\s mục|loại|chủ\s đề|mục)|mới(?:\s (?:nhất|hơn|đăng))?|cũ(?:\s hơn)?|đã\s (?:đưa|đăng)
      |tiếp\s theo|trước|nổi\s bật|tiêu\s điểm|xem\s nhiều|đọc\s nhiều(?:\s nhất)?|tham\s khảo).{0,15}
    | (?:các\s )?(?:tin|bài)\s (?:mới|cũ)\s hơn.{0,10} | tin\s tức\s?-\s?hoạt\s động | tin\s tức\s?-\s?sự\s kiện | tin\s nổi\s bật
    | có\s thể\s bạn\s quan\s tâm.{0,5} | xem\s thêm\s?:? | đọc\s thêm\s?:? | (?:ý\s kiến|bình\s luận)(?:\s (?:của\s )?(?:bạn\s đọc|độc\s giả))?\s?(?:\(\d+\))?
    | liên\s kết(?:\s (?:website|web|trang)).{0,20} | thư\s viện\s (?:ảnh|video|hình\s ảnh).{0,15} | thống\s kê(?:\s (?:truy\s cập|website))?
    | các\s tin\s khác.{0,5} | tags?\s?:.{0,200} | từ\s khóa\s?:.{0,200} | chuyên\s mục\s khác | thông\s báo\s mới | video\s (?:clip|hoạt\s động)
    | đang\s truy\s cập.{0,20} | lượt\s truy\s cập.{0,30} | viết\s bình\s luận | gửi\s (?:bình\s luận|phản\s hồi|ý\s kiến).{0,20} | quảng\s cáo"""
)
_POSTING_WORDS = _pattern(
    r"""(?:ngày\s )?(?:đăng|cập\s nhật|tạo|viết|gửi)(?:\s (?:tin|bài|ngày|lúc|vào|lần\s cuối))*|ngày|lúc|vào|gmt\s?\+?\d*|
    thứ\s (?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ\s nhật|\bcn\b|\d\d?\s?(?:[:hg]|giờ)\s?\d\d(?::\d\d)?(?:\s?[ap]m)?(?:\s?phút)?|
    (?:đã\s )?(?:lượt\s )?(?:xem|đọc)\s?[:(]?\s?[\d.,]+|[\d.,]+\s (?:lượt\s )?(?:xem|đọc)|posted|on|by|admin|\(|\)|
    lượt\s xem|views?\s?:?\s?\d*|sáng|chiều|am\b|pm\b|print|email"""
)
_MARKS_ONLY = re.compile(r"[\s|,:;.\-–/+()•·]*")
_PROSE = 300
_SENTENCE = 140


def find_chrome(text: str) -> list[Chrome]:
    """Return the spans of `text` that are page chrome, in order and not overlapping; offsets in `text`.

    The line that dates the posting is one: its numbers count nothing, though its date is of use.
    """
    folded = fold_article(text)
    lines = list(_lines(folded.text))
    days = {date.at: date.end for date in dates_in(folded.text)} if lines else {}
    closing = _closing_line(lines)
    spans = [
        (line.at, line.end, why)
        for line in lines[:closing]
        if (why := _kind(line, days, text[folded.origin(line.at) : folded.origin(line.end)]))
    ]
    if closing < len(lines):
        spans.append((lines[closing].at, lines[-1].end, "closing_block"))
    return [Chrome(folded.origin(at), folded.origin(end), why) for at, end, why in spans]


def _lines(text: str) -> Iterator[_Line]:
    for match in re.finditer(r"[^\n\r]+", text):
        line = match.group().strip(" \u200b\ufeff")
        if line:
            at = text.index(line, match.start())
            yield _Line(at, at + len(line), line)


def _kind(line: _Line, days: dict[int, int], written: str) -> ChromeKind | None:
    if len(line.text) > 220:
        return None
    text = line.text
    if _RATING.fullmatch(text):
        return "rating"
    if _COUNTER.fullmatch(text):
        return "counter"
    if _BUTTON.fullmatch(text):
        return "button"
    if _LINK.fullmatch(text):
        return "link"
    if _BREADCRUMB.fullmatch(written):
        return "breadcrumb"
    if _posting(line, days):
        return "posting_line"
    return None


def _posting(line: _Line, days: dict[int, int]) -> bool:
    """Tell whether a line holds nothing but a date and what posting lines say around it."""
    if len(line.text) > 90:
        return False
    rest, reached, dated = "", line.at, False
    for at, end in days.items():
        if line.at <= at < line.end:
            rest += line.text[reached - line.at : at - line.at] + "|"
            reached, dated = end, True
    if not dated:
        return False
    rest += line.text[reached - line.at :]
    return _MARKS_ONLY.fullmatch(_POSTING_WORDS.sub("", rest)) is not None


def _closing_line(lines: list[_Line]) -> int:
    """Return the index of the line with which the list of other articles begins, or the number of lines."""
    found = len(lines)
    for index in range(len(lines) - 1, 0, -1):
        text = lines[index].text
        if len(text) > _PROSE or (len(text) > _SENTENCE and text[-1] in '.!"/'):
            break
        if len(text) < 220 and _CLOSING.fullmatch(text):
            found = index
    return found
