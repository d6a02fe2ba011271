"""The agent: one bounded loop for every language model. It answers one message of a user."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from django.db.models import Q

from chat import prompts
from chat.agent import offers, only_talk, tool_specs, turns
from chat.agent.facts import facts_of
from chat.agent.language import language_of_chat
from chat.agent.model_costs import Meter
from chat.agent.turn_context import TurnContext
from chat.agent.turns import Claim
from chat.llm.base import Bill, ChatModel, Conversation, Item, Said, Suggestions, TextDelta, ToolCall, ToolResult
from chat.llm.local.wording import say_it
from chat.llm.registry import agent_model
from chat.models import Message, Role
from pipeline.events import history
from pixora.foundation.async_database import Database
from pixora.foundation.errors import NoPrice, PixoraError, ProviderError, SpendCap

log = logging.getLogger(__name__)

MOST_ROUNDS = 8
MOST_CALLS = 12
REMEMBERED = 40
OUT_OF_BREATH = "I have done what I could in one go; tell me how to go on."
AWAY = "I cannot think at the moment, because the language model does not answer. Please try again in a minute."
OUT_OF_ORDER = (
    "I cannot answer, and saying it again will not help: {reason} Everything by hand and with its buttons still works."
)
MOST_WAITING_S = 20.0
"""How long somebody who has just written waits for a language model that asks for a pause."""
MOST_PAUSES = 2
CAPPED = (
    "I cannot answer any more for now: what may be spent on the language model is used up. Everything else still works,"
    " by hand and with its buttons. Whoever runs Pixora can raise the limit."
)


@dataclass
class Answer:
    """The agent's answer, as it grows."""

    task_id: str
    id: UUID = field(default_factory=uuid4)
    text: str = ""
    suggestions: Sequence[str] = ()
    by: str = ""
    """The name of its language model, once that has said all it had to say."""

    def add(self, delta: str) -> None:
        self.text += delta
        history.tick(self.task_id, "agent_message_delta", message_id=str(self.id), delta=delta)

    def begin_anew(self) -> None:
        """Begin a new paragraph, for what the agent says after a tool."""
        if self.text and not self.text.endswith("\n\n"):
            self.add("\n\n")


async def answer(claim: Claim, database: Database, *, model: ChatModel | None = None) -> None:
    """Raises TurnLost when another process has taken the turn over."""
    turn = await database(_context, claim)
    said = await database(_history, turn.asked)
    reply = Answer(claim.task_id)
    meter = Meter(model or agent_model(), claim, database)
    try:
        await _talk(meter, claim, turn, list(said), reply, database)
        reply.by = meter.model.name
    except (ProviderError, SpendCap, NoPrice) as error:
        log.warning("the language model failed: %s", error.message)
        reply.begin_anew()
        reply.add(trouble(error))
    await database(_finish, claim, turn, reply)


def trouble(error: PixoraError) -> str:
    """Return what a user reads in place of an answer: what passes by itself is told from what somebody must mend."""
    if not isinstance(error, ProviderError):
        return CAPPED
    return AWAY if error.retryable else OUT_OF_ORDER.format(reason=error.message)


async def _talk(
    meter: Meter, claim: Claim, turn: TurnContext, items: list[Item], reply: Answer, database: Database
) -> None:
    calls = 0
    for _ in range(MOST_ROUNDS):
        facts = await database(_facts, turn)
        conversation = Conversation(prompts.instructions(), facts, tuple(items))
        asked = await _heard(meter, conversation, reply)
        if not asked:
            return
        for call in asked[: MOST_CALLS - calls]:
            items.append(await _use(claim, turn, call, database))
        calls += len(asked)
        if calls >= MOST_CALLS:
            break
        reply.begin_anew()
    reply.add(OUT_OF_BREATH)


async def _heard(meter: Meter, conversation: Conversation, reply: Answer) -> list[ToolCall]:
    """Listen as `_listen` does. A model that asks for a short pause before it says anything is asked again after it."""
    for _ in range(MOST_PAUSES):
        said = len(reply.text)
        try:
            return await _listen(meter, conversation, reply)
        except ProviderError as error:
            if not 0 < error.retry_after_s <= MOST_WAITING_S or len(reply.text) > said:
                raise
            await asyncio.sleep(error.retry_after_s)
    return await _listen(meter, conversation, reply)


async def _listen(meter: Meter, conversation: Conversation, reply: Answer) -> list[ToolCall]:
    calls: list[ToolCall] = []
    async with meter.running():
        async for part in meter.model.reply(conversation, tool_specs.SPECS):
            match part:
                case TextDelta():
                    reply.add(part.text)
                case Suggestions():
                    reply.suggestions = part.sentences
                case Bill():
                    meter.bill = part
                case ToolCall():
                    calls.append(part)
    return calls


async def _use(claim: Claim, turn: TurnContext, call: ToolCall, database: Database) -> ToolResult:
    if call.name in tool_specs.TOOLS:
        text = f"{await database(_doing, turn, call.name)} …"
        history.tell(claim.task_id, "tool_activity", data={"tool": call.name, "text": text})
    return ToolResult(call, await database(tool_specs.carry_out, claim, turn, call))


def _doing(turn: TurnContext, tool: str) -> str:
    return say_it(language_of_chat(turn.task), f"doing.{tool}")


def _context(claim: Claim) -> TurnContext:
    return TurnContext.of(Message.objects.select_related("user").get(id=claim.message_id))


def _facts(turn: TurnContext) -> dict[str, Any]:
    return facts_of(turn.task, turn.asked)


def _history(asked: Message) -> Sequence[Item]:
    """The conversation, the message that is being answered last; what the user wrote after it waits for its turn."""
    later = Q(role=Role.USER, created_at__gt=asked.created_at)
    lines = Message.objects.filter(task_id=asked.task_id).exclude(later).exclude(id=asked.id).order_by("-created_at")
    told = [Said("user" if line.role == Role.USER else "agent", line.content) for line in reversed(lines[:REMEMBERED])]
    return [*told, Said("user", asked.content)]


def _finish(claim: Claim, turn: TurnContext, reply: Answer) -> None:
    task = turn.task
    newest = task.scripts.order_by("-version").first()
    if reply.by and newest is None:
        only_talk.note(task, turn.asked.content, reply.text, by=reply.by)
    buttons = [] if turn.proposal else offers.buttons(task, turn.offer)
    turns.finish(
        claim,
        reply.text.strip(),
        answer_id=reply.id,
        actions=[*buttons, *_suggestions(turn, reply)],
        undo=turn.undo,
        metadata=_metadata(turn, newest.version if newest else None, is_priced=bool(buttons)),
        wait=turn.wait,
    )


def _metadata(turn: TurnContext, version: int | None, *, is_priced: bool) -> dict[str, Any]:
    told = {"version": version, "proposal": turn.proposal, "confirms": turn.confirms or None}
    told |= {"undid": turn.undid or None}
    known = {**told, **(offers.told(turn.offer) if is_priced else {})}
    return {name: value for name, value in known.items() if value is not None}


def _suggestions(turn: TurnContext, reply: Answer) -> list[dict[str, Any]]:
    """Sentences that one may say next, to be said with a click."""
    said = {"type": "message", "task_id": turn.asked.task_id}
    return [{"label": sentence, "send": {**said, "content": sentence}} for sentence in reply.suggestions]
