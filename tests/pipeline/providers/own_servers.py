"""How tests point Pixora at the emulated server of one's own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from pytest_django import Settings

from chat.llm.compatible import model
from pipeline.providers.compatible import chat_answers, image, model_traits, simpler_requests
from tests.emulators.server import Emulators


@contextmanager
def using(settings: Settings, emulators: Emulators, named: str = "") -> Iterator[Emulators]:
    """All of its addresses are set, no key is, and nothing is known of it yet."""
    settings.PIXORA_KEYS = dict.fromkeys(settings.PIXORA_KEYS, "")
    point_at(settings, emulators)
    names = {role: named for role in settings.PIXORA_MODELS["compatible"]}
    settings.PIXORA_MODELS = {**settings.PIXORA_MODELS, "compatible": names}
    settings.PIXORA_LLM_CONTEXT = 0
    forget()
    yield emulators
    forget()


def point_at(settings: Settings, emulators: Emulators) -> None:
    address = f"{emulators.url}/compatible/v1"
    own = dict.fromkeys(("llm", "images", "speech"), address)
    settings.PIXORA_BASE_URLS = {**settings.PIXORA_BASE_URLS, **own}


def forget() -> None:
    model_traits.forget()
    simpler_requests.forget()
    chat_answers.forget()
    image._without_edits.clear()
    model._manners.clear()
    model._thinking.clear()
