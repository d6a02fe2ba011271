"""`POST /v1/responses` as OpenAI's emulator answers it, for any model."""

from __future__ import annotations

import json
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse

from tests.emulators.openai.bodies import read
from tests.emulators.openai.replies import PLAIN, Reply, laid_out, script_for
from tests.emulators.openai.responses import Asked, response_of, stream
from tests.emulators.vendor import Vendor


async def create(request: Request, here: Vendor) -> Response:
    asked = await read(request, Asked)
    reply = laid_out(here) or Reply(text=_said(_wanted(asked.input)))
    here.ledger.bill("responses", model=asked.model, micros=0, asked=asked.model_dump(exclude_none=True))
    answer = response_of(asked, reply, input_tokens=9)
    if asked.stream:
        return StreamingResponse(stream(answer, reply), media_type="text/event-stream")
    return JSONResponse(answer)


def _said(wanted: str) -> str:
    return json.dumps(script_for(json.loads(wanted))) if '"limit_5_s"' in wanted else PLAIN


def _wanted(given: str | list[dict[str, Any]]) -> str:
    return given if isinstance(given, str) else str(next(one["content"] for one in given if one["role"] == "user"))
