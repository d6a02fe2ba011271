"""Tests of how much a model reads, as its server tells it in one of many ways, and as little as is safe where it does
not."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest
from pytest_django import Settings

from pipeline.providers.compatible.client import client
from pipeline.providers.compatible.model_traits import Traits, narrower, traits, window_in
from tests.emulators.server import Emulators
from tests.pipeline.providers.own_servers import using


@pytest.fixture
def own(settings: Settings, emulators: Emulators) -> Iterator[Emulators]:
    with using(settings, emulators):
        yield emulators


def looked(own: Emulators, named: str = "", **options: Any) -> Traits:
    own.turn("compatible", options=options)

    async def ask() -> Traits:
        async with client("llm", 10) as http:
            return await traits(http, named)

    return asyncio.run(ask())


@pytest.mark.parametrize("tells_window", ["models", "props", "ollama", "lm_studio"])
def test_a_window_is_found_wherever_it_is_told(own: Emulators, tells_window: str) -> None:
    assert looked(own, window=6_000, tells_window=tells_window) == Traits("own-7b-instruct", 6_000, True)


@pytest.mark.parametrize(("tells_window", "guessed"), [("", 8_192), ("unloaded", 4_096)])
def test_a_window_that_is_not_told_is_guessed_low_and_looked_up_again_soon(
    own: Emulators, tells_window: str, guessed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert looked(own, tells_window=tells_window) == Traits("own-7b-instruct", guessed, False)
    monkeypatch.setattr("pipeline.providers.compatible.model_traits.GUESS_KEPT_S", -1.0)
    assert looked(own, "another", tells_window=tells_window).window == guessed
    assert looked(own, "another", window=9_000, tells_window="props").window == 9_000


def test_the_operators_word_counts_before_the_servers(own: Emulators, settings: Settings) -> None:
    settings.PIXORA_LLM_CONTEXT = 5_000
    assert looked(own, "qwen3:8b", window=6_000, tells_window="props") == Traits("qwen3:8b", 5_000, True)


@pytest.mark.parametrize(
    ("answer", "window"),
    [
        ({"default_generation_settings": {"n_ctx": 4_096}, "n_ctx": 8_192}, 4_096),
        ({"data": [{"id": "a", "max_model_len": 1_000}, {"id": "b", "max_model_len": 2_000}]}, 2_000),
        ({"data": [{"id": "x", "meta": {"n_ctx": 3_000, "n_ctx_train": 32_768}}], "models": [{"name": "x"}]}, 3_000),
        ({"data": [{"id": "b", "loaded_context_length": 4_000, "max_context_length": 131_072}]}, 4_000),
        ({"models": [{"name": "b", "context_length": 5_000}]}, 5_000),
        ({"data": [{"id": "b", "max_model_len": None}]}, 0),
        ({"data": [{"id": "b", "max_model_len": "many"}]}, 0),
        ({"data": "none", "models": 7}, 0),
        ({}, 0),
    ],
)
def test_a_window_in_an_answer(answer: dict[str, Any], window: int) -> None:
    assert window_in("b", answer) == window


@pytest.mark.parametrize(
    ("told", "sent", "window"), [(4_096, 8_000, 4_096), (0, 8_000, 5_600), (90_000, 8_000, 5_600), (0, 90_000, 5_734)]
)
def test_a_refusal_makes_the_window_narrower(told: int, sent: int, window: int) -> None:
    assert narrower(Traits("m", 8_192, False), told=told, sent=sent).window == window
