from __future__ import annotations

import asyncio
import json
import time
import uuid
from collections.abc import AsyncIterator
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse

from tests.emulators.fal import models
from tests.emulators.fal.errors import Failure, model_failure, platform_failure
from tests.emulators.fal.state import Job
from tests.emulators.fal.webhooks import tell
from tests.emulators.vendor import Vendor

SLOT_LOOK_S = 0.01
COMMENT_S = 15.0
"""What a stream is silent for at most."""


async def submit(request: Request, here: Vendor) -> Response:
    endpoint = request.path_params["endpoint"]
    if endpoint not in models.MODELS or endpoint in here.knobs.options.get("gone", ()):
        return JSONResponse({"detail": f"Application '{endpoint}' not found"}, status_code=404)
    arguments = await request.json()
    request_id, webhook = str(uuid.uuid4()), request.query_params.get("fal_webhook", "")
    micros = models.MODELS[endpoint].micros(arguments)
    words = {name: arguments[name] for name in ("text", "prompt", "composition_plan") if name in arguments}
    bill = here.ledger.bill("submit", model=endpoint, micros=micros, request_id=request_id, webhook=webhook, **words)
    job = Job(request_id, endpoint, arguments, webhook, bill.number)
    here.state.jobs[request_id] = job
    job.work = asyncio.create_task(_work(here, job))
    return JSONResponse({"status": "IN_QUEUE", "queue_position": 0, "request_id": request_id, **_urls(here, job)})


async def status(request: Request, here: Vendor) -> Response:
    job = here.state.jobs.get(request.path_params["request_id"])
    if job is None:
        return JSONResponse({"detail": "Request not found"}, status_code=404)
    return JSONResponse(_said(here, job), status_code=200 if job.status == "COMPLETED" else 202)


async def status_stream(request: Request, here: Vendor) -> Response:
    job = here.state.jobs.get(request.path_params["request_id"])
    if job is None:
        return JSONResponse({"detail": "Request not found"}, status_code=404)
    return StreamingResponse(_stream(here, job), media_type="text/event-stream")


async def _stream(here: Vendor, job: Job) -> AsyncIterator[str]:
    while True:
        changed, said = job.changed, _said(here, job)
        yield f"data: {json.dumps(said)}\n\n"
        if said["status"] in ("COMPLETED", "CANCELLED"):
            return
        while not await _is_set_soon(changed):
            yield ": still there\n\n"


async def _is_set_soon(event: asyncio.Event) -> bool:
    try:
        await asyncio.wait_for(event.wait(), COMMENT_S)
    except TimeoutError:
        return False
    return True


def _said(here: Vendor, job: Job) -> dict[str, Any]:
    said = {"status": job.status, "request_id": job.request_id, **_urls(here, job)}
    match job.status:
        case "IN_QUEUE":
            return {**said, "queue_position": 0}
        case "COMPLETED":
            error = {"error": "failed", "error_type": "model"} if job.failure else {"error": None, "error_type": None}
            return {**said, "logs": None, "metrics": {"inference_time": 1.0}, **error}
        case _:
            return {**said, "logs": None}


async def result(request: Request, here: Vendor) -> Response:
    job = here.state.jobs.get(request.path_params["request_id"])
    if job is None:
        return JSONResponse({"detail": "Request not found"}, status_code=404)
    failure: Failure | None = job.failure
    if failure:
        return failure.response()
    if job.result is None:
        return JSONResponse({"detail": "Request is still in progress"}, status_code=400)
    return JSONResponse(job.result, headers={"x-fal-request-id": job.request_id})


async def cancel(request: Request, here: Vendor) -> Response:
    job = here.state.jobs.get(request.path_params["request_id"])
    if job is None:
        return JSONResponse({"status": "NOT_FOUND"}, status_code=404)
    if job.status == "COMPLETED":
        return JSONResponse({"status": "ALREADY_COMPLETED"}, status_code=400)
    job.become("CANCELLED")
    if job.work:
        job.work.cancel()
    here.ledger.cancel(job.bill)
    return JSONResponse({"status": "CANCELLATION_REQUESTED"}, status_code=202)


async def _work(here: Vendor, job: Job) -> None:
    """`at_once` jobs are at work, the others wait; none is turned away."""
    while 0 < here.knobs.at_once <= here.busy:  # noqa: ASYNC110 - the limit may be turned meanwhile
        await asyncio.sleep(SLOT_LOOK_S)
    here.busy += 1
    here.most_busy = max(here.most_busy, here.busy)
    job.become("IN_PROGRESS")
    try:
        await _make(here, job)
    finally:
        here.busy -= 1
    job.become("COMPLETED")
    if job.failure:
        here.ledger.cancel(job.bill)
    await tell(here, job)


async def _make(here: Vendor, job: Job) -> None:
    model, began = models.MODELS[job.endpoint], time.monotonic()
    is_of_kind = any(fault.operation == model.kind and fault.times != 0 for fault in here.knobs.faults)
    fault = here.draw.fault(here.knobs, model.kind if is_of_kind else "job", job.endpoint)
    defect = fault.words if fault and fault.kind == "faulty" else ""
    try:
        if fault and fault.kind == "refused":
            text = "The content could not be processed because it was flagged by a content checker."
            where = "image_url" if here.knobs.options.get("refuses") == "picture" else "prompt"
            raise model_failure("content_policy_violation", ["body", where], text)
        if fault and fault.kind == "poisoned":
            raise model_failure(fault.words, ["body", fault.words], fault.words)
        if fault and fault.kind == "server_error":
            raise platform_failure("runner_disconnected", 503)
        await asyncio.sleep(here.knobs.latency(model.kind) / 2)  # not on our processors, at once
        made = await asyncio.to_thread(model.run, here, job.arguments, defect)
    except Failure as failure:
        made, job.failure = None, failure
    await asyncio.sleep(here.knobs.latency(model.kind) - (time.monotonic() - began))
    job.result = made


def _urls(here: Vendor, job: Job) -> dict[str, str]:
    owner, app = job.endpoint.split("/")[:2]
    base = f"{here.url}/{owner}/{app}/requests/{job.request_id}"
    return {"response_url": base, "status_url": f"{base}/status", "cancel_url": f"{base}/cancel"}
