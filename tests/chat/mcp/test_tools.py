"""The tools over HTTP, asked by the SDK's client: what each may do, and what it says when it may not."""

from __future__ import annotations

import asyncio
import functools
import json
import re
import threading
from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import httpx2
import pytest
from django.db import connection
from mcp import Client, MCPError
from mcp.client.streamable_http import streamable_http_client
from mcp_types import CallToolResult

from chat.mcp import toolbox
from pipeline.models import Quote, Run
from pipeline.services import films, scripts
from pixora.accounts import keys, ledger
from pixora.accounts.keys import Wish
from pixora.accounts.models import Credit, User
from pixora.accounts.scopes import Scope
from tests.chat.server import Server
from tests.chat.test_said_to_a_film import task  # noqa: F401 (a fixture)

FILMS = (Scope.FILMS_READ, Scope.FILMS_WRITE, Scope.FILMS_SPEND)


def key(user: User, *scopes: Scope) -> str:
    return keys.create(user, Wish("Agent", scopes or FILMS))[1]


def asked(server: Server, secret: str, act: Callable[[Client], Awaitable[Any]], mode: Any = "auto") -> Any:
    async def whole() -> Any:
        headers = {"Authorization": f"Bearer {secret}"}
        async with (
            httpx2.AsyncClient(headers=headers, timeout=60) as http,
            Client(streamable_http_client(url(server), http_client=http), mode=mode) as client,
        ):
            return await act(client)

    return asyncio.run(whole())


def url(server: Server) -> str:
    return f"http://{server.host}/mcp"


def called(server: Server, secret: str, tool: str, **arguments: Any) -> CallToolResult:
    found: CallToolResult = asked(server, secret, lambda client: client.call_tool(tool, arguments))
    return found


def told(server: Server, secret: str, tool: str, **arguments: Any) -> dict[str, Any]:
    result = called(server, secret, tool, **arguments)
    assert not result.is_error, result.structured_content
    found: dict[str, Any] = result.structured_content
    return found


def refused(server: Server, secret: str, tool: str, **arguments: Any) -> dict[str, Any]:
    result = called(server, secret, tool, **arguments)
    assert result.is_error
    error: dict[str, Any] = result.structured_content["error"]
    assert json.loads(result.content[0].text) == {"error": error}  # type: ignore[union-attr]
    return error


@pytest.mark.parametrize("mode", ["auto", "legacy"])
def test_a_key_is_shown_the_tools_that_it_may_use(server: Server, alice: User, mode: str) -> None:
    listed = asked(server, key(alice, Scope.FILMS_READ), lambda client: client.list_tools(), mode)
    readers = {tool.name for tool in toolbox.TOOLS.values() if tool.scope == Scope.FILMS_READ}
    assert {tool.name for tool in listed.tools} == readers
    assert all(tool.description and tool.annotations.read_only_hint for tool in listed.tools)


def test_every_tool_needs_its_scope(server: Server, alice: User, task: Any) -> None:  # noqa: F811
    every = {"film": task.id, "prompt": "x", "version": 1, "quote_id": "q", "piece": "scene/1", "take": 1}
    for tool in toolbox.TOOLS.values():
        others = [scope for scope in Scope if scope != tool.scope]
        error = refused(server, key(alice, *others), tool.name, **every)
        assert (error["code"], error["details"]) == ("missing_scope", {"scope": tool.scope})
    assert not Quote.objects.exists()
    assert not Run.objects.exists()


def test_strangers_and_other_pages_are_refused(server: Server, alice: User, token: str) -> None:
    body = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
    both = {"Accept": "application/json, text/event-stream"}
    nobody = httpx.post(url(server), json=body, headers=both)
    assert (nobody.status_code, nobody.headers["WWW-Authenticate"]) == (401, "Bearer")
    assert httpx.post(url(server), json=body, headers=both, cookies={"pixora_session": token}).status_code == 401
    signed_in = {**both, "Authorization": f"Bearer {token}"}
    assert httpx.post(url(server), json=body, headers=signed_in).status_code == 200
    elsewhere = {**signed_in, "Origin": "https://evil.example"}
    assert httpx.post(url(server), json=body, headers=elsewhere).status_code == 403
    for version in ("2025-03-26", "2025-06-18", "2026-07-28"):
        stream = httpx.get(url(server), headers={**signed_in, "MCP-Protocol-Version": version}, timeout=10)
        assert (stream.status_code, stream.headers["Allow"]) == (405, "POST"), "no stream that never ends is opened"


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b"[" * 100_000, b'{"jsonrpc": "2.0", "id": 1, "method": 5}', b"\xff"]
)
def test_rubbish_is_refused(server: Server, alice: User, token: str, body: bytes) -> None:
    headers = {"Accept": "application/json, text/event-stream", "Authorization": f"Bearer {token}"}
    for version in ("2025-06-18", "2026-07-28"):
        named = {**headers, "Content-Type": "application/json", "MCP-Protocol-Version": version}
        assert 400 <= httpx.post(url(server), content=body, headers=named, timeout=60).status_code < 500


def test_other_peoples_films_do_not_exist(server: Server, alice: User, task: Any) -> None:  # noqa: F811
    bob = User.objects.create_user("bob@example.org")
    known = {"film": task.id, "version": 1, "quote_id": "q", "piece": "scene/1", "take": 1, "can": "view"}
    for tool in toolbox.TOOLS.values():
        if "film" not in tool.schema["properties"]:
            continue
        named = {name: value for name, value in known.items() if name in tool.schema.get("required", ())}
        extra = {"changes": {"scenes": [{"scene": 1, "title": "x"}]}} if tool.name == "edit_script" else {}
        assert refused(server, key(bob, *Scope), tool.name, **named, **extra)["code"] == "not_found"
    assert told(server, key(bob), "list_films") == {"films": []}


@pytest.mark.parametrize(
    ("tool", "arguments", "field"),
    [
        ("create_film", {"prompt": ""}, "prompt"),
        ("create_film", {"prompt": "A film", "settings": {"aspect_ratio": "5:7"}}, "aspect_ratio"),
        ("create_film", {"prompt": "A film", "stile": "noir"}, "stile"),
        ("wait_for_film", {"film": "task_1", "seconds": 51}, "seconds"),
        ("edit_script", {"film": "task_1", "version": 1, "changes": {}}, "changes"),
        ("edit_script", {"film": "task_1", "version": 1, "changes": {"scenes": [{"scene": 1, "id": 7}]}}, "id"),
        ("edit_script", {"film": "task_1", "version": 1, "changes": {"scenes": [{"scene": 1}, {"scene": 1}]}}, "once"),
        ("approve", {"film": "task_1"}, "quote_id"),
        ("approve", {"film": "task_1", "quote_id": "q" * 81}, "80 characters"),
        ("price", {"film": 5}, "film"),
    ],
)
def test_a_wrong_argument_is_named(server: Server, alice: User, tool: str, arguments: Any, field: str) -> None:
    error = refused(server, key(alice), tool, **arguments)
    assert field in error["message"]
    assert error["code"] in ("invalid", "not_found" if tool == "edit_script" else "invalid")


def test_a_film_from_its_script_to_its_price(server: Server, alice: User, task: Any) -> None:  # noqa: F811
    secret = key(alice)
    before = told(server, secret, "get_script", film=task.id)
    scenes = [{"scene": 1, "image_prompt": "A dog at night"}, {"scene": 2, "script": "It barks."}]
    after = told(server, secret, "edit_script", film=task.id, version=1, changes={"scenes": scenes})
    clips = [clip["scene"] for clip in after["script"]["clips"]]
    assert after["version"] == before["version"] + 1 == 2
    assert (clips[0]["image_prompt"], clips[1]["script"]) == ("A dog at night", "It barks.")
    stale = refused(server, secret, "edit_script", film=task.id, version=1, changes={"scenes": scenes})
    assert (stale["code"], stale["details"]["version"]) == ("version_conflict", 2)
    assert told(server, secret, "undo", film=task.id)["film"]["version"] == 3
    quote = told(server, secret, "price", film=task.id)
    assert quote["credits"] == sum(item["credits"] for item in quote["items"])
    one = told(server, secret, "price", film=task.id, pieces=["scene/1"])
    assert one["credits"] < quote["credits"]


def test_nothing_is_spent_but_by_the_quote_that_is_named(server: Server, alice: User, task: Any) -> None:  # noqa: F811
    secret, balance = key(alice), ledger.account(alice).balance
    refused(server, secret, "approve", film=task.id, quote_id="quote_made_up")
    quote = told(server, secret, "price", film=task.id)
    assert ledger.account(alice).balance == balance
    run = told(server, secret, "approve", film=task.id, quote_id=quote["quote_id"])
    assert run["credits"] == quote["credits"]
    assert told(server, secret, "approve", film=task.id, quote_id=quote["quote_id"])["run_id"] == run["run_id"]
    held = Credit.objects.get(reason="hold")
    assert (held.api_key, Run.objects.count()) == (alice.api_keys.get(), 1)
    assert not told(server, secret, "wait_for_film", film=task.id, seconds=1)["reached"]
    assert told(server, secret, "cancel", film=task.id)["film"]["status"] != "generating"


def test_resources_are_read_by_their_address(server: Server, alice: User, task: Any) -> None:  # noqa: F811
    secret = key(alice)
    listed = asked(server, secret, lambda client: client.list_resources())
    assert [str(each.uri) for each in listed.resources] == [f"pixora://films/{task.id}/script"]
    read = asked(server, secret, lambda client: client.read_resource(f"pixora://films/{task.id}/script"))
    assert json.loads(read.contents[0].text)["version"] == 1
    for missing in (f"pixora://films/{task.id}/video", "pixora://films/task_0/script", "file:///etc/passwd"):
        with pytest.RaisesGroup(pytest.RaisesExc(MCPError), flatten_subgroups=True) as found:
            asked(server, secret, functools.partial(Client.read_resource, uri=missing))
        assert re.search(r"not finished|no such", str(found.value.exceptions))


def test_a_film_is_shared_by_a_link(server: Server, alice: User, task: Any) -> None:  # noqa: F811
    secret = key(alice, Scope.SHARES)
    made = told(server, secret, "share", film=task.id, can="comment", expires_in_days=7)
    assert httpx.get(made["url"].replace(made["url"].split("/s/")[0], f"http://{server.host}")).status_code == 200
    assert told(server, secret, "list_notes", film=task.id) == {"notes": []}
    assert refused(server, secret, "apply_notes", film=task.id)["code"] == "not_ready"


def test_whoever_waits_is_told_no_more_once_the_key_is_revoked(server: Server, alice: User, task: Any) -> None:  # noqa: F811
    program, secret = keys.create(alice, Wish("Agent", FILMS))
    films.start_run(task=task, approved=())

    def revoke() -> None:
        keys.revoke(program)
        connection.close()

    soon = threading.Timer(2, revoke)
    soon.start()
    assert refused(server, secret, "wait_for_film", film=task.id, seconds=40)["code"] == "not_authenticated"
    soon.join()


def test_orders_count_as_over_rest(server: Server, alice: User) -> None:
    assert told(server, key(alice), "create_film", prompt="A film about tea")["film"]["prompt"] == "A film about tea"
    assert films.tasks_of(alice).get().status == "draft"


def test_scenes_whose_words_were_changed_are_translated_again(server: Server, alice: User, task: Any) -> None:  # noqa: F811
    secret = key(alice)
    places = range(1, len(scripts.current_script(task).content["clips"]) + 1)
    words = "\n".join(f"{place};Das ist Szene {place}." for place in places)
    german = told(server, secret, "make_version", film=task.id, language="de", translation=words)["film"]["id"]
    assert told(server, secret, "get_film", film=german)["to_translate"] == []
    assert "already" in refused(server, secret, "translate_again", film=german)["message"]
    scripts.revise_scene(task=task, version=1, scene_index=2, changes={"script": "Quite other words."})
    stale = told(server, secret, "get_film", film=german)
    assert stale["to_translate"] == [2]
    assert "translate_again" in stale["next"]
    shares = told(server, secret, "price", film=german)["shares"]
    assert [one["task_id"] for one in shares["reaches"]] == [task.id], "the source gets the pictures that are made here"
    again = told(server, secret, "translate_again", film=german, translation="2;Ganz andere Worte.")
    assert again["to_translate"] == []
    content = told(server, secret, "get_script", film=german)["script"]
    assert content["clips"][1]["scene"]["script"] == "Ganz andere Worte."
    assert "no translation" in refused(server, secret, "translate_again", film=task.id)["message"]
