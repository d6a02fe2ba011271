"""The page behind a link, as somebody without an account opens it."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from media_assets.models import Asset
from pipeline.models import Share, Task
from tests.pipeline.api.caller import Caller
from tests.pipeline.sharing.conftest import link
from tests.pipeline.sharing.films import cut

pytestmark = pytest.mark.django_db


def test_a_link_plays_the_newest_cut_without_an_account(caller: Caller, film: Task, guest: Client) -> None:
    path = link(caller, film)
    page = guest.get(path)
    text = page.content.decode()
    assert page.status_code == 200
    assert "The &lt;b&gt;thing&lt;/b&gt;" in text
    assert "<b>thing" not in text
    assert {f'src="{path}/film"', f'poster="{path}/poster"', f'src="{path}/captions"'} <= set(
        re.findall(r'(?:src|poster)="/s[^"]*"', text)
    )
    assert "<script" not in text
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert page.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert "frame-ancestors 'none'" in page.headers["Content-Security-Policy"]
    assert not page.cookies
    for what in ("film", "poster", "captions"):
        sent_on = guest.get(f"{path}/{what}")
        assert sent_on.status_code == 302
        assert guest.head(sent_on.headers["Location"]).status_code == 200
    before = guest.get(f"{path}/film").headers["Location"]
    cut(film, {1: 5.0, 2: 5.0})
    assert guest.get(f"{path}/film").headers["Location"] != before


@pytest.mark.parametrize(("style", "is_shown_beside"), [("soft", True), ("clean", False), ("boxed", False)])
def test_captions_that_are_in_the_picture_are_not_shown_a_second_time(
    caller: Caller, film: Task, guest: Client, style: str, is_shown_beside: bool
) -> None:
    Asset.objects.filter(task=film, component="fullvideo").update(metadata={"captions": style})
    path = link(caller, film)
    track = re.findall(r"<track [^>]*>", guest.get(path).content.decode())
    assert [" default" in each for each in track] == [is_shown_beside]
    told = guest.get(f"/api/v1/shares/{path.split('/')[-1]}").json()
    assert told["captions_drawn"] is not is_shown_beside
    assert caller.get(f"tasks/{film.id}/video")["captions_drawn"] is not is_shown_beside


def test_a_cut_without_captions_shows_none_of_an_earlier_one(caller: Caller, film: Task, guest: Client) -> None:
    Asset.objects.filter(task=film, component="fullvideo").update(metadata={"captions": "off"})
    path = link(caller, film)
    assert "<track" not in guest.get(path).content.decode()
    assert guest.get(f"{path}/captions").status_code == 404
    assert caller.get(f"tasks/{film.id}/video")["captions"] is None


def test_only_a_hash_of_the_token_is_kept(caller: Caller, film: Task, guest: Client) -> None:
    token = link(caller, film).split("/")[-1]
    assert len(token.removeprefix("pxs_")) * 6 >= 128
    kept: Any = Share.objects.values().get()
    assert token not in str(kept)
    assert guest.get(f"/s/{token[:-1]}").status_code == 404
