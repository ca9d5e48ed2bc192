"""Help and usage errors are in one language at a time, click's own words and this program's alike."""

from __future__ import annotations

import re
from gettext import GNUTranslations
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

import summarizer.cli.console
from tests.test_cli import run

FOLDER = Path(summarizer.cli.console.__file__).parent / "locale" / "vi" / "LC_MESSAGES"


def catalog() -> Catalog:
    with (FOLDER / "messages.po").open("rb") as file:
        return read_po(file)


def test_all_help_has_its_vietnamese() -> None:
    known = catalog()
    folder = Path(summarizer.cli.console.__file__).parent
    own = {said for _, _, said, _, _ in extract_from_dir(folder, keywords={"_": None})}
    assert len(own) > 60
    assert [said for said in own if not known.get(said)] == []


def test_vietnamese_fills_in_no_value_that_the_english_has_not() -> None:
    for message in catalog():
        english, vietnamese = (re.findall(r"\{(\w+)", str(said)) for said in (message.id, message.string))
        assert {*vietnamese} <= {*english}, message.id


def test_the_compiled_catalog_says_what_its_text_says() -> None:
    with (FOLDER / "messages.mo").open("rb") as file:
        compiled = GNUTranslations(file)
    for message in catalog():
        match message.id, message.string:
            case (one, many), (string, *_):
                assert compiled.ngettext(one, many, 2) == string
            case str(said), string if said:
                assert compiled.gettext(said) == string


@pytest.mark.parametrize(
    ("arguments", "vietnamese", "english"),
    [
        (["--help"], "[TÙY CHỌN] LỆNH [ĐỐI SỐ]...", "[OPTIONS] COMMAND [ARGS]..."),
        (["--version"], ", phiên bản ", ", version "),
        (["summarize", "--help"], "Tùy chọn:", "Options:"),
        (["batch", "--help"], "[bắt buộc]", "[required]"),
        (["nothing"], "Không có lệnh 'nothing'", "No such command 'nothing'"),
        (["status"], "Thiếu đối số 'THƯ_MỤC'", "Missing argument 'FOLDER'"),
        (["status", ".", "--nope"], "Không có tùy chọn '--nope'", "No such option '--nope'"),
        (["batch", "a", "--out", "", "b"], "tên trống", "the name is empty"),
        (["batch", "a", "--out", "b", "--rpm", "0"], "không thuộc khoảng", "is not in the range"),
        (["batch", "a", "--out", "b", "--rpm", "nan"], "nan không phải số", "nan is no number"),
        (["batch", "a", "--out", "b", "--rpm", "x"], "'x' không phải số hợp lệ", "'x' is not a valid number"),
        (
            ["batch", "a", "--out", "b", "--in-flight", "x"],
            "'x' không phải số hợp lệ",
            "'x' is not a valid whole number",
        ),
        (
            ["summarize", "a", "--lang", "fr"],
            "Giá trị không hợp lệ cho '--lang'",
            "Invalid value for '--lang'",
        ),
    ],
    ids=" ".join,
)
def test_what_click_says_is_in_the_language_of_the_environment(
    arguments: list[str], vietnamese: str, english: str
) -> None:
    for locale, words, others in (("vi_VN.UTF-8", vietnamese, english), ("C.UTF-8", english, vietnamese)):
        done = run(*arguments, LC_ALL=locale)
        shown = " ".join((done.stdout + done.stderr).decode().split())
        assert words in shown
        assert others not in shown


@pytest.mark.parametrize(
    ("lang", "line"),
    [
        ("en", "No such option '--nope'. Try 'python -m summarizer status --help' for help.\n"),
        ("vi", "Không có tùy chọn '--nope'. Chạy 'python -m summarizer status --help' để xem trợ giúp.\n"),
    ],
)
def test_a_wrong_option_is_one_line_that_says_where_the_right_ones_are(lang: str, line: str) -> None:
    assert run("status", "--nope", "--lang", lang).stderr.decode() == f"summarizer: {line}"


@pytest.mark.parametrize("given", [["--lang", "vi"], ["--lang=vi"], ["--lang", "en", "--lang", "vi"]])
def test_the_language_asked_for_is_that_of_the_error_about_another_argument(given: list[str]) -> None:
    done = run("status", "--nope", *given)
    assert done.returncode == 2
    assert "Không có tùy chọn" in done.stderr.decode()


@pytest.mark.parametrize("given", [["--lang", "vi", "batch", "--help"], ["batch", "--lang", "vi", "--help"]])
def test_the_language_may_be_asked_for_before_the_command(given: list[str]) -> None:
    done = run(*given)
    assert done.returncode == 0
    assert "Cách dùng: " in done.stdout.decode()


def test_a_vietnamese_environment_is_told_in_english_where_that_is_asked_for() -> None:
    shown = run("batch", "--lang", "en", "--help", LC_ALL="vi_VN.UTF-8").stdout.decode()
    assert not re.search("[à-ỹĐđ]", shown)
