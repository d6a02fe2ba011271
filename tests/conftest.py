"""Every session of tests has a home of its own, with its own servers, and none of the user's settings.

This file chooses the home before Django reads its settings, which is why pytest-django is told of the
settings module here and not in pyproject.toml.
"""

from __future__ import annotations

import gc
import io
import itertools
import logging
import os
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from types import ModuleType
from unittest.mock import patch

import django
import psycopg
import pytest
from django.conf import settings
from django.test import TransactionTestCase
from hypothesis import settings as hypothesis_settings

from pipeline.providers.models_and_prices import catalogue
from pixora import embedded
from pixora.embedded import locks, paths
from pixora.foundation.logs import JsonLines
from tests.emulators.bucket import Buckets, buckets
from tests.emulators.server import Emulators, running

EXAMPLE = Path(__file__).parent.parent / ".env.example"
CHAT = Path(__file__).parent / "chat"
PROCESSES = {"subprocess", "tests.web_server", "tests.chat.server", "tests.pixora.test_embedded"}


def _own_home() -> Path:
    """The first home under the user's that no other session has taken; kept, so that initdb is paid for once."""
    embedded.make_home(embedded.home())
    for number in itertools.count():
        home = embedded.home() / "tests" / str(number)
        embedded.make_home(home)
        if locks.take(locks.open_lock(home / "session.lock"), shared=False):
            return home
    raise AssertionError


def _forget_settings() -> None:
    for name in re.findall(r"^([A-Z_]+)=", EXAMPLE.read_text(), re.MULTILINE):
        os.environ.pop(name, None)


def _isolate() -> None:
    """Workers that pytest-xdist starts are sessions too: see `pytest_xdist_setupnodes`."""
    home = _own_home()
    _forget_settings()
    os.environ["PIXORA_HOME"] = str(home)
    os.environ["DJANGO_SETTINGS_MODULE"] = "pixora.settings"
    django.setup()  # now, because conftest files of folders named on the command line import models


USERS_HOME = os.environ.get("PIXORA_HOME")

if settings.configured:
    raise pytest.UsageError("Unset DJANGO_SETTINGS_MODULE: the tests choose their own settings.")
_isolate()
gc.set_threshold(100_000, 50, 100)  # what is collected more seldom takes an eighth less time

hypothesis_settings.register_profile("here", deadline=None)
hypothesis_settings.register_profile("ci", deadline=None, derandomize=True)
hypothesis_settings.load_profile("ci" if os.environ.get("CI") else "here")


def pytest_xdist_setupnodes() -> None:
    """Runs before workers are started: they do not get what this process chose for itself."""
    del os.environ["DJANGO_SETTINGS_MODULE"], os.environ["PIXORA_HOME"]
    if USERS_HOME is not None:
        os.environ["PIXORA_HOME"] = USERS_HOME


@pytest.fixture(scope="session")
def services() -> None:
    """Running servers; tests that use the database have them anyway. What they write need not outlive a power cut."""
    embedded.ensure()
    with psycopg.connect(paths.database_url("postgres"), autocommit=True) as connection:
        for name in ("fsync", "full_page_writes"):
            connection.execute(f"ALTER SYSTEM SET {name} = off")
        connection.execute("SELECT pg_reload_conf()")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(services: None, django_db_modify_db_settings: None) -> None:
    """The first thing pytest-django's database set-up asks for."""


@pytest.fixture(scope="session", autouse=True)
def _quick(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Shorten what every test would otherwise wait for again and again."""
    from django.contrib.auth.hashers import PBKDF2PasswordHasher

    from tests.emptying import empty
    from tests.media_assets.kept_probes import kept_probes
    from tests.pipeline.kept_cuts import kept_cuts
    from tests.static_files import listed_once

    emptied = patch.object(TransactionTestCase, "_fixture_teardown", empty)
    hashed = patch.object(PBKDF2PasswordHasher, "iterations", 1_000)
    with emptied, hashed, listed_once(), kept_probes(), kept_cuts(tmp_path_factory.mktemp("cuts")):
        yield


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the tests that share the chat's server first, in their random order, as each start costs seconds.

    A test that waits for other processes is run once more where it failed, and told with its traceback: with some
    hundred of them, one slow moment of the machine would else fail a run. One that fails twice has failed.
    """
    items.sort(key=lambda item: not _shares_server(item))
    for item in items:
        if _waits_for_processes(item) and not item.get_closest_marker("crash"):
            item.add_marker(pytest.mark.flaky(reruns=1))


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Stop a server that another test left: it would take up the turns of this one."""
    from tests.chat import server

    if not _shares_server(item):
        server.stop()


def _waits_for_processes(item: pytest.Item) -> bool:
    module = item.getparent(pytest.Module)
    return (module is not None and uses_processes(module.obj)) or _shares_server(item)


def uses_processes(module: ModuleType) -> bool:
    """True where the module starts some, or talks to those that other modules of the tests start."""
    return any(_home_of(value) in PROCESSES for value in vars(module).values())


def _home_of(value: object) -> str | None:
    """The module that this is, or comes from."""
    return value.__name__ if isinstance(value, ModuleType) else getattr(value, "__module__", None)


def _shares_server(item: pytest.Item) -> bool:
    return item.path.is_relative_to(CHAT) and "server" in getattr(item, "fixturenames", ())


@pytest.fixture
def log_lines() -> Iterator[io.StringIO]:
    """Catch what our own loggers write from here on, as it is written to stderr."""
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    handler.setFormatter(JsonLines())
    loggers = {name: logging.getLogger(name) for name in ("pipeline", "pixora.requests")}
    levels = {name: logger.level for name, logger in loggers.items()}
    for logger in loggers.values():
        logger.addHandler(handler)
        logger.setLevel(logging.INFO)
    yield out
    for name, logger in loggers.items():
        logger.removeHandler(handler)
        logger.setLevel(levels[name])


@pytest.fixture(scope="session")
def _emulators() -> Iterator[Emulators]:
    with running() as emulators:
        yield emulators


@pytest.fixture
def emulators(_emulators: Emulators) -> Emulators:
    """The vendors on loopback, with nothing billed and nothing going wrong yet."""
    _emulators.reset()
    return _emulators


@pytest.fixture
def use_supabase(emulators: Emulators, tmp_path: Path) -> Iterator[Buckets]:
    """Makes the emulated bucket the default storage, with options of one's own."""
    with buckets(emulators, tmp_path / "cache") as use:
        yield use


@pytest.fixture
def shut_down_model(monkeypatch: pytest.MonkeyPatch) -> str:
    """The name of an entry whose model its vendor has shut down."""
    name, last_day = "gpt-image-1", date(2026, 10, 23)
    images = catalogue().models["image"]
    gone = images["gpt-image-1.5"].model_copy(update={"name": name, "endpoint": name, "shut_down": last_day})
    monkeypatch.setitem(images, name, gone)
    return name
