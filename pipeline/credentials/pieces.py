"""PURE: the pieces that a film was made from, each with who made it, and whether that is called AI.

The terms are those of IPTC's "digital source type" (https://cv.iptc.org/newscodes/digitalsourcetype/).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from pipeline.planning.kinds import SPEECH, Kind, kind_of, scene_and_line

TERMS = "http://cv.iptc.org/newscodes/digitalsourcetype/"
TRAINED, ALGORITHM = "trainedAlgorithmicMedia", "algorithmicMedia"
WITH_SOME_TRAINED, MIXED = "compositeSynthetic", "composite"
LOCAL = "local"
"""The name of our own generators, as attempts keep it."""
HASH_CHARS = 16
"""So many digits of a content hash tell a film's takes apart."""


class Source(StrEnum):
    """The origin of a piece, in three words."""

    AI = "ai"
    """A trained model made it, or what it shows."""
    DRAWN = "drawn"
    """Pixora's own programs drew or played it by rules: nothing in them was trained."""
    OWN = "own"
    """The film's user gave it. What it shows nobody here knows, so it is never called AI."""
    UNKNOWN = "unknown"
    """It was made when nothing was kept of that."""


@dataclass(frozen=True)
class Maker:
    """The maker of a piece. Both names are empty for own material, and where nobody knows any more."""

    source: Source
    provider: str = ""
    model: str = ""

    @property
    def term(self) -> str:
        """IPTC's term; empty where none would be true: of own material we do not know how it came about."""
        return {Source.AI: TRAINED, Source.DRAWN: ALGORITHM}.get(self.source, "")


@dataclass(frozen=True)
class Piece:
    """One take that is in a film, or that one was made from."""

    component: str
    content_hash: str
    maker: Maker
    asked: str = ""
    """SHA-256 of the words it was made for; empty where there were none, and for what was given."""
    scene_id: int | None = None
    """The scene that it is in."""
    manifest: str = ""
    """The name of its own manifest, where it was delivered with one."""
    kept: str = ""
    """The name under which that is kept in storage."""

    @property
    def kind(self) -> Kind:
        return kind_of(self.component)

    @property
    def line(self) -> str:
        """The number of a line within its scene; empty for any other kind."""
        return scene_and_line(self.component.partition("/")[2])[1] if self.kind is Kind.LINE else ""


def hash_of_words(words: str) -> str:
    """SHA-256 in hex of what a piece was made for; empty for no words."""
    return hashlib.sha256(words.encode()).hexdigest() if words else ""


def short_hash(content_hash: str) -> str:
    return content_hash[:HASH_CHARS]


def maker_of(kind: Kind, facts: Mapping[str, Any], *, provider: str, model: str, read: Iterable[Source] = ()) -> Maker:
    """Tell who made a take of this kind; `facts` are the take's, `read` the sources of what it was made from.

    A clip that only moves a picture is what the picture is.
    """
    if facts.get("own"):
        return Maker(Source.OWN)
    if not provider:
        return Maker(Source.UNKNOWN)
    if provider != LOCAL or kind in SPEECH:
        return Maker(Source.AI, provider, model)
    shown = set(read) if kind is Kind.CLIP else set()
    found = next((source for source in (Source.AI, Source.OWN) if source in shown), Source.DRAWN)
    return Maker(found, provider, model)


def whole(sources: Iterable[Source]) -> str:
    """Return IPTC's term for a film of pieces from these sources."""
    found = set(sources)
    if Source.AI in found:
        return TRAINED if found == {Source.AI} else WITH_SOME_TRAINED
    return ALGORITHM if found == {Source.DRAWN} else MIXED


def in_order(pieces: Iterable[Piece], scene_ids: Iterable[int]) -> list[Piece]:
    """Sort pieces as the film shows them: what is of no scene first, then scene by scene, each kind in its order."""
    places, kinds = {scene_id: place for place, scene_id in enumerate(scene_ids, 1)}, list(Kind)
    return sorted(
        pieces,
        key=lambda one: (places.get(one.scene_id or 0, 0), kinds.index(one.kind), one.component, one.content_hash),
    )
