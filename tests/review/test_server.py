"""The review in the browser: by keyboard and by clicking, each decision saved at once, and open to nobody else."""

from __future__ import annotations

import http.client
import json
import socket
import subprocess
import sys
import threading
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote, urlsplit

import pyarrow.parquet
import pytest
import uvicorn
from playwright.sync_api import Locator, Page, expect

from summarizer.batch.reported import JobArticles
from summarizer.review.gold import write_gold
from summarizer.review.server import application
from summarizer.review.store import Reviews
from summarizer.schemas.labels import Lang
from tests.browser import save
from tests.pages.gold_reports import STEMS, article, stem
from tests.review.reviewing import FIRST, count_fields, decided, first, items, review_of, whole_report

TOKEN = "mã-của-bài-thử".encode().hex()


@contextmanager
def serving(job: Path, lang: Lang = "vi") -> Iterator[str]:
    with JobArticles(job) as articles, socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        app = application(articles, Reviews(job), job, TOKEN, reviewer="Hà", lang=lang)
        server = uvicorn.Server(uvicorn.Config(app, log_level="error", lifespan="off"))
        thread = threading.Thread(target=server.run, args=([listening],), daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/{TOKEN}/"
        server.should_exit = True
        thread.join(10)


@pytest.fixture
def address(job: Path) -> Iterator[str]:
    """The address of a running server, as `summarizer review` would print it."""
    with serving(job) as address:
        yield address


def opened(page: Page, address: str, name: str = FIRST) -> Page:
    page.goto(address + quote(name))
    return page


def card(page: Page, key: str) -> Locator:
    return page.locator(f"[data-key='{key}']")


def current(page: Page) -> Locator:
    return page.locator("form.current")


def left(page: Page) -> Locator:
    return page.locator("#left")


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
    page.keyboard.press("Enter")  # the first is at hand
    expect(current(page)).to_be_in_viewport()


def test_it_opens_on_what_is_in_doubt_and_goes_on_by_keyboard(page: Page, address: str, job: Path) -> None:
    order = [item for item in items().values() if item.value is not None]
    opened(page, address)
    expect(left(page)).to_have_text(f"Còn {len(order)} mục chưa xét")
    expect(current(page)).to_have_attribute("data-key", order[0].key)
    expect(current(page)).to_contain_text("Theo mô hình: đảng viên")
    expect(page.locator(".text .spot")).to_have_text(order[0].text)
    expect(page.locator(".text .spot")).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(card(page, order[0].key)).to_have_attribute("data-verdict", "confirmed")
    expect(current(page)).to_have_attribute("data-key", order[1].key)
    page.keyboard.press("x")
    expect(card(page, order[1].key)).to_have_attribute("data-verdict", "struck")
    expect(left(page)).to_have_text(f"Còn {len(order) - 2} mục chưa xét")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("u")
    expect(card(page, order[1].key)).to_have_attribute("data-verdict", "")
    save(page, "review-article")
    assert [one.verdict for one in review_of(job).decisions()] == ["confirmed"]
    assert review_of(job).counts[0].reviewer == "Hà"


def test_in_english_what_is_saved_and_refused_is_told_in_english(page: Page, job: Path) -> None:
    with serving(job, "en") as address:
        opened(page, address)
        before = int((left(page).get_attribute("data-left") or "").strip())
        expect(left(page)).to_have_text(f"Left to decide: {before}")
        page.keyboard.press("e")
        page.keyboard.type("72")
        page.keyboard.press("Enter")
        why = current(page).locator(".why[data-for=value]")
        expect(why).to_have_text("the article says “27”, that is 27; write 72 all the same?")
        changed = card(page, first("counts").key)
        page.get_by_role("button", name="Save all the same").click()
        expect(changed.locator(".by")).to_have_text("✓ changed Hà")
        expect(left(page)).to_have_text(f"Left to decide: {before - 1}")
        form = card(page, "date_held")
        form.click(position={"x": 5, "y": 5})
        form.get_by_role("button", name="Edit").click()
        expect(form.get_by_label("Held on")).to_have_value("2021-02-03")  # as it can be typed
        form.get_by_label("Held on").fill("2021-02-30")
        form.get_by_role("button", name="Save", exact=True).click()
        expect(form.locator(".why[data-for=date_held]")).to_have_text("the calendar has no day 30/2/2021")


def test_a_value_is_corrected_by_keyboard_and_asked_about_where_it_is_not_the_articles(
    page: Page, address: str, job: Path
) -> None:
    opened(page, address)
    page.keyboard.press("e")
    page.keyboard.type("72")
    page.keyboard.press("Enter")
    expect(current(page).locator(".why[data-for=value]")).to_have_text("bài viết “27”, tức 27; vẫn ghi 72?")
    expect(current(page).get_by_label("Giá trị")).to_have_attribute("aria-invalid", "true")
    save(page, "review-asked")
    expect(page.get_by_role("button", name="Vẫn lưu")).to_be_focused()
    page.keyboard.press("Enter")
    expect(card(page, first("counts").key)).to_have_attribute("data-verdict", "changed")
    expect(card(page, first("counts").key)).to_contain_text("27 → 72 đảng viên")
    assert review_of(job).counts[0].value.value == 72  # type: ignore[union-attr]


def test_a_question_is_answered_with_escape_too(page: Page, address: str) -> None:
    opened(page, address)
    page.keyboard.press("e")
    page.keyboard.type("72")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Vẫn lưu")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Vẫn lưu")).to_have_count(0)
    expect(current(page)).to_have_attribute("data-verdict", "")


def test_nothing_is_there_to_type_in_until_it_is_asked_for(page: Page, address: str) -> None:
    """A browser takes seconds to open a page with the controls of hundreds of parts."""
    opened(page, address)
    expect(page.locator("form :is(input, select, textarea)")).to_have_count(0)
    page.keyboard.press("e")
    expect(page.locator("form :is(input, select, textarea)")).not_to_have_count(0)


def test_a_card_says_what_a_count_has_to_do_with_others(page: Page, address: str, job: Path) -> None:
    whole, part = whole_report().counts[1], whole_report().counts[3]
    key = f"counts:{part.at}:0"
    fields = count_fields(value=part.text, part_of=whole.text, whose="Đảng ủy Viện", direction="decrease")
    decided(job, {"key": key, "verdict": "changed", "fields": fields, "sure": True})
    opened(page, address)
    expect(card(page, key)).to_contain_text(f"(phần của {whole.text}, của Đảng ủy Viện, giảm đi)")


def test_a_card_says_what_became_of_a_sentence(page: Page, address: str, job: Path) -> None:
    item = first("shortcomings")
    words = " ".join(item.text.split()[:3])
    decided(job, {"key": item.key, "verdict": "changed", "fields": {"kind": "causes", "text": words}})
    opened(page, address)
    expect(card(page, item.key)).to_contain_text(f"→ Nguyên nhân → {words} ✓ đã sửa")


def test_the_summary_follows_what_is_corrected(page: Page, address: str) -> None:
    opened(page, address, stem("002"))  # whose report is that of the rules
    form = card(page, "organization")
    form.click(position={"x": 5, "y": 5})
    page.keyboard.press("e")
    form.get_by_label("Đơn vị").fill("Sở Giáo dục và Đào tạo")
    form.get_by_role("button", name="Lưu", exact=True).click()
    expect(card(page, "summary").locator(".value")).to_contain_text("Sở Giáo dục và Đào tạo tổ chức")


def test_the_next_article_is_the_next_in_doubt(page: Page, address: str) -> None:
    page.goto(address)
    order = [link.get_attribute("href") for link in page.locator("tbody a").all()]
    page.keyboard.press("Enter")
    for name in order[1:]:
        expect(current(page)).to_be_in_viewport()
        page.keyboard.press("n")
        page.wait_for_url(f"**/{(name or '').removeprefix('./')}*")


def test_a_refused_field_says_why_beside_it_and_what_was_typed_stays(
    page: Page, address: str, job: Path
) -> None:
    opened(page, address)
    form = card(page, "date_held")
    form.click()
    form.get_by_role("button", name="Sửa").click()
    form.get_by_label("Ngày họp").fill("30/2/2021")
    form.get_by_role("button", name="Lưu", exact=True).click()
    expect(form.locator(".why[data-for=date_held]")).to_have_text("lịch không có ngày 30/2/2021")
    expect(form.get_by_label("Ngày họp")).to_have_value("30/2/2021")
    page.keyboard.press("Escape")
    expect(form.locator(".why:visible")).to_have_count(0)
    page.keyboard.press("e")
    expect(form.get_by_label("Ngày họp")).to_have_value("03/02/2021")  # what is not saved is dropped
    page.keyboard.press("Escape")
    assert not (job / "reviews" / f"{whole_report().source.sha256}.json").exists()


KINDS = {
    "title": ("Tiêu đề", "Hội nghị Tổng kết Công tác Đảng"),
    "period_planned": ("Năm kế hoạch", "2021"),
    "organization": ("Đơn vị", "Viện KHGD Việt Nam"),
    "place": ("Địa điểm", "Viện KHGD Việt Nam"),
    "period": ("Năm tổng kết", "2021"),
    "date_published": ("Ngày đăng", "3/2/2021"),
    "summary": ("Tóm tắt", "Hội nghị có 27 đảng viên."),
    "people": ("Chức vụ", "Bí thư Đảng ủy Viện"),
    "elected": ("Được bầu làm", "Phó Bí thư"),
    "recipients": ("Khen thưởng", "Hoàn thành Xuất sắc nhiệm vụ"),
    "reports": ("Người trình bày", "Trần Huy Hoàng"),
    "shortcomings": ("Câu của bài", "Tuy nhiên"),
    "counts": ("Lời của bài", "đảng viên"),
}


@pytest.mark.parametrize("part", KINDS)
def test_a_part_of_every_kind_is_corrected_in_the_browser(
    page: Page, address: str, job: Path, part: str
) -> None:
    label, typed = KINDS[part]
    form = card(opened(page, address), first(part).key)
    form.click(position={"x": 5, "y": 5})
    form.get_by_role("button", name="Sửa").click()
    form.get_by_label(label, exact=True).fill(typed)
    form.get_by_role("button", name="Lưu", exact=True).click()
    expect(form).to_have_attribute("data-verdict", "changed")
    expect(form.locator(".by")).to_have_text("✓ đã sửa Hà")
    page.reload()
    expect(form).to_have_attribute("data-verdict", "changed")
    form.click(position={"x": 5, "y": 5})
    form.get_by_role("button", name="Sửa").click()
    shown = {"period": "2021", "date_published": "03/02/2021"}.get(part, typed)
    expect(form.get_by_label(label, exact=True)).to_have_value(shown)


def test_what_is_corrected_in_the_browser_is_in_every_format_of_the_next_export(
    page: Page, address: str, job: Path
) -> None:
    opened(page, address)
    for part, (label, typed) in KINDS.items():
        form = card(page, first(part).key)
        form.click(position={"x": 5, "y": 5})
        form.get_by_role("button", name="Sửa").click()
        form.get_by_label(label, exact=True).fill(typed)
        form.get_by_role("button", name="Lưu", exact=True).click()
        expect(form).to_have_attribute("data-verdict", "changed")
    formats = [option for name in ("xlsx", "parquet", "brief") for option in ("--format", name)]
    command = [sys.executable, "-m", "summarizer", "export", str(job), *formats]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    everywhere = {"Viện KHGD Việt Nam"}
    shown = {*everywhere, "Phó Bí thư", "Hội nghị có 27 đảng viên.", "Bí thư Đảng ủy Viện"}
    texts = {
        "reports.jsonl": (shown, (job / "reports.jsonl").read_text("utf-8").splitlines()[0]),
        "articles.csv": (
            {*everywhere, "Hội nghị có 27 đảng viên.", "Hà"},
            (job / "articles.csv").read_text("utf-8-sig"),
        ),
        "counts.csv": (everywhere, (job / "counts.csv").read_text("utf-8-sig")),
        "index.html": (everywhere, (job / "index.html").read_text("utf-8")),
        ".md": (shown, (job / "reports" / f"{FIRST}.md").read_text("utf-8")),
        ".html": (shown, (job / "reports" / f"{FIRST}.html").read_text("utf-8")),
        "report.xlsx": (everywhere, zipped(job / "report.xlsx")),
        "brief": (everywhere, zipped(next(job.rglob(f"{FIRST}*.docx")))),
        "parquet": (everywhere, str(pyarrow.parquet.read_table(job / "articles.parquet").to_pylist())),
    }
    missing = {
        name: wanted - {one for one in wanted if one in text} for name, (wanted, text) in texts.items()
    }
    assert not any(missing.values()), missing


def zipped(path: Path) -> str:
    """All text in an office file."""
    with zipfile.ZipFile(path) as file:
        return "".join(file.read(name).decode("utf-8", "replace") for name in file.namelist())


def test_a_person_is_added_and_the_page_shows_where(page: Page, address: str, job: Path) -> None:
    opened(page, address)
    form = card(page, "people:+")
    form.get_by_role("button", name="Thêm người").click()
    form.get_by_label("Họ tên").fill("văn phòng")
    form.get_by_label("trình bày").check()
    form.get_by_role("button", name="Lưu", exact=True).click()
    expect(current(page)).to_contain_text("Văn phòng · trình bày")
    expect(page.locator(".text .spot")).to_have_text("Văn phòng")
    assert review_of(job).people[0].value.roles == ("presenter",)  # type: ignore[union-attr]


def test_a_number_that_is_not_counted_is_made_a_count(page: Page, address: str, job: Path) -> None:
    place = whole_report().set_aside[-1]
    opened(page, address)
    page.locator(f".text a.aside[href='#i-counts-{place.at}-0']").click()
    page.keyboard.press("e")
    current(page).get_by_label("Lời của bài").fill("chi bộ")
    current(page).get_by_role("button", name="Lưu", exact=True).click()
    expect(card(page, f"counts:{place.at}:0")).to_have_attribute("data-verdict", "added")
    assert review_of(job).counts[0].at == place.at


def test_a_number_in_the_text_leads_to_what_is_to_be_decided_about_it(page: Page, address: str) -> None:
    opened(page, address)
    count = whole_report().counts[4]
    page.locator(f".text a.n[href='#i-counts-{count.at}-0']").click()
    expect(current(page)).to_contain_text(count.counted)
    expect(current(page)).to_be_in_viewport()


def test_one_stays_where_one_was_when_the_page_is_loaded_again(page: Page, address: str) -> None:
    opened(page, address)
    for _ in range(4):
        page.keyboard.press("ArrowDown")
    key = current(page).get_attribute("data-key")
    page.reload()
    expect(current(page)).to_have_attribute("data-key", key or "")


def test_the_rest_of_a_group_is_confirmed_at_once_and_the_article_finished(
    page: Page, address: str, job: Path
) -> None:
    opened(page, address)
    page.keyboard.press("d")
    expect(page.locator("#complete-why")).to_contain_text("chưa xét")
    current(page).get_by_role("button", name="Đúng").click()
    page.get_by_role("button", name="Xác nhận mọi mục còn lại").click()
    expect(left(page)).to_have_text("✓ Mọi mục đã được xét")
    page.get_by_role("button", name="Đã xem hết bài").click()
    expect(page.get_by_role("button", name="✓ Đã xem hết bài")).to_have_attribute("aria-pressed", "true")
    gold = job.parent / "gold"
    with JobArticles(job) as articles:
        assert write_gold(articles, Reviews(job), gold) == (1, 1, len(STEMS) - 1)
    label = json.loads((gold / "gold" / f"{FIRST}.json").read_text("utf-8"))
    text = (gold / "articles" / label["article"]).read_bytes().decode()
    assert text == article(FIRST)
    assert all(text[count["at"] :].startswith(count["text"]) for count in label["counts"])
    page.goto(address)
    expect(page.get_by_role("row", name="✓ xem hết")).to_have_count(1)


def test_two_servers_at_once_one_save_wins_and_the_other_is_told(page: Page, address: str, job: Path) -> None:
    opened(page, address)
    with serving(job) as second:
        other = page.context.new_page()
        opened(other, second)
        other.keyboard.press("x")
        expect(card(other, first("counts").key)).to_have_attribute("data-verdict", "struck")
        other.close()
    page.keyboard.press("Enter")
    expect(current(page).locator(".why").first).to_contain_text("vừa được Hà lưu; tải lại trang")
    assert [one.verdict for one in review_of(job).decisions()] == ["struck"]
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("[data-verdict=confirmed]")).to_have_count(1)
    assert len(list(review_of(job).decisions())) == 2


def test_a_server_that_is_gone_is_said_and_nothing_is_taken_for_saved(page: Page, job: Path) -> None:
    with serving(job) as address:
        opened(page, address)
    page.keyboard.press("Enter")
    expect(current(page).locator(".why").first).to_contain_text("chưa lưu")
    expect(current(page)).to_have_attribute("data-verdict", "")


def test_a_broken_review_file_is_said_in_the_list(page: Page, job: Path) -> None:
    decided(job, {"key": "place", "verdict": "struck"})
    (job / "reviews" / "hỏng.json").write_text("{", encoding="utf-8")
    with serving(job) as address:
        page.goto(address)
        expect(page.get_by_role("alert")).to_contain_text("hỏng.json: bỏ qua vì")
        expect(page.locator("tbody tr")).to_have_count(len(STEMS))


BODY = json.dumps({"decisions": [{"key": "place", "verdict": "struck"}]})


def test_another_page_of_the_browser_cannot_post(page: Page, address: str, job: Path, tmp_path: Path) -> None:
    form = f"<form method=post enctype=text/plain action='{address}{FIRST}'><button name='{BODY}'>x</button></form>"
    (tmp_path / "evil.html").write_text(form, encoding="utf-8")
    page.goto((tmp_path / "evil.html").as_uri())
    page.get_by_role("button").click()
    expect(page.locator("body")).to_contain_text("only a page of this server")
    assert not (job / "reviews").exists()


def test_the_address_with_its_token_is_needed(address: str) -> None:
    origin = f"http://{urlsplit(address).netloc}"
    assert ask(address) == 200
    assert ask(address, "/") == 404
    assert ask(address, "/wrong/") == 404
    assert ask(address, f"/wrong/{FIRST}", method="POST", body=BODY, origin=origin) == 404
    assert ask(address, host="evil.example:80") == 421
    assert ask(address, FIRST, method="POST", body=BODY) == 403
    assert ask(address, FIRST, method="POST", body=BODY, origin="http://evil.example") == 403
    assert ask(address, FIRST, method="POST", body=BODY, origin=origin) == 200
    assert ask(address, "nothing", method="POST", body=BODY, origin=origin) == 404


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ("", 400),
        ("{", 400),
        ("[]", 400),
        ('{"decisions": [{"key": "place", "verdict": "burned"}]}', 400),
        ('{"decisions": [{"key": 7, "verdict": "struck"}]}', 400),
        ('{"reviewer": "' + "x" * 5_000_000 + '"}', 413),
    ],
    ids=["nothing", "half", "a list", "no verdict", "no key", "too much"],
)
def test_what_the_pages_would_not_send_is_refused(address: str, job: Path, body: str, status: int) -> None:
    origin = f"http://{urlsplit(address).netloc}"
    assert ask(address, FIRST, method="POST", body=body, origin=origin) == status
    assert not (job / "reviews").exists()


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
    current(phone).get_by_role("button", name="Đúng").tap()
    expect(left(phone)).to_contain_text("Còn")
    save(phone, "review-phone")


def test_the_dark_page_can_be_read(page: Page, address: str) -> None:
    page.emulate_media(color_scheme="dark")
    opened(page, address)
    expect(current(page)).to_be_visible()
    save(page, "review-dark")
