"""One language at a time: nothing that people read in English has a Vietnamese word that is not the article's.

The articles of these tests are real ones without their marks (`tong ket`), so that every Vietnamese letter in an
output is one of the program's own. What a report keeps in Vietnamese beside its codes stays Vietnamese in it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import cache
from io import BytesIO
from pathlib import Path
from string import Formatter
from typing import Any, Literal

import pytest

from summarizer.article.article import take_apart
from summarizer.batch.records import Line
from summarizer.outputs.brief import as_markdown, brief_of
from summarizer.outputs.markdown import render
from summarizer.outputs.pages import evidence_page
from summarizer.outputs.workbook import Workbook
from summarizer.review.articles import listed
from summarizer.review.page import Row, article_page, list_page
from summarizer.schemas.labels import Lang, labels, left_out
from summarizer.schemas.report import Difference, Finding, MeetingReport, Notice, Place, Reading
from summarizer.sources.document import Document
from tests.pages.gold_reports import STEMS, article, rules_report, stem
from tests.pages.many import write_collection

VIETNAMESE = re.compile(r"[^\W\d_]*[À-ỹĐđ][^\W\d_]*")
SCRIPT = re.compile("<script>.*?</script>", re.DOTALL)
OWN_WORDS = ("message", "why", "warnings")
"""Fields of a report that hold the program's own Vietnamese words."""


def unmarked(text: str) -> str:
    """A text without its marks, letter by letter, so that offsets stay."""
    return "".join(
        unicodedata.normalize("NFD", letter.replace("đ", "d").replace("Đ", "D"))[0] for letter in text
    )


def without_marks(value: Any) -> Any:
    if isinstance(value, str):
        return unmarked(value)
    if isinstance(value, dict):
        return {key: one if key in OWN_WORDS else without_marks(one) for key, one in value.items()}
    return [without_marks(one) for one in value] if isinstance(value, list | tuple) else value


def every_notice() -> Iterator[Notice]:
    """All that the program can say of an article, with values of each kind."""
    graded = tuple(Notice(code="graded", values={"written": "4/4 chi bo", "grade": "good"}) for _ in range(3))
    values = {"graded": graded, "grade": "excellent", "sum": 2157, "total": 2157.5, "failed": 3, "at": 5}
    for key, words in labels("vi").all("notice").items():
        names = [name for _, name, _, _ in Formatter().parse(words) if name]
        if key != "and":
            yield Notice(code=key, values={name: values.get(name, "chi bo") for name in names})


@cache
def a_report(name: str) -> MeetingReport:
    """The report by rules, with both readings where they differ, and everything that can be left out or warned of."""
    report = rules_report(name)
    notices = tuple(every_notice())
    readings = (
        Reading(by="rules", counted="chi bộ", subject="party_cell", grade="good"),
        Reading(by="model", counted="đảng viên"),
    )
    doubtful = report.counts[0].model_copy(update={"certainty": "doubtful", "readings": readings})
    told = Finding(
        kind="grade_total",
        message=labels("vi").notice(*notices),
        notices=notices,
        arithmetic="1.200 + 1,5 tỷ đồng ≠ 3",
        places=(Place(at=doubtful.at, text=doubtful.text),),
    )
    full = report.model_copy(
        update={
            "counts": (doubtful, *report.counts[1:]),
            "findings": (*report.findings, told),
            "left_out": tuple(left_out("counts", "12", notice) for notice in notices),
            "notices": notices,
            "warnings": tuple(map(labels("vi").notice, notices)),
            "form": "online",
            "differences": (
                Difference(field="people", rules="Lê Văn A: chair, other", model=None, at=1),
                Difference(field="form", rules="in_person", model="online"),
                Difference(field="meeting", rules="True", model=None),
                Difference(field="date_held", rules="2021-02-03", model="2021-02-04"),
            ),
            "provenance": report.provenance.model_copy(update={"model": "qwen"}),
        }
    )
    return MeetingReport.model_validate(without_marks(full.model_dump(mode="json")))


def pages_of_the_index(folder: Path, lang: Lang) -> str:
    entries = ((f"{name}.txt", a_report(name), f"reports/{name}.html") for name in STEMS)
    write_collection(entries, folder, lang)
    return (folder / "index.html").read_text("utf-8")


def a_line(name: str, state: Literal["done", "failed"], error: str | None = None) -> Line:
    return Line(name, f"{name}.txt", state, None, 1, 2, 3, 4, None, 0.5, error and "source", error, 1, 1)


def cells_of_the_workbook(_: Path, lang: Lang) -> str:
    openpyxl = pytest.importorskip("openpyxl")
    file = BytesIO()
    book = Workbook(file, lang)
    for name in STEMS:
        book.add(a_line(name, "done"), a_report(name).model_dump(mode="json"))
    book.add(a_line("failed", "failed", error="is empty"), None)
    book.close()
    sheets = openpyxl.load_workbook(file)
    names = "\n".join(sheets.sheetnames)
    return names + "\n".join(
        str(cell.value) for sheet in sheets for row in sheet.iter_rows() for cell in row if cell.value
    )


def review_page(_: Path, lang: Lang) -> str:
    name = stem("000")
    apart = take_apart(Document(f"{name}.txt", unmarked(article(name))))
    return article_page(a_report(name), apart, None, reviewer="", t=labels(lang))


def review_list(_: Path, lang: Lang) -> str:
    row = Row(listed("a", "a.txt", a_report(stem("000"))), left=3, complete=False)
    return list_page([row, row._replace(left=0), row._replace(complete=True)], "/x", ["a.json"], labels(lang))


OUTPUTS: dict[str, Callable[[Path, Lang], str]] = {
    "markdown": lambda _, lang: render(a_report(stem("000")), lang),
    "brief": lambda _, lang: as_markdown(brief_of(a_report(stem("000")), lang)),
    "evidence": lambda _, lang: evidence_page(
        a_report(stem("000")), unmarked(article(stem("000"))), lang=lang
    ),
    "index": pages_of_the_index,
    "workbook": cells_of_the_workbook,
    "review": review_page,
    "list of reviews": review_list,
}


@pytest.mark.parametrize("name", OUTPUTS)
def test_english_outputs_have_no_vietnamese_word_of_the_programs_own(name: str, tmp_path: Path) -> None:
    shown = SCRIPT.sub("", OUTPUTS[name](tmp_path, "en"))
    assert set(VIETNAMESE.findall(shown)) == set()


@pytest.mark.parametrize("name", OUTPUTS)
def test_vietnamese_outputs_have_no_english_label(name: str, tmp_path: Path) -> None:
    shown = OUTPUTS[name](tmp_path, "vi").casefold()
    kinds = ("notice", "message", "review", "page", "field")
    english = [words.casefold() for kind in kinds for words in labels("en").all(kind).values()]
    phrases = [words for words in english if "{" not in words and words.count(" ") > 1]
    assert [words for words in phrases if words in shown] == []
