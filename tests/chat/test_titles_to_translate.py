"""Whoever follows a translation over a socket hears at once that a title of its source was edited, at any door."""

from __future__ import annotations

from typing import Any

import pytest

from pipeline.models import Task
from pipeline.services import scripts, translations
from pipeline.services.translations import Given, ToTranslate
from tests.chat.server import Server
from tests.chat.test_following import follow
from tests.chat.test_said_to_a_film import task  # noqa: F401 (a fixture)

TITLE = "The harbour at night"


def by_hand(film: Task, _client: Any) -> None:
    version = scripts.current_script(film).version
    scripts.revise_scene(task=film, version=version, scene_index=2, changes={"title": TITLE})


def in_the_chat(film: Task, client: Any) -> None:
    client.send("message", content=f"change the title of scene 2 to “{TITLE}”", task_id=film.id)


@pytest.mark.parametrize("edit", [by_hand, in_the_chat])
def test_a_title_that_is_edited_is_told_to_who_follows_a_translation(
    server: Server,
    token: str,
    task: Any,  # noqa: F811
    edit: Any,
) -> None:
    count = len(scripts.current_script(task).content["clips"])
    table = "\n".join(f"{place};Das ist Szene {place}." for place in range(1, count + 1))
    german = translations.make_language(task=task, language="de", given=Given(table))
    assert translations.to_translate(german) == translations.NOTHING
    with server.visitor(token) as follower, server.visitor(token) as speaker:
        before = follow(follower, german, after=german.events.latest("seq").seq)
        edit(task, speaker)
        assert follower.wait_for("task_updated")["seq"] > before
    assert scripts.current_script(task).content["clips"][1]["scene"]["title"] == TITLE
    assert translations.to_translate(german) == ToTranslate((2,), titles=(2,))
