"""Reports of a measurement: terminal, JSON, JUnit, Markdown, HTML. Each is one function of a `Measurement`."""

from __future__ import annotations

import sys
from pathlib import Path

from evals.verdict import Measurement

__all__ = ("write_reports",)


def write_reports(
    measurement: Measurement,
    *,
    json_file: Path | None,
    junit: Path | None,
    markdown: Path | None,
    html: Path | None,
) -> None:
    """Print the tables and write the files asked for; with the record on stdout (`-`), nothing else is there."""
    from evals.reports import record

    if json_file == Path("-"):
        sys.stdout.write(record.dump(measurement))
    else:
        from rich.console import Console

        from evals.reports.terminal import print_measurement

        # Wide enough for the table where the output is no terminal, such as a CI log.
        print_measurement(measurement, Console(width=None if sys.stdout.isatty() else 200))
        if json_file is not None:
            json_file.write_text(record.dump(measurement), encoding="utf-8")
    if junit is not None:
        from evals.reports.junit import junit_xml

        junit.write_bytes(junit_xml(measurement))
    if markdown is not None:
        from evals.reports import markdown as summary

        markdown.write_text(summary.markdown(measurement), encoding="utf-8", errors="backslashreplace")
    if html is not None:
        from evals.reports.page import page

        html.write_text(page(measurement), encoding="utf-8", errors="backslashreplace")
