"""Prices and the yes to them: what the agent offers, starts, and has cut for nothing."""

from __future__ import annotations

from typing import Any

from chat.agent import offers
from chat.agent.agreeing import may_be_a_yes
from chat.agent.turn_context import TurnContext
from pipeline.models import RUN_ENDED, Quote, Run
from pipeline.planning.film_plan import plan_of
from pipeline.services import films, quotes, writing
from pixora.accounts import scopes
from pixora.accounts.scopes import Scope
from pixora.foundation.errors import Conflict, Forbidden, NotFound

Result = dict[str, Any]
NEEDS_YES = "Tell the user this price and wait: start it only after they said yes to it in a message of their own."


def start_film(turn: TurnContext, *, quote_id: str) -> Result:
    """Start what a quote is for, after the user's yes. Only a quote the user was shown before their message counts, and
    only at the price they were told last."""
    task = turn.task
    found = Quote.objects.filter(task=task, id=quote_id).first()
    if found is None:
        raise NotFound("There is no such quote: ask for one.")
    writing.check_is_over(task)
    if found.created_at >= turn.asked.created_at:
        turn.offer = quotes.as_dict(found)
        raise Forbidden(NEEDS_YES, code="needs_yes")
    if not found.items:
        return cut_film(turn)
    if found.run is None and not _is_for(found, turn):
        new = quotes.again(found)
        raise _another_price(turn, quotes.as_dict(new))
    if found.run and found.run.status in RUN_ENDED:
        return _asked_anew(turn, found)
    _check_yes(turn, found)
    waits = turn.is_being_made()
    run = _used(turn, found)
    _remember_takes(turn, found)
    turn.offer = None
    return {"started": True, "run_id": run.id, "credits": found.credits, "waits_for_the_run": waits}


def _remember_takes(turn: TurnContext, found: Quote) -> None:
    """Keep the takes that are selected of what is made anew, for whoever takes it back."""
    for component in found.forced:
        selected = turn.task.assets.filter(component=component, selected=True).values_list("take", flat=True).first()
        if selected:
            turn.remember({"kind": "take", "component": component, "take": selected})


def _is_for(found: Quote, turn: TurnContext) -> bool:
    """The user's yes is for this quote: it has the price they were told last, and they have said nothing since."""
    said = offers.said_before(turn.task, turn.asked)
    return offers.is_answered(found, said) and offers.was_read(turn.task, turn.asked)


def _check_yes(turn: TurnContext, found: Quote) -> None:
    """Raises Forbidden where the message can be no yes, whatever a model was told in a text."""
    if not may_be_a_yes(turn.task, turn.asked, turn.agent_said()):
        turn.offer = quotes.as_dict(found)
        raise Forbidden(NEEDS_YES, code="needs_yes")


def cut_film(turn: TurnContext) -> Result:
    """Cut the film from the pieces that are there: where `cut_is_due` says that only this is left, as after a stop. It
    costs nothing and needs no price."""
    is_under_way = quotes.active(turn.task)
    run = films.cut(task=turn.task)
    if run:
        return {"started": True, "cuts": True, "run_id": run.id, "credits": 0}
    return {"is_being_made": True} if is_under_way else {"nothing_to_do": True}


def offered(turn: TurnContext, found: Quote) -> Result:
    turn.offer = quotes.as_dict(found)
    if not found.items:
        return {"only_the_cut": True} if _cut_is_due(turn) else {"nothing_to_do": True}
    return {"price": turn.price(), "next": NEEDS_YES}


def _cut_is_due(turn: TurnContext) -> bool:
    return not quotes.active(turn.task) and plan_of(turn.task, approved=()).cut_is_due


def _asked_anew(turn: TurnContext, found: Quote) -> Result:
    """The yes has had its run, which has ended: another one takes another yes. Raises Conflict with the new price."""
    new = quotes.again(found)
    if not new.items:
        return cut_film(turn)
    raise _another_price(turn, quotes.as_dict(new))


def _used(turn: TurnContext, found: Quote) -> Run:
    """Its run. One that has only expired counts: the user said yes to this price. Raises Conflict with the new one,
    Forbidden where a key that may not spend said it."""
    api_key = turn.asked.api_key
    scopes.check_key(api_key, Scope.FILMS_SPEND)
    quotes.prolong(found)
    try:
        return quotes.use(task=found.task, quote_id=found.id, api_key=api_key)
    except Conflict as refused:
        if refused.code != "quote_changed":
            raise
        raise _another_price(turn, refused.details) from refused


def _another_price(turn: TurnContext, new: Result) -> Conflict:
    """A yes was said to another one, or to none. `new` is the quote as clients are told of it."""
    turn.offer = new
    message = (
        f"It costs {new['credits']} credits now, which the user was not told before: tell them and wait for a yes."
    )
    return Conflict(message, code="quote_changed", details=turn.offer)
