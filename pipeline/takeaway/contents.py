"""The contents of a film's takeaway: the film as it was cut, and the takes that are selected for its scenes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from media_assets.models import Asset, AssetType, Video
from pipeline.cut.timeline import LineCut, Slot, Timeline
from pipeline.film.script import Script, parse_script
from pipeline.models import Task
from pipeline.planning.film_plan import settings_of
from pipeline.planning.graph import audio_key, line_key, music_key
from pipeline.planning.kinds import SPEECH, Kind, kind_of, scene_and_line
from pixora.foundation.errors import Conflict

FILM, FILM_WITHOUT_MUSIC = "film.mp4", "film_without_music.mp4"
VOICE_STEM, MUSIC_STEM, CLIPS_STEM = "stems/voice.wav", "stems/music.wav", "stems/clips.wav"
SCRIPT, EXCHANGE = "script.json", "timeline.otio"


@dataclass(frozen=True)
class Contents:
    title: str
    script: Script
    timeline: Timeline
    music_level_db: float
    clip_sounds: tuple[int, ...]
    takes: Mapping[str, Asset]
    """The selected ones, by component."""
    folder: str = ""
    """The folder of its files in the zip; empty for the film whose takeaway it is."""

    @property
    def film(self) -> Asset:
        return self.takes[Kind.FILM]

    def clip(self, slot: Slot) -> Asset | None:
        return self.takes.get(f"{Kind.CLIP}/{slot.scene_id}")

    def sounding_clips(self) -> dict[int, Asset]:
        """Return the clips of the scenes in which a clip's own sound is heard, by scene id."""
        clips = {slot.scene_id: self.clip(slot) for slot in self.timeline.slots if slot.scene_id in self.clip_sounds}
        return {scene_id: clip for scene_id, clip in clips.items() if clip}

    def narrations(self) -> dict[int, Asset]:
        """Return the narrations that the film has, by scene id."""
        spoken = [slot.scene_id for slot in self.timeline.slots if slot.narration_frames]
        keys = {scene_id: audio_key(self.script.scene_by_id(scene_id)) for scene_id in spoken}
        return {scene_id: self.takes[key] for scene_id, key in keys.items() if key in self.takes}

    def lines(self) -> dict[tuple[int, int], Asset]:
        """Return the lines that the film has, by scene id and the line's number."""
        said = [(slot.scene_id, line.number) for slot in self.timeline.slots for line in slot.lines]
        keys = {one: line_key(self.script.scene_by_id(one[0]), one[1]) for one in said}
        return {one: self.takes[key] for one, key in keys.items() if key in self.takes}

    def music(self) -> dict[tuple[int, ...], Asset]:
        """Return each group's music that is heard and selected, by the ids of the group's scenes."""
        groups = [self.script.group_scene_ids(group) for group in self.script.audible_music]
        return {ids: self.takes[music_key(ids)] for ids in groups if music_key(ids) in self.takes}

    @property
    def gain_db(self) -> float:
        """The master's."""
        soundtrack = self.takes.get(Kind.SOUNDTRACK)
        return float(soundtrack.metadata.get("gain_db") or 0.0) if soundtrack else 0.0

    def files(self) -> Iterator[tuple[str, str]]:
        """Yield each file's path in the zip and its name in storage."""
        yield f"{self.folder}{FILM}", self.film.storage_path
        for asset in self.takes.values():
            stem = self._stem(asset.component)
            names = {PurePosixPath(asset.storage_path).suffix: asset.storage_path, **asset.metadata.get("files", {})}
            yield from ((f"{stem}{suffix}", name) for suffix, name in names.items() if stem)

    def place(self, take: Asset) -> str:
        return f"{self._stem(take.component)}{PurePosixPath(take.storage_path).suffix}"

    def _stem(self, component: str) -> str:
        """Return its place in the zip, without an ending; empty for what is not of the film."""
        place, number = kind_of(component).about.in_zip, self._number(component)
        _, line = scene_and_line(component.partition("/")[2])
        return "" if number is None or not place else f"{self.folder}{place.format(number, line)}"

    def _number(self, component: str) -> int | str | None:
        """Return what stands in its name: the place of its scene or its music in the film, which is what the film's
        owner knows, or a character's name. None where the film has no such scene, line or music."""
        kind, rest = kind_of(component), component.partition("/")[2]
        if kind is Kind.MUSIC:
            groups = [music_key(ids) for ids in self.music()]
            return groups.index(component) + 1 if component in groups else None
        if kind is Kind.CHARACTER or not rest:
            return rest
        if kind is Kind.LINE and component not in (take.component for take in self.lines().values()):
            return None
        places = {str(slot.scene_id): place for place, slot in enumerate(self.timeline.slots, 1)}
        return places.get(scene_and_line(rest)[0])


def contents_of(task: Task, folder: str = "") -> Contents:
    """Read the contents of the film's takeaway. Raises Conflict while there is no film."""
    selected = Asset.objects.filter(task=task, selected=True).exclude(asset_type=AssetType.REFERENCE)
    takes = {asset.component: asset for asset in selected}
    film = Video.objects.filter(asset=takes.get(Kind.FILM)).first() if Kind.FILM in takes else None
    if film is None:
        raise Conflict("There is no film to take away yet: wait until it is finished.", code="not_ready")
    settings = settings_of(task)
    on = {kind: settings.voice_over for kind in SPEECH}
    on |= {Kind.MUSIC: settings.music, Kind.CAPTIONS: settings.captions != "off"}
    return Contents(
        title=task.title or task.prompt[:80],
        script=parse_script(task.scripts.get(version=film.script_version).content),
        timeline=timeline_of(film.timeline),
        music_level_db=settings.music_level_db,
        clip_sounds=settings.clip_sounds,
        takes={key: asset for key, asset in takes.items() if on.get(kind_of(key), True)},
        folder=folder,
    )


def timeline_of(stored: Mapping[str, Any]) -> Timeline:
    """Read the timeline as it was kept with the film."""
    return Timeline(stored["fps"], stored["transition_frames"], tuple(map(_slot, stored["slots"])))


def _slot(stored: Mapping[str, Any]) -> Slot:
    """Films that were cut before there were lines have none."""
    lines = tuple(LineCut(**line) for line in stored.get("lines", ()))
    cuts = tuple((begin, end) for begin, end in stored.get("cuts", ()))
    return Slot(**{**stored, "lines": lines, "cuts": cuts})
