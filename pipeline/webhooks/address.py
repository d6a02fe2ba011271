"""Where a provider tells us that a job is done. The address names our attempt and is signed, so nobody else can."""

from __future__ import annotations

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.utils.http import urlencode

SALT = "pixora.webhook"


def webhook_url(provider: str, attempt_id: str) -> str:
    signed = Signer(salt=SALT).sign(attempt_id)
    return f"{settings.PUBLIC_URL}/api/v1/webhooks/{provider}?{urlencode({'attempt': signed})}"


def attempt_in(signed: str) -> str | None:
    """The attempt's id; None where the signature is not ours."""
    try:
        return Signer(salt=SALT).unsign(signed)
    except BadSignature:
        return None
