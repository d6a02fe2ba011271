"""Tests of what people say in a chat that is held in German."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from chat.llm.local.corrections import NOTHING, Before
from chat.llm.local.film import Film
from chat.llm.local.into_english import language_of
from chat.llm.local.steps import Understood
from chat.llm.local.understanding import understand
from chat.llm.local.wording import sentences
from tests.chat.films import RUNNING, facts
from tests.chat.test_sentences import film

CASES: list[dict[str, Any]] = tomllib.loads((Path(__file__).parent / "german.toml").read_text())["case"]
SAID = [(case, said) for case in CASES for said in case["said"]]
ANSWERS = {"ask.scene", "ask.music_where", "cannot.lips"}
"""What is offered there is an answer to a question, and no sentence of its own."""
ON_THE_PAGE = {
    "Mit KI erstellt",
    "New version",
    "Production",
    "Settings",
    "A voice of your own",
    "Versions",
    "Script",
    "Characters",
    "Film",
    "Your account",
    "My films",
    "New film",
    "…",
}
"""Names of buttons and pages."""


def heard(said: str, before: Before = NOTHING) -> Understood:
    return understand(said, Film(film("de").facts, language_of(said, "de")), before=before)


@pytest.mark.parametrize(("case", "said"), SAID, ids=[said.replace(" ", "-")[:60] for _, said in SAID])
def test_this_comes_of_what_was_said(case: dict[str, Any], said: str) -> None:
    assert language_of(said, "de") == "de"
    earlier = case.get("after")
    found = heard(said, Before(earlier, heard(earlier).words) if earlier else NOTHING)
    tools = [call.tool for call in found.calls]
    if "not" in case:
        assert case["not"] not in tools
        return
    assert tools == [case["tool"]] * case.get("calls", 1) if "tool" in case else not tools, found
    wanted = case.get("args", {})
    assert not wanted or {name: found.calls[0].arguments.get(name) for name in wanted} == wanted
    assert case["says"] in found.words if case.get("says") else not found.words, found.words


def examples(language: str) -> Iterator[tuple[str, str]]:
    """Every sentence between quotation marks that the agent offers to say, and by which key."""
    quoted = {"de": r"„([^“„{}]+)“", "en": r"“([^“”{}]+)”"}[language]
    spoken = {"de": r"zum Beispiel: (.+? sagt „.+?“)", "en": r"[Ss]ay for example: (.+? says “.+?”)"}[language]
    for key, text in sentences(language).items():
        offered = [one for one in re.findall(spoken, text) if "{text}" not in one] or re.findall(quoted, text)
        if key not in ANSWERS:
            yield from ((key, one.replace("{n}", "1")) for one in offered if one not in ON_THE_PAGE)


@pytest.mark.parametrize("example", sorted({one for _, one in examples("de")}))
def test_what_the_agent_offers_to_say_is_understood(example: str) -> None:
    words = understand(example, film("de")).words
    assert sentences("de")["talk.lost"].partition(".")[0] not in words
    assert sentences("de")["talk.left"].partition(":")[0] not in words


@pytest.mark.parametrize("said", ["yes do it please", "make scene 2 darker", "what does it cost"])
def test_a_sentence_in_english_is_answered_in_it(said: str) -> None:
    assert language_of(said, "de") == "en"


def test_a_film_of_one_scene_is_not_told_of_others() -> None:
    facts = film("de").facts
    script = {**facts["script"], "clips": facts["script"]["clips"][:1]}
    single = Film({**facts, "script": script}, "de")
    told = [understand(said, single).words for said in ("was kannst du?", "mach geräusche rein", "du bist blöd")]
    assert all(told)
    assert not re.search(r"Szene [23]", " ".join(told))


def test_two_scenes_say_what_is_theirs() -> None:
    found = heard("Szene 1 sagt: Hallo Kinder, und Szene 2 sagt: Tschüss")
    assert [call.arguments["script"] for call in found.calls] == ["Hallo Kinder", "Tschüss"]


def test_a_comma_between_quotation_marks_parts_no_wishes() -> None:
    found = heard("Szene 1 sagt „Hallo, Kinder“ und mach Szene 2 dunkler")
    assert found.calls[0].arguments["script"] == "Hallo, Kinder"
    assert found.calls[1].arguments["scene"] == 2
    assert not found.words


@pytest.mark.parametrize(
    "said",
    [
        "mach mir einen film", "ich will ein video", "kannst du mir einen film machen?", "zwei szenen, 10 sekunden",
        "hochkant, 10 sekunden", "keine ahnung",
    ],
)  # fmt: skip
def test_a_film_about_nothing_is_asked_what_it_is_about(said: str) -> None:
    found = understand(said, Film(facts("empty"), "de"), is_first=True)
    assert not found.calls
    assert found.words.startswith("Worum soll es in Ihrem Film gehen?")


@pytest.mark.parametrize("said", ["was kostet ein film?", "wie geht das hier?", "was kannst du?", "hilfe"])
def test_a_question_is_no_subject_of_a_film(said: str) -> None:
    found = understand(said, Film(facts("empty"), "de"), is_first=True)
    assert not found.calls
    assert found.words


@pytest.mark.parametrize("said", ["ein film ueber baeume im winter", "Bienen, 30 Sekunden", "was die Biene kostet"])
def test_a_subject_is_written_about(said: str) -> None:
    assert [call.tool for call in understand(said, Film(facts("empty"), "de"), is_first=True).calls] == ["write_script"]


def test_who_asks_the_price_of_a_script_that_is_being_written_is_not_asked_for_a_subject() -> None:
    written = Film({**facts("empty"), "script_is_being_written": True, "run": RUNNING}, "de")
    assert (
        understand("wie viel kostet das denn", written).words
        == "Das Skript wird noch geschrieben; der Preis kommt mit ihm."
    )
