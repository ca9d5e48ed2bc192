"""Who gave the award that a number counts."""

from __future__ import annotations

import pytest

from summarizer.article.article import take_apart
from summarizer.rules.givers import giver_of
from summarizer.sources.document import Document


@pytest.mark.parametrize(
    ("text", "giver"),
    [
        ("Tại Hội nghị, Trường khen thưởng 08 đảng viên.", "Trường"),
        ("Trong dịp này, BCH Đảng ủy Sở tặng Giấy khen cho 08 đảng viên.", "BCH Đảng ủy Sở"),
        ("Đảng ủy nhà trường đã trao giấy khen cho 08 đảng viên.", "Đảng ủy nhà trường"),
        ("Có 08 chi bộ được Đảng ủy Khối tặng Giấy khen.", "Đảng ủy Khối"),
        ("Trong năm, kết nạp 08 đảng viên.", None),
        ("Tại Hội nghị trao giấy khen cho 08 đảng viên.", None),
    ],
)
def test_the_giver_is_read_from_the_verb_of_giving(text: str, giver: str | None) -> None:
    article = take_apart(Document("text", text))
    at = text.index("08")
    assert giver_of(article, article.sentence_at(at), at, len(text)) == giver
