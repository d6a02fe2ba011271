"""Removal by members of staff, for somebody else and with a reason."""

from __future__ import annotations

from pipeline.deletion import user_deletion
from pipeline.deletion.film_deletion import Proof
from pixora.accounts import staff_log
from pixora.accounts.models import User
from pixora.accounts.roles import Role, demand
from pixora.foundation.errors import Forbidden


def delete_user(actor: User, user: User, reason: str) -> Proof:
    """Remove a user for good, which is recorded before it begins. Raises Forbidden, for oneself too, and Invalid."""
    demand(actor, Role.ADMIN)
    if actor.id == user.id:
        raise Forbidden("Nobody deletes an account of their own here: ask another administrator.")
    staff_log.record(actor, user, "delete_user", reason)
    return user_deletion.delete_user(user)
