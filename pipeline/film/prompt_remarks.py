"""PURE: remarks on what a prompt wishes and no setting can meet: "21:9", "in 4K", "17 seconds", "read by Morgan"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from pipeline.film import setting_words as words
from pipeline.film.lengths import seconds_in
from pipeline.film.settings import MAX_DURATION_S, MIN_DURATION_S, RATIOS, VOICES, duration_in

SENTENCES: Mapping[str, str] = {
    "shape": "The shape {said} is not to be had: it can be " + ", ".join(RATIOS[:-1]) + f" or {RATIOS[-1]}.",
    "resolution": "The resolution {said} is not to be had: it can be 720p or 1080p.",
    "longest": f"A film lasts {MAX_DURATION_S} seconds at most.",
    "shortest": f"A film lasts {MIN_DURATION_S} seconds at least.",
    "step": "A film lasts a multiple of 5 seconds: this one {seconds} instead of {said}.",
    "voice": "There is no voice named {said}: choose one of the list.",
    "rate": "How many pictures a second a film has cannot be chosen.",
}
"""In English; the chat says them in its user's language."""
_QUOTED = re.compile(r"[\"“„«][^\"”“»„«]*[\"”“»]")
_SHAPE = re.compile(r"(?<![\d:.,])(\d{1,2}(?:[.,]\d{1,2})?) ?: ?(\d{1,2})(?![\d:]|\s*(?:am|pm|uhr|min))", re.IGNORECASE)
_SHAPED = re.compile(rf"\b(?:ratio|aspect|format|formato|seitenverhältnis|{words.FILM})\b", re.IGNORECASE)
_SHAPES_OF_FILMS = frozenset({"21:9", "2:1", "4:5", "5:4", "3:2", "2:3", "18:9", "16:10", "2.39:1", "2.35:1", "1.85:1"})
_RESOLUTION = re.compile(r"(?<![\w.])(4k|8k|2k|uhd|ultra hd|2160p|1440p|480p|360p)(?!\w)", re.IGNORECASE)
_RATE = re.compile(r"(?<!\w)\d{2,3} ?(?:fps|frames per second|bilder pro sekunde)(?!\w)", re.IGNORECASE)
_VOICE = re.compile(
    r"\b(?i:(?:with|in) the voice of|narrated by|read by|spoken by|mit der stimme von|gesprochen von|gelesen von|"
    r"con la voz de|narrado por|avec la voix de|raconté par|con la voce di|narrato da|com a voz de|narrado por)"
    r" ((?:[A-ZÄÖÜ][\w'’.-]+)(?: [A-ZÄÖÜ][\w'’.-]+){0,2})"
)


@dataclass(frozen=True)
class Remark:
    """`about` is the setting that something was wished of; `key` names the sentence, `values` what stands in it."""

    about: str
    key: str
    values: Mapping[str, str | int] = field(default_factory=dict)

    def __str__(self) -> str:
        return SENTENCES[self.key].format(**self.values)


def remarks_on(prompt: str) -> tuple[Remark, ...]:
    """Return a remark for each wish that is heard but that no setting can meet."""
    plain = _QUOTED.sub(" ", prompt)
    return (*_shapes(plain), *_resolutions(plain), *_lengths(plain), *_voices(plain), *_rates(plain))


def _shapes(plain: str) -> Iterator[Remark]:
    for found in _SHAPE.finditer(plain):
        said = f"{found[1].replace(',', '.')}:{found[2]}"
        if said in _SHAPES_OF_FILMS and said not in RATIOS and _SHAPED.search(plain):
            yield Remark("aspect_ratio", "shape", {"said": said})


def _resolutions(plain: str) -> Iterator[Remark]:
    yield from (Remark("resolution", "resolution", {"said": found[1]}) for found in _RESOLUTION.finditer(plain))


def _lengths(plain: str) -> Iterator[Remark]:
    seconds, taken = seconds_in(plain), duration_in(plain)
    if seconds is None or taken is None or seconds == taken:
        return
    key = "longest" if seconds > MAX_DURATION_S else "shortest" if seconds < MIN_DURATION_S else "step"
    yield Remark("duration", key, {"said": f"{seconds:g}", "seconds": taken})


def _voices(plain: str) -> Iterator[Remark]:
    known = {name.lower() for name in VOICES}
    for found in _VOICE.finditer(plain):
        if found[1].split()[0].lower() not in known:
            yield Remark("voice", "voice", {"said": found[1]})


def _rates(plain: str) -> Iterator[Remark]:
    if _RATE.search(plain):
        yield Remark("", "rate")
