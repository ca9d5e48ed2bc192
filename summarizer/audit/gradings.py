"""Gradings: the grades given, against the number that could be graded (`grade_total`).

Each cell or member has one grade, so the grades of one rating cannot be more than those rated: `4/4 chi bộ …
hoàn thành tốt, 01 chi bộ … hoàn thành xuất sắc` makes five of four. Ratings are read where they stand together;
an award (giấy khen cho 10 đảng viên hoàn thành xuất sắc nhiệm vụ) repeats a rating and is not added to it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from summarizer.audit.ledger import Entry, Ledger, amount, place, whole
from summarizer.folding import fold_words
from summarizer.pages.words import GRADES, SUBJECTS
from summarizer.schemas.report import Finding, Grade

__all__ = ("grades_against_totals",)

_NESTED = fold_words("trong đó")
_OR_BETTER = fold_words("trở lên")
_TOTAL_CUES = (fold_words("tổng số"), fold_words("trong đó"), ("gồm",))
_RATING_CUES = tuple(map(fold_words, ("đánh giá", "xếp loại", "phân loại", "đủ tư cách", "tỉ lệ")))
_LONGEST_WORDS = 16
"""Words behind a graded number in which its `trở lên` stands."""
_BEYOND = 1.5
"""How many times a whole stated elsewhere the grades may be before it is taken for another whole."""
_ALL: frozenset[Grade] = frozenset(("good", "excellent"))
"""Grades of which “all have it” leaves no other; `hoàn thành` alone is also said of those who did better."""


def grades_against_totals(ledger: Ledger) -> Iterator[Finding]:
    """Yield a finding for each rating that gives more grades than there were cells or members to be graded."""
    told: set[str] = set()
    for group in _ratings(ledger):
        subject = group[0].count.subject
        finding = _over_fraction(ledger, group) or _over_stated(ledger, group) or _over_hundred(ledger, group)
        if finding and subject not in told:
            told.add(subject)
            yield finding
    for entry in ledger.entries:
        if entry.count.subject not in told and _is_all(ledger, entry):
            finding = _none_left(ledger, entry)
            if finding:
                told.add(entry.count.subject)
                yield finding


def _ratings(ledger: Ledger) -> Iterator[list[Entry]]:
    """Yield the grades of one rating: of one subject and unit, close together, each grade once."""
    held: dict[tuple[str, str], list[Entry]] = {}
    for entry in ledger.entries:
        count = entry.count
        if count.grade in (None, "unrated") or count.status == "target" or count.qualifier:
            continue
        key = (count.subject, "percent" if count.unit == "percent" else "count")
        group = held.get(key)
        if (
            group
            and entry.sentence - group[-1].sentence <= 1
            and count.grade not in {other.count.grade for other in group}
        ):
            group.append(entry)
            continue
        if group:
            yield group
        held[key] = [entry]
    yield from held.values()


def _apart(ledger: Ledger, group: Sequence[Entry]) -> bool:
    """Return whether the grades of a group exclude each other: none is a part of another, or `trở lên`."""
    if len(group) < 2 or ledger.has(_NESTED, group[0].right, group[-1].left):
        return False
    return not any(_or_better(ledger, entry) for entry in group)


def _or_better(ledger: Ledger, entry: Entry) -> bool:
    following = ledger.between(entry.right, ledger.bounds[entry.sentence][1])
    stop = following[0].left if following else ledger.bounds[entry.sentence][1]
    return ledger.has(_OR_BETTER, entry.right, min(stop, entry.right + _LONGEST_WORDS))


def _over_fraction(ledger: Ledger, group: Sequence[Entry]) -> Finding | None:
    """Return the finding where fractions of one total, and what stands with them, exceed that total."""
    totals = {entry.count.total for entry in group if entry.count.total is not None}
    if len(totals) != 1 or not _apart(ledger, group):
        return None
    total = totals.pop()
    if total is None or sum(entry.count.value for entry in group) <= total:
        return None
    first = next((entry for entry in group if entry.count.value == total), group[0])
    stated = [entry for entry in _bare(ledger, group[0]) if entry.count.value == total]
    return _finding(ledger, [first, *(entry for entry in group if entry is not first)], total, stated[:1])


def _over_stated(ledger: Ledger, group: Sequence[Entry]) -> Finding | None:
    """Return the finding where grades exceed the number rated that the article states."""
    if not _apart(ledger, group) or any(not whole(entry) for entry in group):
        return None
    given = sum(entry.count.value for entry in group)
    bare = _bare(ledger, group[0])
    start, _ = ledger.bounds[group[0].sentence]
    here = [entry for entry in bare if start <= entry.left < group[0].left]
    if here and any(ledger.has(cue, start, group[0].left) for cue in _TOTAL_CUES):
        total = here[-1]
        return _finding(ledger, group, total.count.value, [total]) if given > total.count.value else None
    stated = [entry for entry in bare if _is_whole(ledger, entry)]
    if stated and given > max(entry.count.value for entry in bare):
        total = max(stated, key=lambda entry: entry.count.value)
        if given <= _BEYOND * total.count.value:
            return _finding(ledger, group, total.count.value, [total])
    return None


def _over_hundred(ledger: Ledger, group: Sequence[Entry]) -> Finding | None:
    """Return the finding where percentages of grades make more than a hundred."""
    if group[0].count.unit != "percent" or not _apart(ledger, group):
        return None
    given = sum(entry.count.value for entry in group)
    # Each percentage may be rounded up by half of its last digit; one for all is more than that.
    return _finding(ledger, group, 100, []) if given > 101 else None


def _bare(ledger: Ledger, graded: Entry) -> list[Entry]:
    """Return the plain results of the same subject that have no grade: what could be the number rated."""
    return [
        entry
        for entry in ledger.entries
        if entry.count.subject == graded.count.subject
        and entry.count.unit == "count"
        and entry.count.grade is None
        and entry.count.status == "result"
        and whole(entry)
    ]


def _is_whole(ledger: Ledger, entry: Entry) -> bool:
    """Return whether a count is stated as all there are: `Đảng bộ có 41 đảng viên,`, `11 chi bộ trực thuộc`."""
    forms = ledger.forms
    noun = ledger.noun(entry)
    if noun is None:
        return False
    start, stop = ledger.bounds[entry.sentence]
    before = forms[max(start, entry.left - 6) : entry.left]
    behind = forms[noun[1] : noun[1] + 2] if noun[1] < stop else ["."]
    if before[-2:] == ["tổng", "số"] or behind == ["trực", "thuộc"] or "thuộc" in forms[noun[0] : noun[1]]:
        return True
    has = before[-1:] in (["có"], ["gồm"]) and "trong" not in before
    body = bool({"bộ", "ủy", "toàn"}.intersection(before))
    return has and body and behind[:1] in ([","], ["."], [";"], ["("])


def _is_all(ledger: Ledger, entry: Entry) -> bool:
    """Return whether a count says that all were given one grade in a rating."""
    count = entry.count
    if count.grade not in _ALL or count.status == "target" or _or_better(ledger, entry):
        return False
    if not (count.unit == "percent" and count.value == 100) and not (
        count.total and count.total == count.value
    ):
        return False
    start, stop = ledger.bounds[entry.sentence]
    start, stop = max(start, entry.left - _LONGEST_WORDS), min(stop, entry.right + _LONGEST_WORDS)
    return any(ledger.has(cue, start, stop) for cue in _RATING_CUES) and not ledger.has(
        _NESTED, entry.right, stop
    )


def _none_left(ledger: Ledger, entry: Entry) -> Finding | None:
    """Return the finding where some have another grade than the one that all were given."""
    count = entry.count
    others = [
        other
        for other in ledger.entries
        if other.count.subject == count.subject
        and other.count.grade not in (None, "unrated", count.grade)
        and other.count.status == "result"
        and other.count.unit == "count"
        and other.count.value
    ]
    if not others:
        return None
    base = _rated(ledger, entry)
    given = [entry, *others]
    if base is None:
        return Finding(
            kind="grade_total",
            message=_message(given, f"100% {SUBJECTS[count.subject]}"),
            arithmetic=f"100% + {amount(others[0].count.value)} > 100%",
            places=tuple(map(place, given)),
        )
    total = base.count.total if base.count.total is not None else base.count.value
    return _finding(ledger, given, total, [base] if base is not entry else [])


def _rated(ledger: Ledger, entry: Entry) -> Entry | None:
    """Return the count that says how many `100%` are: a fraction of the same subject in the same sentence."""
    if entry.count.total is not None:
        return entry
    held = ledger.between(*ledger.bounds[entry.sentence])
    same = [other for other in held if other.count.subject == entry.count.subject and other.count.total]
    return max(same, key=lambda other: other.count.total or 0, default=None)


def _finding(ledger: Ledger, group: Sequence[Entry], total: float, stated: Sequence[Entry]) -> Finding:
    values = [
        total if entry.count.unit == "percent" and entry.count.value == 100 and stated else entry.count.value
        for entry in group
    ]
    unit = "%" if group[0].count.unit == "percent" and not stated else ""
    summands = " + ".join(amount(value) + unit for value in values)
    most = f"{amount(total)}{unit or ' ' + SUBJECTS[group[0].count.subject]}"
    return Finding(
        kind="grade_total",
        message=_message(group, most),
        arithmetic=f"{summands} = {amount(sum(values))}{unit} > {amount(total)}{unit}",
        places=tuple(place(entry) for entry in (*group, *stated)),
    )


def _message(group: Sequence[Entry], most: str) -> str:
    """Say the grades with their numbers as the article writes them, and what they exceed."""
    said = ", ".join(
        f"{entry.count.text}{'%' if entry.count.unit == 'percent' else ''} {GRADES[entry.count.grade]}"
        for entry in group
        if entry.count.grade
    )
    return f"Số được xếp loại nhiều hơn số có thể xếp loại: {said}, trong khi chỉ có {most}."
