"""PURE: the kinds of components that a film is made of: a row for each, with everything that its kind alone decides.

To add a kind, add its row here, `pipeline/steps/<word>.py` that makes one, and its rule in
`pipeline/planning/graph.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

Medium = Literal["image", "audio", "video", "text"]
Capability = Literal["script", "image", "voice", "music", "motion"]


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """The things a kind decides. `{}` stands for a component's own part of its key, or for what people call that."""

    label: str
    """What people call one: "Picture"."""
    plural: str
    """Within a sentence: "pictures"."""
    doing: str
    """What is said while one is made: "Making the picture of scene {}"."""
    short: str
    """One line of `make_video`'s display: "picture {}"."""
    stage: str
    """The bar of `make_video` that it counts for: "pictures"."""
    medium: Medium
    """What its file must hold."""
    suffix: str
    """How the name ends of a file that we make of this kind, from other components or from a user's own material."""
    file: str
    """Where its takes lie in the film's folder, without a suffix: "scene{}/image"."""
    capability: Capability | None = None
    """Of the generator that makes it; None for what is computed here, for nothing and without asking."""
    in_zip: str = ""
    """Where it lies in the takeaway, without a suffix; `{}` is a number from 1, or a name. Empty: not in there."""
    weight: float = 0
    """About the seconds one takes on two cores, for a run's percent."""
    beside: bool = False
    """It is not in the film: whatever the film needs goes first, and its failure fails no run."""
    urgent: bool = False
    """Clips wait for it, or it takes as long as a clip: others let it go first."""
    credit: str = ""
    """Its name where a film says who made it: "Narration"; empty: its label."""
    preposition: str = "of"
    """As in "Picture of scene 2" and "Transition into scene 2"."""
    like: str = ""
    """The kind whose step makes it, from other inputs; empty: its own."""


class Kind(StrEnum):
    """A kind and its stored word, which is the wire's too. They stand in the order in which a film comes about."""

    about: About

    def __new__(cls, word: str, about: About | None = None) -> Kind:
        """Called for each row; `Kind("scene")` finds one by its word alone."""
        assert about is not None
        kind = str.__new__(cls, word)
        kind._value_ = word
        kind.about = about
        return kind

    SCRIPT = "script", About(
        label="Script", plural="scripts", doing="Writing the script", short="script", stage="script",
        medium="text", suffix=".json", file="script", capability="script", weight=2,
    )  # fmt: skip
    CHARACTER = "character", About(
        label="Character", plural="characters", doing="Making the character {}", short="character {}",
        stage="characters", medium="image", suffix=".png", file="characters/{}", capability="image",
        in_zip="characters/{}", weight=3, urgent=True, credit="Portrait",
    )  # fmt: skip
    STILL = "scene", About(
        label="Picture", plural="pictures", doing="Making the picture of scene {}", short="picture {}",
        stage="pictures", medium="image", suffix=".png", file="scene{}/image", capability="image",
        in_zip="stills/scene_{:02}", weight=3, urgent=True,
    )  # fmt: skip
    VOICE = "audio", About(
        label="Voice-over", plural="voice-overs", doing="Making the voice-over of scene {}", short="voice {}",
        stage="voices", medium="audio", suffix=".mp3", file="scene{}/audio", capability="voice",
        in_zip="narration/scene_{:02}", weight=2, credit="Narration",
    )  # fmt: skip
    LINE = "line", About(
        label="Line", plural="lines", doing="Making line {1} of scene {0}", short="line {}", stage="voices",
        medium="audio", suffix=".mp3", file="scene{}/line_{}", capability="voice", weight=1,
        in_zip="lines/scene_{:02}_{:0>2}", like="audio",
    )  # fmt: skip
    MUSIC = "music", About(
        label="Music", plural="pieces of music", doing="Making the music of {}", short="music {}", stage="music",
        medium="audio", suffix=".mp3", file="music/clip_{}", capability="music", in_zip="music/part_{:02}", weight=3,
    )  # fmt: skip
    CLIP = "video", About(
        label="Clip", plural="clips", doing="Making the clip of scene {}", short="clip {}", stage="clips",
        medium="video", suffix=".mp4", file="scene{}/video", capability="motion", in_zip="clips/scene_{:02}",
        weight=8, urgent=True,
    )  # fmt: skip
    CROP = "crop", About(
        label="Framing", plural="framings", doing="Framing scene {}", short="framing {}", stage="cut",
        medium="text", suffix=".json", file="render/crop_{}", weight=1,
    )  # fmt: skip
    BODY = "segment", About(
        label="Cut", plural="cuts", doing="Cutting scene {}", short="body {}", stage="cut",
        medium="video", suffix=".mp4", file="render/segment_{}", weight=2,
    )  # fmt: skip
    TRANSITION = "transition", About(
        label="Transition", plural="transitions", doing="Cutting the transition into scene {}", short="transition {}",
        stage="cut", medium="video", suffix=".mp4", file="render/transition_{}", weight=1, preposition="into",
    )  # fmt: skip
    SOUNDTRACK = "soundtrack", About(
        label="Soundtrack", plural="soundtracks", doing="Mixing the sound", short="soundtrack", stage="cut",
        medium="audio", suffix=".m4a", file="render/soundtrack", weight=2,
    )  # fmt: skip
    CAPTIONS = "captions", About(
        label="Captions", plural="captions", doing="Writing the captions", short="captions", stage="cut",
        medium="text", suffix=".vtt", file="captions", in_zip="captions", weight=0.2,
    )  # fmt: skip
    FILM = "fullvideo", About(
        label="Film", plural="films", doing="Joining the film", short="film", stage="cut",
        medium="video", suffix=".mp4", file="fullvideo", weight=2,
    )  # fmt: skip
    POSTER = "poster", About(
        label="Poster", plural="posters", doing="Choosing the poster", short="poster", stage="extras",
        medium="image", suffix=".jpg", file="poster", in_zip="poster", beside=True,
    )  # fmt: skip
    STORYBOARD = "storyboard", About(
        label="Storyboard", plural="storyboards", doing="Laying out the storyboard", short="storyboard",
        stage="extras", medium="image", suffix=".jpg", file="storyboard", in_zip="storyboard", beside=True,
    )  # fmt: skip
    DRAFT = "draft", About(
        label="Draft", plural="drafts", doing="Making a draft of scene {}", short="draft of clip {}", stage="draft",
        medium="video", suffix=".mp4", file="render/draft_{}", beside=True,
    )  # fmt: skip
    DRAFT_SEGMENT = "draft_segment", About(
        label="Cut of the draft", plural="cuts of the draft", doing="Cutting a draft of scene {}",
        short="draft of body {}", stage="draft", medium="video", suffix=".mp4", file="render/draft_segment_{}",
        beside=True, like="segment",
    )  # fmt: skip
    DRAFT_TRANSITION = "draft_transition", About(
        label="Transition of the draft", plural="transitions of the draft",
        doing="Cutting a draft of the transition into scene {}", short="draft of transition {}", stage="draft",
        medium="video", suffix=".mp4", file="render/draft_transition_{}", beside=True, preposition="into",
        like="transition",
    )  # fmt: skip
    ANIMATIC = "animatic", About(
        label="Draft of the film", plural="drafts of the film", doing="Joining a draft of the film", short="animatic",
        stage="draft", medium="video", suffix=".mp4", file="animatic", beside=True, like="fullvideo",
    )  # fmt: skip
    LANGUAGES = "languages", About(
        label="Film in all languages", plural="films in all languages", doing="Joining all languages",
        short="all languages", stage="extras", medium="video", suffix=".mp4", file="all_languages", weight=1,
        beside=True,
    )  # fmt: skip

    @property
    def is_derived(self) -> bool:
        """True where we compute it from other components, for nothing, and make it without asking."""
        return self.about.capability is None


BESIDE = frozenset(kind for kind in Kind if kind.about.beside)
SPEECH = frozenset({Kind.VOICE, Kind.LINE})
"""What somebody says: narrations and lines."""
OF_NO_SCENE = frozenset({Kind.CHARACTER, Kind.MUSIC})
"""In their keys the kind is followed by a name, or by several scenes."""
DERIVED = frozenset(kind for kind in Kind if kind.is_derived)
GENERATED = tuple(kind for kind in Kind if not kind.is_derived and kind is not Kind.SCRIPT)
"""What generators make for a film from its script."""


def kind_of(key: str) -> Kind:
    """The kind of a component by its key. Raises ValueError for a word that is none."""
    return Kind(key.split("/", 1)[0])


def scene_and_line(rest: str) -> tuple[str, str]:
    """Part what follows the kind in a key: the `2` of `scene/2` has no line, `2/1` is line 1 of scene 2."""
    scene, _, line = rest.partition("/")
    return scene, line


def place_of(key: str) -> str:
    """Return where a component's takes lie in the film's folder, without a suffix: `scene/2` → `scene2/image`."""
    return kind_of(key).about.file.format(*scene_and_line(key.partition("/")[2]))
