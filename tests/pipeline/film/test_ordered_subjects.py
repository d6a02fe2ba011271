"""The subject behind an order for a film, in Spanish, French, Italian, Portuguese, Dutch and Chinese."""

from __future__ import annotations

import pytest

from pipeline.film.prompt_facts import told_in
from pipeline.film.prompt_settings import settings_in
from pipeline.film.subjects import subject_in

ORDERS = [
    ("es", "Hola! necesito un vídeo corto para mi panadería, vertical, 15 segundos, que se vea el pan", "mi panadería"),
    ("es", "hazme un video de 20 segundos para instagram sobre mi tienda de flores", "mi tienda de flores"),
    ("es", "quiero un anuncio para mi clínica dental, tono tranquilo", "mi clínica dental"),
    ("es", "quiero un anuncio de quince segundos para mi tienda de flores con voz de mujer", "mi tienda de flores"),
    ("es", "necesito un vídeo de 1 minuto sobre la fotosíntesis para mis alumnos de 2º de ESO", "la fotosíntesis"),
    ("es", "un vídeo sobre cómo cuidar orquídeas", "cómo cuidar orquídeas"),
    ("es", "mi abuela cumple 90 años y quiero un vídeo bonito con voz de mujer", "mi abuela cumple 90 años"),
    ("fr", "Bonjour, j'aimerais une vidéo de 30 secondes pour présenter mon salon de coiffure, format vertical",
     "mon salon de coiffure"),
    ("fr", "il me faut une pub pour notre nouvelle bière blonde, 15 secondes, en carré", "notre nouvelle bière blonde"),
    ("fr", "tu peux me faire un clip pour annoncer l'ouverture de notre librairie samedi 12 ?",
     "l'ouverture de notre librairie samedi 12"),
    ("fr", "une histoire pour enfants avec un petit dragon qui a peur du feu", "un petit dragon qui a peur du feu"),
    ("fr", "on voudrait une vidéo pour les 50 ans de mamie Josette, avec une musique douce",
     "les 50 ans de mamie Josette"),
    ("it", "Ciao, mi serve un video di 30 secondi per il mio agriturismo in Toscana, in orizzontale",
     "il mio agriturismo in Toscana"),
    ("it", "mi fai un reel sulla mia pizzeria? 15 secondi, musica allegra", "la mia pizzeria."),
    ("it", "ho bisogno di uno spot per la nostra palestra, voce maschile", "la nostra palestra"),
    ("it", "Voglio un filmato di 40 secondi che spiega come si fa il pesto", "come si fa il pesto"),
    ("it", "fai un video sul riciclo della plastica per bambini, stile cartone animato", "il riciclo della plastica"),
    ("pt", "faz um vídeo pra minha barbearia, estilo retrô anos 80, 20s pro stories", "minha barbearia"),
    ("pt", "quero um reels do meu salão de beleza, vertical, sem narração", "o meu salão de beleza"),
    ("pt", "preciso de um vídeo de 40 segundos sobre reciclagem para a escola", "reciclagem"),
    ("nl", "ik wil graag een video voor mijn fietsenwinkel, 15 seconden, verticaal", "mijn fietsenwinkel"),
    ("zh", "帮我做一个30秒的视频,介绍我们奶茶店的新品,竖屏", "我们奶茶店的新品"),
    ("zh", "我想要一个关于猫咪咖啡馆的视频,温馨一点", "猫咪咖啡馆"),
    ("zh", "做个短视频,主题是春节,20秒", "春节"),
    ("zh", "我们公司需要一个宣传片，主要讲环保包装，1分钟", "环保包装"),
    ("zh", "我想做一个抖音视频，介绍成都的火锅", "成都的火锅"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "prompt", "about"), ORDERS)
def test_a_film_is_about_what_is_ordered_and_speaks_of_that_alone(language: str, prompt: str, about: str) -> None:
    said = about.rstrip(".")
    assert subject_in(prompt).rstrip(".") == said
    assert [told.words.rstrip(".。?？ ").casefold() for told in told_in(prompt, language)] == [said.casefold()]


@pytest.mark.parametrize(
    ("prompt", "about"),
    [
        ("la storia di una volpe che sogna il mare, 30 secondi", "la storia di una volpe che sogna il mare"),
        ("un vídeo sobre ¿por qué llueve?", "¿por qué llueve?"),
        ("can you make a video about my dog?", "my dog"),
        ("a dog training video for beginners", "dog training for beginners"),
        ("hand washing video for our ward", "hand washing for our ward"),
        ("a short product video for our new candle", "our new candle"),
        ("一只小狐狸想看大海的故事", "一只小狐狸想看大海的故事"),
    ],
)
def test_what_is_no_order_stays_and_questions_that_a_film_is_about(prompt: str, about: str) -> None:
    assert subject_in(prompt) == about


def test_facts_behind_an_order_are_told_beside_it() -> None:
    prompt = "buenas, hazme algo bonito para las bodas de oro de mis papás, son 50 años juntos"
    assert [told.words for told in told_in(prompt, "es")] == ["Las bodas de oro de mis papás.", "Son 50 años juntos."]


@pytest.mark.parametrize(
    ("prompt", "setting", "value"),
    [
        ("un video di 30 secondi per il mio agriturismo", "duration", 30),
        ("um vídeo da loja, 20s pro stories", "duration", 20),
        ("an explainer for our app, burned in subs", "captions", "clean"),
        ("um vídeo da loja, 20s pro stories", "aspect_ratio", "9:16"),
        ("faz um vídeo da barbearia, estilo retrô anos 80, curto", "style", "retrô anos 80"),
        ("un video sul riciclo, stile cartone animato", "style", "cartoon"),
    ],
)
def test_settings_beside_the_order_are_heard(prompt: str, setting: str, value: object) -> None:
    assert settings_in(prompt)[setting] == value


@pytest.mark.parametrize("prompt", ["5 seconds per scene", "10 s pro Szene", "20 secondi per scena"])
def test_a_length_for_each_scene_is_not_the_films(prompt: str) -> None:
    assert "duration" not in settings_in(prompt)
