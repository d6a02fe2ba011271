"""PURE: one file with all languages of a film: its picture, and of each language the sound and the captions.

Tracks are copied, so every one is as long as the picture, to the frame: a version whose scenes last longer or shorter
is left out, and it is said which scene that is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from babel import Locale, UnknownLocaleError

from pipeline.planning.graph import Component, Graph
from pipeline.planning.kinds import Kind
from pipeline.planning.plan import fingerprint

Slots = Sequence[Mapping[str, Any]]
"""The slots of a cut as they were kept with it: of each `scene_id` and `frames`."""


@dataclass(frozen=True)
class Track:
    """One language: its sound, and its captions where it has any, as files in storage."""

    language: str
    sound: str
    sound_hash: str
    captions: str = ""
    captions_hash: str = ""

    @property
    def title(self) -> str:
        return native_name(self.language)


def native_name(code: str) -> str:
    """A language as those call it who speak it: “Deutsch”, “español”."""
    try:
        return Locale.parse(code).get_display_name() or code
    except (UnknownLocaleError, ValueError):
        return code


def component_of(tracks: Sequence[Track]) -> Component:
    """The file as a component: it reads the film, and asks for the content of each track."""
    asked = [[track.language, track.sound_hash, track.captions_hash] for track in tracks]
    return Component(Kind.LANGUAGES.value, Kind.LANGUAGES, {"tracks": asked}, (Kind.FILM.value,))


def wanted(tracks: Sequence[Track], film_hash: str) -> str:
    """The fingerprint of the file of these tracks and this film."""
    return fingerprint(component_of(tracks), [film_hash], [])


def with_languages(graph: Graph, tracks: Sequence[Track]) -> Graph:
    return replace(graph, components=(*graph.components, component_of(tracks)))


def differing(picture: Slots, other: Slots, fps: int) -> str:
    """Tell how another cut differs from the one whose picture is shown, in a clause; empty where each frame is the
    same."""
    if [slot["scene_id"] for slot in picture] != [slot["scene_id"] for slot in other]:
        return "it has other scenes"
    found = next(_longer(picture, other), None)
    if found is None:
        return ""
    place, frames = found
    how = "longer" if frames > 0 else "shorter"
    return f"its scene {place} is {abs(frames) / fps:.1f} s {how}"


def _longer(picture: Slots, other: Slots) -> Iterator[tuple[int, int]]:
    for place, (own, its) in enumerate(zip(picture, other, strict=True), 1):
        if own["frames"] != its["frames"]:
            yield place, its["frames"] - own["frames"]
