"""One question before writing, where the first words are a subject alone; facts are asked for where none were told."""

from __future__ import annotations

from typing import Any

import pytest

from chat.llm.local.corrections import Before
from chat.llm.local.film import Film
from chat.llm.local.steps import Understood, step
from chat.llm.local.tool_answers import before as said_before
from chat.llm.local.understanding import understand
from chat.llm.local.wording import SPOKEN, sentences
from pipeline.film.prompt_facts import TELL, told_in
from pipeline.film.settings import TaskSettings
from pipeline.providers.local.writing.material import is_open, lacks
from tests.chat.films import RUNNING, facts
from tests.pipeline.scripts import scene, script


def film(prompt: str, *, script: bool = False, **changes: Any) -> Film:
    settings = TaskSettings(length_is_open=True, **changes).model_dump()
    scene = {"index": 1, "id": 1, "title": "A", "script": "A.", "image_prompt": "a", "video_prompt": "b", "duration": 5}
    content = {"version": 1, "clips": [{"scene": scene}], "language": "en", "music": [], "character_profiles": []}
    facts = {"film": {"prompt": prompt, "title": "", "settings": settings}, "script": content if script else None}
    parts = {"missing": ["scene/1"], "stale": [], "ready": 0, "total": 1}
    return Film({**facts, "components": parts, "run": None, "writes_by_rules": True, "finished": None, "remarks": []})


def first(prompt: str, **changes: Any) -> Understood:
    return understand(prompt, film(prompt, **changes), is_first=True)


@pytest.mark.parametrize(
    "prompt", ["my bakery", "friendship", "A video about heat exchangers", "make a film about Zyloq"]
)
def test_a_subject_alone_is_asked_about_once(prompt: str) -> None:
    asked = first(prompt)
    assert not asked.calls
    assert asked.words.count("?") == 1
    assert asked.suggestions == (
        "An ad for customers", "An explanation for beginners", "A story for children", "Just write it",
    )  # fmt: skip
    for answer in asked.suggestions:
        again = understand(answer, film(prompt), before=Before(prompt, asked.words))
        assert [call.tool for call in again.calls] == ["write_script"]
        assert not again.suggestions


@pytest.mark.parametrize(
    "prompt",
    [
        "Create a 30-second video about space exploration",
        "A film about bees",
        "How to repot a houseplant in five steps",
        "An ad for SunBrew cold brew coffee, launching in Austin this May",
        "why is the sky blue",
        "My grandmother Ruth taught me to bake bread; now I teach my daughter Mia",
        "A vertical film about my bakery",
        "a funny story about my cat Luna",
        "A trailer for a mystery novel",
        "Ein Film über die Berliner Mauer: gebaut 1961",
    ],
)
def test_what_says_enough_is_written_at_once(prompt: str) -> None:
    assert [call.tool for call in first(prompt).calls] == ["write_script"]


def test_a_length_that_was_chosen_asks_nothing() -> None:
    chosen = film("my bakery")
    settings = {**chosen.settings, "length_is_open": False}
    found = understand(
        "my bakery", Film({**chosen.facts, "film": {**chosen.facts["film"], "settings": settings}}), is_first=True
    )
    assert found.calls == (step("write_script"),)


def test_a_text_that_comes_with_the_film_asks_nothing() -> None:
    assert first("my bakery", source="verbatim").calls == (step("write_script"),)


@pytest.mark.parametrize(
    "skip", ["Just write it", "skip", "just write it please", "ok", "go ahead", "you decide", "whatever"]
)
def test_a_skip_writes_what_was_said_at_first(skip: str) -> None:
    asked = first("my bakery").words
    assert understand(skip, film("my bakery"), before=Before("my bakery", asked)).calls == (step("write_script"),)


def test_an_answer_goes_with_the_first_words() -> None:
    asked = first("my bakery").words
    by_click = understand("An ad for customers", film("my bakery"), before=Before("my bakery", asked))
    assert by_click.calls == (step("write_script", prompt="my bakery (An ad for customers)"),)
    told = understand("we open at 6 and bake with sourdough", film("my bakery"), before=Before("my bakery", asked))
    assert told.calls == (step("write_script", prompt="my bakery. we open at 6 and bake with sourdough"),)


@pytest.mark.parametrize(
    ("prompt", "missing"),
    [
        ("how to tie a bowline", "I do not know its steps"),
        ("friendship", "Tell me two or three facts"),
        ("how to change a flat bicycle tyre", ""),
        ("the ocean", ""),
        ("Thank you to our 42 volunteers who planted 1,300 trees on Saturday", ""),
    ],
)
def test_facts_are_asked_for_where_there_is_little_to_say(prompt: str, missing: str) -> None:
    said = said_before([step("write_script")], film(prompt))
    assert (missing in said) if missing else "short" not in said
    if missing:
        assert "make llm" in said


def test_a_language_model_that_writes_is_told_no_limit_of_the_rules() -> None:
    free = film("friendship")
    assert "short" not in said_before([step("write_script")], Film({**free.facts, "writes_by_rules": False}))


def test_facts_that_were_asked_for_are_woven_in() -> None:
    asked = said_before([step("write_script")], film("how to tie a bowline"))
    steps = "make a loop, push the end up through it and around the rope, then back down"
    found = understand("First " + steps, film("how to tie a bowline", script=True), before=Before("x", asked))
    assert found.calls == (step("write_script", instructions=f"{TELL}First {steps}"),)
    other = understand("make scene 1 darker", film("how to tie a bowline", script=True), before=Before("x", asked))
    assert all(call.tool != "write_script" for call in other.calls)


def short(narration: str = "", state: str = "scripted") -> Film:
    """A film that the rules wrote: two of its three scenes say this."""
    found = facts(state)
    texts = ("My dog's birthday.", narration, narration)
    scenes = [scene(place, index=place, script=text) for place, text in enumerate(texts, start=1)]
    found["script"] = {"version": 1, **script(scenes).model_dump(mode="json")}
    found["film"]["prompt"] = "make a film about my dog's birthday"
    return Film({**found, "writes_by_rules": True})


@pytest.mark.parametrize(
    "told",
    [
        "his name is Bruno hes 7, we had a cake made of liver pate and he ate it in 4 seconds",
        "Bruno is 7. He ate his liver cake in four seconds. Then he slept on my shoes.",
        "its on 12 june, there is a tombola and a bouncy castle, entry is £2",
        "The party is on Sunday at 4 and all the neighbours come",
        "er heißt Bruno, er ist 7 und liebt Leberwurst",
    ],
)
def test_facts_that_are_lacking_may_be_told_at_any_time(told: str) -> None:
    between = Before("how much is it", "That is 64 credits for the whole film.")
    found = understand(told, short(), before=between)
    assert found.calls == (step("write_script", instructions=f"{TELL}{told}"),)
    enough = understand(told, short("We had a cake.", "film"), before=between)
    assert all(call.tool != "write_script" for call in enough.calls)


def test_how_long_something_took_is_no_length_of_a_film_that_is_being_written() -> None:
    writing = Film({**film("my dog").facts, "run": RUNNING, "script_is_being_written": True})
    told = understand("he had a cake of liver and ate it in 4 seconds", writing)
    assert [call.tool for call in told.calls] == ["wait_for_the_script"]
    assert understand("make it 15 seconds", writing).calls == (step("change_settings", duration=15),)


@pytest.mark.parametrize(
    "said",
    [
        "it is for the kids, 15 seconds",
        "it's too dark and gloomy in there",
        "it is really great, we love it so much",
        "we are in a hurry, so just do it",
        "Bruno should run on the beach, and fast",
        "the music is boring and it is not on Sunday",
    ],
)
def test_a_wish_or_a_judgement_is_no_fact(said: str) -> None:
    assert all(call.tool != "write_script" for call in understand(said, short(), before=Before("x", "y")).calls)


def test_a_slip_that_is_corrected_is_no_fact() -> None:
    asked = said_before([step("write_script")], film("friendship"))
    found = understand("oh its birthday not birtday sry", misspelt(), before=Before("x", asked))
    assert found.calls == (step("replace_word", old="birtday", new="birthday"),)


@pytest.mark.parametrize(
    "said",
    [
        "fix the spelling its birthday everywhere",
        "birtday should be birthday",
        "typo: birthday",
        "correct the typo, it should be birthday",
        "oops, it's birthday not birtday, sorry",
    ],
)
def test_a_slip_is_corrected_where_it_stands(said: str) -> None:
    assert understand(said, misspelt()).calls == (step("replace_word", old="birtday", new="birthday"),)


def misspelt() -> Film:
    found = short().facts
    found["script"]["clips"][0]["scene"]["script"] = "My dog's birtday."
    return Film(found)


@pytest.mark.parametrize(("prompt", "is_so"), [("my bakery", True), ("my bakery (An ad for customers)", False)])
def test_an_answered_question_is_open_no_more(prompt: str, is_so: bool) -> None:
    assert is_open(prompt, "en") is is_so


def test_german_first_words_are_asked_in_german() -> None:
    asked = understand(
        "Mach mir einen Film über meine Bäckerei", Film(film("x", language="de").facts, "de"), is_first=True
    )
    assert "Was soll der Film werden?" in asked.words
    assert lacks("Ein Film über meine Bäckerei", "de") == "facts"


@pytest.mark.parametrize("language", SPOKEN)
def test_a_choice_in_any_language_is_no_part_of_the_narration(language: str) -> None:
    known = sentences(language)
    asked = Before("Zyloq", known["open.question"])
    for name in ("ad", "explanation", "story"):
        found = understand(known[f"open.{name}"], film("Zyloq"), before=asked)
        prompt = found.calls[-1].arguments["prompt"]
        assert [told.words for told in told_in(prompt)] == ["Zyloq."]
    assert understand(known["open.skip"], film("Zyloq"), before=asked).calls == (step("write_script"),)


@pytest.mark.parametrize(
    "said",
    ["Write the script", "try again", "go", "schreib das Skript bitte", "noch mal versuchen", "ok, write it again"],
)
def test_an_order_to_write_takes_no_subject_away(said: str) -> None:
    [call] = understand(said, film("a film about my bakery in Cologne")).calls
    assert call == step("write_script")
    assert not understand("go", film("hi")).calls


def test_another_subject_before_the_script_is_one() -> None:
    [call] = understand("write a story about a fox", film("a film about my bakery in Cologne")).calls
    assert call.arguments["prompt"] == "write a story about a fox"
