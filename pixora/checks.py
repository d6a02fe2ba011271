"""Django's system checks, which tell what is wrong with the settings.

pixora.E001  DATABASE_URL is no PostgreSQL URL
pixora.E002  REDIS_URL is no Redis URL
pixora.E003  a value is not of its kind, or out of its range
pixora.E004  a NAME_FILE cannot be read
pixora.E005  a choice that does not exist
pixora.E006  an address is no http(s) URL
pixora.E007  Supabase accounts are asked for, but not where
pixora.E008  a vendor is pinned that has no key, or an own server that has no address
pixora.E009  a model is named that models.toml does not have
pixora.E010  a model that is used has no price
pixora.E011  the Supabase service key is a public one
pixora.E012  nothing is embedded, and something that has to be shared is not given
pixora.E013  EMAIL_URL is no address of a mail server
pixora.E014  webhooks may lead into this network, where Pixora is deployed
pixora.E015  the key that films are signed with, or its certificate, cannot be used
pixora.W001  DATABASE_URL leads to the transaction pooler
pixora.W002  no neural voice can speak here
pixora.W003  every machine would sign films with a key of its own
pixora.W004  the library that signs films cannot run here, though a key is given to it
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register

from pipeline.credentials import keys, signing
from pipeline.providers.local.speech.neural.weights import what_is_missing
from pipeline.providers.models_and_prices import FILE, catalogue
from pipeline.providers.registry import find_model, is_configured, model_name
from pipeline.providers.vendors import BY_NAME, VENDORS
from pixora.foundation.environment import Problem


@register
def check_environment(**_: Any) -> Sequence[CheckMessage]:
    problems: list[Problem] = settings.PIXORA_PROBLEMS
    return [Error(problem.message, hint=problem.hint, id=problem.id) for problem in problems]


@register(deploy=True)
def check_private_addresses(**_: Any) -> Sequence[CheckMessage]:
    if not settings.PIXORA_PRIVATE_ADDRESSES:
        return []
    hint = "Unset PIXORA_PRIVATE_ADDRESSES: it is for development and tests."
    return [Error("Webhooks may lead into this network.", hint=hint, id="pixora.E014")]


@register
def check_pooler(**_: Any) -> Sequence[CheckMessage]:
    """Starting processes wait for each other with a lock that belongs to a session; see docs/deploy-supabase.md."""
    if settings.DATABASES["default"]["PORT"] != settings.TRANSACTION_POOLER_PORT:
        return []
    hint = "Use the session pooler: the same address with port 5432."
    return [Warning("DATABASE_URL leads to the transaction pooler.", hint=hint, id="pixora.W001")]


@register
def check_voices(**_: Any) -> Sequence[CheckMessage]:
    if not (missing := what_is_missing()):
        return []
    hint = "Install the requirements with a Python and on a machine that all of them have wheels for."
    return [Warning(f"espeak-ng speaks English too: {missing}", hint=hint, id="pixora.W002")]


@register
def check_signing(**_: Any) -> Sequence[CheckMessage]:
    if not (settings.PIXORA_SIGNING_CERTIFICATE or settings.PIXORA_SIGNING_KEY):
        return []
    try:
        keys.identity()
        signing.trial()
    except keys.UnusableKey as error:
        hint = "docs/content-credentials.md says what they have to be. Unset both, and a key is made here."
        return [Error(error.message, hint=hint, id="pixora.E015")]
    except ImportError:
        hint = "Reinstall c2pa-python, or expect films without Content Credentials."
        return [Warning("The library that signs films cannot run on this machine.", hint=hint, id="pixora.W004")]
    return []


@register(deploy=True)
def check_one_signer(**_: Any) -> Sequence[CheckMessage]:
    """Several machines have homes of their own, and so would have keys of their own."""
    if settings.PIXORA_EMBEDDED or settings.PIXORA_SIGNING_KEY:
        return []
    hint = "Set PIXORA_SIGNING_CERTIFICATE and PIXORA_SIGNING_KEY, the same for all of them."
    return [Warning("Every machine signs films with a key of its own.", hint=hint, id="pixora.W003")]


@register
def check_vendors(**_: Any) -> Sequence[CheckMessage]:
    return [*_pinned_without_key(), *_unusable_models()]


def _pinned_without_key() -> Iterator[CheckMessage]:
    for capability, vendor in settings.PIXORA_PROVIDERS.items():
        if vendor in BY_NAME and not is_configured(vendor, capability):
            needed, server = BY_NAME[vendor].configured_by, BY_NAME[vendor].server(capability)
            variable = server.key if needed == "key" else server.address
            message = f"PIXORA_PROVIDER_{capability.upper()} is {vendor}, but {vendor} has no {needed}."
            yield Error(message, hint=f"Set {variable}, or choose auto or local.", id="pixora.E008")


def _unusable_models() -> Iterator[CheckMessage]:
    for vendor in VENDORS:
        for role, variable in vendor.models.items():
            if message := _unusable(vendor.name, role, variable):
                yield message


def _unusable(vendor: str, role: str, variable: str) -> CheckMessage | None:
    name, found = model_name(role, vendor), find_model(role, vendor)
    if found is None or found.vendor != vendor:
        hint = f"Choose one of {', '.join(catalogue().names(role, vendor))}, or add it to {FILE.name}."
        return Error(f"{variable} is {name!r}, which is unknown.", hint=hint, id="pixora.E009")
    if not found.priced:
        hint = f"Give its entry in {FILE.name} both credits and cost."
        return Error(f"The model {name} has no price, so it cannot be used.", hint=hint, id="pixora.E010")
    return None
