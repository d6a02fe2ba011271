"""The buttons of a film's page: each goes through the services, has a reason and is recorded."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client
from django.utils import timezone

from media_assets.models import Asset
from pipeline.models import Can, Quote, Run, RunStatus, Step, StepStatus, Task
from pipeline.sharing import links
from pixora.accounts import ledger, staff_log
from pixora.accounts.models import CreditReason, User
from pixora.accounts.roles import Role
from pixora.foundation.errors import NotFound
from tests.pipeline.admin.conftest import office
from tests.pipeline.admin.films import film
from tests.pixora.accounts.doors import signed_in

REASON = "The cat has five legs"


@pytest.fixture
def task(alice: User) -> Task:
    ledger.give(user=alice, amount=100, reason=CreditReason.GRANT, key="grant:alice")
    return film(alice, title="A lighthouse")


def address(task: Task, act: str) -> str:
    return f"/admin/pipeline/task/{task.id}/{act}/"


def send(client: Client, where: str, **given: Any) -> Any:
    """Send what the form that is there sends; what `given` does not say is as the form had it."""
    once = re.search(r'name="once" value="(\w+)"', client.get(where).content.decode())
    return client.post(where, {"once": once[1] if once else "", "reason": REASON, **given})


def said(client: Client, response: Any) -> str:
    """The page that an act leads to."""
    assert response.status_code == 302
    return client.get(response.headers["Location"]).content.decode()


def only_act(task: Task) -> staff_log.Act:
    [found] = staff_log.acts_on(task)
    assert found.reason == REASON
    assert found.actor.email == "support@example.org"
    return found


def test_a_piece_is_made_anew_free_for_the_user(support: Client, task: Task) -> None:
    response = send(support, address(task, "regenerate/scene/1"), instructions="four legs", pays="free")
    assert "One more take of the picture of scene 1 is on its way, free for the user." in said(support, response)
    run = Run.objects.get(task=task, status=RunStatus.QUEUED)
    assert run.forced == {"scene/1": "four legs"}
    assert ledger.account(task.user).balance == 100
    assert only_act(task).details["charged"] is False


def test_what_the_user_pays_is_asked_once_more_by_its_price(support: Client, task: Task) -> None:
    where = address(task, "regenerate/scene/1")
    asked = send(support, where, pays="charged")
    price = "Charge alice@example.org 4 credits (the balance is 100)"
    assert f"Yes: {price}" in asked.content.decode()
    assert not Quote.objects.exists()
    assert not LogEntry.objects.exists()
    assert "is on its way" in said(support, send(support, where, pays="charged", agreed=price))
    assert ledger.account(task.user) == ledger.Account(balance=96, held=4)
    assert only_act(task).details["charged"] is True


def test_a_price_that_is_another_by_now_is_asked_again(support: Client, task: Task) -> None:
    old = "Charge alice@example.org 3 credits (the balance is 100)"
    asked = send(support, address(task, "regenerate/scene/1"), pays="charged", agreed=old)
    assert asked.status_code == 200
    assert "Charge alice@example.org 4 credits (the balance is 100)" in asked.content.decode()
    assert not LogEntry.objects.exists()


def test_what_the_user_cannot_pay_is_told_in_the_form(support: Client, alice: User) -> None:
    task = film(alice)
    price = "Charge alice@example.org 4 credits (the balance is 0)"
    response = send(support, address(task, "regenerate/scene/1"), pays="charged", agreed=price)
    assert response.status_code == 402
    assert "4 credits are missing" in response.content.decode()
    assert not LogEntry.objects.exists()


def test_a_form_sent_twice_is_one_act(support: Client, task: Task) -> None:
    where = address(task, "regenerate/scene/1")
    for _ in range(2):
        response = support.post(where, {"once": "a" * 32, "reason": REASON, "pays": "free"})
    assert "sent twice and done once" in said(support, response)
    assert Run.objects.filter(task=task, status=RunStatus.QUEUED).count() == 1
    only_act(task)


def test_a_form_that_was_refused_can_be_sent_again(support: Client, task: Task) -> None:
    where = address(task, "cancel")
    assert support.post(where, {"once": "b" * 32, "reason": REASON}).status_code == 409
    Run.objects.create(task=task)
    assert "1 run ends" in said(support, support.post(where, {"once": "b" * 32, "reason": REASON}))


@pytest.mark.parametrize("reason", ["", "   ", "x" * 301])
def test_an_act_without_a_reason_does_nothing(support: Client, task: Task, reason: str) -> None:
    response = send(support, address(task, "regenerate/scene/1"), pays="free", reason=reason)
    assert response.status_code == 422
    assert 'role="alert"' in response.content.decode()
    assert not LogEntry.objects.exists()
    assert not Run.objects.filter(status=RunStatus.QUEUED).exists()


def test_another_take_is_selected(support: Client, task: Task) -> None:
    assert "Take 1 of the picture of scene 1 is selected." in said(
        support, send(support, address(task, "component/scene/1/take/1"))
    )
    assert Asset.objects.get(task=task, component="scene/1", selected=True).take == 1
    assert only_act(task).details["take"] == 1


def test_a_take_that_does_not_exist_is_refused(support: Client, task: Task) -> None:
    response = send(support, address(task, "component/scene/1/take/7"))
    assert response.status_code == 404
    assert "scene/1 has no take 7: look at the list of its takes." in response.content.decode()


def test_what_failed_is_tried_again(support: Client, task: Task) -> None:
    run = Run.objects.create(task=task, status=RunStatus.FAILED, ended_at=timezone.now(), forced={"scene/1": "red"})
    Step.objects.create(run=run, component="scene/1", kind="scene", status=StepStatus.FAILED)
    assert "is being tried again" in said(support, send(support, address(task, "retry")))
    assert only_act(task).act == "retry_failed"


def test_a_run_is_cancelled(support: Client, task: Task) -> None:
    run = Run.objects.create(task=task)
    assert "1 run ends" in said(support, send(support, address(task, "cancel")))
    run.refresh_from_db()
    assert run.status == RunStatus.CANCELLED
    assert only_act(task).act == "cancel"


def test_a_film_with_missing_pieces_is_not_cut_again(support: Client, alice: User) -> None:
    task = Task.objects.create(user=alice, prompt="A film", request_key="k")
    response = send(support, address(task, "recut"))
    assert response.status_code == 409
    assert "Pieces of this film are missing" in response.content.decode()


def test_credits_are_given_back_for_a_piece(support: Client, task: Task) -> None:
    where = address(task, "refund")
    asked = support.get(f"{where}?component=scene/1").content.decode()
    assert "Give alice@example.org credits back for “A lighthouse”</h1>" in asked
    assert '<option value="scene/1" selected>Picture of scene 1 · 8 credits</option>' in asked
    assert '<option value="">The whole film · 48 credits</option>' in asked
    price = "Give alice@example.org 3 credits back for the picture of scene 1 of “A lighthouse”"
    assert price in send(support, where, amount=3, component="scene/1").content.decode()
    done = said(support, send(support, where, amount=3, component="scene/1", agreed=price))
    assert "alice@example.org got 3 credits back for the picture of scene 1 of “A lighthouse”." in done
    assert "3 credits were given back" in done
    assert ledger.account(task.user).balance == 103
    line = task.user.credits.get(reason=CreditReason.REFUND)
    assert (line.task_id, line.component, line.note) == (task.id, "scene/1", REASON)
    assert line.actor
    assert line.actor.email == "support@example.org"


def test_a_link_to_a_film_is_ended(support: Client, task: Task) -> None:
    share, token = links.create(task, links.Wish(can=Can.COMMENT))
    links.count_opening(share)
    [row] = support.get("/admin/pipeline/share/").content.decode().split('class="data-row')[1:]
    assert "&lt;time" not in row
    [where] = re.findall(r'href="(/admin/pipeline/share/[^"]+/end/)"', row)
    told = said(support, send(support, where))
    assert "The link to “A lighthouse” is ended: it opens nothing any more." in told
    assert "Taken back" in told
    assert where not in told
    with pytest.raises(NotFound):
        links.by_token(token)
    assert only_act(task).details["link"] == str(share.id)
    again = send(support, where)
    assert again.status_code == 409
    assert "it was taken back before" in again.content.decode()


def test_others_end_no_link(task: Task, alice: User) -> None:
    share, token = links.create(task, links.Wish(can=Can.COMMENT))
    refused = signed_in(alice).post(f"/admin/pipeline/share/{share.id}/end/", {"once": "c" * 32, "reason": REASON})
    assert refused.status_code in (302, 403)
    assert links.by_token(token) == share


def test_more_than_was_charged_is_not_given_back(support: Client, task: Task) -> None:
    amount = 2 * 2 * 3 * 4 + 1
    agreed = f"Give alice@example.org {amount} credits back for “A lighthouse”"
    response = send(support, address(task, "refund"), amount=amount, agreed=agreed)
    assert response.status_code == 422
    assert "amount: at most 48 credits can be given back for “A lighthouse”." in response.content.decode()
    assert not task.user.credits.filter(reason=CreditReason.REFUND).exists()


ACTS = ("regenerate/scene/1", "component/scene/1/take/1", "retry", "cancel", "recut", "refund")


@pytest.mark.parametrize("act", ACTS)
def test_looking_at_a_form_changes_nothing(support: Client, task: Task, act: str) -> None:
    before = Run.objects.count()
    response = support.get(address(task, act))
    assert response.status_code == 200
    assert Run.objects.count() == before
    assert not Quote.objects.exists()
    assert not LogEntry.objects.exists()


@pytest.mark.parametrize("act", ACTS)
def test_others_get_to_no_form(task: Task, alice: User, act: str) -> None:
    client = signed_in(alice)
    refused = client.post(address(task, act), {"once": "c" * 32, "reason": REASON, "pays": "free"}, follow=True)
    assert refused.status_code == 403
    assert "For staff only" in refused.content.decode()
    assert "/login/" in Client().get(address(task, act), follow=True).redirect_chain[-1][0]
    assert not LogEntry.objects.exists()


@pytest.mark.parametrize("act", ACTS)
def test_staff_without_a_role_neither_look_nor_act(task: Task, act: str) -> None:
    client = signed_in(User.objects.create_user("new@example.org", is_staff=True))
    assert client.get(address(task, "change")).status_code == 403
    assert client.post(address(task, act), {"once": "d" * 32, "reason": REASON, "pays": "free"}).status_code == 403
    assert "You have no role yet." in client.get("/admin/").content.decode()
    assert not LogEntry.objects.exists()


def test_a_form_of_another_site_is_refused(task: Task) -> None:
    office(Role.SUPPORT)
    client = signed_in(User.objects.get(email="support@example.org"), enforce_csrf_checks=True)
    assert client.post(address(task, "cancel"), {"once": "e" * 32, "reason": REASON}).status_code == 403
