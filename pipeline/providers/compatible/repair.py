"""PURE: a small model's draft in the form that was asked for: what it named, nested or left out in other ways.

No words are changed. What only one answer can be given for is given (a transition, how the camera moves); a picture or
a narration is never made up.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pipeline.providers.base import ScriptRequest
from pipeline.providers.openai.answers import as_object, string
from pipeline.providers.openai.draft import WrittenCharacter, WrittenMusic, WrittenScene

OTHER_NAMES: Mapping[str, tuple[str, ...]] = {
    "scenes": ("clips", "shots", "film", "script", "storyboard"),
    "character_profiles": ("characters", "profiles", "cast"),
    "music": ("soundtrack", "music_groups"),
    "rewritten_prompt": ("summary", "logline", "title"),
    "script": ("narration", "voiceover", "voice_over", "text", "dialogue"),
    "image_prompt": ("image", "picture", "visual", "description", "looks"),
    "video_prompt": ("video", "motion", "camera", "movement"),
    "scene_indexes": ("scenes", "indexes", "scene_index"),
    "prompt": ("description", "mood", "style"),
    "title": ("name", "heading"),
    "lines": ("dialogues",),
    "speaker": ("character", "name", "who"),
    "text": ("line", "says", "words"),
    "duration": ("duration_s", "seconds", "length"),
    "characters": ("character_names", "cast"),
}
MOVES = "a slow push in"
MUSIC = "calm instrumental music that fits the film"
TITLE_WORDS = 5


def repaired(draft: Mapping[str, Any], request: ScriptRequest) -> dict[str, Any]:
    """The draft with only the keys that were asked for, each of its kind."""
    whole = as_object(draft.get("film_script")) or as_object(draft.get("film")) or draft
    scenes = [_scene(as_object(each.get("scene")) or each) for each in _objects(_value(whole, "scenes"))]
    return {
        "rewritten_prompt": string(_value(whole, "rewritten_prompt")).strip() or request.prompt,
        "character_profiles": [_character(each) for each in _objects(_value(whole, "character_profiles"))],
        "scenes": scenes,
        "music": [_music(each, len(scenes)) for each in _objects(_value(whole, "music"))]
        or [_only_music(whole, scenes)],
    }


def _value(holder: Mapping[str, Any], name: str) -> Any:
    """The value of this name, or of the first other name that is there."""
    return next((holder[each] for each in (name, *OTHER_NAMES.get(name, ())) if holder.get(each) is not None), None)


def _objects(value: Any) -> Iterator[Mapping[str, Any]]:
    """The objects of a list; a lone object counts as a list, and `{"1": {…}, "2": {…}}` as one too."""
    if isinstance(value, dict):
        value = [*value.values()] if value and all(isinstance(each, dict) for each in value.values()) else [value]
    return (each for each in value if isinstance(each, dict)) if isinstance(value, list) else iter(())


def _scene(written: Mapping[str, Any]) -> dict[str, Any]:
    said, lines = _said(written)
    found = {
        "title": string(_value(written, "title")).strip()[:120] or " ".join(said.split()[:TITLE_WORDS]),
        "duration": _seconds(_value(written, "duration")),
        "script": said,
        "lines": lines,
        "image_prompt": string(_value(written, "image_prompt")),
        "video_prompt": string(_value(written, "video_prompt")).strip() or MOVES,
        "characters": list(_names(_value(written, "characters"))),
        "transition": string(written.get("transition")).strip().lower().replace(" ", "_").replace("-", "_"),
    }
    assert found.keys() == WrittenScene.model_fields.keys()
    return found


def _said(written: Mapping[str, Any]) -> tuple[str, list[dict[str, str]]]:
    """The narration and the lines; a list of lines in the narration's place is no narration."""
    script = _value(written, "script")
    listed = _value(written, "lines") or (script if isinstance(script, list) else [])
    lines = [
        {"speaker": string(_value(each, "speaker")).strip(), "text": string(_value(each, "text")).strip()}
        for each in _objects(listed)
    ]
    return string(script).strip(), [line for line in lines if line["text"]]


def _seconds(value: Any) -> int:
    """5 or 10: `"10"`, `"10s"` and 8.0 are 10."""
    digits = (
        "".join(letter for letter in value if letter.isdigit() or letter == ".") if isinstance(value, str) else value
    )
    try:
        return 10 if float(digits) > 7 else 5
    except (TypeError, ValueError, OverflowError):
        return 5


def _names(value: Any) -> Iterator[str]:
    for each in value if isinstance(value, list) else [value]:
        name = string(each) or string(as_object(each).get("name"))
        if name.strip():
            yield name


def _character(written: Mapping[str, Any]) -> dict[str, Any]:
    found = {"name": string(_value(written, "name")), "image_prompt": string(_value(written, "image_prompt"))}
    assert found.keys() == WrittenCharacter.model_fields.keys()
    return found


def _only_music(whole: Mapping[str, Any], scenes: Sequence[Any]) -> dict[str, Any]:
    """One music for all: as it was written in words, else any that disturbs nothing."""
    return _music({"prompt": _value(whole, "music")}, len(scenes))


def _music(written: Mapping[str, Any], scenes: int) -> dict[str, Any]:
    indexes = _indexes(_value(written, "scene_indexes"))
    prompt = string(_value(written, "prompt")).strip() or MUSIC
    found = {"prompt": prompt, "scene_indexes": indexes or list(range(1, scenes + 1))}
    assert found.keys() == WrittenMusic.model_fields.keys()
    return found


def _indexes(value: Any) -> Sequence[int]:
    listed = value if isinstance(value, list) else [value]
    return [int(each) for each in listed if isinstance(each, int | str) and str(each).strip().isdecimal()]
