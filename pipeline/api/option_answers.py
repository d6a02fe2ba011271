"""The answers that clients get about what can be chosen."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from pydantic import BaseModel, Field

from pipeline.api import examples
from pipeline.api.answers import told_on
from pipeline.api.examples import example
from pipeline.film.languages import is_right_to_left, name_of
from pipeline.film.own_words.ordered_settings import refusal, refused_language, settings_said
from pipeline.film.voice_search import about
from pipeline.film.voices import Voice
from pipeline.providers.models_and_prices import Credits, Model, MotionModel, MusicModel
from pipeline.services import usual_voices


class Price(BaseModel):
    model_config = example(examples.PRICE)

    component: str
    seconds: int | None = Field(description="Of the clip, where that counts.")
    credits: int
    maker: str = Field(description="The vendor that makes it; `local` for Pixora's own machine.")
    takes_s: float = Field(description="How long a take is expected to be in the making.")
    at_once: int = Field(description="How many pieces of any kind that maker makes at once.")


class VoiceKind(BaseModel):
    model_config = example(examples.VOICE_KIND)

    language: str
    neural: bool
    label: str = Field(description="Two words for users, `about` a sentence or two.")
    about: str


class VoiceOption(BaseModel):
    """A voice, as far as anybody chooses by it."""

    model_config = example(examples.VOICE)

    name: str
    gender: str
    age: str
    accent: str = Field(description="As the vendor's voice of this name has it; local ones have an American one.")
    about: str = Field(description="All of it in a line.")

    @classmethod
    def of(cls, voice: Voice) -> VoiceOption:
        return cls(name=voice.name, gender=voice.gender, age=voice.age, accent=voice.accent, about=about(voice))


class LanguageOption(BaseModel):
    """A language that a film can be in."""

    model_config = example(examples.LANGUAGE)

    language: str
    name: str = Field(description="In the language of `names_in`.")
    own_name: str = Field(description="As its speakers call it.")
    right_to_left: bool

    @classmethod
    def of(cls, code: str, names_in: str) -> LanguageOption:
        return cls(
            language=code,
            name=name_of(code, names_in),
            own_name=name_of(code, code),
            right_to_left=is_right_to_left(code),
        )


class Said(BaseModel):
    model_config = example(examples.SAID)

    settings: dict[str, str | int | bool] = Field(description="Those that the prompt says, by their names.")
    remarks: list[str] = Field(description="On what it wishes of settings and cannot be had, a sentence each.")

    @classmethod
    def by(cls, prompt: str, among: Collection[str]) -> Said:
        refused = refused_language(prompt, among=among)
        told = usual_voices.said(settings_said(prompt), prompt)
        said = {name: value for name, value in told.items() if not (refused and name == "language")}
        return cls(settings=said, remarks=[*([refusal(refused, among)] if refused else []), *told_on(prompt)])


class Maker(BaseModel):
    vendor: str = Field(description="`local` for what is made on Pixora's own machine.")
    model: str


class TierOption(BaseModel):
    name: str
    about: str
    models: dict[str, Maker] = Field(description="By what they make.")
    prices: list[Price]


class ModelOption(BaseModel):
    name: str
    vendor: str
    note: str
    take: int = Field(description="Credits for a take, and `second` for each second of it.")
    second: int
    seconds: float = Field(description="How long a take is expected to be in the making.")
    lengths: list[int] = Field(description="The lengths of clips it makes, in seconds; empty: any.")
    aspect_ratios: list[str] = Field(description="The shapes that it makes; empty: any.")
    takes_end: bool = Field(False, description="Whether its clips can end on a picture (`ends_on_next` of a scene).")
    takes_parts: bool = Field(
        False, description="Whether one piece of its music can follow the scenes' moods (`music_mood` of a scene)."
    )

    @classmethod
    def of(cls, model: Model) -> ModelOption:
        credits = model.credits or Credits()
        shown = {"name": model.name, "vendor": model.vendor, "note": model.note, "seconds": model.seconds}
        limits: dict[str, Any] = {"lengths": [], "aspect_ratios": []}
        if isinstance(model, MotionModel):
            limits = {"lengths": list(model.durations), "aspect_ratios": list(model.ratios)}
            limits["takes_end"] = model.takes_end
        if isinstance(model, MusicModel):
            limits["takes_parts"] = model.takes_parts
        return cls(**shown, take=credits.take, second=credits.second, **limits)


class Options(BaseModel):
    model_config = example(examples.OPTIONS)

    styles: list[str] = Field(description="Those with a preset; any other words are a style too.")
    voices: list[str]
    voice_list: list[VoiceOption] = Field(description="The same voices, with what is known of them.")
    usual_voices: dict[str, str] = Field(
        {}, description="The voice of a film whose voice nobody chose, for each language where it is not Rachel."
    )
    voice_samples: bool = Field(description="Whether each voice can be heard before it is chosen.")
    voice_kinds: list[VoiceKind] = Field(
        description="Of the voices of this machine, one for each language; empty where a vendor speaks."
    )
    languages: list[str]
    language_list: list[LanguageOption] = Field(
        description="The same languages, with their names: those that writer and voice can both do."
    )
    translates: bool = Field(
        True, description="Whether a language model translates here; else `versions` need a `translation` of one's own."
    )
    aspect_ratios: list[str]
    resolutions: list[str]
    durations: list[int] = Field(description="In seconds.")
    transitions: list[str]
    captions: list[str]
    tiers: list[TierOption] = Field(description="Those that differ here; one where everything is made locally.")
    models: dict[str, list[ModelOption]] = Field(
        description="Those that `models` of settings and quotes can name, by what they make; none if it is made here."
    )
    prices: list[Price]
