from __future__ import annotations

import time
from unittest import mock

from django.test import override_settings

from media_assets.models import Asset
from media_assets.signing import LIFE, check, sign, signed_url


def test_a_signed_url_opens_exactly_its_own_object() -> None:
    asset = Asset(id="asset_one", storage_path="film_task_1/scene1/image.png")

    path, _, signature = signed_url(asset).partition("?s=")

    assert path == asset.url == "/media/asset_one/image.png"
    assert check("asset_one", signature)
    assert not check("asset_two", signature)


def test_a_changed_or_missing_signature_opens_nothing() -> None:
    signature = sign("asset_one")

    for wrong in ("", ".", signature[:-1], signature + "A", signature.swapcase(), "ä\x00"):
        assert not check("asset_one", wrong)


def test_a_signature_holds_for_an_hour() -> None:
    signature, now = sign("asset_one"), time.time()

    with mock.patch("django.core.signing.time.time", return_value=now + LIFE.total_seconds() - 10):
        assert check("asset_one", signature)
    with mock.patch("django.core.signing.time.time", return_value=now + LIFE.total_seconds() + 10):
        assert not check("asset_one", signature)


def test_a_signature_ends_with_the_key_it_was_made_with() -> None:
    signature = sign("asset_one")

    with override_settings(SECRET_KEY="another"):
        assert not check("asset_one", signature)
