"""The cut that a link shows: its files, and where each scene lies in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from media_assets.models import Asset, Video
from pipeline.models import Follow, Share, Task
from pipeline.planning.kinds import Kind
from pipeline.queries import overview
from pixora.foundation.errors import NotFound

NOT_YET = "This film is not finished yet: make it first."


@dataclass(frozen=True)
class Scene:
    """A scene as guests see it: its id, its place from 1, and where it lies, in seconds."""

    id: int
    place: int
    title: str
    start: float
    seconds: float

    @property
    def end(self) -> float:
        return self.start + self.seconds


@dataclass(frozen=True)
class Cut:
    """A finished film as it is shown. Its files change with the cut and never under it."""

    video: Video
    poster: Asset | None
    captions: Asset | None
    scenes: tuple[Scene, ...]

    @property
    def take(self) -> int:
        return self.video.asset.take

    @property
    def has_drawn_captions(self) -> bool:
        return overview.has_drawn_captions(self.video)

    @property
    def pins(self) -> dict[str, str]:
        """The assets that a link keeps which stays at this cut."""
        files = {"film": self.video.asset, "poster": self.poster, "captions": self.captions}
        return {name: asset.id for name, asset in files.items() if asset}

    @property
    def size(self) -> tuple[int, int]:
        """Width and height, in pixels."""
        facts = self.video.asset.metadata
        return int(facts.get("width") or 1280), int(facts.get("height") or 720)

    def scene(self, scene_id: int) -> Scene | None:
        return next((scene for scene in self.scenes if scene.id == scene_id), None)

    def moment(self, scene_id: int, at_ms: int) -> float | None:
        """Return where a moment of a scene is in this cut, in seconds; within the scene however short it has become.
        None where the scene is not in it."""
        scene = self.scene(scene_id)
        return round(scene.start + min(at_ms / 1000, max(0.0, scene.seconds - 0.05)), 3) if scene else None


def newest(task: Task) -> Cut:
    """Raises NotFound while there is none."""
    return _cut(task, {})


def shown_by(share: Share) -> Cut:
    """The cut that the link shows. Raises NotFound while there is none."""
    return _cut(share.task, share.pinned if share.follow == Follow.THIS else {})


def _cut(task: Task, pinned: dict[str, str]) -> Cut:
    """Selected takes, or those that are pinned: they may be others' by now."""
    kinds = {"film": Kind.FILM, "poster": Kind.POSTER, "captions": Kind.CAPTIONS}
    if pinned:
        found = {asset.id: asset for asset in task.assets.filter(id__in=pinned.values()).select_related("video")}
        files = {name: found.get(pinned.get(name, "")) for name in kinds}
    else:
        by_component = {each.component: each for each in _selected(task, kinds)}
        files = {name: by_component.get(kind.value) for name, kind in kinds.items()}
    video: Video | None = getattr(files["film"], "video", None)
    if video is None:
        raise NotFound(NOT_YET)
    captions = None if overview.has_no_captions(video) else files["captions"]
    return Cut(video, files["poster"], captions, _scenes(task, video))


def _selected(task: Task, kinds: dict[str, Kind]) -> Any:
    return task.assets.filter(component__in=[kind.value for kind in kinds.values()], selected=True).select_related(
        "video"
    )


def _scenes(task: Task, video: Video) -> tuple[Scene, ...]:
    spans = overview.Film(video, None, shows_the_newest=True).scenes
    script = task.scripts.filter(version=video.script_version).values_list("content", flat=True).first() or {}
    titles = {clip["scene"]["id"]: clip["scene"].get("title", "") for clip in script.get("clips", ())}
    return tuple(
        Scene(span.scene, place, titles.get(span.scene, ""), span.start, span.seconds)
        for place, span in enumerate(spans, start=1)
    )
