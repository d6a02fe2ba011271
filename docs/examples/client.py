"""A film by the address of a Pixora, a session token and a sentence: REST to order it, the WebSocket to follow it.

    python docs/examples/client.py http://localhost:8000 "$TOKEN" "A 10-second film about tea" film.mp4

`docs/api.md` says where the token comes from. Needs the packages `httpx` and `websockets`.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import httpx
from websockets.sync.client import connect

Frame = dict[str, Any]
"""What the socket tells: its `type`, and mostly `data`."""


def make_film(server: str, token: str, prompt: str, to: Path, **settings: Any) -> None:
    headers = {"Authorization": f"Bearer {token}"}
    with httpx.Client(base_url=urljoin(server, "/api/v1/"), headers=headers, timeout=60) as api:
        film = order(api, "tasks", {"prompt": prompt, **settings})["id"]
        for frame in told(server, headers, film):
            data = frame.get("data", {})
            match frame["type"]:
                case "script_generated":
                    print(f"It costs {data['quote']['credits']} credits.")
                    order(api, f"tasks/{film}/runs", {"quote_id": data["quote"]["quote_id"]})  # the yes
                case "progress_update":
                    print(f"{data['progress']:3} % {data['message']}")
                case "run_failed":
                    sys.exit(data["message"])
                case "video_complete":
                    to.write_bytes(api.get(urljoin(server, data["video_url"])).raise_for_status().content)
                    print(f"The film is {to}.")
                    return


def order(api: httpx.Client, path: str, body: Frame) -> Any:
    answer = api.post(path, json=body)
    if answer.is_error:
        sys.exit(answer.json()["error"]["message"])
    return answer.json()


def told(server: str, headers: dict[str, str], film: str) -> Iterator[Frame]:
    """Everything that happens to the film, from its beginning."""
    with connect(f"ws{server.removeprefix('http')}/ws/chat/", additional_headers=headers, max_size=None) as socket:
        socket.send(json.dumps({"type": "subscribe", "task_id": film, "after": 0}))
        yield from map(json.loads, socket)


if __name__ == "__main__":
    given_server, given_token, given_prompt, file = sys.argv[1:]
    make_film(given_server, given_token, given_prompt, Path(file))
