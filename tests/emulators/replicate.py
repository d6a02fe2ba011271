"""Replicate, for `meta/musicgen` alone: predictions are created, looked at and cancelled; what they make is a file."""

from __future__ import annotations

import asyncio
import uuid
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from tests.emulators import media
from tests.emulators.knobs import Fault
from tests.emulators.vendor import Handler, Vendor

TOKEN = "r8_emulated"
VERSION = "671ac645ce5e552cc63a54a2bbff63fcf798043055d2dac5fc9e36a837eedcfb"
MICROS = 80_000


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class Input(Strict):
    prompt: str
    model_version: Literal["stereo-melody-large", "stereo-large", "melody-large", "large"] = "stereo-melody-large"
    duration: Annotated[int, Field(ge=1)] = 8
    normalization_strategy: Literal["loudness", "clip", "peak", "rms"] = "loudness"
    top_k: int = 250
    top_p: float = 0
    temperature: float = 1
    classifier_free_guidance: int = 3
    output_format: Literal["wav", "mp3"] = "wav"
    seed: int | None = None


class Asked(Strict):
    version: str
    input: dict[str, Any]
    webhook: str | None = None
    webhook_events_filter: list[str] | None = None


@dataclass
class Prediction:
    id: str
    input: Input
    bill: int
    status: str = "starting"
    output: str | None = None
    error: str = "Prediction failed"
    work: asyncio.Task[None] | None = None


@dataclass
class State:
    predictions: dict[str, Prediction] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)


def vendor() -> Vendor:
    replicate = Vendor("replicate", refuse, start=_renew)
    _renew(replicate)
    replicate.operation("create", "POST", "/v1/predictions")(_checked(create))
    replicate.operation("get", "GET", "/v1/predictions/{id}", counts=False)(_checked(get))
    replicate.operation("cancel", "POST", "/v1/predictions/{id}/cancel", counts=False)(_checked(cancel))
    replicate.operation("version", "GET", "/v1/models/meta/musicgen/versions/{id}", counts=False)(_checked(version))
    replicate.operation("download", "GET", "/files/{name}", counts=False)(download)
    return replicate


def refuse(fault: Fault) -> Response:
    if fault.kind == "rate_limited":
        headers = {} if fault.retry_after_s is None else {"Retry-After": f"{fault.retry_after_s:g}"}
        return _problem(429, "Request was throttled.", headers)
    if fault.kind == "no_quota":
        return _problem(402, "You have insufficient credit to run this model.")
    return _problem(fault.status, "Internal server error")


async def create(request: Request, here: Vendor) -> Response:
    try:
        asked = Asked.model_validate(await request.json())
        if asked.version != VERSION:
            return _problem(422, "The specified version does not exist.")
        wanted = Input.model_validate(asked.input)
    except ValidationError as error:
        return _problem(422, str(error))
    bill = here.ledger.bill("create", model="meta/musicgen", micros=MICROS, prompt=wanted.prompt)
    prediction = Prediction(uuid.uuid4().hex[:26], wanted, bill.number)
    here.state.predictions[prediction.id] = prediction
    prediction.work = asyncio.create_task(_work(here, prediction))
    return JSONResponse(_described(here, prediction), status_code=201)


async def get(request: Request, here: Vendor) -> Response:
    found = here.state.predictions.get(request.path_params["id"])
    return JSONResponse(_described(here, found)) if found else _problem(404, "The requested resource does not exist.")


async def cancel(request: Request, here: Vendor) -> Response:
    found = here.state.predictions.get(request.path_params["id"])
    if found is None:
        return _problem(404, "The requested resource does not exist.")
    if found.status in ("starting", "processing"):
        found.status = "canceled"
        here.ledger.cancel(found.bill)
        if found.work:
            found.work.cancel()
    return JSONResponse(_described(here, found))


async def version(request: Request, here: Vendor) -> Response:
    if request.path_params["id"] != VERSION:
        return _problem(404, "The requested resource does not exist.")
    return JSONResponse({"id": VERSION, "created_at": "2023-06-12T15:43:01.000000Z", "cog_version": "0.7.2"})


async def download(request: Request, here: Vendor) -> Response:
    data = here.state.files.get(request.path_params["name"])
    return Response(data, media_type="audio/wav") if data else Response(status_code=404)


async def _work(here: Vendor, prediction: Prediction) -> None:
    fault = here.draw.fault(here.knobs, "job")
    prediction.status = "processing"
    await asyncio.sleep(here.knobs.latency("music"))
    if fault:
        here.ledger.cancel(prediction.bill)
        prediction.status, prediction.error = "failed", fault.words or prediction.error
        return
    wanted = prediction.input
    make = media.wav if wanted.output_format == "wav" else media.mp3
    name = f"{prediction.id}.{wanted.output_format}"
    here.state.files[name] = await asyncio.to_thread(make, float(min(wanted.duration, 30)))
    prediction.output, prediction.status = f"{here.url}/files/{name}", "succeeded"


def _described(here: Vendor, prediction: Prediction) -> dict[str, Any]:
    address = f"{here.url}/v1/predictions/{prediction.id}"
    return {
        "id": prediction.id,
        "model": "meta/musicgen",
        "version": VERSION,
        "input": prediction.input.model_dump(exclude_none=True),
        "status": prediction.status,
        "output": prediction.output,
        "error": prediction.error if prediction.status == "failed" else None,
        "logs": prediction.error,
        "urls": {"get": address, "cancel": f"{address}/cancel"},
    }


def _checked(handler: Handler) -> Handler:
    async def answer(request: Request, here: Vendor) -> Response:
        if request.headers.get("authorization") != f"Bearer {TOKEN}":
            return _problem(401, "You did not pass a valid authentication token")
        return await handler(request, here)

    return answer


def _problem(status: int, detail: str, headers: dict[str, str] | None = None) -> Response:
    body = {"title": "Problem", "detail": detail, "status": status}
    return JSONResponse(body, status_code=status, headers=headers, media_type="application/problem+json")


def _renew(here: Vendor) -> None:
    here.state = State()
