from __future__ import annotations

import re
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from chat.models import Message, Role
from media_assets.models import Asset
from pipeline.models import Attempt, AttemptStatus, Can, Note, Run, RunStatus, Script, Share, Task, TaskStatus
from pixora.accounts import ledger, staff_log
from pixora.accounts.models import CreditReason, User
from tests.pipeline.admin.films import add_attempt, film, made
from tests.pipeline.scripts import scene, script

LISTS = (
    "/admin/pipeline/task/",
    "/admin/pipeline/run/",
    "/admin/pipeline/attempt/",
    "/admin/pipeline/share/",
    "/admin/media_assets/asset/",
    "/admin/chat/message/",
    "/admin/accounts/user/",
    "/admin/accounts/credit/",
    "/admin/admin/logentry/",
)
TASKS = "/admin/pipeline/task/"


def shown(client: Client, address: str) -> list[str]:
    """The ids of the films in a list, in its order."""
    text = client.get(address).content.decode()
    return list(dict.fromkeys(re.findall(r"/admin/pipeline/task/(task_\w+)/", text)))


def something_in_every_list(number: int) -> None:
    user = User.objects.create_user(f"user{number}@example.org")
    task = film(user, scenes=1)
    Message.objects.create(user=user, task=task, role=Role.USER, content="Hello")
    share = Share.objects.create(task=task, token_hash=f"{number:064d}", can=Can.COMMENT)
    Note.objects.create(task=task, share=share, scene=1, at_ms=0, take=1, name="Ben", text="Too dark")
    ledger.give(user=user, amount=5, reason=CreditReason.GRANT, key=f"grant:{number}", actor=user, note="A gift")
    staff_log.record(User.objects.get(email="support@example.org"), task, "recut", "Because")


@pytest.mark.parametrize("address", LISTS)
def test_a_list_asks_as_much_for_one_row_as_for_twenty_and_counts_nothing(support: Client, address: str) -> None:
    something_in_every_list(0)
    support.get(address)
    with CaptureQueriesContext(connection) as for_one:
        assert support.get(address).status_code == 200
    for number in range(1, 20):
        something_in_every_list(number)
    with CaptureQueriesContext(connection) as for_twenty:
        text = support.get(address).content.decode()
    assert text.count('class="data-row') >= 20
    assert len(for_twenty) == len(for_one)
    assert not [query for query in for_twenty if "COUNT(" in query["sql"]]


def test_films_are_listed_newest_first_page_by_page(support: Client, alice: User) -> None:
    now = timezone.now().replace(microsecond=0)
    tasks = [
        Task.objects.create(
            user=alice, prompt="A film", request_key="k", created_at=now - timedelta(minutes=number // 3)
        )
        for number in range(120)
    ]
    wanted = [task.id for task in sorted(tasks, key=lambda task: (task.created_at, task.id), reverse=True)]
    pages = [TASKS]
    found = []
    for _ in range(3):
        text = support.get(pages[-1]).content.decode()
        found.append(shown(support, pages[-1]))
        pages += [TASKS + link.replace("&amp;", "&") for link in re.findall(r'href="([^"]+)" rel="next"', text)]
    assert [len(page) for page in found] == [50, 50, 20]
    assert [task_id for page in found for task_id in page] == wanted
    assert len(pages) == 3
    [back] = re.findall(r'href="([^"]+)" rel="prev"', support.get(pages[2]).content.decode())
    assert shown(support, TASKS + back.replace("&amp;", "&")) == found[1]


@pytest.mark.parametrize("cursor", ["x", "2", "W10", "e30:bad"])
def test_a_made_up_place_is_the_beginning(support: Client, alice: User, cursor: str) -> None:
    task = film(alice, scenes=1)
    assert shown(support, f"{TASKS}?p={cursor}") == [task.id]


def test_a_film_is_found_by_whose_it_is_and_by_every_id_it_has(support: Client, alice: User) -> None:
    wanted, _other = film(alice, scenes=1), film(User.objects.create_user("bob@example.org"), scenes=1)
    attempt = Attempt.objects.filter(step__run__task=wanted).latest("started_at")
    Attempt.objects.filter(id=attempt.id).update(request_id="req-123")
    run = Run.objects.filter(task=wanted).latest("created_at")
    for term in ("alice", "ALICE@example", str(alice.id), wanted.id, run.id, attempt.id, "req-123", " req-123 "):
        assert shown(support, f"{TASKS}?q={term}") == [wanted.id], term
    for term in ("nobody", "req-12", "run_0", "task_0", "00000000-0000-0000-0000-000000000000", "%", "'; --"):
        response = support.get(TASKS, {"q": term})
        assert "Nothing matches." in response.content.decode(), term


def test_a_film_is_found_by_words_of_its_title_and_prompt(support: Client, alice: User) -> None:
    dog = film(alice, scenes=1, prompt="my dog Biscuit who loves teh beach", title="At a Glance")
    bakery = film(alice, scenes=1, prompt="Ein Film über meine Bäckerei")
    for term in ("biscuit", "BISC", "beach dog", "glance biscuit", "Biscuit?", "biscuit & beach | !"):
        assert shown(support, f"{TASKS}?{urlencode({'q': term})}") == [dog.id], term
    assert shown(support, f"{TASKS}?{urlencode({'q': 'Bäckerei'})}") == [bakery.id]
    for term in ("biscuit bakery", "iscuit", "!!!", "x" * 5_000, ":*", "biscuit:*&"):
        assert support.get(TASKS, {"q": term}).status_code == 200, term


def test_a_row_says_how_the_film_stands_in_the_studios_words(support: Client, alice: User) -> None:
    task = film(alice, scenes=1, title="A lighthouse")
    ledger.hold(user=credited(alice), run_id="run_1", task_id=task.id, amount=60)
    ledger.release(run_id="run_1", charged=58)
    ledger.give(user=alice, amount=3, reason=CreditReason.REFUND, key="refund:1", task_id=task.id)
    Asset.objects.create(
        task=task, component="fullvideo", asset_type="render", take=1, selected=True, selected_at=timezone.now(),
        content_hash="f", storage_path="film/film.mp4", metadata={"duration_ms": 20_400},
    )  # fmt: skip
    failed = film(alice, scenes=1, title="A storm")
    Task.objects.filter(id=failed.id).update(status=TaskStatus.FAILED)
    Run.objects.create(task=failed, status=RunStatus.FAILED, ended_at=timezone.now(), error_message="It was refused.")
    rows = support.get(TASKS).content.decode().split('class="data-row')[1:]
    [whole] = [row for row in rows if "A lighthouse" in row]
    [broken] = [row for row in rows if "A storm" in row]
    for told in ("Finished", "0:20", ">58<small>3 given back</small>"):
        assert told in whole
    for told in ("Needs a look", "It was refused."):
        assert told in broken


def test_a_film_that_plays_is_finished_also_where_its_update_was_stopped(support: Client, alice: User) -> None:
    plays, ended = film(alice, scenes=1, title="A lighthouse"), film(alice, scenes=1, title="A storm")
    Task.objects.update(status=TaskStatus.CANCELLED)
    Asset.objects.create(
        task=plays, component="fullvideo", asset_type="render", take=1, selected=True, selected_at=timezone.now(),
        content_hash="f", storage_path="film/film.mp4", metadata={"duration_ms": 20_400},
    )  # fmt: skip
    assert shown(support, f"{TASKS}?status__exact=complete") == [plays.id]
    assert shown(support, f"{TASKS}?status__exact=cancelled") == [ended.id]
    for task, said in ((plays, "Finished"), (ended, "Stopped")):
        [row] = [row for row in support.get(TASKS).content.decode().split('class="data-row')[1:] if task.id in row]
        assert said in row
        assert f">{said}</span>" in support.get(f"{TASKS}{task.id}/change/").content.decode()
    of_user = support.get(f"/admin/accounts/user/{alice.id}/change/").content.decode()
    assert of_user.count(">Finished</span>") == of_user.count(">Stopped</span>") == 1


def credited(user: User) -> User:
    ledger.give(user=user, amount=100, reason=CreditReason.GRANT, key=f"grant:{user.email}")
    return user


def test_pieces_are_called_by_their_places_in_every_list(support: Client, alice: User) -> None:
    """Scene 2 is the first now."""
    task = film(alice, scenes=2, title="A lighthouse")
    moved = script([scene(2, index=1), scene(1, index=2)])
    Script.objects.create(task=task, version=2, content=moved.model_dump(mode="json"))
    staff_member = User.objects.get(email="support@example.org")
    staff_log.record(staff_member, task, "select_take", "Because", component="video/1", take=1)
    ledger.give(
        user=alice, amount=3, reason=CreditReason.REFUND, key="refund:1", task_id=task.id, component="audio/2",
        actor=staff_member, note="Silent",
    )  # fmt: skip
    for address, called in {
        "/admin/pipeline/attempt/": "Picture of scene 2 #1",
        "/admin/media_assets/asset/": "Picture of scene 2, take 1",
        "/admin/accounts/credit/": "Voice-over of scene 1",
        "/admin/admin/logentry/": "Clip of scene 2",
        f"/admin/accounts/user/{alice.id}/change/": "Voice-over of scene 1",
        f"/admin/pipeline/task/{task.id}/change/": "Clip of scene 2",
    }.items():
        assert called in support.get(address).content.decode(), address


@pytest.mark.parametrize("address", LISTS)
@pytest.mark.parametrize("query", ["q=%00", "status__exact=%00", "provider=%00", "p=%00", "e=1", "nonsense=1"])
def test_a_nonsensical_question_is_answered_with_the_list(support: Client, address: str, query: str) -> None:
    assert support.get(f"{address}?{query}", follow=True).status_code == 200


def test_films_are_narrowed_by_status_and_age(support: Client, alice: User) -> None:
    failed, old = film(alice, scenes=1), film(alice, scenes=1)
    Task.objects.filter(id=failed.id).update(status=TaskStatus.FAILED)
    Task.objects.filter(id=old.id).update(created_at=timezone.now() - timedelta(days=3))
    assert shown(support, f"{TASKS}?status__exact=failed") == [failed.id]
    assert shown(support, f"{TASKS}?since=1") == [failed.id]
    assert set(shown(support, f"{TASKS}?since=7")) == {failed.id, old.id}
    assert set(shown(support, f"{TASKS}?since=nonsense")) == {failed.id, old.id}
    assert "Nothing matches." in support.get(f"{TASKS}?status__exact=draft").content.decode()


def test_what_moderation_refused_has_a_list(support: Client, alice: User) -> None:
    task = film(alice, scenes=1)
    step = made(Run.objects.filter(task=task).latest("created_at"), "scene/9")
    refused = {"status": AttemptStatus.FAILED, "error_code": "refused_prompt", "error_message": "Not this picture."}
    add_attempt(step, number=2, request_id="req-refused", **refused)
    text = support.get("/admin/pipeline/attempt/?outcome=refused").content.decode()
    assert "Not this picture." in text
    assert text.count('class="data-row') == 1
    assert listed(support, "unknown") == 0


def listed(support: Client, outcome: str) -> int:
    return support.get(f"/admin/pipeline/attempt/?outcome={outcome}").content.decode().count('class="data-row')


def test_what_nobody_knows_the_outcome_of_has_a_list(support: Client, alice: User) -> None:
    step = made(Run.objects.filter(task=film(alice, scenes=1)).latest("created_at"), "scene/9")
    unknown = {"status": AttemptStatus.UNKNOWN, "error_code": "outcome_unknown"}
    add_attempt(step, number=2, **unknown)
    add_attempt(step, number=3, request_id="job-9", **unknown)
    add_attempt(step, number=4, request_id="job-8", ticket={"request_id": "job-8"}, **unknown)
    assert (listed(support, "unknown"), listed(support, "claimed")) == (3, 1)
    text = support.get("/admin/pipeline/attempt/?outcome=claimed").content.decode()
    assert "openai told of its job only later: it was made and paid for, but not used." in text
    assert "job-9" in text


@pytest.mark.parametrize("address", LISTS)
def test_an_empty_list_says_so(support: Client, address: str) -> None:
    text = support.get(address).content.decode()
    if address not in ("/admin/accounts/user/", "/admin/accounts/credit/"):
        assert "There is nothing here yet." in text


@pytest.mark.parametrize("address", LISTS)
@pytest.mark.parametrize("way", ["add/", "1/delete/", "1/history/"])
def test_nothing_is_added_or_deleted_by_hand(support: Client, address: str, way: str) -> None:
    assert support.get(f"{address}{way}").status_code in (302, 403, 404)
    assert support.post(f"{address}{way}").status_code in (302, 403, 404)


def test_hostile_text_in_lists_is_text(support: Client) -> None:
    user = User.objects.create_user("eve@example.org")
    task = film(user, scenes=1, prompt="<script>alert(1)</script>")
    Message.objects.create(user=user, task=task, role=Role.USER, content="<script>alert(1)</script>")
    for address in LISTS:
        assert b"<script>alert" not in support.get(address).content
    assert b"<script>alert" not in support.get(f"{TASKS}?q=<script>alert(1)</script>").content


def test_a_version_says_so_in_the_list_and_on_its_page(support: Client, alice: User) -> None:
    first = Task.objects.create(user=alice, title="Tea", prompt="Tea for two", request_key="x")
    made = {"shape": {"aspect_ratio": "9:16"}, "language": {"language": "es"}, "cut": {}}
    for kind, settings in made.items():
        Task.objects.create(
            user=alice, title=kind, prompt="Tea", request_key="x", settings=settings, origin=first, origin_kind=kind
        )
    listed = support.get("/admin/pipeline/task/").content.decode()
    for words in ("version: Tall 9:16", "version: Spanish", "version: a shorter cut"):
        assert listed.count(words) == 1
    tall = Task.objects.get(title="shape")
    page = support.get(f"/admin/pipeline/task/{tall.id}/change/").content.decode()
    assert f'A version of <a href="/admin/pipeline/task/{first.id}/change/">Tea</a>: Tall 9:16' in page
    assert "A version of" not in support.get(f"/admin/pipeline/task/{first.id}/change/").content.decode()
