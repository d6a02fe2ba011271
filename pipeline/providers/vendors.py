"""PURE: a row for each vendor: its settings, how much may be asked of it, what makes what there, who asks about it.

To add a vendor, add its row here, its adapters beside this file, its models with their prices to `models.toml`, and its
variables to `.env.example`. Nothing has a default: a row that lacks a limit is refused as this module is imported, and
a model without a price as the settings are checked (`pixora.E010`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

CAPABILITIES = ("script", "agent", "image", "moderation", "voice", "music", "motion")
"""What a vendor can be pinned for. Pictures after a picture are the role `image_edit` of `image`."""


@dataclass(frozen=True, slots=True)
class Limit:
    """A number that whoever runs Pixora may change by this environment variable."""

    variable: str
    default: int
    at_least: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Vendor:
    """A vendor's row. Raises ValueError for one that would leave something unlimited, or something unpriced."""

    name: str
    key: str
    """The environment variable of its key."""
    base_url: str
    """The environment variable of another address to ask."""
    base_url_hint: str
    at_once: Limit
    """Jobs that the account works on at once, over all workers."""
    in_line: Limit | None
    """Jobs that may wait in its queue besides, so that it goes on at once while we fetch what is done. None: it has
    no queue."""
    per_minute: Limit
    """Requests over all workers."""
    adapters: Mapping[str, str]
    """By capability, the dotted path of what makes it there."""
    models: Mapping[str, str]
    """By role, the environment variable that names an entry of `models.toml`; without it, the default there."""
    account: str
    """The dotted path of what asks the vendor about a model (`check_providers`)."""

    def __post_init__(self) -> None:
        if min(self.at_once.at_least, self.at_once.default, self.per_minute.at_least, self.per_minute.default) < 1:
            raise ValueError(f"{self.name}: at_once and per_minute are limits, so they are 1 or more.")
        if not self.adapters or not self.adapters.keys() <= set(CAPABILITIES):
            raise ValueError(f"{self.name}: adapters are named by capability, one of {', '.join(CAPABILITIES)}.")
        if missing := self.adapters.keys() - self.models.keys():
            raise ValueError(f"{self.name}: no model, and so no price, for {', '.join(sorted(missing))}.")


VENDORS: tuple[Vendor, ...] = (
    Vendor(
        name="openai",
        key="OPENAI_API_KEY",
        base_url="OPENAI_BASE_URL",
        base_url_hint="Write https://host/v1, or unset it to use OpenAI's.",
        at_once=Limit("OPENAI_CONCURRENCY", 8),
        in_line=None,
        per_minute=Limit("OPENAI_REQUESTS_PER_MINUTE", 60),
        adapters={
            "script": "pipeline.providers.openai.script.OpenAIScript",
            "agent": "chat.llm.openai.OpenAIModel",
            "image": "pipeline.providers.openai.image.OpenAIImage",
            "moderation": "pipeline.providers.openai.moderation.OpenAIModeration",
        },
        models={
            "script": "OPENAI_SCRIPT_MODEL",
            "agent": "OPENAI_AGENT_MODEL",
            "image": "OPENAI_IMAGE_MODEL",
            "image_edit": "OPENAI_IMAGE_EDIT_MODEL",
            "moderation": "OPENAI_MODERATION_MODEL",
        },
        account="pipeline.providers.openai.account.look",
    ),
    Vendor(
        name="fal",
        key="FAL_KEY",
        base_url="FAL_BASE_URL",
        base_url_hint="Write https://host, or unset it to use fal's.",
        at_once=Limit("FAL_CONCURRENCY", 2),  # as a new account has
        in_line=Limit("FAL_IN_LINE", 2, at_least=0),
        per_minute=Limit("FAL_REQUESTS_PER_MINUTE", 120),
        adapters={
            "voice": "pipeline.providers.fal.voice.FalVoice",
            "music": "pipeline.providers.fal.music.FalMusic",
            "motion": "pipeline.providers.fal.motion.FalMotion",
        },
        models={"voice": "FAL_TTS_MODEL", "music": "FAL_MUSIC_MODEL", "motion": "FAL_VIDEO_MODEL"},
        account="pipeline.providers.fal.account.look",
    ),
    Vendor(
        name="musicgen",
        key="REPLICATE_API_TOKEN",
        base_url="REPLICATE_BASE_URL",
        base_url_hint="Write https://host, or unset it to use Replicate's.",
        at_once=Limit("REPLICATE_CONCURRENCY", 2),
        in_line=Limit("REPLICATE_IN_LINE", 2, at_least=0),
        per_minute=Limit("REPLICATE_REQUESTS_PER_MINUTE", 60),
        adapters={"music": "pipeline.providers.musicgen.MusicGen"},
        models={"music": "REPLICATE_MUSIC_MODEL"},
        account="pipeline.providers.musicgen.look",
    ),
)
"""Where several can do the same, the first that has a key does."""
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


def adapter_of(capability: str, vendor: str) -> str:
    """The dotted path of what makes this at a vendor, or here (`local`). Raises KeyError for one that cannot."""
    return LOCAL[capability] if vendor == "local" else BY_NAME[vendor].adapters[capability]
