"""The timeline of a film over REST: what lies where, and the outlines of its sounds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.http import HttpRequest
from ninja import Router
from pydantic import BaseModel, Field, create_model

from pipeline.api import examples
from pipeline.api.examples import example
from pipeline.api.links import Link, Picture, addresses
from pipeline.api.parameters import PLANS, READING, TaskId, film
from pipeline.cut.narration_fit import FPS
from pipeline.cut.picture.captions import Cue
from pipeline.cut.sound.outlines import PEAKS_PER_S
from pipeline.cut.word_cuts import pauses
from pipeline.film.timeline_fields import HASH_DIGITS
from pipeline.queries import timeline
from pipeline.queries.timeline import MusicShown, SceneShown, Spoken, TimelineShown
from pipeline.services import sound_outlines
from pipeline.services.sound_outlines import Outline
from pixora.accounts.auth import needs
from pixora.accounts.scopes import Scope
from pixora.foundation.error_responses import refusals

router = Router(tags=["timeline"])
SOUND = {"key": "audio/2", "length_s": 3.2, "file": examples.LINK}
SPOKEN = {**SOUND, "start": 158, "cuts": [{"from": 1.2, "to": 1.5}], "recording": "3f0c5a8e2b7d9136"}
SCENE = {
    "scene_id": 2,
    "index": 2,
    "title": "Above the clouds",
    "transition": "fade",
    "start": 150,
    "frames": 140,
    "least_frames": 66,
    "most_frames": 171,
    "clip_from": 0.5,
    "clip": {"length_s": 5.0, "file": examples.LINK},
    "picture": examples.PICTURE,
    "tempo": 1.0,
    "spoken": [SPOKEN],
}
MUSIC = {
    "scene_indexes": [1, 2],
    "start": 0,
    "frames": 290,
    "prompt": "calm piano",
    "silent": False,
    "muted": False,
    "fade_in": 0.0,
    "fade_out": 3.0,
    "sound": {**SOUND, "key": "music/1_2"},
}
CUE = {"from": 5.27, "to": 7.9, "lines": ["The rocket climbs."]}
OUTLINE = {
    "key": "audio/2",
    "peaks_per_s": PEAKS_PER_S,
    "peaks": [0, 12, 47],
    "words": [{"text": "The", "from": 0.1, "to": 0.24}],
    "pauses": [{"from": 1.2, "to": 1.5}],
}


if TYPE_CHECKING:
    FromTo = BaseModel
else:
    FromTo = create_model(
        "FromTo", **{"from": (float, Field(description="Seconds.")), "to": (float, Field(description="Seconds."))}
    )


class Span(FromTo):
    model_config = example({"from": 1.2, "to": 1.5})

    @classmethod
    def of(cls, begin_ms: float, end_ms: float, **more: Any) -> Self:
        return cls(**{"from": begin_ms / 1000, "to": end_ms / 1000}, **more)


class TimelineSound(BaseModel):
    model_config = example(SOUND)

    key: str = Field(description="The component.")
    length_s: float = Field(description="Of the whole file.")
    file: Link


class SpokenSound(TimelineSound):
    model_config = example(SPOKEN)

    start: int = Field(description="The frame of the film at which it begins.")
    cuts: list[Span] = Field(description="What is taken out of it, in seconds of its file.")
    recording: str = Field(description="What `cuts_of` of the script says for cuts in this very file.")

    @classmethod
    def shown(cls, found: Spoken) -> SpokenSound:
        return cls(
            key=found.key,
            length_s=found.length_ms / 1000,
            file=Link(**addresses(found.take)),
            start=found.start,
            cuts=[Span.of(*cut) for cut in found.cuts],
            recording=found.take.content_hash[:HASH_DIGITS],
        )


class TimelineClip(BaseModel):
    model_config = example({"length_s": 5.0, "file": examples.LINK})

    length_s: float
    file: Link


class TimelineScene(BaseModel):
    model_config = example(SCENE)

    scene_id: int
    index: int
    title: str
    transition: str
    start: int = Field(description="The frame of the film at which its place begins.")
    frames: int
    least_frames: int = Field(description="The shortest place in which everything in it is spoken.")
    most_frames: int | None = Field(description="The longest that its clip fills; null without a clip.")
    clip_from: float
    clip: TimelineClip | None
    picture: Picture | None
    tempo: float = Field(description="Of what is spoken in it.")
    spoken: list[SpokenSound]

    @classmethod
    def shown(cls, found: SceneShown) -> TimelineScene:
        scene, slot, clip = found.scene, found.slot, found.clip
        lasts = float(clip.metadata.get("duration_ms", 0)) / 1000 if clip else 0.0
        return cls(
            scene_id=scene.id,
            index=scene.index,
            title=scene.title,
            transition=scene.transition,
            start=slot.start,
            frames=slot.frames,
            least_frames=found.least_frames,
            most_frames=found.most_frames,
            clip_from=slot.clip_from_s,
            clip=TimelineClip(length_s=lasts, file=Link(**addresses(clip))) if clip else None,
            picture=Picture.to(found.still),
            tempo=slot.tempo,
            spoken=[SpokenSound.shown(one) for one in found.spoken],
        )


class TimelineMusic(BaseModel):
    model_config = example(MUSIC)

    scene_indexes: list[int]
    start: int
    frames: int
    prompt: str
    silent: bool
    muted: bool
    fade_in: float
    fade_out: float
    sound: TimelineSound | None

    @classmethod
    def shown(cls, found: MusicShown) -> TimelineMusic:
        group, take = found.group, found.take
        length_s = float(take.metadata.get("duration_ms", 0)) / 1000 if take else 0.0
        sound = TimelineSound(key=take.component, length_s=length_s, file=Link(**addresses(take))) if take else None
        return cls(
            scene_indexes=group.scene_indexes,
            prompt=group.prompt,
            silent=group.silent,
            muted=group.muted,
            fade_in=group.fade_in,
            fade_out=group.fade_out,
            start=found.stretch.start,
            frames=found.stretch.frames,
            sound=sound,
        )


class TimelineCue(Span):
    model_config = example(CUE)

    lines: list[str]

    @classmethod
    def shown(cls, cue: Cue) -> TimelineCue:
        return cls.of(cue.start_ms, cue.end_ms, lines=list(cue.lines))


class FilmTimeline(BaseModel):
    """A film's timeline; places and lengths are whole frames, `fps` a second."""

    model_config = example(
        {
            "version": 3, "fps": FPS, "frames": 290, "transition_frames": 16, "music_level_db": 0.0,
            "scenes": [SCENE], "music": [MUSIC], "captions": [CUE],
        }
    )  # fmt: skip

    version: int = Field(description="Of the script.")
    fps: int
    frames: int
    transition_frames: int
    music_level_db: float
    scenes: list[TimelineScene]
    music: list[TimelineMusic]
    captions: list[TimelineCue] = Field(description="In seconds of the film.")

    @classmethod
    def of(cls, found: TimelineShown) -> FilmTimeline:
        laid = found.timeline
        return cls(
            version=found.version,
            fps=laid.fps,
            frames=laid.frames,
            transition_frames=laid.transition_frames,
            music_level_db=found.music_level_db,
            scenes=[TimelineScene.shown(one) for one in found.scenes],
            music=[TimelineMusic.shown(one) for one in found.music],
            captions=[TimelineCue.shown(cue) for cue in found.cues],
        )


class TimelineWord(Span):
    model_config = example({"text": "The", "from": 0.1, "to": 0.24})

    text: str


class SoundOutline(BaseModel):
    model_config = example(OUTLINE)

    key: str
    peaks_per_s: int
    peaks: list[int] = Field(description="The loudest of each stretch of the file, from 0 to 99.")
    words: list[TimelineWord] = Field(description="In seconds of the file; empty for music.")
    pauses: list[Span] = Field(description="What may be taken out of the pauses between words: all but a breath.")

    @classmethod
    def of(cls, key: str, found: Outline) -> SoundOutline:
        words = [TimelineWord.of(begin, end, text=text) for text, begin, end in found.words]
        gaps = [Span.of(*gap) for gap in pauses(found.speaking)] if found.words else []
        return cls(key=key, peaks_per_s=PEAKS_PER_S, peaks=list(found.peaks), words=words, pauses=gaps)


class SoundOutlines(BaseModel):
    model_config = example({"sounds": [OUTLINE]})

    sounds: list[SoundOutline]


@router.get(
    "tasks/{task_id}/timeline",
    response={200: FilmTimeline, **refusals(*READING, 409, 429)},
    summary="A film's timeline",
    openapi_extra=PLANS.told,
    auth=needs(Scope.FILMS_READ),
)
def get_timeline(request: HttpRequest, task_id: TaskId) -> FilmTimeline:
    """Tell what lies where, as the newest script and the selected takes have it, whether it was cut yet or not. It is
    edited by fields of the script: `slot_frames`, `clip_from`, `narration_at` and `cuts` of a scene, `muted`,
    `fade_in` and `fade_out` of music."""
    PLANS.count_request(request)
    return FilmTimeline.of(timeline.timeline_of(film(request, task_id)))


@router.get(
    "tasks/{task_id}/timeline/sounds",
    response={200: SoundOutlines, **refusals(*READING, 409, 429)},
    summary="The outlines of a film's sounds",
    openapi_extra=PLANS.told,
    auth=needs(Scope.FILMS_READ),
)
def list_timeline_sounds(request: HttpRequest, task_id: TaskId) -> SoundOutlines:
    """List peaks to be drawn, and the words and pauses of voices. They are computed when they are first asked for."""
    PLANS.count_request(request)
    found = timeline.timeline_of(film(request, task_id))
    outlines = sound_outlines.outlines(found.sounds, found.texts)
    return SoundOutlines(sounds=[SoundOutline.of(key, outline) for key, outline in outlines.items()])
