"""The baseline: the same film in one plain ffmpeg command, its pictures and its sound in one filter graph.

It conforms, cross-fades, ducks and limits with the same filters and encodes with the same settings; what it need not do
is measure the loudness (it is told the gains) and choose where to begin reading.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator, Sequence
from fractions import Fraction
from pathlib import Path

import av

from pipeline.cut import ffmpeg, profile
from pipeline.cut.picture.filter_graph import MAX_STRETCH
from pipeline.cut.sound import sound_graph
from pipeline.cut.sound.sound_plan import Music, samples_at
from pipeline.cut.timeline import Slot
from tests.bench.cut.sources import CANVAS, Film

COMPARED = str(12 * CANVAS.fps)
"""Frames: two scenes, what lies between them and after."""
VOICE_GAIN_DB, MUSIC_GAIN_DB, MASTER_GAIN_DB = 2, -3, 1


def make(film: Film, out: Path) -> None:
    clips, voices = list(film.clips.values()), list(film.narrations.values())
    tunes = [music.path for music in film.sound.music]
    graph = [*_picture(film), *_sound(film, len(clips), len(clips) + len(voices))]
    options = [part for name, value in _encoding().items() for part in (f"-{name}", value)]
    maps = ["-map", "[picture]", "-map", "[sound]", "-frames:v", str(film.timeline.frames)]
    _run([*clips, *voices, *tunes], graph, *maps, *options, "-movflags", "+faststart", str(out))


def likeness(film: Film, made: Sequence[Path]) -> list[float]:
    """SSIM of each film's beginning to the pictures of the graph before they are encoded."""
    first, names = len(film.clips), [f"s{number}" for number in range(len(made))]
    same = f"settb=1/{CANVAS.fps},setpts=N,setparams=range=tv:color_primaries=bt709:color_trc=bt709:colorspace=bt709"
    graph = [*_picture(film), f"[picture]{same},split={len(made)}" + "".join(f"[r{name}]" for name in names)]
    for number, name in enumerate(names):
        graph.append(f"[{first + number}:v]{same}[f{name}];[f{name}][r{name}]ssim[{name}]")
    maps = [part for name in names for part in ("-map", f"[{name}]")]
    said = _run([*film.clips.values(), *made], graph, *maps, "-frames:v", COMPARED, "-f", "null", "-", level="info")
    found = re.findall(r"Parsed_ssim_(\d+) .* All:([\d.]+)", said)
    return [float(alike) for _, alike in sorted((int(place), alike) for place, alike in found)]


def _run(inputs: Sequence[Path], graph: Sequence[str], *options: str, level: str = "error") -> str:
    """Return what ffmpeg wrote to stderr."""
    read = [part for path in inputs for part in ("-i", str(path))]
    command = [ffmpeg.executable(), "-nostdin", "-nostats", "-loglevel", level, "-y", *read]
    done = subprocess.run(
        [*command, "-filter_complex", ";".join(graph), *options], check=True, stderr=subprocess.PIPE, text=True
    )
    return done.stderr


def _encoding() -> dict[str, str]:
    """Encode as the project does, less what serves the joining and less its thread count: ffmpeg takes all cores."""
    ours = profile.video_arguments(CANVAS.fps)
    kept = ("c:v", "preset", "crf", "profile:v", "bf", "g", "r", "color_primaries", "color_trc", "colorspace")
    return {**{name: ours[name] for name in kept}, **_sound_encoding(), "pix_fmt": "yuv420p"}


def _sound_encoding() -> dict[str, str]:
    sound = profile.AUDIO
    coder = {"c:a": sound.codec, "aac_coder": sound.coder, "aac_ms": str(int(sound.mid_side))}
    return {**coder, "b:a": str(sound.bit_rate), "ar": str(sound.sample_rate), "ac": str(sound.channels)}


def _picture(film: Film) -> Iterator[str]:
    slots = film.timeline.slots
    for number, slot in enumerate(slots):
        yield f"[{number}:v]{_conform(film.clips[slot.scene_id], slot)}[c{number}]"
    before, fade_s = "c0", slots[0].transition_frames / CANVAS.fps
    for number, slot in enumerate(slots[1:], 1):
        offset = (slot.start - slot.transition_frames // 2) / CANVAS.fps
        yield f"[{before}][c{number}]xfade=fade:duration={fade_s:.6f}:offset={offset:.6f}[x{number}]"
        before = f"x{number}"
    yield f"[{before}]format=yuv420p[picture]"


def _conform(clip: Path, slot: Slot) -> str:
    width, height = CANVAS.size
    first = 0 if slot.inner_left else slot.transition_frames // 2
    last = slot.clip_frames - (0 if slot.inner_right else slot.transition_frames // 2)
    filters = [
        f"setpts=PTS*{float(_stretch(clip, slot)):.9f}",
        "setparams=colorspace=bt709",
        f"scale={width}:{height}:force_original_aspect_ratio=increase:out_color_matrix=bt709:out_range=tv",
        f"crop={width}:{height}",
        "format=yuv420p",
        "setsar=1",
        f"framerate=fps={CANVAS.fps}:flags=0",
        f"tpad=stop_mode=clone:stop={slot.clip_frames}",
        f"trim=start_frame={first}:end_frame={last}",
        f"setpts=PTS-STARTPTS,settb=1/{CANVAS.fps}",
    ]
    return ",".join(filters)


def _stretch(clip: Path, slot: Slot) -> Fraction:
    with av.open(str(clip)) as container:
        stream = container.streams.video[0]
        span = (stream.frames - 1) / Fraction(stream.average_rate or 30)
    return min(max(Fraction(slot.clip_frames - 1, CANVAS.fps) / span, Fraction(1)), MAX_STRETCH)


def _sound(film: Film, voices_from: int, tunes_from: int) -> Iterator[str]:
    sound, fps = film.sound, film.timeline.fps
    for number, slot in enumerate(film.timeline.slots):
        at = samples_at(slot.narration_start, fps)
        yield f"[{voices_from + number}:a]aresample=48000,adelay={at}S,apad=whole_len={sound.samples}[n{number}]"
    for number, music in enumerate(sound.music):
        yield f"[{tunes_from + number}:a]{_lay(music, sound.samples)}[m{number}]"
    duck = ":".join(f"{name}={value}" for name, value in sound_graph.DUCK.items())
    voices, tunes = len(film.timeline.slots), len(sound.music)
    limit = 10 ** (sound_graph.LIMIT_DB / 20)
    yield "".join(f"[n{n}]" for n in range(voices)) + f"amix={voices}:normalize=0,volume={VOICE_GAIN_DB}dB[v]"
    yield "[v]pan=stereo|c0=c0|c1=c0,asplit[voice][k]"
    yield f"[k]volume={sound_graph.KEY_GAIN_DB}dB,asoftclip=hard[key]"
    yield "".join(f"[m{n}]" for n in range(tunes)) + f"amix={tunes}:normalize=0[music]"
    yield f"[music][key]sidechaincompress={duck}[low]"
    yield "[voice][low]amix=2:normalize=0:duration=first[mixed]"
    limiter = f"alimiter=limit={limit:.6f}:attack=5:release=80:level=0:latency=1"
    yield f"[mixed]volume={MASTER_GAIN_DB}dB,{limiter},atrim=end_sample={sound.samples}[sound]"


def _lay(music: Music, samples: int) -> str:
    fades = f"afade=in:ns={music.fade_in}:curve=qsin,afade=out:ss={music.samples - music.fade_out}:ns={music.fade_out}"
    whole = f"adelay={music.start}S:all=1,apad=whole_len={samples},atrim=end_sample={samples}"
    loop = f"aloop=-1:size={48_000 * 60},atrim=end_sample={music.samples}"
    return f"aresample=48000,aformat=channel_layouts=stereo,{loop},{fades}:curve=qsin,volume={MUSIC_GAIN_DB}dB,{whole}"
