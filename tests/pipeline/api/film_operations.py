"""Every operation on a film, with a body that it would take of the film's owner."""

from __future__ import annotations

from typing import Any

from tests.pipeline.scripts import script

ANY_ID = "9f3c1b1e-5d0a-4c39-8a58-0b6c7f6f9d11"


def operations(task: str) -> list[tuple[str, str, Any]]:
    components = f"tasks/{task}/components"
    return [
        ("GET", f"tasks/{task}", None),
        ("PATCH", f"tasks/{task}", {"title": "Mine"}),
        ("DELETE", f"tasks/{task}", None),
        ("POST", f"tasks/{task}/restore", None),
        ("POST", f"tasks/{task}/duplicate", None),
        ("POST", f"tasks/{task}/versions", {"scenes": [1]}),
        ("GET", f"tasks/{task}/versions", None),
        ("POST", f"tasks/{task}/versions/edits", {"where": "here"}),
        ("POST", f"tasks/{task}/translation", {}),
        ("GET", f"tasks/{task}/timeline", None),
        ("GET", f"tasks/{task}/timeline/sounds", None),
        ("GET", f"tasks/{task}/events", None),
        ("GET", f"tasks/{task}/messages", None),
        ("GET", f"tasks/{task}/video", None),
        ("GET", f"tasks/{task}/script", None),
        ("PUT", f"tasks/{task}/script", {"version": 1, "script": script(3).model_dump(mode="json")}),
        ("PATCH", f"tasks/{task}/script/scenes/1", {"version": 1, "changes": {"title": "Mine"}}),
        ("GET", f"tasks/{task}/script/versions", None),
        ("GET", f"tasks/{task}/script/versions/1", None),
        ("GET", f"tasks/{task}/script/versions/1/pictures", None),
        ("POST", f"tasks/{task}/script/versions/1/restore", None),
        ("GET", f"tasks/{task}/price", None),
        ("POST", f"tasks/{task}/quote", None),
        ("POST", f"tasks/{task}/upgrade-price", {"scenes": [1]}),
        ("POST", f"tasks/{task}/runs", {"quote_id": "quote_x"}),
        ("POST", f"tasks/{task}/cancel", None),
        ("GET", components, None),
        ("POST", f"{components}/scene.1/regenerate", None),
        ("GET", f"{components}/scene.1/takes", None),
        ("POST", f"{components}/scene.1/takes/1/select", None),
        ("POST", f"{components}/scene.1/takes", {"upload_id": "upload_x"}),
        ("POST", f"tasks/{task}/reference-image", {"upload_id": "upload_x"}),
        ("GET", f"tasks/{task}/takeaway", None),
        *review_operations(task),
    ]


def review_operations(task: str) -> list[tuple[str, str, Any]]:
    """List the operations on a film's links, notes and approvals."""
    share, note = f"tasks/{task}/shares/{ANY_ID}", f"tasks/{task}/notes/{ANY_ID}"
    return [
        ("GET", f"tasks/{task}/shares", None),
        ("POST", f"tasks/{task}/shares", {"can": "view"}),
        ("GET", share, None),
        ("PATCH", share, {"can": "approve"}),
        ("DELETE", share, None),
        ("GET", f"tasks/{task}/notes", None),
        ("POST", f"tasks/{task}/notes", {"text": "Larger", "scene": 1}),
        ("POST", f"{note}/resolve", None),
        ("DELETE", note, None),
        ("POST", f"tasks/{task}/notes/apply", None),
        ("GET", f"tasks/{task}/approvals", None),
    ]
