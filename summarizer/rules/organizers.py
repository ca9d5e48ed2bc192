"""Organizers: the body whose meeting a text tells of, by what its sentences and its title say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from summarizer.article.normalize import Normalized
from summarizer.article.phrases import Lists, cue, word_cue
from summarizer.rules.bodies import (
    AREA,
    CENTRAL,
    HEAD,
    MEANINGLESS,
    UNPLACED,
    Body,
    body_at,
    body_of,
    find_bodies,
    is_generic,
    key_of,
    subject_before,
)
from summarizer.schemas.offsets import TextOffset, TextSpan

_WORDS = {**Lists("summarizer.rules", "meeting"), **Lists("summarizer.rules", "organizers")}
# Each part is bounded and stands once: in a repetition a long sentence could be divided in countless ways.
_ADVERBS = r"(?:{adverbs} ){0,4}(?:phối hợp (?:(?:với|cùng) )?[^.;\n]{3,140}? (?:{adverbs} ){0,4})?"
_HOLDS = r"(?:đồng )?{holds}(?: {held_how}){0,4}\s*[\"']?\s*"
_ORGANIZES = cue(rf"(?:(?<=\s)|(?<=^)){_ADVERBS}{_HOLDS}(?:{{meetings}}|{{hold_what}})", **_WORDS)
_REVIEWING = cue(rf"\s{_ADVERBS}(?:tổ chức )?(?:triển khai )?{{hold_what}}(?= (?:{{reviewed}}|\d))", **_WORDS)
_ORGANIZES_ANY = cue(
    rf"\s{_ADVERBS}(?:tổ chức(?<!\d\stổ\schức)(?!\w)(?! {{organized_not}})|(?:tiến hành|đăng cai)(?!\w))",
    **_WORDS,
)
_BY = word_cue(rf"do (?={HEAD})")
# "Theo báo cáo của Sở Y tế, …": whose work is told of.
_ACCORDING_TO = word_cue(rf"theo (?:{{accounts}} (?:[^\s,.;:]+ ){{0,4}}?(?:của|từ) )?(?={HEAD})", **_WORDS)
_STATES = cue(r"\s{states}", **_WORDS)
# A title that tells whose year it was.
_RESULTS_OF = cue(rf"(?<!\w)kết quả [^.;:\n]{{0,100}}? của (?={HEAD})")
_PLACED = cue(r"(?:tại|ở) $")
_MERE_AREA = cue(rf"{AREA} ")
# Who sent a paper, gave an award or is advised is not who met.
_SENDS = cue(
    r"(?:{papers}[^.;:\n]{0,70}? của|(?<!\w)sự [^.;:\n]{0,40}? của|{beside}|(?<!\w)(?:được|do)(?: {offices})?) $",
    **_WORDS,
)
_SENDS_ROOM = 110
"""Characters before a body in which the paper or award that it sent is named."""
# "được Hội Phụ nữ tỉnh triển khai": who does it, not who sends it.
_DONE_BY = cue(r"(?<!\w)(?:được|do) $")
_DOES = cue(r" (?:\([^()]{2,20}\) )?(?:{does_how} )?{does}", **_WORDS)
# Who is told to do something does not act for itself: "Huyện ủy giao Ban Tổ chức tổ chức 4 lớp".
_INSTRUCTS = cue(r"(?<!\w)(?:(?<!ban\s)chỉ đạo|{instructs})(?: cho)? $", **_WORDS)
_IN_OFFICE = cue(r"{holders}(?: thường trực)? $", **_WORDS)
_ROOM = 24
"""Characters before a body in which stands what makes it no organizer."""
_MANY = cue(r"(?<!\w)(?:các|(?<![\w/.-])\d{1,3}) +$")
_PICTURE = cue(r"(?<!\w)(?:ảnh:|\(?ảnh minh họa)")
# A short line of its own that shows somebody at it, without a figure: "Đảng ủy xã A trao Huy hiệu Đảng."
_SHOWN = cue(r" {shown}(?:(?!\d\d)[^\n])*$", **_WORDS)
_CAPTION_ROOM, _BYLINE_WORDS = 200, 10
"""Characters of a caption and words of a byline, at most."""
_NATIONAL = " việt nam"
# A headline that names whom it tells of: "Xã Tân An: Những kết quả nổi bật".
_AREA_NAMED = cue(rf"({AREA}(?: [^\W\d]+){{1,4}})\s*:")
_NAMED = re.compile(r"\s*:")
# All who live there hold no meeting: "Đảng bộ và nhân dân huyện A".
_JOINT = cue(r"(?:đảng bộ|đảng ủy)(?: [\w-]+){0,3} và (?:nhân dân|lực lượng)(?! tối cao)(?!\w)")
_BELONGING = cue(
    r"(?<![\w/.-])(?:\d+/)?\d{1,3} {cells}(?: [^\W\d]+){0,3}?" + rf" (?:trực )?thuộc (?={HEAD})", **_WORDS
)
_OF_MEETING = word_cue(
    r"(?:{meetings}|{hold_what})(?: (?!{ends_meeting})[\w&/\"'-]+,?){0,16}? (?:của )?" + rf"(?={HEAD})",
    **_WORDS,
)
OTHER_MEETING = cue(r"{other_meetings}(?: của| các)? $", **_WORDS)
"""What stands before a meeting that is only looked to, not told of."""

# Strengths say nothing but which evidence goes before which. Of a sentence: a body to which so many cells belong, one
# that holds the meeting, one that reviews or organizes anything, the one in the meeting's name, whose account it is;
# a sentence gains up to 12 by how early it stands. A place that acts stands for a body where none is named; below the
# most frequent bodies (20 to 18) is a kind of body without a name.
_BELONGS, _HOLDS_IT, _BY_IT, _REVIEWS_IT, _ORGANIZES_IT, _NAMES_IT, _SAYS_IT = 64, 60, 58, 40, 38, 35, 26
_FREQUENT, _AREA_ALONE, _KIND = 20, 16, 5
# From _CONVINCING on a sentence says who held the meeting; beyond the first _LEADING sentences only where none does
# is it looked for.
_CONVINCING, _LEADING, _EARLY, _FIRST = 58, 12, 8, 3
_ACTING: tuple[tuple[str, int, re.Pattern[str], re.Pattern[str]], ...] = (
    ("organizes", _HOLDS_IT, _ORGANIZES, _PLACED),
    ("reviews", _REVIEWS_IT, _REVIEWING, _IN_OFFICE),
    ("organizes", _ORGANIZES_IT, _ORGANIZES_ANY, _INSTRUCTS),
    ("says", _SAYS_IT, _STATES, _PLACED),
)
"""What a verb says of the body before it: why, how strongly, the verb, and what before the body denies it."""


@dataclass(frozen=True, slots=True)
class Organizer:
    """A body that may be the one that met; `strength` orders the evidence (see `_CONVINCING`), `why` names it."""

    body: Body
    strength: int
    why: str


def find_organizers(
    normal: Normalized, sentences: Sequence[TextSpan], title: TextSpan | None
) -> list[Organizer]:
    """Return the bodies that may have met, the strongest evidence first.

    `sentences` are the spans of the article's sentences in order, `title` that of its title.
    """
    found: list[Organizer] = []
    for rank, (at, end) in enumerate(sentences):
        if rank > _LEADING and any(one.strength >= _CONVINCING for one in found):
            break
        for why, strength, body in _in_sentence(normal, *normal.span(at, end), rank):
            found.append(Organizer(body, strength + max(0, _LEADING - rank), why))
    if title is not None:
        a, b = normal.span(*title)
        found += (Organizer(body, strength, why) for why, strength, body in _in_title(normal, a, b))
    found.sort(key=lambda organizer: -organizer.strength)
    if not found or found[0].strength < _CONVINCING or key_of(normal, found[0].body) in MEANINGLESS:
        found.extend(_frequent(normal))
    return found


def _in_title(normal: Normalized, a: int, b: int) -> Iterator[tuple[str, int, Body]]:
    """Yield what a title says of who met: why ("headline": only whom it tells of), how strongly, the body."""
    for match in (*_ORGANIZES.finditer(normal.text, a, b), *_REVIEWING.finditer(normal.text, a, b)):
        if body := subject_before(normal, a, match.start(), acts=True):
            yield "title", 55, body
    for body in _of_meeting(normal, a, b):
        yield "title", 52, body
    for match in _RESULTS_OF.finditer(normal.text, a, b):
        if body := body_at(normal, match.end(), b):
            yield "headline", 51, body
    if body := body_at(normal, a, b):
        yield "headline", 54 if _NAMED.match(normal.text, normal.offset(body.end), b) else 41, body
    elif area := _AREA_NAMED.match(normal.text, a, b):
        yield "headline", 54, body_of(normal, normal.origin(area.start(1)), normal.origin(area.end(1)))


def _in_sentence(normal: Normalized, a: int, b: int, rank: int) -> Iterator[tuple[str, int, Body]]:
    """Yield what one sentence says of who met: why, how strong, the body; `rank` is the sentence's number."""
    for why, strength, verbs, unless in _ACTING if rank <= _EARLY else _ACTING[:1]:
        for match in verbs.finditer(normal.text, a, b):
            body = subject_before(normal, a, match.start(), acts=True)
            if body and not _preceded(normal, body, unless):
                yield (
                    why,
                    _AREA_ALONE if _MERE_AREA.match(normal.text, normal.offset(body.at)) else strength,
                    body,
                )
    if rank > _EARLY:
        return
    for match in _BELONGING.finditer(normal.text, a, b):
        body = body_at(normal, match.end(), b)
        if body and not is_generic(key_of(normal, body)):
            yield "belongs", _BELONGS, body
    for match in _BY.finditer(normal.text, a, b):
        body = body_at(normal, match.end(), b)
        if body and _ORGANIZES_ANY.match(normal.text, normal.offset(body.end)):
            yield "organizes", _BY_IT, body
    for match in _ACCORDING_TO.finditer(normal.text, a, b):
        if body := body_at(normal, match.end(), b):
            yield "says", _SAYS_IT, body
    for body in _of_meeting(normal, a, b) if rank <= _FIRST else ():
        yield "meeting", _NAMES_IT, body


def _of_meeting(normal: Normalized, a: int, b: int) -> Iterator[Body]:
    """Yield the body a meeting's own name holds ("Đại hội đại biểu Đảng bộ X lần thứ…")."""
    for match in _OF_MEETING.finditer(normal.text, a, b):
        if OTHER_MEETING.search(normal.text[max(a, match.start() - 24) : match.start()]):
            continue
        body = body_at(normal, match.end(), b)
        if body and not body.text.islower():
            yield body


def _preceded(normal: Normalized, body: Body, words: re.Pattern[str], room: int = _ROOM) -> bool:
    """Whether `words`, a pattern that ends where a body begins, stand before it within `room` characters."""
    here = normal.offset(body.at)
    return words.search(normal.text, max(0, here - room), here) is not None


def _aside(normal: Normalized, body: Body) -> bool:
    """Whether the body stands in a picture's caption or in the byline, which say nothing of who met."""
    text = normal.original
    at = TextOffset(text.rfind("\n", 0, body.at) + 1)
    end = text.find("\n", body.end)
    end = TextOffset(len(text) if end < 0 else end)
    line = text[at:end].strip()
    a, b = normal.span(at, end)
    if not text[:at].strip() or end - at > _CAPTION_ROOM:
        return False
    if _PICTURE.search(normal.text, a, b):
        return True
    if not text[end:].strip():
        return len(line.split()) <= _BYLINE_WORDS and line[-1] not in ".!?:"
    opens = text[at : body.at].strip() == ""
    return opens and _SHOWN.match(normal.text, normal.offset(body.end), b) is not None


def _frequent(normal: Normalized) -> list[Organizer]:
    """The bodies with a name of their own, by how often and how early they are named."""
    first: dict[str, Body] = {}
    acting: set[str] = set()
    kinds: list[tuple[bool, Body]] = []
    for body in find_bodies(normal):
        key = key_of(normal, body)
        does = _preceded(normal, body, _DONE_BY) and _DOES.match(normal.text, normal.offset(body.end))
        sends = _preceded(normal, body, _SENDS, _SENDS_ROOM) and not does
        in_office = _preceded(normal, body, _IN_OFFICE)
        if not sends and not in_office:
            acting.add(key)
        if sends or key in first or key in MEANINGLESS or CENTRAL.fullmatch(key) or _JOINT.match(key):
            continue
        if _preceded(normal, body, _MANY) or _aside(normal, body):
            continue
        if is_generic(key) or key in UNPLACED or body.text.islower():
            # "Phó Bí thư Tỉnh ủy Lê Văn Bình": it only says what office somebody holds.
            if not (in_office and normal.original[body.end + 1 : body.end + 2].isupper()):
                kinds.append((in_office, body))
        else:
            first[key] = body
    if not first:
        return [Organizer(body, _KIND, "kind") for _, body in sorted(kinds, key=lambda one: one[0])[:1]]
    # "Hội Nông dân Việt Nam" is the country's.
    national = {key for key in first if key.removesuffix(_NATIONAL) in UNPLACED}
    weights = {key: normal.text.count(key) for key in first}
    ranked = sorted(
        weights, key=lambda key: (key in national, key not in acting, -weights[key], first[key].at)
    )
    return [Organizer(first[key], _FREQUENT - rank, "frequent") for rank, key in enumerate(ranked[:3])]
