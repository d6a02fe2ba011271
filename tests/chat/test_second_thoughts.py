"""Tests of what was done although it was not meant: second thoughts, questions without their mark, a yes with more
words."""

from __future__ import annotations

from typing import Any

import pytest

from chat.llm.local import understanding
from chat.llm.local.appearance import with_look
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


def lighthouse(said: str, state: str = "film", before: Before | None = None, **changes: Any) -> Understood:
    script = {"version": 1, **LIGHTHOUSE.model_dump(mode="json"), **changes}
    film = Film(facts(state) | {"script": script, "scene_lengths": list(range(3, 16))}, language_of(said, "en"))
    return film.telling(lambda one: understand(said, one, before=before or Before(), mind=likely_meanings))


def tools(found: Understood) -> list[str]:
    return [call.tool for call in found.calls]


@pytest.mark.parametrize(
    "said",
    [
        "take scene 1 out. no wait leave it in", "remove scene 2 - actually no keep it",
        "add rain to scene 2, no wait, don't",
        "delete scene 2, oh no please don't", "delete the last scene... nah leave it",
        "nimm szene 2 raus, nein doch nicht",
        "make it anime. hmm, better not", "mach die musik aus, ach nein, lass sie",
    ],
)  # fmt: skip
def test_what_is_taken_back_in_the_same_breath_is_not_done(said: str) -> None:
    found = lighthouse(said)
    assert not found.calls
    assert found.words in (say("en", "talk.kept"), say("de", "talk.kept"))


@pytest.mark.parametrize(
    ("said", "arguments"),
    [
        ("make it anime, no wait, rather noir", {"style": "noir"}),
        ("maybe watercolor, or no, better clay", {"style": "clay"}),
        ("maybe anime? or no, rather like a painting", {"style": "watercolor"}),
        ("no music, no wait, rather quieter", {"music_level_db": -6.0}),
        ("scene 2 at night, no wait, rather at dawn",
         {"scene": 2, "image_prompt": "A small fishing boat between high waves, at dawn"}),
        ("make scene 1 darker, no wait make it brighter",
         {"scene": 1, "image_prompt": "A lighthouse on a cliff in a storm at night, brighter"}),
    ],
)  # fmt: skip
def test_what_is_said_better_is_done_and_nothing_else(said: str, arguments: dict[str, Any]) -> None:
    assert [dict(call.arguments) for call in lighthouse(said).calls] == [arguments]


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        ("scene 2 is a bit quick, 1 sec more?", 6), ("scene 2 one second longer", 6),
        ("give scene 2 another 2 seconds", 7),
        ("make scene 2 3 more seconds", 8), ("scene 2 1 second shorter", 4), ("mach szene 2 eine sekunde länger", 6),
        ("can the 2nd be longer,like 8s", 8), ("the second one could be longer, say 9 seconds", 9),
        ("could the 2nd be longer? like 9 sec", 9),
    ],
)  # fmt: skip
def test_seconds_more_are_added_to_what_a_scene_has_and_no_script_is_written(said: str, seconds: int) -> None:
    found = lighthouse(said, "scripted")
    assert [(call.tool, dict(call.arguments)) for call in found.calls] == [
        ("edit_scene", {"scene": 2, "duration": seconds})
    ]
    assert not found.words


@pytest.mark.parametrize(
    ("said", "key"),
    [
        ("will youtube flag the music", "cannot.rights"),
        ("will the music get me a strike on youtube", "cannot.rights"),
        ("can my wife see it without logging in", "cannot.share"), ("can other people watch it?", "cannot.share"),
        ("kann meine frau das auch sehen ohne anmelden", "cannot.share"),
        ("does the music have copyright", "cannot.rights"),
    ],
)  # fmt: skip
def test_a_question_without_its_mark_changes_nothing(said: str, key: str) -> None:
    found = lighthouse(said)
    assert not found.calls
    assert say(language_of(said, "en"), key) in found.words


@pytest.mark.parametrize(
    "said",
    [
        "what a load of crap, start over", "this is rubbish start again", "ugh this is awful. start over",
        "so ein mist, nochmal von vorne",
    ],
)  # fmt: skip
def test_who_is_angry_is_asked_before_a_script_is_written_again(said: str) -> None:
    found = lighthouse(said)
    assert not found.calls
    assert found.words.endswith("?")


@pytest.mark.parametrize(
    "said",
    [
        "ok yes make it with the sad music", "ok go ahead with this music", "yes make it with the new title",
        "go ahead with these captions",
    ],
)  # fmt: skip
def test_a_yes_with_what_the_film_has_is_a_yes(said: str) -> None:
    sad = [{"prompt": "sad, slow strings", "scene_indexes": [1, 2, 3, 4]}]
    assert tools(lighthouse(said, "scripted", music=sad)) == ["start_film"]


def test_a_yes_with_other_music_than_the_film_has_starts_nothing() -> None:
    assert set(tools(lighthouse("yes make it with the sad music", "scripted"))) == {"change_music"}


@pytest.mark.parametrize(
    ("said", "prompts"),
    [
        ("no more strings", ["tense, no strings", "hopeful piano, no strings"]),
        ("no more drums please", ["tense strings, no drums", "hopeful piano, no drums"]),
        ("more strings", ["tense strings, more strings", "hopeful piano, more strings"]),
        ("make the music sadder at first", ["sad, strings"]),
    ],
)
def test_music_is_heard_as_it_was_meant(said: str, prompts: list[str]) -> None:
    assert [call.arguments["prompt"] for call in lighthouse(said).calls] == prompts


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("stimme weg, nur musik", "voice_over"),
        ("die stimme bitte raus", "voice_over"),
        ("i dont want music", "music"),
        ("i do not really want music", "music"),
    ],
)
def test_it_is_off(said: str, name: str) -> None:
    assert [dict(call.arguments) for call in lighthouse(said).calls] == [{name: False}]


@pytest.mark.parametrize("said", ["stop ich will doch keine musik", "stop i dont want music", "stop, no music"])
def test_a_stop_before_a_wish_stops_the_run_too(said: str) -> None:
    assert set(tools(lighthouse(said, "running"))) == {"cancel_run", "change_settings"}


@pytest.mark.parametrize(
    "said",
    [
        "dont remove anything just make scene 2 brighter", "don't delete the boat, just make scene 2 brighter",
        "bitte nichts löschen, nur szene 2 heller", "please don't change the music, only make scene 2 brighter",
    ],
)  # fmt: skip
def test_what_is_to_stay_does_not_hide_the_wish(said: str) -> None:
    ((call),) = lighthouse(said).calls
    assert call.arguments == {"scene": 2, "image_prompt": "A small fishing boat between high waves, brighter"}


@pytest.mark.parametrize(
    ("said", "order"),
    [
        ("take the boat scene out and tell me what it costs", [1, 3, 4]),
        ("drop the stairs scene and tell me the price", [1, 2, 4]),
        ("take scene 1 out and tell me the price", [2, 3, 4]),
    ],
)
def test_a_wish_beside_a_price_is_done(said: str, order: list[int]) -> None:
    found = lighthouse(said)
    assert tools(found) == ["arrange_scenes", "quote_film"]
    assert found.calls[0].arguments["order"] == order


def test_the_price_without_several_things_is_that_of_all_of_them() -> None:
    (call,) = lighthouse("price without captions and w/o music").calls
    assert (call.tool, dict(call.arguments)) == ("price_of_settings", {"captions": "off", "music": False})


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("how many words does she say", "16 words are spoken in the film."),
        ("how many words are in it?", "16 words are spoken in the film."),
        ("how many words are spoken in scene 2", "4 words are spoken in scene 2."),
    ],
)
def test_words_are_counted(said: str, told: str) -> None:
    assert lighthouse(said).words == told


@pytest.mark.parametrize("said", ["i lost my film", "my film is gone", "i can't find my film", "mein film ist weg"])
def test_who_has_lost_a_film_is_told_how_it_stands(said: str) -> None:
    assert tools(lighthouse(said)) == ["film_status"]


@pytest.mark.parametrize(
    ("said", "place"),
    [
        ("oh wait no the last one, not the first", 4), ("no sorry the 2nd one, not the 1st", 2),
        ("oh no, i meant the last one", 4), ("no, the third one not the first", 3),
    ],
)  # fmt: skip
def test_another_scene_was_meant(said: str, place: int) -> None:
    did = say("en", "did.picture", scenes="scene 1", Scenes="Scene 1", how="darker")
    undone, changed = lighthouse(said, before=Before("make scene 1 darker", did)).calls
    assert (undone.tool, changed.arguments["scene"]) == ("undo", place)


@pytest.mark.parametrize(
    "said", ["दृश्य 1 सबसे अच्छी गुणवत्ता में", "scene 1 sabse achi quality me", "scene 1 in best quality"]
)
def test_the_best_quality_is_known_in_hindi(said: str) -> None:
    (call,) = lighthouse(said).calls
    assert (call.tool, call.arguments["components"]) == ("regenerate", ["scene/1", "audio/1", "video/1"])


def test_a_film_that_is_being_made_is_not_offered_to_be_made() -> None:
    assert say("en", "cannot.export_making") in lighthouse("can i get it as mp4", "running").words


@pytest.mark.parametrize("said", ["kannst du das lustiger machen", "mach das bitte witziger", "make it funnier"])
def test_another_tone_is_heard(said: str) -> None:
    assert tools(lighthouse(said, "scripted")) == ["write_script"]


@pytest.mark.parametrize(
    ("said", "scene"),
    [
        ("make scene 1 darker, no, scene 2", 2), ("make scene 1 darker, sorry, scene 3", 3),
        ("make the first one darker. no wait i mean the last one", 4), ("mach szene 1 dunkler, nein, szene 2", 2),
    ],
)  # fmt: skip
def test_only_the_scene_that_was_meant_is_changed(said: str, scene: int) -> None:
    assert [(call.tool, call.arguments["scene"]) for call in lighthouse(said).calls] == [("edit_scene", scene)]


def test_only_the_scene_that_was_meant_is_silent() -> None:
    (call,) = lighthouse("no music in scene 1, no wait, scene 2").calls
    assert call.arguments == {"scenes": [2], "silent": True}


@pytest.mark.parametrize(
    "said",
    [
        "i love the music", "the voice is really nice", "die musik ist echt toll", "keep the music, i like it",
        "keep the music please and the voice", "ok, i really like the pictures",
    ],
)  # fmt: skip
def test_praise_changes_nothing(said: str) -> None:
    found = lighthouse(said)
    assert not found.calls
    assert found.words in {say(language, key) for language in ("en", "de") for key in ("talk.glad", "talk.kept")}


@pytest.mark.parametrize(
    ("said", "name", "look"),
    [
        ("the fisherman has no cap", "Tom", "Tom: a young fisherman"),
        ("remove the red cap", "Tom", "Tom: a young fisherman"),
        ("no yellow raincoat", "Ella", "Ella: an old woman"),
        ("dont like the fisherman, can he be older", "Tom", "Tom: an older fisherman with a red cap"),
        ("dont like tom, can he be older with a beard", "Tom",
         "Tom: a young fisherman with a red cap, older with a beard"),
    ],
)  # fmt: skip
def test_looks_are_those_of_somebody_of_the_film(said: str, name: str, look: str) -> None:
    (call,) = lighthouse(said).calls
    assert (call.tool, dict(call.arguments)) == ("describe_character", {"name": name, "image_prompt": look})


@pytest.mark.parametrize(
    ("wanted", "look"),
    [
        ("black and white like a border collie", "Rex: a dog with floppy ears, black and white like a border collie"),
        ("brown", "Rex: a brown dog with floppy ears"),
        ("a blue balloon", "Rex: a golden-brown dog with floppy ears, a blue balloon"),
    ],
)
def test_somebody_is_of_one_colour(wanted: str, look: str) -> None:
    assert with_look("Rex: a golden-brown dog with floppy ears", wanted) == look


@pytest.mark.parametrize(
    ("said", "scene"),
    [
        ("dont say tonight somebody needs it", 2), ("please dont say “And somebody came home”", 4),
        ("sag nicht tonight somebody needs it", 2),
        ("don't mention tonight somebody needs it!!! that's just the mood", 2),
    ],
)  # fmt: skip
def test_a_sentence_that_is_not_to_be_said_goes(said: str, scene: int) -> None:
    (call,) = lighthouse(said).calls
    assert call.arguments == {"scene": scene, "script": ""}


def test_a_part_of_a_sentence_is_asked_about() -> None:
    assert lighthouse("don't mention forty years").words == say("en", "ask.words", n=1)


@pytest.mark.parametrize(
    "said",
    [
        "i want the whole old text back in scene 1", "can i have the old words of scene 2 back",
        "back to the original script please", "make the text like it was",
    ],
)  # fmt: skip
def test_earlier_words_are_among_the_versions(said: str) -> None:
    found = lighthouse(said)
    assert not found.calls
    assert found.words == say("en", "cannot.versions")


@pytest.mark.parametrize("said", ["die musik in szene 1 bis 3 ruhiger", "ruhigere musik in szene 1-3"])
def test_a_range_of_scenes_in_german(said: str) -> None:
    places = [place for call in lighthouse(said).calls for place in call.arguments["scenes"]]
    assert places == [1, 2, 3]


def test_a_name_for_the_end_is_heard_whole() -> None:
    found = lighthouse("put the name of the shop big at the end, Panificio Ferrante")
    assert not found.calls
    assert "scene 4 says “Panificio Ferrante”" in found.words


@pytest.mark.parametrize(
    "said",
    [
        "hi there, who r you and what can you do for me?", "hello, who are you? what do you do exactly",
        "hi, who are you? what does this cost", "what do you do here exactly",
    ],
)  # fmt: skip
def test_who_asks_what_this_is_begins_no_film(said: str) -> None:
    settings = TaskSettings(length_is_open=True).model_dump()
    found = {"film": {"prompt": said, "title": "", "settings": settings}, "script": None, "run": None}
    film = Film({**found, "writes_by_rules": True, "finished": None, "remarks": []}, "en")
    heard = film.telling(lambda one: understand(said, one, is_first=True, mind=likely_meanings))
    assert not heard.calls
    assert heard.words


@pytest.mark.parametrize(
    "said",
    [
        "did you delete scene 2", "what if i remove scene 2", "should i remove scene 2", "soll ich szene 2 löschen",
        "what happens if i delete scene 2", "delete scene 2? no", "lösch szene 2 nicht",
        "nimm die boot szene nicht raus",
        "how loud is the music", "kann man die musik noch ändern", "did you remove scene 2?",
    ],
)  # fmt: skip
def test_what_is_only_asked_or_denied_removes_nothing(said: str) -> None:
    found = lighthouse(said)
    assert not found.calls
    assert found.words


@pytest.mark.parametrize(
    ("said", "seconds"), [("scene 2 is too short by 2 seconds", 7), ("scene 2 is 1 second too long", 4)]
)
def test_so_many_seconds_too_few_or_too_many(said: str, seconds: int) -> None:
    assert [dict(call.arguments) for call in lighthouse(said).calls] == [{"scene": 2, "duration": seconds}]


@pytest.mark.parametrize("said", ["wait ", "all actually ; ", "no music wait instead ", "“10 ", "no, actually 2 "])
def test_endless_second_thoughts_keep_nobody_busy(said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """They were heard within each other: 18 s for 300 times "wait", and no end to what is deeper than Python goes."""
    heard, known = [], understanding._understood_as_said

    def noted(part: str, *given: Any, **named: Any) -> Understood:
        heard.append(part)
        return known(part, *given, **named)

    monkeypatch.setattr(understanding, "_understood_as_said", noted)
    understand((said * 1_500)[:1_500], Film(facts("scripted")), mind=likely_meanings)
    assert 1 <= len(heard) <= 20
