"""Outputs: a `MeetingReport` comes in; Markdown, a brief, pages, rows and a workbook go out, in one language each.

`sums` says which numbers may be added, for all of them; `organizations` which names are one body; `certainty` how
sure a part is, in a reader's words. `tables/` has the names of bodies and provinces, and words of sums.
"""
