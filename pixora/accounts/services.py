"""The questions that other parts ask about users."""

from __future__ import annotations

import uuid
from contextlib import suppress

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from pixora.accounts import ledger
from pixora.accounts.ledger_sql import REFILL
from pixora.accounts.models import CreditReason, User
from pixora.accounts.supabase import Identity
from pixora.foundation.errors import Invalid, NotFound

LOCAL_EMAIL = "you@localhost"
LONGEST_EMAIL = 254


def local_user() -> User:
    """Return the user whose films the command line makes: the first of this installation, without a password."""
    return User.objects.filter(is_local=True).first() or _new_local_user()


def _new_local_user() -> User:
    """Whoever else has its address here loses it."""
    for user in User.objects.filter(email__iexact=LOCAL_EMAIL, is_local=False):
        User.objects.filter(id=user.id).update(email=_without_address(user.id))
    unusable = make_password(None)
    user, _ = User.objects.get_or_create(is_local=True, defaults={"email": LOCAL_EMAIL, "password": unusable})
    return user


def local_owner() -> User:
    """The local user, who may do everything: whoever starts this installation can write its database anyway."""
    user = local_user()
    if not (user.is_staff and user.is_superuser):
        user.is_staff = user.is_superuser = True
        user.save(update_fields=["is_staff", "is_superuser"])
    return user


def user_for(identity: Identity) -> User:
    """The user with exactly this id, made at the first sign-in. An e-mail address never finds an account."""
    user = User.objects.filter(id=identity.id).first() or _new_user(identity)
    if identity.email and user.email != identity.email and _can_be_had(identity.email):
        _take_email(user, identity.email)
    return user


def account_of(name: str) -> User:
    """The one account with this address, however it is written, or this id. Raises NotFound, and Invalid with the
    candidates where there are several."""
    with suppress(ValueError):
        return _only(name, User.objects.filter(id=uuid.UUID(name)))
    return _only(name, User.objects.filter(email__iexact=name.strip()))


def _only(name: str, users: QuerySet[User]) -> User:
    found = list(users.order_by("created_at"))
    if len(found) > 1:
        candidates = ", ".join(f"{user.email} ({user.id})" for user in found)
        raise Invalid(f"Several accounts have the address {name}: name one by its id: {candidates}.")
    if not found:
        raise NotFound(f"Nobody has the address {name} here: look it up in the back office.")
    return found[0]


def open_account_of(name: str) -> User:
    """Return what `account_of` does. Raises NotFound, too, where that account is closed."""
    user = account_of(name)
    if not user.is_active:
        raise NotFound(f"The account of {name} is closed: open it in the back office first, or name another.")
    return user


def _can_be_had(email: str) -> bool:
    """No mailbox is at these, so they are nobody's from elsewhere: they are names that we give."""
    domain = email.rpartition("@")[2].rstrip(".").lower()
    return len(email) <= LONGEST_EMAIL and domain != "localhost" and not domain.endswith((".localhost", ".invalid"))


def _without_address(user_id: uuid.UUID) -> str:
    return f"{user_id}@users.invalid"


def _new_user(identity: Identity) -> User:
    defaults = {"email": _without_address(identity.id), "password": make_password(None)}
    user, _ = User.objects.get_or_create(id=identity.id, defaults=defaults)
    return user


def _take_email(user: User, email: str) -> None:
    """Unless somebody else has it here; then the account keeps the address it has."""
    try:
        with transaction.atomic():
            User.objects.filter(id=user.id).update(email=email)
    except IntegrityError:
        return
    user.email = email


def welcome(user: User) -> None:
    """The credits a new user gets, once; the local user's are renewed."""
    if settings.PIXORA_NEW_USER_CREDITS:
        _grant(user, settings.PIXORA_NEW_USER_CREDITS, f"grant:new-user:{user.id}")
        renew_local_credits(user)


def renew_local_credits(user: User) -> None:
    """Fill the local user's balance up when less than half of the first grant is left."""
    full: int = settings.PIXORA_NEW_USER_CREDITS
    if not is_renewed(user):
        return
    balance = ledger.account(user).balance
    if balance < full / 2:
        grants = user.credits.filter(reason=CreditReason.GRANT).count()
        _grant(user, full - balance, f"{REFILL}{user.id}:{grants}")


def how_to_get_more(user: User) -> str:
    """Say in one sentence how the user gets more credits."""
    if is_renewed(user):
        return "Your credits are filled up by themselves when less than half of them is left."
    return f"For more credits, ask {settings.PIXORA_CONTACT or 'those who run this service'}."


def is_renewed(user: User) -> bool:
    """Tell whether a user's credits are filled up by themselves."""
    return user.is_local and not settings.PIXORA_SUPABASE_ACCOUNTS


def _grant(user: User, amount: int, key: str) -> None:
    ledger.give(user=user, amount=amount, reason=CreditReason.GRANT, key=key)
