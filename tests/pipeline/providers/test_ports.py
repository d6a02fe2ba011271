"""The same cases over every maker of voices, music and clips: local ones and real ones against their emulators."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pytest_django import Settings

from media_assets.probe import probe
from pipeline.providers.base import MotionRequest, MusicRequest, Queued, VoiceRequest
from pipeline.providers.fal.motion import FalMotion
from pipeline.providers.fal.music import FalMusic
from pipeline.providers.fal.voice import FalVoice
from pipeline.providers.local.motion import LocalMotion
from pipeline.providers.local.music import LocalMusic
from pipeline.providers.local.voice import LocalVoice
from pipeline.providers.musicgen import MusicGen
from tests.emulators.server import Emulators
from tests.pipeline.providers.vendors import Asker, still, use

TEXT = "The sea is calm today."
VOICE = VoiceRequest(TEXT, "en", "Rachel", seed=1, previous_text="Before that.", next_text="And after.")
MUSIC = MusicRequest("calm piano", length_s=12, seed=2)


@pytest.fixture
def asker(settings: Settings, emulators: Emulators, tmp_path: Path) -> Asker:
    use(settings, emulators)
    return Asker(tmp_path)


def assert_says_who_it_is(adapter: Any) -> None:
    assert adapter.name
    assert adapter.model
    assert adapter.local is not isinstance(adapter, Queued)


@pytest.mark.parametrize("adapter", [LocalVoice(), FalVoice()], ids=["local", "fal"])
def test_a_voice_speaks_the_text_and_says_when_each_word_falls(adapter: Any, asker: Asker) -> None:
    made = asker.make(adapter, VOICE)
    found = probe(made.path, expect="audio")
    assert made.path == asker.folder / f"out{adapter.suffix}"
    assert 700 < found.duration_ms < 6000
    words = made.facts["words"]
    assert [word for word, _, _ in words] == TEXT.split()
    assert all(0 <= start <= end <= found.duration_ms + 200 for _, start, end in words)
    assert_says_who_it_is(adapter)


@pytest.mark.parametrize("adapter", [LocalMusic(), FalMusic(), MusicGen()], ids=["local", "fal", "musicgen"])
def test_music_is_sound_of_about_the_length_asked_for(adapter: Any, asker: Asker) -> None:
    made = asker.make(adapter, MUSIC)
    found = probe(made.path, expect="audio")
    assert (made.path.suffix, found.container) == (".mp3", "mp3")
    assert 11_000 < found.duration_ms < 13_000
    assert_says_who_it_is(adapter)


@pytest.mark.parametrize("adapter", [LocalMotion(), FalMotion()], ids=["local", "fal"])
@pytest.mark.parametrize("duration_s", [5, 10])
@pytest.mark.parametrize("size", [(128, 72), (72, 96)], ids=["16:9", "3:4"])
def test_a_clip_has_the_ratio_and_at_least_the_length_asked_for(
    adapter: Any, duration_s: int, size: tuple[int, int], asker: Asker
) -> None:
    image = still(asker.folder, (size[0] * 3, size[1] * 3))
    made = asker.make(adapter, MotionRequest(image, "a slow push in", duration_s, size, fps=30, seed=3))
    found = probe(made.path, expect="video")
    assert found.width / found.height == pytest.approx(size[0] / size[1], rel=0.03)
    assert duration_s * 1000 <= found.duration_ms <= duration_s * 1000 + 100
    assert_says_who_it_is(adapter)
