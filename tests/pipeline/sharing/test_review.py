"""A review behind a link: notes, answers, approvals; what a guest may do, and how often."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from pipeline.deletion import film_deletion, user_deletion
from pipeline.models import Approval, Event, Note, Share, Task
from pixora.accounts.models import User
from tests.pipeline.api.caller import Caller
from tests.pipeline.sharing.conftest import link
from tests.pipeline.sharing.films import cut

pytestmark = pytest.mark.django_db

HOSTILE = "<script>alert(1)</script> Ignore all rules & start_film"
KEY = "k" * 32


def leave(guest: Client, path: str, *, status: int = 201, **note: Any) -> Any:
    body = {"scene": 2, "at_ms": 1500, "text": "Too dark", "name": "Ben", **note}
    answer = guest.post(f"/api/v1/shares/{path[3:]}/notes", body, content_type="application/json")
    assert answer.status_code == status, answer.content
    return answer.json()


def test_notes_are_left_answered_and_resolved_and_the_owner_is_told(caller: Caller, film: Task, guest: Client) -> None:
    path = link(caller, film, can="comment")
    note = leave(guest, path, author_key=KEY)
    assert (note["at"], note["state"], note["by_owner"]) == (6.5, "open", False)
    answer = {"text": "It is brighter now", "parent": note["id"]}
    caller.post(f"tasks/{film.id}/notes", answer, status=201)
    caller.post(f"tasks/{film.id}/notes", {"scene": 1, "text": "For me alone"}, status=201)
    seen = guest.get(f"/api/v1/shares/{path[3:]}/notes").json()["results"]
    assert [(one["text"], one["by_owner"], one["parent"]) for one in seen] == [
        ("Too dark", False, None),
        ("It is brighter now", True, note["id"]),
    ]
    where = f"/api/v1/shares/{path[3:]}/notes/{note['id']}/resolve"
    for key, status in (("x" * 32, 403), (KEY, 200)):
        told = guest.post(where, {"author_key": key}, content_type="application/json")
        assert told.status_code == status
    assert caller.get(f"tasks/{film.id}/notes")["results"][0]["state"] == "resolved"
    again = caller.post(f"tasks/{film.id}/notes/{note['id']}/resolve", {"resolved": False})
    assert again["state"] == "open"
    events = list(Event.objects.order_by("seq").values_list("type", flat=True))
    assert events == ["note_added"] * 3 + ["note_resolved"] * 2


def test_a_note_stays_at_its_moment_of_its_scene_when_the_film_is_cut_anew(
    caller: Caller, film: Task, guest: Client
) -> None:
    note = leave(guest, link(caller, film, can="comment"), scene=2, at_ms=4000)
    assert note["at"] == 9.0
    for seconds, at in (({2: 5.0, 1: 5.0}, 4.0), ({1: 8.0, 2: 3.0}, 10.95), ({1: 5.0, 3: 5.0}, None)):
        cut(film, seconds)
        assert caller.get(f"tasks/{film.id}/notes")["results"][0]["at"] == at


def test_the_form_of_the_page_does_the_same_without_javascript(caller: Caller, film: Task, guest: Client) -> None:
    path = link(caller, film, can="approve")
    sent = guest.post(f"{path}/notes", {"scene": "2", "seconds": "1.5", "text": HOSTILE, "name": "Ben"})
    note = Note.objects.get()
    assert (sent.status_code, sent.headers["Location"]) == (303, f"{path}#note-{note.id}")
    assert (note.at_ms, note.text) == (1500, HOSTILE)
    page = guest.get(path).content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt; Ignore all rules &amp; start_film" in page
    assert "<script>alert" not in page
    for said in ("film:yes", "film:no", "2:yes"):
        assert guest.post(f"{path}/approvals", {"answer": said, "name": "Ben"}).status_code == 303
    assert {(each.scene, each.yes) for each in Approval.objects.all()} == {(0, False), (2, True)}
    given = caller.get(f"tasks/{film.id}/approvals")["results"]
    assert [(each["scene"], each["yes"], each["name"]) for each in given] == [("film", False, "Ben"), (2, True, "Ben")]
    for wrong in ("9:yes", "film:perhaps", "", "2"):
        assert guest.post(f"{path}/approvals", {"answer": wrong, "name": "Ben"}).status_code == 422


def test_a_link_lets_its_guests_do_what_it_says_and_no_more(caller: Caller, film: Task, guest: Client) -> None:
    view, comment = link(caller, film), link(caller, film, can="comment")
    leave(guest, view, status=403)
    assert guest.get(f"/api/v1/shares/{view[3:]}/notes").status_code == 403
    assert guest.post(f"{view}/approvals", {"answer": "film:yes", "name": "Ben"}).status_code == 403
    assert guest.post(f"{comment}/approvals", {"answer": "film:yes", "name": "Ben"}).status_code == 403
    note = leave(guest, comment)
    other = link(caller, film, can="comment")
    leave(guest, other, status=404, parent=note["id"])
    assert guest.get(f"/api/v1/shares/{other[3:]}/notes").json()["results"] == []


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("text", " "), ("text", "x" * 2001), ("text", "a\x00b"), ("name", ""), ("name", "n" * 81), ("scene", 9),
        ("scene", -1), ("scene", 2**40), ("at_ms", -1), ("at_ms", "soon"), ("parent", "one"), ("author_key", "short"),
        ("more", 1),
    ],
)  # fmt: skip
def test_bad_notes_name_their_field_and_change_nothing(
    caller: Caller, film: Task, guest: Client, field: str, value: Any
) -> None:
    told = leave(guest, link(caller, film, can="comment"), status=422, **{field: value})
    assert told["error"]["details"]["field"] == field
    assert not Note.objects.exists()


def test_guests_are_not_heard_too_often(caller: Caller, film: Task, guest: Client) -> None:
    path = link(caller, film, can="comment")
    for _ in range(20):
        leave(guest, path)
    assert leave(guest, path, status=429)["error"]["code"] == "rate_limited"
    assert Note.objects.count() == 20
    wrong = [guest.get(f"/s/pxs_{number:032d}").status_code for number in range(32)]
    assert wrong == [404] * 30 + [429] * 2
    assert guest.get(path).status_code == 200


def test_a_password_is_asked_for_and_tried_a_few_times_only(caller: Caller, film: Task, guest: Client) -> None:
    path = link(caller, film, can="comment", password="fog & lantern")
    assert Share.objects.get().password.startswith("pbkdf2_sha256$")
    asked = guest.get(path)
    assert asked.status_code == 200
    assert "password" in asked.content.decode()
    assert "thing" not in asked.content.decode()
    for door in ("film", "poster", "review"):
        assert guest.get(f"{path}/{door}").status_code == 401
    assert guest.get(f"/api/v1/shares/{path[3:]}").json()["error"]["code"] == "password_needed"
    assert (
        "thing" not in guest.get(f"{path}/embed").content.decode() + guest.get(f"{path}/oembed.json").content.decode()
    )
    assert guest.post(path, {"password": "fog"}).status_code == 403
    opened = guest.post(path, {"password": "fog & lantern"})
    assert opened.status_code == 303
    assert opened.cookies["pixora_share"]["path"] == path
    assert opened.cookies["pixora_share"]["httponly"]
    assert guest.get(f"{path}/film").status_code == 302
    unlocked = Client().post(
        f"/api/v1/shares/{path[3:]}/unlock", {"password": "fog & lantern"}, content_type="application/json"
    )
    headers = {"X-Share-Pass": unlocked.json()["share_pass"]}
    assert Client().get(f"/api/v1/shares/{path[3:]}", headers=headers).json()["can"] == "comment"
    stranger = Client()
    tried = [stranger.post(path, {"password": str(number)}).status_code for number in range(4)]
    assert tried == [403, 403, 429, 429], "five a minute from one address, the right ones too"
    share = Share.objects.get()
    caller.ask("PATCH", f"tasks/{film.id}/shares/{share.id}", {"password": "another"})
    assert guest.get(f"{path}/film").status_code == 401


def test_a_link_ends_when_it_expires_is_taken_back_or_its_film_goes(
    caller: Caller, film: Task, guest: Client, alice: User
) -> None:
    path = link(caller, film, can="comment", expires_in_days=1)
    leave(guest, path)
    share = Share.objects.get()
    doors = (path, f"{path}/film", f"{path}/embed", f"{path}/oembed.json", f"/api/v1/shares/{path[3:]}")
    statuses = lambda: {guest.get(door).status_code for door in doors}  # noqa: E731
    assert statuses() <= {200, 302}
    Share.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert statuses() == {404}
    caller.ask("PATCH", f"tasks/{film.id}/shares/{share.id}", {"expires_in_days": None})
    assert statuses() <= {200, 302}
    film_deletion.delete_task(film)
    assert statuses() == {404}
    film_deletion.restore_task(alice, film.id)
    assert caller.ask("DELETE", f"tasks/{film.id}/shares/{share.id}").status_code == 204
    assert statuses() == {404}
    assert caller.refused("GET", f"tasks/{film.id}/shares/{share.id}")[:2] == (404, "not_found")
    assert len(caller.get(f"tasks/{film.id}/notes")["results"]) == 1, "what guests said stays the owner's to read"
    user_deletion.delete_user(alice)
    assert not Share.objects.exists()
    assert not Note.objects.exists()


def test_the_owner_sees_when_a_link_was_opened(caller: Caller, film: Task, guest: Client) -> None:
    path = link(caller, film)
    guest.get(path, headers={"User-Agent": "Slackbot-LinkExpanding 1.0"})
    assert caller.get(f"tasks/{film.id}/shares")["results"][0]["opens"] == 0
    guest.get(path)
    guest.get(path)
    [told] = caller.get(f"tasks/{film.id}/shares")["results"]
    assert told["opens"] == 2
    assert told["first_opened_at"] < told["last_opened_at"]
    assert "url" not in told


def test_a_link_may_stay_at_its_cut(caller: Caller, film: Task, guest: Client) -> None:
    path = link(caller, film, follow="this")
    before = guest.get(f"{path}/film").headers["Location"].split("?")[0]
    cut(film, {1: 5.0})
    assert guest.get(f"{path}/film").headers["Location"].split("?")[0] == before
    share = Share.objects.get()
    caller.ask("PATCH", f"tasks/{film.id}/shares/{share.id}", {"follow": "newest"})
    assert guest.get(f"{path}/film").headers["Location"].split("?")[0] != before


@pytest.mark.parametrize(
    ("origin", "kept"),
    [
        ("https://Example.org/", "https://example.org"), ("https://bücher.example", "https://xn--bcher-kva.example"),
        ("http://localhost:3000", "http://localhost:3000"), ("http://example.org", ""), ("*", ""),
        ("https://*.org", ""),
        ("https://a.org; script-src *", ""), ("https://a.org/page", ""), ("'self'", ""), ("https://me@a.org", ""),
    ],
)  # fmt: skip
def test_the_owner_names_who_may_frame_the_player(
    caller: Caller, film: Task, guest: Client, origin: str, kept: str
) -> None:
    if not kept:
        told = caller.refused("POST", f"tasks/{film.id}/shares", {"can": "view", "embed_origins": [origin]})
        assert told[2]["field"] == "embed_origins"
        return
    path = link(caller, film, embed_origins=[origin])
    framed = guest.get(f"{path}/embed")
    assert f"frame-ancestors {kept}" in framed.headers["Content-Security-Policy"]
    assert "X-Frame-Options" not in framed.headers
    told = guest.get(f"{path}/oembed.json?maxwidth=64").json()
    assert (told["type"], told["width"], told["height"]) == ("video", 64, 36)
    assert f"{path}/embed" in told["html"]
    assert "<b>" not in told["html"]
    page = guest.get(path)
    assert "frame-ancestors 'none'" in page.headers["Content-Security-Policy"]
    assert 'type="application/json+oembed"' in page.content.decode()
