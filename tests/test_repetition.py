"""A text of one phrase over and over ends as fast as any: no pattern tries every way to take it apart."""

import subprocess
import sys

_PHRASES = (
    "và anh",
    "tập thể và cá nhân",
    "đạt được",
    "vẫn còn",
    "tuy nhiên vẫn còn",
    "song song",
    "đồng chí và đồng chí",
    "12 đảng viên và",
    "được khen thưởng",
    "như sau",
    "đội (",
)
_READ = """
import sys, warnings
from summarizer import Settings, summarize
warnings.simplefilter("ignore")
for phrase in sys.argv[1:]:
    around = "Hội nghị tổng kết của Đảng bộ xã Tân An ngày 5/1/2021 có các đại biểu "
    text = f"{around}{(phrase + ' ') * 100}, 15 đảng viên. {around * 10}"
    report = summarize(text, settings=Settings(model="none"))
    report.to_markdown(), report._repr_html_()
"""
_PATIENCE_S = 100
"""Seconds after which a reading that would take hours is given up; all of them take a few."""


def test_a_phrase_over_and_over_is_read_and_written() -> None:
    subprocess.run([sys.executable, "-c", _READ, *_PHRASES], check=True, timeout=_PATIENCE_S)
