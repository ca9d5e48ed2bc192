"""Quotations: the sentences that say what was achieved, what fell short, why, and what is asked for.

A table of cue words weighs every sentence; what opens a section ("Phương hướng", "Hạn chế") weighs with it. A
model is asked only about sentences the table cannot decide, and only between the kinds the table allows.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from summarizer.article.cues import Cue, cue
from summarizer.article.normalize import Folded
from summarizer.schemas.reading import NumberReading
from summarizer.schemas.report import Quotation, Status

__all__ = ("KINDS", "Kind", "Labelled", "Quotations", "label_sentences", "quotations")

Kind = Literal["achievement", "shortcoming", "cause", "directive", "other"]
KINDS: tuple[Kind, ...] = ("achievement", "shortcoming", "cause", "directive")
_WEIGHED: tuple[Kind, ...] = (*KINDS, "other")
Span = tuple[int, int]

# Kind, weight, cue words. Weights add up; the highest sum wins where it leads clearly.
_CUE_WORDS: tuple[tuple[Kind, int, str], ...] = (
    (
        "shortcoming",
        3,
        r"(?:còn |vẫn |một số |những )(?:tồn tại|hạn chế|khuyết điểm|bất cập|yếu kém|chậm|thấp|lúng túng|thiếu)",
    ),
    (
        "shortcoming",
        3,
        r"(?:(?:chưa|không) đạt|chưa hoàn thành)(?= (?:được|chỉ tiêu|kế hoạch|yêu cầu|mục tiêu|so))",
    ),
    ("shortcoming", 2, r"chưa (?!từng|đến|có tiền lệ|xếp loại|năm nào|đầy|làm được)\w+"),
    (
        "shortcoming",
        1,
        r"tuy nhiên|song|bên cạnh những kết quả|hạn chế|tồn tại|khó khăn|vướng mắc|thiếu|trượt|yếu",
    ),
    ("cause", 4, r"nguyên nhân[^.;]{0,60}?(?:là|do|:)|(?:là|chủ yếu) do|xuất phát từ|lý do là"),
    ("cause", 1, r"nguyên nhân|do ảnh hưởng|do tác động"),
    (
        "directive",
        4,
        (
            r"(?:(?<!để\s)đề nghị|(?<!ứng\s)(?<!đích,\s)(?<!đúng\s)(?<!theo\s)yêu cầu|kêu gọi|lưu ý"
            r"|thống nhất chỉ đạo)(?! của| công nhận| khen| tặng| kết nạp)"
        ),
    ),
    (
        "directive",
        3,
        (
            r"thời gian tới|năm tới|nhiệm kỳ tới|năm học tới|nhiệm vụ trọng tâm"
            r"|phương hướng[^.;]{0,40}?(?:là|:|sẽ)"
            r"|cần(?: phải)?"
        ),
    ),
    (
        "directive",
        2,
        (
            r"tiếp tục|phấn đấu|tập trung|tăng cường|đẩy mạnh|sẽ|hướng tới|nâng cao|đổi mới|quyết tâm"
            r"|chỉ tiêu|dự kiến"
        ),
    ),
    (
        "achievement",
        3,
        (
            r"đã (?:đạt|hoàn thành|kết nạp|tổ chức|thực hiện|xây dựng|ban hành|triển khai|huy động"
            r"|phối hợp|lãnh đạo|có"
            r"|nỗ lực|làm)"
        ),
    ),
    (
        "achievement",
        2,
        (
            r"kết quả|(?<!chưa\s)(?<!không\s)đạt|(?<!chưa\s)hoàn thành(?: xuất sắc| tốt)?"
            r"|được công nhận|vượt|kết nạp|thành công|nâng lên"
            r"|cải thiện|nổi bật"
            r"|thành tích"
        ),
    ),
    (
        "achievement",
        1,
        (
            r"biểu dương|ghi nhận|đánh giá cao|tích cực|hiệu quả|khen thưởng|trong năm|năm qua"
            r"|nhiệm kỳ qua|có \d+"
            r"|được \d+"
        ),
    ),
)
_TABLE: tuple[tuple[Kind, int, Cue], ...] = tuple(
    (kind, weight, Cue(rf"(?:{words})(?!\w)")) for kind, weight, words in _CUE_WORDS
)
# What is aimed at, whatever is to be reached by it.
_PLANS = Cue(
    r"(?:đặt (?:ra )?(?:các |những |một số |\d+ )?(?:mục tiêu|chỉ tiêu)|mục tiêu (?:tổng quát|chung|phấn đấu)"
    r"|phấn đấu(?<!luôn\sphấn\sđấu)(?<!đã\sphấn\sđấu)(?<!lực\sphấn\sđấu)(?<!đua\sphấn\sđấu)"
    r"(?= (?:đến|có|hàng năm|hằng năm|mỗi năm|trong|giảm|nâng|tăng|trên|ít nhất|\d))"
    r"|đề ra (?:các |những |một số |\d+ )?(?:nhiệm vụ|mục tiêu|chỉ tiêu)"
    r"|cam kết (?:thực hiện|hoàn thành)|nghị quyết nhiệm kỳ mới|bước sang (?:năm|nhiệm kỳ))(?!\w)"
)
# Aims that were reached, with what they were.
_REACHED = Cue(
    r"(?:(?:chỉ tiêu|nhiệm vụ)[^.;:\n\d]{0,50}? (?:hoàn thành|đạt|vượt)"
    r"|hoàn thành (?:các )?(?:mục tiêu|kế hoạch|chỉ tiêu))(?!\w)"
)
_ALSO_ASKS = Cue(
    r"(?:đồng chí|ông|bà|phát biểu|kết luận) [^;\n]{0,300}?(?:và|đồng thời|cũng)(?: cũng)? (?:đề nghị|yêu cầu)"
    r"(?! của| công nhận| khen| tặng| kết nạp)(?!\w)"
)
_ASKS = next(pattern for kind, weight, pattern in _TABLE if (kind, weight) == ("directive", 4))
# What a heading begins with, and the kind of the sentences below it.
_HEADINGS: tuple[tuple[Kind, str], ...] = (
    ("directive", r"phương hướng|nhiệm vụ|mục tiêu|giải pháp|chỉ tiêu|kiến nghị"),
    ("shortcoming", r"hạn chế|tồn tại|khuyết điểm|khó khăn"),
    ("cause", r"nguyên nhân"),
    ("achievement", r"kết quả|thành tích|ưu điểm|nổi bật"),
)
_SECTIONS: tuple[tuple[Kind, re.Pattern[str]], ...] = tuple(
    (kind, cue(rf"^[\s*+\divx.)-]*(?:về |những |các |một số )?(?:{words})(?!\w)"))
    for kind, words in _HEADINGS
)
# Sentences about the meeting's course: who came, who read what, that limits were spoken of.
_OPENS_COURSE = cue(
    r"\W*(?:(?:đến |về |tới |tham |cùng )*dự |chủ trì|chủ tọa|tại (?:hội nghị|đại hội"
    r"|buổi lễ),? (?:các đại biểu|đại diện|đã công bố)"
    r"|hội nghị (?:đã |cũng |cũng đã )*(?:nghe|thông qua|thảo luận|vinh dự)|toàn cảnh|quang cảnh"
    r"|một số hình ảnh|ảnh|(?:các )?đại biểu "
    r"|căn cứ (?:điều lệ|luật|kế hoạch|quyết định|hướng dẫn|công văn)|nhằm (?:đánh giá|tổng kết|ghi nhận)"
    r"|nhiệm vụ của (?:đại hội|hội nghị)|báo cáo (?:tổng kết|đánh giá)|mở đầu"
    r"|sau phần|kính chúc|trên cơ sở đó|trước khi kết thúc)"
)
_MET = r"(?:hội nghị|đại hội|đại biểu|cuộc họp|buổi họp|buổi họp mặt|buổi làm việc)"
_COURSE = Cue(
    r"biểu quyết|thông qua (?:dự thảo )?báo cáo"
    r"|(?:tổ chức|diễn ra)(?: thành công| trọng thể)? (?:hội nghị|đại hội|lễ)"
    r"|(?:hội nghị|đại hội|buổi lễ) (?:đã )?(?:được )?(?:tổ chức|diễn ra) (?:bằng|tại|nhằm|theo)"
    r"|(?:vừa|đã) (?:tổng kết|sơ kết)[^.;]{0,60}?(?:triển khai|phương hướng)|có buổi làm việc"
    rf"|{_MET}(?: (?:đã|cũng|còn|cùng|vừa|được|tập trung|tiến hành|sôi nổi|thẳng thắn"
    r"|tích cực|tham gia|lần lượt)){0,5}"
    r" (?:nghe|thông qua|thảo luận|tham luận|bầu|đóng góp|trao đổi)"
    r"|(?:chủ trì|đến dự|tham dự|dự|chủ tọa|phát biểu|điều hành)(?: (?:hội nghị|đại hội|buổi lễ))?\W*$"
)
_ONLY_NAMED = Cue(
    r"(?:chỉ ra|chỉ rõ|đánh giá|nêu|phân tích|khắc phục|rút ra|nhìn nhận"
    r"|làm rõ)[^.;]{0,90}?(?:hạn chế|tồn tại|khuyết điểm|nguyên nhân)"
)
_MENDED = Cue(r"(?:bổ sung|khắc phục|tháo gỡ|vượt qua|giảm)[^.;]{0,60}?(?:thiếu|hạn chế|khó khăn|vướng mắc)")
_PAST = Cue(
    r"(?<!\w)(?:đã(?! đạt được)|luôn|ngày càng|từng bước|năm qua|vừa qua|(?:năm học|nhiệm kỳ) qua"
    r"|được (?:nâng|tăng|cải|chú"
    r"|coi|thực|quan|đầu))(?!\w)"
)
_IMPERATIVE = cue(
    r"\W*(?:tiếp tục|tập trung|nâng cao|tăng cường|đẩy mạnh|phấn đấu|quyết liệt|chú trọng|chủ động"
    r"|quan tâm|thực hiện tốt)"
)
_OPENS_WITH_PLAN = cue(r"\W*(?:trong )?(?:năm|năm học|nhiệm kỳ|giai đoạn) (\d{4})")
_SHORTEST, _MOST, _CLEAR, _CERTAIN, _OPENING, _READABLE = 45, 12, 2, 3, 140, 260
_MOST_HITS = 3


class Labelled(NamedTuple):
    """A sentence with the weight of each kind it may be of.

    `kind` is the table's choice, `sure` its certainty.
    """

    at: int
    end: int
    kind: Kind
    weights: Mapping[Kind, int]
    sure: bool


@dataclass(frozen=True, slots=True)
class Quotations:
    """The sentences of each kind, in the order of the text; `telling` is the most telling one of a kind."""

    achievements: tuple[Quotation, ...]
    shortcomings: tuple[Quotation, ...]
    causes: tuple[Quotation, ...]
    directives: tuple[Quotation, ...]
    telling: Mapping[Kind, Quotation]


def label_sentences(
    text: str,
    folded: Folded,
    sentences: Sequence[Span],
    *,
    planned: int | None = None,
    counts: Sequence[NumberReading] = (),
) -> list[Labelled]:
    """Return the sentences long enough to say something, each with what the cue words make of it.

    `planned` is the year planned for: a sentence that opens with it is about what is to come. `counts` are those
    of the article in the order of their offsets: a sentence all of whose counts are aimed at tells no result.
    """
    starts = [count.at for count in counts]
    spans = [folded.span(at, end) for at, end in sentences]
    told: list[tuple[Kind, int, Mapping[int, int]]] = [
        (kind, weight, words.found_in(folded, spans)) for kind, weight, words in _TABLE
    ]
    labelled: list[Labelled] = []
    section: Kind = "other"
    for number, ((at, end), (a, b)) in enumerate(zip(sentences, spans, strict=True)):
        if b - a < _SHORTEST or text[end - 1] not in '.!?…;"”':
            section = _section(folded.text[a:b], section) if labelled else section
            continue
        weights: dict[Kind, int] = dict.fromkeys(_WEIGHED, 0)
        for kind, weight, found in told:
            if number in found:
                weights[kind] += weight + min(_MOST_HITS, found[number]) - 1
        inside = counts[bisect_left(starts, at) : bisect_left(starts, end)]
        statuses: set[Status] = {count.status for count in inside if count.status}
        status = statuses.pop() if len(statuses) == 1 else None
        labelled.append(_weigh(folded, (a, b), (at, end), weights, section, planned, status))
    return labelled


def quotations(
    text: str, labelled: Sequence[Labelled], chosen: Mapping[int, Kind] | None = None
) -> Quotations:
    """Return the quotations of `labelled`; `chosen` overrules the kind of the sentence at an offset."""
    chosen = chosen or {}
    by_kind: dict[Kind, list[Labelled]] = {kind: [] for kind in (*KINDS, "other")}
    for sentence in labelled:
        by_kind[chosen.get(sentence.at, sentence.kind)].append(sentence)
    telling: dict[Kind, Quotation] = {}
    for kind in KINDS:
        if by_kind[kind]:
            telling[kind] = _most_telling(text, kind, by_kind[kind])
    return Quotations(*(_quoted(text, kind, by_kind[kind]) for kind in KINDS), telling=telling)


def _most_telling(text: str, kind: Kind, sentences: Sequence[Labelled]) -> Quotation:
    """The sentence that stands for its kind: short enough to be read at once, strong, early."""

    def rank(one: Labelled) -> tuple[bool, int, int]:
        return one.end - one.at <= _READABLE, one.weights.get(kind, 0), -one.at

    one = max(sentences, key=rank)
    return Quotation(at=one.at, text=text[one.at : one.end])


def _quoted(text: str, kind: Kind, sentences: Sequence[Labelled]) -> tuple[Quotation, ...]:
    strongest = sorted(sentences, key=lambda sentence: -sentence.weights.get(kind, 0))[:_MOST]
    return tuple(
        Quotation(at=sentence.at, text=text[sentence.at : sentence.end])
        for sentence in sorted(strongest, key=lambda sentence: sentence.at)
    )


def _section(heading: str, section: Kind) -> Kind:
    """The kind a short line without a stop opens, if it is a heading of one."""
    for kind, pattern in _SECTIONS:
        if pattern.search(heading):
            return kind
    return section


def _weigh(
    folded: Folded,
    inside: Span,
    span: Span,
    weights: dict[Kind, int],
    section: Kind,
    planned: int | None,
    status: Status | None,
) -> Labelled:
    """Label the sentence that stands at `span` of the text, `inside` the folded text, all its counts of `status`.

    `weights` are those of its cue words.
    """
    a, b = inside
    if section != "other":
        weights[section] += 3
    opens = _OPENS_WITH_PLAN.match(folded.text, a, b)
    if opens and planned is not None:
        told: Kind = "directive" if int(opens[1]) >= planned else "achievement"
        weights[told] += 3
    if _ONLY_NAMED.search(folded, a, b) or _MENDED.search(folded, a, b):
        weights["shortcoming"] -= 5
        weights["cause"] -= 5
    past = _PAST.search(folded, a, min(b, a + _OPENING))
    asks = _ASKS.search(folded, a, min(b, a + _OPENING // 2)) or _ALSO_ASKS.search(folded, a, b)
    plans = status != "result" and _PLANS.search(folded, a, b)
    aimed = status == "target" and weights["shortcoming"] < _CERTAIN
    if aimed and not plans:
        aimed = _REACHED.search(folded, a, b) is None
    if asks or plans or aimed:
        weights["directive"] += 4
        weights["achievement"] -= 6 * aimed
    elif (
        past
        and weights["shortcoming"] < _CERTAIN
        and (weights["achievement"] > 0 or weights["directive"] > 0)
    ):
        weights["directive"] -= 4
        weights["achievement"] += 2
    elif not past and (
        _IMPERATIVE.match(folded.text, a, b) or (planned and str(planned) in folded.text[a:b])
    ):
        weights["directive"] += 3
    first, second = sorted(KINDS, key=lambda kind: -weights[kind])[:2]
    course = status != "target" and (_OPENS_COURSE.match(folded.text, a, b) or _COURSE.search(folded, a, b))
    if course or weights[first] < (3 if first == "directive" else 2):
        return Labelled(*span, "other", weights, sure=bool(course) or weights[first] <= 0)
    return Labelled(*span, first, weights, sure=weights[first] - weights[second] >= _CLEAR)
