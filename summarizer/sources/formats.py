"""Formats that are not plain text, known by first bytes or a suffix, and what reads them, in a child with limits.

A reader takes the bytes, what the document is called and where it is, and the charset that a server says of them
(None from a file); it gives the `Document` with the text it extracted, or raises `SourceError` where there is none.
Each is named as `module:function`; its library is imported in the child, on first use. The child is given the bytes,
never a path, and what it answers is JSON: whoever took it over could send nothing else.
"""

from __future__ import annotations

import atexit
import json
import os
import re
import traceback
from dataclasses import asdict
from importlib import import_module
from typing import Any

from summarizer.errors import SourceError, install_command
from summarizer.sources.document import Document
from summarizer.sources.worker import Workers, fence, unreadable

MAX_FILE_BYTES = 30_000_000  # a file with pictures; its text may still not be longer than an article's
CPU_SECONDS = 20  # the slowest ordinary document seen, a PDF of 100 pages, takes 2
WALL_SECONDS = 90.0  # where the machine is overloaded

READERS = {
    **dict.fromkeys((".html", ".htm", ".xhtml"), ("summarizer.sources.html:read_html", "web")),
    **dict.fromkeys((".md", ".markdown"), ("summarizer.sources.markdown:read_markdown", "all")),
    ".docx": ("summarizer.sources.word:read_docx", "all"),
    ".pdf": ("summarizer.sources.pdf:read_pdf", "office"),
}
"""By suffix, lower case: the reader, and the extra of this package that brings its library."""
_HTML = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*+(?:<\?xml[^>]*>\s*+)?(?:<!--.*?-->\s*+)*+<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_FIRST_BYTES = 1 << 16  # of a page, in which its first tag stands
_WORKERS = Workers("summarizer.sources.formats:answer", max(1, min(4, os.cpu_count() or 1)))
atexit.register(_WORKERS.end)
os.register_at_fork(after_in_child=_WORKERS.forget)


class ReaderFault(Exception):  # noqa: N818 - never raised by itself, only the cause of a SourceError
    """What a reader raised in a child; its text is the traceback."""


def suffix_of(data: bytes) -> str | None:
    """The suffix of the format that bytes plainly are of; None where they are none that has a reader."""
    if data.startswith(b"%PDF-"):
        return ".pdf"
    if data.startswith(b"PK\x03\x04") and b"word/" in data:
        return ".docx"
    return ".html" if _HTML.match(data, 0, _FIRST_BYTES) else None


def read_format(
    data: bytes, suffix: str, *, name: str, location: str, charset: str | None = None
) -> Document:
    """Return the document of some bytes in the format of `suffix`, one of `READERS`, read in a child.

    Blocks; for use in any thread. Raises `SourceError` for what the reader refuses, and where it fails, crashes, or
    goes beyond its limits.
    """
    if len(data) > MAX_FILE_BYTES:
        raise SourceError(
            f"{location}: has more than {MAX_FILE_BYTES // 1_000_000} MB; save it without its pictures"
        )
    reader, extra = READERS[suffix]
    request = json.dumps([reader, name, location, charset]).encode() + b"\n" + data
    with fence(location):
        answered = json.loads(_WORKERS.ask(request, seconds=WALL_SECONDS, cpu_seconds=CPU_SECONDS))
    match answered:
        case {"document": fields}:
            return Document.from_fields(fields)
        case {"missing": library}:
            raise SourceError(f"{location}: needs {library} to be read; run: {install_command(extra)}")
        case {"refused": reason}:
            raise SourceError(reason)
    message = unreadable(location, answered["kind"], answered["reason"])
    raise SourceError(message) from ReaderFault(answered["trace"])


def answer(request: bytes) -> bytes:
    """Return, in a child, the JSON of what a reader makes of a file, or why it makes nothing of it."""
    head, _, data = request.partition(b"\n")
    reader, *place = json.loads(head)
    return json.dumps(_made(reader, data, *place)).encode()


def _made(reader: str, data: bytes, name: str, location: str, charset: str | None) -> dict[str, Any]:
    module, _, function = reader.partition(":")
    try:
        read = getattr(import_module(module), function)
        return {"document": asdict(read(data, name, location, charset))}
    except ModuleNotFoundError as error:
        return {"missing": error.name}
    except SourceError as error:
        return {"refused": str(error)}
    except MemoryError:
        raise
    except Exception as error:
        return {"kind": type(error).__name__, "reason": str(error), "trace": traceback.format_exc()}


def is_url(source: str) -> bool:
    """Whether a source is the address of a web page rather than a path or a text."""
    return source[:8].lower().startswith(("http://", "https://")) and not any(map(str.isspace, source))
