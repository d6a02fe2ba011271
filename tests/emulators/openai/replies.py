"""What the emulated language model says: what a test has laid out for it, else a real script, or a sentence."""

from __future__ import annotations

import base64
import io
import itertools
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from PIL import Image, UnidentifiedImageError

from pipeline.film.settings import LANGUAGES
from pipeline.providers.base import ScriptRequest
from pipeline.providers.local.writing.writer import write_script
from tests.emulators.vendor import Vendor

SENTENCES = {
    "ja": ["海の灯台は、夜の船に道を教える。", "波の音を聞きながら、光が回る。", "朝、漁師たちは無事に港へ帰る。"],
    "ar": ["منارة البحر تضيء الطريق للسفن.", "الأمواج عالية والليل طويل.", "في الصباح يعود الصيادون إلى الميناء."],
}
"""Narrations in languages that the local writer does not write."""
PLAIN = "I can make that film: say the word and I begin."


@dataclass
class Reply:
    """`tools` are `{name, arguments}`; arguments may be a string that is no JSON. `incomplete` names the reason.

    `cut`: a stream ends in the middle of this reply. `breaks`: its connection breaks off right after the whole of it.
    """

    text: str = ""
    tools: list[dict[str, Any]] = field(default_factory=list)
    refusal: str = ""
    incomplete: str = ""
    cut: bool = False
    breaks: bool = False


def next_reply(vendor: Vendor, body: dict[str, Any]) -> Reply:
    if found := laid_out(vendor):
        return found
    schema = ((body.get("text") or {}).get("format") or {}).get("schema")
    if not schema:
        return Reply(text=_of_picture(body["input"]) or PLAIN)
    wanted = json.loads(_first_text(body["input"]))
    written = translation_for(wanted) if "to_name" in wanted else script_for(wanted)
    return Reply(text=json.dumps(_fitted(written, schema, schema)))


def laid_out(vendor: Vendor) -> Reply | None:
    """Return what a test wants to be said next."""
    if not vendor.knobs.replies:
        return None
    found = dict(vendor.knobs.replies.pop(0))
    if "json" in found:
        found["text"] = json.dumps(found.pop("json"))
    return Reply(**found)


def script_for(wanted: dict[str, Any]) -> dict[str, Any]:
    """Pixora describes the film that it wants as JSON in the first message."""
    request = ScriptRequest(
        prompt=wanted["prompt"],
        duration_s=wanted["duration_s"],
        aspect_ratio=wanted["aspect_ratio"],
        style=wanted["style"],
        language=wanted["language"] if wanted["language"] in LANGUAGES else "en",
        voice="Rachel",
        character_consistency=wanted["character_consistency"],
        seed=7,
    )
    script = write_script(request).model_dump(mode="json")
    more = {"lines": [], "ends_on_next": False}
    scenes = [{**more, "music_mood": _mood(place), **clip["scene"]} for place, clip in enumerate(script["clips"])]
    if sentences := SENTENCES.get(wanted["language"]):
        told = zip(scenes, itertools.cycle(sentences), strict=False)
        scenes = [{**scene, "script": sentence, "title": sentence[:12]} for scene, sentence in told]
    return {**script, "scenes": scenes}


def _mood(place: int) -> str:
    """Every second scene of a piece is quieter."""
    return ("broad, full strings", "quiet, a lone piano")[place % 2]


def translation_for(wanted: dict[str, Any]) -> dict[str, Any]:
    """Every word of it is another one, but for those that stay; none is more or less than there was."""
    scenes = [
        {
            "id": scene["id"],
            "title": _other(scene["title"], wanted, ()),
            "narration": _other(scene["narration"], wanted, scene["keep"]),
            "lines": [_other(line["text"], wanted, scene["keep"]) for line in scene["lines"]],
        }
        for scene in wanted["scenes"]
    ]
    return {"title": _other(wanted["title"], wanted, ()), "scenes": scenes}


def _other(text: str, wanted: dict[str, Any], keep: Sequence[str]) -> str:
    kept = {word for each in keep for word in each.split()}

    def other(found: re.Match[str]) -> str:
        word = found[0]
        return word if word in kept or word.isdigit() else f"{word}{'' if wanted['to'] in ('zh', 'ja') else 'o'}"

    return re.sub(r"\w+", other, text)


def _first_text(given: Any) -> str:
    return given if isinstance(given, str) else str(given[0]["content"])


def _fitted(value: Any, schema: dict[str, Any], root: dict[str, Any]) -> Any:
    """Keep only what the schema knows."""
    if "$ref" in schema:
        schema = root["$defs"][schema["$ref"].rpartition("/")[2]]
    if isinstance(value, dict):
        return {name: _fitted(value[name], inner, root) for name, inner in schema["properties"].items()}
    if isinstance(value, list):
        return [_fitted(one, schema["items"], root) for one in value]
    return value


def _of_picture(given: Any) -> str:
    """Say of the first picture that it is shown: its size and its mean colour, which no text tells."""
    parts = (
        [part for item in given if isinstance(item, dict) for part in _parts(item)] if isinstance(given, list) else []
    )
    shown = [part["image_url"] for part in parts if part.get("type") == "input_image"]
    return seen_in(shown[0]) if shown else ""


def _parts(item: dict[str, Any]) -> list[dict[str, Any]]:
    content = item.get("content")
    return content if isinstance(content, list) else []


def seen_in(url: str) -> str:
    """Describe a picture within an address; empty where it is none."""
    try:
        with Image.open(io.BytesIO(base64.b64decode(url.partition("base64,")[2]))) as picture:
            mean = picture.convert("RGB").resize((1, 1)).tobytes().hex()
            return f"A picture of {picture.width} by {picture.height}, mostly #{mean}."
    except (ValueError, UnidentifiedImageError):
        return ""
