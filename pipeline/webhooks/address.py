"""The addresses at which providers tell us that jobs are done: each names our attempt, and only we can sign one."""

from __future__ import annotations

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.utils.http import urlencode

SALT = "pixora.webhook"


def webhook_url(provider: str, attempt_id: str) -> str:
    signed = Signer(salt=SALT).sign(attempt_id)
    return f"{settings.PUBLIC_URL}/api/v1/webhooks/{provider}?{urlencode({'attempt': signed})}"


def attempt_in(signed: str) -> str | None:
    """Return the attempt's id; None where the signature is not ours."""
    try:
        return Signer(salt=SALT).unsign(signed)
    except BadSignature:
        return None
