"""The switches of the emulated server."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

from tests.emulators.vendor import Vendor

MODEL = "own-7b-instruct"
Wrapping = Literal["", "fence", "words", "think", "open_think", "late_think", "reasoning_content"]
ToolStyle = Literal["native", "no_ids", "whole", "object", "tool_call", "tools", "fence", "bare", "function_tag"]


class Options(BaseModel):
    model_config = ConfigDict(extra="forbid")

    wants_key: bool = False
    usage: bool = True
    ids: Literal["usual", "long", "none"] = "usual"
    wrapping: Wrapping = ""
    """What stands around an answer."""
    tool_style: ToolStyle = "native"
    """How calls are sent: as OpenAI does, without ids, all pieces at once, arguments as an object; or in words."""
    window: int = 0
    """Tokens; 0: any number is read."""
    tells_window: Literal["", "models", "props", "ollama", "unloaded", "lm_studio"] = ""
    response_format: Literal["json_schema", "json_object", "none", "ignored"] = "json_schema"
    """What is known of it; `none` refuses each, `ignored` takes and forgets it."""
    tools: bool = True
    streams: bool = True
    chat: bool = True
    """Serves `/chat/completions`."""
    responses: bool = False
    """Serves `/responses`."""
    comments: bool = False
    """Sends comments and empty events between the others."""
    says_done: bool = True
    says_reason: bool = True
    first_token_s: float = 0.0
    edits: bool = True
    """Serves `/images/edits`."""
    unknown_fields: tuple[str, ...] = ()
    """Of requests for pictures, what is refused."""
    picture_form: Literal["b64_json", "url", "localhost", "path"] = "b64_json"
    picture_kind: Literal["png", "jpeg", "webp"] = "png"
    sound_formats: tuple[Literal["mp3", "wav"], ...] = ("mp3", "wav")
    voices: tuple[str, ...] = ()
    """Those that there are; none: any name is taken, and no list is served."""


def options(here: Vendor) -> Options:
    return Options.model_validate(here.knobs.options)
