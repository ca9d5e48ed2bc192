"""The collection at a glance: every article in the table, every figure a way to the articles behind it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from summarizer.outputs.pages import Failed
from summarizer.schemas.report import MeetingReport, Provenance
from tests.browser import save
from tests.outputs.test_sums import related
from tests.pages.gold_reports import STEMS, gold_report, rules_report, stem
from tests.pages.many import many, write_collection

ENTRIES: list[tuple[str, MeetingReport | Failed, str | None]] = [
    *((f"{name}.txt", related(name[:3]), f"pages/{name}.html") for name in STEMS),
    ("hỏng.txt", Failed("is <empty>"), None),
]


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("large")
    write_collection(many(5000), folder)
    return folder / "index.html"


@pytest.fixture
def index(page: Page, tmp_path: Path) -> Page:
    write_collection(ENTRIES, tmp_path)
    page.goto((tmp_path / "index.html").as_uri())
    return page


def names(page: Page) -> list[str]:
    return page.locator("#articles tbody td:nth-child(3)").all_inner_texts()


def test_every_article_is_a_row_that_leads_to_its_page(tmp_path: Path) -> None:
    write_collection(ENTRIES, tmp_path)
    html = (tmp_path / "index.html").read_text("utf-8")
    assert html.count("<tr data-g=") == len(ENTRIES)
    assert all(f'href="pages/{name}.html"' in html for name in STEMS)
    assert "is &lt;empty&gt;" in html


def test_an_empty_collection_is_a_page_too(tmp_path: Path) -> None:
    write_collection([], tmp_path)
    assert "Tổng hợp 0 bài" in (tmp_path / "index.html").read_text("utf-8")


def test_more_articles_than_a_page_holds_go_on_in_the_next(tmp_path: Path) -> None:
    failed = [(f"{number}.txt", Failed("trống"), None) for number in range(5_001)]
    write_collection(failed, tmp_path)
    second = (tmp_path / "index-2.html").read_text("utf-8")
    assert second.count("<tr data-g=") == 1
    assert "Tổng hợp 5.001 bài" in second
    write_collection(failed[:3], tmp_path)
    assert not (tmp_path / "index-2.html").exists()


def test_nothing_is_written_where_the_articles_end_in_an_error(tmp_path: Path) -> None:
    def broken() -> Iterator[tuple[str, MeetingReport | Failed, str | None]]:
        yield ENTRIES[0]
        raise RuntimeError

    with pytest.raises(RuntimeError):
        write_collection(broken(), tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_the_same_text_twice_is_added_up_once(tmp_path: Path) -> None:
    write_collection([ENTRIES[0], ("bản sao.txt", ENTRIES[0][1], None)], tmp_path)
    html = (tmp_path / "index.html").read_text("utf-8")
    assert "<b>176</b> đảng viên được xếp loại" in html
    assert "1 bài trùng nguyên văn" in html
    assert html.count("<small>trùng nguyên văn với một bài khác, không cộng</small>") == 1


@pytest.mark.parametrize(("model", "profile", "said"), [("none", "none", True), ("qwen", "large", False)])
def test_the_index_says_that_no_model_compared(tmp_path: Path, model: str, profile: str, said: bool) -> None:
    made = Provenance(model=model, profile=profile, version="0")
    report = gold_report(stem("003")).model_copy(update={"provenance": made})
    write_collection([("a.txt", report, None)], tmp_path)
    assert ("1 bài chỉ do bảng từ đọc" in (tmp_path / "index.html").read_text("utf-8")) is said


def figures(page: Page, first: int, last: int) -> list[int]:
    """The numbers of some columns of the table that are in sums."""
    cells = page.locator(f"#articles tbody td:nth-child(n+{first}):nth-child(-n+{last}) > a")
    return [number_in(words) for words in cells.all_inner_texts()]


@pytest.mark.parametrize(
    ("card", "first", "last"),
    [("đảng viên được xếp loại", 4, 7), ("tổ chức đảng, chi bộ được xếp loại", 9, 12)],
)
def test_the_figures_at_the_top_are_the_sums_of_the_numbers_in_their_columns(
    index: Page, card: str, first: int, last: int
) -> None:
    link = index.locator(".cards li", has=index.get_by_text(card, exact=False)).filter(has_text=card).first
    shown = number_in(link.locator("b").inner_text())
    assert shown == sum(figures(index, first, last)) == {4: 57 + 177 + 4 + 10, 9: 5 + 20 + 1}[first]
    link.locator("a").click()
    assert sum(figures(index, first, last)) == shown


def test_a_number_of_the_table_leads_to_its_place_on_the_articles_page(index: Page) -> None:
    links = index.locator("#articles tbody tr", has_text="Viện Khoa học").locator("td:nth-child(5) a")
    assert links.get_attribute("href") == f"pages/{stem('000')}.html#c1872"


def test_a_number_that_is_in_no_sum_is_struck_through_and_says_why(index: Page) -> None:
    row = index.locator("#articles tbody tr", has_text="Sở GDĐT")
    struck = row.locator("td s")
    assert struck.all_inner_texts() == ["17", "4"]
    assert struck.nth(0).get_attribute("title") == "của đơn vị khác hoặc không rõ của ai"
    assert struck.nth(1).get_attribute("title") == "bài tự mâu thuẫn"
    index.get_by_role("link", name="2 số có xếp loại không cộng được").click()
    assert len(names(index)) == 1


class TestOneBodyInSeveralArticles:
    def entries(self, again: int) -> list[tuple[str, MeetingReport | Failed, str | None]]:
        """Article 003 twice, the second with another spelling and with another number of cells."""
        report = gold_report(stem("003"))
        spelled = "Đảng uỷ Trường ĐH Công nghiệp Việt Trì"
        first, *others = report.counts
        second = report.model_copy(
            update={
                "organization": spelled,
                "source": report.source.model_copy(update={"sha256": "cd" * 32}),
                "counts": (first.model_copy(update={"value": again}), *others),
            }
        )
        return [("a.txt", report, "a.html"), ("b.txt", second, "b.html"), ("c.txt", report, "c.html")]

    def test_it_has_one_name_and_its_figures_count_once(self, page: Page, tmp_path: Path) -> None:
        write_collection(self.entries(2), tmp_path)
        page.goto((tmp_path / "index.html").as_uri())
        assert {name.split("\n")[0] for name in names(page)} == {gold_report(stem("003")).organization}
        expect(page.locator(".cards")).to_contain_text("13 đảng viên được xếp loại")
        page.locator("#articles .many").first.click()
        expect(page.locator(".chosen")).to_contain_text("Đại học Công nghiệp Việt Trì")
        assert len(names(page)) == 3

    def test_different_figures_of_one_year_are_in_no_sum(self, page: Page, tmp_path: Path) -> None:
        write_collection(self.entries(3), tmp_path)
        page.goto((tmp_path / "index.html").as_uri())
        expect(page.locator(".cards")).to_contain_text("0 tổ chức đảng, chi bộ được xếp loại")
        titles = page.locator("#articles td s").evaluate_all("all => all.map(s => s.title)")
        assert titles.count("không rõ có trùng nhau không") == 2


def test_articles_can_be_chosen_by_the_kind_of_meeting_and_the_province(page: Page, tmp_path: Path) -> None:
    entries = [(f"{name}.txt", rules_report(name), f"{name}.html") for name in STEMS]
    write_collection(entries, tmp_path)
    page.goto((tmp_path / "index.html").as_uri())
    page.get_by_role("link", name="Hội nghị viên chức, người lao động").click()
    assert len(names(page)) == 1
    page.locator("#loai").select_option("Hội nghị tổng kết")
    assert len(names(page)) == 4
    page.locator("#loai").select_option("tất cả")
    assert len(names(page)) == 5


def test_articles_can_be_chosen_by_year(index: Page) -> None:
    index.locator("#nam").select_option("2020")
    years = index.locator("#articles tbody td:nth-child(2)").all_inner_texts()
    assert set(years) == {"2020"}
    assert len(years) == 4


def test_the_row_of_sums_is_that_of_the_articles_shown(index: Page) -> None:
    def sums() -> list[int]:
        return [
            number_in(words or "0") for words in index.locator("#articles .sums td").all_inner_texts()[:10]
        ]

    every = sums()
    assert every == [sum(figures(index, column, column)) for column in range(4, 14)]
    index.locator("#nam").select_option("2021")
    assert every != sums() == [sum(figures(index, column, column)) for column in range(4, 14)]
    index.get_by_role("searchbox").fill("không có bài này")
    assert sums() == [0] * 10


def test_a_figure_of_several_numbers_leads_to_each(page: Page, tmp_path: Path) -> None:
    report = gold_report(stem("000"))
    good = next(count for count in report.counts if (count.subject, count.grade) == ("party_member", "good"))
    whole = good.model_copy(update={"at": 0, "text": "172", "value": 172, "grade": None})
    parts = [
        one.model_copy(update={"part_of": 0, **({"grade": "good"} if one.grade == "excellent" else {})})
        for one in report.counts
        if one.subject == "party_member" and one.grade in ("excellent", "good")
    ]
    write_collection([("a.txt", report.model_copy(update={"counts": (whole, *parts)}), "a.html")], tmp_path)
    page.goto((tmp_path / "index.html").as_uri())
    cell = page.locator("#articles tbody td:nth-child(5)")
    expect(cell).to_have_text("27 + 145")
    places = cell.locator("a").evaluate_all("all => all.map(a => a.hash)")
    assert places == [f"#c{one.at}" for one in parts]
    expect(page.locator("#articles .sums td:nth-child(3)")).to_have_text("172")


def test_the_column_of_doubts_is_there_only_where_there_is_one(page: Page, tmp_path: Path) -> None:
    report = gold_report(stem("003"))
    write_collection([("a.txt", report, None)], tmp_path)
    page.goto((tmp_path / "index.html").as_uri())
    head = page.get_by_role("columnheader", name="nghi vấn")
    expect(head).to_be_hidden()
    doubtful = report.model_copy(update={"certainty": {"period": "doubtful"}})
    write_collection([("a.txt", doubtful, None)], tmp_path)
    page.reload()
    expect(head).to_be_visible()
    expect(page.locator("#articles tbody td:nth-child(15)")).to_have_text("1")


def test_an_english_index_has_no_vietnamese_but_the_articles(tmp_path: Path) -> None:
    write_collection([ENTRIES[3], ENTRIES[5]], tmp_path, "en")
    html = (tmp_path / "index.html").read_text("utf-8")
    report = gold_report(STEMS[3])
    html = re.sub(r"<(style|script).*?</\1>", "", html, flags=re.S)
    for words in (report.organization, report.title, "hỏng"):
        html = html.replace(str(words), "")
    assert set(re.findall(r"\w*[à-ỹđ]\w*", html)) == set()


def number_in(words: str) -> int:
    return int(words.replace(".", ""))


@pytest.mark.parametrize(
    ("card", "expected"), [("bài tự mâu thuẫn", ["001", "002"]), ("bài không đọc được", ["hỏng"])]
)
def test_a_figure_leads_to_its_articles(index: Page, card: str, expected: list[str]) -> None:
    index.locator(".cards a", has_text=card).click()
    expect(index.locator("#articles tbody td:nth-child(3)")).to_have_count(len(expected))
    rows = names(index)
    for name, row in zip(expected, rows, strict=True):
        assert name in row or gold_report(stem(name)).organization in row  # type: ignore[operator]
    index.get_by_role("link", name="bỏ lọc").click()
    expect(index.locator("#articles tbody td:nth-child(3)")).to_have_count(len(ENTRIES))


def test_a_bar_leads_to_its_articles(index: Page) -> None:
    index.locator("svg a[aria-label='2020: 177 đảng viên, hoàn thành tốt']").click()
    expect(index.locator(".chosen")).to_contain_text("năm 2020 · đảng viên: hoàn thành tốt")
    assert sum(figures(index, 5, 5)) == 177


def test_the_chart_says_the_same_as_its_table(index: Page) -> None:
    says = index.locator(".charts figure svg a").evaluate_all(
        "all => all.map(a => a.getAttribute('aria-label'))"
    )
    index.locator(".charts details").evaluate_all("all => all.forEach(d => { d.open = true; })")
    cells = index.locator(".charts figure td").all_inner_texts()
    assert sorted(re.search(r": ([\d.]+) ", label)[1] for label in says) == sorted(filter(None, cells))  # type: ignore[index]


def test_a_contradiction_leads_to_its_place_on_the_page(index: Page) -> None:
    link = index.locator("section[aria-labelledby=contradictions] a").first
    assert link.get_attribute("href") == f"pages/{stem('001')}.html#f1"


def test_of_several_contradictions_the_first_is_told_with_how_many_there_are_more(index: Page) -> None:
    told = index.locator("section[aria-labelledby=contradictions] li", has_text="Sở GDĐT").locator("small")
    assert "4/4 chi bộ" in told.inner_text()
    assert told.inner_text().endswith("… và 1 mục nữa")


def test_every_number_of_a_contradiction_is_marked_also_where_it_is_in_a_sum(index: Page) -> None:
    row = index.locator("#articles tbody tr", has_text="Sở GDĐT")
    marked = row.get_by_title("bài tự mâu thuẫn", exact=True).locator("a").or_(row.locator("a.warned"))
    assert sorted(marked.all_inner_texts()) == ["1", "10", "4"]


def test_a_row_has_no_mark_of_doubt_or_contradiction_without_one(index: Page) -> None:
    row = index.locator("#articles tbody tr", has_text="Viện Khoa học")
    assert row.locator("td:nth-child(n+14):not(:empty)").count() == 0


def test_search_finds_words_without_their_marks(index: Page) -> None:
    index.get_by_role("searchbox").fill("dang bo so gddt")
    assert len(names(index)) == 1
    expect(index.locator("#status")).to_have_text("Hiện 1–1 trong 1 bài")
    index.get_by_role("searchbox").fill("không có bài này")
    expect(index.locator("#status")).to_have_text("Không có bài nào như vậy")


def test_columns_sort_both_ways_and_empty_cells_stay_last(index: Page) -> None:
    good = index.get_by_role("button", name="tốt", exact=True).first
    good.click()
    assert index.locator("th[aria-sort=descending]").inner_text().startswith("tốt")
    assert index.locator("#articles tbody td:nth-child(5)").all_inner_texts()[:2] == ["145", "32"]
    good.click()
    assert index.locator("#articles tbody td:nth-child(5)").all_inner_texts()[:2] == ["32", "145"]
    index.get_by_role("button", name="Ngày họp").click()
    days = [day for day in index.locator("#articles tbody td:nth-child(1)").all_inner_texts() if day]
    assert days == sorted(days, key=lambda day: day.split("/")[::-1], reverse=True)


def test_the_keyboard_sorts(index: Page) -> None:
    index.get_by_role("button", name="Năm").focus()
    index.keyboard.press("Enter")
    expect(index.locator("th[aria-sort]")).to_have_text("Năm")


def test_markup_in_a_report_is_text(page: Page, tmp_path: Path) -> None:
    attack = "<script>window.hit=1</script><img src=x onerror='window.hit=1'>"
    report = gold_report(STEMS[1]).model_copy(
        update={"organization": attack, "title": attack + "\n", "kind": attack}
    )
    write_collection([(attack, report, "a.html"), (attack, Failed(attack), None)], tmp_path)
    page.goto((tmp_path / "index.html").as_uri())
    assert page.evaluate("window.hit") is None
    assert attack in names(page)[0]
    assert page.locator("img").count() == 0


def test_nothing_is_refused_by_the_pages_own_policy_and_nothing_is_fetched(index: Page) -> None:
    refused: list[str] = []
    asked: list[str] = []
    index.on("console", lambda message: refused.append(message.text))
    index.on("request", lambda request: asked.append(request.url))
    index.reload()
    assert refused == []
    assert len(asked) == 1


def test_without_scripts_the_whole_table_stands_there(browser: Browser, tmp_path: Path) -> None:
    write_collection(ENTRIES, tmp_path)
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((tmp_path / "index.html").as_uri())
    expect(page.locator("#articles tbody tr")).to_have_count(len(ENTRIES))
    expect(page.get_by_text("bảng dưới đây có đủ các bài")).to_be_visible()
    context.close()


def test_without_scripts_a_figure_leads_to_what_the_page_says_of_it(browser: Browser, tmp_path: Path) -> None:
    write_collection(many(300), tmp_path)
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((tmp_path / "index.html").as_uri())
    for card, heading in (
        ("bài tự mâu thuẫn", "Bài tự mâu thuẫn"),
        ("đảng viên được xếp loại", "Đảng viên theo năm"),
    ):
        page.locator(".cards a", has_text=card).click()
        expect(page.get_by_role("heading", name=heading)).to_be_in_viewport()
    context.close()


@pytest.fixture(scope="module")
def parts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twelve thousand articles in three parts; a thing to find in the last."""
    folder = tmp_path_factory.mktemp("parts")
    report = gold_report(STEMS[0])
    failed = [(f"{number:05d}.txt", Failed("trống"), None) for number in range(12_000)]
    write_collection([*failed[:5_005], (f"{STEMS[0]}.txt", report, None), *failed[5_005:]], folder)
    return folder / "index.html"


def test_a_search_goes_on_in_the_other_parts(page: Page, parts: Path) -> None:
    page.goto(parts.as_uri())
    page.get_by_role("searchbox").fill("11999")
    expect(page.locator("#status")).to_have_text("Không có bài nào như vậy của phần này")
    expect(page.locator(".parts")).to_contain_text("Tìm tiếp “11999” ở phần")
    page.locator(".parts a", has_text="3").click()
    expect(page.get_by_role("searchbox")).to_have_value("11999")
    expect(page.locator("#articles tbody tr")).to_have_count(1)
    assert names(page) == ["11999.txt\ntrống"]
    page.go_back()
    expect(page.get_by_role("searchbox")).to_have_value("11999")


def test_a_filter_says_how_many_there_are_in_each_part(page: Page, parts: Path) -> None:
    page.goto(parts.as_uri())
    assert page.locator(".parts :is(a, b)").all_inner_texts() == ["1", "2", "3"]
    page.locator(".cards a", has_text="đảng viên được xếp loại").click()
    assert page.locator(".parts :is(a, b)").all_inner_texts() == ["1: 0 bài", "2: 1 bài", "3: 0 bài"]
    page.locator(".parts a", has_text="2:").click()
    expect(page.locator("#articles tbody tr")).to_have_count(1)
    page.locator(".cards a", has_text="bài không đọc được").click()
    texts = page.locator(".parts :is(a, b)").all_inner_texts()
    assert texts == ["1: 5.000 bài", "2: 4.999 bài", "3: 2.001 bài"]


def test_a_phone_shows_the_articles_as_cards(phone: Page, tmp_path: Path) -> None:
    write_collection(many(200), tmp_path)
    phone.goto((tmp_path / "index.html").as_uri())
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
    save(phone, "index-phone")
    phone.locator("#list").scroll_into_view_if_needed()
    save(phone, "index-phone-list")


def test_five_thousand_articles_are_a_small_page(page: Page, large: Path) -> None:
    assert large.stat().st_size < 5_000_000
    page.goto(large.as_uri())
    save(page, "index-desktop")
    page.emulate_media(color_scheme="dark")
    save(page, "index-dark")


def test_five_thousand_articles_can_be_turned_over(page: Page, large: Path) -> None:
    page.goto(large.as_uri())
    expect(page.locator("#status")).to_have_text("Hiện 1–100 trong 5.000 bài")
    page.get_by_role("button", name="Sau →").click()
    expect(page.locator("#status")).to_have_text("Hiện 101–200 trong 5.000 bài")
    page.get_by_role("searchbox").fill("số 4321")
    assert len(names(page)) == 1
