"""The picture of each scene and the moves of the camera: prompts for the image and the motion models, in English."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import cycle
from random import Random
from typing import TypeVar

from pipeline.film.words import capital
from pipeline.providers.local.writing import banks
from pipeline.providers.local.writing.cast import Role
from pipeline.providers.local.writing.plot import Beat
from pipeline.providers.local.writing.reading import Reading
from pipeline.providers.local.writing.visible_words import seen_in, subject_seen

T = TypeVar("T")
AERIAL_SHARE = 0.4
CLOSE_WORDS = ("close-up", "macro")
WIDE_WORDS = ("aerial", "wide", "panoramic", "vast", "endless")
PATTERNS = banks.patterns("pictures")


@dataclass(frozen=True)
class Shot:
    picture: str
    """What is to be seen, without light, lens and style."""
    image_prompt: str
    video_prompt: str
    cast: tuple[Role, ...]


class Camera:
    """Frames one film; asks for no picture twice while there are angles left."""

    def __init__(self, reading: Reading, style: str, rng: Random) -> None:
        tables = banks.table("pictures")
        self.reading, self.rng = reading, rng
        self.style = style_words(style)
        self.lights = cycle(self._mixed(banks.table("tones")[reading.tone]["light"]))
        self.views = cycle(_views(reading))
        self.moves = cycle(self._mixed(_moves(reading)))
        self.shots, self.cameras, self.acting = (
            {size: cycle(self._mixed(ways)) for size, ways in tables[part].items()}
            for part in ("shots", "camera", "acting")
        )
        self.angles = self._mixed(tables["angles"]["others"])
        self.asked: set[str] = set()

    def shoot(self, beat: Beat, place: int, count: int, cast: tuple[Role, ...]) -> Shot:
        """Frame a beat: from another angle if its picture was asked for already, in the next view if it brings none."""
        for angle in ("", *self.angles):
            shot = self._shot(beat, place, count, cast, angle)
            if shot.image_prompt not in self.asked:
                break
        self.asked.add(shot.image_prompt)
        return shot

    def _shot(self, beat: Beat, place: int, count: int, cast: tuple[Role, ...], angle: str) -> Shot:
        picture = beat.line.picture or (seen_in(beat.narration, self.reading) if beat.narration else next(self.views))
        size = self._size(picture, place, count)
        acting = next(self.acting["far" if size in ("wide", "aerial") else "near"])
        parts = [picture]
        if cast:
            parts[0] = _without_names(picture, cast)
            doing = "" if beat.narration else f" {acting}"
            parts.insert(0, " and ".join(f"{role.name} ({role.look})" for role in cast) + doing)
        if not any(word in picture for word in (*CLOSE_WORDS, "aerial")):
            parts.append(next(self.shots[size]))
        if not PATTERNS["lit"].search(picture):
            parts.append(next(self.lights))
        parts += [angle, self.style]
        motion = [next(self.cameras[size]), next(self.moves)]
        if cast:
            motion.append(f"{cast[0].name} {acting}")
        return Shot(picture, ", ".join(filter(None, parts)), capital(", ".join(motion)), cast)

    def _size(self, picture: str, place: int, count: int) -> str:
        if any(word in picture for word in CLOSE_WORDS):
            return "close"
        wide = place in (0, count - 1) or picture.startswith(WIDE_WORDS) or place % 3 == 1
        if wide and PATTERNS["outdoors"].search(picture) and self.rng.random() < AERIAL_SHARE:
            return "aerial"
        return "wide" if wide else "medium"

    def _mixed(self, entries: list[T]) -> list[T]:
        return self.rng.sample(entries, len(entries))


def style_words(style: str) -> str:
    """The words that stand for a style in pictures."""
    styles: dict[str, str] = banks.table("pictures")["styles"]
    return styles.get(style.lower(), f"{style} style")


def _moves(reading: Reading) -> list[str]:
    if reading.topic and reading.at_home:
        return list(banks.stock(reading.topic.name).moves)
    return list(banks.table("pictures")["plain"]["moves"])


def _views(reading: Reading) -> list[str]:
    """Pictures for scenes without words: the topic's own, or what the prompt's sentences show, one after the other."""
    if reading.topic and reading.at_home and reading.kind != "story":
        return [view.picture for view in banks.stock(reading.topic.name).views]
    told = [seen_in(told.words, reading) for told in reading.told]
    return list(dict.fromkeys([subject_seen(reading), *told]))


def _without_names(picture: str, cast: tuple[Role, ...]) -> str:
    """Leave out names: who is shown is named before it, and a name in it may mean something else: Luna is the moon."""
    for role in cast:
        picture = re.sub(rf"\s*\b{re.escape(role.name)}\b", "", picture)
    return picture.strip(" ,") or "close view"
