"""Wishes as people type them in a hurry, and in Romance languages: what each must come to, and what it must not."""

from __future__ import annotations

from typing import Any

import pytest

from chat.llm.local.reading import read
from chat.llm.local.wording import say
from tests.chat.test_kinds_of_wishes import changes, lighthouse, on_an_empty_page

Calls = list[tuple[str, dict[str, Any]]]


@pytest.mark.parametrize(
    ("said", "place"),
    [
        ("scne 2 darker", 2),
        ("sc 3 shorter", 3),
        ("sceen 4 at night", 4),
        ("szne 2 nachts", 2),
        ("a scene after 2 with gulls", 2),
        ("add one with a whale before the last", 4),
    ],
)
def test_a_scene_is_found_however_it_is_typed(said: str, place: int) -> None:
    assert read(said, 4, "de" if said.startswith("szne") else "en").named == [place]


@pytest.mark.parametrize(
    ("said", "places"),
    [
        ("get rid of everything after scene 2", [3, 4]),
        ("all scenes before scene 3", [1, 2]),
        ("from scene 3 on", [3, 4]),
    ],
)
def test_scenes_are_named_by_what_is_beside_them(said: str, places: list[int]) -> None:
    assert read(said, 4).named == places


def test_seconds_are_no_scenes() -> None:
    assert read("wait 5 sec after 3 seconds", 4).named == []


@pytest.mark.parametrize(
    ("said", "calls"),
    [
        ("use georges voice", [("change_settings", {"voice": "George"})]),
        ("stimme von brian, ach ne doch lieber lily", [("change_settings", {"voice": "Lily"})]),
        ("quita los subtitulos y pon la voz de george", [("change_settings", {"voice": "George", "captions": "off"})]),
        ("enleve la musique stp", [("change_settings", {"music": False})]),
        ("passe en portrait et enleve la musique", [("change_settings", {"aspect_ratio": "9:16", "music": False})]),
        ("mets une voix d'homme", [("change_settings", {"voice": "George"})]),
        ("la vorrei quadrata x instagram", [("change_settings", {"aspect_ratio": "1:1"})]),
        ("the shop is called Salt & Sons, can u put that in the titel", [("rename_film", {"title": "Salt & Sons"})]),
        ("its called Bloom, use that as the title pls", [("rename_film", {"title": "Bloom"})]),
        ("change the titel to Bloom & Co", [("rename_film", {"title": "Bloom & Co"})]),
        ("actually no swap them back", [("undo", {})]),
        ("scene 2 needs a kid in a yellow vest",
         [("edit_scene", {"scene": 2,
                          "image_prompt": "A small fishing boat between high waves, with a kid in a yellow vest"})]),
        ("put a man in a red boat in scene 2",
         [("edit_scene", {"scene": 2,
                          "image_prompt": "A small fishing boat between high waves, with a man in a red boat"})]),
        ("the 2nd scene needs a kid in the rain",
         [("edit_scene", {"scene": 2,
                          "image_prompt": "A small fishing boat between high waves, with a kid in the rain"})]),
        ("scene 3 with 2 ponies",
         [("edit_scene", {"scene": 3,
                          "image_prompt": "Ella climbs the spiral stairs with a lantern, with 2 ponies"})]),
        ("die letzte szene mit 2 braunen ponys",
         [("edit_scene", {"scene": 4, "image_prompt": "The boat in a calm harbour at sunrise, Tom waves, "
                                                      "mit 2 braunen ponys"})]),
        ("swap 2 with 3", [("arrange_scenes", {"order": [1, 3, 2, 4]})]),
        ("szene 2 mit 3 tauschen", [("arrange_scenes", {"order": [1, 3, 2, 4]})]),
        ("hochkant wär besser", [("change_settings", {"aspect_ratio": "9:16"})]),
        ("kann man das auch ohne musik machen", [("change_settings", {"music": False})]),
        ("and the last one in the garden",
         [("edit_scene", {"scene": 4,
                          "image_prompt": "The boat in a calm harbour at sunrise, Tom waves, in garden"})]),
        ("put the last one first", [("arrange_scenes", {"order": [4, 1, 2, 3]})]),
        ("make 2 a bit darker",
         [("edit_scene", {"scene": 2, "image_prompt": "A small fishing boat between high waves, darker"})]),
        ("mach 2 etwas dunkler",
         [("edit_scene", {"scene": 2, "image_prompt": "A small fishing boat between high waves, darker"})]),
        ("no take the gulls out of scene 2",
         [("edit_scene", {"scene": 2, "image_prompt": "A small fishing boat between high waves, without gulls"})]),
        ("remove tom", [("remove_character", {"name": "Tom"})]),
        ("take tom out of the film please", [("remove_character", {"name": "Tom"})]),
        ("at the end it should say Tom's lighthouse",
         [("edit_scene", {"scene": 4, "script": "And somebody came home. Tom's lighthouse."})]),
        ("scene 3 at sunrise and nobody should talk in it",
         [("edit_scene", {"scene": 3, "image_prompt": "Ella climbs the spiral stairs with a lantern, at sunrise",
                          "script": ""})]),
    ],
)  # fmt: skip
def test_it_is_done(said: str, calls: Calls) -> None:
    assert changes(lighthouse(said)) == calls


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("wie lang wird das", "dauert 30 Sekunden"),
        ("how long will it be", "lasts 30 seconds"),
        ("i need it to be 45 minutes long", "at most 5 minutes"),
        ("make the stairs red.. actually nvm leave it as it is", "as it is"),
        ("start over from zero, forget all of this", "new film be about"),
        ("whats she saying in scene 1 again", "forty years"),
        ("scene 3 without ella", "different in scene 3"),
        ("no people", "In which scene"),
        ("posso chiudere la pagina mentre lavora?", "chiudere la pagina"),
        ("kannst du das freitag um 8 auf instagram posten", "Share"),
    ],
)
def test_it_changes_nothing_and_is_answered(said: str, answer: str) -> None:
    found = lighthouse(said)
    assert changes(found) == []
    assert answer in found.words


def test_a_wish_that_is_denied_is_not_done_but_the_other_one_is() -> None:
    found = changes(lighthouse("delete scene 1, no sorry dont, just make it foggy there"))
    assert [(tool, arguments["scene"]) for tool, arguments in found] == [("edit_scene", 1)]


def test_who_leaves_a_scene_that_shows_them_alone_is_asked_for_another_picture() -> None:
    found = lighthouse("remove ella from the film")
    assert changes(found) == [("remove_character", {"name": "Ella"})]
    assert "scene 3" in found.words


@pytest.mark.parametrize("said", ["scene 2 is just too much for me", "please i want you to think about scene 2"])
def test_nothing_is_put_into_a_picture_that_only_speaks_of_the_film(said: str) -> None:
    assert not [call for call in changes(lighthouse(said)) if "image_prompt" in call[1]]


@pytest.mark.parametrize(
    ("said", "calls"),
    [
        ("put the captions in a box hm actually just turn em off", [("change_settings", {"captions": "off"})]),
        ("go square.. wait no 4:3", [("change_settings", {"aspect_ratio": "4:3"})]),
        ("fais lire charlotte, non attends plutot daniel", [("change_settings", {"voice": "Daniel"})]),
        ("titulo: La Guardiana, y sin musica porfa",
         [("change_settings", {"music": False}), ("rename_film", {"title": "La Guardiana"})]),
        ("can a man read it, and call the whole thing Salt and Light",
         [("change_settings", {"voice": "George"}), ("rename_film", {"title": "Salt and Light"})]),
        ("chiamala Giulia invece di Ella", [("describe_character", {"name": "Ella", "new_name": "Giulia"})]),
        ("bit less loud with the music pls", [("change_settings", {"music_level_db": -6.0})]),
        ("no talking in this one", [("change_settings", {"voice_over": False})]),
    ],
)  # fmt: skip
def test_the_last_word_counts_and_no_wish_swallows_another(said: str, calls: Calls) -> None:
    assert changes(lighthouse(said)) == calls


def test_a_second_wish_that_is_of_something_else_is_done_too() -> None:
    found = changes(lighthouse("make it square, actually also turn the captions off"))
    assert found == [("change_settings", {"aspect_ratio": "1:1", "captions": "off"})]


def test_music_is_not_described_with_words_of_another_wish() -> None:
    found = lighthouse("no dogs in this one, and the music at the end shd be a ukulele")
    assert not [call for call in changes(found) if "one" in str(call[1].get("prompt"))]


@pytest.mark.parametrize(
    ("said", "name", "shown"),
    [
        ("scene 2 takes place on a beach", "image_prompt", "on a beach"),
        ("in the boat scene i want a big whale right next to it", "image_prompt", "a big whale"),
    ],
)
def test_a_thing_or_a_place_goes_into_the_picture(said: str, name: str, shown: str) -> None:
    ((tool, arguments),) = changes(lighthouse(said))
    assert (tool, arguments["scene"]) == ("edit_scene", 2)
    assert shown in arguments[name]


def test_a_question_behind_what_one_tells_of_oneself_begins_no_film() -> None:
    assert changes(on_an_empty_page("never used this b4, how does it work here")) == []
    assert changes(on_an_empty_page("a film about my cat, how does she sleep")) == [("write_script", {})]


def test_an_age_in_years_takes_the_place_of_the_old_one() -> None:
    ((tool, arguments),) = changes(lighthouse("ella shud be way younger like 25"))
    assert (tool, arguments["name"]) == ("describe_character", "Ella")
    assert "old woman" not in arguments["image_prompt"]
    assert "about 25 years old" in arguments["image_prompt"]


def test_a_name_behind_a_no_removes_nobody() -> None:
    assert changes(lighthouse("no tom")) == []


def test_what_one_scene_gets_and_another_is_not_to_have_are_two_wishes() -> None:
    found = changes(lighthouse("put fireworks in scene 1. make scene 2 without fireworks"))
    assert [(call["scene"], call["image_prompt"].rpartition(", ")[2]) for _, call in found] == [
        (1, "with fireworks"),
        (2, "without fireworks"),
    ]


@pytest.mark.parametrize(
    ("said", "place", "shown"),
    [
        ("i don't like scene 1, make it darker", 1, "darker"),
        ("i dont like the last scene, add some fog", 4, "fog"),
        ("i don't like scene 1, one should see the shop from outside", 1, "the shop from outside"),
        ("szene 1 gefällt mir nicht, da soll man den laden von außen sehen", 1, "laden von außen"),
    ],
)
def test_what_is_wished_behind_a_complaint_is_done(said: str, place: int, shown: str) -> None:
    ((tool, arguments),) = changes(lighthouse(said))
    assert (tool, arguments["scene"]) == ("edit_scene", place)
    assert shown in arguments["image_prompt"]


@pytest.mark.parametrize(
    "said",
    [
        "replace the boat with a ship in scene 2",
        "scene 2: replace the boat with a ship",
        "i hate scene 2. replace the boat with a ship",
    ],
)
def test_a_thing_is_replaced_in_one_scene_with_its_own_article(said: str) -> None:
    told = {"scene": 2, "image_prompt": "A small fishing ship between high waves"}
    assert changes(lighthouse(said)) == [("edit_scene", told)]


@pytest.mark.parametrize(
    ("said", "calls"),
    [
        ("cut scene 4 down a bit", [("edit_scene", {"scene": 4, "duration": 3})]),
        ("the last scene should be 8 seconds and have no music",
         [("edit_scene", {"scene": 4, "duration": 8}), ("change_music", {"scenes": [4], "silent": True})]),
        ("make it in the style of van gogh", [("change_settings", {"style": "van gogh"})]),
        ("speed up the music",
         [("change_music", {"scenes": [1, 2], "prompt": "fast, strings"}),
          ("change_music", {"scenes": [3, 4], "prompt": "fast, piano"})]),
        ("make scene 2 again", [("regenerate", {"components": ["scene/2"], "instructions": ""})]),
    ],
)  # fmt: skip
def test_it_is_done_for_the_part_that_was_named(said: str, calls: Calls) -> None:
    found = [(tool, {name: value for name, value in told.items() if value is not None})
             for tool, told in changes(lighthouse(said))]  # fmt: skip
    assert found == calls


def test_looks_that_are_not_liked_are_asked_for() -> None:
    found = lighthouse("i dont like how ella looks")
    assert changes(found) == []
    assert "What does Ella look like?" in found.words


@pytest.mark.parametrize(
    ("said", "calls"),
    [
        ("lösch bitte die zweite szene", [("arrange_scenes", {"order": [1, 3, 4]})]),
        ("mach alles in schwarz weiß", [("change_settings", {"style": "black and white"})]),
        ("mets la scène 3 plus longue et enlève tom",
         [("edit_scene", {"scene": 3, "duration": 12}), ("remove_character", {"name": "Tom"})]),
        ("haz la escena 1 más larga y cambia el título a Luz",
         [("edit_scene", {"scene": 1, "duration": 12}), ("rename_film", {"title": "Luz"})]),
        ("la música más alegre por favor",
         [("change_music", {"scenes": [1, 2], "prompt": "cheerful, strings"}),
          ("change_music", {"scenes": [3, 4], "prompt": "cheerful, piano"})]),
        ("accorcia la scena 1", [("edit_scene", {"scene": 1, "duration": 5})]),
        ("cambia il titolo in Tempesta", [("rename_film", {"title": "Tempesta"})]),
        ("muda o título para Farol", [("rename_film", {"title": "Farol"})]),
        ("cambia la voz por una de hombre", [("change_settings", {"voice": "George"})]),
    ],
)  # fmt: skip
def test_everyday_wishes_are_heard_in_other_languages(said: str, calls: Calls) -> None:
    assert changes(lighthouse(said)) == calls


@pytest.mark.parametrize(
    ("said", "calls"),
    [
        ("scene 2 darker and 10 seconds",
         [("edit_scene",
           {"scene": 2, "duration": 10, "image_prompt": "A small fishing boat between high waves, darker"})]),
        ("scene 3 darker and no music there",
         [("edit_scene", {"scene": 3, "image_prompt": "Ella climbs the spiral stairs with a lantern, darker"}),
          ("change_music", {"scenes": [3], "silent": True})]),
        ("make scene 2 foggy and shorten it",
         [("edit_scene",
           {"scene": 2, "duration": 3, "image_prompt": "A small fishing boat between high waves, foggy"})]),
        ("take out the last sentence", [("edit_scene", {"scene": 4, "script": ""})]),
        ("the first scene could use a seagull",
         [("edit_scene", {"scene": 1, "image_prompt": "A lighthouse on a cliff in a storm at night, with a seagull"})]),
        ("replace rachel by someone british", [("change_settings", {"voice": "Alice"})]),
    ],
)  # fmt: skip
def test_a_length_and_what_leans_on_a_scene_are_of_that_scene(said: str, calls: Calls) -> None:
    assert changes(lighthouse(said)) == calls


@pytest.mark.parametrize("said", ["give scene 1 and 2 the same music", "put scene 3 after 4 and drop the music there"])
def test_music_that_cannot_be_told_is_asked_for(said: str) -> None:
    assert [call for call in changes(lighthouse(said)) if call[0] in ("change_music", "change_settings")] == []


@pytest.mark.parametrize(
    "said", ["boxed captions, and the stairs one only needs 5 secs", "the volcano one only needs 5 secs"]
)
def test_the_length_of_a_scene_that_is_not_known_rewrites_no_film(said: str) -> None:
    assert "write_script" not in [tool for tool, _ in changes(lighthouse(said))]


def test_words_for_the_last_scene_are_spoken_there() -> None:
    told = {"scene": 4, "script": "Bentornato a casa, ragazzo."}
    assert changes(lighthouse("nell'ultima la voce deve dire: Bentornato a casa, ragazzo.")) == [("edit_scene", told)]


@pytest.mark.parametrize("said", ["nope make it blue", "wait remove the harbour", "no take it out again"])
def test_a_wish_behind_a_no_is_not_answered_as_a_no(said: str) -> None:
    assert lighthouse(said).words != say("en", "talk.nothing")


@pytest.mark.parametrize("said", ["no thanks", "not now", "no dont make it", "no leave it like that"])
def test_a_no_begins_nothing(said: str) -> None:
    assert changes(lighthouse(said)) == []


def test_what_is_done_is_not_said_to_be_left() -> None:
    assert lighthouse("kann man das auch ohne musik machen").words == ""
