"""Reading one article: a path, standard input or a text becomes a `Document`, or one clear `SourceError`.

A plain text is kept exactly as it stands in the file, so that an offset of a report is an index into
`open(path, encoding="utf-8", newline="").read()`: line ends are not translated, nothing is normalised, and
a UTF-8 byte order mark stays the first character. `Document.notes` says what was decoded otherwise; an encoding
that is not known is refused by name. Other formats are read by `summarizer.sources.formats`.
"""

from __future__ import annotations

import os
import re
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from summarizer.errors import SourceError
from summarizer.sources.decoding import MAX_BYTES, check_text, decode
from summarizer.sources.document import Document
from summarizer.sources.formats import MAX_FILE_BYTES, READERS, is_url, read_format, suffix_of
from summarizer.sources.worker import fence

_FIRST_BYTES = 1 << 16
_FORMATS = (
    (b"PK\x03\x04", "a ZIP archive or an Office document"),
    (b"\xd0\xcf\x11\xe0", "an old Office document"),
    (b"{\\rtf", "a Rich Text document"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
)
_PATH_LIKE = re.compile(r"[^\n\r]{1,255}\.[A-Za-z][A-Za-z0-9]{0,4}")
_OTHER_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://\S*")


def read_document(source: str | os.PathLike[str] | BinaryIO, *, allow_private: bool = False) -> Document:
    """The document that `source` names or is; with `allow_private`, web pages at private addresses are read too.

    A path-like object is a file; a binary stream is read to its end (standard input, named `-`). Either is in the
    format that its first bytes are of where that is HTML, PDF or Word, else in that of its name, else plain text. A
    string is the address of a web page where it begins like one and has no space, the path of a file where one has
    that name or where it is one line that ends like a file's name, else it is the text itself. Raises `SourceError`
    with one line that says what is wrong. With an address it is not for use in an event loop.
    """
    if isinstance(source, os.PathLike):
        return document_from(read_bytes(Path(source)), Path(source))
    if not isinstance(source, str):
        return _document(source.read(MAX_FILE_BYTES + 1), "", name="-", location=None)
    if is_url(source):
        from summarizer.sources.web import read_url  # heavy: its HTTP client

        return read_url(source, allow_private=allow_private)
    if _names_a_file(source):
        return document_from(read_bytes(Path(source)), Path(source))
    if _OTHER_SCHEME.fullmatch(source):
        raise SourceError(f"{source[:200]}: is no http or https address")
    return read_text(source)


def read_text(text: str, *, name: str = "text", location: str | None = None) -> Document:
    """The document of a text that is already in memory; raises `SourceError` where it is no article."""
    check_text(text, name)
    return Document(name=name, text=text, location=location)


def read_bytes(path: Path) -> bytes:
    """The bytes of a file, at most one more than any may have; raises `SourceError` where there are none."""
    shown = printable(str(path))
    try:
        with path.open("rb") as file:
            # All that may be read at once would be allocated first, for each article anew.
            data = file.read(_FIRST_BYTES)
            return data if len(data) < _FIRST_BYTES else data + file.read(MAX_FILE_BYTES + 1 - _FIRST_BYTES)
    except FileNotFoundError:
        raise SourceError(f"{shown}: no such file") from None
    except IsADirectoryError:
        raise SourceError(f"{shown}: is a folder; give a file, or the folder to `summarizer batch`") from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise SourceError(f"{shown}: cannot be read ({reason})") from None


def document_from(data: bytes, path: Path) -> Document:
    """The document that a file with these bytes and this path is; raises `SourceError` where it is none.

    The file itself is not opened.
    """
    return _document(data, path.suffix.lower(), name=printable(path.name), location=printable(str(path)))


def printable(name: str) -> str:
    """A file's name that can be written as UTF-8, whatever bytes it has on the disk."""
    try:
        return os.fsencode(name).decode("utf-8", "backslashreplace")
    except UnicodeEncodeError:  # half a character: no file can have that name
        return name.encode("utf-8", "backslashreplace").decode()


def _names_a_file(source: str) -> bool:
    if "\0" in source or "\n" in source or len(source) > 4096:
        return False
    try:
        os.stat(source)
    except (OSError, UnicodeEncodeError):
        return _PATH_LIKE.fullmatch(source) is not None and _OTHER_SCHEME.fullmatch(source) is None
    return True


def _document(data: bytes, suffix: str, *, name: str, location: str | None) -> Document:
    shown = location or "standard input"
    suffix = suffix_of(data) or suffix
    if suffix in READERS:
        return replace(read_format(data, suffix, name=name, location=shown), location=location)
    with fence(shown):
        return _plain(data, shown, name=name, location=location)


def _plain(data: bytes, shown: str, *, name: str, location: str | None) -> Document:
    if len(data) > MAX_BYTES:
        raise SourceError(
            f"{shown}: has more than {MAX_BYTES:,} bytes, more than any article; split it into its articles"
        )
    for magic, what in _FORMATS:
        if data.startswith(magic):
            raise SourceError(f"{shown}: is {what}, not text; save it as plain text in UTF-8")
    found = decode(data, shown)
    check_text(found.text, shown)
    return Document(name, found.text, location, found.encoding, found.notes)
