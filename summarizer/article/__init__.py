"""The article taken apart: a `Document` comes in; its words, sentences, tables, numbers and dates go out.

Bounds in words and characters (`_LONGEST_…`, `_…_ROOM`) were set by hand on the articles that this was made with, and
keep the time to read a text linear; a value with another origin names it.
"""
