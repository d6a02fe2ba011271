"""`POST /v1/audio/speech` and the list of its voices."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from tests.emulators import media
from tests.emulators.compatible.options import options
from tests.emulators.openai.bodies import Strict, read
from tests.emulators.openai.errors import wrong_value
from tests.emulators.openai.images import defect_of
from tests.emulators.vendor import Vendor

SECONDS_A_LETTER = 0.06


class Asked(Strict):
    input: str
    model: str | None = None
    voice: str | None = None
    response_format: str | None = None
    speed: float | None = None


async def speak(request: Request, here: Vendor) -> Response:
    asked, chosen = await read(request, Asked), options(here)
    if asked.response_format not in (None, *chosen.sound_formats):
        raise wrong_value("response_format", f"'{asked.response_format}'.")
    if chosen.voices and asked.voice not in chosen.voices:
        raise wrong_value("voice", f"'{asked.voice}'.")
    here.ledger.bill("speech", model=asked.model or "", micros=0, text=asked.input, voice=asked.voice)
    kind = asked.response_format or chosen.sound_formats[0]
    seconds = max(1.0, round(len(asked.input) * SECONDS_A_LETTER, 1))
    make = media.mp3 if kind == "mp3" else media.wav
    return Response(make(seconds, defect_of(request)), media_type=f"audio/{kind}")


async def voices(request: Request, here: Vendor) -> Response:
    chosen = options(here)
    if not chosen.voices:
        return JSONResponse({"detail": "Not Found"}, status_code=404)
    return JSONResponse({"voices": list(chosen.voices)})
