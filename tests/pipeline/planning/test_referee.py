from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.planning import referee, take_warnings
from pipeline.planning.kinds import Kind
from pipeline.planning.referee import Delivered, Wanted

SIZE = (1280, 720)
CLIP, GOOD_CLIP = Wanted(Kind.CLIP, size=SIZE, seconds=5), Delivered(size=SIZE, seconds=5.04, unlike=0.1)
VOICE, GOOD_VOICE = Wanted(Kind.VOICE, speech_s=(1.0, 5.0)), Delivered(seconds=3, heard_s=2.5)
MUSIC, GOOD_MUSIC = Wanted(Kind.MUSIC, seconds=30), Delivered(seconds=12, heard_s=12)


def codes(wanted: Wanted, found: Delivered, *, own: bool = False) -> list[str]:
    return [fault.code for fault in referee.faults(wanted, found, own=own)]


@pytest.mark.parametrize(("wanted", "found"), [(CLIP, GOOD_CLIP), (VOICE, GOOD_VOICE), (MUSIC, GOOD_MUSIC)])
def test_what_is_as_it_should_be_is_not_accused(wanted: Wanted, found: Delivered) -> None:
    assert codes(wanted, found) == []


@pytest.mark.parametrize(
    ("wanted", "found", "defect"),
    [
        (CLIP, replace(GOOD_CLIP, black=True, still_part=1.0, unlike=0.9), "black"),
        (CLIP, replace(GOOD_CLIP, still_part=0.7), "frozen"),
        (CLIP, replace(GOOD_CLIP, flashes=6), "strobing"),
        (CLIP, replace(GOOD_CLIP, bars=(0.2, 0.0), unlike=0.6), "barred"),
        (CLIP, replace(GOOD_CLIP, size=(720, 720), unlike=0.6), "other_shape"),
        (CLIP, replace(GOOD_CLIP, unlike=0.8), "other_beginning"),
        (CLIP, replace(GOOD_CLIP, seconds=3.0), "too_short"),
        (CLIP, replace(GOOD_CLIP, sound=True), "unwanted_sound"),
        (VOICE, replace(GOOD_VOICE, silent=True, heard_s=0), "silent"),
        (VOICE, replace(GOOD_VOICE, heard_s=0.5), "other_words"),
        (VOICE, replace(GOOD_VOICE, heard_s=9.0), "other_words"),
        (MUSIC, replace(GOOD_MUSIC, seconds=1.0), "too_short"),
    ],
)
def test_each_defect_is_told_by_itself(wanted: Wanted, found: Delivered, defect: str) -> None:
    assert codes(wanted, found) == [defect]


def test_bars_that_were_asked_for_are_none() -> None:
    assert codes(replace(CLIP, has_bars=True), replace(GOOD_CLIP, bars=(0.24, 0.0))) == []
    assert referee.asks_for_bars("a chase, cinematic bars, 2.35:1")
    assert not referee.asks_for_bars("she opens the letter in a bar, boxes behind her")


def test_of_ones_own_material_only_what_is_surely_not_meant_is_told() -> None:
    assert codes(CLIP, replace(GOOD_CLIP, still_part=1.0, unlike=0.9, seconds=1.0), own=True) == []
    assert codes(CLIP, replace(GOOD_CLIP, black=True), own=True) == ["black"]


def test_a_sound_that_is_left_out_anyway_is_told_and_not_made_again() -> None:
    found = referee.faults(CLIP, replace(GOOD_CLIP, sound=True))
    assert not referee.is_faulty(found)
    assert referee.is_faulty(referee.faults(CLIP, replace(GOOD_CLIP, flashes=9)))


def test_a_text_has_room_for_slow_and_quick_voices() -> None:
    text = "Every morning the baker opens the door and lights the oven."
    least, most = referee.speech_range(text, text, "en")
    assert least < 2.2 < 4.6 < 7.0 < most
    assert least > 1.0 and most < 13.0  # noqa: PT018 - one range


@pytest.mark.parametrize(
    ("text", "syllables"),
    [
        ("ランプは港で静かに光り、番人は階段を上ります。", 30),
        ("株式会社東芝代表取締役社長", 25),
        ("東京国際空港", 12),
        ("コーヒーをお楽しみください。", 14),
        ("1964年、新幹線が開通し、東京と大阪は4時間で結ばれた。", 45),
    ],
)
def test_a_japanese_text_is_as_long_as_it_is_read(text: str, syllables: int) -> None:
    least, most = referee.speech_range(text, text, "ja")
    assert least < syllables / 9.5
    assert syllables / 4.2 < most, "whoever speaks slowly says some four in a second"
    assert most < syllables, "letters that are named one by one take longer"


def test_the_verdict_tells_whether_it_is_open() -> None:
    facts = {"faults": [{"code": "silent", "message": take_warnings.SILENT}]}
    assert referee.verdict({}) is None
    assert referee.verdict(facts) == {**facts, "kept": False, "charged": False}
    assert referee.verdict(referee.kept(facts)) == {**facts, "kept": True, "charged": False}
