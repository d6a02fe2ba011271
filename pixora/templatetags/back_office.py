"""`{% load back_office %}`: the back office's formats as template filters."""

from __future__ import annotations

from typing import Any

from django import template
from django.contrib.admin import ListFilter
from django.contrib.admin.views.main import ChangeList

from pixora.back_office import formats
from pixora.back_office.piece_names import Names

register = template.Library()
for each in (
    *(formats.dollars, formats.seconds, formats.when),
    *(formats.pretty, formats.compact, formats.signed, formats.spaced),
):
    register.filter(each.__name__, each)


@register.filter
def called(component: str, names: Names) -> str:
    """Name a piece as people call it; `names` are those of its film."""
    return names.name(component)


@register.filter
def choices_of(spec: ListFilter, changelist: ChangeList) -> list[Any]:
    """Return the choices of a list's filter: a template cannot pass what they depend on."""
    return list(spec.choices(changelist))
