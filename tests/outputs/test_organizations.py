"""One name for one body over articles, and never one name for two."""

from __future__ import annotations

import unicodedata
from typing import Any

import pytest

from summarizer.outputs.collected import Collected
from summarizer.outputs.locations import location_of
from summarizer.outputs.organizations import key_of, location_in, name_key, parent_key_of, same_body
from summarizer.schemas.report import MeetingReport, Provenance, Source
from summarizer.schemas.word_tables import read_table


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
        ("Hội Cựu chiến binh (CCB) huyện Yên Lạc", "HỘI CCB HUYỆN YÊN LẠC"),
        ("Trường ĐHSP Hà Nội", "Đại học Sư phạm Hà Nội"),
        ("UBND H.Châu Thành", "Ủy ban nhân dân huyện Châu Thành"),
        ("Ủy ban MTTQ Việt Nam tỉnh Cà Mau", "Mặt trận Tổ quốc Cà Mau"),
        ("Đoàn TNCS Hồ Chí Minh xã Nam Khê", "Xã đoàn Nam Khê"),
        ("Sở NN-PTNT Cà Mau", "Sở Nông nghiệp và Phát triển nông thôn Cà Mau"),
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
        ("UBND tỉnh Hải Dương", "UBND thành phố Hải Dương"),
        ("Công an huyện Yên Lạc", "Công an Yên Lạc"),
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

    @pytest.mark.parametrize(
        "name",
        [
            NAME, None, "Hội Nông dân xã", "Hội Cựu chiến binh huyện", "Công an tỉnh", "Cục Thi hành án dân sự",
            "Phòng GD&ĐT", "Ngành Nông nghiệp", "Công ty cổ phần", "Chi bộ 5",
        ],
    )  # fmt: skip
    def test_they_are_never_joined_where_nothing_tells_them_apart(self, name: str | None) -> None:
        assert key_of(a_report(name), "1") != key_of(a_report(name), "2")

    def test_a_newspaper_does_not_tell_one_commune_from_another(self) -> None:
        one, other = (key_of(a_report("Hội Nông dân xã", "https://baocamau.vn/tin"), at) for at in "12")
        assert one != other


def bodies(*named: tuple[str, dict[str, str]]) -> dict[str, int]:
    """The bodies that articles are about, by name, and how many are."""
    collected = Collected()
    keys = [collected.add(a_report(name, **fields), str(at))[0] for at, (name, fields) in enumerate(named)]
    collected.settle()
    found = {body.key: body for key in keys if (body := collected.body(key))}
    collected.close()
    return {f"{body.name} ({body.location.district})": body.articles for body in found.values()}


class TestOneBodyOfWhichOneArticleTellsThePlace:
    HA_DONG = ("Trường THCS Lê Lợi", {"parent": "Phòng GD&ĐT quận Hà Đông"})

    def test_it_is_the_body_of_the_articles_that_tell_none(self) -> None:
        shouted = ("TRƯỜNG TRUNG HỌC CƠ SỞ LÊ LỢI", {})
        assert bodies(shouted, self.HA_DONG, shouted) == {"Trường THCS Lê Lợi (quận Hà Đông)": 3}

    def test_bodies_of_two_districts_are_two(self) -> None:
        other = ("Trường THCS Lê Lợi, huyện Yên Lạc", {})
        unknown = ("Trường THCS Lê Lợi", {})
        assert sorted(bodies(self.HA_DONG, other, unknown).values()) == [1, 1, 1]

    def test_a_district_is_not_its_province(self) -> None:
        named = [
            ("UBND huyện Yên Lạc", {}),
            ("UBND huyện Yên Lạc, tỉnh Vĩnh Phúc", {}),
            ("UBND Vĩnh Phúc", {}),
        ]
        assert sorted(bodies(*named).values()) == [1, 2]


@pytest.mark.parametrize(
    ("name", "parent", "above"),
    [
        ("Đảng bộ TP. Hải Dương", None, "Tỉnh ủy Hải Dương"),
        ("Đảng bộ TP. Hải Dương", "TP. Hải Dương", "Đảng bộ tỉnh Hải Dương"),
        ("Hội CCB huyện Yên Lạc", None, "Hội Cựu chiến binh tỉnh Vĩnh Phúc"),
        ("Trường THCS Lê Lợi", "Phòng GD&ĐT huyện Yên Lạc", "Phòng Giáo dục và Đào tạo huyện Yên Lạc"),
    ],
)
def test_the_body_above_is_the_one_named_or_the_provinces(name: str, parent: str | None, above: str) -> None:
    assert parent_key_of(a_report(name, parent=parent)) == key_of(a_report(above), "1")


@pytest.mark.parametrize(
    "name", ["Tỉnh ủy Hải Dương", "Trường THCS Lê Lợi", "Hội CCB huyện Châu Thành", None]
)
def test_no_body_above_is_guessed(name: str | None) -> None:
    assert parent_key_of(a_report(name)) == ""


@pytest.mark.parametrize(
    ("fields", "location"),
    [
        ({"title": "Trường Chính trị tỉnh Vĩnh Phúc tổng kết năm 2020"}, ("Vĩnh Phúc", None)),
        ({"parent": "UBND huyện Yên Lạc, tỉnh Vĩnh Phúc"}, ("Vĩnh Phúc", "huyện Yên Lạc")),
        ({"place": "Hội trường UBND huyện Yên Lạc"}, ("Vĩnh Phúc", "huyện Yên Lạc")),
        ({"place": "Nhà khách Thành phố Cần Thơ"}, ("Cần Thơ", None)),
        ({"title": "Hội nghị về hòa bình năm 2020"}, (None, None)),
        ({"parent": "UBND huyện Yên Định"}, ("Thanh Hóa", "huyện Yên Định")),
        ({"parent": "huyện Đắk Nôm"}, (None, "huyện Đắk Nôm")),
        ({"parent": "PHÒNG GD&ĐT HUYỆN THÁI MỸ"}, (None, "huyện Thái Mỹ")),
        ({"parent": "TP.Biên Hòa"}, ("Đồng Nai", "thành phố Biên Hòa")),
        ({"parent": "huyện Châu Thành"}, (None, "huyện Châu Thành")),
        ({"parent": "H.Châu Thành (An Giang)"}, ("An Giang", "huyện Châu Thành")),
        ({"parent": "Huyện ủy Quảng Ninh"}, ("Quảng Bình", "huyện Quảng Ninh")),
        ({"parent": "huyện Yên Lạc Sơn"}, (None, None)),
        ({"parent": "huyện Châu Thành Tây Ninh"}, ("Tây Ninh", "huyện Châu Thành")),
        ({"parent": "huyện Từ Sơn"}, ("Bắc Ninh", "huyện Từ Sơn")),
        ({"parent": "Thành ủy Hải Dương"}, ("Hải Dương", "thành phố Hải Dương")),
        ({"parent": "xã Hòa Bình"}, (None, None)),
        ({"parent": "HUYỆN ỦY YÊN ĐỊNH"}, ("Thanh Hóa", "huyện Yên Định")),
        ({"parent": "Huyện ủy M’Đrắk"}, ("Đắk Lắk", "huyện M'Đrắk")),
        ({"parent": "UBND huyện Đăk Hà"}, ("Kon Tum", "huyện Đắk Hà")),
        ({"parent": "Hội LHPN TP.HCM"}, ("Thành phố Hồ Chí Minh", None)),
        ({"parent": "huyện đảo Lý Sơn"}, ("Quảng Ngãi", "huyện Lý Sơn")),
        ({"title": "Sóc Trăng: Hội nghị tổng kết"}, ("Sóc Trăng", None)),
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


@pytest.mark.parametrize(
    ("name", "province"),
    [
        ("Trường THCS Hòa Bình", None),
        ("Trường THPT Chuyên Thái Bình", "Thái Bình"),
        ("Trường Đại học Hòa Bình", None),
        ("Trường Đại học Thái Bình", "Thái Bình"),
        ("Ban Chấp hành Đoàn TNCS Hồ Chí Minh", None),
        ("Công ty Cổ phần Xi măng Hà Nam", None),
        ("Sở Y tế Hòa Bình", "Hòa Bình"),
        ("Phân hiệu Đại học Thái Nguyên tại tỉnh Lào Cai", "Lào Cai"),
    ],
)
def test_a_name_like_a_provinces_is_not_where_the_body_is(name: str, province: str | None) -> None:
    assert location_of(a_report(name)).province == province


def test_a_body_of_the_whole_country_is_not_where_it_met() -> None:
    assert location_of(a_report("Bộ Giáo dục và Đào tạo", place="thành phố Đà Nẵng")) == (None, None)
    assert location_of(a_report("Công đoàn Y tế Việt Nam", place="thành phố Đà Nẵng")) == (None, None)


def test_where_a_school_went_is_not_where_it_is() -> None:
    assert location_of(a_report("Trường THCS Lê Lợi", title="Trao quà cho trẻ em huyện Mang Yang")) == (
        None,
        None,
    )


def test_a_body_called_by_its_level_alone_is_where_title_and_posts_say() -> None:
    posts = [{"name": "A", "at": 0, "post": "Phó Chủ tịch UBND tỉnh Cà Mau", "roles": ["guest"]}]
    assert location_of(a_report("Tỉnh Đoàn", title="Tuổi trẻ Bạc Liêu ra quân")) == ("Bạc Liêu", None)
    assert location_of(a_report("Hội Nông dân xã Tân An", people=posts)) == ("Cà Mau", None)
    posts[0]["post"] = "ngụ tỉnh Cà Mau"
    assert location_of(a_report("Hội Nông dân xã Tân An", people=posts)) == (None, None)


def _districts() -> list[tuple[str, str]]:
    rows = read_table("summarizer.outputs", "districts", ("province", "words"), key=("province",))
    return [(row["province"], name) for row in rows for name in row.phrases()]


@pytest.mark.parametrize("name", ["Đảng bộ {}", "Trường THCS Lê Lợi, {}", "Đảng ủy xã Tân Lập {} {}"])
def test_a_body_of_any_district_is_there_however_it_is_written(name: str) -> None:
    for province, district in _districts():
        body = name.format(district, province)
        key = key_of(a_report(body), "a")
        assert location_in(key).district == district
        assert key_of(a_report(unicodedata.normalize("NFD", body)), "a") == key
        assert key_of(a_report(body.upper()), "a") == key
        assert parent_key_of(a_report("Khối dân vận", parent=body)) in ("", key)
