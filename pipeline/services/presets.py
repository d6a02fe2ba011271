"""Presets: settings that a user keeps under a name, and orders films with."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from pipeline.film.settings import parse_settings
from pipeline.models import Preset
from pipeline.services import model_choice, own_voices
from pixora.accounts.models import User
from pixora.foundation.errors import Invalid, NotFound

MOST = 100


def presets_of(user: User) -> QuerySet[Preset]:
    """Return a user's presets by their names."""
    return Preset.objects.filter(user=user).order_by("name")


def preset_of(user: User, preset: str) -> Preset:
    """Return the preset with this id or name, in capitals or not. Raises NotFound for other people's, too."""
    clean = preset.replace("\x00", "").strip()
    by_id = _id(clean)
    found = presets_of(user).filter(**({"id": by_id} if by_id else {"name__iexact": clean})).first()
    if found is None:
        raise NotFound("You have no such preset: look at the list of yours.")
    return found


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def create(user: User, *, name: str, settings: Mapping[str, Any]) -> Preset:
    """Keep settings under a name. Raises Invalid naming the field."""
    kept = _checked(user, settings)
    if presets_of(user).count() >= MOST:
        raise Invalid(f"name: there are {MOST} presets already, which is the most; delete one.", field="name")
    return _saved(Preset(user=user, name=_clean(name), settings=kept))


def change(preset: Preset, *, name: str | None = None, settings: Mapping[str, Any] | None = None) -> Preset:
    """Give a preset another name, or other settings in the place of all that it has. Raises as `create` does."""
    if settings is not None:
        preset.settings = _checked(preset.user, settings)
    preset.name = preset.name if name is None else _clean(name)
    return _saved(preset)


def with_preset(user: User, preset: str | None, chosen: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is chosen, and beside it what the preset says, if one is named. Raises NotFound."""
    return {**(preset_of(user, preset).settings if preset else {}), **chosen}


def _checked(user: User, settings: Mapping[str, Any]) -> dict[str, Any]:
    """Return the settings as films have them, without what no line of text holds."""
    parsed = parse_settings(dict(settings))
    model_choice.check(parsed.models)
    own_voices.check(user, parsed.voice_character, parsed.model_dump())
    known = parsed.model_dump(mode="json")
    return {name: known[name] if isinstance(value, str) else value for name, value in settings.items()}


def _clean(name: str) -> str:
    if not (clean := " ".join(name.split())):
        raise Invalid("name: must not be empty.", field="name")
    return clean


def _saved(preset: Preset) -> Preset:
    try:
        with transaction.atomic():
            preset.save()
    except IntegrityError:
        raise Invalid(f"name: you have a preset {preset.name!r} already; take another name.", field="name") from None
    return preset
