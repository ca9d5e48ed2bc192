"""Which words behind a number are a noun that articles count, by the taxonomy's own table.

They tell "30/45 đảng viên" from a date and "chi bộ 12 đảng viên" from a cell's name. A noun the table does not
have is still counted wherever nothing speaks against it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import cast

from summarizer.article.lexicon import rows
from summarizer.article.normalize import fold
from summarizer.schemas.report import Subject

__all__ = ("counts_after_name", "counts_things", "noun_subject", "phrases")


def phrases(listing: str) -> frozenset[str]:
    """Return the phrases of a comma-separated listing, folded as articles are."""
    return frozenset(" ".join(fold(phrase).text.split()) for phrase in listing.split(",") if phrase.strip())


_LONGEST = 4
"""Words of a noun that are compared; `words_after` gives no more."""
# Nouns of the table that are verbs or parts of other words just as often.
_VERBS = phrases(
    "tổ chức, khen, khen thưởng, nghiên cứu, lãnh đạo, bảo vệ, nhất, nhì, khuyến khích, kỳ, mặt, điểm, bộ, chức danh,"
    "căn cứ"
)
# Where it is a noun all the same: kết luận 1 tổ chức và 6 đảng viên.
_ORGANS = phrases("tổ chức và, tổ chức vi phạm, tổ chức có")
# Words before the noun that is counted, and nouns that stand for the one their sentence gives.
_BEFORE_NOUN = phrases("lượt, lược, nữ, nam, tân, cựu, nguyên, số, tổng số, các")
_STAND_INS = phrases("đồng chí, đ/c, đc, đ.c, đ/v, đv, cb, sv, hs, gv, hv")
_PEOPLE = frozenset(("party_member", "individual", "staff", "learner", "union_member"))
_THINGS = frozenset(("award", "research", "document"))
# Behind the name of a body ("Chi bộ 2 hoạt động", "Tổ 3 ông Nam") these go on with the sentence.
_GO_ON = phrases(
    """anh, chị, ông, bà, bạn, cụ, vị, con, cô, thầy, đội ngũ, hợp đồng, hiệu trưởng, phó hiệu trưởng,
    tổ trưởng, bí thư, trưởng ban, trưởng thôn, phó bí thư, kế toán, phụ huynh, nhân dân, nam, nữ, gương,
    điển hình, ủy viên, đôi, khách, báo cáo, thông báo, quy định, kết luận, quyết định, hướng dẫn, cam kết,
    kế hoạch, chương trình, chỉ thị, luật, nghị quyết, thông tư, nghị định, đề án, chuyên đề, hội thảo,
    dự thảo, tin, đơn, công văn, quy chế, danh hiệu, công an"""
)
_EVENTS = phrases("cuộc, buổi, lượt, hộ, tập thể, lớp, chi bộ, lần")
_BODIES = _ORGANS | phrases("tổ chức đảng, tổ chức cơ sở đảng")
_PLACES = phrases(
    """xã, phường, huyện, quận, tỉnh, tỉnh thành, thành phố, thị trấn, thị xã, thôn, thôn xóm, ấp, buôn, bản, xóm,
    làng, khu, khu phố, khu dân cư, tổ dân phố, địa phương, nước, quốc gia, xã phường, xã thị trấn, cơ sở, nhà, vụ,
    hội trường, tuyến, tuyến đường, đường dây, cầu, kênh, ca, mặt, phần, nguồn, quỹ, khoản, mẫu, bàn, bao, môn,
    nghề, ngành nghề, trang, áo, mũi, bảng, giống, chỉ số, sách, tham luận, kiến nghị, điểm, ảnh, chương, danh mục"""
)


@lru_cache(maxsize=1)
def _table() -> Mapping[str, Subject]:
    nouns: dict[str, Subject] = {}
    for row in rows():
        if row.meaning == "subject":
            for phrase in phrases(",".join(words.replace(",", "") for words in row.words)):
                nouns[" ".join(phrase.split()[:_LONGEST])] = cast(Subject, row.value)
    return nouns


def noun_subject(after: Sequence[str]) -> tuple[str, Subject] | None:
    """Return the noun that the folded words behind a number begin with, and its subject in the table."""
    if list(after[:2]) == ["lần", "thứ"]:
        return None
    table = _table()
    if len(after) > 1 and after[0] in _BEFORE_NOUN and (later := noun_subject(after[1:])):
        return later
    for length in range(min(_LONGEST, len(after)), 0, -1):
        noun = " ".join(after[:length])
        if noun in _ORGANS:
            return noun, "collective"
        if noun in _VERBS:
            return None
        if noun in table:
            return noun, table[noun]
        if noun in _STAND_INS:
            return noun, "individual"
    return None


def counts_things(after: Sequence[str]) -> bool:
    """Tell whether the folded words behind a number begin with a noun that articles count."""
    return noun_subject(after) is not None


def counts_after_name(after: Sequence[str]) -> bool:
    """Tell the same of a number that a body's name may end with: of people and things, not of places or bodies."""
    found = noun_subject(after)
    if found is None:
        return False
    noun, subject = found
    if subject == "other":
        return noun not in _PLACES
    return noun not in _GO_ON and (subject in _PEOPLE or subject in _THINGS or noun in _EVENTS | _BODIES)
