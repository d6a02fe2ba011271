"""Tests of who says what: in scenes, in screenplays that are pasted, in prompts that quote people, and with which
voice."""

from __future__ import annotations

import pytest

from pipeline.film.cast_voices import cast_voices, voice_of
from pipeline.film.dialogue import label, said_in
from pipeline.film.own_words.reading import read_source
from pipeline.film.own_words.slots import fitted
from pipeline.film.quoted_speech import quoted_speech
from pipeline.film.script import parse_script, spoken_length_s, warnings
from pipeline.film.script_edits import with_character
from pipeline.film.voices import BY_NAME
from pipeline.providers.base import ScriptRequest
from pipeline.providers.local.writing.own_words import script_of
from pipeline.providers.local.writing.writer import write_script
from tests.pipeline.scripts import scene, script

SCREENPLAY = """INT. KITCHEN - NIGHT

Mia stands at the window.

MIA
Is anybody there?

TOM (V.O.)
Nobody but the sea.

NARRATOR
And so they waited.

EXT. HARBOUR - DAY

TOM
(smiling)
You came back! I waited for nine years, and every single morning I looked at the sea, and every evening too.

MIA
Of course.
"""
WORDS = (
    "Is anybody there? Nobody but the sea. And so they waited. You came back! I waited for nine years, and every single"
    " morning I looked at the sea, and every evening too. Of course."
)


def test_a_scene_says_its_narration_first_and_then_its_lines() -> None:
    lines = [{"speaker": "Mia", "text": "Hello."}, {"speaker": "", "text": "— …"}, {"speaker": "Tom", "text": "Hi."}]
    said = said_in(script([scene(1, lines=lines)]).scenes[0])
    assert [(one.place, one.speaker) for one in said] == [(0, ""), (1, "Mia"), (3, "Tom")]
    assert [label("Mia", ""), label("mia", "Mia"), label("", "Mia")] == ["MIA: ", "", "– "]


def test_without_lines_a_script_is_written_as_it_was() -> None:
    written = script([scene(1, lines=[])], character_profiles=[{"name": "Mia", "image_prompt": "x", "voice": ""}])
    content = written.model_dump(mode="json")
    assert "lines" not in content["clips"][0]["scene"]
    assert "voice" not in content["character_profiles"][0]
    assert parse_script(content) == written


def test_lines_that_do_not_fit_are_told_before_anything_is_paid() -> None:
    lines = [{"speaker": "Mia", "text": "This is a long sentence about nothing much at all, really."}] * 2
    crowded = script([scene(1, lines=lines)])
    (warning,) = warnings(crowded)
    assert warning.field == "clips[0].scene.lines"
    assert "28 words of narration and lines do not fit 5 s" in warning.message
    assert spoken_length_s(crowded) > 10


def test_everybody_has_a_voice_that_stays() -> None:
    cast = [
        {"name": "Mia", "image_prompt": "A young woman", "voice": "Laura"},
        {"name": "Tom", "image_prompt": "An old man with a beard"},
    ]
    lines = [{"speaker": name, "text": "Hello."} for name in ("Mia", "Tom", "Zoë", "")]
    film = script([scene(1, lines=lines)], character_profiles=cast)
    voices = cast_voices(film)
    assert voices["mia"] == "Laura"
    assert BY_NAME[voices["tom"]].gender == "man"
    assert len({*voices.values(), film.voice}) == 4
    assert voice_of(film, "") == film.voice
    more = script([scene(1, lines=[*lines, {"speaker": "Ben", "text": "Hi."}])], character_profiles=cast)
    assert {**cast_voices(more), **voices} == cast_voices(more)


def test_a_character_with_another_name_still_says_its_lines() -> None:
    film = script(
        [scene(1, lines=[{"speaker": "Mia", "text": "Hello."}])],
        character_profiles=[{"name": "Mia", "image_prompt": "A young woman"}],
    )
    renamed = parse_script(with_character(film.model_dump(), "mia", new_name="Ana", voice="Alice"))
    assert renamed.scenes[0].lines[0].speaker == "Ana"
    assert voice_of(renamed, "Ana") == "Alice"


@pytest.mark.parametrize("mode", ["verbatim", "condensed"])
def test_a_screenplay_keeps_every_word_and_who_says_it(mode: str) -> None:
    request = ScriptRequest(SCREENPLAY, 60, "16:9", "noir", "en", "Rachel", False, 1, source_mode=mode)
    scenes = (script_of(request) or script(1)).scenes
    said = [(one.speaker, one.text) for each in scenes for one in said_in(each)]
    assert " ".join(text for _, text in said) == WORDS
    assert [name for name, _ in said][:3] == ["Mia", "Tom", ""]
    assert said[-1] == ("Mia", "Of course.")


def test_slots_part_the_words_but_never_who_says_them() -> None:
    slots = fitted(read_source(SCREENPLAY), "en").slots
    assert " ".join(slot.words for slot in slots) == WORDS
    assert all(slot.words == " ".join([*([slot.narration] * bool(slot.narration)), *(t.words for t in slot.lines)])
               for slot in slots)  # fmt: skip


@pytest.mark.parametrize(
    ("prompt", "said", "rest"),
    [
        (
            'A film where Mia says "Hello there" and Tom answers "Go away!" at the harbour',
            [("Mia", "Hello there"), ("Tom", "Go away!")],
            "A film about Mia and Tom at the harbour",
        ),
        (
            'A girl meets a fox. Mia asks: "Are you lost?" The fox replies: "No, I live here."',
            [("Mia", "Are you lost?"), ("Fox", "No, I live here.")],
            "A girl meets a fox.",
        ),
        ('A man walks by the sea and says "I am free."', [("Man", "I am free.")], "A man walks by the sea"),
        ("Anna sagt: „Komm!“ Ben antwortet: „Es ist kalt.“", [("Anna", "Komm!"), ("Ben", "Es ist kalt.")], ""),
        (
            'The fox asks "Who?" and the old bear says "Me."',
            [("Fox", "Who?"), ("Bear", "Me.")],
            "The fox and the old bear",
        ),
        ('A sign says "Open". End with the slogan "Wake up slow."', [], None),
        ('The narrator says "Once upon a time"', [], None),
    ],
)
def test_people_whom_a_prompt_quotes_say_it_themselves(
    prompt: str, said: list[tuple[str, str]], rest: str | None
) -> None:
    turns, left = quoted_speech(prompt)
    assert [(turn.speaker, turn.words) for turn in turns] == said
    assert left == (prompt if rest is None else rest)


def test_the_local_writer_writes_lines_only_where_a_prompt_quotes_people() -> None:
    request = ScriptRequest('Mia asks "Who are you?" and a fox says "A friend."', 20, "16:9", "noir", "en", "Rachel",
                            False, 1)  # fmt: skip
    lines = [line for each in write_script(request).scenes for line in each.lines]
    assert [(line.speaker, line.text) for line in lines] == [("Mia", "Who are you?"), ("Fox", "A friend.")]
    plain = ScriptRequest("A fox in the snow", 20, "16:9", "noir", "en", "Rachel", False, 1)
    assert not any(each.lines for each in write_script(plain).scenes)
