"""The ports: what Pixora asks of a generator, whoever it is.

A request is a value that says what is wanted; a `Call` is how the generator talks back while it works.
Adapters write their result into `call.out` (any name inside `call.workdir` meanwhile) and return what they
know about it; they never see models, storage or the database. Errors are raised as `ProviderError`.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any, Protocol, runtime_checkable

from media_assets.probe import Probe
from pipeline.film.script import MusicPart, Scene
from pipeline.film.translation import Translation
from pipeline.providers.models_and_prices import Model
from pixora.foundation.errors import ProviderError

Size = tuple[int, int]
"""Width and height in pixels."""


class Capability(StrEnum):
    SCRIPT = "script"
    IMAGE = "image"
    VOICE = "voice"
    MUSIC = "music"
    MOTION = "motion"
    MODERATION = "moderation"


@dataclass(frozen=True)
class Reference:
    """A picture of a character that an image must agree with."""

    name: str
    path: Path
    kind: str = "profile"
    """`profile`: a character picture we made. `photo`: one the user gave."""
    looks: str = ""
    """The same in words, for generators that start from no pictures."""


@dataclass(frozen=True)
class Machines:
    """The abilities of the generators that will make the film of a script."""

    clip_lengths_s: tuple[int, ...]
    """The lengths that a clip may have."""
    references: int
    """The most characters of one picture who look as they look elsewhere."""
    ends_on_next: bool = False
    """Clips may end on the picture of the next scene."""
    music_parts: bool = False
    """One piece of music may change its mood with the scenes."""


@dataclass(frozen=True)
class ScriptRequest:
    prompt: str
    duration_s: int
    aspect_ratio: str
    style: str
    language: str
    voice: str
    character_consistency: bool
    seed: int
    instructions: str = ""
    source: str = ""
    """The film's own words, where the prompt is not them."""
    source_mode: str = ""
    """How they are followed, as in the settings."""
    length_is_open: bool = False
    """Nobody asked for a length: `duration_s` is the most."""
    machines: Machines | None = None


@dataclass(frozen=True)
class TranslationRequest:
    """Scenes of a film that are to be said in another language, each as long as its slot lets it."""

    scenes: tuple[Scene, ...]
    title: str
    source_language: str
    language: str
    keep: tuple[str, ...] = ()
    """Words that are never translated."""
    people: tuple[str, ...] = ()
    instructions: str = ""


@dataclass(frozen=True)
class ImageRequest:
    """A still of a scene, or (`kind="character"`) a character's profile picture."""

    kind: str
    name: str
    prompt: str
    style: str
    size: Size
    seed: int
    references: tuple[Reference, ...] = ()
    instructions: str = ""


@dataclass(frozen=True)
class Sound:
    """A word of a text that is to be spoken, and what is known of its sound."""

    read: str
    """The word as it stands in the text."""
    said: str = ""
    """The same, its stressed syllable in capitals: KER-ler."""
    ipa: str = ""


@dataclass(frozen=True)
class VoiceRequest:
    text: str
    language: str
    voice: str
    seed: int
    previous_text: str = ""
    next_text: str = ""
    instructions: str = ""
    sounds: tuple[Sound, ...] = ()
    """For voices that take phonemes; the text alone will do for others."""
    sample: Path | None = None
    """A recording of the voice to speak in, as MP3; only for models that speak from one."""
    sample_text: str = ""
    """Return what is said in it; empty where nobody wrote it down."""


@dataclass(frozen=True)
class MusicRequest:
    prompt: str
    length_s: float
    seed: int
    instructions: str = ""
    parts: tuple[MusicPart, ...] = ()
    """The sections of the piece, for models that take them; `described` says them in words for the others."""

    @property
    def described(self) -> str:
        """The prompt and, in their order, the moods of the parts."""
        moods = list(dict.fromkeys(part.mood for part in self.parts if part.mood))
        return ". ".join([self.prompt.rstrip(". "), f"It goes on: {', then '.join(moods)}"]) if moods else self.prompt


@dataclass(frozen=True)
class MotionRequest:
    image: Path
    prompt: str
    duration_s: int
    size: Size
    fps: int
    seed: int
    instructions: str = ""
    seen: str = ""
    """What is really to be seen in the image, where somebody looked; it goes with the prompt."""
    end_image: Path | None = None
    """The picture that the clip is to end on, for models that take one."""


def _ignore_progress(_fraction: float) -> None:
    return None


async def _forget(_ticket: Mapping[str, Any]) -> None:
    return None


async def _go_ahead() -> None:
    return None


@dataclass(frozen=True)
class Call:
    """One attempt, seen from the adapter."""

    workdir: Path
    out: Path
    deadline_s: float = 600.0
    attempt_id: str = ""
    model: Model | None = None
    """The entry that this attempt is made with; None: the adapter's usual one."""
    report: Callable[[float], None] = _ignore_progress
    """Progress, 0 to 1."""
    sending: Callable[[], Awaitable[None]] = _go_ahead
    """Awaited right before a request that is paid for: commits that it goes out, and raises where it no longer may."""
    remember: Callable[[Mapping[str, Any]], Awaitable[None]] = _forget
    """Commit the provider's request id and URLs; awaited the moment they are known."""
    ticket: Mapping[str, Any] | None = None
    """What an earlier process (or a webhook) remembered of this very attempt: re-attach to it, submit nothing."""
    webhook_url: str = ""
    """Where the provider may tell that the job is done; it names this attempt. Empty: nowhere."""
    nap: Callable[[float], Awaitable[object]] = asyncio.sleep
    """Wait so many seconds before looking at the job again, less when there is news of it."""


def answer_lost() -> ProviderError:
    """Return the error for a paid request whose answer never came: it may have been carried out."""
    return ProviderError(
        "It may have been made, but the answer was lost on the way.",
        code="outcome_unknown",
        retryable=True,
        unknown=True,
    )


@dataclass(frozen=True)
class Made:
    """A result in `path`; `facts` go into the take's metadata as they are (JSON).

    `extra` are further files of the same take, by their ending: captions have `.srt` beside `.vtt`. `cost_micros` is
    what the vendor asked for, in millionths of a US dollar, where it says so; None: what was expected. `found` is what
    was seen in the file where it was looked at to its end; None: it is still to be looked at.
    """

    path: Path
    facts: Mapping[str, Any] = field(default_factory=dict)
    extra: Mapping[str, Path] = field(default_factory=dict)
    cost_micros: int | None = None
    found: Probe | None = None


@dataclass(frozen=True)
class Verdict:
    """A moderator's verdict on a text or a picture; `categories` are those it breaks, in our own words."""

    allowed: bool
    categories: tuple[str, ...] = ()


@dataclass(frozen=True)
class ModelStatus:
    """A vendor's answer when it is asked about a model."""

    key_accepted: bool = True
    exists: bool = True
    deprecated: bool = False
    shut_down: date | None = None
    lacks: tuple[str, ...] = ()
    """The addresses it would be asked at that its server does not have."""
    notes: tuple[str, ...] = ()
    """What is good to know of it, and no trouble."""


@dataclass(frozen=True)
class Seen:
    """The things that a still shows, in English. `cost_micros` is None where the vendor does not say what it asks
    for."""

    text: str
    cost_micros: int | None = None
    request_id: str = ""


class Seer(Protocol):
    """A language model that sees. What it says goes with the prompt of the clip that is made from a still."""

    @property
    def name(self) -> str: ...

    @property
    def model(self) -> str:
        """Its name, and that of the question: what was seen is remembered by it."""
        ...

    async def describe(self, still: Path, *, deadline_s: float) -> Seen: ...


class Provider(Protocol):
    """The things that every adapter says of itself. `local` adapters are called local wherever users see them.

    Adapters name their port as their base, so that mypy holds them to it.
    """

    @property
    def name(self) -> str: ...

    @property
    def model(self) -> str: ...

    @property
    def local(self) -> bool: ...

    @property
    def suffix(self) -> str:
        """The ending of the file it makes, `.png` for instance."""
        ...


@runtime_checkable
class Queued(Protocol):
    """A generator whose jobs have ids: they outlive us, are taken up again by their ticket, and can be cancelled."""

    @property
    def tells(self) -> bool:
        """True where it calls `call.webhook_url`, so a job whose id was lost on the way is still found."""
        ...

    async def cancel(self, ticket: Mapping[str, Any]) -> bool:
        """Cancel a job: True where it ended before it was done."""
        ...


class ScriptWriter(Provider, Protocol):
    async def make(self, request: ScriptRequest, call: Call) -> Made: ...


@runtime_checkable
class Translator(Protocol):
    """A writer of scripts that translates one, too: rules alone cannot."""

    async def translate(self, request: TranslationRequest, call: Call) -> tuple[Translation, int | None]:
        """Return the words in the other language, and the cost in millionths of a US dollar, as in `Made`."""
        ...


class ImageMaker(Provider, Protocol):
    async def make(self, request: ImageRequest, call: Call) -> Made: ...


class VoiceMaker(Provider, Protocol):
    async def make(self, request: VoiceRequest, call: Call) -> Made: ...


class MusicMaker(Provider, Protocol):
    async def make(self, request: MusicRequest, call: Call) -> Made: ...


class MotionMaker(Provider, Protocol):
    async def make(self, request: MotionRequest, call: Call) -> Made: ...


class Moderator(Protocol):
    @property
    def name(self) -> str: ...

    @property
    def model(self) -> str: ...

    @property
    def local(self) -> bool: ...

    async def judge_texts(self, texts: Sequence[str]) -> Sequence[Verdict]:
        """Return one verdict for each, in their order."""
        ...

    async def judge_picture(self, path: Path) -> Verdict: ...
