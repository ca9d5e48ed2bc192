"""The brief: one page for an office, of what an article says, as Markdown and as a Word document.

Who met and when, the main results with their numbers, what fell short, tasks, contradictions, and what is to be
checked; less than half of an article's length, but for what must be in it. A result is a figure that
sums may use (`outputs.sums`), or a number of its own with the words of what it counts.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any, Literal, get_args

from summarizer.article.openings import capital, on_its_own
from summarizer.outputs.certainty import asked, doubtful_first, header_values, named_fields, review_words
from summarizer.outputs.escaping import shortened
from summarizer.outputs.main_results import ResultRow, main_results, stands_in, worded
from summarizer.outputs.markdown import markdown
from summarizer.outputs.phrasing import named
from summarizer.schemas.labels import Labels, Lang, labels
from summarizer.schemas.report import MeetingReport, Section

_PAGE = 2_600
"""Characters of a page in 11 points with a table; so much at most, however long the article."""
_PER_LINE = 250
"""Characters of an article for which its brief has a line with a result."""
_QUOTED, _SHORTEST = 320, 40
"""Characters of a quoted sentence at most, and the least it is worth to be quoted with."""
_LEAST = 90
"""Characters that a sentence may take though its share of the room is smaller."""
_HEADING = 30
"""Characters of a heading and its empty lines, about."""
_LISTED, _NAMED, _IN_FULL = 5, 3, 2
_AT_FIRST = 2
"""Results that come before anything else."""
_FEW = 3
"""Results with a number beside which those without one wait for what room is left."""
_CELLS = (80, 60, 45)
"""Characters of what a number counts at most: the first, or where the lines have no room so, the next."""
_POST = 80
"""Characters of an office, at most."""
# Where a sentence may be cut: after a clause; and what ends the words that lead to a list of clauses.
_CLAUSE = re.compile(r"[;,](?=\s)")
_LEADS = re.compile(r":\s")

_Part = Literal["results", "elected", "shortcomings", "tasks", "achievements"]
_Item = tuple[str, str] | str
_MOST: dict[_Part, int] = {"results": 10, "elected": 20, "achievements": 3}
_AT_ONCE: dict[_Part, int] = {"results": 3, "elected": 3}
"""Lines of a part that are added in one turn, since they are short; of the others one."""
_SENTENCES: tuple[_Part, ...] = ("shortcomings", "tasks", "achievements")
"""Parts of which an item may be cut."""


@dataclass(slots=True)
class Brief:
    """What a brief says, in one language; every text is the article's or a label, none is marked up."""

    lang: Lang
    title: str
    facts: list[tuple[str, str]]
    contradictions: list[str]
    check: list[str]
    warnings: list[str]
    asked: Literal["nothing", "some", "all"]
    reviewed: list[str]
    results: list[tuple[str, str]] = field(default_factory=list)
    achievements: list[str] = field(default_factory=list)
    elected: list[str] = field(default_factory=list)
    shortcomings: list[str] = field(default_factory=list)
    tasks: list[str] = field(default_factory=list)
    waiting: dict[_Part, dict[int, _Item]] = field(default_factory=dict)
    """What the report has more of each part than the brief, by rank, the most important first."""

    def lists(self) -> Iterator[tuple[str, list[str]]]:
        """Yield the lists that are not empty with their headings, in the order of the page."""
        for name in ("achievements", "elected", "shortcomings", "tasks", "contradictions", "check"):
            if lines := getattr(self, name):
                yield labels(self.lang)(f"brief.{name}"), lines

    def last_line(self) -> str:
        """Return who reviewed it, what no model was asked about, what is left to the report; empty for nothing."""
        t = labels(self.lang)
        parts = [t(f"brief.rest.{part}", n=len(items)) for part, items in self.waiting.items() if items]
        read = t(f"brief.asked.{self.asked}") if self.asked != "all" else ""
        rest = t("brief.rest", list=", ".join(parts)) if parts else ""
        return " ".join(filter(None, (*(f"{words}." for words in self.reviewed), read, rest)))


def brief_of(report: MeetingReport, lang: Lang = "vi") -> Brief:
    """Return the brief of a report; it holds the same in every language.

    It is kept under one page and half of the article's characters: first all that must be in it (who, when,
    contradictions, what to check), then as many results as an article of that length has lines for, their words
    shortened where that makes room for all of these; then who was elected, shortcomings and tasks in turn as long as
    there is room, and results without a number where it is left or where few have one. Its last line says how much of
    these is left out.
    """
    told, characters = dict[tuple[str, str], ResultRow](), report.source.characters
    for row in main_results(report):
        told.setdefault(worded(row, labels(), (), _CELLS[0]), row)
    lines = min(max(characters // _PER_LINE, _FEW), _MOST["results"])
    briefs = dict[Lang, Brief]()
    for cell in _CELLS:
        briefs = {one: _unfilled(report, told.values(), labels(one), cell) for one in get_args(Lang)}
        few = len(briefs[lang].waiting["results"]) < _FEW
        lines = min(lines, len(briefs[lang].waiting["results"]))
        _fill([*briefs.values()], min(_PAGE, characters // 2), lines, few=few)
        if min(briefs[lang].waiting["results"], default=lines) >= lines:
            break
    return briefs[lang]


def _unfilled(report: MeetingReport, rows: Iterable[ResultRow], t: Labels, cell: int) -> Brief:
    """Return a brief with what must be in it; all else waits, the words of results in `cell` characters."""
    without_number = (
        one
        for one in report.achievements
        if not one.text.endswith(":") and not any(stands_in(count, (one,)) for count in report.counts)
    )
    elected = sorted(report.elected, key=lambda one: one.post is None)
    warned = {place.at for finding in report.findings for place in finding.places}
    waiting: dict[_Part, dict[int, Any]] = {
        "results": dict(enumerate(worded(row, t, warned, cell) for row in rows)),
        "elected": dict(enumerate(": ".join(filter(None, (one.name, one.post))) for one in elected)),
        "shortcomings": _sentences(report.shortcomings),
        "tasks": _sentences(report.directives),
        "achievements": _sentences(without_number),
    }
    return Brief(
        lang=t.lang,
        title=report.title or capital(report.kind or "") or report.source.name or t("message.untitled"),
        facts=list(_facts(report, t)),
        contradictions=list(_contradictions(report, t)),
        check=list(_check(report, t)),
        warnings=list(t.warnings(report)),
        asked=asked(report),
        # The summary is not in it, so neither is that it is from before the review.
        reviewed=[words for at, (warns, words) in enumerate(review_words(report, t)) if not (at and warns)],
        waiting=waiting,
    )


def _fill(briefs: Sequence[Brief], room: int, results: int, *, few: bool) -> None:
    """Put into briefs, which say the same in several languages, what fits of what waits into each of them.

    So many `results` come first; then the parts in turn, so that none crowds the others out: a part that comes first
    leaves their share of the room to those that have nothing yet, and a sentence is cut to its own. `few` says that
    the report has few results with a number.
    """
    first = briefs[0]
    ranks: defaultdict[_Part, list[int]] = defaultdict(list)
    all_parts: list[_Part] = [*first.waiting]
    sharing_parts: list[_Part] = [part for part in all_parts if part != "achievements" or few]
    lengths = [len(as_markdown(brief)) for brief in briefs]

    def add(part: _Part, most: int, end: int) -> bool:
        """Add the first item with which the briefs end before `end`, and return whether there is one."""
        for rank in [*first.waiting[part]] if len(ranks[part]) < _MOST.get(part, _LISTED) else ():
            items: list[Any] = [brief.waiting[part][rank] for brief in briefs]
            lines: list[Any] = [_cut(item, most) if part in _SENTENCES else item for item in items]
            # An item is no shorter in the page, whose last line says less then; to render all only to see takes time.
            least = (
                length + len("".join(line)) - len(brief.last_line())
                for brief, line, length in zip(briefs, lines, lengths, strict=True)
            )
            if not all(lines) or max(least) >= end:
                continue
            at = bisect(ranks[part], rank)
            for brief, line in zip(briefs, lines, strict=True):
                getattr(brief, part).insert(at, line)
                del brief.waiting[part][rank]
            longer = [len(as_markdown(brief)) for brief in briefs]
            if max(longer) < end:
                ranks[part].insert(at, rank)
                lengths[:] = longer
                return True
            for brief, item in zip(briefs, items, strict=True):
                getattr(brief, part).pop(at)
                brief.waiting[part] = dict(sorted((brief.waiting[part] | {rank: item}).items()))
        return False

    def take_turns(parts: Sequence[_Part], *, sharing: bool, left: int = 0) -> bool:
        """Add to each part what fits of one turn, and return whether there was something."""
        added = False
        for part in parts:
            empty = left + sum(bool(first.waiting[one]) and not getattr(first, one) for one in parts)
            until = max(lengths) + (room - max(lengths)) // max(1, empty if sharing else 1)
            for turn in range(_AT_ONCE.get(part, 1)):
                most = min(_QUOTED, max(until - max(lengths) - _HEADING, _LEAST))
                if not add(part, most, until if turn else room):
                    break
                added = True
        return added

    for until in (min(_AT_FIRST, results), results):
        while len(first.results) < until and add("results", 0, room):
            pass
        if until != results:
            take_turns(sharing_parts[1:], sharing=True, left=bool(first.waiting["results"]))
    while take_turns(sharing_parts, sharing=True):
        pass
    while take_turns(all_parts, sharing=False):
        pass


def _facts(report: MeetingReport, t: Labels) -> Iterator[tuple[str, str]]:
    values = header_values(report, t)
    if report.organization:
        yield t("field.organization"), values["organization"]
    if report.meeting is False:
        yield t("field.meeting"), t("value.no")
    when = "–".join(values[key] for key in ("date_held", "date_held_end") if key in values)
    if when or report.place:
        both = t("brief.date_and_place", day=when, place=values.get("place"))
        where = both if when and report.place else when or values["place"]
        yield t("field.date_held" if when else "field.place"), where
    if period := next((name for name in ("period_text", "period") if name in values), None):
        yield t(f"field.{period}"), values[period]
    if report.chairs:
        people = (
            ", ".join(filter(None, (one.name, shortened(one.post or "", _POST)))) for one in report.chairs
        )
        yield t("field.chairs"), "; ".join(people)


def _contradictions(report: MeetingReport, t: Labels) -> Iterator[str]:
    for finding in report.findings[:_LISTED]:
        # A finding's own sentence says most; many of them would be the whole page.
        few = len(report.findings) <= _IN_FULL
        words = t.finding(finding).rstrip(".") if few else t(f"finding.{finding.kind}")
        yield f"{words}: {t.arithmetic(finding)}"
    if more := len(report.findings[_LISTED:]):
        yield t("message.more", n=more)


def _check(report: MeetingReport, t: Labels) -> Iterator[str]:
    doubtful = [count for count in report.counts if count.certainty == "doubtful"]
    if doubtful:
        texts = [shortened(named(count, t), 40) for count in doubtful]
        yield t("brief.doubtful", n=len(doubtful), list=_several(texts))
    fields = [name for name, sure in report.certainty.items() if sure == "doubtful"]
    if fields:
        yield t("brief.doubtful_fields", list=named_fields(fields, t))
    if differ := list(dict.fromkeys(one.field for one in report.differences if one.field not in fields)):
        yield t("brief.differences", list=named_fields(differ, t))
    if report.left_out:
        places = (one.reason.values.get("at") if one.reason else None for one in report.left_out)
        texts = dict.fromkeys(
            f"“{shortened(one.text, 40)}”" + (f" ({t('message.characters', n=at)})" if at else "")
            for one, at in zip(report.left_out, places, strict=True)
        )
        yield t("brief.left_out", n=len(report.left_out), list=_several([*texts]))


def _several(texts: list[str]) -> str:
    return "; ".join(texts[:_NAMED] + ["…"] * (len(texts) > _NAMED))


def _sentences(sections: Iterable[Section]) -> dict[int, str]:
    return dict(enumerate(on_its_own(one.text) for one in doubtful_first(sections)))


def _cut(text: str, most: int) -> str:
    """Return a sentence in at most `most` characters and two ellipses; empty where too little of it would be left.

    One that is too long loses first the words that lead to a list (`… yêu cầu thực hiện tốt các nhiệm vụ: …`), then
    clauses at its end; the greater part of what is left of it must stay, since a head alone says nothing.
    """
    if len(text) <= most:
        return text
    lead = _LEADS.search(text, 0, len(text) // 2)
    before = "… " if lead else ""
    text = text[lead.end() :] if lead else text
    if len(text) <= most:
        return before + text
    ends = [mark.start() for mark in _CLAUSE.finditer(text, 0, max(0, most))]
    enough = _SHORTEST if lead else min(len(text) // 2, _QUOTED // 2)
    if ends and ends[-1] >= enough:
        return f"{before}{text[: ends[-1]]} …"
    return before + shortened(text, most) if most >= max(enough, _QUOTED // 2) else ""


def as_markdown(brief: Brief) -> str:
    """Return a brief as Markdown, ending with a line break."""
    return markdown("brief.md", brief=brief, t=labels(brief.lang))


def as_docx(brief: Brief) -> bytes:
    """Return a brief as a Word document of one A4 page. Raises ImportError without `summarizer[office]`."""
    import docx
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Cm, Pt, RGBColor
    from docx.styles.style import ParagraphStyle

    t = labels(brief.lang)
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.2)
    section.top_margin = section.bottom_margin = Cm(1.8)
    for name, points, before in (("Normal", 11, 0), ("Heading 1", 14, 0), ("Heading 2", 11, 6)):
        style = document.styles[name]
        if isinstance(style, ParagraphStyle):
            style.font.name, style.font.size = "Times New Roman", Pt(points)
            style.font.color.rgb = RGBColor(0, 0, 0)
            style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(2)
            fonts = style.element.rPr.rFonts
            for theme in [key for key in fonts.attrib if key.endswith("Theme")]:
                del fonts.attrib[theme]  # it would be taken before the font that is named
    document.core_properties.title = _xml(brief.title)[:255]
    document.core_properties.language = brief.lang
    document.add_heading(_xml(brief.title), 1).alignment = WD_ALIGN_PARAGRAPH.CENTER
    for warning in brief.warnings:
        document.add_paragraph().add_run(f"⚠ {_xml(warning)}").bold = True
    for label, value in brief.facts:
        paragraph = document.add_paragraph()
        paragraph.add_run(f"{label}: ").bold = True
        paragraph.add_run(_xml(value))
    if brief.results:
        document.add_heading(t("brief.results"), 2)
        table = document.add_table(rows=0, cols=2, style="Table Grid")
        for what, value in brief.results:
            cells = table.add_row().cells
            cells[0].text, cells[1].text = _xml(what), _xml(value)
            cells[1].paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
        for column, width in zip(table.columns, (11.6, 5), strict=True):
            column.width = Cm(width)  # LibreOffice goes by the column, Word by its cells
            for cell in column.cells:
                cell.width = Cm(width)
    for heading, lines in brief.lists():
        document.add_heading(heading, 2)
        for line in lines:
            document.add_paragraph(_xml(line), style="List Bullet")
    if last := brief.last_line():
        document.add_paragraph().add_run(_xml(last)).italic = True
    file = BytesIO()
    document.save(file)
    return file.getvalue()


# What XML 1.0 cannot hold.
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def _xml(text: str) -> str:
    return _NOT_XML.sub("\ufffd", text)
