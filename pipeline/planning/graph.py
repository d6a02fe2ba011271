"""PURE: the components that a film is made of. A script and its settings become a graph of components.

character/* → scene/n → video/n (→ crop/n) ──→ segment/n ─┐
   audio/n, line/n/k → length of slot n ───┬→ transition/n ├→ fullvideo
      audio/*, line/*, music/*, slots ─────┼→ soundtrack ──┤
       script, audio/*, line/*, slots ─────┴→ captions ────┘
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pipeline.cut.framing.window import framing_hash
from pipeline.cut.narration_fit import FPS
from pipeline.cut.picture import ai_label
from pipeline.cut.picture.lettering import lettering_hash
from pipeline.cut.profile import of_film, picture_hash, sound_hash
from pipeline.cut.word_cuts import Cuts, left_ms
from pipeline.film.dialogue import NARRATION, Said, has_lines, said_in
from pipeline.film.pronunciation import as_asked
from pipeline.film.script import AUTO, CharacterProfile, Focus, MusicGroup, Scene, Script
from pipeline.film.settings import BURNED_CAPTIONS, TaskSettings, frame_size
from pipeline.film.speakers import spoken_by
from pipeline.film.timeline_fields import in_ms
from pipeline.planning.kinds import Kind, kind_of


@dataclass(frozen=True, slots=True)
class Component:
    """`asks` is its own part of the fingerprint; `inputs` are the takes it reads, `slots` the scenes whose length."""

    key: str
    kind: Kind
    asks: Mapping[str, Any]
    inputs: tuple[str, ...] = ()
    slots: tuple[int, ...] = ()
    scene_id: int | None = None


@dataclass(frozen=True, slots=True)
class SceneLength:
    """The values that decide a slot: the scene's duration, or the frames to which its border was dragged, and the keys
    of what is spoken in it, in its order. `cuts` are taken out of the narration that `cuts_of` names."""

    duration_s: int
    spoken: tuple[str, ...] = ()
    dragged: int = 0
    cuts: Cuts = ()
    cuts_of: str = ""

    def cuts_in(self, key: str, content_hash: str) -> Cuts:
        """Return what is taken out of this take; nothing of another one than it was cut in."""
        return self.cuts if kind_of(key) is Kind.VOICE and content_hash.startswith(self.cuts_of) else ()

    def heard_ms(self, key: str, length_ms: int, content_hash: str) -> int:
        """Return how long what is left of a take is heard, at its own tempo."""
        return left_ms(length_ms, self.cuts_in(key, content_hash))


@dataclass(frozen=True)
class Graph:
    """Components in an order in which each follows its inputs."""

    components: tuple[Component, ...]
    lengths: Mapping[int, SceneLength] = field(default_factory=dict)


def build_graph(script: Script, settings: TaskSettings, *, title: str = "") -> Graph:
    build = _Build(script, settings, title)
    return Graph(tuple(build.components()), {scene.id: build.length(scene) for scene in script.scenes})


class _Build:
    def __init__(self, script: Script, settings: TaskSettings, title: str) -> None:
        self.script = script
        self.settings = settings
        self.title = title
        self.size = list(frame_size(script.aspect_ratio, settings.resolution))
        filmed = script.filmed_in or script.aspect_ratio
        self.filmed = list(frame_size(filmed, settings.resolution))
        self.picture = {"size": self.size, "encoder": picture_hash(of_film(self.size, self.filmed))}

    def components(self) -> Iterator[Component]:
        scenes = self.script.scenes
        yield from map(self.character, self.script.character_profiles)
        yield from map(self.still, scenes)
        yield from (self.voice(scene, said) for scene in scenes for said in self.spoken(scene))
        yield from self.music()
        yield from map(self.clip, scenes)
        yield from (self.crop(scene) for scene in scenes if self.script.is_reframed(scene))
        yield from map(self.segment, scenes)
        yield from (self.transition(before, scene) for before, scene in itertools.pairwise(scenes))
        yield self.soundtrack()
        if self.settings.captions != "off":
            yield self.captions()
        yield self.film()
        yield self.poster()
        yield self.storyboard()

    def length(self, scene: Scene) -> SceneLength:
        spoken = self.spoken_keys(scene)
        return SceneLength(scene.duration, spoken, scene.slot_frames, in_ms(scene.cuts), scene.cuts_of)

    def spoken(self, scene: Scene) -> tuple[Said, ...]:
        return said_in(scene) if self.settings.voice_over else ()

    def spoken_keys(self, scene: Scene) -> tuple[str, ...]:
        return tuple(said_key(scene, said) for said in self.spoken(scene))

    def character(self, profile: CharacterProfile) -> Component:
        asks = {
            "name": profile.name,
            "prompt": profile.image_prompt,
            "style": self.script.style,
            "reference": self.settings.reference if self.is_referred_to(profile) else "",
        }
        return Component(character_key(profile), Kind.CHARACTER, asks)

    def is_referred_to(self, profile: CharacterProfile) -> bool:
        return self.settings.reference_character in ("", profile.slug)

    def still(self, scene: Scene) -> Component:
        asks = {"prompt": scene.image_prompt, "style": self.script.style, "size": self.size_of(scene)}
        inputs = tuple(map(character_key, self.script.characters_of(scene)))
        return Component(f"scene/{scene.id}", Kind.STILL, asks, inputs, scene_id=scene.id)

    def voice(self, scene: Scene, said: Said) -> Component:
        """A narration or a line: the same text in the same voice asks for the same, whoever says it."""
        text = scene.script if said.place == NARRATION else said.text
        asks: dict[str, Any] = {
            "text": text,
            "language": self.script.language,
            **spoken_by(self.script, said.speaker).asks(),
        }
        if sounds := as_asked(self.settings.pronunciations, text):
            asks["pronunciations"] = sounds
        key = said_key(scene, said)
        return Component(key, kind_of(key), asks, scene_id=scene.id)

    def music(self) -> Iterator[Component]:
        for group in self.groups():
            asks: dict[str, Any] = {"prompt": group.prompt}
            if parts := self.script.music_parts(group):
                asks["parts"] = [[part.mood, part.seconds] for part in parts]
            yield Component(music_key(self.script.group_scene_ids(group)), Kind.MUSIC, asks)

    def groups(self) -> Sequence[MusicGroup]:
        """The groups of music that are heard: what is silent is neither made nor paid for."""
        return self.script.audible_music if self.settings.music else ()

    def clip(self, scene: Scene) -> Component:
        asks = {"prompt": scene.video_prompt, "duration": scene.duration, "size": self.size_of(scene)}
        inputs: tuple[str, ...] = (f"scene/{scene.id}",)
        if following := self.script.ends_on(scene):
            asks["ends_on_next"] = True
            inputs += (f"scene/{following.id}",)
        return Component(f"video/{scene.id}", Kind.CLIP, asks, inputs, scene_id=scene.id)

    def size_of(self, scene: Scene) -> list[int]:
        """Return the size of what is made for a scene, in pixels; what is cut from it has the film's."""
        return self.filmed if self.script.is_reframed(scene) else self.size

    def crop(self, scene: Scene) -> Component:
        """The part of a clip that a film of another shape shows; it is found in the clip, however large the film is."""
        asks: dict[str, Any] = {"ratio": self.script.aspect_ratio, "finder": framing_hash()}
        if scene.fill != AUTO:
            asks["fill"] = scene.fill
        if isinstance(scene.focus, Focus):
            asks["focus"] = [scene.focus.x, scene.focus.y]
        return Component(crop_key(scene), Kind.CROP, asks, (f"video/{scene.id}",), scene_id=scene.id)

    def shown(self, *scenes: Scene) -> tuple[str, ...]:
        """The components that the picture of these scenes is cut from: clips, and of those of another shape, which part
        of them is shown."""
        clips = tuple(f"video/{scene.id}" for scene in scenes)
        return clips + tuple(crop_key(scene) for scene in scenes if self.script.is_reframed(scene))

    def segment(self, scene: Scene) -> Component:
        inner = [scene.index > 1, scene.index < len(self.script.clips)]
        asks: dict[str, Any] = {**self.picture, "inner": inner}
        if scene.clip_from:
            asks["clip_from"] = scene.clip_from
        asks |= self.label()
        inputs = self.shown(scene)
        if self.settings.captions in BURNED_CAPTIONS and said_in(scene):
            asks["captions"] = self.lettering(scene)
            inputs += self.spoken_keys(scene)
        return Component(f"segment/{scene.id}", Kind.BODY, asks, inputs, (scene.id,), scene_id=scene.id)

    def label(self) -> dict[str, Any]:
        """Nothing, so that nothing becomes stale, where no label is wanted."""
        return {"ai_label": ai_label.asked(self.script.language)} if self.settings.ai_label else {}

    def lettering(self, scene: Scene) -> dict[str, Any]:
        """Return what is drawn into a body. Nobody speaks over a boundary, so no other piece has text on it."""
        return {
            "style": self.settings.captions,
            "text": scene.script.strip(),
            "language": self.script.language,
            "encoder": lettering_hash(said.text for said in said_in(scene)),
            **lines_asked([scene]),
            **moves_asked([scene]),
        }

    def transition(self, before: Scene, scene: Scene) -> Component:
        asks: dict[str, Any] = {**self.picture, "type": scene.transition}
        if before.clip_from or scene.clip_from:
            asks["clip_from"] = [before.clip_from, scene.clip_from]
        asks |= self.label()
        inputs = self.shown(before, scene)
        return Component(
            f"transition/{scene.id}", Kind.TRANSITION, asks, inputs, (before.id, scene.id), scene_id=scene.id
        )

    def soundtrack(self) -> Component:
        scenes = self.script.scenes
        asks: dict[str, Any] = {
            "encoder": sound_hash(),
            "narrated": [any(said.place == NARRATION for said in self.spoken(scene)) for scene in scenes],
            "groups": [group.scene_indexes for group in self.groups()],
            "music_level_db": self.settings.music_level_db,
            **moves_asked(scenes),
            **self.fades(),
        }
        if begins := [scene.clip_from for scene in scenes if scene.id in self.settings.clip_sounds]:
            asks |= {"clip_from": begins} if any(begins) else {}
        if has_lines(self.script.scenes):
            asks["lines"] = [list(self.spoken_keys(scene)) for scene in scenes]
        inputs = self._spoken() + tuple(music_key(self.script.group_scene_ids(group)) for group in self.groups())
        inputs += tuple(f"video/{scene.id}" for scene in scenes if scene.id in self.settings.clip_sounds)
        return Component("soundtrack", Kind.SOUNDTRACK, asks, inputs, self._all_slots())

    def fades(self) -> dict[str, Any]:
        """Return the fades that somebody chose; nothing where all are as usual."""
        fades = [[group.fade_in, group.fade_out] for group in self.groups()]
        return {"fades": fades} if any(map(any, fades)) else {}

    def captions(self) -> Component:
        asks = {
            "lines": [scene.script.strip() for scene in self.script.scenes],
            "language": self.script.language,
            "aspect_ratio": self.script.aspect_ratio,
            **lines_asked(self.script.scenes),
            **moves_asked(self.script.scenes),
        }
        return Component("captions", Kind.CAPTIONS, asks, self._spoken(), self._all_slots())

    def film(self) -> Component:
        asks = {"title": self.title, "language": self.script.language}
        inputs = (*piece_keys(self.script), "soundtrack", *(["captions"] if self.settings.captions == "soft" else []))
        return Component("fullvideo", Kind.FILM, asks, inputs, self._all_slots())

    def poster(self) -> Component:
        """A picture that the film shows, however long its first narration turns out to be."""
        first = self.script.scenes[0]
        asks: dict[str, Any] = {"size": self.size}
        dragged = first.slot_frames if first.slot_frames != first.duration * FPS else 0
        edits = {"frames": dragged, "clip_from": first.clip_from}
        asks |= {name: edit for name, edit in edits.items() if edit}
        return Component("poster", Kind.POSTER, asks, self.shown(first))

    def storyboard(self) -> Component:
        stills = tuple(f"scene/{scene.id}" for scene in self.script.scenes)
        return Component("storyboard", Kind.STORYBOARD, {"size": self.filmed}, stills)

    def _spoken(self) -> tuple[str, ...]:
        return tuple(key for scene in self.script.scenes for key in self.spoken_keys(scene))

    def _all_slots(self) -> tuple[int, ...]:
        return tuple(scene.id for scene in self.script.scenes)


def lines_asked(scenes: Iterable[Scene]) -> dict[str, Any]:
    """Return what captions show of the scenes' lines; nothing, so that nothing becomes stale, where there are none."""
    said = [[[one.speaker, one.text] for one in said_in(scene) if one.place] for scene in scenes]
    return {"dialogue": said} if any(said) else {}


def moves_asked(scenes: Iterable[Scene]) -> dict[str, Any]:
    """Return where in these scenes narrations were moved and what is taken out of them; nothing where none were."""
    moved = [[scene.narration_at, in_ms(scene.cuts), scene.cuts_of if scene.cuts else ""] for scene in scenes]
    return {"moved": moved} if any(map(any, moved)) else {}


def character_key(profile: CharacterProfile) -> str:
    return f"character/{profile.slug}"


def audio_key(scene: Scene) -> str:
    return f"audio/{scene.id}"


def line_key(scene: Scene, number: int) -> str:
    return f"{Kind.LINE}/{scene.id}/{number}"


def said_key(scene: Scene, said: Said) -> str:
    """The component that speaks a narration or a line: `audio/2`, `line/2/1`."""
    return line_key(scene, said.place) if said.place else audio_key(scene)


def crop_key(scene: Scene) -> str:
    return f"{Kind.CROP}/{scene.id}"


def music_key(scene_ids: tuple[int, ...]) -> str:
    return f"music/{'_'.join(map(str, scene_ids))}"


def piece_keys(script: Script) -> Iterator[str]:
    """The film's pieces in order: body, transition, body, …"""
    for scene in script.scenes:
        if scene.index > 1:
            yield f"transition/{scene.id}"
        yield f"segment/{scene.id}"
