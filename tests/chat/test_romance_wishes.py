"""Everyday wishes in Spanish, French, Italian and Portuguese: each kind in all four, and what becomes of them."""

from __future__ import annotations

from typing import Any

import pytest

from chat.llm.local.into_english import language_of
from chat.llm.local.wording import say
from tests.chat.test_kinds_of_wishes import changes, lighthouse

Calls = list[tuple[str, dict[str, Any]]]
BOAT = "A small fishing boat between high waves"
ELLA, TOM = "Ella: an old woman", "Tom: a young fisherman with a red cap"
BARE = "Tom: a young fisherman"
ELLA_NOW = f"{ELLA} with a yellow raincoat"


def picture(place: int, text: str) -> Calls:
    return [("edit_scene", {"scene": place, "image_prompt": text})]


def person(name: str, **changed: Any) -> Calls:
    return [("describe_character", {"name": name, **changed})]


def music(*groups: tuple[list[int], str]) -> Calls:
    return [("change_music", {"scenes": scenes, "prompt": prompt}) for scenes, prompt in groups]


def titled(title: str) -> Calls:
    return [("rename_film", {"title": title})]


AT_THE_END = music(([3, 4], "cheerful, piano"))
LIVELY = music(([1, 2], "lively, strings"), ([3, 4], "lively, piano"))
MAN: Calls = [("change_settings", {"voice": "George"})]
AT_NIGHT = picture(4, "The boat in a calm harbour, Tom waves, at night")
BY_DAY = picture(1, "A lighthouse on a cliff in a storm, by day")
AGAIN: Calls = [("regenerate", {"components": ["scene/3"], "instructions": ""})]
GONE: Calls = [("remove_character", {"name": "Tom"})]
SILENT: Calls = [("edit_scene", {"scene": 2, "script": ""})]
DONE: tuple[tuple[str, Calls], ...] = (
    ("mets une musique plus joyeuse sur la fin", AT_THE_END),
    ("pon una musica mas alegre al final", AT_THE_END),
    ("metti una musica più allegra sulla fine", AT_THE_END),
    ("poe uma musica mais alegre no final", AT_THE_END),
    ("la musique devrait être plus animée", LIVELY),
    ("la musica debería ser más animada", LIVELY),
    ("la musica dovrebbe essere più animata", LIVELY),
    ("deixa a música mais animada", LIVELY),
    ("le titre c'est nul, mets « La gardienne »", titled("La gardienne")),
    ("el título es muy soso, ponle «La guardiana»", titled("La guardiana")),
    ('il titolo fa schifo, metti "La guardiana"', titled("La guardiana")),
    ('o titulo ta ruim, poe "A guardiã"', titled("A guardiã")),
    ("renomme le film La dernière lampe", titled("La dernière lampe")),
    ("ponle a la peli La última lámpara", titled("La última lámpara")),
    ("chiama il film L'ultima lampada", titled("L'ultima lampada")),
    ("chama o filme de A última lâmpada", titled("A última lâmpada")),
    ("change le titre en La nuit des vagues", titled("La nuit des vagues")),
    ("cámbiale el título a Faro de noche", titled("Faro de noche")),
    ("cambia titolo in La notte del faro", titled("La notte del faro")),
    ("muda o título pra Noite no farol", titled("Noite no farol")),
    ("la fille devrait avoir les cheveux roux", person("Ella", image_prompt=f"{ELLA_NOW}, cheveux roux")),
    ("que Ella lleve un abrigo rojo en vez del amarillo", person("Ella", image_prompt=f"{ELLA}, un abrigo rojo")),
    ("Ella deve avere una giacca blu invece di quella gialla", person("Ella", image_prompt=f"{ELLA}, una giacca blu")),
    ("a Ella tem que usar um casaco azul em vez do amarelo", person("Ella", image_prompt=f"{ELLA}, um casaco azul")),
    ("le pêcheur devrait avoir une barbe", person("Tom", image_prompt=f"{TOM}, une barbe")),
    ("el pescador debería tener una barba", person("Tom", image_prompt=f"{TOM}, una barba")),
    ("il pescatore dovrebbe avere la barba", person("Tom", image_prompt=f"{TOM}, barba")),
    ("o pescador devia ter barba", person("Tom", image_prompt=f"{TOM}, barba")),
    ("change la casquette rouge de Tom par une bleue", person("Tom", image_prompt=f"{BARE}, une casquette bleue")),
    ("cambia la gorra roja de Tom por una azul", person("Tom", image_prompt=f"{BARE}, una gorra azul")),
    ("Tom dovrebbe portare un berretto verde", person("Tom", image_prompt=f"{BARE}, un berretto verde")),
    ("coloca uma barba no Tom", person("Tom", image_prompt=f"{TOM}, uma barba")),
    ("Tom ne devrait pas avoir de casquette", person("Tom", image_prompt=BARE)),
    ("Tom no debería llevar gorra", person("Tom", image_prompt=BARE)),
    ("Tom non deve portare il berretto", person("Tom", image_prompt=BARE)),
    ("o Tom não devia usar boné", person("Tom", image_prompt=f"{TOM}, sem boné")),
    ("change le nom d'Ella en Maëlle", person("Ella", new_name="Maëlle")),
    ("llama Mateo al pescador", person("Tom", new_name="Mateo")),
    ("chiama il pescatore Marco", person("Tom", new_name="Marco")),
    ("chama o pescador de Pedro", person("Tom", new_name="Pedro")),
    ("enlève Tom", GONE),
    ("quita a Tom", GONE),
    ("togli Tom dal film", GONE),
    ("tira o Tom do filme", GONE),
    ("la scène 4 devrait se passer la nuit", AT_NIGHT),
    ("la escena 4 debería ser de noche", AT_NIGHT),
    ("la scena 1 dovrebbe essere di giorno", BY_DAY),
    ("a cena 4 podia ser à noite", AT_NIGHT),
    ("refais l'image 3", AGAIN),
    ("vuelve a hacer la imagen 3", AGAIN),
    ("rifai l'immagine della scena 3, è brutta", AGAIN),
    ("refaz a imagem da cena 3", AGAIN),
    ("mets une voix d'homme", MAN),
    ("cambia la voz a masculina", MAN),
    ("vorrei la voce di un uomo", MAN),
    ("muda a voz pra masculina", MAN),
    ("dans la scene 2 on devrait voir un arc en ciel", picture(2, f"{BOAT}, un arc en ciel")),
    ("en la escena 2 tendria que verse un arcoiris", picture(2, f"{BOAT}, un arcoiris")),
    ("metti più gabbiani nella scena 2", picture(2, f"{BOAT}, più gabbiani")),
    ("na cena 2 tinha que aparecer um arco-iris", picture(2, f"{BOAT}, um arco-iris")),
    ("enlève le bateau de la scène 2", picture(2, f"{BOAT}, sans le bateau")),
    ("quita la linterna de la escena 3", picture(3, "Ella climbs the spiral stairs")),
    ("togli la lanterna dalla scena 3", picture(3, "Ella climbs the spiral stairs")),
    ("tira o barco da cena 2", picture(2, f"{BOAT}, sem o barco")),
    ("enleve le texte de la scene 2", SILENT),
    ("quita las palabras de la escena 2", SILENT),
    ("togli il testo dalla scena 2", SILENT),
    ("tira as falas da cena 2", SILENT),
    ("remplace la lanterne par une bougie", picture(3, "Ella climbs the spiral stairs with a bougie")),
    ("cambia la linterna por una vela", picture(3, "Ella climbs the spiral stairs with a vela")),
    ("sostituisci la lanterna con una candela", picture(3, "Ella climbs the spiral stairs with a candela")),
    (
        "troca o barco por uma jangada",
        [
            *picture(2, "A jangada between high waves"),
            *picture(4, "The jangada in a calm harbour at sunrise, Tom waves"),
        ],
    ),
    ("remets comme avant", [("undo", {})]),
    ("déjalo como estaba antes", [("undo", {})]),
    ("rimetti com'era prima", [("undo", {})]),
    ("volta como tava", [("undo", {})]),
)  # fmt: skip


@pytest.mark.parametrize(("said", "calls"), DONE, ids=[said for said, _ in DONE])
def test_the_wish_is_done(said: str, calls: Calls) -> None:
    found = lighthouse(said)
    assert (changes(found), found.words) == (calls, "")


@pytest.mark.parametrize(
    ("said", "title"),
    [
        ("ajoute une scène à la fin avec un phare au soleil", "Un phare au soleil"),
        ("añade una escena al final con un atardecer", "Un atardecer"),
        ("aggiungi alla fine una scena con un arcobaleno", "Un arcobaleno"),
        ("põe uma cena nova no final com um arco-íris", "Um arco-íris"),
        ("rajoute une scene ou Tom rentre chez lui", "Tom rentre chez lui"),
        ("otra escena al final donde Ella duerme", "Ella duerme"),
        ("metti un'altra scena dove Tom torna a casa", "Tom torna a casa"),
    ],
)
def test_a_scene_at_the_end_is_a_new_one(said: str, title: str) -> None:
    (call,) = lighthouse(said).calls
    assert (call.tool, call.arguments["after"], call.arguments["title"]) == ("add_scene", 4, title)


@pytest.mark.parametrize(
    ("said", "language", "key"),
    [
        ("le titre c'est nul", "fr", "ask.title"),
        ("el título es feo, busca otro", "es", "ask.title"),
        ("il titolo è troppo lungo", "it", "ask.title"),
        ("nao gostei do titulo, inventa outro", "pt", "ask.title"),
        ("remplace le cheval par une vache", "fr", "ask.scene"),
        ("cambia el caballo por una vaca", "es", "ask.scene"),
        ("sostituisci il cavallo con una mucca", "it", "ask.scene"),
        ("troca o cavalo por uma vaca", "pt", "ask.scene"),
    ],
)
def test_what_is_not_said_is_asked(said: str, language: str, key: str) -> None:
    found = lighthouse(said)
    assert (found.calls, found.words) == ((), say(language, key))


@pytest.mark.parametrize(
    ("said", "language"),
    [("remets comme avant", "fr"), ("como va la cosa", "es"), ("niente musica", "it"), ("volta como tava", "pt"),
     ("coloca legenda", "pt"), ("melhor 40 segundos", "pt"), ("quanto vai me custar", "pt")],
)  # fmt: skip
def test_a_short_sentence_is_answered_in_its_own_language(said: str, language: str) -> None:
    assert language_of(said, "en") == language


@pytest.mark.parametrize(
    "said",
    [
        "qui est Tom ?", "quién es Tom?", "chi è Tom?", "quem é o Tom?",
        "le titre, c'est quoi ?", "de qué va la escena 2?", "la musica è allegra?", "a cena 4 é à noite?",
    ],
)  # fmt: skip
def test_a_question_changes_nothing(said: str) -> None:
    assert lighthouse(said).calls == ()


@pytest.mark.parametrize(
    "said",
    [
        "mets le titre en rouge", "pon el título en inglés", "metti il titolo più grande", "coloca o título no final",
        "mets le titre à la fin", "pon el título en grande",
    ],
)  # fmt: skip
def test_how_a_title_looks_or_where_it_stands_is_no_title(said: str) -> None:
    assert "rename_film" not in [call.tool for call in lighthouse(said).calls]


@pytest.mark.parametrize("said", ["n'enlève pas Tom", "no quites a Tom", "non togliere Tom", "não tira o Tom"])
def test_somebody_who_is_to_stay_is_not_removed(said: str) -> None:
    assert "remove_character" not in [call.tool for call in lighthouse(said).calls]
