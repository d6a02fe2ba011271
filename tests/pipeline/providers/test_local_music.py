from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

import av
import numpy as np
import pytest

from pipeline.providers.base import Call, Made, MusicRequest
from pipeline.providers.local.music import LocalMusic
from pipeline.providers.local.synth import mix, moods, sounds
from pipeline.providers.local.synth.beats import KITS
from pipeline.providers.local.synth.drums import DRUMS, stroke
from pipeline.providers.local.synth.note import Note
from pipeline.providers.local.synth.plan import Plan, plan_of
from pipeline.providers.local.synth.score import compose

REQUEST = MusicRequest("Inspiring theme: piano, strings and light drums", length_s=12, seed=3)


def play(folder: Path, **changes) -> Made:
    call = Call(workdir=folder, out=folder / "music.mp3", deadline_s=60)
    return asyncio.run(LocalMusic().make(replace(REQUEST, **changes), call))


def heard(path: Path) -> np.ndarray:
    with av.open(str(path)) as container:
        return np.concatenate([frame.to_ndarray() for frame in container.decode(audio=0)], axis=1)


def plan(prompt: str, *, instructions: str = "", length_s: float = 30, seed: int = 1) -> Plan:
    return plan_of(prompt, instructions=instructions, length_s=length_s, seed=seed)


def hiss(sound: np.ndarray) -> np.ndarray:
    """The energy above 3 kHz of each 5 ms, where a click would show."""
    spectrum = np.fft.rfft(sound)
    spectrum[: round(3_000 * sound.size / 48_000)] = 0
    power = np.square(np.fft.irfft(spectrum, sound.size)[: sound.size // 240 * 240])
    return np.asarray(power.reshape(-1, 240).mean(axis=1))


def test_a_mood_becomes_a_stereo_loop_of_whole_bars(tmp_path):
    made = play(tmp_path)
    sound = heard(made.path)
    facts = made.facts
    assert facts["loop"] is True
    assert facts["mood"] == "inspiring"
    assert sound.shape[0] == 2
    assert abs(sound.shape[1] / 48 - facts["duration_ms"]) < 1
    assert abs(facts["bars"] * 4 * 60_000 / facts["bpm"] - facts["duration_ms"]) < 5
    assert [path.name for path in tmp_path.iterdir()] == ["music.mp3"]


def test_a_loop_may_be_of_a_length_without_small_factors(tmp_path):
    assert play(tmp_path, prompt="calm", length_s=55).facts["duration_ms"] == 27_500


@pytest.mark.parametrize("prompt", ["epic drums and brass", "ambient space"])
def test_it_never_clips_is_even_and_loops_without_a_seam(tmp_path, prompt):
    sound = heard(play(tmp_path, prompt=prompt).path)
    loudness = np.sqrt((sound**2).mean())
    assert np.abs(sound).max() < 10 ** (-1.5 / 20)
    assert 10 ** (-18 / 20) < loudness < 10 ** (-14 / 20)
    parts = [np.sqrt((part**2).mean()) for part in np.array_split(sound, 4, axis=1)]
    assert max(parts) < 2 * min(parts)
    turned = np.roll(sound[0], 48_000)
    around = hiss(turned)
    assert around[198:202].max() < max(2 * np.sort(around)[-8], 1e-5)
    steps = np.abs(np.diff(turned))
    assert steps[47_999] <= np.sort(steps)[-100]


def test_the_same_request_gives_the_same_bytes_and_another_seed_another_piece(tmp_path):
    takes = [play(tmp_path, prompt="calm bells", seed=seed).path.read_bytes() for seed in (5, 5, 6)]
    assert takes[0] == takes[1] != takes[2]


@pytest.mark.parametrize(
    ("asked_s", "length_s"), [(1, 12), (12, 12), (17, 17), (30, 30), (40, 40), (50, 25), (300, 37.5), (0, 12)]
)
def test_it_is_as_long_as_asked_or_divides_what_was_asked(asked_s, length_s):
    for prompt in ("calm", "happy", "tense", "electronic"):
        assert plan(prompt, length_s=asked_s).length_s == pytest.approx(length_s)


@pytest.mark.parametrize(
    ("prompt", "mood"),
    [
        ("Hopeful opening in D major, slow: soft piano", "inspiring"),
        ("Calm, slow opening in F major: soft felt piano", "calm"),
        ("Dark, tense opening in D minor", "dark"),
        ("Relentless, dramatic rise in C minor", "dramatic"),
        ("Epic, resolving finale", "epic"),
        ("Cheeky, light opening", "playful"),
        ("something nobody has a word for", "inspiring"),
        ("jazz", "chill"),
        ("futuristic synths", "electronic"),
        ("", "inspiring"),
    ],
)
def test_words_choose_the_mood(prompt, mood):
    assert plan(prompt).mood == mood


def test_words_choose_key_tempo_and_instruments():
    piece = plan("Tender close in B flat major at 80 bpm: harp, flute and choir pad, no drums")
    assert piece.key == "Bb major"
    assert piece.bpm == pytest.approx(80)
    assert (piece.pluck, piece.lead, piece.pad, piece.drums) == ("harp", "flute", "choir", "none")


def test_instructions_change_the_piece():
    before = plan("epic battle", length_s=30)
    faster, bare = (plan("epic battle", length_s=30, instructions=told) for told in ("faster", "no drums, calmer"))
    assert faster.bpm > before.bpm
    assert (bare.drums, bare.mood) == ("none", "epic")
    assert plan("epic battle", instructions="make it sad").mood == "sad"


def test_moods_sound_different_and_seeds_vary_within_a_mood():
    pieces = {compose(plan(name), 1)[0].instrument for name in moods.MOODS}
    assert len(pieces) >= 5
    assert len({(plan("calm", seed=seed).key, plan("calm", seed=seed).chords) for seed in range(12)}) >= 8


@pytest.mark.parametrize("name", sorted(moods.MOODS))
def test_every_mood_can_be_played_at_every_length(name):
    for length_s in (12, 23, 40):
        piece = plan(name, length_s=length_s)
        notes = compose(piece, 1)
        assert len(notes) > 5
        assert all(0 <= note.step < piece.bars * 16 for note in notes)
        assert all(note.instrument in sounds.LEVELS for note in notes)
        assert all(24 <= note.pitch <= 100 for note in notes)


@pytest.mark.parametrize("instrument", sorted(sounds.STRUCK | sounds.HELD))
def test_every_instrument_sounds_begins_and_ends_softly(instrument):
    sound = sounds.note(instrument, 57, 0.4)
    assert sound.shape[0] == 2
    assert 0.3 < np.abs(sound).max() < 2
    assert np.abs(sound[:, [0, -1]]).max() < 0.02


def test_every_drum_of_every_kit_sounds():
    assert {line.drum for kit in KITS.values() for line in kit} <= set(DRUMS)
    assert all(np.abs(stroke(drum)).max() == pytest.approx(1) for drum in DRUMS)


def test_a_note_that_rings_past_the_end_goes_on_at_the_beginning():
    late = [Note("bell", 15, 1, 69, 1.0)]
    sound = mix.mix(late, steps=16, samples=96_000, room=0.0, report=lambda _: None)
    assert np.abs(sound[:, :24_000]).max() > 0.1
    assert np.abs(sound[:, 40_000:89_000]).max() < np.abs(sound[:, 91_000:]).max()
