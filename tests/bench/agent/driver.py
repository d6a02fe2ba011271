"""Says sentences to films over the WebSocket of a web server, and prints what came of each as a line of JSON."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from websockets.sync.client import connect
from websockets.sync.connection import Connection

from chat.models import Message, Role, Turn
from pipeline.models import Run, Task
from pixora.accounts import sessions, tokens
from pixora.accounts.models import User
from tests.bench.agent import films
from tests.bench.agent.watching import state_of
from tests.web_server import serving

PATIENCE_S = 60.0
WORDS = ("agent_message_delta", "agent_message")


def main(folder: str, log: str) -> None:
    """`folder` holds `cases.json`."""
    cases = json.loads((Path(folder) / "cases.json").read_text(encoding="utf-8"))
    stages = films.stages(Path(folder))
    with serving(os.environ, Path(log)) as web:
        for case in cases:
            stage = stages[case["film"], case["state"]]
            stage.put_back()
            print(json.dumps(_said(case, stage, web.url)), flush=True)


def _said(case: dict[str, Any], stage: films.Stage, url: str) -> dict[str, Any]:
    """{before, after, answer, buttons, first_words_s}."""
    task_id, before = stage.task_id, stage.otherwise
    token = tokens.issue(sessions.open_session(User.objects.get(email=films.EMAIL))).token
    address = url.replace("http", "ws", 1) + "/ws/chat/"
    with connect(address, additional_headers={"Authorization": f"Bearer {token}"}, max_size=None, proxy=None) as opened:
        for earlier in case["after"]:
            task_id = _say(opened, earlier, task_id)[0]
            _settle(task_id)
            before = state_of(Task.objects.get(id=task_id))
        heard = Message.objects.filter(role=Role.AGENT).count()
        task_id, first_words_s = _say(opened, case["said"], task_id)
    _settle(task_id, as_itself=case["state"] != "writing")
    told = list(Message.objects.filter(role=Role.AGENT).order_by("created_at"))[heard:]
    return {
        "before": before,
        "after": state_of(Task.objects.get(id=task_id)),
        "answer": "\n".join(one.content for one in told),
        "buttons": [button["label"] for one in told for button in one.actions],
        "first_words_s": first_words_s,
    }


def _say(opened: Connection, said: str, task_id: str) -> tuple[str, float]:
    """Return the film's id, and how long it took until the first words came."""
    if task_id:
        last = Task.objects.values_list("last_seq", flat=True).get(id=task_id)
        opened.send(json.dumps({"type": "subscribe", "task_id": task_id, "after": last}))
        _wait_for(opened, ("subscribed",))
    began = time.perf_counter()
    opened.send(json.dumps({"type": "message", "content": said, **({"task_id": task_id} if task_id else {})}))
    task_id = _wait_for(opened, ("message_accepted",))["task_id"]
    _wait_for(opened, WORDS)
    return task_id, time.perf_counter() - began


def _wait_for(opened: Connection, types: Sequence[str]) -> dict[str, Any]:
    deadline = time.monotonic() + PATIENCE_S
    while True:
        frame: dict[str, Any] = json.loads(opened.recv(timeout=max(deadline - time.monotonic(), 0.01)))
        if frame["type"] in types:
            return frame
        assert frame["type"] != "error", frame


def _settle(task_id: str, *, as_itself: bool = False) -> None:
    """Wait until all is answered; what is to be written is written meanwhile."""
    task = Task.objects.get(id=task_id)
    deadline = time.monotonic() + PATIENCE_S
    while _is_open(task):
        assert time.monotonic() < deadline, "it was not answered"
        if not Message.objects.filter(task=task, turn__in=(Turn.WAITING, Turn.ANSWERING)).exists():
            films.write(task, as_itself=as_itself)
        time.sleep(0.02)


def _is_open(task: Task) -> bool:
    turns = (Turn.WAITING, Turn.ANSWERING, Turn.PUT_OFF)
    is_written = Run.objects.filter(task=task, forced__has_key="script", status__in=("queued", "running")).exists()
    return is_written or Message.objects.filter(task=task, turn__in=turns).exists()
