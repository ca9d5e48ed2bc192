"""Elections: who was elected or appointed at the meeting, to which post and with what vote.

The post stands behind the verb ("được bầu giữ chức vụ Bí thư chi bộ", was elected secretary of the cell) or behind
the names of a list that an election opens ("bầu Ban Chấp hành gồm các đồng chí: …"). A meeting's own presidium,
secretaries and tellers are chosen for the day and not elected here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from summarizer.article.normalize import Normalized, in_one_form
from summarizer.article.phrases import Lists, cue, word_cue
from summarizer.rules.names import OFFICE, Mention, joined_before, within
from summarizer.schemas.offsets import TextOffset, TextSpan
from summarizer.schemas.report import Elected

_WORDS = Lists("summarizer.rules", "people")
_ELECTS = word_cue(
    rf"{{elects}}(?: (?!giữ|làm|là|bầu)[^\s,;.]+){{0,20}}? "
    rf"(?:{{into_post}} (?={OFFICE}|chi ủy)|(?:tham gia )?vào (?={{elected_boards}}))"
    rf"|{{holds_post}} (?={OFFICE})|{{wins}}(?: chức| chức vụ)? (?={OFFICE})",
    **_WORDS,
)
_GOES_ON = cue(rf"\s+{{into_post}}\s+(?={OFFICE})", **_WORDS)
_LEAVES = cue(r"{leaves_post}", **_WORDS)
_OPENS_LIST = word_cue(
    r"{opens_election}[^.;\n]{0,160}?{elected_body}[^.;\n]{0,160}?(?:(?::|gồm(?: có)?|là)(?=\W|$)|$)",
    **_WORDS,
)
_OF_THE_DAY = cue(r"{presidium}|{of_the_day}", **_WORDS)
_POST_ENDS = cue(rf"[;\n]|\.(?=\s|$)|,\s+(?!{OFFICE})|\s+{{post_ends}}|\s*[(]", **_WORDS)
_OFFICE_AFTER = cue(
    rf"\s*(?:,|-|:|\(|giữ|làm|là)+\s*(?:giữ |chức vụ |chức |làm |là )*(?={OFFICE}|[\w ]{{0,30}}bí thư)"
)
_VOTE = re.compile(
    r"\d{1,4}\s?/\s?\d{1,4}\s*(?:phiếu|đại biểu|\()"
    r"|(?:tỷ lệ|đạt|với|số phiếu)[^.;,\n]{0,40}?(\d{1,3}(?:[.,]\d+)?\s?%)"
)
_POST_NAMED = cue(
    rf"(?<!\w)(?:{OFFICE}|{{elected_boards}})[^:;.\n]{{0,90}}?(?=\s+gồm|:|\s+là\W|\s+các đồng chí|,)",
    **_WORDS,
)
# "Bí thư: Lê Văn An; Phó Bí thư: Đỗ Thị Thu".
_OFFICE_AHEAD = cue(rf"(?<!\w)({OFFICE}[^:;,.\n]{{0,60}}?)\s*:\s*$")
_OFFICE_ROOM = 80
"""Characters before a name in which its post stands."""
_STOPS = (".", ";")
_ITEM = re.compile(r"\s*(?:[-–+*•]|\d)")
_LONGEST_LIST, _NAME_ROOM = 40, 60
"""Lines of a list of elected people, and characters of a line before its name, at most."""


def read_elections(
    normal: Normalized, sentences: Sequence[TextSpan], mentions: Sequence[Mention]
) -> tuple[Elected, ...]:
    """Return who was elected or appointed, each person once, in the order of the text.

    `sentences` are the spans of the article's sentences, `mentions` its people.
    """
    named: list[Elected] = []
    listed: list[Elected] = []
    for number, (at, end) in enumerate(sentences):
        named += _named_for(normal, at, end, within(mentions, at, end))
        following = sentences[number + 1 : number + _LONGEST_LIST]
        listed += _listed(normal, at, end, following, mentions)
    found: dict[str, Elected] = {}
    for one in (*named, *listed):
        found.setdefault(in_one_form(one.name), one)
    return tuple(sorted(found.values(), key=lambda one: one.at))


def _named_for(
    normal: Normalized, at: TextOffset, end: TextOffset, mentions: Sequence[Mention]
) -> Iterator[Elected]:
    """Yield who a sentence says was given a post: "đồng chí A được bầu làm Chủ tịch" (was elected chairman)."""
    text = normal.original
    a, b = normal.span(at, end)
    floor = at
    going_on = mentions  # looked through once, from the first verb on
    for elects in _ELECTS.finditer(normal.text, a, b):
        begins, after = normal.origin(elects.start()), normal.origin(elects.end())
        if _LEAVES.search(normal.text, max(a, elects.start() - 12), elects.end()):
            floor = after
            continue
        before = [mention for mention in mentions if floor <= mention.at and mention.end <= begins]
        post = _post(normal, after, end, mentions)
        floor = after
        for one in within(mentions, begins, after) or joined_before(text, before):
            yield Elected(name=one.name, at=one.at, post=post, vote=_vote(text, one.end, end))
        # "bầu đồng chí A làm Chủ tịch, đồng chí B làm Phó Chủ tịch": the second is elected too.
        going_on, following = (), within(going_on, after, end)
        for one in following:
            if goes_on := _GOES_ON.match(normal.text, normal.offset(one.end), b):
                post = _post(normal, normal.origin(goes_on.end()), end, mentions)
                yield Elected(name=one.name, at=one.at, post=post, vote=_vote(text, one.end, end))


def _post(
    normal: Normalized, at: TextOffset, end: TextOffset, mentions: Sequence[Mention], *, alone: bool = False
) -> str | None:
    """The post that begins at `at`, up to the mark, word or person that ends it.

    Where a line has one person `alone`, a capital behind a comma goes on with a body's name ("khoa Khí tượng, Thủy
    văn và Hải dương học").
    """
    stop = next((mention.lead for mention in mentions if mention.at >= at), end)
    a, b = normal.span(at, stop)
    text = normal.original
    ends = next(
        (
            mark
            for mark in _POST_ENDS.finditer(normal.text, a, b)
            if not (
                alone
                and mark[0].startswith(",")
                and text[(at := normal.origin(mark.end())) : at + 1].isupper()
            )
        ),
        None,
    )
    words = normal.written(a, ends.start() if ends else b).strip(" ,-–./").removesuffix(" và").strip()
    return (words if "(" in words else words.rstrip(")")) or None


def _listed(
    normal: Normalized,
    at: TextOffset,
    end: TextOffset,
    following: Sequence[TextSpan],
    mentions: Sequence[Mention],
) -> Iterator[Elected]:
    """Yield who stands in the list that an election opens, in the sentence or in the lines below it."""
    text = normal.original
    opens = _OPENS_LIST.search(normal.text, *normal.span(at, end))
    if opens is None or _OF_THE_DAY.search(normal.text, opens.start(), opens.end()):
        return
    begins = normal.origin(opens.end())
    spans = [(begins, end)]
    last = text[at:end].rstrip()[-1:]
    if last not in _STOPS and not within(mentions, begins, end):
        spans = []
        for line_at, stop in following:
            if not within(mentions, line_at, min(stop, line_at + _NAME_ROOM)):
                break
            if last != ":" and not _ITEM.match(text, text.rfind("\n", 0, line_at) + 1):
                break
            spans.append((line_at, stop))
    # What all of a list are elected to: "Ban Chấp hành", "đại biểu dự Đại hội cấp trên".
    named = _POST_NAMED.search(normal.text, *opens.span())
    whole = normal.written(*named.span()) if named else None
    for line_at, stop in spans:
        here = within(mentions, line_at, stop)
        headed: str | None = None
        for index, mention in enumerate(here):
            until = here[index + 1].lead if index + 1 < len(here) else stop
            office = _OFFICE_AFTER.match(normal.text, *normal.span(mention.end, until))
            own = (
                _post(normal, normal.origin(office.end()), until, (), alone=len(here) == 1)
                if office
                else None
            )
            ahead = normal.span(max(line_at, mention.lead - _OFFICE_ROOM), mention.lead)
            if own is None and (office := _OFFICE_AHEAD.search(normal.text, *ahead)):
                own = headed = normal.written(*office.span(1))
            elif own is None and len(joined_before(text, here[: index + 1])) < 2:
                headed = None
            post = own or headed or whole
            yield Elected(name=mention.name, at=mention.at, post=post, vote=_vote(text, mention.end, until))


def _vote(text: str, at: TextOffset, end: TextOffset) -> str | None:
    """The vote as written ("45/47 phiếu", "100%"), if the words from `at` to `end` tell it."""
    vote = _VOTE.search(text, at, end)
    return " ".join((vote[1] or vote[0]).rstrip("( ").split()) if vote else None
