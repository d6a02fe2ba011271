"""The act of staff on a link to a film: it is ended for its owner, with a reason."""

from __future__ import annotations

from django.db import transaction

from pipeline.models import Share
from pipeline.sharing import links
from pixora.accounts import staff_log
from pixora.accounts.models import User
from pixora.accounts.roles import Role, demand
from pixora.foundation.errors import Conflict

GONE = "This link opens nothing any more: it was taken back before."


def end(actor: User, share: Share, reason: str) -> None:
    """End a link at once; its notes stay. Raises Forbidden, Invalid, and Conflict where it was taken back before."""
    demand(actor, Role.SUPPORT)
    staff_log.checked(reason)
    with transaction.atomic():
        held = Share.objects.select_for_update(no_key=True).get(id=share.id)
        if held.revoked_at:
            raise Conflict(GONE, code="not_ready")
        links.revoke(held)
        staff_log.record(actor, held.task, "end_link", reason, link=held.id)
