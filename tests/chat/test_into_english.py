"""The chat in eight languages: the sentences that matter most are understood and answered in the user's own."""

from __future__ import annotations

import re
from typing import Any

import pytest

from chat.llm.local import looks
from chat.llm.local.changes import transition_name
from chat.llm.local.film import Film
from chat.llm.local.into_english import language_of
from chat.llm.local.steps import Step
from chat.llm.local.talk import suggested
from chat.llm.local.understanding import understand
from chat.llm.local.wording import LANGUAGES, SPOKEN, Untranslated, in_one_language, say, sentences
from pipeline.film.languages import language_of as written_in
from pipeline.film.script import TRANSITIONS
from tests.chat.films import facts

SAID = {
    "es": ["hola", "haz la escena 2 más oscura", "cuánto cuesta", "sí, adelante", "sin música", "deshacer"],
    "fr": ["bonjour", "rends la scène 2 plus sombre", "combien ça coûte ?", "oui vas-y", "sans musique", "annule ça"],
    "it": ["ciao", "rendi la scena 2 più scura", "quanto costa?", "sì, vai", "senza musica", "annulla"],
    "pt": ["olá", "deixa a cena 2 mais escura", "quanto custa?", "sim, pode começar", "sem música", "desfazer"],
    "hi": ["नमस्ते", "सीन 2 को गहरा करो", "कितना खर्च होगा?", "हाँ, शुरू करो", "बिना संगीत", "वापस लो"],
    "zh": ["你好", "把第2个场景变暗", "多少钱？", "好的，开始吧", "不要音乐", "撤销"],
    "de": ["hallo", "mach szene 2 dunkler", "was kostet das?", "ja bitte", "ohne musik", "rückgängig"],
    "en": ["hello", "make scene 2 darker", "how much will it cost?", "yes please", "no music", "undo"],
}
TOOLS = ["", "edit_scene", "quote_film", "start_film", "change_settings", "undo"]
EACH = [(language, said, tool) for language in SAID for said, tool in zip(SAID[language], TOOLS, strict=True)]


@pytest.mark.parametrize(("language", "said", "tool"), EACH, ids=[said for _, said, _ in EACH])
def test_the_wishes_that_matter_most_are_understood(language: str, said: str, tool: str) -> None:
    assert language_of(said, language) == language
    found = understand(said, Film(facts("scripted"), language))
    assert [call.tool for call in found.calls] == ([tool] if tool else [])
    assert found.words == ("" if tool else say(language, "talk.hello"))


@pytest.mark.parametrize("language", SAID)
def test_a_language_is_known_by_what_is_said_first(language: str) -> None:
    assert [language_of(said, "en") for said in SAID[language][:3]] == [language] * 3


@pytest.mark.parametrize("language", SPOKEN)
@pytest.mark.parametrize("state", ["scripted", "running", "failed", "film", "empty"])
def test_what_the_agent_suggests_is_understood_in_its_language(language: str, state: str) -> None:
    film = Film(facts(state), language)
    for said in suggested(film):
        assert understand(said, film, is_first=state == "empty").calls, said


@pytest.mark.parametrize("language", sorted(set(SPOKEN) - {"de", "en"}))
def test_a_sentence_asks_for_nothing_that_the_english_one_does_not_have(language: str) -> None:
    english = sentences("en")
    for key, text in sentences(language).items():
        assert set(re.findall(r"{(\w+)}", text.lower())) <= set(re.findall(r"{(\w+)}", english[key].lower())), key
    told = " ".join(sentences(language).values())
    assert written_in(re.sub(r"{\w+}", "", told)) == language


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_transition_has_a_name_and_can_be_wished_for(language: str) -> None:
    film = Film(facts("film"), language)
    assert all(film.telling(lambda said, name=name: transition_name(name, said)) for name in TRANSITIONS)  # type: ignore[misc]
    assert {key for key in sentences("en") if key.startswith("transitions.")} <= sentences(language).keys()
    assert set(looks.TRANSITIONS) == set(TRANSITIONS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_transition_without_words_of_its_own_is_called_what_scripts_call_it(language: str) -> None:
    told = Film(facts("film"), language).telling(lambda film: transition_name("page_turn", film))
    assert told == "the transition “page turn”"
    assert re.fullmatch(looks.transition_words("page_turn"), "page turn transition")


@pytest.mark.parametrize("language", SPOKEN)
def test_what_asks_back_or_refuses_is_said_in_every_language(language: str) -> None:
    asks = ("ask.", "cannot.", "meant.", "talk.", "price.", "open.", "known.", "status.", "wait.")
    assert {key for key in sentences("en") if key.startswith(asks)} <= sentences(language).keys()


def called(call: Step) -> tuple[str, dict[str, Any]]:
    """Return the call; a new script is told in the words of its user."""
    return call.tool, {} if call.tool == "write_script" else call.arguments


@pytest.mark.parametrize("language", SPOKEN)
def test_what_is_asked_back_does_the_same_when_it_is_said(language: str) -> None:
    for key, asked in sentences("en").items():
        if key.startswith("meant."):
            told = understand(say(language, key, n=2), Film(facts("film"), language))
            plain = understand(asked.format(n=2), Film(facts("film"), "en"))
            assert [called(call) for call in told.calls] == [called(call) for call in plain.calls], key


def test_an_answer_is_in_one_language() -> None:
    def told(language: str) -> str:
        if language == "es":
            raise Untranslated("a sentence that is new")
        return f"{say(language, 'talk.hello')} {say(language, 'cannot.mail')}"

    assert in_one_language("es", told) == told("en")
    assert Film(facts("scripted"), "es").telling(lambda film: film.say("talk.kept")) == sentences("es")["talk.kept"]


@pytest.mark.parametrize("language", SPOKEN)
def test_a_language_that_no_film_can_be_in_is_refused_in_that_of_the_chat(language: str) -> None:
    film = Film({**facts("empty"), "refused_language": "ko"}, language)
    found = understand("김치에 대한 15초 영상", film, is_first=True)
    assert not found.calls
    assert written_in(found.words) == language


def test_a_language_without_sentences_is_answered_in_english() -> None:
    film = Film({**facts("empty"), "refused_language": "ru"}, "ru")
    assert "No film can be in Russian here" in understand("сделай видео про кошек", film, is_first=True).words


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("zh", "不好"),
        ("zh", "你好，可以改一下吗？"),
        ("es", "sí, hazla más oscura"),
        ("pt", "sim, mas sem música"),
        ("fr", "non"),
    ],
)
def test_what_is_no_plain_yes_starts_nothing(language: str, said: str) -> None:
    found = Film(facts("scripted"), language).telling(lambda film: understand(said, film))
    assert "start_film" not in [call.tool for call in found.calls]


@pytest.mark.parametrize(
    ("said", "tools"),
    [
        ("in English", ["write_script"]),
        ("English please", ["write_script"]),
        ("auf Deutsch", ["change_settings", "write_script"]),
        ("deutsch", ["change_settings", "write_script"]),
    ],
)
def test_the_language_chosen_after_a_refusal_is_no_subject(said: str, tools: list[str]) -> None:
    told = facts("empty")
    told["film"]["prompt"] = "चाय के बारे में 15 सेकंड का वीडियो"
    found = understand(said, Film(told, "en")).calls
    assert [call.tool for call in found] == tools
    assert found[-1].arguments == {}


@pytest.mark.parametrize(
    ("language", "said"),
    [("es", "pon música"), ("fr", "mets de la musique"), ("it", "aggiungi la musica"), ("pt", "coloque música"),
     ("hi", "संगीत लगाओ"), ("zh", "加上音乐")],
)  # fmt: skip
def test_the_music_is_switched_on_again(language: str, said: str) -> None:
    told = facts("scripted")
    told["film"]["settings"]["music"] = False
    [call] = understand(said, Film(told, language)).calls
    assert (call.tool, call.arguments) == ("change_settings", {"music": True})


@pytest.mark.parametrize(
    ("language", "said"), [("es", "hazlo en coreano"), ("de", "mach es auf koreanisch"), ("en", "make it in Korean")]
)
def test_another_language_that_no_film_can_be_in_is_refused(language: str, said: str) -> None:
    film = Film(facts("scripted"), language)
    assert understand(said, film).words == film.refused_language("ko")
