from __future__ import annotations

import asyncio
import contextvars
import io
import json
import logging
import sys
from typing import Any

import pytest
from django.test import Client

from pixora.foundation.environment import Environment
from pixora.foundation.logs import JsonLines, TextLines, about, request_id


def test_a_log_record_is_one_json_line() -> None:
    try:
        raise ValueError("broken")
    except ValueError:
        record = logging.makeLogRecord({"msg": "it\nfailed", "levelname": "ERROR", "exc_info": sys.exc_info()})
    line = JsonLines().format(record)
    assert "\n" not in line
    assert json.loads(line)["message"] == "it\nfailed"
    assert "ValueError: broken" in json.loads(line)["error"]


def test_a_log_record_carries_its_request_and_what_it_is_about() -> None:
    token = request_id.set("abc")
    try:
        line = JsonLines().format(logging.makeLogRecord({"msg": "made", "fields": {"task": "task_1", "run": "run_1"}}))
    finally:
        request_id.reset(token)
    assert {"request_id": "abc", "task": "task_1", "run": "run_1"}.items() <= json.loads(line).items()


def test_lines_carry_what_they_are_about_in_tasks_of_the_event_loop_too() -> None:
    async def work() -> str:
        await asyncio.sleep(0)
        return await asyncio.to_thread(JsonLines().format, logging.makeLogRecord({"msg": "made"}))

    async def two_runs() -> list[str]:
        with about(task="task_1"):
            begun = []
            for run in ("run_1", "run_2"):
                with about(run=run):
                    begun.append(asyncio.create_task(work()))
        return await asyncio.gather(*begun)

    lines = [json.loads(line) for line in contextvars.copy_context().run(asyncio.run, two_runs())]
    assert [(line["task"], line["run"]) for line in lines] == [("task_1", "run_1"), ("task_1", "run_2")]
    assert "task" not in json.loads(JsonLines().format(logging.makeLogRecord({"msg": "later"})))


def test_people_read_lines_of_text() -> None:
    with about(run="run_1"):
        line = TextLines().format(logging.makeLogRecord({"msg": "it failed", "levelname": "ERROR", "name": "pipeline"}))
    assert "ERROR pipeline: it failed" in line
    assert line.endswith(" run=run_1")


@pytest.mark.parametrize("lines", [JsonLines, TextLines])
def test_no_secret_and_no_token_reaches_a_line(lines: Any) -> None:
    environment = Environment({"FAL_KEY": "fal-0123456789", "SHORT": "abc"})
    token = "eyJhbGciOiJIUzI1NiJ9.eyJzaWQiOiIxIn0.c2lnbmF0dXJl"
    environment.secret("FAL_KEY"), environment.secret("SHORT")
    try:
        raise ValueError(f"key fal-0123456789 in abc, {token}")
    except ValueError:
        record = logging.makeLogRecord(
            {"msg": "sent %s", "args": ("Authorization: Bearer some.opaque-token",), "exc_info": sys.exc_info()}
        )
    line = lines(environment.secrets).format(record)
    assert "0123456789" not in line
    assert token[:20] not in line
    assert "opaque" not in line
    assert "in abc" in line


@pytest.mark.django_db
def test_the_line_of_a_request_holds_no_token_that_came_with_it(log_lines: io.StringIO) -> None:
    Client().get("/login/secret-link-token", {"s": "secret-signature"}, headers={"Authorization": "Bearer secret-one"})
    assert json.loads(log_lines.getvalue())["route"] == "login/<str:token>"
    assert "secret" not in log_lines.getvalue()


@pytest.mark.django_db
@pytest.mark.parametrize(("path", "host"), [("/nothing/here", "localhost"), ("/", "elsewhere.example")])
def test_who_sends_nonsense_fills_no_log(path: str, host: str) -> None:
    lines = io.StringIO()
    handler = logging.StreamHandler(lines)
    logging.getLogger("django").addHandler(handler)
    try:
        assert Client().get(path, headers={"Host": host}).status_code in (400, 404)
    finally:
        logging.getLogger("django").removeHandler(handler)
    assert lines.getvalue() == ""
