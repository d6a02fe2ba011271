"""The page behind every button that changes something: what will happen, why it is done, and a yes to its price."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.contrib.admin import AdminSite
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from pixora.foundation.error_responses import status_of
from pixora.foundation.errors import PixoraError

A_DAY_S = 24 * 60 * 60
TEMPLATE = "admin/back_office/act.html"


class ActForm(forms.Form):
    """Every act has a reason, which is recorded with whoever did it. `once` makes a form that is sent twice one act."""

    once = forms.CharField(max_length=32, widget=forms.HiddenInput)
    reason = forms.CharField(
        max_length=300,
        label="Reason",
        help_text="Recorded with your name; the user does not see it.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    first: ClassVar[str] = "reason"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields([name for name in self.fields if name != "reason"])
        self.fields[self.first].widget.attrs["autofocus"] = True


@dataclass(frozen=True)
class Act:
    """`perform` gets the form's values and returns what to tell; it raises PixoraError. `price` is what to ask a yes
    for, or nothing; `check` raises PixoraError before that is asked."""

    title: str
    explanation: str
    button: str
    back: str
    perform: Callable[[Mapping[str, Any]], str]
    form: type[ActForm] = ActForm
    price: Callable[[Mapping[str, Any]], str] = lambda _given: ""
    check: Callable[[Mapping[str, Any]], None] = lambda _given: None
    initial: Mapping[str, Any] = field(default_factory=dict)
    choices: Mapping[str, Any] = field(default_factory=dict)
    """Of the form's fields that have some."""
    proposes: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    """Amounts that are proposed when a choice is made, by the field with the choices."""
    dangerous: bool = False


def act_page(request: HttpRequest, site: AdminSite, act: Act) -> HttpResponse:
    form = act.form(request.POST or None, initial={"once": uuid.uuid4().hex, **act.initial})
    for name, choices in act.choices.items():
        form.fields[name].choices = choices  # type: ignore[attr-defined]
    for name, amounts in act.proposes.items():
        form.fields[name].widget.attrs["data-amounts"] = json.dumps(amounts)
    if request.method != "POST":
        return _page(request, site, act, form)
    if not form.is_valid():
        return _page(request, site, act, form, status=422)
    price = act.price(form.cleaned_data)
    if price and request.POST.get("agreed") != price:
        return _asked(request, site, act, form, price)
    return _perform(request, site, act, form)


def _asked(request: HttpRequest, site: AdminSite, act: Act, form: ActForm, price: str) -> HttpResponse:
    """Ask for a yes to the price of what can be done; what cannot is refused here already."""
    try:
        act.check(form.cleaned_data)
    except PixoraError as error:
        return _refused(request, site, act, form, error)
    return _page(request, site, act, form, price=price)


def _refused(request: HttpRequest, site: AdminSite, act: Act, form: ActForm, error: PixoraError) -> HttpResponse:
    form.add_error(None, error.message)
    return _page(request, site, act, form, status=status_of(error))


def _perform(request: HttpRequest, site: AdminSite, act: Act, form: ActForm) -> HttpResponse:
    """A second sending while the first is at work, or after it, does nothing."""
    key = f"act:{request.user.pk}:{form.cleaned_data['once']}"
    if not cache.add(key, 1, A_DAY_S):
        messages.info(request, "This was sent twice and done once.")
        return redirect(act.back)
    try:
        told = act.perform(form.cleaned_data)
    except PixoraError as error:
        cache.delete(key)
        return _refused(request, site, act, form, error)
    except BaseException:
        cache.delete(key)
        raise
    messages.success(request, told)
    return redirect(act.back)


def _page(
    request: HttpRequest, site: AdminSite, act: Act, form: ActForm, *, status: int = 200, price: str = ""
) -> HttpResponse:
    shown = {**site.each_context(request), "title": act.title, "act": act, "form": form, "price": price}
    return TemplateResponse(request, TEMPLATE, shown, status=status)
