"""PURE: a film's settings in the words of the studio, and where settings, script and file say different things."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pipeline.film.languages import name_of
from pipeline.film.script import Script
from pipeline.film.settings import RESOLUTIONS, TaskSettings

SHAPES = {"16:9": "Wide", "9:16": "Tall", "1:1": "Square", "4:3": "Classic", "3:4": "Upright"}
CAPTIONS = {
    "off": "None",
    "soft": "Subtitles (can be turned off)",
    "clean": "Burned in",
    "boxed": "Burned in, in a box",
}


@dataclass(frozen=True)
class Shown:
    """One setting, as the film has it; `trouble` is what each says of it where they disagree."""

    label: str
    value: str
    trouble: str = ""


def shown_settings(settings: TaskSettings, script: Script | None, file: Mapping[str, Any]) -> list[Shown]:
    """`file` is what is known of the finished film: `width` and `height` in pixels, `duration_ms`. It may be empty."""
    return list(_shown(settings, script, file))


def version_words(kind: str, settings: Mapping[str, Any]) -> str:
    """Return what a version has of its own, by the kind of its origin; empty for a film that is none."""
    if kind == "cut":
        return "a shorter cut"
    if kind == "language":
        return name_of(str(settings.get("language", "")))
    ratio = str(settings.get("aspect_ratio", ""))
    return _shape(ratio) if kind == "shape" and ratio in SHAPES else ""


def _shown(settings: TaskSettings, script: Script | None, file: Mapping[str, Any]) -> Iterator[Shown]:
    size = (file.get("width", 0), file.get("height", 0))
    yield _agreed(
        "Shape",
        settings=_shape(settings.aspect_ratio),
        script=_shape(script.aspect_ratio) if script else "",
        file=_shape_of(size),
    )
    yield Shown("Length", _length(settings, script, file.get("duration_ms", 0) / 1000))
    yield _agreed("Resolution", settings=settings.resolution, file=_resolution_of(size))
    yield _agreed("Style", settings=settings.style, script=script.style if script else "")
    yield _agreed(
        "Language",
        settings=name_of(settings.language),
        script=name_of(script.language) if script else "",
    )
    if settings.voice_over:
        yield _agreed("Voice", settings=settings.voice, script=script.voice if script else "")
    else:
        yield Shown("Voice", "Off")
    yield Shown("Captions", CAPTIONS[settings.captions])
    if settings.ai_label:
        yield Shown("Label “Made with AI”", "On")
    yield Shown("Music", _music(settings))


def _agreed(label: str, **said: str) -> Shown:
    """Decide by who says it: the script counts first, then the settings."""
    known = {who: what for who, what in said.items() if what}
    value = known.get("script", known["settings"])
    if len(set(known.values())) == 1:
        return Shown(label, value)
    return Shown(label, value, ", ".join(f"{who}: {what}" for who, what in known.items()))


def _shape(ratio: str) -> str:
    return f"{SHAPES[ratio]} {ratio}"


def _shape_of(size: tuple[int, int]) -> str:
    """The nearest ratio, as sizes are rounded to even numbers."""
    if not all(size):
        return ""
    wanted = size[0] / size[1]
    return _shape(min(SHAPES, key=lambda ratio: abs(_quotient(ratio) - wanted)))


def _quotient(ratio: str) -> float:
    wide, high = map(int, ratio.split(":"))
    return wide / high


def _resolution_of(size: tuple[int, int]) -> str:
    """Name it by the short side."""
    if not all(size):
        return ""
    return next((name for name, side in RESOLUTIONS.items() if side == min(size)), f"{size[0]} × {size[1]}")


def _length(settings: TaskSettings, script: Script | None, file_s: float) -> str:
    """These may differ: scenes are added and removed by hand, and narration may take longer than its scene. Where the
    length was left open, nobody asked for one."""
    said = ["As long as its words" if settings.length_is_open else f"{clock(settings.duration)} asked for"]
    if script:
        said.append(f"{clock(script.expected_duration)} in the script")
    if file_s:
        said.append(f"{clock(file_s)} in the file")
    return ", ".join(said)


def _music(settings: TaskSettings) -> str:
    if not settings.music:
        return "Off"
    level = settings.music_level_db
    return "On" if not level else f"On, {abs(level):g} dB {'louder' if level > 0 else 'quieter'} than usual"


def clock(seconds: float) -> str:
    """`0:20`"""
    return f"{round(seconds) // 60}:{round(seconds) % 60:02d}"
