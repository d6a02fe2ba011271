"""The text of a page on the web that a user names: fetched from public addresses alone, and never more than a little.

The name is looked up once, and the request goes to the address that was judged: a name that answers otherwise a moment
later leads nowhere else. Each redirect is judged like the address itself; no proxy and no cookie is used.
"""

from __future__ import annotations

import asyncio
import socket

import httpx

from pipeline.providers.addresses import is_public
from pipeline.providers.bounded_answers import PLAIN, refuse_packed
from pixora.foundation.errors import Invalid

FIELD = "source.address"
WHOLE_S = 20.0
MOST_BYTES = 2 << 20
MOST_REDIRECTS = 3
PORTS = {"http": 80, "https": 443}
KINDS = ("text/html", "application/xhtml+xml", "text/plain", "text/markdown")
TIMES = httpx.Timeout(10.0, connect=5.0)
NOT_THERE = "the page cannot be fetched: look whether its address opens in a browser, or paste its text."


async def fetch_page(address: str) -> bytes:
    """Return a page as it came. Raises Invalid, one sentence that names the field."""
    try:
        async with asyncio.timeout(WHOLE_S), httpx.AsyncClient(trust_env=False, timeout=TIMES) as http:
            return await _fetched(http, address)
    except (httpx.HTTPError, httpx.InvalidURL, OSError, UnicodeError, TimeoutError) as error:
        raise _refusal(NOT_THERE) from error


async def _fetched(http: httpx.AsyncClient, address: str) -> bytes:
    for _ in range(MOST_REDIRECTS + 1):
        url = _web_url(address)
        request = await _request(http, url)
        answer = await http.send(request, stream=True)
        try:
            await refuse_packed(answer)
            if not answer.is_redirect:
                return await _content(answer)
            address = str(url.join(answer.headers.get("location", "")))
        finally:
            await answer.aclose()
    raise _refusal("the page leads on and on: give the address where it ends.")


def _web_url(address: str) -> httpx.URL:
    url = httpx.URL(address)
    if url.scheme not in PORTS or not url.host or url.userinfo:
        raise _refusal("give the address of a page, https://… for instance.")
    if url.port not in (None, PORTS[url.scheme]):
        raise _refusal("only pages at the usual ports of the web are read.")
    return url


async def _request(http: httpx.AsyncClient, url: httpx.URL) -> httpx.Request:
    """To the very address that was judged; the server is told the name, and its certificate has to be for that."""
    found = await _public_address(url.host)
    host = f"[{found}]" if ":" in found else found
    headers = {"Host": url.netloc.decode("ascii"), "User-Agent": "Pixora", "Accept": ", ".join(KINDS), **PLAIN}
    return http.build_request(
        "GET", url.copy_with(host=host), headers=headers, extensions={"sni_hostname": url.raw_host.decode("ascii")}
    )


async def _public_address(host: str) -> str:
    """Raises Invalid where any address of a name is inside a network: such a name is not to be trusted."""
    found = await asyncio.get_running_loop().getaddrinfo(host, None, type=socket.SOCK_STREAM)
    addresses = [str(address[0]) for *_, address in found]
    if not addresses or not all(is_public(address) for address in addresses):
        raise _refusal("this address is not a public one: paste the text.")
    return addresses[0]


async def _content(answer: httpx.Response) -> bytes:
    if answer.is_error:
        raise _refusal(NOT_THERE)
    kind = answer.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in KINDS:
        raise _refusal("there is no page of text at this address: download the file and upload it.")
    content = b""
    async for chunk in answer.aiter_bytes(1 << 16):
        content += chunk
        if len(content) > MOST_BYTES:
            raise _refusal("the page is larger than 2 MB: paste its text.")
    return content


def _refusal(sentence: str) -> Invalid:
    return Invalid(f"{FIELD}: {sentence}", field=FIELD)
