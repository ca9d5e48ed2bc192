"""The words Vietnamese names its bodies with, from `tables/bodies.csv`: how a name begins, goes on, and has ended.

`HEAD`, `AREA` and `STOP` are sources of patterns, to be put into a `cue`; a phrase of the table that another word
makes something else ("sở", department, in "cơ sở") is none there.
"""

from __future__ import annotations

from collections.abc import Iterable

from summarizer.article.normalize import normalize, words_in
from summarizer.article.phrases import cue, pattern_of, source_of
from summarizer.schemas.tables import Row, read_table

__all__ = (
    "AREA",
    "BEFORE_CAPITAL",
    "CENTRAL",
    "COMMITTEES",
    "GENERIC",
    "HEAD",
    "JOINING",
    "MEANINGLESS",
    "NAME_WORDS",
    "STOP",
    "TRADES",
    "UNPLACED",
    "WITH_CAPITAL",
)

_ROWS = read_table("summarizer.rules", "bodies", ("list", "words", "not_before", "not_after"), key=("list",))


def _rows(name: str) -> list[Row]:
    return [row for row in _ROWS if row["list"] == name or row["list"].startswith(f"{name}_")]


def _phrases(name: str) -> tuple[str, ...]:
    return tuple(phrase for row in _rows(name) for phrase in row.phrases())


def _words(name: str) -> frozenset[str]:
    return frozenset(word for phrase in _phrases(name) for word in words_in(phrase))


def _names(name: str) -> frozenset[str]:
    return frozenset(" ".join(normalize(phrase).text.split()) for phrase in _phrases(name))


def _source(name: str) -> str:
    """Return the source of a pattern for the phrases of a list, each but where its row says that it is none."""
    return f"(?:{'|'.join(map(_of_row, _rows(name)))})"


def _of_row(row: Row) -> str:
    words = source_of(row.phrases())
    not_before = "".join(
        rf"(?<!{normalize(before).text}\s{normalize(phrase).text})".replace(" ", r"\s")
        for before in row.phrases("not_before")
        for phrase in row.phrases()
    )
    return f"{words}{not_before}{_unless(row.phrases('not_after'))}"


def _unless(phrases: Iterable[str]) -> str:
    """Return what forbids that one of these phrases follows; `#` is a number."""
    ways = [r"\d" if phrase == "#" else source_of([phrase]) for phrase in phrases]
    return rf"(?!\s+(?:{'|'.join(ways)}))" if ways else ""


COMMITTEES = tuple(sorted(_names("committees")))
"""What the Party's own bodies are called, at every level, normalized."""
# "Quốc hội" is the National Assembly, "toàn quốc hội …" may be an association of the whole country.
_ASSOCIATION = _source("associations") + normalize(r"(?<!(?<!toàn\s)quốc\shội)").text
HEAD = (
    rf"(?:{_source('boards')}\s+{_source('committees')}|{_source('mass_boards')}(?=\s+\w)"
    rf"|{_source('inspectorates')}(?=\s+{_source('inspected')})|{_source('committees')}|{_source('heads')}"
    rf"|{normalize('hội đồng').text}\s+{_source('councils')}|{_ASSOCIATION})(?!\w)".replace(
        "hội đồng ", r"hội\s+đồng "
    )
)
"""What a body's name begins with."""
AREA = _source("areas")
"""What an area's name begins with."""
WITH_CAPITAL = cue(r"{common}", common=_phrases("common"))
"""Heads that are common words as well: they begin a name only with a capital."""
BEFORE_CAPITAL = cue(r"{small} ", small=_phrases("small"))
"""Of these the ones that begin a name too where the next word has a capital: ngành Nông nghiệp."""
STOP = (
    rf"(?:{_source('stops')}|"
    + pattern_of(
        r"kỳ(?= họp| thi| này| trước)|đoàn kết(?=\s*,|\s+(?:thống nhất|nội bộ|cùng|với)(?!\w))"
        r"|(?<!phường\s)(?<!quận\s)\d+(?= (?:tháng|quý|tuần|năm (?:qua|liền|liên))(?!\w))|hôm(?= \d| nay| qua| sau)"
        r"|(?:thành )?lập(?= \d)|ảnh(?=\s*:)"
        r"|quản lý(?= (?:là|tốt|chặt|với|trên|hơn|gần|\d))|phát triển(?= (?:mới|được|thêm|\d))"
    )
    + r")(?!\w)"
)
"""Words at which a name has ended: what the body does, where, when, to whom; some only before certain words."""
GENERIC = _words("generic")
"""Words that say what kind of body it is, not which."""
MEANINGLESS = _names("meaningless")
"""Names that say nothing of which body it is."""
UNPLACED = _names("unplaced")
"""Names of bodies that every place or level has one of: alone they do not say which."""
CENTRAL = cue(r"{central}", central=_phrases("central"))
"""The country's own bodies: an article names them for their papers and awards. For a body's whole name."""
NAME_WORDS = _words("name_words")
"""Words without a capital that a name goes on with: second syllables, levels, joining words."""
JOINING = _words("joining")
"""Words that only join: no name ends with one."""
TRADES = _words("trades")
"""Words behind which a firm's own name stands: Công ty Than Dương Huy, Công ty Giày Trần Phú."""
