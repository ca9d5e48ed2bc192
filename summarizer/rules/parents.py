"""Parents: the body or area that the one that met belongs to, where the article writes it.

It stands in the name ("Trường Chính trị **tỉnh Vĩnh Phúc**", the province's political school), behind it ("trực thuộc
…", "tại tỉnh …"), or where the name stands in full elsewhere, as in the masthead.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from summarizer.article.normalize import Normalized, lines_of
from summarizer.article.phrases import Lists, cue
from summarizer.rules.bodies import (
    COMMITTEES,
    EVENT_BOARD,
    HEAD,
    Body,
    body_at,
    find_bodies,
    is_nameless,
    is_part_of,
    key_of,
)
from summarizer.rules.names import FAMILY_NAMES, FREQUENT_FAMILIES, OFFICE, PROVINCES
from summarizer.schemas.offsets import TextOffset, TextSpan

_WORDS = Lists("summarizer.rules", "meeting")
_COMMA = re.compile(r", (?=\S)")
_BELONGS = cue(r"\s*[,(]?\s*(?:trực )?thuộc ")
_LIES = cue(r"\s*[,(]?\s*(?:tại |ở |(?:trực )?thuộc )?(?={areas} |{short_areas})", **_WORDS)
# "UBND thị trấn Neo (Yên Dũng, Bắc Giang)": a newspaper leaves out what is understood.
_IN_BRACKETS = re.compile(r" \(([^\W\d]+(?: [^\W\d]+){1,3})[,)]")
_IN_NAME = cue(
    r" ((?:{areas} |{short_areas})(?!ủy(?!\w)|đoàn(?!\w)|hội(?!\w))[^\s,.;:()]+(?: [^\s,.;:()]+){0,4})$",
    **_WORDS,
)
_AREA_IN_NAME = cue(r" ((?:{areas} (?=\S)|{short_areas}))", **_WORDS)
# "Công an tỉnh": the area is not named with the body.
_ITSELF = cue(r"(?:{boards} )*{of_areas} {areas}|(?:{boards} )+{area_committees}(?: .*)?", **_WORDS)
_LEVEL = cue(r"(?:{areas}|{short_areas})", **_WORDS)
_UNNAMED_AREA = cue(r" ({areas})$", **_WORDS)
# "Ban Tổ chức Tỉnh ủy", "Ban đại diện Hội đồng quản trị Ngân hàng A": a board of a committee or a body.
_UNDER_COMMITTEE = cue(r"(?<=\s)(?:{area_committees}(?= [^\s,.;:()]+|$)(?: [^\s,.;:()]+){0,3})$", **_WORDS)
_BOARD_OF = cue(rf"(?:{{boards_of_bodies}} )+(?={HEAD})", **_WORDS)
# The area's own bodies: they do not belong to it, they are it.
_OF_AREA = cue(r"(?:{boards} )*{of_areas} {areas} ", **_WORDS)
_LOW = cue(r".*(?<!\w){low_areas} ", **_WORDS)
_PROVINCE = cue(r"(?<!\w){provincial} (?=\w)", **_WORDS)
_BRANCH = cue(r"(?:{branch_of} )?{branches} (?=\w)", **_WORDS)
# "Ngành Giáo dục Thái Bình": a trade's bodies are the province's whose name they bear.
_TRADE = cue(r"(?:công đoàn )?{trades} ", **_WORDS)
_BODY = cue(rf"{HEAD}|cđ ")
# One body's committee and its members' body bear one name: Đảng ủy, Đảng bộ Khối Doanh nghiệp.
_COMMITTEE = cue(rf"(?:{{boards}} )*(?:{'|'.join(COMMITTEES)}) ", **_WORDS)
_AREA_AFTER_IT = cue(r" {areas}(?: [^,.;:()]+)?$", **_WORDS)
# "Đảng ủy xã Tân An … các chi bộ trực thuộc": whoever directs the bodies of the kind.
_DIRECTS = cue(r"(?:các|đại hội) ({kinds}) (?:cơ sở )?trực thuộc", **_WORDS)
_SENTENCE = re.compile(r"[.;]\s|\n")
_OFFICE_OF = cue(rf"(?<!\w){OFFICE}[^,.;:()\n]*$")
_OFFICE_ROOM = 48
"""Characters before an area in which an office of it stands."""
_DIRECTS_ROOM = 160
"""Characters before "các … trực thuộc" in which the body that directs them stands."""
_FIRM = cue(r"(?:{boards_of_firms} )*{firms} ", **_WORDS)
_CORPORATION = cue(r"(?<!\w){corporations} (?=\w)", **_WORDS)
_DISTRICT, _IN_PROVINCE = cue(r"{low_areas} ", **_WORDS), cue(r"(?:,| \()\s?(?=tỉnh )")
_MASTHEAD = 1_500
"""Characters at a page's top in which its heading stands."""
_WORDS_ON = re.compile(r" ?(\w+)")
_LONGEST_NAME, _NAME_ROOM = 4, 120
"""Words of an area's own name, at most, and characters behind "thuộc" in which a body stands."""


def find_parent(normal: Normalized, organization: Body | None) -> TextSpan | None:
    """Return where the body or area stands that a body of `text` belongs to; None if the article does not say."""
    if organization is None:
        return None
    found = next(_candidates(normal, organization), None)
    return _with_province(normal, found) if found else None


def _with_province(normal: Normalized, span: TextSpan) -> TextSpan:
    """Return a district with the province that the text says behind it: "huyện Phú Tân (tỉnh An Giang)"."""
    area = normal.part(*span)
    for named in re.finditer(rf"(?<!\w){re.escape(area)}", normal.text) if _DISTRICT.match(area) else ():
        lies = _IN_PROVINCE.match(normal.text, named.end())
        if lies and (province := next(_area_at(normal, lies.end()), None)):
            end = province[1] + ("(" in lies[0] and normal.original[province[1] : province[1] + 1] == ")")
            return normal.origin(named.start()), TextOffset(end)
    return span


def _candidates(normal: Normalized, organization: Body) -> Iterator[TextSpan]:
    key = key_of(normal, organization)
    a, b = normal.span(organization.at, organization.end)
    event = EVENT_BOARD.match(key)
    known = key[event.end() :] if event else key  # the event's name, also where its board is not named
    named = list(re.finditer(rf"(?<!\w){re.escape(known)}(?!\w)".replace(r"\ ", r"\s+"), normal.text))

    def since(begun: int) -> TextSpan:
        return normal.origin(begun), organization.end

    for place in named:
        if match := _BELONGS.match(normal.text, place.end()):
            at = normal.origin(match.end())
            if body := next(find_bodies(normal, at, at + _NAME_ROOM), None):
                yield body.at, body.end
    for place in named:
        comma = _COMMA.match(normal.text, place.end())
        above = body_at(normal, comma.end(), len(normal.text)) if comma else None
        if above and is_part_of(normal, a, b, normal.offset(above.at)):
            yield above.at, above.end
    if branch := _BRANCH.match(normal.text, a, b):
        yield since(branch.end())
    if _OF_AREA.match(normal.text, a, b):
        if _LOW.match(normal.text, a, b):
            for place in named:
                yield from _area_behind(normal, place.end())
            yield from _only_province(normal)
            if area := _AREA_IN_NAME.search(normal.text, a, b):
                yield since(area.start(1))
        return
    if _ITSELF.fullmatch(normal.text, a, b):
        return
    if committee := _UNDER_COMMITTEE.search(normal.text, a + 1, b):
        yield since(committee.start())
    if board := _BOARD_OF.match(normal.text, a, b):
        yield since(board.end())
    if in_name := _IN_NAME.search(normal.text, a, b):
        yield since(in_name.start(1))
        return
    province = next((one for one in PROVINCES if key.endswith(f" {one}")), None)
    if province and _TRADE.match(normal.text, a, b):
        whole = re.search(rf"(?<!\w)tỉnh {re.escape(province)}(?!\w)", normal.text)
        yield normal.origin_span(*whole.span()) if whole else since(b - len(province))
        return
    yield from _masthead(normal, key)
    for place in named:
        yield from _area_behind(normal, place.end())
    yield from _directing(normal, key)
    if _FIRM.match(normal.text, a, b):
        # The corporation that a firm's article names, where it names one alone.
        begun = (match.start() for match in _CORPORATION.finditer(normal.text))
        bodies = [body for at in begun if (body := body_at(normal, at, len(normal.text)))]
        names = ((key_of(normal, body), (body.at, body.end)) for body in bodies)
        yield from _alone((name, span) for name, span in names if not is_nameless(name) and name != key)
    if area := _UNNAMED_AREA.search(normal.text, a, b):
        begins = re.finditer(rf"(?<!\w){re.escape(area[1])} (?=\w)", normal.text)
        yield from _alone(
            (normal.part(*span), span) for one in begins for span in _area_at(normal, one.start())
        )
        yield since(area.start(1))


def _alone(found: Iterable[tuple[str, TextSpan]]) -> Iterator[TextSpan]:
    """Yield where the one thing stands first that is found, if there is one alone."""
    first: dict[str, TextSpan] = {}
    for name, span in found:
        first.setdefault(name, span)
    if len(first) == 1:
        yield from first.values()


def _directing(normal: Normalized, key: str) -> Iterator[TextSpan]:
    """Yield the body of which a sentence says that bodies of the organization's kind are under it."""
    for directs in _DIRECTS.finditer(normal.text):
        if not key.startswith(" ".join(directs[1].split()) + " "):
            continue
        since = max(0, directs.start() - _DIRECTS_ROOM)
        stops = list(_SENTENCE.finditer(normal.text, since, directs.start()))
        since = stops[-1].end() if stops else since
        bodies = find_bodies(normal, normal.origin(since), normal.origin(directs.start()))
        yield from ((body.at, body.end) for body in bodies if not is_nameless(key_of(normal, body)))


def _masthead(normal: Normalized, key: str) -> Iterator[TextSpan]:
    """Yield the line in capitals above the one that holds the name: a page's heading names the body above first."""
    above: TextSpan | None = None
    for at, line in lines_of(normal.original[:_MASTHEAD]):
        words = line.strip()
        if not words:
            continue
        begun = at + line.index(words)
        span = begun, begun + len(words)
        own = " ".join(normal.part(*span).split())
        capitals = above and words.isupper() and normal.original[slice(*above)].isupper()
        if above and capitals and (key.endswith(own) or _bare(key) == _bare(own)):
            if _BODY.match(normal.text, normal.offset(above[0])):
                yield above
            return
        above = span


def _bare(key: str) -> str:
    """A party body's name without what its committee is called, and without the area behind it."""
    committee = _COMMITTEE.match(key)
    return _AREA_AFTER_IT.sub("", key[committee.end() :]) if committee else key


def _area_at(normal: Normalized, a: int) -> Iterator[TextSpan]:
    """Yield the area whose name begins at the normalized offset `a`: its word and the capitalised words behind it."""
    level = _LEVEL.match(normal.text, a)
    if level is None:
        return
    words: list[re.Match[str]] = []
    end = normal.origin(level.end())
    while len(words) < _LONGEST_NAME and (word := _WORDS_ON.match(normal.original, end)):
        if not (word[1][0].isupper() or word[1].isdigit()):
            break
        words.append(word)
        end = TextOffset(word.end())
    # "Ủy ban MTTQ tỉnh Lê Văn An", "Chủ tịch UBND tỉnh Kiều Văn An": who holds an office of the area.
    held = _OFFICE_OF.search(normal.text, max(0, a - _OFFICE_ROOM), a)
    families = FAMILY_NAMES if held else FREQUENT_FAMILIES
    if words and not (len(words) > 2 and words[0][1].lower() in families):
        yield normal.origin(a), end


def _area_behind(normal: Normalized, end: int) -> Iterator[TextSpan]:
    """Yield the area in which a body lies by the words behind its name: "UBND xã Tân An (huyện Yên Lập)"."""
    if lies := _LIES.match(normal.text, end):
        yield from _area_at(normal, lies.end())
    bracket = _IN_BRACKETS.match(normal.original, normal.origin(end))
    if bracket and all(word.istitle() for word in bracket[1].split()):
        yield TextOffset(bracket.start(1)), TextOffset(bracket.end(1))


def _only_province(normal: Normalized) -> Iterator[TextSpan]:
    """Yield the province whose bodies are named, where the text names one alone."""
    return _alone(
        (name, (normal.origin(match.start()), normal.origin(match.end() + len(name))))
        for match in _PROVINCE.finditer(normal.text)
        for name in PROVINCES
        if normal.text.startswith(name, match.end())
    )
