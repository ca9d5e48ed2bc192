"""The patterns by which `sections` tells what a sentence is about; their words stand in `tables/sections.csv`."""

from __future__ import annotations

import re

from summarizer.article.normalize import normalize
from summarizer.article.openings import WORDS, label_of
from summarizer.article.phrases import Lists, cue, word_cue
from summarizer.rules.names import OFFICE
from summarizer.schemas.reading import SECTION_KINDS, SectionKind

_WORDS = {**WORDS, **Lists("summarizer.rules", "meeting"), **Lists("summarizer.rules", "sections")}
_PLACED = r"(?:cũng )?{at}(?: khi)?(?: [\w]+){0,4}? {meetings}"


def _cue(source: str) -> re.Pattern[str]:
    return word_cue(source, **_WORDS)


def _not_behind(name: str) -> str:
    """Return what forbids that a word of a list stands right before: "cần" in "chuyên cần" (diligent) is no need."""
    return "".join(rf"(?<!{normalize(word).text}\s)" for word in _WORDS[name])


HEADINGS: tuple[tuple[SectionKind | None, re.Pattern[str]], ...] = (
    (None, _cue("{headings_none}")),
    *((kind, _cue(rf"(?<!thành\s)(?<!sắc\s)(?<!tốt\s){{headings_{kind}}}")) for kind in SECTION_KINDS),
)
"""What a heading's first word of its kind says the lines below it are; the nhiệm vụ of a grade says nothing."""


LABELS: tuple[tuple[SectionKind, re.Pattern[str]], ...] = tuple(
    (kind, _cue(label_of(kind, r"(?: {label_of} [^,.;:\n]{2,60})?"))) for kind in SECTION_KINDS
)
"""What a label says of the words behind its colon: "Tồn tại, hạn chế: việc thu đảng phí chậm" (dues came in late)."""
PERSON_OPENS = cue(
    r"(?:[^,;:.]{3,110}, ){0,2}?(?:((?:các )?(?:đồng chí|đ/c|đ\.c) {speaks_on})|{address}|" + OFFICE + ")",
    **_WORDS,
)
"""A sentence that begins with somebody; the group: with "đồng chí" and what he goes on to say."""
MEETS = cue(
    r"(?:[^;:.]{3,160}?, )?(?:{meetings}|ngày hội|chương trình(?= (?:được )?(?:bắt|mở|diễn|kết)))(?! thi)"
    r"(?:,? (?!{ends_its_name})[\w.()\-–]+){0,16}?"
    r",? (?:đã |được |cũng |còn |vinh dự |cùng |tiến hành |tập trung |sôi nổi )*{verbs_of_meetings}",
    **_WORDS,
)
"""A sentence in which the meeting itself does something: "Hội nghị đã nghe …" (the conference heard)."""
_ATTENDS = r"(?:(?:đến|về|tới|tham|cùng|vinh dự) )*dự(?!\w)(?! {not_attending})"
ATTENDS = cue(_ATTENDS, **_WORDS)
"""A sentence that says who came; what it counts is who did."""
COURSE_OPENS = cue(
    rf"{_ATTENDS}|{{course_opens}}"
    rf"|ban [\w ]{{3,40}} ra mắt|{_PLACED}"
    r"|được sự [^.;]{0,400}? tổ chức(?: {solemnly})* (?:hội nghị|đại hội|lễ|buổi lễ)(?!\w)",
    **_WORDS,
)
COURSE = _cue(
    r"{course}|(?:tổ chức|diễn ra)(?: {solemnly})* (?:hội nghị|đại hội|lễ|buổi lễ|{reviews})(?!\w)"
    r"|chủ trì (?:hội nghị|đại hội|buổi|cuộc)(?!\w)|chia làm \d+ tổ(?!\w)"
)
COURSE_ENDS = _cue(
    r"(?:{leads}|đến dự|về dự|tham dự|dự)"
    r"(?: (?:hội nghị|đại hội|buổi lễ|cuộc họp)(?!\w)| (?:và|cùng) [^.;]{0,40})?\W*$"
)
ONLY_NAMED = _cue(r"{points_out}[^.;]{0,110}?{pointed_out}")
"""Results and limits are said to have been spoken of, not which they are."""
NO_CONTENT_OPENS = cue(
    r"\W*(?:{empty_opens}|(?:{meetings}|{events})[^,;.]{0,60} nhằm |để [^,:;]*$"
    r"|(?:[^,;.]{3,40}, )?trước (?:năm \d|khi (?:thực hiện|có)|đây)"
    r"|[^;.]{0,120}kết quả (?:cụ thể )?(?:như )?sau\s*:\s*$)",
    **_WORDS,
)
"""A purpose, thanks, a scene, what was before, or the announcement of a list."""
CONDITIONS = cue(
    r"(?:[^,;.]{3,40}, )?(?:trong bối cảnh(?! đó| này)|năm (?:học )?\d{4}(?:\s?[-–]\s?\d{4})?,? (?:cũng )?là năm"
    r"|[^,;.]{3,90}?(?:nhận )?được (?:nhiều )?sự {supports})(?!\w)(?![^.]* (?:đã(?!\w)|{may_be_done}))",
    **_WORDS,
)
"""Under what conditions the work was done, and nothing of the work: "Năm 2020 là năm khó khăn" (a hard year)."""
FIELDS = cue(r"(?<!\w)(?:lĩnh vực|chủ đề)(?: [^\s,.;:]+){0,3}:")
"""The fields that were spoken of, which a colon leads to."""
NO_CONTENT = _cue(r"{empty}|bên (?:phải|trái)\)")
REPORTED = _cue(r"{reported}")
ACCORDING_TO = cue(r"(?:cũng )?theo (?:{address}|{sources})[^,]{0,120}, ", **_WORDS)
SAYS = _cue(r"(?:{says}|báo cáo(?= kết quả))(?! của)(?: rằng| là|,|:)*")
SAYS_BUT = _cue(r"(?:song|nhưng|tuy nhiên|đồng thời)(?!\w)[^.;:]{0,30}? {says}(?: rằng| là|,|:)*")
"""What is said behind praise and against it: "đánh giá cao …, song cũng cho rằng …" (but held that …)."""
PRAISES = cue(r"{praises}(?![^.;]* (?:trong việc |đã (?!{only_kindly})))", **_WORDS)
"""Praise alone; with "trong việc" (for …) or "đã" (they have …) it goes on to say what for."""
NAMES_LIMITS = _cue(r"{limits}(?: [^\s,.;:]+){0,4}?(?=(?:,| còn)? (?:như|là)(?! do)(?:\s*:)?(\s))")
"""What leads to the limits by name: "khắc phục những hạn chế như …" (mend such limits as …)."""
TO_DO = _cue(
    rf"(?:(?<!để\s)(?<!được\s)đề nghị|{_not_behind('required_behind')}yêu cầu"
    r"|chỉ đạo(?= {led})|(?<!được\s)(?<!đã\s)(?<!bàn\s)giao(?= {delegates})|(?<!\d\s){asks})(?!\w)(?! {asks_not})"
)
SETS_AIMS = _cue(
    r"(?:(?:đặt|đề)(?: ra)?|đưa ra) (?:(?:{how_many}|\d+) )*{aims}(?! đã(?!\w))"
    r"|xác định (?:(?:{how_many}|\d+) )*{named_aims}[^.;]{0,60}?(?:là(?!\w)|:)|{is_resolved}"
)
ADOPTS_AIMS = _cue(
    r"(?:thông qua|đề ra|đặt ra|thống nhất|xác định)(?: [^\s,.;:]+){0,6} {named_aims}(?: [^\s,.;:]+){0,4}\W*$"
)
"""What a meeting adopts, before a sentence that says which: "đã thông qua các chỉ tiêu. Cụ thể …"."""
PLANS_OPENS = cue(
    r"(?:(?:về|{how_many}) )*{opens_plan}(?: {plan_of})* {plan_for}|{to_come}|(?:trong )?\d tháng cuối năm"
    r"|(?:bước sang|bước vào) {begins}(?: học)? (?:mới|\d|tiếp)",
    **_WORDS,
)
PLANS = _cue(
    r"{plans}|sẽ(?= \w)(?! được tổ chức| diễn ra)"
    rf"|{_not_behind('need_behind')}cần(?: phải)?(?= \w)(?! {{need_before}})"
    rf"|{_not_behind('striven_behind')}phấn đấu(?= \w)(?! {{striven_not}})"
)
FALLS_SHORT = _cue(
    r"{still}(?: {still_more})* {weak}|{lacks}|(?:chưa|không) đạt(?!\w)(?! giải)|chưa (?!{not_yet_but})\w+"
)
NO_SHORTCOMING = _cue(
    r"{not_short}|{offences}[^.;]{0,60}? giảm(?!\w)|kết nạp[^.;]{0,160}? (?:khai trừ|xóa tên)(?!\w)"
    r"|đạt(?: và|,| hoặc) vượt[^.;]{0,80}?(?:không|chưa) đạt|{good_ratings}[^.;]{0,80}{low_ratings}"
    r"|hoàn thành(?: xuất sắc| tốt)?(?!\w)[^.]{0,160}?{lowest_grades}"
)
CONCEDES = cue(
    r"(?:[^.;,]{0,60}, )?(?:{concedes}(?! nhiên| vậy| rằng) )[^.;]{3,160}?"
    r"(?:,| nhưng| song)(?!\w)(?! (?:{contrasts}))",
    **_WORDS,
)
"""What is granted before the work is told of: "Mặc dù cơ sở vật chất còn thiếu nhưng …" (although …)."""
GRADED = _cue(r"hoàn thành (?:xuất sắc|tốt)[^.]{0,160}?{lowest_grades}")
"""The grades of all, in figures: that some have the lowest one falls short of nothing."""
CAUSE_OPENS = cue(
    r"(?:{cause_opens}|(?:những |các )?{limits} (?:trên|này|nêu trên|nói trên|đó)[^.;,]{0,30}? "
    r"(?:(?:là )?do|(?:có|là) nguyên nhân|(?:xuất phát|bắt nguồn) từ))(?!\w)",
    **_WORDS,
)
STRIVES = _cue(r"(?<!đã\s)phấn đấu[^.;:,]{0,40}$")
"""What a meeting resolves upon, before the colon that leads to it: "thống nhất phấn đấu năm 2024: …"."""
CAUSE_OF_LAST = cue(r"\W*do (?!đó(?!\w)|vậy(?!\w)|đồng chí|đ/c)")
"""A sentence that begins with "Do" (because), right behind what fell short."""
CAUSE_ENDS = _cue(r"là(?: một trong)?(?: những| các)? nguyên nhân(?! của)")
"""A sentence that says why, by its beginning or its end: "… là nguyên nhân chủ yếu" (is the main cause)."""
MENDED = _cue(r"{mends}[^.;]{0,60}?{mended}")
ENFORCED = _cue(
    r"{enforces}(?![^.;]{0,120}{own_members})[^.;]{0,90}?{offences}|đối tượng {offences}"
    r"|{offences} hành chính"
)
"""Others' offences that are found and dealt with, which is work done: "phát hiện 31 vụ vi phạm"."""
CAUSES = _cue(r"nguyên nhân[^.;]{0,60}?(?:(?:là|do|từ)(?!\w)|:)|{causes}|bởi (?:vì )?\w")
DONE = _cue(
    r"(?<!quả\s)(?<!tích\s)(?<!tựu\s)(?<!gì\s)đã(?!\w)(?! {not_done})(?! qua (?!\d))"
    r"|{past}|(?<!năm\s)trong năm(?!\w)(?! tới| học| \d)"
)
MAY_BE_DONE = _cue(r"{may_be_done}|được(?!\w)(?! giao)|(?:có|kiểm tra|giám sát) \d+")
COMPOSED = cue(
    r"tổng số (?![^;]*{reached})[^.;:]{0,60}:?\s*\d"
    r"|{composed_of}(?![^.;]*{reached})[^.;]{0,80}? (?:có|gồm|là)\s*:?\s*\d",
    **_WORDS,
)
"""How many a body has, which is no result: "Toàn trường có 21 lớp" (the school has 21 classes)."""
IMPERATIVE = cue(r"(?:{joins} )?(?:{imperative}|thực hiện(?! {papers}))", **_WORDS)
REWARDS = _cue(r"{rewards}")
CONTRASTS = cue(r"\W*{contrasts}", **_WORDS)
TROUBLES = _cue(r"{troubles}")
SIGNED = cue(r"ngày \d{1,2} tháng \d{1,2} năm \d{4}\W*$|{signed}\s*:", **_WORDS)
