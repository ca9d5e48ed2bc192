"""The Vietnamese words that reports are told in, and how values are written."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date

from summarizer.schemas import taxonomy
from summarizer.schemas.report import Count, Grade, Reason, Status, Subject, Unit

__all__ = (
    "CAUTIONS",
    "FIELDS",
    "FINDINGS",
    "FORMS",
    "GRADES",
    "GRADES_SHORT",
    "NOT_A_COUNT",
    "READERS",
    "REASONS",
    "STATUSES",
    "SUBJECTS",
    "UNGRADED",
    "UNITS",
    "count_label",
    "day",
    "number",
    "value_of",
)


class _Labels(Mapping[str, str]):
    """The labels of the taxonomy in use, by value and in its order."""

    def __init__(self, labels: Callable[[], Mapping[str, str]]) -> None:
        self._labels = labels

    def __getitem__(self, value: str) -> str:
        return self._labels()[value]

    def __iter__(self) -> Iterator[str]:
        return iter(self._labels())

    def __len__(self) -> int:
        return len(self._labels())


SUBJECTS: Mapping[Subject, str] = _Labels(lambda: {row.value: row.label_vi for row in taxonomy.subjects()})
GRADES: Mapping[Grade, str] = _Labels(lambda: {row.value: row.label_vi for row in taxonomy.grades()})
GRADES_SHORT: Mapping[Grade, str] = _Labels(lambda: {row.value: row.short_vi for row in taxonomy.grades()})
UNITS: dict[Unit, str] = {"count": "số lượng", "percent": "phần trăm", "money": "đồng"}
STATUSES: dict[Status, str] = {"result": "kết quả", "target": "chỉ tiêu, kế hoạch"}
REASONS: dict[Reason, str] = {
    "date": "ngày tháng",
    "time": "giờ",
    "year": "năm",
    "period": "giai đoạn, nhiệm kỳ",
    "duration": "khoảng thời gian",
    "ordinal": "thứ tự, khóa, kỳ",
    "document": "số hiệu văn bản",
    "name": "nằm trong tên gọi",
    "list_mark": "dấu đánh mục",
    "page_chrome": "phần phụ của trang web",
    "contact": "số điện thoại, địa chỉ",
    "score": "điểm số",
    "abstract": "ý chung, không đếm",
    "other": "lý do khác",
}
FINDINGS: dict[str, str] = {
    "parts_total": "Các phần không cộng thành tổng",
    "percent": "Tỷ lệ không khớp với phân số",
    "grade_total": "Xếp loại nhiều hơn tổng số",
    "same_fact": "Cùng một việc, hai con số",
}
FORMS = {"in_person": "trực tiếp", "online": "trực tuyến", "hybrid": "trực tiếp và trực tuyến"}

_MARKS = str.maketrans(",.", ".,")
_TY = 1_000_000_000
_TRIEU = 1_000_000
UNGRADED = "không kèm xếp loại"
CAUTIONS = {"doubtful": "còn nghi vấn", "warned": "bài tự mâu thuẫn"}
READERS = {"rules": "Theo bảng từ", "model": "Theo mô hình"}
NOT_A_COUNT = "không đếm gì"
FIELDS = {
    "title": "tiêu đề",
    "kind": "loại hội nghị",
    "organization": "đơn vị",
    "parent": "cấp trên",
    "place": "địa điểm",
    "form": "hình thức",
    "date_held": "ngày họp",
    "date_published": "ngày đăng",
    "period": "năm tổng kết",
    "period_planned": "năm kế hoạch",
    "chairs": "chủ trì",
    "guests": "khách dự",
    "speakers": "phát biểu",
    "reports": "báo cáo",
    "counts": "số liệu",
    "recipients": "khen thưởng",
    "achievements": "kết quả",
    "shortcomings": "hạn chế",
    "causes": "nguyên nhân",
    "directives": "nhiệm vụ",
    "summary": "tóm tắt",
}


def number(value: int | float) -> str:
    """A number in Vietnamese notation: `6.481`, `75,2`."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value) if isinstance(value, int) and 0 <= value < 1_000 else f"{value:,}".translate(_MARKS)


def value_of(count: Count) -> str:
    """What a count says, in one notation whatever the article's: `1/5`, `75,2%`, `2.300 tỷ đồng`."""
    if count.unit == "money":
        for size, name in ((_TY, "tỷ đồng"), (_TRIEU, "triệu đồng")):
            if count.value >= size:
                scaled = count.value / size
                return f"{number(int(scaled) if scaled.is_integer() else round(scaled, 3))} {name}"
        return f"{number(count.value)} đồng"
    if count.unit == "percent":
        return f"{number(count.value)}%"
    if count.total is not None:
        return f"{number(count.value)}/{number(count.total)}"
    return number(count.value)


def count_label(count: Count) -> str:
    """What a count counts, in a few words: `đảng viên · tốt · chỉ tiêu`."""
    parts = [SUBJECTS[count.subject]]
    if count.grade:
        parts.append(GRADES_SHORT[count.grade])
    if count.status == "target":
        parts.append("chỉ tiêu")
    return " · ".join(parts)


def day(iso: str | None) -> str:
    """An ISO date as `03/02/2021`; anything else is given back as it is, None as an empty string."""
    if iso is None:
        return ""
    try:
        told = date.fromisoformat(iso)
    except ValueError:
        return iso
    return f"{told.day:02}/{told.month:02}/{told.year}"
