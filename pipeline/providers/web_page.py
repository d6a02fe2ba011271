"""The text of a page on the web that a user names: fetched from public addresses alone, and never more than a little.

Each redirect is judged like the address itself (`pixora/foundation/public_requests.py`).
"""

from __future__ import annotations

import asyncio

import httpx

from pipeline.providers.bounded_answers import PLAIN, refuse_packed
from pixora.foundation import public_requests
from pixora.foundation.errors import Invalid

FIELD = "source.address"
WHOLE_S = 20.0
MOST_BYTES = 2 << 20
PORTS = {"http": 80, "https": 443}
KINDS = ("text/html", "application/xhtml+xml", "text/plain", "text/markdown")
ASKED_FOR = {"Accept": ", ".join(KINDS), **PLAIN}
TIMES = httpx.Timeout(10.0, connect=5.0)
NOT_THERE = "the page cannot be fetched: look whether its address opens in a browser, or paste its text."


async def fetch_page(address: str) -> bytes:
    """Return a page as it came. Raises Invalid, one sentence that names the field."""
    try:
        async with (
            asyncio.timeout(WHOLE_S),
            public_requests.client(TIMES) as http,
            public_requests.followed(http, address, judged=_web_url, headers=ASKED_FOR) as (_, answer),
        ):
            await refuse_packed(answer)
            return await _content(answer)
    except public_requests.NotPublic as error:
        raise _refusal("this address is not a public one: paste the text.") from error
    except public_requests.LeadsOn as error:
        raise _refusal("the page leads on and on: give the address where it ends.") from error
    except (httpx.HTTPError, httpx.InvalidURL, OSError, UnicodeError, TimeoutError) as error:
        raise _refusal(NOT_THERE) from error


def _web_url(address: str) -> httpx.URL:
    url = httpx.URL(address)
    if url.scheme not in PORTS or not url.host or url.userinfo:
        raise _refusal("give the address of a page, https://… for instance.")
    if url.port not in (None, PORTS[url.scheme]):
        raise _refusal("only pages at the usual ports of the web are read.")
    return url


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
