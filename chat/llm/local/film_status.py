"""PURE: a film's state, in sentences: how far it is, how long it still takes, and what is left to do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from chat.llm.local.film import Film
from chat.llm.local.wording import capital

SOON_S = 90
"""From here on the time left is told in minutes, as Production tells it."""
Namer = Callable[[str, Film], str]


def told(facts: Mapping[str, Any], film: Film, name: Namer) -> str:
    """`facts` are those that `film_status` answers; `name` calls a piece by its key."""
    run, last = facts["run"], facts["last_run"]
    if run and film.is_being_written:
        return film.say("talk.writing")
    if run:
        return _at_work(facts, film, name) if run["status"] == "running" else film.say("status.waiting")
    if facts.get("cut_is_due"):
        return film.say("status.only_the_cut")
    if last and last["failed"]:
        why = [f"{capital(name(found['component'], film))}: {found['message']}" for found in last["failed"][:4]]
        return film.say("status.failed", why=" ".join(why))
    return _at_rest(facts, film)


def _at_work(facts: Mapping[str, Any], film: Film, name: Namer) -> str:
    run, parts = facts["run"], facts["components"]
    doing = f" ({film.listed([name(key, film) for key in run['now'][:3]])})" if run["now"] else ""
    key = "status.cutting" if parts["ready"] == parts["total"] else "status.running"
    counts = {"ready": parts["ready"], "total": parts["total"]}
    return f"{film.say(key, progress=run['progress'], doing=doing, **counts)} {_time_left(run, film)}"


def _time_left(run: Mapping[str, Any], film: Film) -> str:
    seconds = run.get("eta_seconds")
    if seconds is None:
        return film.say("status.left_unknown")
    if seconds < SOON_S:
        return film.say("status.left_seconds", n=seconds)
    return film.say("status.left_minutes", n=round(seconds / 60))


def _at_rest(facts: Mapping[str, Any], film: Film) -> str:
    parts, finished = facts["components"], facts["finished"]
    unfit, missing = len(parts["stale"]), len(parts["missing"])
    if finished and not (unfit or missing):
        return film.say("status.ready", seconds=f"{finished['duration']:.0f}")
    if finished:
        kind = "outdated" if not missing else "unmade" if not unfit else "open"
        return film.say(f"status.{kind}" if unfit + missing > 1 else f"status.{kind}_one", n=unfit + missing)
    key = "status.scripted_unfit" if unfit else "status.scripted"
    return film.say(key, ready=parts["ready"], total=parts["total"], n=unfit)
