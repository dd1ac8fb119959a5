"""The queue of prompts. Nothing is computed: a prompt that is valid succeeds, with no output."""

from __future__ import annotations

import time
import uuid
from dataclasses import dataclass, field
from typing import Any, Protocol

from aiohttp import web

from model_keeper.testing.comfyui.nodes import Nodes
from model_keeper.testing.comfyui.validation import validate_prompt

Item = tuple[float, str, dict[str, Any], dict[str, Any], list[str]]


class Sender(Protocol):
    """Where events to browsers go."""

    def send_sync(self, event: str, data: Any, sid: str | None = None) -> None: ...


@dataclass
class PromptQueue:
    """Prompts that wait, the one that runs, and those that ended.

    ``hold``: a prompt runs until ``/interrupt``, so that something can be seen to wait for it.
    """

    sender: Sender
    hold: bool = False
    queue: list[Item] = field(default_factory=list)
    currently_running: dict[int, Item] = field(default_factory=dict)
    history: dict[str, dict[str, Any]] = field(default_factory=dict)
    task_counter: int = 0

    def get_tasks_remaining(self) -> int:
        return len(self.queue) + len(self.currently_running)

    def get_current_queue(self) -> tuple[list[Item], list[Item]]:
        """What runs, and what waits."""
        return list(self.currently_running.values()), list(self.queue)

    get_current_queue_volatile = get_current_queue

    def get_history(
        self, prompt_id: str | None = None, max_items: int | None = None, offset: int = -1
    ) -> dict[str, Any]:
        if prompt_id is not None:
            return {key: entry for key, entry in self.history.items() if key == prompt_id}
        entries = list(self.history.items())
        if offset < 0:
            return dict(entries[-max_items:] if max_items else entries)
        return dict(entries[offset : offset + max_items if max_items else None])

    def put(self, item: Item) -> None:
        self.queue.append(item)
        self.queue.sort(key=lambda waiting: waiting[0])
        self._go_on()

    def interrupt(self) -> None:
        for task in list(self.currently_running):
            self._end(task, "execution_interrupted")
        self._go_on()

    def delete(self, prompt_ids: list[str]) -> None:
        self.queue[:] = [item for item in self.queue if item[1] not in prompt_ids]
        self._tell()

    def info(self) -> dict[str, Any]:
        return {"exec_info": {"queue_remaining": self.get_tasks_remaining()}}

    def _go_on(self) -> None:
        while self.queue and not self.currently_running:
            item = self.queue.pop(0)
            self.task_counter += 1
            self.currently_running[self.task_counter] = item
            self._tell()
            self.sender.send_sync("execution_start", _stamp(item[1]))
            if not self.hold:
                self._end(self.task_counter, "execution_success")
        self._tell()

    def _end(self, task: int, event: str) -> None:
        item = self.currently_running.pop(task)
        done = event == "execution_success"
        self.history[item[1]] = {
            "prompt": list(item),
            "outputs": {},
            "status": {
                "status_str": "success" if done else "error",
                "completed": done,
                "messages": [[event, _stamp(item[1])]],
            },
            "meta": {},
        }
        self.sender.send_sync(event, _stamp(item[1]))

    def _tell(self) -> None:
        self.sender.send_sync("status", {"status": self.info()})


class PromptRoutes:
    """``/prompt``, ``/queue``, ``/history``, ``/api/jobs`` and their like."""

    def __init__(self, queue: PromptQueue, nodes: Nodes, trigger: Any) -> None:
        self._queue = queue
        self._nodes = nodes
        self._trigger = trigger
        self._number = 0

    def add_routes(self, routes: web.RouteTableDef) -> None:
        routes.get("/prompt")(self._info)
        routes.post("/prompt")(self._submit)
        routes.get("/queue")(self._list)
        routes.post("/queue")(self._change_queue)
        routes.get("/history")(self._history)
        routes.get("/history/{prompt_id}")(self._history_of)
        routes.post("/history")(self._change_history)
        routes.post("/interrupt")(self._interrupt)
        routes.post("/free")(self._free)
        routes.get("/api/jobs")(self._jobs)

    async def _info(self, _: web.Request) -> web.Response:
        return web.json_response(self._queue.info())

    async def _submit(self, request: web.Request) -> web.Response:
        """400 with ``node_errors`` where no output can run."""
        asked = self._trigger(await request.json())
        if "prompt" not in asked:
            error = {"type": "no_prompt", "message": "No prompt provided", "extra_info": {}}
            error["details"] = error["message"]
            return web.json_response({"error": error, "node_errors": {}}, status=400)
        validity = validate_prompt(
            asked["prompt"], self._nodes, asked.get("partial_execution_targets")
        )
        if validity.error:
            answer = {"error": validity.error, "node_errors": validity.node_errors}
            return web.json_response(answer, status=400)
        prompt_id = str(asked.get("prompt_id") or uuid.uuid4())
        number = self._next_number(asked)
        extra = {**asked.get("extra_data", {}), "create_time": int(time.time() * 1000)}
        if "client_id" in asked:
            extra["client_id"] = asked["client_id"]
        self._queue.put((number, prompt_id, asked["prompt"], extra, validity.outputs))
        return web.json_response(
            {"prompt_id": prompt_id, "number": number, "node_errors": validity.node_errors}
        )

    def _next_number(self, asked: dict[str, Any]) -> float:
        if "number" in asked:
            return float(asked["number"])
        number = -self._number if asked.get("front") else self._number
        self._number += 1
        return number

    async def _list(self, _: web.Request) -> web.Response:
        running, pending = self._queue.get_current_queue()
        return web.json_response({"queue_running": running, "queue_pending": pending})

    async def _change_queue(self, request: web.Request) -> web.Response:
        change = await request.json()
        everything = [item[1] for item in self._queue.queue] if change.get("clear") else []
        self._queue.delete([*everything, *change.get("delete", [])])
        return web.Response()

    async def _history(self, request: web.Request) -> web.Response:
        limit, offset = request.query.get("max_items"), request.query.get("offset", "-1")
        found = self._queue.get_history(max_items=int(limit) if limit else None, offset=int(offset))
        return web.json_response(found)

    async def _history_of(self, request: web.Request) -> web.Response:
        return web.json_response(self._queue.get_history(request.match_info["prompt_id"]))

    async def _change_history(self, request: web.Request) -> web.Response:
        change = await request.json()
        for prompt_id in list(self._queue.history) if change.get("clear") else change["delete"]:
            self._queue.history.pop(prompt_id, None)
        return web.Response()

    async def _interrupt(self, _: web.Request) -> web.Response:
        self._queue.interrupt()
        return web.Response()

    async def _free(self, _: web.Request) -> web.Response:
        return web.Response()

    async def _jobs(self, request: web.Request) -> web.Response:
        """The queue and the history as one list, newest first."""
        running, pending = self._queue.get_current_queue()
        jobs = [_job(item, "pending") for item in pending]
        jobs += [_job(item, "in_progress") for item in running]
        for entry in reversed(self._queue.history.values()):
            jobs.append(_job(entry["prompt"], _ENDS[entry["status"]["status_str"]]))
        wanted = request.query.get("status")
        if wanted:
            jobs = [job for job in jobs if job["status"] in wanted.split(",")]
        offset = int(request.query.get("offset", "0"))
        limit = int(request.query["limit"]) if "limit" in request.query else None
        page = jobs[offset : offset + limit if limit else None]
        pagination = {
            "offset": offset,
            "limit": limit,
            "total": len(jobs),
            "has_more": offset + len(page) < len(jobs),
        }
        return web.json_response({"jobs": page, "pagination": pagination})


_ENDS = {"success": "completed", "error": "failed"}


def _job(item: Any, status: str) -> dict[str, Any]:
    number, prompt_id, _, extra, _ = item
    return {
        "id": prompt_id,
        "status": status,
        "priority": number,
        "create_time": extra["create_time"],
        "execution_start_time": None,
        "execution_end_time": None,
        "outputs_count": 0,
        "preview_output": None,
        "workflow_id": None,
    }


def _stamp(prompt_id: str) -> dict[str, Any]:
    return {"prompt_id": prompt_id, "timestamp": int(time.time() * 1000)}
