"""Changing one's own password. Where Supabase keeps the accounts, it keeps the passwords too, except those of staff who
sign in here."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from pixora.accounts import sessions
from pixora.accounts.models import Session, User
from pixora.foundation.errors import Forbidden, Invalid


def is_kept_here(user: User) -> bool:
    return user.has_usable_password() or not settings.PIXORA_SUPABASE_ACCOUNTS


def change(session: Session, *, current: str, new: str) -> int:
    """Change it and end the user's other sessions; how many there were. A first password needs no current one.

    Raises Forbidden where it is kept elsewhere, Invalid naming the field.
    """
    with transaction.atomic():
        user = User.objects.select_for_update(no_key=True).get(id=session.user_id)
        _check(user, current, new)
        user.set_password(new)
        user.save(update_fields=["password"])
        return sessions.close_others(session)


def _check(user: User, current: str, new: str) -> None:
    if not is_kept_here(user):
        raise Forbidden("Your password is not kept here: change it where your account is, at Supabase.")
    if user.has_usable_password() and not user.check_password(current):
        raise Invalid("current_password: it is not right; type it again.", field="current_password")
    if "\x00" in new:
        raise Invalid(
            "new_password: it holds a NUL character, which no form takes; leave it out.", field="new_password"
        )
    try:
        validate_password(new, user)
    except ValidationError as error:
        raise Invalid(f"new_password: {' '.join(error.messages)}", field="new_password") from None
