"""The agent with a small language model: the rules first, the model for the rest, and nothing dear without a yes."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import pytest
from pytest_django import Settings

from chat import prompts
from chat.agent.tool_specs import SPECS
from chat.llm.base import Conversation, Item, Part, Said, Suggestions, TextDelta, ToolCall
from chat.llm.guided import asking, model, wishes
from chat.llm.guided.answers import is_true
from chat.llm.guided.deeds import meant
from chat.llm.guided.model import GuidedModel
from chat.llm.local import model as local
from chat.llm.local.film import Film
from chat.llm.local.understanding import understand
from tests.chat.films import facts
from tests.emulators.server import Emulators
from tests.pipeline.providers.own_servers import using


@pytest.fixture
def own(settings: Settings, emulators: Emulators) -> Iterator[Emulators]:
    with using(settings, emulators):
        yield emulators


@pytest.fixture(autouse=True)
def rules_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is understood by its likeness to examples, so that it reaches the model; nothing is read ahead."""

    async def nothing(system: str, user: str) -> bool:
        return True

    monkeypatch.setattr(model, "MIND", None)
    monkeypatch.setattr(local, "likely_meanings", None)
    monkeypatch.setattr(asking, "warm", nothing)


def heard(own: Emulators, *said: str, state: str = "scripted", reads: Sequence[dict[str, Any]] = ()) -> list[Part]:
    """Return what comes of the last sentence; those before it are by user and agent in turns. `reads` are the
    model's."""
    own.turn("compatible", replies=list(reads))
    items: list[Item] = [Said("agent" if (len(said) - n) % 2 == 0 else "user", text) for n, text in enumerate(said)]
    return asyncio.run(_all(Conversation("", facts(state), tuple(items))))


async def _all(conversation: Conversation) -> list[Part]:
    return [part async for part in GuidedModel().reply(conversation, SPECS)]


def reading(do: str, at: Sequence[int] = (), text: str = "") -> dict[str, Any]:
    return {"json": {"wishes": [{"do": do, "at": list(at), "text": text}]}}


def calls(parts: Sequence[Part]) -> list[tuple[str, dict[str, Any]]]:
    return [(part.name, dict(part.arguments)) for part in parts if isinstance(part, ToolCall)]


def words(parts: Sequence[Part]) -> str:
    return "".join(part.text for part in parts if isinstance(part, TextDelta))


def buttons(parts: Sequence[Part]) -> list[str]:
    return [sentence for part in parts if isinstance(part, Suggestions) for sentence in part.sentences]


def asked(own: Emulators) -> list[dict[str, Any]]:
    return [bill["what"]["asked"] for bill in own.bills("compatible")]


STRANGE = "the rockety bit wants a smidge of drizzle"


def test_what_the_rules_understand_needs_no_model(own: Emulators) -> None:
    assert calls(heard(own, "make it vertical")) == [("change_settings", {"aspect_ratio": "9:16"})]
    assert asked(own) == []


def test_it_says_what_it_is(own: Emulators) -> None:
    assert "behind them a small language model" in words(heard(own, "who are you?"))
    assert asked(own) == []


def test_what_they_do_not_is_read_by_the_model_under_a_schema_of_this_film(own: Emulators) -> None:
    parts = heard(own, STRANGE, reads=[reading("picture", [1], "a smidge of drizzle")])
    picture = "Picture of early rocketry, in daylight, a smidge of drizzle"
    assert calls(parts) == [("edit_scene", {"scene": 1, "image_prompt": picture})]
    (request,) = asked(own)
    form = request["response_format"]["json_schema"]["schema"]["properties"]["wishes"]["items"]["properties"]
    assert form["at"]["items"]["enum"] == [1, 2, 3, 4, 5, 6]
    assert request["temperature"] == 0.0
    assert request["messages"][1]["content"].endswith(f"{json.dumps(STRANGE)} →")


def test_another_move_of_the_camera_takes_the_place_of_the_one_before(own: Emulators) -> None:
    found = facts("scripted")
    found["script"]["clips"][0]["scene"]["video_prompt"] = "Smoke rises, the camera pushes in."
    own.turn("compatible", replies=[reading("motion", [1], "the camera circles the rocket")])
    said = Said("user", "in that rockety bit let the camera circle the rocket thingy")
    parts = asyncio.run(_all(Conversation("", found, (said,))))
    assert calls(parts)[0][1]["video_prompt"] == "Smoke rises, the camera circles the rocket"


def test_a_scene_that_there_is_not_is_not_changed(own: Emulators) -> None:
    parts = heard(own, STRANGE, reads=[reading("picture", [17], "drizzle")])
    assert calls(parts) == []
    assert words(parts).startswith("In which scene?")


def test_a_picture_that_the_model_made_up_is_not_made(own: Emulators) -> None:
    parts = heard(own, STRANGE, reads=[reading("picture", [1], "a purple elephant dancing on tables")])
    assert calls(parts) == []


def test_words_to_be_spoken_are_taken_as_they_were_typed(own: Emulators) -> None:
    said = "the rockety one goes: Hello, moon!"
    parts = heard(own, said, reads=[reading("words", [1], "hello moon")])
    assert calls(parts) == [("edit_scene", {"scene": 1, "script": "Hello, moon!"})]


def test_what_the_model_repeats_of_its_examples_is_not_made(own: Emulators) -> None:
    said = "mehr Möwen bei dem Raketending"
    assert calls(heard(own, said, reads=[reading("picture", [1], "more pigeons")])) == []


def test_a_length_that_is_there_already_is_no_change(own: Emulators) -> None:
    assert calls(heard(own, "that rockety bit drags on and on", reads=[reading("seconds", [1], "5")])) == []
    assert calls(heard(own, "that rockety bit drags on and on", reads=[reading("set", [], "shape 16:9")])) == []


def test_words_that_nobody_typed_are_not_spoken(own: Emulators) -> None:
    assert calls(heard(own, STRANGE, reads=[reading("words", [1], "Buy our rockets today")])) == []


@pytest.mark.parametrize(
    ("read", "asks", "tool"),
    [
        (reading("remove", [2]), "remove scene 2", "arrange_scenes"),
        (reading("script", [], "with more jokes"), "rewrite the script: with more jokes", "write_script"),
        (reading("seconds", [], "45"), "make the film 45 seconds long", "write_script"),
        (reading("set", [], "language French"), "make it in French", "write_script"),
    ],
)
def test_what_removes_or_rewrites_is_asked_about_first_in_words_that_the_rules_know(
    own: Emulators, read: dict[str, Any], asks: str, tool: str
) -> None:
    parts = heard(own, STRANGE, reads=[read])
    assert calls(parts) == []
    assert words(parts) == f"Do you mean: “{asks}”?"
    assert buttons(parts) == [asks]
    assert [call.tool for call in understand(asks, Film(facts("scripted"))).calls] == [tool]


@pytest.mark.parametrize(
    ("key", "values", "tool"),
    [
        ("remove", {"n": 2}, "arrange_scenes"),
        ("remove_several", {"n": "2 und 3"}, "arrange_scenes"),
        ("length", {"n": 45}, "write_script"),
        ("language", {"language": "Französisch"}, "write_script"),
        ("rewrite", {"text": "lustiger"}, "write_script"),
    ],
)
def test_the_german_ones_are_known_too(key: str, values: dict[str, Any], tool: str) -> None:
    film = Film(facts("scripted"), "de")
    assert [call.tool for call in understand(film.say(f"guided.{key}", **values), film).calls] == [tool]


def test_a_yes_to_the_question_does_it(own: Emulators) -> None:
    parts = heard(own, STRANGE, "Do you mean: “remove scene 2”?", "yes please", reads=[reading("remove", [2])])
    assert calls(parts) == [("arrange_scenes", {"order": [1, 3, 4, 5, 6]})]


def test_a_no_to_the_question_does_nothing(own: Emulators) -> None:
    assert calls(heard(own, STRANGE, "Do you mean: “remove scene 2”?", "no")) == []


def test_the_question_is_known_again() -> None:
    film = Film(facts("scripted"))
    assert meant(film.say("guided.mean", wish="remove scene 2"), film) == "remove scene 2"
    assert meant("Shall I?", film) == ""


def test_the_model_never_starts_the_film(own: Emulators) -> None:
    assert calls(heard(own, "whoop whoop lift off", reads=[reading("yes")])) == [("quote_film", {})]


def test_a_removal_that_the_rules_read_needs_the_models_agreement(own: Emulators) -> None:
    said = "remove scene 2"
    assert [call.tool for call in understand(said, Film(facts("scripted"))).calls] == ["arrange_scenes"]
    parts = heard(own, said, reads=[reading("picture", [2], "remove")])
    assert [name for name, _ in calls(parts)] == ["edit_scene"]


@pytest.mark.parametrize(
    ("said", "asks"),
    [
        ("remove scene 2", "remove scene 2"),
        ("make it in spanish", "make it in Spanish"),
    ],
)
def test_something_drastic_that_the_model_does_not_read_is_asked_about(own: Emulators, said: str, asks: str) -> None:
    parts = heard(own, said, reads=[reading("unclear")])
    assert calls(parts) == []
    assert words(parts) == f"Do you mean: “{asks}”?"


def test_a_rewriting_that_both_read_is_done(own: Emulators) -> None:
    parts = heard(own, "rewrite the script, funnier", reads=[reading("script", [], "funnier")])
    assert [name for name, _ in calls(parts)] == ["write_script"]


def test_questions_are_answered_from_the_facts(own: Emulators) -> None:
    said = "what is that moon thingy about, roughly?"
    replies = [
        reading("ask", [3]),
        {"text": "Scene 3 shows the moon landing. It lasts 5 seconds. I have made it longer."},
    ]
    parts = heard(own, said, reads=replies)
    assert calls(parts) == []
    assert words(parts) == "Scene 3 shows the moon landing. It lasts 5 seconds."


@pytest.mark.parametrize(
    "false", ["I have changed scene 3.", "It costs 999 credits.", "Ich habe das Bild geändert.", "I'll add a dog."]
)
def test_what_is_not_true_is_not_said(own: Emulators, false: str) -> None:
    parts = heard(own, "what is that moon thingy about, roughly?", reads=[reading("ask", [3]), {"text": false}])
    assert words(parts).startswith("I cannot tell that from what I know of the film.")
    assert not is_true(false, "scene 3")


def test_without_an_answer_the_rules_say_what_they_would(own: Emulators) -> None:
    parts = heard(own, STRANGE, reads=[{"text": "no JSON at all"}])
    assert words(parts).startswith("I did not get that.")


def test_what_the_rules_have_understood_stays_and_the_model_adds_the_rest(own: Emulators) -> None:
    said = "make it vertical and the rockety bit wants drizzle"
    reads = {
        "json": {
            "wishes": [{"do": "set", "at": [], "text": "shape 1:1"}, {"do": "picture", "at": [1], "text": "drizzle"}]
        }
    }
    settings, picture = calls(heard(own, said, reads=[reads]))
    assert settings == ("change_settings", {"aspect_ratio": "9:16"})
    assert picture == ("edit_scene", {"scene": 1, "image_prompt": "Picture of early rocketry, in daylight, drizzle"})


def test_where_the_model_adds_nothing_it_is_said_what_was_not_done(own: Emulators) -> None:
    parts = heard(own, "make it vertical and the rockety bit wants drizzle", reads=[reading("unclear")])
    assert [name for name, _ in calls(parts)] == ["change_settings"]
    assert words(parts).startswith("I did not do this: “the rockety bit wants drizzle”.")


def test_a_new_name_is_spoken_too(own: Emulators) -> None:
    found = facts("scripted")
    found["script"]["clips"][2]["scene"]["script"] = "Astronaut waves."
    own.turn("compatible", replies=[reading("rename", [], "Astronaut: Zed")])
    said = Said("user", "that suit person is Zed by the way")
    parts = asyncio.run(_all(Conversation("", found, (said,))))
    renamed, spoken = calls(parts)
    assert renamed == ("describe_character", {"name": "Astronaut", "new_name": "Zed"})
    assert spoken == ("edit_scene", {"scene": 3, "script": "Zed waves."})


@pytest.mark.parametrize("do", ["rewrite", "silent", "undo", "stop"])
def test_what_loses_something_is_not_done_where_the_sentence_has_no_word_for_it(own: Emulators, do: str) -> None:
    assert calls(heard(own, STRANGE, reads=[reading(do, [1], "other"), {"json": {"narration": "Buy!"}}])) == []


@pytest.mark.parametrize(
    ("said", "asks"),
    [
        ("what kind of mood does the moon thingy have, roughly?", True),
        ("wie sieht denn das Mond-Ding aus", True),
        ("could you put drizzle on the rockety bit?", False),
        ("how about drizzle on the rockety bit", False),
        ("the rockety bit wants drizzle", False),
    ],
)
def test_a_question_changes_nothing(own: Emulators, said: str, asks: bool) -> None:
    parts = heard(own, said, reads=[reading("picture", [1], "drizzle"), {"text": "It is early rocketry."}])
    assert bool(calls(parts)) is not asks


def test_other_words_are_written_for_the_scene_as_it_is(own: Emulators) -> None:
    said = "the moon thingy sounds so dull, spice it up"
    replies = [
        reading("rewrite", [3], "more exciting"),
        {"json": {"narration": "One small step, and every heart jumps!"}},
    ]
    parts = heard(own, said, reads=replies)
    assert calls(parts) == [("edit_scene", {"scene": 3, "script": "One small step, and every heart jumps!"})]
    assert "Wish: more exciting" in asked(own)[1]["messages"][1]["content"]


def test_dictated_words_are_not_written_anew(own: Emulators) -> None:
    said = "switch the moon blurb to: One small step."
    parts = heard(own, said, reads=[reading("rewrite", [3], "one small step")])
    assert calls(parts) == [("edit_scene", {"scene": 3, "script": "One small step."})]
    assert len(asked(own)) == 1


def test_a_server_that_does_not_answer_leaves_it_to_the_rules(own: Emulators, settings: Settings) -> None:
    settings.PIXORA_BASE_URLS = {**settings.PIXORA_BASE_URLS, "llm": "http://127.0.0.1:9/v1"}
    parts = asyncio.run(_all(Conversation("", facts("scripted"), (Said("user", STRANGE),))))
    assert words(parts).startswith("I did not get that.")


def test_the_film_is_read_ahead_after_each_answer(own: Emulators, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []

    async def warm(system: str, user: str) -> bool:
        read.append(user)
        return True

    monkeypatch.setattr(asking, "warm", warm)
    heard(own, STRANGE, reads=[reading("no")])
    assert wishes.question("x", Film(facts("scripted"))).startswith(read[0])


def test_what_never_changes_is_read_as_the_server_comes_up(
    own: Emulators, monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    answers = iter([False, True])

    async def warm(system: str, user: str) -> bool:
        assert system == prompts.instructions("wishes-1")
        return next(answers)

    monkeypatch.setattr(asking, "warm", warm)
    monkeypatch.setattr(model, "LOOK_EVERY_S", 0.0)
    asyncio.run(GuidedModel().read_ahead())
    assert next(answers, None) is None


def test_what_the_rules_took_over_in_another_language_is_turned_into_english(own: Emulators) -> None:
    said = "Szene 3 mit einem lila Nashorn"
    (before,) = understand(said, Film(facts("scripted"), "de")).calls
    assert "lila" in before.arguments["image_prompt"]
    parts = heard(own, said, reads=[{"json": {"english": "a purple rhino"}}])
    ((tool, arguments),) = calls(parts)
    assert tool == "edit_scene"
    assert arguments["image_prompt"].endswith("a purple rhino")
    assert "lila" not in arguments["image_prompt"]
    assert "moon landing" in arguments["image_prompt"]


def test_what_is_not_there_in_a_language_is_said_in_english_as_a_whole(own: Emulators) -> None:
    parts = heard(own, "quítame por favor aquella cosa lunar del cohete", reads=[reading("remove", [2])])
    assert calls(parts) == []
    assert words(parts) == "Do you mean: “remove scene 2”?"


class Alike:
    """A mind that takes each sentence for one about a picture."""

    def __init__(self, likelihood: float) -> None:
        self.likelihood = likelihood

    def meanings(self, said: str) -> list[Likely]:
        return [Likely("picture", self.likelihood), Likely("motion", 0.1)]

    def likeness(self, some: Sequence[str], others: Sequence[str]) -> list[list[float]]:
        return [[self.likelihood] * len(others) for _ in some]


class Likely(NamedTuple):
    name: str
    likelihood: float


def test_what_is_like_the_examples_is_not_read(own: Emulators, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(model, "MIND", Alike(0.9))
    monkeypatch.setattr(local, "likely_meanings", Alike(0.9))
    ((name, arguments),) = calls(heard(own, "scene 1 a smidge of drizzle"))
    assert (name, arguments["image_prompt"].rpartition(", ")[2]) == ("edit_scene", "with a smidge of drizzle")
    assert asked(own) == []


@pytest.mark.parametrize(("likeness", "shown"), [(0.9, "a purple rhino"), (0.5, "einem lila Nashorn")])
def test_a_translation_that_means_something_else_is_not_taken(
    own: Emulators, monkeypatch: pytest.MonkeyPatch, likeness: float, shown: str
) -> None:
    own.turn("compatible", replies=[{"json": {"english": "a purple rhino"}}])
    monkeypatch.setattr(model, "MIND", Alike(likeness))
    assert asyncio.run(model._english("einem lila Nashorn")) == shown
