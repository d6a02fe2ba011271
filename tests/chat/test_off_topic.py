"""What has nothing to do with films is refused in one sentence, with the way back; the film stays."""

from __future__ import annotations

import pytest

from chat.llm.local.film import Film
from chat.llm.local.meanings import likely_meanings
from chat.llm.local.understanding import understand
from chat.llm.local.wording import sentences
from tests.chat.films import facts

ASKED = (
    ("en", "who won the tennis yesterday"),
    ("en", "what's the weather tomorrow?"),
    ("en", "tell me a joke"),
    ("en", "can u order me a pizza"),
    ("en", "can u recommend a good pizzeria"),
    ("en", "help me with my essay on the civil war"),
    ("de", "wie wird morgen das wetter in hamburg"),
    ("de", "wie ist das Wetter in Paris"),
    ("de", "wer gewinnt die wahl"),
    ("es", "quien gano el mundial del 2010"),
    ("fr", "quelle est la capitale du pérou"),
    ("it", "che tempo fa domani a roma"),
    ("pt", "qual é a capital da austrália"),
)


@pytest.mark.parametrize(("language", "said"), ASKED)
def test_it_is_refused(language: str, said: str) -> None:
    found = understand(said, Film(facts("scripted"), language), mind=likely_meanings)
    assert (found.calls, found.words) == ((), sentences(language)["cannot.world"])


@pytest.mark.parametrize("said", ["who won the tennis yesterday", "tell me a joke"])
def test_it_is_no_subject_of_a_first_film(said: str) -> None:
    found = understand(said, Film(facts("empty"), "en"), is_first=True, mind=likely_meanings)
    assert (found.calls, found.words) == ((), sentences("en")["cannot.world_no_film"])


@pytest.mark.parametrize("said", ["is it raining in scene 2", "who is in the second scene"])
def test_a_question_about_the_film_is_answered(said: str) -> None:
    found = understand(said, Film(facts("scripted"), "en"), mind=likely_meanings)
    assert found.words
    assert found.words != sentences("en")["cannot.world"]
