"""Everything that the page of one film shows, read with a number of queries that does not grow with the film."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.db.models import QuerySet, Sum
from django.utils import timezone

from media_assets.models import Asset, AssetType
from pipeline.admin.names import names_of
from pipeline.admin.pieces import Piece, Pieces, Player
from pipeline.admin.run_timeline import picture
from pipeline.admin.settings_shown import Shown, shown_settings, version_words
from pipeline.film.script import parse_script
from pipeline.models import RUN_ENDED, Attempt, AttemptStatus, Event, Run, Step, Task
from pipeline.planning.film_plan import plan_of, settings_of
from pipeline.planning.kinds import Kind
from pipeline.planning.plan import Plan
from pixora.accounts import staff_log
from pixora.accounts.staff import refundable, refunded
from pixora.accounts.user_page import named_lines
from pixora.foundation.errors import PixoraError

MISSED = (AttemptStatus.FAILED, AttemptStatus.FAULTY)
RUNS, MESSAGES, EVENTS, LEDGER, ACTS, DOUBTFUL = 20, 200, 100, 50, 50, 50
"""The newest so many are shown."""
THE_FILM = (Kind.FILM, Kind.ANIMATIC, Kind.POSTER, Kind.STORYBOARD, Kind.SOUNDTRACK, Kind.CAPTIONS)
IN_SCENES = (Kind.STILL, Kind.VOICE, Kind.LINE, Kind.CLIP)
WRONG = ("not made yet", "out of date", "failed")
"""States of pieces that a finished film has none of."""


def task_page(task: Task, *, run_id: str = "") -> dict[str, Any]:
    runs = list(task.runs.order_by("-created_at")[:RUNS])
    shown = next((run for run in runs if run.id == run_id), runs[0] if runs else None)
    steps = list(shown.steps.all()) if shown else []
    attempts = list(_attempts(shown)) if shown else []
    newest = runs[0] if runs else None
    at_work = steps if shown == newest else list(newest.steps.all()) if newest else []
    pieces, broken = read_pieces(task, at_work)
    return {
        "task": task,
        "runs": runs,
        "run": shown,
        "asked_run": bool(run_id),
        "picture": picture(shown, steps, attempts, timezone.now()) if shown else None,
        "attempts": attempts,
        "doubtful": list(_doubtful(task)),
        "failures": [attempt for attempt in attempts if attempt.status in MISSED],
        "cost_micros": sum(attempt.cost_micros for attempt in attempts),
        "charged": sum(step.charged for step in steps),
        "active": any(run.status not in RUN_ENDED for run in runs),
        "can_retry": newest is not None and newest.status == "failed",
        "broken": broken,
        "standing": task.standing(plays=any(each.component == Kind.FILM and each.selected for each in pieces.assets)),
        **_film(pieces),
        **_history(task),
    }


def read_pieces(task: Task, steps: Sequence[Step]) -> tuple[Pieces, str]:
    """The film's components, and what is wrong with its script where it cannot be read."""
    script = task.scripts.order_by("-version").first()
    assets = list(task.assets.exclude(asset_type=AssetType.REFERENCE).order_by("take"))
    try:
        plan, parsed = plan_of(task, approved=()), parse_script(script.content) if script else None
    except PixoraError as error:
        plan, parsed, problem = Plan({}), None, error.message
    else:
        problem = ""
    names = names_of([task.id])[task.id]
    return Pieces(task, plan, assets, {step.component: step for step in steps}, names, parsed), problem


def _film(pieces: Pieces) -> Mapping[str, Any]:
    named = {Kind.CHARACTER, Kind.MUSIC, *THE_FILM, *IN_SCENES}
    return {
        "pieces": pieces,
        "names": pieces.names,
        "settings": _settings(pieces),
        "version": version_words(pieces.task.origin_kind, pieces.task.settings),
        "scenes": list(pieces.scenes()),
        "characters": pieces.of_kind(Kind.CHARACTER),
        "music": pieces.of_kind(Kind.MUSIC),
        "film": pieces.all.get(Kind.FILM.value),
        "animatic": pieces.all.get(Kind.ANIMATIC.value),
        "others": pieces.of_kind(*(set(Kind) - named), *THE_FILM),
        "cover": pieces.all.get(Kind.POSTER.value),
        "waiting": sum(piece.state in WRONG for piece in pieces.all.values()),
    }


def _settings(pieces: Pieces) -> list[Shown]:
    film = pieces.all.get(Kind.FILM.value)
    take = film.selected if film else None
    return shown_settings(settings_of(pieces.task), pieces.script, take.metadata if take else {})


def _history(task: Task) -> Mapping[str, Any]:
    scripts = list(task.scripts.order_by("-version").only("id", "version", "content", "created_at")[:1])
    return {
        "conversation": list(task.messages.order_by("-created_at")[:MESSAGES])[::-1],
        "events": list(Event.objects.filter(task=task).order_by("-seq")[:EVENTS]),
        "ledger": named_lines(task.credits.select_related("actor", "task").order_by("-created_at")[:LEDGER]),
        "acts": staff_log.named(staff_log.acts_on(task)[:ACTS]),
        "refundable": refundable(task),
        "given_back": refunded(task),
        "script": scripts[0] if scripts else None,
    }


def _attempts(run: Run) -> QuerySet[Attempt]:
    return Attempt.objects.filter(step__run=run).select_related("step").order_by("started_at", "number")


def _doubtful(task: Task) -> QuerySet[Attempt]:
    """List, of all its runs, what may have been paid for without being used."""
    tries = Attempt.objects.filter(step__run__task=task, status=AttemptStatus.UNKNOWN)
    return tries.select_related("step").order_by("-started_at")[:DOUBTFUL]


def _shown(piece: Piece) -> Iterator[tuple[Asset, Player | None]]:
    """Newest first."""
    for take in reversed(piece.takes):
        yield take, Player.of(take) if piece.has_files else None


def component_page(task: Task, component: str) -> dict[str, Any]:
    """Show all takes of one component and every try to make it. `piece` is None where the film never had it."""
    newest = task.runs.order_by("-created_at").first()
    pieces, broken = read_pieces(task, list(newest.steps.filter(component=component)) if newest else [])
    piece = pieces.all.get(component)
    steps = Step.objects.filter(run__task=task, component=component)
    attempts = Attempt.objects.filter(step__in=steps).select_related("step").order_by("-started_at")[:200]
    return {
        "task": task,
        "component": component,
        "names": pieces.names,
        "piece": piece,
        "takes": list(_shown(piece)) if piece else [],
        "broken": broken,
        "attempts": list(attempts),
        "charged": steps.aggregate(total=Sum("charged"))["total"] or 0,
        "refundable": refundable(task, component),
        "given_back": refunded(task, component),
    }
