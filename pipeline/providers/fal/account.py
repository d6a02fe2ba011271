"""The account at fal, for `manage.py check_providers`: is the key accepted, is a model there. Asking costs nothing."""

from __future__ import annotations

from typing import Any

import httpx
from django.conf import settings

from pipeline.providers.base import ModelStatus
from pipeline.providers.connections import tls
from pipeline.providers.fal.errors import explain
from pipeline.providers.models_and_prices import Model
from pixora.foundation.errors import ProviderError

STORAGE, CATALOGUE = "https://rest.fal.ai", "https://api.fal.ai"
DEADLINE_S = 30.0
NO_KEY = frozenset({401, 403})


async def look(entry: Model) -> ModelStatus:
    """Look whether the model can be used. Raises ProviderError where the account cannot be asked at all."""
    headers = {"Authorization": f"Key {settings.PIXORA_KEYS['fal']}"}
    try:
        async with httpx.AsyncClient(headers=headers, timeout=DEADLINE_S, verify=tls()) as http:
            if not await _is_accepted(http):
                return ModelStatus(key_accepted=False)
            return await _status(http, entry.endpoint)
    except httpx.HTTPError as error:
        raise ProviderError("fal cannot be reached at the moment.", retryable=True) from error


async def _is_accepted(http: httpx.AsyncClient) -> bool:
    """Asks for a token to upload with: fal's list of models is open, so it would say nothing about the key."""
    base = settings.PIXORA_BASE_URLS["fal"] or STORAGE
    answer = await http.post(f"{base}/storage/auth/token", params={"storage_type": "fal-cdn-v3"}, json={})
    if answer.is_error and answer.status_code not in NO_KEY:
        raise explain(answer)
    return answer.is_success


async def _status(http: httpx.AsyncClient, endpoint: str) -> ModelStatus:
    base = settings.PIXORA_BASE_URLS["fal"] or CATALOGUE
    answer = await http.get(f"{base}/v1/models", params={"endpoint_id": endpoint})
    if answer.status_code == 404:
        return ModelStatus(exists=False)
    if answer.is_error:
        raise explain(answer)
    found = next((model for model in _models(answer) if _is_same(model.get("endpoint_id"), endpoint)), None)
    if found is None:
        return ModelStatus(exists=False)
    told = found.get("metadata")
    return ModelStatus(deprecated=isinstance(told, dict) and told.get("status") == "deprecated")


def _is_same(told: object, endpoint: str) -> bool:
    """fal writes some owners with capitals on one page and without on another."""
    return isinstance(told, str) and told.casefold() == endpoint.casefold()


def _models(answer: httpx.Response) -> list[dict[str, Any]]:
    try:
        listed = answer.json().get("models")
    except (ValueError, AttributeError):
        listed = None
    if not isinstance(listed, list):
        raise ProviderError("fal answered what cannot be read.", retryable=True)
    return [model for model in listed if isinstance(model, dict)]
