"""Programs' keys in the chat: the agent does and tells what their scopes allow, and nothing once they were revoked."""

from __future__ import annotations

import asyncio
import tomllib
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from django.utils import timezone

from chat import services
from chat.agent import loop, speakers, tool_specs, turns
from chat.agent.facts import facts_of
from chat.agent.turn_context import TurnContext
from chat.agent.turn_runner import TurnRunner
from chat.llm import local
from chat.llm.base import Conversation, Part, ToolCall, ToolResult, ToolSpec
from chat.llm.local.film import Film
from chat.llm.local.into_english import language_of
from chat.llm.local.meanings import likely_meanings
from chat.llm.local.model import LocalModel
from chat.llm.local.tool_answers import report
from chat.llm.local.understanding import understand
from chat.llm.local.wording import LANGUAGES, sentences
from chat.models import Message, Role, Turn
from chat.protocol import Say
from pipeline.models import Quote, Run, Script, Task
from pipeline.services import quotes
from pixora.accounts import keys, ledger
from pixora.accounts.keys import Wish
from pixora.accounts.models import ApiKey, User
from pixora.accounts.scopes import Scope
from pixora.foundation.async_database import Database
from pixora.foundation.errors import InsufficientCredits
from tests.chat.films import facts
from tests.chat.test_agent import answer, call, task  # noqa: F401 (a fixture)

TOOLS = tool_specs.TOOLS.values()
MEANINGS = Path(local.__file__).parent / "meanings"
HIDDEN = {
    "credits": {"balance": 7_919, "held": 4_231},
    "notes": [{"by": "Zyxomma", "scene": 1, "at": None, "text": "more zyxt", "replies": []}],
    "own_voices": ["Qwortz"],
}
SECRETS = ("7919", "7,919", "7.919", "4231", "4,231", "4.231", "Zyxomma", "zyxt", "Qwortz")


def key_of(user: User, *scopes: Scope) -> ApiKey:
    return keys.create(user, Wish("Nightly films", scopes))[0]


def says(task: Task, content: str, key: ApiKey | None) -> turns.Claim:  # noqa: F811
    said = Say(type="message", content=content, task_id=task.id)
    services.accept(task.user, said, message_id=uuid4(), api_key=key)
    found = turns.claim()
    assert found
    return found


def context(claim: turns.Claim) -> TurnContext:
    return TurnContext.of(Message.objects.get(id=claim.message_id))


def carried_out(claim: turns.Claim, tool: str, **arguments: Any) -> Mapping[str, Any]:
    return tool_specs.carry_out(claim, context(claim), ToolCall("1", tool, arguments))


def last_said(task: Task) -> str:  # noqa: F811
    return Message.objects.filter(task=task, role=Role.AGENT).latest("created_at").content


def run_turns() -> None:
    """Let all turns that wait be carried out, as a server does."""

    async def run() -> None:
        async with Database() as database:
            runner = TurnRunner(database)
            await runner.look()
            await asyncio.gather(*runner._active)

    asyncio.run(run())


@pytest.mark.parametrize("tool", TOOLS, ids=lambda tool: tool.name)
def test_every_tool_needs_its_scope(tool: tool_specs.Tool, task: Task) -> None:  # noqa: F811
    others = [scope for scope in Scope if scope != tool.needs]
    claim = says(task, "do it", key_of(task.user, *others))
    told = carried_out(claim, tool.name)["error"]
    assert (told["code"], told["details"]) == ("missing_scope", {"scope": tool.needs})
    assert not Run.objects.exists()
    assert not Quote.objects.exists()
    assert Script.objects.count() == 1
    assert Message.objects.get(id=claim.message_id).done == []


def test_what_changes_a_film_needs_another_scope_than_what_tells_of_it() -> None:
    changing = {tool.needs for tool in TOOLS if tool.changes}
    telling = {tool.needs for tool in TOOLS if not tool.changes and tool.name != "wait_for_the_script"}
    assert changing == {Scope.FILMS_WRITE, Scope.FILMS_SPEND, None}
    assert telling == {Scope.FILMS_READ, Scope.CREDITS_READ, Scope.SHARES}


def test_a_key_with_its_scope_and_a_person_are_served(task: Task) -> None:  # noqa: F811
    for key in (None, key_of(task.user, Scope.FILMS_WRITE)):
        claim = says(task, "call it so", key)
        assert "error" not in carried_out(claim, "rename_film", title=f"Title {key}")
        turns.close(claim)


def test_a_word_for_all_films_is_entered_by_people_alone(task: Task) -> None:  # noqa: F811
    claim = says(task, "in all films", key_of(task.user, *Scope))
    told = carried_out(claim, "pronounce", written="Köhler", said="KER-ler", in_all_films=True)
    assert (told["error"]["code"], told["error"]["details"]) == ("missing_scope", {"scope": None})
    assert "error" not in carried_out(claim, "pronounce", written="Köhler", said="KER-ler")


def questions() -> Iterator[str]:
    """Yield all that the agent knows to be asked, in every language it was taught."""
    for name in ("talk", "questions"):
        table: dict[str, Any] = tomllib.loads((MEANINGS / f"{name}.toml").read_text(encoding="utf-8"))
        yield from (said for group in table.values() if isinstance(group, list) for said in group)


def _told(said: str, found: dict[str, Any]) -> str:
    film = Film(found, language_of(said, "en"))
    return film.telling(lambda one: understand(said, one, mind=likely_meanings)).words


def _secrets(said: str, found: dict[str, Any]) -> list[str]:
    words = _told(said, found)
    return [secret for secret in SECRETS if secret in words]


@pytest.mark.parametrize("state", ["scripted", "empty"])
def test_no_question_is_answered_with_what_a_key_may_not_see(state: str) -> None:
    known = facts(state) | HIDDEN
    shown = speakers.told(known, ApiKey(scopes=[Scope.FILMS_READ, Scope.FILMS_WRITE]))
    asked = [str(said) for said in questions()]
    assert len(asked) > 800
    told = [said for said in asked if _secrets(said, known)]
    assert len(told) >= (10 if state == "scripted" else 1), "nobody was told them anyway"
    assert [said for said in told if _secrets(said, shown)] == []
    assert all(_told(said, shown) for said in told)


@pytest.mark.parametrize("asked", ["how many credits do i have left", "which notes are there?", "can I use my voice?"])
def test_it_says_in_one_sentence_why_it_does_not_tell(asked: str) -> None:
    shown = speakers.told(facts("scripted") | HIDDEN, ApiKey(scopes=[Scope.FILMS_READ]))
    told = _told(asked, shown)
    assert told in (
        "The key that you speak with lacks the scope credits:read, so I may not do or tell that.",
        "The key that you speak with lacks the scope shares, so I may not do or tell that.",
        "I may do and tell that for people alone, not for a program's key: sign in as a person.",
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("scope", [Scope.CREDITS_READ, None])
def test_it_says_so_in_every_language(language: str, scope: Scope | None) -> None:
    error = {"code": "missing_scope", "message": "", "details": {"scope": scope}}
    film = Film(facts("scripted"), language, speaks=language)
    told = report([ToolResult(ToolCall("1", "spending", {}), {"error": error})], film)
    known = sentences(language)
    assert told == (known["key.may_not"].format(scope=scope) if scope else known["key.people_alone"])
    assert known["key.ended"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("tier", ["", "best"])
def test_a_price_is_told_without_the_balance(language: str, tier: str) -> None:
    price = {"components": ["scene/1"], "credits": 31, "tier": tier}
    shown = speakers.told(facts("scripted") | HIDDEN, ApiKey(scopes=[Scope.FILMS_READ]))
    told = report(
        [ToolResult(ToolCall("1", "quote_film", {}), {"price": price})], Film(shown, language, speaks=language)
    )
    assert "31" in told
    assert "7919" not in told


def test_a_model_is_not_given_what_the_key_may_not_be_told(task: Task) -> None:  # noqa: F811
    claim = says(task, "hello", key_of(task.user, Scope.FILMS_WRITE))
    found = facts_of(task, context(claim).asked)
    assert (found["credits"], found["notes"], found["own_voices"]) == (None, None, None)
    assert "give it the scope credits:read" in found["may_not"]["credits"]["say"]
    turns.close(claim)
    assert facts_of(task, context(says(task, "hello", None)).asked)["credits"]["balance"] > 0


def test_whoever_may_not_see_the_balance_is_not_told_it_with_a_refusal(task: Task) -> None:  # noqa: F811
    """At every door: a yes that costs more than there is says so without figures."""
    with transaction.atomic():
        ledger.hold(user=task.user, run_id="run_of_all", task_id=task.id, amount=ledger.account(task.user).balance)
    found = quotes.quote(task=task)
    for scopes, details in (
        ((Scope.FILMS_SPEND,), []),
        ((Scope.FILMS_SPEND, Scope.CREDITS_READ), ["missing", "balance"]),
    ):
        with pytest.raises(InsufficientCredits) as refused:
            quotes.use(task=task, quote_id=found.id, api_key=key_of(task.user, *scopes))
        assert list(refused.value.details) == details
        assert any(letter.isdigit() for letter in refused.value.message) is bool(details)


def revoked(key: ApiKey) -> None:
    keys.revoke(key)


def expired(key: ApiKey) -> None:
    ApiKey.objects.filter(id=key.id).update(expires_at=timezone.now() - timedelta(seconds=1))


@pytest.mark.parametrize("ends", [revoked, expired])
@pytest.mark.django_db(transaction=True)
def test_a_wish_that_waits_is_not_done_once_its_key_has_ended(ends: Any, task: Task) -> None:  # noqa: F811
    key = key_of(task.user, *Scope)
    said = Say(type="message", content="make scene 2 darker", task_id=task.id)
    services.accept(task.user, said, message_id=uuid4(), api_key=key)
    ends(key)
    run_turns()
    assert Script.objects.count() == 1
    assert last_said(task) == sentences("en")["key.ended"]
    assert Message.objects.get(role=Role.USER).turn == Turn.FAILED


@pytest.mark.django_db(transaction=True)
def test_a_wish_that_waits_is_done_while_its_key_holds(task: Task) -> None:  # noqa: F811
    said = Say(type="message", content="make scene 2 darker", task_id=task.id)
    services.accept(task.user, said, message_id=uuid4(), api_key=key_of(task.user, *Scope))
    run_turns()
    assert Script.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_a_key_that_is_revoked_while_the_agent_thinks_edits_nothing(task: Task) -> None:  # noqa: F811
    key = key_of(task.user, *Scope)
    claim = says(task, "make scene 2 darker", key)

    class Thinks(LocalModel):
        """Its turn's key is revoked before it has found what to do."""

        def __init__(self, database: Database) -> None:
            self.database = database

        async def reply(self, conversation: Conversation, tools: Sequence[ToolSpec]) -> AsyncIterator[Part]:
            await self.database(keys.revoke, key)
            async for part in super().reply(conversation, tools):
                yield part

    async def run() -> None:
        async with Database() as database:
            await loop.answer(claim, database, model=Thinks(database))

    asyncio.run(run())
    assert Script.objects.count() == 1
    assert last_said(task) == sentences("en")["key.ended"]


def test_a_key_that_is_revoked_during_a_change_leaves_nothing_of_it(task: Task, monkeypatch: Any) -> None:  # noqa: F811
    """It held when the change began, and does not when that is to be written down."""
    key = key_of(task.user, *Scope)
    claim = says(task, "make scene 2 darker", key)
    turn = context(claim)
    monkeypatch.setattr(speakers, "check", lambda asked, scope: None)
    keys.revoke(key)
    told = tool_specs.carry_out(claim, turn, call("edit_scene", scene=2, image_prompt="A dark room"))
    assert told["error"]["code"] == speakers.ENDED
    assert Script.objects.count() == 1
    assert (turn.undo, turn.offer) == ([], None)
    assert Message.objects.get(id=claim.message_id).done == []


def test_what_a_key_had_put_off_is_not_done_after_it_was_revoked(task: Task) -> None:  # noqa: F811
    key = key_of(task.user, *Scope)
    claim = says(task, "make scene 2 darker", key)
    turns.finish(claim, "I do it later.", answer_id=uuid4(), wait=turns.Wait("answer"))
    assert speakers.refusal(claim) == ""
    keys.revoke(key)
    assert speakers.refusal(claim) == sentences("en")["key.ended"]


def test_people_are_never_asked_for_a_key(task: Task) -> None:  # noqa: F811
    said = answer(task, "make scene 2 darker", LocalModel())
    assert Script.objects.count() == 2
    assert "key" not in said.content
