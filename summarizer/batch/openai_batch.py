"""The engine for a provider's Batch API: the same questions at half the price, answered within a day.

What each article would be asked is captured, sealed into files within the provider's limits, and submitted; the
answers go into the journal, each to the articles that asked, and then the job runs as always: what is answered is
not asked again, and what fails its checks is asked again directly. Where a batch was cancelled or expired, or all
of it failed, what it did not answer is not asked directly, at the full price, unless `--fall-back` says so: the
next run submits it anew. Every step is in the journal before it is taken, and a batch carries our name for it in
its metadata, so that a job killed at any moment finds the batch it had submitted instead of submitting another.

instructor's own batch support (`instructor.batch`) takes one response model a job, where ours is made for each
passage, and its requests differ from the direct ones, so that answers and re-asks would not be interchangeable; it
neither splits to limits nor marks a batch for finding it again, and takes nothing of a batch that expired.
"""

from __future__ import annotations

import asyncio
import json
import os
import uuid
from collections import Counter
from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from typing import Any

from summarizer.batch.engine import interrupts, run_here
from summarizer.batch.intake import Intake, in_portions
from summarizer.batch.items import read
from summarizer.batch.limits import Price, find_price
from summarizer.batch.provider_batches import ProviderBatches, Sealed
from summarizer.batch.records import Kept
from summarizer.batch.runner import Ending
from summarizer.batch.transports import Capture, capturing, request_key, usage_of
from summarizer.batch.work import Work
from summarizer.batch.writer import JournalWriter
from summarizer.errors import ConfigError, EndpointError, SummarizerError
from summarizer.model.batch_api import ENDPOINT, Batch, BatchApi
from summarizer.model.faults import mask, visible

_FOLDER = "batches"
_COLLECT = 500  # answers written together
_ENDS = {"cancelled": "it was cancelled", "expired": "it expired", "failed": "it failed"}
_LONGEST_REASON = 200
_HALF = 0.5  # what a batch costs where only the direct price was given


async def run_as_batches(work: Work) -> Ending:
    """Do the work through the Batch API, then the rest directly."""
    async with BatchApi(work.settings) as api, JournalWriter(work.journal) as writer:
        batch_run = _Run(work, api, writer)
        waiting = asyncio.ensure_future(batch_run.run())
        stopped = ""

        def stop(reason: str) -> None:
            nonlocal stopped
            stopped = f"{reason}; batches that were submitted go on, and the same command collects them"
            waiting.cancel()

        with interrupts(stop, stop):
            try:
                await waiting
            except asyncio.CancelledError:
                return Ending("stopped", stopped)
            except (OSError, SummarizerError) as error:
                refused = isinstance(error, EndpointError) and not error.retryable
                wrong = refused or isinstance(error, ConfigError)
                return Ending("set_up" if wrong else "broken", str(error))
    # The articles were taken up by the run that captured them: a run of its own finishes them.
    work.run = work.journal.start_run({"engine": "openai-batch", **work.settings.parameters})
    if batch_run.unanswered and not work.job.fall_back:
        work.held_back = ProviderBatches(work.journal).failed()
    ending = await run_here(work)
    if ending.kind == "finished" and work.held_back:
        why = "; ".join(batch_run.unanswered)
        return Ending("broken", f"{why}; --fall-back asks what is open directly, at the full price")
    return ending


class _Run:
    """The batches of one run."""

    def __init__(self, work: Work, api: BatchApi, writer: JournalWriter) -> None:
        self._work = work
        self._api = api
        self._writer = writer
        self._batches = ProviderBatches(work.journal)
        self._folder = work.journal.folder / _FOLDER
        self._price = _batch_price(work)
        self.unanswered: list[str] = []

    async def run(self) -> None:
        """Capture, submit, and wait until every batch is collected or refused."""
        self._folder.mkdir(exist_ok=True)
        known = {sealed.file for sealed in await self._writer.call(self._batches.pending)}
        for path in self._folder.iterdir():
            if path.name not in known:  # of a job that was killed before it was sealed
                path.unlink()
        async with capturing(self._work.settings) as capture:
            await self._seal_what_is_due(capture)
        for sealed in await self._writer.call(self._batches.pending):
            await self._submit(sealed)
        while pending := await self._writer.call(self._batches.pending):
            for sealed in pending:
                await self._look(sealed)
            if await self._writer.call(self._batches.pending):
                await asyncio.sleep(self._work.job.poll_s)

    async def _seal_what_is_due(self, capture: Capture) -> None:
        """Seal the requests of every article that is due and not in a batch yet, in files within the limits."""
        job, part = self._work.job, _Part(self._folder)
        try:
            async for article, key, body in self._requests(capture):
                if part.is_full(body, job.batch_requests, job.batch_bytes):
                    await self._seal(part)
                    part = _Part(self._folder)
                part.add(article, key, body)
            await self._seal(part)
        finally:
            part.drop()

    async def _requests(self, capture: Capture) -> AsyncIterator[tuple[int, str, bytes]]:
        """Yield what is to be asked: the article, the request's key, and its body."""
        call, batches = self._writer.call, self._batches
        async for task in Intake(self._work, self._writer).tasks():
            article = task.article
            if await call(batches.is_asked, article):
                continue
            try:
                bodies = await capture(task.document or read(task.item))
            except ConfigError:
                raise
            except Exception:  # the run that follows meets it again and makes it the article's row
                bodies = []
            for body in bodies:
                key = request_key(body)
                if not await call(batches.has, article, key):
                    yield article, key, body

    async def _seal(self, part: _Part) -> None:
        if part.keys:
            path = part.close()
            await self._writer.call(self._batches.seal, part.name, path.name, len(part.keys), part.asked)
            self._work.reporter.notice(f"sealed {len(part.keys):,} requests into {path.name}")

    async def _submit(self, sealed: Sealed) -> None:
        if sealed.state == "submitted":
            return
        if (spent := self._work.budget.spent) is not None:
            raise SummarizerError(spent)
        if sealed.state == "submitting" and (found := await self._api.find(sealed.name, sealed.sealed_at)):
            await self._mark(sealed.name, "submitted", batch=found.id)
            return
        input_file = sealed.input_file or await self._api.upload(self._folder / sealed.file, sealed.file)
        await self._mark(sealed.name, "submitting", input_file=input_file)
        created = await self._api.create(input_file, sealed.name)
        await self._mark(sealed.name, "submitted", batch=created.id)
        self._work.reporter.notice(f"submitted {sealed.requests:,} requests as {created.id}")

    async def _look(self, sealed: Sealed) -> None:
        """Ask how far a batch is; collect it when it is over."""
        if sealed.batch is None:
            return
        batch = await self._api.get(sealed.batch)
        if batch.status not in {"completed", *_ENDS}:
            counts = batch.request_counts
            done, total = (counts.completed + counts.failed, counts.total) if counts else (0, 0)
            self._work.reporter.notice(f"{batch.id}: {batch.status}, {done:,} of {total:,}")
            return
        answered, errors = await self._collect(batch, _sizes(self._folder / sealed.file))
        found = [str(error.message) for error in (batch.errors and batch.errors.data) or ()]
        found += [reason for reason, _ in Counter(errors.values()).most_common(1)]
        reason = self._shown(found[0]) if found else ""
        if batch.status == "failed" and not answered:
            why = f"the provider refused {batch.id}: {reason or 'no reason given'}"
            await self._mark(sealed.name, "refused", error=why)
            raise SummarizerError(f"{why}; the same command submits it anew")
        why = f" ({reason})" if reason else ""
        if batch.status != "completed" or not answered:
            why_all = reason or batch.status
            if missing := await self._writer.call(self._batches.fail, sealed.name, errors, why_all):
                how = _ENDS.get(batch.status, "all of it failed")
                line = f"{batch.id}: {how}, {missing:,} of {sealed.requests:,} requests have no answer{why}"
                self.unanswered.append(line)
        await self._mark(sealed.name, "collected")
        failed = f", {len(errors):,} failed{why}" if errors else ""
        self._work.reporter.notice(
            f"{batch.id}: {batch.status}, {answered:,} of {sealed.requests:,} answered{failed}"
        )
        (self._folder / sealed.file).unlink(missing_ok=True)

    async def _collect(self, batch: Batch, asked: Mapping[str, int]) -> tuple[int, dict[str, str]]:
        """Write a batch's answers to the journal; how many there were, and why the other requests failed.

        `asked` are the bytes of each request.
        """
        answered = 0
        errors: dict[str, str] = {}
        for file in filter(None, (batch.output_file_id, batch.error_file_id)):
            async for chunk in in_portions(self._api.lines(file), _COLLECT):
                kept: list[Kept] = []
                for line in chunk:
                    if (answer := self._answer(line, asked)) is not None:
                        kept.append(answer)
                    else:
                        errors[str(line.get("custom_id"))] = self._shown(_failure(line))
                await self._writer.call(self._batches.collect, kept)
                answered += len(kept)
        return answered, errors

    def _answer(self, line: dict[str, Any], asked: Mapping[str, int]) -> Kept | None:
        """The answer of one line of a file of answers; None where the request failed."""
        match line:
            case {"custom_id": key, "response": {"status_code": 200, "body": dict(answer)}}:
                body = json.dumps(answer, ensure_ascii=False).encode("utf-8", "surrogatepass")
                if (tokens := usage_of(asked.get(key, 0), body)) is not None:
                    cost = self._work.budget.book(*tokens, self._price)
                    return Kept(0, key, body, **tokens._asdict(), cost=cost)
        return None

    def _shown(self, text: str) -> str:
        return visible(mask(text, self._work.settings.secrets))[:_LONGEST_REASON]

    async def _mark(self, name: str, state: str, **values: str) -> None:
        await self._writer.call(lambda: self._batches.mark(name, state, **values))


class _Part:
    """A file of requests that is being written; it has its name only once it is whole."""

    def __init__(self, folder: Path) -> None:
        self.name = f"summarizer-{uuid.uuid4().hex}"
        self.keys: set[str] = set()
        self.asked: list[tuple[int, str]] = []
        self._path = folder / f"{self.name}.jsonl"
        self._partial = folder / f"{self.name}.part"
        self._file = self._partial.open("wb")
        self._size = 0

    def is_full(self, body: bytes, requests: int, size: int) -> bool:
        """Whether another request would exceed the limits."""
        return bool(self.keys) and (
            len(self.keys) >= requests or self._size + len(_line("0" * _KEY_LENGTH, body)) > size
        )

    def add(self, article: int, key: str, body: bytes) -> None:
        """Add a request, once however many articles ask it."""
        self.asked.append((article, key))
        if key not in self.keys:
            self.keys.add(key)
            self._size += self._file.write(_line(key, body))

    def close(self) -> Path:
        """Bring the file to the disk."""
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        return self._partial.rename(self._path)

    def drop(self) -> None:
        """Leave nothing of a file that is not whole."""
        self._file.close()
        self._partial.unlink(missing_ok=True)


_HEAD = '{"custom_id":"KEY","method":"POST","url":"' + ENDPOINT + '","body":'
_KEY_AT, _KEY_LENGTH = _HEAD.index("KEY"), 64


def _line(key: str, body: bytes) -> bytes:
    return _HEAD.replace("KEY", key).encode() + body.replace(b"\n", b" ") + b"}\n"


def _sizes(path: Path) -> dict[str, int]:
    """The bytes of each request of a file, by its key; none where the file is gone."""
    around = len(_line("0" * _KEY_LENGTH, b""))
    try:
        with path.open("rb") as lines:
            return {line[_KEY_AT:][:_KEY_LENGTH].decode(): len(line) - around for line in lines}
    except FileNotFoundError:
        return {}


def _failure(line: dict[str, Any]) -> str:
    """Why the request of one line failed, as the provider says it."""
    match line:
        case {"response": {"body": {"error": {"message": str(text)}}}} | {"error": {"message": str(text)}}:
            return text
        case {"response": {"body": {"error": {"code": text}}}} | {"error": {"code": text}} if text:
            return str(text)
        case {"response": {"status_code": int(status)}}:
            return f"status {status}"
    return "no reason given"


def _batch_price(work: Work) -> Price | None:
    direct = work.budget.price
    known = find_price(work.settings.model, work.settings.base_url, batch=True)
    if direct is None or (known is not None and direct.origin == known.origin):
        return known
    return Price(direct.tokens_in * _HALF, direct.tokens_out * _HALF, f"half of {direct.origin}")
