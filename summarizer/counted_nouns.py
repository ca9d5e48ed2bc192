"""The nouns that review articles count, by their first words: a number before one of them is a count.

Not the taxonomy: these sets only tell "30/45 đảng viên" from a date and "Chi bộ 12 đảng viên" from a cell's
name. A noun that is missing here is still a count wherever nothing speaks against it.
"""

from __future__ import annotations

from collections.abc import Sequence

from summarizer.folding import fold

__all__ = ("counts_things", "phrases")


def phrases(listing: str) -> frozenset[str]:
    """Return the phrases of a comma-separated listing, folded as articles are."""
    return frozenset(" ".join(fold(phrase).text.split()) for phrase in listing.split(",") if phrase.strip())


_ORGANIZATIONS = phrases(
    """chi bộ, đảng bộ, đảng ủy, chi ủy, cấp ủy, tổ đảng, tổ chức đảng, tổ chức cơ sở, chi đảng bộ, tập thể,
    đơn vị, cơ quan, doanh nghiệp, công đoàn cơ sở, công đoàn, cđcs, chi đoàn, chi hội, đoàn cơ sở, hộ, hộ dân,
    gia đình, câu lạc bộ, clb, đội, nhóm, tổ chuyên môn, tổ công đoàn, tổ thảo luận, tổ sản xuất, hợp tác xã,
    htx, trường học, trường tiểu học, trường mầm non, trường thcs, trường thpt, trường đạt, cơ sở giáo dục,
    phòng học, phòng giao dịch, tổ hợp tác, tổ chức hội, tổ chức đoàn, tổ chức công đoàn, tổ chức tôn giáo"""
)
_PEOPLE = phrases(
    """đảng viên, đồng chí, đ/c, đc, đ.c, quần chúng, cấp ủy viên, chi ủy viên, đảng ủy viên, cá nhân, gương,
    chiến sĩ, đại biểu, người, cán bộ, công chức, viên chức, giảng viên, giáo viên, gv, bác sĩ, y tá, điều dưỡng,
    y sĩ, cbgv, cbgvnv, cbccvc, cnvclđ, cnlđ, cbcnv, cbđv, đv, đvtn, cnvc, nlđ, ccvc, lao động, công nhân,
    nhân viên, nông dân, học viên, học sinh, hs, hssv, sinh viên, sv, thí sinh, em, cháu, trẻ, trẻ em, thiếu nhi,
    đội viên, đoàn viên, hội viên, công đoàn viên, thành viên, ủy viên, thanh niên, tân binh, quân nhân, phụ nữ,
    nhà giáo, thầy cô, thầy, cô, nghệ nhân, vận động viên, vđv, bệnh nhân, ca mắc, nạn nhân, hộ nghèo, nhân khẩu,
    khách, lượt, lượt người, lượt khách, dân, chị em, anh chị, tiến sĩ, thạc sĩ, cử nhân, phó giáo sư, giáo sư,
    ts, ths, nghiên cứu sinh, báo cáo viên, tuyên truyền viên, chuyên viên, khách mời, tình nguyện viên, thầy giáo,
    cô giáo, nhà khoa học, chuyên gia, kỹ sư, luật sư, diễn viên, liệt sĩ, thương binh, cựu chiến binh, mẹ"""
)
_THINGS = phrases(
    """đề tài, sáng kiến, hội thảo, tọa đàm, chuyên đề, bài, bài báo, bài viết, bài dự thi, tin bài, tin, văn bản,
    cuộc, buổi, giải, giải nhất, giải nhì, giải ba, huy chương, hcv, hcb, hcđ, giấy khen, bằng khen, cờ, cờ thi đua,
    huy hiệu, danh hiệu, công trình, suất, suất quà, phần quà, căn nhà, căn, ngôi nhà, ý kiến, tiêu chí, chỉ tiêu,
    ha, km, tấn, tạ, lít, kg, m2, m3, mô hình, dự án, sản phẩm, tiết, tiết dạy, lớp, tham luận, học bổng, hồ sơ,
    vụ, vụ việc, đơn thư, đơn, cây, con, bộ, chiếc, máy, cuốn, quyển, tờ, câu hỏi, tác phẩm, kỷ niệm chương,
    đơn vị máu, xã, phường, thị trấn, huyện, thôn, ấp, bản, tổ dân phố, khu phố, quốc gia, nước, tỉnh, phiếu,
    nghị quyết, kế hoạch, chương trình, quyết định, hội nghị, hoạt động, phong trào, đợt, phong, nhà, trường"""
)
_FOLLOWED_BY_VERB = phrases("tổ chức, nhà trường, trường tổ chức, đơn vị tổ chức")
_SURE = _ORGANIZATIONS | _PEOPLE | _THINGS


def counts_things(after: Sequence[str]) -> bool:
    """Tell whether the folded words behind a number begin with a noun that articles count."""
    for length in (3, 2, 1):
        phrase = " ".join(after[:length])
        if phrase in _FOLLOWED_BY_VERB:
            return False
        if phrase in _SURE:
            return True
    return False
