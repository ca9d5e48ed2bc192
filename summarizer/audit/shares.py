"""Shares: a fraction or a part against the percentage that the article puts beside it (`percent`).

`351/467 trường …, tỉ lệ 75,2%` is checked by itself. A part alone (`46 em giỏi đạt tỷ lệ 22.4 %`) needs a whole:
the one that the words name (trong tổng số 205), or the one number of the article that explains the other
percentages of its list. A percentage that some number of the article explains is never a finding.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from summarizer.article.phrases import Lists
from summarizer.audit.ledger import NUMBER, Entry, Ledger, finding_of, plain
from summarizer.schemas.report import Finding, Notice

_TABLE = Lists("summarizer.audit", "audit")

_LONGEST_BETWEEN = 20
_ENDS = _TABLE.words("ends") | frozenset(".,;:)/")
"""What may stand behind a percentage that is one of the number before it; words there name another base."""
_OTHER_BASES = _TABLE.words("other_bases") | frozenset(";.")
"""Words between a number and a percentage that is a change, or a share of something else."""
_LEAST_FIT = 2
"""Percentages of a list that one base must explain before it can speak against another."""

_LONGEST_LIST = 16


@dataclass(frozen=True, slots=True)
class _Share:
    """A number and the percentage that it is of some whole; `rated` where tỷ lệ or chiếm says so."""

    part: Entry
    percent: Entry
    rated: bool


def percentages_beside(ledger: Ledger) -> Iterator[Finding]:
    """Yield a finding for each percentage that is not the one its fraction, or its part and whole, gives."""
    alone: list[_Share] = []
    for share in _shares(ledger):
        total = share.part.count.total
        if total is None:
            alone.append(share)
        elif not _fits(share, total) and share.percent.count.value <= 100:
            yield _finding(ledger, share, total, ())
    # Every number of the article that a percentage could be of.
    counts = [entry.count for entry in ledger.entries]
    bases = {count.value for count in counts if count.unit == "count"}
    bases = sorted(bases | {count.total for count in counts if count.total is not None})
    for shares in _lists(alone):
        yield from _strangers(ledger, shares, bases)


def _shares(ledger: Ledger) -> Iterator[_Share]:
    for entries in ledger.by_sentence():
        for index, percent in enumerate(entries):
            if percent.count.unit != "percent" or percent.count.qualifier or percent.count.status == "target":
                continue
            after = entries[index + 1] if index + 1 < len(entries) else None
            if after and after.count.total and ledger.tokens[percent.right : after.left] == ["("]:
                yield _Share(after, percent, rated=True)
                continue
            part = entries[index - 1] if index else None
            if part and part.count.unit == "count" and not part.count.qualifier:
                rated = _rated(ledger, part, percent)
                if rated is not None:
                    yield _Share(part, percent, rated)


def _rated(ledger: Ledger, part: Entry, percent: Entry) -> bool | None:
    """Return None where a percentage is not one of the number before it, else whether its words say so."""
    tokens = ledger.tokens
    words_between = tokens[part.right : percent.left]
    if (
        len(words_between) > _LONGEST_BETWEEN
        or NUMBER in words_between
        or _OTHER_BASES.intersection(words_between)
    ):
        return None
    stop = ledger.bounds[percent.sentence][1]
    if percent.right < stop and tokens[percent.right] not in _ENDS:
        return None
    lead = words_between[-4:]
    is_share = "chiếm" in lead or "=" in lead or lead[-2:] == ["tỉ", "lệ"] or ("tỉ" in lead and "lệ" in lead)
    if is_share:
        return True
    if words_between[-1:] == ["("] and percent.depth == part.depth + 1:
        return True
    if words_between[-2:] in ([",", "đạt"], [",", "bằng"]) or words_between[-3:] == [",", "tương", "đương"]:
        return False
    return None


def _fits(share: _Share, base: float) -> bool:
    """Return whether a percentage is the share of `base`, rounded or cut off where its digits end."""
    if not base:
        return True
    return abs(share.part.count.value * 100 / base - share.percent.count.value) < _unit(share) + 1e-9


def _unit(share: _Share) -> float:
    """Return what one in the last digit of a percentage is worth: 0.1 for `75,2`."""
    text = share.percent.count.text
    mark = max(text.rfind(","), text.rfind("."))
    return 10.0 ** -(len(text) - mark - 1) if mark >= 0 else 1.0


def _lists(shares: Sequence[_Share]) -> Iterator[list[_Share]]:
    """Yield the shares that stand one behind the other: in one sentence, or in sentences next to each other."""
    held: list[_Share] = []
    for share in shares:
        apart = held and share.part.sentence - held[-1].part.sentence > 1
        if apart or len(held) == _LONGEST_LIST:
            yield held
            held = []
        held.append(share)
    if held:
        yield held


def _strangers(ledger: Ledger, shares: Sequence[_Share], bases: Sequence[float]) -> Iterator[Finding]:
    """Yield a finding for the one share of a list that the base of all the others does not explain."""
    summed = sum(share.part.count.value for share in shares)
    for share in shares:
        percent = share.percent.count.value
        if not 0 < percent <= 100 or _fits(share, summed) or _explained(share, bases):
            continue
        named = _named_base(ledger, share)
        if named is not None:
            yield _finding(ledger, share, named.count.value, (named,))
            continue
        subject = share.part.count.subject
        others = [one for one in shares if one is not share and one.part.count.subject == subject]
        if len(others) < _LEAST_FIT:
            continue
        known = (*_explained(others[0], bases), summed)
        base = next((base for base in known if all(_fits(one, base) for one in others)), 0)
        # Percentages of a list are often nudged so that they make 100: one in the last digit more is forgiven.
        if base and abs(share.part.count.value * 100 / base - percent) >= 2 * _unit(share):
            stated = [one for one in ledger.entries if one.count.value == base and one.count.total is None]
            yield _finding(ledger, share, base, stated[:1])


def _explained(share: _Share, bases: Sequence[float]) -> Sequence[float]:
    """Return those of the sorted `bases` of which a share is its percentage."""
    part, percent, unit = share.part.count.value, share.percent.count.value, _unit(share)
    first = bisect_left(bases, part * 100 / (percent + unit))
    last = bisect_right(bases, part * 100 / (percent - unit)) if percent > unit else len(bases)
    return [base for base in bases[first:last] if _fits(share, base)]


def _named_base(ledger: Ledger, share: _Share) -> Entry | None:
    """Return the whole that the words in front of a part name: `6 … trong tổng số 54`, `205 …, trong đó 46 …`."""
    if not share.rated:
        return None
    start, _ = ledger.bounds[share.part.sentence]
    before = [entry for entry in ledger.between(start, share.part.left) if entry.depth == share.part.depth]
    if not before or before[-1].count.total is not None or before[-1].count.unit != "count":
        return None
    whole = before[-1]
    words_between = ledger.tokens[whole.right : share.part.left]
    if {NUMBER, ";"}.intersection(words_between) or whole.count.qualifier:
        return None
    among = words_between[-2:] == ["trong", "đó"] or words_between[-3:] == ["trong", "đó", "có"]
    held = whole.count.value >= share.part.count.value
    return whole if held and among and ledger.alike(whole, share.part) else None


def _finding(ledger: Ledger, share: _Share, base: float, others: Sequence[Entry]) -> Finding:
    part, percent = share.part.count, share.percent.count
    right = round(part.value * 100 / base, 2)
    message = Notice(
        code="percent" if part.total is not None else "percent_of",
        values={
            "percent": percent.text,
            "written": ledger.written(share.part),
            "base": round(base, 2),
            "right": right,
        },
    )
    arithmetic = f"{plain(part.value)} / {plain(base)} = {plain(right)}% ≠ {plain(percent.value)}%"
    return finding_of("percent", arithmetic, (share.percent, share.part, *others), message)
