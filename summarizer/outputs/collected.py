"""Figures of many reports: what may be added over articles, by body, year and kind, kept on the disk meanwhile.

Over articles, one body's figures of one year count once: equal ones are one (`repeat`), of different ones none
is taken (`unrelated`), and a body's figure is left out where the body above it gives that kind itself (`part`).
What has no subject of its own (`other`: kilometres, trees, houses) is never added over articles (`unrelated`).
"""

from __future__ import annotations

import json
import sqlite3
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby, tee
from typing import Any, NamedTuple

from summarizer.outputs.locations import Location
from summarizer.outputs.organizations import aliases, key_of, location_in, parent_key_of
from summarizer.outputs.phrasing import described
from summarizer.outputs.sums import Kind, Omission, figures_of, year_of
from summarizer.schemas.report import MeetingReport
from summarizer.schemas.taxonomy import active

_SCHEMA = """
CREATE TABLE term (
    id INTEGER PRIMARY KEY, why TEXT, body TEXT, year INTEGER, subject TEXT, grade TEXT, status TEXT, unit TEXT,
    value TEXT, article TEXT, at INTEGER, parent TEXT, counted TEXT, link TEXT, report INTEGER, qualifier TEXT,
    place INTEGER);
CREATE TABLE name (body TEXT, name TEXT, articles INTEGER, PRIMARY KEY (body, name));
CREATE TABLE alias (key TEXT PRIMARY KEY, body TEXT) WITHOUT ROWID;
CREATE TABLE text (sha256 TEXT PRIMARY KEY) WITHOUT ROWID;
"""
_INSERT = "INSERT INTO term VALUES (NULL, NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
_INSERT_NAME = (
    "INSERT INTO name VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET articles = articles + excluded.articles"
)
_BY_BODY = "SELECT * FROM term ORDER BY body, year, subject, grade, status, unit, id"
_BY_KIND = "SELECT * FROM term ORDER BY status, year, place, unit, body, id"
# A body goes under the name that most of its articles use, but in capitals only where all do.
_MAKE_BODIES = """
UPDATE term SET body = alias.body FROM alias WHERE alias.key = term.body;
UPDATE term SET parent = alias.body FROM alias WHERE alias.key = term.parent;
CREATE TABLE body AS
SELECT *, iif(articles > 1, sum(articles > 1) OVER (ORDER BY key) - 1, NULL) AS number
FROM (
    SELECT key, name, sum(articles) OVER own AS articles,
        row_number() OVER (own ORDER BY capitals(name), articles DESC, length(name) DESC, name) AS place
    FROM (
        SELECT coalesce(alias.body, name.body) AS key, name, sum(articles) AS articles
        FROM name LEFT JOIN alias ON alias.key = name.body WHERE articles > 0 GROUP BY 1, 2
    ) WINDOW own AS (PARTITION BY key)
) WHERE place = 1;
CREATE UNIQUE INDEX by_key ON body (key);
CREATE INDEX by_body ON term (body, year, subject, grade, status, unit);
"""
_BODY = "SELECT key, name, articles, number FROM body"
_HAS_FIGURE = """
SELECT 1 FROM term
WHERE body = ? AND year IS ? AND subject = ? AND grade IS ? AND status = ? AND unit = ? LIMIT 1
"""


class Term(NamedTuple):
    """A number of a figure as a term of sums over articles: whose it is, of which year, and where it stands.

    `body` and `parent` are keys of organizations (`organizations.key_of`), empty where there is none; `counted` says
    what is counted (`phrasing.described`), `link` is an address of the number. `report` tells articles of one name
    apart, `qualifier` is the article's word that bounds the number.
    """

    body: str
    year: int | None
    kind: Kind
    value: int | float
    article: str
    at: int
    parent: str = ""
    counted: str = ""
    link: str = ""
    report: int = 0
    qualifier: str | None = None


def add(
    terms: Iterable[Term], has_figure: Callable[[str, int | None, Kind], bool] = lambda *_: False
) -> Iterator[tuple[Term, Omission | None]]:
    """Yield each term with None where it counts in a sum over articles, else with why it does not.

    `terms` are sorted so that those of one body, year and kind follow each other, and in these those of one article,
    which are numbers of one figure. `has_figure` says whether a body, one above, has a figure of a year and a kind.
    """
    for (body, year, kind), same in groupby(terms, key=lambda term: term[:3]):
        figures = [list(terms) for _, terms in groupby(same, key=lambda term: (term.article, term.report))]
        agreed = len({sum(term.value for term in figure) for figure in figures}) == 1
        for at, figure in enumerate(figures):
            for term in figure:
                if term.parent and term.parent != body and has_figure(term.parent, year, kind):
                    yield term, "part"
                elif not agreed or kind.subject == "other":
                    yield term, "unrelated"
                else:
                    yield term, "repeat" if at else None


@dataclass(frozen=True, slots=True)
class Body:
    """An organization under its one name, with how many articles are about it.

    `number` is its place among the bodies that several articles are about, from 0; None where one is.
    """

    key: str
    name: str
    location: Location
    articles: int
    number: int | None


class Collected:
    """Takes reports one by one; once `settle` was called it yields bodies and figures.

    What it holds lies in a temporary database on the disk: memory does not grow with the number of articles.
    """

    def __init__(self) -> None:
        self._db = sqlite3.connect("")  # a temporary file that goes with the connection
        self._db.create_function("capitals", 1, str.isupper, deterministic=True)
        self._db.executescript(_SCHEMA)
        self._texts = 0

    def close(self) -> None:
        """Give the disk back."""
        self._db.close()

    def add(
        self, report: MeetingReport, article: str, link: Callable[[int], str] = lambda at: ""
    ) -> tuple[str, bool]:
        """Take a report, and return the key of its body and whether its text is new: another counts no more.

        `link` gives the address of a number of the article by its offset.
        """
        body, article = _storable(key_of(report, article)), _storable(article)
        parent = _storable(parent_key_of(report))
        if report.organization:
            name = _storable(unicodedata.normalize("NFC", report.organization))
            self._db.executemany(_INSERT_NAME, [(body, name, 1), (parent, "", 0)][: 1 + bool(parent)])
        if not self._db.execute("INSERT OR IGNORE INTO text VALUES (?)", (report.source.sha256,)).rowcount:
            return body, False
        self._texts += 1
        year = year_of(report)
        rows = [
            (body, year, *kind, json.dumps(count.value), article, count.at, parent,
             _storable(described(count)), _storable(link(count.at)), self._texts, count.qualifier, _place(kind))
            for kind, figure in figures_of(report).by_kind.items()
            for count in figure.counts
        ]  # fmt: skip
        self._db.executemany(_INSERT, rows)
        return body, True

    def settle(self) -> None:
        """Decide of each figure whether it counts, now that all are known."""
        keys = self._db.execute("SELECT DISTINCT body FROM name ORDER BY body")
        self._db.executemany("INSERT INTO alias VALUES (?, ?)", aliases(key for (key,) in keys))
        self._db.executescript(_MAKE_BODIES)
        ids, terms = tee(self._db.execute(_BY_BODY))
        settled = zip((row[0] for row in ids), add(map(_term, terms), self._has_figure), strict=True)
        left_out = [(why, id_) for id_, (_, why) in settled if why is not None]
        self._db.executemany("UPDATE term SET why = ? WHERE id = ?", left_out)

    def body(self, key: str) -> Body | None:
        """Return the body of a key, None where its articles name none."""
        return next(
            self._bodies("WHERE key = coalesce((SELECT body FROM alias WHERE key = ?1), ?1)", key), None
        )

    def bodies_of_several(self) -> Iterator[Body]:
        """Yield the bodies that several articles are about, by their numbers."""
        return self._bodies("WHERE number NOT NULL ORDER BY number")

    def provinces(self) -> list[str]:
        """Return the provinces of the bodies, in order."""
        return sorted({body.location.province for body in self._bodies() if body.location.province})

    def _bodies(self, which: str = "", *values: str) -> Iterator[Body]:
        for key, name, *rest in self._db.execute(f"{_BODY} {which}", values):
            yield Body(key, name, location_in(key), *rest)

    def figures(self) -> Iterator[tuple[Term, Omission | None]]:
        """Yield all figures by year, kind and body: what is added to each other stands together.

        Each has the reason why sums over articles leave it out; None where it counts.
        """
        for row in self._db.execute(_BY_KIND):
            yield _term(row), row[1]

    def left_out_of(self, article: str) -> dict[int, Omission]:
        """Return the figures of an article that sums over articles leave out, by their places."""
        return dict(
            self._db.execute("SELECT at, why FROM term WHERE article = ? AND why NOT NULL", (article,))
        )

    def index_articles(self) -> None:
        """Make `left_out_of` quick, where it is to be asked for many articles."""
        self._db.execute("CREATE INDEX by_article ON term (article) WHERE why NOT NULL")

    def _has_figure(self, body: str, year: int | None, kind: Kind) -> bool:
        return self._db.execute(_HAS_FIGURE, (body, year, *kind)).fetchone() is not None


def _place(kind: Kind) -> int:
    """Return where a kind stands in the taxonomy's order, numbers without a grade first."""
    table = active()
    subjects, grades = ([row.value for row in rows] for rows in (table.subjects, table.grades))
    return 1000 * subjects.index(kind.subject) + (1 + grades.index(kind.grade) if kind.grade else 0)


def _storable(text: str | None) -> Any:
    """Return a text without what UTF-8 cannot hold."""
    return text.encode("utf-8", "replace").decode() if text is not None else None


def _term(row: tuple[Any, ...]) -> Term:
    _, _, body, year, subject, grade, status, unit, value, *rest, _ = row
    return Term(body, year, Kind(subject, grade, status, unit), json.loads(value), *rest)
