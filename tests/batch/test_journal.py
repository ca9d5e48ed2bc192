"""The journal: what is committed is there, whatever happens next."""

from __future__ import annotations

import errno
import json
import multiprocessing
import multiprocessing.synchronize
import os
import resource
import signal
import sqlite3
import zlib
from contextlib import closing
from pathlib import Path

import pytest

from summarizer.batch import database
from summarizer.batch.items import fingerprint
from summarizer.batch.journal import FILE, Journal
from summarizer.batch.records import Decision, Entry, Kept, Outcome
from summarizer.batch.status import hold, is_held
from summarizer.errors import ConfigError, JournalError
from summarizer.settings import Settings

SOURCE = json.dumps({"name": "a.txt"})


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    return Journal(tmp_path)


def entry(location: str, text_key: str | None = "t1", *, position: int = 0, **more: str | None) -> Entry:
    values: dict[str, str | None] = {"content_sha256": text_key, "source": SOURCE, **more}
    return Entry(location, location, position, text_key=text_key, **values)  # type: ignore[arg-type]


def states(decisions: list[Decision]) -> list[str]:
    return [decision.state for decision in decisions]


def start(journal: Journal) -> int:
    return journal.start_run({})


def test_a_text_found_twice_is_done_once_and_reported_for_both(journal: Journal) -> None:
    run = start(journal)
    decisions = journal.admit(run, "f", [entry("a"), entry("b", position=1, source='{"name": "b.txt"}')])
    assert states(decisions) == ["todo", "busy"]
    journal.finish([Outcome(decisions[0].article, b'{"title":"x"}', "chữ")])
    names = [json.loads(line.report or b"")["source"]["name"] for line in journal.lines()]
    assert names == ["a.txt", "b.txt"]
    totals = journal.totals()
    assert (totals.items, totals.done, totals.duplicates, totals.attempts) == (2, 2, 1, 1)


def test_what_is_done_is_skipped_and_what_was_cut_short_is_not(journal: Journal) -> None:
    first = start(journal)
    done, _ = journal.admit(first, "f", [entry("a"), entry("b", "t2")])
    journal.finish([Outcome(done.article, b"{}")])
    assert states(journal.admit(start(journal), "f", [entry("a"), entry("b", "t2")])) == ["done", "todo"]


def test_what_failed_is_tried_again_only_when_asked_and_once_a_run(journal: Journal) -> None:
    (todo,) = journal.admit(start(journal), "f", [entry("a")])
    journal.finish([Outcome(todo.article, error_kind="AnswerError", error="no")])
    assert states(journal.admit(start(journal), "f", [entry("a")])) == ["failed"]
    run = start(journal)
    assert states(journal.admit(run, "f", [entry("a")], retry_failed=True)) == ["todo"]
    journal.finish([Outcome(todo.article, error_kind="AnswerError", error="no")])
    assert states(journal.admit(run, "f", [entry("b")], retry_failed=True)) == ["busy"]
    assert journal.totals().attempts == 2


def test_another_fingerprint_is_done_anew_beside_the_old(journal: Journal) -> None:
    (old,) = journal.admit(start(journal), "f1", [entry("a")])
    journal.finish([Outcome(old.article, b'{"title":"old"}')])
    (new,) = journal.admit(start(journal), "f2", [entry("a")])
    assert new.state == "todo"
    journal.finish([Outcome(new.article, b'{"title":"new"}')])
    assert [json.loads(line.report or b"")["title"] for line in journal.lines()] == ["new"]
    assert states(journal.admit(start(journal), "f1", [entry("a")])) == ["done"]


def test_a_changed_text_replaces_the_place_where_it_stands(journal: Journal) -> None:
    (old,) = journal.admit(start(journal), "f", [entry("a", "t1")])
    journal.finish([Outcome(old.article, b"{}")])
    journal.admit(start(journal), "f", [entry("a", "t2")])
    assert [line.state for line in journal.lines()] == ["open"]


def test_lines_are_in_the_order_of_the_latest_run_and_what_only_earlier_ones_had_follows(
    journal: Journal,
) -> None:
    journal.admit(start(journal), "f", [entry("x", "t1", position=0), entry("b", "t2", position=1)])
    journal.admit(start(journal), "f", [entry("a", "t3", position=0), entry("b", "t2", position=1)])
    assert [line.location for line in journal.lines()] == ["a", "b", "x"]


def test_an_item_that_cannot_be_read_is_a_failure_with_its_reason(journal: Journal) -> None:
    bad = Entry("a", "a", 0, error="a: is empty")
    assert states(journal.admit(start(journal), "f", [bad])) == ["unreadable"]
    (line,) = journal.lines()
    assert (line.state, line.error_kind, line.error) == ("failed", "SourceError", "a: is empty")
    assert journal.totals().failed == 1


def test_a_file_read_before_is_known_by_its_bytes(journal: Journal) -> None:
    journal.admit(start(journal), "f", [entry("a", "t1", content_sha256="c1")])
    assert journal.text_keys([("a", "c1"), ("a", "c2"), ("b", "c1")]) == [("t1", SOURCE), None, None]


def test_kept_answers_are_there_until_the_article_ends_and_their_cost_is_booked_once(
    journal: Journal,
) -> None:
    (todo,) = journal.admit(start(journal), "f", [entry("a")])
    journal.keep([Kept(todo.article, "r1", b"answer", 10, 5, 0.5), Kept(todo.article, "r2", b"x", 1, 1)])
    assert journal.answers(todo.article) == {"r1": b"answer", "r2": b"x"}
    journal.finish([Outcome(todo.article, b"{}")])
    assert journal.answers(todo.article) == {}
    totals = journal.totals()
    assert (totals.tokens_in, totals.tokens_out, totals.requests, totals.cost) == (11, 6, 2, 0.5)


def test_a_run_that_changes_nothing_leaves_the_exports_as_they_are(journal: Journal) -> None:
    (todo,) = journal.admit(start(journal), "f", [entry("a")])
    journal.finish([Outcome(todo.article, b"{}")])
    change, _ = journal.changes()
    journal.mark_exported(change)
    journal.admit(start(journal), "f", [entry("a")])
    assert journal.changes() == (change, change)
    journal.admit(start(journal), "f", [entry("b")])
    assert journal.changes()[0] > change


def test_another_process_reads_while_one_writes(journal: Journal, tmp_path: Path) -> None:
    (todo,) = journal.admit(start(journal), "f", [entry("a")])
    with Journal(tmp_path, create=False) as reader, reader.snapshot():
        assert reader.totals().open == 1
        journal.finish([Outcome(todo.article, b"{}")])
        assert reader.totals().open == 1
    with Journal(tmp_path, create=False) as reader:
        assert reader.totals().done == 1


def test_a_journal_of_a_newer_version_is_refused(journal: Journal, tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / FILE) as db:
        db.execute("INSERT INTO migrations VALUES ('m999_later', '')")
    with pytest.raises(ConfigError, match="newer summarizer"):
        Journal(tmp_path)


@pytest.mark.parametrize("content", [None, b"not a database at all, and longer than a header" * 100])
def test_a_folder_without_a_journal_is_refused(tmp_path: Path, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / FILE).write_bytes(content)
    with pytest.raises(ConfigError, match=r"holds no job|cannot be opened"):
        Journal(tmp_path, create=False)


def test_a_full_disk_is_one_line_and_leaves_what_was_committed(journal: Journal, tmp_path: Path) -> None:
    (todo,) = journal.admit(start(journal), "f", [entry("a")])
    journal._db.execute("PRAGMA max_page_count = 1")  # SQLite then says what it says of a full disk
    with pytest.raises(JournalError, match=r"full.*free some space"):
        journal.finish([Outcome(todo.article, os.urandom(1_000_000))])
    with Journal(tmp_path) as again:
        assert again.totals().open == 1


def test_a_folder_that_cannot_be_written_is_named_with_the_reason(tmp_path: Path) -> None:
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, before[1]))
    try:
        with pytest.raises(ConfigError) as raised:
            Journal(tmp_path)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, ignored)
    assert str(raised.value).startswith(f"{tmp_path}: cannot be written ({os.strerror(errno.EFBIG)})")


def _hold_and_die(folder: Path, held: multiprocessing.synchronize.Event) -> None:
    with hold(folder):
        held.set()
        signal.pause()


def test_a_folder_is_held_by_one_job_until_it_ends_even_by_kill_9(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    held = context.Event()
    with Journal(tmp_path) as journal:
        journal.start_run({})
    process = context.Process(target=_hold_and_die, args=(tmp_path, held))
    process.start()
    assert held.wait(20)
    assert is_held(tmp_path)
    with (
        pytest.raises(ConfigError, match=rf"another job \(process {os.getpid()} on .*is at work here"),
        hold(tmp_path),
    ):
        pass
    process.kill()
    process.join()
    assert not is_held(tmp_path)
    with hold(tmp_path):
        pass


def test_a_journal_of_an_earlier_version_keeps_its_reports_and_knows_them_as_such(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = Settings(model="m", base_url="http://localhost/v1")
    first, second, *_ = database.MIGRATIONS
    with monkeypatch.context() as earlier:
        earlier.setattr(database, "MIGRATIONS", {name: database.MIGRATIONS[name] for name in (first, second)})
        Journal(tmp_path).close()
    parameters = json.dumps({"sources": ["a"], **settings.parameters})
    with closing(sqlite3.connect(tmp_path / FILE)) as db, db:
        db.execute("INSERT INTO runs (id, started_at, settings) VALUES (1, 'then', ?)", (parameters,))
        db.execute(
            "INSERT INTO articles (text_key, fingerprint, state, run, report) VALUES ('t', 'old', 'done', 1, ?)",
            (zlib.compress(b'{"title":"x","certainty":{"title":"doubtful"}}'),),
        )
        db.execute(
            "INSERT INTO items (location, name, slug, run, position, text_key, fingerprint, source, change)"
            " VALUES ('a', 'a', 'a', 1, 0, 't', 'old', '{}', 0)"
        )
    with Journal(tmp_path) as journal:
        mark = fingerprint(settings)
        assert states(journal.admit(start(journal), mark, [entry("a", "t")])) == ["done"]
        assert states(journal.admit(start(journal), mark, [entry("a", "t")], redo="now")) == ["todo"]
        totals = journal.totals(program="now")
        assert (totals.open, totals.outdated, totals.doubtful) == (1, 1, 1)


def test_what_cannot_be_written_for_whatever_reason_is_an_error_of_the_journal(journal: Journal) -> None:
    with pytest.raises(JournalError, match="the journal cannot be written"), journal.writing() as db:
        db.execute("INSERT INTO nowhere VALUES (1)")
