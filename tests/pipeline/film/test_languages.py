"""The language a text is written in, and the languages it asks for."""

from __future__ import annotations

import pytest

from pipeline.film.languages import asked_in, language_of, name_of, named_in, without_asked

WRITTEN = {
    "en": ["my dog biscuit at teh beach", "vid abt my hamster pls", "Paris at night", "film about El Niño", "cats"],
    "de": ["Igel im Herbst", "ein video fuer meine baeckerei in koeln", "wie entsteht ein regenbogen"],
    "es": ["hazme un video de 20 segundos sobre el cafe colombiano", "gatos jugando en la playa"],
    "fr": ["fais une video sur les chats sans musique", "comment naît un volcan", "mon chien à la plage"],
    "it": ["fammi un video di 20 secondi sul caffè", "come nasce un vulcano", "i gatti di roma"],
    "pt": ["faça um vídeo de 15 segundos sobre gatos sem música", "meu cachorro na praia"],
    "nl": ["een film over katten, 15 seconden", "maak een filmpje over mijn oma"],
    "hi": ["चाय के बारे में 15 सेकंड का वीडियो", "मेरी दादी की कहानी"],
    "zh": ["做一个关于猫的15秒竖屏视频", "猫"],
    "ja": ["猫についての15秒の動画", "海の夜"],
    "ko": ["김치에 대한 15초 영상"],
    "th": ["แมว"],
    "ru": ["сделай видео про кошек", "моя бабушка"],
    "ar": ["قصة جدتي"],
    "he": ["הסבתא שלי"],
    "sv": ["gör en video om min mormor", "havet på natten utan musik"],
    "pl": ["zrób wideo o mojej babci", "mój pies na plaży"],
    "tr": ["kediler hakkında 15 saniyelik bir video"],
}


@pytest.mark.parametrize(("language", "text"), [(language, text) for language in WRITTEN for text in WRITTEN[language]])
def test_a_text_is_in_its_language(language: str, text: str) -> None:
    assert language_of(text) == language


def test_the_likely_language_is_that_of_a_text_that_tells_none() -> None:
    assert [language_of(text, "de") for text in ("", "2", "ok", "🎬")] == ["de"] * 4


def test_quotations_do_not_count() -> None:
    assert language_of("make scene 2 say “Kommt herein, setzt euch und bleibt bei uns”") == "en"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("coffee in German", "de"),
        ("Kaffee auf Koreanisch", "ko"),
        ("café en inglés, por favor", "en"),
        ("le café en chinois", "zh"),
        ("un film in giapponese", "ja"),
        ("o mar em alemão", "de"),
        ("een film in het Frans", "fr"),
        ("चाय, हिन्दी में", "hi"),
        ("用英语做一个视频", "en"),
        ("with Swedish narration", "sv"),
        ("in Brazilian Portuguese", "pt"),
        ("love in Italian villages", None),
        ("a dance in Latin America", None),
        ("kids in pools", None),
        ("a shark covered in fins", None),
    ],
)
def test_a_language_is_asked_for_by_its_name(text: str, code: str | None) -> None:
    assert asked_in(text) == code


def test_what_asks_for_a_language_can_be_left_out() -> None:
    assert without_asked("un café en español, por favor") == "un café , por favor"
    assert without_asked("a  café") == "a  café"


def test_languages_have_names_in_languages() -> None:
    assert [name_of("ko", language) for language in ("en", "de", "hi", "zh")] == [
        "Korean",
        "Koreanisch",
        "कोरियाई",
        "韩语",
    ]
    assert [named_in(text) for text in ("make it klingon", "deutsch bitte", "make it darker")] == ["tlh", "de", None]
