"""Static files under names that change with their content."""

from __future__ import annotations

import re

from django.templatetags.static import static
from django.test import Client
from pytest_django import Settings

from pixora.static_files import hashed_name

ADDRESS = re.compile(r"/static/pixora/site\.[0-9a-f]{12}\.css")


def test_a_file_is_kept_for_good_under_the_hash_of_its_content() -> None:
    address = static("pixora/site.css")
    assert ADDRESS.fullmatch(address)
    answer = Client().get(address)
    assert answer.content == Client().get("/static/pixora/site.css").content
    assert answer["Content-Type"] == 'text/css; charset="utf-8"'
    assert "immutable" in answer["Cache-Control"]


def test_under_another_hash_it_is_there_for_a_moment() -> None:
    answer = Client().get("/static/pixora/site.0123456789ab.css")
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "max-age=60, public"


def test_what_is_no_file_stays_unknown() -> None:
    for name in ("pixora/nothing.0123456789ab.css", "../settings.0123456789ab.py", "pixora/site.css.0123456789ab"):
        assert Client().get(f"/static/{name}").status_code == 404
    assert hashed_name("pixora/nothing.css") == "pixora/nothing.css"


def test_while_developing_names_stay_as_they_are(settings: Settings) -> None:
    settings.DEBUG = True
    assert static("pixora/site.css") == "/static/pixora/site.css"
