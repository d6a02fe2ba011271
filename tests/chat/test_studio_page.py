"""The page of the studio: who gets it, what it brings along, and what it may load."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from pixora.accounts import ledger
from pixora.accounts.models import CreditReason, User
from tests.pixora.accounts.doors import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def user() -> User:
    user = User.objects.create_user("ann@example.org")
    ledger.give(user=user, amount=77, reason=CreditReason.GRANT, key="grant:ann")
    return user


@pytest.mark.parametrize("path", ["/", "/films/", "/films/task_unknown", "/films/task_unknown/script"])
def test_every_place_of_the_studio_is_the_same_page(user: User, path: str) -> None:
    assert Client().get(path)["Location"] == f"/login/?next={path}"
    page = signed_in(user).get(path)
    assert page.status_code == 200
    assert 'id="studio"' in page.content.decode()


def test_a_page_knows_whose_it_is_and_is_not_kept(user: User) -> None:
    page = signed_in(user).get("/")
    assert '"email": "ann@example.org"' in page.content.decode()
    assert '"balance": 1077' in page.content.decode()
    assert "no-store" in page["Cache-Control"]


def test_a_page_brings_the_token_that_changes_need(user: User) -> None:
    assert signed_in(user).get("/").cookies["csrftoken"].value


def test_a_page_runs_no_script_and_no_style_of_its_markup(user: User) -> None:
    page = signed_in(user).get("/")
    policy = page["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert set(re.findall(r'<script[^>]*type="([^"]*)"', page.content.decode())) == {"module", "application/json"}


def test_every_file_it_names_is_served(user: User) -> None:
    page = signed_in(user).get("/").content.decode()
    files = re.findall(r'(?:href|src)="(/static/[^"]+)"', page)
    assert len(files) >= 3
    assert [name for name in files if Client().get(name).status_code != 200] == []


def test_the_library_is_served_out_of_its_package() -> None:
    module = Client().get("/static/studio/preact.js").content.decode()
    [name] = re.findall(r'from "\.\./(vendor/[^"]+)"', module)
    library = Client().get(f"/static/{name}")
    assert library.status_code == 200
    assert b"eval(" not in library.content
    assert b"new Function" not in library.content
