"""The operations on voices of one's own: samples that narrations are spoken from."""

from __future__ import annotations

import mimetypes
from datetime import datetime
from pathlib import PurePosixPath
from typing import Annotated, Any

from django.core.files.storage import default_storage
from django.http import HttpRequest, HttpResponse
from ninja import Path, Router, Status
from pydantic import BaseModel, Field

from media_assets import own_voices, uploads
from media_assets.models import OwnVoice
from pipeline.api.examples import example
from pipeline.api.parameters import CHANGES
from pipeline.film.voices import USUAL
from pipeline.services.own_voices import why_not
from pixora.accounts.auth import signed_in_user
from pixora.foundation.error_responses import refusals
from pixora.foundation.request_limits import Limit

VOICES = Limit("own-voices", times=20, a_day=100)
HEARD = Limit("own-voices-heard", times=60)
VOICE = {
    "voice_id": "voice_4f0c5a8e2b7d9136",
    "name": "My voice",
    "duration_ms": 12_400,
    "said": "",
    "agreed_to": own_voices.MAY_USE,
    "agreed_at": "2026-11-30T09:00:00Z",
}
VoiceId = Annotated[str, Path(max_length=40, description="The voice's id.", example=VOICE["voice_id"])]

router = Router(tags=["own voices"])


class NewVoice(BaseModel):
    model_config = example({"upload_id": "upload_4f0c5a8e2b7d9136", "name": "My voice", "may_use": True})

    upload_id: Annotated[str, Field(max_length=40, description="A sound of 5 to 60 s in which one person speaks.")]
    may_use: Annotated[bool, Field(description=f"True says: “{own_voices.MAY_USE}” Who said it, and when, is kept.")]
    name: Annotated[str, Field(max_length=80, description="What you call it.")] = "My voice"
    said: Annotated[str, Field(max_length=2_000, description="The words of the sample, word for word, if known.")] = ""


class Voice(BaseModel):
    """A voice of one's own. A film uses it by `voice_character` in its settings."""

    model_config = example(VOICE)

    voice_id: str
    name: str
    duration_ms: int
    said: str
    agreed_to: str = Field(description="The sentence that was agreed to.")
    agreed_at: datetime

    @classmethod
    def of(cls, voice: OwnVoice) -> Voice:
        return cls(
            voice_id=voice.id,
            name=voice.name,
            duration_ms=voice.upload.facts["duration_ms"],
            said=voice.said,
            agreed_to=voice.agreed_to,
            agreed_at=voice.agreed_at,
        )


class Voices(BaseModel):
    model_config = example({"voices": [VOICE], "why_not": "", "agree_to": own_voices.MAY_USE})

    voices: list[Voice]
    why_not: str = Field(
        description="A sentence where no model here speaks English from a sample; empty where one can."
    )
    agree_to: str = Field(description="The sentence to agree to with `may_use`.")


@router.get("me/voices", response={200: Voices, **refusals(401, 503)}, summary="My voices")
def list_voices(request: HttpRequest) -> Voices:
    """The voices of one's own, the newest first; 20 at most."""
    found = own_voices.of_user(signed_in_user(request))
    voices = [Voice.of(each) for each in found]
    return Voices(voices=voices, why_not=why_not("en", USUAL["woman"]), agree_to=own_voices.MAY_USE)


@router.post(
    "me/voices",
    response={201: Voice, **refusals(401, 403, 404, 422, 429, 503)},
    summary="Keep a sample as a voice of my own",
    openapi_extra=VOICES.told,
)
def keep_voice(request: HttpRequest, body: NewVoice) -> Status[Voice]:
    """Keep an upload as a voice, until it is deleted. Nothing is sent to a vendor before a film speaks with it."""
    VOICES.count_request(request)
    user = signed_in_user(request)
    upload = uploads.upload_of(user, body.upload_id)
    kept = own_voices.keep(user, upload, name=_clean(body.name), said=_clean(body.said), may_use=body.may_use)
    return Status(201, Voice.of(own_voices.voice_of(user, kept.id)))


@router.delete(
    "me/voices/{voice_id}",
    response={204: None, **refusals(401, 403, 404, 422, 429, 503)},
    summary="Delete a voice of my own",
    openapi_extra=CHANGES.told,
)
def delete_voice(request: HttpRequest, voice_id: VoiceId) -> Status[None]:
    """Delete the sample for good. Films keep what was spoken with it; what is made anew, the film's `voice` speaks.

    What a vendor was sent of it for a film is gone there after a day.
    """
    CHANGES.count_request(request)
    own_voices.remove(own_voices.voice_of(signed_in_user(request), voice_id))
    return Status(204, None)


@router.get(
    "me/voices/{voice_id}/sample",
    response={200: None, **refusals(401, 404, 422, 429, 503)},
    summary="Hear a voice of my own",
    openapi_extra={
        **HEARD.told,
        "responses": {
            200: {
                "description": "The sample as it was uploaded.",
                "content": {"audio/mpeg": {"schema": {"type": "string", "format": "binary"}}},
            }
        },
    },
)
def hear_voice(request: HttpRequest, voice_id: VoiceId) -> HttpResponse:
    """Only for whoever uploaded it."""
    HEARD.count_request(request)
    stored = own_voices.voice_of(signed_in_user(request), voice_id).upload.storage_path
    kind = mimetypes.types_map.get(PurePosixPath(stored).suffix, "application/octet-stream")
    with default_storage.open(stored) as file:
        return HttpResponse(file.read(), content_type=kind, headers=_PRIVATE)


_PRIVATE: dict[str, Any] = {"Cache-Control": "private, no-store", "X-Content-Type-Options": "nosniff"}


def _clean(text: str) -> str:
    return " ".join(text.replace("\x00", "").split())
