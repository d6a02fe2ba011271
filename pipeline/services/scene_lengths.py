"""The lengths that scenes may have: 5 or 10 seconds, or whatever else the model makes that moves their pictures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pipeline.film.script import Scene, Script
from pipeline.film.script_rules import SCENE_SECONDS, USUAL_SECONDS
from pipeline.film.settings import TaskSettings, changed_settings
from pipeline.models import Task
from pipeline.planning.film_plan import settings_of
from pipeline.planning.kinds import Kind
from pipeline.providers.models_and_prices import MotionModel
from pipeline.providers.registry import model_for
from pipeline.services import script_versions
from pixora.foundation.errors import Conflict, ScriptInvalid, Violation


def lengths(settings: TaskSettings, scene_id: int | None = None) -> tuple[int, ...]:
    """The seconds that a scene may last as the film is made now; of one scene by its own model, if it has one."""
    entry = model_for("motion", settings.choice, piece=f"{Kind.CLIP.value}/{scene_id}" if scene_id else "")
    made = entry.durations if isinstance(entry, MotionModel) else {}
    return tuple(second for second in SCENE_SECONDS if not made or second in made)


def check(settings: TaskSettings, script: Script, before: Script | None) -> None:
    """Raises ScriptInvalid for each scene whose length was changed to one that its model does not make."""
    was = {scene.id: scene.duration for scene in before.scenes} if before else {}
    changed = [scene for scene in script.scenes if was.get(scene.id) != scene.duration]
    found = [violation for scene in changed for violation in _violations(settings, scene)]
    if found:
        raise ScriptInvalid(found)


def _violations(settings: TaskSettings, scene: Scene) -> Iterator[Violation]:
    possible = lengths(settings, scene.id)
    if scene.duration not in (*possible, *USUAL_SECONDS):
        message = f"must be {in_words(possible)} seconds with the clip model that is chosen, not {scene.duration}"
        yield Violation(f"clips[{scene.index - 1}].scene.duration", message)


def ask_first(now: TaskSettings, then: TaskSettings, content: Mapping[str, Any]) -> None:
    """Raises Conflict where other models would have scenes last otherwise: it names them, and what they would last."""
    if moved := moved_between(now, then, content):
        told = ", ".join(f"scene {each['scene']} {each['then']} s instead of {each['seconds']}" for each in moved[:5])
        more = f" and {len(moved) - 5} more" if len(moved) > 5 else ""
        raise Conflict(
            f"The clips of that choice have other lengths: {told}{more}. Agree to that (`retime`), or keep the models.",
            code="lengths_change",
            details={"scenes": moved},
        )


def moved_by(task: Task, changes: Mapping[str, Any]) -> list[dict[str, int]]:
    """Return the scenes that would last otherwise with these settings: `scene`, `seconds` and what they are `then`."""
    newest = script_versions.newest(task)
    then = changed_settings(task.settings, changes)
    return moved_between(settings_of(task), then, newest.content) if newest else []


def moved_between(now: TaskSettings, then: TaskSettings, content: Mapping[str, Any]) -> list[dict[str, int]]:
    """The same between two settings; a scene that does not fit those of now is left as it is."""
    return [
        {"scene": scene["index"], "seconds": scene["duration"], "then": nearest(scene, then)}
        for scene in _scenes(content)
        if nearest(scene, then) != scene["duration"] and nearest(scene, now) == scene["duration"]
    ]


def retimed(content: Mapping[str, Any], settings: TaskSettings) -> dict[str, Any]:
    """The script with each scene as long as its model makes it, the nearest to what it was."""
    scenes = [{**scene, "duration": nearest(scene, settings)} for scene in _scenes(content)]
    total = sum(scene["duration"] for scene in scenes)
    return {**content, "clips": [{"scene": scene} for scene in scenes], "expected_duration": total}


def nearest(scene: Mapping[str, Any], settings: TaskSettings) -> int:
    """The length nearest to the scene's, the longer one of two. Usual ones are kept: another model stands in."""
    wanted: int = scene["duration"]
    if wanted in USUAL_SECONDS:
        return wanted
    return min(lengths(settings, scene["id"]) or USUAL_SECONDS, key=lambda each: (abs(each - wanted), -each))


def in_words(seconds: Sequence[int]) -> str:
    """`5 or 10`, `3 to 15`"""
    if len(seconds) > 2 and seconds[-1] - seconds[0] == len(seconds) - 1:
        return f"{seconds[0]} to {seconds[-1]}"
    return " or ".join(map(str, seconds)) if len(seconds) < 3 else ", ".join(map(str, seconds))


def _scenes(content: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    yield from (dict(clip["scene"]) for clip in content["clips"])
