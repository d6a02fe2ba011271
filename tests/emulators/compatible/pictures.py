"""`POST /v1/images/generations` and `/v1/images/edits`, and the files that their answers name."""

from __future__ import annotations

import asyncio
import base64
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from tests.emulators.compatible.options import options
from tests.emulators.openai.bodies import Strict, read
from tests.emulators.openai.errors import Refused, missing_parameter, unknown_parameter
from tests.emulators.openai.images import defect_of, draw
from tests.emulators.vendor import Vendor


class Generation(Strict):
    prompt: str
    model: str | None = None
    n: int | None = None
    size: str | None = None
    response_format: str | None = None


async def generate(request: Request, here: Vendor) -> Response:
    asked = await read(request, Generation)
    _check(asked.model_dump(exclude_none=True), here)
    return await _answer(here, "images.generate", asked.prompt, asked.size, pictures=0, defect=defect_of(request))


async def edit(request: Request, here: Vendor) -> Response:
    if not options(here).edits:
        return JSONResponse({"detail": "Not Found"}, status_code=404)
    async with request.form() as form:
        fields = {name: value for name, value in form.multi_items() if isinstance(value, str)}
        pictures = [value for _, value in form.multi_items() if not isinstance(value, str)]
    if "prompt" not in fields or not pictures:
        raise missing_parameter("prompt" if "prompt" not in fields else "image")
    _check(fields, here)
    return await _answer(
        here, "images.edit", fields["prompt"], fields.get("size"), pictures=len(pictures), defect=defect_of(request)
    )


def _check(asked: dict[str, Any], here: Vendor) -> None:
    if unknown := sorted(set(options(here).unknown_fields) & asked.keys()):
        raise unknown_parameter(unknown[0])


async def _answer(
    here: Vendor, operation: str, prompt: str, size: str | None, *, pictures: int, defect: str
) -> Response:
    chosen = options(here)
    bill = here.ledger.bill(operation, model="", micros=0, prompt=prompt, pictures=pictures, size=size)
    width, height = map(int, (size or "512x512").split("x"))
    content = await asyncio.to_thread(draw, prompt, bill.number, (width, height), chosen.picture_kind, defect)
    if chosen.picture_form == "b64_json":
        return JSONResponse({"data": [{"b64_json": base64.b64encode(content).decode()}]})
    here.state = {**(here.state or {}), str(bill.number): content}
    port = here.url.partition("://")[2].partition("/")[0].partition(":")[2]
    base = {"url": here.url, "localhost": f"http://localhost:{port}/compatible", "path": "/compatible"}
    return JSONResponse({"data": [{"url": f"{base[chosen.picture_form]}/files/{bill.number}"}]})


async def file(request: Request, here: Vendor) -> Response:
    content = (here.state or {}).get(request.path_params["number"])
    if content is None:
        raise Refused("There is no such file.", status=404)
    return Response(content)
