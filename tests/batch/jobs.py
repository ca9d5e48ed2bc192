"""Articles that a test can tell apart in a question, and what a job leaves in its folder."""

from __future__ import annotations

import csv
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from summarizer.batch.journal import Journal
from summarizer.outputs.rows import Line

_MARK = re.compile(r"Khoa ([A-Z]{4})\b")


def code_of(number: int) -> str:
    """Four letters that stand for a number: no digits, which would be counts."""
    return "".join(chr(ord("A") + number // 26**place % 26) for place in (3, 2, 1, 0))


def code_in(text: str) -> str:
    """The letters of the article that a question is about."""
    found = _MARK.search(text)
    assert found is not None, text[-300:]
    return found[1]


def article(number: int) -> str:
    """A short article with three counts, a text of its own."""
    return (
        f"Chi bộ Khoa {code_of(number)} tổng kết công tác năm 2020\n"
        "Ngày 05/01/2021, Chi bộ tổ chức Hội nghị tổng kết công tác Đảng năm 2020.\n"
        f"Năm qua Chi bộ Khoa {code_of(number)} có {number % 40 + 2} đảng viên hoàn thành tốt nhiệm vụ, "
        "03 đảng viên hoàn thành xuất sắc nhiệm vụ, 02 quần chúng được kết nạp.\n"
    )


def write_articles(folder: Path, count: int, start: int = 0) -> Path:
    """Files `aaaa.txt`… with so many articles."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(start, start + count):
        (folder / f"{code_of(number)}.txt").write_text(article(number), encoding="utf-8")
    return folder


@dataclass(frozen=True)
class Result:
    """How a command ended, and what its folder holds."""

    code: int
    stderr: str
    folder: Path

    @property
    def reports(self) -> list[dict[str, Any]]:
        """The lines of reports.jsonl."""
        return reports_in(self.folder)

    @property
    def names(self) -> list[str]:
        """The articles that have a report, in the order of the lines."""
        return [report["source"]["name"] for report in self.reports]

    @property
    def failures(self) -> dict[str, str]:
        """The lines of failures.csv: article and reason."""
        return failures_in(self.folder)

    @property
    def run(self) -> dict[str, Any]:
        """What run.json says."""
        return json.loads((self.folder / "run.json").read_text(encoding="utf-8"))

    @property
    def lines(self) -> dict[str, Line]:
        """What the journal says of each article, by its name."""
        with Journal(self.folder, create=False) as journal:
            return {line.name: line for line in journal.lines()}


def reports_in(folder: Path) -> list[dict[str, Any]]:
    """The reports of a job; each line must be whole."""
    lines = (folder / "reports.jsonl").read_bytes().split(b"\n")
    assert lines.pop() == b""
    return [json.loads(line) for line in lines]


def failures_in(folder: Path) -> dict[str, str]:
    """The articles without a report, with the reasons, of a job in English."""
    with (folder / "failures.csv").open(encoding="utf-8-sig", newline="") as file:
        return {row["Article"]: f"{row['Kind']}: {row['Reason']}" for row in csv.DictReader(file)}
