"""A tape that answers from the label instead of from a recording, with one thing wrong where it is told to.

What is wrong stays wrong when it is asked again.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from evals.corruption.claims import Claim, Respondent, schema_of
from evals.corruption.meeting import MeetingChange, meeting_answer
from evals.gold import LabelledArticle
from evals.recordings import Recorded, Tape

__all__ = ("ClaimsChange", "LabelTape")

ClaimsChange = Callable[[list[Claim]], list[Claim] | None]
"""Corrupts the claims of one answer; None leaves it right."""


class LabelTape(Tape):
    """Answers every question as the label does; `changed` counts the answers that were corrupted."""

    def __init__(
        self,
        article: LabelledArticle,
        respondent: Respondent,
        *,
        claims: ClaimsChange | None = None,
        meeting: MeetingChange | None = None,
    ) -> None:
        super().__init__("label", article.name, 0, (), where=Path("label"))
        self.changed = 0
        self._article = article
        self._respondent = respondent
        self._claims = claims
        self._meeting = meeting

    def find(self, body: bytes) -> Recorded | None:
        """Return the label's answer to this request, corrupted if it is the one to corrupt."""
        request: dict[str, Any] = json.loads(body)
        claims = self._respondent.claims(request, self._article)
        if claims is not None:
            corrupted = self._claims(claims) if self._claims else None
            self.changed += corrupted is not None
            content = self._respondent.write(claims if corrupted is None else corrupted, request)
        elif "sections" in (schema_of(request).get("properties") or {}):
            answer = meeting_answer(request, self._article)
            self.changed += self._meeting(answer) if self._meeting else 0
            content = json.dumps(answer, ensure_ascii=False)
        else:
            return None
        message = {"role": "assistant", "content": content}
        return Recorded(
            key="label",
            repeat=0,
            asked={"model": "label"},
            status=200,
            answer={"choices": [{"index": 0, "finish_reason": "stop", "message": message}], "usage": {}},
            seconds=0.0,
            digest="",
        )
