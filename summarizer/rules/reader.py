"""The reader by rules: everything that the tables of words can say of one article."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from summarizer.article.article import Article
from summarizer.rules.awards import read_recipients
from summarizer.rules.counts import read_numbers
from summarizer.rules.elections import read_elections
from summarizer.rules.header import read_header
from summarizer.rules.names import find_mentions
from summarizer.rules.people import read_people
from summarizer.rules.planning import is_of_the_past
from summarizer.rules.presented import read_reports
from summarizer.rules.sections import label_sentences, quotations
from summarizer.rules.summary import compose
from summarizer.schemas.labels import left_out
from summarizer.schemas.offsets import TextOffset, TextSpan
from summarizer.schemas.reading import NumberReading, Reading
from summarizer.schemas.report import Notice

_LONGEST_SENTENCE = 3_000
"""Characters; a text without stops is read in parts of that size, so that the time to read it stays linear."""


def read(article: Article) -> Reading:
    """Return what the rules say of an article; nothing in it is guessed, and no model is asked."""
    text, normal, spans = article.text, article.normal, _spans(article)
    numbers = read_numbers(article)
    counts = [number for number in numbers.values() if number.reason is None and number.subject]
    header, holds, begins = read_header(article.document, normal, article.dates, spans)
    mentions = find_mentions(normal)
    labelled = label_sentences(
        normal,
        spans,
        begins=begins,
        reviewed=header.period,
        planned=header.period_planned,
        held=next(
            ((TextOffset(place.at), TextOffset(place.end)) for place in header.anchors.get("date_held", ())),
            None,
        ),
        counts=counts,
        mentions=mentions,
        tables=[(TextOffset(grid.at), TextOffset(grid.end)) for grid in article.grids],
    )
    planned = [(one.at, one.end) for one in labelled if one.kind == "directive"]
    timed = {at: _as_planned(article, number, planned) for at, number in numbers.items()}
    done = {at for at, number in timed.items() if number.status == "result"}
    # What is planned is no part of what was done.
    numbers = {
        at: number._replace(part_of=None) if number is not numbers[at] and number.part_of in done else number
        for at, number in timed.items()
    }
    counts = [numbers[count.at] for count in counts]
    reports = read_reports(
        normal, spans, mentions, begins=begins, work=[one.at for one in labelled if one.kind]
    )
    recipients = read_recipients(normal, spans, mentions, planned=planned)
    elected = read_elections(normal, spans, mentions)
    people = read_people(
        normal,
        spans,
        mentions,
        meeting=bool(header.meeting),
        reports=reports,
        recipients=recipients,
        elected=elected,
    )
    sections = quotations(text, labelled)
    return Reading(
        by="rules",
        numbers=numbers,
        header=header,
        people=people,
        reports=reports,
        recipients=recipients,
        elected=elected,
        sections=sections,
        summary=compose(normal, header, holds, people, sections, counts, elected),
        left_out=tuple(
            left_out("counts", number.text, Notice(code="no_noun", values={"at": number.at}))
            for number in numbers.values()
            if number.reason is None and number.subject is None
        ),
    )


def _as_planned(article: Article, number: NumberReading, planned: Sequence[TextSpan]) -> NumberReading:
    """Return a number of a sentence that says what is to be done as a target, but not a past fact or a table's."""
    index = bisect_right(planned, (number.at, TextOffset(len(article.text)))) - 1
    if index < 0 or number.at >= planned[index][1] or number.at in article.table_numbers:
        return number
    words = article.words
    past = is_of_the_past(words, words.first_from(planned[index][0]), words.first_from(number.at))
    return number if past else number._replace(status="target")


def _spans(article: Article) -> list[TextSpan]:
    """Return the spans of the article's sentences, page boilerplate left out; what has no stops is cut in parts."""
    starts, ends = [part.at for part in article.boilerplate], [0, *(part.end for part in article.boilerplate)]
    kept: list[TextSpan] = []
    for sentence in article.sentences:
        at = max(sentence.at, ends[bisect_right(starts, sentence.at)])
        while at < sentence.end and article.text[at].isspace():
            at += 1
        while sentence.end - at > _LONGEST_SENTENCE:
            space = article.text.rfind(" ", at, at + _LONGEST_SENTENCE)
            cut = TextOffset(space) if space > at else at + _LONGEST_SENTENCE
            kept.append((at, cut))
            at = cut + 1
        if at < sentence.end:
            kept.append((at, sentence.end))
    return kept
