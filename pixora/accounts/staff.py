"""The acts of staff for users: give credits, give them back, sign them out. Each act names its reason.

Every verb checks the role, acts and records in one transaction.
"""

from __future__ import annotations

import uuid
from datetime import timedelta

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q, Sum
from django.utils import timezone

from pixora.accounts import ledger, sessions, staff_log
from pixora.accounts.models import Credit, CreditReason, Session, User
from pixora.accounts.roles import Role, demand, role_of
from pixora.accounts.roles import set_role as give_role
from pixora.foundation.errors import Forbidden, Invalid

MOST_AT_ONCE = 1_000_000
"""Credits: more than that is a slip of the finger."""
A_DAY = timedelta(days=1)


def grant(actor: User, user: User, amount: int, note: str, *, once: str = "") -> Credit:
    """Give credits. `once` is a form's own id: sent again it is the same line. Raises Forbidden and Invalid."""
    check_grant(actor, amount)
    note = staff_log.checked(note, "note")
    with transaction.atomic():
        _lock(actor, user)
        return _given(CreditReason.GRANT, once) or _give(actor, user, amount, note, CreditReason.GRANT, once)


def refund(
    actor: User,
    user: User,
    amount: int,
    note: str,
    task: models.Model | None = None,
    component: str = "",
    *,
    called: str = "",
    once: str = "",
) -> Credit:
    """Give credits back: for a task (and a component of it) at most what they were charged less earlier refunds.

    `called` is how messages call what it is for, `once` as for a grant. Raises Forbidden, also beyond what support may,
    and Invalid.
    """
    demand(actor, Role.SUPPORT)
    amount, note = _checked_amount(amount), staff_log.checked(note, "note")
    with transaction.atomic():
        _lock(actor, user)
        if earlier := _given(CreditReason.REFUND, once):
            return earlier
        check_refund(actor, user, amount, task, component, called=called)
        return _give(actor, user, amount, note, CreditReason.REFUND, once, task, component)


def check_refund(
    actor: User, user: User, amount: int, task: models.Model | None = None, component: str = "", *, called: str = ""
) -> None:
    """Refuse what would be refused as a refund, before anybody says yes to it."""
    if demand(actor, Role.SUPPORT) is Role.SUPPORT:
        _check_limits(actor, _checked_amount(amount))
    _check_charged(user, amount, task, component, called or component or "this film")


def check_grant(actor: User, amount: int) -> None:
    """Refuse what would be refused as a grant, before anybody says yes to it."""
    demand(actor, Role.OPERATOR)
    _checked_amount(amount)


def refunded(task: models.Model, component: str = "") -> int:
    """Sum up the credits that staff gave back for the task (or this component of it)."""
    lines = Credit.objects.filter(task_id=task.pk, reason=CreditReason.REFUND)
    return _sum(lines.filter(component=component) if component else lines)


def refundable(task: models.Model, component: str = "") -> int:
    """Return the credits that were charged for the task (or this component of it) and not yet given back."""
    of_task = _charged(task) - refunded(task)
    if not component:
        return of_task
    return min(of_task, _charged(task, component) - refunded(task, component))


def sign_out_everywhere(actor: User, user: User, reason: str) -> int:
    """End all of a user's sessions at once; how many there were. Raises Forbidden and Invalid."""
    demand(actor, Role.SUPPORT)
    with transaction.atomic():
        ended = sessions.end(Session.objects.filter(user=user))
        staff_log.record(actor, user, "sign_out_everywhere", reason, sessions=ended)
    return ended


def set_role(actor: User, user: User, role: Role | None, reason: str) -> None:
    """Make somebody a member of staff, or no longer one. Raises Forbidden, for one's own role too, and Invalid."""
    demand(actor, Role.ADMIN)
    if actor.id == user.id:
        raise Forbidden("Nobody changes a role of their own: ask another administrator.")
    with transaction.atomic():
        before = role_of(user)
        give_role(user, role)
        staff_log.record(actor, user, "set_role", reason, before=before, after=role)


def _lock(actor: User, user: User) -> None:
    """Whatever is counted below is not changed meanwhile; in one order, so that no two wait for each other."""
    list(User.objects.select_for_update(no_key=True).filter(id__in={actor.id, user.id}).order_by("id"))


def _given(reason: CreditReason, once: str) -> Credit | None:
    """Find what the same form gave already."""
    return Credit.objects.filter(key=_key(reason, once)).first() if once else None


def _key(reason: CreditReason, once: str) -> str:
    return f"{reason}:staff:{once}"


def _give(
    actor: User,
    user: User,
    amount: int,
    note: str,
    reason: CreditReason,
    once: str,
    task: models.Model | None = None,
    component: str = "",
) -> Credit:
    line = ledger.give(
        user=user,
        amount=amount,
        reason=reason,
        key=_key(reason, once or uuid.uuid4().hex),
        task_id=str(task.pk) if task else None,
        component=component,
        actor=actor,
        note=note,
    )
    staff_log.record(actor, user, reason, note, amount=amount, task=line.task_id, component=component, credit=line.id)
    return line


def _checked_amount(amount: int) -> int:
    if isinstance(amount, bool) or not isinstance(amount, int):
        raise Invalid("amount: give a whole number of credits.", field="amount")
    if not 1 <= amount <= MOST_AT_ONCE:
        raise Invalid(f"amount: give 1 to {MOST_AT_ONCE:,} credits, this is {amount:,}.", field="amount")
    return amount


def _check_limits(actor: User, amount: int) -> None:
    most: int = settings.PIXORA_SUPPORT_REFUND_LIMIT
    a_day: int = settings.PIXORA_SUPPORT_REFUND_DAILY_LIMIT
    if amount > most:
        raise Forbidden(f"Support refunds at most {most:,} credits at once: ask an operator.")
    since = timezone.now() - A_DAY
    given = _sum(Credit.objects.filter(actor=actor, reason=CreditReason.REFUND, created_at__gt=since))
    if given + amount > a_day:
        left = max(0, a_day - given)
        raise Forbidden(f"Support refunds at most {a_day:,} credits a day, {left:,} are left: ask an operator.")


def _check_charged(user: User, amount: int, task: models.Model | None, component: str, called: str) -> None:
    if task is None:
        if component:
            raise Invalid("task: name the task that the component is of.", field="task")
        return
    if getattr(task, "user_id", None) != user.pk:
        raise Invalid("task: this task is another user's.", field="task")
    left = refundable(task, component)
    if amount > left:
        raise Invalid(f"amount: at most {left:,} credits can be given back for {called[:160]}.", field="amount")


def _charged(task: models.Model, component: str = "") -> int:
    of_component = Q(runs__steps__component=component) if component else Q()
    found = type(task)._default_manager.filter(pk=task.pk)
    total: int | None = found.aggregate(total=Sum("runs__steps__charged", filter=of_component))["total"]
    return total or 0


def _sum(lines: models.QuerySet[Credit]) -> int:
    total: int | None = lines.aggregate(total=Sum("amount"))["total"]
    return total or 0
