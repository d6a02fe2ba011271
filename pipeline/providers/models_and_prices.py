"""The model registry: `models.toml`, typed. Which entry serves is decided in `registry.py`.

Money is in whole millionths of a US dollar (micros): dollars for a million tokens are micros for one.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Self

from pydantic import BaseModel, ConfigDict, Field

FILE = Path(__file__).with_name("models.toml")

Micros = Annotated[int, Field(ge=0)]
Dollars = Annotated[float, Field(ge=0)]
SIZE = r"^\d+x\d+$"


class Value(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Credits(Value):
    take: Annotated[int, Field(ge=0)] = 0
    second: Annotated[int, Field(ge=0)] = 0

    def price(self, seconds: int) -> int:
        return self.take + self.second * seconds


class Cost(Value):
    """The cost that is expected of a take: so much, and so much for each second or a thousand characters of it."""

    take: Micros = 0
    second: Annotated[float, Field(ge=0)] = 0
    """May be a fraction where the vendor counts by the minute."""
    thousand_characters: Micros = 0
    minute: Micros = 0
    """For each minute that is begun."""

    def expected(self, *, seconds: float = 0, characters: int = 0) -> int:
        by_length = self.second * seconds + self.minute * math.ceil(seconds / 60)
        return self.take + math.ceil(by_length + self.thousand_characters * characters / 1000)


class Resolution(Value):
    """A size of frames that a model makes: what it calls it, and its price where that differs from the model's."""

    word: str
    credits: Credits | None = None
    cost: Cost | None = None


class Tokens(Value):
    """US dollars for a million tokens of each kind."""

    text_in: Dollars = 0
    cached_in: Dollars = 0
    image_in: Dollars = 0
    out: Dollars = 0


class Model(Value):
    name: str
    vendor: str
    endpoint: str
    credits: Credits | None = None
    cost: Cost | None = None
    tokens: Tokens = Tokens()
    price_assumed: bool = False
    source: str = ""
    """Where the price was read; own and local models need none."""
    priced_on: date | None = None
    seconds: Annotated[float, Field(ge=0)]
    shut_down: date | None = None
    successor: str = ""
    licence: str = ""
    note: str = ""
    otherwise: tuple[str, ...] = ()
    """The models that stand in for it where it cannot make a piece, the nearest first."""
    rules: str = ""
    """Whose content rules apply; empty: its own. What one model refuses, another under the same rules refuses too."""

    @property
    def priced(self) -> bool:
        return self.credits is not None and self.cost is not None


class TextModel(Model):
    """`effort` is for reasoning models, which take no `temperature`."""

    effort: str = ""
    temperature: float | None = None
    max_output_tokens: int = 16_000


class QueueModel(Model):
    """One that a vendor's queue serves: what it calls our values, and where in its answer the file is."""

    fields: Mapping[str, str] = {}
    fixed: Mapping[str, Any] = {}
    result: str = ""
    resolutions: Mapping[int, Resolution] = {}
    """The sizes by the short side of a film's frames, for those that make several."""

    def for_frames(self, short_side: int) -> Self:
        """Return the model as it is asked and paid for frames of this size: the smallest that is no smaller."""
        if not self.resolutions:
            return self
        enough = [side for side in sorted(self.resolutions) if side >= short_side]
        found = self.resolutions[enough[0] if enough else max(self.resolutions)]
        told = {**self.fixed, self.fields["resolution"]: found.word}
        price = {"credits": found.credits or self.credits, "cost": found.cost or self.cost}
        return self.model_copy(update={"fixed": told, **price})


class ImageModel(QueueModel):
    """`input_fidelity` is only for the models that know it. References are the pictures one edit may be given, which
    some take at an address of their own. `ratios` are for those that are told a shape instead of a size."""

    sizes: Mapping[str, Annotated[str, Field(pattern=SIZE)]] = {}
    ratios: tuple[str, ...] = ()
    edit_endpoint: str = ""
    quality: str = ""
    input_fidelity: str = ""
    max_references: int = 16
    max_prompt: int = 32_000


class ModerationModel(Model):
    pass


class VoiceModel(QueueModel):
    """`suffix` is the ending of the file that it returns. `languages`: those it speaks; empty: the local writer's.
    `embeds_at` is where it hears a sample first, whose answer it then speaks from. `voices` names the table of those
    that its vendor has checked in a language."""

    max_characters: int = 5_000
    supports_voice_sample: bool = False
    suffix: str = ".mp3"
    languages: tuple[str, ...] = ()
    embeds_at: str = ""
    voices: str = ""
    language_names: bool = False
    """It is told languages by their English names."""


class MusicModel(QueueModel):
    """`suffix` is the ending of the file that it returns. One without a field for the length chooses it itself.

    `parts` among the fields says that it takes the sections of a piece, each of `part_s` seconds; they are asked for
    instead of a prompt and a length, and with `fixed_with_parts` instead of `fixed`."""

    suffix: str = ".mp3"
    min_prompt: int = 0
    max_prompt: int = 4_000
    min_s: int = 1
    max_s: int = 600
    part_s: tuple[int, int] = (1, 600)
    max_parts: int = 30
    fixed_with_parts: Mapping[str, Any] = {}

    @property
    def takes_parts(self) -> bool:
        return "parts" in self.fields

    def makes_parts(self, seconds: Sequence[int]) -> bool:
        """True where it makes one piece of sections that last so long."""
        least, most = self.part_s
        fit = len(seconds) <= self.max_parts and all(least <= each <= most for each in seconds)
        return self.takes_parts and len(seconds) > 1 and fit and sum(seconds) <= self.max_s


class MotionModel(QueueModel):
    """`durations`: what is sent for each number of seconds; empty: any. `ratios` empty: the frame follows the still."""

    durations: Mapping[int, str | int] = {}
    ratios: tuple[str, ...] = ()

    def makes_ratio(self, size: tuple[int, int], among: Collection[str]) -> bool:
        """True where it makes frames of this size, whose ratio is one `among` those that films have."""
        return not self.ratios or ratio_of(size, among) in self.ratios

    @property
    def takes_end(self) -> bool:
        """True where it can be told the picture that a clip ends on."""
        return "end_image" in self.fields

    def makes_length(self, seconds: int) -> bool:
        return not self.durations or seconds in self.durations

    def paid_s(self, seconds: int) -> int:
        """Return the seconds that are paid for a clip of this length: some models make only longer ones."""
        return int(self.durations.get(seconds, seconds))


def ratio_of(size: tuple[int, int], among: Collection[str]) -> str:
    """The ratio that is nearest to this size: 1280x720 is 16:9."""
    return min(among, key=lambda ratio: abs(_log_ratio(*map(int, ratio.split(":"))) - _log_ratio(*size)))


def _log_ratio(width: int, height: int) -> float:
    return math.log(width / height)


SECTIONS: Mapping[str, type[Model]] = {
    "text": TextModel,
    "image": ImageModel,
    "moderation": ModerationModel,
    "voice": VoiceModel,
    "music": MusicModel,
    "motion": MotionModel,
}
SECTION_OF: Mapping[str, str] = {
    "script": "text",
    "agent": "text",
    "sight": "text",
    "image_edit": "image",
    "voice_sample": "voice",
}
"""A role is a section's name unless it is here."""


class Tier(Value):
    """A tier of how well pieces are made: models that differ from the usual ones, by vendor and role."""

    about: str
    models: Mapping[str, Mapping[str, str]] = {}


class Catalogue(Value):
    models: Mapping[str, Mapping[str, Model]]
    """By section, then by name."""
    defaults: Mapping[str, Mapping[str, str]]
    """By vendor, then by role: a model's name."""
    tiers: Mapping[str, Tier]
    voices: Mapping[str, Mapping[str, tuple[str, ...]]] = {}
    """Tables of the voices that vendors have checked in a language, by the table's name, then by language."""

    def find(self, role: str, name: str) -> Model | None:
        return self.models[section(role)].get(name)

    def names(self, role: str, vendor: str) -> list[str]:
        """Return the names that a setting may choose from."""
        return sorted(name for name, model in self.models[section(role)].items() if model.vendor == vendor)


def section(role: str) -> str:
    return SECTION_OF.get(role, role)


def parse(text: str) -> Catalogue:
    """Raises tomllib.TOMLDecodeError or pydantic.ValidationError."""
    tables = tomllib.loads(text)
    models = {
        name: {key: kind(**{"endpoint": key, **values}, name=key) for key, values in tables.get(name, {}).items()}
        for name, kind in SECTIONS.items()
    }
    tiers = {name: Tier(**values) for name, values in tables.get("tiers", {}).items()}
    voices = {
        name: {code: tuple(best) for code, best in found.items()} for name, found in tables.get("voices", {}).items()
    }
    return Catalogue.model_construct(models=models, defaults=tables["defaults"], tiers=tiers, voices=voices)


@cache
def catalogue() -> Catalogue:
    return parse(FILE.read_text(encoding="utf-8"))
