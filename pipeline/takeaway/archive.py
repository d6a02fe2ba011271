"""The zip: what is not there yet is made for it, then everything is streamed, nothing of it held in memory."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from pathlib import Path

from asgiref.sync import async_to_sync
from zipstream import ZipStream

from media_assets.file_names import as_file_name
from media_assets.models import Asset
from media_assets.storage import local_path
from pipeline.credentials import manifest, pieces, signing
from pipeline.cut.framing.window import read_window
from pipeline.cut.sound.sound_plan import ClipSound, GroupMusic, SoundPlan, clip_sound, plan_sound
from pipeline.cut.sound.stems import Stems, make_stems
from pipeline.models import Task
from pipeline.planning.all_languages import native_name
from pipeline.planning.graph import crop_key
from pipeline.planning.kinds import Kind, kind_of
from pipeline.takeaway import contents, exchange, languages
from pipeline.takeaway.contents import Contents, contents_of
from pipeline.takeaway.exchange import Framing, Source, Voices


class Archive:
    """A zip of known size, iterated once; what was made for it goes when it is closed."""

    def __init__(self, task: Task) -> None:
        """Blocking, as long as the stems take. Raises Conflict while there is no film."""
        self.name = f"{as_file_name(task.title)}.zip"
        found = contents_of(task)
        self._folder = tempfile.TemporaryDirectory(prefix="pixora-takeaway-")
        try:
            self._zip = _zip(task, found, Path(self._folder.name))
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


def _zip(task: Task, found: Contents, folder: Path) -> ZipStream:
    """Nothing is compressed: media is already."""
    made = ZipStream(sized=True)
    spoken = languages.others(task)
    here = {place: local_path(name, hold=folder) for each in (found, *spoken) for place, name in each.files()}
    stems = async_to_sync(make_stems)(
        _sound(found, folder),
        gain_db=found.gain_db,
        film=here[contents.FILM],
        language=found.script.language,
        workdir=folder,
    )
    if stems.film_without_music:
        _sign_copy(found, here[contents.FILM], stems.film_without_music)
    others = dict(languages.made(task, here[contents.FILM], spoken, folder))
    if languages.ALL in others:
        _sign_copy(found, here[contents.FILM], others[languages.ALL])
    for place, path in {**here, **_made(stems), **others}.items():
        made.add_path(path, place)
    made.add(found.script.as_json(), contents.SCRIPT)
    made.add(_exchange(found, stems, spoken, folder), contents.EXCHANGE)
    return made


def _sign_copy(found: Contents, film: Path, copy: Path) -> None:
    """The film is the parent of its copies (without music, in all languages) and says who made what; an unsigned one
    vouches for nothing."""
    told = found.film.metadata.get("credentials", {})
    if told.get("signed"):
        left = [maker for maker in told["makers"] if any(kind_of(key) is not Kind.MUSIC for key in maker["pieces"])]
        signing.sign(copy, manifest.of_copy(pieces.Source(maker["source"]) for maker in left), parent=film)


def _made(stems: Stems) -> dict[str, Path]:
    places = {
        contents.VOICE_STEM: stems.voice,
        contents.MUSIC_STEM: stems.music,
        contents.CLIPS_STEM: stems.clips,
        contents.FILM_WITHOUT_MUSIC: stems.film_without_music,
    }
    return {place: path for place, path in places.items() if path}


def _sound(found: Contents, folder: Path) -> SoundPlan:
    """Plan it as the film's own soundtrack was planned."""
    groups = {found.script.group_scene_ids(group): group for group in found.script.audible_music}
    music = [
        GroupMusic(
            scene_ids,
            local_path(take.storage_path, hold=folder),
            seamless=bool(take.metadata.get("loop")),
            fade_in_s=groups[scene_ids].fade_in,
            fade_out_s=groups[scene_ids].fade_out,
        )
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


def _exchange(found: Contents, stems: Stems, spoken: Sequence[Contents], folder: Path) -> str:
    clips = {slot.scene_id: clip for slot in found.timeline.slots if (clip := found.clip(slot))}
    length_ms = found.timeline.duration_s * 1000
    return exchange.as_otio(
        found.title,
        found.timeline,
        clips=_sources(found, clips),
        narrations=_sources(found, found.narrations()),
        lines=_lines(found),
        framings=dict(_framings(found, clips, folder)),
        beside={
            name: Source(place, name, length_ms)
            for name, place, stem in (
                ("Music", contents.MUSIC_STEM, stems.music),
                ("Sounds of clips", contents.CLIPS_STEM, stems.clips),
            )
            if stem
        },
        voices=[_voices(each) for each in spoken if each.timeline.frames == found.timeline.frames],
    )


def _framings(found: Contents, clips: Mapping[int, Asset], folder: Path) -> Iterator[tuple[int, Framing]]:
    """Yield the scenes whose clip has another shape than the film, with what of it the film shows."""
    film = found.film.metadata
    for scene_id, clip in clips.items():
        if crop := found.takes.get(crop_key(found.script.scene_by_id(scene_id))):
            window = read_window(local_path(crop.storage_path, hold=folder).read_text("utf-8"))
            sizes = [(int(each["width"]), int(each["height"])) for each in (clip.metadata, film)]
            yield scene_id, Framing(window, *sizes)


def _voices(found: Contents) -> Voices:
    name = f"Voice ({native_name(found.script.language)})"
    return Voices(name, found.timeline, _sources(found, found.narrations()), _lines(found))


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
