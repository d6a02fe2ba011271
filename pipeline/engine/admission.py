"""Nothing goes to a vendor before it was moderated; what was judged once is remembered by its content."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

from pipeline.engine.workshop import Workshop
from pipeline.models import Judgement
from pipeline.providers.base import Capability, Moderator, Verdict
from pipeline.providers.refusals import refused_picture, refused_prompt
from pipeline.providers.registry import provider
from pipeline.steps.job import Job


async def admit(workshop: Workshop, job: Job) -> None:
    """Raises ProviderError: refused_prompt, refused_picture, or what keeps the moderator from judging."""
    moderator: Moderator = provider(Capability.MODERATION)
    if moderator.local:
        return
    if job.reference:
        path = job.reference.path
        verdict = await _judged(workshop, moderator, job.settings.reference, lambda: moderator.judge_picture(path))
        if not verdict.allowed:
            raise refused_picture(verdict.categories)
    for text in _texts(job):
        await _admit_text(workshop, moderator, text)


async def _admit_text(workshop: Workshop, moderator: Moderator, text: str) -> None:
    hashed = hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
    verdict = await _judged(workshop, moderator, hashed, lambda: moderator.judge_text(text))
    if not verdict.allowed:
        raise refused_prompt(text, verdict.categories)


def _texts(job: Job) -> Iterator[str]:
    """What the user wrote, and what this component sends: of a script, the user's words are all there is."""
    asks = job.component.asks
    texts: tuple[Any, ...] = (job.prompt, asks.get("prompt"), asks.get("text"), job.instructions)
    return (text for text in dict.fromkeys(texts) if text)


async def _judged(
    workshop: Workshop, moderator: Moderator, content_hash: str, judge: Callable[[], Awaitable[Verdict]]
) -> Verdict:
    """Many steps send the same words at the same time: the first asks, the others wait for its answer."""
    asked = workshop.judging.get(content_hash)
    if asked is None:
        asked = asyncio.create_task(_ask(workshop, moderator.model, content_hash, judge))
        workshop.judging[content_hash] = asked
        asked.add_done_callback(lambda task: _forget(workshop, content_hash, task))
    return await asyncio.shield(asked)


async def _ask(workshop: Workshop, model: str, content_hash: str, judge: Callable[[], Awaitable[Verdict]]) -> Verdict:
    known = await workshop.database(_recall, content_hash, model)
    if known is None:
        known = await judge()
        await workshop.database(_remember, content_hash, model, known)
    return known


def _forget(workshop: Workshop, content_hash: str, task: asyncio.Task[Verdict]) -> None:
    """Whoever waited has its error; where nobody does any more, it is nobody's."""
    del workshop.judging[content_hash]
    if not task.cancelled():
        task.exception()


def _recall(content_hash: str, model: str) -> Verdict | None:
    found = Judgement.objects.filter(content_hash=content_hash, model=model).first()
    return Verdict(found.allowed, tuple(found.categories)) if found else None


def _remember(content_hash: str, model: str, verdict: Verdict) -> None:
    Judgement.objects.get_or_create(
        content_hash=content_hash,
        model=model,
        defaults={"allowed": verdict.allowed, "categories": list(verdict.categories)},
    )
