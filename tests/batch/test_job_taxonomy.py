"""A job made with the user's own taxonomy: whatever reads its reports again knows the table."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.batch.jobs import reports_in

HEAD = "list,value,label_vi,short_vi,label_en,graded,definition,words\n"
TEXT = "Hội nghị tổng kết năm 2020.\nNăm qua, xã có {n} hộ nghèo được vay vốn.\n"


def command(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run the program in a process of its own, which has no table in use yet."""
    return subprocess.run(
        [sys.executable, "-m", "summarizer", *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
    )


def table(path: Path, value: str) -> Path:
    path.write_text(f"{HEAD}subject,{value},Hộ nghèo,,poor households,,,hộ nghèo\n", encoding="utf-8")
    return path


def subjects(job: Path) -> list[list[str]]:
    return [[count["subject"] for count in report["counts"]] for report in reports_in(job)]


@pytest.fixture
def job(tmp_path: Path) -> Path:
    """A job of two articles, made with a table that is gone since."""
    (tmp_path / "art").mkdir()
    for name, number in (("a", 35), ("b", 46)):
        (tmp_path / "art" / f"{name}.txt").write_text(TEXT.format(n=number), encoding="utf-8")
    given = table(tmp_path / "given.csv", "poor_household")
    done = batch(tmp_path / "job", "--taxonomy", given)
    assert done.returncode == 0, done.stderr
    given.unlink()
    return tmp_path / "job"


def batch(job: Path, *options: str | Path) -> subprocess.CompletedProcess[str]:
    return command("batch", job.parent / "art", "--out", job, "--model", "none", *options)


def test_its_outputs_are_written_again_with_the_table(job: Path) -> None:
    for page in (job / "reports").iterdir():
        page.unlink()
    assert command("export", job, "--format", "xlsx").returncode == 0
    assert subjects(job) == [["poor_household"]] * 2
    assert {path.name for path in (job / "reports").glob("*.md")} == {"a.md", "b.md"}
    index = (job / "index.html").read_text("utf-8")
    assert "phiên bản trước" not in index
    assert "Hộ nghèo" in (job / "reports" / "a.html").read_text("utf-8")


def test_a_review_has_every_article(job: Path, tmp_path: Path) -> None:
    done = command("export", job, "--as-gold", tmp_path / "gold")
    assert done.returncode == 0
    assert "2 articles have none" in done.stderr


def test_a_later_run_has_the_table_without_being_given_it(job: Path) -> None:
    (job.parent / "art" / "c.txt").write_text(TEXT.format(n=57), encoding="utf-8")
    assert "2 done already" in batch(job, "--dry-run").stdout
    done = batch(job)
    assert "1 done, 2 skipped" in done.stderr, done.stderr
    assert "with the taxonomy of this job's earlier runs" in done.stderr
    assert subjects(job) == [["poor_household"]] * 3


def test_another_table_is_a_changed_setting_and_stays_with_the_job(job: Path, tmp_path: Path) -> None:
    other = table(tmp_path / "other.csv", "poor_family")
    assert "2 done" in batch(job, "--taxonomy", other).stderr
    other.unlink()
    assert "2 skipped" in batch(job).stderr
    assert subjects(job) == [["poor_family"]] * 2


def test_its_table_is_no_article(job: Path, tmp_path: Path) -> None:
    done = command(
        "batch", f"{job}/*.csv", job.parent / "art", "--out", tmp_path / "second", "--model", "none"
    )
    assert json.loads((tmp_path / "second" / "run.json").read_text("utf-8"))["items"] == 2, done.stderr
