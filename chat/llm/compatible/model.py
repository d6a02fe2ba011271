"""One streamed turn of the agent on `/chat/completions`, with tools where the server knows them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from typing import Any

import httpx

from chat import prompts
from chat.llm.base import ChatModel, Conversation, Part, ToolSpec
from chat.llm.compatible.fitting import Fitted, fitted
from chat.llm.compatible.hearing import Ear
from chat.llm.compatible.messages import Manner
from chat.llm.compatible.stream import Heard
from pipeline.providers.compatible.chat_answers import pieces
from pipeline.providers.compatible.client import client
from pipeline.providers.compatible.errors import LLM, Refused, again, translated
from pipeline.providers.compatible.model_traits import Traits, learn, narrower, traits
from pipeline.providers.registry import model

SILENCE_S = 300.0
"""How long nothing may come: a model on ordinary cores reads a long prompt for minutes before its first word."""
MOST_SILENCES, MOST_CUTS = 1, 4
SHORT = "agent-small-3"
"""The instructions for small windows."""
_manners: dict[tuple[str, str], Manner] = {}
"""By address and model, the manner that was taken last: those before it were refused."""
_thinking: set[tuple[str, str]] = set()
"""Those whose thinking comes without its beginning."""


class CompatibleModel(ChatModel):
    name = "compatible"
    local = True

    async def reply(self, conversation: Conversation, tools: Sequence[ToolSpec]) -> AsyncIterator[Part]:
        """Raises ProviderError, in the middle of a sentence too."""
        entry = model("agent", CompatibleModel.name)
        with translated(LLM):
            async with client("llm", SILENCE_S) as http:
                async for part in _answered(http, entry.endpoint, conversation, tools):
                    yield part


@dataclass
class Way:
    """A way to ask the model: simpler and shorter after each refusal, once more after nothing was said."""

    manner: Manner
    found: Traits
    silences: int = 0
    cuts: int = 0

    def is_changed_by(self, error: Refused | Silence, sent: Fitted) -> bool:
        """False where nothing is left to be tried."""
        if isinstance(error, Silence):
            self.silences += 1
            return self.silences <= MOST_SILENCES
        if error.about_length:
            self.found = narrower(self.found, told=error.window, sent=sent.tokens + sent.max_tokens)
            self.cuts += 1
            return self.cuts <= MOST_CUTS
        if error.about_form and self.manner < Manner.ONE_VOICE:
            self.manner = Manner(self.manner + 1)
            return True
        return False


async def _answered(
    http: httpx.AsyncClient, named: str, conversation: Conversation, tools: Sequence[ToolSpec]
) -> AsyncIterator[Part]:
    found = await traits(http, named)
    key = (str(http.base_url), found.model)
    way = Way(_manners.get(key, Manner.TOOLS), found)
    short = prompts.instructions(SHORT)
    while True:
        sent = fitted(conversation, tools, window=way.found.window, short_instructions=short, manner=way.manner)
        try:
            async for part in _parts(key, pieces(http, _body(found.model, sent)), tools):
                yield part
        except (Refused, Silence) as error:
            if way.is_changed_by(error, sent):
                continue
            raise again(f"{LLM} answered nothing.") if isinstance(error, Silence) else error from None
        _manners[key] = way.manner
        if way.cuts:
            learn(http, named, way.found)
        return


def _body(name: str, sent: Fitted) -> dict[str, Any]:
    body = {"model": name, "messages": sent.messages, "max_tokens": sent.max_tokens, "stream": True}
    return {**body, "tools": sent.tools} if sent.tools else body


class Silence(Exception):
    """The model ended without a word or a call."""


async def _parts(
    key: tuple[str, str], stream: AsyncIterator[dict[str, Any] | None], tools: Sequence[ToolSpec]
) -> AsyncIterator[Part]:
    """Raises ProviderError where the answer does not come to its end, Silence where it holds nothing."""
    heard = Heard(Ear({tool.name for tool in tools}, begins_in_thought=key in _thinking))
    async for chunk in stream:
        for part in heard.parts(chunk):
            yield part
    for part in heard.rest():
        yield part
    if heard.ear.ends_a_thought:
        _thinking.add(key)
    if heard.failed:
        raise again(f"{LLM} has a problem at the moment.")
    if not heard.is_complete:
        raise again("The connection to the language model broke off.")
    if heard.is_empty:
        raise Silence
