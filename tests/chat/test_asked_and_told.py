"""Several questions at once, words at an end of the film, and how somebody is not to look: each in several wordings."""

from __future__ import annotations

from typing import Any

import pytest

from chat.llm.local.film import Film
from chat.llm.local.into_english import language_of
from chat.llm.local.meanings import likely_meanings
from chat.llm.local.steps import Understood
from chat.llm.local.understanding import understand
from chat.llm.local.wording import say
from tests.bench.agent.films import LIGHTHOUSE
from tests.chat.films import facts

LASTS = {
    "en": say("en", "talk.state_scenes", n=4, seconds=30),
    "de": say("de", "talk.state_scenes", n=4, seconds=30),
    "fr": say("fr", "talk.state_scenes", n=4, seconds=30),
    "it": say("it", "talk.state_scenes", n=4, seconds=30),
}


def lighthouse(said: str) -> Understood:
    found = facts("scripted") | {"script": {"version": 1, **LIGHTHOUSE.model_dump(mode="json")}}
    film = Film({**found, "scene_lengths": list(range(3, 16))}, language_of(said, "en"))
    return film.telling(lambda one: understand(said, one, mind=likely_meanings))


def calls(found: Understood) -> list[tuple[str, dict[str, Any]]]:
    return [(call.tool, dict(call.arguments)) for call in found.calls]


@pytest.mark.parametrize(
    ("said", "language"),
    [
        ("whats it cost n how long is it", "en"),
        ("how long is it, and how much?", "en"),
        ("what's the price & the length?", "en"),
        ("how much is it and how long will the film be", "en"),
        ("price and length please?", "en"),
        ("wie lang ist der film und was kostet er?", "de"),
        ("ça dure combien et ça coûte combien ?", "fr"),
        ("quanto costa e quanto dura?", "it"),
    ],
)
def test_its_price_and_its_length_are_both_told(said: str, language: str) -> None:
    found = lighthouse(said)
    assert calls(found) == [("quote_film", {})]
    assert found.words == LASTS[language]


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("whats the title and how long is it", ("Space", LASTS["en"])),
        ("who is in it and how long is it?", ("Ella and Tom", LASTS["en"])),
        ("is there music and are there captions?", ("music in every scene", "Captions are on")),
        ("what does scene 2 say and how long is it?", ("Tonight somebody needs it.", "Scene 2 lasts 5 seconds")),
    ],
)
def test_two_questions_have_two_answers(said: str, words: tuple[str, str]) -> None:
    found = lighthouse(said)
    assert not found.calls
    assert all(one in found.words for one in words)


def test_a_question_without_an_answer_is_named_beside_the_others() -> None:
    found = lighthouse("what does it cost n what do i get for it, n can i still change stuff after")
    assert calls(found) == [("quote_film", {})]
    assert "You can change anything, before and after the film is made" in found.words
    assert "“what do i get for it”" in found.words


def test_a_question_about_the_file_does_not_swallow_the_one_about_the_price() -> None:
    found = lighthouse("can i download it and how much is it")
    assert calls(found) == [("quote_film", {})]
    assert "The film is an MP4" in found.words


@pytest.mark.parametrize(
    ("said", "text"),
    [
        ("can you put happy 90th nan at the end", "happy 90th nan"),
        ("could you put love from all of us at the end pls", "love from all of us"),
        ("put merry christmas everyone at the end", "merry christmas everyone"),
        ("write congrats lisa & tom on the last scene", "congrats lisa & tom"),
        ("at the end put we miss you grandad", "we miss you grandad"),
        ("have happy retirement dave come up at the end", "happy retirement dave"),
        ('put "Happy 90th Nan" at the end', "Happy 90th Nan"),
        ("am ende soll alles gute zum 90. oma stehen", "alles gute zum 90. oma"),
        ("schreib am ende alles liebe oma", "alles liebe oma"),
        ('kannst du am ende "alles gute oma" hinschreiben', "alles gute oma"),
    ],
)
def test_words_for_the_end_are_asked_about_with_a_way_to_each(said: str, text: str) -> None:
    language = language_of(said, "en")
    found = lighthouse(said)
    assert not found.calls
    assert found.words == say(language, "ask.name_end", n=4, text=text)
    sign, spoken = map(lighthouse, found.suggestions)
    assert [(call.tool, call.arguments["after"]) for call in sign.calls] == [("add_scene", 4)]
    assert text in sign.calls[0].arguments["image_prompt"]
    words = f"And somebody came home. {text[0].upper()}{text[1:]}."
    assert calls(spoken) == [("edit_scene", {"scene": 4, "script": words})]


def test_words_for_the_start_are_asked_about_too() -> None:
    assert lighthouse("can you put happy 90th nan at the start").words.startswith("Should scene 1 say it or show it?")


@pytest.mark.parametrize("said", ["put the boat at the end", "put scene 2 at the end", "move the storm to the end"])
def test_a_scene_is_still_moved_to_the_end(said: str) -> None:
    assert [call.tool for call in lighthouse(said).calls] == ["arrange_scenes"]


@pytest.mark.parametrize("said", ["i want it to say see you soon at the end", "say see you soon at the end"])
def test_what_is_to_be_said_at_the_end_is_said_behind_the_rest(said: str) -> None:
    words = "And somebody came home. See you soon."
    assert calls(lighthouse(said)) == [("edit_scene", {"scene": 4, "script": words})]


@pytest.mark.parametrize("said", ["put music at the end", "have some music in scene 4"])
def test_music_that_is_wanted_is_not_taken_away(said: str) -> None:
    assert not any(call.arguments.get("silent") for call in lighthouse(said).calls)


@pytest.mark.parametrize(
    ("said", "name", "look"),
    [
        ("dont make her grey, she is orange", "Ella", "an old woman with an orange raincoat"),
        ("she isnt grey, shes orange", "Ella", "an old woman with an orange raincoat"),
        ("make her orange not grey", "Ella", "an old woman with an orange raincoat"),
        ("mach sie nicht grau, sie ist orange", "Ella", "an old woman with an orange raincoat"),
        ("sie ist nicht grau sondern orange", "Ella", "an old woman with an orange raincoat"),
        ("sie hat keine braunen haare sondern weiße", "Ella", "an old woman with a yellow raincoat, white hair"),
        ("her coat isnt yellow its green", "Ella", "an old woman with a green coat"),
        ("her hair is not blonde but brown", "Ella", "an old woman with a yellow raincoat, brown hair"),
        ("she is not old, she is young", "Ella", "a young woman with a yellow raincoat"),
        ("make her young", "Ella", "a young woman with a yellow raincoat"),
        ("no he has brown hair, not black", "Tom", "a young fisherman with a red cap, brown hair"),
        ("dont make him fat, he is skinny", "Tom", "a young fisherman with a red cap, skinny"),
        ("toms cap should b green not red", "Tom", "a young fisherman with a green cap"),
        ("don't show tom with a red cap, it's blue", "Tom", "a young fisherman with a blue cap"),
    ],
)
def test_somebody_looks_as_is_said_and_not_as_is_denied(said: str, name: str, look: str) -> None:
    expected = {"name": name, "image_prompt": f"{name}: {look}"}
    assert calls(lighthouse(said)) == [("describe_character", expected)]


def test_a_thing_in_pictures_changes_its_colour_too() -> None:
    found = lighthouse("the boat isn't white, it's red")
    assert [call.arguments["scene"] for call in found.calls] == [2, 4]
    assert all("red boat" in call.arguments["image_prompt"] for call in found.calls)


GREY = "Character profile of Muffin: a grey striped cat with green eyes. Four angles"


@pytest.mark.parametrize(
    ("said", "look"),
    [
        ("dont make her grey, she is orange", "an orange striped cat with green eyes"),
        ("shes not gray shes orange", "an orange striped cat with green eyes"),
        ("mach sie nicht grau, sie ist orange", "an orange striped cat with green eyes"),
        ("muffin should be a ginger cat", "a ginger cat with green eyes"),
        ("muffin is white with black spots", "a striped cat with green eyes, white with black spots"),
    ],
)
def test_she_is_the_animal_that_looks_as_is_denied(said: str, look: str) -> None:
    content = LIGHTHOUSE.model_dump(mode="json")
    content["character_profiles"] = [
        {"name": "Muffin", "image_prompt": GREY},
        {"name": "Lion", "image_prompt": "Character profile of Lion: a golden lion with a thick mane. Four angles"},
    ]
    film = Film(facts("scripted") | {"script": {"version": 1, **content}}, language_of(said, "en"))
    found = film.telling(lambda one: understand(said, one, mind=likely_meanings))
    prompt = f"Character profile of Muffin: {look}. Four angles"
    assert calls(found) == [("describe_character", {"name": "Muffin", "image_prompt": prompt})]


@pytest.mark.parametrize(
    "said",
    ["why do i have more credits now", "why did my balance go up", "who gave me these credits",
     "where do the extra credits come from"],
)  # fmt: skip
def test_a_question_why_the_credits_changed_is_answered_from_the_ledger(said: str) -> None:
    assert calls(lighthouse(said)) == [("spending", {})]


@pytest.mark.parametrize(
    "said", ["kann man die musik auch ruhiger machen", "könnten wir die musik etwas ruhiger machen?"]
)
def test_a_german_wish_with_its_verb_at_the_end_is_understood_whole(said: str) -> None:
    found = lighthouse(said)
    assert not found.words
    assert {call.tool for call in found.calls} == {"change_music"}
    assert all(str(call.arguments["prompt"]).startswith("calm") for call in found.calls)


def test_a_german_wish_in_everyday_words_is_done_with_the_one_beside_it() -> None:
    found = lighthouse("musik lieber fröhlicher und ne frauenstimme bitte")
    assert {call.tool for call in found.calls} == {"change_settings", "change_music"}
    assert all("lieber" not in str(call.arguments) for call in found.calls)


@pytest.mark.parametrize(
    ("said", "place", "words"),
    [
        ("the croissants r actually 2.50", 3, "Croissants are 2.50 pounds."),
        ("croissants are £2.50 not 2", 3, "Croissants are £2.50."),
        ("we open at 8am not 7", 2, "We open 8am every day."),
        ("sorry, actually croissants cost 3 euros", 3, "Croissants are 3 euros."),
    ],
)
def test_a_figure_of_the_narration_is_put_right(said: str, place: int, words: str) -> None:
    content = LIGHTHOUSE.model_dump(mode="json")
    told = ("My bakery in Leeds.", "We open 7am every day.", "Croissants are 2 pounds.", "")
    for clip, text in zip(content["clips"], told, strict=True):
        clip["scene"]["script"] = text
    film = Film(facts("scripted") | {"script": {"version": 1, **content}}, "en")
    found = film.telling(lambda one: understand(said, one, mind=likely_meanings))
    assert calls(found) == [("edit_scene", {"scene": place, "script": words})]


@pytest.mark.parametrize("said", ["the film is actually 20 seconds", "the boat is actually 3 metres"])
def test_a_figure_that_nobody_speaks_changes_no_words(said: str) -> None:
    assert not any("script" in call.arguments for call in lighthouse(said).calls)
