"""Requests to addresses that users name: to public ones alone, each to the very IP address that was judged.

A name is looked up once, so one that answers otherwise a moment later leads nowhere else. No proxy and no cookie is
used. Where an address leads on, each of the next ones is judged like the first.
"""

from __future__ import annotations

import asyncio
import ipaddress
import os
import socket
from collections.abc import AsyncIterator, Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from functools import cache, partial
from typing import Any

import httpx
from django.conf import settings

NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
GIVEN_OUT = ipaddress.IPv6Network("2000::/3")
"""Outside of it nobody has an IPv6 address of the internet's, but networks have their own ways to carry IPv4."""
ISATAP = (0x5EFE, 0x0200_5EFE)
"""Marks an interface that carries an IPv4 address in its last four bytes (RFC 5214)."""
INSIDE = tuple(map(ipaddress.ip_network, ("168.63.129.16/32", "192.0.0.0/24", "192.88.99.0/24", "3fff::/20")))
"""What leads nowhere or into a network although Python may count it as global: Azure's own service for its machines,
the protocols' own addresses, a gateway to IPv6, and examples."""

MOST_REDIRECTS = 3


class NotPublic(Exception):
    """The address leads into a network, or nowhere."""


class LeadsOn(Exception):
    """The address leads to another one, and that to another one, too often."""


def client(timeout: httpx.Timeout) -> httpx.AsyncClient:
    return httpx.AsyncClient(trust_env=False, timeout=timeout, follow_redirects=False)


async def request(http: httpx.AsyncClient, method: str, url: httpx.URL, **more: Any) -> httpx.Request:
    """Build a request to the public address of a name. The server is told the name, and its certificate has to be for
    that. Raises NotPublic, and OSError where the name is not found."""
    found = await public_address(url.raw_host.decode("ascii"))
    host = f"[{found}]" if ":" in found else found
    headers = {"Host": url.netloc.decode("ascii"), "User-Agent": "Pixora", **more.pop("headers", {})}
    names = {"sni_hostname": url.raw_host.decode("ascii")}
    return http.build_request(method, url.copy_with(host=host), headers=headers, extensions=names, **more)


@asynccontextmanager
async def followed(
    http: httpx.AsyncClient, address: str, *, judged: Callable[[str], httpx.URL], headers: Mapping[str, str]
) -> AsyncIterator[tuple[httpx.URL, httpx.Response]]:
    """Ask for an address and for what it leads on to; give the last address and its answer, whose body is not read yet.
    `judged` reads each address, or raises what refuses it. Raises LeadsOn, NotPublic, and what httpx raises."""
    for _ in range(MOST_REDIRECTS + 1):
        url = judged(address)
        answer = await http.send(await request(http, "GET", url, headers=headers), stream=True)
        try:
            if not answer.is_redirect:
                yield url, answer
                return
            address = str(url.join(answer.headers.get("location", "")))
        finally:
            await answer.aclose()
    raise LeadsOn(address)


async def public_address(host: str) -> str:
    """Raises NotPublic where any address of a name is inside a network: such a name is not to be trusted. A name that
    is not ASCII is given in its `xn--` form: Python's own reading of it is an older one, and may be another name."""
    look_up = partial(socket.getaddrinfo, host, None, type=socket.SOCK_STREAM)
    found = await asyncio.get_running_loop().run_in_executor(_threads(), look_up)
    addresses = [str(address[0]) for *_, address in found]
    if not addresses or not all(map(may_be_asked, addresses)):
        raise NotPublic(host)
    return addresses[0]


@cache
def _threads() -> ThreadPoolExecutor:
    """Names that take long are looked up beside the others, and beside what the process looks up for itself."""
    return ThreadPoolExecutor(64, thread_name_prefix="pixora-names")


os.register_at_fork(after_in_child=_threads.cache_clear)


def may_be_asked(address: str) -> bool:
    """Public, or anywhere where PIXORA_PRIVATE_ADDRESSES is set, for development and tests."""
    return settings.PIXORA_PRIVATE_ADDRESSES or is_public(address)


def is_public(address: str) -> bool:
    """True for an IP address that anybody on the internet can reach."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        carried = _carried(ip)
        if carried:
            return is_public(str(carried))
        if ip not in GIVEN_OUT:
            return False
    return ip.is_global and not ip.is_multicast and not any(ip in inside for inside in INSIDE)


def _carried(ip: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """The IPv4 address that this one leads to: mapped, by 6to4, by NAT64 (RFC 6052), or by ISATAP."""
    if ip in NAT64 or (int(ip) >> 32) & 0xFFFFFFFF in ISATAP:
        return ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
    return ip.ipv4_mapped or ip.sixtofour
