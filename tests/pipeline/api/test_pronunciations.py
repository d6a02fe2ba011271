"""Tests of how names are said, over REST: a list for a film, and one that an account's new films begin with."""

from __future__ import annotations

from pipeline.film.own_words.ordered_settings import settings_for
from pipeline.services import films, pronunciations
from pixora.accounts.models import User
from tests.pipeline.api.caller import Caller

ENTRY = {"written": "Scene", "said": "SHAY-na", "ipa": ""}


def test_an_accounts_list_is_what_its_new_films_begin_with(caller: Caller, alice: User, home: object) -> None:
    put = {"pronunciations": [ENTRY]}
    assert caller.ask("PUT", "me/pronunciations", put).json() == put
    assert caller.get("me/pronunciations") == put
    made = caller.post("tasks", {"prompt": "A film about tea"}, status=201)
    assert made["settings"]["pronunciations"] == [ENTRY]
    without = caller.post("tasks", {"prompt": "A film about tea", "pronunciations": []}, status=201)
    assert "pronunciations" not in without["settings"]
    changed = caller.ask("PATCH", f"tasks/{without['id']}", {"pronunciations": [ENTRY]}).json()
    assert changed["settings"]["pronunciations"] == [ENTRY]
    assert caller.refused("PUT", "me/pronunciations", {"pronunciations": [{"written": "Ada"}]})[:2] == (422, "invalid")
    found = films.find_task(user=alice, prompt="A film about tea", settings=settings_for("A film about tea", {}))
    assert found
    assert found.id == made["id"]
    assert pronunciations.enter(alice, {"written": "scene"}) == []
