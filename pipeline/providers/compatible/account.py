"""The operator's own servers, as `manage.py check_providers` looks at them: reached, the model there, what it can do.

A language model is asked for one word; nothing else is made.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

import httpx

from pipeline.providers.base import ModelStatus
from pipeline.providers.compatible import chat_answers
from pipeline.providers.compatible.client import client, looked_up, read_object
from pipeline.providers.compatible.errors import IMAGES, LLM, SPEECH, Refused, refused, translated
from pipeline.providers.compatible.model_traits import ASKED_S, traits
from pipeline.providers.compatible.voices import listed
from pipeline.providers.models_and_prices import ImageModel, Model, TextModel, VoiceModel
from pipeline.providers.openai.answers import objects, string

DEADLINE_S = 120.0
"""A model that is not loaded yet is, before it says its first word."""
NO_PATH = frozenset({404, 405, 501})
SMALL_WINDOW = 8_000
ONE_WORD = {"messages": [{"role": "user", "content": "Say yes."}], "max_tokens": 16, "stream": False}
Notes = tuple[str, ...]


@dataclass(frozen=True)
class Served:
    """A server: its name in the settings, what errors call it, the addresses of which it has one, what is tried."""

    server: str
    subject: str
    paths: tuple[str, ...]
    tried: Callable[[httpx.AsyncClient, Model], Awaitable[Notes]]


async def look(entry: Model) -> ModelStatus:
    """Look whether the model can be used, making nothing. Raises ProviderError where the server cannot be asked."""
    served = SERVED[type(entry)]
    with translated(served.subject):
        async with client(served.server, DEADLINE_S) as http:
            try:
                return await _status(http, served, entry)
            except Refused as error:
                if error.status not in (401, 403):
                    raise
                return ModelStatus(key_accepted=False)


async def _status(http: httpx.AsyncClient, served: Served, entry: Model) -> ModelStatus:
    if not any([await _has(http, path) for path in served.paths]):
        return ModelStatus(lacks=(f"/{served.paths[0]}",))
    if not await _is_there(http, entry.endpoint):
        return ModelStatus(exists=False)
    return ModelStatus(notes=await served.tried(http, entry))


async def _is_there(http: httpx.AsyncClient, name: str) -> bool:
    """A server without a list, or with one model, serves any name."""
    answer = await http.get("models")
    if answer.status_code in (401, 403):
        raise refused(answer)
    try:
        listed = [string(each.get("id")) for each in objects(read_object(answer.text).get("data"))]
    except ValueError:
        listed = []
    return not name or len(listed) < 2 or any(each in (name, f"{name}:latest") for each in listed)


async def _has(http: httpx.AsyncClient, path: str) -> bool:
    """An empty request is refused where the address is there, and makes nothing."""
    answer = await http.post(path, json={})
    if answer.status_code in (401, 403):
        raise refused(answer)
    return answer.status_code not in NO_PATH


async def _words(http: httpx.AsyncClient, entry: Model) -> Notes:
    found = await traits(http, entry.endpoint)
    await chat_answers.whole(http, {"model": found.model, **ONE_WORD})
    guessed = "" if found.window_is_known else ", as far as one knows: PIXORA_LLM_CONTEXT says it"
    told = f"it is {found.model or 'there'}, and reads {found.window} tokens at once{guessed}"
    small = "so little of a film and its chat fits; 16000 is comfortable"
    return (told, small) if found.window < SMALL_WINDOW else (told,)


async def _pictures(http: httpx.AsyncClient, entry: Model) -> Notes:
    if await _has(http, "images/edits"):
        return ()
    return ("it starts from no pictures (/images/edits): characters are described, and look less alike",)


async def _voices(http: httpx.AsyncClient, entry: Model) -> Notes:
    there = listed(await looked_up(http, "audio/voices", deadline_s=ASKED_S))
    if not there:
        return ("it lists no voices: OpenAI's names are asked for",)
    return (f"it has {len(there)} voice{'s' * (len(there) > 1)}",)


SERVED: Mapping[type[Model], Served] = {
    TextModel: Served("llm", LLM, (chat_answers.CHAT, chat_answers.RESPONSES), _words),
    ImageModel: Served("images", IMAGES, ("images/generations",), _pictures),
    VoiceModel: Served("speech", SPEECH, ("audio/speech",), _voices),
}
