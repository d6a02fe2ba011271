"""A person's choice of who makes what is bought: a tier, and below it models for kinds of pieces or single ones."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pipeline.film.own_words.ordered_settings import refusal
from pipeline.film.settings import Choice, TaskSettings
from pipeline.planning.kinds import Kind, kind_of
from pipeline.providers.base import Capability
from pipeline.providers.models_and_prices import Model, VoiceModel, catalogue
from pipeline.providers.registry import ROLES, capability_of, languages, serves
from pixora.foundation.errors import Invalid

MAKES: tuple[str, ...] = tuple(role for role in ROLES if role != "image_edit")
"""What a model can be chosen for; a picture's model also makes those that start from others."""


def merged(settings: TaskSettings, tier: str = "", models: Mapping[str, str] | None = None) -> Choice:
    """The film's choice with what is said beside it. Another tier takes the film's own models back."""
    base = Choice(tier) if tier and tier != settings.tier else settings.choice
    return Choice(base.tier, {**base.models, **(models or {})})


def check(models: Mapping[str, str]) -> None:
    """Raises Invalid, which names what may be chosen, for a model that is not there or does not make such pieces."""
    for what, name in models.items():
        made = _capability(what)
        if made is None:
            raise Invalid(f"models: {what!r} is not made by a model; choose one of {', '.join(MAKES)}.", field="models")
        possible = [model.name for model in available(made)]
        if name not in possible:
            known = f"one of {', '.join(possible)}" if possible else "left out: there is only one way here"
            raise Invalid(f"models: {name[:60]!r} cannot be chosen for {what}; it must be {known}.", field="models")


def check_language(language: str) -> None:
    """Raises Invalid, which names the languages there are, for one that no film can be in here."""
    if language not in languages():
        raise Invalid(f"language: {refusal(language, languages())}", field="language", code="unsupported_language")


def available(made: str) -> list[Model]:
    """The models that can be asked for this here, as `models.toml` lists them; none where own machines make it. A model
    that speaks from a sample is chosen with the sample."""
    section = catalogue().models["text" if made == "script" else made]
    found = [model for model in section.values() if model.priced and model.source and serves(model.vendor, made)]
    return [model for model in found if not (isinstance(model, VoiceModel) and model.supports_voice_sample)]


def _capability(what: str) -> str | None:
    """Return what the models make that may be named for this; None where none may."""
    if what in MAKES:
        return what
    kind = next(_kinds(what), None)
    capability = capability_of(kind) if kind else None
    return capability.value if capability and capability is not Capability.MODERATION else None


def _kinds(component: str) -> Iterator[Kind]:
    if "/" in component and component.partition("/")[0] in Kind.__members__.values():
        yield kind_of(component)
