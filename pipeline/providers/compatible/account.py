"""The operator's own servers, as `manage.py check_providers` looks at them: reached, the model there, its window."""

from __future__ import annotations

import httpx

from pipeline.providers.base import ModelStatus
from pipeline.providers.catalogue import ImageModel, Model, TextModel, VoiceModel
from pipeline.providers.compatible.client import client, read_object
from pipeline.providers.compatible.errors import IMAGES, LLM, SPEECH, Refused, refused, translated
from pipeline.providers.openai.answers import objects, string

DEADLINE_S = 30.0
NO_PATH = frozenset({404, 405, 501})
SERVERS: dict[type[Model], tuple[str, str, tuple[str, ...]]] = {
    TextModel: ("llm", LLM, ("chat/completions",)),
    ImageModel: ("images", IMAGES, ("images/generations",)),
    VoiceModel: ("speech", SPEECH, ("audio/speech",)),
}
"""By kind of model: its server, what an error calls it, and what is asked there."""


async def look(entry: Model) -> ModelStatus:
    """Look whether the model can be used, making nothing. Raises ProviderError where the server cannot be asked."""
    server, subject, paths = SERVERS[type(entry)]
    with translated(subject):
        async with client(server, DEADLINE_S) as http:
            try:
                lacks = tuple([f"/{path}" for path in paths if not await _has(http, path)])
                return ModelStatus(exists=await _is_there(http, entry.endpoint), lacks=lacks)
            except Refused as error:
                if error.status not in (401, 403):
                    raise
                return ModelStatus(key_accepted=False)


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
