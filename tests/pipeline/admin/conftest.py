from __future__ import annotations

import pytest
from django.test import Client

from pixora.accounts import roles
from pixora.accounts.models import User
from pixora.accounts.roles import Role
from tests.pixora.accounts.doors import signed_in


@pytest.fixture
def alice(db: None) -> User:
    return User.objects.create_user("alice@example.org")


@pytest.fixture
def support(db: None) -> Client:
    return office(Role.SUPPORT)


@pytest.fixture
def operator(db: None) -> Client:
    return office(Role.OPERATOR)


def office(role: Role) -> Client:
    """A member of staff at a browser."""
    user = User.objects.create_user(f"{role}@example.org")
    roles.set_role(user, role)
    return signed_in(user)
