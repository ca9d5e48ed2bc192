"""Markup: untrusted text as Markdown that shows it and marks up nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence

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


def around(counts: Sequence[Count]) -> str:
    """Return the words around the numbers of one sentence, as the article writes them, with the numbers in bold.

    What stands far from all of them is left out. A number that does not stand in the sentence is told by itself.
    """
    sentence, end, shown = counts[0].sentence, 0, ""
    text = without_list_mark(sentence.text)
    begun = sentence.at + len(sentence.text) - len(text)
    alone = list[str]()
    for count in sorted(counts, key=lambda count: count.at):
        at = count.at - begun
        if at < 0 or not text.startswith(count.text, at):
            alone.append(f"**{escape(count.text)}** {quoted(shortened(count.counted))}")
        elif at >= end:
            percent = _PERCENT.match(text, at + len(count.text))
            shown += _near(text[end:at], after=bool(end), before=True)
            shown += f"**{escape(count.text)}{'%' if percent else ''}**"
            end = percent.end() if percent else at + len(count.text)
    return "; ".join(
        [*([f"“{shown}{_near(text[end:], after=True, before=False)}”"] if shown else ()), *alone]
    )


def _near(text: str, *, after: bool, before: bool) -> str:
    """Return what stands after a number, before one, or between two, as far as it is near to them, escaped."""
    most = _AFTER * after + _BEFORE * before
    if len(text) > most:
        left = text[:_AFTER].rsplit(" ", 1)[0] + " " if after else ""
        right = " " + text[-_BEFORE:].split(" ", 1)[-1] if before else ""
        text = f"{left}…{right}"
    lead, end = " " if after and text[:1].isspace() else "", " " if before and text[-1:].isspace() else ""
    return lead + within(text) + end if text.strip() else lead or end


def shortened(text: str, most: int = 60) -> str:
    """Return a text on one line, cut behind a word with an ellipsis where it has more characters than `most`."""
    text = " ".join(text.split())
    return text if len(text) <= most else text[: most - 1].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"
