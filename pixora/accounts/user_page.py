"""Everything that the back office shows of one user."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Q

from pixora.accounts import keys, ledger, sessions, staff_log
from pixora.accounts.models import Credit, User
from pixora.accounts.roles import Role, role_of
from pixora.back_office.piece_names import piece_names

LEDGER, TASKS, SESSIONS, ACTS = 30, 20, 20, 30
"""The newest so many are shown."""
THE_FILM = "fullvideo"
"""The component that a film's cut is; its name is in every row of takes."""


def user_page(user: User, actor: User) -> dict[str, Any]:
    mine, theirs = role_of(actor), role_of(user)
    return {
        "shown": user,
        "role": theirs,
        "account": ledger.account(user),
        "ledger": named_lines(user.credits.select_related("actor", "task").order_by("-created_at")[:LEDGER]),
        "films": _films(user),
        "sessions": list(sessions.live_sessions(user).order_by("-created_at")[:SESSIONS]),
        "keys": list(keys.live(user).order_by("-created_at")[:SESSIONS]),
        "acts": staff_log.named(staff_log.acts_on(user)[:ACTS]),
        "may_refund": mine is not None,
        "may_grant": mine is not None and mine.includes(Role.OPERATOR),
        "may_change_role": mine is Role.ADMIN and actor.id != user.id,
    }


def _films(user: User) -> list[Any]:
    """Give each film `stands`: its status as its user sees it."""
    plays = Count("assets", filter=Q(assets__component=THE_FILM, assets__selected=True))
    found: list[Any] = list(user.tasks.annotate(plays=plays).order_by("-created_at")[:TASKS])
    for task in found:
        task.stands = task.standing(plays=bool(task.plays))
    return found


def named_lines(lines: Iterable[Credit]) -> list[Any]:
    """Give each line `piece`: what it is for within its film, as people call it."""
    found: list[Any] = list(lines)
    names = piece_names({line.task_id for line in found if line.task_id and line.component})
    for line in found:
        line.piece = names[line.task_id].name(line.component) if line.task_id in names and line.component else ""
    return found
