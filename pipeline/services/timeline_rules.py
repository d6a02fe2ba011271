"""The rules of timeline edits that only the film's takes can judge: what a clip can give, which recording was cut."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from media_assets.models import Asset
from pipeline.cut.narration_fit import FPS
from pipeline.cut.picture.filter_graph import most_frames, span_s
from pipeline.cut.timeline import SceneCut, Slot, lay_out
from pipeline.film.script import Clip, Scene, Script
from pipeline.film.timeline_fields import HASH_DIGITS
from pipeline.models import Task
from pipeline.planning.graph import audio_key
from pipeline.planning.kinds import Kind
from pixora.foundation.errors import ScriptInvalid, Violation


def kept(task: Task, script: Script, before: Script) -> Script:
    """Return the script with each new cut bound to the recording that is heard now. Raises ScriptInvalid for a scene
    that begins behind its clip's end, or lasts longer than its clip gives."""
    was = {scene.id: scene for scene in before.scenes}
    changed = [scene for scene in script.scenes if _edits(scene) != _edits(was.get(scene.id))]
    takes = _takes(task, changed) if changed else {}
    if found := [violation for scene in changed for violation in _violations(scene, was.get(scene.id), takes)]:
        raise ScriptInvalid(found)
    bound = {scene.id: _bound(scene, was.get(scene.id), takes) for scene in changed}
    clips = [Clip(scene=bound.get(scene.id, scene)) for scene in script.scenes]
    return script.model_copy(update={"clips": clips})


def _edits(scene: Scene | None) -> tuple[object, ...]:
    return (scene.slot_frames, scene.clip_from, scene.cuts, scene.cuts_of) if scene else (0, 0.0, [], "")


def _takes(task: Task, scenes: list[Scene]) -> Mapping[str, Asset]:
    keys = [key for scene in scenes for key in (audio_key(scene), f"{Kind.CLIP}/{scene.id}")]
    return {asset.component: asset for asset in task.assets.filter(component__in=keys, selected=True)}


def _bound(scene: Scene, before: Scene | None, takes: Mapping[str, Asset]) -> Scene:
    """Cuts that somebody named a recording for stay with that one."""
    if not scene.cuts:
        return scene.model_copy(update={"cuts_of": ""})
    take, was = takes.get(audio_key(scene)), before.cuts_of if before else ""
    is_named = bool(scene.cuts_of) and (scene.cuts_of != was or bool(before and before.cuts == scene.cuts))
    if is_named or take is None:
        return scene
    return scene.model_copy(update={"cuts_of": take.content_hash[:HASH_DIGITS]})


def _violations(scene: Scene, before: Scene | None, takes: Mapping[str, Asset]) -> Iterator[Violation]:
    clip, place = takes.get(f"{Kind.CLIP}/{scene.id}"), f"clips[{scene.index - 1}].scene"
    if clip is None or "frames" not in clip.metadata:
        return
    lasts_s = float(span_s(clip.metadata))
    if scene.clip_from and scene.clip_from >= lasts_s:
        yield Violation(f"{place}.clip_from", f"must be less than {lasts_s:.1f} s, which is how long the clip lasts")
        return
    most = most_frames(span_s(clip.metadata), _slot(scene), FPS)
    usual = most_frames(span_s(clip.metadata), replace(_slot(scene), clip_from_s=0.0), FPS)
    if scene.slot_frames and scene.slot_frames > max(most, 0) and (not before or _longer(scene, before)):
        yield Violation(f"{place}.slot_frames", _too_long(scene, most, usual))


def _longer(scene: Scene, before: Scene) -> bool:
    lasted = before.slot_frames or before.duration * FPS
    return scene.slot_frames > lasted or scene.clip_from > before.clip_from


def _too_long(scene: Scene, most: int, usual: int) -> str:
    gives = f"the clip of scene {scene.index} gives {max(most, 0)} frames, not {scene.slot_frames}"
    return f"{gives}; let the scene begin earlier in its clip" if most < scene.slot_frames <= usual else gives


def _slot(scene: Scene) -> Slot:
    return lay_out([SceneCut(scene.id, scene.duration, clip_from_s=scene.clip_from)]).slots[0]
