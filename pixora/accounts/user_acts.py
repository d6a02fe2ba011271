"""The acts of staff on a user: each button's page, over the services of `pixora.accounts.staff`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.urls import reverse

from pixora.accounts import ledger, staff
from pixora.accounts.models import User
from pixora.accounts.roles import Role, role_of
from pixora.back_office.acts import Act, ActForm

NOBODY = "none"


class CreditsForm(ActForm):
    amount = forms.IntegerField(min_value=1, label="Credits")
    first = "amount"


class RoleForm(ActForm):
    role = forms.ChoiceField(
        label="Role",
        widget=forms.RadioSelect,
        choices=[
            (NOBODY, "None: a user like everybody else"),
            (Role.SUPPORT, "Support: looks at everything, regenerates, refunds up to a limit"),
            (Role.OPERATOR, "Operator: grants credits too, refunds without a limit"),
            (Role.ADMIN, "Admin: makes others members of staff"),
        ],
    )
    first = "role"


def page_of(user: User) -> str:
    return reverse("admin:accounts_user_change", args=[user.id])


def grant(actor: User, user: User) -> Act:
    def perform(given: Mapping[str, Any]) -> str:
        line = staff.grant(actor, user, given["amount"], given["reason"], once=given["once"])
        return f"{user.email} got {line.amount} credits."

    return Act(
        title=f"Grant credits to {user.email}",
        explanation=f"A gift, on top of a balance of {ledger.account(user).balance}.",
        button="Grant",
        back=page_of(user),
        form=CreditsForm,
        perform=perform,
        check=lambda given: staff.check_grant(actor, given["amount"]),
        price=lambda given: f"Grant {user.email} {given['amount']} credits",
    )


def refund(actor: User, user: User) -> Act:
    def perform(given: Mapping[str, Any]) -> str:
        line = staff.refund(actor, user, given["amount"], given["reason"], once=given["once"])
        return f"{user.email} got {line.amount} credits back."

    return Act(
        title=f"Give credits back to {user.email}",
        explanation="For something that has to do with no film. For a film, use the button on its page.",
        button="Give back",
        back=page_of(user),
        form=CreditsForm,
        perform=perform,
        check=lambda given: staff.check_refund(actor, user, given["amount"]),
        price=lambda given: f"Give {user.email} {given['amount']} credits back",
    )


def sign_out(actor: User, user: User) -> Act:
    def perform(given: Mapping[str, Any]) -> str:
        count = staff.sign_out_everywhere(actor, user, given["reason"])
        return f"{user.email} is signed out: {count} {'session' if count == 1 else 'sessions'} ended."

    return Act(
        title=f"Sign {user.email} out everywhere",
        explanation="All sessions end at once, on every device. The user can sign in again.",
        button="Sign out everywhere",
        back=page_of(user),
        perform=perform,
        dangerous=True,
    )


def change_role(actor: User, user: User) -> Act:
    def perform(given: Mapping[str, Any]) -> str:
        role = None if given["role"] == NOBODY else Role(given["role"])
        staff.set_role(actor, user, role, given["reason"])
        return f"{user.email} is {f'{role} now' if role else 'no member of staff now'}."

    return Act(
        title=f"The role of {user.email}",
        explanation="It says what a member of staff may do, from the next click on.",
        button="Change the role",
        back=page_of(user),
        form=RoleForm,
        perform=perform,
        initial={"role": role_of(user) or NOBODY},
    )
