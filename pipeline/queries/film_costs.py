"""The cost of a film to its owner, read from the ledger: spent, set aside and given back; by run, by kind of piece."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import connection

from pipeline.film.script import parse_script
from pipeline.models import Run, Step, Task
from pipeline.planning.kinds import Kind
from pipeline.planning.piece_names import PieceNames
from pipeline.queries import user_costs
from pipeline.services.script_versions import newest
from pixora.accounts.ledger_sql import select

MOST_NAMED = 3


def of_film(task: Task) -> Mapping[str, Any]:
    """`spent` are the credits of runs that have ended, `held` those set aside for runs that have not, `given_back`
    refunds of members of staff. `runs` are oldest first; `what` each made is said in words."""
    [whole] = user_costs.of_films([task])
    kept = _spent_by_run(task)
    runs = Run.objects.in_bulk([*kept])
    return {
        "spent": whole.spent,
        "held": whole.held,
        "given_back": whole.refunded,
        "by_kind": _by_kind(kept),
        "runs": [_run(task, runs[run_id], amount) for run_id, amount in kept.items() if amount and run_id in runs],
    }


_BY_RUN = select(
    "of_run, -sum(amount)", of="task_id = %s", then="WHERE meaning = 'spent' GROUP BY of_run ORDER BY min(created_at)"
)


def _spent_by_run(task: Task) -> dict[str, int]:
    """List the runs that have ended, oldest first."""
    with connection.cursor() as cursor:
        cursor.execute(_BY_RUN, [task.id])
        return {run_id: int(credits) for run_id, credits in cursor.fetchall()}


def of_pieces(task: Task, components: Iterable[str]) -> int:
    """The credits that all takes of these pieces have cost."""
    charged = Step.objects.filter(run__task=task, component__in=list(components), charged__gt=0)
    return sum(charged.values_list("charged", flat=True))


def _by_kind(run_ids: Iterable[str]) -> dict[str, int]:
    charged = Step.objects.filter(run__in=list(run_ids), charged__gt=0).values_list("kind", "charged")
    counted: Counter[str] = Counter()
    for kind, credits in charged:
        counted[Kind(kind).about.label] += credits
    return dict(counted)


def _run(task: Task, run: Run, credits: int) -> dict[str, Any]:
    """`pieces` are the keys of what it made, where they are few; `is_whole` says that it made the film."""
    made = list(run.steps.filter(charged__gt=0).order_by("id").values_list("component", flat=True))
    few = made if len(made) <= MOST_NAMED else []
    is_whole = not few and not run.forced
    names = _names(task)
    what = ", ".join(map(names.the, few)) or ("the film" if is_whole else f"{len(made)} pieces")
    at = run.created_at.isoformat()
    told = {"pieces": few, "is_whole": is_whole, "count": len(made), "what": what}
    return {"credits": credits, **told, "reason": run.reason, "at": at}


def _names(task: Task) -> PieceNames:
    script = newest(task)
    return PieceNames.of(parse_script(script.content) if script else None)
