"""PURE: a conversation as the messages of `/chat/completions`."""

from __future__ import annotations

import json
from collections.abc import Sequence
from enum import IntEnum
from typing import Any

from chat.llm.base import Conversation, Item, Said, ToolResult

Message = dict[str, Any]


class Manner(IntEnum):
    """A way to speak to a model: with tools; with tools in words, for servers that know none; and without a system
    message, for models whose template has no place for one."""

    TOOLS = 0
    WORDS = 1
    ONE_VOICE = 2


def messages_of(conversation: Conversation, manner: Manner = Manner.TOOLS) -> list[Message]:
    facts = json.dumps(conversation.facts, ensure_ascii=False, default=str)
    system = f"{conversation.instructions}\n\nHow the film stands now:\n{facts}"
    said = [message for item in conversation.items for message in _messages(item, with_tools=manner is Manner.TOOLS)]
    first = "user" if manner is Manner.ONE_VOICE else "system"
    return joined([{"role": first, "content": system}, *said])


def _messages(item: Item, *, with_tools: bool) -> list[Message]:
    if isinstance(item, Said):
        return [{"role": "user" if item.role == "user" else "assistant", "content": item.text}]
    return _used(item) if with_tools else _told(item)


def _used(item: ToolResult) -> list[Message]:
    function = {"name": item.call.name, "arguments": _dumped(dict(item.call.arguments))}
    call = {"id": item.call.id, "type": "function", "function": function}
    return [
        {"role": "assistant", "content": "", "tool_calls": [call]},
        {"role": "tool", "tool_call_id": item.call.id, "content": _dumped(dict(item.result))},
    ]


def _told(item: ToolResult) -> list[Message]:
    call = {"name": item.call.name, "arguments": dict(item.call.arguments)}
    return [
        {"role": "assistant", "content": f"<tool_call>{_dumped(call)}</tool_call>"},
        {"role": "user", "content": f"<tool_response>{_dumped(dict(item.result))}</tool_response>"},
    ]


def told_tools(offers: Sequence[Message]) -> str:
    """The tools in words, as models were taught to read them where a server has no place for tools."""
    listed = "\n".join(_dumped(offer["function"]) for offer in offers)
    return (
        f"You have these tools:\n<tools>\n{listed}\n</tools>\n"
        'To use one, answer with <tool_call>{"name": "…", "arguments": {…}}</tool_call> and nothing after it. You are'
        " then told its result."
    )


def joined(messages: Sequence[Message]) -> list[Message]:
    """Neighbours of one side as one message: many models' templates demand that sides take turns."""
    found: list[Message] = []
    for message in messages:
        if found and _is_plain(message) and _is_plain(found[-1]) and found[-1]["role"] == message["role"]:
            found[-1] = {**message, "content": f"{found[-1]['content']}\n\n{message['content']}"}
        else:
            found.append(message)
    return found


def _is_plain(message: Message) -> bool:
    return message.keys() == {"role", "content"}


def _dumped(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)
