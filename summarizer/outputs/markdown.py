"""The report as Markdown, for a person to read: what is doubtful or contradicts itself stands first.

Everything that comes from the article or the model is untrusted: it is put on one line and none of its
characters can mark up the page (`summarizer.outputs.escaping`).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence, Set
from typing import get_args

from summarizer.outputs.escaping import escape, is_plain, quoted, within, without_list_mark
from summarizer.schemas.labels import (
    CAUTIONS,
    FIELDS,
    FINDINGS,
    FORMS,
    GRADES,
    NOT_A_COUNT,
    READERS,
    REASONS,
    SUBJECTS,
    UNGRADED,
    count_label,
    day,
    number,
    value_of,
)
from summarizer.schemas.report import (
    Count,
    Finding,
    Grade,
    MeetingReport,
    Person,
    Place,
    Quotation,
    Reason,
    Status,
    Subject,
)

__all__ = ("render",)

_BEFORE, _BEHIND = 80, 100
"""Characters of a sentence shown in front of a number and behind it, at most."""
_UNTITLED = "Báo cáo cuộc họp"
_MOST_IN_CELL = 8
_MOST_SET_ASIDE = 12
_SHOWN = 60
_QUOTED = (
    ("achievements", "Kết quả, ưu điểm"),
    ("shortcomings", "Hạn chế, tồn tại"),
    ("causes", "Nguyên nhân"),
    ("directives", "Phương hướng, nhiệm vụ"),
)
_PEOPLE = (("guests", "Khách dự"), ("speakers", "Phát biểu"))
_PERCENT = re.compile(r"\s*%(?=[\s,.;:)”\"]|$)")
"""A percent sign that can be set in bold with its number: what stands behind it ends a word."""
_TABLES: tuple[tuple[Status, str], ...] = (("result", "Kết quả"), ("target", "Chỉ tiêu, kế hoạch"))


def render(report: MeetingReport) -> str:
    """Return the report as Markdown (GitHub's tables), in Vietnamese, ending with a line break."""
    blocks = [
        f"# {escape(report.title or '') or escape(report.kind or '') or escape(report.source.name) or _UNTITLED}",
        _lines(_header(report)),
        *_numbers(report),
        *_section("Tóm tắt", [escape(report.summary)] if report.summary else []),
        *_section("Từng số liệu", _counts(report)),
        *_section("Được khen thưởng", [_lines(_recipients(report))]),
        *(
            block
            for key, heading in _QUOTED
            for block in _section(heading, [_lines(map(_quotation, getattr(report, key)))])
        ),
        *_section("Báo cáo đã trình bày", [_lines(_reports(report))]),
        *(
            block
            for key, heading in _PEOPLE
            for block in _section(heading, [_lines(f"- {_person(one)}" for one in getattr(report, key))])
        ),
        *_section("Không đưa được vào báo cáo", [_lines(_left_out(report))]),
        *_section("Con số không phải số liệu", [_lines(_set_aside(report))]),
        "---",
        _provenance(report),
    ]
    return "\n\n".join(block for block in blocks if block) + "\n"


def _lines(lines: Iterable[str]) -> str:
    return "\n".join([line.rstrip() for line in lines])


def _section(heading: str, blocks: Sequence[str]) -> list[str]:
    """Return a section with its heading, nothing where it is empty."""
    return [f"## {heading}", *blocks] if any(blocks) else []


def _header(report: MeetingReport) -> Iterator[str]:
    organization = escape(report.organization or "")
    if organization and report.parent:
        organization += f" (cấp trên: {escape(report.parent)})"
    rows = (
        (("Đơn vị", organization),),
        (("Loại hội nghị", escape(report.kind or "")),),
        (
            ("Ngày họp", escape(day(report.date_held))),
            ("Địa điểm", escape(report.place or "")),
            ("Hình thức", FORMS[report.form] if report.form else ""),
        ),
        (
            ("Năm tổng kết", str(report.period or "")),
            ("Năm kế hoạch", str(report.period_planned or "")),
            ("Ngày đăng", escape(day(report.date_published))),
        ),
        (("Chủ trì", "; ".join(map(_person, report.chairs))),),
    )
    for row in rows:
        said = " · ".join(f"**{label}:** {value}" for label, value in row if value)
        if said:
            yield f"- {said}"


def _numbers(report: MeetingReport) -> Iterator[str]:
    """Yield the blocks of the counts: the audit's warnings, the tables, what is doubtful."""
    yield "## Số liệu"
    if report.findings:
        by_place = {(count.at, count.text): count for count in report.counts}
        yield _lines(_finding(finding, by_place) for finding in report.findings)
    if not report.counts:
        yield "Bài không có con số nào đọc được thành số liệu."
    warned = {(place.at, place.text) for finding in report.findings for place in finding.places}
    for status, heading in _TABLES:
        counts = [count for count in report.counts if count.status == status]
        if counts:
            yield f"### {heading}"
            yield _lines(_table(counts, warned))
    if report.counts:
        yield _legend(report, warned)
    doubtful = [count for count in report.counts if count.certainty == "doubtful"]
    if doubtful:
        yield f"### Số liệu {CAUTIONS['doubtful']}"
        yield _lines(line for count in doubtful for line in _doubt(count))


def _finding(finding: Finding, by_place: dict[tuple[int, str], Count]) -> str:
    places = "; ".join(_place(place, by_place.get((place.at, place.text))) for place in finding.places)
    return _lines(
        (
            f"- ⚠ **{FINDINGS[finding.kind]}.** {escape(finding.message)}",
            f"  - Phép tính: {escape(finding.arithmetic)}",
            f"  - Trong bài: {places}",
        )
    )


def _place(place: Place, count: Count | None) -> str:
    """Say where a number stands, with what it counts."""
    counted = "" if count is None else _shortened(count.counted)
    words = f"{place.text}{'%' if count and count.unit == 'percent' else ''} {counted}".strip()
    return f"{quoted(words)} (ký tự {number(place.at)})"


def _table(counts: Sequence[Count], warned: set[tuple[int, str]]) -> Iterator[str]:
    """Yield the lines of a table: a row a subject, a column a grade that occurs."""
    cells: defaultdict[tuple[Subject, Grade | None], list[str]] = defaultdict(list)
    for count in counts:
        caution = " ⚠" if (count.at, count.text) in warned else ""
        doubt = " (?)" if count.certainty == "doubtful" else ""
        cells[count.subject, count.grade].append(f"{_value(count)}{doubt}{caution}")
    subjects: list[Subject] = [subject for subject in SUBJECTS if any(key[0] == subject for key in cells)]
    grades: list[Grade | None] = [grade for grade in GRADES if any(key[1] == grade for key in cells)]
    graded = bool(grades)
    if any(key[1] is None for key in cells):
        grades.append(None)
    heads = [GRADES[grade] if grade else (UNGRADED if graded else "số liệu") for grade in grades]
    yield "| Đối tượng | " + " | ".join(head[0].upper() + head[1:] for head in heads) + " |"
    yield "|---" * (len(heads) + 1) + "|"
    for subject in subjects:
        row = (_cell(cells.get((subject, grade), ())) for grade in grades)
        yield f"| {SUBJECTS[subject]} | " + " | ".join(row) + " |"


def _cell(values: Sequence[str]) -> str:
    if not values:
        return "–"
    more = len(values) - _MOST_IN_CELL
    said = "; ".join(values[:_MOST_IN_CELL] if more > 1 else values)
    return f"{said}; … (thêm {more} số)" if more > 1 else said


def _legend(report: MeetingReport, warned: set[tuple[int, str]]) -> str:
    marks = [f"⚠ {CAUTIONS['warned']}"] if warned else []
    if any(count.certainty == "doubtful" for count in report.counts):
        marks.append(f"(?) {CAUTIONS['doubtful']}")
    return f"*{'; '.join(['Mỗi ô liệt kê từng con số của bài theo thứ tự, không cộng lại', *marks])}.*"


def _doubt(count: Count) -> Iterator[str]:
    yield f"- {_snippet(count)}"
    for reading in count.readings:
        meant = SUBJECTS[reading.subject] if reading.subject else NOT_A_COUNT
        meant += f", {GRADES[reading.grade]}" if reading.grade else ""
        yield f"  - {READERS[reading.by]}: {quoted(_shortened(reading.counted))}, tức {meant}"


def _counts(report: MeetingReport) -> list[str]:
    """Return the counts by subject, each with the words of its sentence around it, in the article's order."""
    grouped: defaultdict[Subject, list[Count]] = defaultdict(list)
    for count in report.counts:
        grouped[count.subject].append(count)
    # A sentence can hold many counts, and is shown in part with each of them.
    plain = {text for text in {count.sentence.text for count in report.counts} if is_plain(text)}
    blocks: list[str] = []
    for subject in SUBJECTS:
        if subject in grouped:
            blocks.append(f"### {SUBJECTS[subject][0].upper()}{SUBJECTS[subject][1:]}")
            blocks.append(_lines(f"- {_count(count, plain)}" for count in grouped[subject]))
    return blocks


def _count(count: Count, plain: Set[str]) -> str:
    notes = count_label(count).split(" · ")[1:]
    if count.heading and len(count.heading) <= _SHOWN:
        notes.append(f"thuộc {quoted(count.heading)}")
    notes += [f"của {escape(_shortened(count.given_by))}"] if count.given_by else []
    notes += [CAUTIONS["doubtful"]] if count.certainty == "doubtful" else []
    said = f" ({'; '.join(notes)})" if notes else ""
    return f"**{_value(count)}**{said}: {_snippet(count, plain)}"


def _value(count: Count) -> str:
    """Return a count's value, with the word that bounds it, the only one that is the article's: `hơn 120`."""
    return escape(f"{count.qualifier} {value_of(count)}") if count.qualifier else value_of(count)


def _snippet(count: Count, plain: Set[str] = frozenset()) -> str:
    """Return the words around a number in its sentence, with the number in bold, as the article writes them.

    `plain` are sentences that hold nothing to be escaped.
    """
    sentence = count.sentence
    at = count.at - sentence.at
    if not 0 <= at < len(sentence.text) or sentence.text[at : at + len(count.text)] != count.text:
        return f"**{escape(count.text)}** {quoted(_shortened(count.counted))}"
    before, behind = sentence.text[:at], sentence.text[at + len(count.text) :]
    percent = _PERCENT.match(behind) if "%" in behind else None
    sign = "%" if percent else ""
    behind = behind[percent.end() :] if percent else behind
    if len(before) > _BEFORE:
        before = "… " + before[-_BEFORE:].split(" ", 1)[-1]
    if len(behind) > _BEHIND:
        behind = behind[:_BEHIND].rsplit(" ", 1)[0] + " …"
    before = without_list_mark(before)
    safe = str.strip if sentence.text in plain else within
    left = safe(before) + (" " if before[-1:].isspace() else "")
    right = (" " if behind[:1].isspace() else "") + safe(behind)
    return f"“{left}**{escape(count.text)}{sign}**{right}”"


def _quotation(quotation: Quotation) -> str:
    return f"- {quoted(quotation.text)}"


def _recipients(report: MeetingReport) -> Iterator[str]:
    for recipient in report.recipients:
        award = f": {escape(recipient.award)}" if recipient.award else ""
        giver = f" ({escape(recipient.given_by)})" if recipient.given_by else ""
        yield f"- **{escape(recipient.text)}**{award}{giver}"


def _reports(report: MeetingReport) -> Iterator[str]:
    for presented in report.reports:
        presenter = f" ({escape(presented.presenter)} trình bày)" if presented.presenter else ""
        yield f"- {escape(presented.text)}{presenter}"


def _person(person: Person) -> str:
    post = f", {escape(person.post)}" if person.post else ""
    return f"{escape(person.name)}{post}"


def _left_out(report: MeetingReport) -> Iterator[str]:
    for item in report.left_out:
        field = FIELDS.get(item.field) or escape(item.field)
        yield f"- {field}: {quoted(_shortened(item.text))} – {escape(item.why)}"


def _set_aside(report: MeetingReport) -> Iterator[str]:
    """Yield a line for each reason, with the numbers as written, each once."""
    reasons: defaultdict[Reason, list[str]] = defaultdict(list)
    for place in report.set_aside:
        reasons[place.reason].append(place.text)
    for reason in get_args(Reason):
        if reason not in reasons:
            continue
        texts = list(dict.fromkeys(reasons[reason]))
        shown = ", ".join(escape(_shortened(text)) for text in texts[:_MOST_SET_ASIDE])
        more = ", …" if len(texts) > _MOST_SET_ASIDE else ""
        yield f"- {REASONS[reason]} ({number(len(reasons[reason]))}): {shown}{more}"


def _provenance(report: MeetingReport) -> str:
    made, source = report.provenance, report.source
    where = escape(source.location or source.name)
    endpoint = f" ({escape(made.endpoint)})" if made.endpoint else ""
    parts = [
        f"Nguồn: {where}, {number(source.characters)} ký tự, SHA-256 {escape(source.sha256[:12])}",
        "không dùng mô hình" if made.model == "none" else f"mô hình: {escape(made.model)}{endpoint}",
        f"summarizer {escape(made.version)}",
    ]
    if made.attempts:
        tokens = f"{number(made.tokens_in)} token vào, {number(made.tokens_out)} ra"
        parts.append(f"{number(made.attempts)} lượt hỏi, {tokens}")
    if made.seconds >= 0.05:
        parts.append(f"{number(round(made.seconds, 1))} giây")
    return f"*{' · '.join(parts)}*"


def _shortened(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1].rstrip() + "…"
