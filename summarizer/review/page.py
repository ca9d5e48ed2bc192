"""The pages of a review: the list of articles, and an article with what there is to decide beside its text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, NamedTuple, get_args

from summarizer.article.article import Article
from summarizer.outputs.pages.environment import asset, policy, template
from summarizer.outputs.pages.marks import Back, Marks, family, snippet
from summarizer.review.applying import undecided
from summarizer.review.articles import Listed
from summarizer.review.checking import controls_of
from summarizer.review.decisions import Decision, FieldDecision, Review, Verdict
from summarizer.review.items import GROUPS, Group, Item, in_words, items_of, value_of
from summarizer.review.saving import mark_of
from summarizer.schemas.labels import Labels, labels
from summarizer.schemas.report import SECTIONS, MeetingReport

_STYLE = asset("base.css") + asset("evidence.css") + asset("review.css")
_SCRIPT = asset("review.js")
_NEW = ("people", "achievements", "recipients", "elected", "reports")
"""The lists that a reviewer may add to, but for counts; a sentence may be of any kind."""
_SCRIPT_WORDS = (
    "left",
    "none_left",
    "looked_at",
    "look_at_all",
    "no_answer",
    *(f"verdict.{verdict}" for verdict in get_args(Verdict)),
)


class Row(NamedTuple):
    """An article in the list, with how many parts of its report are undecided."""

    article: Listed
    left: int
    complete: bool


@cache
def content_policy() -> str:
    """The policy of these pages: their own style and script, which may speak to this server only."""
    return policy(styles=(_STYLE,), scripts=(_SCRIPT,)) + "; connect-src 'self'"


def list_page(rows: Iterable[Row], folder: str, problems: Iterable[str], t: Labels) -> str:
    """The list of articles in the order of `rows`, last those that are done."""
    listed = sorted(rows, key=lambda one: one.left == 0)
    return template("review-list.html").render(
        t=t,
        listed=listed,
        done=sum(one.left == 0 for one in listed),
        folder=folder,
        problems=[*map(t.translate, problems)],
        style=_STYLE,
        policy=content_policy(),
    )


def article_page(
    report: MeetingReport,
    article: Article,
    review: Review | None,
    *,
    reviewer: str,
    before: Listed | None = None,
    after: Listed | None = None,
    t: Labels,
) -> str:
    """The page of one article: what there is to decide, in order, beside the text."""
    marks = Marks(article.text, t)
    groups: dict[Group, list[dict[str, Any]]] = {group: [] for group in GROUPS}
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
        before=before,
        after=after,
        article=marks.html(),
        style=_STYLE,
        script=_SCRIPT,
        policy=content_policy(),
    )


def _card(item: Item, article: Article, review: Review | None, marks: Marks, t: Labels) -> dict[str, Any]:
    """Return an item as the page shows it; `before` and `after` are the article's words around its own."""
    decision = item.decision(review)
    value = value_of(item, decision)
    before, words, after = "", item.text, ""
    card_id = "i-" + item.key.replace(":", "-")
    mark = None
    if item.at is not None:
        back = Back(card_id, t(f"field.{item.part}"))
        mark = marks.add(item.at, item.text, _css(item), back=back)
        if mark is not None and item.part not in SECTIONS:
            before, words, after = snippet(article.text, mark.at, mark.end)
    return {
        "id": card_id,
        "item": item,
        "label": t(f"field.{item.part}"),
        "value": in_words(item, value, article, t),
        "before": before,
        "words": words,
        "after": after,
        "mark": mark.id if mark else "",
        "decision": decision,
        "seen": mark_of(decision),
        "inputs": _inputs(item, value, decision, article, t),
    }


def _new_card(part: str, t: Labels) -> dict[str, Any]:
    item = Item(part)
    inputs = _inputs(item, None, None, None, t)
    return {"id": f"i-{part}-+", "item": item, "label": t(f"review.new.{part}"), "inputs": inputs}


def _inputs(
    item: Item, value: Any, decision: Decision | None, article: Article | None, t: Labels
) -> list[dict[str, Any]]:
    """Return the controls of an item, filled in with what was decided, else what the report or a reader has."""
    have: dict[str, Any] = {item.part: value}
    if item.is_list_item:
        # What a new or a suggested item begins with.
        have = {"value": item.text, "name": item.text, "text": item.text, "kind": item.part}
        have |= {"unit": "count", "subject": "other", "status": "result"}
        decided = {**item.suggested, **(dict(value) if value is not None else {})}
        have |= {name: one for name, one in decided.items() if one is not None}
    numbers: dict[Any, str] = {int(one.at): one.text for one in article.numbers} if article else {}
    others = decision.others if isinstance(decision, FieldDecision) else ()

    def filled(kind: str, value: Any) -> str:
        if kind == "day":  # an English day, 3 Feb 2021, would have to be typed as such
            return t.day(value) if t.lang == "vi" else value or ""
        if value is None:
            return ""
        if isinstance(value, bool):
            return "yes" if value else "no"
        if kind == "number":  # as the article writes numbers, in which what is typed is read
            return value if isinstance(value, str) else labels("vi").number(value)
        if kind == "other":
            return numbers.get(value, "")
        if kind == "wordings":
            return "\n".join((str(value), *others))
        return " ".join(value) if kind == "roles" else str(value)

    return [
        {
            "name": one.field,
            "label": t(one.label),
            "value": filled(one.kind, have.get(one.field)),
            "kind": one.kind,
            "options": _options(one.options, t) if one.options else None,
            "empty": t(one.none) if one.none else None,
            "hint": t(one.hint) if one.hint else "",
        }
        for one in controls_of(item.part)
    ]


def _options(kind: str, t: Labels) -> Mapping[str, str]:
    if kind == "section":
        return {name: t(f"field.{name}") for name in SECTIONS}
    if kind == "yes_no":
        return {one: t(f"value.{one}") for one in ("yes", "no")}
    named = {"subject": t.subjects, "grade": t.grades}.get(kind)
    return named() if named else t.all(kind)


def _css(item: Item) -> str:
    if item.part == "counts":
        return f"n {family(item.value.subject)}" if item.value is not None else "aside"
    if item.part in SECTIONS:
        return f"quote {item.part}"
    return "name" if item.is_list_item else "header"
