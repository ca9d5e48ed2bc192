"""The Markdown a person reads: warnings and doubts first, and nothing of the article can mark it up."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings

from summarizer.outputs.markdown import render
from summarizer.schemas.provenance import PartCost
from summarizer.schemas.report import (
    Count,
    Difference,
    Elected,
    Finding,
    LeftOut,
    MeetingReport,
    Person,
    Place,
    PresentedReport,
    Provenance,
    Quotation,
    Reading,
    Recipient,
    ReviewMark,
    Section,
    SetAside,
    Source,
)
from tests.commonmark import HOSTILE, parsed

SENTENCE = "Đảng bộ có 12 chi bộ hoàn thành tốt nhiệm vụ, 6.481 học viên và 75,2% trường đạt chuẩn."


def a_count(text: str, **fields: Any) -> Count:
    """A count of `SENTENCE`, of chi bộ unless said otherwise."""
    at = SENTENCE.index(text)
    values: dict[str, Any] = {
        "at": 100 + at,
        "text": text,
        "value": int(text) if text.isdigit() else 0,
        "unit": "count",
        "subject": "party_cell",
        "status": "result",
        "counted": SENTENCE[at + len(text) + 1 :][:8],
        "sentence": Quotation(at=100, text=SENTENCE),
        "certainty": "agreed",
    }
    return Count(**(values | fields))


CELLS = a_count("12", grade="good", counted="chi bộ hoàn thành tốt nhiệm vụ")
LEARNERS = a_count("6.481", value=6481, subject="learner", counted="học viên")
SHARE = a_count("75,2", value=75.2, unit="percent", subject="school", counted="trường đạt chuẩn")


def some_money(sentence: str, counted: str) -> Count:
    """An amount written `2.300` in a sentence."""
    return Count(
        at=100 + sentence.index("2.300"),
        text="2.300",
        value=2_300_000_000_000,
        unit="money",
        subject="money",
        status="result",
        counted=counted,
        sentence=Quotation(at=100, text=sentence),
        certainty="agreed",
    )


def a_report(**fields: Any) -> MeetingReport:
    values: dict[str, Any] = {
        "source": Source(name="bai.txt", sha256="ab" * 32, characters=7862),
        "title": "Hội nghị tổng kết năm 2020",
        "provenance": Provenance(model="none", profile="none", version="0.1.0"),
    }
    return MeetingReport(**(values | fields))


def a_full_report(say: Callable[[str], str] = str) -> MeetingReport:
    """A report with every part, whose texts are what `say` makes of plain ones."""
    reading = Reading(by="rules", counted=say("chi bộ"), subject="party_cell", grade="good")
    doubtful = a_count(
        "12",
        at=100_000,
        counted=say("chi bộ"),
        heading=say("Hệ A"),
        given_by=say("Đảng ủy"),
        qualifier=say("gần"),
        sentence=Quotation(at=99_999 - len(say("Có")), text=f"{say('Có')} 12 {say('chi bộ')}"),
        certainty="doubtful",
        readings=(reading, Reading(by="model", counted=say("đảng viên"), subject="party_member")),
    )
    person = Person(name=say("Lê Văn A"), at=1, post=say("Bí thư"))
    quotation = Section(at=5, text=say("Còn hạn chế."), certainty="doubtful")
    return a_report(
        source=Source(name=say("bai.txt"), location=say("thu/bai.txt"), sha256="ab" * 32, characters=7862),
        title=say("Hội nghị"),
        kind=say("Hội nghị tổng kết"),
        organization=say("Đảng ủy Sở"),
        parent=say("Tỉnh ủy"),
        place=say("Hội trường"),
        form="online",
        date_held="2021-02-03",
        date_published=say("05/02/2021"),
        period=2020,
        period_text=say("năm 2020"),
        warnings=(say("Bài bị cắt."),),
        people=(person.model_copy(update={"roles": ("chair", "speaker"), "certainty": "model"}),),
        chairs=(person,),
        elected=(Elected(name=say("Lê Văn C"), at=8, post=say("Bí thư"), vote=say("45/47 phiếu")),),
        certainty={"date_held": "doubtful", "organization": "agreed"},
        differences=(Difference(field="date_held", rules=say("ngày 3/2"), model=None, at=3),),
        reports=(PresentedReport(at=3, text=say("Báo cáo"), presenter=say("Lê Văn B")),),
        counts=(CELLS, LEARNERS, SHARE, doubtful, a_count("12", at=5, status="target")),
        set_aside=(SetAside(at=9, text=say("2020"), reason="year"),),
        recipients=(Recipient(at=4, text=say("Chi bộ 1"), award=say("giấy khen"), given_by=say("Đảng ủy")),),
        achievements=(quotation,),
        shortcomings=(quotation,),
        causes=(quotation,),
        directives=(quotation,),
        summary=say("Tóm tắt."),
        findings=(
            Finding(
                kind="parts_total",
                message=say("Không khớp."),
                arithmetic=say("1 + 1 = 2 ≠ 3"),
                places=(Place(at=LEARNERS.at, text=LEARNERS.text), Place(at=7, text=say("3"))),
            ),
        ),
        left_out=(LeftOut(field=say("chairs"), text=say("ai đó"), why=say("không có trong bài")),),
        provenance=Provenance(
            model=say("qwen"),
            endpoint=say("embedded"),
            profile="small",
            version=say("0.1.0"),
            parts={"counts": PartCost(questions=2, attempts=3, tokens_in=1500, tokens_out=70)},
            seconds=12.34,
        ),
    )


def section(markdown: str, heading: str) -> str:
    """What stands under a heading, down to the next one of its level."""
    level = heading.split(" ")[0]
    found = re.search(
        rf"^{re.escape(heading)}\n(.*?)(?=^#{{1,{len(level)}}} |^---|\Z)", markdown, re.M | re.S
    )
    assert found, f"no {heading}"
    return found[1].strip()


class TestTheHead:
    def test_title_and_who_when_where_come_first(self) -> None:
        head = render(a_full_report()).split("\n## ")[0].strip()
        assert head.split("\n") == [
            "# Hội nghị",
            "",
            "> ⚠ Bài bị cắt.",
            "> Mô hình chỉ được hỏi về một số con số mà bảng từ chưa chắc; phần còn lại do bảng từ đọc.",
            "",
            "- **Đơn vị:** Đảng ủy Sở (cấp trên: Tỉnh ủy)",
            "- **Tên hội nghị:** Hội nghị tổng kết",
            "- **Ngày họp:** 03/02/2021 **(? còn nghi vấn)** · **Địa điểm:** Hội trường · **Hình thức:** trực tuyến",
            "- **Năm tổng kết:** 2020 · **Kỳ tổng kết:** năm 2020 · **Ngày đăng:** 05/02/2021",
            "- **Chủ trì:** Lê Văn A, Bí thư",
            "- **Hai cách đọc khác nhau:**",
            "  - Ngày họp: theo bảng từ “ngày 3/2”; theo mô hình không thấy",
        ]

    def test_a_report_without_a_title_is_called_after_its_meeting_or_its_file(self) -> None:
        assert render(a_report(title=None, kind="Đại hội chi bộ")).startswith("# Đại hội chi bộ\n")
        assert render(a_report(title=None)).startswith("# bai.txt\n")
        assert render(a_report(title="\u200b")).startswith("# bai.txt\n")


class TestTheNumbers:
    def test_a_count_is_a_row_by_subject_programme_and_grade_with_the_words_of_what_it_counts(self) -> None:
        excellent = a_count("12", grade="excellent", at=900, heading="Khối A")
        table = section(render(a_report(counts=(excellent, LEARNERS, CELLS))), "### Kết quả")
        assert table.split("\n") == [
            "| Đối tượng | Chương trình, mục | Xếp loại | Số | Đếm cái gì |",
            "|---|---|---|---|---|",
            "| chi bộ | Khối A | hoàn thành xuất sắc | 12 | chi bộ h |",
            "|  |  | hoàn thành tốt | 12 | chi bộ hoàn thành tốt nhiệm vụ |",
            "| người học |  |  | 6.481 | Đảng bộ có … học viên |",
        ]

    def test_a_column_that_no_count_fills_is_left_out(self) -> None:
        table = section(render(a_report(counts=(LEARNERS,))), "### Kết quả")
        assert table.split("\n")[0] == "| Đối tượng | Số | Đếm cái gì |"

    def test_a_row_notes_how_its_number_is_related_to_others(self) -> None:
        part = a_count("12", at=7, part_of=CELLS.at, whose="Đảng bộ B", direction="increase", given_by="Sở")
        table = section(render(a_report(counts=(CELLS, part))), "### Kết quả")
        assert "| phần của 12; của Đảng bộ B; tăng thêm; do Sở khen, tặng |" in table

    def test_a_word_that_bounds_a_number_stays_with_it(self) -> None:
        markdown = render(a_report(counts=(CELLS.model_copy(update={"qualifier": "hơn"}),)))
        assert "| hơn 12 |" in section(markdown, "### Kết quả")

    def test_a_word_that_bounds_a_number_stands_where_the_article_has_it(self) -> None:
        text = "Trên 85% trở lên đảng viên."
        fields = {"at": 5, "text": "85", "value": 85, "unit": "percent", "qualifier": "trở lên"}
        share = CELLS.model_copy(update={**fields, "sentence": Quotation(at=0, text=text)})
        assert "| 85% trở lên |" in section(render(a_report(counts=(share,))), "### Kết quả")

    def test_targets_have_a_table_of_their_own(self) -> None:
        markdown = render(a_report(counts=(CELLS, LEARNERS.model_copy(update={"status": "target"}))))
        assert "6.481" not in section(markdown, "### Kết quả")
        assert "| người học | 6.481 | Đảng bộ có … học viên |" in section(markdown, "### Chỉ tiêu, kế hoạch")

    @pytest.mark.parametrize(
        ("count", "shown"),
        [
            (LEARNERS, "6.481"),
            (SHARE, "75,2%"),
            (a_count("12", total=17), "12/17"),
            (a_count("12", value=12_500_000_000, unit="money", subject="money"), "12,5 tỷ đồng"),
        ],
        ids=["thousands", "percent", "fraction", "money"],
    )
    def test_numbers_are_written_as_in_vietnamese(self, count: Count, shown: str) -> None:
        assert f"| {shown} |" in section(render(a_report(counts=(count,))), "### Kết quả")

    @pytest.mark.parametrize(
        ("sentence", "counted", "words"),
        [
            ("Năm 2023, doanh thu 2.300 tỷ đồng, vượt 4%.", "2.300", "doanh thu"),
            ("Năm 2023, doanh thu 2.300 tỷ đồng, vượt 4%.", "2.300 tỷ đồng", "doanh thu"),
            ("- Lương bình quân 2.300 đồng/giờ.", "/giờ", "Lương bình quân …/giờ"),
            ("Nộp 2.300 tỷ đồng tiền thuế.", "tiền thuế", "Nộp … tiền thuế"),
            ("2.300 tỷ đồng", "2.300", ""),
        ],
        ids=["its own digits", "its own unit", "a rate", "words after it", "no words"],
    )
    def test_money_is_shown_with_its_unit_and_the_words_for_what_it_is(
        self, sentence: str, counted: str, words: str
    ) -> None:
        money = some_money(sentence, counted)
        table = section(render(a_report(counts=(money,))), "### Kết quả")
        assert "| tiền | 2.300 tỷ đồng |" + (f" {words} |" if words else "") in table.split("\n")

    @pytest.mark.parametrize(
        ("sentence", "heading", "words"),
        [
            ("Chất lượng: khá 419 em; yếu 3 em.", None, "khá … em"),
            ("Mở lớp (hệ chính quy) cho 419 em.", None, "Mở lớp cho … em"),
            ("Kết nạp mới 419 em.", "Kết nạp mới", "em"),
            ("Có 419 em.", "Kết nạp mới", "Có … em"),
            (f"Phòng Giáo dục {'và ' * 20}đã khen 419 em.", None, f"…{'và ' * 10}đã khen … em"),
        ],
        ids=["its own clause", "an aside", "what its programme says", "another programme", "a long clause"],
    )
    def test_a_table_says_what_leads_to_a_number_whose_noun_says_little(
        self, sentence: str, heading: str | None, words: str
    ) -> None:
        at = sentence.index("419")
        fields = {"at": at, "value": 419, "heading": heading, "sentence": Quotation(at=0, text=sentence)}
        pupils = LEARNERS.model_copy(update={**fields, "text": "419", "counted": "em"})
        table = section(render(a_report(counts=(pupils,))), "### Kết quả")
        assert f"| 419 | {words} |" in table

    def test_a_number_in_no_sum_is_named_with_what_leads_to_it(self) -> None:
        sentence = Quotation(at=0, text="Chuyển đảng chính thức cho 1 đồng chí.")
        fields = {"at": 27, "text": "1", "value": 1, "counted": "đồng chí", "sentence": sentence}
        member = LEARNERS.model_copy(update={**fields, "subject": "individual"})
        omitted = render(a_report(counts=(member,))).split("Không cộng vào đâu:")[1]
        assert "): Chuyển đảng chính thức cho 1 đồng chí\n" in omitted

    def test_words_that_were_cut_end_in_an_ellipsis(self) -> None:
        counted = "lượt giảng viên tham gia bồi dưỡng nghiệp vụ và tập huấn các"
        sentence = Quotation(at=0, text=f"9 {counted} chương trình.")
        fields = {"at": 0, "text": "9", "value": 9, "counted": counted, "counted_at": 2, "sentence": sentence}
        table = section(render(a_report(counts=(LEARNERS.model_copy(update=fields),))), "### Kết quả")
        assert f"| 9 | {counted}… |" in table

    def test_a_sum_of_money_is_made_of_amounts_with_their_units(self) -> None:
        money = some_money("Cả năm, doanh thu 2.300 tỷ đồng.", "2.300")
        part = money.model_copy(update={"at": money.at + 1, "part_of": money.at})
        sums = section(render(a_report(counts=(money, part))), "### Cộng được")
        assert "| 2.300 tỷ đồng | doanh thu: 2.300 tỷ đồng (ký tự 118) |\n" in sums

    def test_an_article_without_counts_says_so(self) -> None:
        assert "Bài không có con số nào đọc được thành số liệu." in render(a_report())

    def test_each_count_stands_in_its_sentence_as_the_article_writes_it(self) -> None:
        listed = section(render(a_report(counts=(SHARE,))), "## Số liệu trong câu của bài")
        assert listed == f"- “{SENTENCE.replace('75,2%', '**75,2%**')}”"

    def test_a_sentence_is_shown_once_with_all_its_numbers(self) -> None:
        elsewhere = LEARNERS.model_copy(update={"at": 900})
        listed = section(render(a_report(counts=(SHARE, elsewhere, CELLS))), "## Số liệu trong câu của bài")
        both = SENTENCE.replace("12", "**12**").replace("75,2%", "**75,2%**")
        assert listed == f"- “{both}”; **6.481** “học viên”"

    def test_a_long_sentence_is_shown_around_its_number(self) -> None:
        sentence = Quotation(at=0, text=f"{'trước ' * 50}12 chi bộ {'sau ' * 50}")
        report = a_report(counts=(a_count("12", at=300, sentence=sentence),))
        listed = section(render(report), "## Số liệu trong câu của bài")
        assert re.fullmatch(r"- “… (trước ){1,13}\*\*12\*\* chi bộ (sau ){1,23}…”", listed)

    def test_of_a_long_sentence_only_what_is_near_its_numbers_is_shown(self) -> None:
        sentence = Quotation(at=0, text=f"12 chi bộ {'giữa ' * 90}75,2% trường.")
        counts = tuple(one.model_copy(update={"sentence": sentence}) for one in (CELLS, SHARE))
        placed = tuple(one.model_copy(update={"at": sentence.text.index(one.text)}) for one in counts)
        listed = section(render(a_report(counts=placed)), "## Số liệu trong câu của bài")
        between = r"\*\*12\*\* chi bộ (giữa ){1,23}… (giữa ){1,23}\*\*75,2%\*\* trường\."
        assert re.fullmatch(f"- “{between}”", listed)

    @pytest.mark.parametrize(
        "around", ["{} đảng viên", "({})", "”{}”", "đạt{}đảng viên", "{}.", "*{}*", "\\{}\\"]
    )
    def test_the_number_is_bold_whatever_stands_beside_it(self, around: str) -> None:
        sentence = Quotation(at=0, text=around.format("75,2%"))
        count = SHARE.model_copy(update={"at": around.index("{"), "sentence": sentence})
        listed = section(render(a_report(counts=(count,))), "## Số liệu trong câu của bài")
        (inline,) = (token for token in parsed(listed) if token.type == "inline")
        assert [child.type for child in inline.children or ()].count("strong_open") == 1


class TestWarningsAndDoubts:
    def test_a_warning_stands_above_the_table_with_its_arithmetic_and_every_place(self) -> None:
        markdown = render(a_full_report())
        assert markdown.index("⚠") < markdown.index("| Đối tượng")
        assert section(markdown, "## Số liệu").split("\n")[:3] == [
            "- ⚠ **Các phần không cộng thành tổng.** Không khớp.",
            "  - Phép tính: 1 + 1 = 2 ≠ 3",
            f"  - Trong bài: “6.481 học viên” (ký tự {LEARNERS.at}); “3” (ký tự 7)",
        ]

    def test_a_number_that_a_warning_is_about_is_marked_in_the_table(self) -> None:
        assert "| 6.481 | Đảng bộ có … học viên | ⚠ bài tự mâu thuẫn |" in section(
            render(a_full_report()), "### Kết quả"
        )

    def test_a_doubtful_count_shows_both_readings_before_the_tables(self) -> None:
        markdown = render(a_full_report())
        assert section(markdown, "### Số liệu còn nghi vấn").split("\n") == [
            "- “Có **12** chi bộ”",
            "  - Theo bảng từ: “chi bộ”, tức chi bộ, hoàn thành tốt",
            "  - Theo mô hình: “đảng viên”, tức đảng viên",
        ]
        assert markdown.index("### Số liệu còn nghi vấn") < markdown.index("| Đối tượng")
        assert "| **? còn nghi vấn**; do Đảng ủy khen, tặng |" in section(markdown, "### Kết quả")

    def test_what_only_one_of_two_readers_saw_is_said_and_what_both_saw_is_not(self) -> None:
        alone = a_count("12", certainty="model")
        made = Provenance(model="qwen", profile="large", version="0")
        markdown = render(a_report(counts=(CELLS, alone), provenance=made))
        assert section(markdown, "### Kết quả").count("chỉ mô hình đọc được") == 1
        assert "- Lê Văn A, Bí thư – chủ trì, phát biểu *(chỉ mô hình đọc được)*" in render(a_full_report())

    def test_where_no_model_was_asked_that_is_said_once(self) -> None:
        markdown = render(a_report(counts=(a_count("12", certainty="rules"),)))
        assert markdown.count("bảng từ") == 1

    def test_where_a_small_model_was_asked_about_some_numbers_that_is_said_once(self) -> None:
        counts = (a_count("12", certainty="rules"), a_count("12", at=7, certainty="doubtful"))
        made = Provenance(
            model="qwen", profile="small on llama.cpp", version="0", parts={"counts": PartCost(attempts=1)}
        )
        markdown = render(
            a_report(counts=counts, certainty={"period": "rules"}, period=2020, provenance=made)
        )
        assert markdown.count("bảng từ đọc") == 1
        assert "mô hình: qwen" in markdown
        assert "**? còn nghi vấn**" in section(markdown, "### Kết quả")

    def test_a_model_that_was_asked_nothing_is_not_named(self) -> None:
        made = Provenance(model="qwen", profile="small on llama.cpp", version="0")
        markdown = render(a_report(counts=(a_count("12", certainty="rules"),), provenance=made))
        assert "qwen" not in markdown
        assert "Báo cáo chỉ do bảng từ đọc" in markdown

    def test_a_summary_from_before_a_correction_is_a_caution(self) -> None:
        mark = ReviewMark(
            reviewers=("An",), at="2021-02-03T00:00:00Z", complete=True, summary_before=("date_held",)
        )
        head = render(a_report(review=mark)).split("\n")
        assert "> ✓ Đã được An duyệt 03/02/2021" in head
        assert "> ⚠ Tóm tắt có từ trước khi sửa: ngày họp" in head

    def test_a_review_that_is_not_finished_says_so(self) -> None:
        head = render(a_report(review=ReviewMark(reviewers=("An",), at="2021-02-03T00:00:00Z"))).split("\n")
        assert "> ⚠ An đang duyệt, chưa xem hết bài (lần cuối 03/02/2021)" in head

    def test_a_report_without_warnings_or_doubts_has_neither_sign(self) -> None:
        markdown = render(a_report(counts=(CELLS,)))
        assert "⚠" not in markdown
        assert "nghi vấn" not in markdown


class TestSums:
    def test_each_sum_names_the_numbers_it_is_made_of(self) -> None:
        again = CELLS.model_copy(update={"at": 500})
        sums = section(render(a_report(counts=(CELLS, again, SHARE))), "### Cộng được")
        assert f"| chi bộ | hoàn thành tốt | 12 | 12 (ký tự {CELLS.at}), 12 (ký tự 500) |" in sums

    def test_the_only_number_of_a_kind_is_not_told_again_as_its_sum(self) -> None:
        assert "### Cộng được" not in render(a_report(counts=(CELLS, LEARNERS)))

    def test_what_is_in_no_sum_is_listed_by_its_reason(self) -> None:
        part = LEARNERS.model_copy(update={"at": 500, "part_of": LEARNERS.at})
        omitted = render(a_report(counts=(LEARNERS, part, SHARE))).split("Không cộng vào đâu:")[1]
        assert omitted.startswith(
            "\n\n- là một phần của số đã có (1): 6.481 học viên\n- tỷ lệ phần trăm (1)\n"
        )

    def test_each_number_in_no_sum_has_its_noun(self) -> None:
        parts = (LEARNERS.model_copy(update={"at": 500, "part_of": LEARNERS.at}), a_count("12", whose="Sở B"))
        sums = section(render(a_report(counts=(LEARNERS, *parts)), "en"), "### What may be added")
        assert "(1): 6,481 học viên" in sums
        assert "(1): 12 chi bộ h" in sums


class TestLanguages:
    def test_english_labels_hold_no_vietnamese(self) -> None:
        plain = a_full_report(lambda words: "x")
        english = render(plain.model_copy(update={"counts": plain.counts[3:4]}), "en")
        assert re.findall(r"[à-ỹđĂăĐƠơƯư]", english) == []

    def test_numbers_and_dates_are_written_as_in_the_language(self) -> None:
        english = render(a_report(counts=(LEARNERS,), date_held="2021-02-03"), "en")
        assert "**Held on:** 3 Feb 2021" in english
        assert "| learner | 6,481 |" in english

    def test_a_number_that_another_is_a_part_of_is_written_as_in_the_language(self) -> None:
        part = a_count("12", part_of=LEARNERS.at)
        assert "| part of 6,481 |" in render(a_report(counts=(LEARNERS, part)), "en")


class TestTheRest:
    def test_quotations_leave_the_mark_of_their_list_behind(self) -> None:
        markdown = render(a_report(achievements=(Section(at=0, text="* Tập thể: 02/11 chi bộ - 18,2%"),)))
        assert section(markdown, "## Kết quả, ưu điểm") == "- “Tập thể: 02/11 chi bộ - 18,2%”"

    def test_a_report_by_the_table_alone_says_that_no_model_was_asked(self) -> None:
        assert "· không dùng mô hình ·" in render(a_report())

    def test_the_sections_stand_in_one_order(self) -> None:
        headings = re.findall(r"^## (.*)$", render(a_full_report()), re.M)
        assert headings == [
            "Số liệu",
            "Tóm tắt",
            "Người được nêu tên",
            "Được bầu hoặc bổ nhiệm",
            "Được khen thưởng",
            "Kết quả, ưu điểm",
            "Hạn chế, tồn tại",
            "Nguyên nhân",
            "Phương hướng, nhiệm vụ",
            "Báo cáo đã trình bày",
            "Số liệu trong câu của bài",
            "Không đưa được vào báo cáo",
            "Con số không phải số liệu",
        ]

    def test_what_a_report_does_not_have_has_no_heading(self) -> None:
        assert re.findall(r"^#+ (.*)$", render(a_report()), re.M) == ["Hội nghị tổng kết năm 2020", "Số liệu"]

    def test_numbers_set_aside_are_one_line_a_reason(self) -> None:
        aside = [
            SetAside(at=at, text=text, reason="year") for at, text in enumerate(("2020", "2021", "2020"))
        ]
        aside.append(SetAside(at=9, text="08-NQ/TU", reason="document"))
        markdown = render(a_report(set_aside=tuple(aside)))
        assert section(markdown, "## Con số không phải số liệu").split("\n") == [
            "- năm (3): 2020, 2021",
            "- số hiệu văn bản (1): 08-NQ/TU",
        ]

    def test_the_last_line_says_what_made_the_report(self) -> None:
        assert render(a_full_report()).rstrip().split("\n")[-1] == (
            "*Nguồn: thu/bai.txt, 7.862 ký tự, SHA-256 abababababab · mô hình: qwen (embedded) · summarizer 0.1.0 · "
            "3 lượt hỏi, 1.500 token vào, 70 ra · 12,3 giây*"
        )

    def test_a_report_is_told_alike_every_time(self) -> None:
        assert render(a_full_report()) == render(a_full_report())


def shape(markdown: str) -> list[tuple[str, list[str]]]:
    """The marks a Markdown reader sees, without the words between them."""
    return [
        (
            token.type,
            [child.type for child in token.children or () if child.type not in ("text", "text_special")],
        )
        for token in parsed(markdown)
    ]


_EXAMPLES = settings(max_examples=200)


@given(HOSTILE)
@_EXAMPLES
def test_no_text_changes_the_shape_of_the_page(hostile: str) -> None:
    assert shape(render(a_full_report(lambda plain: f"{hostile} {plain}"))) == shape(render(a_full_report()))


@given(HOSTILE)
@_EXAMPLES
def test_lines_end_where_their_words_end(hostile: str) -> None:
    lines = render(a_full_report(lambda plain: f"{plain} {hostile}")).split("\n")
    assert lines[-1] == ""
    assert all(line == line.rstrip() for line in lines)
