"""What the local writer says is what it was told, or a fact about that very subject; never a sentence for any film."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

import pytest

from pipeline.film.prompt_facts import told_in
from pipeline.film.prompt_settings import settings_in
from pipeline.film.script import Script
from pipeline.providers.base import ScriptRequest
from pipeline.providers.local.writing import banks
from pipeline.providers.local.writing.topic_facts import content_words, known_lines
from pipeline.providers.local.writing.writer import write_script

REQUEST = ScriptRequest(
    prompt="",
    duration_s=30,
    aspect_ratio="16:9",
    style="cinematic",
    language="en",
    voice="Rachel",
    character_consistency=False,
    seed=0,
    length_is_open=True,
)
PROMPTS = """
How to repot a houseplant in five steps
The fall of the Berlin Wall in 1989
An ad for SunBrew cold brew coffee, launching in Austin this May, 20% off until June 3
My grandmother Ruth taught me to bake bread; now I teach my daughter Mia
Explain how photosynthesis works for 5th graders
Three reasons to switch to a heat pump
Why our team moved from spreadsheets to Ledgerly (B2B, 45 seconds, calm)
Wedding invitation: Lena & Tomás, 14 June 2027, Lisbon, 4 pm, dress code garden party
A trailer for a mystery novel: a lighthouse, a missing keeper, a diary with one page torn out
Explain compound interest: 100 dollars at 5 % for 10 years become 162.89 dollars
Thank you to our 42 volunteers who planted 1,300 trees on Saturday
Safety briefing for new warehouse staff: shoes, vest, forklift lanes, who to call (ext. 4711)
I need a promo for our yoga studio in Bristol. First class is free. We open at 7 am every day.
A video about friendship
my bakery
How does a jet engine work
A story about a fox who wants to see the sea, 60 seconds
recruiting video for nurses at St. Mary's Hospital: 30 days holiday, free parking, a kind team
The ocean
A film about the history of trains, 90 seconds
Mach mir ein kurzes Video über meine Bäckerei in Köln, bitte auf Deutsch, hochkant
Un video de 30 segundos sobre la historia del chocolate
Uno spot per la gelateria Sole a Rimini: 24 gusti, gelato artigianale, aperta fino a mezzanotte
Une publicité pour la librairie Les Mots Bleus à Lyon, ouverte tous les jours, avec un café au fond
Como plantar uma árvore
30 秒视频：如何泡一杯好茶
""".strip().splitlines()


@cache
@cache
def film(prompt: str, **changes: object) -> Script:
    said = settings_in(prompt)
    request = replace(
        REQUEST,
        prompt=prompt,
        duration_s=said.get("duration", 30),
        language=said.get("language", "en"),
        length_is_open="duration" not in said,
    )
    return write_script(replace(request, **changes))  # type: ignore[arg-type]


@cache
def facts() -> frozenset[str]:
    """Every sentence that the topics and guides hold."""
    stocks = [fact for topic in banks.topics() for fact in banks.stock(topic).facts]
    codes = ("en", "de", "es", "fr", "it", "pt", "zh")
    known = [line for name in banks.table("topic_facts") for code in codes for line in banks.known(name, code)]
    return frozenset(part for line in (*stocks, *known) for part in (line.first, line.second) if part)


@cache
def words_of_facts() -> frozenset[str]:
    return frozenset(content_words(" ".join(facts())))


@pytest.mark.parametrize("prompt", PROMPTS)
def test_every_sentence_is_told_or_known(prompt: str) -> None:
    script = film(prompt)
    told = [one.words for one in told_in(prompt, script.language)]
    for scene in script.scenes:
        left = scene.script
        for sentence in sorted((*told, *facts()), key=len, reverse=True):
            left = left.replace(sentence, "")
        assert not left.strip(), f"said from nowhere: {left}"


@pytest.mark.parametrize("prompt", PROMPTS)
def test_all_that_is_told_is_said(prompt: str) -> None:
    script = film(prompt)
    spoken = " ".join(scene.script for scene in script.scenes)
    assert all(one.words in spoken for one in told_in(prompt, script.language)), spoken


@pytest.mark.parametrize("prompt", PROMPTS)
def test_nothing_is_said_that_would_fit_another_film(prompt: str) -> None:
    """Two films of different prompts share no sentence."""
    mine = {scene.script for scene in film(prompt).scenes if scene.script}
    others = {scene.script for other in PROMPTS if other != prompt for scene in film(other).scenes if scene.script}
    assert not mine & others


@pytest.mark.parametrize(
    ("subject", "kind"),
    [
        ("the Great Wall of China", "explainer"),
        ("the Berlin airport", "explainer"),
        ("coffee filters for aquariums", "explainer"),
        ("a power plant", "explainer"),
        ("movie stars", "explainer"),
        ("how to repot a bonsai", "howto"),
        ("how to change a diaper", "howto"),
        ("Mars bars", "explainer"),
    ],
)
def test_facts_of_a_kin_subject_are_not_told(subject: str, kind: str) -> None:
    assert known_lines(subject, kind, "en") == ()


@pytest.mark.parametrize(
    ("subject", "kind", "word"),
    [
        ("the ocean", "explainer", "ocean"),
        ("the fall of the Berlin Wall", "history", "Wall"),
        ("how to change a flat bicycle tyre", "howto", "tyre"),
        ("Marie Curie", "history", ""),
        ("the Orient Express", "history", "Istanbul"),
    ],
)
def test_facts_are_told_where_they_are_about_the_subject(subject: str, kind: str, word: str) -> None:
    lines = known_lines(subject, kind, "en")
    assert any(word in line.first for line in lines) if word else lines == ()


@pytest.mark.parametrize("prompt", ["A video about friendship", "my bakery", "How does a jet engine work"])
def test_a_prompt_that_tells_little_gets_a_short_film(prompt: str) -> None:
    script = film(prompt)
    assert len(script.scenes) == 2
    assert script.expected_duration == 10
    assert sum(bool(scene.script) for scene in script.scenes) == 1


def test_a_length_that_was_asked_for_is_kept_and_carried_by_pictures() -> None:
    script = film("A video about friendship", duration_s=45, length_is_open=False)
    assert script.expected_duration == 45
    assert [scene.script for scene in script.scenes if scene.script] == ["Friendship."]
    assert len({scene.image_prompt for scene in script.scenes}) == len(script.scenes)


def test_an_advertisement_adds_no_fact_of_its_topic() -> None:
    spoken = " ".join(scene.script for scene in film("A 60-second ad for coffee").scenes)
    assert spoken.strip() == "Coffee."


@pytest.mark.parametrize("prompt", PROMPTS)
def test_titles_are_titles(prompt: str) -> None:
    for scene in film(prompt).scenes:
        assert scene.title
        assert not re.search(r"[.,;:!]$|^Scene \d", scene.title), scene.title


@pytest.mark.parametrize("prompt", [one for one in PROMPTS if settings_in(one).get("language", "en") == "en"])
def test_a_picture_shows_what_is_said_or_the_subject(prompt: str) -> None:
    """English films alone are looked at: pictures are described in English."""
    script = film(prompt)
    wanted = content_words(prompt) | words_of_facts()
    for scene in script.scenes:
        assert content_words(scene.image_prompt) & wanted, scene.image_prompt
