"""fal's own client, with one change: a paid request is sent once.

fal_client sends a submission again, up to ten times, when its answer is lost, and fal knows no idempotency key: each
of these would be a job of its own. Only where nothing was sent (no connection) is sending again harmless.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import fal_client
import httpcore  # noqa: F401 - the SDK imports it at its first request otherwise, in which the event loop would stand
import httpx
from asyncstdlib import cached_property
from django.conf import settings
from fal_client import client as sdk
from fal_client.auth import AuthCredentials

from pipeline.providers.base import answer_lost
from pipeline.providers.connections import FRESH, KEPT, connected, file_client, tls
from pixora.foundation.batching import Batcher

SUBMIT_S, TOKEN_S = 30.0, 5.0
TOKEN_LIVES = timedelta(minutes=10)
"""A token may be good for longer, but nobody says so when it is not any more."""
LONG_AGO = datetime.min.replace(tzinfo=UTC)
MOST_UPLOADS = 64
NOT_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol)
ODD_ANSWER = (KeyError, TypeError, ValueError, AttributeError, RecursionError, httpx.InvalidURL)
"""What the SDK raises for JSON of another shape than it knows, and for an address that is none."""
MAYBE_ACCEPTED = frozenset({408, 502, 504})
"""Said by what stands between us and the queue, which may have passed the request on."""


class Refused(Exception):
    """The queue does not accept a submission: this is its answer."""

    def __init__(self, answer: httpx.Response) -> None:
        super().__init__(answer.status_code)
        self.answer = answer


class SubmitOnce(httpx.AsyncBaseTransport):
    """A transport by which fal_client repeats no POST that was sent: what goes wrong leaves as another exception."""

    def __init__(self, *, submissions: httpx.AsyncBaseTransport, others: httpx.AsyncBaseTransport) -> None:
        self._submissions, self._others = submissions, others

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if request.method != "POST":
            return await self._others.handle_async_request(request)
        try:
            answer = await self._submissions.handle_async_request(request)
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
        await self._submissions.aclose()
        await self._others.aclose()


class _Backup(sdk.AsyncBackupDomainTransport):
    """fal's other domain for when the first cannot be reached, over our TLS context."""

    def __init__(self, limits: httpx.Limits) -> None:
        self._client = httpx.AsyncClient(verify=tls(), limits=limits, follow_redirects=False)


class _Tokens(sdk.AsyncCDNTokenManager):
    """The token to upload with. Those who need a new one at the same time get the same one, or the same error."""

    def __init__(self, credentials: AuthCredentials) -> None:
        super().__init__(credentials)
        self._told: Batcher[None, sdk.CDNToken] = Batcher(self._tell, most=MOST_UPLOADS)

    async def get_token(self) -> sdk.CDNToken:
        return await self._told.ask(None)

    def forget(self) -> None:
        """Forget a token that did not help: whoever comes next gets a new one."""
        self._token = replace(self._token, expires_at=LONG_AGO)

    async def _tell(self, askers: Sequence[None]) -> list[sdk.CDNToken | Exception]:
        if self._token.is_expired():
            self._token = await self._refresh_token()
        return [self._token] * len(askers)

    async def _refresh_token(self) -> sdk.CDNToken:
        async with connected("files", file_client) as http:
            answer = await http.post(self._url, headers=self._headers, json={}, timeout=TOKEN_S)
        told = answer.raise_for_status().json()
        ends = datetime.fromisoformat(told["expires_at"])
        return sdk.CDNToken(
            token=told["token"],
            token_type=told["token_type"],
            base_upload_url=told["base_url"],
            expires_at=min(ends if ends.tzinfo else ends.replace(tzinfo=UTC), datetime.now(UTC) + TOKEN_LIVES),
        )


class Client(fal_client.AsyncClient):
    @cached_property(asyncio.Lock)
    async def _token_manager(self) -> _Tokens:
        return _Tokens(await self._auth)

    async def forget_token(self) -> None:
        (await self._token_manager).forget()

    @cached_property(asyncio.Lock)
    async def _client(self) -> httpx.AsyncClient:
        credentials = await self._auth
        return httpx.AsyncClient(
            transport=SubmitOnce(submissions=_Backup(FRESH), others=_Backup(KEPT)),
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
    """Yield a client of our account at fal."""
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
