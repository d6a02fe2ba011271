"""Migrations of tables that are big and in use: nobody waits long for them, and each may be tried again."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps
from django.contrib.postgres.operations import NotInTransactionMixin, ValidateConstraint
from django.core.management import call_command
from django.db import connection, connections, migrations
from django.db.migrations.loader import MigrationLoader

from chat.models import Message, Role, Turn
from pipeline.models import Script, Task
from pipeline.services import films
from pixora.accounts.models import User
from pixora.schema import migrate_if_needed
from tests.pipeline.scripts import TINY, script

FROM = {"pipeline": "0013", "chat": "0005", "media_assets": "0007", "accounts": "0008"}
"""The first of each app that runs while people use Pixora."""
noop = migrations.RunPython.noop
LOCKING = (migrations.AddIndex, migrations.RemoveIndex, migrations.AddConstraint)


@pytest.fixture
def film(transactional_db: None) -> Task:
    user = User.objects.create_user("alice@example.org")
    return films.order_film(user=user, prompt="A film about a thing", settings=TINY, writes=False)


def later_migrations() -> list[Any]:
    found = MigrationLoader(None).disk_migrations.items()
    return [migration for (app, name), migration in found if app in FROM and name >= FROM[app]]


@pytest.mark.parametrize("migration", later_migrations(), ids=str)
def test_no_table_in_use_is_locked_for_long(migration: Any) -> None:
    """Tables that the migration makes itself do not count."""
    made = {one.name.lower() for one in migration.operations if isinstance(one, migrations.CreateModel)}
    alone = not migration.atomic or all(isinstance(one, ValidateConstraint) for one in migration.operations)
    for one in migration.operations:
        assert type(one) not in LOCKING or one.model_name.lower() in made, f"{one.describe()}: reads a whole table"
        assert not isinstance(one, NotInTransactionMixin) or not migration.atomic
        assert not isinstance(one, ValidateConstraint) or alone, "reads all rows under the lock of the others"
    changes_rows = [one for one in migration.operations if getattr(one, "code", noop) is not noop]
    assert not changes_rows or not migration.atomic, "rows are changed a few at a time"


def test_they_go_back_and_forth_with_what_is_there(film: Task) -> None:
    content = {**script(3).model_dump(mode="json"), "style": "noir"}
    Script.objects.create(task=film, version=1, content=content)
    Task.objects.filter(id=film.id).update(title="A thing")
    user: dict[str, Any] = {"user": film.user, "task": film, "role": Role.USER, "content": "Hello"}
    message = Message.objects.create(**user, turn=Turn.PUT_OFF, put_off={"to": "tell", "run": ""})
    try:
        call_command("migrate", "chat", "0004", verbosity=0)
        call_command("migrate", "pipeline", "0012", verbosity=0)
    finally:
        call_command("migrate", verbosity=0)
    assert Message.objects.get(id=message.id).turn == Turn.WAITING
    assert Script.objects.get().title == "A thing"
    assert Task.objects.get().settings["style"] == "noir"
    with connection.cursor() as cursor:
        names = connection.introspection.get_constraints(cursor, "messages")
        cursor.execute("SELECT conname FROM pg_constraint WHERE NOT convalidated")
        assert cursor.fetchall() == []
    assert "messages_open_turns" in names
    assert "messages_turns_to_take" not in names


def test_an_index_that_was_left_unfinished_is_built_anew(film: Task) -> None:
    call_command("migrate", "pipeline", "0012", verbosity=0)
    try:
        with connection.cursor() as cursor:
            cursor.execute("CREATE INDEX tasks_by_words ON tasks (title)")
    finally:
        call_command("migrate", verbosity=0)
    with connection.cursor() as cursor:
        found = connection.introspection.get_constraints(cursor, "tasks")["tasks_by_words"]
    assert found["type"] == "gin"


def test_settings_follow_scripts_a_few_films_at_a_time(film: Task, monkeypatch: pytest.MonkeyPatch) -> None:
    module = import_module("pipeline.migrations.0015_settings_follow_scripts")
    monkeypatch.setattr(module, "AT_ONCE", 2)
    all_films = [
        film,
        *(films.order_film(user=film.user, prompt=f"Film {n}", settings=TINY, writes=False) for n in range(4)),
    ]
    for number, each in enumerate(all_films[:4]):
        Task.objects.filter(id=each.id).update(title=f"Title {number}")
        for version, style in ((1, "clay"), (2, "noir")):
            content = {**script(3).model_dump(mode="json"), "style": style}
            Script.objects.create(task=each, version=version, content=content)
    Script.objects.filter(task=film, version=1).update(title="As it was")
    for _ in range(2):
        module.agree(apps, SimpleNamespace(connection=connection))
    assert [Task.objects.get(id=each.id).settings["style"] for each in all_films] == ["noir"] * 4 + [TINY.style]
    titles = Script.objects.order_by("task__created_at", "version").values_list("title", flat=True)
    assert list(titles) == ["As it was", "Title 0", *(f"Title {n}" for n in (1, 1, 2, 2, 3, 3))]


def test_processes_that_start_together_do_not_wait_for_each_other_in_a_circle(film: Task) -> None:
    call_command("migrate", "chat", "0004", verbosity=0)
    call_command("migrate", "pipeline", "0012", verbosity=0)

    def start() -> None:
        try:
            migrate_if_needed()
        finally:
            connections.close_all()

    try:
        with ThreadPoolExecutor(3) as processes:
            for started in [processes.submit(start) for _ in range(3)]:
                started.result()
    finally:
        call_command("migrate", verbosity=0)
    assert Task.objects.get(id=film.id)
