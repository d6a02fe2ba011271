"""The token to upload with: asked for once for all, and not kept when it does not help."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from fal_client.auth import AuthCredentials
from fal_client.client import CDNToken

from pipeline.providers.fal import upload as uploads
from pipeline.providers.fal.client import Client, _Tokens
from pipeline.providers.fal.upload import File, upload
from pixora.foundation.errors import ProviderError

PICTURE = File(b"png", "image/png", ".png")


def token(number: int, **lives: float) -> CDNToken:
    return CDNToken(f"t{number}", "Bearer", "", datetime.now(UTC) + timedelta(**(lives or {"hours": 1})))


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[CDNToken | Exception]:
    """The answers of fal, one after the other."""
    answers: list[CDNToken | Exception] = []

    async def refresh(_tokens: _Tokens) -> CDNToken:
        await asyncio.sleep(0)
        found = answers.pop(0)
        if isinstance(found, Exception):
            raise found
        return found

    monkeypatch.setattr(_Tokens, "_refresh_token", refresh)
    return answers


def ask(go: Callable[[_Tokens], Coroutine[Any, Any, Any]]) -> Any:
    async def asked() -> Any:
        return await go(_Tokens(AuthCredentials("Key", "a:b")))

    return asyncio.run(asked())


def test_those_who_need_one_at_the_same_time_get_the_same(told: list[CDNToken | Exception]) -> None:
    told += [token(1)]

    async def go(tokens: _Tokens) -> list[str]:
        found = await asyncio.gather(*(tokens.get_token() for _ in range(12)))
        return [each.token for each in [*found, await tokens.get_token()]]

    assert ask(go) == ["t1"] * 13


def test_where_none_is_to_be_had_nobody_waits_for_the_others_errors(told: list[CDNToken | Exception]) -> None:
    told += [httpx.ReadTimeout("slow"), token(2)]

    async def go(tokens: _Tokens) -> list[Any]:
        return await asyncio.gather(*(tokens.get_token() for _ in range(12)), return_exceptions=True)

    assert all(isinstance(each, httpx.ReadTimeout) for each in ask(go))
    assert len(told) == 1


@pytest.mark.parametrize("how", ["over", "forgotten"])
def test_one_that_is_no_good_any_more_is_asked_for_anew(told: list[CDNToken | Exception], how: str) -> None:
    told += [token(1, seconds=-1) if how == "over" else token(1), token(2)]

    async def go(tokens: _Tokens) -> list[str]:
        first = await tokens.get_token()
        if how == "forgotten":
            tokens.forget()
        return [first.token, (await tokens.get_token()).token]

    assert ask(go) == ["t1", "t2"]


def test_a_failed_upload_forgets_its_token(told: list[CDNToken | Exception], monkeypatch: pytest.MonkeyPatch) -> None:
    told += [token(1), token(2)]

    async def refused(client: Client, _picture: File) -> str:
        await (await client._token_manager).get_token()
        raise ProviderError("no", retryable=True)

    async def go() -> str:
        client = Client(key="a:b")
        with pytest.raises(ProviderError):
            await upload(client, PICTURE)
        return (await (await client._token_manager).get_token()).token

    monkeypatch.setattr(uploads, "_uploaded", refused)
    assert asyncio.run(go()) == "t2"


@pytest.mark.parametrize("address", ["http://host/\n", "http://[", "::", "http://a" + ".b" * 200])
def test_an_address_to_upload_to_that_is_none_is_a_failed_upload(address: str) -> None:
    class Odd(Client):
        async def upload(self, *_: object, **__: object) -> str:
            async with httpx.AsyncClient() as http:
                await http.put(address)
            return address

    with pytest.raises(ProviderError, match="handed") as failed:
        asyncio.run(uploads._uploaded(Odd(key="key"), PICTURE))
    assert failed.value.retryable
