"""The page behind a link, as somebody without an account opens it."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

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


def test_only_a_hash_of_the_token_is_kept(caller: Caller, film: Task, guest: Client) -> None:
    token = link(caller, film).split("/")[-1]
    assert len(token.removeprefix("pxs_")) * 6 >= 128
    kept: Any = Share.objects.values().get()
    assert token not in str(kept)
    assert guest.get(f"/s/{token[:-1]}").status_code == 404
