"""PURE: the settings that a user may choose for a film, and what each choice means in pixels."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal, get_args

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, JsonValue, ValidationError, field_validator

from pipeline.film.lengths import seconds_in
from pipeline.film.pronunciation import MOST as MOST_PRONUNCIATIONS
from pipeline.film.pronunciation import Pronunciation, one_of_each
from pipeline.film.voices import BY_NAME
from pixora.foundation.errors import Invalid
from pixora.foundation.plain_sentences import plain_sentence

Ratio = Literal["16:9", "9:16", "1:1", "4:3", "3:4"]
Resolution = Literal["720p", "1080p", "72p"]
Language = Literal[
    "en", "de", "es", "fr", "it", "pt", "nl", "zh", "af", "ar", "as", "az", "be", "bg", "bn", "bs", "ca", "cs", "cy",
    "da", "el", "et", "fa", "fi", "ga", "gl", "gu", "ha", "he", "hi", "hr", "hu", "hy", "id", "is", "ja", "jv", "ka",
    "kk", "kn", "ko", "ky", "lb", "ln", "lt", "lv", "mk", "ml", "mr", "ms", "ne", "no", "ny", "pa", "pl", "ps", "ro",
    "ru", "sd", "sk", "sl", "so", "sr", "sv", "sw", "ta", "te", "th", "tl", "tr", "uk", "ur", "vi",
]  # fmt: skip
"""Every language that a film can be in anywhere, by ISO 639-1; which ones it can be in here, the models decide."""
Tier = Literal["draft", "standard", "best"]
CaptionStyle = Literal["off", "soft", "clean", "boxed"]
SourceMode = Literal["verbatim", "condensed", "inspired_by"]
"""How a film follows a text of its user's: word for word, by sentences chosen from it, or as an inspiration."""

RATIOS: tuple[str, ...] = get_args(Ratio)
RESOLUTIONS: dict[str, int] = {"720p": 720, "1080p": 1080, "72p": 72}
"""The short side in pixels. 72p is a thumbnail-sized film for trials and tests."""
LANGUAGES: tuple[str, ...] = ("en", "de", "es", "fr", "it", "pt", "nl", "zh")
"""The languages that the local writer writes and the voices of this machine speak."""
ALL_LANGUAGES: tuple[str, ...] = get_args(Language)
SPACELESS_LANGUAGES = frozenset({"zh", "ja", "th"})
BURNED_CAPTIONS = frozenset({"clean", "boxed"})
"""Drawn into the picture; `soft` ones are files and a track that a player shows or hides."""
TIERS: tuple[Tier, ...] = get_args(Tier)
STANDARD: Tier = "standard"
STYLES: tuple[str, ...] = ("cinematic", "watercolor", "anime", "documentary", "noir", "clay")
"""The styles with a preset; `style` itself is free text."""
VOICES: tuple[str, ...] = tuple(BY_NAME)
"""Named as ElevenLabs names them; the local voices answer to the same names."""


@dataclass(frozen=True)
class Choice:
    """The choice of who makes what is bought: the models of a tier, except where one is named for a kind of piece or
    for a piece."""

    tier: str = STANDARD
    models: Mapping[str, str] = field(default_factory=dict)
    """Models by what they make (`image`, `voice`, `music`, `motion`, `script`) or by a piece (`video/3`)."""


USUAL = Choice()

MIN_DURATION_S, MAX_DURATION_S, DURATION_STEP_S, DEFAULT_DURATION_S = 5, 300, 5, 30
MAX_PROMPT_CHARS = 8_000
MIN_MUSIC_DB, MAX_MUSIC_DB = -24.0, 6.0


def _is_a_length(seconds: int) -> int:
    if not MIN_DURATION_S <= seconds <= MAX_DURATION_S or seconds % DURATION_STEP_S:
        raise ValueError(f"must be a multiple of {DURATION_STEP_S} from {MIN_DURATION_S} to {MAX_DURATION_S} seconds")
    return seconds


LENGTH_RULES: dict[str, JsonValue] = {
    "minimum": MIN_DURATION_S,
    "maximum": MAX_DURATION_S,
    "multipleOf": DURATION_STEP_S,
}
Length = Annotated[int, AfterValidator(_is_a_length), Field(description="In seconds.", json_schema_extra=LENGTH_RULES)]


MOST_CHOSEN = 400
MOST_UNTRANSLATED = 200


def _in_one_line(words: list[str]) -> list[str]:
    """The words without what no line of text holds (controls, halves of surrogate pairs), each once, none empty."""
    plain = (" ".join("".join(sign for sign in word if sign.isprintable()).split()) for word in words)
    return list(dict.fromkeys(filter(None, plain)))


UntranslatedWords = Annotated[
    list[Annotated[str, Field(min_length=1, max_length=80)]],
    Field(
        max_length=MOST_UNTRANSLATED,
        description="Words that stay as they are where the film is translated: names, brands, slogans.",
    ),
    AfterValidator(_in_one_line),
]
ModelChoices = Annotated[
    dict[
        Annotated[str, Field(max_length=600, pattern=r"^[a-z]+(/[\w-]+){0,2}$")],
        Annotated[str, Field(min_length=1, max_length=120)],
    ],
    Field(
        max_length=MOST_CHOSEN,
        description="Models by what they make (`image`, `voice`, `music`, `motion`, `script`) or by a piece"
        " (`video/3`); `GET options` lists them.",
    ),
]
"""The one form in which models are chosen, wherever they are."""


class TaskSettings(BaseModel):
    """One film's settings, as stored in `tasks.settings` and shown to the user."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    aspect_ratio: Ratio = "16:9"
    style: Annotated[str, Field(min_length=1, max_length=80, description="A known style, or your own words.")] = (
        "cinematic"
    )
    duration: Length = DEFAULT_DURATION_S
    resolution: Resolution = "720p"
    tier: Annotated[Tier, Field(description="How well, and for how much, the pieces that are bought are made.")] = (
        STANDARD
    )
    """Which models make what is made from now on. No piece becomes stale by it."""
    models: Annotated[ModelChoices, Field(exclude_if=lambda chosen: not chosen)] = {}
    """Models that come before the tier's, for kinds of pieces or single ones. No piece becomes stale by it."""
    language: Language = "en"
    voice: Annotated[str, Field(max_length=40)] = "Rachel"
    voice_character: Annotated[
        str,
        Field(
            max_length=2_000,
            exclude_if=lambda character: not character,
            description="The id of a voice of your own (`me/voices`); empty: `voice` speaks.",
        ),
    ] = ""
    """As the script carries it. Written only where there is one."""
    character_consistency: bool = False
    seed: Annotated[int, Field(ge=0, le=2**31 - 1)] = 0
    reference: str = ""
    """Content hash of the user's reference picture; empty when there is none."""
    reference_character: str = ""
    """The slug of the one it shows; empty: every character is made after it."""
    captions: CaptionStyle = "soft"
    ai_label: Annotated[
        bool,
        Field(
            exclude_if=lambda is_on: not is_on,
            description="“Made with AI” is drawn into the corner of what was generated, in the film's language.",
        ),
    ] = False
    """Never over a user's own footage. Written only where it is on."""
    voice_over: bool = True
    """Off: nothing is spoken, no voice is made, and slots are as long as their scenes."""
    music: bool = True
    pronunciations: Annotated[
        list[Pronunciation],
        Field(
            max_length=MOST_PRONUNCIATIONS,
            exclude_if=lambda entries: not entries,
            description="How words and names are said: in what is spoken, never in what is shown.",
        ),
        AfterValidator(one_of_each),
    ] = []
    """Of one word the last entry counts. Written only where there are any."""
    untranslated: Annotated[
        UntranslatedWords,
        Field(
            exclude_if=lambda words: not words,
        ),
    ] = []
    """Written only where there are any."""
    clip_sounds: Annotated[tuple[int, ...], Field(exclude_if=lambda scenes: not scenes)] = ()
    """The scenes whose clip's own sound is heard under the voice, by id. Written only where there are any."""
    source: Annotated[Literal["verbatim", "condensed", "inspired_by", ""], Field(exclude_if=lambda mode: not mode)] = ""
    """How the user's own words are followed; empty where there are none. Written only where it says something."""
    music_level_db: Annotated[float, Field(ge=MIN_MUSIC_DB, le=MAX_MUSIC_DB)] = 0.0
    """Against the level the music has by default, under the voice and alone."""
    length_is_open: Annotated[bool, Field(exclude_if=lambda is_open: not is_open)] = False
    """Nobody asked for a length: a film that has little to say may be shorter than `duration`. Written only where it is
    so."""

    voice_is_open: Annotated[bool, Field(exclude_if=lambda is_open: not is_open)] = False
    """Nobody named a voice: in another language another one may speak. Written only where it is so."""

    @property
    def choice(self) -> Choice:
        """The choice of who makes what is made from now on."""
        return Choice(self.tier, self.models)

    @field_validator("style")
    @classmethod
    def _style(cls, value: str) -> str:
        text = value.replace("\x00", "").strip()
        if not text:
            raise ValueError("must not be empty")
        return text

    @field_validator("voice")
    @classmethod
    def _voice(cls, value: str) -> str:
        known = {name.lower(): name for name in VOICES}
        if value.lower() not in known:
            raise ValueError(f"must be one of {', '.join(VOICES)}")
        return known[value.lower()]


def parse_settings(values: dict[str, Any]) -> TaskSettings:
    """Check the settings. Raises Invalid, one sentence that names the field and what it may be."""
    try:
        return TaskSettings.model_validate(values)
    except ValidationError as error:
        first = error.errors()[0]
        violation = plain_sentence(first)
        got = f" (got {str(first['input'])[:60]!r})" if first["type"] == "value_error" else ""
        raise Invalid(f"{violation}{got}.", field=violation.field) from None


def changed_settings(before: Mapping[str, Any], changes: Mapping[str, Any]) -> TaskSettings:
    """Settings with changes; a length or voice that is chosen is open no more, and a tier that is chosen takes the
    models back that were. Raises Invalid as `parse_settings` does."""
    opened = {"duration": "length_is_open", "voice": "voice_is_open"}
    closed = {opened[name]: False for name in changes if name in opened and opened[name] not in changes}
    taken_back: dict[str, Any] = {"models": {}} if "tier" in changes else {}
    return parse_settings({**before, **taken_back, **changes, **closed})


def ordered_length(seconds: int) -> int:
    """The length that a film can be ordered in and that is nearest to this one: scenes may be of any whole seconds."""
    return min(max(round(seconds / DURATION_STEP_S) * DURATION_STEP_S, MIN_DURATION_S), MAX_DURATION_S)


def check_prompt(prompt: str) -> str:
    """The prompt without surrounding white space and without NULs, which PostgreSQL cannot store."""
    text = prompt.replace("\x00", "").strip()
    if any("\ud800" <= character <= "\udfff" for character in text):
        raise Invalid("prompt: it is not valid UTF-8 text; type it again.", field="prompt")
    if not text:
        raise Invalid("prompt: say in a sentence what the film is about; it is empty.", field="prompt")
    if len(text) > MAX_PROMPT_CHARS:
        raise Invalid(f"prompt: at most {MAX_PROMPT_CHARS} characters, this has {len(text)}.", field="prompt")
    return text


def frame_size(aspect_ratio: str, resolution: str) -> tuple[int, int]:
    """Width and height of the film in pixels, both even: 16:9 at 720p is 1280x720, 3:4 is 720x960."""
    wide, high = map(int, aspect_ratio.split(":"))
    short = RESOLUTIONS[resolution]
    long = short * max(wide, high) // min(wide, high) // 2 * 2
    return (long, short) if wide >= high else (short, long)


def duration_in(prompt: str) -> int | None:
    """The length a prompt asks for ("30-second", "1:30"), to the nearest 5 s within the limits."""
    seconds = seconds_in(prompt)
    if seconds is None:
        return None
    steps = int(seconds / DURATION_STEP_S + 0.5)
    return min(max(steps * DURATION_STEP_S, MIN_DURATION_S), MAX_DURATION_S)
