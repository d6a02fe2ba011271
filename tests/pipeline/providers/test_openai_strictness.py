"""The emulator refuses what OpenAI refuses, with its error bodies: else it would prove nothing of the adapters."""

from __future__ import annotations

import io
from typing import Any

import httpx
import pytest
from PIL import Image

from tests.emulators.server import Emulators

KEY = {"Authorization": "Bearer sk-emulated"}


def post(emulators: Emulators, path: str, **body: Any) -> httpx.Response:
    return httpx.post(f"{emulators.url}/openai/v1/{path}", headers=KEY, json=body, timeout=10)


def refused(answer: httpx.Response) -> tuple[int, Any, Any]:
    error = answer.json()["error"]
    assert error.keys() == {"message", "type", "param", "code"}
    return answer.status_code, error["code"], error["param"]


IMAGE = {"model": "gpt-image-2.6-flare", "prompt": "the sea"}
TALK = {"model": "gpt-6-luna", "input": "hello"}


def schema(**changes: Any) -> dict[str, Any]:
    strict = {
        "type": "object",
        "properties": {"a": {"type": "string"}},
        "required": ["a"],
        "additionalProperties": False,
    }
    return {"format": {"type": "json_schema", "name": "x", "strict": True, "schema": {**strict, **changes}}}


def tool(**changes: Any) -> list[dict[str, Any]]:
    parameters = schema()["format"]["schema"]
    return [{"type": "function", "name": "regenerate", "strict": True, "parameters": parameters, **changes}]


@pytest.mark.parametrize(
    ("path", "body", "answer"),
    [
        ("images/generations", {**IMAGE, "response_format": "b64_json"}, (400, "unknown_parameter", "response_format")),
        ("images/generations", {**IMAGE, "reference_image": "x"}, (400, "unknown_parameter", "reference_image")),
        ("images/generations", {"model": IMAGE["model"]}, (400, "missing_required_parameter", "prompt")),
        ("images/generations", {**IMAGE, "size": "1000x500"}, (400, "invalid_value", "size")),
        ("images/generations", {**IMAGE, "size": "16x16"}, (400, "invalid_value", "size")),
        ("images/generations", {**IMAGE, "model": "gpt-image-1.5", "size": "1536x864"}, (400, "invalid_value", "size")),
        ("images/generations", {**IMAGE, "n": "1"}, (400, "invalid_type", "n")),
        ("images/generations", {**IMAGE, "prompt": "x" * 32_001}, (400, "string_above_max_length", "prompt")),
        ("images/generations", {**IMAGE, "model": "gpt-image-1"}, (404, "model_not_found", "model")),
        ("images/generations", {**IMAGE, "prompt": "gore"}, (400, "moderation_blocked", None)),
        ("responses", {**TALK, "messages": []}, (400, "unknown_parameter", "messages")),
        ("responses", {"model": TALK["model"]}, (400, "missing_required_parameter", "input")),
        ("responses", {**TALK, "temperature": 0.7}, (400, "unsupported_parameter", "temperature")),
        ("responses", {**TALK, "model": "gpt-4o", "reasoning": {"effort": "low"}},
         (400, "unsupported_parameter", "reasoning.effort")),
        ("responses", {**TALK, "text": {"format": {"type": "json_object"}}}, (400, None, "input")),
        ("responses", {**TALK, "text": schema(required=[])}, (400, "invalid_json_schema", "text.format.schema")),
        ("responses", {**TALK, "text": schema(additionalProperties=True)},
         (400, "invalid_json_schema", "text.format.schema")),
        ("responses", {**TALK, "text": schema(default={})}, (400, "invalid_json_schema", "text.format.schema")),
        ("responses", {**TALK, "tools": tool(name="make it")}, (400, "invalid_value", "tools[0].name")),
        ("responses", {**TALK, "tools": tool(function={})}, (400, "unknown_parameter", "tools[0].function")),
        ("responses", {**TALK, "tools": tool(parameters={"type": "object", "properties": {}})},
         (400, "invalid_json_schema", "tools[0].parameters")),
        ("responses", {**TALK, "input": [{"type": "function_call_output", "call_id": "c", "output": ""}]},
         (400, None, "input")),
        ("moderations", {"input": "x", "language": "en"}, (400, "unknown_parameter", "language")),
        ("moderations", {"input": "x", "model": "gpt-4o"}, (404, "model_not_found", "model")),
    ],
)  # fmt: skip
def test_a_wrong_request_is_refused(emulators: Emulators, path: str, body: dict[str, Any], answer: Any) -> None:
    assert refused(post(emulators, path, **body)) == answer
    assert emulators.bills("openai") == []


def png() -> bytes:
    encoded = io.BytesIO()
    Image.new("RGB", (16, 16)).save(encoded, "PNG")
    return encoded.getvalue()


def edit(emulators: Emulators, names: list[str], fields: dict[str, str], content: bytes = b"") -> httpx.Response:
    files = [(name, ("a.png", content or png(), "image/png")) for name in names]
    data = {"model": "gpt-image-2.6-flare", "prompt": "the sea", **fields}
    return httpx.post(f"{emulators.url}/openai/v1/images/edits", headers=KEY, data=data, files=files, timeout=10)


@pytest.mark.parametrize(
    ("names", "fields", "answer"),
    [
        (["image[]"] * 17, {}, (400, "array_above_max_length", "image")),
        (["image"] * 2, {}, (400, "duplicate_parameter", "image")),
        (["reference"], {}, (400, "unknown_parameter", "reference")),
        (["image"], {"moderation": "auto"}, (400, "unknown_parameter", "moderation")),
        (["image"], {"input_fidelity": "high"}, (400, "unsupported_parameter", "input_fidelity")),
    ],
)
def test_a_wrong_edit_is_refused(emulators: Emulators, names: list[str], fields: dict[str, str], answer: Any) -> None:
    assert refused(edit(emulators, names, fields)) == answer


def test_an_edit_needs_real_pictures_in_a_form(emulators: Emulators) -> None:
    assert refused(edit(emulators, ["image"], {}, b"not a picture")) == (400, "invalid_image_file", "image")
    assert post(emulators, "images/edits", **IMAGE).status_code == 400


def test_sixteen_pictures_may_be_given(emulators: Emulators) -> None:
    assert edit(emulators, ["image[]"] * 16, {}).status_code == 200
