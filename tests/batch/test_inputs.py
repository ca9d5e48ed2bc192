"""Sources: everything that was named becomes items, in order, and what is bad says so."""

from __future__ import annotations

import io
import json
import os
from pathlib import Path

import pytest

from summarizer.batch import items
from summarizer.batch.inputs import Sources
from summarizer.batch.items import Item, Read, file_item, read
from summarizer.batch.tabular import Columns
from summarizer.errors import ConfigError, SourceError
from summarizer.sources.loading import MAX_BYTES

TEXT = "Chi bộ có 27 đảng viên hoàn thành tốt nhiệm vụ."


def sha256_of(item: Item) -> str:
    one = Read(item)
    one.load()
    return one.sha256


def tree(folder: Path, *names: str) -> Path:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(TEXT, encoding="utf-8")
    return folder


def names(sources: Sources) -> list[str]:
    return [item.name for item in sources]


def listed(*arguments: str | Path, **options: object) -> list[Item]:
    return list(Sources([str(argument) for argument in arguments], **options))  # type: ignore[arg-type]


def test_a_folder_is_walked_in_the_order_of_its_names(tmp_path: Path) -> None:
    tree(tmp_path, "b.txt", "a/z.txt", "a/y.TXT", "c", ".hidden.txt", ".git/x.txt", "photo.jpg")
    sources = Sources([str(tmp_path)])
    assert names(sources) == ["y.TXT", "z.txt", "b.txt", "c"]
    assert sources.ignored == 1


def test_the_jobs_own_folder_is_left_out(tmp_path: Path) -> None:
    tree(tmp_path, "a.txt", "out/reports/a.txt")
    assert names(Sources([str(tmp_path)], exclude=tmp_path / "out")) == ["a.txt"]


def test_the_jobs_own_folder_is_no_source_for_its_pages_are_no_articles(tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(tree(tmp_path / "out", "index.html"))
    tree(tmp_path / "in", "a.txt")
    with pytest.raises(ConfigError, match="own folder"):
        Sources([str(tmp_path / "out")], exclude=link)
    assert names(Sources([str(tmp_path)], exclude=link)) == ["a.txt"]
    (only,) = Sources(["-"], exclude=link, stdin=io.BytesIO(os.fsencode(tmp_path / "out") + b"\n"))
    assert only.failure
    assert "own folder" in only.failure


OUTPUTS = ("journal.sqlite", "index.html", "index-2.html", "counts.csv", "reports/a.md", "reports/a.html")


@pytest.mark.parametrize(
    "source", ["", "job", "job/reports", "**/*", "job/reports/*.md", "pages/*.md", "pages"]
)
def test_what_another_job_has_written_is_left_out_however_it_is_named(tmp_path: Path, source: str) -> None:
    tree(tmp_path, "a.txt", "job/in/b.txt", "job/index.txt", "job/in/reports/c.md")
    tree(tmp_path / "job", *OUTPUTS)
    (tmp_path / "pages").symlink_to(tmp_path / "job" / "reports")
    sources = Sources([str(tmp_path / source)])
    assert set(names(sources)) <= {"a.txt", "b.txt", "index.txt", "c.md"}
    assert ("c.md" in names(sources)) is (source in ("", "job", "**/*"))
    assert sources.job_files >= 1


def test_how_much_of_another_job_is_left_out_is_counted_anew_each_time(tmp_path: Path) -> None:
    tree(tmp_path / "job", *OUTPUTS)
    sources = Sources([str(tmp_path), str(tmp_path / "job" / "reports" / "a.md")])
    for _ in range(2):
        assert names(sources) == []
        assert sources.job_files == 5


@pytest.mark.parametrize("name", ["articles.csv", "index.html", "link.csv"])
@pytest.mark.parametrize("pattern", [False, True])
def test_an_article_that_the_outputs_would_take_the_place_of_is_refused(
    tmp_path: Path, name: str, pattern: bool
) -> None:
    (tmp_path / "link.csv").symlink_to(tmp_path / "counts.csv")
    tree(tmp_path, "articles.csv", "index.html", "counts.csv", "a.txt")
    source = str(tmp_path / (f"{name[:-1]}*" if pattern else name))
    with pytest.raises(ConfigError, match="give another --out"):
        Sources([source], exclude=tmp_path)
    if name == "index.html":
        assert names(Sources([source], exclude=tmp_path / "out")) == ["index.html"]


def test_a_link_to_a_folder_above_does_not_go_round(tmp_path: Path) -> None:
    tree(tmp_path, "a.txt")
    (tmp_path / "loop").symlink_to(tmp_path)
    assert names(Sources([str(tmp_path)])) == ["a.txt"]


def test_a_glob_is_expanded_in_order_and_a_file_of_that_very_name_comes_first(tmp_path: Path) -> None:
    tree(tmp_path, "a2.txt", "a1.txt", "sub/a3.txt", "[1].txt")
    assert [item.name for item in listed(tmp_path / "a*.txt")] == ["a1.txt", "a2.txt"]
    assert [item.name for item in listed(tmp_path / "**/a*.txt")] == ["a1.txt", "a2.txt", "a3.txt"]
    assert [item.name for item in listed(tmp_path / "[1].txt")] == ["[1].txt"]


@pytest.mark.parametrize("separator", ["\n", "\r\n", "\0"])
def test_a_list_of_paths_comes_on_standard_input(tmp_path: Path, separator: str) -> None:
    tree(tmp_path, "a.txt", "b/c.txt")
    paths = separator.join(str(tmp_path / name) for name in ("b", "a.txt", "none.txt"))
    items = listed("-", stdin=io.BytesIO(paths.encode()))
    assert [item.name for item in items] == ["c.txt", "a.txt", "none.txt"]
    with pytest.raises(SourceError, match=r"none\.txt: no such file"):
        read(items[2])


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
@pytest.mark.parametrize("separator", ["\n", "\r\n", "\0"])
def test_a_list_is_decoded_by_its_mark_and_a_nul_of_utf_16_separates_nothing(
    tmp_path: Path, encoding: str, separator: str
) -> None:
    tree(tmp_path, "một.txt", "b/c.txt")
    lines = separator.join(str(tmp_path / name) for name in ("b", "một.txt", "none.txt")) + separator
    items = listed("-", stdin=io.BytesIO(lines.encode(encoding)))
    assert [item.name for item in items] == ["c.txt", "một.txt", "none.txt"]
    assert [item.failure is None for item in items] == [True, True, False]


def test_addresses_of_web_pages_come_among_paths_on_standard_input(tmp_path: Path) -> None:
    tree(tmp_path, "a.txt")
    lines = f"https://truong.edu.vn/tin/bai-1.html?id=5\r\n{tmp_path / 'a.txt'}\n  http://xa.gov.vn\n"
    items = listed("-", "https://truong.edu.vn/[1]*?", stdin=io.BytesIO(lines.encode()))
    assert [item.name for item in items] == ["bai-1.html?id=5", "a.txt", "xa.gov.vn", "[1]*"]
    assert [item.page is None for item in items] == [False, True, False, False]
    assert items[0].location == "https://truong.edu.vn/tin/bai-1.html?id=5"


def test_a_location_is_the_same_from_wherever_the_job_is_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tree(tmp_path, "sub/a.txt")
    monkeypatch.chdir(tmp_path)
    above = listed("sub")[0].location
    monkeypatch.chdir(tmp_path / "sub")
    assert listed("a.txt")[0].location == above == str(tmp_path / "sub" / "a.txt")


def test_rows_of_json_lines_are_items_and_bad_ones_say_so(tmp_path: Path) -> None:
    path = tmp_path / "t.jsonl"
    rows = [
        json.dumps({"id": "một", "text": TEXT}, ensure_ascii=False),
        "",
        '{"text": ',
        "[1]",
        json.dumps({"id": 7, "body": TEXT}),
        json.dumps({"id": 8, "text": TEXT}),
    ]
    path.write_bytes("\ufeff".encode() + "\n".join(rows).encode() + b'\n{"text": "\xff"}')
    items = listed(path)
    assert [item.name for item in items] == ["một", "t.jsonl:3", "t.jsonl:4", "7", "8", "t.jsonl:7"]
    assert [item.failure is None for item in items] == [True, False, False, False, True, False]
    assert items[0].location == f"{path}:1"
    assert read(items[0]).text == TEXT
    assert "t.jsonl:3: the line is not JSON" in str(items[1].failure)


def test_half_a_character_in_a_row_is_a_bad_row(tmp_path: Path) -> None:
    (tmp_path / "t.jsonl").write_text('{"text": "27 đảng viên \\ud83d"}', encoding="utf-8")
    with pytest.raises(SourceError, match="lone surrogate"):
        read(listed(tmp_path / "t.jsonl")[0])


@pytest.mark.parametrize(("separator", "encoding"), [(",", "utf-8-sig"), (";", "utf-8"), ("\t", "utf-16")])
def test_rows_of_csv_are_items_whatever_separates_the_columns(
    tmp_path: Path, separator: str, encoding: str
) -> None:
    rows = [["url", "body"], ["u1", f'"{TEXT}\nHai dòng"'], ["u2"], ["u3", TEXT]]
    (tmp_path / "t.csv").write_bytes("\r\n".join(separator.join(cells) for cells in rows).encode(encoding))
    items = listed(tmp_path / "t.csv", columns=Columns("body", "url"))
    assert [(item.name, item.text) for item in items] == [
        ("u1", f"{TEXT}\nHai dòng"),
        ("u2", None),
        ("u3", TEXT),
    ]
    assert "fewer columns" in str(items[1].failure)
    assert items[2].location == f"{tmp_path / 't.csv'}:5"


def test_a_row_of_csv_that_is_wider_than_its_head_is_a_bad_row(tmp_path: Path) -> None:
    rows = ["id,text", f"1,{TEXT}", f"2,{TEXT}, và thêm", f"3,{TEXT},,", f'4,"{TEXT}, và thêm"']
    (tmp_path / "t.csv").write_text("\n".join(rows), encoding="utf-8")
    items = listed(tmp_path / "t.csv")
    assert [item.failure is None for item in items] == [True, False, True, True]
    assert "t.csv:3: has more columns than the header" in str(items[1].failure)


@pytest.mark.parametrize(
    "head",
    [
        "sep=;\nid;text\n",
        '"sep=;"\r\nid;text\r\n',
        "id;text\n",
        'id;text;"tên, nơi, năm, a, b, c"\n',
        'id;text;"hai\ndòng"\n',
    ],
)
def test_a_table_is_read_by_the_separator_of_its_head(tmp_path: Path, head: str) -> None:
    (tmp_path / "t.csv").write_bytes(f'{head}7;"{TEXT}; và thêm, nữa"\n'.encode())
    (item,) = listed(tmp_path / "t.csv")
    assert (item.name, item.text) == ("7", f"{TEXT}; và thêm, nữa")
    assert item.location == f"{tmp_path / 't.csv'}:{head.count(chr(10)) + 1}"


@pytest.mark.parametrize("rows", [["bad", "good"], ["good", "bad"]])
def test_a_row_of_json_lines_without_a_text_is_one_bad_row_wherever_it_stands(
    tmp_path: Path, rows: list[str]
) -> None:
    values = {"bad": json.dumps({"id": "bad"}), "good": json.dumps({"id": "good", "text": TEXT})}
    (tmp_path / "t.jsonl").write_text("\n".join(values[row] for row in rows), encoding="utf-8")
    items = {item.name: item for item in listed(tmp_path / "t.jsonl")}
    assert [items[name].failure is None for name in ("good", "bad")] == [True, False]
    assert "has no text in `text`" in str(items["bad"].failure)


def test_a_row_of_csv_that_is_not_utf_8_is_a_bad_row_among_good_ones(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_bytes(b"text\n\xe0\xe1\n" + TEXT.encode() + b"\n")
    assert [item.failure is None for item in listed(tmp_path / "t.csv")] == [False, True]


@pytest.mark.parametrize(
    ("name", "content"), [("t.csv", "id,body\n1,x\n"), ("t.jsonl", '{"id": 1, "body": "x"}\n')]
)
def test_a_table_without_the_column_is_refused_before_anything_is_done(
    tmp_path: Path, name: str, content: str
) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8")
    with pytest.raises(ConfigError, match=r"no column `text`; name one with --text-column: id, body"):
        Sources([str(tmp_path / name)])
    with pytest.raises(ConfigError, match="--id-column"):
        Sources([str(tmp_path / name)], columns=Columns("body", "url"))


def test_what_names_nothing_is_refused_before_anything_is_done(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="no such file or folder"):
        Sources([str(tmp_path / "none")])
    with pytest.raises(ConfigError, match="no file matches"):
        Sources([str(tmp_path / "*.txt")])


def test_a_link_to_nowhere_is_an_article_that_cannot_be_read(tmp_path: Path) -> None:
    tree(tmp_path, "a.txt")
    (tmp_path / "b.txt").symlink_to(tmp_path / "nowhere.txt")
    items = listed(tmp_path)
    assert [item.name for item in items] == ["a.txt", "b.txt"]
    with pytest.raises(SourceError, match=r"b\.txt: no such file"):
        read(items[1])


def test_a_name_that_is_not_utf_8_has_a_location_that_can_be_stored(tmp_path: Path) -> None:
    tree(tmp_path)
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/b\xe0i.txt")).write_text(TEXT, encoding="utf-8")
    item = listed(tmp_path)[0]
    assert item.location.encode().endswith(b"b\\xe0i.txt")
    assert read(item).text == TEXT


def test_a_file_is_read_anew_when_it_or_what_reads_it_has_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tree(tmp_path, "a.txt")
    (item,) = listed(tmp_path / "a.txt")
    before = sha256_of(item)
    assert sha256_of(item) == before
    monkeypatch.setattr(items, "_reader", lambda: b"another")
    assert sha256_of(item) != before


def test_a_large_file_that_differs_only_at_its_end_is_another(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(b"PK" + bytes(MAX_BYTES) + b"1")
    before = sha256_of(file_item(str(path)))
    path.write_bytes(b"PK" + bytes(MAX_BYTES) + b"2")
    assert sha256_of(file_item(str(path))) != before
