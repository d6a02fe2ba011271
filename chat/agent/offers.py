"""Prices as they are told in the chat: a yes is for the one that was said last, and a button is good while it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from chat.agent.language import language_of_chat
from chat.llm.local.wording import say_it
from chat.models import Message, Role
from pipeline.models import Event, Quote, Task
from pipeline.planning.kinds import Kind
from pipeline.services import quotes, writing

Offer = Mapping[str, Any]


def offer_before(task: Task, asked: Message) -> dict[str, Any] | None:
    """The newest price there was when the user wrote, if it has not been used. None while the script is written."""
    if writing.under_way(task).exists():
        return None
    newest = Quote.objects.filter(task=task, created_at__lt=asked.created_at).order_by("-created_at").first()
    if newest is None or newest.run_id:
        return None
    offer = quotes.as_dict(newest)
    return offer | (shared(offer["shares"]) or {"shares": None})


def said_before(task: Task, asked: Message) -> Offer | None:
    """{quote_id, credits} of the price that the user had been told last when they wrote.

    By the agent, or with the first script, which is shown with its price.
    """
    earlier = Message.objects.filter(task=task, role=Role.AGENT, created_at__lt=asked.created_at)
    said = earlier.filter(metadata__has_key="price").order_by("-created_at").first()
    shown = Event.objects.filter(task=task, type="script_generated", created_at__lt=asked.created_at).last()
    if said and (shown is None or said.created_at > shown.created_at):
        price: Offer = said.metadata["price"]
        return price
    return shown.payload["quote"] if shown else None


def is_answered(found: Quote, said: Offer | None) -> bool:
    """A yes to what was `said` last is a yes to this quote: it is that one, or has the same price and is newest.

    What was said and has been used since has had its yes already.
    """
    if said is None:
        return False
    if said["quote_id"] == found.id:
        return True
    return said["credits"] == found.credits and _is_newest(found) and not _is_used(said["quote_id"])


def was_read(task: Task, asked: Message) -> bool:
    """Tell whether what the user said before this message had its answer when they wrote it.

    Otherwise a yes is no answer to what was said last: they had asked for something else since, and saw nothing of it.
    """
    said = Message.objects.filter(task=task, role=Role.USER, created_at__lt=asked.created_at)
    before = said.order_by("-created_at").first()
    answers = Message.objects.filter(task=task, role=Role.AGENT, created_at__lt=asked.created_at)
    return before is None or answers.filter(metadata__answers=str(before.id)).exists()


def _is_newest(found: Quote) -> bool:
    return not Quote.objects.filter(task=found.task, run=None, created_at__gt=found.created_at).exists()


def _is_used(quote_id: str) -> bool:
    return Quote.objects.filter(id=quote_id).exclude(run=None).exists()


def shown(messages: Iterable[Message]) -> dict[UUID, list[dict[str, Any]]]:
    """The buttons of each of these messages; those whose price has been used are marked as `used`."""
    actions = {message.id: message.actions for message in messages}
    asked = {button["send"].get("quote_id") for buttons in actions.values() for button in buttons} - {None}
    used = set(Quote.objects.filter(id__in=asked).exclude(run=None).values_list("id", flat=True)) if asked else set()
    return {
        key: [{**button, "used": True} if button["send"].get("quote_id") in used else button for button in buttons]
        for key, buttons in actions.items()
    }


def told(offer: Offer | None) -> dict[str, Any]:
    """Return what a message remembers of the price it has told; empty where it has told none."""
    if not offer or not offer["items"]:
        return {}
    return {"price": {"quote_id": offer["quote_id"], "credits": offer["credits"]}}


def shared(shares: Mapping[str, Any] | None) -> dict[str, Any]:
    """Return what a model is told of the versions that a price has to do with: each by what it is another version by.
    Empty where there is nothing to tell."""
    if not shares:
        return {}
    told: dict[str, Any] = {name: [_by_difference(one) for one in shares[name]] for name in ("reaches", "asks")}
    pictures = sum(shares["pieces"].get(kind, 0) for kind in (Kind.CHARACTER, Kind.STILL, Kind.CLIP))
    if pictures:
        told |= {"pictures_and_clips": pictures, "with": [_by_difference(one) for one in shares["versions"]]}
    return {"shares": found} if (found := {name: value for name, value in told.items() if value}) else {}


def _by_difference(version: Mapping[str, Any]) -> dict[str, str]:
    fields = {"language": "language", "shape": "aspect_ratio", "cut": "title"}
    return {fields[one]: version[fields[one]] for one in version["differs"]}


def buttons(task: Task, offer: Offer | None) -> list[dict[str, Any]]:
    """A price that was told can be answered with a click; none while a script is written that will have another."""
    if not offer or not offer["items"] or writing.under_way(task).exists():
        return []
    send = {"type": "approve_script", "task_id": task.id}
    send |= {"version": offer["version"], "quote_id": offer["quote_id"]}
    return [{"label": say_it(language_of_chat(task), "price.button", credits=offer["credits"]), "send": send}]
