"""Counts in tables: what a number in a cell counts, by the head of its column and the label of its row.

The nearest noun decides: that of the column's head, then of the row's label, of its group, of the unit column, of
the columns before (`Đảng viên | Nữ`), of the line above the table. The name of a body (`Khoa Toán`) is no noun that
is counted: it says whose the number is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from summarizer.article.article import Article
from summarizer.article.grids import Grid, TableNumber, is_total
from summarizer.article.normalize import Words, split_words
from summarizer.article.nouns import grade_words, subject_words
from summarizer.article.numbers import Number
from summarizer.article.phrases import Lists, cue
from summarizer.rules.grading import bare_grade
from summarizer.rules.nouns import noun_after
from summarizer.rules.scope import TOPICS, Meaning
from summarizer.schemas.offsets import TextSpan, TokenIndex
from summarizer.schemas.report import Grade, Status, Subject
from summarizer.schemas.taxonomy import graded_subjects

__all__ = ("meaning_in_table", "status_in_table", "totals_in_tables", "whose_in_table")

_Placed = tuple[Number, TableNumber]

_LISTS = Lists("summarizer.article", "columns")
_WHEN = r"(?:\s+{when})*[\s\d/().,%-]*"
_TARGET = cue(rf"\W*(?:các )?{{target}}{_WHEN}$", **_LISTS)
_RESULT = cue(rf"\W*(?:các )?{{result}}{_WHEN}$", **_LISTS)
_WHOLE = cue(rf"\W*{{whole}}{_WHEN}$", **_LISTS)
_OF_PLAN = cue(r"(?:.*\W)?{of_plan}", **_LISTS)
_PLANS, _DONE = cue(r"(?<!\w){plans}", **_LISTS), cue(r"(?<!\w){done}", **_LISTS)


def meaning_in_table(text: str, number: Number, grid: Grid, cell: TableNumber) -> Meaning:
    """Return what a number of a table counts; it is `known` where some word of the table says it."""
    if number.unit == "money":
        span = (*cell.heads, *cell.labels, (number.at, number.end))[0]
        return Meaning("money", None, *span, adjacent=True)
    if number.unit == "percent" and any(_OF_PLAN.match(grid.words(span)) for span in cell.heads):
        return Meaning("other", None, *cell.heads[0], adjacent=True)
    found = _subject(text, grid, cell)
    if found is None:
        span = (*cell.labels, *cell.heads, (number.at, number.end))[0]
        return Meaning("other", None, *span, adjacent=False, known=False)
    subject, span = found
    if span == grid.above:
        # The line above the table only says what all of it is about.
        span = (*cell.labels, *cell.heads, span)[0]
    grade = None
    if subject in graded_subjects():
        grade = _grade(text, (*cell.heads, *cell.labels, *cell.groups), bare=_rates(grid, cell))
    return Meaning(subject, grade, *span, adjacent=True)


def status_in_table(grid: Grid, cell: TableNumber) -> Status | None:
    """Return what the table says of a number's status, None where it says nothing."""
    for span in (*cell.heads, *cell.labels, *cell.groups):
        words = grid.words(span)
        if _TARGET.match(words):
            return "target"
        if _RESULT.match(words) or _OF_PLAN.match(words):
            return "result"
    above = grid.words(grid.above) if grid.above else ""
    if _DONE.search(above):
        return "result"
    return "target" if _PLANS.search(above) else None


def whose_in_table(text: str, grid: Grid, cell: TableNumber) -> str | None:
    """Return the body that a number's row or column is of, where that is named: Khoa Toán."""
    for span in (*cell.labels, *cell.heads):
        if not is_total(text[slice(*span)]) and _is_name(text, span, split_words(text[slice(*span)])):
            return " ".join(text[slice(*span)].split())
    return None


def totals_in_tables(article: Article) -> dict[int, int]:
    """Return the total of its column or row that each number of a table is a part of, by the parts' offsets."""
    found: dict[int, int] = {}
    for grid in article.grids:
        rows: defaultdict[int, list[_Placed]] = defaultdict(list)
        columns: defaultdict[int, list[_Placed]] = defaultdict(list)
        for number, cell in grid.numbers:
            if cell is not None and number.unit != "percent" and number.total is None:
                rows[cell.row].append((number, cell))
                columns[cell.column].append((number, cell))
        for row in rows.values():
            found |= _row_parts(row)
        for column in columns.values():
            found |= _column_parts(column)
    return found


def _row_parts(row: Sequence[_Placed]) -> dict[int, int]:
    """Return the parts of a row's total, where they are those beside it that sum to it exactly."""
    total = next(((number, cell) for number, cell in row if cell.total_column), None)
    if total is None:
        return {}
    beside = [
        number
        for number, cell in row
        if number.at != total[0].at and number.unit == total[0].unit and cell.heads[1:] == total[1].heads[1:]
    ]
    exact = len(beside) > 1 and sum(number.value for number in beside) == total[0].value
    return {number.at: total[0].at for number in beside} if exact else {}


def _column_parts(column: Sequence[_Placed]) -> dict[int, int]:
    """Return the parts of a column's totals: the rows of the same group above a total, else those below it."""
    found: dict[int, int] = {}
    for index, (total, at) in enumerate(column):
        if not at.total_row:
            continue
        above = _until_total(column[:index][::-1], at)
        found |= {number.at: total.at for number in above or _until_total(column[index + 1 :], at)}
    return found


def _until_total(cells: Sequence[_Placed], total: TableNumber) -> list[Number]:
    parts: list[Number] = []
    for number, cell in cells:
        if cell.total_row or cell.groups != total.groups:
            break
        parts.append(number)
    return parts


def _subject(text: str, grid: Grid, cell: TableNumber) -> tuple[Subject, TextSpan] | None:
    unit = (cell.unit,) if cell.unit else ()
    above = (grid.above,) if grid.above else ()
    for span in (*cell.heads, *cell.labels, *cell.groups, *unit, *cell.beside, *above):
        words = grid.words(span)
        if span not in unit and (_TARGET.match(words) or _RESULT.match(words) or _WHOLE.match(words)):
            continue
        subject = _noun(text, span)
        if subject is not None:
            return subject, span
    return None


def _noun(text: str, span: TextSpan) -> Subject | None:
    """Return the subject of the noun that a cell or line names, None where it has none or names a body."""
    written = text[slice(*span)]
    words = split_words(written)
    noun = noun_after(words.spelled, TokenIndex(0), words.stop)
    if noun is not None:
        return None if _names(written, words, noun.stop) else noun.subject
    topic = TOPICS.first(words)
    if topic and topic.value != "other":
        return topic.value
    grades = grade_words().find(words)
    named = [
        match
        for match in subject_words().find(words)
        if not any(grade.start <= match.start < grade.stop for grade in grades)
    ]
    found = next((match for match in named if match.stop - match.start > 1 or len(named) == 1), None)
    return found.value if found and not _names(written, words, found.stop) else None


def _is_name(text: str, span: TextSpan, words: Words) -> bool:
    noun = noun_after(words.spelled, TokenIndex(0), words.stop)
    return noun is not None and _names(text[slice(*span)], words, noun.stop)


def _names(written: str, words: Words, stop: TokenIndex) -> bool:
    """Tell whether a body's own name stands behind its noun: Khoa Toán, Chi bộ 2; not Chi bộ HTXSNV."""
    if stop >= len(words) or written.isupper():
        return False
    first = written[words.starts[stop]]
    if not (first.isupper() or first.isdecimal()):
        return False
    graded = grade_words().at(words.spelled, stop)
    return graded is None and subject_words().at(words.spelled, stop) is None


def _grade(text: str, spans: Sequence[TextSpan], *, bare: bool) -> Grade | None:
    for span in spans:
        words = split_words(text[slice(*span)])
        found = grade_words().last(words)
        if found:
            return found.value
        if bare and (grade := bare_grade(words.spelled)):
            return grade
    return None


def _rates(grid: Grid, cell: TableNumber) -> bool:
    """Tell whether bare words such as Tốt are grades here: no words of the table are about pupils' ratings."""
    spans = (*cell.heads, *cell.labels, *cell.groups, *cell.beside, *((grid.above,) if grid.above else ()))
    words = split_words(" . ".join(grid.words(span) for span in spans))
    return all(topic.value != "learner" for topic in TOPICS.find(words))
