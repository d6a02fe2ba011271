"""Makes a film's voice, its music and its clips' own sounds apart from each other, each as loud as it is in the film,
and the film without music."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.cut import ffmpeg
from pipeline.cut.ffmpeg import no_report
from pipeline.cut.picture import filter_graph
from pipeline.cut.sound import aac, sound_graph, sound_plan
from pipeline.cut.sound.sound_plan import SoundPlan
from pipeline.cut.sound.soundtrack import lay_tracks


@dataclass(frozen=True)
class Stems:
    """None for what the film has not. A film without music is its own film without music; one of music alone has
    none."""

    voice: Path | None = None
    music: Path | None = None
    clips: Path | None = None
    film_without_music: Path | None = None


async def make_stems(plan: SoundPlan, *, gain_db: float, film: Path, language: str, workdir: Path) -> Stems:
    """`gain_db` is the master's, as the film's soundtrack was made with; `language` the film's."""
    if not plan.narrations and not plan.music:
        return Stems()
    laid_voice, laid_music, laid_clips = (workdir / f"{name}.f32" for name in ("voice", "music", "clips"))
    music, clips = _parted(plan)
    lufs = await lay_tracks(music, laid_voice, laid_music, no_report)
    gains = {"voice_gain_db": sound_plan.voice_gain_db(lufs), "gain_db": gain_db}
    heard = laid_voice if plan.narrations else None
    made: dict[str, Path] = {}
    if heard:
        await _run(plan, sound_graph.voice_stem(heard, workdir / "voice_stem.f32", **gains, samples=plan.samples))
        made["voice"] = workdir / "voice_stem.f32"
    if clips.music:
        await lay_tracks(clips, workdir / "unheard.f32", laid_clips, no_report)
    for name, laid, part in (("music", laid_music, music), ("clips", laid_clips, clips)):
        if part.music:
            raw = workdir / f"{name}_stem.f32"
            await _run(plan, sound_graph.music_stem(laid, heard, raw, **gains, samples=plan.samples))
            made[name] = raw
    quiet = await _without_music(plan, made, film, language, workdir) if "music" in made else None
    return Stems(**{name: await _as_wav(plan, raw) for name, raw in made.items()}, film_without_music=quiet)


def _parted(plan: SoundPlan) -> tuple[SoundPlan, SoundPlan]:
    """Return a plan with the music, and one with the own sounds of clips."""
    parts = [tuple(piece for piece in plan.music if piece.once is once) for once in (False, True)]
    return replace(plan, music=parts[0]), replace(plan, narrations=(), music=parts[1])


async def _as_wav(plan: SoundPlan, raw: Path) -> Path:
    out = raw.with_suffix(".wav")
    await _run(plan, sound_graph.wav(raw, out))
    return out


async def _without_music(
    plan: SoundPlan, made: Mapping[str, Path], film: Path, language: str, workdir: Path
) -> Path | None:
    """None where there is nothing but music."""
    parts = [made[name] for name in ("voice", "clips") if name in made]
    if not parts:
        return None
    track, both, out = workdir / "without.m4a", workdir / "without.f32", workdir / "film_without_music.mp4"
    if len(parts) > 1:
        await _run(plan, sound_graph.together(*parts, out=both))
    await aac.encode(both if len(parts) > 1 else parts[0], track, samples=plan.samples)
    await _run(plan, filter_graph.with_sound(film, track, out, language=language))
    return out


async def _run(plan: SoundPlan, argv: list[str]) -> None:
    await ffmpeg.run(argv, length_s=plan.seconds)
