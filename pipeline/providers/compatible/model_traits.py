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
KEPT_S, GUESS_KEPT_S = 300.0, 10.0
ORDINARY_WINDOW = 8_192
UNLOADED_WINDOW = 4_096
"""Ollama's own default. It cuts what is longer without a word, and tells its window once the model is loaded."""
OLLAMAS = "/api/ps"
OWN_WAYS = ("/props", OLLAMAS, "/api/v0/models")
"""Where llama.cpp, Ollama and LM Studio tell what is loaded."""
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
        _found[key] = (time.monotonic() + (KEPT_S if found.window_is_known else GUESS_KEPT_S), found)
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
    """Make the window smaller: as a refusal named it, else seven tenths of what was `sent` and expected (tokens)."""
    window = told if 0 < told < found.window else min(sent, found.window) * 7 // 10
    return replace(found, window=max(window, SMALLEST_WINDOW))


async def _asked(http: httpx.AsyncClient, named: str) -> Traits:
    listed = await looked_up(http, "models", deadline_s=ASKED_S)
    model = named or first_model(listed)
    chosen: int = settings.PIXORA_LLM_CONTEXT
    window, is_known = (chosen, True) if chosen else await _window_of(http, model, listed)
    return Traits(model, max(window, SMALLEST_WINDOW), is_known)


async def _window_of(http: httpx.AsyncClient, model: str, listed: Mapping[str, Any]) -> tuple[int, bool]:
    """The window, and whether it is more than a guess: llama.cpp, Ollama and LM Studio tell it in ways of their own."""
    root = server_root(str(http.base_url))
    told: list[Mapping[str, Any]] = []
    for path in OWN_WAYS:
        told.append(await looked_up(http, f"{root}{path}", deadline_s=ASKED_S))
        if window := window_in(model, told[-1]):
            return window, True
    if window := window_in(model, listed):
        return window, True
    return (UNLOADED_WINDOW if is_ollamas(told[OWN_WAYS.index(OLLAMAS)]) else ORDINARY_WINDOW), False


def first_model(listed: Mapping[str, Any]) -> str:
    return next((name for entry in _entries(listed) if (name := string(entry.get("id")))), "")


def window_in(model: str, told: Mapping[str, Any]) -> int:
    """The window of a model as an answer of its server tells it, 0 where it does not."""
    places = [as_object(told.get("default_generation_settings")), told, *_named(told, model)]
    return next((found for place in places if (found := _window(place))), 0)


def is_ollamas(running: Mapping[str, Any]) -> bool:
    """True where Ollama told what it has loaded, be it nothing."""
    return isinstance(running.get("models"), list)


def _named(listed: Mapping[str, Any], model: str) -> Iterator[Mapping[str, Any]]:
    """The entry of this model with what it holds; a server that has one model serves it under any name."""
    entries = _entries(listed)
    for entry in entries:
        if len(entries) == 1 or model in (entry.get("id"), entry.get("name"), entry.get("model")):
            yield entry
            yield as_object(entry.get("meta"))


def _entries(listed: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [*objects(listed.get("data"))] or [*objects(listed.get("models"))]


def _window(place: Mapping[str, Any]) -> int:
    return next((found for name in WINDOWS if (found := tokens(place.get(name)))), 0)
