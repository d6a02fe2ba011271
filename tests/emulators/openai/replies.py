"""What the emulated language model says: what a test has laid out for it, else a real script, or a sentence."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from pipeline.providers.base import ScriptRequest
from pipeline.providers.local.script import write_script
from tests.emulators.vendor import Vendor

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
        return Reply(text=PLAIN)
    return Reply(text=json.dumps(_fitted(script_for(json.loads(_first_text(body["input"]))), schema, schema)))


def laid_out(vendor: Vendor) -> Reply | None:
    """What a test wants to be said next."""
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
        language=wanted["language"],
        voice="Rachel",
        character_consistency=wanted["character_consistency"],
        seed=7,
    )
    script = write_script(request).model_dump(mode="json")
    return {**script, "scenes": [{"lines": [], **clip["scene"]} for clip in script["clips"]]}


def _first_text(given: Any) -> str:
    return given if isinstance(given, str) else str(given[0]["content"])


def _fitted(value: Any, schema: dict[str, Any], root: dict[str, Any]) -> Any:
    """Only what the schema knows."""
    if "$ref" in schema:
        schema = root["$defs"][schema["$ref"].rpartition("/")[2]]
    if isinstance(value, dict):
        return {name: _fitted(value[name], inner, root) for name, inner in schema["properties"].items()}
    if isinstance(value, list):
        return [_fitted(one, schema["items"], root) for one in value]
    return value
