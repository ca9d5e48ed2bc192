"""Decoding: the bytes of a file or a page become the characters of a Vietnamese article, or one line says why not.

A byte order mark is believed, then the bytes themselves (what is valid UTF-8 is UTF-8, whatever a page or a
server says it is), then what the page or the server says, then the encodings that Vietnamese files still come in.
Text that went through a wrong decoding before (mojibake, `Há»™i nghá»‹` for `Hội nghị`) is repaired.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from summarizer.errors import SourceError

MAX_CHARACTERS = 300_000  # the longest article seen has 13,000; what is longer is a book or a dump
MAX_BYTES = 4 * MAX_CHARACTERS

INVISIBLE = re.compile("[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
"""Characters that show nothing: soft hyphen, zero-width spaces and joiners, directional marks, byte order mark."""

BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16: its mark begins with the other's
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
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
# The same frequent syllables (của và các đảng hội nghị công tổng kết năm viên bộ được những nhiệm đồng tốt đã cán
# có là) as the encodings from before Unicode show them where they are taken for Latin letters.
_BEFORE_UNICODE = {
    "TCVN3 (ABC)": "cña vµ c¸c ®¶ng héi nghÞ c«ng tæng kÕt n¨m viªn bé ®­îc nh÷ng nhiÖm ®ång tèt ®· c¸n cã lµ",
    "VNI": (
        "cuûa vaø caùc ñaûng hoäi nghò coâng toång keát naêm vieân boä ñöôïc nhöõng nhieäm ñoàng toát ñaõ caùn "
        "coù laø"
    ),
    "VIQR": (
        "cu?a va` ca'c dda?ng ho^.i nghi. co^ng to^?ng ke^'t na(m vie^n bo^. ddu+o+.c nhu+~ng nhie^.m ddo^`ng "
        "to^'t dda~ ca'n co' la`"
    ),
}
_DAMAGED_SHARE = 0.01  # of a page's characters; titles cut in the middle of a letter damage one or two

# How UTF-8 looks when read as a Western code page: the lead bytes of Vietnamese letters (C3-C6, E1 BA, E1 BB),
# each followed by what a continuation byte (80-BF) becomes there.
_SIGNS = re.compile("[ÃÂÄÅÆ][\u0080-\u00bf\u0152-\u0192\u02c6-\u02dc\u2013-\u2122]|\u00e1[\u00ba\u00bb]")
_LEADS = ("Ã", "Â", "Ä", "Å", "Æ", "áº", "á»")
_FOREIGN = re.compile("[^\u0000-\u007f]")
_SIGN_SHARE = 0.2  # two letters a sign: two fifths of what is not ASCII; in right Vietnamese, next to none


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of some bytes, the encoding that they were in, and what was done besides decoding UTF-8."""

    text: str
    encoding: str
    notes: tuple[str, ...] = ()


def decode(data: bytes, shown: str, *, declared: Sequence[str | None] = (), markup: bool = False) -> Decoded:
    """Return the text of a file's or a page's bytes.

    `declared` are the encodings that a server or the page itself names, tried in turn where the bytes are not
    valid UTF-8; `shown` is what an error calls the source. Of a plain text the UTF-8 byte order mark stays,
    as character 0; of `markup` it is taken off, and single damaged characters are replaced. Raises `SourceError`
    where the bytes are no text, or in an encoding not known here, which it names where it can.
    """
    found = _decode(data, shown, declared, markup)
    better = repaired(found.text)
    if better is None:
        return found
    repair = "wrongly decoded letters (mojibake) repaired; offsets refer to the repaired text"
    return Decoded(better, found.encoding, (*found.notes, repair))


def _decode(data: bytes, shown: str, declared: Sequence[str | None], markup: bool) -> Decoded:
    for mark, encoding in BOMS:
        if not data.startswith(mark):
            continue
        text = _try(data[len(mark) :], encoding)
        if text is None and not markup:
            raise SourceError(
                f"{shown}: begins with the mark of {encoding} but is not {encoding}; it is damaged"
            )
        if text is not None and encoding != "utf-8":
            return Decoded(text, encoding, (f"decoded from {encoding}",))
        if text is not None:
            kept = () if markup else ("begins with a byte order mark, kept as character 0",)
            return Decoded(f"\ufeff{text}" if kept else text, encoding, kept)
    text = _try(data, "utf-8")
    if text is not None and "\0" not in text:
        return Decoded(text, "utf-8")
    for name in (*filter(None, declared), "utf-16-le", "utf-16-be", "cp1258"):
        other = _try(data, name)
        if other is not None and "\0" not in other and _reads_as_vietnamese(other):
            encoding = "windows-1258" if name == "cp1258" else name.lower()
            return Decoded(other, encoding, (f"decoded from {encoding}",))
    if text is not None:
        return Decoded(text, "utf-8")
    if b"\0" in data:
        raise SourceError(f"{shown}: is binary, not text")
    if markup:
        text = data.decode("utf-8", "replace")
        damaged = text.count("\ufffd")
        if damaged <= _DAMAGED_SHARE * len(text) and _reads_as_vietnamese(text):
            return Decoded(text, "utf-8", (f"{damaged} damaged characters replaced",))
    before = _before_unicode(data.decode("latin-1"))
    if before is None:
        raise SourceError(f"{shown}: is not UTF-8 and in no encoding known here; save it as UTF-8")
    raise SourceError(
        f"{shown}: is not UTF-8, but looks like {before}, an encoding from before Unicode; save it as UTF-8"
    )


def _try(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeError, LookupError):  # LookupError: no encoding has that name, or none of texts
        return None


def _before_unicode(text: str) -> str | None:
    """Return the name of the encoding from before Unicode that a text's letters are taken from, if of one."""
    words = [word.strip(',;:!“”"()') for word in text[:20_000].split()]
    for name, common in _BEFORE_UNICODE.items():
        if words and sum(map(frozenset(common.split()).__contains__, words)) >= _COMMON_SHARE * len(words):
            return name
    return None


def check_text(text: str, name: str) -> None:
    """Raise `SourceError` where a text cannot be an article: empty, damaged, too long, or not Vietnamese.

    `name` is what the error calls it.
    """
    if not INVISIBLE.sub("", text).strip():
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
    if is_vietnamese(text):
        return
    if before := _before_unicode(text):
        raise SourceError(f"{name}: is written in {before}, from before Unicode; convert it to Unicode")
    raise SourceError(f"{name}: has no Vietnamese in it (text without accents cannot be read)")


def is_vietnamese(text: str) -> bool:
    """Whether a text is Vietnamese with its accents, whatever its Unicode form and invisible characters."""
    # Of an article in Vietnamese a third holds enough of them, most often as it stands.
    if len(_OWN_LETTERS.findall(text, 0, len(text) // 3)) >= max(1, ceil(_OWN_SHARE * len(text))):
        return True
    composed = unicodedata.normalize("NFC", INVISIBLE.sub("", text))
    own = len(_OWN_LETTERS.findall(composed))
    words = _WORD.findall(composed.lower())
    letters = sum(map(len, words))
    if own >= max(1, ceil(_OWN_SHARE * len(composed))) or (letters and own >= _OWN_SHARE * letters):
        return True
    return bool(letters) and sum(word in _COMMON for word in words) >= _COMMON_SHARE * len(words)


def _reads_as_vietnamese(text: str) -> bool:
    """Whether bytes decoded with a guessed code page gave real words, not letters that happen to exist."""
    words = [word for word in _WORD.findall(unicodedata.normalize("NFC", text).lower()) if not word.isascii()]
    return bool(words) and sum(word in _COMMON for word in words) >= _COMMON_SHARE * len(words)


def repaired(text: str) -> str | None:
    """Return the text with its wrong decoding undone, None where there is nothing wrong with it.

    Only the wrong decoding is undone (`ftfy.fix_encoding`): no quotation mark is straightened, no Unicode
    form changed, so that a text that was right stays as it is, character for character.
    """
    signs = len(_SIGNS.findall(text)) if any(lead in text for lead in _LEADS) else 0
    if not signs or signs < _SIGN_SHARE * len(_FOREIGN.findall(text)):
        return None
    import ftfy

    better = ftfy.fix_encoding(text)
    return better if len(_SIGNS.findall(better)) * 4 < signs else None
