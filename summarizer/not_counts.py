"""Why a number counts nothing: the words around it that say so.

From GOLD's "Not a count" and "Decided cases": two tables of phrases, those that stand right before a number and
those that stand right behind it, each with its reason. Phrases are compared folded, the longest first.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from summarizer.counted_nouns import counts_things, phrases
from summarizer.schemas.report import Reason

__all__ = ("reason_after", "reason_before")


def _table(*rows: tuple[Reason | None, str]) -> Mapping[str, Reason | None]:
    return {phrase: reason for reason, listing in rows for phrase in phrases(listing)}


# Whatever follows, a number behind these counts nothing; None: it may count although a shorter phrase says no.
_BEFORE = _table(
    ("ordinal", """thứ, lần thứ, lần, lầu, xếp thứ, thứ hạng, hạng, xếp hạng, top, tốp, khóa, khoá, lớp, khối lớp, mức độ,
     cấp độ, vòng, bậc, học kỳ, kỳ, hk, tuần, tầng, trang, quyển, chương, mục, phiên, phiên họp, kỳ họp,
     vị trí, vị trí số, số 1, cấp số, loại, đại hội, xếp, đứng, đứng ở vị trí, kỳ thi, tiết thứ, toán, tiếng việt,
     tiếng anh, ngữ văn, văn, vật lý, hóa học, sinh học, lịch sử, địa lý, tin học, gdcd, khoa học tự nhiên, bài số,
     mẫu số, công nghệ, đạo đức, âm nhạc, mỹ thuật, thể dục, giáo dục công dân, tin, thế hệ, phiên bản, kỳ số, cấp bậc"""),
    ("document", """nghị quyết số, chỉ thị số, quyết định số, kế hoạch số, hướng dẫn số, thông tư số, công văn số,
     quy định số, kết luận số, nghị định số, thông báo số, tờ trình số, báo cáo số, công điện số, luật số, văn bản số,
     chương trình số, đề án số, nghị quyết tw, nghị quyết trung ương, trung ương, hội nghị trung ương, nqtw, chỉ thị,
     thông tư, nghị định, đề án, điều, khoản, nghị quyết, quy định, kết luận, công văn, công điện, thông báo, hướng dẫn,
     quyết định, tờ trình, pháp lệnh, nq, ct, qđ, kh, hd, kl, nđ, tt, cv, văn kiện, công ước, dự án"""),
    ("name", """số, cụm, cụm số, quốc lộ, tỉnh lộ, đường, ql, covid, covid-, covid -, sars-cov-, sars-cov, iso, cov,
     quận, quân khu, quân đoàn, lữ đoàn, trung đoàn, sư đoàn, tiểu đoàn, đại đội, binh đoàn, vùng, kênh, vtv, nhóm số,
     binh chủng, km, cơ sở số, bộ đề, mã, mã số, ký hiệu, thửa, lô, ô, vnedu, windows, office, web"""),
    ("period", "quý, giai đoạn, năm học, niên khóa, nhiệm kỳ, niên độ"),
    ("date", "ngày, tháng, mùng, mồng, ngày mùng, ngày mồng"),
    ("time", "lúc, hồi, vào hồi, vào lúc"),
    ("contact", "điện thoại, đt, sđt, tel, fax, hotline, số điện thoại, đường dây nóng, số tài khoản, cmnd, cccd, mst"),
    ("score", "tỉ số, tỷ số, điểm số, điểm, điểm trung bình, điểm tb, thang điểm"),
    ("other", "tuổi, độ tuổi, tuổi đời, tuổi trung bình, tuổi bình quân"),
    (None, """trong số, tổng số, có số, thêm số, một lần, nhiều lần, trong ngày, mỗi ngày, trong tháng, mỗi tháng,
     mỗi kỳ, mỗi lớp, bình quân lớp, các loại, tổng số lớp, số lớp, trong quý, mỗi quý, mỗi tuần, trong tuần, với số,
     gồm số, cả số, tới số, nâng số, đưa số, con số, số điểm, trong kỳ, hàng tháng, hàng ngày, cuối kỳ, đầu kỳ,
     cùng kỳ, tổng kỳ, mở lớp, trong đợt, 2 tháng, phát triển đảng, mỗi khóa, được quyết định, ra quyết định, các điều,
     mỗi tuần, hàng tuần, mỗi tầng, tổ chức lớp, tham gia lớp, mỗi điểm, giảm xuống, bằng số, mỗi vòng"""),
)  # fmt: skip
# As above, unless a noun that articles count follows at once: "Chi bộ 1", but "chi bộ 12 đảng viên".
_NAMED = phrases(
    """chi bộ, tổ, tổ dân phố, tdp, khu phố, kp, thôn, xóm, ấp, khối, đội, khu, công ty, phòng, nhà, phường, ban, bản,
    cơ sở, xí nghiệp, nhà máy, khối phố, tổ đảng, chi đoàn, chi hội, liên đội, trường, tổ công đoàn, hội trường, toà,
    tổ chuyên môn, nhóm, tiểu khu, làng, hầm lò, phân xưởng, cảng, cầu, đèo, bệnh viện, đồn, hải đội, cấp, đợt, giai đoạn,
    bài, phần, tập, đoàn, mô đun, module, số báo, bảng, mẫu, chuyên đề, hình, ảnh, nhóm tác giả, cụm thi đua, khối thi đua,
    tổ bầu cử, đơn vị bầu cử, đơn vị, công trình, bước, chặng, cửa, hạng mục, giải, kịch bản, gói"""
)
_WEAK_BEFORE = frozenset(
    phrases(
        """ngày, tháng, quý, lần, loại, số, nghị quyết, quyết định, kế hoạch, đề án, hướng dẫn, thông báo, quy định,
        kết luận, dự án, kỳ, lớp, khóa, vòng, tuần, kỳ thi, tin, văn, xếp, đứng, điểm, cấp, công nghệ, đạo đức, kênh, vùng,
        đường, đại hội, khoa học tự nhiên, mã, lô, trung ương, công văn, điều, tờ trình, mục, chỉ thị, thông tư, cụm,
        ct, qđ, kh, hd, kl, tt, cv, nq, tiết, văn bản"""
    )
)
_AFTER = _table(
    ("duration", """năm, tháng, ngày, tuần, giờ, phút, giây, quý, thập kỷ, thế kỷ, nhiệm kỳ, mùa, đêm, tiếng, thập niên,
     ngày đêm, năm học, học kỳ, niên khóa, năm/lần, tháng/lần, lần/năm, lần/tháng, lần/tuần, lần/quý, tuổi đảng, kỳ,
     khóa liền, năm liền, giờ đồng hồ, lần/ngày, buổi/tuần, buổi/ngày, buổi/tháng, buổi/năm, lần/nhiệm, tiết/tuần"""),
    (None, """ngày công, giờ công, ngày giờ, giờ dạy, giờ thao, giờ học, giờ giảng, giờ tự, ngày hội, ngày lương, tuần lễ,
     giờ dự, mùa vụ, tháng lương, giờ chuẩn, quý khách, giờ hội, giờ thực, tiếng anh, kỳ thi, kỳ họp, kỳ quan, kỳ nghỉ,
     kỳ cuộc, nhiệm kỳ họp, đêm nhạc, đêm thơ, đêm diễn, đêm văn, đêm hội, phút nói, giờ sinh, năm cái"""),
    ("other", "tuổi, tháng tuổi, ngày tuổi, tuổi đời, tuần tuổi, độ, độ c, oc, lần so, ‰"),
    ("score", "điểm, điểm/môn, đ/môn"),
    (None, """điểm cầu, điểm trường, điểm thi, điểm bán, điểm giao, điểm đến, điểm du, điểm nhóm, điểm văn, điểm sinh,
     điểm nóng, điểm đen, điểm tiếp, điểm bưu, điểm dân, điểm tiêm, điểm sạt, điểm dừng, điểm đăng, điểm chốt, điểm vui,
     điểm chợ, điểm thu, điểm truy, điểm tuyên, điểm kết"""),
    ("abstract", """ý, ý chính, nhiệm vụ, nội dung, vấn đề, mục tiêu, phần, giải pháp, khâu, đột phá, bài học,
     nguyên nhân, yêu cầu, nguyên tắc, quan điểm, phương hướng, điểm nhấn, điểm mới, điểm mạnh, điểm yếu, điểm nổi,
     trụ cột, mặt, khía cạnh, yếu tố, hướng, phương châm, định hướng, hạn chế, tồn tại, bước, chủ trương, lưu ý,
     trọng tâm, chữ, điều, lý do, việc, mũi, nhóm nhiệm vụ, nhóm giải pháp, nhóm vấn đề, nhóm nội dung, nhóm mục tiêu,
     nhóm chỉ tiêu, nhóm tiêu chí, nhóm việc, nhóm yếu tố, phương diện, dấu ấn, thành phần, cấp độ, mức, mức độ, loại,
     cấp, khâu đột phá, chức năng, nhóm công, bậc, hình thức, lĩnh vực trọng, thế mạnh, lợi thế, kết quả nổi, thời kỳ,
     giai đoạn, luận điểm, kịch bản, phương án, đặc điểm, câu chữ, cột, từ, kinh nghiệm, đề nghị, kiến nghị, biện pháp,
     chủ đề, phẩm chất, năng lực, khó khăn, thuận lợi, ưu điểm, khuyết điểm, nét, tiểu mục, chương, mảng, tiêu điểm"""),
    (None, """phần quà, phần thưởng, phần việc, phần mềm, phần trăm, phần đất, phần ăn, mặt bằng, mặt hàng, mặt trận,
     bước chân, mũi tiêm, mũi vắc, mũi vaccine, nhiệm vụ khoa, nhiệm vụ kh&cn, nhiệm vụ nghiên, nội dung thi, việc làm,
     nhiệm vụ khcn, hướng dẫn, loại hình, loại sách, cấp ủy, giải pháp khoa, giải pháp sáng, giải pháp kỹ, giải pháp hữu,
     từ điển, điều dưỡng, chữ ký, chữ thập, nhiệm vụ do, loại cây, chương trình, cấp phó, cấp trưởng, nội dung tố,
     nội dung đơn, mũi khoan, mức ăn, hướng dẫn viên, nhiệm vụ được, phương án phòng"""),
    ("other", "/ha, /năm, /người"),
)  # fmt: skip
_SLOGANS = phrases(
    "tốt, không, sạch, nhất, sẵn sàng, xung kích, trách nhiệm, giỏi, có, chống, xây, biết, rõ, tại chỗ, bám"
)
_SLOGAN_BEFORE = phrases(
    "phong trào, danh hiệu, mô hình, phương châm, sinh viên, phụ nữ, gia đình, cuộc vận động, thi đua, chuẩn"
)
_MOST_POINTS = 20
"""More points than this are no announced list but a number of tasks that were counted."""


def reason_before(before: Sequence[str], after: Sequence[str]) -> Reason | None:
    """Return why the words before a number say that it counts nothing, None where they do not.

    `before` are the last folded words, nothing but spaces between the last one and the number; `after` the
    first words behind it, which outweigh a name: "Chi bộ 1" but "chi bộ 12 đảng viên".
    """
    for length in range(min(4, len(before)), 0, -1):
        phrase = " ".join(before[-length:])
        if phrase in _BEFORE:
            return None if phrase in _WEAK_BEFORE and counts_things(after) else _BEFORE[phrase]
        if phrase in _NAMED:
            return None if counts_things(after) else "name"
    return None


def reason_after(
    after: Sequence[str], before: Sequence[str], value: float, *, fraction: bool
) -> Reason | None:
    """Return why the words behind a number say that it counts nothing, None where they do not."""
    for length in range(min(3, len(after)), 0, -1):
        phrase = " ".join(after[:length])
        if phrase in _AFTER:
            reason = _AFTER[phrase]
            if reason == "abstract" and (fraction or value > _MOST_POINTS):
                return None
            return reason
    if after and value <= 6 and (after[0] in _SLOGANS or " ".join(after[:2]) in _SLOGANS):
        if " ".join(before[-2:]) in _SLOGAN_BEFORE:
            return "name"
    return None
