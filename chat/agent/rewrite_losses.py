"""The losses when the script is written again: edits since it was written, and how much was made from it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pipeline.models import Script, Task
from pipeline.planning.film_plan import plan_of
from pipeline.planning.kinds import DERIVED, Kind
from pipeline.planning.plan import Action

Losses = dict[str, Any]
WORDS = ("title", "script", "image_prompt", "video_prompt", "transition", "duration", "characters")


def of_rewriting(task: Task, newest: Script) -> Losses:
    """Empty where nothing was edited and nothing made, so that nothing is lost."""
    lost = edits_between(written_version(task, newest).content, newest.content)
    made = _made(task)
    if not lost and not made:
        return {}
    return {**lost, "scenes": len(newest.content["clips"]), "made": made}


def edits_between(before: Mapping[str, Any], after: Mapping[str, Any]) -> Losses:
    """PURE: the places of scenes that were edited or added, the titles of those removed, and what else was changed."""
    old = {clip["scene"]["id"]: clip["scene"] for clip in before["clips"]}
    new = {clip["scene"]["id"]: clip["scene"] for clip in after["clips"]}
    stayed = [scene_id for scene_id in old if scene_id in new]
    found = {
        "edited": [new[one]["index"] for one in stayed if any(new[one][name] != old[one][name] for name in WORDS)],
        "added": [scene["index"] for one, scene in new.items() if one not in old],
        "removed": [scene["title"] for one, scene in old.items() if one not in new],
        "moved": stayed != [one for one in new if one in old],
        "music": _prompts(before) != _prompts(after),
        "characters": before["character_profiles"] != after["character_profiles"],
    }
    return {name: value for name, value in found.items() if value}


def _prompts(content: Mapping[str, Any]) -> list[tuple[str, bool]]:
    return [(group["prompt"], bool(group.get("silent"))) for group in content["music"]]


def written_version(task: Task, newest: Script) -> Script:
    """The version that a writer wrote last of those with scenes that are still there, as after going back to an earlier
    one; the first where nothing says which."""
    runs = task.runs.filter(forced__has_key=Kind.SCRIPT.value, script_version__isnull=False)
    versions = runs.values_list("script_version", flat=True)
    written = task.scripts.filter(version__in=list(versions)).order_by("-version")
    found = next((version for version in written if _ids(version) & _ids(newest)), None)
    return found or task.scripts.order_by("version").first() or newest


def own_words(task: Task, newest: Script) -> list[int]:
    """The ids of the scenes whose narration is not the writer's, but was dictated or edited by hand."""
    written = {clip["scene"]["id"]: clip["scene"]["script"] for clip in written_version(task, newest).content["clips"]}
    scenes = [clip["scene"] for clip in newest.content["clips"]]
    return [scene["id"] for scene in scenes if scene["script"] and scene["script"] != written.get(scene["id"])]


def _ids(version: Script) -> set[int]:
    return {clip["scene"]["id"] for clip in version.content["clips"]}


def _made(task: Task) -> int:
    """Count the pieces that a generator made from this script."""
    decisions = plan_of(task, approved=()).decisions.values()
    return sum(one.action is not Action.MISSING for one in decisions if one.component.kind not in DERIVED)
