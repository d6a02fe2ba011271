"""A film by a service key, told of by webhooks: nothing is asked again and again, and no socket stays open.

    python docs/examples/webhooks.py http://localhost:8000 "$PIXORA_KEY" "A 10-second film about tea" film.mp4 \\
        https://hooks.example.org/pixora 8900

The last two are the address at which Pixora reaches this program, and the port it listens on (a proxy of yours brings
https). The key needs films:read, films:write, films:spend and webhooks. Needs the packages `httpx` and
`standardwebhooks`.
"""

from __future__ import annotations

import queue
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import httpx
from standardwebhooks import Webhook, WebhookVerificationError

Event = dict[str, Any]
TYPES = ["script_generated", "video_complete", "run_failed"]


def make_film(server: str, key: str, prompt: str, to: Path, hook: str, port: int, **settings: Any) -> None:
    headers = {"Authorization": f"Bearer {key}"}
    with httpx.Client(base_url=urljoin(server, "/api/v1/"), headers=headers, timeout=60) as api:
        address = ask(api, "webhooks", {"url": hook, "types": TYPES})
        with events(address["secret"], port) as told:
            film = ask(api, "tasks", {"prompt": prompt, **settings})["id"]
            for event in iter(told.get, None):
                if event["task_id"] == film and not go_on(api, event, to):
                    break
        api.delete(f"webhooks/{address['id']}").raise_for_status()


def go_on(api: httpx.Client, event: Event, to: Path) -> bool:
    """Do what an event asks for, and tell whether there is more to come."""
    data = event.get("data", {})
    match event["type"]:
        case "script_generated":
            print(f"It costs {data['quote']['credits']} credits.")
            ask(api, f"tasks/{event['task_id']}/runs", {"quote_id": data["quote"]["quote_id"]})  # the yes
            return True
        case "video_complete":
            to.write_bytes(api.get(urljoin(str(api.base_url), data["signed_url"])).raise_for_status().content)
            print(f"The film is {to}.")
        case _:
            print(data.get("message", "The film could not be made."))
    return False


def ask(api: httpx.Client, path: str, body: Event) -> Event:
    answer = api.post(path, json=body)
    if answer.is_error:
        sys.exit(answer.json()["error"]["message"])
    found: Event = answer.json()
    return found


@contextmanager
def events(secret: str, port: int) -> Iterator[queue.Queue[Event]]:
    """Listen, and give on what is signed with this secret. An event may come twice: its `webhook-id` is the same."""
    told: queue.Queue[Event] = queue.Queue()
    seen: set[str] = set()

    class Receiver(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            try:
                event = Webhook(secret).verify(body, dict(self.headers))
            except WebhookVerificationError:
                self.send_error(401)
                return
            if self.headers["webhook-id"] not in seen:
                seen.add(self.headers["webhook-id"])
                told.put(event)
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    receiver = ThreadingHTTPServer(("127.0.0.1", port), Receiver)
    threading.Thread(target=receiver.serve_forever, daemon=True).start()
    try:
        yield told
    finally:
        receiver.shutdown()
        receiver.server_close()


if __name__ == "__main__":
    given_server, given_key, given_prompt, file, given_hook, given_port = sys.argv[1:]
    make_film(given_server, given_key, given_prompt, Path(file), given_hook, int(given_port))
