"""Waiting for a film without asking all the time."""

from __future__ import annotations

import asyncio

from asgiref.sync import sync_to_async
from django.db import connections

from chat.mcp import arguments
from chat.mcp.answers import FilmState, Waited
from chat.mcp.callers import Caller
from pipeline.models import Task
from pipeline.services import films, writing

EVERY_S = 1.0


async def wait_for_film(caller: Caller, asked: arguments.WaitForFilm) -> Waited:
    """Wait until the script is there, or until nothing is being made any more, for so many seconds at most.

    Answers with the film as get_film does, and with `reached`. Ask again while it is false and something is at work.
    """
    ends_at = asyncio.get_running_loop().time() + asked.seconds
    while not await sync_to_async(_is_over)(caller, asked):
        if asyncio.get_running_loop().time() + EVERY_S > ends_at:
            break
        await asyncio.sleep(EVERY_S)
    return await sync_to_async(_waited)(caller, asked)


def _is_over(caller: Caller, asked: arguments.WaitForFilm) -> bool:
    """Look once, and hold no connection to the database until the next look. Who is signed out meanwhile, or whose key
    is revoked, is told no more."""
    try:
        caller.check_holds()
        task = caller.film(asked.film)
        if asked.until == "script":
            return not writing.under_way(task).exists()
        return films.unfinished_run(task=task) is None
    finally:
        connections.close_all()


def _waited(caller: Caller, asked: arguments.WaitForFilm) -> Waited:
    task = caller.film(asked.film)
    return Waited(**FilmState.of(task).model_dump(), reached=_is_reached(task, asked.until))


def _is_reached(task: Task, until: arguments.Until) -> bool:
    if until == "script":
        return task.scripts.exists() and not writing.under_way(task).exists()
    return task.status == "complete" and films.unfinished_run(task=task) is None
