"""The engine of one machine: what it does to the process that it runs in."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest

from summarizer.batch.job import Job, run_job
from summarizer.settings import Settings
from tests.batch.jobs import write_articles
from tests.conftest import Serve


@pytest.fixture(autouse=True)
def collector() -> Iterator[None]:
    """Nothing is kept from the collector of garbage before a test or after it."""
    gc.unfreeze()
    yield
    gc.unfreeze()


@pytest.mark.parametrize("by_caller", [False, True])
def test_a_job_leaves_the_collector_of_garbage_as_it_was(
    tmp_path: Path, serve: Serve, by_caller: bool
) -> None:
    if by_caller:
        gc.freeze()
    settings = Settings.from_env({}, model="m", base_url=serve().base_url)
    summary = run_job(Job(sources=(str(write_articles(tmp_path / "in", 2)),), folder=tmp_path), settings)
    assert summary.done == 2
    assert bool(gc.get_freeze_count()) == by_caller
