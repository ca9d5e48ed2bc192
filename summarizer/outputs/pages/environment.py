"""The templates' environment, and the Content-Security-Policy that goes with what a page carries."""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from hashlib import sha256
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup

from summarizer.outputs.phrasing import valued_sum

_ONE_LINE = {ord("\r"): " ", ord("\n"): " ", 0: "\ufffd"}


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("summarizer.outputs.pages"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.filters["one_line"] = lambda html: html.translate(_ONE_LINE)
    environment.filters["valued_sum"] = valued_sum
    return environment


@cache
def template(name: str) -> Template:
    """A page's template, compiled once; everything put into it is escaped."""
    return _environment().get_template(name)


@cache
def asset(name: str) -> Markup:
    """A style sheet or a script that is shipped beside the templates, to be set into a page as it is."""
    return Markup(files("summarizer.outputs.pages").joinpath("templates", name).read_text("utf-8"))  # noqa: S704


def policy(*, styles: tuple[str, ...], scripts: tuple[str, ...] = (), forms: str = "'none'") -> str:
    """A policy under which only these very style sheets and scripts apply, and nothing is fetched.

    `styles` and `scripts` are the exact contents of the page's `<style>` and `<script>` elements. No handler
    attribute, no other script, no frame, no image, no font and no address of the network can be used.
    """
    return "; ".join(
        (
            "default-src 'none'",
            "style-src " + " ".join(map(_hash, styles)),
            "script-src " + (" ".join(map(_hash, scripts)) or "'none'"),
            "base-uri 'none'",
            f"form-action {forms}",
        )
    )


def _hash(content: str) -> str:
    return f"'sha256-{b64encode(sha256(content.encode()).digest()).decode()}'"
