"""Numbers: every number of an article, its value, its place, and whether it may count something.

Value and place are read here and nowhere else; no model ever writes a digit. The notation is decided number by
number (2.157 is 2157, 99.0 is 99, 75,2 is 75.2), never for a whole document.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from summarizer.counted_nouns import counts_things
from summarizer.dates import dates_in
from summarizer.folding import Folded, fold
from summarizer.not_counts import reason_after, reason_before
from summarizer.number_words import word_numbers_in
from summarizer.schemas.report import Reason, Unit

__all__ = ("Number", "find_numbers")


@dataclass(frozen=True, slots=True)
class Number:
    """A number of the text. `text` stands at `at` exactly as written (`1/5`, `17 /18`, `75,2`, `hai mươi`).

    `value` is in đồng for money and has the multiplier in it ("2 triệu lượt khách" is 2000000), although `text`
    ends before the unit; `tail` is the offset behind the unit ("%", "tỷ đồng", "triệu"), `end` where there is
    none. `total` is the 5 of `1/5`. `qualifier` is the word before it that bounds the value ("trên", "gần").
    `reason` is None for what may be a count, else why it is none; a date, a time and a period are one number each.
    """

    at: int
    text: str
    value: int | float
    total: int | float | None
    unit: Unit
    tail: int
    word: bool = False
    qualifier: str | None = None
    reason: Reason | None = None

    @property
    def end(self) -> int:
        """The offset behind the last character of `text`."""
        return self.at + len(self.text)


@dataclass(slots=True)
class _Draft:
    """A number under way, in offsets of the folded text."""

    at: int
    end: int
    tail: int
    value: int | float
    total: int | float | None = None
    unit: Unit = "count"
    word: bool = False
    reason: Reason | None = None
    before: list[str] = field(default_factory=list)
    after: list[str] = field(default_factory=list)
    factor: int = 1
    lent: bool = False
    """The reason may pass on to the numbers of the same row: lớp 8, 9."""


def find_numbers(text: str, *, chrome: Sequence[tuple[int, int]] = ()) -> list[Number]:
    """Return every number of `text` in order, not overlapping; offsets are indexes into `text`.

    `chrome` are spans of `text` that belong to the web page (see `find_chrome`); their numbers count nothing.
    """
    folded = fold(text)
    drafts = _drafts(folded, text, _Spans(folded, chrome))
    _read_rows(folded.text, drafts)
    return [_finish(draft, folded, text) for draft in drafts]


class _Spans:
    """Spans of the folded text, by the offsets they hold."""

    def __init__(self, folded: Folded, spans: Sequence[tuple[int, int]]) -> None:
        self._spans = sorted((folded.folded(at), folded.folded(end)) for at, end in spans)

    def around(self, at: int) -> tuple[int, int] | None:
        """Return the last span that begins at or before `at`, if it holds `at`."""
        index = bisect_right(self._spans, at, key=lambda span: span[0]) - 1
        return self._spans[index] if index >= 0 and at < self._spans[index][1] else None


_TOKEN = re.compile(r"\d+(?:[.,]\d+)*")
_FRACTION = re.compile(r"\s{0,2}/\s{0,2}(\d+(?:[.,]\d+)*)(?![\d/]|\s?/\s?\d)")
_TIME = re.compile(
    r"(?<![\d.,/])(?:[01]?\d|2[0-4])\s?(?::\s?[0-5]\d(?:\s?:\s?[0-5]\d)?(?:\s?[ap]m\b|\s?gmt\s?[+-]\s?\d+)?"
    r"|(?:h|g|\sgiờ|giờ)\s?[0-5]\d(?:\s?phút|')?|(?:h|g)(?!\w))(?![\d.,]\d|\d)"
)
_PERIOD = re.compile(r"(?<![\d.,/])((?:19|20)\d\d)\s{0,2}[-/]\s{0,2}((?:19|20)\d\d|\d\d)(?![\d/]|[.,]\d)")
_ADDRESS = re.compile(r"(?:https?:|www\.)[^\s]+")
_PHONE = re.compile(
    r"(?<![\d.,])(?:\+\s?84|\(?0\d{1,4}\)?)[\s.\-]{0,3}\d{2,4}(?:[\s.\-]{0,2}\d{2,4}){1,3}(?!\d)"
)
_GLUED_BEFORE = re.compile(r"([^\W\d_]+)$")
_GLUED_AFTER = re.compile(r"[^\W\d_]+")
_UNIT_LETTERS = frozenset(
    "ha kg g gr km m cm mm dm l ml lít tấn tạ yến đ đồng vnd vnđ usd tr triệu tỉ nghìn ngàn k w kw kwh mw kv v mb "
    "gb tb s người em hs gv đv tiết".split()
)
_TIME_LETTERS = frozenset(["h", "g", "ph", "phút", "giờ", "s"])
_CODE = re.compile(r"[a-z]{0,2}\s?[-/]\s?(?:\d{4}\s?[-/]\s?)?(?=[a-zđ])")
_MULTIPLIER = re.compile(r"\s{0,3}(trăm|chục|nghìn|ngàn|vạn|triệu|tr|tỉ)(?!\w)(?:\s{0,3}(?:rưỡi)(?!\w))?")
_FACTORS = {
    "chục": 10, "trăm": 100, "nghìn": 1_000, "ngàn": 1_000, "vạn": 10_000, "triệu": 1_000_000, "tr": 1_000_000,
    "tỉ": 1_000_000_000,
}  # fmt: skip
_PERCENT = re.compile(r"\s{0,3}%|\s{1,3}phần trăm(?!\w)")
_DONG = re.compile(
    r"\s{0,3}(?:vnđ|vnd|đồng(?!\s(?:chí|bào|nghiệp|đội|hồ|hành|minh|diễn|môn|hương|tác|thuận|phục|ruộng|lúa|cỏ))"
    r"|đ(?!/c|\.c|\s?/\s?c\b))(?![^\W_])"
)
_FOREIGN = re.compile(r"\s{0,3}(?:usd|đô la|đôla|euro|eur|yên|won|nhân dân tệ|bảng anh)(?!\w)")
_QUALIFIERS = (
    "trên", "gần", "hơn", "khoảng", "dưới", "ngót", "xấp xỉ", "ít nhất", "tối thiểu", "tối đa", "không quá", "chừng",
    "độ", "hàng", "khoảng gần", "khoảng trên", "khoảng hơn", "quá", "chưa đến", "chưa đầy", "không dưới", "ước khoảng",
)  # fmt: skip
_QUALIFIER = re.compile(rf"(?<!\w)(?:{'|'.join(fold(q).text for q in sorted(_QUALIFIERS, key=len, reverse=True))})\s{{1,3}}$")
_ROW = re.compile(r"\s{0,3}(?:-|đến|tới|lên|xuống|hoặc|hay|và|,|&|đến hơn|đến gần|đến trên)\s{0,3}(?:lớp\s|khối\s)?")
_MEASURES = frozenset("ha km m kg tấn tạ m2 m3 lít tỉ triệu nghìn ngàn điểm % lần cm l ml gb kw mw".split())


def _drafts(folded: Folded, text: str, chrome: _Spans) -> list[_Draft]:
    low = folded.text
    fixed = _fixed_spans(folded)
    words = {number.at: number for number in word_numbers_in(low)}
    drafts: list[_Draft] = []
    reached = 0
    marks = _Marks()
    starts = sorted([(m.start(), m) for m in _TOKEN.finditer(low)] + [(at, None) for at in words], key=lambda s: s[0])
    for at, token in starts:
        if at < reached:
            continue
        if token is None:
            number = words[at]
            draft = _Draft(at, number.end, number.end, number.value, word=True)
            _read_unit(low, draft)
        else:
            draft = _digits(token, low, folded, text, fixed, marks)
        span = chrome.around(at)
        # A posting line is chrome, but its date stays a date.
        if span and not (draft.reason in {"date", "time"} and "\n" not in low[span[0] : span[1]]):
            draft.reason = "page_chrome"
        drafts.append(draft)
        reached = draft.tail
    return drafts


def _fixed_spans(folded: Folded) -> dict[int, tuple[int, Reason]]:
    """Return the dates, times, periods and addresses by the offset of their first digit, the first kind winning."""
    low = folded.text
    spans: dict[int, tuple[int, Reason]] = {}
    for match in _ADDRESS.finditer(low):
        for digits in _TOKEN.finditer(match.group()):
            spans[match.start() + digits.start()] = (match.start() + digits.end(), "contact")
    for date in dates_in(folded):
        spans.setdefault(date.at, (date.end, "date"))
    for match in _PERIOD.finditer(low):
        first, second = int(match[1]), int(match[2])
        span = second - (first if second > 99 else first % 100)
        if 0 < span <= 80 and not counts_things(low[match.end() : match.end() + 40].split()[:3]):
            spans.setdefault(match.start(), (match.end(), "period"))
    for match in _TIME.finditer(low):
        spans.setdefault(match.start(), (match.end(), "time"))
    for match in _PHONE.finditer(low):
        digits = sum(character.isdigit() for character in match.group())
        first = next(i for i, character in enumerate(match.group()) if character.isdigit())
        if 9 <= digits <= 12:
            spans.setdefault(match.start() + first, (match.end(), "contact"))
    return spans


class _Marks:
    """The list marks seen so far: (3) is one where (2) was one."""

    def __init__(self) -> None:
        self._last: dict[str, int] = {}

    def follow(self, style: str, value: int) -> bool:
        if value == 1 or self._last.get(style) == value - 1:
            self._last[style] = value
            return True
        return False


_LINE_START = re.compile(r"(?:^|\n)[\s+*•·\-–]*\(?\s?$")
_LINE_MARK = re.compile(r"(?:(?:\.\d{1,2})*)\s?(?:[.)](?=\s|[^\W\d])|/(?=\s|[^\W\d])|\s?-\s|:\s)")
_SPACED_MARK = re.compile(r"\s?[.)/](?=\s|[^\W\d])")


def _list_mark(token: re.Match[str], low: str, marks: _Marks) -> bool:
    at, end = token.span()
    written = token.group()
    if len(written.split(".")[0]) > 2 or "," in written:
        return False
    before = low[max(0, at - 16) : at]
    value = int(written.split(".")[0])
    if _LINE_START.search(before) if at > 16 else _LINE_START.match(before):
        if _LINE_MARK.match(low, end):
            marks.follow("line", value)
            return True
    if before.endswith("(") and low[end : end + 1] == ")":
        return len(written) < 2 + (value > 9) and value <= 30 and marks.follow("paren", value)
    stripped = before.rstrip()
    if stripped[-1:] in tuple(":;.,") and "(" not in before[-3:] and _SPACED_MARK.match(low, end):
        return not written.startswith("0") and marks.follow("inline", value)
    return False


def _digits(
    token: re.Match[str],
    low: str,
    folded: Folded,
    text: str,
    fixed: dict[int, tuple[int, Reason]],
    marks: _Marks,
) -> _Draft:
    at, end = token.span()
    value = _value(token.group())
    draft = _Draft(at, end, end, 0 if value is None else value)
    span = fixed.get(at)
    if span is not None:
        draft.end = draft.tail = span[0]
        draft.reason = span[1]
        return draft
    if value is None:
        draft.reason = "list_mark" if len(token.group()) < 10 else "other"
        return draft
    if len(token.group()) > 9 and token.group().isdigit():
        draft.reason = "contact"
        return draft
    if _coded(low, folded, text, draft) or _named(low, folded, text, draft):
        return draft
    if _list_mark(token, low, marks):
        draft.reason = "list_mark"
        return draft
    fraction = _FRACTION.match(low, end)
    total = _value(fraction[1]) if fraction else None
    if fraction and total is not None:
        draft.total = total
        draft.end = draft.tail = fraction.end()
    _read_unit(low, draft)
    _read_context(low, draft)
    return draft


def _value(written: str) -> int | float | None:
    """Return the value of a number by its own shape, None for what has the shape of none (1.2.3).

    Three digits behind each dot make thousands, anything else behind one dot a decimal; a comma is a decimal one
    unless three digits stand behind each of several. One comma and three digits ("1,234") is read by what
    follows, see `_read_unit`.
    """
    if len(written) > 24:
        return None
    dots, commas = written.count("."), written.count(",")
    if not dots and not commas:
        return int(written)
    if dots and commas:
        decimal_mark = "." if written.rfind(".") > written.rfind(",") else ","
        whole, _, fraction = written.rpartition(decimal_mark)
        groups = re.split(r"[.,]", whole)
        if decimal_mark in whole or not _grouped(groups):
            return None
        return _number(f"{''.join(groups)}.{fraction}")
    mark = "." if dots else ","
    groups = written.split(mark)
    if _grouped(groups) and (mark == "." or len(groups) > 2):
        return int("".join(groups))
    return _number(".".join(groups)) if len(groups) == 2 else None


def _grouped(groups: Sequence[str]) -> bool:
    return len(groups[0]) <= 3 and groups[0].lstrip("0") != "" and all(len(group) == 3 for group in groups[1:])


def _number(plain: str) -> int | float:
    exact = Decimal(plain)
    return int(exact) if exact == exact.to_integral_value() else float(exact)


def _read_unit(low: str, draft: _Draft) -> None:
    """Read the percent sign, multipliers and đồng behind a draft into its value, unit and tail."""
    percent = _PERCENT.match(low, draft.end)
    if percent:
        draft.unit, draft.tail = "percent", percent.end()
        return
    factor = 1
    end = draft.end
    while (multiplier := _MULTIPLIER.match(low, end)) and draft.total is None:
        factor *= _FACTORS[multiplier[1]]
        end = multiplier.end()
        if multiplier.group().endswith("rưỡi"):
            break
    rest = 0
    if factor >= 1_000_000:
        smaller = re.compile(r"\s{1,3}(\d{1,3}(?:,\d+)?)\s{0,2}(nghìn|ngàn|triệu|tr)(?!\w)").match(low, end)
        if smaller and _FACTORS[smaller[2]] < factor:
            rest = _number(smaller[1].replace(",", ".")) * _FACTORS[smaller[2]]
            draft.end, end = smaller.end(1), smaller.end()
    if factor > 1:
        draft.tail = end
        draft.factor = factor
        draft.value = _number(str(Decimal(str(draft.value)) * factor + Decimal(str(rest))))
    dong = _DONG.match(low, end)
    if dong:
        draft.unit, draft.tail = "money", dong.end()
        return
    behind = low[end : end + 1]
    if factor >= 1_000_000 and not _FOREIGN.match(low, end) and (
        factor >= 1_000_000_000 or not behind.isspace() or low[end:].lstrip(" ")[:1] in tuple("\n,.;)")
    ):
        if not counts_things(low[end : end + 40].split()[:3]):
            draft.unit = "money"


def _coded(low: str, folded: Folded, text: str, draft: _Draft) -> bool:
    """Read the code of a document: 08-NQ/TU, 22/2016/TT-BGDĐT."""
    match = _CODE.match(low, draft.end)
    if not match or not _upper(folded, text, match.end()):
        return False
    run = _GLUED_AFTER.match(low, match.end())
    if run is None:
        return False
    if not (len(run.group()) == 1 and low[run.end() : run.end() + 1] in "-/") and not (
        len(run.group()) > 1 and _upper(folded, text, match.end() + 1)
    ):
        return False
    draft.reason = "document"
    code = re.compile(r"[\w&/.\-]*\w").match(low, match.end())
    draft.end = draft.tail = code.end() if code else run.end()
    return True


def _upper(folded: Folded, text: str, at: int) -> bool:
    origin = folded.origin(at)
    return origin < len(text) and text[origin].isupper()


def _named(low: str, folded: Folded, text: str, draft: _Draft) -> bool:
    """Read a number that letters are glued to as part of a name: T5, 10A1, m2."""
    before = _GLUED_BEFORE.search(low[max(0, draft.at - 12) : draft.at])
    if before:
        first = draft.at - len(before.group())
        if _upper(folded, text, draft.at - 1) or before.group() in {"m", "km", "cm", "co"} or (
            len(before.group()) == 1
        ):
            draft.reason = "name"
            return True
        if first < 0:
            return False
    after = _GLUED_AFTER.match(low, draft.end)
    if not after:
        return False
    letters = after.group()
    if letters in _TIME_LETTERS and letters not in {"g", "s"}:
        draft.reason = "time" if letters in {"h", "giờ"} else "duration"
        return True
    if letters in _UNIT_LETTERS:
        return False
    if len(letters) == 1:
        draft.reason = "name"
        return True
    return False


def _words_before(low: str, at: int) -> list[str]:
    """Return up to four words right before `at`, none across a mark that ends a phrase."""
    start = max(0, at - 44)
    before = low[start:at]
    gap = before.rfind("\n\n")
    if gap >= 0:
        before, start = before[gap:], 0
    words = before.split()
    if start and words and not low[start - 1].isspace():
        del words[0]
    taken: list[str] = []
    for word in reversed(words[-4:]):
        if word[-1] in ",.;!?)”\"" and len(word) > 0:
            break
        bare = word.strip("\"'([{:-+*/|<>")
        if word[-1] in ":" and not taken:
            break
        if not bare:
            if word == "-" and taken:
                break
            continue
        taken.append(bare)
        if word[0] in "\"'([{" or word[-1] in ":":
            break
    taken.reverse()
    return taken


def _words_after(low: str, end: int) -> list[str]:
    """Return up to three words right behind `end`, none across a mark that ends a phrase."""
    after = low[end : end + 48]
    if after[:1] in tuple(",.;:!?)\""):
        return []
    gap = after.find("\n\n")
    if gap >= 0:
        after = after[:gap]
    taken: list[str] = []
    for word in after.split()[:4]:
        bare = word.strip("\"'()[]“”,.;:!?")
        if bare:
            taken.append(bare)
        if word[-1] in ",.;:!?)" or len(taken) == 3:
            break
    return taken


_COLON_REASONS = {"điện thoại", "đt", "sđt", "fax", "tel", "hotline", "mã số", "số"}
_BASE = re.compile(r"(?:đồng|đ|tạ|tấn|kg|triệu|%|tính|bình quân)\s{0,2}(?:/|trên)\s{0,2}$")
_TIMES = re.compile(r"(?:gấp|tăng|giảm|bằng|cao hơn|hơn|gấp hơn|gấp gần|gấp khoảng)\s{1,3}$")
_YEAR_CUE = frozenset("năm từ đến tới kì hè xuân đầu cuối giữa hết trước sau kể".split())
_GIVEN_BEFORE = frozenset("có được với hơn gần trên khoảng số tổng dưới gồm tặng trao là".split())


def _read_context(low: str, draft: _Draft) -> None:
    """Set the reason a draft is no count by the words around it."""
    before = _words_before(low, draft.at)
    after = _words_after(low, draft.tail)
    draft.before, draft.after = before, after
    if draft.unit != "count":
        return
    reason = reason_before(before, after)
    draft.lent = reason in {"ordinal", "name", "document", "period", "date"}
    slice_before = low[max(0, draft.at - 24) : draft.at]
    if reason is None and draft.total is None and 1900 <= draft.value <= 2100 and low[draft.at : draft.end].isdigit():
        if draft.end - draft.at == 4 and _is_year(before, after):
            reason = "year"
    if reason is None and after and after[0].startswith("lần") and _TIMES.search(slice_before):
        reason = "other"
    if reason is None and _BASE.search(slice_before):
        reason = "other"
    if reason is None and draft.factor == 1:
        reason = reason_after(after, before, draft.value, fraction=draft.total is not None)
    draft.reason = reason


def _is_year(before: list[str], after: list[str]) -> bool:
    if before and before[-1] in _YEAR_CUE:
        return not (before[-1] in {"đến", "tới", "từ", "hết"} and counts_things(after))
    return not counts_things(after) and not (before and before[-1] in _GIVEN_BEFORE)


def _read_rows(low: str, drafts: list[_Draft]) -> None:
    """Let the numbers of a row share what stands once: "từ 3 đến 5%", "lớp 8, 9", "2-3 năm", "tỷ số 2-1"."""
    for index in range(len(drafts) - 2, -1, -1):
        draft, later = drafts[index], drafts[index + 1]
        if draft.tail != draft.end or later.at - draft.tail > 12 or not _ROW.fullmatch(low, draft.tail, later.at):
            continue
        if draft.unit == "count" and draft.total is None and draft.reason is None and later.total is None:
            if "," in low[draft.tail : later.at] and later.value <= draft.value:
                continue
            if later.unit != "count" or later.factor > 1:
                draft.unit = later.unit
                draft.value = _number(str(Decimal(str(draft.value)) * later.factor))
            elif later.reason in {"duration", "score", "other", "time", "date"}:
                draft.reason = later.reason
    for draft, later in zip(drafts, drafts[1:], strict=False):
        if draft.lent and draft.reason and later.reason is None and later.at - draft.end <= 12:
            if _ROW.fullmatch(low, draft.end, later.at) and not counts_things(later.after) and later.unit == "count":
                later.reason, later.lent = draft.reason, True


def _finish(draft: _Draft, folded: Folded, text: str) -> Number:
    at = folded.origin(draft.at)
    before = folded.text[max(0, draft.at - 20) : draft.at]
    qualifier = _QUALIFIER.search(before) if draft.reason is None else None
    written = None
    if qualifier:
        first = draft.at - len(before) + qualifier.start()
        written = text[folded.origin(first) : folded.origin(first + len(qualifier.group().rstrip()))]
    return Number(
        at=at,
        text=text[at : folded.origin(draft.end)],
        value=draft.value,
        total=draft.total,
        unit=draft.unit,
        tail=folded.origin(draft.tail),
        word=draft.word,
        qualifier=written,
        reason=draft.reason,
    )
