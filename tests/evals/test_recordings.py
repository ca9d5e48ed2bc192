"""evals/recordings.py, evals/transports.py, evals/answers.py: recorded answers."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from evals.answers import Answers, Mode, Source
from evals.errors import MeasureError
from evals.gold import Gold, LabelledArticle
from evals.options import HERE
from evals.prediction import Prediction
from evals.recordings import Recorded, digest_of_all, load_recording, request_key
from evals.systems.naive import Naive
from tests.loopback import Loopback, busy, chat

KEY = "sk-very-secret-4711"
TEXT = "Đảng ủy khen thưởng 02 chi bộ và 13 đảng viên.\n" + "Hội nghị thành công tốt đẹp.\n" * 70
RECORDED = sorted((HERE / "recordings").rglob("*.json"))


@pytest.fixture
def article() -> LabelledArticle:
    """An article that makes two questions."""
    gold = Gold(
        article="a.txt",
        organization=("Đảng ủy",),
        date_held=None,
        date_published=None,
        period=None,
        chairs=(),
        counts=(),
    )
    return LabelledArticle("a", TEXT, gold, "a.txt")


def written(number: str, value: float) -> dict[str, Any]:
    count = {"number": number, "value": value, "total": None, "unit": "count", "subject": "party_cell"}
    return {"counts": [count | {"grade": None, "status": "result", "counted": "chi bộ"}]}


@pytest.fixture
def server() -> Iterator[Loopback]:
    """A model that finds one count in the first piece, then none."""
    with Loopback([chat(written("02", 2)), chat({"counts": []})]) as running:
        yield running


@pytest.fixture(autouse=True)
def _key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)


def answers(mode: Mode, folder: Path, server: Loopback | None = None, **source: str) -> Answers:
    """Answers of the model that `server` is, or of recordings alone."""
    named = {"model": "m", "base_url": server.base_url} if server else {}
    return Answers(mode, folder, Source(**named, **source))


def record(folder: Path, server: Loopback, article: LabelledArticle, repeat: int = 0) -> Prediction:
    return asyncio.run(Naive(answers("record", folder, server)).predict(article, repeat))


def replay(folder: Path, article: LabelledArticle, repeat: int = 0) -> Prediction:
    return asyncio.run(Naive(answers("recorded", folder)).predict(article, repeat))


def test_what_was_recorded_is_replayed_with_no_server(
    tmp_path: Path, server: Loopback, article: LabelledArticle
) -> None:
    recorded = record(tmp_path, server, article)
    asked = len(server.requests)
    replayed = replay(tmp_path, article)
    assert asked == 2
    assert len(server.requests) == asked
    assert (replayed.counts, replayed.cost) == (recorded.counts, recorded.cost)
    assert [count.text for count in replayed.counts] == ["02"]


def test_a_recording_says_what_it_is_and_holds_no_key_and_no_port(
    tmp_path: Path, server: Loopback, article: LabelledArticle
) -> None:
    record(tmp_path, server, article)
    text = (tmp_path / "naive" / "a.json").read_text(encoding="utf-8")
    content = json.loads(text)
    assert (content["article"], content["system"], content["model"]) == ("a", "naive", "m")
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", content["recorded"])
    assert list(content) == sorted(content)
    assert KEY not in text
    assert server.base_url.split(":")[2].split("/")[0] not in text.replace(content["answers"][0]["key"], "")


def test_recording_again_asks_only_for_what_is_not_there(
    tmp_path: Path, server: Loopback, article: LabelledArticle
) -> None:
    record(tmp_path, server, article)
    before = (tmp_path / "naive" / "a.json").read_bytes()
    record(tmp_path, server, article)
    assert len(server.requests) == 2
    assert (tmp_path / "naive" / "a.json").read_bytes() == before


def test_a_changed_question_has_no_recording(
    tmp_path: Path, server: Loopback, article: LabelledArticle
) -> None:
    record(tmp_path, server, article)
    changed = LabelledArticle("a", TEXT.replace("13", "14"), article.gold, "a.txt")
    with pytest.raises(
        MeasureError, match=r"naive/a\.json.*python -m evals --record --system naive --only a"
    ):
        replay(tmp_path, changed)


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("SUMMARIZER_TEMPERATURE", "0.5"),
        ("SUMMARIZER_MODEL", "other"),
        ("SUMMARIZER_PROFILE", "large"),
        ("OPENAI_BASE_URL", "http://127.0.0.1:1/v1"),
    ],
)
def test_the_environment_has_no_say_in_a_replay(
    tmp_path: Path,
    server: Loopback,
    article: LabelledArticle,
    monkeypatch: pytest.MonkeyPatch,
    variable: str,
    value: str,
) -> None:
    record(tmp_path, server, article)
    monkeypatch.setenv(variable, value)
    assert replay(tmp_path, article).counts


def test_a_recording_says_how_its_answers_came_about(
    tmp_path: Path, server: Loopback, article: LabelledArticle
) -> None:
    written = answers("record", tmp_path, server, about="written by hand")
    asyncio.run(Naive(written).predict(article, 0))
    content = json.loads((tmp_path / "naive" / "a.json").read_bytes())
    assert (content["about"], content["server"], content["profile"]) == (
        "written by hand",
        "unknown",
        "small",
    )


def test_a_large_system_needs_a_large_model(tmp_path: Path) -> None:
    with pytest.raises(MeasureError, match="--model and --base-url"):
        answers("record", tmp_path).settings("large")


def test_what_two_requests_begin_with_alike_is_counted(tmp_path: Path) -> None:
    with Loopback(lambda request: chat({"counts": []})) as server:
        with answers("record", tmp_path, server).client("naive", "a", 0) as (client, tape, _):
            for end in ("a", "b", "c"):
                message = {"role": "user", "content": "x" * 90 + end * 4}
                client.post(f"{server.base_url}/chat/completions", json={"model": "m", "messages": [message]})
        tokens = sum(answer.answer["usage"]["prompt_tokens"] for answer in tape.asked)
        assert tape.tokens_shared == pytest.approx(tokens * 2 / 3 * 95 / 100, abs=1)


def test_each_repeat_has_answers_of_its_own(
    tmp_path: Path, server: Loopback, article: LabelledArticle
) -> None:
    record(tmp_path, server, article, repeat=0)
    with pytest.raises(MeasureError):
        replay(tmp_path, article, repeat=1)
    record(tmp_path, server, article, repeat=1)
    assert len(server.requests) == 4
    assert replay(tmp_path, article, repeat=0).counts
    assert not replay(tmp_path, article, repeat=1).counts


def test_a_dropped_answer_is_noticed(tmp_path: Path, server: Loopback, article: LabelledArticle) -> None:
    record(tmp_path, server, article)
    path, whole = tmp_path / "naive" / "a.json", digest_of_all(tmp_path, "naive")
    content = json.loads(path.read_bytes())
    del content["answers"][0]
    path.write_text(json.dumps(content))
    assert digest_of_all(tmp_path, "naive") != whole
    with pytest.raises(MeasureError, match="no recorded answer"):
        replay(tmp_path, article)


def test_an_edited_answer_is_noticed(tmp_path: Path, server: Loopback, article: LabelledArticle) -> None:
    record(tmp_path, server, article)
    path = tmp_path / "naive" / "a.json"
    path.write_text(
        path.read_text(encoding="utf-8").replace(r"\"value\": 2,", r"\"value\": 3,"), encoding="utf-8"
    )
    with pytest.raises(MeasureError, match="was edited"):
        replay(tmp_path, article)


def test_an_answer_edited_with_its_digest_changes_the_digest_of_all(
    tmp_path: Path, server: Loopback, article: LabelledArticle
) -> None:
    record(tmp_path, server, article)
    path, whole = tmp_path / "naive" / "a.json", digest_of_all(tmp_path, "naive")
    content = json.loads(path.read_bytes())
    content["answers"][0]["seconds"] += 1
    content["answers"][0]["digest"] = Recorded.model_validate(content["answers"][0]).digest_now()
    path.write_text(json.dumps(content))
    assert digest_of_all(tmp_path, "naive") != whole


def test_a_servers_own_trouble_is_not_recorded(tmp_path: Path, article: LabelledArticle) -> None:
    with Loopback([busy(retry_after=0.01), chat({"counts": []})]) as server:
        record(tmp_path, server, article)
    recording = load_recording(tmp_path / "naive" / "a.json")
    assert recording is not None
    assert [answer.status for answer in recording.answers] == [200, 200]


def test_answers_of_other_weights_are_not_taken_for_the_embedded_models(
    tmp_path: Path, server: Loopback, article: LabelledArticle
) -> None:
    record(tmp_path, server, article)
    path = tmp_path / "naive" / "a.json"
    path.write_text(json.dumps(json.loads(path.read_bytes()) | {"weights_sha256": "0" * 64}))
    with pytest.raises(MeasureError, match="other weights"):
        replay(tmp_path, article)


def test_a_client_that_blocks_is_recorded_and_replayed_too(tmp_path: Path, server: Loopback) -> None:
    request = {"model": "m", "messages": [{"role": "user", "content": "02"}]}
    choices: dict[Mode, Any] = {}
    modes: tuple[Mode, ...] = ("record", "recorded")
    for mode in modes:
        with answers(mode, tmp_path, server).client("naive", "a", 0) as (client, tape, _):
            response = client.post(f"{server.base_url}/chat/completions", json=request)
            choices[mode] = response.json()["choices"]
            assert len(tape.asked) == 1
    assert choices["record"] == choices["recorded"]
    assert len(server.requests) == 1


def test_live_nothing_is_kept(tmp_path: Path, server: Loopback, article: LabelledArticle) -> None:
    assert asyncio.run(Naive(answers("live", tmp_path, server)).predict(article, 0)).counts
    with answers("live", tmp_path, server).client("naive", "a", 0) as (client, tape, _):
        client.post(f"{server.base_url}/chat/completions", json={"model": "m", "messages": []})
        assert len(tape.asked) == 1
    assert list(tmp_path.iterdir()) == []


def test_the_order_of_keys_in_a_request_says_nothing() -> None:
    assert request_key(b'{"a": 1, "b": 2}', 0) == request_key(b'{"b":2,"a":1}', 0)
    assert request_key(b'{"a": 1}', 0) != request_key(b'{"a": 1}', 1)


@pytest.mark.parametrize("path", RECORDED, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_every_digit_of_every_committed_answer_is_held_by_its_digest(path: Path) -> None:
    recording = load_recording(path)
    assert recording is not None
    for answer in recording.answers:
        text = answer.model_dump_json(exclude={"digest"})
        for place in (match.start() for match in re.finditer(r"[0-9]", json.dumps(answer.answer))):
            written = json.dumps(answer.answer)
            other = str((int(written[place]) + 1) % 10)
            changed = written[:place] + other + written[place + 1 :]
            try:
                edited = answer.model_copy(update={"answer": json.loads(changed)})
            except ValueError:
                continue  # no JSON any more: the file does not load
            assert edited.digest_now() != answer.digest, (text, place)
