"""A server that gets events, as somebody outside would run it, and checks their signatures."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from standardwebhooks.webhooks import Webhook

Answering = Callable[[BaseHTTPRequestHandler, int], int]


@dataclass
class Receiver:
    """`answers(handler, count)` gives the status; `heard` is what was taken, `asked` all that came."""

    url: str = ""
    secret: str = ""
    answers: Answering = lambda handler, count: 204
    heard: list[dict[str, Any]] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def take(self, handler: BaseHTTPRequestHandler) -> None:
        body = handler.rfile.read(int(handler.headers["Content-Length"]))
        self.asked.append(handler.headers["webhook-id"])
        status = self.answers(handler, len(self.asked))
        if status == 0:
            return
        if 200 <= status < 300:
            if self.secret:
                Webhook(self.secret).verify(body, dict(handler.headers))
            self.heard.append({**json.loads(body), "id": handler.headers["webhook-id"]})
        handler.send_response(status)
        handler.send_header("Location", "http://127.0.0.1:9/")
        handler.send_header("Content-Length", "0")
        handler.end_headers()


@contextmanager
def receiving(port: int = 0) -> Iterator[Receiver]:
    receiver = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            receiver.take(self)

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    receiver.url = f"http://127.0.0.1:{server.server_address[1]}/events"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield receiver
    finally:
        server.shutdown()
        server.server_close()
