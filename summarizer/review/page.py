"""The pages of a review: the list of articles, and an article with what there is to decide beside its text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from summarizer.article.article import Article
from summarizer.outputs.pages.environment import asset, policy, template
from summarizer.outputs.pages.marks import Back, Marks, family, snippet
from summarizer.review.applying import undecided
from summarizer.review.articles import Listed
from summarizer.review.deciding import mark_of
from summarizer.review.items import GROUPS, ROLES, YES_NO, Group, Item, in_words, items_of, value_of
from summarizer.review.records import (
    SECTIONS,
    Decision,
    FieldDecision,
    FieldName,
    ListName,
    Review,
)
from summarizer.schemas.labels import FORMS, GRADES, READERS, STATUSES, SUBJECTS, UNITS, day, number
from summarizer.schemas.report import MeetingReport

__all__ = ("Row", "article_page", "content_policy", "list_page")

_LABELS: Mapping[FieldName | ListName, str] = {
    "meeting": "Bài kể về một cuộc họp",
    "kind": "Loại hội nghị",
    "organization": "Đơn vị",
    "parent": "Cấp trên",
    "place": "Địa điểm",
    "form": "Hình thức",
    "date_held": "Ngày họp",
    "date_held_end": "Ngày họp cuối",
    "date_published": "Ngày đăng",
    "period": "Năm được tổng kết",
    "period_text": "Thời gian được tổng kết",
    "summary": "Tóm tắt",
    "counts": "Số đếm",
    "people": "Người",
    "reports": "Báo cáo",
    "recipients": "Được khen",
    "elected": "Được bầu",
    "achievements": "Kết quả",
    "shortcomings": "Hạn chế",
    "causes": "Nguyên nhân",
    "directives": "Nhiệm vụ",
}
_GROUPS: Mapping[Group, str] = {
    "doubtful": "Nghi vấn",
    "single": "Một bên đọc",
    "agreed": "Hai bên đọc như nhau",
    "missing": "Báo cáo chưa có",
    "numbers": "Số không đếm",
}
_DIRECTIONS = {"increase": "tăng thêm", "decrease": "giảm đi", "shortage": "còn thiếu"}
_NEW: Mapping[ListName, str] = {
    "people": "Thêm người",
    "achievements": "Thêm câu",
    "recipients": "Thêm người, đơn vị được khen",
    "elected": "Thêm người được bầu",
    "reports": "Thêm báo cáo",
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


def list_page(rows: Sequence[Row], folder: str, problems: Sequence[str]) -> str:
    """The list of articles: first those in which most is in doubt, last those that are done."""
    first = sorted(
        rows,
        key=lambda one: (one.left == 0, -(one.article.doubtful + one.article.findings) * (one.left > 0)),
    )
    return template("review-list.html").render(
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
) -> str:
    """The page of one article: what there is to decide, in order, beside the text."""
    marks = Marks(article.text)
    groups: dict[Group, list[Card]] = {group: [] for group in GROUPS}
    for item in items_of(report, article, review):
        groups[item.group].append(_card(item, article, review, marks))
    return template("review.html").render(
        report=report,
        groups={group: cards for group, cards in groups.items() if cards},
        titles=_GROUPS,
        new=[_new_card(part, title) for part, title in _NEW.items()],
        left=sum(undecided(report, review or Review(name="", sha256="0" * 64)).values()),
        complete=bool(review and review.complete),
        reviewer=reviewer,
        before=neighbours[0],
        after=neighbours[1],
        READERS=READERS,
        article=marks.html(),
        style=_style(),
        script=_script(),
        policy=content_policy(),
    )


def _card(item: Item, article: Article, review: Review | None, marks: Marks) -> Card:
    decision = item.decision(review)
    before, words, after = "", item.text, ""
    mark = None
    if item.at is not None and item.text:
        end = item.at + len(item.text)
        back = Back("i-" + item.key.replace(":", "-"), _LABELS[item.part])
        mark = marks.add(item.at, item.text, _css(item), back=back)
        if mark is not None and item.part not in SECTIONS:
            before, words, after = snippet(article.text, item.at, end)
    value = value_of(item, decision)
    return Card(
        item=item,
        label=_LABELS[item.part],
        value=in_words(item, value),
        before=before,
        words=words,
        after=after,
        mark=mark.id if mark else "",
        decision=decision,
        seen=mark_of(decision),
        inputs=_inputs(item, value, decision, article),
    )


def _new_card(part: ListName, title: str) -> Card:
    item = Item(f"{part}:+", part, "missing", None, "")
    return Card(item, title, "", "", "", "", "", None, "", _inputs(item, None, None, None))


def _inputs(item: Item, value: Any, decision: Decision | None, article: Article | None) -> tuple[Input, ...]:
    have = {**item.suggested, **(dict(value) if item.is_list_item and value is not None else {})}

    def text(name: str) -> str:
        return "" if have.get(name) is None else str(have[name])

    def numeral(name: str) -> str:
        return "" if have.get(name) is None else number(have[name])

    def other(name: str) -> str:
        numbers = {one.at: one.text for one in article.numbers} if article and have.get(name) else {}
        return numbers.get(have.get(name, -1), "")

    if item.part == "counts":
        return (
            Input("value", "Giá trị", numeral("value") or item.text, hint="6.481 · 75,2 · 2.300 tỷ"),
            Input("total", "Trên tổng", numeral("total")),
            Input("unit", "Đơn vị", text("unit") or "count", "choice", UNITS),
            Input("subject", "Đếm", text("subject") or "other", "choice", SUBJECTS),
            Input("grade", "Mức", text("grade"), "choice", GRADES, "không nói mức"),
            Input("status", "Là", text("status") or "result", "choice", STATUSES),
            Input("counted", "Lời của bài", text("counted")),
            Input("whose", "Của đơn vị khác", text("whose")),
            Input("direction", "Thay đổi", text("direction"), "choice", _DIRECTIONS, "không"),
            Input("part_of", "Là phần của số", other("part_of")),
            Input("repeats", "Nhắc lại số", other("repeats")),
        )
    if item.part == "people":
        roles = " ".join(have.get("roles", ()))
        return (
            Input("name", "Họ tên", text("name") or item.text),
            Input("post", "Chức vụ", text("post")),
            Input("roles", "Vai trò", roles, "roles", ROLES),
        )
    if item.part == "elected":
        return (
            Input("name", "Họ tên", text("name") or item.text),
            Input("post", "Được bầu làm", text("post")),
            Input("vote", "Số phiếu", text("vote")),
        )
    if item.part == "reports":
        return (
            Input("text", "Tên báo cáo", text("text") or item.text),
            Input("presenter", "Người trình bày", text("presenter")),
        )
    if item.part == "recipients":
        return (
            Input("text", "Ai được khen", text("text") or item.text),
            Input("award", "Khen thưởng", text("award")),
            Input("given_by", "Do ai tặng", text("given_by")),
        )
    if item.part in SECTIONS:
        kinds = {name: _LABELS[name] for name in SECTIONS}
        return (
            Input("kind", "Loại", text("kind") or item.part, "choice", kinds),
            Input("text", "Câu của bài", text("text") or item.text, "lines"),
        )
    return (_field_input(item, value, decision),)


def _field_input(item: Item, value: Any, decision: Decision | None) -> Input:
    name, label = item.part, _LABELS[item.part]
    if name == "meeting":
        return Input(
            name, label, {True: "yes", False: "no"}.get(value, ""), "choice", YES_NO, "bài không nói"
        )
    if name == "form":
        return Input(name, label, value or "", "choice", FORMS, "bài không nói")
    if name == "summary":
        return Input(name, label, value or "", "lines")
    if name.startswith("date_"):
        return Input(name, label, day(value), hint="03/02/2021")
    if name == "period":
        return Input(name, label, "" if value is None else str(value), hint="2020")
    others = decision.others if isinstance(decision, FieldDecision) else ()
    wordings = "\n".join((str(value), *others)) if value is not None else ""
    return Input(name, label, wordings, "lines", hint="mỗi cách gọi một dòng, dòng đầu vào báo cáo")


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
