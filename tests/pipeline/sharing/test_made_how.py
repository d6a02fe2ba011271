"""Tests of how a film was made, told to whoever opens its link, and over REST to its owner and its guests."""

from __future__ import annotations

from typing import Any

from django.test import Client

from media_assets.models import Asset
from pipeline.models import Task
from pipeline.queries.credentials import BEFORE
from pipeline.sharing.made_how import spans
from tests.pipeline.api.caller import Caller
from tests.pipeline.sharing.conftest import link

MAKERS = [
    {"source": "ai", "provider": "openai", "model": "gpt-<b>image", "pieces": ["scene/1", "scene/2"]},
    {"source": "drawn", "provider": "local", "model": "local-synth-1", "pieces": ["music/1_2_3"]},
    {"source": "own", "provider": "", "model": "", "pieces": ["video/3"]},
]


def signed(task: Task, **facts: Any) -> None:
    film = Asset.objects.get(task=task, component="fullvideo", selected=True)
    told = {"signed": True, "by": "Acme <i>Films", "self_signed": False, "makers": MAKERS}
    film.metadata["credentials"] = {**told, **facts}
    film.save()


def test_a_links_page_says_who_made_what_and_who_signed_that(caller: Caller, film: Task, guest: Client) -> None:
    signed(film)
    address = link(caller, film)
    page = guest.get(address).content.decode()
    assert "How this film was made" in page
    assert "Pictures (scenes 1–2)" in page
    assert "made with AI: gpt-&lt;b&gt;image, openai" in page
    assert "drawn or played by Pixora&#x27;s own programs" in page
    assert "signed by Acme &lt;i&gt;Films" in page
    clips = page.split("Clips (scene 3)")[1].split("</div>")[0]
    assert "own material" in clips
    assert "AI" not in clips
    signed(film, self_signed=True)
    page = guest.get(address, headers={"Accept-Language": "de"}).content.decode()
    assert "für den niemand sonst bürgt" in page
    assert "mit KI gemacht" in page


def test_owner_and_guests_are_told_the_same_over_rest(caller: Caller, film: Task, guest: Client) -> None:
    told = caller.get(f"tasks/{film.id}/video")["credentials"]
    assert (told["signed"], told["why"], told["pieces"]) == (False, BEFORE, [])
    signed(film)
    told = caller.get(f"tasks/{film.id}/video")["credentials"]
    token = link(caller, film).removeprefix("/s/")
    assert guest.get(f"/api/v1/shares/{token}").json()["credentials"] == told
    assert (told["by"], told["self_signed"]) == ("Acme <i>Films", False)
    assert told["digital_source_type"] == "compositeSynthetic"
    assert [(row["piece"], row["scenes"], row["source"]) for row in told["pieces"]] == [
        ("scene", [1, 2], "ai"), ("video", [3], "own"), ("music", [], "drawn"),
    ]  # fmt: skip


def test_places_in_a_row_are_told_as_one() -> None:
    assert spans([1, 2, 3, 5, 7, 8]) == "1–3, 5, 7–8"
