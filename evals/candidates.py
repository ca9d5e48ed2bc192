"""Lists a new article's numbers, so that labelling it is reading and filling in, not counting characters."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from summarizer.article.numbers import Number

__all__ = ("list_candidates", "skeleton")

_CONTEXT = 48  # characters shown on either side


def list_candidates(text: str) -> str:
    """Return one block a number: offset, value, its words with «the number» marked, its line for the label.

    What the number counts is left to the reader: the line says `"?"` where a judgement is due. A number that
    the finder takes for no count comes as a line for `excluded`, with the finder's reason.
    """
    return "\n".join(_block(text, number) for number in _numbers(text))


def skeleton(text: str, article: str) -> str:
    """Return a whole gold file for `article`, in the layout of the committed ones, with `"?"` to fill in."""
    counts, excluded = [], []
    for number in _numbers(text):
        (counts if number.reason is None else excluded).append(_line(number))
    header = {
        "article": article,
        "organization": ["?"],
        "date_held": None,
        "date_published": None,
        "period": None,
        "chairs": [],
    }
    lines = [f"  {json.dumps(key)}: {_dump(value)}," for key, value in header.items()]
    lines += [_array("counts", counts) + ",", _array("excluded", excluded) + ",", '  "findings": []']
    return "{\n" + "\n".join(lines) + "\n}\n"


def _numbers(text: str) -> Sequence[Number]:
    from summarizer.article.article import take_apart
    from summarizer.sources.document import Document

    return take_apart(Document("", text)).numbers


def _block(text: str, number: Number) -> str:
    before = text[max(0, number.at - _CONTEXT) : number.at]
    after = text[number.end : number.end + _CONTEXT]
    context = " ".join(f"{before}«{number.text}»{after}".split())
    value = f"{number.value:g}" if isinstance(number.value, float) else str(number.value)
    read = value + (f" of {number.total}" if number.total is not None else "")
    kind = f"not a count: {number.reason}" if number.reason else f"{number.unit} {read}"
    return f"{number.at:>6}  {kind}\n        {context}\n        {_dump(_line(number))}"


def _line(number: Number) -> dict[str, Any]:
    if number.reason is not None:
        return {"at": number.at, "text": number.text, "reason": number.reason}
    return {
        "at": number.at,
        "text": number.text,
        "value": number.value,
        "total": number.total,
        "unit": number.unit,
        "subject": "?",
        "grade": None,
        "status": "result",
        "counted": "?",
    }


def _array(key: str, entries: Sequence[dict[str, Any]]) -> str:
    if not entries:
        return f'  "{key}": []'
    return f'  "{key}": [\n' + ",\n".join(f"    {_dump(entry)}" for entry in entries) + "\n  ]"


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
