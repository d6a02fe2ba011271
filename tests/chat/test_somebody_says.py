"""What somebody says in a scene is a line of theirs, whether they have a name or not; what is written there is not."""

from __future__ import annotations

import pytest

from chat.llm.local.steps import Step
from tests.chat.test_sentences import heard


@pytest.mark.parametrize(
    ("said", "speaker"),
    [
        ('let the fox say "Where are you?" in scene 2', "The fox"),
        ('have the fox say "Where are you?" in scene 2', "The fox"),
        ('in scene 2 the old man asks: "Where are you?"', "The old man"),
        ('scene 2: the dog says "Where are you?"', "The dog"),
        ('let Anna say "Where are you?" in scene 2', "Anna"),
    ],
)
def test_it_is_a_line(said: str, speaker: str) -> None:
    [call] = heard(said).calls
    assert call == Step("edit_scene", {"scene": 2, "lines": [{"speaker": speaker, "text": "Where are you?"}]})


@pytest.mark.parametrize(
    "said",
    ['in scene 2 the poster says "Sale"', 'the narrator says "Sale" in scene 2', 'in scene 2 the text says "Sale"',
     'the second scene says "Sale"'],
)  # fmt: skip
def test_things_say_nothing_aloud(said: str) -> None:
    assert all("lines" not in call.arguments for call in heard(said).calls)
