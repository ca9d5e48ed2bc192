"""Boilerplate: what a pasted article has of the web page around it, whose numbers count nothing.

Counters, ratings, buttons, the line that dates the posting, breadcrumbs, footers, and the list of other articles
at the end. A line is boilerplate only as a whole, and a paragraph of prose never is.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from summarizer.article.dates import Date, dates_in
from summarizer.article.lines import lines_of
from summarizer.article.normalize import Normalized, normalize
from summarizer.article.phrases import Lists, cue

__all__ = ("Boilerplate", "Kind", "find_boilerplate")

_TABLE = Lists("summarizer.article", "boilerplate")

Kind = Literal["posting_line", "counter", "rating", "button", "breadcrumb", "footer", "link", "closing_block"]


@dataclass(frozen=True, slots=True)
class Boilerplate:
    """A span of the text, from `at` to `end`, that belongs to the page; `why` is the kind of boilerplate it is."""

    at: int
    end: int
    why: Kind


class _Line(NamedTuple):
    at: int
    end: int
    text: str


def _any(*alternatives: str) -> re.Pattern[str]:
    """Compile alternatives for normalized lines."""
    return cue("|".join(alternatives), **_TABLE)


# Lines that are nothing but one of these, whatever marks stand around them.
_BUTTONS = _TABLE.joined("buttons")
_NETWORK = (
    r"(?:facebook|twitter|zalo|google\+?|linkedin|pinterest|youtube|messenger|like|share|tweet|e-?mail|print|"
    r"in trang|in|gửi email|chia sẻ|lưu|copy link|sao chép link|thích|0|tăng tương phản|giảm tương phản|a|a-|a\+)"
)
_NETWORKS = _any(rf"{_NETWORK}(?:[\s|,·/•\-]+{_NETWORK})+")
_VOTES = r"(?:đánh giá|phiếu bầu|bình chọn|votes?)"
_RATING = _any(
    r"tổng số điểm (?:của )?(?:bài viết|bài) là\b.{0,60}",
    r".{0,30}\d+ trong \d+ đánh giá.{0,20}",
    r"{rating}\s?:?\s?[\d.,]+\s?/\s?5\b.{0,40}",
    r"(?:xếp hạng|rating)\s?:?\s?[\d.,]+\s?(?:sao)?\s?-?\s?.{0,30}",
    rf"[\d.,]+\s?/\s?5\s?(?:sao)?[\s\-(]{{0,4}}\d+ {_VOTES}.{{0,10}}",
    r"click để đánh giá.{0,30}",
)
_SEEN = r"(?:(?:số )?(?:lượt|lần)(?: người)? (?:xem|đọc|truy cập|tải|tải về|thích|nghe|chia sẻ|đã xem))"
_COUNTER = _any(
    rf"\(?(?:{_SEEN}|đã xem|đã đọc|xem|đọc|views?|view count|hits|người xem|comments?|likes?|shares?|"
    r"đang (?:online|truy cập|xem)|tổng (?:số )?(?:lượt )?truy cập)(?: bài| tin| bài viết)?\s?[:=(]?\s?"
    r"\(?[\d.,]+\)?(?: lượt| lần| người| lượt xem)?\)?[.|]?",
    r"\(?[\d.,]+\s?(?:(?:lượt|lần) {counter}|views?|likes?|comments?|shares?|bình luận"
    r"|người xem)\)?",
)
_BESIDE_COUNTER = _any(
    r"(?:hôm (?:nay|qua)|(?:tuần|tháng|năm) (?:này|trước|hiện tại)|trong (?:ngày|tháng|tuần)|"
    r"tổng(?: cộng| lượt| số)?|tất cả|trực tuyến|khách|thành viên|online|máy chủ tìm kiếm|bình luận|ý kiến|"
    r"phản hồi)\s?[:=(]?\s?\(?[\d.,]+\)?"
)
_COUNTER_LABEL = _any(
    rf"(?:{_SEEN}|đã xem|views?|đang truy cập|tổng lượt truy cập|lượt truy cập|hôm nay)\s?:?"
)
_BETWEEN_COUNTERS = re.compile(r"[-|•]|\s\s\s")
_FIGURE = re.compile(r"[(\[]?[\d.,]+[)\]]?")
# Read in the text as it stands: normalizing makes » a quotation mark.
_BREADCRUMB = re.compile(
    r"(?:trang chủ|home|bạn đang (?:ở|xem))\s{0,3}[>»/|:›→-].{0,160}|"
    r"[^.!?»›>]{2,50}(?:\s?[»›>]\s?[^.!?»›>“”\"]{2,60}){2,}",
    re.IGNORECASE,
)
_LINK = re.compile(r"(?:https?://|www\.)[^\s]+|[\w.+-]{1,64}@[\w.-]{3,64}")
_FOOTER = _any(
    r"(?:©|\(c\)|copyright|bản quyền|giấy phép (?:số|thiết lập|hoạt động)|ghi rõ nguồn|thiết kế (?:bởi|và)|"
    r"designed by|powered by|chịu trách nhiệm (?:chính|nội dung)|tổng biên tập|trụ sở|địa chỉ|điện thoại|e-?mail|"
    r"fax|website|hotline|đt|tel)(?!\w)\s?:?.*"
)
_CLOSING = _any(
    r"(?:các |những )?(?:tin|bài|bài viết|tin tức|tin bài|tin,\s?bài|văn bản|bài báo"
    r") (?:liên quan|khác(?: cùng chuyên mục)?|cùng {related}|mới(?: nhất| hơn| đăng| cập nhật)?"
    r"|cũ(?: hơn)?|đã (?:đưa|đăng)|tiếp theo|trước(?: đó)?|nổi bật|tiêu điểm|(?:xem|đọc"
    r") nhiều(?: nhất)?|tham khảo)",
    r"cùng (?:chuyên mục|chủ đề)|có thể bạn quan tâm|xem thêm|đọc thêm|tin tức\s?-\s?hoạt động",
    r"(?:viết )?bình luận|gửi (?:bình luận|phản hồi|ý kiến)(?: .{0,20})?|quảng cáo",
    r"(?:ý kiến|bình luận) (?:của )?(?:bạn đọc|độc giả)|liên kết {linked_sites}(?: .{0,20})?",
    r"(?:thống kê|lượt) truy cập|đang truy cập|thông báo mới|video (?:clip|hoạt động|nổi bật)",
    r"(?:tags?|từ khóa)\s?:.{0,180}",
)
_POSTING_WORDS = _any(
    r"(?:ngày )?{posted}(?: {posted_at})*",
    r"gmt\s?\+?\d*|thứ (?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ nhật|\bcn\b|lần cuối|ngày|lúc|vào",
    r"\d\d?\s?(?:[:hg]|giờ)\s?\d\d(?:\s?:\s?\d\d)?(?:\s?phút)?",
    r"(?:đã |số )?(?:lượt |lần )?(?:xem|đọc|truy cập)\s?[:(]?\s?[\d.,]+",
    r"(?:phản hồi|bình luận|trả lời)\s?[:(]?\s?[\d.,]+",
    r"[\d.,]+ (?:lượt )?(?:xem|đọc|truy cập)|[\d.,]+ lượt|views?(?: count)?\s?:?\s?\d*",
    r"posted|updated|on|by|admin|administrator|biên tập viên|sáng|chiều|\b[ap]m\b|print|e-?mail|in bài",
)
_MARKS = re.compile(r"[\s|,:;.\-/+()\[\]•·*]*")
_BLANK = " \u200b\ufeff"
_AROUND = " \t.:|»>…[]()-–•*\u200b\ufeff"
_PROSE = 300
_SENTENCE = 140
_LONGEST_LINE = 220


def find_boilerplate(
    text: str, normal: Normalized | None = None, dates: Sequence[Date] | None = None
) -> list[Boilerplate]:
    """Return the spans of `text` that are boilerplate, in order and not overlapping; offsets in `text`.

    The line that dates the posting is one: its numbers count nothing, though its date is of use. From a heading
    such as "Tin liên quan" on everything is, unless prose follows. `normal` is `text`
    normalized and `dates` are its dates, where they are at hand.
    """
    normal = normal or normalize(text)
    lines = list(_lines(normal.text))
    days = [(date.at, date.end) for date in (dates_in(normal) if dates is None else dates)]
    closing = _closing_line(lines)
    found: list[Boilerplate] = []
    before: Kind | None = None
    for line in lines[:closing]:
        at, end = normal.origin_span(line.at, line.end)
        why = _kind(line, text[at:end], days, before)
        if why:
            found.append(Boilerplate(at, end, why))
        before = why
    if closing < len(lines):
        at, end = normal.origin_span(lines[closing].at, lines[-1].end)
        found.append(Boilerplate(at, end, "closing_block"))
    return found


def _lines(text: str) -> Iterator[_Line]:
    """Yield the lines of a normalized text that hold anything, without the space around them."""
    for at, written in lines_of(text):
        line = written.strip(_BLANK)
        if line:
            start = at + len(written) - len(written.lstrip(_BLANK))
            yield _Line(start, start + len(line), line)


def _kind(line: _Line, written: str, days: Sequence[tuple[int, int]], before: Kind | None) -> Kind | None:
    """Return what kind of boilerplate a line is, None for a line of the article.

    `written` is the line as read, `before` the kind of the line before it: below "Đã xem: 45" a "Hôm nay: 3" counts
    visits too.
    """
    text = line.text
    if len(text) > _LONGEST_LINE:
        return None
    if (
        text in _BUTTONS
        or text.strip(_AROUND) in _BUTTONS
        or not text.strip(_AROUND)
        or _NETWORKS.fullmatch(text)
    ):
        return "button"
    if _RATING.fullmatch(text):
        return "rating"
    if _COUNTER.fullmatch(text) or _COUNTER_LABEL.fullmatch(text):
        return "counter"
    first, *beside = map(str.strip, _BETWEEN_COUNTERS.split(text))
    if beside and _COUNTER.fullmatch(first) and all(map(_BESIDE_COUNTER.fullmatch, beside)):
        return "counter"
    if before == "counter" and (_BESIDE_COUNTER.fullmatch(text) or _FIGURE.fullmatch(text)):
        return "counter"
    if _LINK.fullmatch(text):
        return "link"
    if _BREADCRUMB.fullmatch(written):
        return "breadcrumb"
    return "posting_line" if _dates_posting(line, days) else None


def _dates_posting(line: _Line, days: Sequence[tuple[int, int]]) -> bool:
    """Tell whether a line holds nothing but a date and what posting lines say around it."""
    if len(line.text) > _SENTENCE:
        return False
    rest, reached = "", line.at
    index = bisect_left(days, (line.at, 0))
    while index < len(days) and days[index][0] < line.end:
        at, end = days[index]
        rest += line.text[reached - line.at : at - line.at] + "|"
        reached = end
        index += 1
    if reached == line.at:
        return False
    rest += line.text[reached - line.at :]
    return _MARKS.fullmatch(_POSTING_WORDS.sub("", rest)) is not None


def _closing_line(lines: list[_Line]) -> int:
    """Return the index of the line with which the list of other articles begins, or the number of lines.

    Sought from the end up to the last prose; a footer is none, however long.
    """
    found = len(lines)
    for index in range(len(lines) - 1, 0, -1):
        text = lines[index].text
        if _CLOSING.fullmatch(text.strip(_AROUND)):
            found = index
        elif not _FOOTER.fullmatch(text) and (
            len(text) > _PROSE or (len(text) > _SENTENCE and text[-1] in '.!"/')
        ):
            break
    return found
