"""Why a number counts nothing: the words around it that say so.

From GOLD's "Not a count" and "Decided cases": a table of the phrases that stand right before a number and one of
those right behind it, each with its reason. Phrases are compared folded, and the longest decides.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from summarizer.counted_nouns import counts_after_name, counts_things, phrases
from summarizer.folding import fold
from summarizer.schemas.report import Reason

__all__ = ("is_year", "reason_after", "reason_before")


def _table(*rows: tuple[Reason | None, str]) -> Mapping[str, Reason | None]:
    return {phrase: reason for reason, listing in rows for phrase in phrases(listing)}


# A number behind these counts nothing; None: it may count, although a shorter phrase says no.
_BEFORE = _table(
    ("ordinal", """thứ, lần thứ, xếp thứ, xếp hạng, hạng, thứ hạng, top, tốp, khối lớp, mức độ, cấp độ, học kỳ, hk,
     tầng, lầu, trang, chương, vị trí, vị trí số, toán, tiếng việt, tiếng anh, ngữ văn, vật lý, hóa học, sinh học,
     lịch sử, địa lý, tin học, khóa, lớp, khối, vòng, bậc, kỳ, tuần, quyển, mục, phiên, kỳ họp, loại, đại hội, xếp,
     đứng, kỳ thi, tiết, bài, phần, tập, cấp, đợt, giai đoạn, lần, thế hệ, phiên bản, năm thứ, bước, chặng, cửa số,
     sinh viên năm, giải, số 1, hình, ảnh, biểu, bảng, phụ lục, mẫu, câu, đề, nhiệm kỳ, k, văn, công nghệ, đạo đức"""),
    ("document", """nghị quyết số, chỉ thị số, quyết định số, kế hoạch số, hướng dẫn số, thông tư số, công văn số,
     quy định số, kết luận số, nghị định số, thông báo số, tờ trình số, báo cáo số, công điện số, luật số, văn bản số,
     chương trình số, chương trình phối hợp số, chương trình hành động số, đề án số, quy chế số, quy chế phối hợp số,
     nghị quyết, chỉ thị, quyết định, kế hoạch, hướng dẫn, thông tư, công văn, quy định, kết luận, nghị định, thông báo,
     tờ trình, công điện, đề án, trung ương, tw, hội nghị trung ương, điều, khoản, pháp lệnh, dự án, chương trình,
     nq, ct, qđ, kh, hd, kl, nđ, tt, cv, ttr, tb, văn bản"""),
    ("name", """số, quốc lộ, tỉnh lộ, ql, đường số, covid, covid-, covid -, sars-cov-, cov, iso, vtv, km, mã, mã số, mã đề,
     ký hiệu, thửa, lô, windows, office, games, cup, zone, ngõ, ngách, hẻm, kiệt, số nhà, số báo danh"""),
    ("period", "quý, năm học, niên khóa, niên độ, khóa học"),
    ("date", "ngày, tháng, mùng, mồng, rằm"),
    ("time", "lúc, hồi"),
    ("contact", "điện thoại, đt, sđt, tel, fax, hotline, số điện thoại, đường dây nóng, số tài khoản, cmnd, cccd, mst"),
    ("score", "tỉ số, thắng, điểm số, điểm, điểm trung bình, điểm tb, thang điểm, điểm bình quân"),
    ("other", "tuổi, độ tuổi, tuổi đời, tuổi trung bình, tuổi bình quân, gấp, tiêu chuẩn, hệ số"),
    (None, """trong số, tổng số, có số, một lần, nhiều lần, trong ngày, mỗi ngày, trong tháng, mỗi tháng, mỗi kỳ,
     mỗi lớp, các loại, số lớp, mỗi quý, trong quý, mỗi tuần, trong tuần, với số, gồm số, cả số, nâng số, đưa số,
     con số, số điểm, trong kỳ, hàng tháng, hàng ngày, hàng quý, hằng tháng, hằng quý, mỗi đợt, cùng kỳ, mở lớp, trong đợt,
     mỗi khóa, hàng tuần, hằng tuần, mỗi điểm, mỗi vòng, mỗi năm, hàng năm, hằng năm, trao giải, đạt giải, mỗi bài,
     ra quyết định, được cấp, đã cấp, đề nghị cấp, mỗi khối, số bài, số đợt, số tiết, số dự án, số chương trình,
     số đề án, số văn bản, số kế hoạch, số quyết định, số nghị quyết, mỗi tiết, số giải, ban hành văn bản, bình quân"""),
)  # fmt: skip
# The highest number that these can lead to: behind "cấp" a 371 is not a level but was granted.
_HIGHEST = {
    fold(word).text: highest
    for word, highest in {
        "cấp": 5, "khối": 12, "quý": 4, "tháng": 12, "ngày": 31, "học kỳ": 3, "giai đoạn": 10, "đợt": 30, "kỳ": 30,
        "vòng": 20, "bước": 20, "giải": 10, "tuần": 53, "phần": 50, "điều": 400, "đứng": 100, "xếp": 100, "gấp": 100,
        "lần": 60, "loại": 10, "điểm": 100, "bậc": 20, "nhiệm kỳ": 30, "k": 80,
    }.items()
}  # fmt: skip
_HIGHEST_CLASS = 12
_HIGHEST_NAMED = 30
# Behind a kind of body stands its own number ("Chi bộ 1"), unless people or awards follow: "chi bộ 12 đảng viên".
_BODIES = phrases(
    """chi bộ, tổ, tổ dân phố, tdp, khu phố, kp, thôn, xóm, ấp, đội, khu, công ty, phòng, nhà, phường, quận, ban, bản,
    cơ sở, xí nghiệp, nhà máy, khối phố, tổ đảng, chi đoàn, chi hội, liên đội, trường, tổ công đoàn, hội trường, tòa,
    tổ chuyên môn, nhóm, tiểu khu, làng, phân xưởng, cầu, bệnh viện, quân y, đồn, hải đội, đoàn, mô đun, module, vụ,
    chuyên đề, cụm, cụm thi đua, khối thi đua, tổ bầu cử, đơn vị bầu cử, công trình, hạng mục, gói, gói thầu, vùng,
    quân khu, quân đoàn, lữ đoàn, trung đoàn, sư đoàn, tiểu đoàn, đại đội, binh đoàn, kênh, đường, xã đội, thành phần,
    công đoàn bộ phận, bộ phận, cụm công đoàn, câu lạc bộ, trạm, đảng bộ bộ phận, đảng bộ, tiểu ban, đội thuế, ca, máy"""
)
_AFTER = _table(
    ("duration", """năm, tháng, ngày, tuần, giờ, phút, giây, quý, thập kỷ, thế kỷ, nhiệm kỳ, đêm, tiếng, thập niên,
     ngày đêm, năm học, học kỳ, niên khóa, năm tuổi, tiếng đồng hồ, mùa giải, kỳ, khóa liền, khóa liên, năm/lần, mùa"""),
    (None, """ngày công, giờ công, giờ dạy, giờ thao, giờ học, giờ giảng, ngày hội, ngày lương, tuần lễ, quý khách,
     giờ dự, tháng lương, giờ chuẩn, giờ hội, giờ thực, tiếng anh, kỳ thi, kỳ họp, kỳ quan, đêm nhạc, đêm thơ,
     đêm diễn, đêm văn, đêm hội, phút nói, giờ sinh, giờ tự, kỳ cuộc, mùa vụ, ngày nghỉ, giờ hành"""),
    ("other", "tuổi, tháng tuổi, ngày tuổi, tuần tuổi, độ, độ c, ‰, lần so, lần nhiệm, lần cùng"),
    ("score", "điểm, sao"),
    (None, """điểm cầu, điểm trường, điểm thi, điểm bán, điểm giao, điểm đến, điểm du, điểm nhóm, điểm văn, điểm sinh,
     điểm nóng, điểm đen, điểm tiếp, điểm bưu, điểm dân, điểm tiêm, điểm sạt, điểm dừng, điểm đăng, điểm chốt, điểm vui,
     điểm chợ, điểm thu, điểm truy, điểm tuyên, điểm kết, điểm tại, điểm lẻ, điểm chính, điểm khu, điểm bầu, điểm cấp"""),
    ("abstract", """ý, ý chính, nhiệm vụ, nội dung, vấn đề, mục tiêu, phần, giải pháp, khâu, đột phá, bài học,
     nguyên nhân, yêu cầu, nguyên tắc, quan điểm, phương hướng, điểm nhấn, điểm mới, điểm mạnh, điểm yếu, điểm nổi,
     trụ cột, mặt, khía cạnh, yếu tố, hướng, phương châm, định hướng, hạn chế, tồn tại, bước, chủ trương, lưu ý,
     trọng tâm, chữ, điều, lý do, việc, nhóm nhiệm vụ, nhóm giải pháp, nhóm vấn đề, nhóm nội dung, nhóm mục tiêu,
     nhóm việc, nhóm yếu tố, phương diện, dấu ấn, thành phần, cấp độ, mức, mức độ, loại, cấp, cấp chính, khâu đột phá,
     chức năng, bậc, hình thức, lĩnh vực trọng, thế mạnh, lợi thế, kết quả nổi, thời kỳ, giai đoạn, luận điểm, kịch bản,
     đặc điểm, từ, kinh nghiệm, biện pháp, phẩm chất, năng lực, khó khăn, thuận lợi, ưu điểm, khuyết điểm,
     chương, mảng, công tác trọng, nhóm công, mũi nhọn, mũi giáp, tiêu chí cơ, bên, miền, chiều, hàng đầu"""),
    (None, """phần quà, phần thưởng, phần việc, phần mềm, phần trăm, phần đất, phần ăn, mặt bằng, mặt hàng, bước chân,
     nhiệm vụ khoa, nhiệm vụ kh&cn, nhiệm vụ nghiên, nhiệm vụ khcn, nội dung thi, việc làm, hướng dẫn, hướng dẫn viên,
     loại hình, loại sách, loại cây, giải pháp khoa, giải pháp sáng, giải pháp kỹ, giải pháp hữu, giải pháp dự,
     giải pháp công, từ điển, chữ ký, chương trình, nội dung tố, nội dung đơn, nội dung kiến, cấp hội, cấp công,
     cấp ủy, cấp phó, cấp trưởng, nhiệm vụ được, mặt trận, điều dưỡng, mức thưởng, giải pháp đạt, giải pháp được"""),
    ("document", """của bộ chính, của ban bí, của thủ tướng, của chính phủ, của trung ương, của quốc hội, của bộ giáo,
     của ban chấp, của ban thường, của bct, của tỉnh ủy, của thành ủy, của tw, của bộ y, của bộ nội, của bộ gd&đt"""),
)  # fmt: skip
_FREQUENCIES = tuple(
    f"{often}/{span}"
    for often in phrases("lần, buổi, tiết, kỳ, ngày, giờ, năm, tháng")
    for span in phrases("năm, tháng, tuần, quý, ngày, lần, buổi, nhiệm, kỳ, khóa")
)
_SLOGANS = phrases(
    "tốt, không, sạch, nhất, sẵn sàng, xung kích, trách nhiệm, giỏi, có, chống, xây, biết, rõ, tại chỗ, bám, giảm, tăng, đủ, k"
)
_SLOGAN_BEFORE = phrases(
    "phong trào, danh hiệu, mô hình, phương châm, sinh viên, phụ nữ, gia đình, vận động, thi đua, chuẩn, chi bộ, học sinh, đảng bộ, chi hội, thanh niên, cơ sở"
)
_MOST_POINTS = 20
"""More points than this are no announced list but a number of tasks that were counted."""
_MOST_IN_SLOGAN = 6
_CUES_YEAR = phrases(
    "năm, kỳ, hè, xuân, đầu, cuối, giữa, trước, sau, kể từ, từ năm, đến năm, tháng, đông, hết, nay"
)
_CUES_COUNT = phrases(
    "có, được, trao, gồm, tổng số, tổng cộng, trên, gần, khoảng, dưới, tặng, với, thu, trồng, cấp, huy động"
)


def reason_before(before: Sequence[str], after: Sequence[str], written: str, value: float) -> Reason | None:
    """Return why the words before a number say that it counts nothing, None where they do not.

    `before` are the last folded words, nothing but spaces between the last one and the number; `after` the
    first words behind it, which outweigh a name: "Chi bộ 1" but "chi bộ 12 đảng viên". `written` is the
    number as written, folded.
    """
    for length in range(min(4, len(before)), 0, -1):
        phrase = " ".join(before[-length:])
        if phrase in _BEFORE:
            reason = _BEFORE[phrase]
            if value > _HIGHEST.get(phrase, value) or (before[-1] == "lớp" and not _names_classes(value)):
                return None
            strong = length > 1 or before[-1] in {"thứ", "hạng", "top", "covid", "tầng"}
            return reason if strong or not _counted(after, written, value) else None
        if phrase in _BODIES:
            counted = len(before) > length and before[-length - 1] in {"số", "tổng", "mỗi"}
            return None if counted or _counted(after, written, value) else "name"
    return None


def _counted(after: Sequence[str], written: str, value: float) -> bool:
    """Tell whether the noun behind a number outweighs the name before it: a name has a small number, no 07."""
    plain = value <= _HIGHEST_NAMED and not written.startswith("0")
    return counts_after_name(after) if plain else counts_things(after)


def _names_classes(value: float) -> bool:
    """Tell whether a number behind "lớp" names classes: 9, or 678 for three of them."""
    written = str(value)
    run = (
        written.isdecimal()
        and 2 < len(written) < 5
        and all(int(b) - int(a) == 1 for a, b in zip(written, written[1:], strict=False))
    )
    return value <= _HIGHEST_CLASS or run


def reason_after(
    after: Sequence[str], before: Sequence[str], value: float, *, fraction: bool
) -> Reason | None:
    """Return why the words behind a number say that it counts nothing, None where they do not.

    Of a fraction (`15/15 nhiệm vụ`) and of many (`1.234 nhiệm vụ`) abstract nouns are counted.
    """
    if not after:
        return None
    if after[0].startswith(_FREQUENCIES):
        return "duration"
    for length in range(min(3, len(after)), 0, -1):
        phrase = " ".join(after[:length])
        if phrase in _AFTER:
            reason = _AFTER[phrase]
            return None if reason == "abstract" and (fraction or value > _MOST_POINTS) else reason
    slogan = after[0] in _SLOGANS or " ".join(after[:2]) in _SLOGANS
    if (
        slogan
        and value <= _MOST_IN_SLOGAN
        and (" ".join(before[-2:]) in _SLOGAN_BEFORE or " ".join(before[-1:]) in _SLOGAN_BEFORE)
    ):
        return "name"
    return None


def is_year(before: Sequence[str], after: Sequence[str]) -> bool:
    """Tell whether four digits between 1900 and 2100 are a year, by the words around them."""
    if before and (before[-1] in _CUES_YEAR or " ".join(before[-2:]) in _CUES_YEAR):
        return True
    led = bool(before) and (before[-1] in _CUES_COUNT or " ".join(before[-2:]) in _CUES_COUNT)
    if counts_after_name(after) or (led and counts_things(after)):
        return False
    return not (led and after)
