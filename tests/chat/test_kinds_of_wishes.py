"""Kinds of wishes that were misread: each by sentences that no rule names, with the sentence encoder."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest

from chat.llm.base import Part, TextDelta
from chat.llm.guided import first_words
from chat.llm.local.corrections import Before
from chat.llm.local.film import Film
from chat.llm.local.into_english import language_of
from chat.llm.local.meanings import likely_meanings
from chat.llm.local.steps import Understood
from chat.llm.local.understanding import understand
from chat.llm.local.wording import say
from pipeline.film.settings import TaskSettings
from tests.bench.agent.films import LIGHTHOUSE
from tests.chat.films import facts


def lighthouse(said: str, **changes: Any) -> Understood:
    found = facts("scripted") | {"script": {"version": 1, **LIGHTHOUSE.model_dump(mode="json")}}
    film = Film({**found, "scene_lengths": list(range(3, 16)), **changes}, language_of(said, "en"))
    return film.telling(lambda one: understand(said, one, mind=likely_meanings))


def on_an_empty_page(said: str, before: Before | None = None) -> Understood:
    settings = TaskSettings(length_is_open=True).model_dump()
    found = {"film": {"prompt": said, "title": "", "settings": settings}, "script": None, "run": None}
    film = Film({**found, "writes_by_rules": True, "finished": None, "remarks": []}, language_of(said, "en"))
    return film.telling(
        lambda one: understand(said, one, is_first=before is None, before=before or Before(), mind=likely_meanings)
    )


def changes(found: Understood) -> list[tuple[str, dict[str, Any]]]:
    return [(call.tool, dict(call.arguments)) for call in found.calls]


@pytest.mark.parametrize(
    "said",
    [
        "my voice", "her voice is too slow", "make the song quieter", "kill the second scene",
        "die stimme tiefer bitte",
        "make it scarier", "no the other scene", "otra voz por favor", "where did my video go",
        "is my film done already", "undo", "undo it all", "captions off please", "zurück",
    ],
)  # fmt: skip
def test_a_wish_about_what_is_not_there_begins_no_film(said: str) -> None:
    found = on_an_empty_page(said)
    assert not found.calls
    assert found.words.rstrip().endswith(("?", "it is its subject.", "subject.", "Thema ist.", "tema."))


@pytest.mark.parametrize(
    "said",
    [
        "a film about my voice, 30 seconds",
        "the voice of the forest, a short story",
        "a girl who lost her voice on stage",
    ],
)
def test_a_film_about_a_voice_is_one(said: str) -> None:
    assert [call.tool for call in on_an_empty_page(said).calls][-1] == "write_script"


def test_who_says_the_same_again_means_the_subject() -> None:
    asked = on_an_empty_page("my voice")
    again = on_an_empty_page("my voice", Before("my voice", asked.words))
    assert again.calls[-1].tool == "write_script"


@pytest.mark.parametrize(
    ("said", "tool", "arguments"),
    [
        (
            "the fisherman should be in scene 3 too",
            "edit_scene",
            {
                "scene": 3,
                "characters": ["Ella", "Tom"],
                "image_prompt": "Ella climbs the spiral stairs with a lantern, Tom",
            },
        ),
        ("make the 2nd one shorter", "edit_scene", {"scene": 2, "duration": 3}),
        ("the stairs should be longer", "edit_scene", {"scene": 3, "duration": 12}),
        ("music quieter but the voice louder", "change_settings", {"music_level_db": -6.0}),
        ("not the narrator, the music is too loud", "change_settings", {"music_level_db": -6.0}),
        ("could a bloke do the talking instead", "change_settings", {"voice": "George"}),
    ],
)
def test_it_is_done(said: str, tool: str, arguments: dict[str, Any]) -> None:
    assert changes(lighthouse(said)) == [(tool, arguments)]


@pytest.mark.parametrize(
    ("said", "key"),
    [
        ("no music, just the voice quieter", "cannot.voice_level"),
        ("the narrator is too quiet", "cannot.voice_level"),
        ("snip the first two seconds", "cannot.trim"),
        ("wide for the website and also a vertical one", "cannot.two_shapes"),
        ("use my own photo for the boat scene", "cannot.upload"),
        ("my brother wants to narrate it himself", "cannot.own_voice"),
        ("am i allowed to sell it on my site", "cannot.rights"),
        ("if it was 60 sec how much would that be", "price.what_if"),
        ("can you pause it", "talk.nothing_made"),
        ("does anyone die in it? my kid watches", "known.content"),
    ],
)
def test_what_cannot_be_done_is_said_and_changes_nothing(said: str, key: str) -> None:
    found = lighthouse(said)
    assert not found.calls
    assert say("en", key) in found.words


def test_somebody_of_the_film_is_given_something() -> None:
    ((tool, arguments),) = changes(lighthouse("Tom needs a parrot"))
    assert (tool, arguments["name"]) == ("describe_character", "Tom")
    assert "parrot" in arguments["image_prompt"]


def test_another_scene_was_meant_than_the_one_that_was_changed() -> None:
    did = say("en", "did.picture", scenes="scene 2", Scenes="Scene 2", how="in the rain")
    found = facts("scripted") | {"script": {"version": 1, **LIGHTHOUSE.model_dump(mode="json")}}
    before = Before("make scene 2 darker", did)
    told = understand("no i meant scene 3 not 2", Film(found, "en"), before=before, mind=likely_meanings)
    assert [call.tool for call in told.calls] == ["undo", "edit_scene"]
    assert told.calls[1].arguments["scene"] == 3


def test_fillers_are_no_wishes_that_were_left() -> None:
    found = lighthouse("hochkant brauch ichs auch noch")
    assert changes(found) == [("change_settings", {"aspect_ratio": "9:16"})]
    assert not found.words


async def _late(seconds: float) -> AsyncIterator[Part]:
    await asyncio.sleep(seconds)
    yield TextDelta("There it is.")


@pytest.mark.parametrize(("seconds", "is_told"), [(0.0, False), (0.2, True)])
def test_who_waits_for_the_model_is_told(monkeypatch: pytest.MonkeyPatch, seconds: float, is_told: bool) -> None:
    monkeypatch.setattr(first_words, "PATIENCE_S", 0.05)

    async def told() -> str:
        return "".join([p.text async for p in first_words.soon(_late(seconds), Film(facts("scripted")))
                        if isinstance(p, TextDelta)])  # fmt: skip

    answer = asyncio.run(told())
    assert answer.startswith(say("en", "guided.thinking")) is is_told
    assert first_words.without(answer) == "There it is."


@pytest.mark.parametrize(
    ("said", "instructions"),
    [
        ("make it 3 scenes", "3 scenes"),
        ("6 scenes please", "6 scenes"),
        ("can it be 5 scenes instead of 4", "5 scenes"),
    ],
)
def test_another_number_of_scenes_is_another_script(said: str, instructions: str) -> None:
    assert changes(lighthouse(said)) == [("write_script", {"instructions": instructions})]


def test_as_many_scenes_as_there_are_change_nothing() -> None:
    heard = lighthouse("make it 4 scenes")
    assert not heard.calls
    assert "4 scenes" in heard.words


@pytest.mark.parametrize("said", ["voice of a kid", "can a little girl read it", "eine kinderstimme"])
def test_who_wants_a_childs_voice_hears_that_there_is_none(said: str) -> None:
    heard = lighthouse(said)
    assert not heard.calls
    assert say("de" if "kinder" in said else "en", "ask.voice_none", voices="…").split("…")[0] in heard.words
