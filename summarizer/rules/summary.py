"""Summary: whole Vietnamese sentences composed of an article's own clauses and numbers.

Who met, when and who chaired; the weightiest results with their numbers; what fell short; what is to be done; who was
elected. Nothing is cut within a clause, and all its words but those that join them are the article's.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import chain, pairwise

from summarizer.article.normalize import Normalized, in_one_form, normalize
from summarizer.article.openings import WORDS, behind_joining, capital, ended, on_one_line, trimmed
from summarizer.article.phrases import Lists, cue
from summarizer.rules.names import within
from summarizer.rules.section_words import LABELS
from summarizer.schemas.reading import HeaderReading, NumberReading, SectionKind
from summarizer.schemas.report import Elected, Person, Quotation, Role

_VERB = cue(r"(?:tổng kết|sơ kết)(?!\w)")
_OF_CELLS, _OF_BRANCH = cue(r"(?:hội nghị|đại hội)(?: các)? chi bộ(?!\w)"), cue(r"(?:đảng bộ|đảng ủy)(?!\w)")
"""The meetings of Party cells, which the branch above them does not hold itself."""
_WHOLE_DATE = re.compile(r"\d\D+\d")
_WORDS = {**WORDS, **Lists("summarizer.rules", "summary")}
# "Đồng chí đề nghị …" (the comrade asks): nobody is named, the last one named is meant.
_NAMELESS = cue(r"({nameless})(?= (?:cũng |còn |đã )?{speaks})", **_WORDS)
# What only leads to a list that the summary does not tell: "đạt nhiều thành tích, cụ thể là:".
_LEADS_ON = cue(r"[\s,;(-]*(?:{leads_on})(?: {leads_on})*\s*:$", **_WORDS)
_CLAUSE = re.compile(r";\s+(?!\d)")
"""Where a clause ends; one that begins with a number goes on with the verb of the one before."""
_AGENCY = re.compile(r"(?:date \d{4}-\d\d )?(?:[^\s()]+ ){0,2}\([\w.\s–-]{2,24}\)\s*[-–:]\s*")
"""What a page opens its prose with: "(QNO) - ", the newspaper's name."""
# A board that a meeting elected, with its size.
_ELECTS = cue(
    r"(?:đại hội|hội nghị)(?!\w)[^.;:\n()]{0,80}? bầu (?:[^.;:\n()]{0,30}?{boards}[^.;:\n()]{0,120}?"
    r"(?:gồm|có|với|là)(?: có)? \d+ {members}(?!\w)|(?:ra |chọn )*\d+ {members} vào {boards}[^.;,:\n()]{0,60})",
    **_WORDS,
)
_DID: dict[Role, str] = {"speaker": "phát biểu", "presenter": "trình bày báo cáo"}
_MEETINGS = {"đại hội": "đại hội", "lễ": "buổi lễ"}
"""How a summary speaks of a meeting again, by the beginning of its name; of others as hội nghị."""
_STRESSED = cue(r"{stressed}", **_WORDS)
_MORE = 150
"""Characters of left-out clauses for which a sentence is not cut."""
_CUT, _TRAILING = "[…]", " ;,./:"
"""What stands for clauses that are left out; marks that are not told behind a clause, but for the article's "…"."""
_NAMES_ONLY = cue(r"{names_only}", **_WORDS)
_NO_RESULT = cue(r"{no_result}|(?:[^,;:]{0,40}, )?{grants}(?:(?! nhưng| song)[^,;:])*$", **_WORDS)
"""A sentence without a number that tells of no result: what something means, or what is only granted (although)."""
_ATTENDS = cue(r"{attends}", **_WORDS)
_LONG, _LONGEST, _SHORTEST = 150, 640, 3
"""Characters from which a sentence is told clause by clause, beyond which none is told; words of the shortest."""
_LABELS: dict[SectionKind, str] = {
    "achievement": "Kết quả",
    "shortcoming": "Hạn chế",
    "directive": "Nhiệm vụ",
}
_BUDGETS: dict[SectionKind, int] = {"achievement": 640, "shortcoming": 280, "directive": 420}
_MOST: dict[SectionKind, int] = {"achievement": 8, "shortcoming": 3, "directive": 3}
"""Characters and clauses of a kind that a summary tells: three to five sentences in all, as one reads at once."""
_LATER = 0.3
"""By how much a sentence's later clauses weigh less: its first one says whose work it is."""
_LIST_ITEM, _MOST_ELECTED, _LONGEST_TITLE = 90, 3, 200
"""Characters of an item that stands with others in one sentence, elected people, characters of a title."""


def compose(
    normal: Normalized,
    header: HeaderReading,
    holds: bool,
    people: Sequence[Person],
    sections: Mapping[SectionKind, Sequence[Quotation]],
    counts: Sequence[NumberReading],
    elected: Sequence[Elected] = (),
) -> str | None:
    """Return a summary from an article's text and the parts of its report, in its own words; None if they are empty.

    `holds` says that the article tells of the header's organization holding the meeting.
    """
    text = normal.original
    clauses = {kind: _clauses(text, kind, sections.get(kind, ()), counts, people) for kind in _LABELS}
    chairs = [one.name for one in people if "chair" in one.roles]
    if header.kind is None:
        opening = _work(text, header, results=bool(clauses["achievement"] or clauses["shortcoming"]))
    else:
        opening = _meeting(text, header, header.kind, holds, chairs)
    named = [one.name + (f" ({one.post})" if one.post else "") for one in elected[:_MOST_ELECTED]]
    named += [_CUT] if len(elected) > _MOST_ELECTED else []
    elects = _ELECTS.search(normal.text) if header.meeting else None
    lines = [
        opening,
        _spoken(header.kind, people, "".join(chain(chairs, *clauses.values()))),
        *(_headed(label, clauses[kind]) for kind, label in _LABELS.items()),
        capital(normal.written(*elects.span())) if elects else "",
        f"Nhân sự được bầu hoặc chỉ định: {'; '.join(named)}" if named else "",
    ]
    return " ".join(ended(line) for line in lines if line) or None


def _held(text: str, header: HeaderReading) -> str:
    """The day of the meeting as the article writes it, with the last of several: "21 và 22/6/2018"."""
    held, last = header.anchors.get("date_held"), header.anchors.get("date_held_end")
    words = " ".join(text[held[0].at : (last or held)[0].end].split()) if held else ""
    return f"ngày {words}" if _WHOLE_DATE.search(words) else ""


def _work(text: str, header: HeaderReading, *, results: bool) -> str:
    """Whose work an article without a meeting tells of; empty for nobody's."""
    whose, title = header.organization, header.title
    if whose is None and not (results and title):
        return ""
    quoted = title and title in " ".join(text.split()) and len(title) <= _LONGEST_TITLE
    opening = "Bài viết" + (f" “{title}”" if quoted else "")
    if not results:
        return f"{opening} nói về {whose}"
    held = _held(text, header)
    when = f" {_small(header.period_text)}" if header.period_text else ""
    return f"{opening} nêu kết quả{when}" + (f" của {whose}" if whose else "") + (f", {held}" if held else "")


def _meeting(text: str, header: HeaderReading, kind: str, holds: bool, chairs: Sequence[str]) -> str:
    """Who met, when, and who chaired."""
    whose, held = header.organization, _held(text, header)
    names = (
        f"các đồng chí {', '.join(chairs[:-1])} và {chairs[-1]}"
        if chairs[1:]
        else f"đồng chí {''.join(chairs)}"
    )
    if (
        whose
        and holds
        and not (_OF_CELLS.search(normalize(kind).text) and _OF_BRANCH.match(normalize(whose).text))
    ):
        verb = " " if _VERB.match(normalize(kind).text) else " tổ chức "
        opening = f"{capital(whose)}{verb}{kind}" + (f", do {names} chủ trì" if chairs else "")
    elif chairs:
        opening = f"{names} chủ trì {kind}" + (f" ({whose})" if whose else "")
    else:
        about = f" với nội dung về {whose}" if whose else ""
        return f"Bài viết tường thuật {_small(kind)}" + (f", {held}," if held else "") + about
    return capital(f"{held}, {opening}" if held else opening)


def _spoken(kind: str | None, people: Sequence[Person], named: str) -> str:
    """Who spoke at the meeting or presented its report, where he is not `named` yet."""
    for role, did in _DID.items():
        for one in people if kind else ():
            if role in one.roles and one.name not in named:
                begins = in_one_form(kind or "")
                again = (name for name in _MEETINGS if begins.startswith(in_one_form(name)))
                return f"Đồng chí {one.name} {did} tại {_MEETINGS.get(next(again, ''), 'hội nghị')}"
    return ""


def _headed(label: str, clauses: Sequence[str]) -> str:
    """The clauses of a kind behind the word for it, where they do not begin with one."""
    words = " ".join(map(ended, clauses))
    if all(len(clause) < _LIST_ITEM for clause in clauses):
        words = "; ".join(_small(clause) if index else clause for index, clause in enumerate(clauses))
    normal, own = normalize(words).text, normalize(label).text
    named = normal.startswith((own, f"về {own}")) or any(labels.match(normal) for _, labels in LABELS)
    return words if named or not words else f"{label}: {words}"


def _clauses(
    text: str,
    kind: SectionKind,
    quotations: Sequence[Quotation],
    counts: Sequence[NumberReading],
    people: Sequence[Person],
) -> tuple[str, ...]:
    """The sentences of a kind that a summary tells, in the order of the text, within its room.

    A long sentence is told by its weightiest clauses, as they stand; a sign says where others are left out. Of a
    result, a later clause without a count is told only behind the first, and not where it has no verb of its own.
    """
    divided = [_divided(quotation) for quotation in quotations]
    clauses: dict[int, dict[int, str]] = {}
    weights: list[tuple[float, int, int, bool]] = []
    for rank, parts in enumerate(divided):
        first = 0.0
        for index, (at, words) in enumerate(parts):
            clause = _readable(text, at, words, people)
            inside = within(counts, at, at + len(words))
            weight = _importance(kind, rank, clause, inside)
            first = first if index else weight
            alone, normal = index == 0 or kind != "achievement" or bool(inside), normalize(clause).text
            tells = alone or not _NAMES_ONLY.match(normal)
            if kind == "achievement" and (
                _ATTENDS.match(normal) or (not inside and _NO_RESULT.match(normal))
            ):
                tells = False
            tells = tells and not (inside and all(count.whose for count in inside))  # another body's figures
            if tells and len(clause.split()) >= _SHORTEST and len(clause) <= _LONGEST:
                later = _LATER if index else 0.0
                weights.append((later - (weight if alone else min(weight, first)), rank, index, alone))
                clauses.setdefault(rank, {})[index] = clause
    chosen: dict[int, dict[int, str]] = {}
    room, many = _BUDGETS[kind], 0
    for _, rank, index, alone in sorted(weights):
        clause = clauses[rank][index]
        fits = many < _MOST[kind] + (len(clause) < _LIST_ITEM) * 2 and (len(clause) <= room or not chosen)
        if fits and (alone or 0 in chosen.get(rank, {})):
            chosen.setdefault(rank, {})[index] = clause
            room, many = room - len(clause), many + 1
    for rank in chosen:
        rest = sum(map(len, clauses[rank].values())) - sum(map(len, chosen[rank].values()))
        if rest <= _MORE:
            chosen[rank] = clauses[rank]
    return tuple(dict.fromkeys(_sentence(divided[rank], chosen[rank]) for rank in sorted(chosen)))


def _sentence(parts: Sequence[tuple[int, str]], chosen: Mapping[int, str]) -> str:
    """The chosen clauses of a sentence with what joins them, and a sign where others of it stood."""
    first, *later = sorted(chosen)
    sentence = chosen[first]
    for before, index in pairwise((first, *later)):
        sentence += ("; " if index == before + 1 else f"; {_CUT}; ") + trimmed(
            " ".join(parts[index][1].split())
        )
    return sentence if (first, *later)[-1] + 1 == len(parts) else f"{sentence} {_CUT}"


def _divided(quotation: Quotation) -> list[tuple[int, str]]:
    """A quotation whole, or where it is long its clauses between semicolons that no bracket holds."""
    text, begun = quotation.text, 0
    found: list[tuple[int, str]] = []
    for mark in _CLAUSE.finditer(text) if len(text) > _LONG else ():
        if text.count("(", 0, mark.start()) == text.count(")", 0, mark.start()):
            found.append((quotation.at + begun, text[begun : mark.start()]))
            begun = mark.end()
    return [*found, (quotation.at + begun, text[begun:])]


def _importance(kind: SectionKind, rank: int, clause: str, counts: Sequence[NumberReading]) -> float:
    """How much a clause says to a reader in a hurry: graded results, then numbers, then what comes first."""
    if kind != "achievement":
        return -float(rank)
    results = [count for count in counts if count.status != "target"]
    graded = sum(count.grade is not None for count in results)
    stressed = bool(_STRESSED.search(normalize(clause).text))
    weight = 3 * min(graded, 3) + 2 * min(len(results), 3) + 2 * stressed
    return weight + (rank == 0) - 0.4 * rank - len(clause) / 150


def _readable(text: str, at: int, words: str, people: Sequence[Person]) -> str:
    """A clause without list marks and joining words before it, "Đồng chí" with the name that is meant."""
    clause = on_one_line(words)
    if agency := _AGENCY.match(clause):
        clause = clause[agency.end() :]
    text_before, normal = text[:at], normalize(clause)
    begun = behind_joining(normal)
    last = max(((text_before.rfind(person.name), person.name) for person in people), default=(-1, ""))
    nameless = _NAMELESS.search(normal.text, begun) if last[0] >= 0 else None
    if nameless:
        end = normal.origin_end(nameless.end(1))
        clause = f"{clause[:end]} {last[1]}{clause[end:]}"
    clause = clause[normal.origin(begun) :]
    if clause.endswith(":"):
        normal = normalize(clause)
        leads_on = _LEADS_ON.search(normal.text)
        clause = clause[: normal.origin(leads_on.start())] if leads_on else clause
    return capital(trimmed(clause))


def _small(words: str) -> str:
    """Words that go on in a sentence: the first letter small, but for a name or an abbreviation."""
    first = words.split(" ", 1)[0]
    second = words.split(" ", 2)[1] if words.count(" ") else ""
    return words if first[1:].lower() != first[1:] or second[:1].isupper() else words[:1].lower() + words[1:]
