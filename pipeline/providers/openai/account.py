"""Whether the key is accepted and a model is there: for `manage.py check_providers`."""

from __future__ import annotations

from datetime import date

import openai

from pipeline.providers.base import ModelStatus
from pipeline.providers.catalogue import Model
from pipeline.providers.openai.client import client
from pipeline.providers.openai.errors import translated

DEADLINE_S = 30.0


async def look(entry: Model) -> ModelStatus:
    """Raises ProviderError where the account cannot be asked at all."""
    async with client(DEADLINE_S) as account:
        with translated(""):
            try:
                found = await account.models.retrieve(entry.endpoint)
            except (openai.AuthenticationError, openai.PermissionDeniedError):
                return ModelStatus(key_accepted=False)
            except openai.NotFoundError:
                return ModelStatus(exists=False)
    return ModelStatus(shut_down=_day(found.shutdown_date))


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None
