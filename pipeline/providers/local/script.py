"""The local scriptwriter as a provider."""

from __future__ import annotations

import asyncio

from pipeline.film.script import Script
from pipeline.providers.base import Call, Made, ScriptRequest, ScriptWriter
from pipeline.providers.local.writing import own_words
from pipeline.providers.local.writing.writer import write_script


class LocalScript(ScriptWriter):
    name = "local"
    model = "local-writer-1"
    local = True
    suffix = ".json"

    async def make(self, request: ScriptRequest, call: Call) -> Made:
        script = await asyncio.to_thread(written_by, request)
        await asyncio.to_thread(call.out.write_text, script.as_json(), encoding="utf-8")
        call.report(1.0)
        return Made(call.out, {"scenes": len(script.clips), "duration_s": script.expected_duration})


def written_by(request: ScriptRequest) -> Script:
    """Write the script of the user's own words where they are followed, else of a wish."""
    return of_own_words(request) or write_script(request)


def of_own_words(request: ScriptRequest) -> Script | None:
    """Write the film of the user's own words, or about what they are about; None where the prompt is a wish."""
    return own_words.script_of(request) or own_words.inspired_by(request)
