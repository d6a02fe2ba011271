"""Tests of what outsiders can do with our tables and files in a database of Supabase's, asked as Supabase's roles."""

from __future__ import annotations

import os
import subprocess
import sys
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connections
from django.utils import timezone
from psycopg.errors import InsufficientPrivilege
from psycopg.types.json import Jsonb

from chat.models import Message
from media_assets.models import Asset, Video
from pipeline.models import Event, Quote, Run, Script, Task
from pixora import row_security
from pixora.accounts.models import Credit, User
from pixora.embedded.paths import CHECKOUT, database_url

NAME, OWNER = "pixora_on_supabase", "pixora_owner"
SCHEMAS = Path(__file__).with_name("supabase_schemas.sql").read_text()
ROLES = {"anon": "", "authenticated": "", "service_role": "BYPASSRLS", OWNER: "LOGIN"}
ALICE, BOB = uuid.uuid4(), uuid.uuid4()
FILES = {user: f"a-film_task_{name}/scene1/image.png" for user, name in ((ALICE, "alice"), (BOB, "bob"))}


def as_owner() -> str:
    return database_url(NAME).replace("//pixora@", f"//{OWNER}@")


def migrate(*target: str) -> None:
    """Migrate as a deployment does it: in a process of its own, as a role that is no superuser."""
    done = subprocess.run(
        [sys.executable, "manage.py", "migrate", "--verbosity", "0", *target],
        cwd=CHECKOUT,
        env={**os.environ, "DATABASE_URL": as_owner()},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def migrate_here(*target: str) -> None:
    """Migrate as that role too, in this process, which has read all migrations."""
    with django_as_owner():
        call_command("migrate", *target, database=NAME, verbosity=0)


@pytest.fixture(scope="module")
def database(services: None, django_db_blocker: Any) -> Iterator[None]:
    with psycopg.connect(database_url("postgres"), autocommit=True) as server:
        server.execute(f"DROP DATABASE IF EXISTS {NAME} WITH (FORCE)")
        for role, rights in ROLES.items():
            if not server.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone():
                server.execute(f"CREATE ROLE {role} {rights}")
        server.execute(f"CREATE DATABASE {NAME} OWNER {OWNER}")
        with psycopg.connect(as_owner()) as owner:
            owner.execute(SCHEMAS)
        migrate()
        with django_db_blocker.unblock(), django_as_owner():
            for user_id, name in ((ALICE, "alice"), (BOB, "bob")):
                enter_film(user_id, name)
        for name in FILES.values():
            with as_role("service_role") as service:
                service.execute("INSERT INTO storage.objects (bucket_id, name) VALUES ('pixora', %s)", [name])
        yield
        server.execute(f"DROP DATABASE {NAME} WITH (FORCE)")


@contextmanager
def django_as_owner() -> Iterator[None]:
    connections.databases[NAME] = {**connections.databases["default"], "NAME": NAME, "USER": OWNER}
    try:
        yield
    finally:
        connections[NAME].close()
        del connections[NAME], connections.databases[NAME]


def enter_film(user_id: uuid.UUID, name: str) -> None:
    """One row in each table that has readers."""
    user = User.objects.using(NAME).create(id=user_id, email=f"{name}@example.org")
    task = Task.objects.using(NAME).create(id=f"task_{name}", user=user, prompt="tea", request_key="")
    Script.objects.using(NAME).create(task=task, version=1, content={})
    asset = Asset.objects.using(NAME).create(
        task=task, asset_type="render", component="fullvideo", take=1, storage_path=FILES[user_id]
    )
    Video.objects.using(NAME).create(
        task=task, asset=asset, storage_path=FILES[user_id], duration=5, script_version=1, timeline={}
    )
    Event.objects.using(NAME).create(task=task, seq=1, type="task_updated")
    Quote.objects.using(NAME).create(task=task, version=1, credits=1, expires_at=timezone.now())
    Run.objects.using(NAME).create(task=task)
    Message.objects.using(NAME).create(user=user, role="user", content="hello")
    Credit.objects.using(NAME).create(user=user, amount=5, reason="grant", key=f"grant:{name}")


@contextmanager
def as_role(role: str, user: uuid.UUID | None = None) -> Iterator[psycopg.Connection[Any]]:
    """Take a role as PostgREST and the storage service do it for a request."""
    with psycopg.connect(database_url(NAME)) as connection:
        connection.execute(f"SET LOCAL ROLE {role}")
        claims = Jsonb({"sub": str(user)}) if user else ""
        connection.execute("SELECT set_config('request.jwt.claims', %s::text, true)", [claims])
        yield connection


def count(connection: psycopg.Connection[Any], table: str) -> int:
    row = connection.execute(f"SELECT count(*) FROM {table}").fetchone()
    assert row
    return int(row[0])


pytestmark = pytest.mark.usefixtures("database")


def test_every_table_of_ours_is_closed_or_has_a_policy() -> None:
    """A table that fails here needs an entry in `pixora/row_security.py` and a migration that applies it."""
    ours = {model._meta.db_table for model in apps.get_models(include_auto_created=True) if model._meta.managed}
    with psycopg.connect(as_owner()) as owner:
        found = owner.execute(
            "SELECT relname, relrowsecurity, EXISTS (SELECT 1 FROM pg_policy WHERE polrelid = pg_class.oid)"
            "  FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'"
        ).fetchall()
    assert {table for table, _, _ in found} >= ours
    assert [table for table, secured, _ in found if not secured] == []
    assert {table for table, _, readable in found if readable} == row_security.READABLE.keys()
    assert {table for table, _, _ in found} == {*row_security.READABLE, *row_security.CLOSED}


@pytest.mark.parametrize("table", sorted(row_security.READABLE))
def test_a_user_reads_their_own_rows_and_nobody_elses(table: str) -> None:
    with psycopg.connect(as_owner()) as owner:
        assert count(owner, table) == 2
    for user in (ALICE, BOB):
        with as_role("authenticated", user) as asked:
            assert count(asked, table) == 1
    with as_role("authenticated", uuid.uuid4()) as asked:
        assert count(asked, table) == 0


@pytest.mark.parametrize("table", sorted(row_security.CLOSED))
def test_a_closed_table_is_closed_to_users(table: str) -> None:
    with as_role("authenticated", ALICE) as asked, pytest.raises(InsufficientPrivilege):
        count(asked, table)


@pytest.mark.parametrize("table", sorted({*row_security.READABLE, *row_security.CLOSED}))
def test_a_visitor_reads_nothing(table: str) -> None:
    with as_role("anon") as asked, pytest.raises(InsufficientPrivilege):
        count(asked, table)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE credits SET amount = 1000000",
        "DELETE FROM tasks",
        "INSERT INTO events (task_id, seq, type, payload) VALUES ('task_alice', 9, 'x', '{}')",
    ],
)
def test_a_user_changes_nothing(statement: str) -> None:
    with as_role("authenticated", ALICE) as asked, pytest.raises(InsufficientPrivilege):
        asked.execute(statement)


def test_a_user_sees_their_own_files_and_nobody_elses() -> None:
    with as_role("authenticated", ALICE) as asked:
        assert asked.execute("SELECT name FROM storage.objects").fetchall() == [(FILES[ALICE],)]
    with as_role("anon") as asked:
        assert count(asked, "storage.objects") == 0


@pytest.mark.parametrize(
    "name", ["task_alice/a.png", "film_xtask_alice/a.png", "x_task_bob/_task_alice/a.png", ".parts/a_task_alice"]
)
def test_a_name_that_only_resembles_a_users_folder_is_not_theirs(name: str) -> None:
    with as_role("service_role") as service:
        service.execute("INSERT INTO storage.objects (bucket_id, name) VALUES ('pixora', %s)", [name])
        service.execute("SET LOCAL ROLE authenticated")
        service.execute("SELECT set_config('request.jwt.claims', %s::text, true)", [Jsonb({"sub": str(ALICE)})])
        assert count(service, "storage.objects") == 1
        service.rollback()


def test_a_user_stores_and_removes_no_file() -> None:
    with as_role("authenticated", ALICE) as asked:
        assert asked.execute("DELETE FROM storage.objects").rowcount == 0
        with pytest.raises(InsufficientPrivilege):
            asked.execute("INSERT INTO storage.objects (bucket_id, name) VALUES ('pixora', 'a_task_alice/x.png')")


def test_the_service_role_reads_and_writes_files() -> None:
    with as_role("service_role") as service:
        assert count(service, "storage.objects") == 2
        assert service.execute("DELETE FROM storage.objects").rowcount == 2
        service.rollback()


def test_a_deleted_film_is_out_of_sight_at_once() -> None:
    with as_role(OWNER) as asked:
        asked.execute("UPDATE tasks SET deleted_at = now() WHERE id = 'task_alice'")
        asked.execute("SET LOCAL ROLE authenticated")
        asked.execute("SELECT set_config('request.jwt.claims', %s::text, true)", [Jsonb({"sub": str(ALICE)})])
        assert [count(asked, table) for table in ("tasks", "scripts", "storage.objects")] == [0, 0, 0]
        asked.rollback()


def test_the_bucket_is_private() -> None:
    with psycopg.connect(as_owner()) as owner:
        assert owner.execute("SELECT id, public FROM storage.buckets").fetchall() == [("pixora", False)]


def test_it_can_be_taken_back_and_applied_again(django_db_blocker: Any) -> None:
    secured = "SELECT count(*) FROM pg_class WHERE relrowsecurity AND relnamespace = 'public'::regnamespace"
    policies = "SELECT count(*) FROM pg_policies"
    with psycopg.connect(as_owner(), autocommit=True) as owner, django_db_blocker.unblock():
        before = [owner.execute(query).fetchone() for query in (secured, policies)]
        migrate_here("pixora", "zero")
        assert [owner.execute(query).fetchone() for query in (secured, policies)] == [(0,), (0,)]
        with as_role("anon") as asked, pytest.raises(InsufficientPrivilege):
            count(asked, "tasks")
        rights = owner.execute("SELECT count(*) FROM auth_group_permissions").fetchone()
        owner.execute("DELETE FROM auth_group_permissions")
        migrate_here()
        assert [owner.execute(query).fetchone() for query in (secured, policies)] == before
        assert owner.execute("SELECT count(*) FROM auth_group_permissions").fetchone() == rights != (0,)


@pytest.mark.django_db
def test_elsewhere_nothing_is_done() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_class WHERE relrowsecurity")
        assert cursor.fetchone() == (0,)
