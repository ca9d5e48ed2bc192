"""Pages by their address: robots.txt and limits are kept, and nothing private is read."""

from __future__ import annotations

import gzip
import time
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from summarizer.errors import SourceError
from summarizer.sources.decoding import MAX_BYTES
from summarizer.sources.fetching import Limits, PassingError, is_public, seconds_to_wait
from summarizer.sources.formats import is_url
from summarizer.sources.web import read_url
from tests.sources.made import INTRODUCTION, pdf_file
from tests.sources.pages import BODY, PAGE
from tests.sources.site import Answer, reply, site


def redirect(to: str) -> Answer:
    return lambda handler: reply(handler, b"", status=302, location=to)


def refusal(url: str, *, allow_private: bool = True, limits: Limits | None = None) -> str:
    with pytest.raises(SourceError) as caught:
        read_url(url, allow_private=allow_private, limits=limits)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_a_page_is_read_from_its_address() -> None:
    with site({"/tin/bai.html": PAGE}) as running:
        document = read_url(f"{running.origin}/tin/bai.html", allow_private=True)
    assert BODY[1] in document.text
    assert (document.name, document.location) == ("bai.html", f"{running.origin}/tin/bai.html")
    assert document.published == "2021-02-05"


def test_robots_are_asked_first_and_obeyed() -> None:
    robots = "User-agent: *\nDisallow: /rieng/\nAllow: /rieng/chung.html\n"
    with site({"/robots.txt": robots, "/rieng/a.html": PAGE, "/rieng/chung.html": PAGE}) as running:
        assert "robots.txt" in refusal(f"{running.origin}/rieng/a.html")
        assert BODY[1] in read_url(f"{running.origin}/rieng/chung.html", allow_private=True).text
        assert [path for path, _ in running.asked] == ["/robots.txt", "/rieng/chung.html"]


def test_a_redirect_to_what_robots_forbid_is_not_followed() -> None:
    answers = {
        "/robots.txt": "User-agent: *\nDisallow: /rieng/\n",
        "/a": redirect("/rieng/a"),
        "/rieng/a": PAGE,
    }
    with site(answers) as running:
        assert "robots.txt" in refusal(f"{running.origin}/a")
        assert "/rieng/a" not in dict(running.asked)


def test_a_site_whose_robots_cannot_be_had_is_left_alone() -> None:
    with site({"/robots.txt": lambda handler: reply(handler, "", status=503), "/a": PAGE}) as running:
        assert "robots.txt" in refusal(f"{running.origin}/a")


def test_the_pause_that_a_site_asks_for_is_kept() -> None:
    with site({"/robots.txt": "User-agent: *\nCrawl-delay: 0.4\n", "/a": PAGE, "/b": PAGE}) as running:
        for path in ("/a", "/b"):
            read_url(running.origin + path, allow_private=True)
        times = dict(running.asked)
    assert times["/b"] - times["/a"] >= 0.39


def test_a_private_address_is_refused_and_never_asked() -> None:
    with site({"/a": PAGE}) as running:
        port = running.origin.rpartition(":")[2]
        for host in ("127.0.0.1", "localhost", "2130706433", "0x7f.1", "[::ffff:127.0.0.1]", "127.0.0.1."):
            message = refusal(f"http://{host}:{port}/a", allow_private=False)
            assert "private address" in message or "no such host" in message, host
        assert running.asked == []


@pytest.mark.parametrize(
    "address",
    ["10.0.0.1", "172.16.3.4", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",  # noqa: S104
     "255.255.255.255", "::1", "fe80::1", "fd00::1", "::ffff:10.0.0.1", "64:ff9b::a00:1", "2002:a00:1::",
     "fec0::1", "feff::1", "64:ff9b:1::a00:1", "::10.0.0.1", "2001:db8::1"],
)  # fmt: skip
def test_these_addresses_are_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "203.162.4.191", "2606:4700::1111", "64:ff9b::808:808"])
def test_these_addresses_are_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "to", ["file:///etc/passwd", "ftp://127.0.0.1/a", "http://user:pass@127.0.0.1/a", "gopher:x"]
)
def test_a_redirect_leads_only_to_web_pages(to: str) -> None:
    with site({"/a": redirect(to)}) as running:
        message = refusal(f"{running.origin}/a")
    assert "http" in message or "password" in message
    assert "pass@" not in message


def test_redirects_end() -> None:
    with site({"/a": redirect("/a")}) as running:
        assert "redirects more than 5 times" in refusal(f"{running.origin}/a")


def test_a_redirect_is_followed_and_said() -> None:
    with site({"/a": redirect("/b.html"), "/b.html": PAGE}) as running:
        document = read_url(f"{running.origin}/a", allow_private=True)
    assert document.location == f"{running.origin}/b.html"
    assert document.notes[0] == f"redirected from {running.origin}/a"


def drip(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.end_headers()
    while True:
        handler.wfile.write(b"<p>")
        handler.wfile.flush()
        time.sleep(0.05)


def drip_headers(handler: BaseHTTPRequestHandler) -> None:
    while True:
        handler.wfile.write(b"H")
        handler.wfile.flush()
        time.sleep(0.05)


@pytest.mark.parametrize("answer", [drip, drip_headers])
def test_a_page_that_never_ends_is_given_up_in_time(answer: Answer) -> None:
    with site({"/a": answer}) as running:
        assert "in 0.5 s" in refusal(f"{running.origin}/a", limits=Limits(seconds=0.5))


def test_a_page_that_unpacks_to_too_much_is_given_up() -> None:
    bomb = gzip.compress(b"<p>" * 2_000_000)
    answers: dict[str, Answer] = {"/a": lambda handler: reply(handler, bomb, content_encoding="gzip")}
    with site(answers) as running:
        assert "more than 1 MB" in refusal(f"{running.origin}/a", limits=Limits(size=1_000_000))


@pytest.mark.parametrize(("status", "advice"), [(403, "log-in"), (404, "gone"), (500, "later")])
def test_a_refusal_of_the_server_says_what_to_do(status: int, advice: str) -> None:
    answers: dict[str, Answer] = {"/a": lambda handler: reply(handler, "", status=status)}
    with site(answers) as running:
        assert advice in refusal(f"{running.origin}/a")


def test_a_host_that_is_not_there_is_said() -> None:
    with site({}) as running:
        origin = running.origin
    assert "cannot be reached" in refusal(f"{origin}/a")


@pytest.mark.parametrize("kind", ["image/png", "application/zip"])
def test_what_is_no_text_is_refused(kind: str) -> None:
    answers: dict[str, Answer] = {"/a": lambda handler: reply(handler, b"\x89PNG", content_type=kind)}
    with site(answers) as running:
        assert kind in refusal(f"{running.origin}/a")


def test_plain_text_is_read_as_it_is() -> None:
    text = "\r\n".join(BODY)
    answers: dict[str, Answer] = {"/a.txt": lambda handler: reply(handler, text, content_type="text/plain")}
    with site(answers) as running:
        assert read_url(f"{running.origin}/a.txt", allow_private=True).text == text


def test_an_address_is_told_from_a_text() -> None:
    assert is_url("https://truong.edu.vn/tin.html")
    assert not is_url("https://truong.edu.vn là trang của trường")
    assert not is_url("bài.html")


@pytest.mark.parametrize("to", ["http://[::bad", "http://a:b:c/", "//", "http://\x7f/"])
def test_a_redirect_to_what_is_no_address_is_refused(to: str) -> None:
    with site({"/a": redirect(to)}) as running:
        refusal(f"{running.origin}/a")


def test_a_text_of_a_page_is_never_the_path_of_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "exact.md").write_text(" ".join(BODY), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    answers: dict[str, Answer] = {
        "/exact.md": lambda handler: reply(handler, b"a" * (MAX_BYTES + 1), content_type="text/markdown")
    }
    with site(answers) as running:
        assert "characters, more than" in refusal(f"{running.origin}/exact.md")


@pytest.mark.parametrize("status", [429, 503])
def test_a_site_says_how_long_to_wait(status: int) -> None:
    answers: dict[str, Answer] = {"/a": lambda handler: reply(handler, "", status=status, retry_after="7")}
    with site(answers) as running, pytest.raises(PassingError) as caught:
        read_url(f"{running.origin}/a", allow_private=True)
    assert caught.value.retry_after == 7.0


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        (None, None),
        ("120", 120.0),
        (" 0 ", 0.0),
        ("-5", None),
        ("1.5", 1.5),
        ("soon", None),
        ("Sun, 06 Nov 1994 08:50:37 GMT", 60.0),
        ("Sunday, 06-Nov-94 08:50:37 GMT", 60.0),
        ("Sun Nov  6 08:50:37 1994", 60.0),
        ("Sun, 06 Nov 1994 08:50:37 -0000", 60.0),
        ("Sun, 06 Nov 1994 15:50:37 +0700", 60.0),
        ("Sun, 06 Nov 1994 08:00:00 GMT", 0.0),
        ("Sun, 06 Nov 99999 08:00:00 GMT", None),
    ],
)
@pytest.mark.parametrize("zone", ["UTC", "Asia/Ho_Chi_Minh", "America/Los_Angeles"])
def test_retry_after_is_read_in_every_form_and_time_zone(
    monkeypatch: pytest.MonkeyPatch, zone: str, header: str | None, seconds: float | None
) -> None:
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        assert seconds_to_wait(header, "Sun Nov  6 08:49:37 1994") == seconds
    finally:
        monkeypatch.undo()
        time.tzset()


@pytest.mark.parametrize(
    ("says", "path"), [("application/octet-stream", "/tải?id=1"), ("application/pdf", "/a.pdf")]
)
def test_a_file_that_is_downloaded_is_known_by_its_beginning(says: str, path: str) -> None:
    from urllib.parse import quote

    data = pdf_file([(50, 700, 12, INTRODUCTION)])
    answers: dict[str, Answer] = {
        quote(path, safe="/?="): lambda handler: reply(handler, data, content_type=says)
    }
    with site(answers) as running:
        document = read_url(running.origin + quote(path, safe="/?="), allow_private=True)
    assert document.text == INTRODUCTION + "\n"


def test_a_plain_text_with_a_false_charset_is_read_as_what_it_is() -> None:
    answers: dict[str, Answer] = {
        "/a.txt": lambda handler: reply(handler, BODY[1], content_type="text/plain; charset=undefined")
    }
    with site(answers) as running:
        assert read_url(f"{running.origin}/a.txt", allow_private=True).text == BODY[1]


def test_what_is_unexpected_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise NotImplementedError("compression")

    monkeypatch.setattr("summarizer.sources.web.read_format", fail)
    with site({"/a": PAGE}) as running:
        assert "cannot be read (NotImplementedError: compression)" in refusal(f"{running.origin}/a")
