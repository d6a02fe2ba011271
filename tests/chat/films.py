"""A film about space in several states, as the agent's facts tell it."""

from __future__ import annotations

import copy
from typing import Any

from pipeline.film.settings import TaskSettings
from tests.pipeline.scripts import scene, script

TITLES = ("Early Rocketry", "Space Race", "Moon Landing", "Space Stations", "Mars Rovers", "The Future")
IDS = (1, 2, 3, 4, 5, 7)
SPACE = script(
    [
        scene(
            scene_id,
            index=place,
            title=TITLES[place - 1],
            image_prompt=f"Picture of {TITLES[place - 1].lower()}, in daylight",
            duration=10 if place == 4 else 5,
            characters=["Astronaut"] if place == 3 else [],
        )
        for place, scene_id in enumerate(IDS, start=1)
    ],
    character_profiles=[{"name": "Astronaut", "image_prompt": "An astronaut in a white suit"}],
    music=[
        {"prompt": "inspiring orchestra", "scene_indexes": [1, 2, 3]},
        {"prompt": "tense electronic", "scene_indexes": [4, 5, 6]},
    ],
)
OFFER = {"quote_id": "quote_offered", "version": 1, "items": [{"component": "scene/1", "credits": 4}], "credits": 106}
RUNNING = {"status": "running", "progress": 40, "script_version": 1, "makes_something": True, "waiting_runs": 0}
FAILED = {
    "status": "failed",
    "message": "One piece could not be made: video/2.",
    "failed": [{"component": "video/2", "message": "The picture was refused."}],
}


def facts(state: str) -> dict[str, Any]:
    found: dict[str, Any] = {
        "film": {
            "title": "Space",
            "prompt": "A film about space",
            "status": state,
            "settings": TaskSettings().model_dump(),
        },
        "script": {"version": 1, **copy.deepcopy(SPACE.model_dump(mode="json"))} if state != "empty" else None,
        "changed_by_hand": [],
        "run": {**RUNNING, "now": ["scene/2"], "steps": {"running": 1}} if state == "running" else None,
        "last_run": FAILED if state == "failed" else None,
        "components": {"total": 20, "ready": 20 if state == "film" else 0, "missing": [], "stale": []},
        "takes": {"scene/3": {"takes": 2, "selected": 2}} if state == "film" else {},
        "offer": OFFER if state == "scripted" else None,
        "credits": {"balance": 894, "held": 0, "renewed": False},
        "finished": {"duration": 35.0, "script_version": 1} if state == "film" else None,
    }
    return found
