"""A guest's token opens the link it is of, and nothing else: tried at every operation. It is in no log.

Over the socket: `tests/chat/test_guests_over_the_socket.py`.
"""

from __future__ import annotations

import io
import logging
import re

import pytest
from django.test import Client

from pipeline.models import Task
from pixora.accounts import tokens
from pixora.foundation.errors import NotAuthenticated
from pixora.foundation.logs import JsonLines
from pixora.web_server import AccessLog, Server
from tests.pipeline.api.caller import Caller
from tests.pipeline.api.document import Operation, operations
from tests.pipeline.sharing.conftest import link

pytestmark = pytest.mark.django_db

GUESTS = [each for each in operations() if each.told["tags"] == ["guests"]]
OTHERS = [each for each in operations() if each.told.get("security")]


UUIDS = ("key_id", "webhook_id", "delivery_id", "share_id", "note_id")
SOME = "0f6a2c1e-8d7b-4c39-9a58-2b6c7f6f9d44"


def address(operation: Operation, **known: str) -> str:
    return re.sub(r"{(\w+)}", lambda name: known.get(name[1], SOME if name[1] in UUIDS else "1"), operation.path)


def test_a_guests_token_opens_no_operation(caller: Caller, film: Task, guest: Client) -> None:
    token = link(caller, film, can="approve").removeprefix("/s/")
    headers = {"Authorization": f"Bearer {token}", "X-Share-Pass": token}
    guest.cookies["pixora_session"] = guest.cookies["pixora_share"] = token
    told = {}
    for each in OTHERS:
        where = address(each, task_id=film.id)
        answer = guest.generic(each.method.upper(), where, "{}", content_type="application/json", headers=headers)
        told[each.id] = answer.status_code
    assert len(told) > 60
    assert set(told.values()) == {401}, {name: status for name, status in told.items() if status != 401}


def test_another_films_token_opens_nothing_of_this_one(caller: Caller, bob: Caller, film: Task, guest: Client) -> None:
    token = link(caller, film, can="approve").removeprefix("/s/")
    for each in GUESTS:
        for wrong in (token[:-1] + ("a" if token[-1] != "a" else "b"), "pxs_" + "a" * 32, "x", film.id):
            where = address(each, token=wrong, task_id=film.id)
            assert guest.generic(each.method.upper(), where, "{}", content_type="application/json").status_code in (
                404, 422, 429,
            )  # fmt: skip
    assert bob.refused("GET", f"tasks/{film.id}/shares")[0] == 404
    assert bob.refused("GET", f"tasks/{film.id}/notes")[0] == 404


def test_the_media_door_knows_no_tokens(caller: Caller, film: Task, guest: Client) -> None:
    token = link(caller, film).removeprefix("/s/")
    asset = film.assets.get(component="fullvideo")
    for headers in ({}, {"Authorization": f"Bearer {token}"}):
        assert guest.get(asset.url, headers=headers).status_code == 404
        assert guest.get(f"{asset.url}?s={token}", headers=headers).status_code == 404
    with pytest.raises(NotAuthenticated):
        tokens.authenticate(token)


def test_a_token_is_in_no_log(
    caller: Caller, film: Task, guest: Client, log_lines: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = link(caller, film)
    handler = logging.StreamHandler(log_lines)
    handler.setFormatter(JsonLines())
    access = logging.getLogger("pixora.access")
    access.addHandler(handler)
    try:
        access.setLevel(logging.INFO)
        AccessLog().write_entry("127.0.0.1", None, f"GET {path}/film", 302, 0)
        guest.get(path)
        guest.get(f"{path}x")
        monkeypatch.setattr("pipeline.sharing.links.count_opening", lambda _: 1 / 0)
        guest.raise_request_exception = False
        assert guest.get(path).status_code == 500
    finally:
        access.removeHandler(handler)
    written: list[dict[str, str]] = []
    monkeypatch.setattr("daphne.server.Server.log_action", lambda *given: written.append(given[3]))
    Server.log_action(object.__new__(Server), None, "complete", {"path": f"{path}/film?s=signature"})
    assert written == [{"path": "/s/***/film"}], "in the file that --access-log names, too"
    text = log_lines.getvalue()
    assert "GET /s/***/film" in text
    assert path[3:] not in text


def test_who_guesses_tokens_is_soon_told_to_wait(guest: Client) -> None:
    asked = [guest.get(f"/s/pxs_{number:032d}").status_code for number in range(40)]
    assert set(asked[:30]) == {404}
    assert set(asked[30:]) == {429}
