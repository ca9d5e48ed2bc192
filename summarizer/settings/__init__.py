"""Settings: options and the environment come in; which model is asked, where and how goes out."""

from __future__ import annotations

from summarizer.settings.settings import EMBEDDED, NONE, OPENAI_URL, Settings

__all__ = ("EMBEDDED", "NONE", "OPENAI_URL", "Settings")
