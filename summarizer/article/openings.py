"""Places: where in a list of words the openings stand that anybody looks for, found in one pass.

A cue or a phrase of the table begins with one of a few words. Each set of such openings is made known by
`looked_for`, when its module is imported; `Places` then goes through a text once for all of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import zip_longest

__all__ = ("Places", "looked_for")

_LOOKED_FOR: list[frozenset[str]] = []


def looked_for(openings: Iterable[str]) -> frozenset[str]:
    """Return openings as a set that texts are searched for: one pass over a text finds all sets there are.

    An opening is a folded form, or two with a space between where the second has to follow the first.
    """
    _LOOKED_FOR.append(frozenset(openings))
    return _LOOKED_FOR[-1]


@lru_cache(maxsize=1)
def _sets_opened(count: int) -> dict[str, tuple[dict[str, list[int]], list[int]]]:
    """Return which of the first `count` sets a form opens: by the form behind it, and whatever else stands there."""
    by_first: defaultdict[str, defaultdict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    for number, openings in enumerate(_LOOKED_FOR[:count]):
        for opening in openings:
            first, _, second = opening.partition(" ")
            by_first[first][second].add(number)
    return {
        first: (
            {second: sorted(numbers | by_second[""]) for second, numbers in [*by_second.items()]},
            sorted(by_second[""]),
        )
        for first, by_second in by_first.items()
    }


class Places(dict[frozenset[str], Sequence[int]]):
    """An index of a list of forms: at which indexes of it one of a set of openings begins, in order.

    What is `looked_for` is at hand; another set is searched for when it is asked for.
    """

    __slots__ = ("_forms",)

    def __init__(self, forms: Sequence[str]) -> None:
        self._forms = forms
        count = len(_LOOKED_FOR)
        sets_opened = _sets_opened(count).get
        found: list[list[int]] = [[] for _ in range(count)]
        behind = [*forms[1:], ""]
        for index, opened in enumerate(map(sets_opened, forms)):
            if opened:
                by_second, alone = opened
                for number in by_second.get(behind[index], alone):
                    found[number].append(index)
        super().__init__(zip(_LOOKED_FOR, found, strict=False))

    def __missing__(self, openings: frozenset[str]) -> Sequence[int]:
        pairs = zip_longest(self._forms, self._forms[1:], fillvalue="")
        found = self[openings] = [
            index
            for index, (form, second) in enumerate(pairs)
            if form in openings or f"{form} {second}" in openings
        ]
        return found
