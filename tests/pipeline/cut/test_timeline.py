from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.cut.narration_fit import MAX_TEMPO, Rhythm, slot_frames
from pipeline.cut.picture.transitions import KINDS
from pipeline.cut.timeline import SceneCut, lay_out

scenes = st.lists(
    st.builds(
        SceneCut,
        id=st.just(0),
        duration_s=st.sampled_from([5, 10]),
        transition=st.sampled_from(KINDS),
        narration_ms=st.integers(0, 25_000),
    ),
    min_size=1,
    max_size=60,
).map(lambda found: [SceneCut(place, *list(vars(scene).values())[1:]) for place, scene in enumerate(found, 1)])
rates = st.sampled_from([24, 25, 30, 50, 60])


@given(scenes, rates)
def test_slots_follow_each_other_and_add_up_to_the_film(script, fps):
    timeline = lay_out(script, fps=fps)
    assert timeline.slots[0].start == 0
    assert all(left.end == right.start for left, right in pairwise(timeline.slots))
    assert timeline.frames == timeline.slots[-1].end
    assert timeline.duration_s == timeline.frames / fps


@given(scenes, rates)
def test_pieces_cover_every_frame_of_the_film_once(script, fps):
    timeline = lay_out(script, fps=fps)
    shown: list[int] = []
    for place, slot in enumerate(timeline.slots):
        begin = slot.start - timeline.transition_frames // 2
        if slot.inner_left:
            before = timeline.slots[place - 1]
            assert before.start - timeline.transition_frames // 2 + before.frames == begin
            shown += range(begin, begin + timeline.transition_frames)
        shown += range(begin + slot.body_from, begin + slot.body_from + slot.body_frames)
    assert shown == list(range(timeline.frames))


@given(scenes, rates)
def test_bodies_and_handles_use_every_conformed_frame_but_the_unused_outer_ones(script, fps):
    timeline = lay_out(script, fps=fps)
    handle = timeline.transition_frames
    for slot in timeline.slots:
        into = set(range(handle)) if slot.inner_left else set()
        body = set(range(slot.body_from, slot.body_from + slot.body_frames))
        out_of = set(range(slot.frames, slot.frames + handle)) if slot.inner_right else set()
        unused = handle // 2 * (2 - slot.inner_left - slot.inner_right)
        assert len(into) + len(body) + len(out_of) == len(into | body | out_of)
        assert len(into | body | out_of) == slot.clip_frames - unused


@given(scenes, rates)
def test_a_narration_is_never_cut_and_never_meets_another(script, fps):
    rhythm = Rhythm.at(fps)
    timeline = lay_out(script, fps=fps)
    for scene, slot in zip(script, timeline.slots, strict=True):
        assert slot.narration_start == slot.start + rhythm.lead
        assert slot.narration_start + slot.narration_frames <= slot.end - rhythm.tail
        assert slot.narration_frames >= scene.narration_ms / slot.tempo * fps / 1000 - 0.001
        assert 1.0 <= slot.tempo <= MAX_TEMPO


@given(scenes, rates)
def test_only_slots_whose_narration_does_not_fit_are_longer_than_asked(script, fps):
    timeline = lay_out(script, fps=fps)
    for scene, slot in zip(script, timeline.slots, strict=True):
        rhythm = Rhythm.at(fps)
        room_ms = (scene.duration_s * fps - rhythm.lead - rhythm.tail) * 1000 / fps
        if scene.narration_ms <= room_ms * MAX_TEMPO - 1:
            assert slot.frames == scene.duration_s * fps
        if scene.narration_ms > room_ms * MAX_TEMPO + 1:
            assert slot.frames > scene.duration_s * fps
            assert slot.tempo == 1.0
        if scene.narration_ms <= room_ms:
            assert slot.tempo == 1.0


@given(scenes, rates)
def test_the_plan_sees_the_same_slot_from_one_scene_alone(script, fps):
    timeline = lay_out(script, fps=fps)
    alone = [slot_frames(scene.duration_s, scene.narration_ms, fps) for scene in script]
    assert alone == [(slot.frames, slot.tempo) for slot in timeline.slots]


def test_thirty_seconds_are_nine_hundred_frames():
    timeline = lay_out([SceneCut(n, 5, "fade", 4_000) for n in range(1, 7)])
    assert timeline.frames == 900
    assert timeline.transition_frames == 16
    assert [slot.body_frames for slot in timeline.slots] == [142, 134, 134, 134, 134, 142]
    assert {slot.clip_frames for slot in timeline.slots} == {166}


@pytest.mark.parametrize(
    ("narration_ms", "frames", "tempo"),
    [(0, 150, 1.0), (4_400, 150, 1.0), (4_401, 150, 1.0003), (5_060, 150, 1.15), (5_061, 170, 1.0), (9_000, 288, 1.0)],
)
def test_a_narration_is_sped_up_before_its_slot_grows(narration_ms, frames, tempo):
    assert slot_frames(5, narration_ms) == (frames, tempo)


def test_transitions_have_an_even_length_at_every_rate():
    assert [Rhythm.at(fps).transition for fps in (24, 25, 30, 50, 60)] == [12, 14, 16, 26, 32]


def test_a_group_lies_where_its_scenes_lie():
    timeline = lay_out([SceneCut(7, 5), SceneCut(2, 10), SceneCut(9, 5)])
    assert vars(timeline.stretch([2, 9])) == {"start": 150, "frames": 450}
