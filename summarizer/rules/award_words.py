"""The patterns by which `awards` tells who is given or reaches something; their words are in `tables/awards.csv`."""

from __future__ import annotations

from summarizer.article.phrases import Lists, cue, word_cue
from summarizer.rules.body_words import AREA, HEAD

_WORDS = Lists("summarizer.rules", "awards")
AWARD = cue(
    r"(?<!\w)(?:huy hiệu[\w\s]{0,24}?tuổi đảng|danh hiệu(?: (?!{links})[^\s,.;:()]+){1,10}"
    r"|{awards}(?: {prizes}| hạng \w+)?)(?!\w)",
    **_WORDS,
)
GRADE = cue(r"[\"']?{graded}(?: tiêu biểu)?(?: nhiệm vụ)?", **_WORDS)
GIVES = word_cue(r"(?:đã |vừa |cũng )*(?:{gives}|{recognizes})", **_WORDS)
# "Hội đồng Thi đua - Khen thưởng", "công tác khen thưởng": what is named so gives nothing.
NO_VERB = cue(r"(?<!\w)(?:{named_so}[\s,-]*(?:và )?|(?:lễ|chương trình) (?:{gives},? (?:và )?)?)$", **_WORDS)
GIVES_NEXT = cue(r" (?:đã |cũng |vừa )?(?:{gives}|khen)", **_WORDS)
_STILL = r"(?:(?:{before_reaching}|\d+ năm (?:liền|liên tục)) )*"
PASSIVE = word_cue(rf"{_STILL}được (?=[^\W\d])", **_WORDS)
HONOURS = word_cue(r"{honours}", **_WORDS)
_RECIPIENT = r"(?:\d+ )?(?:(?:{groups}|{wholes})(?: và|,)? )*"
LISTS = cue(
    r"(?:gồm(?: có)?|là|như|cụ thể)?\s*:|(?<=\s)(?:gồm(?: có)?|thuộc về|trong đó có)(?=\s[^\W\d])"
    r"|(?:{models}|{does_well})(?: [^\s,.;:()]+){0,4}? (?:như|là|có|phải kể đến)(?=\s[^\W\d])"
    r"|(?<!\w)\d+ {groups}(?: [^\s,.;:()]+){0,6} \((?=[^\W\d])",
    **_WORDS,
)
# "03 tập thể là Khoa Nội, Khoa Nhi được tặng …": whom a number counts.
NAMES_THEM = cue(r"(?:\d+|các|những) (?:\w+ ?){1,6}?(?:\s*:|(?:gồm(?: có)?|là|như)\s*:?\s)")
# A line that is an award's name, over those who have it: "II. Giấy khen của Giám đốc".
MARKER = cue(r"\s*(?:[-+*•]|\(?(?:\d{1,2}|[ivx]{1,4}|[a-hđ])[.)/])?\s*(?:về |tặng |trao )?")
LIST_OF = cue(r"danh sách ")
# What a list of the distinguished stands under, where no award is named.
DISTINCTION = word_cue(
    r"(?:đạt|có) (?:nhiều |các )?[^.:;]{0,40}?(?:{merits}[^.:;,]{0,60}|{high}(?: nhất)?(?=\s*:))"
    r"|(?:nhận|trao) thưởng(?= cho|\s*:| gồm)|(?:đạt|đoạt) giải[^.:;,]{0,20}"
    r"|{chosen} [^.:;]{0,30}tham dự [^.:;\n]{0,80}"
    r"|(?:{examples}|{does_well})(?: [^.:;]{1,40}?)??(?= gồm| như| là| có| phải kể|\s*:)"
    r"|{praises}(?= cho| các| những|\s*:| gồm|, trong đó)",
    **_WORDS,
)
_TITLES = r"[\"']?{titles}(?: xuất sắc| tiêu biểu)*[\"']?"
TITLE = cue(_TITLES, **_WORDS)
REACHES = word_cue(rf"{_STILL}{{reaches}}(?: {{reached}})*? (?={_TITLES})", **_WORDS)
# What was voted on is no mere aim: "bỏ phiếu đề nghị khen thưởng" (voted to propose the award).
AIMED = cue(r"(?<!được\s)(?<!nhất\s)(?<!phiếu\s)(?<!quyết\s){aimed}", **_WORDS)
# "5 trường đạt …", "2 cá nhân của Trường A được tặng …": a body that is one of many, or only theirs.
PLURAL = cue(
    r"(?<!\w)(?:(?:các|những|nhiều)(?: [^\W\d]+){0,2}|mọi|mỗi|số|của|thuộc|tại|ở|đưa|giúp|\d\w*)\s+$"
)
# "giải nhì thuộc về đội A", "giải ba toàn đoàn cho xã B": whoever is named behind it has won the prize.
WON_BY = cue(
    r"(?<!\w)giải (?:thưởng )?{prizes}(?!\w)(?:(?!giải(?!\w))[^;:\n]){0,40}?,? (?:lần lượt )?{won_by}"
    r"(?: (?:các )?{groups})*\s?:?(?=\s[^\W\d])",
    **_WORDS,
)
ENDS_WINNERS = cue(r"[;.]\s|(?:,| và)? (?:đồng )?giải |$|\n", **_WORDS)
WHOSE = cue(r"\s*của ")
NOT = cue(r"(?:chưa|không) (?:được )?$")
# "Lê Văn An và 12 hội viên được tặng …", "Lê Văn An thay mặt Chi bộ 3 nhận …": it is not he, or not he alone.
NOT_HIMSELF = cue(
    r"(?<!\w)(?:các|những|nhiều|một số|(?:và|cùng|với|,) (?:hơn |trên )?\d|(?:thay mặt|đại diện)(?!\w))"
)
# "Giải Nhất được trao cho …": who is named behind it receives.
PASSIVE_TO = cue(r" cho (?=\S)")
LEVELED = cue(rf"(?<=\s)(?:{AREA}|{{levels}}) (?=\w)", **_WORDS)
CHO_SHARED = cue(
    rf"(?<!\w)cho ((?:{HEAD}(?: [^\s,.;:()]+){{0,3}}? )?các (?:{AREA}|{HEAD}|{{levels}}) (?=\w))", **_WORDS
)
# "đội Sao Mai giành giải nhì", "hai đội Tân An và Hòa An đồng giải ba": a team, a group, who takes part.
TEAMS = cue(r"\s*(?:hai |ba |các |\d+ )?(?:{levels}|{members}) (?=(\w))", **_WORDS)
LINKS = cue(rf"(?:{{links}}|[:;-])[\s\"']*{_RECIPIENT}$", **_WORDS)
# "biểu dương các đơn vị, nhất là Trạm Y tế xã", "biểu dương nỗ lực của Trạm Y tế xã": whom praise is for.
PRAISED = cue(
    r"{singled_out} [\s\"']*$|^{praise_only}(?: và)? (?:{wholes} )*$"
    r"|^{praise_only}(?: và)? (?:(?:{merit_words}|{wholes})[\s,]+(?:và )?)+(?:của|mà) (?:{wholes} )*$",
    **_WORDS,
)
GOES_ON = cue(rf"[\s\"']*(?:,|;|và)[\s\"']*{_RECIPIENT}", **_WORDS)
AWAY = cue(
    r"(?<!\w)(?:{away}|trong(?!\w)(?! sạch| đó))(?:(?! cho | và (?:đồng chí|ông|bà|em|anh|chị) )[^,;:])*$",
    **_WORDS,
)
RECEIVES = word_cue(r"(?:(?:{before_reaching}|xuất sắc|lần lượt) )*{receives} ", **_WORDS)
AND = cue(r"\s+(?:và|cùng)\s*$")
JOINED = cue(rf"\s+và\s+(?=\d|{HEAD})")
# "biểu dương Trường A đã tổ chức Hội nghị chu đáo": courtesy to the host.
HOSTED = cue(r"\s*(?:đã |trong việc |vì đã )?(?:tổ chức|chuẩn bị) (?:{hosted})", **_WORDS)
