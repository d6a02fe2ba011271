"""A server of one's own that speaks OpenAI's formats, with a switch for each oddity of such servers.

`POST /knobs/compatible {"options": {…}}` sets them; `Options` says which there are. Its base URL ends with `/v1`.
"""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from tests.emulators.compatible import completions, pictures, responses, speech
from tests.emulators.compatible.options import MODEL, Options, options
from tests.emulators.openai.errors import Refused, check_key, refuse
from tests.emulators.vendor import Handler, Vendor


def vendor() -> Vendor:
    server = Vendor("compatible", refuse)
    server.operation("models.list", "GET", "/v1/models", counts=False)(_checked(list_models))
    server.operation("props", "GET", "/props", counts=False)(_checked(props))
    server.operation("ps", "GET", "/api/ps", counts=False)(_checked(running))
    server.operation("lm_studio", "GET", "/api/v0/models", counts=False)(_checked(lm_studio))
    server.operation("chat", "POST", "/v1/chat/completions")(_checked(completions.create))
    server.operation("responses", "POST", "/v1/responses")(_checked(create_response))
    server.operation("images.generate", "POST", "/v1/images/generations")(_checked(pictures.generate))
    server.operation("images.edit", "POST", "/v1/images/edits")(_checked(pictures.edit))
    server.operation("file", "GET", "/files/{number}", counts=False)(_checked(pictures.file))
    server.operation("speech", "POST", "/v1/audio/speech")(_checked(speech.speak))
    server.operation("voices", "GET", "/v1/audio/voices", counts=False)(_checked(speech.voices))
    return server


def _checked(handler: Handler) -> Handler:
    """Looks at the key where one is demanded, and answers refusals with their bodies."""

    async def answer(request: Request, here: Vendor) -> Response:
        try:
            if options(here).wants_key:
                check_key(request)
            return await handler(request, here)
        except Refused as refused:
            return refused.response()

    return answer


async def list_models(request: Request, here: Vendor) -> Response:
    entry = {"id": MODEL, "object": "model", "owned_by": "me", **_told(options(here), "models")}
    return JSONResponse({"object": "list", "data": [entry]})


async def props(request: Request, here: Vendor) -> Response:
    told = _told(options(here), "props")
    return JSONResponse({"default_generation_settings": told} if told else {}, status_code=200 if told else 404)


async def create_response(request: Request, here: Vendor) -> Response:
    if not options(here).responses:
        return JSONResponse({"detail": "Not Found"}, status_code=404)
    return await responses.create(request, here)


async def running(request: Request, here: Vendor) -> Response:
    """Ollama's list of what is loaded."""
    chosen = options(here)
    loaded = [{"name": MODEL, "context_length": chosen.window}] if chosen.tells_window == "ollama" else []
    is_ollama = chosen.tells_window in ("ollama", "unloaded")
    return JSONResponse({"models": loaded} if is_ollama else {}, status_code=200 if is_ollama else 404)


async def lm_studio(request: Request, here: Vendor) -> Response:
    chosen = options(here)
    entry = {"id": MODEL, "max_context_length": 131_072, "loaded_context_length": chosen.window}
    is_there = chosen.tells_window == "lm_studio"
    return JSONResponse({"data": [entry]} if is_there else {}, status_code=200 if is_there else 404)


def _told(chosen: Options, place: str) -> dict[str, int]:
    """The window, where this server tells it here."""
    name = {"models": "max_model_len", "props": "n_ctx"}[place]
    return {name: chosen.window} if chosen.window and chosen.tells_window == place else {}
