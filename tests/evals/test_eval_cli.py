"""evals/cli.py: commands, exit codes, one line of what to do."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from evals.cli import main
from tests.loopback import Loopback, Reply, Request, chat

TEXT = (
    "Chi bộ A họp tổng kết.\n\nĐảng ủy biểu dương 02 chi bộ và 13 đảng viên hoàn thành xuất sắc nhiệm vụ.\n"
)


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """One article with its label."""
    (tmp_path / "articles").mkdir()
    (tmp_path / "gold").mkdir()
    (tmp_path / "articles" / "a.txt").write_text(TEXT, encoding="utf-8")
    write_gold(tmp_path)
    return tmp_path


def write_gold(folder: Path, **values: Any) -> None:
    counts = [
        {
            "at": TEXT.index(text),
            "text": text,
            "value": int(text),
            "total": None,
            "unit": "count",
            "subject": subject,
            "grade": "excellent",
            "status": "result",
            "counted": "",
        }
        for text, subject in (("02", "party_cell"), ("13", "party_member"))
    ]
    gold = {
        "article": "a.txt",
        "organization": ["Chi bộ A"],
        "date_held": None,
        "date_published": None,
        "period": None,
        "chairs": [],
        "counts": counts,
    }
    (folder / "gold" / "a.json").write_text(json.dumps(gold | values), encoding="utf-8")


def on(folder: Path) -> tuple[object, ...]:
    return ("--articles", folder / "articles", "--gold", folder / "gold")


def test_a_run_that_reaches_its_bound_passes(folder: Path) -> None:
    result = run(*on(folder), "--system", "rules", "--min-f1", "1.0")
    assert result.exit_code == 0, result.output


def test_a_run_that_falls_short_exits_1_with_one_line(folder: Path) -> None:
    wrong = json.loads((folder / "gold" / "a.json").read_text())["counts"]
    wrong[0]["subject"] = "learner"
    write_gold(folder, counts=wrong)
    result = run(*on(folder), "--system", "rules", "--min-f1", "0.9")
    assert result.exit_code == 1
    assert "falls short: rules: strict_f1 is 0.5000, must be at least 0.9" in result.stderr


@pytest.mark.parametrize("file", ["json", "junit", "markdown", "html"])
def test_reports_are_written(folder: Path, tmp_path: Path, file: str) -> None:
    assert run(*on(folder), "--system", "rules", f"--{file}", tmp_path / "out").exit_code == 0
    assert (tmp_path / "out").stat().st_size > 100


def test_the_record_alone_is_on_stdout(folder: Path) -> None:
    result = run(*on(folder), "--system", "rules", "--json", "-")
    assert json.loads(result.stdout)["systems"]["rules"]["micro"]["right"] == 2


def answered(request: Request) -> Reply:
    """A model that reads the article's two counts and writes them itself."""
    return chat(
        {
            "counts": [
                {
                    "number": text,
                    "value": int(text),
                    "total": None,
                    "unit": "count",
                    "subject": subject,
                    "grade": "excellent",
                    "status": "result",
                    "counted": "",
                }
                for text, subject in (("02", "party_cell"), ("13", "party_member"))
            ]
        }
    )


@pytest.fixture
def recorded(folder: Path) -> tuple[object, ...]:
    """The options of a run on answers that were recorded from a loopback model, which is gone."""
    with Loopback(answered) as server:
        options = (
            *on(folder),
            "--model",
            "m",
            "--base-url",
            server.base_url,
            "--recordings",
            folder / "answers",
            "--system",
            "naive",
        )
        assert run(*options, "--record").exit_code == 0
    return options


def test_recorded_answers_are_measured_without_their_model(recorded: tuple[object, ...]) -> None:
    first, second = (run(*recorded, "--min-f1", "1.0", "--json", "-") for _ in range(2))
    assert (first.exit_code, second.exit_code) == (0, 0), first.stderr
    assert first.stdout == second.stdout
    assert json.loads(first.stdout)["systems"]["naive"]["micro"]["cost"]["attempts"] > 0


def test_an_edited_answer_exits_2_by_name(folder: Path, recorded: tuple[object, ...]) -> None:
    path = folder / "answers" / "naive" / "a.json"
    path.write_text(
        path.read_text(encoding="utf-8").replace(r"\"value\": 2,", r"\"value\": 3,"), encoding="utf-8"
    )
    result = run(*recorded)
    assert result.exit_code == 2
    assert "was edited" in result.stderr.splitlines()[-1]


def test_a_dropped_answer_exits_2_by_name(folder: Path, recorded: tuple[object, ...]) -> None:
    path = folder / "answers" / "naive" / "a.json"
    content = json.loads(path.read_bytes())
    path.write_text(json.dumps(content | {"answers": content["answers"][1:]}), encoding="utf-8")
    result = run(*recorded)
    assert result.exit_code == 2
    assert "no recorded answer" in result.stderr.splitlines()[-1]


def test_systems_without_recordings_are_not_measured_unless_asked_for(folder: Path, tmp_path: Path) -> None:
    result = run(*on(folder), "--recordings", tmp_path / "none", "--json", "-")
    assert result.exit_code == 0, result.output
    assert list(json.loads(result.stdout)["systems"]) == ["rules"]


def test_a_recorded_way_of_reading_is_measured_beside_the_rules(folder: Path, tmp_path: Path) -> None:
    with Loopback(answered) as server:
        options = (*on(folder), "--recordings", tmp_path / "answers")
        live = ("--model", "m", "--base-url", server.base_url)
        assert run(*options, *live, "--system", "large", "--record").exit_code == 0
    record = json.loads(run(*options, "--json", "-").stdout)
    assert (list(record["systems"]), record["models"]) == (["large", "rules"], {"large": "m"})


def test_the_rest_of_the_report_is_scored_where_it_is_labelled(folder: Path) -> None:
    parts = {
        "article": "a.txt",
        "meeting": True,
        "kind": [],
        "parent": [],
        "place": [],
        "form": None,
        "period_text": [],
        "people": [],
        "reports": [],
        "recipients": [],
        "elected": [],
        "sections": [],
        "summary": {"points": [["Chi bộ A"], ["không có trong bài"]], "never": []},
    }
    (folder / "parts").mkdir()
    for place in (folder / "parts" / "a.parts.json", folder / "gold" / "a.parts.json"):
        place.write_text(json.dumps(parts), encoding="utf-8")
        record = json.loads(run(*on(folder), "--system", "rules", "--json", "-").stdout)
        place.unlink()
        assert record["systems"]["rules"]["micro"]["summary_points"] == 0.5
        errors = record["systems"]["rules"]["articles"]["a"]["errors"]
        assert "summary_points missing: 'không có trong bài'" in errors


def test_an_answer_that_is_not_recorded_exits_2_and_says_how_to_record(folder: Path, tmp_path: Path) -> None:
    result = run(*on(folder), "--recordings", tmp_path / "none", "--system", "naive")
    assert result.exit_code == 2
    assert "python -m evals --record --system naive --only a" in result.stderr.splitlines()[-1]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--only", "zzz"), "no gold file's name holds zzz"),
        (("--system", "magic"), "no system 'magic'"),
        (("--live", "--record"), "exclude each other"),
    ],
)
def test_what_cannot_be_measured_exits_2_in_one_line(
    folder: Path, arguments: tuple[str, ...], message: str
) -> None:
    result = run(*on(folder), *arguments)
    assert result.exit_code == 2
    assert message in result.stderr.splitlines()[-1]


def test_a_label_without_its_article_exits_2(folder: Path) -> None:
    (folder / "articles" / "a.txt").unlink()
    result = run(*on(folder), "--system", "rules")
    assert (result.exit_code, "does not exist" in result.stderr) == (2, True)


def test_no_labels_exit_2(folder: Path) -> None:
    (folder / "gold" / "a.json").unlink()
    result = run(*on(folder), "--system", "rules")
    assert (result.exit_code, "label an article as evals/README.md says" in result.stderr) == (2, True)


def test_check_gold_names_what_is_wrong(folder: Path) -> None:
    assert run("check-gold", *on(folder)).exit_code == 0
    wrong = json.loads((folder / "gold" / "a.json").read_text())["counts"]
    wrong[0]["value"] = 3
    write_gold(folder, counts=wrong)
    result = run("check-gold", *on(folder))
    assert result.exit_code == 1
    assert "reads 2, the label says 3" in result.stdout


def test_candidates_are_lines_for_a_label(folder: Path) -> None:
    result = run("candidates", folder / "articles" / "a.txt")
    lines = [json.loads(line) for line in result.stdout.splitlines() if line.strip().startswith("{")]
    assert [(line["at"], line["text"], line["value"]) for line in lines] == [
        (TEXT.index("02"), "02", 2),
        (TEXT.index("13"), "13", 13),
    ]


def test_a_skeleton_is_a_label_once_it_is_filled_in(folder: Path) -> None:
    skeleton = run("candidates", "--skeleton", folder / "articles" / "a.txt").stdout
    filled = skeleton.replace('"subject": "?"', '"subject": "other"')
    (folder / "gold" / "a.json").write_text(filled, encoding="utf-8")
    assert run("check-gold", *on(folder)).exit_code == 0


def test_generated_articles_are_labelled(tmp_path: Path) -> None:
    assert run("generate", "--out", tmp_path, "--cases", 5).exit_code == 0
    assert len(list((tmp_path / "articles").iterdir())) == len(list((tmp_path / "gold").iterdir())) == 5


def test_the_benchmark_finds_what_was_planted() -> None:
    result = run("bench", "--cases", 10)
    assert result.exit_code == 0, result.output
    assert result.stdout.count("found:") == 1
