"""OpenAI: models, Responses (plain, streamed, with tools), images, moderation. Its base URL ends with `/v1`."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from tests.emulators.openai import images, models, moderation, responses
from tests.emulators.openai.errors import Refused, check_key, refuse
from tests.emulators.vendor import Handler, Vendor


def vendor() -> Vendor:
    openai = Vendor("openai", refuse)
    openai.operation("models.list", "GET", "/v1/models", counts=False)(_checked(list_models))
    openai.operation("models.retrieve", "GET", "/v1/models/{name}", counts=False)(_checked(retrieve))
    openai.operation("responses", "POST", "/v1/responses")(_checked(responses.create))
    openai.operation("images.generate", "POST", "/v1/images/generations")(_checked(images.generate))
    openai.operation("images.edit", "POST", "/v1/images/edits")(_checked(images.edit))
    openai.operation("moderations", "POST", "/v1/moderations", counts=False)(_checked(moderation.create))
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


async def list_models(request: Request, here: Vendor) -> Response:
    return JSONResponse({"object": "list", "data": models.listed()})
