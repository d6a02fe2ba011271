"""Tests of words that may be said or shown: the questions about them, their buttons, and the answers people give."""

from __future__ import annotations

import pytest

from chat.llm.local.corrections import NOTHING, Before
from chat.llm.local.film import Film
from chat.llm.local.meanings import likely_meanings
from chat.llm.local.steps import Understood
from chat.llm.local.understanding import understand
from chat.llm.local.wording import SPOKEN, say
from tests.chat.test_guessing import film, only

AT_THE_END = {
    "de": "pack am ende noch Bis bald! rein",
    "en": "put at the end: See you soon",
    "es": "pon al final: Los esperamos",
    "fr": "mets à la fin: Venez nous voir",
    "hi": "अंत में लिखो: फिर मिलेंगे",
    "it": "metti alla fine: Vi aspettiamo",
    "pt": "coloca no final: Esperamos por você",
    "zh": "结尾写上再见",
}
TEXT = "Good morning, Anna"


def heard(said: str, spoken: Film, before: Before = NOTHING) -> Understood:
    return spoken.telling(lambda one: understand(said, one, before=before, mind=likely_meanings))


def test_every_language_of_the_agent_is_tried() -> None:
    assert AT_THE_END.keys() == set(SPOKEN)


@pytest.mark.parametrize("language", AT_THE_END)
def test_words_at_the_end_get_a_sign_or_a_voice_by_a_button(language: str) -> None:
    spoken = film("scripted", language)
    asked = heard(AT_THE_END[language], spoken)
    assert not asked.calls
    sign, voice = (only(heard(button, spoken)) for button in asked.suggestions)
    text = sign.arguments["title"]
    assert text in AT_THE_END[language]
    assert (sign.tool, sign.arguments["after"]) == ("add_scene", 4)
    assert f"“{text}”" in sign.arguments["image_prompt"]
    assert (voice.tool, voice.arguments["scene"]) == ("edit_scene", 4)
    assert text in voice.arguments["script"]


@pytest.mark.parametrize("language", SPOKEN)
def test_the_question_is_answered_by_its_buttons(language: str) -> None:
    spoken = film("scripted", language)
    asked = say(language, "ask.said_or_seen", n=2, text=TEXT)
    before = Before("scene 2: " + TEXT, asked)
    said, shown = (say(language, key, n=2, text=TEXT) for key in ("suggest.says", "suggest.shows"))
    assert only(heard(said, spoken, before)).arguments == {"scene": 2, "script": TEXT}
    assert only(heard(shown, spoken, before)).arguments["image_prompt"].endswith(TEXT)


@pytest.mark.parametrize(
    ("language", "answer", "changed"),
    [
        ("de", "sie soll es sagen", {"script"}),
        ("de", "sagen bitte", {"script"}),
        ("de", "zeigen", {"image_prompt"}),
        ("de", "beides", {"script", "image_prompt"}),
        ("en", "it should say it", {"script"}),
        ("en", "show it", {"image_prompt"}),
        ("es", "que lo diga", {"script"}),
        ("es", "mostrarlo", {"image_prompt"}),
        ("fr", "qu'elle le dise", {"script"}),
        ("fr", "le montrer", {"image_prompt"}),
        ("it", "dirlo", {"script"}),
        ("pt", "mostrar", {"image_prompt"}),
        ("hi", "दिखाओ", {"image_prompt"}),
        ("zh", "说出来", {"script"}),
    ],
)
def test_the_question_is_answered_in_a_word(language: str, answer: str, changed: set[str]) -> None:
    before = Before("scene 2: " + TEXT, say(language, "ask.said_or_seen", n=2, text=TEXT))
    call = only(heard(answer, film("scripted", language), before))
    assert call.arguments.keys() - {"scene"} == changed
    assert call.arguments.get("script", TEXT) == TEXT


def test_an_answer_that_says_something_else_is_heard_as_that() -> None:
    before = Before("scene 2: " + TEXT, say("en", "ask.said_or_seen", n=2, text=TEXT))
    assert only(heard("no captions please", film("scripted"), before)).arguments == {"captions": "off"}
