"""How tests point the adapters at the emulators, and ask a port for something without an engine."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from PIL import Image
from pytest_django import Settings

from pipeline.planning.graph import Component
from pipeline.providers import registry
from pipeline.providers.base import Call, Made
from tests.emulators.server import KEYS, Emulators


def expected_cost(component: Component, vendor: str) -> int:
    """Return what the vendor's usual model is expected to ask for one take, in millionths of a dollar."""
    found = registry.model_of(component, vendor)
    return registry.cost_by(found, component) if found else 0


def use(settings: Settings, emulators: Emulators) -> None:
    settings.PIXORA_KEYS = {
        "openai": KEYS["OPENAI_API_KEY"],
        "fal": KEYS["FAL_KEY"],
        "musicgen": KEYS["REPLICATE_API_TOKEN"],
    }
    settings.PIXORA_BASE_URLS = {
        "openai": f"{emulators.url}/openai/v1",
        "fal": f"{emulators.url}/fal",
        "musicgen": f"{emulators.url}/replicate",
    }
    settings.FAL_JWKS_URLS = [f"{emulators.url}/fal/.well-known/jwks.json"]


class Asker:
    """Asks an adapter as the engine does, and keeps what it remembered and reported."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.tickets: list[Mapping[str, Any]] = []
        self.progress: list[float] = []

    def call(self, suffix: str, **more: Any) -> Call:
        return Call(
            workdir=self.folder,
            out=self.folder / f"out{suffix}",
            report=self.progress.append,
            remember=self._remember,
            **{"nap": lambda _seconds: asyncio.sleep(0.02), **more},
        )

    def make(self, adapter: Any, request: Any, **more: Any) -> Made:
        made: Made = asyncio.run(adapter.make(request, self.call(adapter.suffix, **more)))
        return made

    async def _remember(self, ticket: Mapping[str, Any]) -> None:
        self.tickets.append(ticket)


def still(folder: Path, size: tuple[int, int] = (480, 270)) -> Path:
    path = folder / "still.png"
    Image.linear_gradient("L").resize(size).convert("RGB").save(path)
    return path
