"""The open notes of a film's guests, as the agent is told of them."""

from __future__ import annotations

from typing import Any

from pipeline.models import Note, Task
from pipeline.sharing import notes

MOST_NOTES, LONGEST_NOTE = 20, 300
"""How many a model is told, and how much of each."""


def told(task: Task) -> list[dict[str, Any]]:
    """Return the open notes as facts for the agent: texts by strangers, cut short, each at its scene's place."""
    current = task.scripts.order_by("-version").first()
    clips = current.content["clips"] if current else ()
    places = {clip["scene"]["id"]: clip["scene"]["index"] for clip in clips}
    newest = notes.open_notes(task)[-MOST_NOTES:]
    return [{"scene": places.get(note.scene), "by": note.name, "text": shown(note)} for note in newest]


def shown(note: Note) -> str:
    """Show a note in one line: nothing in it may look like anything but the text of a note."""
    return " ".join(note.text.split())[:LONGEST_NOTE]
