"""Whoever says something to a film hears the answer, on a socket that has not subscribed to it too."""

from __future__ import annotations

from pipeline.models import Script, Task
from pipeline.services import films
from pixora.accounts.models import User
from tests.chat.server import Server
from tests.pipeline.scripts import TINY, script


def test_the_answer_comes_to_a_socket_that_only_spoke(server: Server, alice: User, token: str, home: object) -> None:
    task: Task = films.order_film(user=alice, prompt="A film about a thing", settings=TINY, writes=False)
    Script.objects.create(task=task, version=1, content=script(3).model_dump(mode="json"))
    with server.visitor(token) as client:
        client.wait_for("ready")
        client.send("message", content="how many scenes are there?", task_id=task.id, client_message_id="one")
        assert client.wait_for("message_accepted")["data"]["client_message_id"] == "one"
        assert "3 scenes" in client.wait_for("agent_message")["content"]
        accepted = [frame for frame in client.told if frame["type"] == "message_accepted"]
        assert len(accepted) == 1
