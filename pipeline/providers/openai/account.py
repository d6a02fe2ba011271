"""The account at OpenAI, as `manage.py check_providers` looks at it.

It says whether the key is accepted, a model is there, and what it is used for is served.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import openai
from django.conf import settings
from openai import AsyncOpenAI

from pipeline.providers.base import ModelStatus
from pipeline.providers.models_and_prices import ImageModel, Model, ModerationModel, TextModel
from pipeline.providers.openai.answers import objects, string
from pipeline.providers.openai.client import client, sent
from pipeline.providers.openai.errors import translated

DEADLINE_S = 30.0
PATHS: Mapping[type[Model], tuple[str, ...]] = {
    TextModel: ("/responses",),
    ImageModel: ("/images/generations", "/images/edits"),
    ModerationModel: ("/moderations",),
}
"""What each kind of model is asked at."""
NO_PATH = frozenset({404, 405, 501})


async def look(entry: Model) -> ModelStatus:
    """Look whether the model can be used. Raises ProviderError where the account cannot be asked at all."""
    async with client(DEADLINE_S) as account:
        with translated(""):
            try:
                return await _status(account, entry)
            except (openai.AuthenticationError, openai.PermissionDeniedError):
                return ModelStatus(key_accepted=False)


async def _status(account: AsyncOpenAI, entry: Model) -> ModelStatus:
    is_elsewhere = bool(settings.PIXORA_BASE_URLS["openai"])
    lacks = await _lacking(account, entry) if is_elsewhere else ()
    try:
        found = await sent(account.models.with_raw_response.retrieve(entry.endpoint))
    except openai.NotFoundError:
        return ModelStatus(exists=is_elsewhere and await _is_listed(account, entry.endpoint), lacks=lacks)
    return ModelStatus(shut_down=_day(string(found.get("shutdown_date"))), lacks=lacks)


async def _is_listed(account: AsyncOpenAI, name: str) -> bool:
    """Other servers often know no single models. Where they give no list either, the model may be there."""
    try:
        answer = await sent(account.models.with_raw_response.list())
    except openai.NotFoundError:
        return True
    names = [string(model.get("id")) for model in objects(answer.get("data"))]
    return name in names or not names


async def _lacking(account: AsyncOpenAI, entry: Model) -> tuple[str, ...]:
    """The addresses among those the model is asked at that the server does not have."""
    return tuple([path for path in PATHS[type(entry)] if not await _has(account, path)])


async def _has(account: AsyncOpenAI, path: str) -> bool:
    """An empty request is refused where the address is there, and buys nothing."""
    try:
        await account.post(path, cast_to=object, body={})
    except (openai.AuthenticationError, openai.PermissionDeniedError):
        raise
    except openai.APIStatusError as error:
        return error.status_code not in NO_PATH
    return True


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None
