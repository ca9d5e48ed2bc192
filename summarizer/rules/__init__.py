"""The reader by rules: an `Article` comes in; what tables of Vietnamese words say of it goes out as a `Reading`.

Bounds in words and characters (`_LONGEST_…`, `_…_ROOM`) were set by hand on the articles that the rules were made
with, and keep the time to read a text linear; a value with another origin names it.
"""
