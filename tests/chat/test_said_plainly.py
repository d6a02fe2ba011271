"""Tests of what the local agent hears beside the rules: new scenes and people, exchanged words, qualities,
questions."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from chat.llm.local import slots
from chat.llm.local.corrections import Before
from chat.llm.local.into_english import language_of
from chat.llm.local.looks import seen_too
from chat.llm.local.meanings import likely_meanings
from chat.llm.local.steps import Step
from chat.llm.local.understanding import understand
from pipeline.film.settings import TaskSettings
from pipeline.services.prices_before_script import by_kind
from tests.bench.agent.films import LIGHTHOUSE
from tests.chat.test_guessing import film, heard, only


@pytest.mark.parametrize(
    ("said", "tool", "arguments"),
    [
        ("replace forty years by sixty years", "replace_word", {"old": "forty years", "new": "sixty years"}),
        ("one more after the stairs, 5 secs: her hand lighting the big lamp", "add_scene", {"after": 3, "duration": 5}),
        ("add a dog called Biscuit, a scruffy terrier", "add_character", {"name": "Biscuit"}),
        ("get rid of Tom completely", "remove_character", {"name": "Tom"}),
        ("die letzten beiden umdrehen", "arrange_scenes", {"order": [1, 2, 4, 3]}),
        ("the stairs drag, trim them to five", "edit_scene", {"scene": 3, "duration": 5}),
        ("remove the music from the stairs", "change_music", {"scenes": [3], "silent": True}),
        ("best quality please", "quote_film", {}),
    ],
)
def test_what_the_words_say_plainly_is_done(said: str, tool: str, arguments: dict[str, Any]) -> None:
    call = only(heard(said))
    assert call.tool == tool
    assert call.arguments | arguments == call.arguments


@pytest.mark.parametrize(
    ("said", "state", "told"),
    [
        ("which styles do you have", "empty", "watercolor"),
        ("whats the longest a video can be", "empty", "5 minutes"),
        ("Kannst du im Video auch deutsch reden oder nur englisch?", "empty", "Deutsch"),
        ("Welche Musik läuft denn bei der Treppe?", "scripted", "hopeful piano"),
        ("is that boat ai or real footage", "film", "AI models"),
        ("the text in the first scene is too long", "scripted", "What should scene 1 say?"),
        (
            "make it look like claymation, or actually pixel art... nah leave it as it is",
            "scripted",
            "leave it as it is",
        ),
    ],
)
def test_a_question_or_a_complaint_changes_nothing(said: str, state: str, told: str) -> None:
    found = heard(said, state)
    assert not found.calls, found
    assert told in found.words


def test_a_length_of_a_scene_never_has_the_script_written_again() -> None:
    for said in (
        "five seconds is enough for the storm",
        "give the boat twice as long",
        "mach die Treppe 5 Sekunden lang",
    ):
        assert "write_script" not in {call.tool for call in heard(said).calls}, said


def test_each_wish_of_a_message_is_done() -> None:
    found = heard(
        "its too sad overall. put a rainbow behind the lighthouse, give Tom a huge grin in the harbour and swap the "
        "strings for something jolly"
    )
    tools = {call.tool for call in found.calls}
    assert {"edit_scene", "change_music"} <= tools, found


def test_a_new_person_is_in_the_scene_that_is_named() -> None:
    found = heard(
        "Wir brauchen noch eine dritte Person. Dr. Brandt, ein hagerer Arzt. Er wartet morgens am Steg auf Tom."
    )
    call: Step = only(found)
    assert (call.tool, call.arguments["name"], call.arguments["scenes"]) == ("add_character", "Dr. Brandt", [4])
    assert LIGHTHOUSE.character_profiles[0].name != "Dr. Brandt"


@pytest.mark.parametrize(
    ("said", "state", "told"),
    [
        ("start over with something completely different", "scripted", "What should the new film be about?"),
        ("start again, totally different idea", "film", "What should the new film be about?"),
        ("nochmal von vorne, was ganz anderes", "scripted", "Worum soll es im neuen Film gehen?"),
        ("start over", "film", "What should the new film be about?"),
        ("can we start from scratch please", "scripted", "What should the new film be about?"),
        ("volvamos a empezar de cero", "film", "¿De qué debe tratar la nueva película?"),
        ("noch mal von vorn bitte", "film", "Worum soll es im neuen Film gehen?"),
    ],
)
def test_another_film_without_a_subject_is_asked_about(said: str, state: str, told: str) -> None:
    found = heard(said, state)
    assert not found.calls, found
    assert told in found.words
    answered = only(heard("a hamster in space", "scripted", Before(said, found.words)))
    assert answered.tool == "write_script"
    assert "a hamster in space" in answered.arguments["instructions"]


@pytest.mark.parametrize("state", ["scripted", "film"])
def test_from_the_beginning_is_no_scene(state: str) -> None:
    said = "nochmal von vorn, aber mit einem leuchtturm in der wüste"
    assert only(heard(said, state)) == Step("write_script", {"instructions": said})


@pytest.mark.parametrize(
    ("said", "looks"),
    [
        (
            "can you make her younger and give him a blue cap instead",
            {"Ella": "a younger woman with a yellow raincoat", "Tom": "a young fisherman with a blue cap"},
        ),
        ("make her younger", {"Ella": "a younger woman with a yellow raincoat"}),
        ("make him older", {"Tom": "an older fisherman with a red cap"}),
    ],
)
def test_she_and_he_are_those_whose_descriptions_say_so(said: str, looks: dict[str, str]) -> None:
    calls = heard(said).calls
    assert {call.tool for call in calls} == {"describe_character"}
    assert {call.arguments["name"]: call.arguments["image_prompt"].partition(": ")[2] for call in calls} == looks


def test_it_is_asked_who_she_is_where_she_may_be_two() -> None:
    seen = film("scripted")
    women = [{"name": name, "image_prompt": f"{name}: an old woman"} for name in ("Ella", "Ruth")]
    two = replace(seen, facts={**seen.facts, "script": {**seen.facts["script"], "character_profiles": women}})
    found = understand("make her younger", two, mind=likely_meanings)
    assert not found.calls
    assert "Ella or Ruth" in found.words


@pytest.mark.parametrize(
    ("said", "keys"),
    [
        ("different take of the music at the end", ["music/3_4"]),
        ("a different go at the music", ["music/1_2", "music/3_4"]),
        ("andere version der musik am ende", ["music/3_4"]),
        ("another version of the voice in scene 2", ["audio/2"]),
    ],
)
def test_another_take_is_offered_without_an_instruction(said: str, keys: list[str]) -> None:
    assert only(heard(said, "film")) == Step("regenerate", {"components": keys, "instructions": ""})


@pytest.mark.parametrize(
    ("picture", "seen", "told"),
    [
        ("A lighthouse on a cliff in a storm at night", "rain", "A lighthouse on a cliff at night, rain"),
        ("A street in heavy rain at night, neon", "snow", "A street at night, neon, snow"),
        ("A street in rain and fog", "sunny", "A street, sunny"),
        ("A ship in a stormy sea", "sunny", "A ship in a sea, sunny"),
        ("A sunny island, palm trees", "rain", "An island, palm trees, rain"),
        ("The storm rages around the tower", "rain", "The storm rages around the tower, rain"),
        ("A snowman in a raincoat", "rain", "A snowman in a raincoat, rain"),
        ("A farm on a summer night, stars", "in daylight", "A farm, stars, in daylight"),
        ("Night. A lonely road", "in daylight", "A lonely road, in daylight"),
        (
            "A dog, wide shot, bright cheerful daylight, film still",
            "at night",
            "A dog, wide shot, film still, at night",
        ),
        ("A bakery, late summer light", "in the morning", "A bakery, in the morning"),
        ("A bakery, gentle lamp light", "at night", "A bakery, gentle lamp light, at night"),
        ("A street light, fog", "rain", "A street light, rain"),
    ],
)
def test_weather_and_hours_leave_a_picture_without_breaking_it(picture: str, seen: str, told: str) -> None:
    assert seen_too(picture, [seen]) == told


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("wie viele credits kostet ein film von 30 sekunden", "Etwa 83 bis 106 Credits für einen Film von 30 Sekunden"),
        ("how much is a 30 second vid", "About 83 to 106 credits for a film of 30 seconds"),
        ("how much will it cost", "About 83 to 106 credits for a film of 30 seconds"),
        ("how much does a 1 minute film cost", "About 166 to 207 credits for a film of 60 seconds"),
    ],
)
def test_before_a_script_the_price_is_estimated_as_on_the_start_page(said: str, told: str) -> None:
    spoken = film("empty", language_of(said, "en"))
    priced = replace(spoken, facts={**spoken.facts, "prices": by_kind(TaskSettings())})
    assert told in understand(said, priced, mind=likely_meanings).words


@pytest.mark.parametrize(
    ("said", "old", "new"),
    [
        ("Change 'whole catch' to 'entire catch' in scene 3", "whole catch", "entire catch"),
        ("change whole catch to entire catch in scene 3", "whole catch", "entire catch"),
        ('replace "don\'t go" with "stay" please', "don't go", "stay"),
        ("ersetze den ganzen Fang durch den halben Fang in Szene 3", "den ganzen Fang", "den halben Fang"),
        ("cambia 'toda la pesca' por 'la pesca entera' en la escena 3", "toda la pesca", "la pesca entera"),
        ("remplace 'la nuit' par 'le soir' dans la scène 2", "la nuit", "le soir"),
        ("sostituisci la notte con la sera nella scena 2", "la notte", "la sera"),
        ("troca a noite por a tarde na cena 2", "a noite", "a tarde"),
    ],
)
def test_the_scene_is_no_part_of_the_words_that_are_exchanged_in_it(said: str, old: str, new: str) -> None:
    assert next(slots.replaced(said)) == (old, new)
