"""Addresses that a vendor names: one outside this network may not send us to a server inside it."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Iterator

import httpx
from django.conf import settings

from pipeline.providers.vendors import VENDORS, ConfiguredBy
from pixora.foundation.errors import ProviderError
from pixora.foundation.public_requests import is_public


async def refuse_inside(request: httpx.Request) -> None:
    """An httpx hook for each request and redirect. Raises ProviderError, not retryable, for an address inside.

    Where a vendor that is asked is inside this network itself, so may its results be; what an own server made is
    fetched from that server alone. A name that is not found here is left to the connection, which may go through a
    proxy.
    """
    if await _is_inside(request.url.host) and not _is_own_server(request.url) and not await _has_a_vendor_inside():
        raise ProviderError("The generator named an address that is not a public one: start it again.")


def _is_own_server(url: httpx.URL) -> bool:
    """True at the host and port of an own server, which whoever runs Pixora has named."""
    return any((url.host, url.port) == (own.host, own.port) for own in map(httpx.URL, _addresses("address")))


async def _has_a_vendor_inside() -> bool:
    return any([await _is_inside(httpx.URL(address).host) for address in _addresses("key")])


def _addresses(configured_by: ConfiguredBy) -> Iterator[str]:
    for vendor in VENDORS:
        if vendor.configured_by == configured_by:
            yield from filter(None, (settings.PIXORA_BASE_URLS.get(server.name) for server in vendor.servers))


async def _is_inside(host: str) -> bool:
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return False
    return any(not is_public(str(address[0])) for *_, address in found)
