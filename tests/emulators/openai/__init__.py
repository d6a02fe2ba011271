"""OpenAI: models, Responses (plain, streamed, with tools), images, moderation. Its base URL ends with `/v1`."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from tests.emulators.openai import models
from tests.emulators.openai.errors import Refused, check_key, refuse
from tests.emulators.vendor import Handler, Vendor


def vendor() -> Vendor:
    openai = Vendor("openai", refuse)
    openai.operation("models.retrieve", "GET", "/v1/models/{name}", counts=False)(_checked(retrieve))
    return openai


def _checked(handler: Handler) -> Handler:
    """Looks at the key first and answers refusals with their bodies."""

    async def answer(request: Request, here: Vendor) -> Response:
        try:
            check_key(request)
            return await handler(request, here)
        except Refused as refused:
            return refused.response()

    return answer


async def retrieve(request: Request, here: Vendor) -> Response:
    return JSONResponse(models.described(request.path_params["name"]))
