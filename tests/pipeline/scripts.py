"""Small scripts for tests."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pipeline.film.script import Script, parse_script
from pipeline.film.settings import TaskSettings

TINY = TaskSettings(duration=15, resolution="72p")


def scene(number: int, **changes: Any) -> dict[str, Any]:
    return {
        "id": number,
        "index": number,
        "title": f"Scene {number}",
        "script": f"This is what scene {number} says.",
        "image_prompt": f"Picture {number}",
        "video_prompt": f"Motion {number}",
        "transition": "fade",
        "duration": 5,
        "characters": [],
        **changes,
    }


def script(scenes: Sequence[dict[str, Any]] | int = 3, **changes: Any) -> Script:
    """Scenes (or so many of them) in one music group, unless `music` says otherwise."""
    listed = [scene(number) for number in range(1, scenes + 1)] if isinstance(scenes, int) else list(scenes)
    content = {
        "user_prompt": "A film",
        "rewritten_prompt": "A film about a thing",
        "voice_character": "",
        "character_consistency": False,
        "music": [{"prompt": "calm piano", "scene_indexes": [each["index"] for each in listed]}],
        "character_profiles": [],
        "clips": [{"scene": each} for each in listed],
        "expected_duration": sum(each["duration"] for each in listed),
        "style": "cinematic",
        "aspect_ratio": "16:9",
        "language": "en",
        "voice": "Rachel",
        **changes,
    }
    return parse_script(content)
