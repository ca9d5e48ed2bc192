"""The two languages of what people read, and which of them the environment asks for. Imports nothing heavy."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Literal, get_args

Lang = Literal["vi", "en"]
LANGS: tuple[Lang, ...] = get_args(Lang)


def message_lang(environment: Mapping[str, str] = os.environ) -> Lang:
    """Return the language of messages: Vietnamese where the locale of messages is, else English.

    The locale is the first of LANGUAGE, LC_ALL, LC_MESSAGES and LANG that is set and not empty, as for gettext.
    """
    names = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")
    locale = next(filter(None, map(environment.get, names)), "")
    return "vi" if locale.lower().startswith("vi") else "en"
