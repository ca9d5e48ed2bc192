"""Gradings: the grades given, against the number that could be graded (`grade_total`).

Each cell or member has one grade, so the grades of one rating cannot be more than those rated: `4/4 chi bộ …
hoàn thành tốt, 01 chi bộ … hoàn thành xuất sắc` makes five of four. The grades of a rating are read where they
stand together; an award (giấy khen cho 10 đảng viên hoàn thành xuất sắc nhiệm vụ) says again who had that grade,
so it is never added to a rating, but it cannot be where all had another.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from summarizer.article.normalize import words_in
from summarizer.article.phrases import Lists
from summarizer.audit.ledger import Entry, Ledger, finding_of, plain, summable
from summarizer.schemas.report import Finding, Grade, Notice, Subject

_TABLE = Lists("summarizer.audit", "audit")

_NESTED = words_in("trong đó")
_OR_BETTER = words_in("trở lên")
_TOTAL_CUES = (words_in("tổng số"), words_in("trong đó"), ("gồm",))
_RATING_CUES = tuple(map(words_in, ("đánh giá", "xếp loại", "phân loại", "đủ tư cách", "tỉ lệ")))
_LONGEST_WORDS = 16
"""Words around a graded number in which what is said of its rating stands."""
_LONGEST_LEAD = 6
_BEYOND = 1.5
"""How many times a whole stated elsewhere the grades may be before it is taken for another whole."""
_BODIES = _TABLE.words("bodies")
_ALL: frozenset[Grade] = frozenset(("good", "excellent"))
"""Grades of which “all have it” leaves no other; `hoàn thành` alone is also said of those who did better."""


def grades_against_totals(ledger: Ledger) -> Iterator[Finding]:
    """Yield a finding for each rating that gives more grades than there were cells or members to be graded."""
    results: defaultdict[Subject, list[Entry]] = defaultdict(list)
    for entry in ledger.entries:
        if entry.count.status == "result":
            results[entry.count.subject].append(entry)
    for entries in results.values():
        graded = [entry for entry in entries if entry.count.grade not in (None, "unrated")]
        if graded and (finding := _contradiction(ledger, entries, graded)):
            yield finding


def _contradiction(ledger: Ledger, entries: Sequence[Entry], graded: Sequence[Entry]) -> Finding | None:
    """Return the first finding among one subject's results, of which `graded` have a grade."""
    bare = [entry for entry in entries if entry.count.grade is None and summable(entry)]
    # The greatest of the counts without a grade, where the article states it as all there are.
    greatest = max((entry.count.value for entry in bare), default=0)
    stated = next((one for one in bare if one.count.value == greatest and _is_whole(ledger, one)), None)
    for group in _ratings(graded):
        if _apart(ledger, group) and (finding := _over_whole(ledger, group, bare, stated)):
            return finding
    everyone = next((entry for entry in graded if _is_all(ledger, entry)), None)
    return _none_left(ledger, everyone, entries, graded) if everyone else None


def _ratings(graded: Sequence[Entry]) -> Iterator[list[Entry]]:
    """Yield the grades of one rating: all counts or all percentages, close together, each grade once."""
    held: dict[bool, list[Entry]] = {}
    for entry in graded:
        percent = entry.count.unit == "percent"
        group = held.setdefault(percent, [])
        near = group and entry.sentence - group[-1].sentence <= 1
        if near and all(entry.count.grade != other.count.grade for other in group):
            group.append(entry)
        else:
            yield group
            held[percent] = [entry]
    yield from held.values()


def _apart(ledger: Ledger, group: Sequence[Entry]) -> bool:
    """Return whether the grades of a group exclude each other: none is a part of another, or `trở lên`."""
    if len(group) < 2 or ledger.has(_NESTED, group[0].right, group[-1].left):
        return False
    return not any(entry.count.qualifier or _or_better(ledger, entry) for entry in group)


def _or_better(ledger: Ledger, entry: Entry) -> bool:
    _, end = ledger.bounds[entry.sentence]
    following = ledger.between(entry.right, end)
    stop = following[0].left if following else end
    return ledger.has(_OR_BETTER, entry.right, min(stop, entry.right + _LONGEST_WORDS))


def _over_whole(
    ledger: Ledger, group: Sequence[Entry], bare: Sequence[Entry], stated: Entry | None
) -> Finding | None:
    """Return the finding where the grades of a rating are more than were rated.

    Those are the total of its fractions, a hundred percent, or the number without a grade (of `bare`) that stands in
    front of them, else the one `stated` elsewhere.
    """
    first, given = group[0], sum(entry.count.value for entry in group)
    totals = {entry.count.total for entry in group if entry.count.total is not None}
    if len(totals) == 1 and given > (total := totals.pop()):
        full = [entry for entry in group if entry.count.value == total]
        ordered = [*full[:1], *(entry for entry in group if entry not in full[:1])]
        stated_total = [entry for entry in bare if entry.count.value == total][:1]
        return _finding(ledger, ordered, total, stated_total, within=bool(full))
    if first.count.unit == "percent":
        # Each percentage may be rounded up by half of its last digit; one for all is more than that.
        return _finding(ledger, group, 100, []) if given > 101 else None
    start, _ = ledger.bounds[first.sentence]
    before = [entry for entry in bare if start <= entry.left < first.left]
    if before and any(ledger.has(cue, start, first.left) for cue in _TOTAL_CUES):
        stated = before[-1]
    elif stated and given > _BEYOND * stated.count.value:
        return None
    if stated is None or given <= stated.count.value or not all(map(summable, group)):
        return None
    return _finding(ledger, group, stated.count.value, [stated])


def _is_whole(ledger: Ledger, entry: Entry) -> bool:
    """Return whether a count is stated as all there are: `Đảng bộ có 41 đảng viên,`, `11 chi bộ trực thuộc`."""
    tokens = ledger.tokens
    noun = ledger.noun(entry)
    if noun is None:
        return False
    start, stop = ledger.bounds[entry.sentence]
    before = tokens[max(start, entry.left - _LONGEST_LEAD) : entry.left]
    after = tokens[noun[1] : noun[1] + 2] if noun[1] < stop else ["."]
    if before[-2:] == ["tổng", "số"] or after == ["trực", "thuộc"] or "thuộc" in tokens[noun[0] : noun[1]]:
        return True
    has = before[-1:] in (["có"], ["gồm"]) and "trong" not in before
    body = bool(_BODIES.intersection(before))
    return has and body and after[:1] in ([","], ["."], [";"], ["("])


def _is_all(ledger: Ledger, entry: Entry) -> bool:
    """Return whether a count says that all were given one grade in a rating."""
    count = entry.count
    if count.grade not in _ALL or count.qualifier or _or_better(ledger, entry):
        return False
    if not (count.unit == "percent" and count.value == 100) and count.total != count.value:
        return False
    start, stop = ledger.bounds[entry.sentence]
    start, stop = max(start, entry.left - _LONGEST_WORDS), min(stop, entry.right + _LONGEST_WORDS)
    rated = any(ledger.has(cue, start, stop) for cue in _RATING_CUES)
    return rated and not ledger.has(_NESTED, entry.right, stop)


def _none_left(
    ledger: Ledger, entry: Entry, entries: Sequence[Entry], graded: Sequence[Entry]
) -> Finding | None:
    """Return the finding where some have another grade than the one that all were given."""
    for other in graded:
        if other.count.grade != entry.count.grade and other.count.unit == "count" and other.count.value:
            base = max(entries, key=lambda one: one.count.total or 0)
            stated = [base] if base.count.total and base is not entry else []
            return _finding(ledger, [entry, other], base.count.total or 100, stated, within=True)
    return None


def _finding(
    ledger: Ledger, group: Sequence[Entry], total: float, stated: Sequence[Entry], *, within: bool = False
) -> Finding:
    """Return the finding that `group` is more than `total`: a number that `stated` says, or a hundred percent.

    `within`: it agrees where all have a grade and some of them a better one.
    """
    graded = tuple(
        Notice(code="graded", values={"written": ledger.written(entry), "grade": entry.count.grade or ""})
        for entry in group
    )
    also = (Notice(code="within"),) if within else ()
    percents = [entry.count.unit == "percent" for entry in group]
    places = (*group, *stated)
    if any(percents) and not all(percents) and not stated:
        none_left = Notice(code="grades_none_left", values={"graded": graded})
        arithmetic = f"100% + {plain(group[-1].count.value)} > 100%"
        return finding_of("grade_total", arithmetic, places, none_left, *also)
    sign = "%" if all(percents) else ""
    # All of those rated are as many as were rated.
    values = [
        total if percent and not sign else entry.count.value
        for percent, entry in zip(percents, group, strict=True)
    ]
    code = "grades_percent" if sign else "grades_all" if any(percents) else "grades"
    summed = round(sum(values), 2)
    more = Notice(
        code=code, values={"graded": graded, "sum": summed, "total": total, "noun": _noun(ledger, group)}
    )
    summands = " + ".join(plain(value) + sign for value in values)
    arithmetic = f"{summands} = {plain(summed)}{sign} > {plain(total)}{sign}"
    return finding_of("grade_total", arithmetic, places, more, *also)


def _noun(ledger: Ledger, group: Sequence[Entry]) -> str:
    """Return what a plain number of the group counts, as the article writes it, with a space in front."""
    for entry in group:
        noun = ledger.noun(entry)
        if noun and entry.count.unit != "percent":
            return f" {ledger.in_article(ledger.words.starts[noun[0]], noun[1])}"
    return ""
