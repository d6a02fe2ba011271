"""Every image maker obeys the same contract, whoever it is."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from pipeline.providers.base import Call, ImageRequest, Made, Reference, Size
from pipeline.providers.local.image import LocalImage
from pipeline.providers.openai.image import OpenAIImage
from pixora.foundation.errors import ProviderError
from tests.emulators.server import Emulators

MAKERS = [LocalImage, OpenAIImage]


def request(**changes: Any) -> ImageRequest:
    wanted: dict[str, Any] = {
        "kind": "scene",
        "name": "The sea",
        "prompt": "the sea at dawn",
        "style": "cinematic",
        "size": (128, 72),
        "seed": 1,
    }
    return ImageRequest(**{**wanted, **changes})


def make(maker: Any, call: Call, **changes: Any) -> Made:
    made: Made = asyncio.run(maker.make(request(**changes), call))
    return made


@pytest.fixture
def mia(tmp_path: Path) -> Reference:
    path = tmp_path / "mia.png"
    Image.new("RGB", (96, 96), (200, 120, 40)).save(path)
    return Reference("Mia", path)


@pytest.mark.parametrize("maker", MAKERS)
@pytest.mark.parametrize("size", [(128, 72), (72, 128), (96, 96), (96, 72), (154, 86)])
def test_a_picture_has_the_size_asked_for(openai: Emulators, call: Call, maker: Any, size: Size) -> None:
    made = make(maker(), call, size=size)
    with Image.open(made.path) as picture:
        assert (picture.format, picture.mode, picture.size) == ("PNG", "RGB", size)


@pytest.mark.parametrize("maker", MAKERS)
def test_those_who_are_seen_are_named(openai: Emulators, call: Call, maker: Any, mia: Reference) -> None:
    assert make(maker(), call, references=(mia,)).facts["characters"] == ["Mia"]


@pytest.mark.parametrize("maker", MAKERS)
@pytest.mark.parametrize("kind", ["profile", "photo"])
def test_a_character_is_drawn_with_and_without_a_photo(
    openai: Emulators, call: Call, maker: Any, mia: Reference, kind: str
) -> None:
    photo = Reference("Mia", mia.path, kind)
    for references in ((), (photo,)):
        made = make(maker(), call, kind="character", name="Mia", size=(96, 96), references=references)
        with Image.open(made.path) as picture:
            assert picture.size == (96, 96)


@pytest.mark.parametrize("maker", MAKERS)
@pytest.mark.parametrize("prompt", ["東京の夜 🚀", "$prompt %s {0} ${style}", "<b>&amp;"])
def test_any_words_make_a_picture(openai: Emulators, call: Call, maker: Any, prompt: str) -> None:
    assert make(maker(), call, prompt=prompt, instructions=prompt).path.stat().st_size > 100


@pytest.mark.parametrize("maker", MAKERS)
def test_a_failure_is_a_providers_error(openai: Emulators, call: Call, maker: Any, tmp_path: Path) -> None:
    openai.fail("openai", "server_error", status=500)
    with pytest.raises(ProviderError) as failed:
        make(maker(), Call(tmp_path, tmp_path / "missing" / "a.png", deadline_s=20))
    assert failed.value.retryable
