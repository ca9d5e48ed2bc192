"""Re-asks: what is wrong with an answer, in the few Vietnamese words that the model sees beside the question."""

from __future__ import annotations

import json

from pydantic import ValidationError

from summarizer.model.faults import visible

__all__ = ("problems",)

_MOST_PROBLEMS = 8
_MOST_CHARS = 160

_MESSAGES = {
    "missing": "còn thiếu",
    "extra_forbidden": "không có trong mẫu, bỏ đi",
    "string_type": "phải là chuỗi chữ",
    "int_type": "phải là số nguyên",
    "int_from_float": "phải là số nguyên",
    "bool_type": "phải là true hoặc false",
    "list_type": "phải là danh sách",
    "tuple_type": "phải là danh sách",
    "model_type": "phải là một đối tượng JSON",
    "dict_type": "phải là một đối tượng JSON",
    "none_required": "phải là null",
    "string_too_short": "quá ngắn",
    "string_too_long": "quá dài",
    "too_short": "thiếu phần tử",
    "too_long": "thừa phần tử",
}
_NOT_JSON = "câu trả lời không phải là JSON đúng"


def problems(error: Exception) -> list[str]:
    """What is wrong with an answer, a short Vietnamese line each, at most eight of them.

    A validator's own `ValueError` speaks for itself; pydantic's own errors are named in a few words, and
    neither the input nor an address is repeated.
    """
    if not isinstance(error, ValidationError):
        return [_NOT_JSON if isinstance(error, json.JSONDecodeError) else "không có câu trả lời theo mẫu"]
    lines: list[str] = []
    for detail in error.errors(include_url=False, include_input=False):
        context = detail.get("ctx", {})
        if detail["type"] == "json_invalid":
            message = _NOT_JSON
        elif detail["type"] in {"value_error", "assertion_error"}:
            message = str(context.get("error", detail["msg"]))
        elif detail["type"] in {"literal_error", "enum"}:
            message = f"phải là một trong: {context.get('expected', '')}"
        else:
            message = _MESSAGES.get(detail["type"], detail["msg"])
        place = ".".join(str(step) for step in detail["loc"])
        lines += (f"{place}: {message}" if place else message).split("\n")
    once = dict.fromkeys(visible(line) for line in lines)
    return [line if len(line) <= _MOST_CHARS else line[: _MOST_CHARS - 1] + "…" for line in once][
        :_MOST_PROBLEMS
    ]
