"""The statement of a cut's Content Credentials, kept when it was signed: by whom, and who made which pieces."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from media_assets.models import Video
from pipeline.credentials.pieces import Source, whole
from pipeline.planning.kinds import GENERATED, OF_NO_SCENE, Kind, kind_of, scene_and_line

BEFORE = "It was cut before films were signed: its next cut will be."
SEEN_FIRST = (Kind.STILL, Kind.CLIP, Kind.VOICE, Kind.LINE, Kind.MUSIC)
ORDER = (*SEEN_FIRST, *(kind for kind in GENERATED if kind not in SEEN_FIRST))


@dataclass(frozen=True)
class Row:
    """Pieces of one kind by one maker. `scenes` are their places in the film, from 1; empty for what is of no scene."""

    kind: Kind
    source: Source
    provider: str
    model: str
    scenes: tuple[int, ...]


@dataclass(frozen=True)
class Credentials:
    signed: bool
    by: str
    """Whom the certificate names; empty where it is unsigned."""
    self_signed: bool
    """It is signed with a key that was made here: nobody else vouches for it."""
    why: str
    """Why it is unsigned; empty where it is signed."""
    term: str
    """IPTC's digital source type of the whole film; empty where nobody knows."""
    rows: tuple[Row, ...]


def credentials_of(video: Video) -> Credentials:
    facts: Mapping[str, Any] = video.asset.metadata.get("credentials") or {"signed": False, "why": BEFORE}
    rows = tuple(_rows(facts.get("makers", ()), _places(video)))
    return Credentials(
        signed=facts["signed"],
        by=facts.get("by", ""),
        self_signed=facts.get("self_signed", False),
        why=facts.get("why", ""),
        term=whole(row.source for row in rows) if rows else "",
        rows=rows,
    )


def _places(video: Video) -> dict[str, int]:
    return {str(slot["scene_id"]): place for place, slot in enumerate(video.timeline.get("slots", ()), 1)}


def _rows(makers: Sequence[Mapping[str, Any]], places: Mapping[str, int]) -> Iterator[Row]:
    for kind in ORDER:
        for maker in makers:
            mine = [key for key in maker["pieces"] if kind_of(key) is kind]
            if mine:
                scenes = sorted({place for key in mine if (place := _place(key, places))})
                yield Row(kind, Source(maker["source"]), maker["provider"], maker["model"], tuple(scenes))


def _place(key: str, places: Mapping[str, int]) -> int:
    if kind_of(key) in OF_NO_SCENE:
        return 0
    return places.get(scene_and_line(key.partition("/")[2])[0], 0)
