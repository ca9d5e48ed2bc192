"""Markup: untrusted text as Markdown that shows it and marks up nothing."""

from __future__ import annotations

import re

from summarizer.article.sentences import LIST_MARKS
from summarizer.schemas.report import Count

_LIST_MARK = re.compile(rf"^\s*[{''.join(LIST_MARKS)}]\s+")
# What changes the direction of the text around it, or shows nothing at all.
_UNSEEN = re.compile(
    r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]"
)
_SURROGATE = re.compile(r"[\ud800-\udfff]")
# The conditions stand after the mark: a pattern that begins with a class is searched for much faster.
_MARKS = re.compile(
    r"[\\`*\[\]|~$<&_#@:.](?:(?<=[\\`*\[\]|~$<])|(?<=&)(?=#?\w+;)|(?<=_)(?:(?<![^\W_]_)|(?![^\W_]))"
    r"|(?<=#)(?<!\w#)|(?<=@)(?=\w)|(?<=:)(?=//)|(?<=\bwww\.))"
)
_ENTITIES = {"&": "&amp;", "<": "&lt;"}
_PERCENT = re.compile(r"\s*%(?=[\s,.;:)”\"]|$)")
"""A percent sign that can be set in bold with its number: what stands after it ends a word."""
_BEFORE, _AFTER = 80, 100
"""Characters of a sentence shown in front of a number and after it, at most."""
_OPENS = re.compile(r"[-+=>!]|\d{1,9}(?=[.)](?:\s|$))")


def escape(text: str) -> str:
    """Return untrusted text as one line of Markdown that shows it and marks up nothing, wherever it stands.

    Control characters and marks of direction are dropped, lone surrogates are replaced; no table, heading, list,
    HTML, emphasis, formula or link can come of it.
    """
    text = within(text)
    if opening := _OPENS.match(text):
        end = opening.end() if text[0].isdigit() else 0
        return f"{text[:end]}\\{text[end:]}"
    return text


def within(text: str) -> str:
    """Return untrusted text as `escape` does, for a place where no line begins."""
    text = " ".join(text.split())
    if not text.isprintable():
        text = " ".join(_SURROGATE.sub("\ufffd", _UNSEEN.sub("", text)).split())
    return _MARKS.sub(lambda mark: _ENTITIES.get(mark.group()) or "\\" + mark.group(), text)


def quoted(text: str) -> str:
    """Return untrusted text in quotation marks, without the mark of the list it stands in."""
    return f"“{within(without_list_mark(text))}”"


def without_list_mark(text: str) -> str:
    """Return a text without the mark of the list it is an item of (`- `, `* `, `• `)."""
    return _LIST_MARK.sub("", text, count=1) if text.lstrip()[:1] in LIST_MARKS else text


def around(count: Count) -> str:
    """Return the words around a number in its sentence, with the number in bold, as the article writes them."""
    sentence = count.sentence
    at = count.at - sentence.at
    if not 0 <= at < len(sentence.text) or sentence.text[at : at + len(count.text)] != count.text:
        return f"**{escape(count.text)}** {quoted(shortened(count.counted))}"
    before, after = sentence.text[:at], sentence.text[at + len(count.text) :]
    percent = _PERCENT.match(after) if "%" in after else None
    sign = "%" if percent else ""
    after = after[percent.end() :] if percent else after
    if len(before) > _BEFORE:
        before = "… " + before[-_BEFORE:].split(" ", 1)[-1]
    if len(after) > _AFTER:
        after = after[:_AFTER].rsplit(" ", 1)[0] + " …"
    before = without_list_mark(before)
    left = within(before) + (" " if before[-1:].isspace() else "")
    right = (" " if after[:1].isspace() else "") + within(after)
    return f"“{left}**{escape(count.text)}{sign}**{right}”"


def shortened(text: str, most: int = 60) -> str:
    """Return a text on one line, cut behind a word with an ellipsis where it has more characters than `most`."""
    text = " ".join(text.split())
    return text if len(text) <= most else text[: most - 1].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"
