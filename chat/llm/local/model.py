from __future__ import annotations

import uuid
from collections.abc import AsyncIterator, Sequence

from chat.llm.base import Conversation, Part, Said, Suggestions, TextDelta, ToolCall, ToolResult, ToolSpec
from chat.llm.local.film import Film
from chat.llm.local.speaking import before, report
from chat.llm.local.steps import Step, step
from chat.llm.local.tongues import language_of
from chat.llm.local.understanding import Before, understand
from chat.llm.local.wording import OTHERWISE


class LocalModel:
    """Understands once, calls its tools, and then tells what came of them."""

    name = "local"
    local = True

    async def reply(self, conversation: Conversation, tools: Sequence[ToolSpec]) -> AsyncIterator[Part]:
        said = [item for item in conversation.items if isinstance(item, Said)]
        heard = [item.text for item in said if item.role == "user"]
        film = Film(conversation.facts, _language(heard))
        results = _results(conversation)
        if results:
            yield TextDelta(report(results, film))
            return
        last = Before(*(_newest(said[:-1], role) for role in ("user", "agent")))
        understood = understand(heard[-1], film, is_first=len(heard) == 1, before=last)
        if words := understood.words or before(understood.calls, film):
            yield TextDelta(words)
        if understood.suggestions:
            yield Suggestions(understood.suggestions)
        for call in _together(understood.calls):
            yield ToolCall(uuid.uuid4().hex, call.tool, call.arguments)


def _language(heard: Sequence[str]) -> str:
    """The one that the user wrote last in; "ok" and "2" are of every language."""
    language = OTHERWISE
    for text in heard:
        language = language_of(text, language)
    return language


def _newest(said: Sequence[Said], role: str) -> str:
    return next((item.text for item in reversed(said) if item.role == role), "")


def _together(steps: Sequence[Step]) -> list[Step]:
    """Edits of several scenes are one call: one version of the script."""
    edits = [one for one in steps if one.tool == "edit_scene"]
    if len(edits) < 2:
        return list(steps)
    place = next(place for place, one in enumerate(steps) if one.tool == "edit_scene")
    others = [one for one in steps if one.tool != "edit_scene"]
    ahead = [one for one in steps[:place] if one.tool != "edit_scene"]
    joined = step("edit_scenes", changes=[dict(one.arguments) for one in edits])
    return [*ahead, joined, *others[len(ahead) :]]


def _results(conversation: Conversation) -> list[ToolResult]:
    """Of this turn: what follows the last thing said."""
    found: list[ToolResult] = []
    for item in reversed(conversation.items):
        if not isinstance(item, ToolResult):
            break
        found.insert(0, item)
    return found
