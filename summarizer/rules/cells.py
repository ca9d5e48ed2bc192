"""Counts in tables: what a number in a cell counts, by the head of its column and the label of its row.

The nearest noun decides: that of the column's head, then of the row's label, of its group, of the unit column, of
the columns before (`Đảng viên | Nữ`), of the line above the table. The name of a body (`Khoa Toán`) is no noun that
is counted: it says whose the number is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import takewhile

from summarizer.article.article import Article
from summarizer.article.counted_nouns import grade_words, subject_words
from summarizer.article.grids import Grid, TableNumber, is_total
from summarizer.article.normalize import Words, split_words
from summarizer.article.numbers import Number
from summarizer.article.phrases import Lists, cue
from summarizer.rules.grading import bare_grade
from summarizer.rules.nouns import noun_after
from summarizer.rules.scope import TOPICS, Meaning
from summarizer.schemas.offsets import TextSpan, TokenIndex
from summarizer.schemas.report import Grade, Status, Subject
from summarizer.schemas.taxonomy import graded_subjects

_Placed = tuple[Number, TableNumber]

_LISTS = Lists("summarizer.article", "columns")
_WHEN = r"(?:\s+{when})*[\s\d/().,%-]*"
_TARGET = cue(rf"\W*(?:các )?{{target}}{_WHEN}$", **_LISTS)
_RESULT = cue(rf"\W*(?:các )?{{result}}{_WHEN}$", **_LISTS)
_WHOLE = cue(rf"\W*{{whole}}{_WHEN}$", **_LISTS)
_BODIES = cue(r"(?:tên )?(?:các )?{bodies}\W*$", **_LISTS)
_TOTALS = _LISTS.joined("total")
_OF_PLAN = cue(r"(?:.*\W)?{of_plan}", **_LISTS)
_PLANS, _DONE = cue(r"(?<!\w){plans}", **_LISTS), cue(r"(?<!\w){done}", **_LISTS)


def meaning_in_table(text: str, number: Number, grid: Grid, cell: TableNumber) -> Meaning:
    """Return what a number of a table counts; it is `known` where some word of the table says it."""
    if number.unit == "money":
        span = (*cell.heads, *cell.labels, (number.at, number.end))[0]
        return Meaning("money", None, *span, adjacent=True)
    if number.unit == "percent" and any(_OF_PLAN.match(grid.words(span)) for span in cell.heads):
        return Meaning("other", None, *cell.heads[0], adjacent=True)
    subject, span = _subject(text, grid, cell)
    if span is None or span == grid.above:
        # The line above a table only says what all of it is about.
        span = (*cell.labels, *cell.heads, span or (number.at, number.end))[0]
    if subject is None:
        return Meaning("other", None, *span, adjacent=False, known=False)
    return Meaning(subject, _grade(text, grid, cell, subject), *span, adjacent=True)


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


def names_in_table(
    text: str, grid: Grid, cell: TableNumber, meaning: Meaning
) -> tuple[str | None, str | None]:
    """Return the body that a number's row or column is of, and the name of a row that is of none (Khối 6, Giỏi).

    A body is one with its name (`Khoa Toán`), or any in a column of bodies (`Toán` below the head `Khoa`), but for
    what its `meaning` says that it counts.
    """
    for span in (*cell.labels, *cell.heads):
        written = text[slice(*span)]
        words = split_words(written)
        noun = None if is_total(written) else noun_after(words.spelled, TokenIndex(0), words.stop)
        named = (noun and _names(written, words, noun.stop)) or (
            span[0] != meaning.at and not is_total(written) and _bodies_head(grid, span)
        )
        if named:
            return " ".join(written.split()), None
    label = text[slice(*cell.labels[0])] if cell.labels and cell.labels[0][0] != meaning.at else ""
    counted = is_total(label) or (meaning.grade and grade_words().first(split_words(label)))
    return None, None if counted else " ".join(label.split()) or None


def _bodies_head(grid: Grid, label: TextSpan) -> TextSpan | None:
    """Return the head over a row's label that says that it names a body: Đơn vị, Khoa, Xã."""
    return next((head for head in grid.heads_over(label) if _BODIES.match(grid.words(head))), None)


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
            found |= _column_parts(grid, column)
    return found


def _row_parts(row: Sequence[_Placed]) -> dict[int, int]:
    """Return the parts of a row's total, where they are those beside it that sum to it exactly."""
    for total, at in row:
        if at.total_column:
            beside = [
                number
                for number, cell in row
                if number.at != total.at and number.unit == total.unit and cell.heads[1:] == at.heads[1:]
            ]
            exact = len(beside) > 1 and sum(number.value for number in beside) == total.value
            return {number.at: total.at for number in beside} if exact else {}
    return {}


def _column_parts(grid: Grid, column: Sequence[_Placed]) -> dict[int, int]:
    """Return the parts of a column's totals: the rows of the same group above a total, else those below it.

    Where a label says more than that it is a total (Tổng chi phí), and below it, they have to sum to it exactly.
    """
    found: dict[int, int] = {}
    for index, (total, at) in enumerate(column):
        if at.total_row:
            above = _until_total(column[:index][::-1], at)
            parts = above or _until_total(column[index + 1 :], at)
            bare = above and grid.words(at.labels[-1]).strip(" .:*") in _TOTALS
            if bare or (len(parts) > 1 and sum(number.value for number in parts) == total.value):
                found |= {number.at: total.at for number in parts}
    return found


def _until_total(cells: Sequence[_Placed], total: TableNumber) -> list[Number]:
    own = takewhile(lambda one: not one[1].total_row and one[1].groups == total.groups, cells)
    return [number for number, _ in own]


def _subject(text: str, grid: Grid, cell: TableNumber) -> tuple[Subject | None, TextSpan | None]:
    """Return the subject of the nearest noun, and the cell or line that names it."""
    unit = (cell.unit,) if cell.unit else ()
    labels = {label: _bodies_head(grid, label) for label in cell.labels}
    counted, bodies = (
        [label for label, head in labels.items() if bool(head) is named] for named in (False, True)
    )
    beside = [span for span in cell.beside if span not in labels.values()]
    for span in (*cell.heads, *counted, *cell.groups, *unit, *beside, *bodies, *_above(grid)):
        words = grid.words(span)
        if span not in unit and any(pattern.match(words) for pattern in (_TARGET, _RESULT, _WHOLE)):
            continue
        if subject := _noun(text[slice(*span)]):
            return subject, span
    return None, None


def _above(grid: Grid) -> tuple[TextSpan, ...]:
    return (grid.above,) if grid.above else ()


def _noun(written: str) -> Subject | None:
    """Return the subject of the noun that a cell or line names, None where it has none or names a body."""
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


def _names(written: str, words: Words, stop: TokenIndex) -> bool:
    """Tell whether a body's own name stands behind its noun: Khoa Toán, Chi bộ 2; not Chi bộ HTXSNV."""
    if stop >= len(words) or written.isupper():
        return False
    first = written[words.starts[stop]]
    if not (first.isupper() or first.isdecimal()):
        return False
    graded = grade_words().at(words.spelled, stop)
    return graded is None and subject_words().at(words.spelled, stop) is None


def _grade(text: str, grid: Grid, cell: TableNumber, subject: Subject) -> Grade | None:
    """Return the grade that a column's head or a row's label names; in a table of pupils' ratings Tốt is none."""
    if subject not in graded_subjects():
        return None
    spans = (*cell.heads, *cell.labels, *cell.groups)
    around = (grid.words(span) for span in (*spans, *cell.beside, *_above(grid)))
    of_pupils = any(topic.value == "learner" for topic in TOPICS.find(split_words(" . ".join(around))))
    for span in spans:
        words = split_words(text[slice(*span)])
        if found := grade_words().last(words):
            return found.value
        if not of_pupils and (grade := bare_grade(words.spelled)):
            return grade
    return None
