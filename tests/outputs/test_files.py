"""A file is written whole, or stays as it was."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from summarizer.outputs.files import ManyFiles, open_whole, write_whole


def test_a_file_is_written(tmp_path: Path) -> None:
    write_whole(tmp_path / "a.txt", "đảng\r\nviên\n")
    assert (tmp_path / "a.txt").read_bytes() == "đảng\r\nviên\n".encode()
    assert os.listdir(tmp_path) == ["a.txt"]


def test_what_breaks_half_way_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    target = tmp_path / "a.txt"
    target.write_text("old")

    def break_half_way() -> None:
        with open_whole(target) as file:
            file.write("new")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        break_half_way()
    assert target.read_text() == "old"
    assert os.listdir(tmp_path) == ["a.txt"]


def test_others_may_read_it_as_the_umask_says(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        write_whole(tmp_path / "a.txt", "")
    finally:
        os.umask(before)
    assert (tmp_path / "a.txt").stat().st_mode & 0o777 == 0o640


def test_bytes_are_written_as_they_are(tmp_path: Path) -> None:
    with open_whole(tmp_path / "a.bin", binary=True) as file:
        file.write(b"\x00\r\n")
    assert (tmp_path / "a.bin").read_bytes() == b"\x00\r\n"


def test_a_sheaf_of_files_is_written_by_its_end(tmp_path: Path) -> None:
    with ManyFiles() as files:
        for number in range(1_200):
            files.write(tmp_path / f"{number}.md", f"đảng viên {number}\n")
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {
        f"{number}.md": f"đảng viên {number}\n" for number in range(1_200)
    }


def test_a_sheaf_that_breaks_leaves_the_old_files_and_nothing_torn(tmp_path: Path) -> None:
    (tmp_path / "1.md").write_text("old")

    def break_half_way() -> None:
        with ManyFiles() as files:
            files.write(tmp_path / "1.md", "new")
            files.write(tmp_path / "2.md", "new")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        break_half_way()
    assert (tmp_path / "1.md").read_text() == "old"
    assert os.listdir(tmp_path) == ["1.md"]


def test_a_pipe_and_a_device_are_written_to_and_stay_what_they_are(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    write_whole(pipe, "đảng")
    assert os.read(reader, 100).decode() == "đảng"
    os.close(reader)
    assert pipe.is_fifo()
    write_whole(os.devnull, "đảng")
    assert not Path(os.devnull).is_file()


def test_a_link_stays_one(tmp_path: Path) -> None:
    target, link = tmp_path / "a.txt", tmp_path / "link.txt"
    target.write_text("old")
    link.symlink_to(target)
    write_whole(link, "new")
    assert (link.is_symlink(), target.read_text()) == (True, "new")
