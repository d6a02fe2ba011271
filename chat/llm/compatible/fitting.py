"""PURE: a conversation cut to what a model can read: fewer old messages first, then shorter facts, then fewer words.

What was asked just now, and what its tools have answered, is always there.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from chat.llm.base import Conversation, Item, Said, ToolResult, ToolSpec
from chat.llm.compatible.messages import Manner, Message, messages_of, told_tools
from chat.llm.compatible.schemas import offered
from pipeline.providers.compatible.window import PER_MESSAGE, tokens_in

SHORTER = " …"
LEAST_ANSWER, MOST_ANSWER = 256, 4_096
"""Tokens of an answer; what a model thinks before it speaks counts."""
ANSWERS_PART = 5
"""The part of a window that is left for the answer: a fifth."""


@dataclass(frozen=True)
class Form:
    """A form says how much of a conversation is told: old messages, characters of each text in the facts, and how tools
    are told of. `briefly` takes the short instructions too."""

    messages: int
    fact_characters: int
    briefly: bool
    result_characters: int = 4_000
    only_essential: bool = False


ESSENTIAL = frozenset(
    {
        *(
            "write_script",
            "edit_scene",
            "add_scene",
            "arrange_scenes",
            "change_music",
            "change_settings",
            "rename_film",
        ),
        *("quote_film", "regenerate", "start_film", "cut_film", "film_status", "undo", "cancel_run"),
    }
)
"""The tools that a film cannot be made without."""
FORMS = (
    Form(messages=40, fact_characters=100_000, briefly=False, result_characters=100_000),
    Form(messages=16, fact_characters=100_000, briefly=False),
    Form(messages=8, fact_characters=300, briefly=False),
    Form(messages=16, fact_characters=300, briefly=True),
    Form(messages=6, fact_characters=160, briefly=True, result_characters=600),
    Form(messages=6, fact_characters=300, briefly=True, result_characters=600, only_essential=True),
    Form(messages=4, fact_characters=80, briefly=True, result_characters=300, only_essential=True),
    Form(messages=0, fact_characters=24, briefly=True, result_characters=100, only_essential=True),
)
"""From all there is to the least with which something can still be answered."""


@dataclass(frozen=True)
class Fitted:
    """The request as it is sent."""

    messages: list[Message]
    tools: list[dict[str, Any]]
    max_tokens: int

    @property
    def tokens(self) -> int:
        return length(self.messages, self.tools)


def fitted(
    conversation: Conversation,
    tools: Sequence[ToolSpec],
    *,
    window: int,
    short_instructions: str,
    manner: Manner = Manner.TOOLS,
) -> Fitted:
    """The fullest form that fits; the shortest where none does."""
    answer = min(max(window // ANSWERS_PART, LEAST_ANSWER), MOST_ANSWER)
    for place in range(len(FORMS)):
        found = _in_form(conversation, tools, place, short_instructions, manner)
        if found.tokens + answer <= window:
            break
    return replace(found, max_tokens=max(min(window - found.tokens, MOST_ANSWER), LEAST_ANSWER))


def length(messages: Sequence[Message], tools: Sequence[Mapping[str, Any]]) -> int:
    """Tokens, by guess."""
    told = tokens_in(json.dumps(tools, ensure_ascii=False)) if tools else 0
    return told + sum(tokens_in(_text(message)) + PER_MESSAGE for message in messages)


def _text(message: Message) -> str:
    return json.dumps({name: value for name, value in message.items() if name != "role"}, ensure_ascii=False)


def _in_form(
    conversation: Conversation, tools: Sequence[ToolSpec], place: int, short_instructions: str, manner: Manner
) -> Fitted:
    form = FORMS[place]
    kept = [tool for tool in tools if tool.name in ESSENTIAL] if form.only_essential else tools
    offers = [offered(tool, briefly=form.briefly) for tool in kept]
    instructions = short_instructions if form.briefly else conversation.instructions
    cut = Conversation(
        instructions if manner is Manner.TOOLS else f"{instructions}\n\n{told_tools(offers)}",
        shortened(conversation.facts, form.fact_characters),
        list(_kept(conversation.items, form)),
    )
    return Fitted(messages_of(cut, manner), offers if manner is Manner.TOOLS else [], 0)


def _kept(items: Sequence[Item], form: Form) -> Iterator[Item]:
    """The last message of the user and what came of it, and so many messages before."""
    asked = max((place for place, item in enumerate(items) if _is_users(item)), default=0)
    earlier = [item for item in items[:asked] if isinstance(item, Said)]
    for said in earlier[len(earlier) - min(form.messages, len(earlier)) :]:
        yield replace(said, text=shortened(said.text, form.result_characters))
    for item in items[asked:]:
        yield _shorter_result(item, form) if isinstance(item, ToolResult) else item


def _is_users(item: Item) -> bool:
    return isinstance(item, Said) and item.role == "user"


def _shorter_result(item: ToolResult, form: Form) -> ToolResult:
    return replace(item, result=shortened(item.result, form.result_characters))


def shortened(value: Any, characters: int) -> Any:
    """The same JSON with no longer texts than so many characters, ids and keys whole; in short ones nothing empty."""
    if isinstance(value, str):
        is_prose = " " in value
        return f"{value[:characters].rstrip()}{SHORTER}" if is_prose and len(value) > characters else value
    if isinstance(value, Mapping):
        return {
            name: short for name, inner in value.items() if _counts(short := shortened(inner, characters), characters)
        }
    if isinstance(value, list | tuple):
        return [shortened(inner, characters) for inner in value]
    return value


def _counts(value: Any, characters: int) -> bool:
    return value not in (None, "", [], {}) or characters >= FORMS[1].fact_characters
