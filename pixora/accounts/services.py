"""What others ask about users."""

from __future__ import annotations

from django.conf import settings
from django.db import IntegrityError, transaction

from pixora.accounts import ledger
from pixora.accounts.models import CreditReason, User
from pixora.accounts.supabase import Identity

LOCAL_EMAIL = "you@localhost"
LONGEST_EMAIL = 254


def local_user() -> User:
    """Whose films the command line makes: the first user of this installation, without a password."""
    user = User.objects.filter(email=LOCAL_EMAIL).first()
    if user is None:
        user = User(email=LOCAL_EMAIL)
        user.set_unusable_password()
        user, _ = User.objects.get_or_create(email=LOCAL_EMAIL, defaults={"password": user.password})
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
    if identity.email and user.email != identity.email and len(identity.email) <= LONGEST_EMAIL:
        _take_email(user, identity.email)
    return user


def _new_user(identity: Identity) -> User:
    user = User(id=identity.id, email=f"{identity.id}@users.invalid")
    user.set_unusable_password()
    user, _ = User.objects.get_or_create(id=user.id, defaults={"email": user.email, "password": user.password})
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
    if user.email != LOCAL_EMAIL or settings.PIXORA_SUPABASE_ACCOUNTS:
        return
    balance = ledger.account(user).balance
    if balance < full / 2:
        grants = user.credits.filter(reason=CreditReason.GRANT).count()
        _grant(user, full - balance, f"grant:renewal:{user.id}:{grants}")


def _grant(user: User, amount: int, key: str) -> None:
    ledger.give(user=user, amount=amount, reason=CreditReason.GRANT, key=key)
