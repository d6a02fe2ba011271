"""Lines of dialogue over REST: edited with their scene, priced and made again one by one."""

from __future__ import annotations

from pipeline.models import Task
from tests.pipeline.api.caller import Caller

LINES = [{"speaker": "Mia", "text": "Who is there?"}, {"speaker": "", "text": "Nobody."}]


def test_lines_are_edited_priced_and_quoted_one_by_one(caller: Caller, task: Task) -> None:
    path = f"tasks/{task.id}/script/scenes/2"
    edited = caller.ask("PATCH", path, {"version": 1, "changes": {"lines": LINES}}).json()
    assert edited["script"]["clips"][1]["scene"]["lines"] == LINES
    found = {row["component"]: row for row in caller.get(f"tasks/{task.id}/components")["results"]}
    assert [key for key in found if key.startswith("line/")] == ["line/2/1", "line/2/2"]
    assert found["line/2/1"]["credits"] == found["audio/2"]["credits"] > 0
    quote = caller.post(f"tasks/{task.id}/quote", {"components": ["line/2/2"]})
    assert [item["component"] for item in quote["items"]] == ["line/2/2"]
    again = caller.post(f"tasks/{task.id}/components/line.2.1/regenerate", {"instructions": "whispered"})
    assert [item["component"] for item in again["items"]] == ["line/2/1"]
    gone = caller.ask("PATCH", path, {"version": 2, "changes": {"lines": []}}).json()
    assert "lines" not in gone["script"]["clips"][1]["scene"]
