from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from media_assets.probe import Probe
from pipeline.film.languages import name_of
from pipeline.film.settings import SPACELESS_LANGUAGES
from pipeline.providers.base import Call, Made, VoiceMaker, VoiceRequest
from pipeline.providers.download import download
from pipeline.providers.fal import timing
from pipeline.providers.fal.client import Client
from pipeline.providers.fal.jobs import answer_beside, file_address, result_of
from pipeline.providers.fal.queue_adapter import FalQueued
from pipeline.providers.fal.upload import upload_sound
from pipeline.providers.models_and_prices import VoiceModel
from pipeline.providers.sound import to_mp3
from pixora.foundation.errors import ProviderError

EMBEDDING = "speaker_embedding"
"""Where a hearing's answer names the file of a voice."""


class FalVoice(FalQueued[VoiceModel], VoiceMaker):
    """ElevenLabs. Facts: `words` of [word, start_ms, end_ms] where it tells them in a form that is understood;
    otherwise the recording is listened to."""

    role = "voice"
    suffix = ".mp3"

    async def make(self, request: VoiceRequest, call: Call) -> Made:
        model = self.entry_for(call)
        if len(request.text) > model.max_characters:
            raise ProviderError(f"A narration may have {model.max_characters} characters at most.", code="invalid")

        async def arguments(client: Client) -> Mapping[str, Any]:
            wanted = {
                "sample": await _sample(client, model, request, call),
                "sample_text": request.sample_text,
                "text": request.text,
                "voice": request.voice,
                "previous_text": request.previous_text,
                "next_text": request.next_text,
                "language": name_of(request.language, "en") if model.language_names else request.language,
            }
            named = {model.fields[name]: value for name, value in wanted.items() if value and name in model.fields}
            return {**model.fixed, **named}

        answer = await result_of(model, arguments, call)
        found = await _brought(file_address(answer, model.result), model, call)
        return Made(call.out, _facts(request, answer.get("timestamps")), found=found)


async def _sample(client: Client, model: VoiceModel, request: VoiceRequest, call: Call) -> str:
    """Return the address of the sample, or of what the model's other half has heard in it."""
    if request.sample is None:
        return ""
    address = await upload_sound(client, request.sample)
    if not model.embeds_at:
        return address
    heard = {"audio_url": address, **({"reference_text": request.sample_text} if request.sample_text else {})}
    hearing = model.model_copy(update={"endpoint": model.embeds_at})
    return file_address(await answer_beside(client, hearing, heard, call), EMBEDDING)


async def _brought(address: str, model: VoiceModel, call: Call) -> Probe | None:
    """Return what was seen in the sound; None where it was made an MP3, which is still to be looked at."""
    if model.suffix == FalVoice.suffix:
        return await download(address, call.out, expect="audio")
    came = call.workdir / f"came{model.suffix}"
    await download(address, came, expect="audio")
    await to_mp3(came, call.out)
    return None


def _facts(request: VoiceRequest, timestamps: Any) -> dict[str, Any]:
    if not isinstance(timestamps, Sequence) or not timestamps:
        return {}
    words = timing.words_in(request.text, timestamps, spaces=request.language not in SPACELESS_LANGUAGES)
    return {"words": words} if words else {}
