from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from pipeline.planning.cut_changes import BACK, UNCHANGED, Change, Cut, cut_again
from pipeline.planning.cut_words import words_in
from pipeline.planning.kinds import Kind

PICTURE, CLIP = Change(Kind.STILL, "new", (2,)), Change(Kind.CLIP, "new", (2,))


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ([CLIP, PICTURE], "Cut again with a new picture and clip in scene 2."),
        (
            [Change(Kind.STILL, "own", (2,)), CLIP],
            "Cut again with a new clip in scene 2 and your own picture in scene 2.",
        ),
        ([Change(Kind.MUSIC, "new", (1, 2, 3))], "Cut again with new music in scenes 1 to 3."),
        ([Change(Kind.MUSIC, "own", (1,))], "Cut again with your own music in scene 1."),
        ([Change(Kind.CHARACTER, "new")], "Cut again with a new character."),
        ([Change(Kind.VOICE, "earlier", (3,))], "Cut again with the earlier voice-over in scene 3."),
        ([Change(Kind.STILL, "new", (place,)) for place in range(1, 5)], "Cut again with 4 changed pieces."),
    ],
)
def test_it_is_said_what_is_different_in_a_new_cut(changes: Sequence[Change], sentence: str) -> None:
    assert cut_again(changes, computed=[Kind.FILM], is_cut=True) == sentence


def test_what_is_not_in_the_film_yet_is_not_said_to_be_in_it() -> None:
    said = cut_again([Change(Kind.STILL, "own", (2,))], computed=[Kind.STORYBOARD], is_cut=False)
    assert said == "You have your own picture in scene 2 now. The film stays as it is until you update it."


@pytest.mark.parametrize(
    ("computed", "is_cut", "sentence"),
    [
        ([Kind.TRANSITION, Kind.FILM], True, "Cut again with the changed transitions."),
        ([Kind.FILM, Kind.SOUNDTRACK], True, "Cut again with the changed sound."),
        ([Kind.FILM], True, "Cut again."),
        ([], True, BACK),
        ([], False, UNCHANGED),
    ],
)
def test_a_cut_without_other_pieces_says_what_was_computed(computed: list[Kind], is_cut: bool, sentence: str) -> None:
    assert cut_again([], computed=computed, is_cut=is_cut) == sentence


BEFORE = Cut("The thing", "soft", (1, 2, 3))


@pytest.mark.parametrize(
    ("after", "computed", "sentence"),
    [
        (replace(BEFORE, title="Another"), [], "Cut again with the new title."),
        (replace(BEFORE, captions="off"), [], "Cut again without captions."),
        (replace(BEFORE, captions="boxed"), [Kind.BODY, Kind.CAPTIONS], "Cut again with captions in a box."),
        (replace(BEFORE, scenes=(3, 1, 2)), [Kind.TRANSITION, Kind.SOUNDTRACK], "Cut again in the new order."),
        (replace(BEFORE, scenes=(1, 3)), [Kind.BODY, Kind.TRANSITION], "Cut again without the removed scene."),
        (replace(BEFORE, scenes=(1, 2, 3, 4)), [Kind.BODY], "Cut again to fit the script."),
        (
            replace(BEFORE, title="Another", captions="off"),
            [Kind.SOUNDTRACK],
            "Cut again without captions, with the new title and with the changed sound.",
        ),
        (Cut(None, None, (1, 2, 3)), [], "Cut again."),
        (BEFORE, [], "Cut again."),
    ],
)
def test_what_was_changed_beside_the_pieces_is_said(after: Cut, computed: list[Kind], sentence: str) -> None:
    found = cut_again([], computed=[Kind.FILM, *computed], is_cut=True, before=BEFORE, after=after)
    assert found == sentence


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ([CLIP, PICTURE], "Neu geschnitten, mit einem neuen Bild und einem neuen Clip in Szene 2."),
        ([Change(Kind.MUSIC, "new", (1, 2, 3))], "Neu geschnitten, mit neuer Musik in den Szenen 1 bis 3."),
        ([Change(Kind.VOICE, "own", (1,))], "Neu geschnitten, mit Ihrer eigenen Sprachaufnahme in Szene 1."),
        ([Change(Kind.STILL, "new", (place,)) for place in range(1, 5)], "Neu geschnitten, mit 4 geänderten Teilen."),
    ],
)
def test_a_german_film_is_told_of_in_german(changes: Sequence[Change], sentence: str) -> None:
    assert cut_again(changes, computed=[Kind.FILM], is_cut=True, language="de") == sentence


@pytest.mark.parametrize(
    ("after", "computed", "sentence"),
    [
        (BEFORE, [], "Zurück zu einem früheren Schnitt des Films."),
        (BEFORE, [Kind.SOUNDTRACK, Kind.FILM], "Neu geschnitten, mit dem geänderten Ton."),
        (
            replace(BEFORE, title="Another", captions="off"),
            [Kind.FILM],
            "Neu geschnitten, ohne Untertitel und mit dem neuen Titel.",
        ),
        (replace(BEFORE, scenes=(1, 3)), [Kind.FILM], "Neu geschnitten, ohne die entfernte Szene."),
    ],
)
def test_a_german_cut_without_other_pieces_says_why_in_german(after: Cut, computed: list[Kind], sentence: str) -> None:
    assert cut_again([], computed=computed, is_cut=True, before=BEFORE, after=after, language="de") == sentence


def test_what_a_german_film_does_not_show_yet_is_said_in_german() -> None:
    said = cut_again([Change(Kind.CLIP, "own", (2,))], computed=[], is_cut=False, language="de")
    assert said.startswith("Sie haben jetzt Ihren eigenen Clip in Szene 2.")
    assert words_in("de").first == "Ihr Film ist fertig!"
