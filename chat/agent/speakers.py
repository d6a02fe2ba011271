"""The speakers to the agent, and what they may have it do and tell: people everything, a program what its key may."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from chat.agent.language import language_of_chat
from chat.agent.turns import Claim
from chat.llm.local.wording import say_it
from chat.models import Message
from pipeline.models import Task
from pixora.accounts import scopes
from pixora.accounts.models import ApiKey
from pixora.accounts.scopes import Scope
from pixora.foundation.errors import Forbidden

ENDED = "key_ended"
"""The code of what is refused because the key does not hold any more."""
FACTS: Mapping[str, Scope | None] = {"credits": Scope.CREDITS_READ, "notes": Scope.SHARES, "own_voices": None}
"""Facts of the user's account and of others, and what a key needs to be told them; None is for people alone."""


def check(asked: Message, scope: Scope | None) -> None:
    """Check that whoever said this may have it done: a key may have been revoked since. Raises Forbidden."""
    if asked.api_key_id is None:
        return
    key = scopes.held(asked.api_key_id).first()
    if key is None:
        raise _ended()
    scopes.check_key(key, scope)


def check_to_the_end(asked: Message) -> None:
    """Check that the key of whoever said this holds until the caller's transaction ends. Raises Forbidden."""
    if asked.api_key_id and scopes.holding(asked.api_key_id) is None:
        raise _ended()


def _ended() -> Forbidden:
    return Forbidden("The key that said this was revoked or has expired: nothing of it is done.", code=ENDED)


def refusal(claim: Claim) -> str:
    """Return what is answered to a message whose key holds no more; empty where it does."""
    asked = Message.objects.get(id=claim.message_id)
    if asked.api_key_id is None or scopes.held(asked.api_key_id).exists():
        return ""
    return say_it(language_of_chat(Task.objects.get(id=claim.task_id)), "key.ended")


def told(facts: Mapping[str, Any], key: ApiKey | None) -> dict[str, Any]:
    """Leave out the facts that a key may not be told, and say so in their place: `may_not` has the scope of each."""
    hidden = {name: scope for name, scope in FACTS.items() if key and not scopes.allows(key, scope)}
    if not hidden:
        return dict(facts)
    return {
        **facts,
        **{name: None for name in hidden},
        "may_not": {name: {"scope": scope, "say": _refusal_of(key, scope)} for name, scope in hidden.items()},
    }


def _refusal_of(key: ApiKey | None, scope: Scope | None) -> str:
    try:
        scopes.check_key(key, scope)
    except Forbidden as refused:
        return refused.message
    return ""
