"""The evidence page: everything the report says is a link to its place, and nothing in it runs."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from summarizer.outputs.pages import evidence_page
from summarizer.schemas.report import LeftOut, MeetingReport, Reading
from tests.browser import save
from tests.pages.gold_reports import EVALS, STEMS, article, gold_report, rules_report, stem


def page_of(name: str) -> str:
    return evidence_page(gold_report(name), article(name))


def opened(page: Page, folder: Path, html: str) -> Page:
    path = folder / "trang.html"
    path.write_text(html, encoding="utf-8")
    page.goto(path.as_uri())
    return page


@pytest.mark.parametrize("name", STEMS)
def test_every_link_has_its_target_and_every_id_is_one(name: str) -> None:
    html = page_of(name)
    ids = re.findall(r' id="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r' href="#([^"]+)"', html)) <= set(ids)


@pytest.mark.parametrize("name", STEMS)
def test_every_count_leads_to_its_number_and_back(name: str) -> None:
    html = page_of(name)
    for count in gold_report(name).counts:
        row = html[html.index(f'<tr id="c{count.at}">') :].partition("</tr>")[0]
        target = re.search(r'href="#(t\d+-\d+)"', row)
        assert target
        number = re.search(
            rf'<a class="n [^"]*" id="{target[1]}"[^>]* href="#c{count.at}"[^>]*>([^<]*)</a>', html
        )
        assert number
        assert number[1].startswith(count.text)


def test_a_count_without_a_word_of_its_own_is_told_by_the_words_before_it() -> None:
    name = stem("002")
    money = next(count for count in gold_report(name).counts if count.unit == "money")
    alone = money.model_copy(update={"counted": money.text, "counted_at": None})
    html = evidence_page(gold_report(name).model_copy(update={"counts": (alone,)}), article(name))
    row = html[html.index(f'<tr id="c{money.at}">') :].partition("</tr>")[0]
    assert "với số tiền" in row


def test_a_number_in_the_text_says_its_unit_and_what_it_counts() -> None:
    html = evidence_page(rules_report(stem("002")), article(stem("002")))
    assert 'title="đảng viên — 100% đảng viên học tập' in html
    assert 'title="tiền — 2.300 tỷ đồng"' in html


def test_what_the_model_confirmed_is_ticked() -> None:
    report = rules_report(stem("002"))
    first, *others = report.counts
    agreed = report.model_copy(update={"counts": (first.model_copy(update={"certainty": "agreed"}), *others)})
    html = evidence_page(agreed, article(stem("002")))
    assert "(1 ✓)" in html
    assert html.count('đọc như nhau">✓<') == 1
    assert "đọc như nhau" not in evidence_page(report, article(stem("002")))


def test_a_share_with_a_grade_stands_in_the_table_of_grades() -> None:
    report = rules_report(stem("002"))
    html = evidence_page(report, article(stem("002")))
    matrix = html[html.index('class="matrix"') :].partition("</table>")[0]
    assert ">100%</a>" in matrix


def test_a_page_asks_nothing_of_the_network() -> None:
    html = page_of(stem("002"))
    assert not re.search(r"""(src|href|action)\s*=\s*["'](?!#)|url\(|@import""", html)


def test_what_does_not_stand_in_the_text_is_said_and_not_linked() -> None:
    report = gold_report(stem("000"))
    moved = report.counts[0].model_copy(update={"at": report.counts[0].at + 1})
    html = evidence_page(report.model_copy(update={"counts": (moved,)}), article(stem("000")))
    row = html[html.index(f'<tr id="c{moved.at}">') :].partition("</tr>")[0]
    assert "href" not in row
    assert "không tìm thấy trong bài" in row


def test_a_number_that_the_report_does_not_know_is_shown_as_not_anchored() -> None:
    report = gold_report(stem("000"))
    lost = report.counts[-1]
    html = evidence_page(report.model_copy(update={"counts": report.counts[:-1]}), article(stem("000")))
    assert f'<a class="loose" id="t{lost.at}-{lost.end}"' in html
    assert f'<li id="u{lost.at}">' in html


def test_both_readings_of_a_doubtful_count_are_shown_first() -> None:
    report = gold_report(stem("000"))
    readings = (
        Reading(by="rules", counted="tổ chức đảng", subject="party_organization"),
        Reading(by="model", counted="chi bộ", subject="party_cell", grade="good"),
    )
    doubtful = report.counts[0].model_copy(update={"certainty": "doubtful", "readings": readings})
    html = evidence_page(
        report.model_copy(update={"counts": (doubtful, *report.counts[1:])}), article(stem("000"))
    )
    section = html[html.index('<section id="doubtful"') : html.index('id="header-title"')]
    assert "Theo bảng từ đọc: “tổ chức đảng” → tổ chức đảng" in section
    assert "Mô hình đọc: “chi bộ” → chi bộ · hoàn thành tốt" in section


def hostile() -> tuple[MeetingReport, str]:
    attack = "<script>window.hit=1</script><img src=x onerror='window.hit=1'>&lt;b&gt; {{ 7*7 }} {% raw %}"
    text = article(stem("000")) + attack
    report = gold_report(stem("000"))
    return (
        report.model_copy(
            update={
                "title": attack,
                "organization": attack,
                "left_out": (LeftOut(field=attack, text=attack, why=attack),),
                "summary": '"><svg onload="window.hit=1">',
                "counts": (report.counts[0].model_copy(update={"heading": attack, "given_by": attack}),),
            }
        ),
        text,
    )


def test_markup_in_an_article_is_shown_as_text_and_never_runs(page: Page, tmp_path: Path) -> None:
    report, text = hostile()
    opened(page, tmp_path, evidence_page(report, text))
    assert page.evaluate("window.hit") is None
    expect(page.locator("article.text")).to_contain_text("<script>window.hit=1</script>")
    expect(page.locator("article.text")).to_contain_text("{{ 7*7 }}")
    assert page.locator("img, script, svg").count() == 0


def test_the_policy_stops_markup_even_where_it_got_in(page: Page, tmp_path: Path) -> None:
    attack = (
        "<script>window.hit=1</script><img src=x onerror='window.hit=1'><style>body{display:none}</style>"
    )
    opened(page, tmp_path, page_of(stem("000")).replace("<main>", attack + "<main>"))
    assert page.evaluate("window.hit") is None
    expect(page.locator("body")).to_be_visible()


def test_the_page_says_in_its_style_that_all_of_it_applies(page: Page, tmp_path: Path) -> None:
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text))
    opened(page, tmp_path, page_of(stem("002")))
    assert refused == []
    assert page.evaluate("getComputedStyle(document.querySelector('main')).display") == "grid"


def test_a_click_on_a_finding_shows_the_number_in_the_text_and_a_click_leads_back(
    page: Page, tmp_path: Path
) -> None:
    opened(page, tmp_path, page_of(stem("002")))
    number = page.locator("article.text .n", has_text="4/4")
    expect(number).not_to_be_in_viewport()
    page.locator("#f1 .context a", has_text="4/4").click()
    expect(number).to_be_in_viewport()
    expect(page.locator(":target")).to_have_text("4/4")
    number.click()
    expect(page.locator("tr:target")).to_contain_text("chi bộ được đánh giá hoàn thành tốt nhiệm vụ")
    expect(page.locator("tr:target")).to_be_in_viewport()
    page.locator("article.text .n", has_text="4/4").locator("+ .back").click()
    expect(page.locator("#f1")).to_be_in_viewport()


def test_the_heading_leads_to_the_title_in_the_text(page: Page, tmp_path: Path) -> None:
    opened(page, tmp_path, page_of(stem("001")))
    page.get_by_role("heading", level=1).get_by_role("link").click()
    expect(page.locator(".text :target")).to_contain_text(gold_report(stem("001")).title or "")
    expect(page.locator(".text :target")).to_be_in_viewport()


def test_the_keyboard_reaches_the_number(page: Page, tmp_path: Path) -> None:
    opened(page, tmp_path, page_of(stem("002")))
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Đến báo cáo")
    page.locator("#f1 .context a", has_text="01").focus()
    page.keyboard.press("Enter")
    expect(page.locator(":target")).to_have_text("01")
    page.keyboard.press("Enter")
    expect(page.locator("tr:target")).to_contain_text("hoàn thành xuất sắc")


def test_labels_of_the_numbers_can_be_chosen(page: Page, tmp_path: Path) -> None:
    opened(page, tmp_path, page_of(stem("002")))
    label = "e => getComputedStyle(e, '::after').content"
    count, aside = page.locator("article.text .n").first, page.locator("article.text .aside").first
    assert "chi bộ" in count.evaluate(label)
    assert aside.evaluate(label) == "none"
    page.get_by_label("mọi số").check()
    assert "ngày tháng" in aside.evaluate(label)
    page.get_by_label("không", exact=True).check()
    assert count.evaluate(label) == "none"


def test_a_phone_shows_one_column_and_jumps_between_the_two(phone: Page, tmp_path: Path) -> None:
    opened(phone, tmp_path, page_of(stem("002")))
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
    phone.get_by_role("navigation").get_by_role("link", name="Bài viết").click()
    expect(phone.locator("article.text")).to_be_in_viewport()


def test_dark_mode_and_paper(page: Page, tmp_path: Path) -> None:
    opened(page, tmp_path, page_of(stem("002")))
    light = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.emulate_media(color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != light
    page.emulate_media(media="print", color_scheme="light")
    assert page.evaluate("getComputedStyle(document.querySelector('#report')).overflow") == "visible"
    expect(page.locator("nav.jump")).to_be_hidden()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_colour_can_be_read(page: Page, tmp_path: Path, scheme: str) -> None:
    """Contrast of at least 4.5 (WCAG 2 AA) for every kind of number, label and badge."""
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    opened(page, tmp_path, page_of(stem("002")))
    poor = page.evaluate(
        """() => {
      const rgb = s => (s.match(/[\\d.]+/g) || []).map(Number);
      const lum = c => [0, 1, 2].map(i => c[i] / 255).map(v => v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4)
        .reduce((sum, v, i) => sum + v * [.2126, .7152, .0722][i], 0);
      const ground = e => { for (; e; e = e.parentElement) { const c = rgb(getComputedStyle(e).backgroundColor);
        if (c.length < 4 || c[3] > .99) return c; } return [255, 255, 255]; };
      return [...document.querySelectorAll('.n, .aside, .badge, small, a, dt, p, h2, h3, .text')].filter(e => {
        const a = lum(rgb(getComputedStyle(e).color)), b = lum(ground(e));
        return (Math.max(a, b) + .05) / (Math.min(a, b) + .05) < 4.5;
      }).map(e => e.outerHTML.slice(0, 120));
    }"""
    )
    assert poor == []


def test_the_pictures_of_the_page(page: Page, phone: Page, tmp_path: Path) -> None:
    """A report by the rules alone, as anyone gets it: a finding is shown with its place in the text."""
    html = evidence_page(rules_report(stem("002")), article(stem("002")), index_href="index.html")
    opened(page, tmp_path, html)
    page.locator("#findings .context a").last.click()
    expect(page.locator(".text :target")).to_be_in_viewport()
    save(page, "evidence-desktop")
    page.emulate_media(color_scheme="dark")
    save(page, "evidence-dark")
    opened(phone, tmp_path, html)
    save(phone, "evidence-phone")
    phone.locator("#findings .context a").last.tap()
    expect(phone.locator(".text :target")).to_be_in_viewport()
    save(phone, "evidence-phone-article")


FIRST_PAGE = """
import time
from summarizer.outputs.pages import evidence_page
from tests.pages.gold_reports import article, gold_report, stem
report, text = gold_report(stem("002")), article(stem("002"))
began = time.perf_counter()
page = evidence_page(report, text)
print(time.perf_counter() - began, len(page.encode()))
"""


def test_a_long_article_has_a_small_page_and_the_first_one_of_a_process_is_quick() -> None:
    """The best of three processes, since other work on the machine is not the page's."""
    seconds, size = min(_first_page() for _ in range(3))
    print(f"first page of a process in {seconds * 1000:.1f} ms, {size:,} bytes")
    assert size < 300_000
    assert seconds < 0.030


def _first_page() -> tuple[float, int]:
    run = subprocess.run(
        [sys.executable, "-c", FIRST_PAGE], capture_output=True, text=True, check=True, cwd=EVALS.parent
    )
    seconds, size = run.stdout.split()
    return float(seconds), int(size)
