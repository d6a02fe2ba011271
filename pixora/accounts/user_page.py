"""Everything that the back office shows of one user."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from pixora.accounts import acts, ledger
from pixora.accounts.models import User
from pixora.accounts.roles import Role, role_of

LEDGER, TASKS, SESSIONS, ACTS = 30, 20, 20, 30
"""The newest so many are shown."""


def user_page(user: User, actor: User) -> dict[str, Any]:
    mine, theirs = role_of(actor), role_of(user)
    return {
        "shown": user,
        "role": theirs,
        "account": ledger.account(user),
        "ledger": list(user.credits.select_related("actor").order_by("-created_at")[:LEDGER]),
        "films": list(user.tasks.order_by("-created_at")[:TASKS]),
        "sessions": list(
            user.sessions.filter(revoked_at=None, expires_at__gt=timezone.now()).order_by("-created_at")[:SESSIONS]
        ),
        "acts": acts.acts_on(user)[:ACTS],
        "may_refund": mine is not None,
        "may_grant": mine is not None and mine.includes(Role.OPERATOR),
        "may_change_role": mine is Role.ADMIN and actor.id != user.id,
    }
