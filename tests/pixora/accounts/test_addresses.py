"""Whose address is whose: one account for each, nobody's guess, and the local user's is nobody else's."""

from __future__ import annotations

import uuid
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from pixora.accounts.models import User
from pixora.accounts.roles import Role, role_of
from pixora.accounts.services import LOCAL_EMAIL, account_of, local_owner, local_user, user_for
from pixora.accounts.supabase import Identity
from pixora.foundation.errors import Invalid, NotFound

pytestmark = pytest.mark.django_db

migration = import_module("pixora.accounts.migrations.0006_one_account_per_address")


@pytest.mark.parametrize("email", [LOCAL_EMAIL, "You@LocalHost", "you@localhost.", "a@b.localhost", "x@users.invalid"])
def test_addresses_that_we_give_cannot_be_brought(email: str) -> None:
    stranger = user_for(Identity(uuid.uuid4(), email))
    assert stranger.email == f"{stranger.id}@users.invalid"


def test_whoever_has_the_local_users_address_never_becomes_the_owner() -> None:
    stranger = User.objects.create(email="You@localhost")
    owner = local_owner()
    stranger.refresh_from_db()
    assert owner.id != stranger.id
    assert (owner.email, owner.is_superuser, owner.has_usable_password()) == (LOCAL_EMAIL, True, False)
    assert (stranger.email, stranger.is_superuser) == (f"{stranger.id}@users.invalid", False)
    assert local_owner().id == local_user().id == owner.id


def test_the_local_user_may_get_another_address() -> None:
    User.objects.filter(id=local_user().id).update(email="me@example.org")
    assert local_owner().email == "me@example.org"


def test_an_address_is_one_accounts_however_it_is_written() -> None:
    User.objects.create_user("adm@example.org")
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create_user("Adm@example.org")
    late = user_for(Identity(uuid.uuid4(), "ADM@example.org"))
    assert late.email == f"{late.id}@users.invalid"


def test_who_signs_in_writes_their_address_as_they_like(services: None) -> None:
    User.objects.create_user("adm@example.org", "a long password")
    answer = Client().post("/login/", {"email": "ADM@example.org", "password": "a long password"})
    assert answer.status_code == 302


@pytest.fixture
def two(db: None) -> list[User]:
    """Make two accounts as they could be before addresses were unique without case."""
    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX users_one_per_address")
    names = ("adm@example.org", "Adm@example.org")
    return [User.objects.create(email=name) for name in names]


COMMANDS: list[tuple[Any, ...]] = [("set_role", "support"), ("delete_user", "--yes"), ("sign_in_link",)]


@pytest.mark.parametrize("command", COMMANDS, ids=[each[0] for each in COMMANDS])
@pytest.mark.parametrize("spelling", ["adm@example.org", "ADM@example.org"])
def test_no_command_guesses_which_account_is_meant(two: list[User], command: tuple[str, ...], spelling: str) -> None:
    with pytest.raises(Invalid) as refused:
        call_command(command[0], spelling, *command[1:])
    assert all(f"{user.email} ({user.id})" in refused.value.message for user in two)
    assert not any(role_of(user) for user in two)
    assert User.objects.filter(is_active=True).count() == 2


def test_an_account_can_be_named_by_its_id(two: list[User]) -> None:
    call_command("set_role", str(two[1].id), "support")
    assert [role_of(User.objects.get(id=user.id)) for user in two] == [None, Role.SUPPORT]
    assert account_of(str(two[0].id)) == two[0]


@pytest.mark.parametrize("command", COMMANDS, ids=[each[0] for each in COMMANDS])
def test_an_address_that_nobody_has_is_told(command: tuple[str, ...]) -> None:
    with pytest.raises(NotFound, match=r"nobody@example\.org"):
        call_command(command[0], "nobody@example.org", *command[1:])


def test_accounts_that_shared_an_address_are_parted_and_joined_again(two: list[User]) -> None:
    User.objects.filter(id=two[1].id).update(last_login=timezone.now())
    long = User.objects.create(email=f"{'a' * 60}@{'b' * 180}.example")
    longer = User.objects.create(email=f"{'A' * 60}@{'b' * 180}.example", last_login=timezone.now())
    migration.part_duplicates(apps, None)
    assert emails(two) == [f"adm+duplicate-{two[0].id.hex[:8]}@example.org", "Adm@example.org"]
    assert emails([long, longer]) == [f"{long.id}@users.invalid", longer.email]
    migration.part_duplicates(apps, None)
    migration.join_duplicates(apps, None)
    assert emails(two) == ["adm@example.org", "Adm@example.org"]


def emails(users: list[User]) -> list[str]:
    return [User.objects.get(id=user.id).email for user in users]


@pytest.mark.parametrize(
    ("supabase", "superuser", "marked"), [(False, False, True), (True, False, False), (True, True, True)]
)
def test_the_local_user_of_before_is_marked_unless_it_may_be_a_stranger(
    settings: Settings, supabase: bool, superuser: bool, marked: bool
) -> None:
    settings.PIXORA_SUPABASE_ACCOUNTS = supabase
    user = User.objects.create(email=LOCAL_EMAIL, is_superuser=superuser)
    migration.mark_local(apps, None)
    user.refresh_from_db()
    assert user.is_local is marked


@pytest.mark.django_db(transaction=True)
def test_the_migration_can_be_taken_back() -> None:
    local = local_user()
    call_command("migrate", "accounts", "0005", verbosity=0)
    call_command("migrate", verbosity=0)
    assert User.objects.get(is_local=True).id == local.id


@pytest.mark.parametrize("place", ["x", "home", "/films", "https://evil.example/"])
def test_who_is_signed_in_is_led_on_wherever_they_wanted(place: str, services: None) -> None:
    client = Client()
    User.objects.create_user("ann@example.org", "a long password")
    client.post("/login/", {"email": "ann@example.org", "password": "a long password"})
    answer = client.get("/login/", {"next": place})
    assert answer.status_code == 302
    assert answer["Location"] == ("/" if "evil" in place else place)
