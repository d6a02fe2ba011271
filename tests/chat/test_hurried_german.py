"""Tests of German as people type it in a hurry, and of what first users said in other languages."""

from __future__ import annotations

from typing import Any

import pytest

from chat.llm.local.colloquial import spelled_out
from chat.llm.local.corrections import Before
from chat.llm.local.film import Film
from chat.llm.local.meanings import likely_meanings
from chat.llm.local.steps import Step, Understood
from chat.llm.local.understanding import understand
from chat.llm.local.wording import say, sentences
from tests.chat.test_guessing import film, only


def heard(said: str, language: str = "de", state: str = "scripted", **facts: Any) -> Understood:
    spoken = Film({**film(state, language).facts, **facts}, language)
    return spoken.telling(lambda one: understand(said, one, mind=likely_meanings))


@pytest.mark.parametrize(
    ("said", "tool", "arguments"),
    [
        ("nenn ihn mal Früh um vier", "rename_film", {"title": "Früh um vier"}),
        ("nenn den film doch einfach Früh um vier", "rename_film", {"title": "Früh um vier"}),
        ("sag in der dritten szene Um sechs duftet es", "edit_scene", {"scene": 3, "script": "Um sechs duftet es"}),
        (
            "in der letzten szene soll die stimme Kommen Sie vorbei! sagen",
            "edit_scene",
            {"scene": 4, "script": "Kommen Sie vorbei!"},
        ),
        ("lösch die szene 4 wieder", "arrange_scenes", {"order": [1, 2, 3]}),
        (
            "scene 1 should say Willkommen im Café am Markt",
            "edit_scene",
            {"scene": 1, "script": "Willkommen im Café am Markt"},
        ),
        (
            "des bild in szene 2 is langweilig mach ma leute rein",
            "edit_scene",
            {"scene": 2, "image_prompt": "A small fishing boat between high waves, with people"},
        ),
        ("tausch mal die 2 und die 3", "arrange_scenes", {"order": [1, 3, 2, 4]}),
        ("andere stimme, lieber ne männliche", "change_settings", {"voice": "George"}),
        ("nein, das hab ich nicht gemeint, mach das rückgängig", "undo", {}),
    ],
)
def test_it_is_done_as_it_was_said(said: str, tool: str, arguments: dict[str, Any]) -> None:
    assert only(heard(said)) == Step(tool, arguments)


@pytest.mark.parametrize(
    ("said", "language", "mood"),
    [
        ("kannst du die musik bisschen ruhiger machen??", "de", "calm"),
        ("die musik is mir zu traurig, was fröhlicheres bitte", "de", "happy"),
        ("the music is too sad, something happier please", "en", "happy"),
        ("la música es demasiado triste, algo más alegre", "es", "cheerful"),
        ("la musique est trop triste, quelque chose de plus gai", "fr", "cheerful"),
        ("la musica è troppo triste, qualcosa di più allegro", "it", "cheerful"),
        ("a música é muito triste, algo mais alegre", "pt", "cheerful"),
    ],
)
def test_other_music_keeps_its_pieces_apart(said: str, language: str, mood: str) -> None:
    calls = heard(said, language, "film").calls
    assert [call.arguments for call in calls] == [
        {"scenes": [1, 2], "prompt": f"{mood}, strings"},
        {"scenes": [3, 4], "prompt": f"{mood}, piano"},
    ]


@pytest.mark.parametrize(
    ("said", "language"),
    [
        ("nee warte, szene 1 lassen wir wies is", "de"),
        ("lass die szene 1 so", "de"),
        ("no wait, we leave scene 1 as it is", "en"),
        ("non, laisse la scène 1 comme elle est", "fr"),
        ("no, deja la escena 2 así", "es"),
    ],
)
def test_a_scene_that_is_left_alone_stays(said: str, language: str) -> None:
    assert heard(said, language, "film") == Understood(words=sentences(language)["talk.kept"])


@pytest.mark.parametrize(
    ("said", "language"),
    [
        ("welche fassung ist das hier", "de"),
        ("what version is this?", "en"),
        ("¿qué versión es esta?", "es"),
        ("c'est quelle version ça ?", "fr"),
        ("che versione è questa?", "it"),
        ("que versão é essa?", "pt"),
        ("यह कौन सा संस्करण है?", "hi"),
        ("这是哪个版本？", "zh"),
    ],
)
def test_the_version_one_sees_is_told(said: str, language: str) -> None:
    name = sentences(language)["languages.en"]
    told = say(language, "talk.state_version", language=name, shape="16:9", seconds=30, n=1)
    assert heard(said, language, "film") == Understood(words=told)


@pytest.mark.parametrize(
    ("said", "language"),
    [
        ("qué voz es", "es"),
        ("quelle voix c'est ?", "fr"),
        ("che voce è?", "it"),
        ("que voz é?", "pt"),
        ("welche stimme ist das", "de"),
    ],
)
def test_a_question_for_the_voice_is_no_wish_for_another(said: str, language: str) -> None:
    found = heard(said, language)
    assert not found.calls
    assert "Rachel (" in found.words


@pytest.mark.parametrize(
    ("said", "language", "text"),
    [
        ("la escena 1 que diga Felices 80, abuela", "es", "Felices 80, abuela"),
        ("la scène 1 doit dire Bon anniversaire mamie", "fr", "Bon anniversaire mamie"),
        ("la scena 1 deve dire Buon compleanno nonna", "it", "Buon compleanno nonna"),
    ],
)
def test_what_a_scene_is_to_say_is_its_narration(said: str, language: str, text: str) -> None:
    assert only(heard(said, language)) == Step("edit_scene", {"scene": 1, "script": text})


def test_a_yes_that_names_the_price_behind_it_begins_what_it_is_for() -> None:
    assert only(heard("ok passt, für 106 credits ja")) == Step("start_film", {"quote_id": "quote_offered"})


def test_a_version_beside_the_film_leaves_it_as_it_is() -> None:
    assert only(heard("mach mir noch ne hochkant version davon", state="film")) == Step(
        "make_version", {"aspect_ratio": "9:16"}
    )


@pytest.mark.parametrize(
    ("said", "language"),
    [
        ("une version verticale aussi svp", "fr"),
        ("mach noch ne hochkant version dazu", "de"),
        ("a vertical version too", "en"),
    ],
)
def test_a_second_shape_of_what_is_not_made_changes_no_setting(said: str, language: str) -> None:
    assert heard(said, language) == Understood(words=sentences(language)["cannot.two_shapes"])


def test_a_french_comparative_is_no_addition_to_a_picture() -> None:
    call = only(heard("rends l'image de la scène 1 plus sombre stp", "fr", "film"))
    assert call.arguments["image_prompt"] == "A lighthouse on a cliff in a storm at night, darker"


def test_praise_of_a_finished_film_is_answered_with_joy() -> None:
    for said, language in (
        ("schaut super aus!", "de"),
        ("perfekt", "de"),
        ("looks great!", "en"),
        ("c'est super", "fr"),
    ):
        assert heard(said, language, "film") == Understood(words=sentences(language)["talk.glad"])


def test_the_notes_of_somebody_are_applied() -> None:
    assert only(heard("setz die anmerkungen von frau huber um", state="film")) == Step("apply_notes", {})


@pytest.mark.parametrize(
    ("said", "language"),
    [
        ("Hallo, ich möcht gern nen film machen", "de"),
        ("hi i want to make a film", "en"),
        ("hola quiero hacer un video", "es"),
        ("bonjour je voudrais faire un film", "fr"),
    ],
)
def test_who_wants_a_film_is_asked_what_it_is_about(said: str, language: str) -> None:
    assert heard(said, language, "empty") == Understood(words=sentences(language)["ask.subject"])


def test_a_length_and_a_tone_are_no_facts() -> None:
    before = Before("ein film über meine oma", sentences("de")["open.facts"])
    spoken = film("scripted", "de")
    said = "nur 20 sek, und bitte lustig"
    assert only(understand(said, spoken, before=before, mind=likely_meanings)) == Step(
        "write_script", {"instructions": said, "duration": 20}
    )


def test_facts_that_come_later_are_told_while_nothing_is_made() -> None:
    said = "sie heißt Gerda und wohnt in Regensburg, kocht jeden oktober 40 gläser"
    assert only(heard(said, writes_by_rules=True)) == Step("write_script", {"instructions": f"Tell this too: {said}"})


@pytest.mark.parametrize(
    ("said", "language", "title"),
    [
        ("füg ne szene ein wo der hund die tomate klaut", "de", "Der Hund klaut die Tomate"),
        ("füg eine Szene mit einem roten Ballon ein", "de", "Ein roter Ballon"),
        ("füg eine szene mit einem alten haus hinzu", "de", "Ein altes Haus"),
        ("und noch eine wo alle lachen", "de", "Alle lachen"),
        ("ajoute une scène où le chien mange la tomate", "fr", "Le chien mange la tomate"),
        ("añade una escena donde el perro come el tomate", "es", "El perro come el tomate"),
    ],
)
def test_a_new_scene_is_called_in_the_words_it_was_wished_in(said: str, language: str, title: str) -> None:
    assert only(heard(said, language)).arguments["title"] == title


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("wie lang ist der", "dauert 30 Sekunden"),
        ("is die stimme ne frau?", "Rachel (Frau)"),
        ("wie lösch ich den film wieder", "My films"),
        ("kann ich das aufm handy runterladen", "Laden Sie ihn"),
        ("wie viel hab ich jetzt noch", "894 Credits"),
        ("mach die schrift dicker", "Untertitel"),
        ("welche anmerkung ist noch offen", "Anmerkungen"),
    ],
)
def test_a_question_in_a_hurry_is_answered(said: str, told: str) -> None:
    found = heard(said, state="film")
    assert not found.calls
    assert told in found.words


def test_a_question_for_another_length_is_a_wish_for_it() -> None:
    call = only(heard("kann der film auch nur 15 sek sein?"))
    assert (call.tool, call.arguments["duration"]) == ("write_script", 15)


@pytest.mark.parametrize(
    ("said", "plain"),
    [
        ("is die musik nich zu laut", "ist die musik nicht zu laut"),
        ("kannste ne andere stimme nehmen", "kannst du eine andere stimme nehmen"),
        ("ne, lass mal", "ne, lass mal"),
        ("szene 1 sagt Das is nich wahr", "szene 1 sagt Das is nich wahr"),
        ("titel: Is was?", "titel: Is was?"),
        ("mach es a bissl heller", "mach es heller"),
        ("erzähl etwas über igel", "erzähl etwas über igel"),
    ],
)
def test_swallowed_words_are_spelled_out_and_what_is_dictated_stays(said: str, plain: str) -> None:
    assert spelled_out(said) == plain
