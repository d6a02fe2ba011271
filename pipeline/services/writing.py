"""The writing of a script while it is under way: what may be done meanwhile, and what has to wait for it."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, QuerySet

from pipeline.models import RUN_ENDED, Run, Step, StepStatus, Task
from pipeline.planning.kinds import Kind
from pixora.foundation.errors import Conflict

_WRITTEN = Step.objects.filter(
    run=OuterRef("pk"), component=Kind.SCRIPT.value, status__in=[StepStatus.SUCCEEDED, StepStatus.FAILED]
)


def under_way(task: Task) -> QuerySet[Run]:
    """Runs that write the script of this film, or are going to; not those that have written it and go on."""
    runs = task.runs.exclude(status__in=RUN_ENDED).filter(forced__has_key=Kind.SCRIPT.value)
    return runs.exclude(Exists(_WRITTEN))


def check_is_over(task: Task) -> None:
    """Raises Conflict while the script is being written: the finished text would replace what is changed meanwhile."""
    if under_way(task).exists():
        raise Conflict(
            "The script is being written at the moment: wait until it is there, look at it, and try again.",
            code="run_active",
        )


def only_writes(run: Run) -> bool:
    """True where a run makes nothing that a generator of pictures or sounds makes."""
    return run.approved == [] and list(run.forced) == [Kind.SCRIPT.value]
