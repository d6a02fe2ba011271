from __future__ import annotations

import asyncio
import uuid
from collections.abc import AsyncIterator, Sequence
from functools import partial
from typing import Any

from chat.llm.base import ChatModel, Conversation, Part, Said, Suggestions, TextDelta, ToolCall, ToolResult, ToolSpec
from chat.llm.local import own_words
from chat.llm.local.corrections import Before
from chat.llm.local.film import Film
from chat.llm.local.into_english import language_of
from chat.llm.local.meanings import likely_meanings
from chat.llm.local.steps import MOVES, Step, Understood, step
from chat.llm.local.tool_answers import before, report
from chat.llm.local.understanding import understand
from chat.llm.local.wording import OTHERWISE


class LocalModel(ChatModel):
    """Understands once, calls its tools, and then tells what came of them."""

    name = "local"
    local = True

    async def read_ahead(self) -> None:
        """Load the sentence encoder, so that the first who says something does not wait for it."""
        await asyncio.to_thread(likely_meanings.meanings, "hello")

    async def reply(self, conversation: Conversation, tools: Sequence[ToolSpec]) -> AsyncIterator[Part]:
        said = [item for item in conversation.items if isinstance(item, Said)]
        heard = [item.text for item in said if item.role == "user"]
        film = Film(conversation.facts, language_heard(heard))
        results = _results(conversation)
        if results and not _has_only_undone(results):
            yield TextDelta(film.telling(partial(report, results)))
            if ways := film.telling(partial(own_words.ways_after, results)):
                yield Suggestions(ways)
            return
        last = Before(newest(said[:-1], "user"), newest(said[:-1], "agent"))
        understood = await asyncio.to_thread(film.telling, partial(_understand, heard, before=last))
        calls = together(understood.calls)
        undoes_first = len(calls) > 1 and calls[0].tool == "undo"
        if results and not undoes_first:
            yield TextDelta(film.telling(partial(report, results)))
            return
        if not results and (words := understood.words or film.telling(partial(before, understood.calls))):
            yield TextDelta(words)
        if understood.suggestions:
            yield Suggestions(understood.suggestions)
        for call in calls[1:] if results else calls[:1] if undoes_first else calls:
            yield ToolCall(uuid.uuid4().hex, call.tool, call.arguments)


def _understand(heard: Sequence[str], film: Film, *, before: Before) -> Understood:
    return understand(heard[-1], film, is_first=len(heard) == 1, before=before, mind=likely_meanings)


def _has_only_undone(results: Sequence[ToolResult]) -> bool:
    """Tell whether a turn only undid something: what else was wished is read against the film as it is after that."""
    return [result.call.name for result in results] == ["undo"]


def language_heard(heard: Sequence[str]) -> str:
    """The one that the user wrote last in; "ok" and "2" are of every language."""
    language = OTHERWISE
    for text in heard:
        language = language_of(text, language)
    return language


def newest(said: Sequence[Said], role: str) -> str:
    return next((item.text for item in reversed(said) if item.role == role), "")


def together(steps: Sequence[Step]) -> list[Step]:
    """Edits of several scenes are one call, and so one version of the script, unless scenes change places between."""
    told: list[Step] = []
    for one in steps:
        at = next((at for at, other in enumerate(told) if _takes_in(other, one, told[at + 1 :])), None)
        if at is None:
            told.append(one)
        else:
            told[at] = step("edit_scenes", changes=[*_changes(told[at]), *_changes(one)])
    return told


def _takes_in(earlier: Step, one: Step, between: Sequence[Step]) -> bool:
    edits = ("edit_scene", "edit_scenes")
    moved = any(other.tool in MOVES for other in between)
    return earlier.tool in edits and one.tool in edits and not moved


def _changes(one: Step) -> list[dict[str, Any]]:
    return list(one.arguments["changes"]) if one.tool == "edit_scenes" else [dict(one.arguments)]


def _results(conversation: Conversation) -> list[ToolResult]:
    """Return the results of this turn: what follows the last thing said."""
    found: list[ToolResult] = []
    for item in reversed(conversation.items):
        if not isinstance(item, ToolResult):
            break
        found.insert(0, item)
    return found
