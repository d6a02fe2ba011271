from __future__ import annotations

import uuid
from collections.abc import AsyncIterator, Sequence

from chat.llm.base import Conversation, Part, Said, TextDelta, ToolCall, ToolResult, ToolSpec
from chat.llm.local.film import Film
from chat.llm.local.speaking import before, report
from chat.llm.local.understanding import understand


class LocalModel:
    """Understands once, calls its tools, and then tells what came of them."""

    name = "local"
    local = True

    async def reply(self, conversation: Conversation, tools: Sequence[ToolSpec]) -> AsyncIterator[Part]:
        film = Film(conversation.facts)
        results = _results(conversation)
        if results:
            yield TextDelta(report(results, film))
            return
        heard = [item.text for item in conversation.items if isinstance(item, Said) and item.role == "user"]
        understood = understand(heard[-1], film, is_first=len(heard) == 1)
        if words := understood.words or before(understood.calls, film):
            yield TextDelta(words)
        for call in understood.calls:
            yield ToolCall(uuid.uuid4().hex, call.tool, call.arguments)


def _results(conversation: Conversation) -> list[ToolResult]:
    """Of this turn: what follows the last thing said."""
    found: list[ToolResult] = []
    for item in reversed(conversation.items):
        if not isinstance(item, ToolResult):
            break
        found.insert(0, item)
    return found
