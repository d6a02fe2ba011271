"""The zip: what is not there yet is made for it, then everything is streamed, nothing of it held in memory."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import AsyncIterator, Mapping
from pathlib import Path

from asgiref.sync import async_to_sync
from zipstream import ZipStream

from media_assets.file_names import as_file_name
from media_assets.models import Asset
from media_assets.storage import local_path
from pipeline.cut.sound.sound_plan import ClipSound, GroupMusic, SoundPlan, clip_sound, plan_sound
from pipeline.cut.sound.stems import Stems, make_stems
from pipeline.models import Task
from pipeline.takeaway import contents, exchange
from pipeline.takeaway.contents import Contents, contents_of
from pipeline.takeaway.exchange import Source


class Archive:
    """A zip of known size, iterated once; what was made for it goes when it is closed."""

    def __init__(self, task: Task) -> None:
        """Blocking, as long as the stems take. Raises Conflict while there is no film."""
        self.name = f"{as_file_name(task.title)}.zip"
        found = contents_of(task)
        self._folder = tempfile.TemporaryDirectory(prefix="pixora-takeaway-")
        try:
            self._zip = _zip(found, Path(self._folder.name))
        except BaseException:
            self.close()
            raise
        self.size = len(self._zip)

    async def __aiter__(self) -> AsyncIterator[bytes]:
        parts = iter(self._zip)
        while (part := await asyncio.to_thread(next, parts, None)) is not None:
            yield part

    def close(self) -> None:
        self._folder.cleanup()


def _zip(found: Contents, folder: Path) -> ZipStream:
    """Nothing is compressed: media is already."""
    made = ZipStream(sized=True)
    here = {place: local_path(name, hold=folder) for place, name in found.files()}
    stems = async_to_sync(make_stems)(
        _sound(found, folder),
        gain_db=found.gain_db,
        film=here[contents.FILM],
        language=found.script.language,
        workdir=folder,
    )
    for place, path in {**here, **_made(stems)}.items():
        made.add_path(path, place)
    made.add(found.script.as_json(), contents.SCRIPT)
    made.add(_exchange(found, stems), contents.EXCHANGE)
    return made


def _made(stems: Stems) -> dict[str, Path]:
    places = {
        contents.VOICE_STEM: stems.voice,
        contents.MUSIC_STEM: stems.music,
        contents.CLIPS_STEM: stems.clips,
        contents.FILM_WITHOUT_MUSIC: stems.film_without_music,
    }
    return {place: path for place, path in places.items() if path}


def _sound(found: Contents, folder: Path) -> SoundPlan:
    """As the film's own soundtrack was planned."""
    music = [
        GroupMusic(scene_ids, local_path(take.storage_path, hold=folder), seamless=bool(take.metadata.get("loop")))
        for scene_ids, take in found.music().items()
    ]
    narrations = {scene_id: local_path(take.storage_path, hold=folder) for scene_id, take in found.narrations().items()}
    clips = {
        scene_id: sound for scene_id, take in found.sounding_clips().items() if (sound := _own_sound(take, folder))
    }
    return plan_sound(
        found.timeline,
        narrations=narrations,
        lines={line: local_path(take.storage_path, hold=folder) for line, take in found.lines().items()},
        music=music,
        clips=clips,
        music_level_db=found.music_level_db,
    )


def _own_sound(take: Asset, folder: Path) -> ClipSound | None:
    return clip_sound(local_path(take.storage_path, hold=folder), take.metadata)


def _exchange(found: Contents, stems: Stems) -> str:
    clips = {slot.scene_id: clip for slot in found.timeline.slots if (clip := found.clip(slot))}
    length_ms = found.timeline.duration_s * 1000
    return exchange.as_otio(
        found.title,
        found.timeline,
        clips=_sources(found, clips),
        narrations=_sources(found, found.narrations()),
        lines=_lines(found),
        beside={
            name: Source(place, name, length_ms)
            for name, place, stem in (
                ("Music", contents.MUSIC_STEM, stems.music),
                ("Sounds of clips", contents.CLIPS_STEM, stems.clips),
            )
            if stem
        },
    )


def _sources(found: Contents, takes: Mapping[int, Asset]) -> dict[int, Source]:
    return {
        scene_id: Source(found.place(take), found.script.scene_by_id(scene_id).title, int(take.metadata["duration_ms"]))
        for scene_id, take in takes.items()
    }


def _lines(found: Contents) -> dict[tuple[int, int], Source]:
    """Each under the name of who says it, or its scene's title."""
    return {
        (scene_id, number): Source(
            found.place(take),
            found.script.scene_by_id(scene_id).lines[number - 1].speaker or found.script.scene_by_id(scene_id).title,
            int(take.metadata["duration_ms"]),
        )
        for (scene_id, number), take in found.lines().items()
    }
