"""Clips that end on the next scene's picture: whether a model here is told a picture to end on."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.film.script import Scene, Script
from pipeline.film.settings import TaskSettings
from pipeline.planning.kinds import Kind
from pipeline.providers.models_and_prices import Model, MotionModel
from pipeline.providers.registry import model_for
from pipeline.services import model_choice
from pixora.foundation.errors import ScriptInvalid, Violation


def check(settings: TaskSettings, script: Script, before: Script | None) -> None:
    """Raises ScriptInvalid for each scene that is newly to end on the next one's picture where its model cannot."""
    was = {scene.id for scene in before.scenes if scene.ends_on_next} if before else set()
    new = [scene for scene in script.scenes if scene.ends_on_next and scene.id not in was]
    if found := [violation for scene in new for violation in _violations(settings, script, scene)]:
        raise ScriptInvalid(found)


def can_end(settings: TaskSettings, scene_id: int) -> bool:
    """True where the model that moves this scene's picture is told a picture to end on."""
    return _takes_end(model_for("motion", settings.choice, piece=f"{Kind.CLIP.value}/{scene_id}"))


def able() -> list[str]:
    """Name the clip models here that are told a picture to end on."""
    return [model.name for model in model_choice.available("motion") if _takes_end(model)]


def _violations(settings: TaskSettings, script: Script, scene: Scene) -> Iterator[Violation]:
    field = f"clips[{scene.index - 1}].scene.ends_on_next"
    if scene.index == len(script.clips):
        yield Violation(field, "is of the last scene, and no scene follows it; choose another scene")
    elif not can_end(settings, scene.id):
        fix = f"choose one that is: {', '.join(names)}" if (names := able()) else "no clip model here is"
        yield Violation(field, f"needs a clip model that is told a picture to end on; {fix}")


def _takes_end(model: Model | None) -> bool:
    return isinstance(model, MotionModel) and model.takes_end
