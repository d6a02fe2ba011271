"""What a film has cost its owner, read from the ledger: spent, set aside and given back; by run, by kind of piece."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from pipeline.graph import Kind
from pipeline.models import Run, Step, Task
from pipeline.piece_names import NOUNS, PieceNames
from pipeline.script import parse_script
from pipeline.versions import newest
from pixora.accounts.models import Credit, CreditReason

MOST_NAMED = 3


def of_film(task: Task) -> Mapping[str, Any]:
    """`spent` are the credits of runs that have ended, `held` those set aside for runs that have not, `given_back`
    refunds of members of staff. `runs` are oldest first; `what` each made is said in words."""
    lines = list(Credit.objects.filter(task_id=task.id).order_by("created_at"))
    kept = _kept_by_run(lines)
    open_holds = {run_id: -kept.pop(run_id) for run_id in _open(lines)}
    runs = Run.objects.in_bulk([*kept])
    return {
        "spent": -sum(kept.values()),
        "held": sum(open_holds.values()),
        "given_back": sum(line.amount for line in lines if line.reason == CreditReason.REFUND),
        "by_kind": _by_kind(kept),
        "runs": [_run(task, runs[run_id], -amount) for run_id, amount in kept.items() if amount and run_id in runs],
    }


def _kept_by_run(lines: Iterable[Credit]) -> dict[str, int]:
    """What a hold and its release come to, by run; negative."""
    kept: dict[str, int] = {}
    for line in lines:
        if line.reason in (CreditReason.HOLD, CreditReason.RELEASE):
            run_id = line.key.partition(":")[2]
            kept[run_id] = kept.get(run_id, 0) + line.amount
    return kept


def _open(lines: Iterable[Credit]) -> list[str]:
    found = list(lines)
    released = {line.key.partition(":")[2] for line in found if line.reason == CreditReason.RELEASE}
    holds = [line.key.partition(":")[2] for line in found if line.reason == CreditReason.HOLD]
    return [run_id for run_id in holds if run_id not in released]


def _by_kind(run_ids: Iterable[str]) -> dict[str, int]:
    charged = Step.objects.filter(run__in=list(run_ids), charged__gt=0).values_list("kind", "charged")
    counted: Counter[str] = Counter()
    for kind, credits in charged:
        counted[NOUNS[Kind(kind)]] += credits
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
