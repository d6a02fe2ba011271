"""PURE: a row for each vendor: its settings, how much may be asked of it, what makes what there, who asks about it.

A vendor is used where its key is given, or its address where it is the operator's own server (`Vendor.configured_by`).

To add a vendor, add its row here, its adapters beside this file, its models with their prices to `models.toml`, and its
variables to `.env.example`. Nothing has a default: a row that lacks a limit is refused as this module is imported, and
a model without a price as the settings are checked (`pixora.E010`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

CAPABILITIES = ("script", "agent", "image", "moderation", "voice", "music", "motion")
"""What a vendor can be pinned for. Pictures after a picture are the role `image_edit` of `image`."""


@dataclass(frozen=True, slots=True)
class Limit:
    """A number that whoever runs Pixora may change by this environment variable."""

    variable: str
    default: int
    at_least: int = 1


@dataclass(frozen=True, slots=True)
class Server:
    """One of a vendor's servers, by the environment variables of its address and its key."""

    name: str
    """Its name in `PIXORA_KEYS` and `PIXORA_BASE_URLS`."""
    key: str
    address: str
    address_hint: str
    capabilities: frozenset[str]
    """What is asked for there."""


ConfiguredBy = Literal["key", "address"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Vendor:
    """A vendor's row. Raises ValueError for one that would leave something unlimited, or something unpriced."""

    name: str
    configured_by: ConfiguredBy
    """What makes a server of it used: a `key`, where everybody knows the address and another is for proxies and tests;
    or an `address`, where the server is the operator's own. Such a one is free, needs no key, and has its own name for
    its model, so the variables in `models` hold that name instead of an entry's."""
    servers: tuple[Server, ...]
    at_once: Limit
    """Jobs that the account works on at once, over all workers."""
    in_line: Limit | None
    """Jobs that may wait in its queue besides, so that it goes on at once while we fetch what is done. None: it has
    no queue."""
    per_minute: Limit
    """Requests over all workers."""
    adapters: Mapping[str, str]
    """By capability, the dotted path of what makes it there."""
    for_small_models: Mapping[str, str]
    """By capability, what takes the adapter's place where the model is small: it asks for little at a time."""
    models: Mapping[str, str]
    """By role, the environment variable that names an entry of `models.toml`; without it, the default there."""
    account: str
    """The dotted path of what asks the vendor about a model (`check_providers`)."""
    sees: str
    """The dotted path of what looks at stills with its language model; empty where that sees nothing."""

    def __post_init__(self) -> None:
        if min(self.at_once.at_least, self.at_once.default, self.per_minute.at_least, self.per_minute.default) < 1:
            raise ValueError(f"{self.name}: at_once and per_minute are limits, so they are 1 or more.")
        if not self.adapters or not self.adapters.keys() <= set(CAPABILITIES):
            raise ValueError(f"{self.name}: adapters are named by capability, one of {', '.join(CAPABILITIES)}.")
        asked = sorted(capability for server in self.servers for capability in server.capabilities)
        if asked != sorted(self.adapters):
            raise ValueError(f"{self.name}: each capability is asked for at exactly one server.")
        if missing := self.adapters.keys() - self.models.keys():
            raise ValueError(f"{self.name}: no model, and so no price, for {', '.join(sorted(missing))}.")

    def server(self, capability: str) -> Server:
        """Return where this capability is asked for. Raises StopIteration for one that the vendor does not have."""
        return next(server for server in self.servers if capability in server.capabilities)


VENDORS: tuple[Vendor, ...] = (
    Vendor(
        name="compatible",
        configured_by="address",
        servers=(
            Server(
                "llm",
                key="PIXORA_LLM_KEY",
                address="PIXORA_LLM_URL",
                address_hint="Write http://localhost:11434/v1 for Ollama, for instance.",
                capabilities=frozenset({"script", "agent"}),
            ),
            Server(
                "images",
                key="PIXORA_IMAGES_KEY",
                address="PIXORA_IMAGES_URL",
                address_hint="Write http://localhost:8080/v1, for instance.",
                capabilities=frozenset({"image"}),
            ),
            Server(
                "speech",
                key="PIXORA_SPEECH_KEY",
                address="PIXORA_SPEECH_URL",
                address_hint="Write http://localhost:8880/v1, for instance.",
                capabilities=frozenset({"voice"}),
            ),
        ),
        at_once=Limit("PIXORA_OWN_SERVER_CONCURRENCY", 4),
        in_line=None,
        per_minute=Limit("PIXORA_OWN_SERVER_REQUESTS_PER_MINUTE", 240),
        adapters={
            "script": "pipeline.providers.compatible.script.CompatibleScript",
            "agent": "chat.llm.compatible.model.CompatibleModel",
            "image": "pipeline.providers.compatible.image.CompatibleImage",
            "voice": "pipeline.providers.compatible.voice.CompatibleVoice",
        },
        models={
            "script": "PIXORA_LLM_MODEL",
            "agent": "PIXORA_LLM_MODEL",
            "image": "PIXORA_IMAGES_MODEL",
            "image_edit": "PIXORA_IMAGES_MODEL",
            "voice": "PIXORA_SPEECH_MODEL",
        },
        for_small_models={
            "script": "pipeline.providers.compatible.story_script.StoryScript",
            "agent": "chat.llm.guided.model.GuidedModel",
        },
        account="pipeline.providers.compatible.account.look",
        sees="",
    ),
    Vendor(
        name="openai",
        configured_by="key",
        servers=(
            Server(
                "openai",
                key="OPENAI_API_KEY",
                address="OPENAI_BASE_URL",
                address_hint="Write https://host/v1, or unset it to use OpenAI's.",
                capabilities=frozenset({"script", "agent", "image", "moderation"}),
            ),
        ),
        at_once=Limit("OPENAI_CONCURRENCY", 8),
        in_line=None,
        per_minute=Limit("OPENAI_REQUESTS_PER_MINUTE", 60),
        adapters={
            "script": "pipeline.providers.openai.script.OpenAIScript",
            "agent": "chat.llm.openai.OpenAIModel",
            "image": "pipeline.providers.openai.image.OpenAIImage",
            "moderation": "pipeline.providers.openai.moderation.OpenAIModeration",
        },
        for_small_models={},
        models={
            "script": "OPENAI_SCRIPT_MODEL",
            "agent": "OPENAI_AGENT_MODEL",
            "sight": "OPENAI_SIGHT_MODEL",
            "image": "OPENAI_IMAGE_MODEL",
            "image_edit": "OPENAI_IMAGE_EDIT_MODEL",
            "moderation": "OPENAI_MODERATION_MODEL",
        },
        account="pipeline.providers.openai.account.look",
        sees="pipeline.providers.openai.describe_still.OpenAISight",
    ),
    Vendor(
        name="fal",
        configured_by="key",
        servers=(
            Server(
                "fal",
                key="FAL_KEY",
                address="FAL_BASE_URL",
                address_hint="Write https://host, or unset it to use fal's.",
                capabilities=frozenset({"image", "voice", "music", "motion"}),
            ),
        ),
        at_once=Limit("FAL_CONCURRENCY", 2),  # as a new account has
        in_line=Limit("FAL_IN_LINE", 2, at_least=0),
        per_minute=Limit("FAL_REQUESTS_PER_MINUTE", 120),
        adapters={
            "image": "pipeline.providers.fal.image.FalImage",
            "voice": "pipeline.providers.fal.voice.FalVoice",
            "music": "pipeline.providers.fal.music.FalMusic",
            "motion": "pipeline.providers.fal.motion.FalMotion",
        },
        for_small_models={},
        models={
            "image": "FAL_IMAGE_MODEL",
            "image_edit": "FAL_IMAGE_EDIT_MODEL",
            "voice": "FAL_TTS_MODEL",
            "voice_sample": "FAL_VOICE_SAMPLE_MODEL",
            "music": "FAL_MUSIC_MODEL",
            "motion": "FAL_VIDEO_MODEL",
        },
        account="pipeline.providers.fal.account.look",
        sees="",
    ),
    Vendor(
        name="musicgen",
        configured_by="key",
        servers=(
            Server(
                "musicgen",
                key="REPLICATE_API_TOKEN",
                address="REPLICATE_BASE_URL",
                address_hint="Write https://host, or unset it to use Replicate's.",
                capabilities=frozenset({"music"}),
            ),
        ),
        at_once=Limit("REPLICATE_CONCURRENCY", 2),
        in_line=Limit("REPLICATE_IN_LINE", 2, at_least=0),
        per_minute=Limit("REPLICATE_REQUESTS_PER_MINUTE", 60),
        adapters={"music": "pipeline.providers.musicgen.MusicGen"},
        for_small_models={},
        models={"music": "REPLICATE_MUSIC_MODEL"},
        account="pipeline.providers.musicgen.look",
        sees="",
    ),
)
"""Where several can do the same, the first that is configured does; whoever names a server of their own means it."""
BY_NAME: Mapping[str, Vendor] = {vendor.name: vendor for vendor in VENDORS}

LOCAL: Mapping[str, str] = {
    "script": "pipeline.providers.local.script.LocalScript",
    "agent": "chat.llm.local.model.LocalModel",
    "image": "pipeline.providers.local.image.LocalImage",
    "moderation": "pipeline.providers.local.moderation.LocalModeration",
    "voice": "pipeline.providers.local.voice.LocalVoice",
    "music": "pipeline.providers.local.music.LocalMusic",
    "motion": "pipeline.providers.local.motion.LocalMotion",
}
"""What makes each on this machine, without a key and without a limit but its cores."""


def who_can(capability: str) -> tuple[str, ...]:
    """The vendors' names, the best first."""
    return tuple(vendor.name for vendor in VENDORS if capability in vendor.adapters)


def account_of(maker: str, *, local: bool) -> str:
    """Return the vendor whose limits apply to an adapter of this name; empty for what is made on this machine.

    An own server's adapters are local (nothing is paid, nothing is told to strangers), and it has limits all the same.
    """
    return maker if not local or maker in BY_NAME else ""


def adapter_of(capability: str, vendor: str, *, small: bool = False) -> str:
    """The dotted path of what makes this at a vendor, or here (`local`). Raises KeyError for one that cannot."""
    if vendor == "local":
        return LOCAL[capability]
    row = BY_NAME[vendor]
    return (row.for_small_models if small else {}).get(capability) or row.adapters[capability]
