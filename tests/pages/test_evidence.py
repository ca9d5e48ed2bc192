"""The evidence page: everything the report says is a link to its place, and nothing in it runs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from summarizer.outputs.pages import evidence_page
from summarizer.schemas.report import (
    Difference,
    Elected,
    LeftOut,
    MeetingReport,
    Person,
    Provenance,
    Reading,
    ReviewMark,
)
from tests.browser import save
from tests.by_rules import article_of, counts_of
from tests.pages.gold_reports import STEMS, article, gold_report, rules_report, stem


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
    warned = {place.at for finding in report.findings for place in finding.places}
    first, *others = sorted(report.counts, key=lambda count: count.at in warned)
    agreed = report.model_copy(update={"counts": (first.model_copy(update={"certainty": "agreed"}), *others)})
    html = evidence_page(agreed, article(stem("002")))
    assert "(1 ✓)" in html
    assert html.count('title="hai cách đọc giống nhau">✓<') == 1
    assert "đọc giống nhau" not in evidence_page(report, article(stem("002")))


def test_what_a_contradiction_is_about_is_not_ticked() -> None:
    report = rules_report(stem("002"))
    warned = {place.at for finding in report.findings for place in finding.places}
    agreed = tuple(
        count.model_copy(update={"certainty": "agreed" if count.at in warned else "rules"})
        for count in report.counts
    )
    html = evidence_page(report.model_copy(update={"counts": agreed}), article(stem("002")))
    assert warned
    assert 'title="hai cách đọc giống nhau">✓<' not in html


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
    assert "Theo bảng từ:</span> “tổ chức đảng” → tổ chức đảng" in section
    assert "Theo mô hình:</span> “chi bộ” → chi bộ · hoàn thành tốt" in section


def test_what_a_reader_must_know_stands_above_everything() -> None:
    report = gold_report(stem("000")).model_copy(update={"warnings": ("Bài bị cắt.",), "meeting": False})
    top = evidence_page(report, article(stem("000"))).partition("<main>")[0]
    assert "⚠ Bài bị cắt." in top
    assert ">Bài không kể về một hội nghị cụ thể." in top  # which is no warning
    assert "chỉ do bảng từ đọc" in top


def two_readers() -> MeetingReport:
    """Article 000 as two readers may have read it, with everything that a report can say of certainty."""
    report = gold_report(stem("000"))
    text = article(stem("000"))
    speaker = Person(
        name="Trần Huy Hoàng",
        at=text.index("Trần Huy Hoàng"),
        post="Phó Bí thư Đảng ủy Viện",
        roles=("presenter",),
        certainty="doubtful",
    )
    chair = Person(name="Lê Anh Vinh", at=text.index("Lê Anh Vinh"), roles=("chair",), certainty="agreed")
    one = Elected(
        name="Lương Việt Thái",
        at=text.index("Lương Việt Thái"),
        post="Ủy viên",
        vote="45/47",
        certainty="model",
    )
    return report.model_copy(
        update={
            "people": (chair, speaker),
            "chairs": (chair,),
            "elected": (one,),
            "period_text": "năm 2020",
            "certainty": {"date_held": "doubtful", "organization": "agreed", "period_text": "model"},
            "differences": (Difference(field="date_held", rules="03/02/2021", model=None),),
            "provenance": Provenance(model="qwen", profile="large", version="0"),
        }
    )


def test_certainty_is_said_of_every_part_in_a_readers_words() -> None:
    html = evidence_page(two_readers(), article(stem("000")))

    def line(opening: str) -> str:
        return html[html.index(opening) :].partition("</li>" if "<li" in opening else "</div>")[0]

    assert "? còn nghi vấn" in line('<div id="h-date_held"')
    assert "badge" not in line('<div id="h-organization"')
    assert "chỉ mô hình đọc được" in line('<div id="h-period_text"')
    assert "Phó Bí thư Đảng ủy Viện · trình bày báo cáo" in line('<li id="p-people-0"')
    assert "? còn nghi vấn" in line('<li id="p-people-0"')
    assert "Ủy viên · phiếu: 45/47" in line('<li id="l-elected-0"')
    assert "chỉ mô hình đọc được" in line('<li id="l-elected-0"')
    assert "2 điều còn nghi vấn" in html
    doubts = html[html.index('<section id="doubtful"') : html.index('id="header-title"')]
    assert "<h3>Ngày họp</h3>" in doubts
    assert "Theo mô hình:</span> không thấy" in doubts


def test_a_report_that_was_reviewed_says_by_whom_and_when() -> None:
    mark = ReviewMark(reviewers=("Lan",), at="2026-03-05T08:00:00+07:00", complete=True)
    html = evidence_page(two_readers().model_copy(update={"review": mark}), article(stem("000")))
    assert "✓ Đã được Lan duyệt 05/03/2026" in html


def test_each_sum_leads_to_its_numbers_and_what_is_in_none_says_why() -> None:
    html = evidence_page(rules_report(stem("002")), article(stem("002")))
    sums = html[html.index('<section id="sums"') :].partition("</section>")[0]
    assert re.search(
        r'chi bộ <small class="badge">hoàn thành xuất sắc</small>.*?#t2094-2096.*?#t7613-7615', sums, re.S
    )
    assert re.search(r"bài tự mâu thuẫn</dt><dd>\s*<a href=\"#c2044\">4/4 [^<]+</a>", sums)


def test_numbers_that_are_added_stand_behind_their_sum() -> None:
    text = "Có 30 đảng viên, gồm 18 đảng viên miễn đánh giá, 12 đảng viên chưa đánh giá."
    counts = counts_of(article_of(text))
    report = rules_report(stem("000")).model_copy(update={"counts": counts, "findings": ()})
    html = evidence_page(report, text)
    sums = html[html.index('<section id="sums"') :].partition("</section>")[0]
    places = "".join(rf".*?#t{text.index(number)}-" for number in ("18", "12"))
    assert re.search(rf"không xếp loại</small>.*?30 = {places}", sums, re.S)


def test_relations_between_numbers_are_said() -> None:
    report = gold_report(stem("001"))
    part = {1813: 1785}
    counts = tuple(count.model_copy(update={"part_of": part.get(count.at)}) for count in report.counts)
    html = evidence_page(report.model_copy(update={"counts": counts}), article(stem("001")))
    row = html[html.index('<tr id="c1813">') :].partition("</tr>")[0]
    assert "phần của 8" in row


def test_an_english_page_has_no_vietnamese_but_the_articles() -> None:
    report = two_readers().model_copy(
        update={"differences": (Difference(field="date_held", rules="3/2/2021", model=None),)}
    )
    html = evidence_page(report, article(stem("000")), lang="en")
    labels = re.sub(r"<article class=\"text\".*?</article>", "", html, flags=re.S)
    told = {*report.model_dump_json().split(), *article(stem("000")).split()}
    words = re.findall(r"[^\W\d_]+", re.sub(r"<style>.*?</style>", "", labels, flags=re.S))
    article_words = {word for part in told for word in re.findall(r"[^\W\d_]+", part)}
    assert {word for word in words if re.search("[à-ỹđ]", word)} <= article_words
    assert '<html lang="en">' in html


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


def test_a_long_article_has_a_small_page() -> None:
    assert len(page_of(stem("002")).encode()) < 300_000


def test_a_summary_from_before_a_correction_has_no_tick() -> None:
    mark = ReviewMark(at="2021-02-03T00:00:00Z", summary_before=("place",))
    report = rules_report(stem("000")).model_copy(update={"review": mark})
    html = evidence_page(report, article(stem("000")))
    assert '<li class="bad">⚠ Tóm tắt có từ trước khi sửa' in html


def test_a_model_that_was_asked_nothing_is_not_named() -> None:
    made = Provenance(model="qwen", profile="small on llama.cpp", version="0")
    report = rules_report(stem("000")).model_copy(update={"provenance": made})
    html = evidence_page(report, article(stem("000")))
    assert "qwen" not in html
    assert "Báo cáo chỉ do bảng từ đọc" in html


def test_a_figure_is_bounded_as_the_article_bounds_it() -> None:
    text = "Tổng số có trên 2.500 đoàn viên. Năm qua, kết nạp 120 đoàn viên."
    counts = counts_of(article_of(text))
    report = rules_report(stem("000")).model_copy(update={"counts": counts, "findings": ()})
    html = evidence_page(report, text)
    sums = html[html.index('<section id="sums"') :].partition("</section>")[0]
    assert re.search(r">trên 2\.500( đoàn viên)?<", sums)


@pytest.mark.parametrize(
    ("text", "heading"),
    [("Chi bộ kết nạp 3 đảng viên.", False), ("Có 30 đảng viên, gồm 18 nam, kết nạp 12 đảng viên.", True)],
)
def test_there_is_no_heading_of_sums_where_none_is(text: str, heading: bool) -> None:
    counts = counts_of(article_of(text))
    report = rules_report(stem("000")).model_copy(update={"counts": counts, "findings": ()})
    assert ("Cộng được" in evidence_page(report, text)) is heading


def test_numbers_in_no_sum_have_their_nouns() -> None:
    html = evidence_page(rules_report(stem("002")), article(stem("002")))
    listed = html[html.index('<section id="sums"') :].partition("</section>")[0].partition("<details>")[2]
    links = re.findall(r'<a href="#c\d+">([^<]*)</a>', listed)
    assert links
    assert all(re.search(r"[^\W\d_]", words) for words in links)
