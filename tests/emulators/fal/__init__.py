"""fal.ai: the queue, storage, files and signed webhooks. What is asked of a model is judged by its worker, so a wrong
request is accepted, and its error is the job's result."""

from __future__ import annotations

import json

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.emulators.fal import queue, storage
from tests.emulators.fal.errors import check_key, refuse
from tests.emulators.fal.models import MODELS
from tests.emulators.fal.state import State
from tests.emulators.vendor import Handler, Vendor


def vendor() -> Vendor:
    fal = Vendor("fal", refuse, start=State.renew)
    State.renew(fal)
    storage.add_to(fal)
    fal.routes.append(Route("/v1/models", catalogue, methods=["GET"]))
    fal.routes.append(Route("/.well-known/jwks.json", jwks, methods=["GET"]))
    requests = "/{owner}/{app}/requests/{request_id}"
    fal.operation("status", "GET", f"{requests}/status", counts=False)(_checked(queue.status))
    fal.operation("stream", "GET", f"{requests}/status/stream", counts=False)(_checked(queue.status_stream))
    fal.operation("result", "GET", requests, counts=False)(_checked(queue.result))
    fal.operation("cancel", "PUT", f"{requests}/cancel", counts=False)(_checked(queue.cancel))
    fal.operation("submit", "POST", "/{endpoint:path}", counts=False)(_checked(queue.submit))
    return fal


async def catalogue(request: Request) -> Response:
    """Open to everybody, as fal's is."""
    wanted = request.query_params.get("endpoint_id")
    if wanted and wanted not in MODELS:
        error = {"type": "not_found", "message": "Some endpoint IDs were not found."}
        return JSONResponse({"error": error}, status_code=404)
    deprecated = request.app.state.vendors["fal"].knobs.options.get("deprecated", ())
    found = [
        {"endpoint_id": name, "metadata": {"status": "deprecated" if name in deprecated else "active"}}
        for name in MODELS
        if wanted in (None, name)
    ]
    return JSONResponse({"models": found, "next_cursor": None, "has_more": False})


async def jwks(request: Request) -> Response:
    return JSONResponse(request.app.state.vendors["fal"].state.signer.jwks())


def _checked(handler: Handler) -> Handler:
    async def answer(request: Request, here: Vendor) -> Response:
        wrong = check_key(request)
        if wrong is not None:
            return wrong
        try:
            return await handler(request, here)
        except json.JSONDecodeError:
            return JSONResponse({"detail": "Invalid JSON"}, status_code=422)

    return answer
