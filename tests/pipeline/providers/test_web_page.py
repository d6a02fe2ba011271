"""Pages on the web as a film's words: only where it is switched on, and only from public addresses."""

from __future__ import annotations

import asyncio
import socket
from typing import Any

import httpx
import pytest

from media_assets.web_text import words_of_page
from pipeline.providers import web_page
from pipeline.services import own_words
from pixora.accounts.models import User
from pixora.foundation.errors import Invalid

CLIENT = httpx.AsyncClient
PAGE = """<!doctype html><html><head><title>Bakery · Blog</title><script>alert("no")</script></head><body>
<nav><a href="/">Home</a></nav><article><h1>The bakery</h1><p>It opens at <b>six</b>.</p><p>Come early &amp; often.</p>
</article><footer>Imprint</footer></body></html>"""


def test_of_a_page_its_article_is_read() -> None:
    assert words_of_page(PAGE) == "# The bakery\n\nIt opens at six.\n\nCome early & often."


def test_a_page_without_an_article_is_read_without_its_menus() -> None:
    assert words_of_page("<html><nav>Home</nav><p>One.</p><div>Two.<script>x</script></div>") == "One.\n\nTwo."


class Web:
    """Answers in the place of the internet; `asked` are the requests as they went out."""

    def __init__(self, *answers: httpx.Response) -> None:
        self.answers = list(answers)
        self.asked: list[httpx.Request] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request)
        return self.answers.pop(0)


def html(text: str = PAGE, kind: str = "text/html; charset=utf-8") -> httpx.Response:
    return httpx.Response(200, text=text, headers={"content-type": kind})


def fetched(
    monkeypatch: pytest.MonkeyPatch, web: Web, *, addresses: tuple[str, ...] = ("93.184.216.34",),
    address: str = "https://example.org/a",
) -> str:  # fmt: skip
    def found(*_: Any, **__: Any) -> list[Any]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, 0)) for one in addresses]

    monkeypatch.setattr(socket, "getaddrinfo", found)
    monkeypatch.setattr(httpx, "AsyncClient", lambda **options: CLIENT(transport=httpx.MockTransport(web), **options))
    return asyncio.run(web_page.fetch_page(address)).decode()


def test_a_page_is_asked_for_at_the_address_that_was_judged(monkeypatch: pytest.MonkeyPatch) -> None:
    web = Web(html())
    assert fetched(monkeypatch, web) == PAGE
    [request] = web.asked
    assert (request.url.host, request.headers["host"]) == ("93.184.216.34", "example.org")
    assert request.extensions["sni_hostname"] == "example.org"


@pytest.mark.parametrize(
    "addresses",
    [
        ("127.0.0.1",),
        ("10.0.0.7",),
        ("169.254.169.254",),
        ("93.184.216.34", "192.168.1.1"),
        ("::1",),
        ("0.0.0.0",),
        (),
        ("fec0::1",),
        ("::127.0.0.1",),
        ("::ffff:10.0.0.1",),
        ("64:ff9b::7f00:1",),
        ("64:ff9b:1::a00:1",),
        ("::ffff:0:a00:1",),
        ("168.63.129.16",),
    ],
)
def test_nothing_inside_a_network_is_asked(monkeypatch: pytest.MonkeyPatch, addresses: tuple[str, ...]) -> None:
    web = Web(html())
    with pytest.raises(Invalid, match="not a public one"):
        fetched(monkeypatch, web, addresses=addresses)
    assert not web.asked


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "ftp://example.org/a",
        "example.org",
        "https://a:b@example.org/",
        "http://example.org:8000/",
    ],
)
def test_what_is_no_page_is_refused(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    web = Web(html())
    with pytest.raises(Invalid, match=r"^source\.address: "):
        fetched(monkeypatch, web, address=address)
    assert not web.asked


def test_where_a_page_leads_is_judged_too(monkeypatch: pytest.MonkeyPatch) -> None:
    web = Web(httpx.Response(302, headers={"location": "file:///etc/passwd"}))
    with pytest.raises(Invalid, match="address of a page"):
        fetched(monkeypatch, web)
    web = Web(*(httpx.Response(302, headers={"location": "/again"}) for _ in range(9)))
    with pytest.raises(Invalid, match="on and on"):
        fetched(monkeypatch, web)


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        (html("x" * (3 << 20)), "larger than 2 MB"),
        (html("x", "application/zip"), "no page of text"),
        (httpx.Response(404), "cannot be fetched"),
    ],
)
def test_what_cannot_be_read_is_told(monkeypatch: pytest.MonkeyPatch, answer: httpx.Response, sentence: str) -> None:
    with pytest.raises(Invalid, match=sentence):
        fetched(monkeypatch, Web(answer))


def test_it_is_switched_off_unless_somebody_switches_it_on(settings: Any) -> None:
    assert not settings.PIXORA_SOURCE_ADDRESSES
    with pytest.raises(Invalid, match="switched off"):
        own_words.read(User(), own_words.Given(address="https://example.org/"))
