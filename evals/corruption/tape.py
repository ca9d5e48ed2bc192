"""A tape that answers from the label instead of from a recording, with one thing wrong where it is told to.

What is wrong stays wrong: asked again, or closer, the model says the same again.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evals.corruption.claims import Claim, Scribe
from evals.gold import LabelledArticle
from evals.recordings import Recorded, Tape

__all__ = ("ClaimsChange", "LabelTape", "TextChange")

ClaimsChange = Callable[[list[Claim]], list[Claim] | None]
"""Corrupts the claims of one answer; None leaves it right."""
TextChange = Callable[[str, dict[str, Any]], dict[str, Any] | None]
"""Corrupts the answer of another part (`sentences`, `summary`); None leaves it right."""

_FACT = re.compile(r"^- (.+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class _Plain:
    """The right answers of the parts that are not about numbers, told by the fields they have."""

    part: str
    answer: dict[str, Any]


class LabelTape(Tape):
    """Answers every question about numbers as the label does; `changed` tells whether a corruption was made."""

    def __init__(
        self,
        article: LabelledArticle,
        scribe: Scribe,
        *,
        claims: ClaimsChange | None = None,
        text: TextChange | None = None,
    ) -> None:
        super().__init__("label", article.name, 0, (), where=Path("label"))
        self.changed = 0
        self._article = article
        self._scribe = scribe
        self._claims = claims
        self._text = text

    def find(self, body: bytes) -> Recorded | None:
        """Return the label's answer to this request, corrupted if it is the one to corrupt."""
        request = json.loads(body)
        claims = self._scribe.claims(request, self._article)
        if claims is not None:
            corrupted = self._claims(claims) if self._claims else None
            self.changed += corrupted is not None
            content = self._scribe.write(claims if corrupted is None else corrupted, request)
        else:
            plain = _plain(request)
            wrong = self._text(plain.part, plain.answer) if self._text else None
            self.changed += wrong is not None
            content = json.dumps(plain.answer if wrong is None else wrong, ensure_ascii=False)
        message = {"role": "assistant", "content": content}
        answer = {"choices": [{"index": 0, "finish_reason": "stop", "message": message}], "usage": {}}
        return Recorded(
            key="label", repeat=0, asked={"model": "label"}, status=200, answer=answer, seconds=0.0, digest=""
        )


def _plain(request: dict[str, Any]) -> _Plain:
    schema = ((request.get("response_format") or {}).get("json_schema") or {}).get("schema") or {}
    properties: dict[str, Any] = schema.get("properties") or {}
    if "summary" in properties:
        question = str(request["messages"][1]["content"])
        facts = _FACT.findall(question)
        return _Plain("summary", {"summary": ". ".join(" ".join(fact.split()[:20]) for fact in facts[-2:])})
    if properties and all(name.isdigit() for name in properties):
        labels = [_first_choice(schema, field) for field in properties.values()]
        return _Plain("sentences", dict(zip(properties, labels, strict=True)))
    return _Plain("header", {name: _nothing(field) for name, field in properties.items()})


def _first_choice(schema: dict[str, Any], field: dict[str, Any]) -> Any:
    """The first of a field's choices, wherever the schema keeps them."""
    reference = str(field.get("$ref", "")).rpartition("/")[2]
    choices = (schema.get("$defs", {}).get(reference, field)).get("enum") or ["khác"]
    return choices[0]


def _nothing(field: dict[str, Any]) -> Any:
    return [] if field.get("type") == "array" else 0
