from __future__ import annotations

from dataclasses import asdict

from pipeline.providers.base import Call, Made, MusicMaker, MusicRequest
from pipeline.providers.local.compute import compute


class LocalMusic(MusicMaker):
    """A loop of whole bars without a seam, as long as is asked for between 12 and 40 s; longer asks divide evenly.

    Facts: `duration_ms`, `bpm`, `key`, `bars`, `mood`, `loop`.
    """

    name = "local"
    model = "local-synth-1"
    local = True
    suffix = ".mp3"

    async def make(self, request: MusicRequest, call: Call) -> Made:
        order = {**asdict(request), "prompt": request.described}
        return await compute("pipeline.providers.local.synth", order, call, subject="music")
