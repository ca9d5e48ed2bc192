"""Awards: the recipients an article names, whether or not a number stands with them, with what and from whom.

A recipient is a body or a person in the list behind "trao … cho", "khen thưởng", "công nhận … là", or the body
before "được … tặng". Recipients that are only counted ("05 tập thể") are counts, not recipients.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from summarizer.article.cues import Cue, cue
from summarizer.article.normalize import Folded
from summarizer.rules.bodies import Body, body_at, find_bodies, is_nameless, key_of, subject_before
from summarizer.rules.names import Mention
from summarizer.schemas.report import Recipient

__all__ = ("read_recipients",)

Span = tuple[int, int]

# A text without stops is read only so far, or its one sentence would be gone through for every name in it.
_LONGEST = 3_000

_AWARD = cue(
    r"(?<!\w)(?:giấy khen|bằng khen|thư khen|kỷ niệm chương|huy hiệu[\w\s]{0,24}?tuổi đảng|huy hiệu"
    r"|hu[âa]n chương(?: lao động)?"
    r"(?: hạng \w+)?|huy chương(?: vàng| bạc| đồng)?|cờ thi đua|cờ|danh hiệu [^,.;]{3,40}"
    r"|giải(?: thưởng)?(?: đặc biệt| nhất| nhì| ba"
    r"| tư| khuyến khích| a| b| c)?|bằng công nhận|quyết định công nhận|phần thưởng)(?!\w)"
)
_GRADE = cue(
    r"[\"']?(?:hoàn thành (?:xuất sắc |tốt )?nhiệm vụ|(?:đạt |xếp loại )?trong sạch,? vững mạnh"
    r"|lao động tiên tiến|xuất sắc)"
    r"(?: tiêu biểu)?(?: nhiệm vụ)?"
)
_GIVES = Cue(
    r"(?<!\w)(?:đã |vừa |cũng )*(?:trao tặng|trao thưởng|trao|tặng|khen thưởng|biểu dương|tuyên dương"
    r"|vinh danh|tôn vinh"
    r"|công nhận)(?!\w)"
)
_PASSIVE = Cue(r"(?<!\w)được (?=\S)")
_RECIPIENT = r"(?:\d+ )?(?:tập thể |đội |cá nhân |đồng chí |đ/c |ông |bà |em |anh |chị )*"
_LINKS = cue(
    r"(?:(?<!\w)(?:cho|là|và|gồm|thưởng|dương|tặng|tập thể|các tập thể|đội|danh|nhận|vinh|cá nhân|có)"
    r"|[:;-])[\s\"']*"
    rf"{_RECIPIENT}$"
)
_GOES_ON = cue(rf"[\s\"']*(?:,|;|và)[\s\"']*{_RECIPIENT}")
_AWAY = cue(r"(?<!\w)(?:tại|trong|do|của|thuộc|về|vì|ghi nhận|đề nghị|yêu cầu)(?!\w)[^,;:]*$")


def read_recipients(
    text: str, folded: Folded, sentences: Sequence[Span], mentions: Sequence[Mention]
) -> tuple[Recipient, ...]:
    """Return the named recipients in the order of the text, each once for each award.

    `sentences` are the spans of the article's sentences, `mentions` its people.
    """
    found: dict[tuple[str, str | None], Recipient] = {}
    for at, end in sentences:
        end = min(end, at + _LONGEST)
        a, b = folded.span(at, end)
        here = [mention for mention in mentions if at <= mention.at < end]
        for recipient in (*_given(text, folded, a, b, here), *_received(text, folded, a, b)):
            key = (" ".join(folded_words(folded, recipient)), recipient.award and recipient.award.lower())
            found.setdefault(key, recipient)
    return tuple(sorted(found.values(), key=lambda recipient: recipient.at))


def folded_words(folded: Folded, recipient: Recipient) -> list[str]:
    """The folded words of a recipient's name."""
    return folded.part(recipient.at, recipient.end).split()


def _given(text: str, folded: Folded, a: int, b: int, mentions: Sequence[Mention]) -> Iterator[Recipient]:
    """Yield the recipients listed behind the sentence's first verb of giving."""
    gives = _GIVES.search(folded, a, b)
    if gives is None or _PASSIVE.search(folded, max(a, gives.start() - 80), gives.start()):
        return
    people = [Body(mention.name, mention.at, mention.end) for mention in mentions]
    leads = {mention.at: mention.lead for mention in mentions}
    bodies = list(find_bodies(text, folded, folded.origin(gives.end()), folded.origin(b), whole=True))
    reached: int | None = None
    for one in sorted((*bodies, *people), key=lambda body: body.at):
        here = folded.folded(leads.get(one.at, one.at))
        if here < gives.end() or is_nameless(key_of(folded, one)) or one.text.islower():
            continue
        between = folded.text[gives.start() : here]
        # A comma alone goes on with a list only where the list has begun right before it.
        follows = reached is not None and _GOES_ON.fullmatch(folded.text, reached, here)
        if not follows and (not _LINKS.search(between) or _AWAY.search(between)):
            continue
        reached = folded.folded(one.end)
        award = _award(text, folded, gives.start(), here, folded.folded(one.end), b)
        if award is not None:
            giver = _giver(text, folded, a, gives.start(), mentions)
            yield Recipient(at=one.at, text=text[one.at : one.end], award=award, given_by=giver)


def _giver(text: str, folded: Folded, a: int, end: int, mentions: Sequence[Mention]) -> str | None:
    """Who gives, by the words from `a` to a verb of giving at `end`: the last person named there, else the body."""
    hands = [mention.name for mention in mentions if folded.folded(mention.end) <= end]
    if hands:
        return hands[-1]
    body = subject_before(text, folded, a, end)
    return body.text if body else None


def _received(text: str, folded: Folded, a: int, b: int) -> Iterator[Recipient]:
    """Yield the body that "được … tặng" says has been given something."""
    for passive in _PASSIVE.findall(folded, a, b):
        clause = max(a, folded.text.rfind(";", a, passive.start()) + 1)
        gives = _GIVES.search(folded, passive.end(), min(b, passive.end() + 90))
        award = _AWARD.search(folded.text, gives.end(), b) if gives else None
        if gives is None or award is None or award.start() - gives.end() > 30:
            continue
        giver = body_at(text, folded, passive.end(), gives.start())
        named = list(find_bodies(text, folded, folded.origin(clause), folded.origin(passive.start())))
        if named and not is_nameless(key_of(folded, named[0])):
            yield Recipient(
                at=named[0].at,
                text=text[named[0].at : named[0].end],
                award=_words(text, folded, award.start(), award.end()),
                given_by=giver.text if giver else None,
            )


def _award(text: str, folded: Folded, verb: int, here: int, behind: int, end: int) -> str | None:
    """The award nearest before the recipient, else the grade right behind it or quoted before it."""
    before = list(_AWARD.finditer(folded.text, verb, here))
    if before:
        return _words(text, folded, before[-1].start(), before[-1].end())
    right_behind = _GRADE.match(folded.text, _skip(folded.text, behind), end)
    grade = right_behind or _GRADE.search(folded.text, verb, here)
    if grade is None and (stop := folded.text.find(";", behind, end)) != behind:
        grade = _GRADE.search(folded.text, behind, stop if stop > 0 else min(end, behind + 60))
    return _words(text, folded, grade.start(), grade.end()).strip("\"'“”") if grade else None


def _skip(words: str, at: int) -> int:
    while at < len(words) and words[at] in ' \n"':
        at += 1
    return at


def _words(text: str, folded: Folded, a: int, b: int) -> str:
    return " ".join(text[folded.origin(a) : folded.origin(b)].split())
