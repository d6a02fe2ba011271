"""Messages of thousands of characters: a text of one's own is taken whole, of anything else the beginning is heard."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from chat.llm.local import understanding
from chat.llm.local.corrections import NOTHING, Before
from chat.llm.local.film import Film
from chat.llm.local.into_english import language_of
from chat.llm.local.long_messages import LEAST_KEPT, MOST_HEARD, heard_of
from chat.llm.local.meanings import likely_meanings
from chat.llm.local.steps import Understood
from chat.protocol import MAX_CONTENT_CHARS
from tests.chat.films import facts

MOST_READINGS = 20
"""Of a message and its parts, each heard for itself."""
TEXTS = {
    "en": "The lighthouse was built in 1874 by a family of masons. “Nobody knows the winter here,” says Anna Berg. ",
    "de": "Der Leuchtturm wurde 1874 von einer Familie gebaut. „Niemand kennt den Winter hier“, sagt Anna Berg. ",
    "es": "El faro fue construido en 1874 por una familia de albañiles, y nadie sabía lo que vendría después. ",
    "fr": "Le phare a été construit en 1874 par une famille de maçons, mais personne ne sait ce qui va se passer. ",
    "hi": "द्वीप के उत्तरी छोर पर बना प्रकाशस्तंभ 1874 में बनाया गया था। हर शाम रखवाले सीढ़ियाँ चढ़कर दीपक जलाते थे। ",
    "zh": "岛北端的灯塔建于1874年，由一家石匠建造。守塔人每天晚上都要爬上台阶点亮灯。现在没有人知道会发生什么",
}
SCRIPT = 'Scene 1: A lighthouse at dawn.\nNarration: "It has burned since 1874."\n'
PARTS = (
    "no ", "all actually ; ", "no music wait instead ", "“10 ", "'a ", "why? make it so. ", "make scene 1 darker, ",
    "12", "- ", "?", " a" + " " * 99, "Mia: Where is it?\n", "x's ",
)  # fmt: skip


def filled(part: str) -> str:
    return (part * MAX_CONTENT_CHARS)[:MAX_CONTENT_CHARS]


def heard(said: str, state: str = "scripted", before: Before = NOTHING) -> Understood:
    film = Film(facts(state), language_of(said, "en"))
    return film.telling(lambda one: understanding.understand(said, one, before=before, mind=likely_meanings))


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """All that is heard for itself."""
    texts: list[str] = []
    known = understanding._understood_as_said

    def noted(said: str, *given: Any, **named: Any) -> Understood:
        texts.append(said)
        return known(said, *given, **named)

    monkeypatch.setattr(understanding, "_understood_as_said", noted)
    return texts


@pytest.mark.parametrize("part", PARTS)
def test_so_much_is_read_of_a_message_and_no_more(part: str, read: list[str]) -> None:
    """Each reader's work grows with a text, some readers' with its square: 8,000 characters took 13 s."""
    heard(filled(part))
    assert len(read) <= MOST_READINGS
    assert max(map(len, read), default=0) <= MOST_HEARD


def test_of_the_message_before_no_more_is_read_either(read: list[str]) -> None:
    found = heard("the same for scene 2", before=Before(filled("make scene 1 darker and "), "I made it darker."))
    assert len(read) <= MOST_READINGS
    assert max(map(len, read)) <= MOST_HEARD + 100
    assert found.words or found.calls


@pytest.mark.parametrize("language", TEXTS)
@pytest.mark.parametrize("length", [900, MAX_CONTENT_CHARS])
def test_a_pasted_text_is_taken_whole(language: str, length: int) -> None:
    said = (TEXTS[language] * 200)[:length]
    [call] = heard(said).calls
    assert (call.tool, call.arguments) == ("write_script", {"text": said})


def test_no_word_of_a_pasted_text_is_changed() -> None:
    """ "rock n roll": a short "and" of somebody in a hurry is written out in wishes alone."""
    said = f"They play rock n the rest is history. {TEXTS['en'] * 8}"
    [call] = heard(said).calls
    assert call.arguments == {"text": said}


def test_a_pasted_script_is_taken_whole() -> None:
    [call] = heard(filled(SCRIPT)).calls
    assert (call.tool, call.arguments) == ("write_script", {"text": filled(SCRIPT)})


def test_how_far_a_long_message_was_heard_is_told() -> None:
    wish, rest = "make scene 1 darker", "and then think of the boats, the ropes and the gulls "
    found = heard(f"{wish}. {rest * 100}")
    assert "I heard it as far as “… " in found.words
    assert "I heard it" not in heard(wish).words
    assert len(heard(filled("1234567890")).words) < 300


def test_whoever_writes_the_script_is_told_all_of_it() -> None:
    said = f"rewrite the script so that it is funnier, {'with a keeper who sings to the gulls and ' * 60}dances"
    found = heard(said)
    assert [call.arguments.get("instructions") for call in found.calls] == [said]
    assert "I heard it" not in found.words


@pytest.mark.parametrize(
    ("said", "ends"),
    [
        ("a" * 5_000, "a"),
        ("word " * 1_000, "word"),
        ("It is so. " * 500, "so."),
        ("好。" * 3_000, "。"),
        ("a\n" * 3_000, "a"),
    ],
)
def test_it_is_cut_where_something_ends(said: str, ends: str) -> None:
    part = heard_of(said)
    assert LEAST_KEPT <= len(part) <= MOST_HEARD
    assert said.startswith(part)
    assert part.endswith(ends)


def test_gaps_do_not_count() -> None:
    said = f"make scene 1{' ' * 4_000}darker{chr(10) * 3_000}please"
    assert heard_of(said) == "make scene 1 darker\n\nplease"
    assert [dict(call.arguments)["scene"] for call in heard(said).calls] == [1]


def test_what_is_short_is_heard_as_it_is() -> None:
    said: Sequence[str] = ("make  scene 1   darker", "", "a" * MOST_HEARD)
    assert [heard_of(one) for one in said] == list(said)
