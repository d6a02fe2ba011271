"""The arguments of the tools, each checked like the body of the REST operation that it is like."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from pipeline.api.bodies import (
    LEFT_OUT,
    LONGEST_INSTRUCTIONS,
    MOST_COMPONENTS,
    Body,
    Choices,
    NewVersion,
    PresetName,
    QuoteId,
    SceneFields,
    Source,
    Text,
    TranslationOrder,
)
from pipeline.api.shares import NewShare
from pipeline.film.script import Script
from pipeline.film.settings import MAX_PROMPT_CHARS, ModelChoices, Tier

LONGEST_WAIT_S = 50
"""Some clients and proxies give up on a request after a minute."""
LONGEST_SEARCH = 200
MOST_SCENES = 200

Film = Annotated[Text, Field(max_length=80, description="The film's id, such as task_1f0k3j5x8v2m9q7z.")]
Piece = Annotated[
    Text, Field(max_length=600, description="A piece's name: character/<slug>, scene/2, audio/2, video/2, music/1_2.")
]
Until = Literal["script", "finished"]


class Nothing(Body):
    pass


class OfFilm(Body):
    film: Film


class CreateFilm(Body):
    prompt: str = Field(
        LEFT_OUT,
        min_length=1,
        max_length=MAX_PROMPT_CHARS,
        description="What the film is about; a length, a format or a style said in it counts.",
    )
    settings: Choices = Field(
        default_factory=Choices, description="Left out: as the prompt says, else as is usual. See options."
    )
    source: Source = Field(LEFT_OUT, description="A text that is to be spoken or followed.")
    preset: PresetName = Field(LEFT_OUT)


class ChangeFilm(OfFilm):
    title: Text = Field(LEFT_OUT, min_length=1, max_length=200)
    settings: Choices = Field(default_factory=Choices, description="Those that are to change.")
    retime: bool = Field(False, description="Agrees to the lengths of scenes that the models make that are chosen now.")


class ListFilms(Body):
    search: Text = Field("", max_length=LONGEST_SEARCH, description="Words of the title or the prompt.")
    cursor: Text = Field("", max_length=400, description="`next` of the list before.")


class WaitForFilm(OfFilm):
    until: Until = Field("finished", description="Until the script is there, or until nothing is being made any more.")
    seconds: int = Field(30, ge=1, le=LONGEST_WAIT_S, description="How long to wait at most; then ask again.")


class GetScript(OfFilm):
    version: int = Field(LEFT_OUT, ge=1, description="Left out: the newest.")


class SceneChange(SceneFields):
    """The fields of one scene that change; the others stay as they are."""

    scene: int = Field(ge=1, description="The scene's place in the film, from 1.")


class ScriptChanges(Body):
    """Changed scenes, or the whole script as it is to be."""

    scenes: Annotated[list[SceneChange], Field(min_length=1, max_length=MOST_SCENES)] = Field(LEFT_OUT)
    script: Script = Field(LEFT_OUT, description="All of it, also with other scenes, characters and music.")

    @model_validator(mode="after")
    def _one_of_them(self) -> ScriptChanges:
        if (self.scenes is None) == (self.script is None):
            raise ValueError("give either scenes or the whole script")
        return self

    @model_validator(mode="after")
    def _each_scene_once(self) -> ScriptChanges:
        """One of two changes would be lost, and nobody told."""
        places = [each.scene for each in self.scenes or ()]
        if len(set(places)) < len(places):
            raise ValueError("name each scene once, with all that changes in it")
        return self


class EditScript(OfFilm):
    version: int = Field(ge=1, description="The version that was edited, as get_script tells it.")
    changes: ScriptChanges


class Price(OfFilm):
    pieces: Annotated[list[Piece], Field(min_length=1, max_length=MOST_COMPONENTS)] = Field(
        LEFT_OUT, description="Left out: all that is missing or no longer fits."
    )
    instructions: Text = Field(
        "", max_length=LONGEST_INSTRUCTIONS, description="What is to be different in a new take of one piece."
    )
    anew: bool = Field(False, description="Make the named pieces again although they are there and fit.")
    tier: Tier = Field(LEFT_OUT, description="For these pieces alone; left out: the film's.")
    models: ModelChoices = Field(LEFT_OUT, description="For these pieces alone, before those of the tier.")


class Approve(OfFilm):
    quote_id: QuoteId = Field(description="The one that price answered with, and that the person has said yes to.")


class ListTakes(OfFilm):
    piece: Piece


class ChooseTake(ListTakes):
    take: int = Field(ge=1, description="The number of the take, as list_takes tells it.")


class MakeVersion(OfFilm, NewVersion):
    pass


class TranslateAgain(OfFilm, TranslationOrder):
    pass


class ShareFilm(OfFilm, NewShare):
    pass
