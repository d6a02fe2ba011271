"""The request bodies that clients send."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, create_model

from pipeline.api import examples
from pipeline.api.examples import example
from pipeline.cut.conversions import Fit
from pipeline.film.changes import SCENE_FIELDS, SETTINGS_FIELDS, may_be_left_out
from pipeline.film.own_words.reading import MOST_CHARACTERS
from pipeline.film.script import Scene, Script
from pipeline.film.settings import MAX_PROMPT_CHARS, ModelChoices, Ratio, SourceMode, TaskSettings, Tier
from pipeline.services import own_words

LONGEST_INSTRUCTIONS = 2_000
MOST_COMPONENTS = 1_000
LEFT_OUT: Any = None
"""The default of fields that may be left out but not be null; the document shows none."""


def _storable(text: str) -> str:
    if "\x00" in text:
        raise ValueError("holds a NUL character, which cannot be stored; remove it")
    return text


Text = Annotated[str, AfterValidator(_storable)]


def _mode(value: Any) -> Any:
    """ "inspired by" and "inspired-by" are the same."""
    return re.sub(r"[\s-]+", "_", value.strip().lower()) if isinstance(value, str) else value


ComponentKeys = Annotated[list[Annotated[Text, Field(max_length=600)]], Field(max_length=MOST_COMPONENTS)]
ScenePlaces = Annotated[list[int], Field(min_length=1, max_length=MOST_COMPONENTS)]
PresetName = Annotated[
    Text, Field(max_length=80, description="A preset, by its name or id; what is chosen beside it counts.")
]
QuoteId = Annotated[Text, Field(max_length=80)]
UploadId = Annotated[str, Field(max_length=40)]


class Body(BaseModel):
    """An unknown field is refused, so that none is misspelt in silence."""

    model_config = ConfigDict(extra="forbid")


if TYPE_CHECKING:
    Settings = Body
    SceneFields = Body
else:
    Settings = create_model("Settings", __base__=Body, **may_be_left_out(TaskSettings, SETTINGS_FIELDS))
    SceneFields = create_model("SceneFields", __base__=Body, **may_be_left_out(Scene, SCENE_FIELDS))


class Choices(Settings):
    """Fields left out stay as they are, or as is usual; none may be null."""

    def chosen(self) -> dict[str, Any]:
        """Return the settings that were sent."""
        return self.model_dump(include=set(TaskSettings.model_fields) - {"source"}, exclude_unset=True)


class SourceChoice(Body):
    """The film's own words, and how they are followed. A prompt that is a script is its own source."""

    model_config = example({"mode": "verbatim"})

    mode: Annotated[SourceMode, BeforeValidator(_mode)] = Field(
        LEFT_OUT,
        description="`verbatim`: every word is spoken as it is written. `condensed`: whole sentences are chosen, or by"
        " a language model the text is made shorter. `inspired_by`: it is written freely.",
    )
    text: Text = Field(LEFT_OUT, min_length=1, max_length=MOST_CHARACTERS, description="A script or text of your own.")
    asset: UploadId = Field(LEFT_OUT, description="A text that was uploaded, by its `upload_id`.")
    address: str = Field(
        LEFT_OUT, max_length=2_000, description="A page on the web to read; only where this is switched on."
    )


def _source(value: Any) -> Any:
    """A mode alone may be given as a string."""
    return {"mode": value} if isinstance(value, str) else value


Source = Annotated[SourceChoice, BeforeValidator(_source)]


def given(source: SourceChoice | None) -> own_words.Given:
    """Return the words that a body gives, as the services take them."""
    return own_words.Given(**source.model_dump(exclude_none=True)) if source else own_words.Given()


class NewTask(Choices):
    model_config = example({"prompt": examples.PROMPT, "aspect_ratio": "16:9", "style": "cinematic"})

    prompt: str = Field(
        LEFT_OUT,
        min_length=1,
        max_length=MAX_PROMPT_CHARS,
        description="A length said in it counts. May be left out beside a `source` that brings a text.",
    )
    source: Source = Field(LEFT_OUT)
    preset: PresetName = Field(LEFT_OUT)
    seed: int = Field(LEFT_OUT, ge=0, le=2**31 - 1, description="Another number, another film.")
    reference_upload: UploadId = Field(
        LEFT_OUT, description="A picture, by its `upload_id`: characters are made after it."
    )


class PromptRead(Body):
    model_config = example({"prompt": "A vertical 20-second film about bees in German, no music, in 4K"})

    prompt: str = Field(max_length=MAX_PROMPT_CHARS)


TRANSLATION: Any = Field(
    "",
    max_length=MOST_CHARACTERS,
    description="Your own translation: a table of two columns (a scene's words or number, then the translation), with a"
    " column of titles where its head says so, SRT or WebVTT. Left out: a language model translates.",
)
TRANSLATION_UPLOAD: Any = Field("", description="The same as an upload (CSV, TXT, SRT, VTT), by its `upload_id`.")


class TranslationOrder(Body):
    model_config = example({"instructions": "formal, for adults"})

    translation: Text = TRANSLATION
    translation_upload: UploadId = TRANSLATION_UPLOAD
    instructions: Text = Field(
        "", max_length=2_000, description="How to translate; all scenes are, not only those whose source was changed."
    )


class NewVersion(Body):
    model_config = example({"scenes": [1, 3, 6], "title": "The teaser"})

    scenes: ScenePlaces | None = Field(
        None, description="A shorter cut: the places of its scenes, in the order that it shows them."
    )
    aspect_ratio: Ratio | None = Field(
        None, description="The same film in another shape, cropped from its own pictures: nothing is bought."
    )
    language: Text | None = Field(
        None, max_length=8, description="The film in another language, by ISO 639-1, such as `es`."
    )
    translation: Text = TRANSLATION
    translation_upload: UploadId = TRANSLATION_UPLOAD
    title: Text = Field("", max_length=200, description="Left out: the title of the film that it is made from.")


class EditsDecision(Body):
    model_config = example({"where": "all", "from_now_on": True})

    where: Literal["all", "here"] = Field(description="`all`: the other versions get them; `here`: they do not.")
    from_now_on: bool = Field(False, description="The same holds for later edits in this family.")


class TaskChanges(Choices):
    model_config = example({"title": "Among the stars", "style": "watercolor"})

    title: Text = Field(LEFT_OUT, min_length=1, max_length=200)
    source: Source = Field(LEFT_OUT)
    retime: bool = Field(False, description="Scenes get the lengths that the models make which are chosen now.")


class ScriptEdit(Body):
    model_config = example({"version": 1, "script": examples.SCRIPT})

    version: int = Field(LEFT_OUT, description="The one that was edited; may be said with `If-Match` instead.")
    script: Script


class SceneChanges(SceneFields):
    """Fields left out stay as they are; none may be null."""


class SceneEdit(Body):
    model_config = example({"version": 1, "changes": {"image_prompt": "A rocket over a calm sea at night"}})

    version: int = Field(LEFT_OUT, description="The one that was edited; may be said with `If-Match` instead.")
    changes: SceneChanges


class QuoteRequest(Body):
    model_config = example({"components": ["scene/2", "video/2"]})

    components: ComponentKeys | None = Field(
        LEFT_OUT, description="Keys; left out: everything that is missing or stale."
    )
    scenes: ScenePlaces = Field(
        LEFT_OUT,
        description="Instead of `components`: the pictures and clips of these scenes, by their places, that no such"
        " model has made; your own material is left out.",
    )
    anew: bool = Field(False, description="Make the named components anew although they are there and fit.")
    tier: Tier = Field(LEFT_OUT, description="For these pieces alone; left out: the film's.")
    models: ModelChoices = Field(LEFT_OUT, description="For these pieces alone, before those of the tier.")


class Upgrade(Body):
    model_config = example({"scenes": [2, 4], "tier": "best"})

    scenes: ScenePlaces = Field(LEFT_OUT, description="Their places in the film, from 1.")
    components: ComponentKeys = Field(
        LEFT_OUT, min_length=1, description="Instead of `scenes`: one more take of each of these pieces."
    )
    tier: Tier = Field(LEFT_OUT, description="For these pieces alone; left out: the film's.")
    models: ModelChoices = Field(LEFT_OUT, description="For these pieces alone, before those of the tier.")


class Approval(Body):
    model_config = example({"quote_id": examples.QUOTE_ID})

    quote_id: QuoteId


class Regeneration(Body):
    model_config = example({"instructions": "at night, with snow"})

    instructions: Text = Field("", max_length=LONGEST_INSTRUCTIONS, description="For this one take; in the quote.")
    tier: Tier = Field(LEFT_OUT, description="For this one take; in the quote. Left out: the film's.")
    models: ModelChoices = Field(LEFT_OUT, description="For this one take, before those of the tier; in the quote.")
    quote_id: QuoteId | None = Field(
        LEFT_OUT, description="Without it the answer is the price; with it the work begins."
    )


class OwnTake(Body):
    model_config = example({"upload_id": "upload_4f0c5a8e2b7d9136", "fit": "blur", "keep_sound": True})

    upload_id: UploadId
    fit: Fit = Field(
        "cover",
        description="How a picture or clip of another shape gets into the frame: `cover` fills it and cuts what is left"
        " over, `blur` shows all of it on a blurred ground.",
    )
    keep_sound: bool = Field(False, description="A clip's own sound is heard under the voice.")
