"""A job in fal's queue: submitted once, or taken up by its ticket; waited for; its result fetched; or cancelled.

Each of these is retried apart from the others: what has been submitted is never submitted again because looking at
it, or fetching what it made, failed.
"""

from __future__ import annotations

import asyncio
import logging
import re
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import replace
from typing import Any

import httpx
from fal_client import AsyncRequestHandle, Completed, FalClientHTTPError, InProgress, Status

from pipeline.providers.base import Call, answer_lost
from pipeline.providers.fal.client import ODD_ANSWER, Client, Refused, account
from pipeline.providers.fal.errors import explain, is_about_the_job
from pipeline.providers.fal.stream import StatusStream
from pipeline.providers.models_and_prices import QueueModel
from pipeline.providers.polling import LONGEST_LOOK_S, fetches, looks, to_its_end
from pixora.foundation.errors import ProviderError

log = logging.getLogger(__name__)

Arguments = Callable[[Client], Awaitable[Mapping[str, Any]]]

PATIENCE = 8.0
"""A job may take so many times as long as is expected of its model: there may be a queue."""
KEEP_S = 24 * 3600
"""How long fal keeps what it made; its addresses are public."""
URLS = ("response_url", "status_url", "cancel_url")
JOB_ID = re.compile(r"[!-~]{1,1000}")


async def result_of(model: QueueModel, arguments: Arguments, call: Call) -> Mapping[str, Any]:
    """Return the job's answer. `arguments` are asked for only where the job is not there yet."""
    async with account() as client:
        if call.ticket:
            job = await _taken_up(client, model, call.ticket)
        else:
            job = await to_its_end(_submitted(client, model, await arguments(client), call))
        await _finished(job, model, call)
        return await _result(job)


async def answer_beside(
    client: Client, model: QueueModel, arguments: Mapping[str, Any], call: Call
) -> Mapping[str, Any]:
    """Return the answer of a job that only serves to ask for another: it leaves no ticket, no webhook tells of it.

    It counts as sent, so whoever dies meanwhile leaves an attempt that may have cost something.
    """
    quiet = replace(call, remember=_not_a_ticket, webhook_url="")
    job = await to_its_end(_submitted(client, model, arguments, quiet))
    await _finished(job, model, quiet)
    return await _result(job)


async def _not_a_ticket(_ticket: Mapping[str, Any]) -> None:
    return None


async def cancel(model: QueueModel, ticket: Mapping[str, Any]) -> bool:
    """Cancel a job: True where fal will end it before it is done. Raises ProviderError where fal cannot be asked."""
    async with account() as client:
        return await _cancelled(await _taken_up(client, model, ticket))


async def _submitted(client: Client, model: QueueModel, arguments: Mapping[str, Any], call: Call) -> AsyncRequestHandle:
    await call.sending()
    try:
        job = await client.submit(
            model.endpoint,
            dict(arguments),
            webhook_url=call.webhook_url or None,
            headers={"X-Fal-Object-Lifecycle-Preference": f'{{"expiration_duration_seconds": {KEEP_S}}}'},
        )
    except Refused as refused:
        raise explain(refused.answer) from None
    except httpx.TransportError as error:
        raise ProviderError("The generator cannot be reached at the moment.", retryable=True, trouble="down") from error
    except (httpx.RequestError, *ODD_ANSWER) as error:
        raise answer_lost() from error
    job = await _trusted(client, model, job)
    await call.remember({"request_id": job.request_id, **{name: getattr(job, name) for name in URLS}})
    return job


async def _trusted(client: Client, model: QueueModel, job: AsyncRequestHandle) -> AsyncRequestHandle:
    """The job under the addresses it named where they are the queue's own, else under those that follow from its id.

    Our key goes to these addresses. Raises ProviderError where the answer has no id.
    """
    if not isinstance(job.request_id, str) or not JOB_ID.fullmatch(job.request_id):
        raise answer_lost()
    derived = await client.get_handle(model.endpoint, job.request_id)
    is_queues = all(_is_beside(getattr(job, name), derived.response_url) for name in URLS)
    return job if is_queues else derived


def _is_beside(url: object, other: str) -> bool:
    """True where both are addresses of one server."""
    try:
        return isinstance(url, str) and httpx.URL(url).copy_with(path="/", query=None) == httpx.URL(other).copy_with(
            path="/", query=None
        )
    except httpx.InvalidURL:
        return False


async def _taken_up(client: Client, model: QueueModel, ticket: Mapping[str, Any]) -> AsyncRequestHandle:
    """A webhook's ticket has no addresses; they follow from the endpoint."""
    if all(name in ticket for name in URLS):
        addresses = {name: ticket[name] for name in URLS}
        return AsyncRequestHandle(request_id=ticket["request_id"], client=await client._client, **addresses)
    return await client.get_handle(model.endpoint, ticket["request_id"])


async def _finished(job: AsyncRequestHandle, model: QueueModel, call: Call) -> None:
    """Wait, however often asking fails, until the job is done or has had time enough."""
    began, patience_s = time.monotonic(), max(call.deadline_s, PATIENCE * model.seconds)
    async with StatusStream(job) as stream:
        for delay_s in looks():
            if await stream.tells_during(call.nap(LONGEST_LOOK_S if stream.is_open else delay_s)):
                return
            status = await _status(job)
            waited_s = time.monotonic() - began
            if isinstance(status, Completed):
                return
            if isinstance(status, InProgress):
                call.report(min(0.9, waited_s / model.seconds))
            if waited_s > patience_s:
                await _give_up(job)


async def _status(job: AsyncRequestHandle) -> Any:
    """Return None where it could not be learned now."""
    try:
        return await job.status()
    except FalClientHTTPError as error:
        if error.status_code == 404:
            raise answer_lost() from error
        if error.status_code in (401, 403):
            raise explain(error.response) from error
    except (httpx.HTTPError, OSError) as error:
        log.warning("fal could not be asked about a job: %s", type(error).__name__)
    except ODD_ANSWER as error:
        if _says_cancelled(error):
            raise ProviderError("The generator cancelled the job.", retryable=True) from error
        log.warning("fal answered what cannot be read about a job")
    return None


def _says_cancelled(error: Exception) -> bool:
    """fal_client knows no cancelled jobs and says `Unknown status: CANCELLED`."""
    return "Unknown status: CANCEL" in str(error)


async def _give_up(job: AsyncRequestHandle) -> None:
    if await _cancelled(job):
        raise ProviderError("The generator took too long.", retryable=True, trouble="down")
    raise answer_lost()


class _Finished(AsyncRequestHandle):
    """Seen to be completed: the SDK's `get` would look again first."""

    async def iter_events(self, **_: Any) -> AsyncIterator[Status]:
        return
        yield


async def _result(job: AsyncRequestHandle) -> Mapping[str, Any]:
    finished = _Finished(**vars(job))
    for delay_s in fetches():
        await asyncio.sleep(delay_s)
        try:
            found = await finished.get()
        except FalClientHTTPError as error:
            if is_about_the_job(error.response):
                raise explain(error.response) from error
        except (httpx.HTTPError, OSError, *ODD_ANSWER) as error:
            log.warning("a result could not be fetched from fal: %s", type(error).__name__)
        else:
            if isinstance(found, dict):
                return found
    raise ProviderError("It was made, but could not be fetched: start it again to try anew.")


async def _cancelled(job: AsyncRequestHandle) -> bool:
    try:
        await job.cancel()
    except FalClientHTTPError as error:
        if error.status_code in (400, 404):
            return False
        raise explain(error.response) from error
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise ProviderError("The generator cannot be reached.", retryable=True) from error
    return True


def file_address(answer: Mapping[str, Any], key: str) -> str:
    """Return the address of the file, the first of several. Raises ProviderError where the answer names none."""
    found = answer.get(key)
    found = found[0] if isinstance(found, list) and found else found
    url = found.get("url") if isinstance(found, dict) else None
    if not isinstance(url, str) or not url:
        raise ProviderError("The generator answered, but named no file: start it again to try anew.")
    return url
