"""A client as somebody writes it who has read the protocol's page and nothing of the project.

It keeps what a frontend would show, reduced from what it is told alone; every frame is held to the contract.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

from websockets.sync.client import connect
from websockets.sync.connection import Connection
from websockets.typing import Origin, Subprotocol

from tests.chat import contract
from tests.chat.contract import Frame

PATIENCE_S = 60.0


@dataclass
class Film:
    """One task as the frames tell it."""

    last_seq: int = 0
    status: str = ""
    title: str = ""
    said: list[tuple[str, str]] = field(default_factory=list)
    script: Frame = field(default_factory=dict)
    version: int = 0
    quote: Frame = field(default_factory=dict)
    pieces: dict[str, Frame] = field(default_factory=dict)
    balance: tuple[int, int] = (0, 0)
    videos: list[Frame] = field(default_factory=list)
    gaps: list[tuple[int, int]] = field(default_factory=list)
    """Pairs of numbers that should have followed each other."""

    def take(self, frame: Frame) -> None:
        """A durable frame. One that comes again is nothing new."""
        if frame["seq"] != self.last_seq + 1:
            self.gaps.append((self.last_seq, frame["seq"]))
        self.last_seq = frame["seq"]
        self._show(frame["type"], frame, frame.get("data", {}))

    def _show(self, type_: str, frame: Frame, data: Frame) -> None:
        match type_:
            case "message_accepted":
                self.said.append(("user", data["content"]))
            case "agent_message":
                self.said.append(("agent", frame["content"]))
            case "task_updated":
                self.status, self.title = data["status"], data["title"]
            case "script_generated" | "script_updated":
                self.script, self.version, self.quote = data["script"], data["version"], data["quote"]
            case "component_updated":
                self.pieces[data["component"]] = {name: data[name] for name in ("take", "status", "stale")}
            case "credits_updated":
                self.balance = data["balance"], data["held"]
            case "video_complete":
                self.videos.append(data)


@dataclass
class Client:
    socket: Connection
    films: dict[str, Film] = field(default_factory=dict)
    progress: dict[str, list[int]] = field(default_factory=dict)
    """By run."""
    speaking: str = ""
    """The agent's sentence as far as it has come."""
    ready: Frame = field(default_factory=dict)
    heard: list[str] = field(default_factory=list)
    """The types of all frames."""

    def send(self, type_: str, **fields: Any) -> None:
        self.send_frame({"type": type_, **fields})

    def send_frame(self, frame: Frame) -> None:
        self.socket.send(json.dumps(frame))

    def hear(self, within_s: float = PATIENCE_S) -> Frame:
        frame: Frame = json.loads(self.socket.recv(timeout=max(within_s, 0.001)))
        contract.check(frame)
        self.heard.append(frame["type"])
        self._reduce(frame)
        return frame

    def until(self, type_: str, true: Callable[[Frame], object] = lambda _: True) -> Frame:
        deadline = time.monotonic() + PATIENCE_S
        while (left := deadline - time.monotonic()) > 0:
            with suppress(TimeoutError):
                frame = self.hear(left)
                if frame["type"] == type_ and true(frame):
                    return frame
        raise AssertionError(f"no {type_} came after {self.heard[-12:]}; films: {self.films}")

    def follow(self, task_id: str) -> Film:
        """Follow a film from what is known of it; a client that comes back goes on where it was."""
        film = self.films.setdefault(task_id, Film())
        self.send("subscribe", task_id=task_id, after=film.last_seq)
        self.until("subscribed", lambda frame: frame["task_id"] == task_id)
        return film

    def _reduce(self, frame: Frame) -> None:
        if "seq" in frame:
            self.films.setdefault(frame["task_id"], Film()).take(frame)
        match frame["type"]:
            case "ready":
                self.ready = frame
            case "agent_message_delta":
                self.speaking += frame["delta"]
            case "agent_message":
                self.speaking = ""
            case "progress_update":
                self.progress.setdefault(frame["data"]["run_id"], []).append(frame["data"]["progress"])


@contextmanager
def client(address: str, token: str, *, films: dict[str, Film] | None = None) -> Iterator[Client]:
    """Come in by the sub-protocol, as a page on another site would; `films` is what it knew when it was here before."""
    offered = [Subprotocol("pixora.v1"), Subprotocol(f"bearer.{token}")]
    elsewhere = Origin("https://app.example")
    with connect(address, subprotocols=offered, origin=elsewhere, max_size=None, proxy=None) as socket:
        assert socket.subprotocol == "pixora.v1"
        opened = Client(socket, films if films is not None else {})
        opened.until("ready")
        yield opened
