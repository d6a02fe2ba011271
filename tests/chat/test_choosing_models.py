"""Tests of who makes what, told in the chat: a model by its name, scenes in a better quality, and what is said of
both."""

from __future__ import annotations

from typing import Any

import pytest
from pytest_django import Settings

from chat.llm.local.into_english import language_of
from chat.llm.local.meanings import likely_meanings
from chat.llm.local.steps import Step
from chat.llm.local.understanding import understand
from chat.models import Message
from pipeline.models import Task
from pipeline.services import quotes
from tests.chat.test_agent import answer, task
from tests.chat.test_guessing import film

__all__ = ["task"]

MODELS = {
    "image": ["gpt-image-2.6-flare", "gpt-image-2.6-sunburst"],
    "voice": ["elevenlabs-multilingual-v2", "eleven-v3"],
    "music": ["cassetteai-music", "elevenlabs-music"],
    "motion": ["kling-1.6-pro", "kling-3-standard", "kling-3-pro", "minimax-h3-max"],
}


def calls(said: str, state: str) -> tuple[Step, ...]:
    spoken = film(state, language_of(said, "en"))
    spoken.facts.update(models=MODELS, tiers=["draft", "standard", "best"])  # type: ignore[attr-defined]
    return spoken.telling(lambda one: understand(said, one, mind=likely_meanings)).calls


@pytest.mark.parametrize("state", ["scripted", "film"])
@pytest.mark.parametrize(
    ("said", "tool", "arguments"),
    [
        ("use kling for the clips", "choose_model", {"model": "kling", "makes": "motion"}),
        ("kling v3 pro pls", "choose_model", {"model": "kling 3 pro"}),
        ("nimm kling 3 pro für szene 2", "choose_model", {"model": "kling 3 pro", "scenes": [2]}),
        ("make the music with eleven labs", "choose_model", {"model": "elevenlabs", "makes": "music"}),
        ("use eleven v3 for the voice", "choose_model", {"model": "eleven 3", "makes": "voice"}),
        ("go back to the usual models", "choose_model", {"model": ""}),
        ("upgrade scenes 2 and 4", "upgrade_scenes", {"scenes": [2, 4], "tier": "best"}),
        ("only scene 3 in best", "upgrade_scenes", {"scenes": [3], "tier": "best"}),
        ("szene 2 und 4 in bester qualität", "upgrade_scenes", {"scenes": [2, 4], "tier": "best"}),
    ],
)
def test_it_is_understood(state: str, said: str, tool: str, arguments: dict[str, Any]) -> None:
    assert calls(said, state) == (Step(tool, arguments),)


def test_the_films_own_quality_takes_back_the_models_that_were_chosen_beside_it() -> None:
    def wished(said: str, tier: str, chosen: dict[str, str]) -> tuple[Step, ...]:
        found = film("scripted", "en")
        found.facts.update(models=MODELS, tiers=["draft", "standard", "best"])  # type: ignore[attr-defined]
        found.settings.update(tier=tier, models=chosen)  # type: ignore[attr-defined]
        return found.telling(lambda one: understand(said, one, mind=likely_meanings)).calls

    kling = {"motion": "kling-3-pro"}
    assert wished("standard quality again", "standard", kling) == (Step("choose_model", {"model": ""}),)
    assert wished("standard quality again", "standard", {}) == (Step("quote_film", {"tier": "standard"}),)
    assert wished("best quality, please", "standard", kling) == (Step("quote_film", {"tier": "best"}),)


@pytest.mark.parametrize("said", ["the bell sounds kling klang", "use the eleven children in scene 2", "use sora"])
def test_what_names_no_model_of_here_chooses_none(said: str) -> None:
    assert not {"choose_model", "upgrade_scenes"} & {call.tool for call in calls(said, "scripted")}


@pytest.fixture
def bought(settings: Settings) -> None:
    settings.PIXORA_KEYS = {**settings.PIXORA_KEYS, "openai": "k", "fal": "k"}
    kept_here = {"script": "local", "agent": "local", "moderation": "local"}
    settings.PIXORA_PROVIDERS = {
        **settings.PIXORA_PROVIDERS,
        "image": "auto",
        "voice": "auto",
        "motion": "auto",
        **kept_here,
    }


def said(task: Task, text: str) -> Message:
    found = answer(task, text)
    task.refresh_from_db()
    return found


def test_a_model_is_chosen_told_with_its_price_and_taken_back(task: Task, bought: None) -> None:
    before = quotes.price_of(task)["credits"]
    assert "kling-1.6-pro, kling-1.6-standard, kling-3-standard or kling-3-pro" in said(task, "use kling").content
    assert "models" not in task.settings
    told = said(task, "use kling 3 pro for the clips")
    assert "Clips: kling-3-pro makes it from now on" in told.content
    assert task.settings["models"] == {"motion": "kling-3-pro"}
    assert f"{quotes.price_of(task)['credits']} credits" in told.content
    assert quotes.price_of(task)["credits"] > before
    assert "The usual models of the quality make everything again." in said(task, "undo").content
    assert "models" not in task.settings


def test_one_scene_in_best_is_the_price_of_the_film_with_it(task: Task, bought: None) -> None:
    before = quotes.price_of(task)["credits"]
    told = said(task, "only scene 1 in best")
    scene = task.scripts.latest("version").content["clips"][0]["scene"]
    assert task.settings["models"] == {
        f"scene/{scene['id']}": "gpt-image-2.6-sunburst-high",
        f"video/{scene['id']}": "kling-3-pro",
    }
    more = (8 - 4) + scene["duration"] * (5 - 2)
    assert f"{before + more} credits" in told.content


@pytest.mark.parametrize(
    ("said", "code"),
    [("make it in japanese", "ja"), ("mach es auf Japanisch", "ja"), ("translate it to Georgian", "ka")],
)
def test_a_language_is_had_where_writer_and_voice_can_do_it(said: str, code: str) -> None:
    spoken = film("scripted", language_of(said, "en"))
    assert not spoken.telling(lambda one: understand(said, one, mind=likely_meanings)).calls
    spoken.facts["languages"] = ["en", "de", "ja", "ka"]  # type: ignore[index]
    found = spoken.telling(lambda one: understand(said, one, mind=likely_meanings))
    assert found.calls == (Step("write_script", {"instructions": "", "language": code}),)


def test_a_model_whose_clips_have_other_lengths_is_asked_about_and_scenes_last_as_it_makes_them(
    task: Task, bought: None
) -> None:
    assert "7 seconds" in said(task, "make scene 1 7 seconds long").content
    told = said(task, "use kling 1.6 pro for the clips").content
    assert "The clips of that choice have other lengths: scene 1 lasts 5 s instead of 7. Shall I?" in told
    assert "models" not in task.settings
    assert "kling-1.6-pro makes it from now on" in said(task, "yes").content
    clips = task.scripts.latest("version").content["clips"]
    assert (task.settings["models"], clips[0]["scene"]["duration"]) == ({"motion": "kling-1.6-pro"}, 5)
    assert "A scene lasts 5 or 10 seconds." in said(task, "make scene 1 7 seconds long").content
    said(task, "undo")


OTHERWISE = [
    ("usa kling 3 pro para los clips", "Clips: desde ahora lo hace kling-3-pro", "¿qué modelos hay?", ""),
    ("utilise kling 3 pro pour les clips", "Clips : kling-3-pro s'en charge", "quels modèles y a-t-il ?", ""),
    ("usa kling 3 pro per le clip", "Clip: d'ora in poi se ne occupa kling-3-pro", "quali modelli ci sono?", ""),
    ("use kling 3 pro para os clipes", "Clipes: a partir de agora é kling-3-pro", "que modelos existem?", ""),
    ("क्लिप के लिए kling 3 pro इस्तेमाल करो", "क्लिप: अब से kling-3-pro", "कौन से मॉडल हैं?", ""),
    ("片段用 kling 3 pro", "片段：从现在起由 kling-3-pro", "有哪些模型？", "场景1用最佳质量"),
]


@pytest.mark.parametrize(("chosen", "clips", "asked", "best"), OTHERWISE)
def test_models_are_spoken_of_in_the_users_language(
    chosen: str, clips: str, asked: str, best: str, task: Task, bought: None
) -> None:
    told = said(task, chosen).content
    assert told.startswith(clips)
    assert task.settings["models"] == {"motion": "kling-3-pro"}
    assert "eleven-v3" in said(task, asked).content
    if best:
        assert not said(task, best).content.startswith(("When", "That is"))
        assert "gpt-image-2.6-sunburst-high" in task.settings["models"].values()


def test_a_scene_ends_on_the_next_ones_picture_where_its_model_can(task: Task, settings: Settings) -> None:
    wish = "let scene 1 end on the picture of scene 2"
    assert "No clip model here is told a picture to end on" in said(task, wish).content
    assert task.scripts.count() == 1


def test_a_model_that_cannot_end_on_a_picture_is_named_with_those_that_can(task: Task, bought: None) -> None:
    wish = "Lass Szene 1 auf dem Bild von Szene 2 enden"
    told = said(task, wish).content
    assert "Szene 1 endet jetzt auf dem Bild von Szene 2" in told
    assert task.scripts.latest("version").content["clips"][0]["scene"]["ends_on_next"] is True
    said(task, "undo")
    assert "ends_on_next" not in task.scripts.latest("version").content["clips"][0]["scene"]
    said(task, "use kling 1.6 standard for the clips")
    assert "kling-3-pro" in said(task, wish).content
    assert "ends_on_next" not in task.scripts.latest("version").content["clips"][0]["scene"]
