"""What the local agent hears beside the rules: new scenes and people, exchanged words, qualities, questions."""

from __future__ import annotations

from typing import Any

import pytest

from chat.llm.local.steps import Step
from tests.bench.agent.films import LIGHTHOUSE
from tests.chat.test_guessing import heard, only


@pytest.mark.parametrize(
    ("said", "tool", "arguments"),
    [
        ("replace forty years by sixty years", "edit_scene", {"script": "Ella has kept this light for sixty years."}),
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
