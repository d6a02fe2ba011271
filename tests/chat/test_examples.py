"""The examples that the product itself shows: each is understood, and does what it says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from chat.llm.local.film import Film
from chat.llm.local.talk import suggested
from chat.llm.local.understanding import understand
from chat.llm.local.wording import LANGUAGES, sentences
from tests.chat.films import facts

STUDIO = Path(__file__).parents[2] / "chat" / "static" / "studio"
STUDIO_TEXT = "".join(path.read_text(encoding="utf-8") for path in sorted(STUDIO.rglob("*.js")))
MOMENTS = {"before": "scripted", "meanwhile": "running", "stopped": "failed", "after": "film", "silent": "film",
           "stale": "film", "recut": "film"}  # fmt: skip
"""What the studio calls how a film stands, and the facts that it stands so in."""
FEWEST_SHOWN = 30
LOST = {sentences(language)["talk.lost"].split(".")[0] for language in LANGUAGES}


def shown() -> list[tuple[str, str, str]]:
    """(language, moment, sentence) of the studio's chips and of what it says in an empty chat."""
    chips = (STUDIO / "words/suggestions.js").read_text(encoding="utf-8")
    spoken = re.findall(r"^  (\w\w): \{(.*?)^  \},", chips, re.DOTALL | re.MULTILINE)
    found = [
        (language, moment, said)
        for language, moments in spoken
        for moment, listed in re.findall(r"(\w+): \[(.*?)\]", moments, re.DOTALL)
        for said in re.findall(r'"([^"]+)"', listed)
    ]
    welcome = re.findall(r"“([^”…]+)”", (STUDIO / "views" / "chat.js").read_text(encoding="utf-8"))
    return found + [("en", "before", " ".join(said.split())) for said in welcome]


def standing(moment: str, language: str) -> Film:
    found = facts(MOMENTS[moment])
    found["film"]["settings"]["music"] = moment != "silent"
    return Film(found, language)


def test_the_suggestions_of_the_studio_are_found() -> None:
    found = shown()
    assert len(found) >= FEWEST_SHOWN
    assert {(language, moment) for language, moment, _ in found} == {
        (language, moment) for language in LANGUAGES for moment in MOMENTS
    }


@pytest.mark.parametrize(("language", "moment", "said"), shown())
def test_what_the_studio_suggests_is_understood(language: str, moment: str, said: str) -> None:
    found = understand(said, standing(moment, language))
    assert found.calls
    assert not found.words


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("state", ["scripted", "running", "failed", "film"])
def test_what_the_agent_suggests_is_understood(state: str, language: str) -> None:
    film = Film(facts(state), language)
    for said in suggested(film):
        assert understand(said, film).calls, said


@pytest.mark.parametrize("language", LANGUAGES)
def test_examples_in_what_the_agent_says_are_understood(language: str) -> None:
    """Those in quotation marks that are whole wishes; what stands in braces is filled with something, and what the
    studio shows as a heading is where to look."""
    texts = [text for key, text in sentences(language).items() if key.startswith(("cannot.", "talk.can", "ask."))]
    said = [found for text in texts for found in re.findall(r"[“„]([^”“„]+?)[”“]", text)]
    wishes = [
        re.sub(r"\{\w+\}", "2", one) for one in said if "…" not in one and len(one.split()) > 2 and "{" not in one
    ]
    wishes = [one for one in wishes if f">{one}<" not in STUDIO_TEXT]
    film = Film(facts("scripted"), language)
    lost = [one for one in wishes if any(understand(one, film).words.startswith(begin) for begin in LOST)]
    assert lost == []


def test_calmer_music_at_the_end_is_calmer_at_the_end_alone() -> None:
    found = understand("calmer music at the end", Film(facts("scripted"))).calls
    assert [(call.tool, call.arguments["scenes"]) for call in found] == [("change_music", [4, 5, 6])]
    assert found[0].arguments["prompt"].startswith("calm")


def test_all_languages_say_the_same_things() -> None:
    keys = {language: set(sentences(language)) for language in LANGUAGES}
    how = {key for found in keys.values() for key in found if key.startswith("how.")}
    assert all(found | how == keys["en"] | how for found in keys.values())
    for key, text in sentences("en").items():
        for language in LANGUAGES:
            other = sentences(language).get(key, text)
            assert _blanks(other) <= _blanks(text), (language, key)


def _blanks(text: str) -> set[str]:
    return {name.lower() for name in re.findall(r"\{(\w+)\}", text)}
