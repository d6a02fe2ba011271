"""Addresses are unique however they are written, and the local user is known by a mark.

Where several accounts have an address in different spellings, the one that signed in last keeps it; the others get
`+duplicate-…` before the `@`, with the beginning of their id, which is taken away again on the way back.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.conf import settings
from django.db import migrations, models
from django.db.models.functions import Upper

LOCAL_EMAIL = "you@localhost"
LONGEST_EMAIL = 254


def part_duplicates(apps: Any, _editor: Any) -> None:
    User = apps.get_model("accounts", "User")
    same = defaultdict(list)
    for user in User.objects.annotate(address=Upper("email")).order_by(
        models.F("last_login").desc(nulls_last=True), "created_at", "id"
    ):
        same[user.address].append(user)
    for users in same.values():
        for user in users[1:]:
            User.objects.filter(id=user.id).update(email=_renamed(user))


def join_duplicates(apps: Any, _editor: Any) -> None:
    User = apps.get_model("accounts", "User")
    for user in User.objects.filter(email__contains="+duplicate-"):
        before = user.email.replace(_mark(user), "", 1)
        if before != user.email and not User.objects.filter(email=before).exists():
            User.objects.filter(id=user.id).update(email=before)


def _renamed(user: Any) -> str:
    name, _, domain = user.email.rpartition("@")
    renamed = f"{name}{_mark(user)}@{domain}"
    return renamed if len(renamed) <= LONGEST_EMAIL else f"{user.id}@users.invalid"


def _mark(user: Any) -> str:
    return f"+duplicate-{user.id.hex[:8]}"


def mark_local(apps: Any, _editor: Any) -> None:
    """Where accounts are Supabase's, its address alone does not tell: anybody may have brought it."""
    found = apps.get_model("accounts", "User").objects.filter(email=LOCAL_EMAIL)
    if settings.PIXORA_SUPABASE_ACCOUNTS:
        found = found.filter(is_superuser=True)
    found.update(is_local=True)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0005_newest_first")]

    operations = [
        migrations.AddField("user", "is_local", models.BooleanField(default=False, editable=False)),
        migrations.RunPython(part_duplicates, join_duplicates),
        migrations.RunPython(mark_local, migrations.RunPython.noop),
        migrations.AddConstraint("user", models.UniqueConstraint(Upper("email"), name="users_one_per_address")),
        migrations.AddConstraint(
            "user",
            models.UniqueConstraint(fields=["is_local"], condition=models.Q(is_local=True), name="users_one_local"),
        ),
    ]
