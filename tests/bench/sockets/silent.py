"""Pixora as it is, with a language model that says nothing: what is measured is the accepting, not the thinking."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from typing import cast

from chat.llm.base import Conversation, Part, TextDelta, ToolSpec
from pipeline.providers.vendors import LOCAL
from pixora.asgi import application

__all__ = ["application"]


class Silent:
    name, local = "silent", True

    async def reply(self, conversation: Conversation, tools: Sequence[ToolSpec]) -> AsyncIterator[Part]:
        yield TextDelta("…")


cast(dict[str, str], LOCAL)["agent"] = f"{__name__}.{Silent.__name__}"
