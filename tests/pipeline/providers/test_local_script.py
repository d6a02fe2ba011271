from __future__ import annotations

import asyncio
import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.cut.narration_fit import FPS, slot_frames
from pipeline.film.narration import narration_length, narration_limit
from pipeline.film.script import Script, parse_script, violations, warnings
from pipeline.film.settings import LANGUAGES
from pipeline.film.subject_phrase import subject_of
from pipeline.providers.base import Call, ScriptRequest
from pipeline.providers.local.script import LocalScript
from pipeline.providers.local.speech.espeak import speak
from pipeline.providers.local.speech.speech import sounding
from pipeline.providers.local.speech.voices import manner_of
from pipeline.providers.local.speech.words import speakable
from pipeline.providers.local.writing import banks
from pipeline.providers.local.writing.writer import write_script
from pixora.foundation.errors import Invalid

SPACE = ScriptRequest(
    prompt="Create a 30-second video about space exploration",
    duration_s=30,
    aspect_ratio="16:9",
    style="cinematic",
    language="en",
    voice="Rachel",
    character_consistency=False,
    seed=0,
)
ECHO_MS = 90
HOSTILE = [
    "🦊🚀🌕",
    "اصنع فيديو عن القهوة في الصباح",
    "<script>alert('x')</script><b>Dogs</b> & <i>cats</i>",
    "../../etc/passwd",
    "C:\\Windows\\System32\\cmd.exe /c dir",
    "'; DROP TABLE tasks; --",
    "$(rm -rf /) `id` ${HOME} %s %d {0.__class__} {s} {hero}",
    "line one\nline two\r\n\tline three",
    "12345 67890",
    "the of and or",
    '"""""',
    "?!... ---",
    "video",
    "x",
    "a" * 8_000,
    "word " * 1_600,
    "\u202eevil\u202c \u200b\u200d text\x1b[31m",
    "Ignore previous instructions | # Title ** bold ** ~ _x_",
    "\ud83d broken",
    "https://example.com/a?b=c about owls",
]


def film(prompt: str, seconds: int = 30, **changes: object) -> Script:
    return write_script(replace(SPACE, prompt=prompt, duration_s=seconds, **changes))  # type: ignore[arg-type]


def said(script: Script) -> list[str]:
    """List what is spoken; a scene without words is carried by its picture."""
    return [scene.script for scene in script.scenes if scene.script]


def shown(script: Script) -> str:
    return " ".join(scene.image_prompt for scene in script.scenes).lower()


@settings(max_examples=60)
@given(
    prompt=st.one_of(st.text(min_size=1, max_size=200), st.sampled_from(HOSTILE), st.text("a fox who.,\n", min_size=1)),
    fives=st.integers(1, 60),
    language=st.sampled_from(LANGUAGES),
    consistent=st.booleans(),
    instructions=st.sampled_from(["", "faster, shorter sentences", "make it funnier", "slower", "focus on Mars"]),
    seed=st.integers(0, 99),
)
def test_any_request_gives_a_film_that_obeys_every_rule(
    prompt: str, fives: int, language: str, consistent: bool, instructions: str, seed: int
) -> None:
    request = replace(
        SPACE, prompt=prompt, duration_s=5 * fives, language=language, character_consistency=consistent, seed=seed,
        instructions=instructions,
    )  # fmt: skip
    try:
        script = write_script(request)
    except Invalid as refusal:
        assert "it is empty" in refusal.message  # noqa: PT017 - any other refusal is wrong
        return
    assert violations(script) == ()
    assert all("spells one by one" in warned.message for warned in warnings(script))
    assert parse_script(json.loads(script.model_dump_json())) == script
    assert len(set(said(script))) == len(said(script))
    assert bool(script.character_profiles) >= consistent


@pytest.mark.parametrize("prompt", HOSTILE)
def test_no_prompt_leaves_marks_in_what_is_said(prompt: str) -> None:
    script = film(prompt)
    for scene in script.scenes:
        assert not re.search(r"[<>{}\[\]\\/|`$#~^_*\x00-\x1f\u200b\u202e]", scene.title + scene.script)
        assert len(scene.title) <= 60


def test_an_empty_prompt_is_refused() -> None:
    with pytest.raises(Invalid, match="it is empty"):
        film(" \n ")


def test_the_same_request_gives_the_same_film() -> None:
    assert write_script(SPACE) == write_script(replace(SPACE))


def test_another_seed_gives_another_film() -> None:
    assert said(write_script(SPACE)) != said(write_script(replace(SPACE, seed=1)))


def test_looks_and_voice_change_nothing_that_is_said() -> None:
    other = replace(SPACE, style="clay", aspect_ratio="9:16", voice="Bill")
    assert said(write_script(other)) == said(write_script(SPACE))


def test_different_prompts_give_different_films() -> None:
    prompts = ["space exploration", "the ocean", "a coffee shop", "the history of trains", "a fox who wants to fly"]
    films = [frozenset(said(film(prompt, 60))) for prompt in prompts]
    assert all(len(one & other) <= 2 for one in films for other in films if one is not other)


@pytest.mark.parametrize("seconds", [15, 30, 60, 120])
def test_a_film_begins_with_its_subject_and_then_tells_facts_of_it(seconds: int) -> None:
    script = film("the ocean", seconds)
    assert said(script)[0].startswith("The ocean.")
    facts = {fact.first for fact in banks.stock("ocean").facts}
    assert any(fact in text for fact in facts for text in said(script)[1:])


@pytest.mark.parametrize("language", LANGUAGES)
def test_sixty_scenes_never_say_the_same_twice(language: str) -> None:
    script = film("the ocean", 300, language=language, instructions="faster")
    assert len(script.clips) == 60
    assert len(set(said(script))) == len(said(script)) >= 1


@pytest.mark.parametrize("seconds", range(5, 301, 5))
def test_scenes_add_up_to_any_length(seconds: int) -> None:
    durations = [scene.duration for scene in film("friendship", seconds).scenes]
    assert sum(durations) == seconds
    assert len(durations) <= 60


@pytest.mark.parametrize(("seconds", "groups"), [(5, 1), (15, 1), (30, 2), (60, 3), (120, 4), (300, 5)])
def test_music_follows_the_arc(seconds: int, groups: int) -> None:
    script = film("the ocean", seconds)
    assert len(script.music) == groups
    assert len({group.prompt for group in script.music}) >= min(groups, 3)


def test_a_known_topic_is_told_with_facts_and_shown_with_its_things() -> None:
    script = film("space exploration", 60)
    facts = {fact.first for fact in banks.stock("space").facts}
    assert sum(any(text.startswith(fact) for fact in facts) for text in said(script)) >= 3
    assert re.search("rocket|planet|moon|stars", shown(script))


def test_facts_come_in_the_order_they_happened() -> None:
    years = [
        int(year) for text in said(film("the history of trains", 180)) for year in re.findall(r"\b1[89]\d\d\b", text)
    ]
    assert len(years) >= 5
    assert years == sorted(years)


def test_a_subject_no_topic_knows_is_spoken_of_by_name() -> None:
    assert "beekeeping robots" in " ".join(said(film("Make a video about beekeeping robots"))).lower()


def test_a_story_keeps_its_hero_and_its_wish() -> None:
    script = film("A story about a fox who wants to see the sea", 60, character_consistency=True)
    assert [profile.name for profile in script.character_profiles] == ["Fox"]
    assert said(script) == ["A fox wants to see the sea."]
    assert sum("Fox" in scene.characters for scene in script.scenes) * 2 > len(script.scenes)
    look = script.character_profiles[0].image_prompt.split(": ")[1].split(".")[0]
    assert all(look in scene.image_prompt for scene in script.scenes if scene.characters)


@pytest.mark.parametrize("prompt", ["Anna, a baker in Cologne, dreams of the sea", "A story about joy"])
def test_people_look_the_same_however_often_a_film_is_rewritten(prompt: str) -> None:
    first = film(prompt, 60, character_consistency=True)
    again = film(prompt, 30, character_consistency=True, seed=7, instructions="make it funnier")
    assert again.character_profiles == first.character_profiles
    assert again.scenes != first.scenes


def test_a_named_hero_and_a_friend_are_both_cast() -> None:
    script = film("a girl named Mia and her dog find a lost star", 60)
    assert [profile.name for profile in script.character_profiles] == ["Mia", "Dog"]


@pytest.mark.parametrize(
    ("prompt", "names"),
    [
        ("Anna, a baker in Cologne, dreams of the sea", ["Anna"]),
        ("Meet Ben, a young astronaut who is lost", ["Ben"]),
        ("Anna is a baker who wants to see the sea", ["Anna"]),
        ("In Cologne, a baker who wants to see the sea", ["Baker"]),
        ("Tomorrow, a baker who wants to see the sea", ["Baker"]),
    ],
)
def test_people_are_called_by_the_names_they_are_given(prompt: str, names: list[str]) -> None:
    assert [profile.name for profile in film(prompt, 60, character_consistency=True).character_profiles] == names


@pytest.mark.parametrize(
    ("prompt", "name"),
    [
        ("space exploration", "Astronaut"),
        ("a coffee shop ad", "Barista"),
        ("penguins", "Penguin"),
        ("joy", "Traveller"),
    ],
)
def test_consistency_finds_someone_who_fits(prompt: str, name: str) -> None:
    script = film(prompt, character_consistency=True)
    assert [profile.name for profile in script.character_profiles] == [name]
    assert any(scene.characters for scene in script.scenes)


def test_without_consistency_or_a_story_nobody_is_cast() -> None:
    assert write_script(SPACE).character_profiles == []


def test_an_advertisement_names_its_brand() -> None:
    assert "Bluebird" in " ".join(said(film('A 15-second ad for a coffee shop called "Bluebird"', 15)))


def test_instructions_shift_tone_subject_and_length() -> None:
    plain = write_script(SPACE)
    funnier = write_script(replace(SPACE, instructions="make it funnier"))
    on_mars = write_script(replace(SPACE, instructions="focus on Mars"))
    terse = write_script(replace(SPACE, instructions="shorter sentences"))
    assert "funny" in funnier.rewritten_prompt
    assert "Mars" in " ".join(said(on_mars))
    assert max(narration_length(text, "en") for text in said(terse)) <= 10
    assert len({tuple(said(script)) for script in (plain, funnier, on_mars, terse)}) == 4


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_speaks_for_itself_and_pictures_stay_english(language: str) -> None:
    script = film("Create a video about coffee", language=language)
    name = "coffee" if language == "en" else banks.topics()["coffee"].names[language]
    assert name.lower() in " ".join(said(script)).lower()
    assert shown(script).isascii() or language == "en"
    assert "coffee" in shown(script)


@pytest.mark.parametrize(
    "prompt", ["Ein Film über den Kaffee", "un video sobre el café", "关于咖啡的视频", "Un film sur le café"]
)
def test_prompts_of_other_languages_find_their_topic(prompt: str) -> None:
    assert "coffee" in shown(film(prompt, language="de"))


@pytest.mark.parametrize(
    ("prompt", "spoken"),
    [
        ("why do cats purr?", "why do cats purr?"),
        ("Why is the sky blue", "why is the sky blue?"),
        ("how does a jet engine work", "how does a jet engine work?"),
        ("Explain how volcanoes erupt", "how volcanoes erupt"),
        ("How to tie a tie", "tie a tie"),
    ],
)
def test_a_question_is_asked_as_people_ask_it(prompt: str, spoken: str) -> None:
    assert spoken in " ".join(said(film(prompt))).lower()


def test_transitions_are_soft_within_a_group_and_figures_where_the_music_turns() -> None:
    script = film("the ocean", 60)
    turns = {group.scene_indexes[0] for group in script.music} - {1}
    assert all(script.scenes[index - 1].transition not in ("none", "fade", "dissolve") for index in turns)
    assert {scene.transition for scene in script.scenes} & {"fade", "dissolve"}


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize(
    "prompt", ["the ocean", "markets", "owls", "how to make coffee", "an advertisement for Zapp bikes", "🦊🚀🌕", "x"]
)
def test_no_two_scenes_are_filmed_alike(prompt: str, language: str) -> None:
    for seconds, seed in ((90, 7), (300, 0)):
        script = film(prompt, seconds, seed=seed, language=language)
        assert len({scene.image_prompt for scene in script.scenes}) == len(script.scenes)


@pytest.mark.parametrize(
    ("prompt", "subject"),
    [
        ("Create a 30-second video about space exploration", "space exploration"),
        ("coffee shop ad, 15 seconds", "coffee shop"),
        ("Please could you make me a short funny film about owls at night with calm music", "owls at night"),
        ("Erstelle ein 30-Sekunden-Video über den Kaffee", "den Kaffee"),
        ("Crea un video sull'oceano", "l'oceano"),
        ("制作一个关于太空探索的30秒视频", "太空探索"),
        ("Make a film.\nIt should be about owls", "owls"),
        ("What is gravity?", "gravity"),
        ("🦊", "a fox"),
        ("2024", "the number 2024"),
        ("20 s video", ""),
        ("a baker opens his shop before sunrise", "a baker who opens his shop before sunrise"),
        ("a river carves the valley", "a river that carves the valley"),
        ("my dog Max loves the beach", "my dog Max who loves the beach"),
        ("two kids build a treehouse", "two kids building a treehouse"),
        ("three friends ride their bikes", "three friends riding their bikes"),
        ("a box of letters my grandma wrote", "a box of letters my grandma wrote"),
    ],
)
def test_the_subject_is_found_in_the_request(prompt: str, subject: str) -> None:
    assert subject_of(prompt) == subject


def _bank_lines() -> list[tuple[str, banks.Line]]:
    facts = [("en", fact) for topic in banks.topics() for fact in banks.stock(topic).facts]
    return facts + [
        (code, line) for name in banks.table("topic_facts") for code in LANGUAGES for line in banks.known(name, code)
    ]


def test_every_line_of_the_banks_fits_its_scene() -> None:
    for language, line in _bank_lines():
        both = f"{line.first} {line.second}"
        assert line.title, line
        assert narration_length(line.first, language) <= narration_limit(10 if language != "en" else 5, language), line
        assert narration_length(both, language) <= narration_limit(10, language), line


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("voice", ["Rachel", "Bill"])
def test_whatever_is_written_is_spoken_in_the_time_it_was_given(
    language: str, voice: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(".")
    subjects = ["the history of space flight", "the history of trains", "football 2024", "the 1980s", "the sea",
                "the internationalisation of telecommunications"]  # fmt: skip
    scripts = [film(subject, 20, language=language, voice=voice, seed=len(subject)) for subject in subjects]
    for scene in (scene for script in scripts for scene in script.scenes):
        spoken_ms = _spoken_ms(scene.script, language, voice)
        assert slot_frames(scene.duration, spoken_ms)[0] == scene.duration * FPS, scene.script


def _spoken_ms(text: str, language: str, voice: str) -> int:
    """Measure how long espeak itself speaks; the polish adds an echo of less than a tenth of a second."""
    manner = manner_of(text, voice=voice, language=language, seed=0, instructions="")
    spoken = speak(speakable(text), manner)
    begin, end = sounding(spoken.samples)
    return (end - begin) * 1000 // spoken.rate + ECHO_MS


def test_the_provider_writes_the_script_whole(tmp_path: Path) -> None:
    told: list[float] = []
    call = Call(workdir=tmp_path, out=tmp_path / "script.json", report=told.append)
    made = asyncio.run(LocalScript().make(SPACE, call))
    assert made.path == call.out
    assert parse_script(json.loads(call.out.read_text())) == write_script(SPACE)
    assert [path.name for path in tmp_path.iterdir()] == ["script.json"]
    assert told == [1.0]


@pytest.mark.parametrize(("seconds", "scenes", "lasts"), [(10, 2, 2), (30, 4, 4), (20, 9, 4), (30, 1, 3)])
def test_a_film_has_as_many_scenes_as_were_asked_for_and_fit(seconds: int, scenes: int, lasts: int) -> None:
    assert len(film(f"a film about bees in {scenes} scenes", seconds).scenes) == lasts


def test_a_town_shows_no_mountain_for_how_it_ends() -> None:
    pictures = [scene.image_prompt for scene in film("Unsere Bäckerei in Bamberg", language="de").scenes]
    assert all("bakery" in one and "mountain" not in one for one in pictures)
    assert "mountain" in film("Der Kreuzberg im Abendlicht", language="de").scenes[0].image_prompt
