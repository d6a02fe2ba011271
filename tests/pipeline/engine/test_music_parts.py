"""One piece of music that changes with the scenes: one request with its sections, where the model takes them."""

from __future__ import annotations

from typing import Any

from media_assets.models import Asset
from pipeline.engine.moderation import texts_of
from pipeline.models import Run, RunStatus, Task
from pipeline.planning.film_plan import plan_of
from pipeline.services import quotes, scripts
from tests.emulators.server import Emulators
from tests.pipeline.api.caller import Caller
from tests.pipeline.engine.conftest import Drive
from tests.pipeline.engine.test_tiers import in_tier, vendors

__all__ = ["vendors"]

PIECE = "music/1_2_3"
ELEVENLABS, USUAL = "fal-ai/elevenlabs/music", "CassetteAI/music-generator"


def with_mood(task: Task, place: int, mood: str) -> None:
    version = scripts.current_script(task).version
    scripts.revise_scene(task=task, version=version, scene_index=place, changes={"music_mood": mood})


def made(task: Task, drive: Drive) -> Run:
    run = drive(quotes.use(task=task, quote_id=quotes.quote(task=task, approved=[PIECE]).id))
    assert run.status == RunStatus.SUCCEEDED
    return run


def asked_for(vendors: Emulators, endpoint: str) -> list[dict[str, Any]]:
    return [bill["what"] for bill in vendors.bills("fal") if bill["model"] == endpoint]


def due(task: Task) -> set[str]:
    return {item["component"] for item in quotes.price_of(task)["items"]}


def test_its_sections_go_out_in_one_request(scripted: Task, vendors: Emulators, drive: Drive) -> None:
    in_tier(scripted, "best")
    before = quotes.price_of(scripted)["credits"]
    with_mood(scripted, 2, "tense, low strings")
    with_mood(scripted, 3, "tense, low strings")
    assert quotes.price_of(scripted)["credits"] == before, "one piece, however many parts it has"
    made(scripted, drive)
    [asked] = asked_for(vendors, ELEVENLABS)
    assert "prompt" not in asked
    sections = asked["composition_plan"]["sections"]
    assert [(part["positive_local_styles"], part["duration_ms"]) for part in sections] == [
        ([], 5_000),
        (["tense", "low strings"], 10_000),
    ]
    assert Asset.objects.get(task=scripted, component=PIECE, selected=True).metadata["duration_ms"] >= 14_900


def test_other_models_are_told_in_words(scripted: Task, vendors: Emulators, drive: Drive) -> None:
    with_mood(scripted, 2, "tense")
    with_mood(scripted, 3, "hopeful")
    made(scripted, drive)
    [asked] = asked_for(vendors, USUAL)
    assert asked["prompt"].endswith("It goes on: tense, then hopeful")
    assert "composition_plan" not in asked


def test_what_it_is_made_of_decides_when_it_is_made_anew(scripted: Task, vendors: Emulators, drive: Drive) -> None:
    in_tier(scripted, "best")
    with_mood(scripted, 2, "tense")
    made(scripted, drive)
    in_tier(scripted, "standard")
    assert PIECE not in due(scripted), "another model has no say in it"
    with_mood(scripted, 2, "calm")
    assert PIECE in due(scripted)
    with_mood(scripted, 2, "tense")
    assert PIECE not in due(scripted), "the take of these moods is there"
    with_mood(scripted, 2, "")
    component = plan_of(scripted, approved=()).decisions[PIECE].component
    assert set(component.asks) == {"prompt"}, "without moods it is what it was before there were any"


def test_moods_are_judged_before_they_go_out(scripted: Task, vendors: Emulators) -> None:
    with_mood(scripted, 1, "furious drums")
    assert "furious drums" in texts_of(plan_of(scripted, approved=()).decisions[PIECE].component)


def test_clients_are_told_who_takes_parts(scripted: Task, vendors: Emulators) -> None:
    options = Caller(scripted.user).get("options")
    assert [model["name"] for model in options["models"]["music"] if model["takes_parts"]] == ["elevenlabs-music"]
