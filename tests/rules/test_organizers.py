"""Organizers: the body whose meeting a text tells of."""

from __future__ import annotations

import pytest

from summarizer.article.normalize import normalize
from summarizer.article.sentences import split_sentences
from summarizer.rules.organizers import find_organizers


def organizer(text: str) -> str | None:
    spans = [(sentence.at, sentence.end) for sentence in split_sentences(text)]
    found = find_organizers(normalize(text), spans, None)
    return found[0].body.text if found else None


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("Ngày 19/1, Vườn quốc gia Sao Mai tổ chức hội nghị tổng kết.", "Vườn quốc gia Sao Mai"),
        ("Ngày 19/1, VNPT Sao Mai tổ chức hội nghị tổng kết.", "VNPT Sao Mai"),
        ("Ngày 19/1, Trung đoàn 31, Sư đoàn 309 tổ chức hội nghị tổng kết.", "Trung đoàn 31"),
        ("Ngày 25/1, Xã đoàn Vĩnh An, H.Châu Bình, An Giang tổ chức Đại hội Đoàn.", "Xã đoàn Vĩnh An"),
        (
            "Ngày 6/7, tại Ủy ban MTTQ tỉnh, Ban vận động Quỹ Sao Mai đã tổ chức sơ kết.",
            "Ban vận động Quỹ Sao Mai",
        ),
        (
            "Theo Liên minh Hợp tác xã (HTX) tỉnh, đến cuối năm có 79 HTX phải chuyển đổi. Hiện có 74 HTX đã chuyển.",
            "Liên minh Hợp tác xã (HTX) tỉnh",
        ),
        (
            "Ngày 5/1/2021, Đảng bộ Trường Cao đẳng Y tế Hà Đông tổ chức Hội nghị tổng kết.",
            "Đảng bộ Trường Cao đẳng Y tế Hà Đông",
        ),
        ("Sáng 5/1, tại Hội trường Sở Y tế, Đảng ủy Sở long trọng tổ chức Hội nghị tổng kết.", "Đảng ủy Sở"),
        ("Chi bộ Trường THCS Đoàn Kết đã long trọng tổ chức Đại hội.", "Chi bộ Trường THCS Đoàn Kết"),
        ("Chi bộ Trường Mầm non Hoa Hướng Dương tổ chức Đại hội.", "Chi bộ Trường Mầm non Hoa Hướng Dương"),
        (
            "Trường Cao đẳng Kinh tế - Kỹ thuật Thái Nguyên tổ chức Hội nghị tổng kết.",
            "Trường Cao đẳng Kinh tế - Kỹ thuật Thái Nguyên",
        ),
        (
            "Đến dự có Chủ tịch UBND tỉnh Lê Trí Thanh. Hội Phụ nữ tỉnh Quảng Nam tổ chức Hội nghị tổng kết.",
            "Hội Phụ nữ tỉnh Quảng Nam",
        ),
        ("UBND TP.HCM tổ chức Hội nghị tổng kết.", "UBND TP.HCM"),
        (
            "Sáng nay (18/12), Hội Cựu chiến binh (CCB) thị xã Tân Kỳ tổ chức Hội nghị tổng kết.",
            "Hội Cựu chiến binh (CCB) thị xã Tân Kỳ",
        ),
        (
            "Ban Thường vụ Huyện ủy A tổ chức Hội nghị. Có 312 chi bộ trực thuộc đảng ủy cơ sở.",
            "Ban Thường vụ Huyện ủy A",
        ),
        (
            "Trường Tiểu học Lê Lợi, huyện Ea Kar, tỉnh Đắk Lắk đã tổ chức Lễ tổng kết.",
            "Trường Tiểu học Lê Lợi",
        ),
        (
            "Chiều 2/3, Thường trực HĐND huyện phối hợp với UBND huyện, các cơ quan tổ chức phiên họp.",
            "Thường trực HĐND huyện",
        ),
        (
            "Hội nghị giao ban được Phòng Giáo dục và Đào tạo tổ chức vào chiều 14/9.",
            "Phòng Giáo dục và Đào tạo",
        ),
        ("Thông tin được công bố tại hội nghị sơ kết, do UBND TP. HCM tổ chức ngày 22-5.", "UBND TP. HCM"),
        ("Đại hội Công đoàn tỉnh Bạc Liêu lần thứ X diễn ra trong 2 ngày.", "Công đoàn tỉnh Bạc Liêu"),
        (
            "Đại hội đại biểu Đảng bộ Trường Đại học Vinh lần thứ XXVII đã diễn ra.",
            "Đảng bộ Trường Đại học Vinh",
        ),
        (
            "Ngày 3/4, Ban Chỉ huy Quân sự huyện Mường La tổng kết công tác quốc phòng.",
            "Ban Chỉ huy Quân sự huyện Mường La",
        ),
        (
            "Từ 23/3 đến 12/5, 12 chi bộ thuộc Đảng bộ trường Đại học Huế đã tổ chức Đại hội.",
            "Đảng bộ trường Đại học Huế",
        ),
        ("Ngày 7/8, Phòng Tiểu học thuộc Sở Giáo dục và Đào tạo (GD&ĐT) tổ chức hội nghị.", "Phòng Tiểu học"),
        (
            "Sáng nay, công ty cổ phần thiết bị bưu điện đã tổ chức đại hội tổng kết.",
            "công ty cổ phần thiết bị bưu điện",
        ),
        (
            "Ngày 1/2, Bệnh viện Đại học Y Dược Cần Thơ đã diễn ra Hội nghị viên chức.",
            "Bệnh viện Đại học Y Dược Cần Thơ",
        ),
        ("Hội Nông dân (HND) tỉnh cho biết đã kết nạp 200 hội viên.", "Hội Nông dân (HND) tỉnh"),
        (
            (
                "Hội Nông dân các cấp đã trao 20 suất quà. Hội Nông dân các cấp lo cho người nghèo. "
                "Hội Nông dân tỉnh vận động được 2 tỷ đồng."
            ),
            "Hội Nông dân tỉnh",
        ),
        (
            (
                "Sáng 5/5, Hội đồng Thi đua - Khen thưởng huyện họp. Đến dự có lãnh đạo UBND tỉnh Lai Châu. "
                "Hội đồng Thi đua - Khen thưởng huyện tổ chức hội nghị xét thưởng."
            ),
            "Hội đồng Thi đua - Khen thưởng huyện",
        ),
        ("Ngày 5/6, tại tỉnh Nghệ An, Huyện ủy Yên Thành tổ chức Hội nghị tổng kết.", "Huyện ủy Yên Thành"),
        ("Đoàn Khối các cơ quan tỉnh Lai Châu tổ chức Hội nghị.", "Đoàn Khối các cơ quan tỉnh Lai Châu"),
        ("ĐTN Bệnh viện Đống Đa tổ chức Hội nghị tổng kết.", "ĐTN Bệnh viện Đống Đa"),
        ("Công đoàn Viên chức (CĐVC) tỉnh tổ chức hội nghị.", "Công đoàn Viên chức (CĐVC) tỉnh"),
        ("Tổng LĐLĐ Việt Nam làm việc với các tỉnh.", "Tổng LĐLĐ Việt Nam"),
        (
            (
                "Thực hiện Kế hoạch số 5 ngày 2/3/2021 của Hội Nông dân tỉnh Lai Châu, các xã đã vào cuộc. "
                "Đến nay, Hội Nông dân huyện Tam Đường có 30 chi hội."
            ),
            "Hội Nông dân huyện Tam Đường",
        ),
        (
            "Được UBND tỉnh Lai Châu tặng cờ, Chi bộ Khoa Sử rất vui.",
            "Chi bộ Khoa Sử",
        ),
        ("Được sự quan tâm của Huyện ủy Tam Đường, Đảng bộ xã Bản Bo đã lớn mạnh.", "Đảng bộ xã Bản Bo"),
        ("Tại Văn phòng làm việc, các bạn trao đổi. Chi bộ Khoa Sử có 20 đảng viên.", "Chi bộ Khoa Sử"),
        (
            "Huyện Tam Đường đã tổ chức đại hội. Hội Nông dân huyện Tam Đường tổ chức đại hội.",
            "Hội Nông dân huyện Tam Đường",
        ),
        (
            "Ngày 24/11/2020 Chi bộ 2 trực thuộc Đảng ủy Viện Kiểm sát tỉnh Lai Châu đã tổ chức hội nghị.",
            "Chi bộ 2",
        ),
        (
            "Toàn huyện có 543/545 chi bộ trực thuộc Đảng ủy cơ sở. Đảng bộ huyện Tam Đường có 9 chi bộ.",
            "Đảng bộ huyện Tam Đường",
        ),
        (
            "Lê Văn Bình, Phó Bí thư thường trực Tỉnh ủy chủ trì. Đảng ủy Khối các cơ quan tỉnh có 9 chi bộ.",
            "Đảng ủy Khối các cơ quan tỉnh",
        ),
        (
            "Sáng 5/6, Hội Nông dân (ND) xã Bản Bo (huyện Tam Đường, tỉnh Lai Châu) tổ chức Đại hội.",
            "Hội Nông dân (ND) xã Bản Bo",
        ),
        (
            "Sáng 5/6, Trường THCS Bản Bo (xã Bản Bo, huyện Tam Đường) sơ kết năm học 2020-2021.",
            "Trường THCS Bản Bo",
        ),
        ("Sở Tư pháp tỉnh Lai Châu cùng với Hội Luật gia tổ chức hội thi.", "Sở Tư pháp tỉnh Lai Châu"),
        (
            "Đảng bộ huyện Tam Đường giao Ban Tổ chức Huyện ủy tổ chức 3 lớp bồi dưỡng.",
            "Đảng bộ huyện Tam Đường",
        ),
        (
            "Hội đồng nghiệm thu đề tài Trường Cao đẳng Lai Châu đã họp.",
            "Hội đồng nghiệm thu đề tài Trường Cao đẳng Lai Châu",
        ),
        ("UBMTTQ tỉnh Lai Châu tổ chức Hội nghị tổng kết.", "UBMTTQ tỉnh Lai Châu"),
        (
            "Năm 2018, nhiều mô hình đã được Hội Phụ nữ huyện Tam Đường triển khai có hiệu quả.",
            "Hội Phụ nữ huyện Tam Đường",
        ),
        (
            "Nhiệm vụ của Ngành Tổ chức xây dựng Đảng tỉnh Lai Châu còn nặng nề.",
            "Ngành Tổ chức xây dựng Đảng tỉnh Lai Châu",
        ),
        (
            "Họp Khối thi đua các trường ĐH, CĐ, TCCN tỉnh Lai Châu.",
            "Khối thi đua các trường ĐH, CĐ, TCCN tỉnh Lai Châu",
        ),
        (
            "HỘI ĐỒNG NGHIỆM THU SÁNG KIẾN CẤP TRƯỜNG. Hội đồng đã chấm 9 đề tài đăng trên các tạp chí.",
            "HỘI ĐỒNG NGHIỆM THU SÁNG KIẾN CẤP TRƯỜNG",
        ),
        (
            "Sáng nay, chi đoàn Cán bộ - Giáo viên – Nhân viên đã tổ chức đại hội theo chỉ đạo của BGH nhà trường.",
            "chi đoàn Cán bộ - Giáo viên – Nhân viên",
        ),
        (
            "Đảng ủy Khối các trường Đại học, Cao đẳng và TCCN tổ chức hội nghị tổng kết.",
            "Đảng ủy Khối các trường Đại học, Cao đẳng và TCCN",
        ),
        ("Sơ kết hoạt động Đảng bộ 6 tháng đầu năm. Hội nghị rất vui.", "Đảng bộ"),
        ("Sơ kết hoạt động Đảng bộ Phường 12 tháng 6. Hội nghị rất vui.", "Đảng bộ Phường 12"),
        ("Trung tâm Y tế Dự phòng Bản Bo tổ chức Đại hội.", "Trung tâm Y tế Dự phòng Bản Bo"),
        (
            "Viện Từ điển học và Bách khoa thư Việt Nam tổ chức Đại hội.",
            "Viện Từ điển học và Bách khoa thư Việt Nam",
        ),
        ("Chi đoàn Sở Tư pháp tổ chức Đại hội.", "Chi đoàn Sở Tư pháp"),
        ("Hội Chữ thập đỏ TX. Bản Bo tổ chức hội nghị tổng kết.", "Hội Chữ thập đỏ TX. Bản Bo"),
        (
            "Hội đồng Thi đua khen thưởng tỉnh Lai Châu họp bình xét thi đua.",
            "Hội đồng Thi đua khen thưởng tỉnh Lai Châu",
        ),
        ("Công đoàn Viên chức tỉnh công nhận 9 đoàn viên.", "Công đoàn Viên chức tỉnh"),
        ("Đảng ủy xã Bản Bo thành lập 5 tổ.", "Đảng ủy xã Bản Bo"),
        (
            "Phòng Giáo dục & Đào tạo huyện Tam Đường, ngày 5/8/2020 tổ chức Hội nghị tổng kết.",
            "Phòng Giáo dục & Đào tạo huyện Tam Đường",
        ),
        (
            (
                "Chủ tịch Hội Nông dân huyện Tam Đường rất vui. Chủ tịch Hội Nông dân huyện Tam Đường khen chị em "
                "và chúc chị em đi dự Đại hội Hội Nông dân huyện Tam Đường. "
                "Công đoàn Bản Bo rất vui."
            ),
            "Công đoàn Bản Bo",
        ),
        ("Đại hội đại biểu toàn quốc Hội Tam Đường rất vui.", "Hội Tam Đường"),
        (
            "Dự đại hội, về phía Lãnh đạo Liên đoàn Quận Tam Đường có anh An. Công đoàn Bản Bo rất vui.",
            "Công đoàn Bản Bo",
        ),
        (
            "Đảng bộ và nhân dân huyện Tam Đường rất vui. Đảng ủy xã Bản Bo có 9 chi bộ.",
            "Đảng ủy xã Bản Bo",
        ),
    ],
)
def test_the_body_that_meets_is_found_by_what_it_does(text: str, body: str) -> None:
    assert organizer(text) == body


@pytest.mark.parametrize(
    ("text", "body"),
    [
        (
            (
                "Huy hiệu Đảng\n\nBan Thường vụ Tỉnh ủy tặng 90 huy hiệu.\n\n"
                "Đảng ủy xã Bản Bo trao Huy hiệu Đảng cho đảng viên.\n\nCó 9 đảng viên 60 tuổi Đảng."
            ),
            "Ban Thường vụ Tỉnh ủy",
        ),
        (
            "Đảng bộ tỉnh có 90 đảng viên mới.\nKết nạp đảng tại Chi bộ Bản Bo. Ảnh: P.V.\nCác xã rất vui.",
            "Đảng bộ tỉnh",
        ),
        ("Huyện có 90 đảng viên mới.\nCác xã rất vui.\nBan Tuyên giáo Huyện ủy Tam Đường", None),
        ("Chi bộ bầu đoàn đại biểu đi dự Đại hội Đảng bộ xã Bản Bo gồm 9 đồng chí.", None),
        ("Thầy trò mang về cho nhà trường 1 giải Nhất cấp Thành phố.", None),
        ("Trong năm học, 24 Liên đội Tam Đường rất vui.", None),
        ("Tổng Giám đốc công ty đại diện người lao động rất vui.", None),
        ("Có 90 đảng bộ cơ sở. Các Trường THPT Chuyên dẫn đầu.", None),
    ],
)
def test_a_caption_a_byline_and_many_bodies_tell_of_no_meeting(text: str, body: str | None) -> None:
    assert organizer(text) == body


def test_a_title_tells_whose_year_it_was() -> None:
    text = "Kết quả công tác năm 2019 của Đảng ủy Bản Bo\n\nỦy ban Kiểm tra Đảng ủy đã tiến hành 9 cuộc kiểm tra."
    spans = [(sentence.at, sentence.end) for sentence in split_sentences(text)]
    assert find_organizers(normalize(text), spans[1:], spans[0])[0].body.text == "Đảng ủy Bản Bo"
