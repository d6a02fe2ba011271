"""PURE: the script, the versioned source of a film, and how one is read from JSON."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Annotated, Any, Literal, get_args

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from pipeline.cut.narration_fit import FPS, slot_frames
from pipeline.film.dialogue import said_in
from pipeline.film.narration import narration_length, narration_limit, narration_s, narration_unit
from pipeline.film.script_rules import MAX_SCENE_S, MIN_SCENE_S, broken_rules
from pipeline.film.settings import (
    MAX_DURATION_S,
    MAX_PROMPT_CHARS,
    VOICES,
    Language,
    Ratio,
)
from pipeline.film.timeline_fields import ClipFrom, CutList, CutsOf, Fade, Muted, NarrationAt, SlotFrames
from pipeline.film.writing_systems import foreign_letters
from pixora.foundation.errors import NotFound, ScriptInvalid, Violation
from pixora.foundation.plain_sentences import plain_sentence

__all__ = [
    "MAX_CHARACTERS",
    "MAX_LINES",
    "MAX_SCENES",
    "TRANSITIONS",
    "CharacterProfile",
    "Clip",
    "Line",
    "MusicGroup",
    "MusicPart",
    "Scene",
    "Script",
    "Transition",
    "narration_length",
    "narration_limit",
    "parse_script",
    "slug_of",
    "spoken_length_s",
    "violations",
    "warnings",
]

Transition = Literal[
    "none", "fade", "dissolve", "slide_left", "slide_right", "slide_up", "slide_down",
    "wipe_left", "wipe_right", "circle_open", "zoom_in", "fade_black",
]  # fmt: skip
TRANSITIONS: tuple[str, ...] = get_args(Transition)
MAX_SCENES, MAX_CHARACTERS, MAX_LINES = 60, 8, 20
MAX_MOOD_CHARS = 200
MAX_SCENE_ID = 1_000_000
MAX_SLUG_CHARS = 40
OWN_VOICE = re.compile(r"voice_[a-z0-9]{16}")
"""The id of a sample that somebody uploaded. Anything else that a script calls its voice character is not read."""


def _storable(text: str) -> str:
    if "\x00" in text:
        raise ValueError("holds a NUL character, which cannot be stored; remove it")
    return text


def _written(text: str) -> str:
    if not text.strip():
        raise ValueError("must not be empty")
    return _storable(text)


def _known_voice(name: str) -> str:
    if name not in VOICES:
        raise ValueError(f"must be one of {', '.join(VOICES)}")
    return name


def _known_voice_or_none(name: str) -> str:
    return name and _known_voice(name)


def _own_voice_or_none(character: str) -> str:
    if character and not OWN_VOICE.fullmatch(character):
        raise ValueError("must be the id of a voice of your own, or empty")
    return character


Narration = Annotated[str, Field(max_length=1_000), AfterValidator(_storable)]
Name = Annotated[str, Field(max_length=120), AfterValidator(_written)]
Prompt = Annotated[str, Field(max_length=4_000), AfterValidator(_written)]
Seconds = Annotated[int, Field(ge=MIN_SCENE_S, le=MAX_DURATION_S)]
SceneIndex = Annotated[int, Field(ge=1, le=MAX_SCENES)]
SpeakerName = Annotated[str, Field(max_length=120), AfterValidator(_storable)]


class Value(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


Part = Annotated[float, Field(ge=0, le=1)]
Fill = Literal["auto", "crop", "blur", "bars", "new"]
AUTO: Literal["auto"] = "auto"


class Focus(Value):
    """The point of a scene's picture that stays in the frame when the film is in another shape than its pictures."""

    x: Part
    """The distance from its left edge, as a part of its width."""
    y: Part
    """The distance from its upper edge, as a part of its height."""


class Line(Value):
    """A line of dialogue. It is spoken behind the scene's narration and the lines before it."""

    speaker: SpeakerName = ""
    """Who says it: a character, or anybody else by name; empty: the narrator."""
    text: Narration
    """Without a word in it, nothing is heard."""


class Scene(Value):
    id: Annotated[int, Field(ge=1, le=MAX_SCENE_ID)]
    """Given once, never renumbered or reused."""
    index: SceneIndex
    """The place in the film: 1…n."""
    title: Name
    script: Narration
    """The narration; empty for a scene without words."""
    image_prompt: Prompt
    video_prompt: Prompt
    transition: Transition
    """Into this scene; the first scene's is not shown."""
    duration: Annotated[int, Field(ge=MIN_SCENE_S, le=MAX_SCENE_S)]
    characters: Annotated[list[Name], Field(max_length=MAX_CHARACTERS)]
    lines: Annotated[list[Line], Field(max_length=MAX_LINES, exclude_if=lambda lines: not lines)] = []
    """What is said in the scene, in its order, behind the narration. Written only where there is any."""
    focus: Annotated[Focus | Literal["auto"], Field(exclude_if=lambda focus: focus == AUTO)] = AUTO
    """The point that stays in the frame in another shape; `auto`: what is found in its clip. Written only where it is
    chosen."""
    fill: Annotated[Fill, Field(exclude_if=lambda fill: fill == AUTO)] = AUTO
    """How its clip fills a frame of another shape: cropped, whole on a blurred or black ground, or made anew in the
    frame's own shape; `auto`: cropped where what matters fits. Written only where it is chosen."""
    slot_frames: SlotFrames = 0
    clip_from: ClipFrom = 0.0
    narration_at: NarrationAt = 0.0
    cuts: CutList = []
    cuts_of: CutsOf = ""
    translated_from: Annotated[
        str, Field(max_length=64, exclude_if=lambda words: not words), AfterValidator(_storable)
    ] = ""
    """The hashes of the words and of the title of another film's scene that these are the translation of. Written only
    where they are."""
    ends_on_next: Annotated[
        bool,
        Field(
            exclude_if=lambda ends: not ends,
            description="The scene's clip ends on the picture of the next scene, so that the cut is not seen.",
        ),
    ] = False
    """Only some models are told a picture to end on. Written only where it is true; nothing for the last scene."""
    music_mood: Annotated[
        str,
        Field(
            max_length=MAX_MOOD_CHARS,
            exclude_if=lambda mood: not mood,
            description="How the music goes on in this scene, within the one piece that lies under it.",
        ),
        AfterValidator(_storable),
    ] = ""
    """Written only where it is given; empty: as the piece's prompt says."""


class Clip(Value):
    scene: Scene


@dataclass(frozen=True)
class MusicPart:
    """A part of one piece of music, under scenes of one mood; without a mood it goes as the piece's prompt says."""

    mood: str
    seconds: int


class MusicGroup(Value):
    prompt: Prompt
    scene_indexes: Annotated[list[SceneIndex], Field(min_length=1, max_length=MAX_SCENES)]
    silent: Annotated[bool, Field(exclude_if=lambda silent: not silent)] = False
    """No music plays here; the prompt is kept for when it does again. Written only where it is true."""
    muted: Muted = False
    fade_in: Fade = 0.0
    fade_out: Fade = 0.0


class CharacterProfile(Value):
    name: Name
    image_prompt: Prompt
    voice: Annotated[str, AfterValidator(_known_voice_or_none), Field(exclude_if=lambda voice: not voice)] = ""
    """The voice that speaks this character's lines; empty: one is chosen. Written only where it is given."""
    voice_character: Annotated[
        str, AfterValidator(_own_voice_or_none), Field(exclude_if=lambda character: not character)
    ] = ""
    """The id of a voice of one's own that speaks them instead, where a model can. Written only where it is given."""

    @property
    def slug(self) -> str:
        return slug_of(self.name)


class Script(Value):
    user_prompt: Annotated[str, Field(max_length=MAX_PROMPT_CHARS), AfterValidator(_written)]
    rewritten_prompt: Prompt
    voice_character: Annotated[str, Field(max_length=2_000), AfterValidator(_storable)] = ""
    """The id of a voice of one's own, or empty. Others, such as addresses, are kept and not read."""
    character_consistency: bool
    music: Annotated[list[MusicGroup], Field(min_length=1, max_length=MAX_SCENES)]
    character_profiles: Annotated[list[CharacterProfile], Field(max_length=MAX_CHARACTERS)]
    clips: Annotated[list[Clip], Field(min_length=1, max_length=MAX_SCENES)]
    expected_duration: Seconds
    style: Annotated[str, Field(max_length=80), AfterValidator(_written)]
    aspect_ratio: Ratio
    filmed_in: Annotated[Ratio | None, Field(exclude_if=lambda ratio: ratio is None)] = None
    """The shape in which its pictures and clips are made, where the film is cropped from them to `aspect_ratio`; none:
    they are made in the film's own. Written only where there is one."""
    language: Language
    voice: Annotated[str, AfterValidator(_known_voice)]

    @property
    def scenes(self) -> tuple[Scene, ...]:
        return tuple(clip.scene for clip in self.clips)

    def scene_by_id(self, scene_id: int) -> Scene:
        """Return the scene with this id. Raises NotFound."""
        for scene in self.scenes:
            if scene.id == scene_id:
                return scene
        raise NotFound(f"The script has no scene {scene_id}: look at its scenes.")

    def shape_of(self, scene: Scene) -> Ratio:
        """Return the shape in which a scene's still and clip are made."""
        return self.aspect_ratio if scene.fill == "new" or not self.filmed_in else self.filmed_in

    def is_reframed(self, scene: Scene) -> bool:
        """True where the film shows a part of the scene's clip, which has another shape."""
        return self.shape_of(scene) != self.aspect_ratio

    def ends_on(self, scene: Scene) -> Scene | None:
        """Return the scene whose picture a scene's clip ends on; None where it ends as it comes."""
        following = self.scenes[scene.index] if scene.ends_on_next and scene.index < len(self.clips) else None
        return following if following and self.shape_of(following) == self.shape_of(scene) else None

    @property
    def audible_music(self) -> tuple[MusicGroup, ...]:
        return tuple(group for group in self.music if not group.silent and not group.muted)

    def group_scene_ids(self, group: MusicGroup) -> tuple[int, ...]:
        wanted = set(group.scene_indexes)
        return tuple(scene.id for scene in self.scenes if scene.index in wanted)

    def music_parts(self, group: MusicGroup) -> tuple[MusicPart, ...]:
        """Return the parts of a group's music, which follow the moods of its scenes; none where no scene has one."""
        wanted = set(group.scene_indexes)
        under = [scene for scene in self.scenes if scene.index in wanted]
        runs = [(mood, list(run)) for mood, run in groupby(under, key=lambda scene: scene.music_mood.strip())]
        parts = tuple(MusicPart(mood, sum(scene.duration for scene in run)) for mood, run in runs)
        return parts if any(part.mood for part in parts) else ()

    def as_json(self) -> str:
        """Return the script as it stands in `script.json`."""
        return self.model_dump_json(indent=2) + "\n"

    def characters_of(self, scene: Scene) -> tuple[CharacterProfile, ...]:
        """Return the scene's characters in the order of the profiles, whatever their order in the scene."""
        wanted = {slug_of(name) for name in scene.characters}
        return tuple(profile for profile in self.character_profiles if profile.slug in wanted)


def slug_of(name: str) -> str:
    """The ASCII of a name ("Zoë Müller" is `zoe-muller`), a short stable hash where it has none."""
    ascii_name = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", ascii_name)[:MAX_SLUG_CHARS].strip("-")
    if slug:
        return slug
    canonical = unicodedata.normalize("NFKC", name).strip().casefold()
    return f"c-{hashlib.sha256(canonical.encode()).hexdigest()[:8]}"


def parse_script(data: Mapping[str, Any]) -> Script:
    """Read a script. Raises ScriptInvalid with every violation, of the structure and of the rules between fields."""
    if not isinstance(data, Mapping):
        raise ScriptInvalid([Violation("script", "must be an object")])
    plain = dict(data)
    script, broken = _structure(plain)
    broken += broken_rules(plain, slug_of)
    if script is None or broken:
        raise ScriptInvalid(broken)
    return script


def violations(script: Script) -> tuple[Violation, ...]:
    """The rules between fields; a `Script` obeys the rules within a field by construction."""
    return tuple(broken_rules(script.model_dump(), slug_of))


def warnings(script: Script) -> tuple[Violation, ...]:
    """List what is allowed but will disappoint, each with a suggested fix."""
    found = [_too_long(place, scene, script.language) for place, scene in enumerate(script.scenes)]
    shown = {slug_of(name) for scene in script.scenes for name in scene.characters}
    found += [
        Violation(f"character_profiles[{place}].name", f"{profile.name} is in no scene; add it to one or remove it")
        for place, profile in enumerate(script.character_profiles)
        if profile.slug not in shown
    ]
    if script.voice_character and not OWN_VOICE.fullmatch(script.voice_character):
        fix = f"upload a sample and choose it in the settings; {script.voice} speaks instead"
        found.append(Violation("voice_character", f"is no voice of yours, and addresses are not fetched: {fix}"))
    if script.character_consistency and not script.character_profiles:
        found.append(Violation("character_profiles", "has no one to keep consistent; describe a character"))
    return tuple(warning for warning in found if warning)


def spoken_length_s(script: Script) -> int:
    """Estimate the film's length before any narration is made: a scene lasts as long as its narration needs."""
    return round(sum(_slot_frames(scene, script.language) for scene in script.scenes) / FPS)


def _slot_frames(scene: Scene, language: str) -> int:
    lengths_ms = [round(1000 * narration_s(said.text, language)) for said in said_in(scene)]
    return slot_frames(scene.duration, lengths_ms, dragged=scene.slot_frames)[0]


def _too_long(place: int, scene: Scene, language: str) -> Violation | None:
    said = said_in(scene)
    field = f"clips[{place}].scene.{'lines' if scene.lines else 'script'}"
    length = sum(narration_length(one.text, language) for one in said)
    limit = narration_limit(scene.duration, language, pieces=len(said))
    if letters := foreign_letters(" ".join(one.text for one in said), language):
        seconds = round(sum(narration_s(one.text, language) for one in said))
        return Violation(
            field,
            f"is written in {letters} letters, which the voice ({language}) spells one by one: that takes about"
            f" {seconds} s, and the scene lasts {scene.duration} s; write it in the language of the film",
        )
    if length <= limit:
        return None
    unit = narration_unit(language)
    fix = f"drop {length - limit} {unit}"
    if scene.duration == 5 and length <= narration_limit(10, language, pieces=len(said)):
        fix += " or let the scene last 10 s"
    elif scene.duration == 10:
        fix += " or split the scene"
    what = f"{length} {unit} of narration and lines" if scene.lines else f"{length} {unit}"
    return Violation(field, f"{what} do not fit {scene.duration} s, which have room for {limit}; {fix}")


def _structure(data: dict[str, Any]) -> tuple[Script | None, list[Violation]]:
    try:
        return Script.model_validate(data), []
    except ValidationError as error:
        return None, [plain_sentence(details) for details in error.errors(include_url=False)]
