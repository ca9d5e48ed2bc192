"""Phrasing: a number together with the article's words for what it counts, in the article's order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from summarizer.article.normalize import in_one_form, normalize
from summarizer.article.openings import behind_joining
from summarizer.article.phrases import Lists, cue
from summarizer.outputs.escaping import shortened, without_list_mark
from summarizer.schemas.labels import Labels
from summarizer.schemas.report import Count, Place

_WORDS, _SUMS = Lists("summarizer.outputs", "phrasing"), Lists("summarizer.outputs", "sums")
_BEGINS = cue(r"{begins}", **_WORDS)
_ONLY_LINKS = cue(r"(?:{links}\W*)*$", **_WORDS)
_NEEDS_OBJECT = cue(r"(?:.*\W)?{needs_object}$", **_WORDS)
_REPRESENTED = cue(r"(?<!\w){represents}", **_SUMS)
_ATTENDS = re.compile(r"(?<!\w)(?:về dự|tham dự|dự)(?!\w)")
"""What delegates do, who stand for those that a number counts: no words for these."""
_MULTIPLIER = r"nghìn|ngàn|triệu|tỷ|tỉ"
_UNIT = re.compile(
    rf"\s?%|(?:\s?(?:{_MULTIPLIER}))*\s?(?:đồng|đ|USD)\b|(?:\s(?:{_MULTIPLIER})\b)+", re.IGNORECASE
)
"""What stands after a percentage or an amount and belongs to it (`%`, `tỷ đồng`)."""
_CELL_END = re.compile(r"[|;\t]")
_BEFORE_NUMBER = " \t\n\xa0:=–-"
"""What may stand between a number and the words before it that say what it is."""
_UNIT_ROOM = 40
"""Characters of a number, its unit and a word behind them that bounds it, at most."""
_ITEM = re.compile(r"\s?,\s+(?=[^\W\d])([^\n,;:.()|\d]+)(?![^\n,;:.()|])")
"""An item of a list behind a comma, without a number."""
_BEHIND_QUOTE = re.compile(r"[”\"]\s+(?!và\b)([^\W\d][^\n,;:.()|\d]*)(?![^\n,;:.()|])")
"""What goes on behind a title in quotation marks: `cấp trường` of `80 “Sinh viên 5 tốt” cấp trường`."""
_WITH = re.compile(r"^với ", re.IGNORECASE)
_AND = re.compile(r"(?:^|\s)và$")
_OBJECT = re.compile(r"\s+(?:(?:hơn|gần|trên|khoảng)\s+)?\d(?:(?!\s+và\s)(?:[^\n,;:.()|]|[.,](?=\d)))*")
"""A number that follows words, with what it counts, to the end of the clause or the next `và`."""
_BOUND = re.compile(r"(?<!\w)(?:hơn|gần|trên|khoảng|ít nhất)\s*$", re.IGNORECASE)
"""A word that bounds the number behind it; another number has its own."""
_LAST_NUMBER = re.compile(r"((?:.*?\D)??)\d[\d.,/]*(?=\D*$)")
"""What stands before the last number of a clause."""
_COMMA, _DASH = re.compile(r",(?=\s|$)"), re.compile(r"[-–]\s*$")
_SENTENCE_END = re.compile(r"[;:(\n|]|\.(?=\s)")
_CLAUSE_ROOM = 400
"""Characters before a number in which the words that lead to it are looked for."""
_LONGEST, _LONGEST_LEAD, _BEFORE_ROOM = 60, 40, 30
"""Characters of words, of those that lead to a number, and of those that say who stands for what is counted."""
_FEW = 2
"""Words for what is counted that say little by themselves (`người`, `tập thể`), at most."""
_MANY = 12
"""Words from which on a phrase that the sentence goes on with was cut for its length, not where it ends."""
_ASIDE = re.compile(r"\([^()]*\)")
_LINK = re.compile(r"(?:^|\s)(?:đạt|bằng|chiếm|là|(?:với )?t[ỷỉ] lệ(?: là)?|tương đương)$", re.IGNORECASE)
"""What only joins a number to the words before it, and says nothing where the number is not shown."""


def unit_at(count: Count, text: str, at: int) -> str:
    """Return the unit of a number that ends at `at` in `text` (`%`, ` tỷ đồng`), empty where there is none."""
    found = _UNIT.match(text, at) if count.unit != "count" else None
    return found.group() if found else ""


def counted_words(count: Count) -> str:
    """Return the words for what is counted; those before the number where it has none but itself, as money may.

    `doanh thu đạt` of `…, doanh thu đạt 2.300 tỷ đồng`; empty where the clause begins with the number.
    """
    return " ".join(filter(None, _around(count)))


def in_order(count: Count, number: str) -> str:
    """Return `number`, a count however written, with the words for what it counts, in the article's order."""
    before, after = _around(count)
    glued = "" if after.startswith("/") else " "
    return f"{_nearest(before, _LONGEST)} {number}{glued}{shortened(after, _LONGEST)}".strip()


def written(place: Place, count: Count | None) -> tuple[str, str]:
    """Return a number of a finding as the article writes it, and what it counts where that stands elsewhere.

    `("837 em", "")`, `("13,6%", "học sinh giỏi")`. Without a count it is the number alone.
    """
    if count is None or count.text != place.text:
        return place.text, ""
    unit = unit_at(count, count.sentence.text, count.end - count.sentence.at)
    unit = unit or "%" * (count.unit == "percent")
    words = in_order(count, number := f"{place.text}{unit}")
    side_by_side = words in " ".join(count.sentence.text.split())
    return (words, "") if side_by_side else (number, shortened(counted_words(count)))


def valued(count: Count, t: Labels) -> str:
    """Return a count's value with the words that bound it: `hơn 120`, `85% trở lên`, in English `over 120`."""
    value, bound, at = t.value(count), count.qualifier, count.at - count.sentence.at
    if not bound:
        return value
    before, after = count.sentence.text[:at], count.sentence.text[at : at + _UNIT_ROOM]
    follows = not before.rstrip().endswith(bound) and bound in after
    words = bound_in_words(bound, t)
    return f"{value} {words}" if follows else f"{words} {value}"


def valued_sum(counts: Sequence[Count], t: Labels) -> str:
    """Return what the numbers of a figure come to, bounded as the article bounds them."""
    first = counts[0]
    if len(counts) == 1:
        return valued(first, t)
    value, bound = sum(count.value for count in counts), bound_of(count.qualifier for count in counts)
    words = t.money(value, first.currency) if first.unit == "money" else t.number(value)
    return " ".join(filter(None, (bound_in_words(bound, t) if bound else "", words)))


def bound_in_words(bound: str, t: Labels) -> str:
    """Return the article's words that bound a number in the language of the labels, as they are where it has none."""
    return t.find(f"bound.{bound.casefold()}", bound)


def bound_of(qualifiers: Iterable[str | None]) -> str | None:
    """Return the word that bounds a sum of numbers which have these words, or none.

    It is their own where all that are bounded have one (`hơn 120` and 30 are `hơn 150`), else `≈`.
    """
    bounds = {word.casefold() for word in qualifiers if word}
    return "≈" if len(bounds) > 1 else next(iter(bounds), None)


def named(count: Count, t: Labels) -> str:
    """Return a count's value with the words for what it counts, and where they say little those that lead to it.

    `12 chi bộ trực thuộc`, `doanh thu đạt 2.300 tỷ đồng`, `chuyển đảng chính thức cho 1 đồng chí`.
    """
    before, words = _around(count)
    stands_alone = before or _ahead(count) or count.unit != "count" or _says_enough(words)
    lead = "" if stands_alone else _nearest(_lead(count))
    return f"{lead} {in_order(count, valued(count, t))}".strip()


def described(count: Count) -> str:
    """Return the words for what is counted; where they say little, with those that lead to the number.

    `…` stands in the number's place: `đào tạo nghề cho … người`, `doanh thu đạt … kế hoạch`, `hạnh kiểm: Tốt`. A
    table's number has the label of its row: `Tổng doanh thu: Năm 2024`.
    """
    before, counted = _around(count)
    ahead = _ahead(count)
    before = _nearest(before, _LONGEST)
    if before and counted:  # the rate of an amount
        return f"{before} …{counted}"
    if not counted:
        before = _unlinked(before)
    words = (counted[:ahead] if ahead else counted).partition("=")[0].strip(" /|")
    if ahead > count.at - count.sentence.at:  # the head of a column, above the row
        label = _CELL_END.split(count.sentence.text[: count.at - count.sentence.at])[0].strip()
        return ": ".join(filter(None, (label, words)))
    if before or (count.unit == "count" and _says_enough(words)):
        return f"{before} {words}{'…' * _is_cut(count)}".strip()
    lead = _lead(count)
    if not ahead:
        number = " …/" if counted.startswith("/") else " … "  # `/năm` of a rate
        return f"{_nearest(lead)}{number}{words}" if lead and words else words or _nearest(lead, _LONGEST)
    lead = _unlinked(lead)
    if words.casefold() in lead.casefold():
        return _nearest(lead, _LONGEST)
    return ": ".join(filter(None, (words, shortened(lead, _LONGEST_LEAD))))


def _unlinked(lead: str) -> str:
    """Return the words before a number without what only joins it to them."""
    while link := _LINK.search(lead):
        lead = lead[: link.start()].rstrip(" ,")
    return lead


def described_beside_heading(count: Count) -> str:
    """Return the words for what is counted as `described`, without what the count's programme says already."""
    lead = described(count).removeprefix("…").partition("…")[0].strip().casefold()
    told = " ".join((count.heading or "").split()).casefold()
    return counted_words(count) if lead and lead in told else described(count)


def _ahead(count: Count) -> int:
    """Return by how many characters the words for what is counted stand before the number."""
    return 0 if count.counted_at is None else max(0, count.at - count.counted_at)


def _is_cut(count: Count) -> bool:
    """Whether the sentence goes on where the many words for what is counted end."""
    end = -1 if count.counted_at is None else count.counted_at + len(count.counted) - count.sentence.at
    behind = count.sentence.text[end : end + 2] if end > 0 else ""
    return len(count.counted.split()) >= _MANY and behind[:1].isspace() and behind[1:].isalnum()


def _says_enough(words: str) -> bool:
    return len(words.removeprefix("lượt ").split()) > _FEW


def _lead(count: Count) -> str:
    """Return the words of its clause that lead to a number, empty where they are of another number."""
    at = count.at - count.sentence.at
    if at <= 0 or not count.sentence.text.startswith(count.text, at):
        return ""
    return _clause(_ASIDE.sub(" ", count.sentence.text[:at]), count.qualifier or "")


def _clause(before: str, bound: str) -> str:
    """Return the last clause of what stands before a number, without the word that bounds the number.

    One that only links to those before it has them in front (`trao 29.760 suất quà, trị giá`). Of a list of numbers
    it is what leads to the first: `kiểm tra` for the second of `kiểm tra 60 tổ chức và 2.986 đảng viên`.
    """
    words = without_list_mark(before[-_CLAUSE_ROOM:]).rstrip(_BEFORE_NUMBER)
    aside = words.rfind("(")
    clauses = [" ".join(clause.split()) for clause in _COMMA.split(_SENTENCE_END.split(words)[-1])]
    clause = clauses.pop().removesuffix(bound).rstrip()
    after_percent = clause.rpartition("%")[2].strip()
    if after_percent and not _ONLY_LINKS.match(in_one_form(after_percent)):
        clause = after_percent
    if clause.endswith(" và") and (number := _LAST_NUMBER.match(clause)):
        clause = number[1].strip()
    while not clause and clauses:
        number = _LAST_NUMBER.match(clauses.pop())
        clause, clauses = (_BOUND.sub("", number[1]).strip(), clauses) if number else ("", [])
    while clauses and _ONLY_LINKS.match(in_one_form(clause)):
        clause = f"{clauses.pop()}, {clause}".rstrip(", ")
    if clause[-1:].isdigit() and _DASH.search(before):  # the lower end of a range
        clause += " –"
    normal = normalize(clause)
    begun = behind_joining(normal)  # nothing but links behind it says nothing: `trong đó có`
    says_nothing = begun and _ONLY_LINKS.match(normal.text, begun)
    clause = clause[normal.origin(begun) :]
    clause = _WITH.sub("", clause)
    if any(map(str.isalpha, clause)) and not says_nothing:
        return clause
    # What stands in brackets is of what is before them.
    return _clause(words[:aside], "") if aside > 0 else ""


def _nearest(lead: str, most: int = _LONGEST_LEAD) -> str:
    """Return the last words of what leads to a number, behind an ellipsis where others stood before them."""
    return lead if len(lead) <= most else "…" + lead[1 - most :].partition(" ")[2]


def _list_end(count: Count) -> str:
    """Return what the sentence has more of the list, or behind the title, that the words for what is counted begin.

    `, giảng viên` of `9 cán bộ, giảng viên`; nothing where it has no more. What opens a new clause, a name or an item
    with a number ends the list.
    """
    if count.counted_at is None or count.counted_at < count.at:
        return ""
    text, begun = count.sentence.text, count.counted_at + len(count.counted) - count.sentence.at
    end = quoted.end() if (quoted := _BEHIND_QUOTE.match(text, begun)) else begun
    while (
        (item := _ITEM.match(text, end)) and item[1][0].islower() and not _BEGINS.match(in_one_form(item[1]))
    ):
        end = item.end()
    words = normalize(text[:end]).text
    if words[-1:].isalpha() and (object_ := _OBJECT.match(text, end)):
        goes_on = _NEEDS_OBJECT.match(words) or (count.unit == "money" and not words.endswith(" và"))
        end = object_.end() if goes_on else end
    more = " ".join(text[quoted.start(1) if quoted else begun : end].split())
    return f" {more}" if more and not more.startswith(",") else more


def _around(count: Count) -> tuple[str, str]:
    """Return the words for what is counted that stand before the number, and those after it."""
    more = _list_end(count)
    own = _AND.sub("", count.counted.strip())
    before = count.sentence.text[: max(0, count.at - count.sentence.at)]
    if count.unit != "money" and any(map(str.isalpha, own)):
        represented = _REPRESENTED.search(in_one_form(before[-_BEFORE_ROOM:]))
        return "", _ATTENDS.split(own)[0].rstrip() if represented else own + more
    if own.startswith(count.text):
        own = own.removeprefix(count.text)
        own = own.removeprefix(unit_at(count, own, 0)).strip()
    is_rate = own.startswith("/")  # `/người/tháng` of an average
    if any(map(str.isalpha, own)) and not is_rate:
        return "", own + more
    return _clause(before, count.qualifier or ""), own if is_rate else ""
