"""Elections: who was elected or appointed, to which post, with what vote."""

from __future__ import annotations

import pytest

from summarizer.article.normalize import normalize
from summarizer.article.sentences import split_sentences
from summarizer.rules.elections import read_elections
from summarizer.rules.names import find_mentions


def elected(text: str) -> list[tuple[str, str | None, str | None]]:
    normal = normalize(text)
    spans = [(one.at, one.end) for one in split_sentences(text)]
    found = read_elections(normal, spans, find_mentions(normal))
    return [(one.name, one.post, one.vote) for one in found]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "Ông Mạc Văn Tám được bầu làm Chủ tịch Công đoàn nhiệm kỳ 2018 - 2023.",
            [("Mạc Văn Tám", "Chủ tịch Công đoàn", None)],
        ),
        (
            (
                "Bầu đồng chí Mạc Thị Thu Tám - Phó Bí thư chi đoàn nhiệm kỳ 2019-2021 tiếp tục là "
                "Bí thư chi đoàn nhiệm kỳ 2021-2023."
            ),
            [("Mạc Thị Thu Tám", "Bí thư chi đoàn", None)],
        ),
        (
            (
                "Đồng chí Lê Văn An - Hiệu trưởng vẫn tiếp tục giữ chức bí thư chi bộ, đồng chí Đỗ Thị Thu giữ chức "
                "Phó Bí thư."
            ),
            [("Lê Văn An", "bí thư chi bộ", None), ("Đỗ Thị Thu", "Phó Bí thư", None)],
        ),
        (
            "Đồng chí Lê Văn An, Huyện ủy viên, được chỉ định giữ chức vụ Bí thư Đảng ủy, Chủ tịch HĐND xã B.",
            [("Lê Văn An", "Bí thư Đảng ủy, Chủ tịch HĐND xã B", None)],
        ),
        (
            "Đại hội đã bầu Ban Chi ủy gồm các đồng chí: Lê Văn An - Bí thư; Đỗ Thị Thu - Phó Bí thư.",
            [("Lê Văn An", "Bí thư", None), ("Đỗ Thị Thu", "Phó Bí thư", None)],
        ),
        (
            (
                "Danh sách Bí thư các chi bộ đã được chuẩn y:\n\n1. Đồng chí Lê Văn An, Bí thư chi bộ khoa Toán.\n\n"
                "2. Đồng chí Đỗ Thị Thu, Bí thư chi bộ khoa Khí tượng, Thủy văn và Hải dương học.\n\n"
                "3. Đồng chí Mai Văn Nam, Bí thư chi bộ khoa Lý, "
            ),
            [
                ("Lê Văn An", "Bí thư chi bộ khoa Toán", None),
                ("Đỗ Thị Thu", "Bí thư chi bộ khoa Khí tượng, Thủy văn và Hải dương học", None),
                ("Mai Văn Nam", "Bí thư chi bộ khoa Lý", None),
            ],
        ),
        (
            "Đồng chí Lê Văn An tái đắc cử chức Chủ tịch Công đoàn với 45/47 phiếu.",
            [("Lê Văn An", "Chủ tịch Công đoàn", "45/47 phiếu")],
        ),
        (
            "Hội nghị đã bầu đồng chí Lê Thị Hoa làm Chủ tịch, đồng chí Mai Văn Nam làm Phó Chủ tịch.",
            [("Lê Thị Hoa", "Chủ tịch", None), ("Mai Văn Nam", "Phó Chủ tịch", None)],
        ),
        (
            "Công bố Quyết định bổ nhiệm đồng chí Mai Văn Nam giữ chức vụ Phó Hiệu trưởng nhà trường.",
            [("Mai Văn Nam", "Phó Hiệu trưởng nhà trường", None)],
        ),
        (
            "Đồng chí Mai Văn Nam được bầu giữ chức Bí thư Chi bộ với số phiếu tín nhiệm 100%.",
            [("Mai Văn Nam", "Bí thư Chi bộ", "100%")],
        ),
        ("Đại hội đã bầu Đoàn Chủ tịch gồm các đồng chí: Lê Văn An, Đỗ Thị Thu.", []),
        ("Đồng chí Lê Văn An thôi giữ chức Bí thư chi bộ.", []),
        ("Đồng chí Lê Văn An, Bí thư chi bộ, trao giấy khen.", []),
    ],
)
def test_who_is_elected(text: str, found: list[tuple[str, str | None, str | None]]) -> None:
    assert elected(text) == found
