"""langextract with its own defaults and the same worked example, on the same model.

Its chunks, its prompt, its alignment. In its favour the summarizer's reader and table turn the text that it
extracts into a value, a subject and a grade; the model itself writes text alone. Temperature is 0 as it is
for the others. Install it with the dependency group `langextract`.
"""

from __future__ import annotations

import asyncio
import importlib
import re
from pathlib import Path
from typing import Any

import httpx2

from evals.answers import Answers
from evals.errors import MeasureError
from evals.gold import LabelledArticle
from evals.prediction import Cost, PredictedCount, Prediction
from evals.reading import multiplier_after, possible_readings
from evals.recordings import Tape
from summarizer.article.counted_nouns import grade_words
from summarizer.article.normalize import split_words
from summarizer.model.weights import QWEN
from summarizer.rules.nouns import noun_after
from summarizer.schemas.offsets import TokenIndex
from summarizer.schemas.taxonomy import graded_subjects
from summarizer.settings import Settings

__all__ = ("LangExtract", "count_of")

_PROMPT = """Trích xuất mọi con số đếm một đối tượng nào đó, kèm cụm từ cho biết số đó đếm cái gì.
Chép đúng nguyên văn trong bài. Không trích ngày tháng, năm, số văn bản, số thứ tự."""
_EXAMPLE = (
    "Hội tặng cờ cho 03 chi hội xuất sắc và 45 hội viên tiêu biểu; "
    "có 7/9 tổ hoàn thành tốt nhiệm vụ, đạt 77,8%."
)
_EXAMPLE_COUNTS = (
    ("03 chi hội xuất sắc", "chi hội xuất sắc"),
    ("45 hội viên tiêu biểu", "hội viên tiêu biểu"),
    ("7/9 tổ hoàn thành tốt nhiệm vụ", "tổ hoàn thành tốt nhiệm vụ"),
    ("77,8%", "tổ hoàn thành tốt nhiệm vụ"),
)
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*(?:\s?/\s?\d+(?:[.,]\d+)*)?")


class LangExtract:
    """langextract's `extract` over an article."""

    def __init__(self, answers: Answers) -> None:
        try:
            self._lx: Any = importlib.import_module("langextract")
        except ImportError as error:
            raise MeasureError(
                "langextract is not installed: pip install --group langextract, or leave that system out"
            ) from error
        self._answers = answers

    async def predict(self, article: LabelledArticle, repeat: int) -> Prediction:
        """Return what langextract extracted; an article it gives up has no counts."""
        return await asyncio.to_thread(self._predict, article, repeat)

    def _predict(self, article: LabelledArticle, repeat: int) -> Prediction:
        with self._answers.client("langextract", article.name, repeat) as (client, tape, settings):
            model = self._model(client, tape, settings)
            left_out: tuple[str, ...] = ()
            found: list[Any] = []
            try:
                document = self._lx.extract(
                    article.text,
                    prompt_description=_PROMPT,
                    examples=self._examples(),
                    model=model,
                    use_schema_constraints=False,  # the model has them already, from the same example
                    show_progress=False,
                )
                found = document.extractions or []
            except self._lx.exceptions.LangExtractError as error:
                left_out = (" ".join(str(error).split())[:300],)
            if tape.missing:
                raise MeasureError(tape.missing[0])
        counts = tuple(count for extraction in found if (count := count_of(extraction, article.text)))
        return Prediction(counts=counts, header=False, left_out=left_out, cost=_cost(tape))

    def _model(self, client: httpx2.Client, tape: Tape, settings: Settings) -> Any:
        """Langextract's OpenAI provider, constrained by the example's schema as it is by default."""
        name, address = settings.model, {"base_url": settings.base_url, "api_key": "none"}
        if settings.embedded:
            name, address["base_url"] = Path(QWEN.name).stem, "http://embedded.invalid/v1"
        if settings.embedded and self._answers.mode != "recorded":
            from summarizer.model.embedded import embedded_server

            server = embedded_server(settings.weights)
            address = {"base_url": server.base_url, "api_key": server.api_key}
            tape.weights_sha256 = server.weights_sha256
        elif settings.api_key is not None:
            address["api_key"] = settings.api_key.get_secret_value()
        config = self._lx.factory.ModelConfig(
            model_id=name,
            provider="OpenAILanguageModel",
            provider_kwargs={**address, "temperature": 0.0, "max_workers": 2},
        )
        model = self._lx.factory.create_model(config, examples=self._examples(), use_schema_constraints=True)
        # Its own client, over a transport that replays, records or only counts.
        model._client = model._client.with_options(http_client=client)
        return model

    def _examples(self) -> list[Any]:
        data = self._lx.data
        extractions = [
            data.Extraction(extraction_class="count", extraction_text=text, attributes={"counted": counted})
            for text, counted in _EXAMPLE_COUNTS
        ]
        return [data.ExampleData(text=_EXAMPLE, extractions=extractions)]


def count_of(extraction: Any, article: str) -> PredictedCount | None:
    """Return the count that an extraction claims, None where it holds no number.

    Its place is langextract's own: where it aligned the text to, or nowhere.
    """
    text = str(extraction.extraction_text)
    number = _NUMBER.search(text)
    if number is None:
        return None
    interval = extraction.char_interval
    at = -1 if interval is None or interval.start_pos is None else interval.start_pos + number.start()
    after = article[at + len(number[0]) :] if at >= 0 else text[number.end() :]
    counted = str((extraction.attributes or {}).get("counted") or text[number.end() :]).lstrip(" %")
    readings = sorted(possible_readings(number[0]), key=str)
    value, total = readings[0] if readings else (float("nan"), None)
    percent, by = after.lstrip().startswith("%"), multiplier_after(after)
    money = re.match(r"\s*(?:(?:nghìn|ngàn|triệu|tỷ|tỉ)\s*)*đồng(?! chí)", after) is not None
    words = split_words(counted)
    noun, grade = noun_after(words.spelled, TokenIndex(0), words.stop), grade_words().last(words)
    subject = "money" if money else noun.subject if noun else "other"
    return PredictedCount(
        at=at,
        text=number[0],
        value=value * by,
        total=total,
        unit="money" if money else "percent" if percent else "count",
        subject=subject,
        grade=grade.value if grade and subject in graded_subjects() else None,
        status="result",
        counted=counted,
    )


def _cost(tape: Tape) -> Cost:
    """What the answers on the tape cost; langextract itself does not say."""
    usages = [answer.answer.get("usage") or {} for answer in tape.asked]
    return Cost(
        attempts=len(tape.asked),
        tokens_in=sum(usage.get("prompt_tokens", 0) for usage in usages),
        tokens_out=sum(usage.get("completion_tokens", 0) for usage in usages),
        seconds=tape.seconds,
    )
