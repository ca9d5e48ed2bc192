"""One article from its text to its report, without a model and with one."""

from __future__ import annotations

import asyncio
import json
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.errors import DeadlineError, EndpointError, SourceError
from summarizer.model.client import Model
from summarizer.pipeline import extract
from summarizer.schemas.report import MeetingReport
from summarizer.settings import Settings
from summarizer.sources.document import Document
from tests.conftest import Serve
from tests.loopback import chat, failed, hanging

EVALS = Path(__file__).parent.parent / "evals"
ARTICLES = sorted((EVALS / "articles").glob("*.txt"))


def read(path: Path) -> str:
    with path.open(encoding="utf-8", newline="") as file:
        return file.read()


def by_rules(text: str) -> MeetingReport:
    return asyncio.run(extract(Document("text", text), None))


@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: path.stem)
def test_every_number_of_an_article_is_a_count_or_set_aside_or_left_out(path: Path) -> None:
    text = read(path)
    report = by_rules(text)
    spans = [(one.at, one.at + len(one.text)) for one in (*report.counts, *report.set_aside)]
    digits = {i for i, character in enumerate(text) if character.isdigit()}
    covered = {i for start, end in spans for i in range(start, end)}
    assert digits - covered == set()


@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: path.stem)
def test_everything_with_a_place_stands_there(path: Path) -> None:
    text = read(path)
    report = by_rules(text)
    places = [
        *(
            (one.at, one.text)
            for one in (*report.counts, *report.set_aside, *report.reports, *report.recipients)
        ),
        *((one.sentence.at, one.sentence.text) for one in report.counts),
        *((one.at, one.name) for one in (*report.chairs, *report.guests, *report.speakers)),
        *(
            (one.at, one.text)
            for kind in ("achievements", "shortcomings", "causes", "directives")
            for one in getattr(report, kind)
        ),
        *((place.at, place.text) for found in report.findings for place in found.places),
        *((place.at, place.text) for anchors in report.anchors.values() for place in anchors),
    ]
    assert [(at, words) for at, words in places if text[at : at + len(words)] != words] == []
    counted = [(one.counted_at, one.counted) for one in report.counts if one.counted_at is not None]
    assert [pair for pair in counted if text[pair[0] : pair[0] + len(pair[1])] != pair[1]] == []


@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: path.stem)
def test_an_article_in_another_unicode_form_has_the_same_counts(path: Path) -> None:
    composed = by_rules(unicodedata.normalize("NFC", read(path)))
    decomposed = by_rules(unicodedata.normalize("NFD", read(path)))
    assert [(one.value, one.subject, one.grade, one.status) for one in decomposed.counts] == [
        (one.value, one.subject, one.grade, one.status) for one in composed.counts
    ]


@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: path.stem)
def test_a_report_survives_its_own_json(path: Path) -> None:
    report = by_rules(read(path))
    assert MeetingReport.model_validate_json(report.model_dump_json()) == report


PIECES = st.sampled_from(
    ["Hội nghị ", "02 ", "đảng viên ", "chi bộ ", "1/5 ", "75,2% ", "; ", ". ", "\n\n", "{{ x }}", "<script>", "hai ",
     "ngày 3/2/2021 ", "=1+1 ", "\u0301", "\ud800", "0" * 40, "Đồng chí Lê Văn An chủ trì hội nghị ", "“", "\u00a0"]
)  # fmt: skip


@settings(max_examples=150)
@given(st.lists(PIECES, max_size=30).map("".join))
def test_no_text_breaks_it_and_no_number_is_made_up(text: str) -> None:
    report = by_rules(text)
    assert all(text[one.at : one.at + len(one.text)] == one.text for one in report.counts)


def test_every_field_of_the_schema_says_what_it_is() -> None:
    schema = MeetingReport.model_json_schema()
    undescribed = [
        f"{name}.{field}"
        for name, part in {"MeetingReport": schema, **schema["$defs"]}.items()
        for field, said in part.get("properties", {}).items()
        if not said.get("description")
    ]
    assert undescribed == []


def ask(base_url: str, text: str, **options: object) -> MeetingReport:
    async def run() -> MeetingReport:
        chosen = Settings(model="m", base_url=base_url, retries=0, **options)  # type: ignore[arg-type]
        async with Model(chosen) as model:
            return await extract(Document("text", text), model, deadline_s=chosen.article_s)

    return asyncio.run(run())


def test_the_report_says_what_made_it(serve: Serve) -> None:
    server = serve()
    made = ask(server.base_url, "Hội nghị khen thưởng 12 đảng viên.").provenance
    assert (made.model, made.profile) == ("m", "large on unknown")
    assert made.endpoint is not None
    assert made.endpoint.startswith(server.base_url)
    assert made.prompts["large_counts"].isdigit()
    assert made.policy["counts"] == "model"
    assert made.tokens_in > 0
    assert made.version


def test_an_endpoint_that_is_down_fails_the_article(serve: Serve) -> None:
    with pytest.raises(EndpointError):
        ask(serve([failed(503)]).base_url, "Hội nghị khen 12 đảng viên.")


def test_nothing_of_a_failed_article_is_still_asked(serve: Serve) -> None:
    server = serve([failed(400)])
    with pytest.raises(EndpointError):
        ask(server.base_url, read(ARTICLES[2]))
    assert len(server.requests) == 1


def test_an_article_has_a_deadline(serve: Serve) -> None:
    with pytest.raises(DeadlineError):
        ask(serve([hanging()]).base_url, "Hội nghị khen 12 đảng viên.", article_s=1.0)


def test_an_answer_that_never_holds_is_left_out_and_listed(serve: Serve) -> None:
    report = ask(serve([chat("[]")]).base_url, "Hội nghị khen 12 đảng viên.")
    assert [(one.value, one.certainty) for one in report.counts] == [(12, "rules")]
    assert report.warnings, "a reader is told that the model talks nonsense"


def test_reports_are_json_that_keeps_vietnamese_readable() -> None:
    dumped = by_rules("Hội nghị khen 12 đảng viên.").model_dump_json()
    assert "đảng viên" in dumped
    assert json.loads(dumped)["counts"][0]["at"] == 14


def test_a_text_without_stops_is_not_kept_with_each_of_its_counts() -> None:
    text = "Hội nghị tổng kết có 12 đồng chí hoàn thành tốt nhiệm vụ và 3 tổ chức đảng " * 200
    report = asyncio.run(extract(Document("text", text), None))
    assert len(report.counts) == 400
    for count in report.counts:
        assert len(count.sentence.text) < 1_000
        assert text[count.sentence.at :].startswith(count.sentence.text)
        assert count.text in count.sentence.text


@pytest.mark.parametrize("noun", ["đảng viên", "chi bộ, 3 đảng viên", "đồng chí", "tổ chức"])
def test_a_list_of_a_thousand_counts_in_one_sentence_is_read(noun: str) -> None:
    # Each of them could take its grade from the one behind it, and each comma could open an enumeration.
    text = "Đảng bộ có " + ", ".join(f"{number} {noun}" for number in range(2, 1_000))
    assert len(by_rules(text).counts) == 998 * (1 + noun.count(","))


def test_a_text_with_more_numbers_than_any_article_is_refused() -> None:
    with pytest.raises(SourceError, match=r"text: has 20,001 numbers, .* split it"):
        by_rules("Đảng bộ có chi bộ: " + "12 " * 20_001)
