"""Tests of what a takeaway has apart: voice, music and the sounds that clips kept."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from pipeline.cut.sound.sound_plan import RATE, Music, Narration, SoundPlan
from pipeline.cut.sound.stems import Stems, make_stems
from tests.pipeline.cut import media

VOICE, MUSIC, CLIP = 700.0, 1_900.0, 300.0


@pytest.fixture
def plan(tmp_path: Path) -> SoundPlan:
    """Three seconds: music throughout, a voice and a clip's own sound in their middles."""
    given = {hertz: media.tone(tmp_path / f"{hertz}.wav", 3.0, hertz=hertz) for hertz in (VOICE, MUSIC, CLIP)}
    length: dict[str, Any] = {"start": 0, "samples": 3 * RATE, "fade_in": 0, "fade_out": 0}
    pieces = (Music(given[MUSIC], **length), Music(given[CLIP], **length, once=True))
    return SoundPlan(3 * RATE, (Narration(given[VOICE], 0),), pieces)


def stems_of(plan: SoundPlan, folder: Path) -> Stems:
    film = media.clip(folder / "film.mp4", media.ramp(), frames=90)
    return asyncio.run(make_stems(plan, gain_db=-6.0, film=film, language="en", workdir=folder))


def heard(path: Path | None) -> set[float]:
    """Return which of the three tones are heard, if they are no more than 40 dB below the strongest."""
    assert path is not None
    seen = np.abs(np.fft.rfft(media.listen(path)[RATE : 2 * RATE, 0]))
    levels = {hertz: seen[round(hertz)] for hertz in (VOICE, MUSIC, CLIP)}
    return {hertz for hertz, level in levels.items() if level > max(levels.values()) / 100}


def test_the_film_without_music_keeps_what_its_clips_kept(plan: SoundPlan, tmp_path: Path) -> None:
    found = stems_of(plan, tmp_path)
    assert heard(found.film_without_music) == {VOICE, CLIP}
    assert (heard(found.voice), heard(found.music), heard(found.clips)) == ({VOICE}, {MUSIC}, {CLIP})


def test_without_a_voice_it_is_what_the_clips_kept(plan: SoundPlan, tmp_path: Path) -> None:
    found = stems_of(replace(plan, narrations=()), tmp_path)
    assert (found.voice, heard(found.film_without_music)) == (None, {CLIP})


def test_a_film_that_has_no_music_is_the_one_without(plan: SoundPlan, tmp_path: Path) -> None:
    found = stems_of(replace(plan, music=plan.music[1:]), tmp_path)
    assert (found.music, found.film_without_music, heard(found.clips)) == (None, None, {CLIP})
