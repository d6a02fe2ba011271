"""Tests of who may come in, by which door, and how a socket ends."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import jwt
import pytest
from django.utils import timezone

from pipeline.deletion.user_deletion import delete_user
from pipeline.models import Event
from pipeline.services import films
from pixora.accounts import sessions, staff, tokens
from pixora.accounts.models import Session, User
from pixora.foundation.broadcast import tell_sign_outs
from tests.chat import server as servers
from tests.chat.server import Server
from tests.pipeline.scripts import TINY


def cookie(token: str) -> dict[str, str]:
    return {"Cookie": f"{sessions.COOKIE}={token}"}


def test_the_session_cookie_of_our_own_page_opens(server: Server, token: str) -> None:
    with server.visitor(headers=cookie(token), origin=f"http://{server.host}") as client:
        assert client.hear()["type"] == "ready"


@pytest.mark.parametrize("origin", ["https://evil.example", "http://localhost:1", None, "null"])
def test_the_cookie_from_any_other_page_is_refused(server: Server, token: str, origin: str | None) -> None:
    with server.visitor(headers=cookie(token), origin=origin) as client:
        assert client.close_code() == 4403


def test_behind_a_proxy_the_public_address_is_our_own_page(token: str, django_db_setup: None) -> None:
    """It is https outside and http here, and the proxy may ask with a host of its own."""
    behind = servers.start(PUBLIC_URL="https://films.example", PIXORA_PROXIES="1")
    try:
        with behind.visitor(headers=cookie(token), origin="https://films.example") as client:
            assert client.hear()["type"] == "ready"
        with behind.visitor(headers=cookie(token), origin="http://films.example") as client:
            assert client.close_code() == 4403
    finally:
        behind.stop()


def test_a_sub_protocol_carries_a_token_from_anywhere(server: Server, token: str) -> None:
    offered = ["pixora.v1", f"bearer.{token}"]
    with server.visitor(subprotocols=offered, origin="https://app.example") as client:
        assert client.hear()["type"] == "ready"
        assert client.socket.subprotocol == "pixora.v1"


def test_a_program_comes_in_by_header(server: Server, token: str, alice: User) -> None:
    with server.visitor(token) as client:
        ready = client.hear()
        assert ready["user"] == {"id": str(alice.id), "email": alice.email}
        assert set(ready["providers"]) >= {"script", "image", "voice", "music", "motion", "agent"}


def test_the_first_message_carries_a_token(server: Server, token: str) -> None:
    with server.visitor() as client:
        client.send("ping")
        assert client.reply()["data"]["code"] == "not_authenticated"
        client.send("authenticate", token=token)
        assert client.hear()["type"] == "ready"
        client.send("ping")
        assert client.reply()["type"] == "pong"


@pytest.mark.crash
def test_who_says_nothing_is_shown_out_after_ten_seconds(server: Server) -> None:
    with server.visitor() as client:
        assert client.hears_nothing(for_s=8)
        assert client.close_code(within_s=4) == 4408


@pytest.mark.parametrize("wrong", ["nonsense", "a.b.c"])
def test_a_wrong_token_is_shown_out(server: Server, alice: User, wrong: str) -> None:
    with server.visitor(wrong) as client:
        assert client.close_code() == 4401
    with server.visitor(subprotocols=["pixora.v1", f"bearer.{wrong}"]) as client:
        assert client.close_code() == 4401


def test_a_token_in_the_address_is_not_looked_at(server: Server, token: str) -> None:
    from websockets.sync.client import connect

    with connect(f"ws://{server.host}/ws/chat/?token={token}", proxy=None) as opened:
        opened.send('{"type": "ping"}')
        assert "not_authenticated" in str(opened.recv(timeout=5))


def test_a_socket_ends_with_its_token_unless_a_fresh_one_came(server: Server, session: Session) -> None:
    short, shorter = (tokens.issue(session, life=timedelta(seconds=seconds)).token for seconds in (3, 3))
    with server.visitor(short) as kept, server.visitor(shorter) as lost:
        kept.hear(), lost.hear()
        kept.send("authenticate", token=tokens.issue(session).token)
        assert kept.hear()["type"] == "ready"
        assert lost.close_code(within_s=5) == 4401
        kept.send("ping")
        assert kept.reply()["type"] == "pong"


def test_a_socket_ends_when_its_session_is_closed(server: Server, session: Session, token: str) -> None:
    with server.visitor(token) as client:
        client.hear()
        sessions.close_session(session)
        assert client.close_code(within_s=8) == 4401


def test_after_a_sign_out_nothing_more_is_carried_out(
    server: Server, alice: User, session: Session, token: str
) -> None:
    """Nothing that was on its way is sent either, though nobody was told: the session is looked at."""
    task = films.order_film(user=alice, prompt="A film", settings=TINY, writes=False)
    before = Event.objects.count()
    with server.visitor(token) as client, server.visitor(token) as reader:
        client.wait_for("ready"), reader.wait_for("ready")
        Session.objects.filter(id=session.id).update(revoked_at=timezone.now())
        client.send("update_settings", task_id=task.id, changes={"style": "noir"})
        reader.send("subscribe", task_id=task.id)
        assert (client.close_code(), reader.close_code()) == (4401, 4401)
        assert not [frame for frame in reader.told if "seq" in frame]
    assert Event.objects.count() == before


def test_sign_outs_are_told_to_all_server_processes(server: Server, session: Session, token: str) -> None:
    """Once it is committed; long before anybody looks at the table of sessions."""
    with server.visitor(token) as client:
        client.wait_for("ready")
        Session.objects.filter(id=session.id).update(expires_at=timezone.now() + timedelta(hours=1))
        tell_sign_outs([session.id])
        assert client.close_code() == 4401


def test_every_way_out_tells_of_it(alice: User, session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[UUID] = []
    monkeypatch.setattr(sessions, "tell_sign_outs", told.extend)
    second, admin = sessions.open_session(alice), User.objects.create_superuser("admin@example.org")
    sessions.close_session(session)
    assert told == [session.id]
    assert staff.sign_out_everywhere(admin, alice, "A lost telephone") == 1
    assert told == [session.id, second.id]
    third = sessions.open_session(alice)
    delete_user(alice)
    assert told == [session.id, second.id, third.id]


def test_somebody_elses_token_does_not_change_who_speaks(server: Server, token: str) -> None:
    bob = User.objects.create_user("bob@example.org")
    with server.visitor(token) as client:
        client.hear()
        client.send("authenticate", token=tokens.issue(sessions.open_session(bob)).token)
        assert client.reply()["data"]["code"] == "forbidden"


def test_an_expired_token_is_shown_out(server: Server, session: Session) -> None:
    claims = {"sid": str(session.id), "aud": tokens.AUDIENCE, "exp": timezone.now() - timedelta(seconds=1)}
    with server.visitor(jwt.encode(claims, tokens._key(), tokens.ALGORITHM)) as client:
        assert client.close_code() == 4401


def test_another_address_is_no_socket(server: Server) -> None:
    from websockets.exceptions import InvalidStatus
    from websockets.sync.client import connect

    with pytest.raises(InvalidStatus), connect(f"ws://{server.host}/ws/other/", proxy=None):
        raise AssertionError
