"""Open notes become one offer; what it buys is linked to the notes it was for."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from pipeline.models import Note, Run, RunStatus, Task
from pipeline.planning.kinds import Kind
from pipeline.sharing.note_wishes import asked
from pixora.accounts import ledger
from pixora.accounts.models import CreditReason, User
from tests.pipeline.api.caller import Caller
from tests.pipeline.sharing.conftest import link
from tests.pipeline.sharing.films import take_of
from tests.pipeline.sharing.test_review import leave

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("too dark, make it brighter", Kind.STILL), ("can the logo be bigger?", Kind.STILL),
        ("move the tree to the left", Kind.STILL), ("der Himmel ist zu grau", Kind.STILL), ("画面太暗", Kind.STILL),
        ("nice but too dark", Kind.STILL), ("the music is too loud here", Kind.MUSIC),
        ("Hintergrundmusik passt nicht", Kind.MUSIC), ("speaks too fast", Kind.VOICE), ("Kamera wackelt", Kind.CLIP),
        ("Love it!", "praise"), ("gefällt mir sehr gut", "praise"), ("👍", "praise"),
        ("Sonst wunderschön, Kompliment!", "praise"), ("Félicitations, très beau", "praise"), ("太棒了！", "praise"),
        ("Danke, aber bitte heller", Kind.STILL), ("perfekt. nur das Brot ist komisch", Kind.STILL),
        ("who is this?", "question"),
        ("typo in the caption", "words"), ("this scene is too long", "structure"), ("cut this scene", "structure"),
    ],
)  # fmt: skip
def test_what_a_note_asks_for(text: str, wanted: Any) -> None:
    assert asked(text) == wanted


@pytest.fixture
def made(film: Task, alice: User) -> Task:
    """Everything that is bought is there."""
    ledger.give(user=alice, amount=1_000, reason=CreditReason.GRANT, key="grant:alice")
    for scene in (1, 2, 3):
        for kind, suffix in (("scene", ".png"), ("video", ".mp4"), ("audio", ".mp3")):
            take_of(film, f"{kind}/{scene}", suffix, duration_ms=4_000)
    take_of(film, "music/1_2_3", ".mp3")
    return film


def test_open_notes_become_one_offer_whose_pieces_name_them(caller: Caller, made: Task, guest: Client) -> None:
    path = link(caller, made, can="comment")
    said = ("Too dark", "The music is too loud", "Who is this?", "More snow\nplease")
    dark, loud, who, snow = (leave(guest, path, text=text)["id"] for text in said)
    offer = caller.post(f"tasks/{made.id}/notes/apply")
    assert {item["component"]: set(item["notes"]) for item in offer["items"]} == {
        "scene/2": {dark, snow},
        "video/2": {dark, snow},
        "music/1_2_3": {loud},
    }
    assert offer["credits"] == sum(item["credits"] for item in offer["items"]) > 0
    assert [(each["note"], each["reason"]) for each in offer["left"]] == [(who, "question")]
    assert not Run.objects.exists()
    one = caller.post(f"tasks/{made.id}/notes/apply", {"notes": [loud]})
    assert [item["component"] for item in one["items"]] == ["music/1_2_3"]
    run = Run.objects.get(
        id=caller.post(f"tasks/{made.id}/runs", {"quote_id": offer["quote_id"]}, status=202)["run_id"]
    )
    assert run.forced == {"scene/2": "Too dark; More snow please", "music/1_2_3": "The music is too loud"}
    told = {note["id"]: (note["state"], note["piece"]) for note in caller.get(f"tasks/{made.id}/notes")["results"]}
    assert told == {
        dark: ("in_work", "scene/2"), snow: ("in_work", "scene/2"), loud: ("in_work", "music/1_2_3"),
        who: ("open", None),
    }  # fmt: skip
    Run.objects.update(status=RunStatus.SUCCEEDED)
    assert caller.refused("POST", f"tasks/{made.id}/notes/apply")[1] == "not_ready"
    Run.objects.update(status=RunStatus.FAILED)
    assert caller.get(f"tasks/{made.id}/notes")["results"][0]["state"] == "open"


def test_own_files_and_other_peoples_notes_are_left_alone(
    caller: Caller, bob: Caller, made: Task, guest: Client
) -> None:
    note = leave(guest, link(caller, made, can="comment"))["id"]
    made.assets.filter(component="video/2").update(metadata={"own": True, "file_name": "mine.mp4"})
    code, details = caller.refused("POST", f"tasks/{made.id}/notes/apply")[1:]
    assert (code, details["left"]) == ("not_ready", [{"note": note, "reason": "own"}])
    stranger = Note.objects.get().id
    assert bob.refused("POST", f"tasks/{made.id}/notes/apply", {"notes": [str(stranger)]})[:2] == (404, "not_found")
    gone = "0f6a2c1e-8d7b-4c39-9a58-2b6c7f6f9d44"
    assert caller.refused("POST", f"tasks/{made.id}/notes/apply", {"notes": [gone]})[1] == "not_found"
