"""Scripts by a small language model: its story in the local writer's film, and what happens where it fails."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from typing import Any

import pytest
from pytest_django import Settings

from pipeline.film.script import Script, parse_script
from pipeline.providers.base import Call, Made, ScriptRequest
from pipeline.providers.compatible.kept_facts import facts_in, missing
from pipeline.providers.compatible.story import fitting, title_of
from pipeline.providers.compatible.story_script import StoryScript
from pipeline.providers.local.writing.writer import write_script
from tests.emulators.server import Emulators
from tests.pipeline.providers.own_servers import using
from tests.pipeline.providers.test_contract_script import request

PROMPT = "its my mums 60th, she's called Doreen, loves roses and her fat dog Biscuit"
SAID = ("Doreen is sixty today.", "Her roses know it first.", "Biscuit ate the cake.", "Nobody minds.")


@pytest.fixture
def own(settings: Settings, emulators: Emulators) -> Iterator[Emulators]:
    with using(settings, emulators):
        yield emulators


def scene(narration: str, **changes: str) -> dict[str, str]:
    return {
        "picture_in_english": "Doreen in a rose garden at noon",
        "narration": narration,
        "title": "A Day",
        **changes,
    }


def story(count: int, **changes: Any) -> dict[str, Any]:
    people = [{"name": "Doreen", "look_in_english": "a cheerful woman of sixty with silver curls and a green dress"}]
    scenes = [scene(f"{SAID[n % 4]}{'' if n < 4 else ' ' + 'Again.' * n}") for n in range(count)]
    return {"film": "Doreen turns sixty.", "people": people, "scenes": scenes, **changes}


def wanted(**changes: Any) -> ScriptRequest:
    return request(**{"prompt": PROMPT, "duration_s": 20, **changes})


def count(asked: ScriptRequest) -> int:
    return len(write_script(asked).clips)


def write(own: Emulators, call: Call, asked: ScriptRequest, *replies: dict[str, Any]) -> tuple[Made, Script]:
    own.turn("compatible", replies=[{"json": reply} for reply in replies])
    made = asyncio.run(StoryScript().make(asked, call))
    return made, parse_script(json.loads(made.path.read_text()))


def asked_for(own: Emulators) -> list[str]:
    return [bill["what"]["asked"]["messages"][-1]["content"] for bill in own.bills("compatible")]


def test_the_story_stands_in_a_film_of_the_right_length(own: Emulators, call: Call) -> None:
    asked = wanted()
    made, script = write(own, call, asked, story(count(asked)))
    assert script.expected_duration == 20
    assert script.scenes[0].script == "Doreen is sixty today."
    assert script.rewritten_prompt == "Doreen turns sixty."
    assert "warnings" not in made.facts
    assert made.cost_micros == 0


def test_who_is_named_is_in_the_cast_and_looks_the_same_in_every_picture(own: Emulators, call: Call) -> None:
    asked = wanted()
    _, script = write(own, call, asked, story(count(asked)))
    assert [one.name for one in script.character_profiles] == ["Doreen"]
    assert all(one.characters == ["Doreen"] for one in script.scenes)
    looks = "Doreen (a cheerful woman of sixty with silver curls and a green dress) in a rose garden"
    assert all(one.image_prompt.startswith(looks) for one in script.scenes)


def test_it_is_asked_by_a_schema_and_told_what_has_to_be_said(own: Emulators, call: Call) -> None:
    asked = wanted()
    write(own, call, asked, story(count(asked)))
    (bill,) = own.bills("compatible")
    form = bill["what"]["asked"]["response_format"]["json_schema"]["schema"]["properties"]["scenes"]
    assert form["minItems"] == form["maxItems"] == count(asked)
    assert "The narration says: Doreen, Biscuit, 60" in asked_for(own)[0]


def test_a_fact_that_is_left_out_is_asked_for_again(own: Emulators, call: Call) -> None:
    asked = wanted()
    whole = story(count(asked))
    without = {**whole, "scenes": [{**one, "narration": f"A day, {n}."} for n, one in enumerate(whole["scenes"])]}
    made, script = write(own, call, asked, without, whole)
    assert len(asked_for(own)) == 2
    assert "The narration says: Biscuit" in asked_for(own)[1]
    assert script.scenes[2 if count(asked) > 2 else 0].script
    assert "warnings" not in made.facts


def test_facts_that_are_left_out_twice_are_put_in(own: Emulators, call: Call) -> None:
    asked = wanted(prompt="an ad for Bramble & Bean since 1965, slogan 'wake up wild'")
    without = story(count(asked), people=[])
    scenes = [{**one, "picture_in_english": "A cup of coffee at dawn"} for one in without["scenes"]]
    made, script = write(own, call, asked, {**without, "scenes": scenes}, {**without, "scenes": scenes})
    assert script.scenes[0].title == "Bramble & Bean, 1965"
    assert script.scenes[-1].script.endswith("Wake up wild.")
    assert "warnings" not in made.facts


def test_a_woman_is_given_no_beard(own: Emulators, call: Call) -> None:
    asked = wanted()
    people = [{"name": "Doreen", "look_in_english": "an old lady with a white beard and a red dress"}]
    _, script = write(own, call, asked, story(count(asked), people=people))
    assert "Doreen (an old lady" in script.scenes[0].image_prompt
    assert "beard" not in script.as_json()


@pytest.mark.parametrize(
    "bad",
    [
        {"scenes": []},
        {"scenes": [scene("The same.")] * 9},
        {"scenes": "none"},
    ],
)
def test_after_two_useless_stories_the_rules_write_it_and_that_is_said(
    own: Emulators, call: Call, bad: dict[str, Any]
) -> None:
    made, script = write(own, call, wanted(), story(2, **bad), story(2, **bad))
    assert script == write_script(wanted())
    assert made.facts["warnings"] == ["Pixora's rules wrote this script: the language model wrote no story for it"]


def test_a_server_that_fails_twice_leaves_it_to_the_rules(own: Emulators, call: Call) -> None:
    own.turn("compatible", options={"response_format": "none", "tools": False})
    made = asyncio.run(StoryScript().make(wanted(), call))
    assert made.facts["warnings"] == ["Pixora's rules wrote this script: the language model did not answer"]


def test_a_language_that_it_writes_badly_is_left_to_the_rules(own: Emulators, call: Call) -> None:
    made, script = write(own, call, wanted(language="de"))
    assert asked_for(own) == []
    assert script == write_script(wanted(language="de"))
    assert "does not write this language well enough" in made.facts["warnings"][0]


def test_the_users_own_words_are_left_to_who_keeps_them(own: Emulators, call: Call) -> None:
    scenes = (
        "Scene 1: A lighthouse",
        "Voice: The light has burned long.",
        "Scene 2: A boat",
        "Voice: Tonight it matters.",
    )
    prompt = "\n".join(scenes)
    made, script = write(own, call, wanted(prompt=prompt, source_mode="verbatim"))
    assert asked_for(own) == []
    assert [one.script for one in script.scenes] == ["The light has burned long.", "Tonight it matters."]
    assert "warnings" not in made.facts


def test_progress_is_told_from_the_beginning(own: Emulators, call: Call) -> None:
    told: list[float] = []
    asked = wanted()
    own.turn("compatible", replies=[{"json": story(count(asked))}])
    asyncio.run(StoryScript().make(asked, Call(call.workdir, call.out, report=told.append)))
    assert told[0] == 0.05
    assert told == sorted(told)
    assert len(set(told)) > 3
    assert told[-1] == 1.0


@pytest.mark.parametrize(
    ("prompt", "facts"),
    [
        ("tiktok ad for my coffee brand Bramble & Bean, slogan 'wake up wild'", ["wake up wild", "Bramble & Bean"]),
        ("explain black holes to a kid, 40 secs, 9:16", []),
        (PROMPT, ["Doreen", "Biscuit", "60"]),
        ("A film about the sea. The waves are high.", []),
        ("Ein Film über die Katze und das Haus im Wald", []),
        ("a trip to New York in 1965 with Uncle Ben", ["New York", "Uncle Ben", "1965"]),
    ],
)
def test_the_facts_of_a_prompt(prompt: str, facts: list[str]) -> None:
    assert [fact.text for fact in facts_in(prompt, "en")] == facts


def test_a_number_may_be_spelled_out_and_a_brand_written_with_and() -> None:
    facts = facts_in("the 60th birthday of Bramble & Bean in 1965", "en")
    assert missing(facts, "Sixtieth birthday at bramble and bean, nineteen sixty-five.") == []
    assert missing(facts, "A birthday.") == ["Bramble & Bean", "60", "1965"]


@pytest.mark.parametrize(
    ("written", "fits"),
    [
        ("Scene 1: The light burns.", "The light burns."),
        ("(softly) The light burns. [music]", "The light burns."),
        (
            "One two three four five. Six seven eight nine ten. Eleven is more than fits here.",
            "One two three four five. Six seven eight nine ten.",
        ),
        (
            "She climbs the old stairs tonight, and nobody in the whole town knows about it.",
            "She climbs the old stairs tonight.",
        ),
        (
            "one two three four five six seven eight nine the eleven twelve",
            "one two three four five six seven eight nine.",
        ),
    ],
)
def test_a_narration_fits_its_scene(written: str, fits: str) -> None:
    assert fitting(written, 5, "en") == fits


def test_titles_are_short_and_have_no_number() -> None:
    assert title_of("Scene 2: The Very Long Title Of A Scene", "Otherwise") == "The Very Long Title Of A"
    assert title_of("Scene 3", "Otherwise") == "Otherwise"
