"""What a Markdown reader makes of a page, and texts that try to mark one up."""

from __future__ import annotations

from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

HOSTILE = st.one_of(
    st.text(max_size=30),
    st.text(alphabet="|`*_[]()<>#~=-+!&;:/.\\1a \n\t$@", max_size=30),
    st.sampled_from(
        ["<script>", "](javascript:alert(1))", "```\n", "---", "* * *", "{{ x }}", "| a | b |\n|---|---|"]
    ),
)


def parsed(markdown: str) -> list[Token]:
    """The tokens of CommonMark with GitHub's tables and strikethrough, HTML let through."""
    return MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).parse(markdown)
