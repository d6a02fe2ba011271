"""Nothing goes to a vendor before it was moderated; what was judged once is remembered by its content.

The pieces of a film are made at the same time and many send the same words, so what is asked together is looked up in
one query, and judged in one request.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Awaitable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from pipeline.engine.database import Database
from pipeline.models import Judgement
from pipeline.providers.base import Capability, Moderator, Verdict
from pipeline.providers.refusals import refused_picture, refused_prompt
from pipeline.providers.registry import provider
from pipeline.steps.job import Job
from pixora.errors import ProviderError
from pixora.together import Together

T = TypeVar("T")

MOST_AT_ONCE = 16


@dataclass(frozen=True)
class Matter:
    """A text, or else a picture; the same content is the same matter."""

    content_hash: str
    text: str = ""
    picture: Path | None = None


class Admission:
    """Of one event loop."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._judged = Together(self._judge, most=MOST_AT_ONCE)

    async def admit(self, job: Job) -> None:
        """Raises ProviderError: refused_prompt, refused_picture, or what keeps the moderator from judging."""
        if _moderator().local:
            return
        matters = list(_matters(job))
        for matter, verdict in zip(matters, await asyncio.gather(*map(self._judged.ask, matters)), strict=True):
            if not verdict.allowed:
                categories = verdict.categories
                raise refused_picture(categories) if matter.picture else refused_prompt(matter.text, categories)

    async def _judge(self, matters: Sequence[Matter]) -> Sequence[Verdict | Exception]:
        moderator = _moderator()
        by_hash = {matter.content_hash: matter for matter in matters}
        known: Mapping[str, Verdict] = await self._database(_recall, list(by_hash), moderator.model)
        asked = await _asked(moderator, [matter for name, matter in by_hash.items() if name not in known])
        verdicts = {name: verdict for name, verdict in asked.items() if isinstance(verdict, Verdict)}
        if verdicts:
            await self._database(_remember, verdicts, moderator.model)
        return [{**known, **asked}[matter.content_hash] for matter in matters]


def _moderator() -> Moderator:
    moderator: Moderator = provider(Capability.MODERATION)
    return moderator


def _matters(job: Job) -> Iterator[Matter]:
    """What the user gave and wrote, and what this component sends: of a script, the user's words are all there is."""
    if job.reference:
        yield Matter(job.settings.reference, picture=job.reference.path)
    asks = job.component.asks
    texts: tuple[Any, ...] = (job.prompt, asks.get("prompt"), asks.get("text"), job.instructions)
    for text in filter(None, dict.fromkeys(texts)):
        yield Matter(hashlib.sha256(text.encode("utf-8", "replace")).hexdigest(), text)


async def _asked(moderator: Moderator, matters: Sequence[Matter]) -> dict[str, Verdict | Exception]:
    """By content hash."""
    texts = {matter.content_hash: matter.text for matter in matters if not matter.picture}
    found = dict(zip(texts, await _asked_of_texts(moderator, list(texts.values())), strict=True))
    for matter in matters:
        if matter.picture:
            found[matter.content_hash] = await _or_error(moderator.judge_picture(matter.picture))
    return found


async def _asked_of_texts(moderator: Moderator, texts: Sequence[str]) -> list[Verdict | Exception]:
    """Where all together are not understood, each alone: one film's words must not hold up another's."""
    if not texts:
        return []
    found = await _or_error(moderator.judge_texts(texts))
    if not isinstance(found, ProviderError):
        return [*found]
    if found.retryable or len(texts) == 1:
        return [found] * len(texts)
    return [verdict for text in texts for verdict in await _asked_of_texts(moderator, [text])]


async def _or_error(judging: Awaitable[T]) -> T | ProviderError:
    try:
        return await judging
    except ProviderError as error:
        return error


def _recall(content_hashes: Sequence[str], model: str) -> dict[str, Verdict]:
    found = Judgement.objects.filter(content_hash__in=content_hashes, model=model)
    return {each.content_hash: Verdict(each.allowed, tuple(each.categories)) for each in found}


def _remember(verdicts: Mapping[str, Verdict], model: str) -> None:
    """Another worker may have asked the same meanwhile."""
    Judgement.objects.bulk_create(
        (
            Judgement(content_hash=name, model=model, allowed=verdict.allowed, categories=list(verdict.categories))
            for name, verdict in verdicts.items()
        ),
        ignore_conflicts=True,
    )
