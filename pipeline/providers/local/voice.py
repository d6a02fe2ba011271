from __future__ import annotations

from dataclasses import asdict

from pipeline.film.settings import SPACELESS_LANGUAGES
from pipeline.providers.base import Call, Made, VoiceMaker, VoiceRequest
from pipeline.providers.local.compute import compute


class LocalVoice(VoiceMaker):
    """Neural voices for English, SVOX Pico for four languages, espeak-ng for the rest and where those cannot run.

    Facts: `duration_ms`, `sample_rate`, `words` of [word, start_ms, end_ms].
    """

    name = "local"
    model = "local-voice-1"
    local = True
    suffix = ".mp3"

    async def make(self, request: VoiceRequest, call: Call) -> Made:
        wanted = {**asdict(request), "spaces": request.language not in SPACELESS_LANGUAGES}
        return await compute("pipeline.providers.local.speech", wanted, call, subject="voice-over")
