"""All vendors in one ASGI application: each under `/<vendor>`, its knobs at `/knobs/<vendor>`, its bills at
`/ledger/<vendor>`."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Any

from pydantic import ValidationError
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Mount, Route
from starlette.types import Receive, Scope, Send

from tests.emulators.knobs import Knobs
from tests.emulators.vendor import HANG_UP, Vendor

MODULES: Mapping[str, str] = {
    "openai": "tests.emulators.openai",
    "compatible": "tests.emulators.compatible",
    "fal": "tests.emulators.fal",
    "replicate": "tests.emulators.replicate",
    "supabase": "tests.emulators.supabase",
}
"""Each has a `vendor()` that makes a fresh one. The address of fal is `<server>/fal`, and so on."""


class Application:
    """Starlette wraps `send`; the connection is still to be had outside of it."""

    def __init__(self) -> None:
        self.vendors = {name: import_module(module).vendor() for name, module in MODULES.items()}
        self._inner = _starlette(self.vendors)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        connection: Any = getattr(send, "__self__", None)
        if scope["type"] == "http":
            scope[HANG_UP] = connection.transport.close
        await self._inner(scope, receive, send)


def _starlette(vendors: Mapping[str, Vendor]) -> Starlette:
    application = Starlette(
        routes=[
            *(Mount(f"/{name}", routes=vendor.routes) for name, vendor in vendors.items()),
            Route("/knobs/{vendor}", _turn, methods=["POST"]),
            Route("/ledger/{vendor}", _bills, methods=["GET"]),
            Route("/reset", _reset, methods=["POST"]),
        ]
    )
    application.state.vendors = vendors
    return application


def _vendor(request: Request) -> Vendor:
    found: Vendor = request.app.state.vendors[request.path_params["vendor"]]
    return found


async def _turn(request: Request) -> Response:
    try:
        _vendor(request).turn(Knobs.model_validate_json(await request.body()))
    except ValidationError as wrong:
        return JSONResponse({"error": str(wrong)}, status_code=422)
    return JSONResponse({})


async def _bills(request: Request) -> Response:
    vendor = _vendor(request)
    return JSONResponse({"bills": vendor.ledger.as_json(), "most_busy": vendor.most_busy})


async def _reset(request: Request) -> Response:
    for vendor in request.app.state.vendors.values():
        vendor.reset()
    return JSONResponse({})
