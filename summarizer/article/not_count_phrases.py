"""The phrases that tell what a number is that counts nothing, from GOLD's "Not a count" and "Decided cases".

Each table maps folded phrases to a reason; None stands for "may count", where a shorter phrase would say no.
"""

from __future__ import annotations

from collections.abc import Mapping

from summarizer.article.counted_nouns import phrases
from summarizer.article.normalize import fold
from summarizer.schemas.report import Reason

__all__ = (
    "ABSTRACT_LIMIT",
    "BEHIND",
    "BODIES",
    "COMPOUNDS",
    "EACH",
    "HIGHEST",
    "LEADING",
    "OFTEN",
    "SLOGANS",
    "SLOGAN_LEADS",
    "SPANS",
    "STRONG",
    "YEAR_CUES",
    "YEAR_NO_CUES",
)


def _table(*rows: tuple[Reason | None, str]) -> Mapping[str, Reason | None]:
    return {phrase: reason for reason, listing in rows for phrase in phrases(listing)}


_DOCUMENTS = (
    "nghị quyết, chỉ thị, quyết định, kế hoạch, hướng dẫn, thông tư, công văn, quy định, kết luận, nghị định,"
    "thông báo, tờ trình, công điện, đề án, pháp lệnh, luật, văn bản, chương trình, quy chế, báo cáo, lệnh,"
    "chương trình phối hợp, chương trình hành động, quy chế phối hợp, biên bản, giấy phép, giấy mời, sắc lệnh"
)

STRONG: Mapping[str, Reason | None] = _table(
    ("ordinal", """thứ, lần thứ, xếp thứ, xếp hạng, hạng, thứ hạng, đứng thứ, top, tốp, khối lớp, lớp, khối,
     học kỳ, hk, kỳ họp thứ, vị trí thứ, vị trí số, thế kỷ, năm thứ, tầng, lầu, sinh viên năm, phiên bản,
     mức độ, cấp độ"""),
    ("document", ", ".join(f"{kind.strip()} số" for kind in _DOCUMENTS.split(","))),
    ("name", """quốc lộ, tỉnh lộ, ql, đường số, covid, covid-, covid -, sars-cov-, cov, iso, vtv, mã, mã số,
     mã đề, games, cup, windows, office, số nhà, số báo danh, học số, thcs số, thpt số, mầm non số,
     trường số, cụm số, tổ số, nhà số, bão số, công đoàn số, đội số, thuế số, phòng số, khu số, cơ sở số"""),
    ("date", "tháng, mùng, mồng"),
    ("period", "năm học, niên khóa, niên độ"),
    ("contact", "điện thoại, đt, sđt, tel, fax, hotline, số điện thoại, đường dây nóng, số tài khoản, cccd, mst"),
    ("score", "tỉ số, điểm số, điểm trung bình, điểm tb, thang điểm, điểm bình quân"),
    ("other", "tuổi, độ tuổi, tuổi đời, tuổi trung bình, tuổi bình quân, gấp, hệ số"),
)  # fmt: skip
"""What stands before a number that counts nothing, whatever follows it."""

LEADING: Mapping[str, Reason | None] = _table(
    ("ordinal", """trang, chương, vị trí, toán, tiếng việt, tiếng anh, ngữ văn, vật lý, hóa học, sinh học,
     lịch sử, địa lý, tin học, khóa, vòng, bậc, kỳ, tuần, quyển, mục, phiên, kỳ họp, loại, đại hội, xếp,
     đứng, kỳ thi, tiết, bài, phần, tập, cấp, đợt, giai đoạn, lần, thế hệ, bước, chặng, giải, hình, ảnh,
     biểu, bảng, phụ lục, mẫu, câu, đề, nhiệm kỳ, k, công nghệ, đạo đức, khoa học, âm nhạc, mỹ thuật, chuẩn,
     tiêu chuẩn, mức, quy tắc, mô đun, module, mũi"""),
    ("document", f"{_DOCUMENTS}, trung ương, tw, t.ư, nq tư, nghị quyết tư, hội nghị tư, hội nghị trung ương"),
    ("document", "điều, khoản, dự án, nq, ct, qđ, kh, hd, kl, nđ, tt, cv, ttr, tb"),
    ("name", "số, km, ký hiệu, thửa, lô, ngõ, ngách, hẻm, kiệt, giờ g, zone"),
    ("period", "quý"),
    ("date", "ngày, rằm, đêm"),
    ("time", "lúc, hồi"),
    ("score", "thắng, điểm"),
    (None, """trong ngày, mỗi ngày, hàng ngày, hằng ngày, trong kỳ, cùng kỳ, mỗi kỳ, trong đợt, mỗi đợt,
     các đợt, mỗi khóa, trong tuần, mỗi tuần, hàng tuần, hằng tuần, đầu tuần, cuối tuần, mỗi quý,
     hàng quý, hằng quý, mỗi vòng, mỗi bài, mỗi tiết, mỗi lần, nhiều lần, một lần, trao giải, đạt giải,
     đoạt giải, các giải, số giải, số bài, số tiết, số đợt, số dự án, số đề án, số kế hoạch, số quyết định,
     số nghị quyết, số văn bản, số chương trình, số báo cáo, được cấp, đã cấp, đề nghị cấp, ra quyết định,
     ban hành quyết định, các loại, mỗi điểm, các mức"""),
)  # fmt: skip
"""What stands before a number that counts nothing unless a noun that articles count follows: Nghị quyết 35."""

BODIES = phrases(
    """chi bộ, tổ, tổ dân phố, tdp, khu phố, kp, thôn, xóm, ấp, đội, khu, công ty, phòng, nhà, phường, quận,
    ban, bản, cơ sở, xí nghiệp, nhà máy, khối phố, tổ đảng, chi đoàn, chi hội, liên đội, trường,
    tổ công đoàn, phòng họp, quận ủy, phường ủy, quận đoàn, phường đoàn,
    hội trường, tòa, tổ chuyên môn, nhóm, tiểu khu, làng, phân xưởng, cầu, bệnh viện, quân y,
    đồn, hải đội, đoàn, vụ, chuyên đề, cụm, cụm thi đua, khối thi đua, tổ bầu cử, đơn vị bầu cử, công trình,
    hạng mục, gói, gói thầu, vùng, quân khu, quân đoàn, lữ đoàn, trung đoàn, sư đoàn, tiểu đoàn, đại đội,
    binh đoàn, kênh, đường, công đoàn bộ phận, bộ phận, cụm công đoàn, câu lạc bộ, trạm, đảng bộ bộ phận,
    đảng bộ, tiểu ban, ca, tuyến, khu vực, xưởng, chi nhánh, trung tâm, liên chi, nông trường, lâm trường,
    mạch, tổ máy, phòng học, trường mầm non, trường mẫu giáo, trường tiểu học, trường thcs, trường thpt, chi bộ cơ sở,
    hội cơ sở, chi hội cơ sở, chi bộ cơ quan, cụm chuyên môn"""
)
"""Behind a kind of body stands its own number ("Chi bộ 1"), unless what it has is counted: chi bộ 12 đảng viên."""

HIGHEST: Mapping[str, float] = {
    fold(word).text: highest
    for word, highest in {
        "cấp": 5, "khối": 12, "quý": 4, "tháng": 12, "ngày": 31, "học kỳ": 3, "giai đoạn": 10, "đợt": 30, "kỳ": 30,
        "vòng": 20, "bước": 20, "giải": 10, "tuần": 53, "phần": 50, "đứng": 100, "xếp": 100, "lần": 60, "loại": 10,
        "điểm": 100, "bậc": 20, "nhiệm kỳ": 30, "k": 80, "cơ sở": 5, "gấp": 100, "trung tâm": 10, "mức": 10,
    }.items()
}  # fmt: skip
"""The highest number that these lead to: behind "cấp" a 371 is no level but was granted."""

COMPOUNDS = phrases(
    """tầng lớp, lên lớp, trường lớp, đứng lớp, ra lớp, định kỳ, thời kỳ, chu kỳ, hoa kỳ, đầu kỳ, cuối kỳ,
    bất kỳ, danh mục, chuyên mục, tiết mục, hạng mục, đề mục, thư mục, xếp loại, phân loại, thể loại,
    chủng loại, nhân loại, sắp xếp, chi tiết, thời tiết, góp phần, thành phần, cổ phần, thị phần, đa phần,
    một phần, học tập, luyện tập, thực tập, bài tập, triệu tập, diễn tập, sưu tập, các cấp, cung cấp,
    trợ cấp, nâng cấp, sơ cấp, trung cấp, cao cấp, phụ cấp, phân cấp, cùng cấp, đẳng cấp, giai cấp, bằng cấp,
    hai cấp, từng bước, hòa giải, lý giải, giảng giải, mô hình, tình hình, truyền hình, loại hình, điển hình,
    địa hình, đội hình, hình ảnh, điện ảnh, đại biểu, tiêu biểu, phát biểu, biểu mẫu, gương mẫu, kiểu mẫu,
    kỷ luật, vấn đề, sát chuyên đề, tra chuyên đề,
    chủ đề, tiền đề, kế toán, tính toán, thanh toán, dự toán, quyết toán, kiểm toán, hạ tầng,
    khang trang, chỉnh trang, thời trang, vũ trang, nghĩa trang, trang trang, huy chương, huân chương, kỷ niệm chương,
    hiến chương, tài khoản, các khoản, một số, tổng số, trong số, con số, dân số, chỉ số, đa số, thiểu số,
    tham số, sĩ số, quân số, doanh số, đảng số, chuyển đổi số, kinh tế số, công nghệ số, chính quyền số,
    xã hội số, kỹ năng số, có số, với số, gồm số, số số, nâng số, đưa số, cả số, hội số, trị số, cao quý,
    thu hồi, phản hồi, phục hồi, thí điểm, địa điểm, trọng điểm, quan điểm, thời điểm, ưu điểm, khuyết điểm,
    nhược điểm, đặc điểm, kiểm điểm, cao điểm, tâm điểm, hội điểm, làm điểm, chỉ đạo điểm, mô hình điểm,
    nông thôn, quân đội, bộ đội, văn phòng, đề phòng, dự phòng, quốc phòng, tiêm phòng, trưởng phòng,
    phó phòng, biên phòng, cấp phòng, nước nhà, tỉnh nhà, tại nhà, ủy ban, trưởng ban, phó ban, các ban,
    cơ bản, xuất bản, nhật bản, kịch bản, căn bản, thôn bản, nhà trường, thị trường, môi trường, hiện trường,
    công trường, toàn trường, mỗi trường, các trường, ngôi trường, yêu cầu, nhu cầu,
    toàn cầu, điểm cầu, công đoàn, tập đoàn, tỉnh đoàn, thành đoàn, huyện đoàn, quận đoàn, liên đoàn,
    trưởng đoàn, đại đoàn, bộ đoàn, cơ sở đoàn, chức đoàn, nhiệm vụ, phục vụ, dịch vụ, nghĩa vụ, nghiệp vụ,
    chức vụ, công vụ, thường vụ, thời vụ, nội vụ, giáo vụ, bộ máy, xe máy, các nhóm, các cụm, các vùng,
    toàn vùng, các kênh, mở đường, mỗi tổ, mỗi đội, mỗi nhóm, các khu, toàn khu, cấp cơ sở, đoàn cơ sở,
    bộ cơ sở, chức cơ sở, thi đua cơ sở, thể cơ sở, toàn quận, mỗi đoàn, đường dây, bế giảng khóa,
    đại hội điểm, thực hiện điểm, hội bài, đăng bài, chấm bài, luật sư, công khai, kiểm định chất lượng mức,
    đảng cấp, đạt chuẩn, tham gia lớp, mở lớp, ca ca, bình quân, toàn tổ, nhân văn, luận văn, tham gia giải,
    tổ chức giải, dự giải"""
)
"""Words of two syllables whose last one only looks like a phrase of the tables above."""

BEHIND: Mapping[str, Reason | None] = _table(
    ("duration", """năm, tháng, ngày, tuần, giờ, phút, giây, quý, thập kỷ, thế kỷ, nhiệm kỳ, đêm, tiếng,
     thập niên, ngày đêm, năm học, học kỳ, niên khóa, năm tuổi, tiếng đồng hồ, mùa giải, kỳ, khóa liền,
     khóa liên, mùa, năm liền"""),
    ("time", "giờ sáng, giờ trưa, giờ chiều, giờ tối, giờ ngày, giờ đêm, giờ hôm"),
    (None, """ngày công, giờ công, giờ dạy, giờ thao, giờ học, giờ giảng, ngày hội, ngày lương, tuần lễ,
     quý khách, giờ dự, tháng lương, giờ chuẩn, giờ hội, giờ thực, tiếng anh, kỳ thi, kỳ họp, kỳ quan,
     đêm nhạc, đêm thơ, đêm diễn, đêm văn, đêm hội, giờ sinh, giờ tự, kỳ cuộc, mùa vụ, ngày nghỉ, giờ hành,
     quý vị, kỳ đài"""),
    ("name", "kv"),
    ("other", "bậc, tuổi, tháng tuổi, ngày tuổi, tuần tuổi, độ, độ c, ‰, lần so, lần nhiệm, lần cùng"),
    ("score", "điểm, sao"),
    (None, "sao nhi"),
    (None, """điểm cầu, điểm trường, điểm thi, điểm bán, điểm giao, điểm đến, điểm du, điểm nhóm, điểm văn,
     điểm sinh, điểm nóng, điểm đen, điểm tiếp, điểm bưu, điểm dân, điểm tiêm, điểm sạt, điểm dừng,
     điểm đăng, điểm chốt, điểm vui, điểm chợ, điểm thu, điểm truy, điểm tuyên, điểm kết, điểm tại, điểm lẻ,
     điểm chính, điểm khu, điểm bầu, điểm cấp, điểm phát, điểm tập, điểm di, điểm đỗ, điểm đón, điểm kinh,
     điểm cung, điểm chi"""),
    ("abstract", """ý, ý chính, nhiệm vụ, nội dung, vấn đề, mục tiêu, phần, giải pháp, khâu, đột phá,
     bài học, nguyên nhân, yêu cầu, nguyên tắc, quan điểm, phương hướng, điểm nhấn, điểm mới, điểm mạnh,
     điểm yếu, điểm nổi, trụ cột, mặt, khía cạnh, yếu tố, hướng, phương châm, định hướng, hạn chế, tồn tại,
     bước, chủ trương, lưu ý, trọng tâm, chữ, điều, lý do, việc, nhóm nhiệm vụ, nhóm giải pháp, nhóm vấn đề,
     nhóm nội dung, nhóm mục tiêu, nhóm việc, nhóm yếu tố, phương diện, dấu ấn, thành phần, cấp độ, mức,
     mức độ, cấp, khâu đột phá, chức năng, hình thức, lĩnh vực trọng, thế mạnh, lợi thế, kết quả nổi,
     thời kỳ, giai đoạn, luận điểm, kịch bản, đặc điểm, kinh nghiệm, biện pháp, phẩm chất, năng lực,
     khó khăn, thuận lợi, ưu điểm, khuyết điểm, mảng, công tác trọng, nhóm công, mũi nhọn, mũi giáp, bên,
     miền, chiều, hàng đầu, câu nói, lời"""),
    (None, """nhiệm vụ hoàn, nhiệm vụ htxs, nhiệm vụ htxsnv, nhiệm vụ htt, nhiệm vụ httnv, nhiệm vụ htnv,
     phần quà, phần thưởng, phần việc, phần mềm, phần trăm, phần đất, phần ăn, mặt bằng, mặt hàng, bước chân,
     ý kiến, nhiệm vụ khoa, nhiệm vụ kh&cn, nhiệm vụ nghiên, nhiệm vụ khcn, nội dung thi, việc làm,
     hướng dẫn, hướng tới, hướng về, giải pháp khoa, giải pháp sáng, giải pháp kỹ, giải pháp hữu,
     giải pháp dự, giải pháp tham, giải pháp công, chữ ký, chương trình, nội dung tố, nội dung đơn,
     nội dung kiến, cấp hội,
     cấp cơ sở, cấp trường, cấp huyện, cấp tỉnh, cấp bộ, cấp ngành, cấp quận, cấp thành, cấp quốc,
     cấp công, cấp ủy, cấp phó, cấp trưởng, cấp học, cấp dưỡng, nhiệm vụ được, mặt trận, điều dưỡng, điều tra,
     điều động, mức thưởng, giải pháp đạt, giải pháp được, việc tốt, bên trong, bên ngoài, yêu cầu của,
     bước đầu, lời chúc, mặt tại"""),
    ("document", """của bộ chính, của ban bí, của thủ tướng, của chính phủ, của trung ương, của quốc hội,
     của bộ giáo, của ban chấp, của ban thường, của bct, của tỉnh ủy, của thành ủy, của tw, của bộ y,
     của bộ nội, của bộ gd&đt"""),
)  # fmt: skip
"""What stands behind a number that counts nothing."""

OFTEN = phrases("lần, buổi, tiết, kỳ, ngày, giờ, năm, tháng, cuộc")
SPANS = phrases("năm, tháng, tuần, quý, ngày, lần, buổi, nhiệm kỳ, kỳ, khóa")
EACH = phrases("mỗi, một, hàng, hằng, trên, trong")
"""How often something is done (2 lần/năm, mỗi tháng 1 lần), which counts nothing."""

ABSTRACT_LIMIT = 20
"""More points than this are no announced list but a number of tasks that were counted."""

SLOGANS = phrases(
    """tốt, không, sạch, nhất, sẵn sàng, xung kích, trách nhiệm, giỏi, có, chống, xây, biết, rõ, tại chỗ,
    bám, giảm, tăng, đủ, k, chủ động, an toàn, cùng"""
)
SLOGAN_LEADS = phrases(
    """phong trào, danh hiệu, mô hình, phương châm, sinh viên, phụ nữ, gia đình, vận động, thi đua, chuẩn,
    chi bộ, học sinh, đảng bộ, chi hội, thanh niên, cơ sở, tiêu chí, khẩu hiệu, tuổi trẻ"""
)
"""Before "5 tốt", "3 không": the number of a slogan, which is a name."""

YEAR_CUES = phrases(
    "năm, kỳ, hè, xuân, đầu, cuối, giữa, trước, sau, kể từ, từ năm, đến năm, tháng, đông, hết, nay, quý, mùa"
)
YEAR_NO_CUES = phrases(
    "có, được, trao, gồm, tổng số, tổng cộng, trên, gần, khoảng, dưới, tặng, thu, trồng, cấp, phát, hỗ trợ, đón"
)
