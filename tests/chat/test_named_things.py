"""Things that have a name here, and what becomes of them, however it is put and in whatever language."""

from __future__ import annotations

from typing import Any

import pytest

from chat.llm.local.named_things import parts, questions
from tests.chat.test_kinds_of_wishes import changes, lighthouse

Calls = list[tuple[str, dict[str, Any]]]


def set_to(**settings: Any) -> tuple[str, dict[str, Any]]:
    return ("change_settings", settings)


def scene(place: int, **changed: Any) -> tuple[str, dict[str, Any]]:
    return ("edit_scene", {"scene": place, **changed})


def titled(title: str) -> tuple[str, dict[str, Any]]:
    return ("rename_film", {"title": title})


@pytest.mark.parametrize(
    ("said", "calls"),
    [
        ("lets go w brian n kill the music", [set_to(voice="Brian"), set_to(music=False)]),
        ("last scene 7 secs n first one 5", [scene(4, duration=7), scene(1, duration=5)]),
        ("vire les sous titres et prend sarah comme voix", [set_to(captions="off"), set_to(voice="Sarah")]),
        ("swap rachel for matilda, and boxed captions", [set_to(voice="Matilda"), set_to(captions="boxed")]),
        ("szene 2 dauert 8 sekunden u der film soll Nachtwache heißen", [scene(2, duration=8), titled("Nachtwache")]),
        ("la prima dura 6 secondi e senza sottotitoli", [scene(1, duration=6), set_to(captions="off")]),
    ],
)  # fmt: skip
def test_each_part_is_done(said: str, calls: Calls) -> None:
    assert together(changes(lighthouse(said))) == together(calls)


def together(calls: Calls) -> Calls:
    """Several settings, and several scenes, may come in one call or in several."""
    settings = {name: value for tool, told in calls if tool == "change_settings" for name, value in told.items()}
    scenes = [(tool, told) for tool, told in calls if tool != "change_settings"]
    return [*scenes, ("change_settings", settings)]


@pytest.mark.parametrize(
    ("said", "calls"),
    [
        ("scene 1 6 secs... nah 8", [scene(1, duration=8)]),
        ("den titel bitte Nordwind, ach quatsch, Sturmflut", [titled("Sturmflut")]),
        ("el titulo Marea Alta.. no espera, Marea Negra", [titled("Marea Negra")]),
        ("go square.. wait no 4:3", [set_to(aspect_ratio="4:3")]),
        ("kill the music. wait no keep it, just quieter", [set_to(music_level_db=-6.0)]),
        ("titel Sturmnacht, ne wart, Leuchtfeuer klingt schöner", [titled("Leuchtfeuer")]),
        ("fais lire charlotte, non attends plutot daniel", [set_to(voice="Daniel")]),
        ("mach die musik lauter.. äh nee weißt was, ganz ohne musik", [set_to(music=False)]),
    ],
)
def test_a_correction_replaces_what_it_corrects(said: str, calls: Calls) -> None:
    assert changes(lighthouse(said)) == calls


def test_what_only_names_a_scene_belongs_to_the_wish_before_it() -> None:
    silent = [("change_music", {"scenes": [1], "silent": True})]
    assert changes(lighthouse("mute the music but only in the storm scene")) == silent


@pytest.mark.parametrize(
    ("said", "place", "words"),
    [
        ("nell'ultima la voce deve dire: Bentornato a casa, ragazzo.", 4, "Bentornato a casa, ragazzo"),
        ("dans la 1 elle doit dire : Cette lumière ne s'éteint jamais", 1, "Cette lumière ne s'éteint jamais"),
    ],
)
def test_dictated_words_stay_whole_and_in_their_scene(said: str, place: int, words: str) -> None:
    [(tool, told)] = changes(lighthouse(said))
    assert (tool, told["scene"], told["script"].rstrip(".")) == ("edit_scene", place, words)


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("la scene 2 se passe sur une plage et elle dure 5 secondes", "plage"),
        ("szene 2 im schneesturm, und musik aus", "schneesturm"),
    ],
)
def test_what_is_seen_goes_into_the_picture_of_the_scene_that_is_named(said: str, shown: str) -> None:
    pictures = [told for tool, told in changes(lighthouse(said)) if "image_prompt" in told]
    assert [one["scene"] for one in pictures] == [2]
    assert shown in pictures[0]["image_prompt"]


@pytest.mark.parametrize(
    "said",
    [
        "quieter music, its drowning her out",
        "la musica piu bassa, perche copre la voce",
    ],
)
def test_a_reason_is_no_wish(said: str) -> None:
    assert [tool for tool, _ in changes(lighthouse(said))] == ["change_settings"]


@pytest.mark.parametrize("said", ["show the title at the beginning", "another title please", "what is the title"])
def test_a_title_is_not_taken_from_what_names_none(said: str) -> None:
    assert "rename_film" not in {tool for tool, _ in changes(lighthouse(said))}


@pytest.mark.parametrize("said", ["szene 2 kann bleiben", "nimm szene 2", "scene 2 without the boat"])
def test_a_scene_is_removed_only_where_nothing_else_is_said(said: str) -> None:
    assert "arrange_scenes" not in {tool for tool, _ in changes(lighthouse(said))}


@pytest.mark.parametrize(
    ("said", "language", "asks"),
    [
        ("in welcher auflösung ist der jetz", "de", True),
        ("who have u picked as the narrator", "en", True),
        ("cb de scenes il y a en tout", "fr", True),
        ("which voice sounds warmer", "en", False),
        ("make the resolution higher", "en", False),
    ],
)
def test_a_question_about_settings_says_nothing_else(said: str, language: str, asks: bool) -> None:
    assert questions.is_about_settings(said, language) is asks


def test_a_message_is_cut_where_wishes_may_end() -> None:
    told = parts.cut("scenes 1 and 2 at night, captions off and then, no wait, boxed: please", "en")
    assert [(part.text, part.is_instead) for part in told.parts][:2] == [
        ("scenes 1 and 2 at night", False),
        ("captions off", False),
    ]
    assert told.parts[2].is_instead


@pytest.mark.parametrize(
    "said", ["should i drop the stairs scene u think?", "soll ich die treppe löschen?", "shall we make it vertical?"]
)
def test_who_asks_whether_to_do_it_is_offered_it(said: str) -> None:
    heard = lighthouse(said)
    assert not heard.calls
    assert heard.words.endswith("?") or heard.suggestions


def test_no_word_of_what_is_to_be_seen_is_dropped() -> None:
    [(_, told)] = changes(lighthouse("scene 4 at dawn pls w seagulls evrywhere"))
    assert {"dawn", "seagulls"} <= set(told["image_prompt"].split())


def test_a_length_in_a_message_that_is_not_understood_rewrites_nothing() -> None:
    assert "write_script" not in {tool for tool, _ in changes(lighthouse("le scale 9 secondi e tom con la barba"))}


@pytest.mark.parametrize("said", ["rifai solo la voce della scena due", "redo only the voice of scene two"])
def test_a_voice_is_made_again_for_the_scene_that_is_counted_in_words(said: str) -> None:
    assert changes(lighthouse(said)) == [("regenerate", {"components": ["audio/2"], "instructions": ""})]


def test_the_picture_is_no_part_of_what_is_to_be_seen_in_it() -> None:
    heard = changes(lighthouse("mach die untertitel weg und das bild in szene 1 mit mehr blumen"))
    pictures = [told["image_prompt"] for _, told in heard if "image_prompt" in told]
    assert [one.endswith("mit mehr blumen") and "bild" not in one for one in pictures] == [True]
