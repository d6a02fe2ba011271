"""Voices by an own server's `/audio/speech`. It tells no times of words; the recording is listened to for them."""

from __future__ import annotations

import asyncio
from pathlib import Path

import httpx
from django.conf import settings

from pipeline.providers.base import Call, Made, VoiceMaker, VoiceRequest
from pipeline.providers.compatible.client import client, looked_up, sent
from pipeline.providers.compatible.errors import SPEECH, again, translated
from pipeline.providers.compatible.model_traits import ASKED_S, served_model
from pipeline.providers.compatible.simpler_requests import in_simplest
from pipeline.providers.compatible.voices import listed, voice_for
from pipeline.providers.models_and_prices import VoiceModel
from pipeline.providers.registry import model, model_name
from pipeline.providers.sound import to_mp3
from pixora.foundation.errors import ProviderError


class CompatibleVoice(VoiceMaker):
    name = "compatible"
    local = True
    suffix = ".mp3"

    @property
    def model(self) -> str:
        return model_name("voice", self.name)

    async def make(self, request: VoiceRequest, call: Call) -> Made:
        """Have a text spoken. Raises ProviderError."""
        entry = model("voice", self.name)
        assert isinstance(entry, VoiceModel)
        if len(request.text) > entry.max_characters:
            raise ProviderError(f"A narration may have {entry.max_characters} characters at most.", code="invalid")
        with translated(SPEECH):
            async with asyncio.timeout(call.deadline_s), client("speech", call.deadline_s) as http:
                await call.sending()
                voice, sound = await _spoken(http, entry, request)
        came = call.workdir / "came"
        await asyncio.to_thread(_write, came, sound)
        try:
            await to_mp3(came, call.out)
        except ProviderError:
            raise again("The sound that came could not be read.") from None
        return Made(call.out, {"voice": voice}, cost_micros=0)


async def _spoken(http: httpx.AsyncClient, entry: VoiceModel, request: VoiceRequest) -> tuple[str, bytes]:
    """The server's name of the voice, and a sound file."""
    there = listed(await looked_up(http, "audio/voices", deadline_s=ASKED_S))
    voice = voice_for(request.voice, request.language, chosen=settings.PIXORA_SPEECH_VOICES, there=there)
    fields = {"model": await served_model(http, entry.endpoint), "input": request.text, "voice": voice}
    forms = [{**fields, "response_format": "mp3"}, {**fields, "response_format": "wav"}, fields]
    answer = await in_simplest(
        (str(http.base_url), "speech"), forms, lambda form: sent(http, "audio/speech", json=form)
    )
    if not answer.content:
        raise again(f"{SPEECH} said nothing.")
    return voice, answer.content


def _write(path: Path, sound: bytes) -> None:
    path.write_bytes(sound)
