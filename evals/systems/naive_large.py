"""What one writes first with a large model: one fixed instructor schema, one question, the whole report in it.

The model reads the whole article and writes everything itself: numbers, dates, names, sentences, the summary. What
it says is taken as it is; only places are looked up, in its favour: a count's as the `naive` system's are, a
sentence's and a name's where they stand in the article, whatever their spaces.
"""

from __future__ import annotations

from dataclasses import replace

from pydantic import BaseModel, Field

from evals.answers import Answers
from evals.errors import MeasureError
from evals.gold import LabelledArticle
from evals.prediction import (
    FIELDS,
    Cost,
    PredictedItem,
    PredictedParts,
    PredictedPerson,
    PredictedSection,
    Prediction,
    Quoted,
)
from evals.systems.naive import NaiveCount, place_counts
from evals.wording import Places
from summarizer.errors import ModelError
from summarizer.model.questions import Question
from summarizer.schemas.reading import Form, SectionKind
from summarizer.schemas.report import Role

__all__ = ("NaiveLarge", "NaiveReport", "predicted")

_MOST_TOKENS = 16_000
_SYSTEM = """Bạn đọc một bài báo tiếng Việt về hội nghị tổng kết và điền báo cáo dưới dạng JSON.
counts: mọi con số đếm một đối tượng nào đó (không phải ngày tháng, năm, thời gian, số văn bản, số thứ tự, số trong
tên, số của trang web). number: con số đúng như viết trong bài ("02", "6.481", "1/5", "75,2", "hai"); value: giá trị
(tiền tính bằng đồng); total: mẫu số nếu là a/b; unit: count, percent hoặc money; counted: cụm từ của bài cho biết số
đó đếm cái gì. subject theo danh từ được đếm: party_organization (tổ chức đảng, đảng bộ), party_cell (chi bộ),
party_member (đảng viên), collective (tập thể, đơn vị), individual (cá nhân, hộ, đại biểu), staff (cán bộ, giáo viên,
người lao động), learner (học sinh, học viên), union_member (đoàn viên, hội viên), class (lớp), school (trường),
research (đề tài, sáng kiến, hội thảo), document (văn bản, bài, tin), event (cuộc, buổi, đợt), award (giải, giấy
khen), money, other. grade chỉ khi số đó đếm tổ chức hay người được xếp loại: excellent (hoàn thành xuất sắc), good
(hoàn thành tốt), completed, not_completed, unrated, clean_strong (trong sạch vững mạnh). status: target nếu là kế
hoạch, chỉ tiêu, nhiệm vụ; còn lại là result.
organization: đơn vị tổ chức hội nghị. date_held, date_published: YYYY-MM-DD. period: năm được tổng kết (năm học thì
lấy năm kết thúc). kind: tên loại hội nghị như bài viết. parent: cấp trên hoặc địa bàn nếu bài có viết. place: địa
điểm. form: in_person, online hoặc hybrid nếu bài nói rõ. period_text: kỳ được tổng kết như bài viết ("năm 2020").
people: mọi người có tên tham gia; name không kèm danh xưng; post: chức vụ như viết; roles: chair (chủ trì, chủ tọa),
guest (đến dự), speaker (phát biểu), presenter (trình bày báo cáo), awarded, elected, other.
reports: tên các báo cáo được trình bày, thông qua, và người trình bày. recipients: người, đơn vị có tên được khen
thưởng, biểu dương, và danh hiệu. elected: người được bầu, chỉ định tại hội nghị, và chức vụ.
sections: các câu hoặc vế câu chép nguyên văn từ bài: achievement (kết quả đã đạt được), shortcoming (hạn chế, yếu
kém), cause (nguyên nhân), directive (nhiệm vụ, phương hướng, yêu cầu). Mỗi câu hoặc mỗi mục liệt kê là một phần tử.
summary: tóm tắt 3 đến 5 câu: ai họp, khi nào, ai chủ trì; kết quả chính kèm số liệu; hạn chế; nhiệm vụ."""


class NaivePerson(BaseModel):
    """Somebody named."""

    name: str
    post: str | None
    roles: list[Role]


class NaiveItem(BaseModel):
    """A title or a name, with whoever or whatever belongs to it."""

    text: str
    more: str | None = Field(description="Người trình bày, danh hiệu hoặc chức vụ.")


class NaiveSection(BaseModel):
    """A sentence of the article."""

    kind: SectionKind
    text: str


class NaiveReport(BaseModel):
    """The fixed schema."""

    organization: str | None
    date_held: str | None
    date_published: str | None
    period: int | None
    kind: str | None
    parent: str | None
    place: str | None
    form: Form | None
    period_text: str | None
    people: list[NaivePerson]
    reports: list[NaiveItem]
    recipients: list[NaiveItem]
    elected: list[NaiveItem]
    counts: list[NaiveCount]
    sections: list[NaiveSection]
    summary: str


class NaiveLarge:
    """The fixed schema over a whole article."""

    def __init__(self, answers: Answers) -> None:
        self._answers = answers

    async def predict(self, article: LabelledArticle, repeat: int) -> Prediction:
        """Return what the model wrote; an article it could not answer for has nothing."""
        async with self._answers.model("naive-large", article.name, repeat) as (model, tape):
            try:
                answer = await model.ask(_question(article.text))
                usage, report, failure = answer.usage, answer.value, answer.failure
            except ModelError as error:
                usage, report, failure = error, None, str(error)
            if tape and tape.missing:
                raise MeasureError(tape.missing[0])
        cost = Cost(usage.attempts, usage.tokens_in, usage.tokens_out, getattr(usage, "seconds", 0.0))
        if tape:
            cost = replace(cost, seconds=tape.seconds, tokens_shared=tape.tokens_shared)
        if report is None:
            return Prediction(counts=(), left_out=(failure or "",), cost=cost)
        return replace(predicted(report, article.text), cost=cost)


def predicted(report: NaiveReport, text: str) -> Prediction:
    """Return the report as a prediction, each part at the place where it is found in `text`."""
    places = Places(text)
    sections: list[PredictedSection] = []
    quotations: list[Quoted] = []
    for one in report.sections:
        span = places.find(one.text)
        at, words = (span[0], text[slice(*span)]) if span else (-1, one.text)
        sections.append(PredictedSection(one.kind, at, words))
        quotations.append(Quoted("sections", at, words))
    people = tuple(
        PredictedPerson(one.name, tuple(one.roles), one.post, _at(places, one.name)) for one in report.people
    )
    reports, recipients, elected = (
        tuple(PredictedItem(one.text, one.more, _at(places, one.text)) for one in items)
        for items in (report.reports, report.recipients, report.elected)
    )
    fields = {name: getattr(report, name) for name in FIELDS}
    return Prediction(
        counts=tuple(place_counts(report.counts, text, 0, len(text))),
        organization=report.organization,
        date_held=report.date_held,
        date_published=report.date_published,
        period=report.period,
        chairs=tuple(one.name for one in people if "chair" in one.roles),
        quotations=tuple(quotations),
        summary=report.summary,
        parts=PredictedParts(fields, people, reports, recipients, elected, tuple(sections)),
    )


def _at(places: Places, words: str) -> int:
    span = places.find(words)
    return span[0] if span else -1


def _question(text: str) -> Question[NaiveReport]:
    return Question(
        part="report",
        messages=({"role": "system", "content": _SYSTEM}, {"role": "user", "content": text}),
        response_model=NaiveReport,
        max_tokens=_MOST_TOKENS,
    )
