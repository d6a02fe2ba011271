"""PURE: the words people say in a prompt, laid into the scenes of a film that was written without them."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.film.dialogue import is_spoken
from pipeline.film.narration import narration_length, narration_limit
from pipeline.film.own_words.source import Turn
from pipeline.film.script import Clip, Line, Scene, Script


def with_turns(script: Script, turns: Sequence[Turn]) -> Script:
    """Return the film with these words, in their order and none of them changed.

    They begin where as many scenes are left as they need, in the middle of the film at the latest. A narration that
    would not fit beside them is left out; what has no room even then is said in the last scene, which grows with it.
    """
    scenes, left = list(script.scenes), list(turns)
    at = min(len(scenes) // 2, max(len(scenes) - len(turns), 0))
    while left and at < len(scenes):
        count = len(left) if at == len(scenes) - 1 else _fitting(scenes[at], left, script.language)
        if count:
            scenes[at] = _talking(scenes[at], left[:count], script.language)
            del left[:count]
        at += 1
    return script.model_copy(update={"clips": [Clip(scene=scene) for scene in scenes]})


def _fitting(scene: Scene, turns: Sequence[Turn], language: str) -> int:
    """Return how many of the turns a scene has room for, without its narration."""
    counts = range(len(turns), 0, -1)
    return next((count for count in counts if _fits(scene, [turn.words for turn in turns[:count]], language)), 0)


def _fits(scene: Scene, texts: Sequence[str], language: str) -> bool:
    room = narration_limit(scene.duration, language, pieces=max(len(texts), 1))
    return sum(narration_length(text, language) for text in texts) <= room


def _talking(scene: Scene, turns: Sequence[Turn], language: str) -> Scene:
    lines = [Line(speaker=turn.speaker, text=turn.words) for turn in turns]
    texts = [*([scene.script] if is_spoken(scene.script) else []), *(turn.words for turn in turns)]
    narration = scene.script if _fits(scene, texts, language) else ""
    return scene.model_copy(update={"lines": lines, "script": narration})
