"""Exports: whole or not at all, in order, and safe to open."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from summarizer.batch.exports import OutputError, export, sweep
from summarizer.batch.journal import Journal
from summarizer.batch.records import Entry, Outcome
from summarizer.batch.runner import body_of
from summarizer.outputs.rows import safe_cell
from summarizer.outputs.slugs import page_name, slug_of
from summarizer.schemas.report import Count, Finding, MeetingReport, Place, Provenance, Quotation, Source
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
    return Source(name=name, sha256="0" * 64, characters=1)


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
        Outcome(decision.article, body_of(one), "chữ")
        for decision, one in zip(decisions, reports, strict=True)
    )
    if failure is not None:
        journal.admit(run, "f", [Entry("/in/bad", "bad", len(entries), error=failure)])
    return journal


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


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
    assert rows_of(tmp_path / "failures.csv")[0]["reason"] == "'=bad, with\na line"


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


def test_what_a_killed_job_had_half_written_is_swept_up(tmp_path: Path) -> None:
    import os

    old, new = tmp_path / ".reports.jsonl.x.part", tmp_path / ".reports.jsonl.y.part"
    old.touch()
    new.touch()
    os.utime(old, (0, 0))
    sweep(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [new.name]


def test_the_workbook_has_its_sheets_and_no_formula(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    finding = Finding(kind="percent", message="sai", arithmetic="=1", places=(Place(at=1, text="1/5"),))
    first = report(
        "a.txt",
        count(1, 2, grade="good", counted="=1+1"),
        organization="=org",
        period=2020,
        findings=(finding,),
    )
    second = report(
        "b.txt", count(1, 3, grade="good"), count(9, 5, "school"), organization="=org", period=2020
    )
    export(job(tmp_path, first, second, failure="hỏng"), formats=("xlsx",))
    book = openpyxl.load_workbook(tmp_path / "report.xlsx")
    assert book.sheetnames == ["overview", "counts", "pivot", "findings", "failures"]
    assert {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row} <= {"s", "n"}
    pivot = [[cell.value for cell in row] for row in book["pivot"].iter_rows()]
    assert pivot == [
        ["organization", "period", "party_member good", "school"],
        ["=org", 2020, 5, 5],
    ]
    assert [row[0].value for row in book["overview"].iter_rows(min_row=2)] == ["a.txt", "b.txt", "bad"]
    assert book["failures"]["E2"].value == "hỏng"


def test_parquet_has_articles_counts_and_findings(tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    import pyarrow.parquet

    export(job(tmp_path, report("a.txt", count(1, 2), count(5, 0.5)), failure="hỏng"), formats=("parquet",))
    counts = pyarrow.parquet.read_table(tmp_path / "counts.parquet")
    assert counts["value"].to_pylist() == [2.0, 0.5]
    articles = pyarrow.parquet.read_table(tmp_path / "articles.parquet")
    assert articles["state"].to_pylist() == ["done", "failed"]
    assert pyarrow.parquet.read_table(tmp_path / "findings.parquet").num_rows == 0


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
