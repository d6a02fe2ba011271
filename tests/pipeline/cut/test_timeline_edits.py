"""Edits on the timeline in the cut itself: whole frames, no clicks, and captions of what is heard."""

from __future__ import annotations

import asyncio
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.cut import cutting
from pipeline.cut.narration_fit import MAX_TEMPO, Rhythm, least_frames, slot_frames
from pipeline.cut.picture.captions import Speech, Word, cues, without
from pipeline.cut.picture.filter_graph import Canvas, most_frames, span_s, stands_still_s
from pipeline.cut.sound import decode_sound
from pipeline.cut.sound.lay_tracks import spoken
from pipeline.cut.sound.sound_plan import GroupMusic, Narration, plan_sound
from pipeline.cut.sound.soundtrack import mix_soundtrack
from pipeline.cut.timeline import SceneCut, lay_out
from pipeline.cut.word_cuts import is_out, joined, left_ms, moved_ms, stretches
from tests.pipeline.cut import media

RATE = media.RATE
CANVAS = Canvas(media.SIZE, 30)
cut_lists = st.lists(st.tuples(st.integers(0, 9_000), st.integers(0, 9_000)), max_size=8)


@given(cut_lists, st.integers(1, 8_000))
def test_what_is_left_of_a_voice_and_what_is_out_make_all_of_it(cuts: list[tuple[int, int]], length_ms: int) -> None:
    out, left = joined(cuts, length_ms), stretches(length_ms, cuts)
    assert sorted([*out, *left]) == sorted({*out, *left})
    edges = sorted([*out, *left])
    assert not edges or (edges[0][0], edges[-1][1]) == (0, length_ms)
    assert all(before[1] == after[0] for before, after in pairwise(edges))
    assert left_ms(length_ms, cuts) == sum(end - begin for begin, end in left) == moved_ms(length_ms, out)


@given(st.integers(0, 12_000), st.integers(30, 450), st.floats(0, 20), st.lists(st.integers(100, 3_000), max_size=3))
def test_a_dragged_slot_is_as_long_as_it_was_dragged_or_as_its_words_need(
    narration_ms: int, dragged: int, shift_s: float, lines_ms: list[int]
) -> None:
    scene = SceneCut(1, 5, narration_ms=narration_ms, lines_ms=tuple(lines_ms), dragged=dragged, shift_s=shift_s)
    slot, rhythm = lay_out([scene]).slots[0], Rhythm.at(30)
    needs = least_frames(scene.spoken_ms)
    assert slot.frames == dragged if dragged >= needs else slot.frames > dragged
    assert 1 <= slot.tempo <= MAX_TEMPO
    last = [(line.start + line.frames) for line in slot.lines] or [slot.narration_start + slot.narration_frames]
    if scene.spoken_ms:
        assert slot.narration_start >= rhythm.lead
        assert last[-1] <= slot.end - rhythm.tail
    assert slot_frames(5, scene.spoken_ms, dragged=dragged)[0] == slot.frames


def test_a_clip_is_shown_from_where_its_scene_begins_in_it(tmp_path: Path) -> None:
    clip = media.clip(tmp_path / "clip.mp4", media.ramp(step=1.5), "-g", 250, frames=120)
    slots = lay_out([SceneCut(1, 1), SceneCut(2, 1, "none", clip_from_s=1.5), SceneCut(3, 1, "none")]).slots
    out = tmp_path / "body.mp4"
    asyncio.run(cutting.cut_body(clip, out, slot=slots[1], canvas=CANVAS))
    expected = 40 + 1.5 * (45 + np.arange(16, 30))
    assert np.abs(media.decode(out).means[:, 0] - expected).max() < 0.6
    asyncio.run(cutting.cut_transition(clip, clip, out, before_slot=slots[1], after_slot=slots[2], canvas=CANVAS))
    shown = media.decode(out).means[:, 0]
    expected = 40 + 1.5 * np.array([*(45 + 30 + np.arange(8)), *(8 + np.arange(8))])
    assert np.abs(shown - expected).max() < 0.6


def test_a_clip_that_begins_near_its_end_is_slowed_and_then_stands_still(tmp_path: Path) -> None:
    clip = media.clip(tmp_path / "clip.mp4", media.ramp(step=2), frames=60)
    slot = lay_out([SceneCut(1, 1), SceneCut(2, 1, clip_from_s=1.3)]).slots[1]
    out = tmp_path / "body.mp4"
    asyncio.run(cutting.cut_body(clip, out, slot=slot, canvas=CANVAS))
    brightness = media.decode(out).means[:, 0]
    expected = np.minimum(40 + 2 * (39 + np.arange(16, 38) / 1.25), 40 + 2 * 59)
    assert len(brightness) == slot.body_frames
    assert np.abs(brightness - expected).max() < 1.0
    facts = {"fps": 30.0, "frames": 60, "duration_ms": 2_000}
    assert stands_still_s(span_s(facts), slot, 30) == pytest.approx((38 - 20 * 1.25) / 30, abs=0.01)
    assert most_frames(span_s(facts), slot, 30) == int((59 - 39) * 1.25) + 1 - 16


def hum(path: Path, seconds: float) -> Path:
    return media.tone(path, seconds, hertz=137.0, level=0.5)


@pytest.mark.parametrize("tempo", [1.0, 1.1])
def test_a_cut_takes_out_its_samples_and_does_not_click(tmp_path: Path, tempo: float) -> None:
    path = hum(tmp_path / "voice.wav", 3.0)
    cuts = [(0, 120), (1_003, 1_444), (2_871, 3_000)]
    plain = spoken({"path": path, "tempo": tempo, "levelled": False})[:, 0]
    heard = spoken({"path": path, "tempo": tempo, "levelled": False, "cuts": cuts})[:, 0]
    assert abs(len(plain) - len(heard) - (120 + 441 + 129) * 48 / tempo) <= (0 if tempo == 1.0 else 1_500)
    body = slice(RATE // 10, -RATE // 10)
    usual, beside = np.abs(np.diff(plain[body])).max(), np.abs(np.diff(heard)).max()
    assert beside < 1.2 * usual, "no step is larger than those of the sound itself"
    assert abs(heard[0]) < 0.01
    assert abs(heard[-1]) < 0.01
    assert above_5khz(heard) < above_5khz(hard_cut(plain)) - 20, "20 dB less of what a click is made of"


def hard_cut(sound: media.Sound) -> media.Sound:
    return np.concatenate([sound[120 * 48 : 1_003 * 48], sound[1_445 * 48 : 2_871 * 48]])


def above_5khz(sound: media.Sound) -> float:
    """The loudest 20 ms, in decibels."""
    windows = np.lib.stride_tricks.sliding_window_view(sound, 960)[::480] * np.hanning(960)
    spectrum = np.abs(np.fft.rfft(windows, axis=1))[:, 100:]
    return float(20 * np.log10(spectrum.max() + 1e-9))


def test_a_cut_fades_for_ten_milliseconds_at_each_side() -> None:
    sound = np.ones((RATE, 1), np.float32)
    left = decode_sound.without(sound, [(400, 600)])[:, 0]
    quieter = np.flatnonzero(left < 1)
    assert len(left) == RATE * 8 // 10
    assert (quieter[0], quieter[-1]) == (390 * 48, 410 * 48 - 1)
    assert left.min() < 0.002


def test_a_film_with_cut_moved_and_muted_sound_has_exactly_its_samples(tmp_path: Path) -> None:
    voice, music = hum(tmp_path / "voice.wav", 2.0), media.tone(tmp_path / "music.wav", 9.0, hertz=900)
    scenes = [
        SceneCut(1, 3, narration_ms=2_000, cuts=((500, 1_000),), shift_s=0.5, dragged=80),
        SceneCut(2, 3, narration_ms=2_000),
    ]
    timeline = lay_out(scenes)
    plan = plan_sound(
        timeline, narrations={1: voice, 2: voice}, music=[GroupMusic((1,), music, fade_in_s=1.0, fade_out_s=0.001)]
    )
    assert plan.narrations[0] == Narration(voice, (8 + 15) * 1_600, 1.0, False, ((500, 1_000),))
    assert (plan.music[0].fade_in, plan.music[0].fade_out) == (RATE, 480)
    asyncio.run(mix_soundtrack(plan, tmp_path / "sound.m4a", workdir=tmp_path))
    assert len(media.listen(tmp_path / "sound.m4a")) == (80 + 90) * 1_600


WORDS = (Word("So", 0, 200), Word("we", 300, 400), Word("really", 450, 900), Word("go", 950, 1_100))


@pytest.mark.parametrize(
    ("cuts", "text", "starts"),
    [
        ((), "So, we really go. Now.", [0, 300, 450, 950, 1_500]),
        (((440, 920),), "So, we go. Now.", [0, 300, 470, 1_020]),
        (((0, 280),), "We really go. Now.", [20, 170, 670, 1_220]),
        (((920, 1_200),), "So, we really. Now.", [0, 300, 450, 1_220]),
        (((1_400, 2_000),), "So, we really go.", [0, 300, 450, 950]),
        (((1_110, 1_490),), "So, we really go. Now.", [0, 300, 450, 950, 1_120]),
    ],
)
def test_captions_show_what_is_heard(cuts: tuple[tuple[int, int], ...], text: str, starts: list[int]) -> None:
    speech = Speech("So, we really go. Now.", 1_000, 2_000, 1.0, (*WORDS, Word("Now", 1_500, 1_900)))
    left = without(speech, cuts)
    assert left.text == text
    assert [word.start_ms for word in left.words] == starts
    assert " ".join(" ".join(cue.lines) for cue in cues([left])) == text


def test_a_word_is_out_where_most_of_it_is() -> None:
    assert is_out(100, 200, [(140, 300)])
    assert not is_out(100, 200, [(160, 300)])
    assert not is_out(100, 100, [])
