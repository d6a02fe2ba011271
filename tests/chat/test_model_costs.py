"""What the agent's language model costs is recorded, and capped with everything else that is bought."""

from __future__ import annotations

import pytest
from django.db import transaction
from pytest_django import Settings

from chat.agent import loop, turns
from chat.llm.local.model import LocalModel
from chat.llm.openai import OpenAIModel
from chat.models import Message
from pipeline.models import AttemptStatus, ModelCall, Task
from pipeline.vendor_limits import account_limits, model_calls
from pixora.accounts.roles import Role
from pixora.foundation.errors import AccountFull, SpendCap
from tests.chat.test_agent import answer, say, task
from tests.chat.test_language_models import PRICE, lay_out, openai
from tests.emulators.server import Emulators
from tests.pipeline.admin.conftest import office

__all__ = ["openai", "task"]

EXPECTED = 6_000


def begin(task: Task, reason: str = "message") -> str:
    return model_calls.begin(task_id=task.id, reason=reason, role="agent", vendor="openai")


def test_each_call_leaves_what_the_vendor_says_of_it(openai: Emulators, task: Task) -> None:
    lay_out(openai, {"text": "Let me see.", "tools": [PRICE]}, {"text": "That is the price: shall I?"})
    answer(task, "how much will it cost?", OpenAIModel())
    first, second = ModelCall.objects.filter(task=task)
    assert {first.status, second.status} == {AttemptStatus.SUCCEEDED}
    assert (first.provider, first.model) == ("openai", "gpt-6-luna")
    assert first.request_id.startswith("resp_")
    assert first.request_id != second.request_id
    assert first.reason == str(Message.objects.get(role="user").id)
    assert first.cost_micros + second.cost_micros == sum(bill["micros"] for bill in openai.bills("openai"))
    assert first.cost_micros > 0


def test_the_model_of_this_machine_costs_nothing(task: Task) -> None:
    answer(task, "how much will it cost?", LocalModel())
    assert not ModelCall.objects.exists()


@pytest.mark.parametrize("cap", ["PIXORA_DAY_SPEND_CAP_USD", "PIXORA_TASK_SPEND_CAP_USD"])
def test_nothing_is_asked_beyond_a_cap_and_the_user_is_told(
    openai: Emulators, task: Task, settings: Settings, cap: str
) -> None:
    setattr(settings, cap, 0)
    assert answer(task, "hello", OpenAIModel()).content == loop.CAPPED
    assert openai.bills("openai") == []
    assert not ModelCall.objects.exists()


@pytest.mark.parametrize("status", [400, 404, 422])
def test_trouble_that_stays_is_not_called_passing(openai: Emulators, task: Task, status: int) -> None:
    openai.fail("openai", "server_error", status=status, times=None)
    said = answer(task, "hello", OpenAIModel()).content
    assert said.startswith("I cannot answer, and saying it again will not help: ")
    assert "minute" not in said
    assert ModelCall.objects.get().cost_micros == 0


def test_a_model_that_asks_for_a_pause_is_given_it(openai: Emulators, task: Task) -> None:
    pause = {"kind": "rate_limited", "retry_after_s": 0.05}
    openai.turn("openai", faults=[pause, pause], replies=[{"text": "Here I am."}])
    assert answer(task, "hello", OpenAIModel()).content == "Here I am."
    assert [call.status for call in ModelCall.objects.order_by("started_at")] == ["failed", "failed", "succeeded"]
    openai.turn("openai", faults=[{"kind": "rate_limited", "retry_after_s": 3600}])
    assert answer(task, "hello", OpenAIModel()).content == loop.AWAY


def test_an_id_of_any_length_is_stored(openai: Emulators, task: Task) -> None:
    """Gateways put their routing into the ids that they pass on."""
    call_id = begin(task)
    model_calls.end(call_id, AttemptStatus.SUCCEEDED, request_id="resp_" + "x" * 421)
    assert len(ModelCall.objects.get().request_id) == 200


@pytest.mark.parametrize(
    ("fault", "status", "cost"),
    [("rate_limited", AttemptStatus.FAILED, 0), ("dropped", AttemptStatus.UNKNOWN, EXPECTED)],
)
def test_a_call_that_fails_costs_what_it_may_have_cost(
    openai: Emulators, task: Task, fault: str, status: AttemptStatus, cost: int
) -> None:
    openai.fail("openai", fault)
    assert answer(task, "hello", OpenAIModel()).content == loop.AWAY
    call = ModelCall.objects.get()
    assert (call.status, call.cost_micros) == (status, cost)
    assert call.error_code


def test_calls_and_attempts_are_under_the_same_caps_and_limits(task: Task, settings: Settings) -> None:
    settings.PIXORA_AT_ONCE = {**settings.PIXORA_AT_ONCE, "openai": 1}
    open_call = begin(task)
    with pytest.raises(AccountFull), transaction.atomic():
        account_limits.Allowance(task.id).take(account_limits.Terms("openai", 1, 0))
    model_calls.end(open_call, AttemptStatus.SUCCEEDED, cost_micros=49_999_999)
    with pytest.raises(SpendCap), transaction.atomic():
        account_limits.Allowance(task.id).take(account_limits.Terms("fal", 2, 2))


def test_what_a_process_left_open_when_it_died_counts_as_expected(openai: Emulators, task: Task) -> None:
    said = say(task, "hello")
    abandoned = begin(task, str(said.id))
    Message.objects.filter(id=said.id).update(turn="failed")
    model_calls.give_up_open(str(said.id))
    found = ModelCall.objects.get(id=abandoned)
    assert (found.status, found.cost_micros) == (AttemptStatus.UNKNOWN, EXPECTED)
    assert turns.claim() is None


def test_staff_see_the_calls_and_what_they_cost(task: Task) -> None:
    model_calls.end(begin(task), AttemptStatus.SUCCEEDED, cost_micros=1_250_000, request_id="resp_seen")
    staff = office(Role.SUPPORT)
    page = staff.get("/admin/pipeline/modelcall/?q=resp_seen").content.decode()
    assert "gpt-6-luna" in page
    assert task.id in page
    assert staff.get("/admin/pipeline/attempt/spend/").context["total_micros"] == 1_250_000
