from __future__ import annotations

import ssl
from functools import cache

import httpx


@cache
def tls() -> ssl.SSLContext:
    """One for all connections: reading the certificates takes a tenth of a second, in which the event loop stands."""
    return httpx.create_ssl_context()
