"""The takes that a film will have when the runs that were ordered have ended: a price told meanwhile counts on them."""

from __future__ import annotations

from pipeline.cut.narration_fit import FPS
from pipeline.film.script import parse_script
from pipeline.models import RUN_ENDED, Run, StepStatus, Task
from pipeline.planning.film_plan import settings_of, takes_of
from pipeline.planning.graph import build_graph
from pipeline.planning.plan import Takes
from pipeline.planning.takes_being_made import with_coming
from pipeline.services import script_versions


def takes_to_come(task: Task) -> Takes:
    """A film's takes, and those that its runs at work or waiting will have made; one that is being stopped makes none.

    Each run makes what its own version of the script asks for; one that waits begins with the newest.
    """
    takes = takes_of(task)
    for run in task.runs.exclude(status__in=RUN_ENDED).filter(cancel_requested_at=None).order_by("created_at"):
        if run.approved != [] or run.forced:
            takes = _after(run, takes)
    return takes


def _after(run: Run, takes: Takes) -> Takes:
    version = run.script_version or script_versions.newest_version(run.task)
    script = run.task.scripts.filter(version=version or 0).first()
    if script is None:
        return takes
    graph = build_graph(parse_script(script.content), settings_of(_as_begun(run)))
    done = run.steps.filter(status=StepStatus.SUCCEEDED).values_list("component", flat=True)
    failed = run.steps.filter(status=StepStatus.FAILED).values_list("component", flat=True)
    forced = set(run.forced) - set(done)
    return with_coming(graph, takes, fps=FPS, approved=run.approved, forced=forced, given_up=set(failed))


def _as_begun(run: Run) -> Task:
    """A run keeps the settings that it began with; as followers were told of them."""
    told = run.task.events.filter(type="task_updated", created_at__lte=run.started_at) if run.started_at else None
    last = told.order_by("-seq").first() if told is not None else None
    return Task(id=run.task_id, settings=last.payload["settings"]) if last else Task.objects.get(id=run.task_id)
