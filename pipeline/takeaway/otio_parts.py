"""PURE: the parts of an OpenTimelineIO file, each with the fields that the format's own library writes.

The library is compiled, and has no wheel for Python 3.14. What it reads and writes is JSON in which every object names
its schema (opentimelineio.readthedocs.io/en/stable/tutorials/otio-serialized-schema.html); the tests have it read what
is written here.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

MEDIA = "DEFAULT_MEDIA"
DISSOLVE, CUSTOM = "SMPTE_Dissolve", "Custom_Transition"
"""The kinds of transitions: the one that all editing programs know, and any other."""


@dataclass
class Part:
    """An object of the file."""

    SCHEMA: ClassVar[str]


@dataclass
class RationalTime(Part):
    SCHEMA = "RationalTime.1"
    value: float
    rate: float

    def __post_init__(self) -> None:
        """Readers take whole numbers for another type."""
        self.value, self.rate = float(self.value), float(self.rate)


@dataclass
class TimeRange(Part):
    SCHEMA = "TimeRange.1"
    start_time: RationalTime
    duration: RationalTime


@dataclass
class V2d(Part):
    SCHEMA = "V2d.1"
    x: float
    y: float


@dataclass
class Box2d(Part):
    SCHEMA = "Box2d.1"
    min: V2d
    max: V2d


@dataclass(kw_only=True)
class Named(Part):
    name: str = ""
    metadata: Mapping[str, Any] = field(default_factory=dict)


@dataclass(kw_only=True)
class Effect(Named):
    SCHEMA = "Effect.1"
    effect_name: str
    enabled: bool = True


@dataclass(kw_only=True)
class LinearTimeWarp(Effect):
    SCHEMA = "LinearTimeWarp.1"
    effect_name: str = "LinearTimeWarp"
    time_scalar: float


@dataclass(kw_only=True)
class FreezeFrame(LinearTimeWarp):
    SCHEMA = "FreezeFrame.1"
    effect_name: str = "FreezeFrame"
    time_scalar: float = 0.0


@dataclass(kw_only=True)
class ExternalReference(Named):
    SCHEMA = "ExternalReference.1"
    target_url: str
    available_range: TimeRange
    available_image_bounds: Box2d | None = None


@dataclass(kw_only=True)
class Item(Named):
    """Something that lasts."""

    source_range: TimeRange | None = None
    effects: list[Effect] = field(default_factory=list)
    markers: tuple[()] = ()
    enabled: bool = True
    color: None = None


@dataclass(kw_only=True)
class Gap(Item):
    SCHEMA = "Gap.1"
    source_range: TimeRange


@dataclass(kw_only=True)
class Clip(Item):
    SCHEMA = "Clip.2"
    source_range: TimeRange
    media_references: Mapping[str, ExternalReference]
    active_media_reference_key: str = MEDIA

    @property
    def media_reference(self) -> ExternalReference:
        return self.media_references[self.active_media_reference_key]


@dataclass(kw_only=True)
class Transition(Named):
    SCHEMA = "Transition.1"
    transition_type: str
    in_offset: RationalTime
    out_offset: RationalTime


@dataclass(kw_only=True)
class Track(Item):
    SCHEMA = "Track.1"
    kind: str
    children: Sequence[Item | Transition]


@dataclass(kw_only=True)
class Stack(Item):
    SCHEMA = "Stack.1"
    name: str = "tracks"
    children: Sequence[Track]


@dataclass(kw_only=True)
class Timeline(Named):
    SCHEMA = "Timeline.1"
    global_start_time: RationalTime
    tracks: Stack


def as_text(timeline: Timeline) -> str:
    """Write the file."""
    return json.dumps(timeline, default=_fields, indent=4)


def _fields(part: Part) -> Mapping[str, Any]:
    return {"OTIO_SCHEMA": part.SCHEMA, **vars(part)}
