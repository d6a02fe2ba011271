"""A film's timeline as its newest script lays it out with the takes that are selected, whether it was cut or not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from media_assets.models import Asset
from pipeline.cut.narration_fit import FPS, MAX_SLOT, least_frames
from pipeline.cut.picture.captions import Cue, Speech, Word, cues, line_chars, without
from pipeline.cut.picture.filter_graph import most_frames, span_s
from pipeline.cut.timeline import SceneCut, Slot, Stretch, Timeline, lay_out
from pipeline.cut.word_cuts import Cuts
from pipeline.film.dialogue import NARRATION, said_in
from pipeline.film.narration import narration_length, pace
from pipeline.film.script import MusicGroup, Scene, Script, parse_script
from pipeline.film.settings import TaskSettings, frame_size
from pipeline.models import Task
from pipeline.planning.film_plan import settings_of
from pipeline.planning.graph import Graph, audio_key, build_graph, line_key, music_key, said_key
from pipeline.planning.kinds import Kind
from pipeline.services import scripts


@dataclass(frozen=True)
class Spoken:
    """A voice as it is heard: `start` in frames of the film, `cuts` in milliseconds of its take."""

    key: str
    text: str
    take: Asset
    start: int
    length_ms: int
    cuts: Cuts


@dataclass(frozen=True)
class SceneShown:
    scene: Scene
    slot: Slot
    still: Asset | None
    clip: Asset | None
    least_frames: int
    """The least frames of its slot in which everything in it is spoken."""
    most_frames: int | None
    """The most frames of its slot to the end of which its clip moves; None without a clip."""
    spoken: tuple[Spoken, ...]


@dataclass(frozen=True)
class MusicShown:
    group: MusicGroup
    stretch: Stretch
    take: Asset | None


@dataclass(frozen=True)
class TimelineShown:
    version: int
    timeline: Timeline
    scenes: tuple[SceneShown, ...]
    music: tuple[MusicShown, ...]
    cues: list[Cue] = field(default_factory=list)
    music_level_db: float = 0.0

    @property
    def sounds(self) -> dict[str, Asset]:
        """Return the takes that are heard, by their components."""
        spoken = {one.key: one.take for scene in self.scenes for one in scene.spoken}
        return spoken | {music.take.component: music.take for music in self.music if music.take}

    @property
    def texts(self) -> dict[str, str]:
        """Return the words of what somebody speaks, by its component."""
        return {one.key: one.text for scene in self.scenes for one in scene.spoken}


def timeline_of(task: Task) -> TimelineShown:
    """Raises Conflict while there is no script."""
    newest = scripts.current_script(task)
    script, settings = parse_script(newest.content), settings_of(task)
    graph = build_graph(script, settings, title=task.title)
    takes = {asset.component: asset for asset in task.assets.filter(selected=True)}
    return _shown(newest.version, script, settings, graph, takes)


def _shown(
    version: int, script: Script, settings: TaskSettings, graph: Graph, takes: Mapping[str, Asset]
) -> TimelineShown:
    cuts = [_cut(scene, graph, takes) for scene in script.scenes]
    timeline = lay_out(cuts)
    shown = tuple(
        _scene(scene, cut, slot, graph, takes)
        for scene, cut, slot in zip(script.scenes, cuts, timeline.slots, strict=True)
    )
    return TimelineShown(
        version,
        timeline,
        shown,
        tuple(_music(script, settings, timeline, takes)),
        _cues(script, settings, timeline, shown),
        settings.music_level_db,
    )


def _cut(scene: Scene, graph: Graph, takes: Mapping[str, Asset]) -> SceneCut:
    length, lines = graph.lengths[scene.id], [line_key(scene, number) for number in range(1, len(scene.lines) + 1)]
    voice = takes.get(audio_key(scene)) if audio_key(scene) in length.spoken else None
    return SceneCut(
        scene.id,
        scene.duration,
        scene.transition,
        _length_ms(voice),
        tuple(_length_ms(takes.get(key)) if key in length.spoken else 0 for key in lines),
        dragged=scene.slot_frames,
        shift_s=scene.narration_at,
        cuts=length.cuts_in(audio_key(scene), voice.content_hash) if voice else (),
        clip_from_s=scene.clip_from,
    )


def _length_ms(voice: Asset | None) -> int:
    return int(voice.metadata.get("duration_ms", 0)) if voice else 0


def _scene(scene: Scene, cut: SceneCut, slot: Slot, graph: Graph, takes: Mapping[str, Asset]) -> SceneShown:
    clip = takes.get(f"{Kind.CLIP}/{scene.id}")
    most = most_frames(span_s(clip.metadata), slot, FPS) if clip and "frames" in clip.metadata else None
    return SceneShown(
        scene,
        slot,
        takes.get(f"{Kind.STILL}/{scene.id}"),
        clip,
        least_frames(cut.spoken_ms),
        min(most, MAX_SLOT) if most is not None else None,
        tuple(_spoken(scene, slot, graph, takes)),
    )


def _spoken(scene: Scene, slot: Slot, graph: Graph, takes: Mapping[str, Asset]) -> Iterator[Spoken]:
    starts = {line.number: line.start for line in slot.lines}
    for said in said_in(scene):
        key = said_key(scene, said)
        take = takes.get(key) if key in graph.lengths[scene.id].spoken else None
        if take:
            start = slot.narration_start if said.place == NARRATION else starts.get(said.place, slot.start)
            cuts = slot.cuts if said.place == NARRATION else ()
            yield Spoken(key, said.text, take, start, _length_ms(take), cuts)


def _music(
    script: Script, settings: TaskSettings, timeline: Timeline, takes: Mapping[str, Asset]
) -> Iterator[MusicShown]:
    for group in script.music if settings.music else ():
        ids = script.group_scene_ids(group)
        yield MusicShown(group, timeline.stretch(ids), takes.get(music_key(ids)))


def _cues(script: Script, settings: TaskSettings, timeline: Timeline, scenes: tuple[SceneShown, ...]) -> list[Cue]:
    """Return the cues as the film's captions will be, where the words' times are known; else about as they will be."""
    if settings.captions == "off":
        return []
    speeches = [speech for shown in scenes for speech in _speeches(shown, script.language)]
    return cues(speeches, max_chars=line_chars(*frame_size(script.aspect_ratio, settings.resolution)))


def _speeches(shown: SceneShown, language: str) -> Iterator[Speech]:
    if not shown.spoken:
        text = " ".join(said.text for said in said_in(shown.scene))
        room_ms = (shown.slot.end - shown.slot.narration_start) * 1000 // FPS
        length_ms = min(10_000 * narration_length(text, language) // pace(language), room_ms)
        yield from [Speech(text, _ms(shown.slot.narration_start), length_ms)] if text else []
    for one in shown.spoken:
        words = tuple(Word(*word) for word in one.take.metadata.get("words", ()))
        yield without(Speech(one.text, _ms(one.start), one.length_ms, shown.slot.tempo, words), one.cuts)


def _ms(frame: int) -> int:
    return round(frame * 1000 / FPS)
