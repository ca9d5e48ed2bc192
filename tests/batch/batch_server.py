"""Files and Batches as the provider has them, for the loopback server: uploads, batches, results."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from tests.loopback import Reply, Request, answer

__all__ = ("BatchServer",)


class BatchServer:
    """Answers what is not a chat request; give `BatchServer(...)` as `other` to `Loopback`.

    A batch is over after `looks` looks. `script` answers each of its requests; results come in reverse order.
    `fate` is the status a batch ends with; of one that expired or was cancelled only the first half is answered. What
    failed stands in the file of errors.
    """

    def __init__(
        self,
        script: Callable[[Request], Reply] = answer,
        *,
        looks: int = 1,
        fate: str = "completed",
        create: Callable[[int], Reply | None] = lambda number: None,
    ) -> None:
        self.files: dict[str, bytes] = {}
        self.batches: dict[str, dict[str, Any]] = {}
        self.created = 0
        self.fate = fate
        self._script = script
        self._looks = looks
        self._create = create

    def __call__(self, request: Request) -> Reply:
        """The reply to one request."""
        path = request.path.split("?")[0].removeprefix("/v1/")
        if request.method == "POST" and path == "files":
            name = f"file-{len(self.files)}"
            self.files[name] = _uploaded(request)
            return Reply({"id": name, "object": "file"})
        if request.method == "POST" and path == "batches":
            return self._start(request)
        if path == "batches":
            found = sorted(self.batches.values(), key=lambda batch: batch["id"], reverse=True)
            return Reply({"data": found, "has_more": False})
        if path.startswith("batches/"):
            return Reply(self._look(self.batches[path.removeprefix("batches/")]))
        if path.startswith("files/") and path.endswith("/content"):
            return Reply(self.files[path.split("/")[1]].decode("utf-8"))
        return Reply({"error": {"message": "no such path"}}, 404)

    def _start(self, request: Request) -> Reply:
        number = self.created
        self.created += 1
        batch = {
            **request.body,
            "id": f"batch_{number:04d}",
            "object": "batch",
            "status": "validating",
            "created_at": 2_000_000_000 + number,
            "looks": 0,
        }
        self.batches[batch["id"]] = batch
        return self._create(number) or Reply(batch)

    def _look(self, batch: dict[str, Any]) -> dict[str, Any]:
        batch["looks"] += 1
        if batch["looks"] < self._looks:
            batch["status"] = "in_progress"
        elif batch["status"] not in {"completed", "failed", "expired", "cancelled"}:
            batch["status"] = self.fate
            if self.fate == "failed":
                batch["errors"] = {"data": [{"message": "Enqueued token limit reached"}]}
            else:
                self._finish(batch)
        return batch

    def _finish(self, batch: dict[str, Any]) -> None:
        lines = [json.loads(line) for line in self.files[batch["input_file_id"]].splitlines()]
        answered = lines[: len(lines) // 2] if self.fate in {"expired", "cancelled"} else lines
        results: dict[str, list[dict[str, Any]]] = {"output_file_id": [], "error_file_id": []}
        for number, line in enumerate(reversed(answered)):
            assert (line["method"], line["url"]) == ("POST", "/v1/chat/completions")
            raw = json.dumps(line["body"], ensure_ascii=False, separators=(",", ":")).encode()
            reply = self._script(Request(number, 0.0, "POST", line["url"], {}, raw))
            response = {"status_code": reply.status, "request_id": "r", "body": reply.body}
            result = {"id": f"r{number}", "custom_id": line["custom_id"], "response": response, "error": None}
            results["output_file_id" if reply.status == 200 else "error_file_id"].append(result)
        for kind, lines_of_it in results.items():
            if lines_of_it:
                name = f"file-{len(self.files)}"
                written = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines_of_it)
                self.files[name] = written.encode()
                batch[kind] = name
        batch["request_counts"] = {"total": len(lines), "completed": len(answered), "failed": 0}

    @property
    def requests(self) -> list[list[dict[str, Any]]]:
        """The requests of each file that was uploaded."""
        inputs = [self.files[batch["input_file_id"]] for batch in self.batches.values()]
        return [[json.loads(line) for line in data.splitlines()] for data in inputs]


def _uploaded(request: Request) -> bytes:
    boundary = re.search(r'boundary="?([^";]+)', request.headers["content-type"])
    assert boundary is not None
    parts = request.raw.split(b"--" + boundary[1].encode())
    (content,) = [part.partition(b"\r\n\r\n")[2] for part in parts if b'name="file"' in part]
    assert any(b'name="purpose"' in part and b"batch" in part for part in parts)
    return replace(request, raw=content.removesuffix(b"\r\n")).raw
