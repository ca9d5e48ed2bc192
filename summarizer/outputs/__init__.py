"""Outputs: a `MeetingReport` comes in; Markdown, a page, rows, a workbook go out."""
