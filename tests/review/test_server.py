"""The review in the browser: judged by clicking, saved beside the report, and open to nobody else."""

from __future__ import annotations

import http.client
import json
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlencode, urlsplit

import pytest
import uvicorn
from playwright.sync_api import Page, expect

from summarizer.review.gold import write_gold
from summarizer.review.server import application
from summarizer.review.shelf import Shelf
from summarizer.review.store import Reviews
from tests.browser import save
from tests.pages.gold_reports import STEMS, article, gold_report, stem

FIRST = stem("000")
TOKEN = "mã-của-bài-thử".encode().hex()


@pytest.fixture
def address(job: Path) -> Iterator[str]:
    """The address of a running server, as `summarizer review` would print it."""
    with Shelf(job) as shelf, socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        app = application(shelf, Reviews(job), job, TOKEN)
        server = uvicorn.Server(uvicorn.Config(app, log_level="error", lifespan="off"))
        thread = threading.Thread(target=server.run, args=([listening],), daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/{TOKEN}/"
        server.should_exit = True
        thread.join(10)


def opened(page: Page, address: str, name: str = FIRST) -> Page:
    page.goto(address + quote(name))
    return page


def ask(address: str, path: str = "", *, method: str = "GET", body: str = "", **headers: str) -> int:
    """The status of a request made without a browser, with any headers."""
    parts = urlsplit(address)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port)
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request(
        method, (parts.path + path) if not path.startswith("/") else path, body.encode(), named
    )
    status = connection.getresponse().status
    connection.close()
    return status


def test_the_list_shows_every_article_those_to_look_at_first(page: Page, address: str) -> None:
    page.goto(address)
    rows = page.locator("tbody tr")
    expect(rows).to_have_count(len(STEMS))
    expect(rows.first).to_contain_text("mâu thuẫn")
    save(page, "review-list")
    rows.first.get_by_role("link").click()
    expect(page.get_by_role("heading", name="Bài viết tự mâu thuẫn")).to_be_visible()


def test_a_count_is_confirmed_changed_struck_and_one_is_added(page: Page, address: str, job: Path) -> None:
    counts = gold_report(FIRST).counts
    aside = gold_report(FIRST).set_aside[0]
    opened(page, address)
    for count, verdict in zip(counts, ("Đúng", "Sửa", "Không phải số đếm"), strict=False):
        page.locator(f"#c{count.at}").get_by_label(verdict, exact=True).check()
    page.locator(f"#c{counts[1].at}").get_by_label("Mức").select_option("completed")
    other = page.locator(f"#s{aside.at}")
    other.get_by_label("là số đếm").check()
    other.get_by_label("Giá trị").fill("5")
    other.get_by_label("Lời của bài").fill("việc")
    save(page, "review-article")
    page.get_by_role("button", name="Lưu", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text(f"còn {len(counts) - 3} số đếm chưa xét")
    expect(page.locator(f"#c{counts[0].at}").get_by_label("Đúng")).to_be_checked()
    review = Reviews(job).load(FIRST)
    assert review
    assert [entry.verdict for entry in review.counts] == ["added", "confirmed", "changed", "struck"]
    changed = review.counts[2].count
    assert changed
    assert changed.grade == "completed"


def test_the_rest_is_confirmed_at_once_and_the_article_finished(page: Page, address: str, job: Path) -> None:
    opened(page, address)
    page.get_by_label("Thông tin chung đã đúng").check()
    page.get_by_label("Đã xem hết bài").check()
    page.get_by_label("Người duyệt").fill("Hà")
    page.get_by_role("button", name="Các số còn lại đều đúng, lưu").click()
    expect(page.get_by_role("status")).to_contain_text("bài đã được xem hết")
    gold = job.parent / "gold"
    assert write_gold(job, gold) == (1, len(STEMS) - 1)
    label = json.loads((gold / "gold" / f"{FIRST}.json").read_text("utf-8"))
    text = (gold / "articles" / label["article"]).read_bytes().decode()
    assert text == article(FIRST)
    assert all(text[count["at"] :].startswith(count["text"]) for count in label["counts"])
    assert [path.name for path in (gold / "gold").iterdir()] == [f"{FIRST}.json"]


def test_fields_show_only_where_something_is_to_be_changed(page: Page, address: str) -> None:
    opened(page, address)
    row = page.locator(f"#c{gold_report(FIRST).counts[0].at}")
    expect(row.get_by_label("Mức")).to_be_hidden()
    row.get_by_label("Sửa").check()
    expect(row.get_by_label("Mức")).to_be_visible()


def test_what_is_wrong_is_said_and_what_was_entered_stays(page: Page, address: str, job: Path) -> None:
    opened(page, address)
    page.get_by_label("Ngày họp").fill("mai")
    page.locator("input[name=date_published]").fill("2021-02-09")
    page.get_by_label("Thông tin chung đã đúng").check()
    page.get_by_role("button", name="Lưu", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("Ngày họp")
    assert Reviews(job).load(FIRST) is None


def test_a_number_in_the_text_leads_to_its_verdict(page: Page, address: str) -> None:
    opened(page, address)
    count = gold_report(FIRST).counts[2]
    page.locator(f"article.text .n[href='#c{count.at}']").click()
    expect(page.locator("fieldset:target")).to_contain_text(count.counted)
    expect(page.locator("fieldset:target")).to_be_in_viewport()


def test_the_second_of_two_windows_does_not_overwrite_the_first(page: Page, address: str) -> None:
    opened(page, address)
    other = page.context.new_page()
    opened(other, address)
    other.get_by_role("button", name="Các số còn lại đều đúng, lưu").click()
    page.get_by_role("button", name="Lưu", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("cửa sổ khác")


def test_another_page_of_the_browser_cannot_post(page: Page, address: str, job: Path, tmp_path: Path) -> None:
    button = '<button name="action" value="confirm-rest">x</button>'
    form = f'<form method="post" action="{address}{FIRST}">{button}</form>'
    (tmp_path / "evil.html").write_text(form, encoding="utf-8")
    page.goto((tmp_path / "evil.html").as_uri())
    page.get_by_role("button").click()
    expect(page.locator("body")).to_contain_text("only a page of this server")
    assert Reviews(job).load(FIRST) is None


def test_the_address_with_its_token_is_needed(address: str) -> None:
    parts = urlsplit(address)
    origin = f"http://{parts.netloc}"
    form = urlencode({"action": "confirm-rest"})
    assert ask(address) == 200
    assert ask(address, "/") == 404
    assert ask(address, "/wrong/") == 404
    assert ask(address, f"/wrong/{FIRST}", method="POST", body=form, origin=origin) == 404
    assert ask(address, host="evil.example:80") == 421
    assert ask(address, FIRST, method="POST", body=form) == 403
    assert ask(address, FIRST, method="POST", body=form, origin="http://evil.example") == 403
    assert ask(address, FIRST, method="POST", body=form, origin=origin) == 303
    assert ask(address, "nothing", method="POST", body=form, origin=origin) == 404


def test_the_command_prints_its_address_and_listens_on_loopback_only(job: Path) -> None:
    command = [sys.executable, "-m", "summarizer", "review", str(job)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdout
    try:
        printed = process.stdout.readline().strip()
        assert ask(printed) == 200
        assert listening_addresses(urlsplit(printed).port or 0) == ["0100007F"]
    finally:
        process.terminate()
        process.communicate(timeout=10)


def listening_addresses(port: int) -> list[str]:
    """The addresses, as the kernel writes them, on which something listens at this port."""
    lines = [
        line.split() for name in ("tcp", "tcp6") for line in Path("/proc/net", name).read_text().splitlines()
    ]
    wanted = f"{port:04X}"
    return [line[1].split(":")[0] for line in lines if line[3] == "0A" and line[1].endswith(f":{wanted}")]


def test_a_folder_without_a_batch_is_refused_in_one_line(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "summarizer", "review", str(tmp_path)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1


def test_a_phone_can_review(phone: Page, address: str) -> None:
    opened(phone, address, stem("002"))
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
    save(phone, "review-phone")
