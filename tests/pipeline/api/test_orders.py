"""Presets and batches over REST: settings under a name, and many films with one price and one yes."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from pipeline.engine.shift import Shift
from pipeline.models import Batch, BatchFilm, Preset, Run, Task
from pipeline.providers.base import Capability
from pipeline.providers.registry import serving
from pipeline.services import batches
from pixora.accounts import key_caps, keys, ledger
from pixora.accounts.models import Credit, CreditReason, User
from pixora.accounts.scopes import Scope
from tests.pipeline.api.caller import Caller
from tests.pipeline.doubles import Studio, doubles
from tests.pixora.accounts.test_keys import asked

SHOP = {"aspect_ratio": "9:16", "duration": 10, "resolution": "72p"}


@pytest.fixture
def rich(transactional_db: None, alice: User) -> User:
    ledger.give(user=alice, amount=1_000, reason=CreditReason.GRANT, key="grant:alice")
    return alice


def work(*, writes: bool = False) -> None:
    """Write the scripts that wait to be written, and make what was begun; `writes` has the local writer write them."""
    makers = {role: one for role, one in doubles(Studio()).items() if not (writes and role is Capability.SCRIPT)}
    with serving(makers):
        while run := Run.objects.filter(status="queued").order_by("created_at").first():
            asyncio.run(Shift(only=run.id).work())


def statuses(batch: Any) -> list[str]:
    return [film["status"] for film in batch["films"]]


def test_a_film_takes_the_settings_of_a_preset_where_it_chooses_no_others(caller: Caller, bob: Caller) -> None:
    made = caller.post("presets", {"name": " Shop  clips ", "settings": SHOP}, status=201)
    assert (made["name"], made["settings"]) == ("Shop clips", SHOP)
    for preset in ("shop CLIPS", made["id"]):
        film = caller.post("tasks", {"prompt": "Tea", "preset": preset, "duration": 15}, status=201)
        assert (film["settings"]["aspect_ratio"], film["settings"]["duration"]) == ("9:16", 15)
        bob.post("tasks", {"prompt": "Tea", "preset": preset}, status=404)
    assert bob.get("presets")["results"] == []


def test_presets_are_changed_and_deleted_by_their_owner(caller: Caller, bob: Caller) -> None:
    made = caller.post("presets", {"name": "Shop", "settings": SHOP}, status=201)
    assert "already" in caller.post("presets", {"name": "SHOP", "settings": {}}, status=422)["error"]["message"]
    bad = caller.post("presets", {"name": "Bad", "settings": {"aspect_ratio": "5:7"}}, status=422)
    assert "aspect_ratio" in bad["error"]["message"]
    assert bob.refused("PATCH", f"presets/{made['id']}", {"name": "Mine"})[:2] == (404, "not_found")
    changes = {"name": "Upright", "settings": {"music": False}}
    changed = caller.ask("PATCH", f"presets/{made['id']}", changes).json()
    assert (changed["name"], changed["settings"]) == ("Upright", {"music": False})
    assert bob.refused("DELETE", f"presets/{made['id']}")[:2] == (404, "not_found")
    assert caller.ask("DELETE", f"presets/{made['id']}").status_code == 204
    assert not Preset.objects.exists()


def test_a_batch_is_priced_as_a_whole_and_begins_with_one_yes(rich: User, caller: Caller) -> None:
    films = [{"prompt": "A film about tea"}, {"prompt": "A film about bees", "settings": {"duration": 15}}]
    caller.post("presets", {"name": "Shop", "settings": SHOP}, status=201)
    batch = caller.post("batches", {"preset": "Shop", "films": films}, status=201)
    assert batch["credits_at_most"] == sum(film["credits_at_most"] for film in batch["films"])
    assert [Task.objects.get(id=film["task_id"]).settings["duration"] for film in batch["films"]] == [10, 15]
    approved = caller.post(f"batches/{batch['batch_id']}/approve", {})
    assert (approved["approved"], statuses(approved)) == (True, ["waiting", "waiting"])
    work(writes=True)
    after = caller.get(f"batches/{batch['batch_id']}")
    assert statuses(after) == ["begun", "begun"]
    again = caller.post(f"batches/{batch['batch_id']}/approve", {})
    assert [film["run_id"] for film in again["films"]] == [film["run_id"] for film in after["films"]]
    spent = 1_000 - ledger.account(rich).balance
    assert 0 < spent <= batch["credits_at_most"]


def test_a_film_that_proves_dearer_is_left_and_the_others_begin(rich: User, caller: Caller) -> None:
    batch = caller.post("batches", {"films": [{"prompt": "Tea"}, {"prompt": "Bees"}]}, status=201)
    work()
    BatchFilm.objects.filter(place=1).update(credits_at_most=1)
    approved = caller.post(f"batches/{batch['batch_id']}/approve", {})
    assert statuses(approved) == ["left", "begun"]
    assert "more than the 1 that were said" in approved["films"][0]["problem"]


def test_without_credits_films_wait_for_a_second_yes(transactional_db: None, alice: User, caller: Caller) -> None:
    batch = caller.post("batches", {"films": [{"prompt": "Tea"}]}, status=201)
    work()
    poor = caller.post(f"batches/{batch['batch_id']}/approve", {})
    assert (statuses(poor), "credits are missing" in poor["films"][0]["problem"]) == (["left"], True)
    ledger.give(user=alice, amount=1_000, reason=CreditReason.GRANT, key="grant:later")
    assert statuses(caller.post(f"batches/{batch['batch_id']}/approve", {})) == ["begun"]


def test_whoever_said_yes_last_spends_what_begins_then(rich: User, caller: Caller) -> None:
    """A program whose cap is spent cannot go on with another's, and its owner can where that one may no longer."""
    batch = caller.post("batches", {"films": [{"prompt": "Tea"}, {"prompt": "Bees"}]}, status=201)
    work()
    approve = f"/api/v1/batches/{batch['batch_id']}/approve"
    first, spent = (keys.create(rich, keys.Wish("Films", (Scope.FILMS_SPEND,), credits_total=cap)) for cap in (1, 0))
    assert "raise its cap" in asked(first[1], "POST", approve, {}).json()["films"][0]["problem"]
    keys.change(first[0], {"credits_total": 1_000})
    refused = asked(spent[1], "POST", approve, {}).json()
    assert (statuses(refused), key_caps.spent(first[0]).in_all) == (["left", "left"], 0)
    keys.revoke(first[0])
    assert statuses(caller.post(f"batches/{batch['batch_id']}/approve", {})) == ["begun", "begun"]
    assert set(Credit.objects.filter(reason=CreditReason.HOLD).values_list("api_key", flat=True)) == {None}


def test_what_a_crash_left_is_begun_by_the_sweep(rich: User, caller: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    batch = caller.post("batches", {"films": [{"prompt": "Tea"}]}, status=201)
    caller.post(f"batches/{batch['batch_id']}/approve", {})
    with monkeypatch.context() as patched:
        patched.setattr(batches, "script_is_written", lambda _: None)  # killed just before it
        work()
    assert statuses(caller.get(f"batches/{batch['batch_id']}")) == ["waiting"]
    batches.go_on()
    batches.go_on()
    assert statuses(caller.get(f"batches/{batch['batch_id']}")) == ["begun"]


def test_an_order_that_cannot_be_is_named_and_nothing_is_ordered(caller: Caller, bob: Caller) -> None:
    films = [{"prompt": "Tea"}, {"prompt": "Ein Film auf Koreanisch"}]
    for wrong, field in (({"settings": {"aspect_ratio": "5:7"}}, "settings.aspect_ratio"), ({}, "language")):
        sent = [films[0], {**films[1], **wrong}]
        assert caller.refused("POST", "batches", {"films": sent})[2]["problems"][0]["field"] == f"films[1].{field}"
    caller.post("batches", {"films": films[:1] * 51}, status=422)
    caller.post("batches", {"films": films[:1], "preset": "none"}, status=404)
    assert not Task.objects.exists()
    made = caller.post("batches", {"films": films[:1]}, status=201)
    assert bob.refused("GET", f"batches/{made['batch_id']}")[:2] == (404, "not_found")
    bob.post(f"batches/{made['batch_id']}/approve", {}, status=404)
    assert bob.get("batches")["results"] == []
    assert Batch.objects.count() == 1


def test_a_table_says_what_each_of_its_rows_comes_to(caller: Caller) -> None:
    table = 'Prompt;Aspect ratio;Duration;Music\n"Tea; with milk";9:16;10;no\n=1+1;5:7;;\n\nBees;;15;yes\n'
    read = caller.post("batches/read", {"csv": table})
    assert [(film["row"], film["prompt"], film["settings"]) for film in read["films"]] == [
        (2, "Tea; with milk", {"aspect_ratio": "9:16", "duration": 10, "music": False}),
        (3, "=1+1", {"aspect_ratio": "5:7"}),
        (5, "Bees", {"duration": 15, "music": True}),
    ]
    assert [bool(film["problem"]) for film in read["films"]] == [False, True, False]
    assert "aspect_ratio" in read["films"][1]["problem"]
    assert read["credits_at_most"] == sum(film["credits_at_most"] or 0 for film in read["films"])
    assert not Task.objects.exists()


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ("\n \n", "no row"),
        ("prompt,duration\n", "only a heading"),
        ("duration,style\n10,noir", "no column prompt"),
        ("prompt,colour\nTea,red", "'colour'"),
        ("prompt\n" + "Tea\n" * 51, "more than 50 films"),
        ('prompt\n"Tea' + "x" * 140_000, "cannot be read"),
    ],
)
def test_a_table_that_is_none_is_refused(caller: Caller, table: str, said: str) -> None:
    assert said in caller.post("batches/read", {"csv": table}, status=422)["error"]["message"]


def test_prompts_alone_are_a_table_too(caller: Caller) -> None:
    read = caller.post("batches/read", {"csv": "A film about tea, with milk\nBees"})
    assert [film["prompt"] for film in read["films"]] == ["A film about tea, with milk", "Bees"]
