"""Addresses of files as clients are told of them."""

from __future__ import annotations

from typing import Any, Self

from pydantic import BaseModel, Field

from media_assets.models import Asset
from media_assets.signing import signed_thumbnail_url, signed_url
from pipeline.api import examples
from pipeline.api.examples import example

THUMBNAIL = "Of a picture: the same as WebP, with 480 pixels at most on its longer side."
CAPTIONS_DRAWN = "This cut has its captions in its picture: a player that shows `captions` too shows them twice."


class Link(BaseModel):
    model_config = example(examples.LINK)

    url: str = Field(description="Opens with the cookie or a Bearer token.")
    signed_url: str = Field(description="Opens for whoever has it, for an hour.")

    @classmethod
    def to(cls, asset: Asset | None) -> Self | None:
        return cls(**addresses(asset)) if asset else None


class Picture(Link):
    model_config = example(examples.PICTURE)

    thumbnail_url: str | None = Field(description=THUMBNAIL)
    thumbnail_signed_url: str | None

    @classmethod
    def to(cls, asset: Asset | None) -> Self | None:
        return cls(**addresses(asset), **small_addresses(asset)) if asset else None


def addresses(asset: Asset | None) -> dict[str, Any]:
    """Return the file's plain and signed address, each null without an asset."""
    if asset is None:
        return {"url": None, "signed_url": None}
    return {"url": asset.url, "signed_url": signed_url(asset)}


def small_addresses(asset: Asset | None) -> dict[str, Any]:
    """Return the thumbnail's plain and signed address, each null for what is no picture."""
    if asset is None:
        return {"thumbnail_url": None, "thumbnail_signed_url": None}
    return {"thumbnail_url": asset.thumbnail_url, "thumbnail_signed_url": signed_thumbnail_url(asset)}
