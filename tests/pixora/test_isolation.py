from __future__ import annotations

import asyncio
import os

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from pytest_socket import SocketConnectBlockedError


async def _echo_once() -> bytes:
    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(await reader.readline())
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    async with server:
        reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
        writer.write(b"hello\n")
        line = await reader.readline()
        writer.close()
        await writer.wait_closed()
        return line


def test_tests_have_a_home_of_their_own() -> None:
    assert settings.PIXORA_HOME.parent.name == "tests"
    assert str(settings.PIXORA_HOME) == os.environ["PIXORA_HOME"]


def test_loopback_is_open_to_asyncio() -> None:
    assert asyncio.run(_echo_once()) == b"hello\n"


@pytest.mark.filterwarnings("ignore:A test tried to use socket")
def test_the_network_is_closed() -> None:
    with pytest.raises(SocketConnectBlockedError):
        asyncio.run(asyncio.wait_for(asyncio.open_connection("192.0.2.1", 80), 5))


@pytest.mark.django_db
def test_the_database_is_a_real_postgresql() -> None:
    assert connection.vendor == "postgresql"
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_database(), upper('ä')")
        name, capital = cursor.fetchone()
    assert name.startswith("test_pixora")
    assert capital == "Ä"


def test_the_cache_is_a_real_redis(services: None) -> None:
    cache.set("greeting", "hello", 5)
    assert cache.get("greeting") == "hello"
