"""The nouns behind a number, by the taxonomy's table."""

from __future__ import annotations

import pytest

from summarizer.article.counted_nouns import counts_after_name, counts_things, noun_subject


@pytest.mark.parametrize(
    ("after", "subject"),
    [
        ("chi bộ trực thuộc", "party_cell"),
        ("tổ chức cơ sở đảng", "party_organization"),
        ("đảng viên mới", "party_member"),
        ("nữ đảng viên", "party_member"),
        ("lượt cán bộ", "staff"),
        ("lượt tham gia", "event"),
        ("đ/c được khen", "individual"),
        ("căn nhà", "other"),
    ],
)
def test_the_noun_behind_a_number_has_the_subject_of_the_table(after: str, subject: str) -> None:
    found = noun_subject(after.split()[:4])
    assert found is not None
    assert found[1] == subject


@pytest.mark.parametrize(
    "after", ["", "tổ chức đại hội", "nghiên cứu", "khen thưởng", "vừa qua", "của huyện"]
)
def test_verbs_and_other_words_are_no_nouns(after: str) -> None:
    assert not counts_things(after.split())


@pytest.mark.parametrize("after", ["đảng viên", "học sinh", "giải nhì", "hộ nghèo", "lớp"])
def test_people_and_awards_outweigh_a_name_before_the_number(after: str) -> None:
    assert counts_after_name(after.split())


@pytest.mark.parametrize("after", ["trường thcs", "xã hòa bình", "hoạt động tốt", "ông nam", "quận 4", "đã"])
def test_places_bodies_and_verbs_do_not(after: str) -> None:
    assert not counts_after_name(after.split())
