"""The options of `make_video`, from flags or the environment that `make video` sets, checked before anything runs."""

from __future__ import annotations

import os
from argparse import ArgumentParser
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from media_assets import receive
from pipeline.film.settings import TaskSettings
from pipeline.services import own_words, presets
from pixora.accounts.models import User
from pixora.foundation.errors import BadMedia, Invalid, NotFound

ENVIRONMENT = "PIXORA_VIDEO_"
FLAGS: Mapping[str, str] = {
    "prompt": "what the film is about, or its script",
    "script": "a file with the film's own words: .txt, .md, .docx, .pdf or .srt",
    "source": "how they are followed: verbatim (default), condensed or inspired_by",
    "preset": "settings that you keep under this name; what is given beside it counts",
    "ratio": "16:9 (default), 9:16, 1:1, 4:3 or 3:4",
    "style": "cinematic (default), watercolor, anime, documentary, noir, clay, or your own words",
    "duration": "seconds, a multiple of 5 from 5 to 300 (default: the length said in the prompt, or 30)",
    "tier": "draft, standard (default) or best: how well, and for how much, what is bought is made",
    "resolution": "720p (default), 1080p, or 72p for a quick trial",
    "reference": "a picture file of the character to keep in every scene",
    "voice": "Rachel (default), George, Lily, …",
    "language": "of the narration: en (default), de, es, fr, it, pt, nl or zh",
    "seed": "another number, another film (default 0)",
    "out": "where to copy the film: a file ending in .mp4, or a folder",
    "new": "1: make a new film although the same one exists",
}


@dataclass(frozen=True)
class FilmRequest:
    prompt: str
    source: str
    """The film's own words, from a file; empty where the prompt is all there is."""
    settings: TaskSettings
    """Without what the preset says."""
    chosen: Mapping[str, Any]
    """The settings that are given, by their names."""
    preset: str
    reference: Path | None
    out: Path | None
    new: bool


def add_flags(parser: ArgumentParser) -> None:
    for name, text in FLAGS.items():
        parser.add_argument(f"--{name}", default=None, help=text)


def read_request(flags: Mapping[str, str | None]) -> FilmRequest:
    """Read the flags and check them all. Raises Invalid naming the option; nothing has been written by then."""
    given = {name: _given(name, flags) for name in FLAGS}
    text, chosen = _words_of(_existing("script", given["script"])), _chosen(given)
    ordered = _ordered(given["prompt"], chosen, text)
    return FilmRequest(
        prompt=ordered.prompt,
        source=ordered.text,
        settings=ordered.settings,
        chosen=chosen,
        preset=given["preset"].strip(),
        reference=_existing("reference", given["reference"]),
        out=_writable(given["out"]),
        new=_yes(given["new"]),
    )


def with_preset(request: FilmRequest, user: User) -> FilmRequest:
    """Fill in what the user's preset says, where one is named; only now is the database there. Raises Invalid."""
    if not request.preset:
        return request
    try:
        chosen = presets.with_preset(user, request.preset, request.chosen)
    except NotFound:
        raise Invalid(_no_preset(user, request.preset), field="preset") from None
    return replace(request, settings=_ordered(request.prompt, chosen, request.source).settings)


def _no_preset(user: User, name: str) -> str:
    kept = ", ".join(presets.presets_of(user).values_list("name", flat=True))
    there = f"there are {kept}" if kept else "keep one first, on the first page of the studio"
    return f"preset: there is none called {name[:80]!r}; {there}."


def _given(name: str, flags: Mapping[str, str | None]) -> str:
    flag = flags.get(name)
    return flag if flag is not None else os.environ.get(f"{ENVIRONMENT}{name.upper()}", "")


def _words_of(script: Path | None) -> str:
    """Raises Invalid: its file cannot be read, or is too long."""
    if script is None:
        return ""
    try:
        return own_words.checked(receive.words_of(script))
    except BadMedia as refused:
        raise Invalid(refused.message.replace("file: the file", f"script: {script.name}", 1), field="script") from None


def _chosen(given: Mapping[str, str]) -> dict[str, Any]:
    values: dict[str, Any] = {
        "aspect_ratio": given["ratio"],
        "style": given["style"].strip(),
        "resolution": given["resolution"],
        "tier": given["tier"].strip().lower(),
        "language": given["language"],
        "voice": given["voice"],
        "source": given["source"].strip().lower().replace(" ", "_").replace("-", "_"),
    }
    values = {name: value for name, value in values.items() if value}
    if given["duration"]:
        values["duration"] = _whole("duration", given["duration"])
    if given["seed"]:
        values["seed"] = _whole("seed", given["seed"])
    return values


def _ordered(prompt: str, chosen: Mapping[str, Any], text: str) -> own_words.Ordered:
    try:
        return own_words.ordered(prompt, chosen, text)
    except Invalid as refused:
        raise Invalid(
            refused.message.replace("aspect_ratio", "ratio", 1), field=refused.field, code=refused.code
        ) from None


def _whole(name: str, text: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise Invalid(f"{name}: must be a whole number (got {text[:60]!r}).", field=name) from None


def _yes(text: str) -> bool:
    return text.strip().lower() not in ("", "0", "no", "false")


def _existing(name: str, text: str) -> Path | None:
    if not text:
        return None
    try:
        path = Path(text).expanduser()
        if path.is_file():
            return path
    except (OSError, RuntimeError, ValueError):
        raise Invalid(f"{name}: {text[:80]!r} is no path of a file.", field=name) from None
    raise Invalid(f"{name}: there is no file {text[:200]!r}.", field=name)


def _writable(text: str) -> Path | None:
    """Raises Invalid when the film could not be written there at the end."""
    if not text:
        return None
    try:
        path = Path(text).expanduser().absolute()
        folder = path if path.is_dir() else path.parent
    except (OSError, RuntimeError, ValueError):
        raise Invalid(f"out: {text[:80]!r} is no path of a file.", field="out") from None
    if not path.is_dir() and path.suffix.lower() != ".mp4":
        raise Invalid(f"out: {text!r} must be a folder or end in .mp4.", field="out")
    if not folder.is_dir():
        raise Invalid(f"out: the folder {str(folder)!r} does not exist.", field="out")
    if not _can_write(folder, path):
        raise Invalid(f"out: {str(folder)!r} cannot be written to.", field="out")
    return path


def _can_write(folder: Path, path: Path) -> bool:
    """Find out by trying: as root, permission bits say nothing about a read-only file system."""
    probe = folder / f".pixora-{os.getpid()}"
    try:
        probe.touch(exist_ok=False)
        probe.unlink()
    except OSError:
        return False
    return not path.is_file() or os.access(path, os.W_OK)
