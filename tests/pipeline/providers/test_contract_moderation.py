"""Every moderator obeys the same contract, whoever it is."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from pipeline.providers.local.moderation import LocalModeration
from pipeline.providers.openai.moderation import OpenAIModeration
from pixora.foundation.errors import ProviderError
from tests.emulators.openai.moderation import FLAGGED_PIXEL
from tests.emulators.server import Emulators

MODERATORS = [LocalModeration, OpenAIModeration]


@pytest.mark.parametrize("moderator", MODERATORS)
@pytest.mark.parametrize("text", ["A film about the sea", "東京 🚀", "x" * 8000])
def test_ordinary_words_are_allowed(openai: Emulators, moderator: Any, text: str) -> None:
    assert [verdict.allowed for verdict in asyncio.run(moderator().judge_texts([text]))] == [True]


@pytest.mark.parametrize("moderator", MODERATORS)
@pytest.mark.parametrize("mode", ["RGB", "RGBA", "L", "P"])
def test_ordinary_pictures_are_allowed(openai: Emulators, moderator: Any, tmp_path: Path, mode: str) -> None:
    Image.new(mode, (64, 64)).save(tmp_path / "a.png")
    assert asyncio.run(moderator().judge_picture(tmp_path / "a.png")).allowed


def test_what_is_refused_is_named_in_our_words(openai: Emulators, tmp_path: Path) -> None:
    (verdict,) = asyncio.run(OpenAIModeration().judge_texts(["a massacre with gore"]))
    assert (verdict.allowed, verdict.categories) == (False, ("violence",))
    Image.new("RGB", (2000, 100), FLAGGED_PIXEL).save(tmp_path / "a.png")
    assert asyncio.run(OpenAIModeration().judge_picture(tmp_path / "a.png")).categories == ("sexual content",)


@pytest.mark.parametrize("moderator", MODERATORS)
def test_each_of_several_texts_has_its_verdict(openai: Emulators, moderator: Any) -> None:
    verdicts = asyncio.run(moderator().judge_texts(["the sea", "a massacre", "the shore"]))
    assert [verdict.allowed for verdict in verdicts] == [True, moderator is LocalModeration, True]


def test_a_moderator_that_does_not_answer_allows_nothing(openai: Emulators) -> None:
    openai.fail("openai", "server_error")
    with pytest.raises(ProviderError) as failed:
        asyncio.run(OpenAIModeration().judge_texts(["the sea"]))
    assert failed.value.retryable
