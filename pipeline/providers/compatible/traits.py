"""The model that an own server has, and how much it can read: asked once in a while, or said in the settings."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import httpx
from django.conf import settings

from pipeline.providers.compatible.addresses import server_root
from pipeline.providers.compatible.client import looked_up
from pipeline.providers.openai.answers import as_object, objects, string, tokens

ASKED_S = 5.0
KEPT_S = 300.0
ORDINARY_WINDOW = 8_192
SMALLEST_WINDOW = 1_024
WINDOWS = ("loaded_context_length", "max_model_len", "n_ctx", "context_length", "max_context_length", "context_window")
"""What servers call it. What comes first is nearest to what is really loaded."""


@dataclass(frozen=True)
class Traits:
    """`window`: tokens of prompt and answer together. `model` is empty where the server lists none."""

    model: str
    window: int
    window_is_known: bool


_found: dict[tuple[str, str], tuple[float, Traits]] = {}


async def traits(http: httpx.AsyncClient, named: str) -> Traits:
    """Return what is known of the model of this name; of the first that the server lists where it is empty."""
    key = (str(http.base_url), named)
    until, found = _found.get(key, (0.0, None))
    if found is None or time.monotonic() > until:
        found = await _asked(http, named)
        _found[key] = (time.monotonic() + KEPT_S, found)
    return found


async def served_model(http: httpx.AsyncClient, named: str) -> str:
    """Return the name to ask for: the one that is set, else the first that the server lists."""
    if named:
        return named
    key = (str(http.base_url), "")
    until, found = _found.get(key, (0.0, None))
    if found is None or time.monotonic() > until:
        listed = await looked_up(http, "models", deadline_s=ASKED_S)
        found = Traits(first_model(listed), ORDINARY_WINDOW, window_is_known=False)
        _found[key] = (time.monotonic() + KEPT_S, found)
    return found.model


def learn(http: httpx.AsyncClient, named: str, found: Traits) -> None:
    """Remember what a server's refusal has taught."""
    _found[str(http.base_url), named] = (time.monotonic() + KEPT_S, found)


def forget() -> None:
    """Ask every server again."""
    _found.clear()


def narrower(found: Traits, *, told: int, sent: int) -> Traits:
    """After a refusal: the window that it named, else seven tenths of what was `sent` and expected back (tokens)."""
    window = told if 0 < told < found.window else min(sent, found.window) * 7 // 10
    return replace(found, window=max(window, SMALLEST_WINDOW))


async def _asked(http: httpx.AsyncClient, named: str) -> Traits:
    listed = await looked_up(http, "models", deadline_s=ASKED_S)
    model = named or first_model(listed)
    window: int = settings.PIXORA_LLM_CONTEXT
    if not window:
        root = server_root(str(http.base_url))
        props = await looked_up(http, f"{root}/props", deadline_s=ASKED_S)
        running = {} if props else await looked_up(http, f"{root}/api/ps", deadline_s=ASKED_S)
        window = window_in(model, props=props, running=running, listed=listed)
    return Traits(model, max(window or ORDINARY_WINDOW, SMALLEST_WINDOW), bool(window))


def first_model(listed: Mapping[str, Any]) -> str:
    return next((name for entry in _entries(listed) if (name := string(entry.get("id")))), "")


def window_in(model: str, *, props: Mapping[str, Any], running: Mapping[str, Any], listed: Mapping[str, Any]) -> int:
    """Read the window where a server tells it: llama.cpp's `/props`, Ollama's `/api/ps`, the list of models; else 0."""
    told = as_object(props.get("default_generation_settings"))
    places = [told, props, *_named(running, model), *_named(listed, model)]
    return next((found for place in places if (found := _window(place))), 0)


def _named(listed: Mapping[str, Any], model: str) -> Iterator[Mapping[str, Any]]:
    """The entry of this model with what it holds; a server that has one model serves it under any name."""
    entries = list(_entries(listed))
    for entry in entries:
        if len(entries) == 1 or model in (entry.get("id"), entry.get("name"), entry.get("model")):
            yield entry
            yield as_object(entry.get("meta"))


def _entries(listed: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    yield from objects(listed.get("data"))
    yield from objects(listed.get("models"))


def _window(place: Mapping[str, Any]) -> int:
    return next((found for name in WINDOWS if (found := tokens(place.get(name)))), 0)
