"""Reading one article: a path, standard input or a text becomes a `Document`, or one clear `SourceError`.

The text is kept exactly as it stands in the file, so that an offset of a report is an index into
`open(path, encoding="utf-8", newline="").read()`: line ends are not translated, nothing is normalised, and
a UTF-8 byte order mark stays the first character. Files in UTF-16 and windows-1258 are decoded, and
`Document.notes` says so; any other encoding is refused by name.
"""

from __future__ import annotations

import codecs
import os
import re
import sys
import unicodedata
from math import ceil
from pathlib import Path
from typing import BinaryIO

from summarizer.errors import SourceError
from summarizer.sources.document import Document
from summarizer.sources.formats import is_url, read_url, reader_for
from summarizer.sources.mojibake import REPAIRED, repaired

__all__ = (
    "MAX_BYTES",
    "MAX_CHARACTERS",
    "check_text",
    "document_from",
    "is_vietnamese",
    "printable",
    "read_bytes",
    "read_document",
    "read_source",
    "read_text",
)

MAX_CHARACTERS = 300_000  # the longest article seen has 13,000; what is longer is a book or a dump
MAX_BYTES = 4 * MAX_CHARACTERS
_FIRST_BYTES = 1 << 16

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16: its mark begins with the other's
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_FORMATS = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive or an Office document"),
    (b"\xd0\xcf\x11\xe0", "an old Office document"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"SQLite format 3", "an SQLite database"),
    (b"\x7fELF", "a program"),
)
_WORD = re.compile(r"[^\W\d_]+")
# Letters that Vietnamese has and no neighbour in a European code page: ơ, ư, and every vowel that carries
# two marks or a dot or hook (U+1EA0-U+1EF9). They are 15 % of the letters of a Vietnamese article.
_OWN_LETTERS = re.compile("[ơưƠƯ\u1ea0-\u1ef9]")
_OWN_SHARE = 0.04
# Frequent syllables with an accent, none of them a word of French, Spanish or Portuguese.
_COMMON = frozenset(
    _WORD.findall(
        "và của các có đã được không những này với về là từ đến năm tháng ngày đảng viên bộ hội nghị nghĩa "
        "vụ nhiệm hoàn thành xuất sắc tốt đồng chí công tác trường lớp giáo tổng kết tỉnh huyện xã thư ủy uỷ "
        "đoàn cán tổ chức kỷ luật thưởng số một bốn sáu bảy tám chín mười báo cáo chủ trì kế hoạch phương"
    )
)
_COMMON_SHARE = 0.1
_TCVN3_SHARE = 0.25  # ă â ê ô ơ ư đ have the bytes A8-AE there, and make up a third of all that is not ASCII
_PATH_LIKE = re.compile(r"[^\n\r]{1,255}\.[A-Za-z][A-Za-z0-9]{0,4}")


def read_document(source: str | os.PathLike[str] | BinaryIO) -> Document:
    """The document that `source` names or is.

    A path-like object is a file; a binary stream is read to its end (standard input, named `-`); a string is
    the address of a web page where it begins like one and has no space, the path of a file where one has that
    name or where it is one line that ends like a file's name, else it is the text itself. Raises `SourceError`
    with one line that says what is wrong. With an address it is not for use in an event loop.
    """
    if isinstance(source, os.PathLike):
        return document_from(read_bytes(Path(source)), Path(source))
    if not isinstance(source, str):
        return _decode(source.read(MAX_BYTES + 1), name="-", location=None)
    if is_url(source):
        return read_url(source)
    if _names_a_file(source):
        return document_from(read_bytes(Path(source)), Path(source))
    return read_text(source)


def read_source(source: str) -> Document:
    """The document that a command names: the path of a file, or `-` for standard input.

    Raises `SourceError` as `read_document` does.
    """
    return read_document(sys.stdin.buffer if source == "-" else Path(source))


def read_text(text: str, *, name: str = "text", location: str | None = None) -> Document:
    """The document of a text that is already in memory; raises `SourceError` where it is no article."""
    check_text(text, name)
    return Document(name=name, text=text, location=location)


def check_text(text: str, name: str) -> None:
    """Raise `SourceError` where a text cannot be an article: empty, damaged, too long, or not Vietnamese.

    `name` is what the error calls it.
    """
    if not text.strip("\ufeff \t\r\n\f\v\xa0\u200b"):
        raise SourceError(f"{name}: is empty; there is nothing to summarize")
    if len(text) > MAX_CHARACTERS:
        raise SourceError(
            f"{name}: has {len(text):,} characters, more than the {MAX_CHARACTERS:,} of an article; split it"
        )
    if (at := text.find("\0")) >= 0:
        raise SourceError(f"{name}: has a NUL character at offset {at}; it is damaged or not text")
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise SourceError(
            f"{name}: has half a character (a lone surrogate) at offset {error.start}; it is damaged"
        ) from None
    if not is_vietnamese(text):
        raise SourceError(f"{name}: has no Vietnamese in it (text without accents cannot be read)")


def is_vietnamese(text: str) -> bool:
    """Whether a text is Vietnamese with its accents, whatever its Unicode form."""
    # Of an article in Vietnamese a third holds enough of them, most often as it stands.
    if len(_OWN_LETTERS.findall(text, 0, len(text) // 3)) >= max(1, ceil(_OWN_SHARE * len(text))):
        return True
    composed = unicodedata.normalize("NFC", text)
    own = len(_OWN_LETTERS.findall(composed))
    if own >= max(1, ceil(_OWN_SHARE * len(composed))):
        return True
    words = _WORD.findall(composed.lower())
    letters = sum(map(len, words))
    if not letters:
        return False
    if own >= _OWN_SHARE * letters:
        return True
    return sum(word in _COMMON for word in words) >= _COMMON_SHARE * len(words)


def read_bytes(path: Path) -> bytes:
    """The bytes of a file, at most one more than `MAX_BYTES`; raises `SourceError` where there are none."""
    shown = printable(str(path))
    try:
        with path.open("rb") as file:
            # All that may be read at once would be set aside first, for each article anew.
            data = file.read(_FIRST_BYTES)
            return data if len(data) < _FIRST_BYTES else data + file.read(MAX_BYTES + 1 - _FIRST_BYTES)
    except FileNotFoundError:
        raise SourceError(f"{shown}: no such file") from None
    except IsADirectoryError:
        raise SourceError(f"{shown}: is a folder; give a file, or the folder to `summarizer batch`") from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise SourceError(f"{shown}: cannot be read ({reason})") from None


def document_from(data: bytes, path: Path) -> Document:
    """The document that a file with these bytes and this path is; raises `SourceError` where it is none."""
    if reader := reader_for(path.suffix):
        return reader(data, path)
    return _decode(data, name=printable(path.name), location=printable(str(path)))


def printable(name: str) -> str:
    """A file's name that can be written as UTF-8, whatever bytes it has on the disk."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")


def _names_a_file(source: str) -> bool:
    if "\0" in source or "\n" in source or len(source) > 4096:
        return False
    try:
        os.stat(source)
    except (OSError, UnicodeEncodeError):
        return _PATH_LIKE.fullmatch(source) is not None
    return True


def _decode(data: bytes, *, name: str, location: str | None) -> Document:
    shown = location or "standard input"
    if len(data) > MAX_BYTES:
        raise SourceError(
            f"{shown}: has more than {MAX_BYTES:,} bytes, more than any article; split it into its articles"
        )
    for magic, what in _FORMATS:
        if data.startswith(magic):
            raise SourceError(f"{shown}: is {what}, not text; save it as plain text in UTF-8")
    text, encoding, notes = _text_of(data, shown)
    better = repaired(text)
    if better is not None:
        text, notes = better, (*notes, REPAIRED)
    check_text(text, shown)
    return Document(name=name, text=text, location=location, encoding=encoding, notes=notes)


def _text_of(data: bytes, shown: str) -> tuple[str, str, tuple[str, ...]]:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _marked(data, bom, encoding, shown)
    try:
        return data.decode("utf-8"), "utf-8", ()
    except UnicodeDecodeError:
        pass  # then it is one of the encodings below
    for encoding in ("utf-16-le", "utf-16-be"):
        text = _try(data, encoding)
        if text is not None and "\0" not in text and is_vietnamese(text):
            return text, encoding, (f"decoded from {encoding} (no byte order mark)",)
    if b"\0" in data:
        raise SourceError(f"{shown}: is binary, not text")
    text = _try(data, "cp1258")
    if text is not None and _reads_as_vietnamese(text):
        return text, "windows-1258", ("decoded from windows-1258",)
    raise SourceError(f"{shown}: is not UTF-8{_guess(data)}; save it as UTF-8")


def _marked(data: bytes, bom: bytes, encoding: str, shown: str) -> tuple[str, str, tuple[str, ...]]:
    keep = encoding == "utf-8"
    text = _try(data if keep else data[len(bom) :], encoding)
    if text is None:
        raise SourceError(f"{shown}: begins with the mark of {encoding} but is not {encoding}; it is damaged")
    if keep:
        return text, encoding, ("begins with a byte order mark, kept as character 0",)
    return text, encoding, (f"decoded from {encoding}",)


def _try(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _reads_as_vietnamese(text: str) -> bool:
    """Whether bytes decoded with a guessed code page gave real words, not letters that happen to exist."""
    words = [word for word in _WORD.findall(unicodedata.normalize("NFC", text).lower()) if not word.isascii()]
    return bool(words) and sum(word in _COMMON for word in words) >= _COMMON_SHARE * len(words)


def _guess(data: bytes) -> str:
    """`, but looks like …`, for the message of a file that is refused."""
    high = [byte for byte in data if byte >= 0x80]
    if sum(0xA8 <= byte <= 0xAE for byte in high) >= _TCVN3_SHARE * len(high):
        return ", but looks like TCVN3 (ABC), the old Vietnamese one"
    from charset_normalizer import from_bytes  # 0.1 s to import; only a file that is refused needs it

    best = from_bytes(data[:20_000]).best()
    if best is None:
        return " and in no encoding known here"
    return f", but looks like {best.encoding.replace('_', '-')}"
