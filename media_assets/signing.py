"""Addresses that open one stored file to whoever has them, for an hour: for players that send neither cookie nor
Bearer."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlencode

from django.core.signing import BadSignature, TimestampSigner

from media_assets.models import Asset

LIFE = timedelta(hours=1)
PARAMETER = "s"
SEPARATOR = "."
"""Everything in a signature may then stand in an address as it is."""


def signed_url(asset: Asset) -> str:
    return signed(asset.url)


def signed_thumbnail_url(asset: Asset) -> str | None:
    return signed(asset.thumbnail_url) if asset.thumbnail_url else None


def signed(url: str) -> str:
    """Sign the address of an asset, `/media/<id>/<name>`."""
    return f"{url}?{urlencode({PARAMETER: sign(url.split('/')[2])})}"


def sign(asset_id: str) -> str:
    """Return the signature: when it was made and the proof, without the id, which stands in the address already."""
    return _signer().sign(asset_id).removeprefix(f"{asset_id}{SEPARATOR}")


def check(asset_id: str, signature: str) -> bool:
    try:
        _signer().unsign(f"{asset_id}{SEPARATOR}{signature}", max_age=LIFE)
    except BadSignature:
        return False
    return True


def _signer() -> TimestampSigner:
    """Made anew each time: tests and key rotations change the key."""
    return TimestampSigner(sep=SEPARATOR, salt="media_assets.signing")
