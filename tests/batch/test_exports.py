"""Exports: whole or not at all, in order, and safe to open."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from summarizer.batch.exports import OutputError, export
from summarizer.batch.journal import Journal
from summarizer.batch.records import Entry
from summarizer.batch.runner import outcome_of
from summarizer.outputs.files import remove_parts
from summarizer.outputs.rows import safe_cell
from summarizer.outputs.slugs import page_name, slug_of
from summarizer.schemas.labels import Lang, labels
from summarizer.schemas.report import (
    Count,
    Finding,
    MeetingReport,
    Person,
    Place,
    Provenance,
    Quotation,
    Recipient,
    Section,
    Source,
)
from tests.batch.jobs import reports_in

EVIL = (
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    " =1",
    "\xa0=1",
    "＝1",
    '=HYPERLINK("http://x")',
)


def source(name: str) -> Source:
    return Source(name=name, sha256=sha256(name.encode()).hexdigest(), characters=1)


def count(at: int, value: float, subject: str = "party_member", **more: object) -> Count:
    values = {
        "text": str(value),
        "unit": "count",
        "status": "result",
        "counted": "đảng viên",
        "sentence": Quotation(at=0, text="Có 27 đảng viên."),
        "certainty": "rules",
        **more,
    }
    return Count(at=at, value=value, subject=subject, **values)  # type: ignore[arg-type]


def report(name: str, *counts: Count, **more: object) -> MeetingReport:
    made = Provenance(model="m", profile="p", version="0")
    return MeetingReport(source=source(name), counts=counts, provenance=made, **more)  # type: ignore[arg-type]


def job(folder: Path, *reports: MeetingReport, failure: str | None = None) -> Journal:
    """A journal with these reports, and one failure."""
    journal = Journal(folder)
    run = journal.start_run({})
    entries = [
        Entry(
            f"/in/{at}/{one.source.name}",
            one.source.name,
            at,
            f"c{at}",
            f"t{at}",
            one.source.model_dump_json(),
        )
        for at, one in enumerate(reports)
    ]
    decisions = journal.admit(run, "f", entries)
    journal.finish(
        replace(outcome_of(one, decision.article), text="chữ")
        for decision, one in zip(decisions, reports, strict=True)
    )
    if failure is not None:
        journal.admit(run, "f", [Entry("/in/bad", "bad", len(entries), error=failure)])
    return journal


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_who_follows_a_long_export_is_told_how_far_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("summarizer.batch.exports._TOLD_EVERY", 2)
    told: list[tuple[str, int, int]] = []
    reports = [report(f"{name}.txt") for name in "abcde"]
    export(job(tmp_path, *reports), progress=lambda stage, done, total: told.append((stage, done, total)))
    assert told == [("writing the files", 2, 5), ("writing the files", 4, 5)]


@pytest.mark.parametrize("text", EVIL)
def test_no_text_begins_like_a_formula_in_a_spreadsheet(text: str) -> None:
    assert safe_cell(text) == f"'{text}"


@pytest.mark.parametrize("value", ["đảng viên", "02", "1/5", "", None, 27, 0.5, "a=b", "' x"])
def test_any_other_cell_stays_as_it_is(value: str | float | None) -> None:
    assert safe_cell(value) == value


def test_the_tables_of_counts_and_failures_are_utf_8_with_a_mark_and_hold_no_formula(tmp_path: Path) -> None:
    evil = [count(at, at, counted=text, text=text) for at, text in enumerate(EVIL)]
    export(job(tmp_path, report("=a.txt", *evil, organization="=cmd"), failure="=bad, with\na line"))
    assert (tmp_path / "counts.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    rows = rows_of(tmp_path / "counts.csv")
    assert [row["counted"].removeprefix("'") for row in rows] == list(EVIL)
    cells = [
        cell
        for name in ("counts.csv", "failures.csv")
        for row in rows_of(tmp_path / name)
        for cell in row.values()
    ]
    assert not [cell for cell in cells if cell[:1] in set("=+-@\t\r\n")]
    assert rows_of(tmp_path / "failures.csv")[0]["Lý do"] == "'=bad, with\na line"


@pytest.mark.parametrize(
    ("lang", "heads", "reason"),
    [
        ("vi", "Bài,Nơi lấy,Trạng thái,Loại,Lý do,Số lần thử,Giây", "b: trống; không có gì để tóm tắt"),
        (
            "en",
            "Article,Location,State,Kind,Reason,Attempts,Seconds",
            "b: is empty; there is nothing to summarize",
        ),
    ],
)
def test_the_table_of_failures_is_for_people_and_in_their_language(
    tmp_path: Path, lang: Lang, heads: str, reason: str
) -> None:
    export(job(tmp_path, report("a.txt"), failure="b: is empty; there is nothing to summarize"), lang=lang)
    (row,) = rows_of(tmp_path / "failures.csv")
    assert ",".join(row) == heads
    assert list(row.values())[2:5] == ["failed", "SourceError", reason]


def test_a_row_of_counts_says_which_article_when_who_and_where(tmp_path: Path) -> None:
    one = report(
        "a.txt", count(7, 0.75, unit="percent", total=None), organization="Chi bộ A", date_held="2021-01-05"
    )
    export(job(tmp_path, one))
    (row,) = rows_of(tmp_path / "counts.csv")
    assert (row["article"], row["organization"], row["date_held"], row["at"], row["value"]) == (
        "a.txt",
        "Chi bộ A",
        "2021-01-05",
        "7",
        "0.75",
    )


def test_a_line_of_reports_is_one_line_for_every_reader(tmp_path: Path) -> None:
    export(job(tmp_path, report("a.txt", title="một\u2028hai\u2029ba\x85bốn\nnăm")))
    lines = (tmp_path / "reports.jsonl").read_text(encoding="utf-8").splitlines()
    assert len(lines) == 1
    assert MeetingReport.model_validate_json(lines[0]).title == "một\u2028hai\u2029ba\x85bốn\nnăm"


def test_a_page_an_article_is_written_only_where_it_changed(tmp_path: Path) -> None:
    journal = job(tmp_path, report("a.txt", title="Một"), report("b.txt", title="Hai"))
    export(journal)
    page = tmp_path / "reports" / "a.md"
    assert "Một" in page.read_text(encoding="utf-8")
    page.write_text("kept", encoding="utf-8")
    (tmp_path / "reports" / "b.md").unlink()
    export(journal)
    assert page.read_text(encoding="utf-8") == "kept"
    assert "Hai" in (tmp_path / "reports" / "b.md").read_text(encoding="utf-8")


def test_an_index_leads_to_an_evidence_page_of_each_article_unless_none_is_wanted(tmp_path: Path) -> None:
    journal = job(tmp_path, report("a.txt", title="Một"), failure="hỏng")
    export(journal, pages=False)
    assert not (tmp_path / "index.html").exists()
    export(journal)
    index = (tmp_path / "index.html").read_text(encoding="utf-8")
    assert "reports/a.html" in index
    assert "hỏng" in index
    assert "Một" in (tmp_path / "reports" / "a.html").read_text(encoding="utf-8")


def test_articles_of_one_name_have_pages_of_their_own(tmp_path: Path) -> None:
    export(job(tmp_path, report("a.txt"), report("A.TXT"), report("a.html"), report("c.txt")))
    names = sorted(path.name for path in (tmp_path / "reports").glob("*.md"))
    assert len(names) == len(list((tmp_path / "reports").glob("*.html"))) == 4
    assert "c.md" in names


def test_an_article_that_is_called_a_brief_and_the_brief_of_another_are_two_files(tmp_path: Path) -> None:
    export(job(tmp_path, report("a.txt"), report("a.brief.txt")), formats=("brief",))
    names = sorted(path.name for path in (tmp_path / "reports").glob("*.md"))
    assert names == ["a.brief.md", "a.md", "a_brief.brief.md", "a_brief.md"]


@pytest.mark.parametrize("name", ["../../etc/passwd", "..", "a/b\\c:d", "\x00\n", "x" * 400, "đ" * 200, ""])
def test_a_page_stays_in_its_folder_whatever_the_article_is_called(name: str) -> None:
    for shared in (set(), {slug_of(name)}):
        page = page_name(name, "/in/a", shared)
        assert page not in {"", ".", ".."}
        assert not set(page) & set('/\\:*?"<>|\0\n')
        assert len(page.encode()) < 150


def test_nothing_is_exported_again_that_is_there_already(tmp_path: Path) -> None:
    journal = job(tmp_path, report("a.txt"))
    assert export(journal, only_changed=True)
    assert not export(journal, only_changed=True)
    (tmp_path / "counts.csv").unlink()
    assert export(journal, only_changed=True)


@pytest.mark.parametrize("name", ["index.html", "reports/a.html", "reports/a.md", "reports/a.brief.docx"])
def test_a_page_that_was_deleted_comes_back(tmp_path: Path, name: str) -> None:
    pytest.importorskip("docx")
    journal = job(tmp_path, report("a.txt"), report("b.txt"), failure="hỏng")
    export(journal, formats=("brief",))
    (tmp_path / name).unlink()
    assert export(journal, only_changed=True)
    assert (tmp_path / name).is_file()
    assert not export(journal, only_changed=True)


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("xlsx", "report.xlsx"),
        ("parquet", "counts.parquet"),
        ("brief", "reports/a.brief.md"),
        ("evidence", "reports/a.html"),
    ],
)
def test_a_format_that_stands_in_the_folder_is_kept_up_to_date(tmp_path: Path, name: str, file: str) -> None:
    for package in ("xlsxwriter", "pyarrow", "docx"):
        pytest.importorskip(package)
    formats = () if name == "evidence" else (name,)
    export(job(tmp_path, report("a.txt", title="Một")), formats=formats, pages=name == "evidence")
    before = (tmp_path / file).read_bytes()
    others = {path.name for path in tmp_path.rglob("*.*")}
    journal = Journal(tmp_path)
    changed = report("a.txt", count(1, 5), title="Hai")
    (decision,) = journal.admit(
        journal.start_run({}),
        "f",
        [Entry("/in/0/a.txt", "a.txt", 0, "other", "other", changed.source.model_dump_json())],
    )
    journal.finish([replace(outcome_of(changed, decision.article), text="chữ")])
    assert export(journal, only_changed=True, pages=False)
    assert (tmp_path / file).read_bytes() != before
    assert {path.name for path in tmp_path.rglob("*.*")} == others  # no other format beside it


def test_an_export_that_breaks_off_leaves_the_last_one_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal = job(tmp_path, report("a.txt"))
    export(journal)
    before = (tmp_path / "reports.jsonl").read_bytes()
    journal._db.execute("UPDATE articles SET report = x'00'")
    with pytest.raises(Exception, match="decompress"):
        export(journal)
    assert (tmp_path / "reports.jsonl").read_bytes() == before
    assert [path.name for path in tmp_path.glob(".*.part")] == []
    assert reports_in(tmp_path)


def test_what_a_killed_process_has_half_written_is_swept_and_not_what_one_is_writing(tmp_path: Path) -> None:
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    for process in (gone.pid, os.getpid(), os.getppid(), 1, "earlier"):
        (tmp_path / f".reports.jsonl.{process}-ab12.part").touch()
    remove_parts(tmp_path)
    left = {f".reports.jsonl.{process}-ab12.part" for process in (os.getppid(), 1)}
    assert {path.name for path in tmp_path.iterdir()} == left


def cells_of(sheet: Any) -> list[list[Any]]:
    """The values of a sheet's rows, its hidden columns left out."""
    heads = [cell.value for cell in sheet[1] if not str(cell.value).endswith("(mã)")]
    return [[cell.value for cell in row[: len(heads)]] for row in sheet.iter_rows()]


class TestTheWorkbook:
    @pytest.fixture
    def book(self, tmp_path: Path) -> Any:
        """A job of two articles about one body, the second about the year after, and a failure."""
        openpyxl = pytest.importorskip("openpyxl")
        finding = Finding(kind="percent", message="sai", arithmetic="=1", places=(Place(at=1, text="1/5"),))
        first = report(
            "a.txt",
            count(1, 2, grade="good", counted="=1+1"),
            count(5, 2**60, "money", unit="money"),
            organization="=org",
            date_held="2021-02-03",
            period=2020,
            findings=(finding,),
            people=(Person(name="Lê Văn A", at=3, post="Bí thư", roles=("chair", "speaker")),),
            shortcomings=(Section(at=4, text="Còn chậm."),),
            certainty={"date_held": "doubtful"},
        )
        second = report(
            "b.txt",
            count(1, 3, grade="good"),
            count(9, 5, "school", certainty="doubtful"),
            organization="=ORG",
            period=2021,
        )
        export(job(tmp_path, first, second, failure="hỏng"), formats=("xlsx",))
        return openpyxl.load_workbook(tmp_path / "report.xlsx")

    def test_has_a_sheet_for_each_kind_of_rows_and_no_formula(self, book: Any) -> None:
        assert book.sheetnames == [
            "Bài", "Số liệu", "Người", "Nội dung", "Mâu thuẫn", "Tổng theo năm", "Tổng theo đơn vị", "Không đọc được"
        ]  # fmt: skip
        types = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
        assert types <= {"s", "n", "d"}

    def test_has_a_frozen_head_a_filter_and_columns_as_wide_as_their_words(self, book: Any) -> None:
        for sheet in book:
            assert sheet.freeze_panes == "B2"
            assert sheet.auto_filter.ref.startswith("A1:")
        articles = book["Bài"]
        widths = {cell.value: articles.column_dimensions[cell.column_letter].width for cell in articles[1]}
        assert widths["Bài"] < 9  # "a.txt"
        assert (
            widths["Ngày họp"] < widths["Thông tin còn nghi vấn"]
        )  # a head that is longer than what stands under it

    def test_days_are_days_and_codes_stand_in_hidden_columns(self, book: Any) -> None:
        heads = [cell.value for cell in book["Bài"][1]]
        held = book["Bài"].cell(2, heads.index("Ngày họp") + 1)
        assert held.value == datetime(2021, 2, 3)
        assert held.number_format == "dd/mm/yyyy"
        counts = book["Số liệu"]
        heads = [cell.value for cell in counts[1]]
        row = dict(zip(heads, [cell.value for cell in counts[2]], strict=True))
        assert (row["Đối tượng"], row["Đối tượng (mã)"]) == ("đảng viên", "party_member")
        hidden = {name for name, column in counts.column_dimensions.items() if column.hidden}
        assert counts.cell(1, heads.index("Đơn vị tính (mã)") + 1).column_letter in hidden

    def test_says_of_each_number_whether_it_is_in_its_articles_figures_and_why_not(self, book: Any) -> None:
        heads, *rows = cells_of(book["Số liệu"])
        columns = [heads.index(head) for head in ("Trong số chung của bài", "Vì sao không cộng")]
        shown = [tuple(row[column] for column in columns) for row in rows]
        assert shown == [("có", None), ("có", None), ("có", None), (None, "còn nghi vấn")]

    def test_sums_lead_to_their_numbers_and_these_to_the_rows_of_counts(self, book: Any) -> None:
        heads, *rows = cells_of(book["Tổng theo năm"])
        assert heads == [
            "Năm",
            "Đối tượng",
            "Xếp loại",
            "Kết quả, chỉ tiêu",
            "Giới hạn",
            "Tổng",
            "Số đơn vị",
            "Các số của tổng",
        ]
        assert rows == [
            [2020, "đảng viên", "hoàn thành tốt", "kết quả", None, 2, 1, "xem 1 số"],
            [2021, "đảng viên", "hoàn thành tốt", "kết quả", None, 3, 1, "xem 1 số"],
        ]
        target = book["Tổng theo năm"].cell(3, len(heads)).hyperlink.location
        assert target.startswith("'Tổng theo đơn vị'!A")
        bodies = book["Tổng theo đơn vị"]
        figure = {
            head.value: cell
            for head, cell in zip(bodies[1], bodies[int(target.rpartition("A")[2])], strict=True)
        }
        told = [figure[head].value for head in ("Năm", "Đơn vị", "Giá trị", "Đếm cái gì")]
        assert told == [2021, "=org", 3, "đảng viên"]
        assert figure["Bài"].hyperlink.location == "'Số liệu'!A4"
        assert book["Số liệu"]["A4"].value == "b.txt"

    def test_a_whole_number_that_excel_would_round_is_written_out(self, book: Any) -> None:
        heads, _, money, *_ = cells_of(book["Số liệu"])
        assert money[heads.index("Giá trị")] == str(2**60)

    def test_people_sections_doubts_and_failures_are_told_in_words(self, book: Any) -> None:
        assert cells_of(book["Người"])[1][3:6] == ["Lê Văn A", "Bí thư", "chủ trì; phát biểu"]
        assert cells_of(book["Nội dung"])[1][3:5] == ["Hạn chế, tồn tại", "Còn chậm."]
        heads, first, *_ = cells_of(book["Bài"])
        assert first[heads.index("Thông tin còn nghi vấn")] == "Ngày họp"
        heads, failure = cells_of(book["Không đọc được"])
        assert failure[heads.index("Lý do")] == "hỏng"
        assert failure[heads.index("Loại")] == "không đọc được bài"

    def test_what_a_clerk_has_no_use_for_and_what_is_empty_is_hidden(self, book: Any) -> None:
        def shown(name: str) -> set[str]:
            sheet = book[name]
            ranges = [(one.min, one.max) for one in sheet.column_dimensions.values() if one.hidden]
            hidden = {at for first, last in ranges for at in range(first, last + 1)}
            return {cell.value for cell in sheet[1] if cell.column not in hidden}

        assert {"Bài", "Đơn vị", "Ngày họp"} <= shown("Bài")
        assert not shown("Bài") & {"Token vào", "Giây", "Địa điểm", "Trạng thái (mã)"}
        assert not shown("Số liệu") & {"Chỗ (ký tự)", "Tiền"}


class TestBriefs:
    def test_are_written_beside_the_pages_and_go_with_their_article(self, tmp_path: Path) -> None:
        pytest.importorskip("docx")
        journal = job(tmp_path, report("a.txt", title="Một"), failure="hỏng")
        export(journal, formats=("brief",))
        folder = tmp_path / "reports"
        assert (folder / "a.brief.md").read_text("utf-8").startswith("# Một\n")
        assert (folder / "a.brief.docx").read_bytes().startswith(b"PK")
        assert not (folder / "bad.brief.md").exists()


class TestLanguages:
    def test_all_that_people_read_is_in_one_and_machine_formats_are_not(self, tmp_path: Path) -> None:
        journal = job(tmp_path, report("a.txt", count(1, 2)))
        export(journal)
        codes = (tmp_path / "counts.csv").read_bytes()
        export(journal, lang="en", only_changed=True)
        assert "## Numbers" in (tmp_path / "reports" / "a.md").read_text("utf-8")
        assert '<html lang="en">' in (tmp_path / "reports" / "a.html").read_text("utf-8")
        assert '<html lang="en">' in (tmp_path / "index.html").read_text("utf-8")
        assert (tmp_path / "counts.csv").read_bytes() == codes

    def test_pages_are_written_again_in_the_language_of_the_next_export(self, tmp_path: Path) -> None:
        journal = job(tmp_path, report("a.txt", count(1, 2)))
        export(journal, lang="en")
        assert not export(journal, lang="en", only_changed=True)
        assert export(journal, only_changed=True)
        assert "## Số liệu" in (tmp_path / "reports" / "a.md").read_text("utf-8")


@pytest.mark.parametrize("value", [2**53 + 1, 2**63, 10**400])
@pytest.mark.parametrize("unit", ["count", "money"])
@pytest.mark.parametrize("name", ["xlsx", "parquet", "brief"])
def test_a_number_of_any_size_breaks_no_format(tmp_path: Path, value: int, unit: str, name: str) -> None:
    pytest.importorskip({"xlsx": "xlsxwriter", "parquet": "pyarrow", "brief": "docx"}[name])
    huge = count(1, value, unit=unit, text="1", grade=None if unit == "money" else "good")
    export(job(tmp_path, report("a.txt", huge, organization="Sở")), formats=(name,))
    assert rows_of(tmp_path / "counts.csv")[0]["value"] == str(value)


def test_a_format_that_fails_leaves_the_others_whole_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("xlsxwriter")
    from summarizer.outputs import workbook

    def broken(*_: object) -> None:
        raise ValueError("kaputt")

    monkeypatch.setattr(workbook.Workbook, "add", broken)
    with pytest.raises(OutputError, match=r"--format xlsx cannot be written .*kaputt"):
        export(job(tmp_path, report("a.txt", count(1, 2))), formats=("xlsx",))
    assert not (tmp_path / "report.xlsx").exists()
    assert rows_of(tmp_path / "counts.csv")[0]["value"] == "2"
    assert (tmp_path / "index.html").exists()


def test_csv_and_parquet_have_the_same_tables(tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    import pyarrow.parquet

    one = report(
        "a.txt",
        count(1, 2),
        count(5, 0.5),
        people=(Person(name="Lê Văn A", at=3, roles=("chair", "speaker")),),
        recipients=(Recipient(text="Chi bộ 1", at=9, award="giấy khen"),),
        shortcomings=(Section(at=4, text="Còn chậm."),),
        findings=(Finding(kind="percent", message="sai", arithmetic="1 ≠ 2", places=()),),
    )
    export(job(tmp_path, one, failure="hỏng"), formats=("parquet",))
    tables = {path.stem: pyarrow.parquet.read_table(path) for path in tmp_path.glob("*.parquet")}
    assert tables["counts"]["value"].to_pylist() == [2.0, 0.5]
    assert tables["articles"]["state"].to_pylist() == ["done", "failed"]
    assert tables["people"].select(["name", "roles", "award"]).to_pylist() == [
        {"name": "Lê Văn A", "roles": "chair; speaker", "award": None},
        {"name": "Chi bộ 1", "roles": "awarded", "award": "giấy khen"},
    ]
    assert tables["sections"].select(["section", "text"]).to_pylist() == [
        {"section": "shortcomings", "text": "Còn chậm."}
    ]
    assert tables["findings"]["kind"].to_pylist() == ["percent"]
    assert tables["failures"]["reason"].to_pylist() == ["hỏng"]
    for name, table in tables.items():
        rows = rows_of(tmp_path / f"{name}.csv")
        words = {"failures": labels("vi").all("column")}.get(name, {})
        heads = [words.get(column, column) for column in table.column_names]
        assert [list(row) for row in rows] == [heads] * table.num_rows, name


def test_an_output_that_fails_stays_as_it_was_and_leaves_the_others_whole(tmp_path: Path) -> None:
    for name in ("articles", "counts", "findings"):
        (tmp_path / f"{name}.parquet").write_bytes(b"before")
    journal = job(tmp_path, report("a.txt", count(1, 2)), failure="hỏng")
    broken = tmp_path / "reports" / "a.md"
    broken.mkdir(parents=True)
    (broken / "in the way").touch()
    with pytest.raises(
        OutputError, match=r"the Markdown pages cannot be written .*; the other outputs are whole"
    ):
        export(journal, formats=("parquet",))
    assert len((tmp_path / "reports.jsonl").read_bytes().splitlines()) == 1
    assert (tmp_path / "articles.parquet").read_bytes() != b"before"
    assert (tmp_path / "index.html").exists()
    assert not list(tmp_path.rglob("*.part"))
    (broken / "in the way").unlink()
    broken.rmdir()
    assert export(journal, only_changed=True)
    assert (tmp_path / "reports" / "a.md").is_file()


def test_a_table_that_raises_leaves_nothing_of_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal = job(tmp_path, report("a.txt", count(1, 2)))

    def fails(*_: object) -> None:
        raise OverflowError("int too large")

    monkeypatch.setattr("summarizer.outputs.parquet.Parquet.add", fails)
    with pytest.raises(
        OutputError, match=r"--format parquet cannot be written .OverflowError: int too large"
    ):
        export(journal, formats=("parquet", "xlsx"))
    assert not list(tmp_path.glob("*.parquet"))
    assert (tmp_path / "report.xlsx").exists()
    assert not list(tmp_path.rglob("*.part"))


@pytest.mark.parametrize("module", ["summarizer.outputs.workbook", "summarizer.outputs.parquet"])
def test_a_library_that_cannot_be_loaded_costs_its_format_and_no_other_output(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, module: str
) -> None:
    name = {"workbook": "xlsx", "parquet": "parquet"}[module.rpartition(".")[2]]
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(OutputError, match=rf"--format {name} cannot be written"):
        export(job(tmp_path, report("a.txt", count(1, 2))), formats=(name,))
    assert reports_in(tmp_path)
    assert (tmp_path / "index.html").exists()
