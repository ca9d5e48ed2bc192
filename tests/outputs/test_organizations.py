"""One name for one body over articles, and never one name for two."""

from __future__ import annotations

import unicodedata
from typing import Any

import pytest

from summarizer.outputs.organizations import key_of, location_of, name_key, same_body
from summarizer.schemas.report import MeetingReport, Provenance, Source


def a_report(organization: str | None, location: str | None = None, **fields: Any) -> MeetingReport:
    return MeetingReport(
        source=Source(name="a.txt", location=location, sha256="ab" * 32, characters=1),
        organization=organization,
        provenance=Provenance(model="none", profile="rules", version="0"),
        **fields,
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Đảng uỷ Sở GD&ĐT Cà Mau", "Đảng bộ Sở Giáo dục và Đào tạo tỉnh Cà Mau"),
        ("Đảng bộ Trường Chính trị tỉnh Vĩnh Phúc", "Trường Chính trị Vĩnh Phúc"),
        ("Viện KHGD Việt Nam", unicodedata.normalize("NFD", "Đảng uỷ Viện Khoa học Giáo dục Việt Nam")),
        ("TRƯỜNG ĐẠI HỌC  HOÀ BÌNH", "Trường Đại học Hòa Bình"),
        ("UBND TP.HCM", "Ủy ban nhân dân thành phố Hồ Chí Minh"),
        ("BCH Đảng bộ huyện Yên Lạc", "Huyện uỷ Yên Lạc"),
    ],
)
def test_two_ways_to_write_one_body_are_one(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Chi bộ 1", "Chi bộ 2"),
        ("Trường Chính trị Tôn Đức Thắng", "Trường Chính trị tỉnh Vĩnh Phúc"),
        ("UBND huyện Yên Lạc", "Huyện ủy Yên Lạc"),
        ("Sở Giáo dục và Đào tạo Cà Mau", "Sở Giáo dục và Đào tạo An Giang"),
    ],
)
def test_two_bodies_stay_two(one: str, other: str) -> None:
    assert name_key(one) != name_key(other)


class TestNamesThatManyBodiesHave:
    NAME = "Đảng bộ Sở GDĐT"

    def test_they_are_told_apart_by_their_province(self) -> None:
        one = key_of(a_report(self.NAME, title="Hội nghị Đảng bộ Sở GDĐT tỉnh Cà Mau"), "1")
        assert one == key_of(a_report("Sở Giáo dục và Đào tạo Cà Mau"), "2")
        assert one != key_of(a_report(self.NAME, parent="Tỉnh ủy An Giang"), "3")

    def test_they_are_told_apart_by_their_site(self) -> None:
        one, same, other = (
            key_of(a_report(self.NAME, f"https://{site}/tin"), article)
            for article, site in (("1", "camau.edu.vn"), ("2", "camau.edu.vn"), ("3", "angiang.edu.vn"))
        )
        assert one == same
        assert one != other

    def test_they_are_never_joined_where_nothing_tells_them_apart(self) -> None:
        assert key_of(a_report(self.NAME), "1") != key_of(a_report(self.NAME), "2")
        assert key_of(a_report(None), "1") != key_of(a_report(None), "2")


@pytest.mark.parametrize(
    ("fields", "location"),
    [
        ({"title": "Trường Chính trị tỉnh Vĩnh Phúc tổng kết năm 2020"}, ("Vĩnh Phúc", None)),
        ({"parent": "UBND huyện Yên Lạc, tỉnh Vĩnh Phúc"}, ("Vĩnh Phúc", "huyện Yên Lạc")),
        ({"place": "Hội trường UBND huyện Yên Lạc"}, (None, "huyện Yên Lạc")),
        ({"place": "Nhà khách Thành phố Cần Thơ"}, ("Cần Thơ", None)),
        ({"title": "Hội nghị về hòa bình năm 2020"}, (None, None)),
    ],
)
def test_province_and_district_are_read_where_the_header_names_them(
    fields: dict[str, str], location: tuple[str | None, str | None]
) -> None:
    found = location_of(a_report("Trường Chính trị", **fields))

    assert found == location


@pytest.mark.parametrize(
    "giver", ["Trường", "Đảng ủy nhà trường", "Đảng uỷ Trường Chính trị", "Ban Giám hiệu"]
)
def test_a_body_is_known_by_how_it_speaks_of_itself(giver: str) -> None:
    assert same_body(giver, "Đảng bộ Trường Chính trị tỉnh Vĩnh Phúc")


@pytest.mark.parametrize("giver", ["Đảng ủy Khối các cơ quan tỉnh", "UBND tỉnh", "Tỉnh ủy An Giang"])
def test_another_body_is_not(giver: str) -> None:
    assert not same_body(giver, "Đảng bộ Trường Chính trị Tôn Đức Thắng")


@pytest.mark.parametrize("giver", ["UBND tỉnh", "Chủ tịch UBND tỉnh", "Tỉnh ủy"])
def test_an_area_is_the_body_of_its_government(giver: str) -> None:
    assert same_body(giver, "Đảng bộ tỉnh Bắc Giang")
    assert not same_body(giver, "huyện Yên Thế")
