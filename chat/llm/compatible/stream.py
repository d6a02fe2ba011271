"""PURE: the pieces of a streamed answer, as parts of the agent's: words, calls of tools, the server's id."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from chat.llm.base import CUT_SHORT, REFUSED, Bill, Part, TextDelta, ToolCall
from chat.llm.compatible.hearing import Ear
from chat.llm.compatible.tool_text import arguments_in
from pipeline.providers.compatible.answers import CUT, text_in
from pipeline.providers.openai.answers import as_object, objects, string
from pipeline.providers.vendor_ids import stored_id

MOST_CALLS = 16


@dataclass
class Asked:
    """A call as its pieces come."""

    id: str = ""
    name: str = ""
    arguments: str = ""


@dataclass
class Heard:
    """The part of an answer that has come so far."""

    ear: Ear
    is_complete: bool = False
    failed: bool = False
    is_empty: bool = True
    has_id: bool = False
    is_refused: bool = False
    asked: dict[int, Asked] = field(default_factory=dict)
    told: set[str] = field(default_factory=set)

    def parts(self, chunk: Mapping[str, Any] | None) -> Iterator[Part]:
        """`None` is the stream's own word for its end."""
        if chunk is None:
            self.is_complete = True
            return
        self.failed = self.failed or bool(chunk.get("error"))
        yield from self._bill(string(chunk.get("id")))
        choice = next(objects(chunk.get("choices")), {})
        message = as_object(choice.get("delta")) or as_object(choice.get("message"))
        yield from self._hear(text_in(message.get("content")) or string(choice.get("text")))
        self._note(message)
        yield from self._end(string(choice.get("finish_reason")), message)

    def rest(self) -> Iterator[Part]:
        for found in self.ear.end():
            yield from self._told(found)
        for call in self.asked.values():
            yield from self._called(call.id, call.name, arguments_in(call.arguments))

    def _bill(self, request_id: str) -> Iterator[Part]:
        if not self.has_id:
            self.has_id = True
            yield Bill(request_id, 0)

    def _hear(self, text: str) -> Iterator[Part]:
        for found in self.ear.hear(text):
            yield from self._told(found)

    def _told(self, found: str | tuple[str, dict[str, Any]]) -> Iterator[Part]:
        if isinstance(found, str):
            self.is_empty = False
            yield TextDelta(found)
        else:
            yield from self._called("", *found)

    def _note(self, message: Mapping[str, Any]) -> None:
        """Pieces of calls, by their place; a server that gives no places sends each call whole."""
        for piece in objects(message.get("tool_calls")):
            function = as_object(piece.get("function"))
            place = piece.get("index")
            call = self.asked.setdefault(place if isinstance(place, int) else len(self.asked), Asked())
            call.id = call.id or string(piece.get("id"))
            call.name += string(function.get("name")) if not call.name else ""
            call.arguments += _as_text(function.get("arguments"))

    def _end(self, reason: str, message: Mapping[str, Any]) -> Iterator[Part]:
        self.is_complete = self.is_complete or bool(reason)
        if (reason == "content_filter" or string(message.get("refusal"))) and not self.is_refused:
            self.is_refused = True
            yield from self._told(REFUSED)
        elif reason in CUT:
            yield from self._told(CUT_SHORT)

    def _called(self, call_id: str, name: str, arguments: dict[str, Any]) -> Iterator[Part]:
        """Some servers give no id, or one to several calls, so the name and arguments stand for it."""
        known = call_id if call_id and call_id not in self.told else f"call_{stored_id(f'{name}({arguments})')}"
        if name and known not in self.told and len(self.told) < MOST_CALLS:
            self.told.add(known)
            self.is_empty = False
            yield ToolCall(known, name, arguments)


def _as_text(arguments: Any) -> str:
    """Some servers send arguments as an object."""
    return json.dumps(arguments) if isinstance(arguments, dict) else string(arguments)
