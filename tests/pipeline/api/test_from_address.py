"""Files from addresses: taken like uploads, from public servers alone, and never more than an upload may be."""

from __future__ import annotations

import io
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from PIL import Image
from pytest_django import Settings

from media_assets.models import Upload
from pixora.foundation import public_requests
from tests.pipeline.api.caller import Caller

PUBLIC = "127.0.0.1"
"""Stands for a public address in these tests; ::1 is what it is."""


def picture() -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (400, 300), "teal").save(made, "PNG")
    return made.getvalue()


LEADS = {"/inside.png": "http://[::1]:9/picture.png", "/round": "/round", "/moved": "/A%20harbour.png"}
HEADERS = {
    "/packed.png": {"Content-Encoding": "gzip"},
    "/page": {"Content-Type": "image/png"},
    "/lies.png": {"Content-Length": "3000000000"},
}


class Shelf(BaseHTTPRequestHandler):
    """`/endless` never ends, `/page` is none, everything else that leads nowhere is a picture."""

    def do_GET(self) -> None:
        if (to := LEADS.get(self.path)) is not None:
            self._lead(to)
        elif self.path == "/missing":
            self.send_error(404)
        else:
            self._begin(HEADERS.get(self.path, {}))
            self._send()

    def _send(self) -> None:
        while self.path == "/endless":
            self.wfile.write(b"x" * (1 << 20))
        self.wfile.write(b"<html><script>alert(1)</script></html>" if self.path == "/page" else picture())

    def _begin(self, headers: dict[str, str]) -> None:
        self.send_response(200)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()

    def _lead(self, to: str) -> None:
        self.send_response(302)
        self.send_header("Location", to)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@pytest.fixture
def shelf(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    settings.PIXORA_PRIVATE_ADDRESSES = True
    settings.PIXORA_UPLOAD_MB = {kind: 3 for kind in settings.PIXORA_UPLOAD_MB}
    monkeypatch.setattr(public_requests, "may_be_asked", lambda address: address == PUBLIC)
    server = ThreadingHTTPServer((PUBLIC, 0), Shelf)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield f"http://{PUBLIC}:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("path", ["/A%20harbour.png", "/moved"])
def test_a_file_is_taken_as_if_it_were_uploaded(caller: Caller, shelf: str, path: str) -> None:
    kept = caller.post("uploads/from-address", {"url": f"{shelf}{path}", "wanted": "picture"}, status=201)
    assert (kept["kind"], kept["facts"]["width"], kept["facts"]["height"]) == ("picture", 400, 300)
    assert Upload.objects.get().file_name == "A harbour.png"


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/inside.png", "does not lead to a public server"),
        ("/round", "leads on and on"),
        ("/endless", "larger than 3 MB"),
        ("/packed.png", "cannot be fetched"),
        ("/missing", "cannot be fetched"),
        ("/lies.png", "cannot be fetched"),
        ("/page", ""),
    ],
)
def test_what_is_no_file_for_us_is_refused(caller: Caller, shelf: str, path: str, said: str) -> None:
    answer = caller.ask("POST", "uploads/from-address", {"url": f"{shelf}{path}"})
    assert answer.status_code in (415, 422)
    assert said in answer.json()["error"]["message"]
    assert not Upload.objects.exists()


@pytest.mark.parametrize(
    "url",
    [
        *(
            "http://example.org/a.png",
            "ftp://example.org/a.png",
            "file:///etc/passwd",
            "https://user@example.org/a.png",
        ),
        *(
            "https://127.0.0.1/a.png",
            "https://[::1]/a.png",
            "https://169.254.169.254/latest",
            "https://localhost/a.png",
        ),
        *("https://example.org:8000/a.png", "https://0x7f000001/a.png", "nonsense", "https://"),
    ],
)
def test_only_public_addresses_in_https_are_asked(caller: Caller, url: str) -> None:
    status, code, details = caller.refused("POST", "uploads/from-address", {"url": url})
    assert (status, code, details) == (422, "invalid", {"field": "url"})
