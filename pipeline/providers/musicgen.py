"""Meta's MusicGen, run by Replicate. The licence of its weights (CC-BY-NC-4.0) allows no commercial use."""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Mapping
from contextlib import AbstractAsyncContextManager
from typing import Any, cast

import httpx
from django.conf import settings

from pipeline.providers.base import Call, Made, ModelStatus, MusicMaker, MusicRequest, answer_lost
from pipeline.providers.bounded_answers import PLAIN, bound
from pipeline.providers.connections import FRESH, connected, tls
from pipeline.providers.download import download
from pipeline.providers.fal.music import music_arguments
from pipeline.providers.models_and_prices import Model, MusicModel
from pipeline.providers.polling import looks, to_its_end
from pipeline.providers.registry import model
from pipeline.providers.sound import to_mp3
from pixora.foundation.errors import ProviderError

log = logging.getLogger(__name__)

BASE = "https://api.replicate.com"
TIMEOUT = httpx.Timeout(30.0, connect=10.0)
PATIENCE = 8.0
"""A job may take so many times as long as is expected of its model: it may have to be loaded first."""
JOB_ID = re.compile(r"[\w-]{1,200}", re.ASCII)
BUSY = "The generator is overloaded."
BROKEN = "The generator failed."
ACCOUNT = "The generator's account does not work at the moment: tell whoever runs this site."
MISFIT = "The generator did not accept the request: choose another model, or tell whoever runs this site."


class MusicGen(MusicMaker):
    name = "musicgen"
    local = False
    suffix = ".mp3"
    tells = False

    @property
    def entry(self) -> MusicModel:
        return cast(MusicModel, model("music", self.name))

    @property
    def model(self) -> str:
        return self.entry.name

    async def make(self, request: MusicRequest, call: Call) -> Made:
        entry = self.entry
        async with _account() as http:
            if call.ticket:
                address = str(call.ticket["url"])
            else:
                address = await to_its_end(_create(http, entry, request, call))
            output = await _output(http, address, entry, call)
        came = call.workdir / f"came{entry.suffix}"
        await download(output, came, expect="audio")
        await to_mp3(came, call.out)
        return Made(call.out, {"licence": entry.licence} if entry.licence else {})

    async def cancel(self, ticket: Mapping[str, Any]) -> bool:
        async with _account() as http:
            try:
                answer = await http.post(f"{ticket['url']}/cancel")
            except httpx.RequestError as error:
                raise ProviderError("The generator cannot be reached.", retryable=True) from error
            body = _read(answer)
        return answer.is_success and body.get("status") in ("canceled", "aborted")


async def look(entry: Model) -> ModelStatus:
    """Look whether the model can be used, for nothing. Raises ProviderError where the account cannot be asked at all.

    `manage.py check_providers` asks.
    """
    name, _, version = entry.endpoint.partition(":")
    async with _account() as http:
        try:
            answer = await http.get(f"/v1/models/{name}/versions/{version}")
        except httpx.RequestError as error:
            raise ProviderError("Replicate cannot be reached at the moment.", retryable=True) from error
    if answer.status_code in (401, 403):
        return ModelStatus(key_accepted=False)
    if answer.status_code == 404:
        return ModelStatus(exists=False)
    if answer.is_error:
        raise _refusal(answer)
    return ModelStatus()


def _account() -> AbstractAsyncContextManager[httpx.AsyncClient]:
    return connected("musicgen", _client)


def _client() -> httpx.AsyncClient:
    return httpx.AsyncClient(
        base_url=settings.PIXORA_BASE_URLS["musicgen"] or BASE,
        headers={**PLAIN, "Authorization": f"Bearer {settings.PIXORA_KEYS['musicgen']}"},
        event_hooks={"response": [bound]},
        timeout=TIMEOUT,
        verify=tls(),
        limits=FRESH,
    )


async def _create(http: httpx.AsyncClient, entry: MusicModel, request: MusicRequest, call: Call) -> str:
    """The address of the job, which is remembered before anything else happens. Sent once."""
    body = {"version": entry.endpoint.partition(":")[2], "input": music_arguments(entry, request)}
    await call.sending()
    try:
        answer = await http.post("/v1/predictions", json=body)
    except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as error:
        raise ProviderError("The generator cannot be reached at the moment.", retryable=True, trouble="down") from error
    except httpx.RequestError as error:
        raise answer_lost() from error
    if answer.is_error:
        raise _refusal(answer)
    job_id = _read(answer).get("id")
    if not isinstance(job_id, str) or not JOB_ID.fullmatch(job_id):
        raise answer_lost()
    address = f"{str(http.base_url).rstrip('/')}/v1/predictions/{job_id}"
    await call.remember({"request_id": job_id, "url": address})
    return address


async def _output(http: httpx.AsyncClient, address: str, entry: MusicModel, call: Call) -> str:
    """Wait, however often asking fails, until the job is done or has had time enough."""
    began, patience_s = time.monotonic(), max(call.deadline_s, PATIENCE * entry.seconds)
    for delay_s in looks():
        job = await _look(http, address)
        waited_s = time.monotonic() - began
        match job.get("status"):
            case "succeeded":
                return _file(job)
            case "failed":
                raise ProviderError(BROKEN, retryable=True, trouble="down")
            case "canceled" | "aborted":
                raise ProviderError("The generator cancelled the job.", retryable=True)
            case "processing":
                call.report(min(0.9, waited_s / entry.seconds))
        if waited_s > patience_s:
            raise answer_lost()
        await call.nap(delay_s)
    raise AssertionError


async def _look(http: httpx.AsyncClient, address: str) -> Mapping[str, Any]:
    """Empty where nothing could be learned now."""
    try:
        answer = await http.get(address)
    except httpx.RequestError as error:
        log.warning("Replicate could not be asked about a job: %s", type(error).__name__)
        return {}
    if answer.status_code == 404:
        raise answer_lost()
    if answer.status_code in (401, 402, 403):
        raise _refusal(answer)
    return _read(answer) if answer.is_success else {}


def _file(job: Mapping[str, Any]) -> str:
    output = job.get("output")
    if isinstance(output, list):
        output = next(iter(output), None)
    if not isinstance(output, str) or not output:
        raise ProviderError("The generator answered, but named no file: start it again to try anew.")
    return output


def _refusal(answer: httpx.Response) -> ProviderError:
    log.warning("Replicate answered %s", answer.status_code)
    match answer.status_code:
        case 401 | 402 | 403:
            return ProviderError(ACCOUNT)
        case 404:
            return ProviderError("This generator is not offered any more: choose another model.", trouble="gone")
        case 429:
            return ProviderError(BUSY, retryable=True, retry_after_s=_retry_after_s(answer))
        case 408 | 502 | 504:
            return answer_lost()
        case status if status >= 500:
            return ProviderError(BROKEN, retryable=True, trouble="down")
        case _:
            return ProviderError(MISFIT)


def _retry_after_s(answer: httpx.Response) -> float:
    text = answer.headers.get("retry-after", "")
    return min(float(text), 300.0) if text.isdecimal() else 0.0


def _read(answer: httpx.Response) -> dict[str, Any]:
    try:
        body = answer.json()
    except (ValueError, RecursionError):
        return {}
    return body if isinstance(body, dict) else {}
