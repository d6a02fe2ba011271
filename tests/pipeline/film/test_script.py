from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from pipeline.film.script import (
    TRANSITIONS,
    CharacterProfile,
    Script,
    narration_length,
    narration_limit,
    parse_script,
    slug_of,
    violations,
    warnings,
)
from pixora.foundation.errors import NotFound, ScriptInvalid
from tests.pipeline.scripts import script

Spoil = Callable[[dict[str, Any]], Any]


def scene(number: int, **changes: Any) -> dict[str, Any]:
    return {
        "id": number,
        "index": number,
        "title": f"Scene {number}",
        "script": f"This is scene {number}.",
        "image_prompt": "a fox in the snow",
        "video_prompt": "slow push in",
        "transition": "fade",
        "duration": 5,
        "characters": ["Mia"],
        **changes,
    }


def content(scenes: int = 3) -> dict[str, Any]:
    return {
        "user_prompt": "A film about a fox",
        "rewritten_prompt": "Create a warm film about a fox",
        "voice_character": "",
        "character_consistency": True,
        "music": [
            {"prompt": "soft piano", "scene_indexes": [1, 2]},
            {"prompt": "warm strings", "scene_indexes": list(range(3, scenes + 1))},
        ],
        "character_profiles": [{"name": "Mia", "image_prompt": "a girl with a red scarf"}],
        "clips": [{"scene": scene(number)} for number in range(1, scenes + 1)],
        "expected_duration": 5 * scenes,
        "style": "cinematic",
        "aspect_ratio": "16:9",
        "language": "en",
        "voice": "Rachel",
    }


def in_scene(place: int, **changes: Any) -> Spoil:
    return lambda data: data["clips"][place]["scene"].update(changes)


def at_top(**changes: Any) -> Spoil:
    return lambda data: data.update(changes)


def broken(data: Any) -> list[tuple[str, str]]:
    with pytest.raises(ScriptInvalid) as caught:
        parse_script(data)
    return [(violation.field, violation.message) for violation in caught.value.violations]


def test_a_good_script_is_read_and_written_without_a_change() -> None:
    script = parse_script(content())
    assert violations(script) == () == warnings(script)
    assert json.loads(script.model_dump_json()) == content()


def test_the_voice_sample_may_be_missing() -> None:
    data = content()
    del data["voice_character"]
    assert parse_script(data).voice_character == ""


@pytest.mark.parametrize(
    ("spoil", "field", "message"),
    [
        (in_scene(1, duration=2), "clips[1].scene.duration", "must be at least 3, not 2"),
        (in_scene(1, duration=16), "clips[1].scene.duration", "must be at most 15, not 16"),
        (in_scene(1, duration="5"), "clips[1].scene.duration", 'must be a whole number, not "5"'),
        (in_scene(1, duration=10), "expected_duration", "is 15 s, but the scenes last 20 s together"),
        (at_top(expected_duration=20), "expected_duration", "is 20 s, but the scenes last 15 s together"),
        (at_top(expected_duration=17), "expected_duration", "is 17 s, but the scenes last 15 s together"),
        (at_top(expected_duration=0), "expected_duration", "must be at least 3, not 0"),
        (at_top(expected_duration=305), "expected_duration", "must be at most 300, not 305"),
        (at_top(expected_duration=True), "expected_duration", "must be a whole number, not true"),
        (in_scene(0, index=2), "clips[0].scene.index", "must be 1, its place in the film, not 2"),
        (in_scene(0, index=True), "clips[0].scene.index", "must be a whole number, not true"),
        (in_scene(0, index=1.5), "clips[0].scene.index", "must be a whole number, not 1.5"),
        (in_scene(2, id=1), "clips[2].scene.id", "1 is already the id of clips[0].scene"),
        (in_scene(2, id=0), "clips[2].scene.id", "must be at least 1, not 0"),
        (in_scene(2, id=-4), "clips[2].scene.id", "must be at least 1, not -4"),
        (in_scene(1, transition="spin"), "clips[1].scene.transition", 'not "spin"'),
        (in_scene(1, characters=["Bob"]), "clips[1].scene.characters[0]", '"Bob" has no entry in character_profiles'),
        (in_scene(1, characters=["Mia", "mia"]), "clips[1].scene.characters[1]", "named twice"),
        (in_scene(1, characters=None), "clips[1].scene.characters", "must be a list, not null"),
        (in_scene(1, title="x" * 121), "clips[1].scene.title", "at most 120 characters, this has 121"),
        (in_scene(1, title=" "), "clips[1].scene.title", "must not be empty"),
        (in_scene(1, script="x" * 1001), "clips[1].scene.script", "at most 1000 characters"),
        (in_scene(1, image_prompt="x" * 4001), "clips[1].scene.image_prompt", "at most 4000 characters"),
        (in_scene(1, video_prompt=""), "clips[1].scene.video_prompt", "must not be empty"),
        (in_scene(1, script="a\x00b"), "clips[1].scene.script", "holds a NUL character"),
        (in_scene(1, script="\ud83d"), "clips[1].scene.script", "not valid text"),
        (in_scene(1, script=5), "clips[1].scene.script", "must be text, not 5"),
        (in_scene(1, mood="sad"), "clips[1].scene.mood", "is unknown here; remove it"),
        (lambda data: data["clips"][1]["scene"].pop("title"), "clips[1].scene.title", "is missing"),
        (lambda data: data["clips"][1].clear(), "clips[1].scene", "is missing"),
        (lambda data: data["clips"].insert(1, 3), "clips[1]", "must be an object, not 3"),
        (at_top(clips=[]), "clips", "needs at least 1 entry"),
        (at_top(clips={}), "clips", "must be a list, not an object"),
        (lambda data: data["clips"].extend(data["clips"] * 20), "clips", "at most 60 entries"),
        (at_top(music=[{"prompt": "a", "scene_indexes": [1, 3]}, {"prompt": "b", "scene_indexes": [2]}]),
         "music[0].scene_indexes", "must be consecutive scenes in order"),
        (at_top(music=[{"prompt": "a", "scene_indexes": [1, 2, 3]}, {"prompt": "b", "scene_indexes": [3]}]),
         "music[1].scene_indexes", "names scene 3, which music[0] already has"),
        (at_top(music=[{"prompt": "a", "scene_indexes": [1, 2]}]), "music", "scene 3 is in no group"),
        (at_top(music=[{"prompt": "a", "scene_indexes": [1, 2, 3, 4]}]), "music[0].scene_indexes", "scenes 1 to 3"),
        (at_top(music=[{"prompt": "a", "scene_indexes": [1, 2, 2, 3]}]), "music[0].scene_indexes", "consecutive"),
        (at_top(music=[{"prompt": "a", "scene_indexes": []}]), "music[0].scene_indexes", "needs at least 1 entry"),
        (at_top(music=[]), "music", "needs at least 1 entry"),
        (lambda data: data["character_profiles"].append({"name": " mia!", "image_prompt": "x"}),
         "character_profiles[1].name", "too like the name of character_profiles[0]"),
        (at_top(character_profiles=[{"name": f"N{n}", "image_prompt": "x"} for n in range(9)]),
         "character_profiles", "at most 8 entries"),
        (at_top(character_consistency=1), "character_consistency", "must be true or false, not 1"),
        (at_top(aspect_ratio="2:1"), "aspect_ratio", 'not "2:1"'),
        (at_top(language="xx"), "language", 'not "xx"'),
        (at_top(voice="Bob"), "voice", "must be one of Rachel"),
        (at_top(style=""), "style", "must not be empty"),
        (at_top(user_prompt="x" * 8001), "user_prompt", "at most 8000 characters, this has 8001"),
        (at_top(extra=1), "extra", "is unknown here; remove it"),
    ],
)  # fmt: skip
def test_each_broken_rule_is_told_with_its_field(spoil: Spoil, field: str, message: str) -> None:
    data = content()
    spoil(data)
    assert any(field == found and message in said for found, said in broken(data))


def test_one_wrong_value_is_told_once() -> None:
    data = content()
    in_scene(1, duration=7)(data)
    assert len(broken(data)) == 1


def test_all_violations_are_told_at_once_of_structure_and_rules() -> None:
    data = content()
    in_scene(0, duration=77, transition="spin", id=3)(data)
    in_scene(1, characters=["Bob"])(data)
    at_top(voice=5, music=[{"prompt": "", "scene_indexes": [1, 3]}])(data)
    assert {field for field, _ in broken(data)} == {
        "clips[0].scene.duration", "clips[0].scene.transition", "clips[2].scene.id", "clips[1].scene.characters[0]",
        "voice", "music[0].prompt", "music[0].scene_indexes", "music",
    }  # fmt: skip


@pytest.mark.parametrize("data", [{}, {"clips": None}, {"clips": [{"scene": 5}], "music": "x"}, [], "script", None])
def test_anything_that_is_no_script_is_refused_and_not_crashed_on(data: Any) -> None:
    assert broken(data)


def test_a_refusal_is_one_line_that_begins_with_the_first_field() -> None:
    data = content()
    in_scene(1, duration=16)(data)
    with pytest.raises(ScriptInvalid) as caught:
        parse_script(data)
    assert caught.value.message == "clips[1].scene.duration: must be at most 15, not 16"
    assert (caught.value.code, caught.value.field) == ("invalid", "clips[1].scene.duration")


def test_a_long_wrong_value_is_not_repeated_in_full() -> None:
    data = content()
    at_top(aspect_ratio="x" * 5_000, **{"k" * 5_000: 1})(data)
    assert all(len(field) + len(message) < 200 for field, message in broken(data))


def test_the_rules_hold_for_a_script_changed_in_code() -> None:
    script = parse_script(content())
    scenes = [clip.model_copy(update={"scene": clip.scene.model_copy(update={"id": 1})}) for clip in script.clips]
    fields = [violation.field for violation in violations(script.model_copy(update={"clips": scenes}))]
    assert fields == ["clips[1].scene.id", "clips[2].scene.id"]


def test_every_transition_is_allowed() -> None:
    for transition in TRANSITIONS:
        data = content()
        in_scene(1, transition=transition)(data)
        assert parse_script(data).scenes[1].transition == transition


def test_ids_stay_when_scenes_move() -> None:
    data = content()
    for place, scene_id in enumerate((7, 2, 4)):
        in_scene(place, id=scene_id)(data)
    script = parse_script(data)
    assert script.group_scene_ids(script.music[0]) == (7, 2)
    assert script.scene_by_id(4).index == 3
    with pytest.raises(NotFound, match="no scene 3"):
        script.scene_by_id(3)


def test_a_scene_knows_its_characters_by_slug_in_the_profiles_order() -> None:
    data = content()
    data["character_profiles"].insert(0, {"name": "Zoë", "image_prompt": "a robot"})
    in_scene(0, characters=["MIA", "zoe"])(data)
    script = parse_script(data)
    assert [profile.name for profile in script.characters_of(script.scenes[0])] == ["Zoë", "Mia"]


@pytest.mark.parametrize(
    ("name", "slug"),
    [("Mia", "mia"), ("Zoë Müller", "zoe-muller"), ("  R2-D2! ", "r2-d2"), ("x" * 90, "x" * 40), ("../etc", "etc")],
)
def test_a_slug_is_the_ascii_of_a_name(name: str, slug: str) -> None:
    assert CharacterProfile(name=name, image_prompt="x").slug == slug


def test_a_name_without_ascii_has_a_short_slug_of_its_own() -> None:
    assert slug_of("小狐") == slug_of(" 小狐 ") != slug_of("小猫")
    assert slug_of("小狐").isascii()
    assert len(slug_of("🦊")) == 10


@pytest.mark.parametrize(
    ("text", "language", "length"),
    [
        ("one two three", "en", 3),
        ("well — yes, indeed", "en", 3),
        ("  ", "en", 0),
        ("今天，我们来聊聊太空。", "zh", 9),
        ("l'océan est là", "fr", 3),
        ("In 1961, 21 of 108 metres", "en", 10),
        ("over 3,800 years", "en", 5),
    ],
)
def test_narration_is_measured_in_spoken_words_or_letters(text: str, language: str, length: int) -> None:
    assert narration_length(text, language) == length


def test_narration_limits_are_those_of_the_protocol() -> None:
    assert [narration_limit(5, "en"), narration_limit(10, "en")] == [10, 22]
    assert [narration_limit(5, "zh"), narration_limit(10, "zh")] == [22, 47]


def script_saying(words: int, duration: int) -> Script:
    data = content()
    in_scene(0, script=" ".join(["word"] * words), duration=duration)(data)
    at_top(expected_duration=10 + duration)(data)
    return parse_script(data)


@pytest.mark.parametrize(
    ("words", "duration", "fix"),
    [
        (11, 5, "11 words do not fit 5 s, which have room for 10; drop 1 words or let the scene last 10 s"),
        (30, 5, "drop 20 words"),
        (23, 10, "drop 1 words or split the scene"),
    ],
)
def test_narration_that_will_not_fit_is_a_warning_with_a_fix(words: int, duration: int, fix: str) -> None:
    (warning,) = warnings(script_saying(words, duration))
    assert warning.field == "clips[0].scene.script"
    assert fix in warning.message


def test_narration_that_just_fits_is_no_warning() -> None:
    assert warnings(script_saying(10, 5)) == () == warnings(script_saying(22, 10))


def test_characters_that_will_not_be_seen_are_a_warning() -> None:
    data = content()
    data["character_profiles"].append({"name": "Bob", "image_prompt": "x"})
    assert [warning.field for warning in warnings(parse_script(data))] == ["character_profiles[1].name"]


def test_consistency_without_anyone_to_keep_is_a_warning() -> None:
    data = content()
    at_top(character_profiles=[])(data)
    for place in range(3):
        in_scene(place, characters=[])(data)
    assert [warning.field for warning in warnings(parse_script(data))] == ["character_profiles"]


def test_an_address_of_a_voice_is_kept_and_said_not_to_be_read() -> None:
    data = script(1, voice_character="https://example.com/voice_sample.wav").model_dump()
    [told] = [each for each in warnings(parse_script(data)) if each.field == "voice_character"]
    assert "Rachel speaks instead" in told.message
    data["voice_character"] = "voice_" + "a" * 16
    assert "voice_character" not in [each.field for each in warnings(parse_script(data))]
