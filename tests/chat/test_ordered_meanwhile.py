"""Changes and their prices while a film is being made: they are for what comes after, and a yes is kept until then."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence

import pytest
from django.db import connection

from chat.llm.base import ToolCall, ToolResult
from chat.llm.local import prices
from chat.llm.local.film import Film
from chat.llm.local.into_english import language_of
from chat.llm.local.tool_answers import report
from chat.llm.local.understanding import understand
from chat.models import Message
from pipeline.models import Run, RunStatus, Task
from pipeline.services import films, quotes, scripts, takes
from pixora.accounts import ledger
from pixora.accounts.ledger import Account
from pixora.accounts.models import User
from tests.chat.films import OFFER, facts
from tests.chat.test_agent import answer
from tests.chat.test_waiting import drive
from tests.pipeline.doubles import Studio, lasting_fault
from tests.pipeline.scripts import TINY

WHOLE = 53


@pytest.fixture
def ordered(alice: User, studio: Studio) -> Task:
    """Its film waits for a worker."""
    task = films.order_film(user=alice, prompt="A film about a thing", settings=TINY, writes=False)
    drive(films.write_script(task=task))
    answer(task, "how much will it cost?")
    answer(task, "yes")
    return task


def waiting(task: Task) -> Run:
    return task.runs.filter(status=RunStatus.QUEUED).earliest("created_at")


def meanwhile(studio: Studio, label: str, act: Callable[[], None]) -> None:
    """Once, when a generator begins with this."""

    def in_a_thread() -> None:
        try:
            act()
        finally:
            connection.close()

    async def hold(served: str) -> None:
        if served.startswith(label):
            studio.hold = None
            await asyncio.to_thread(in_a_thread)

    studio.hold = hold


def saying(task: Task, *sentences: str) -> tuple[Callable[[], None], list[Message]]:
    said: list[Message] = []
    return lambda: said.extend(answer(task, sentence) for sentence in sentences), said


def buttons(said: Message) -> Sequence[str]:
    return [one["send"]["quote_id"] for one in said.actions if one["send"]["type"] == "approve_script"]


@pytest.mark.parametrize("moment", ["voice", "scene", "music", "motion"])
def test_a_change_costs_what_the_order_does_not_make(ordered: Task, studio: Studio, moment: str) -> None:
    act, said = saying(ordered, "use a male voice", "yes")
    meanwhile(studio, moment, act)
    drive(waiting(ordered))
    assert "3 new voice-overs: 6 credits. Shall I?" in said[0].content
    assert "6 credits are set aside" in said[1].content
    assert "when what is being made now is done" in said[1].content
    assert drive(waiting(ordered)).status == RunStatus.SUCCEEDED
    assert ledger.account(ordered.user).balance == 1_000 - WHOLE - 6
    assert quotes.price_of(ordered)["credits"] == 0


def test_the_button_of_a_price_that_was_told_meanwhile_is_good_then_and_later(ordered: Task, studio: Studio) -> None:
    act, said = saying(ordered, "make scene 2 at night")
    meanwhile(studio, "motion", act)
    drive(waiting(ordered))
    [quote_id] = buttons(said[0])
    assert "14 credits" in said[0].content
    assert drive(quotes.use(task=ordered, quote_id=quote_id)).status == RunStatus.SUCCEEDED
    assert ledger.account(ordered.user).balance == 1_000 - WHOLE - 14


def test_what_the_order_could_not_make_is_not_made_at_the_price_of_the_change(ordered: Task, studio: Studio) -> None:
    first = waiting(ordered)
    Run.objects.filter(id=first.id).update(status=RunStatus.RUNNING, script_version=1)
    answer(ordered, "use a male voice")
    assert "6 credits are set aside" in answer(ordered, "yes").content
    Run.objects.filter(id=first.id).update(status=RunStatus.QUEUED)
    studio.always["scene Scene 3"] = lasting_fault()
    assert drive(first).status == RunStatus.FAILED
    studio.always.clear()
    drive(waiting(ordered))
    assert ledger.account(ordered.user) == Account(balance=1_000 - WHOLE + 4 + 10 - 6, held=0)
    assert {item["component"] for item in quotes.price_of(ordered)["items"]} == {"scene/3", "video/3"}


def test_without_a_price_a_yes_meanwhile_is_no_order(ordered: Task, studio: Studio) -> None:
    act, said = saying(ordered, "yes", "ok go on then", "mach den film")
    meanwhile(studio, "scene", act)
    drive(waiting(ordered))
    assert all("%" in one.content for one in said), [one.content for one in said]
    assert ordered.runs.exclude(quote=None).count() == 1


@pytest.mark.parametrize(
    ("said", "tools", "words"),
    [("yes", ["start_film"], ""), ("mach weiter", ["start_film"], ""), ("how far is it?", ["film_status"], ""),
     ("no", [], "All right, I leave it as it is.")],
)  # fmt: skip
def test_a_price_told_meanwhile_is_answered_with_yes_or_no(said: str, tools: list[str], words: str) -> None:
    found = understand(said, Film({**facts("running"), "offer": OFFER}, language_of(said, "en")))
    assert ([one.tool for one in found.calls], found.words) == (tools, words)


def test_a_stopped_order_makes_nothing_that_a_price_could_leave_out(ordered: Task) -> None:
    Run.objects.filter(id=waiting(ordered).id).update(status=RunStatus.RUNNING, script_version=1)
    assert quotes.price_of(ordered)["credits"] == 0
    films.cancel(task=ordered)
    assert quotes.price_of(ordered)["credits"] == WHOLE


def test_another_resolution_meanwhile_makes_stale_what_the_order_makes(ordered: Task, studio: Studio) -> None:
    """It is in the settings alone, and a run keeps those that it began with."""
    found: list[int] = []

    def change() -> None:
        scripts.update_settings(task=ordered, changes={"resolution": "720p"})
        found.append(quotes.price_of(ordered)["credits"])

    meanwhile(studio, "voice", change)
    drive(waiting(ordered))
    assert found == [quotes.price_of(ordered)["credits"]] == [3 * 4 + 3 * 10]


def test_a_new_take_of_what_is_being_made_is_a_piece_of_its_own(ordered: Task, studio: Studio) -> None:
    found: list[int] = []
    meanwhile(
        studio,
        "motion",
        lambda: found.append(takes.quote_regeneration(task=ordered, component="scene/1").credits),
    )
    drive(waiting(ordered))
    assert found == [4]


@pytest.mark.parametrize("waits", [True, False])
def test_the_price_of_the_whole_film_is_not_said_while_it_is_being_made(waits: bool) -> None:
    """It is not said before any piece is there either."""
    result = {"waits_for_the_run": waits, "price": {"components": ["audio/1", "audio/2"], "credits": 4}}
    told = prices.after(result, Film(facts("running" if waits else "scripted"), "en"), lambda key, _: key)
    assert ("2 new voice-overs: 4 credits" in told) is waits
    assert ("Making the film costs 4 credits" in told) is not waits


def test_a_film_that_there_is_not_yet_is_not_said_to_be_cut_again() -> None:
    price = {"components": ["scene/1"], "open_before": ["scene/1"], "open_credits": 4, "credits": 4, "cuts_again": True}
    found = facts("scripted")
    found["components"] |= {"ready": 3, "stale": ["scene/1"]}
    told = prices.after({"price": price}, Film(found, "en"), lambda key, _: key)
    assert "cut the film again" not in told


@pytest.mark.parametrize("state", ["running", "scripted"])
def test_who_takes_something_back_hears_that_what_is_being_made_goes_on(state: str) -> None:
    result = {"undone": [{"kind": "script", "version": 1}], "waits_for_the_run": state == "running", "version": 1}
    told = report([ToolResult(ToolCall("1", "undo", {}), result)], Film(facts(state), "en"))
    assert ("goes on and is paid for; say “stop”" in told) is (state == "running")
