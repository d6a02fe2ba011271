"""Nothing goes to a vendor before it was moderated; what was judged once is remembered by its content.

The pieces of a film are made at the same time and many send the same words, so what is asked together is looked up in
one query, and judged in one request. What a run will send is asked for as soon as it is known.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Awaitable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeVar

from pipeline.film.dialogue import said_in
from pipeline.models import Judgement
from pipeline.planning.graph import Component
from pipeline.planning.kinds import Kind
from pipeline.providers.base import Moderator, Verdict
from pipeline.providers.refusals import refused_picture, refused_prompt
from pipeline.providers.registry import moderator
from pipeline.steps.job import Job
from pixora.foundation.async_database import Database
from pixora.foundation.batching import Batcher
from pixora.foundation.errors import ProviderError

T = TypeVar("T")

MOST_CHARACTERS = 8_000
"""Of one text."""
MOST_TEXTS, REQUESTS_AT_ONCE = 16, 4
"""Of one request, so that long ones stay below what an account may send in a minute; and side by side."""


@dataclass(frozen=True)
class Matter:
    """A text, or else a picture."""

    content_hash: str
    text: str = ""
    picture: Path | None = None


class Moderation:
    """The judging of everything that goes to vendors; one per event loop."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._judged = Batcher(self._judge, most=MOST_TEXTS, at_once=REQUESTS_AT_ONCE)
        self._verdicts: dict[str, asyncio.Future[Verdict]] = {}
        """Of texts, by content hash: those that are there, and those that are coming. A picture is a file of whoever
        asks, and may go with him."""

    def look_ahead(self, texts: Iterable[str]) -> None:
        """These are going to be sent: ask about them now, the first ones first, so that few need wait for an answer."""
        if moderator().local:
            return
        for text in filter(None, texts):
            self._ask(_matter(text))

    async def admit(self, job: Job) -> None:
        """Have judged all that a job sends. Raises ProviderError: refused_prompt, refused_picture, or what keeps the
        moderator from judging."""
        if moderator().local:
            return
        matters = list(_matters(job))
        asked = [self._judged.ask(each) if each.picture else asyncio.shield(self._ask(each)) for each in matters]
        found = await asyncio.gather(*asked, return_exceptions=True)
        for matter, verdict in zip(matters, found, strict=True):
            if isinstance(verdict, Verdict) and not verdict.allowed:
                raise _refused(matter, verdict)
        for verdict in found:
            if isinstance(verdict, BaseException):
                raise verdict

    def _ask(self, matter: Matter) -> asyncio.Future[Verdict]:
        """Once; what failed is asked again by whoever asks next."""
        name = matter.content_hash
        if name not in self._verdicts:
            self._verdicts[name] = asyncio.ensure_future(self._judged.ask(matter))
            self._verdicts[name].add_done_callback(partial(self._forget_failed, name))
        return self._verdicts[name]

    def _forget_failed(self, name: str, verdict: asyncio.Future[Verdict]) -> None:
        if verdict.cancelled() or verdict.exception():
            del self._verdicts[name]

    async def _judge(self, matters: Sequence[Matter]) -> Sequence[Verdict | Exception]:
        judge = moderator()
        by_hash = {matter.content_hash: matter for matter in matters}
        known: Mapping[str, Verdict] = await self._database(_recall, list(by_hash), judge.model)
        asked = await _verdicts_on(judge, [matter for name, matter in by_hash.items() if name not in known])
        verdicts = {name: verdict for name, verdict in asked.items() if isinstance(verdict, Verdict)}
        if verdicts:
            await self._database(_remember, verdicts, judge.model)
        return [{**known, **asked}[matter.content_hash] for matter in matters]


def _refused(matter: Matter, verdict: Verdict) -> ProviderError:
    if matter.picture:
        return refused_picture(verdict.categories)
    return refused_prompt(matter.text, verdict.categories)


def _matters(job: Job) -> Iterator[Matter]:
    """Return what the user gave and wrote, and what this component sends: of a script, the user's words are all there
    is."""
    if job.reference:
        yield Matter(job.settings.reference, picture=job.reference.path)
    own = [*parts_of(job.source), *_translated(job)] if job.component.kind is Kind.SCRIPT else []
    for text in filter(None, dict.fromkeys((job.prompt, *own, *texts_of(job.component), job.instructions))):
        yield _matter(text)


def _translated(job: Job) -> list[str]:
    """The words that a translator is sent, those of titles among them."""
    scenes = job.translating.asked if job.translating else ()
    sent = [text for scene in scenes for text in (scene.title, *(said.text for said in said_in(scene)))]
    return parts_of("\n".join(sent))


def parts_of(text: str) -> list[str]:
    """A long text in parts that a moderator takes."""
    return [text[start : start + MOST_CHARACTERS] for start in range(0, len(text), MOST_CHARACTERS)]


def texts_of(component: Component) -> list[str]:
    asks = component.asks
    moods = (mood for mood, _ in asks.get("parts", ()))
    told = (asks.get("prompt"), asks.get("text"), _said_for_names(component), *moods)
    return [text for text in told if text]


def _said_for_names(component: Component) -> str:
    """Return what a voice is told to say in the place of words of its text."""
    return " ".join(said for _, said, _ in component.asks.get("pronunciations", ()) if said)


def _matter(text: str) -> Matter:
    return Matter(hashlib.sha256(text.encode("utf-8", "replace")).hexdigest(), text)


async def _verdicts_on(judge: Moderator, matters: Sequence[Matter]) -> dict[str, Verdict | Exception]:
    """Return the verdicts by content hash."""
    texts = [matter for matter in matters if not matter.picture]
    pictures = [(matter, matter.picture) for matter in matters if matter.picture]
    of_texts, of_pictures = await asyncio.gather(
        _verdicts_on_texts(judge, [matter.text for matter in texts]),
        asyncio.gather(*(_or_error(judge.judge_picture(path)) for _, path in pictures)),
    )
    judged = [*texts, *(matter for matter, _ in pictures)]
    return {matter.content_hash: found for matter, found in zip(judged, [*of_texts, *of_pictures], strict=True)}


async def _verdicts_on_texts(judge: Moderator, texts: Sequence[str]) -> list[Verdict | Exception]:
    """Ask about each alone where all together are refused an answer: one film's words must not hold up another's."""
    if not texts:
        return []
    found = await _or_error(judge.judge_texts(texts))
    if not isinstance(found, Exception):
        return [*found]
    if len(texts) == 1 or (isinstance(found, ProviderError) and found.retryable):
        return [found] * len(texts)
    return [verdict for text in texts for verdict in await _verdicts_on_texts(judge, [text])]


async def _or_error(judging: Awaitable[T]) -> T | Exception:
    """Whatever is wrong with one matter is not the others' concern."""
    try:
        return await judging
    except Exception as error:  # noqa: BLE001 - it is raised for whose matter it is
        return error


def _recall(content_hashes: Sequence[str], model: str) -> dict[str, Verdict]:
    found = Judgement.objects.filter(content_hash__in=content_hashes, model=model)
    return {each.content_hash: Verdict(each.allowed, tuple(each.categories)) for each in found}


def _remember(verdicts: Mapping[str, Verdict], model: str) -> None:
    """Write them in one order everywhere: another worker may have asked the same meanwhile, and writes it now too."""
    Judgement.objects.bulk_create(
        (
            Judgement(content_hash=name, model=model, allowed=verdict.allowed, categories=list(verdict.categories))
            for name, verdict in sorted(verdicts.items())
        ),
        ignore_conflicts=True,
    )
