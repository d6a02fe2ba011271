"""fal's own client, with one change: a paid request is sent once.

fal_client sends a submission again, up to ten times, when its answer is lost, and fal knows no idempotency key: each
of these would be a job of its own. Only where nothing was sent (no connection) is sending again harmless.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime

import fal_client
import httpcore  # noqa: F401 - the SDK imports it at its first request otherwise, in which the event loop would stand
import httpx
from asyncstdlib import cached_property
from django.conf import settings
from fal_client import client as sdk

from pipeline.providers.base import answer_lost
from pipeline.providers.connections import LIMITS, connected, file_client, tls

SUBMIT_S = 30.0
NOT_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol)
MAYBE_ACCEPTED = frozenset({408, 502, 504})
"""Said by what stands between us and the queue, which may have passed the request on."""


class Refused(Exception):
    """The queue's answer to a submission is that it is not accepted."""

    def __init__(self, answer: httpx.Response) -> None:
        super().__init__(answer.status_code)
        self.answer = answer


class SubmitOnce(httpx.AsyncBaseTransport):
    """What goes wrong with a POST leaves as an exception that fal_client does not take for a reason to repeat it."""

    def __init__(self, transport: httpx.AsyncBaseTransport) -> None:
        self._transport = transport

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if request.method != "POST":
            return await self._transport.handle_async_request(request)
        try:
            answer = await self._transport.handle_async_request(request)
            await answer.aread()
        except NOT_SENT:
            raise
        except httpx.TransportError as error:
            raise answer_lost() from error
        if answer.status_code in MAYBE_ACCEPTED:
            raise answer_lost()
        if answer.is_error:
            raise Refused(answer)
        return answer

    async def aclose(self) -> None:
        await self._transport.aclose()


class _Backup(sdk.AsyncBackupDomainTransport):
    """fal's other domain for when the first cannot be reached, over our TLS context."""

    def __init__(self) -> None:
        self._client = httpx.AsyncClient(verify=tls(), limits=LIMITS, follow_redirects=False)


class _Tokens(sdk.AsyncCDNTokenManager):
    """Asks for the upload's token over our connections: the SDK would read all certificates for each."""

    async def _refresh_token(self) -> sdk.CDNToken:
        async with connected("files", file_client) as http:
            answer = await http.post(self._url, headers=self._headers, json={})
        told = answer.raise_for_status().json()
        return sdk.CDNToken(
            token=told["token"],
            token_type=told["token_type"],
            base_upload_url=told["base_url"],
            expires_at=datetime.fromisoformat(told["expires_at"]),
        )


class Client(fal_client.AsyncClient):
    @cached_property(asyncio.Lock)
    async def _token_manager(self) -> sdk.AsyncCDNTokenManager:
        return _Tokens(await self._auth)

    @cached_property(asyncio.Lock)
    async def _client(self) -> httpx.AsyncClient:
        credentials = await self._auth
        return httpx.AsyncClient(
            transport=SubmitOnce(_Backup()),
            headers={"Authorization": credentials.header_value, "User-Agent": sdk.USER_AGENT},
            timeout=self.default_timeout,
        )

    @asynccontextmanager
    async def _cdn_client(self) -> AsyncIterator[httpx.AsyncClient]:
        async with connected("files", file_client) as http:
            yield http

    async def aclose(self) -> None:
        http = await self._client
        await http.aclose()


@asynccontextmanager
async def account() -> AsyncIterator[Client]:
    """Ours at fal."""
    _point_at(settings.PIXORA_BASE_URLS["fal"])
    async with connected("fal", _client) as client:
        yield client


def _client() -> Client:
    return Client(key=settings.PIXORA_KEYS["fal"], default_timeout=SUBMIT_S)


def _point_at(base: str) -> None:
    """The SDK's addresses are constants of its module; there is no other way to point it elsewhere."""
    if base:
        sdk.QUEUE_URL_FORMAT = sdk.RUN_URL_FORMAT = f"{base}/"
        sdk.REST_URL = sdk.CDN_URL = base
