"""The pages of a review: the list of articles, and an article with what there is to decide beside its text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, NamedTuple, get_args

from summarizer.article.article import Article
from summarizer.outputs.pages.environment import asset, policy, template
from summarizer.outputs.pages.marks import Back, Marks, family, snippet
from summarizer.review.applying import undecided
from summarizer.review.articles import Listed
from summarizer.review.deciding import mark_of
from summarizer.review.items import GROUPS, Group, Item, in_words, items_of, value_of
from summarizer.review.records import (
    Decision,
    FieldDecision,
    ListName,
    Review,
    Verdict,
)
from summarizer.schemas.labels import Labels, labels
from summarizer.schemas.report import SECTIONS, MeetingReport

__all__ = ("Row", "article_page", "content_policy", "list_page")

_NEW: tuple[ListName, ...] = ("people", "achievements", "recipients", "elected", "reports")
"""The lists that a reviewer may add to, but for counts; a sentence may be of any kind."""

_SCRIPT_WORDS = (
    "left",
    "none_left",
    "looked_at",
    "look_at_all",
    "no_answer",
    *(f"verdict.{verdict}" for verdict in get_args(Verdict)),
)
_InputKind = Literal["line", "lines", "numeral", "other", "choice", "roles"]
# The controls of an item of a list: field, label, kind, and of a choice the labels of its options and of none.
_CONTROLS: Mapping[str, tuple[tuple[str, str, _InputKind, str, str], ...]] = {
    "counts": (
        ("value", "column.value", "numeral", "", ""),
        ("total", "column.total", "numeral", "", ""),
        ("unit", "column.unit", "choice", "unit", ""),
        ("subject", "column.subject", "choice", "subject", ""),
        ("grade", "column.grade", "choice", "grade", "review.no_grade"),
        ("status", "column.status", "choice", "status", ""),
        ("counted", "review.counted", "line", "", ""),
        ("whose", "column.whose", "line", "", ""),
        ("direction", "column.direction", "choice", "direction", "value.no"),
        ("part_of", "review.part_of", "other", "", ""),
        ("repeats", "review.repeats", "other", "", ""),
    ),
    "people": (
        ("name", "column.name", "line", "", ""),
        ("post", "column.post", "line", "", ""),
        ("roles", "column.roles", "roles", "role", ""),
    ),
    "elected": (
        ("name", "column.name", "line", "", ""),
        ("post", "review.elected_post", "line", "", ""),
        ("vote", "column.vote", "line", "", ""),
    ),
    "reports": (
        ("text", "review.report_title", "line", "", ""),
        ("presenter", "review.presenter", "line", "", ""),
    ),
    "recipients": (
        ("text", "review.recipient", "line", "", ""),
        ("award", "column.award", "line", "", ""),
        ("given_by", "column.given_by", "line", "", ""),
    ),
    **dict.fromkeys(
        SECTIONS,
        (("kind", "column.kind", "choice", "section", ""), ("text", "review.sentence", "lines", "", "")),
    ),
}


@dataclass(frozen=True, slots=True)
class Input:
    """A control of a form: `kind` is `line`, `lines`, `choice` or `roles`; `options` are those of the last two."""

    name: str
    label: str
    value: str
    kind: str = "line"
    options: Mapping[Any, str] | None = None
    empty: str | None = None
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """An item as the page shows it."""

    item: Item
    label: str
    value: str
    before: str
    words: str
    after: str
    mark: str
    decision: Decision | None
    seen: str
    inputs: tuple[Input, ...]

    @property
    def id(self) -> str:
        """The id of its element."""
        return "i-" + self.item.key.replace(":", "-")


class Row(NamedTuple):
    """An article in the list, with how many parts of its report are undecided."""

    article: Listed
    left: int
    complete: bool


@cache
def content_policy() -> str:
    """The policy of these pages: their own style and script, which may speak to this server only."""
    return policy(styles=(_style(),), scripts=(_script(),)) + "; connect-src 'self'"


def list_page(rows: Sequence[Row], folder: str, problems: Sequence[str], t: Labels) -> str:
    """The list of articles: first those in which most is in doubt, last those that are done."""
    first = sorted(
        rows,
        key=lambda one: (one.left == 0, -(one.article.doubtful + one.article.findings) * (one.left > 0)),
    )
    return template("review-list.html").render(
        t=t,
        listed=first,
        done=sum(one.left == 0 for one in rows),
        folder=folder,
        problems=problems,
        style=_style(),
        policy=content_policy(),
    )


def article_page(
    report: MeetingReport,
    article: Article,
    review: Review | None,
    *,
    reviewer: str,
    neighbours: tuple[Listed | None, Listed | None],
    t: Labels,
) -> str:
    """The page of one article: what there is to decide, in order, beside the text."""
    marks = Marks(article.text, t)
    groups: dict[Group, list[Card]] = {group: [] for group in GROUPS}
    for item in items_of(report, article, review, t):
        groups[item.group].append(_card(item, article, review, marks, t))
    return template("review.html").render(
        t=t,
        report=report,
        groups={group: cards for group, cards in groups.items() if cards},
        new=[_new_card(part, t) for part in _NEW],
        words={word: t(f"review.{word}") for word in _SCRIPT_WORDS},
        left=sum(undecided(report, review or Review(name="", sha256="0" * 64)).values()),
        complete=bool(review and review.complete),
        reviewer=reviewer,
        before=neighbours[0],
        after=neighbours[1],
        article=marks.html(),
        style=_style(),
        script=_script(),
        policy=content_policy(),
    )


def _card(item: Item, article: Article, review: Review | None, marks: Marks, t: Labels) -> Card:
    decision = item.decision(review)
    before, words, after = "", item.text, ""
    mark = None
    if item.at is not None and item.text:
        end = item.at + len(item.text)
        back = Back("i-" + item.key.replace(":", "-"), t(f"field.{item.part}"))
        mark = marks.add(item.at, item.text, _css(item), back=back)
        if mark is not None and item.part not in SECTIONS:
            before, words, after = snippet(article.text, item.at, end)
    value = value_of(item, decision)
    return Card(
        item=item,
        label=t(f"field.{item.part}"),
        value=in_words(item, value, t),
        before=before,
        words=words,
        after=after,
        mark=mark.id if mark else "",
        decision=decision,
        seen=mark_of(decision),
        inputs=_inputs(item, value, decision, article, t),
    )


def _new_card(part: ListName, t: Labels) -> Card:
    item = Item(f"{part}:+", part, "missing", None, "")
    return Card(
        item, t(f"review.new.{part}"), "", "", "", "", "", None, "", _inputs(item, None, None, None, t)
    )


def _inputs(
    item: Item, value: Any, decision: Decision | None, article: Article | None, t: Labels
) -> tuple[Input, ...]:
    """Return the controls of an item, filled in with what was decided, else what the report or a reader has."""
    if not item.is_list_item:
        return (_field_input(item, value, decision, t),)
    have: dict[str, Any] = {**item.suggested, **(dict(value) if value is not None else {})}
    numbers = {int(one.at): one.text for one in article.numbers} if article else {}
    # Values that a new or a suggested item begins with.
    begins = {"value": item.text, "name": item.text, "text": item.text, "kind": item.part}
    begins |= {"unit": "count", "subject": "other", "status": "result"}

    def filled(name: str, kind: _InputKind) -> str:
        if have.get(name) is None:
            return begins.get(name, "")
        if kind == "numeral":  # as the article writes numbers, in which what is typed is read
            return labels("vi").number(have[name])
        if kind == "other":
            return numbers.get(have[name], "")
        return " ".join(have[name]) if kind == "roles" else str(have[name])

    return tuple(
        Input(
            name,
            t(label),
            filled(name, kind),
            kind if kind in ("lines", "choice", "roles") else "line",
            _options(options, t) if options else None,
            t(empty) if empty else None,
            hint=t("review.numeral_hint") if name == "value" else "",
        )
        for name, label, kind, options, empty in _CONTROLS[item.part]
    )


def _options(kind: str, t: Labels) -> Mapping[str, str]:
    if kind == "section":
        return {name: t(f"field.{name}") for name in SECTIONS}
    named = {"subject": t.subjects, "grade": t.grades}.get(kind)
    return named() if named else t.all(kind)


def _field_input(item: Item, value: Any, decision: Decision | None, t: Labels) -> Input:
    name, label = item.part, t(f"field.{item.part}")
    if name == "meeting":
        shown = {True: "yes", False: "no"}.get(value, "")
        options = {one: t(f"value.{one}") for one in ("yes", "no")}
        return Input(name, label, shown, "choice", options, t("review.unsaid"))
    if name == "form":
        return Input(name, label, value or "", "choice", t.all("form"), t("review.unsaid"))
    if name == "summary":
        return Input(name, label, value or "", "lines")
    if name.startswith("date_"):  # an English day, 3 Feb 2021, would have to be typed as such
        shown = t.day(value) if t.lang == "vi" else value or ""
        return Input(name, label, shown, hint=t("review.day_hint"))
    if name == "period":
        return Input(name, label, "" if value is None else str(value), hint="2020")
    others = decision.others if isinstance(decision, FieldDecision) else ()
    wordings = "\n".join((str(value), *others)) if value is not None else ""
    return Input(name, label, wordings, "lines", hint=t("review.wordings_hint"))


def _css(item: Item) -> str:
    if item.part == "counts":
        return f"n {family(item.value.subject)}" if item.value is not None else "aside"
    if item.part in SECTIONS:
        return f"quote {item.part}"
    return "name" if item.is_list_item else "header"


@cache
def _style() -> str:
    return asset("base.css") + asset("evidence.css") + asset("review.css")


@cache
def _script() -> str:
    return asset("review.js")
