"""Re-asks: what a model is told when its answer does not hold, and how an answer's JSON is found.

A re-ask is the question, the answer that failed, and one short message that names only what failed. It does
not pile up: a second re-ask carries the second answer, not the first. The messages are Vietnamese because
the model reads them beside a Vietnamese question.
"""

from __future__ import annotations

import json
import re

from pydantic import ValidationError

from summarizer.model.questions import Message

__all__ = ("find_json", "problems", "reask")

_MOST_PROBLEMS = 8
_MOST_CHARS = 160
# An answer that ran wild is quoted to the model only this far.
_MOST_RAW = 4000

_SAID = {
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

_THINK = re.compile(r"<think(?:ing)?>.*?</think(?:ing)?>", re.DOTALL | re.IGNORECASE)
_THINK_END = re.compile(r"</think(?:ing)?>", re.IGNORECASE)
_FENCE = re.compile(r"```[\w-]*\s*\n(.*?)```", re.DOTALL)


def find_json(raw: str) -> str:
    """The JSON object of an answer, without thoughts, code fences and talk around it.

    Text that begins as an object is returned as it is, as is text in which none is found. Nothing is
    repaired: a number such as `09` stays as wrong as it is.
    """
    text = raw.strip().lstrip("\ufeff")
    if text.startswith("{"):
        return text
    text = _THINK.sub("", text)
    text = _THINK_END.split(text)[-1]
    if fenced := _FENCE.findall(text):
        text = fenced[-1]
    first, last = text.find("{"), text.rfind("}")
    return text[first : last + 1] if 0 <= first < last else raw


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
            said = _NOT_JSON
        elif detail["type"] in {"value_error", "assertion_error"}:
            said = str(context.get("error", detail["msg"]))
        elif detail["type"] in {"literal_error", "enum"}:
            said = f"phải là một trong: {context.get('expected', '')}"
        else:
            said = _SAID.get(detail["type"], detail["msg"])
        place = ".".join(str(step) for step in detail["loc"])
        line = " ".join((f"{place}: {said}" if place else said).split())
        line = line if len(line) <= _MOST_CHARS else line[: _MOST_CHARS - 1] + "…"
        if line not in lines:
            lines.append(line)
    return lines[:_MOST_PROBLEMS]


def reask(question: tuple[Message, ...], raw: str, wrong: list[str]) -> tuple[Message, ...]:
    """The messages that ask `question` again, given the answer that failed and what was wrong with it."""
    said = "Câu trả lời trên chưa dùng được:\n" + "\n".join(f"- {line}" for line in wrong)
    said += "\nHãy trả lời lại cả JSON, chỉ sửa những chỗ đó."
    answered: tuple[Message, ...] = ()
    if raw.strip():
        answered = (Message(role="assistant", content=raw[:_MOST_RAW]),)
    return (*question, *answered, Message(role="user", content=said))
