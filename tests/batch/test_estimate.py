"""A dry run: what a job would take, without asking anything."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from summarizer.batch.limits import FREE, find_price, parse_price
from summarizer.cli.main import main
from summarizer.errors import ConfigError
from tests.batch.conftest import Run
from tests.batch.jobs import write_articles
from tests.conftest import Serve


def numbers(text: str) -> list[int]:
    return [int(found.replace(",", "")) for found in re.findall(r"\d[\d,]*", text)]


def test_a_dry_run_says_how_many_articles_and_tokens_and_asks_nothing(
    tmp_path: Path,
    serve: Serve,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    run: Run,
) -> None:
    folder = write_articles(tmp_path / "in", 10)
    (folder / "empty.txt").write_bytes(b"")
    (folder / "same.txt").write_bytes((folder / "AAAA.txt").read_bytes())
    server = serve()
    command = ["summarizer", "batch", str(folder), "--out", str(tmp_path / "out"), "--model", "m"]
    command += ["--base-url", server.base_url, "--dry-run"]

    def dry(*options: str) -> list[str]:
        monkeypatch.setattr(sys, "argv", [*command, *options])
        with pytest.raises(SystemExit) as ended:
            main()
        assert not ended.value.code
        return capsys.readouterr().out.splitlines()

    listed, tokens, cost = dry()
    assert listed == "12 articles: 10 to do, 1 that cannot be read, 1 with the text of another"
    assert "the price of m is not known" in cost
    assert server.requests == []
    assert not (tmp_path / "out").exists()
    questions, read, *_ = numbers(tokens)
    assert "$" in dry("--price", "1000,0")[-1]
    result = run(folder, url=server.base_url)
    assert questions <= result.run["requests"]
    assert read == pytest.approx(result.run["tokens_in"] * questions / result.run["requests"], rel=0.5)
    write_articles(folder, 5, start=100)
    again = dry()
    assert again[0].startswith("17 articles: 5 to do, 10 done already")
    assert "as finished articles took" in again[1]
    assert numbers(again[1])[1] == pytest.approx(result.run["tokens_in"] / 2, rel=0.01)


def test_prices_are_looked_up_never_guessed() -> None:
    pytest.importorskip("genai_prices")
    known = find_price("gpt-4.1-mini", "https://api.openai.com/v1")
    assert known is not None
    assert known.of(1_000_000, 0) == known.tokens_in > 0
    assert known.origin.startswith("genai-prices ")
    batch = find_price("gpt-4.1-mini", "https://api.openai.com/v1", batch=True)
    assert batch is not None
    assert batch.tokens_in == pytest.approx(known.tokens_in / 2)
    assert find_price("no-such-model", "https://api.openai.com/v1") is None
    for near in ("http://localhost:8000/v1", "http://10.0.0.5:8000/v1", "http://gpu.internal/v1"):
        assert find_price("gpt-4.1-mini", near) is None
    assert find_price("embedded", None) is FREE


@pytest.mark.parametrize("given", ["", "1", "1,2,3", "a,b", "-1,1", "nan,1"])
def test_a_price_that_is_none_is_refused(given: str) -> None:
    with pytest.raises(ConfigError, match="--price must be IN,OUT"):
        parse_price(given)
