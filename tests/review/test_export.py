"""What was corrected is in every output of the next export, and marked; what cannot be used is said."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow.parquet
import pytest

from summarizer.review import Reviews, corrected
from tests.pages.gold_reports import STEMS, article, rules_report, stem
from tests.review.reviewing import FIRST, count_fields, decided, first, items, whole_report


def command(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", *map(str, arguments)], capture_output=True, text=True)


def rows_of(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"))))


def correct(job: Path) -> int:
    """Correct one of everything; returns the offset of the count that says 26 learners now."""
    counts = whole_report().counts
    decisions: list[dict[str, Any]] = [
        {
            "key": f"counts:{counts[3].at}:0",
            "verdict": "changed",
            "fields": count_fields(value="26", subject="learner", counted="đại biểu"),
            "sure": True,
        },
        {"key": f"counts:{counts[0].at}:0", "verdict": "struck"},
        {"key": "organization", "verdict": "changed", "fields": {"organization": "Viện KHGD Việt Nam"}},
        {"key": "date_held", "verdict": "changed", "fields": {"date_held": "5/2/2021"}},
        {"key": "summary", "verdict": "changed", "fields": {"summary": "Tóm tắt của người duyệt."}},
        {
            "key": first("people").key,
            "verdict": "changed",
            "fields": {"name": "Lê Anh Vinh", "post": "Bí thư Đảng ủy Viện", "roles": "guest"},
        },
        {
            "key": first("shortcomings").key,
            "verdict": "changed",
            "fields": {"kind": "causes", "text": first("shortcomings").text},
        },
        {
            "key": "recipients:+",
            "verdict": "added",
            "fields": {"text": "Chi bộ Trường TH", "award": "Hoàn thành Xuất sắc nhiệm vụ"},
        },
    ]
    assert decided(job, *decisions)["refused"] == {}
    return counts[3].at


@pytest.fixture
def exported(job: Path) -> tuple[Path, int]:
    """The folder of a batch that was exported, reviewed, and exported again."""
    assert command("summarizer", "export", job).returncode == 0
    at = correct(job)
    done = command("summarizer", "export", job, "--format", "xlsx", "--format", "parquet")
    files = "reports.jsonl, *.csv, reports/*.md, report.xlsx, *.parquet, index.html, reports/*.html"
    assert (done.returncode, done.stderr) == (0, f"{job}: written {files}\n")
    return job, at


def test_in_the_reports(exported: tuple[Path, int]) -> None:
    folder, at = exported
    lines = (folder / "reports.jsonl").read_text("utf-8").splitlines()
    reports = {one["source"]["name"]: one for one in map(json.loads, lines)}
    report = reports[f"{FIRST}.txt"]
    assert [one["value"] for one in report["counts"] if one["at"] == at] == [26]
    assert report["organization"] == "Viện KHGD Việt Nam"
    assert (report["date_held"], report["summary"]) == ("2021-02-05", "Tóm tắt của người duyệt.")
    assert [one["name"] for one in report["guests"]] == ["Lê Anh Vinh"]
    assert report["causes"][0]["text"] == first("shortcomings").text
    assert report["recipients"][-1]["text"] == "Chi bộ Trường TH"
    assert report["review"]["reviewers"] == ["Hà"]
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00", report["review"]["at"])
    assert [one["review"] for one in reports.values()].count(None) == len(STEMS) - 1


def test_in_the_table_of_counts(exported: tuple[Path, int]) -> None:
    folder, at = exported
    rows = [row for row in rows_of(folder / "counts.csv") if row["at"] == str(at)]
    assert [row["value"] for row in rows if FIRST in row["article"]] == ["26"]
    assert {row["certainty"] for row in rows if FIRST in row["article"]} == {"reviewed"}


@pytest.mark.parametrize(
    "words", ["Viện KHGD Việt Nam", "05/02/2021", "Tóm tắt của người duyệt", "Chi bộ Trường TH"]
)
@pytest.mark.parametrize("suffix", [".md", ".html"])
def test_in_the_pages(exported: tuple[Path, int], suffix: str, words: str) -> None:
    page = (exported[0] / "reports" / f"{FIRST}{suffix}").read_text("utf-8")
    assert words in page
    assert "26" in page


def test_in_the_index(exported: tuple[Path, int]) -> None:
    index = (exported[0] / "index.html").read_text("utf-8")
    assert "Viện KHGD Việt Nam" in index
    assert index.count("Hà đang duyệt") == 1


def test_in_the_brief(job: Path) -> None:
    correct(job)
    assert command("summarizer", "export", job, "--format", "brief").returncode == 0
    brief = (job / "reports" / f"{FIRST}.brief.md").read_text("utf-8")
    assert "Hà đang duyệt, chưa xem hết bài" in brief
    assert "Viện KHGD Việt Nam" in brief


def test_each_row_says_by_whom_and_when(exported: tuple[Path, int]) -> None:
    folder, at = exported
    found = {
        name: [row for row in rows_of(folder / f"{name}.csv") if row["reviewed_by"]]
        for name in ("articles", "counts", "people", "sections")
    }
    assert [row["at"] for row in found["counts"]] == [str(at)]
    assert {row["name"] for row in found["people"]} == {"Lê Anh Vinh", "Chi bộ Trường TH"}
    assert [row["section"] for row in found["sections"]] == ["causes"]
    decided_by = {(row["reviewed_by"], row["reviewed_at"][:4]) for rows in found.values() for row in rows}
    assert {who for who, _ in decided_by} == {"Hà"}
    assert all(year.isdigit() for _, year in decided_by)


def test_in_the_tables_what_stands_in_no_list(job: Path) -> None:
    report = {"key": first("reports").key, "verdict": "changed"}
    decided(
        job,
        {"key": "meeting", "verdict": "changed", "fields": {"meeting": "no"}},
        {"key": "summary", "verdict": "changed", "fields": {"summary": "=Tóm tắt"}},
        {**report, "fields": {"text": "Báo cáo tổng kết", "presenter": "Trần Huy Hoàng"}},
    )
    command("summarizer", "export", job, "--format", "parquet")
    tables = {
        "csv": [rows_of(job / f"{name}.csv") for name in ("articles", "sections")],
        "parquet": [
            pyarrow.parquet.read_table(job / f"{name}.parquet").to_pylist()
            for name in ("articles", "sections")
        ],
    }
    for kind, (articles, sections) in tables.items():
        (article_row,) = (row for row in articles if row["reviewed_by"])
        assert (article_row["meeting"], article_row["summary"].lstrip("'")) == ("no", "=Tóm tắt"), kind
        (row,) = (row for row in sections if row["reviewed_by"])
        assert (row["section"], row["presenter"]) == ("reports", "Trần Huy Hoàng"), kind
    assert tables["csv"][0][0]["summary"].startswith("'")  # in CSV no cell is a formula


def test_in_the_workbook(exported: tuple[Path, int]) -> None:
    book = openpyxl.load_workbook(exported[0] / "report.xlsx", read_only=True)
    cells = [cell for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row]
    assert "Viện KHGD Việt Nam" in cells
    assert 26 in cells


def test_in_the_parquet_files(exported: tuple[Path, int]) -> None:
    folder, at = exported
    counts = pyarrow.parquet.read_table(folder / "counts.parquet").to_pylist()
    assert [row["value"] for row in counts if row["at"] == at and FIRST in row["article"]] == [26]
    articles = pyarrow.parquet.read_table(folder / "articles.parquet").to_pylist()
    assert "Viện KHGD Việt Nam" in {row["organization"] for row in articles}


def test_the_other_articles_are_as_they_were(job: Path) -> None:
    command("summarizer", "export", job)
    before = (job / "reports.jsonl").read_bytes().splitlines()[1:]
    correct(job)
    command("summarizer", "export", job)
    assert (job / "reports.jsonl").read_bytes().splitlines()[1:] == before


def test_what_was_corrected_survives_an_article_that_is_found_elsewhere(job: Path) -> None:
    correct(job)
    (file,) = (job / "reviews").glob("*.json")
    assert whole_report().source.sha256 in file.name
    assert f"{FIRST}.txt" not in file.name


def test_a_review_of_a_text_that_has_changed_since_is_said(job: Path) -> None:
    correct(job)
    (file,) = (job / "reviews").glob("*.json")
    file.write_text(file.read_text("utf-8").replace(whole_report().source.sha256, "0" * 64), "utf-8")
    done = command("summarizer", "export", job)
    assert done.returncode == 0
    (line,) = done.stderr.splitlines()[1:]
    assert f"left out, for {FIRST}.txt has another text now" in line


def test_a_damaged_review_is_left_out_and_said_and_costs_nothing_else(job: Path) -> None:
    correct(job)
    (job / "reviews" / "hỏng.json").write_text("{", encoding="utf-8")
    done = command("summarizer", "export", job)
    assert done.returncode == 0
    assert [line for line in done.stderr.splitlines() if "hỏng.json" in line] == done.stderr.splitlines()[1:]
    assert "Viện KHGD Việt Nam" in (job / "reports.jsonl").read_text("utf-8")


def test_what_was_reviewed_whole_is_written_as_labels_that_the_evals_accept(job: Path) -> None:
    every = [{"key": item.key, "verdict": "confirmed"} for item in items().values() if item.value is not None]
    decided(job, *every, complete=True)
    out = job.parent / "nhãn"
    written = command("summarizer", "export", job, "--as-gold", out)
    assert (written.returncode, written.stderr.splitlines()[-1]) == (
        0,
        f"{out}: 1 labels of counts, 1 of all the rest; {len(STEMS) - 1} articles have none",
    )
    assert {path.name for path in (out / "gold").iterdir()} == {f"{FIRST}.json", f"{FIRST}.parts.json"}
    assert Reviews(job).problems == ()
    parts = out / "gold" / f"{FIRST}.parts.json"
    assert json.loads(parts.read_text("utf-8"))["article"] == f"{FIRST}.txt"
    parts.unlink()
    checked = command("evals", "check-gold", "--articles", out / "articles", "--gold", out / "gold")
    assert (checked.returncode, checked.stdout) == (0, "")


def test_the_summary_does_not_contradict_a_corrected_value(job: Path) -> None:
    school = stem("001")
    report = rules_report(school)
    learners = next(count for count in report.counts if count.text == "6481")
    assert report.summary
    assert "với 6481 học viên" in report.summary
    fields = count_fields(value="6.418", subject="learner", counted="học viên")
    number = {"key": f"counts:{learners.at}:0", "verdict": "changed", "fields": fields, "sure": True}
    day = {"key": "date_held", "verdict": "changed", "fields": {"date_held": "28/1/2021"}, "sure": True}
    assert decided(job, number, day, report=report)["refused"] == {}
    formats = [option for name in ("xlsx", "parquet", "brief") for option in ("--format", name)]
    assert command("summarizer", "export", job, *formats).returncode == 0

    made = next(
        one
        for one in map(json.loads, (job / "reports.jsonl").read_text("utf-8").splitlines())
        if one["source"]["name"] == f"{school}.txt"
    )
    assert "với 6.418 học viên" in made["summary"]
    assert (made["review"]["changed"], made["review"]["summary_before"]) == ([learners.at], [])
    told = {
        "vi": "Số liệu đã sửa khi duyệt: 6481 → 6.418",
        "en": "Numbers corrected in review: 6481 → 6,418",
    }
    for lang, words in told.items():
        assert command("summarizer", "export", job, "--lang", lang, *formats).returncode == 0
        for suffix in (".md", ".html"):
            page = (job / "reports" / f"{school}{suffix}").read_text("utf-8")
            assert words in page
            assert (
                "với 6481 học viên" not in page.partition("Tóm tắt" if lang == "vi" else "Summary")[2][:900]
            )
    values = [row["value"] for row in rows_of(job / "counts.csv") if row["at"] == str(learners.at)]
    assert "6418" in values
    counts = pyarrow.parquet.read_table(job / "counts.parquet").to_pylist()
    assert 6418 in [row["value"] for row in counts if row["at"] == learners.at]
    book = openpyxl.load_workbook(job / "report.xlsx", read_only=True)
    assert 6418 in [cell for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row]
    assert "6,418" in (job / "reports" / f"{school}.brief.md").read_text("utf-8")


def test_a_fraction_is_corrected_too(job: Path) -> None:
    name = stem("001")
    report = rules_report(name)
    cells = next(count for count in report.counts if count.text == "1/5")
    fields = count_fields(value="2", total="5", subject="party_cell", counted="chi bộ trực thuộc")
    number = {"key": f"counts:{cells.at}:0", "verdict": "changed", "fields": fields, "sure": True}
    assert decided(job, number, report=report)["saved"][number["key"]]["value"].startswith("→ 2/5 chi bộ")
    made = corrected(report, article(name), Reviews(job))
    assert [(one.value, one.total) for one in made.counts if one.at == cells.at] == [(2, 5)]


def test_a_value_that_was_read_wrong_changes_no_summary(job: Path) -> None:
    report = rules_report(stem("001"))
    at = next(count.at for count in report.counts if count.text == "6481")
    misread = report.model_copy(
        update={
            "counts": tuple(
                count.model_copy(update={"value": 64}) if count.at == at else count for count in report.counts
            )
        }
    )
    fields = count_fields(value="6481", subject="learner", counted="học viên")
    number = {"key": f"counts:{at}:0", "verdict": "changed", "fields": fields}
    assert decided(job, number, report=misread)["refused"] == {}
    made = corrected(misread, article(stem("001")), Reviews(job))
    assert made.summary == misread.summary
    assert made.review
    assert not made.review.changed


def test_a_jobs_status_says_how_many_were_reviewed_and_what_is_in_doubt_still(job: Path) -> None:
    def status() -> tuple[int, int, int]:
        found = json.loads(command("summarizer", "status", job, "--json").stdout)
        return found["reviewed"], found["begun"], found["doubtful"]

    (doubtful,) = [one for one in whole_report().counts if one.certainty == "doubtful"]
    assert status() == (0, 0, 1)
    correct(job)
    assert status() == (0, 1, 1)
    decided(job, {"key": f"counts:{doubtful.at}:0", "verdict": "confirmed"})
    assert status() == (0, 1, 0)
    decided(job, *({"key": key, "verdict": "confirmed"} for key in items()), complete=True)
    assert status() == (1, 0, 0)
    assert ", 1 reviewed" in command("summarizer", "status", job).stdout
