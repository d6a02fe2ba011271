from __future__ import annotations

import asyncio
import json
from typing import Any

import httpx

from tests.emulators.fal.state import Job
from tests.emulators.vendor import Vendor

REPEATS_S = (0.2, 0.5, 1.0, 2.0, 4.0, 8.0, 15.0, 30.0, 60.0)


async def tell(here: Vendor, job: Job) -> None:
    """Tell it until it is received, ten times at most. The option `webhooks` (0, 1, 2…) says how many arrive of
    each."""
    if not job.webhook:
        return
    body = json.dumps(_payload(job)).encode()
    for _ in range(int(here.knobs.options.get("webhooks", 1))):
        await _deliver(here, job, body)


async def _deliver(here: Vendor, job: Job, body: bytes) -> None:
    async with httpx.AsyncClient(timeout=15) as http:
        for pause_s in (*REPEATS_S, 0.0):
            headers = here.state.signer.headers(job.request_id, body)
            try:
                answer = await http.post(job.webhook, content=body, headers=headers)
            except httpx.TransportError:
                answer = None
            if answer is not None and answer.is_success:
                return
            await asyncio.sleep(pause_s)


def _payload(job: Job) -> dict[str, Any]:
    said: dict[str, Any] = {"request_id": job.request_id, "gateway_request_id": job.request_id}
    if job.failure:
        text = f"Invalid status code: {job.failure.status}"
        return {**said, "status": "ERROR", "error": text, "payload": job.failure.body}
    return {**said, "status": "OK", "payload": job.result}
