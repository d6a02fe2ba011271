"""What the protocol's page promises of every frame a server sends, as data. Nothing of the project is imported here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Frame = dict[str, Any]
Kinds = type | tuple[type, ...]

NONE = type(None)
NUMBER = (int, float)
TEXT_OR_NONE = (str, NONE)
SCRIPT: Mapping[str, Kinds] = {"script": dict, "version": int, "quote": dict, "warnings": list}
QUOTE: Mapping[str, Kinds] = {"quote_id": str, "version": int, "items": list, "credits": int, "expires_at": NUMBER}
ITEM: Mapping[str, Kinds] = {"component": str, "credits": int, "seconds": NUMBER}
STAGES = ("writing_script", "generating_assets", "cutting", "done")
STATUSES = ("queued", "making", "ready", "failed", "blocked")


@dataclass(frozen=True)
class Shape:
    """The fields that a frame has beside its `type` and `timestamp`; more may be there."""

    top: Mapping[str, Kinds] = field(default_factory=dict)
    data: Mapping[str, Kinds] = field(default_factory=dict)
    of_a_task: bool = True
    durable: bool | None = True
    """None: both are sent."""
    hides: bool = False
    """A key that may not see its data gets none of it."""


SHAPES: Mapping[str, Shape] = {
    "ready": Shape({"user": dict, "protocol": str, "providers": dict, "credits": dict}, {}, False, False),
    "pong": Shape(of_a_task=False, durable=False),
    "error": Shape({}, {"code": str, "message": str}, False, False),
    "subscribed": Shape({}, {"last_seq": int}, durable=False),
    "message_accepted": Shape(
        {}, {"message_id": str, "client_message_id": TEXT_OR_NONE, "content": str, "attachments": list}
    ),
    "task_updated": Shape({}, {"status": str, "title": str, "settings": dict, "run_id": TEXT_OR_NONE}),
    "run_started": Shape({}, {"run_id": str, "quote_id": TEXT_OR_NONE, "credits": int}),
    "tool_activity": Shape({}, {"tool": str, "text": str}, durable=False),
    "agent_message_delta": Shape({"message_id": str, "delta": str}, durable=False),
    "agent_message": Shape({"content": str, "actions": list}),
    "script_generated": Shape({"content": str}, SCRIPT),
    "script_updated": Shape({}, SCRIPT),
    "progress_update": Shape(
        {},
        {
            "progress": int, "stage": str, "message": str, "timestamp": int,
            "component": TEXT_OR_NONE, "status": str, "eta_seconds": (*NUMBER, NONE), "run_id": str,
        },
        durable=False,
    ),
    "component_updated": Shape(
        {}, {"component": str, "take": (int, NONE), "status": str, "url": TEXT_OR_NONE, "stale": bool}
    ),
    "quote": Shape({}, QUOTE, durable=False),
    "credits_updated": Shape({}, {"balance": int, "held": int}, of_a_task=False, durable=None, hides=True),
    "video_complete": Shape(
        {"content": str}, {"video_url": str, "duration": NUMBER, "version": int, "captions_url": TEXT_OR_NONE}
    ),
    "run_failed": Shape({}, {"code": str, "message": str, "components": list}),
    "run_cancelled": Shape(),
    "note_added": Shape({}, {"note": dict}),
    "note_resolved": Shape({}, {"note_id": str, "resolved": bool}),
    "approval": Shape({}, {"scene": (int, str), "yes": bool, "name": str}),
}  # fmt: skip


def check(frame: Frame) -> None:
    """Raises AssertionError naming what is not as promised."""
    assert isinstance(frame, dict), frame
    shape = SHAPES.get(frame.get("type", ""))
    assert shape, f"{frame.get('type')!r} is not in the protocol"
    common: dict[str, Kinds] = {"timestamp": int}
    common |= {"task_id": str} if shape.of_a_task else {}
    common |= {"seq": int} if shape.durable else {}
    _has(frame, {**common, **shape.top}, frame["type"])
    assert shape.durable is not False or "seq" not in frame, f"{frame['type']} has a number, but is not durable"
    if not shape.hides or "data" in frame:
        _has(frame.get("data", {}), shape.data, f"{frame['type']}.data")
    _check_values(frame)


def _check_values(frame: Frame) -> None:
    data = frame.get("data", {})
    match frame["type"]:
        case "quote":
            _check_items(data)
        case "script_generated" | "script_updated":
            _has(data["quote"], QUOTE, f"{frame['type']}.data.quote")
            _check_items(data["quote"])
        case "progress_update":
            assert data["stage"] in STAGES, data
            assert data["status"] in STATUSES, data
            assert 0 <= data["progress"] <= 100, data
        case "component_updated":
            assert data["status"] in STATUSES, data
            assert not data["url"] or data["signed_url"].startswith(f"{data['url']}?s="), data
        case "agent_message":
            assert all(set(action) >= {"label", "send"} for action in frame["actions"]), frame


def _check_items(quote: Frame) -> None:
    for item in quote["items"]:
        _has(item, ITEM, "an item of a quote")
    assert sum(item["credits"] for item in quote["items"]) == quote["credits"], quote


def _has(found: Frame, wanted: Mapping[str, Kinds], where: str) -> None:
    for name, kinds in wanted.items():
        assert name in found, f"{where} has no {name}: {found}"
        assert isinstance(found[name], kinds), f"{where}.{name} is {found[name]!r}"
        assert kinds is not int or not isinstance(found[name], bool), f"{where}.{name} is {found[name]!r}"
