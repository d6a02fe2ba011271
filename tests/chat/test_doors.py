"""Tests of what a wish says of its film counts alike at every door: over REST, in the chat and on the command line."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from chat import services
from chat.agent.facts import facts_of
from chat.models import Message
from chat.protocol import Say, Wishes
from pipeline.film.prompt_settings import settings_in
from pipeline.film.settings import TaskSettings
from pipeline.models import Task
from pipeline.providers.base import ScriptRequest
from pipeline.providers.openai.draft import brief
from pipeline.services import films
from pixora.accounts.models import User
from pixora.foundation.errors import Invalid
from pixora.foundation.request_limits import Limit
from pixora.management.film_request import read_request

FOLDER = Path(__file__).parents[1] / "pipeline" / "film"
TOLD: dict[str, dict[str, Any]] = tomllib.loads((FOLDER / "said_settings.toml").read_text())
MEANT = {
    prompt: TaskSettings(**{"language": language, "length_is_open": "duration" not in said, **said})
    for language, prompts in TOLD["settings"].items()
    for prompt, said in prompts.items()
}


def ordered(client: Client, token: str, prompt: str, **chosen: object) -> Any:
    sent = json.dumps({"prompt": prompt, **chosen})
    headers = {"Authorization": f"Bearer {token}"}
    return client.post("/api/v1/tasks", sent, content_type="application/json", headers=headers)


def said(user: User, prompt: str, **chosen: Any) -> TaskSettings:
    told = services.accept(user, Say(type="message", content=prompt, metadata=Wishes(**chosen)), message_id=uuid4())
    return TaskSettings(**Task.objects.get(id=told.task_id).settings)


@pytest.fixture(autouse=True)
def _unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Limit, "count", lambda limit, who: None)


def test_settings_said_in_a_wish_count_at_every_door(client: Client, alice: User, token: str) -> None:
    doors = {
        "REST": lambda prompt: TaskSettings(**ordered(client, token, prompt).json()["settings"]),
        "chat": lambda prompt: said(alice, prompt),
        "command": lambda prompt: read_request({"prompt": prompt}).settings,
    }
    wrong = [
        (door, prompt, found)
        for prompt, meant in MEANT.items()
        for door, asks in doors.items()
        if (found := asks(prompt)) != meant
    ]
    assert wrong == []


def test_the_same_order_is_the_same_film_at_every_door(client: Client, alice: User, token: str) -> None:
    """The script of a film that is ordered in the chat is written by the agent, which may ask something first."""
    prompt = "A 10-second film about tea"
    asked = read_request({"prompt": f" {prompt}\n", "seed": "0"})
    command = films.order_film(user=alice, prompt=asked.prompt, settings=asked.settings, source=asked.source)
    rest = Task.objects.get(id=ordered(client, token, prompt, seed=0).json()["id"])
    heard = services.accept(alice, Say(type="message", content=prompt), message_id=uuid4())
    chat = Task.objects.get(id=heard.task_id)
    assert command.request_key == rest.request_key
    assert rest.settings | {"seed": 0} == chat.settings | {"seed": 0}
    written = [[list(run.forced) for run in task.runs.all()] for task in (command, rest, chat)]
    assert written == [[["script"]], [["script"]], []]


@pytest.mark.parametrize("prompt", TOLD["elsewhere"])
def test_a_language_that_no_film_can_be_in_is_said_before_anything_is_made(
    client: Client, alice: User, token: str, prompt: str
) -> None:
    refused = ordered(client, token, prompt)
    assert (refused.status_code, refused.json()["error"]["code"]) == (422, "unsupported_language")
    with pytest.raises(Invalid, match="No film can be in"):
        read_request({"prompt": prompt})
    assert not Task.objects.exists()
    assert said(alice, prompt).language == "en"
    assert ordered(client, token, prompt, language="fr").status_code == 201
    assert said(alice, prompt, language="fr").language == "fr"
    assert read_request({"prompt": prompt, "language": "fr"}).settings.language == "fr"


@pytest.mark.parametrize(
    ("prompt", "language", "refused", "remarks"),
    [
        ("un film sur le thé en 4K, sans musique", "French", None, ["resolution"]),
        ("김치에 대한 15초 영상", "Korean", "ko", []),
        ("a film about tea in Japanese, 17 seconds", "English", "ja", ["step"]),
    ],
)
def test_language_models_are_told_what_a_wish_says(
    alice: User, prompt: str, language: str, refused: str | None, remarks: list[str]
) -> None:
    services.accept(alice, Say(type="message", content=prompt, metadata=Wishes()), message_id=uuid4())
    asked = Message.objects.get()
    assert asked.task
    found = facts_of(asked.task, asked)
    assert set(found["prices"]) == {"scene", "audio", "music", "video", "character"}
    assert (found["reply_in"], found["refused_language"]) == (language, refused)
    assert [remark["key"] for remark in found["remarks"]] == remarks
    wanted = {"fr": "fr"}.get(settings_in(prompt).get("language", ""), "en")
    assert found["film"]["settings"]["language"] == wanted


def test_a_writing_model_is_told_which_words_are_of_settings() -> None:
    told = json.loads(
        brief(ScriptRequest("tea, no music, watercolor style", 10, "16:9", "watercolor", "en", "Rachel", False, 1))
    )
    assert told["settings_said"] == {"style": "watercolor", "music": False}
