"""The timeline for editing programs against the cut it describes."""

from __future__ import annotations

import json
from dataclasses import asdict
from itertools import pairwise
from typing import Any

import pytest

from pipeline.cut.framing.window import Shot, Turn, Window, standing
from pipeline.cut.timeline import SceneCut, Timeline, lay_out
from pipeline.takeaway import otio_parts
from pipeline.takeaway.contents import timeline_of
from pipeline.takeaway.exchange import Framing, Source, as_otio
from tests.pipeline.takeaway import otio_file

otio: Any = otio_file.library(whole_module=True)

NARRATIONS_MS = {1: 3_000, 2: 4_700, 5: 6_010}
LAID_OUT = lay_out(
    [
        SceneCut(1, 5, "fade", NARRATIONS_MS[1]),
        SceneCut(7, 10, "none"),
        SceneCut(2, 5, "wipe_left", NARRATIONS_MS[2]),
        SceneCut(5, 5, "dissolve", NARRATIONS_MS[5]),
    ]
)


def read(
    timeline: Timeline, *, clip_ms: int = 5_040, music: bool = True, framings: dict[int, Framing] | None = None
) -> Any:
    text = written(timeline, clip_ms=clip_ms, music=music, framings=framings)
    return otio.adapters.read_from_string(text, "otio_json")


def written(
    timeline: Timeline, *, clip_ms: int = 5_040, music: bool = True, framings: dict[int, Framing] | None = None
) -> str:
    ids = [slot.scene_id for slot in timeline.slots]
    return as_otio(
        "A film",
        timeline,
        clips={number: Source(f"clips/{number}.mp4", f"Scene {number}", clip_ms) for number in ids},
        narrations={n: Source(f"narration/{n}.mp3", f"Scene {n}", NARRATIONS_MS[n]) for n in (1, 2, 5)},
        framings=framings,
        beside={"Music": Source("stems/music.wav", "Music", timeline.duration_s * 1000)} if music else {},
    )


def places(items: Any) -> list[tuple[float, float]]:
    found = [item.range_in_parent() for item in items]
    return [(place.start_time.value, place.duration.value) for place in found]


@pytest.mark.parametrize("clip_ms", [100, 1_000, 4_500, 5_040, 9_000, 12_000])
def test_every_scene_lies_where_its_slot_is(clip_ms: int) -> None:
    pictures, _, music = read(LAID_OUT, clip_ms=clip_ms).tracks
    found = places(pictures.find_clips())
    assert {slot.start for slot in LAID_OUT.slots} <= {start for start, _ in found}
    assert sum(frames for _, frames in found) == LAID_OUT.frames
    assert pictures.duration().value == music.duration().value == LAID_OUT.frames
    assert read(LAID_OUT).duration().rate == 30


@pytest.mark.parametrize("clip_ms", [100, 1_000, 4_000, 4_500, 5_000, 5_040, 5_300, 5_534, 8_000, 12_000])
def test_nothing_is_asked_of_a_file_beyond_its_end(clip_ms: int) -> None:
    """What a transition shows beyond its neighbours counts; a clip that stands still needs its one picture."""
    for track in read(LAID_OUT, clip_ms=clip_ms).tracks:
        items = list(track)
        for clip, following in zip(items, [*items[1:], None], strict=True):
            if isinstance(clip, otio.schema.Clip):
                beyond = following.out_offset.value if isinstance(following, otio.schema.Transition) else 0
                speed = clip.effects[0].time_scalar if clip.effects else 1.0
                begin, length = clip.source_range.start_time.value, clip.source_range.duration.value
                assert begin + (length + beyond) * speed <= clip.available_range().duration.value + 0.001
                assert length >= beyond


def test_a_clip_that_ends_before_its_scene_stands_still_as_in_the_film() -> None:
    """Five seconds in a slot of ten: slowed to 6.25, then its last picture."""
    pictures = read(LAID_OUT, clip_ms=5_000).tracks[0]
    slot = LAID_OUT.slots[1]
    moving, still = (clip for clip in pictures.find_clips() if clip.name == "Scene 7")
    assert (type(still.effects[0]), moving.effects[0].time_scalar) == (otio.schema.FreezeFrame, 0.8)
    assert moving.source_range.duration.value == int(5 * 30 / 0.8) - 8
    assert moving.source_range.duration.value + still.source_range.duration.value == slot.frames
    assert still.source_range.start_time.value == 149


def test_every_narration_lies_where_it_is_spoken_as_fast_as_it_is() -> None:
    _, voice, _ = read(LAID_OUT).tracks
    spoken = [slot for slot in LAID_OUT.slots if slot.narration_frames]
    assert [start for start, _ in places(voice.find_clips())] == [slot.narration_start for slot in spoken]
    for slot, (_, frames) in zip(spoken, places(voice.find_clips()), strict=True):
        assert frames == pytest.approx(NARRATIONS_MS[slot.scene_id] * 0.03 / slot.tempo)
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


def test_what_was_edited_on_the_timeline_lies_where_the_film_has_it() -> None:
    cuts = ((500, 1_000), (2_000, 2_250))
    scenes = [
        SceneCut(1, 5, "fade", NARRATIONS_MS[1], cuts=cuts, shift_s=0.5, dragged=120),
        SceneCut(2, 5, "none", NARRATIONS_MS[2], clip_from_s=0.4),
    ]
    timeline = lay_out(scenes)
    pictures, voice, _ = read(timeline, clip_ms=9_000).tracks
    assert sum(frames for _, frames in places(pictures.find_clips())) == timeline.frames == 120 + 150
    second = list(pictures.find_clips())[1]
    assert second.source_range.start_time.value == pytest.approx(12 + 8)
    parts = [clip for clip in voice.find_clips() if clip.name == "Scene 1"]
    assert [clip.source_range.start_time.value for clip in parts] == [0, 30, 67.5]
    assert sum(clip.source_range.duration.value for clip in parts) == pytest.approx(2_250 * 0.03)
    assert places(parts)[0][0] == timeline.slots[0].narration_start == 8 + 15
    assert timeline_of(json.loads(json.dumps(asdict(timeline)))) == timeline


def bounds(clip: Any) -> tuple[float, float, float, float]:
    found = clip.media_reference.available_image_bounds
    return found.min.x, found.min.y, found.max.x, found.max.y


@pytest.mark.parametrize(
    ("window", "frame", "expected"),
    [
        (standing("x", 81 / 256, 0.5), (720, 1280), (-16 / 9 * 337 / 512, -0.5, 16 / 9 * 175 / 512, 0.5)),
        (standing("x", 0.5, 0.25, fill="bars"), (720, 1280), (-9 / 16, -81 / 256, 9 / 16, 81 / 256)),
        (standing("x", 1.0, 0.0, fill="blur"), (720, 1280), (-9 / 32, -81 / 512, 9 / 32, 81 / 512)),
        (standing("y", 3 / 4, 0.0), (1280, 540), (-32 / 27, 1 / 2 - 4 / 3, 32 / 27, 1 / 2)),
    ],
)
def test_a_clip_of_another_shape_lies_in_the_frame_as_the_film_shows_it(
    window: Window, frame: tuple[int, int], expected: tuple[float, ...]
) -> None:
    """The bounds are worked out by hand."""
    framing = Framing(window, (1280, 720), frame)
    one, other = list(read(LAID_OUT, framings={1: framing}).tracks[0].find_clips())[:2]
    assert bounds(one) == pytest.approx(expected, abs=1e-5)
    told = one.effects[-1].metadata["pixora"]["window"]
    assert (one.effects[-1].effect_name, told["fill"], len(told["keys"])) == ("Transform", window.fill, 1)
    assert other.media_reference.available_image_bounds is None


def test_a_window_that_moves_is_told_at_every_moment_that_is_shown() -> None:
    window = Window("x", 0.3, (Shot(0.0, 0.1, 0.02, (Turn(1.0, 0.04),)),), 0.1, 0.7)
    (clip, *_) = read(LAID_OUT, framings={1: Framing(window, (1280, 720), (720, 1280))}).tracks[0].find_clips()
    speed, told = clip.effects[0].time_scalar, clip.effects[1].metadata["pixora"]["window"]["keys"]
    shown = clip.source_range
    assert told[0][0] <= shown.start_time.value
    assert told[-1][0] == pytest.approx(shown.start_time.value + (shown.duration.value + 8) * speed, abs=0.01)
    for (frame, place), (later, following) in pairwise(map(tuple, told)):
        middle = (frame + later) / 2
        assert (place + following) / 2 == pytest.approx(window.place_at(middle / 30), abs=0.0002)


@pytest.mark.parametrize("clip_ms", [100, 4_500, 9_000])
def test_the_formats_own_library_would_write_the_same(clip_ms: int) -> None:
    """Every schema that a film needs is in it, each with all of its fields."""
    framing = Framing(standing("x", 81 / 256, 0.5), (1280, 720), (720, 1280))
    text = written(LAID_OUT, clip_ms=clip_ms, framings={1: framing})
    again = otio.adapters.write_to_string(otio.adapters.read_from_string(text, "otio_json"), "otio_json")
    assert json.loads(text) == json.loads(again)
    if clip_ms == 100:
        schemas = {f"{part.SCHEMA}" for part in every_part()}
        assert {schema for schema in schemas if f'"{schema}"' in text} == schemas


def every_part() -> list[type[otio_parts.Part]]:
    named = [found for found in vars(otio_parts).values() if isinstance(found, type)]
    return [found for found in named if issubclass(found, otio_parts.Part) and hasattr(found, "SCHEMA")]
