"""A child process that reads a file a stranger sent: what it is, whether it is whole; of a picture its pixels.

Reads one JSON object from stdin: `file` and `workdir` (paths), `wanted` (a kind, or null for any) and `is_text` (its
name says that it is a text). Writes one line of JSON: either `kind`, `path`, `suffix` and `facts`, or `refused`, a
sentence. A file that brings it down, or that wants more memory or time than any honest one, harms nobody else.
"""

from __future__ import annotations

import json
import resource
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import av
import av.error

from media_assets import documents
from media_assets.file_format import recognise
from media_assets.format_by_bytes import Sniffed, not_wanted
from media_assets.probe import MAX_FPS, Probe, probe, probe_sound
from media_assets.reference_pictures import take_in
from media_assets.sound_levels import ground_of_clip
from pixora.foundation.errors import BadMedia

MEMORY_BYTES = 4 << 30
TEXT_MEMORY_BYTES = 1_536 << 20
FILE_BYTES = 1 << 30
CPU_S, QUICK_CPU_S = 120, 40
"""Of a clip or a sound, which is decoded to its end; and of all else, which no honest file needs."""
MAX_PICTURE_SIDE = 4_096
MAX_CLIP_SIDE = 4_096
MAX_CLIP_S, MAX_SOUND_S = 60, 900
MIN_SOUND_S = 0.1
"""Shorter ones would be repeated thousands of times for a film's music, and say nothing as a narration."""
MAX_STREAMS = 16
SUFFIXES = {
    "mov": ".mp4",
    "matroska": ".mkv",
    "wav": ".wav",
    "mp3": ".mp3",
    "flac": ".flac",
    "ogg": ".ogg",
    "aac": ".aac",
}
NAME = "the file"
NO_KIND = (
    f"file: {NAME} is none of the kinds that can be used: PNG, JPEG, WebP, GIF, AVIF and HEIC pictures,"
    " MP4, MOV and WebM clips, MP3, WAV, M4A, FLAC and Ogg sounds."
)


@dataclass(frozen=True)
class Taken:
    """`kind` is picture, clip, sound or text; `facts` are as an Upload's."""

    kind: str
    path: str
    suffix: str
    facts: dict[str, Any]


def main() -> None:
    _limit_resources()
    request = json.load(sys.stdin)
    if request["wanted"] == "text" or request.get("is_text"):
        _limit(resource.RLIMIT_AS, TEXT_MEMORY_BYTES)
    if _is_quick(Path(request["file"])):
        _limit(resource.RLIMIT_CPU, QUICK_CPU_S)
    try:
        file, workdir = Path(request["file"]), Path(request["workdir"])
        answer = asdict(take(file, workdir, request["wanted"], is_text=request.get("is_text", False)))
    except BadMedia as refused:
        answer = {"refused": refused.message}
    print(json.dumps(answer))


def _is_quick(file: Path) -> bool:
    found = recognise(file)
    return found is None or found.picture


def take(file: Path, workdir: Path, wanted: str | None = None, *, is_text: bool = False) -> Taken:
    """`is_text`: what is no medium is read as a text, as where one is wanted.

    Raises BadMedia, one sentence that begins with the field `file`, for another kind than the wanted one, too."""
    if not file.stat().st_size:
        raise BadMedia(f"file: {NAME} is empty; choose another.")
    found = recognise(file)
    if found is None and (wanted == "text" or (wanted is None and is_text)):
        return _text(file, workdir)
    if found is None:
        raise BadMedia(f"file: {not_wanted(wanted)}" if wanted else NO_KIND)
    if found.picture and wanted not in (None, "picture"):
        raise BadMedia(f"file: {not_wanted(wanted, 'picture')}")
    taken = _picture(file, workdir) if found.picture else _media(file, found)
    if wanted not in (None, taken.kind):
        raise BadMedia(f"file: {not_wanted(wanted, taken.kind)}")
    return taken


def _text(file: Path, workdir: Path) -> Taken:
    """Its words alone are kept, as UTF-8."""
    read = documents.read(file)
    kept = workdir / "text.txt"
    kept.write_text(read.text, encoding="utf-8")
    return Taken("text", str(kept), ".txt", {"format": read.format, **read.facts})


def _limit_resources() -> None:
    """The limits are this process's own and end with it."""
    for kind, most in {
        resource.RLIMIT_AS: MEMORY_BYTES,
        resource.RLIMIT_FSIZE: FILE_BYTES,
        resource.RLIMIT_CPU: CPU_S,
        resource.RLIMIT_CORE: 0,
    }.items():
        _limit(kind, most)


def _limit(kind: int, most: int) -> None:
    resource.setrlimit(kind, (most, most))


def _picture(file: Path, workdir: Path) -> Taken:
    picture = take_in(file, workdir, field="file", name=NAME, side=MAX_PICTURE_SIDE)
    ground = {"ground": picture.ground} if picture.ground else {}
    facts = {"width": picture.width, "height": picture.height, **ground, **_said_if_so(moves=picture.moves)}
    return Taken("picture", str(picture.path), ".png", facts)


def _media(file: Path, sniffed: Sniffed) -> Taken:
    try:
        _check_outside(file, sniffed.format)
        found = probe(file, longest_s=MAX_SOUND_S + 0.5)
        _check_length(found.duration_ms / 1000, found.kind == "video")
        if found.kind == "video":
            _check_clip(found)
            found = probe(file, longest_s=MAX_CLIP_S + 1, every_frame=True)
    except BadMedia as refused:
        raise BadMedia(f"file: {refused.message.replace(file.name, NAME, 1)}") from refused
    return _clip(file, found, sniffed) if found.kind == "video" else _sound(file, found, sniffed)


def _check_outside(file: Path, format: str) -> None:
    """Check what the file says of itself, before anything in it is decoded. Some formats count from zero, wherever the
    file begins, so that is taken off."""
    try:
        with av.open(str(file), format=format) as container:
            streams = container.streams
            length_s = ((container.duration or 0) - max(container.start_time or 0, 0)) / av.time_base
            seen = [stream for stream in streams.video if not stream.disposition & av.stream.Disposition.attached_pic]
            sizes = [(stream.codec_context.width, stream.codec_context.height) for stream in streams.video]
    except (av.error.FFmpegError, ValueError) as error:
        raise BadMedia(f"{NAME} cannot be read: it is damaged, cut short or no media file.") from error
    if len(streams) > MAX_STREAMS:
        raise BadMedia(f"{NAME} holds {len(streams)} streams; at most {MAX_STREAMS} can be used.")
    if any(side > MAX_CLIP_SIDE for size in sizes for side in size):
        raise BadMedia(f"{NAME} is larger than {MAX_CLIP_SIDE} pixels a side; make it smaller.")
    _check_length(length_s, bool(seen))


def _check_length(length_s: float, is_clip: bool) -> None:
    what, most = ("a clip", MAX_CLIP_S) if is_clip else ("a sound", MAX_SOUND_S)
    if length_s > most + 1:
        raise BadMedia(f"{NAME} lasts {length_s:.0f} s; {what} may last {most} s: cut it shorter.")


def _check_clip(found: Probe) -> None:
    if not found.fps or found.fps > MAX_FPS:
        raise BadMedia(f"{NAME} has {float(found.fps):.0f} pictures a second; at most {MAX_FPS} can be used.")


def _clip(file: Path, found: Probe, sniffed: Sniffed) -> Taken:
    facts = {
        "format": sniffed.format,
        "width": found.width,
        "height": found.height,
        "fps": round(float(found.fps), 3),
        "frames": found.frames,
        "duration_ms": found.duration_ms,
        "has_audio": found.has_audio,
        "colour": asdict(found.colour),
        **_said_if_so(interlaced=found.interlaced, black=found.black and found.alpha_decoder is None),
        **_seen_through(file, found, sniffed.format),
    }
    if found.has_audio:
        heard = probe_sound(file, longest_s=MAX_CLIP_S + 1)
        facts |= _said_if_so(silent=heard is None or heard.silent)
    return Taken("clip", str(file), SUFFIXES[sniffed.format], facts)


def _seen_through(file: Path, found: Probe, format: str) -> dict[str, Any]:
    """Return, of a clip that is transparent, what decodes that, and the ground on which it is seen."""
    if found.alpha_decoder is None:
        return {}
    return {"alpha_decoder": found.alpha_decoder, "ground": ground_of_clip(file, found.alpha_decoder, format=format)}


def _said_if_so(**facts: bool) -> dict[str, bool]:
    return {name: True for name, is_so in facts.items() if is_so}


def _sound(file: Path, found: Probe, sniffed: Sniffed) -> Taken:
    length_s = found.duration_ms / 1000
    if length_s < MIN_SOUND_S:
        raise BadMedia(f"file: {NAME} lasts {length_s:.3f} s; a sound must last {MIN_SOUND_S} s at least.")
    facts = {
        "format": sniffed.format,
        "duration_ms": found.duration_ms,
        "sample_rate": found.sample_rate,
        "channels": found.channels,
        **_said_if_so(silent=found.silent, out_of_phase=found.out_of_phase),
    }
    suffix = ".m4a" if sniffed.format == "mov" else SUFFIXES[sniffed.format]
    return Taken("sound", str(file), suffix, facts)


if __name__ == "__main__":
    main()
