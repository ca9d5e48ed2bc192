"""Vietnamese words that a report is told in: the headings of its parts, and the labels of its vocabulary."""

from __future__ import annotations

from summarizer.pages.words import (
    FINDINGS,
    FORMS,
    GRADES,
    REASONS,
    SUBJECTS,
    count_label,
    day,
    number,
    value_of,
)

__all__ = (
    "CAUTIONS",
    "FIELDS",
    "FINDINGS",
    "FORMS",
    "GRADES",
    "READERS",
    "REASONS",
    "SUBJECTS",
    "UNGRADED",
    "count_label",
    "day",
    "number",
    "value_of",
)

UNGRADED = "không kèm xếp loại"
CAUTIONS = {"doubtful": "còn nghi vấn", "warned": "bài tự mâu thuẫn"}
READERS = {"table": "Theo bảng từ", "model": "Theo mô hình"}
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
