"""Makes a film's voice and music apart from each other, both as loud as they are in the film, and the film without
music."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pipeline.cut import aac, ffmpeg, filtergraph, sound, soundgraph
from pipeline.cut.ffmpeg import no_report
from pipeline.cut.sound import SoundPlan
from pipeline.cut.soundtrack import lay_tracks


@dataclass(frozen=True)
class Stems:
    """None for what the film has not. A film with only one of both is its own film without music, or has none."""

    voice: Path | None = None
    music: Path | None = None
    film_without_music: Path | None = None


async def make_stems(plan: SoundPlan, *, gain_db: float, film: Path, language: str, workdir: Path) -> Stems:
    """`gain_db` is the master's, as the film's soundtrack was made with; `language` the film's."""
    if not plan.narrations and not plan.music:
        return Stems()
    laid_voice, laid_music = workdir / "voice.f32", workdir / "music.f32"
    lufs = await lay_tracks(plan, laid_voice, laid_music, no_report)
    gains = {"voice_gain_db": sound.voice_gain_db(lufs), "gain_db": gain_db}
    heard = laid_voice if plan.narrations else None
    voice = music = quiet = None
    if heard:
        raw = workdir / "voice_stem.f32"
        await _run(plan, soundgraph.voice_stem(heard, raw, **gains, samples=plan.samples))
        voice = workdir / "voice.wav"
        await _run(plan, soundgraph.wav(raw, voice))
        quiet = await _without_music(plan, raw, film, language, workdir) if plan.music else None
    if plan.music:
        raw = workdir / "music_stem.f32"
        await _run(plan, soundgraph.music_stem(laid_music, heard, raw, **gains, samples=plan.samples))
        music = workdir / "music.wav"
        await _run(plan, soundgraph.wav(raw, music))
    return Stems(voice, music, quiet)


async def _without_music(plan: SoundPlan, raw_voice: Path, film: Path, language: str, workdir: Path) -> Path:
    track, out = workdir / "voice.m4a", workdir / "film_without_music.mp4"
    await aac.encode(raw_voice, track, samples=plan.samples)
    await _run(plan, filtergraph.with_sound(film, track, out, language=language))
    return out


async def _run(plan: SoundPlan, argv: list[str]) -> None:
    await ffmpeg.run(argv, length_s=plan.seconds)
