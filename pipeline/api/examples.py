"""PURE: one made-up film, shown throughout the OpenAPI document."""

from __future__ import annotations

from typing import Any

from pydantic import ConfigDict

from pipeline.film.settings import TaskSettings

PROMPT = "A 15-second video about space exploration"
TASK_ID, RUN_ID, QUOTE_ID = "task_1f0k3j5x8v2m9q7z", "run_b2v8n4c6x1z0q9w7", "quote_m5k2j8h4g6f3d1s9"
WHEN = "2026-03-01T12:00:00Z"

LINK = {
    "url": "/media/asset_k3j5x8v2m9q7z1f0/image.png",
    "signed_url": "/media/asset_k3j5x8v2m9q7z1f0/image.png?s=1vC8xT.3mZ9kQpLr0a",
}
PICTURE = {
    **LINK,
    "thumbnail_url": "/media/asset_k3j5x8v2m9q7z1f0/thumbnail.webp",
    "thumbnail_signed_url": "/media/asset_k3j5x8v2m9q7z1f0/thumbnail.webp?s=1vC8xT.3mZ9kQpLr0a",
}
ACTIVE_RUN = {"run_id": RUN_ID, "status": "running", "progress": 45, "stage": "generating_assets", "eta_seconds": 70}
EDITS = {"where": "ask", "waiting": ["task_1f0k3j5x8v2m9q7z"]}
VERSION_ORIGIN = {"task_id": "task_1f0k3j5x8v2m9q7z", "kind": "cut"}

TASK = {
    "id": TASK_ID,
    "title": "Beyond the blue",
    "prompt": PROMPT,
    "status": "generating",
    "settings": TaskSettings(duration=15).model_dump(),
    "version": 1,
    "source": None,
    "remarks": [],
    "counts": {"scenes": 2, "seconds": 15, "takes": 4},
    "run": ACTIVE_RUN,
    "poster": None,
    "animatic": None,
    "reference": None,
    "duration": None,
    "family": None,
    "versions": 1,
    "origin": None,
    "last_seq": 42,
    "created_at": WHEN,
    "updated_at": WHEN,
    "restorable_until": None,
}

SAID = {
    "settings": {"duration": 20, "aspect_ratio": "9:16", "language": "de", "music": False},
    "remarks": ["The resolution 4K is not to be had: it can be 720p or 1080p."],
}


def _scene(number: int, title: str, words: str, *, duration: int, characters: list[str]) -> dict[str, Any]:
    return {
        "id": number,
        "index": number,
        "title": title,
        "script": words,
        "image_prompt": f"{title}, a wide shot under the stars",
        "video_prompt": "The camera drifts slowly forward",
        "transition": "fade",
        "duration": duration,
        "characters": characters,
    }


SCRIPT: dict[str, Any] = {
    "user_prompt": PROMPT,
    "rewritten_prompt": "How we came to look up, and then to go there.",
    "voice_character": "",
    "character_consistency": False,
    "music": [{"prompt": "calm, wondering strings", "scene_indexes": [1, 2]}],
    "character_profiles": [{"name": "Ada", "image_prompt": "Ada, an astronaut in a white suit, looking up"}],
    "clips": [
        {"scene": _scene(1, "A rocket rises", "We left the ground behind us.", duration=5, characters=[])},
        {
            "scene": {
                **_scene(2, "Among the stars", "And the sky had no end.", duration=10, characters=["Ada"]),
                "lines": [{"speaker": "Ada", "text": "I can see home from here."}],
            }
        },
    ],
    "expected_duration": 15,
    "style": "cinematic",
    "aspect_ratio": "16:9",
    "language": "en",
    "voice": "Rachel",
}
WARNING = {
    "field": "clips[0].scene.script",
    "message": "14 words do not fit 5 s, which have room for 10; drop 4 words or let the scene last 10 s",
}
FAULT = {"code": "frozen", "message": "The picture stands still for most of the clip."}
VERDICT = {"faults": [FAULT], "kept": False, "charged": False}
COMPONENT: dict[str, Any] = {
    "component": "scene/2",
    "take": 1,
    "status": "ready",
    "stale": False,
    "takes": 1,
    "credits": 4,
    "seconds": 3,
    "started_at": None,
    "own_file": None,
    **PICTURE,
    "warnings": [],
    "verdict": None,
    "error": None,
}
ORIGIN = {
    "version": 1,
    "prompt": "Among the stars, a wide shot under the stars",
    "instructions": "at night, with snow",
    "provider": "local",
    "model": "local-image-1",
    "own": False,
    "file": "",
    "stands_in_for": "",
    "story": "",
}
TAKE: dict[str, Any] = {
    "component": "scene/2",
    "take": 1,
    "selected": True,
    **PICTURE,
    "duration_ms": None,
    "width": 1280,
    "height": 720,
    "warnings": [],
    "verdict": None,
    "made_from": ORIGIN,
    "created_at": WHEN,
}
QUOTE_ITEM = {"component": "scene/2", "credits": 4, "seconds": 3}
SHARING_VERSION = {
    "task_id": "task_3v8m2q9z7x1f0k5j",
    "title": "Más allá del azul",
    "language": "es",
    "aspect_ratio": "16:9",
    "differs": ["language"],
}
SHARES = {"pieces": {"scene": 1, "video": 1, "music": 1}, "versions": [SHARING_VERSION], "reaches": [], "asks": []}
UPGRADE_PRICE = {"items": [QUOTE_ITEM], "credits": 4, "shares": SHARES}
WHOLE_PRICE = {"version": 1, "items": [QUOTE_ITEM], "credits": 4, "warnings": [], "shares": SHARES}
FILM_PRICE = {
    **WHOLE_PRICE,
    "tiers": [
        {"tier": "draft", "credits": 2, "seconds": 3, "is_chosen": False},
        {"tier": "standard", "credits": 4, "seconds": 3, "is_chosen": True},
    ],
}
QUOTE = {"quote_id": QUOTE_ID, **WHOLE_PRICE, "expires_at": 1772367300.0}
RUN = {"run_id": RUN_ID, "status": "queued"}
EVENT = {
    "type": "component_updated",
    "task_id": TASK_ID,
    "seq": 42,
    "timestamp": 1772366400,
    "data": {"component": "scene/2", "take": 1, "status": "ready", **PICTURE, "stale": False},
}
SCENE_MARK = {"scene": 2, "start": 5.0, "seconds": 10.0}
CREDENTIAL_ROW = {"piece": "video", "scenes": [1, 2, 3], "source": "ai", "provider": "fal", "model": "kling-1.6-pro"}
CREDENTIALS = {
    "signed": True,
    "by": "Pixora (self-signed)",
    "self_signed": True,
    "why": "",
    "digital_source_type": "trainedAlgorithmicMedia",
    "pieces": [CREDENTIAL_ROW],
}
VIDEO = {
    "url": "/media/asset_v2m9q7z1f0k3j5x8/fullvideo.mp4",
    "signed_url": "/media/asset_v2m9q7z1f0k3j5x8/fullvideo.mp4?s=1vC8xT.9kQpLr0a3mZ",
    "take": 1,
    "version": 1,
    "shows_the_newest": True,
    "duration": 15.0,
    "captions": {
        "url": "/media/asset_q7z1f0k3j5x8v2m9/captions.vtt",
        "signed_url": "/media/asset_q7z1f0k3j5x8v2m9/captions.vtt?s=1vC8xT.pLr0a3mZ9kQ",
    },
    "captions_drawn": False,
    "scenes": [{"scene": 1, "start": 0.0, "seconds": 5.0}, SCENE_MARK],
    "warnings": [],
    "credentials": CREDENTIALS,
    "created_at": WHEN,
}
VERSION_ENTRY = {
    "version": 2,
    "title": "The lighthouse keeper",
    "reason": "make scene 2 at night",
    "created_at": WHEN,
}
PRICE = {"component": "video", "seconds": 5, "credits": 10, "maker": "fal", "takes_s": 240, "at_once": 2}
VOICE_KIND = {
    "language": "en",
    "neural": True,
    "label": "neural voice",
    "about": "Two neural voices of this computer, a woman's and a man's.",
}
VOICE = {
    "name": "George",
    "gender": "man",
    "age": "middle-aged",
    "accent": "British",
    "about": "man, middle-aged, British, deep, warm, calm, storyteller",
}
LANGUAGE = {"language": "de", "name": "German", "own_name": "Deutsch", "right_to_left": False}
MODEL = {
    "name": "kling-3-standard",
    "vendor": "fal",
    "note": "Calm, even motion.",
    "take": 0,
    "second": 4,
    "seconds": 90.0,
    "lengths": [5, 10],
    "aspect_ratios": ["16:9", "9:16", "1:1"],
}
OPTIONS = {
    "styles": ["cinematic", "watercolor"],
    "voices": ["Rachel", "Lily"],
    "voice_list": [VOICE],
    "voice_samples": True,
    "voice_kinds": [VOICE_KIND],
    "languages": ["en", "de"],
    "language_list": [LANGUAGE],
    "translates": True,
    "aspect_ratios": ["16:9", "9:16"],
    "resolutions": ["720p", "1080p"],
    "durations": [5, 10, 15],
    "transitions": ["none", "fade"],
    "captions": ["off", "soft"],
    "tiers": [
        {
            "name": "standard",
            "about": "Good pictures and clips at a fair price.",
            "models": {"motion": {"vendor": "fal", "model": "kling-3-standard"}},
            "prices": [PRICE],
        }
    ],
    "models": {"motion": [MODEL]},
    "prices": [
        {"component": "scene", "seconds": None, "credits": 4, "maker": "openai", "takes_s": 40, "at_once": 8},
        PRICE,
    ],
}


def example(shown: dict[str, Any]) -> ConfigDict:
    """Return the `model_config` of a schema that shows this example."""
    return ConfigDict(json_schema_extra={"examples": [shown]})


def page(shown: dict[str, Any]) -> ConfigDict:
    return example({"results": [shown], "next": None, "previous": None})
