"""The acts of staff on a film: each button's page, over the services of `pipeline.services.staff`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.text import Truncator

from pipeline.admin.names import names_of
from pipeline.admin.pieces import Piece
from pipeline.models import Step, Task
from pipeline.planning.piece_names import PieceNames
from pipeline.services import staff
from pixora.accounts import ledger
from pixora.accounts import staff as accounts
from pixora.accounts.models import User
from pixora.back_office.acts import Act, ActForm

FREE, CHARGED = "free", "charged"


class RegenerateForm(ActForm):
    instructions = forms.CharField(
        required=False,
        max_length=2000,
        label="What should be different (optional)",
        help_text="In plain words, for this take alone: “brighter”, “no umbrella”.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    pays = forms.ChoiceField(label="Who pays", widget=forms.RadioSelect, choices=[(FREE, ""), (CHARGED, "")])
    first = "instructions"


class RefundForm(ActForm):
    amount = forms.IntegerField(min_value=1, label="Credits to give back")
    component = forms.ChoiceField(required=False, label="For which piece (optional)", choices=[("", "The whole film")])
    first = "amount"


def page_of(task: Task) -> str:
    return reverse("admin:pipeline_task_change", args=[task.id])


def regenerate(actor: User, task: Task, piece: Piece) -> Act:
    account = ledger.account(task.user)
    price = f"Charge {task.user.email} {piece.price} credits (the balance is {account.balance})"

    def perform(given: Mapping[str, Any]) -> str:
        charged = given["pays"] == CHARGED
        staff.regenerate(actor, task, piece.key, given["instructions"], given["reason"], charged)
        return f"One more take of {piece.the_name} is on its way{'' if charged else ', free for the user'}."

    return Act(
        title=f"Make {piece.the_name} again",
        explanation="One more take is made and selected, and the film is cut again. Earlier takes stay.",
        button="Make it again",
        back=piece.page,
        form=RegenerateForm,
        perform=perform,
        price=lambda given: price if given["pays"] == CHARGED and piece.price else "",
        initial={"pays": FREE},
        choices={"pays": [(FREE, "Free for the user"), (CHARGED, price)] if piece.price else [(FREE, "It is free")]},
    )


def select_take(actor: User, task: Task, piece: Piece, take: int) -> Act:
    def perform(given: Mapping[str, Any]) -> str:
        staff.select_take(actor, task, piece.key, take, given["reason"])
        return f"Take {take} of {piece.the_name} is selected."

    return Act(
        title=f"Use take {take} of {piece.the_name}",
        explanation="It becomes the selected take, with all that was once made from it. The film is cut again, free.",
        button=f"Use take {take}",
        back=piece.page,
        perform=perform,
    )


def retry_failed(actor: User, task: Task) -> Act:
    def perform(given: Mapping[str, Any]) -> str:
        staff.retry_failed(actor, task, given["reason"])
        return "What failed is being tried again, free for the user."

    return Act(
        title="Retry what failed",
        explanation="Everything that failed, or waited for it, is tried again. The user pays nothing more.",
        button="Retry",
        back=page_of(task),
        perform=perform,
    )


def cancel(actor: User, task: Task) -> Act:
    def perform(given: Mapping[str, Any]) -> str:
        count = staff.cancel(actor, task, given["reason"])
        return f"{count} {'run ends' if count == 1 else 'runs end'}; what was not used is given back."

    return Act(
        title="Cancel the run",
        explanation="What is being made is stopped. Finished takes stay; credits that were not used are given back.",
        button="Cancel the run",
        back=page_of(task),
        perform=perform,
        dangerous=True,
    )


def recut(actor: User, task: Task) -> Act:
    def perform(given: Mapping[str, Any]) -> str:
        staff.recut(actor, task, given["reason"])
        return "The film is being cut again."

    return Act(
        title="Cut the film again",
        explanation="The film is joined anew from the takes that are selected. It is free.",
        button="Cut again",
        back=page_of(task),
        perform=perform,
    )


def refund(actor: User, task: Task, asked: str = "") -> Act:
    """`asked` is the piece that is chosen at first, where it cost something."""
    names = names_of([task.id])[task.id]
    paid = Step.objects.filter(run__task=task, charged__gt=0).order_by("component")
    pieces = list(paid.values_list("component", flat=True).distinct())
    component = asked if asked in pieces else ""
    open_amounts = {key: accounts.refundable(task, key) for key in ("", *pieces)}
    left, film, email = open_amounts[component], f"“{called(task)}”", task.user.email

    def what(given: Mapping[str, Any]) -> str:
        return f"{names.the(given['component'])} of {film}" if given["component"] else film

    charged_for = what({"component": component})

    def perform(given: Mapping[str, Any]) -> str:
        line = staff.refund(
            actor, task, given["amount"], given["reason"], given["component"], called=what(given), once=given["once"]
        )
        return f"{email} got {line.amount} credits back for {what(given)}."

    return Act(
        title=f"Give {email} credits back for {film}",
        explanation=f"{email} was charged {left} credits for {charged_for} that were not given back yet.",
        button="Give back",
        back=page_of(task),
        form=RefundForm,
        perform=perform,
        check=lambda given: accounts.check_refund(
            actor, task.user, given["amount"], task, given["component"], called=what(given)
        ),
        price=lambda given: f"Give {email} {given['amount']} credits back for {what(given)}",
        initial={"component": component, "amount": left or None},
        choices={"component": [(key, _with_amount(key, amount, names)) for key, amount in open_amounts.items()]},
        proposes={"component": open_amounts},
    )


def _with_amount(key: str, amount: int, names: PieceNames) -> str:
    """Name a piece, or the film, with what can be given back for it."""
    name = names.name(key) if key else "The whole film"
    return f"{name} · {amount} credit{'' if amount == 1 else 's'}"


def called(task: Task) -> str:
    """Name the film as titles of pages do: by its title, else its prompt, in 60 characters at most."""
    return Truncator(task.title or task.prompt).chars(60)
