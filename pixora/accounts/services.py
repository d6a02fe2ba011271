"""What others ask about users."""

from __future__ import annotations

from pixora.accounts.models import User

LOCAL_EMAIL = "you@localhost"


def local_user() -> User:
    """Whose films the command line makes: the first user of this installation, without a password."""
    user = User.objects.filter(email=LOCAL_EMAIL).first()
    if user is None:
        user = User(email=LOCAL_EMAIL)
        user.set_unusable_password()
        user, _ = User.objects.get_or_create(email=LOCAL_EMAIL, defaults={"password": user.password})
    return user
