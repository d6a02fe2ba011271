"""The timeline for editing programs against the cut it describes."""

from __future__ import annotations

from typing import Any

import opentimelineio as otio
import pytest

from pipeline.cut.timeline import SceneCut, Timeline, lay_out
from pipeline.takeaway.exchange import Source, as_otio

LAID_OUT = lay_out(
    [
        SceneCut(1, 5, "fade", 3_000),
        SceneCut(7, 10, "none"),
        SceneCut(2, 5, "wipe_left", 4_700),
        SceneCut(5, 5, "dissolve", 6_000),
    ]
)


def read(timeline: Timeline, *, clip_ms: int = 5_040, music: bool = True) -> Any:
    ids = [slot.scene_id for slot in timeline.slots]
    text = as_otio(
        "A film",
        timeline,
        clips={number: Source(f"clips/{number}.mp4", f"Scene {number}", clip_ms) for number in ids},
        narrations={n: Source(f"narration/{n}.mp3", f"Scene {n}", 3_000) for n in (1, 2, 5)},
        music=Source("stems/music.wav", "Music", round(timeline.duration_s * 1000)) if music else None,
    )
    return otio.adapters.read_from_string(text, "otio_json")


def places(items: Any) -> list[tuple[float, float]]:
    found = [item.range_in_parent() for item in items]
    return [(place.start_time.value, place.duration.value) for place in found]


def test_every_scene_lies_where_its_slot_is() -> None:
    pictures, _, music = read(LAID_OUT).tracks
    assert places(pictures.find_clips()) == [(slot.start, slot.frames) for slot in LAID_OUT.slots]
    assert pictures.duration().value == music.duration().value == LAID_OUT.frames
    assert read(LAID_OUT).duration().rate == 30


def test_every_narration_lies_where_it_is_spoken_as_fast_as_it_is() -> None:
    _, voice, _ = read(LAID_OUT).tracks
    spoken = [slot for slot in LAID_OUT.slots if slot.narration_frames]
    assert places(voice.find_clips()) == [(slot.narration_start, slot.narration_frames) for slot in spoken]
    warps = [[effect.time_scalar for effect in clip.effects] for clip in voice.find_clips()]
    assert warps == [[], [pytest.approx(spoken[1].tempo)], []]


def test_a_transition_lies_over_its_boundary_and_a_hard_cut_has_none() -> None:
    pictures = read(LAID_OUT).tracks[0]
    found = [item for item in pictures if isinstance(item, otio.schema.Transition)]
    assert [(item.name, item.transition_type) for item in found] == [
        ("wipe_left", "Custom_Transition"),
        ("dissolve", "SMPTE_Dissolve"),
    ]
    starts = {slot.scene_id: slot.start for slot in LAID_OUT.slots}
    assert places(found) == [(starts[2] - 8, 16), (starts[5] - 8, 16)]


@pytest.mark.parametrize("clip_ms", [4_500, 5_000, 5_040, 5_600])
def test_a_clip_is_slowed_until_it_reaches_over_both_its_boundaries(clip_ms: int) -> None:
    first = next(iter(read(LAID_OUT, clip_ms=clip_ms).tracks[0].find_clips()))
    speed = first.effects[0].time_scalar if first.effects else 1.0
    handle, frames = first.source_range.start_time, first.source_range.duration.value
    used = handle + otio.opentime.RationalTime((frames + 8) * speed, 30)
    assert handle.value == pytest.approx(8 * speed)
    assert speed >= 0.8
    if clip_ms >= 166 / 30 * 800:
        assert used.to_seconds() <= clip_ms / 1000 + 0.001


def test_a_film_without_music_has_no_track_for_it() -> None:
    timeline = read(LAID_OUT, music=False)
    assert [track.name for track in timeline.tracks] == ["Picture", "Voice"]
