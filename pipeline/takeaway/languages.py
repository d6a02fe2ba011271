"""A film's other languages in its takeaway: their films, captions, voices and voice stems, and one film with all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from asgiref.sync import async_to_sync

from media_assets.storage import local_path
from pipeline.cut import cutting
from pipeline.cut.picture.filter_graph import LanguageTrack
from pipeline.cut.sound.sound_plan import SoundPlan, plan_sound
from pipeline.cut.sound.stems import make_stems
from pipeline.film.settings import BURNED_CAPTIONS, TaskSettings
from pipeline.models import Task
from pipeline.planning.all_languages import Track
from pipeline.planning.film_plan import settings_of
from pipeline.planning.kinds import SPEECH, Kind, kind_of
from pipeline.services import all_languages, family
from pipeline.takeaway.contents import Contents, contents_of
from pixora.foundation.errors import Conflict

ALL = "film_all_languages.mp4"
VOICE_STEM = "stems/voice.wav"
OF_A_LANGUAGE = SPEECH | {Kind.FILM, Kind.CAPTIONS}
"""What lies in a language's folder; pictures, clips and music are the film's own."""


def others(task: Task) -> list[Contents]:
    """The finished films of the family in other languages, each in a folder of its own; of several in one language the
    one that is like this film in shape and length, else the older."""
    own = settings_of(task)
    found: dict[str, Contents] = {}
    for member in sorted(family.siblings(task), key=lambda each: _unlike(settings_of(each), own)):
        language = settings_of(member).language
        if language != own.language and language not in found:
            with suppress(Conflict):
                found[language] = _in_folder(member, language)
    return list(found.values())


def _unlike(one: TaskSettings, other: TaskSettings) -> int:
    return 2 * (one.duration != other.duration) + (one.aspect_ratio != other.aspect_ratio)


def _in_folder(member: Task, language: str) -> Contents:
    found = contents_of(member, folder=f"languages/{language}/")
    return replace(found, takes={key: take for key, take in found.takes.items() if kind_of(key) in OF_A_LANGUAGE})


def made(task: Task, film: Path, languages: Sequence[Contents], folder: Path) -> Iterator[tuple[str, Path]]:
    """Yield what is made for the zip: each language's voice as a stem, and the film with a track for each of them."""
    for found in languages:
        if stem := _voice_stem(found, folder):
            yield f"{found.folder}{VOICE_STEM}", stem
    tracks = all_languages.gather(task).tracks
    if len(tracks) > 1 and settings_of(task).captions not in BURNED_CAPTIONS:
        yield ALL, _joined(task, film, tracks, folder)


def _voice_stem(found: Contents, folder: Path) -> Path | None:
    workdir = folder / found.script.language
    workdir.mkdir()
    stems = async_to_sync(make_stems)(
        _voice_plan(found, folder),
        gain_db=found.gain_db,
        film=local_path(found.film.storage_path, hold=folder),
        language=found.script.language,
        workdir=workdir,
    )
    return stems.voice


def _voice_plan(found: Contents, folder: Path) -> SoundPlan:
    return plan_sound(
        found.timeline,
        narrations={scene: local_path(take.storage_path, hold=folder) for scene, take in found.narrations().items()},
        lines={line: local_path(take.storage_path, hold=folder) for line, take in found.lines().items()},
        music=[],
        clips={},
        music_level_db=found.music_level_db,
    )


def _joined(task: Task, film: Path, tracks: Sequence[Track], folder: Path) -> Path:
    out = folder / ALL
    here = [
        LanguageTrack(
            track.language,
            track.title,
            local_path(track.sound, hold=folder),
            local_path(track.captions, hold=folder) if track.captions else None,
        )
        for track in tracks
    ]
    async_to_sync(cutting.join_languages)(film, here, out, title=task.title)
    return out
