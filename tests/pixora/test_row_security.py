"""What outsiders can do with our tables and files in a database of Supabase's, asked as Supabase's roles."""

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
from psycopg.errors import InsufficientPrivilege
from psycopg.types.json import Jsonb

from pixora import row_security
from pixora.embedded.places import CHECKOUT, database_url

NAME, OWNER = "pixora_on_supabase", "pixora_owner"
SCHEMAS = Path(__file__).with_name("supabase_schemas.sql").read_text()
ROLES = {"anon": "", "authenticated": "", "service_role": "BYPASSRLS", OWNER: "LOGIN"}
ALICE, BOB = uuid.uuid4(), uuid.uuid4()
FILES = {user: f"a-film_task_{name}/scene1/image.png" for user, name in ((ALICE, "alice"), (BOB, "bob"))}


def as_owner() -> str:
    return database_url(NAME).replace("//pixora@", f"//{OWNER}@")


def migrate(*target: str) -> None:
    """As a deployment does it: in a process of its own, as a role that is no superuser."""
    done = subprocess.run(
        [sys.executable, "manage.py", "migrate", "--verbosity", "0", *target],
        cwd=CHECKOUT,
        env={**os.environ, "DATABASE_URL": as_owner()},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def database(services: None) -> Iterator[None]:
    with psycopg.connect(database_url("postgres"), autocommit=True) as server:
        for role, rights in ROLES.items():
            server.execute(f"DROP DATABASE IF EXISTS {NAME} WITH (FORCE)")
            if not server.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone():
                server.execute(f"CREATE ROLE {role} {rights}")
        server.execute(f"CREATE DATABASE {NAME} OWNER {OWNER}")
        with psycopg.connect(as_owner()) as owner:
            owner.execute(SCHEMAS)
        migrate()
        with psycopg.connect(as_owner()) as owner:
            for user, name in ((ALICE, "alice"), (BOB, "bob")):
                enter_film(owner, user, name)
        yield
        server.execute(f"DROP DATABASE {NAME} WITH (FORCE)")


def enter_film(owner: psycopg.Connection[Any], user: uuid.UUID, name: str) -> None:
    task = f"task_{name}"
    insert(owner, "users", id=user, email=f"{name}@example.org", password="", is_superuser=False, is_active=True,
           is_staff=False)  # fmt: skip
    insert(owner, "tasks", id=task, user_id=user, prompt="tea", title="", status="draft", settings="{}",
           request_key="", last_seq=0, updated_at="now")  # fmt: skip
    insert(owner, "scripts", id=f"script_{name}", task_id=task, version=1, content="{}", updated_at="now")
    insert(owner, "assets", id=f"asset_{name}", task_id=task, asset_type="render", component="fullvideo", take=1,
           selected=False, fingerprint="", chosen_for="", content_hash="", storage_path=FILES[user], metadata="{}",
           updated_at="now")  # fmt: skip
    insert(owner, "videos", id=f"video_{name}", task_id=task, asset_id=f"asset_{name}", storage_path=FILES[user],
           duration=5, script_version=1, timeline="{}")  # fmt: skip
    insert(owner, "events", task_id=task, seq=1, type="task_updated", payload="{}")
    insert(owner, "quotes", id=f"quote_{name}", task_id=task, version=1, forced="{}", items="[]", credits=1,
           expires_at="now")  # fmt: skip
    insert(owner, "runs", id=f"run_{name}", task_id=task, status="queued", forced="{}", selects="{}", lease=0,
           worker="", error_code="", error_message="")  # fmt: skip
    insert(owner, "messages", id=uuid.uuid4(), user_id=user, role="user", content="hello", metadata="{}",
           client_message_id="")  # fmt: skip
    insert(owner, "credits", id=uuid.uuid4(), user_id=user, amount=5, reason="grant", key=f"grant:{name}",
           component="", note="")  # fmt: skip
    with as_role("service_role") as service:
        service.execute("INSERT INTO storage.objects (bucket_id, name) VALUES ('pixora', %s)", [FILES[user]])


def insert(owner: psycopg.Connection[Any], table: str, **values: Any) -> None:
    places = ", ".join(["%s"] * len(values))
    owner.execute(f"INSERT INTO {table} ({', '.join(values)}) VALUES ({places})", list(values.values()))


@contextmanager
def as_role(role: str, user: uuid.UUID | None = None) -> Iterator[psycopg.Connection[Any]]:
    """As PostgREST and the storage service do it for a request."""
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


def test_it_can_be_taken_back_and_applied_again() -> None:
    secured = "SELECT count(*) FROM pg_class WHERE relrowsecurity AND relnamespace = 'public'::regnamespace"
    policies = "SELECT count(*) FROM pg_policies"
    with psycopg.connect(as_owner(), autocommit=True) as owner:
        before = [owner.execute(query).fetchone() for query in (secured, policies)]
        migrate("pixora", "zero")
        assert [owner.execute(query).fetchone() for query in (secured, policies)] == [(0,), (0,)]
        with as_role("anon") as asked, pytest.raises(InsufficientPrivilege):
            count(asked, "tasks")
        migrate()
        assert [owner.execute(query).fetchone() for query in (secured, policies)] == before


@pytest.mark.django_db
def test_elsewhere_nothing_is_done() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_class WHERE relrowsecurity")
        assert cursor.fetchone() == (0,)
