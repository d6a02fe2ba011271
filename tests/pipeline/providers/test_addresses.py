"""A vendor outside this network cannot send us to a server inside it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import httpx
import pytest
from pytest_django import Settings

from pipeline.providers import addresses
from pipeline.providers.download import fetch
from pixora.foundation.errors import ProviderError


class _Inside(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        if self.path == "/elsewhere":
            self.send_response(302)
            self.send_header("Location", "/secret")
        else:
            self.send_response(200)
            self.send_header("Content-Length", "6")
        self.end_headers()
        if self.path != "/elsewhere":
            self.wfile.write(b"secret")

    def log_message(self, *_: object) -> None:
        """Quiet."""


@pytest.fixture
def inside() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Inside)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def vendors(settings: Settings) -> dict[str, str]:
    urls = {"openai": "", "fal": "", "musicgen": ""}
    settings.PIXORA_BASE_URLS = urls
    return urls


@pytest.mark.parametrize("path", ["/secret", "/elsewhere"])
def test_a_result_inside_this_network_is_not_fetched(
    inside: str, vendors: dict[str, str], path: str, tmp_path: Path
) -> None:
    with pytest.raises(ProviderError, match="not a public one") as failed:
        asyncio.run(fetch(inside + path, tmp_path / "out"))
    assert not failed.value.retryable
    assert not list(tmp_path.iterdir())


def test_a_vendor_inside_this_network_has_its_results_there(
    inside: str, vendors: dict[str, str], tmp_path: Path
) -> None:
    vendors["fal"] = inside
    assert asyncio.run(fetch(f"{inside}/elsewhere", tmp_path / "out")) == b"secret"


def test_each_redirect_is_looked_at(vendors: dict[str, str]) -> None:
    """The first address is public; where it leads to is not."""
    calls: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        calls.append(request.url.host)
        return httpx.Response(302, headers={"Location": "http://169.254.169.254/latest/meta-data"})

    async def asked() -> None:
        hooks = {"request": [addresses.refuse_inside]}
        async with httpx.AsyncClient(transport=httpx.MockTransport(answer), event_hooks=hooks) as http:
            await http.get("http://93.184.215.14/clip.mp4", follow_redirects=True)

    with pytest.raises(ProviderError):
        asyncio.run(asked())
    assert calls == ["93.184.215.14"]


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "10.0.0.8", "192.168.1.1", "169.254.169.254", "[::1]", "[::ffff:10.0.0.1]", "[fe80::1]", "100.64.0.1",
     "0.0.0.0", "[fd00::1]", "2130706433", "0x7f.1", "[64:ff9b::a00:1]",
     "[2002:7f00:1::]", "[::ffff:0:7f00:1]", "[2606:4700::5efe:a00:1]", "[2606:4700::200:5efe:a9fe:a9fe]", "[4000::1]",
     "[5f00::1]", "[3fff::1]", "168.63.129.16", "192.0.0.8", "192.88.99.1", "[64:ff9b::a83f:8110]"],
)  # fmt: skip
def test_ways_to_write_an_address_inside(vendors: dict[str, str], host: str) -> None:
    with pytest.raises(ProviderError):
        asyncio.run(addresses.refuse_inside(httpx.Request("GET", f"http://{host}/x")))


@pytest.mark.parametrize("host", ["1.1.1.1", "[2606:4700::1111]", "[64:ff9b::101:101]", "nowhere.invalid", "a..b"])
def test_public_addresses_and_names_that_are_not_found_are_left_to_the_connection(
    vendors: dict[str, str], host: str
) -> None:
    asyncio.run(addresses.refuse_inside(httpx.Request("GET", f"http://{host}/x")))


def test_an_own_servers_results_are_fetched_from_it_and_nothing_else_is(
    inside: str, vendors: dict[str, str], tmp_path: Path
) -> None:
    vendors["images"] = f"{inside}/v1"
    assert asyncio.run(fetch(f"{inside}/elsewhere", tmp_path / "out")) == b"secret"
    with pytest.raises(ProviderError, match="not a public one"):
        asyncio.run(fetch("http://127.0.0.1:9/secret", tmp_path / "other"))
