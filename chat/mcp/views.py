"""The address `/mcp`: who asks is told by a Bearer token, a key's or a session's; the rest is the protocol's."""

from __future__ import annotations

import logging

from asgiref.sync import sync_to_async
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.csrf import csrf_exempt

from chat.mcp.callers import Caller, caller_of
from pixora.foundation.error_responses import refuse_error
from pixora.foundation.errors import PixoraError

log = logging.getLogger("pixora.mcp")


@csrf_exempt
async def mcp(request: HttpRequest) -> HttpResponseBase:
    """Answer one message. No cookie counts here, so no other page can ask in a user's name."""
    try:
        caller = await sync_to_async(caller_of)(request)
    except PixoraError as refused:
        return refuse_error(refused)
    response = await _answered(request, caller) if request.method == "POST" else _not_allowed()
    response.headers.setdefault("Cache-Control", "no-store")
    return response


def _not_allowed() -> HttpResponse:
    """Refuse to open a stream for news, as the protocol lets a server that has none: it would stay open for ever, with
    nothing in it."""
    response = refuse_error(PixoraError("Messages are sent with POST; there is no other.", code="method_not_allowed"))
    response["Allow"] = "POST"
    return response


async def _answered(request: HttpRequest, caller: Caller) -> HttpResponse:
    """The SDK is loaded by the first request: most installations never get one, and it takes half a second."""
    from chat.mcp.exchange import answered

    return await answered(request, caller)
