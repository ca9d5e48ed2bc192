"""The summary that a large model writes, held to the article: its digits, its names, its yes and no.

The model writes no digit: `{12}` stands for the number marked 12 and `{d1}` for a date, and code puts in the
article's own writing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from summarizer.article.context import words_after
from summarizer.article.counted_nouns import noun_subject
from summarizer.article.dates import find_dates
from summarizer.article.normalize import normalize, words_in
from summarizer.article.numbers import find_numbers
from summarizer.article.sentences import split_sentences
from summarizer.model.anchoring import Anchors
from summarizer.model.marking import MarkedArticle
from summarizer.schemas.report import Notice

_MARK = re.compile(r"\{(d?)(\d{1,9})\}")
_DIGITS = re.compile(r"\d+(?:[.,/:-]\d+)*")
_WORD = re.compile(r"[^\W_]+")
_FEWEST, _MOST = 2, 6
"""Sentences: 3 to 5 are asked for; one more or less is no reason to ask again."""
_LONGEST = 4_000
"""Characters of a summary that is read at all: six long sentences are half of it."""
_NAME_STARTS = 2
"""Capitalized words in a row that make a name; one alone may be the first of a sentence."""
_NOUN = 60
"""Characters behind a number in which the noun that it counts begins and ends."""
_VAGUE = frozenset(("individual", "other"))
"""What a word that says no more than người or đối tượng counts: another noun is no contradiction."""
_NOT_YET = "chưa"
"""The denial of what fell short. không is not held to: không ngừng nâng cao (never ceased to raise) affirms."""
_REACH = 3
"""Words after chưa in which what is denied begins (chưa thực sự sâu sát: not really close)."""


def with_numbers(written: str, marked: MarkedArticle) -> str:
    """Return a summary with the article's own writing in place of its marks."""
    return " ".join(_MARK.sub(lambda mark: _own_text(mark, marked) or mark.group(), written).split())


def summary_faults(written: str, marked: MarkedArticle) -> list[Notice]:
    """Return what is wrong with a summary as it was written, with marks.

    A mark must exist; a digit written out must stand in the article beside the same word; a name must stand there;
    what the article only denies must be denied; it has whole sentences, neither one nor a page of them.
    """
    if len(written) > _LONGEST:
        return [Notice(code="too_long")]
    plain = with_numbers(written, marked)
    unknown = [mark.group() for mark in _MARK.finditer(written) if not _own_text(mark, marked)]
    faults = [
        *(Notice(code="no_mark", values={"mark": mark}) for mark in unknown),
        *_loose_digits(written, marked.anchors),
        *_other_nouns(written, marked),
        *_changed_numbers(plain, marked),
        *_foreign_names(plain, marked.anchors),
        *_turned(plain, marked),
    ]
    sentences = split_sentences(plain)
    if not _FEWEST <= len(sentences) <= _MOST or plain.rstrip()[-1:] not in tuple('.!?”"'):
        faults.append(Notice(code="sentences"))
    return faults


def _own_text(mark: re.Match[str], marked: MarkedArticle) -> str | None:
    found = (marked.data if mark[1] else marked.numbers).get(int(mark[2]))
    return found.text if found else None


def _loose_digits(written: str, anchors: Anchors) -> Iterator[Notice]:
    """Yield the digits written out that do not stand in the article with the word before or after them.

    A word that has letters and digits (8A1, U23) is a name, and stands there as it is.
    """
    text = _MARK.sub("{}", written)
    names = [
        word.span()
        for word in _WORD.finditer(text)
        if _is_name(word.group()) and anchors.writes(word.group())
    ]
    for digits in _DIGITS.finditer(text):
        if any(at <= digits.start() and digits.end() <= end for at, end in names):
            continue
        before = _WORD.findall(text[: digits.start()])[-1:]
        after = _WORD.findall(text[digits.end() :])[:1]
        if not (
            anchors.place(" ".join((*before, digits.group())))
            or anchors.place(" ".join((digits.group(), *after)))
        ):
            yield Notice(code="loose_digits", values={"digits": digits.group()})


def _is_name(word: str) -> bool:
    return not word.isdigit() and any(map(str.isdigit, word))


def _changed_numbers(plain: str, marked: MarkedArticle) -> Iterator[Notice]:
    """Yield the numbers that a reader of the summary reads, and a reader of the article does not.

    So it is where marks are joined ({1}{2}), get another unit ({1}%, {1} nghìn) or lose theirs, or where a number is
    written in words.
    """
    known = {(number.value, number.total, number.unit) for number in marked.article.numbers}
    normal = normalize(plain)
    for number in find_numbers(normal, find_dates(normal), ()):
        if (number.value, number.total, number.unit) not in known:
            yield Notice(code="number_not_in_article", values={"number": plain[number.at : number.tail]})


def _other_nouns(written: str, marked: MarkedArticle) -> Iterator[Notice]:
    """Yield the marks of numbers that stand before another noun than in the article: ({1}, chi bộ, đảng viên)."""
    text = marked.article.text
    for mark in _MARK.finditer(written):
        number = None if mark[1] else marked.numbers.get(int(mark[2]))
        own, other = (
            (_noun_after(text, number.end), _noun_after(written, mark.end())) if number else (None, None)
        )
        if own and other and own[1] != other[1] and not {own[1], other[1]} & _VAGUE:
            values = {"mark": mark.group(), "counted": own[0], "written": other[0]}
            yield Notice(code="other_noun", values=values)


def _noun_after(text: str, at: int) -> tuple[str, str] | None:
    return noun_subject(words_after(normalize(text[at : at + _NOUN]).text, 0))


def _foreign_names(plain: str, anchors: Anchors) -> Iterator[Notice]:
    """Yield the runs of capitalized words that are not made of names of the article.

    A run may join names that stand apart in the article (Đảng bộ **Trường A Lê Văn B**): it is parted into stretches
    that stand there, and only a word that is in none makes it foreign. The word behind it may belong to it (Tại
    **Hội nghị**: at the conference).
    """
    for sentence in split_sentences(plain):
        for run, following in _capitalized(sentence.text):
            if len(run) < _NAME_STARTS:
                continue
            spelled = [words_in(word)[0] for word in run]
            pairs = [anchors.has_pair(one, other) for one, other in pairwise((*spelled, *following))]
            linked = [
                anchors.has_word(spelled[i]) and (any(pairs[max(0, i - 1) : i + 1]) or word.isupper())
                for i, word in enumerate(run)
            ]
            if not all(linked[1:]) or not anchors.has_word(spelled[0]):
                yield Notice(code="name_not_in_article", values={"words": " ".join(run)})


def _capitalized(sentence: str) -> Iterator[tuple[list[str], tuple[str, ...]]]:
    """Yield the runs of capitalized words with nothing but spaces between, each with the next word, normalized."""
    run: list[str] = []
    end = 0
    for word in _WORD.finditer(sentence):
        apart = sentence[end : word.start()].strip(" ") != ""
        if run and (apart or not word.group()[0].isupper()):
            yield run, () if apart else words_in(word.group())
            run = []
        if word.group()[0].isupper():
            run.append(word.group())
        end = word.end()
    if run:
        yield run, ()


def _turned(plain: str, marked: MarkedArticle) -> Iterator[Notice]:
    """Yield what the article only denies and the summary affirms: (`chưa sâu sát`, `sâu sát`)."""
    summary = words_in(plain)
    article = marked.article.words.spelled
    denied = [
        (article[j], article[j + 1])
        for i, word in enumerate(article[:-2])
        if word == _NOT_YET
        for j in range(i + 1, min(i + 1 + _REACH, len(article) - 1))
        if all(map(str.isalpha, article[i + 1 : j + 2]))
    ]
    for pair in dict.fromkeys(denied):
        if _affirms(summary, pair) and not _affirms(article, pair):
            affirmed = " ".join(pair)
            yield Notice(code="denied", values={"denied": f"{_NOT_YET} {affirmed}", "affirmed": affirmed})


def _affirms(words: Sequence[str], pair: tuple[str, str]) -> bool:
    """Return whether two words stand side by side somewhere without a chưa shortly before them in their clause."""
    for i in range(len(words) - 1):
        if (words[i], words[i + 1]) == pair:
            before = words[max(0, i - _REACH) : i]
            marks = [k for k, word in enumerate(before) if not word.isalpha()]
            if _NOT_YET not in before[marks[-1] + 1 if marks else 0 :]:
                return True
    return False
