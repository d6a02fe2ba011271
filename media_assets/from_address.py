"""Fetches a file from an address that a user names, to a file of ours: from public servers alone, bounded, in https.

Each redirect is judged like the address itself (`pixora/foundation/public_requests.py`). What comes is read as any
upload is (`receive.py`); no word of the server's is believed, neither the length nor the type that it tells.
"""

from __future__ import annotations

import asyncio
from pathlib import Path
from urllib.parse import unquote

import httpx
from asgiref.sync import async_to_sync
from django.conf import settings

from pixora.foundation import public_requests
from pixora.foundation.errors import Invalid

FIELD = "url"
WHOLE_S = 120.0
TIMES = httpx.Timeout(15.0, connect=5.0)
PART_BYTES = 1 << 18
AS_IT_IS = {"Accept": "*/*", "Accept-Encoding": "identity"}
NOT_THERE = "the file cannot be fetched: look whether its address opens in a browser, or upload the file."


def fetch(address: str, to: Path, *, most_bytes: int) -> str:
    """Fetch a file of `most_bytes` at most, and return what its address calls it. Raises Invalid naming `url`."""
    found: str = async_to_sync(_fetch)(address, to, most_bytes)
    return found


async def _fetch(address: str, to: Path, most_bytes: int) -> str:
    try:
        async with asyncio.timeout(WHOLE_S), public_requests.client(TIMES) as http:
            return await _fetched(http, address, to, most_bytes)
    except public_requests.NotPublic as error:
        raise _refusal("this address does not lead to a public server: upload the file.") from error
    except public_requests.LeadsOn as error:
        raise _refusal("the address leads on and on: give the one where the file lies.") from error
    except TimeoutError as error:
        raise _refusal(f"the file did not come within {WHOLE_S:.0f} s: upload it.") from error
    except (httpx.HTTPError, httpx.InvalidURL, OSError, UnicodeError, ValueError, OverflowError) as error:
        raise _refusal(NOT_THERE) from error


async def _fetched(http: httpx.AsyncClient, address: str, to: Path, most_bytes: int) -> str:
    async with public_requests.followed(http, address, judged=_url, headers=AS_IT_IS) as (url, answer):
        await _keep(answer, to, most_bytes)
        return unquote(url.path.rpartition("/")[2])


def _url(address: str) -> httpx.URL:
    url = httpx.URL(address)
    is_plain = url.scheme == "http" and settings.PIXORA_PRIVATE_ADDRESSES
    if not (url.scheme == "https" or is_plain) or not url.host or url.userinfo:
        raise _refusal("give an address that begins with https://, without a name or password in it.")
    if url.port not in (None, 443) and not settings.PIXORA_PRIVATE_ADDRESSES:
        raise _refusal("only the usual port of https is asked.")
    return url


async def _keep(answer: httpx.Response, to: Path, most_bytes: int) -> None:
    """Write what comes, as it comes over the wire: what is packed small could be endless when unpacked."""
    if answer.is_error or answer.headers.get("content-encoding", "identity") != "identity":
        raise _refusal(NOT_THERE)
    size = 0
    with to.open("wb") as out:
        async for part in answer.aiter_raw(PART_BYTES):
            size += len(part)
            if size > most_bytes:
                raise _refusal(f"the file is larger than {most_bytes >> 20} MB: make it smaller.")
            await asyncio.to_thread(out.write, part)


def _refusal(sentence: str) -> Invalid:
    return Invalid(f"{FIELD}: {sentence}", field=FIELD)
