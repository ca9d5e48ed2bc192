"""Web pages as sources of a job: each fetched once, politely, and a bad one is one failed article."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import threading
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from summarizer.batch import fetched
from summarizer.batch.database import open_database
from summarizer.batch.estimate import estimate
from summarizer.batch.fetched import Web
from summarizer.batch.inputs import Sources
from summarizer.batch.items import read
from summarizer.batch.job import Job
from summarizer.errors import SourceError
from summarizer.settings import Settings
from tests.batch.conftest import Run
from tests.batch.jobs import article, code_in, code_of, failures_in
from tests.conftest import Serve
from tests.loopback import failed
from tests.sources.pages import BODY, PAGE
from tests.sources.site import Answer, reply, site

ALLOWED = ("--allow-private",)


def plain(number: int) -> Answer:
    return lambda handler: reply(handler, article(number), content_type="text/plain; charset=utf-8")


def wanted(asked: list[tuple[str, float]]) -> list[str]:
    """The pages asked for, without what belongs to robots.txt."""
    return sorted(path for path, _ in asked if path != "/robots.txt")


def test_pages_are_reported_in_the_order_they_were_named_in(serve: Serve, run: Run) -> None:
    with site({f"/tin/{code_of(number)}.html": plain(number) for number in range(6)}) as running:
        urls = [f"{running.origin}/tin/{code_of(number)}.html" for number in (3, 0, 5, 1, 4, 2)]
        result = run(*urls, url=serve().base_url, options=ALLOWED)
    assert (result.code, result.failures) == (0, {})
    assert [report["source"]["location"] for report in result.reports] == urls
    assert result.names == ["AAAD.html", "AAAA.html", "AAAF.html", "AAAB.html", "AAAE.html", "AAAC.html"]
    assert [count["value"] for count in result.reports[0]["counts"]] == [5, 3, 2]
    assert (result.folder / "reports" / "AAAD.txt").read_bytes().decode() == article(3)


def test_a_page_fetched_once_is_not_asked_for_again(serve: Serve, run: Run) -> None:
    server = serve()
    with site({"/a": plain(0), "/b": plain(1)}) as running:
        urls = (f"{running.origin}/a", f"{running.origin}/b")
        run(*urls, url=server.base_url, options=ALLOWED)
        fetched, questions = len(running.asked), len(server.requests)
        again = run(*urls, url=server.base_url, options=ALLOWED)
        assert (again.run["skipped"], len(server.requests)) == (2, questions)
        other = run(*urls, url=server.base_url, options=(*ALLOWED, "--model", "another"))
        assert other.run["done"] == 2
        assert len(server.requests) > questions
        assert len(running.asked) == fetched


def test_what_a_stopped_job_had_fetched_is_there_when_it_goes_on(serve: Serve, run: Run) -> None:
    refusing = serve(script=[failed(401)])
    with site({"/a": plain(0)}) as running:
        assert run(f"{running.origin}/a", url=refusing.base_url, options=ALLOWED).code == 2
        fetched = len(running.asked)
        result = run(f"{running.origin}/a", url=serve().base_url, options=ALLOWED)
        assert (result.code, result.run["done"], len(running.asked)) == (0, 1, fetched)


def test_a_bad_page_is_one_failed_article_and_tried_again_by_the_next_run(serve: Serve, run: Run) -> None:
    answers: dict[str, Answer | str | bytes] = {
        "/robots.txt": "User-agent: *\nDisallow: /cam\n",
        "/tốt": plain(0),
        "/t%E1%BB%91t": plain(0),
        "/cam": plain(1),
        "/anh": lambda handler: reply(handler, b"\x89PNG", content_type="image/png"),
    }
    server = serve()
    with site(answers) as running:
        urls = [f"{running.origin}/{name}" for name in ("mat.html", "cam", "anh", "tốt")]
        result = run(*urls, "http://khong-co.invalid/x", url=server.base_url, options=ALLOWED)
        assert (result.code, result.names) == (1, ["tốt"])
        reasons = result.failures
        assert "answers 404" in reasons["mat.html"]
        assert "robots.txt" in reasons["cam"]
        assert "is image/png" in reasons["anh"]
        assert "no such host" in reasons["x"]
        answers["/mat.html"] = plain(2)
        assert run(*urls, url=server.base_url, options=ALLOWED).names == ["mat.html", "tốt"]


def test_a_private_address_is_not_even_asked_unless_it_is_allowed(serve: Serve, run: Run) -> None:
    with site({"/a": plain(0)}) as running:
        result = run(f"{running.origin}/a", url=serve().base_url)
        assert "private address (127.0.0.1); if you trust it, give --allow-private" in result.failures["a"]
        assert running.asked == []


def test_a_site_that_is_busy_for_a_moment_is_asked_again(serve: Serve, run: Run) -> None:
    asked: list[float] = []

    def busy_once(handler: BaseHTTPRequestHandler) -> None:
        asked.append(time.monotonic())
        plain(0)(handler) if len(asked) > 1 else reply(handler, "", status=503)

    with site({"/a": busy_once}) as running:
        assert run(f"{running.origin}/a", url=serve().base_url, options=ALLOWED).code == 0
    assert len(asked) == 2


def test_a_site_that_says_retry_after_is_waited_for_and_left_alone_meanwhile(serve: Serve, run: Run) -> None:
    def busy_first(handler: BaseHTTPRequestHandler) -> None:
        first = sum(path != "/robots.txt" for path, _ in running.asked) == 1
        reply(handler, "", status=503, retry_after="2") if first else plain(ord(handler.path[-1]))(handler)

    pages = [f"/tin/{letter}" for letter in "abcdef"]
    with site(dict.fromkeys(pages, busy_first)) as running:
        result = run(*(running.origin + page for page in pages), url=serve().base_url, options=ALLOWED)
        asked = [at for path, at in running.asked if path != "/robots.txt"]
    assert (result.code, len(result.reports)) == (0, 6)
    # A site is asked for two pages at a time: the other was on its way; nobody else came within the two seconds.
    assert sum(at < asked[0] + 2 for at in asked) <= 2


def test_a_site_that_asks_to_wait_longer_than_the_patience_is_not_waited_for(serve: Serve, run: Run) -> None:
    with site({"/a": lambda handler: reply(handler, "", status=429, retry_after="3600")}) as running:
        options = (*ALLOWED, "--patience", "5")
        result = run(f"{running.origin}/a", url=serve().base_url, options=options)
    assert (result.code, list(result.failures)) == (1, ["a"])


def test_a_site_that_gives_nothing_is_left_alone_and_others_are_read(serve: Serve, run: Run) -> None:
    with site({}) as gone:
        dead = gone.origin
    with site({"/a": plain(0)}) as running:
        urls = [*(f"{dead}/{number}" for number in range(12)), f"{running.origin}/a"]
        result = run(*urls, url=serve().base_url, options=ALLOWED)
    assert result.names == ["a"]
    reasons = list(result.failures.values())
    assert sum("cannot be reached" in reason for reason in reasons) >= 5
    assert sum("gave no page 5 times in a row" in reason for reason in reasons) >= 5


def test_a_site_is_asked_for_two_pages_at_a_time_and_for_its_rules_once() -> None:
    lock, under_way, most = threading.Lock(), 0, 0

    def slow(handler: BaseHTTPRequestHandler) -> None:
        nonlocal under_way, most
        with lock:
            under_way += 1
            most = max(most, under_way)
        time.sleep(0.05)
        with lock:
            under_way -= 1
        reply(handler, PAGE)

    with site({f"/{number}": slow for number in range(8)}) as running:
        urls = [f"{running.origin}/{number}" for number in range(8)]
        with Web(allow_private=True, ahead=8) as pages:
            for item in Sources(urls, web=pages):
                assert BODY[1] in read(item).text
        paths = [path for path, _ in running.asked]
    assert most == 2
    assert paths.count("/robots.txt") == 1
    assert sorted(paths) == sorted([*(f"/{number}" for number in range(8)), "/robots.txt"])


def test_the_pauses_a_site_asks_for_do_not_count_as_its_slowness() -> None:
    rules = "User-agent: *\nCrawl-delay: 0.3\n"
    with site({"/robots.txt": rules, **{f"/{number}": PAGE for number in range(4)}}) as running:
        with Web(allow_private=True, ahead=4) as pages:
            for item in Sources([f"{running.origin}/{number}" for number in range(4)], web=pages):
                assert BODY[1] in read(item).text
        paths = [path for path, _ in running.asked if path != "/robots.txt"]
    assert sorted(paths) == [f"/{number}" for number in range(4)]


def test_the_same_page_listed_twice_is_fetched_once(serve: Serve, run: Run) -> None:
    with site({"/a": plain(0)}) as running:
        run(*[f"{running.origin}/a"] * 3, url=serve().base_url, options=ALLOWED)
        assert wanted(running.asked) == ["/a"]


def test_a_disk_that_is_full_ends_the_job_with_what_helps(
    serve: Serve, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path) -> sqlite3.Connection:
        db = open_database(path)
        db.execute("PRAGMA max_page_count = 1")  # SQLite then says what it says of a full disk
        return db

    monkeypatch.setattr(fetched, "open_database", full)
    with site({"/a": plain(0)}) as running:
        result = run(f"{running.origin}/a", url=serve().base_url, options=ALLOWED)
    assert (result.code, result.run["ending"], result.failures) == (1, "broken", {})
    assert "cannot be written (database or disk is full); free some space and run again" in result.stderr


def test_nothing_is_fetched_only_to_be_counted() -> None:
    with site({"/a": PAGE}) as running:
        assert [item.name for item in Sources([f"{running.origin}/a?id=7"])] == ["a?id=7"]
        assert running.asked == []


def test_a_page_waited_for_when_the_job_ends_is_not_waited_for_longer() -> None:
    hold = threading.Event()

    def never(handler: BaseHTTPRequestHandler) -> None:
        hold.wait(10)

    with site({"/a": never}) as running:
        pages = Web(allow_private=True, ahead=1)
        item = pages.item(f"{running.origin}/a")
        ended = threading.Timer(0.5, pages.close)
        ended.start()
        for _ in range(2):
            with pytest.raises(SourceError, match="the job ended"):
                read(item)
        hold.set()


def test_a_job_that_is_stopped_does_not_wait_for_a_page(
    tmp_path: Path, serve: Serve, start: Callable[..., subprocess.Popen[str]]
) -> None:
    asked, ended = threading.Event(), threading.Event()

    def never(handler: BaseHTTPRequestHandler) -> None:
        asked.set()
        ended.wait(60)

    with site({"/a": plain(0), "/nie": never}) as running:
        urls = (f"{running.origin}/a", f"{running.origin}/nie")
        process = start(*urls, url=serve().base_url, options=ALLOWED)
        assert asked.wait(30)
        time.sleep(1.5)
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 1
        ended.set()
    assert failures_in(tmp_path / "out") == {}


def test_an_estimate_fetches_a_sample_and_counts_the_other_pages_as_due(tmp_path: Path) -> None:
    with site({f"/{number}": plain(number) for number in range(60)}) as running:
        urls = tuple(f"{running.origin}/{number}" for number in range(60))
        job = Job(sources=urls, folder=tmp_path / "out", allow_private=True)
        found = estimate(job, Settings.from_env(model="m", base_url="http://127.0.0.1:9/v1"))
        assert len(wanted(running.asked)) == 50
    assert (found.articles, found.due, found.unreadable) == (60, 60, 0)
    assert found.tokens_in > 0
    assert not job.folder.exists()


def test_questions_are_about_the_page_as_fetched(serve: Serve, run: Run) -> None:
    server = serve()
    with site({"/a": plain(77)}) as running:
        run(f"{running.origin}/a", url=server.base_url, options=ALLOWED)
    assert {code_in(request.text) for request in server.requests} == {code_of(77)}
