"""The roles of members of staff: three, each a Django group, each with all that the one before it may.

support   looks at everything, regenerates, refunds up to a limit
operator  grants credits too, and refunds without that limit
admin     makes others members of staff; superusers count as admin
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Any

from django.contrib.auth.models import AnonymousUser, Group, Permission
from django.db import DEFAULT_DB_ALIAS
from django.db.models import Q

from pixora.accounts.models import User
from pixora.foundation.errors import Forbidden


class Role(StrEnum):
    """The roles, from the least to the most trusted."""

    SUPPORT = "support"
    OPERATOR = "operator"
    ADMIN = "admin"

    def includes(self, other: Role) -> bool:
        return RANKS.index(self) >= RANKS.index(other)


RANKS = tuple(Role)

LOOKED_AT = frozenset({"accounts", "media_assets", "pipeline", "chat", "django_q", "admin"})
"""The apps whose records all of the staff may look at. History is changed by nobody, so no role may."""
CHANGED: Mapping[Role, tuple[str, ...]] = {
    Role.SUPPORT: (),
    Role.OPERATOR: (),
    Role.ADMIN: ("accounts.add_user", "accounts.change_user"),
}
"""Beyond looking, as `app.codename`."""


def role_of(user: User | AnonymousUser) -> Role | None:
    """Return the user's highest role; None for everybody who is no active member of staff with a role."""
    if not isinstance(user, User) or not (user.is_active and user.is_staff):
        return None
    if user.is_superuser:
        return Role.ADMIN
    groups = set(user.groups.values_list("name", flat=True))
    return next((role for role in reversed(RANKS) if role in groups), None)


def demand(actor: User, role: Role) -> Role:
    """The actor's role, which is this one or a more trusted one. Raises Forbidden."""
    found = role_of(actor)
    if found is None or not found.includes(role):
        raise Forbidden(f"This takes the role {role} or more: ask an administrator for it.")
    return found


def set_role(user: User, role: Role | None) -> None:
    """Give the user exactly this role; None makes a user like everybody else."""
    user.groups.remove(*Group.objects.filter(name__in=RANKS))
    if role:
        user.groups.add(Group.objects.get_or_create(name=role)[0])
    user.is_staff = role is not None
    user.is_superuser = False
    user.save(update_fields=["is_staff", "is_superuser"])


def keep_roles(app_config: Any, using: str = DEFAULT_DB_ALIAS, **_: object) -> None:
    """Make the groups and give them what they may do with an app's records: after its migrations, which make the
    permissions, and in the database that was migrated."""
    permissions = Permission.objects.using(using)
    wanted = {
        role: set(permissions.filter(_permissions(app_config.label, role)).values_list("id", flat=True))
        for role in RANKS
    }
    missing = list(_missing(wanted, using))
    Group.permissions.through.objects.using(using).bulk_create(missing, ignore_conflicts=True)


def _permissions(app: str, role: Role) -> Q:
    wanted = Q(content_type__app_label=app, codename__startswith="view_") if app in LOOKED_AT else Q(pk__in=[])
    for name in CHANGED[role]:
        label, codename = name.split(".")
        if label == app:
            wanted |= Q(content_type__app_label=app, codename=codename)
    return wanted


def _missing(wanted: Mapping[Role, set[int]], using: str) -> Iterator[Any]:
    has = Group.permissions.through.objects.using(using).values_list("group__name", "permission_id")
    known = set(has.filter(group__name__in=RANKS))
    for role, permissions in wanted.items():
        group, _ = Group.objects.using(using).get_or_create(name=role)
        for permission_id in permissions:
            if (role.value, permission_id) not in known:
                yield Group.permissions.through(group_id=group.id, permission_id=permission_id)
