"""Servers that send without an end, or what unpacks to more than there is room for."""

from __future__ import annotations

import asyncio
import gzip
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from pytest_django import Settings

from chat import prompts
from chat.agent import tool_specs
from chat.llm.base import Conversation, Said
from chat.llm.compatible.model import CompatibleModel
from pipeline.providers import bounded_answers, download, polling, web_page
from pipeline.providers.base import Capability
from pipeline.providers.compatible.image import CompatibleImage
from pipeline.providers.compatible.voice import CompatibleVoice
from pixora.foundation import public_requests
from pixora.foundation.errors import Invalid, ProviderError
from tests.pipeline.providers.own_servers import forget
from tests.pipeline.providers.test_contract_remote import REQUESTS
from tests.pipeline.providers.vendors import Asker

BOMB = gzip.compress(gzip.compress(bytes(200 << 20)))
"""200 MB in a few hundred bytes."""
KINDS = {"endless": "application/json", "events": "text/event-stream", "comments": "text/event-stream",
         "bomb": "application/json", "away": "application/json", "page": "text/html"}  # fmt: skip
PARTS = {"events": b'data: {"choices": [{"delta": {"content": "and"}}]}\n\n' * 200, "comments": b": wait\n\n" * 1_000}


class Server(BaseHTTPRequestHandler):
    manner = "endless"

    def do_GET(self) -> None:
        self.send_response(302 if self.manner == "away" else 200)
        self.send_header("Content-Type", KINDS[self.manner])
        if self.manner == "away":
            self.send_header("Location", "http://127.0.0.1:1/inside")
        if self.manner in ("bomb", "page"):
            self.send_header("Content-Encoding", "gzip, gzip")
        self.end_headers()
        self._body()

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.do_GET()

    def _body(self) -> None:
        if self.manner in ("bomb", "page"):
            self.wfile.write(BOMB)
        while self.manner in ("endless", "events", "comments"):
            try:
                self.wfile.write(PARTS.get(self.manner, b" " * 65_536))
            except OSError:
                return

    def log_message(self, *_: object) -> None:
        return None


@contextmanager
def serving(manner: str) -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), type("Here", (Server,), {"manner": manner})) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture(autouse=True)
def little(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(bounded_answers, "MOST_BYTES", 1 << 20)
    forget()
    yield
    forget()


@pytest.mark.parametrize("manner", ["endless", "bomb", "away"])
@pytest.mark.parametrize(
    ("adapter", "capability"), [(CompatibleImage, Capability.IMAGE), (CompatibleVoice, Capability.VOICE)]
)
def test_an_own_server_that_sends_too_much_is_told_of(
    settings: Settings, tmp_path: Path, manner: str, adapter: type[CompatibleImage], capability: Capability
) -> None:
    with serving(manner) as address:
        settings.PIXORA_BASE_URLS = {**settings.PIXORA_BASE_URLS, "images": address, "speech": address}
        with pytest.raises(ProviderError) as refused:
            Asker(tmp_path).make(adapter(), REQUESTS[capability](tmp_path), deadline_s=30.0)
    said = "did not understand the request" if manner == "away" else "answered something that cannot be read"
    assert said in refused.value.message


@pytest.mark.parametrize("manner", ["endless", "events", "comments", "bomb"])
def test_an_own_language_model_that_never_ends_is_left(settings: Settings, manner: str) -> None:
    asked = Conversation(prompts.instructions(), {"film": {"title": "The sea"}}, (Said("user", "hello"),))

    async def listen() -> None:
        async with asyncio.timeout(30):
            async for _ in CompatibleModel().reply(asked, tool_specs.SPECS):
                pass

    with serving(manner) as address:
        settings.PIXORA_BASE_URLS = {**settings.PIXORA_BASE_URLS, "llm": address}
        with pytest.raises(ProviderError, match="answered something that cannot be read"):
            asyncio.run(listen())


def test_a_result_that_is_packed_is_not_unpacked(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(download, "fetches", lambda: [0.0] * polling.FETCHES)  # as often, without the waiting
    with serving("bomb") as address:
        settings.PIXORA_BASE_URLS = {**settings.PIXORA_BASE_URLS, "images": address}
        with pytest.raises(ProviderError, match="could not be fetched"):
            asyncio.run(download.fetch(f"{address}/picture.png", tmp_path / "came"))


def test_a_page_that_is_packed_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    with serving("page") as address:
        monkeypatch.setattr(public_requests, "is_public", lambda _address: True)
        monkeypatch.setattr(web_page, "PORTS", {"http": int(address.rpartition(":")[2])})
        with pytest.raises(Invalid, match="paste its text"):
            asyncio.run(web_page.fetch_page(address))
