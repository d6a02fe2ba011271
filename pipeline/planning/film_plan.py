"""A task's standing by its rows: the plan of its newest script, with the takes that it has."""

from __future__ import annotations

from collections.abc import Collection

from media_assets.models import AssetType
from pipeline.cut.narration_fit import FPS
from pipeline.film.script import Script, parse_script
from pipeline.film.settings import TaskSettings
from pipeline.models import Task
from pipeline.planning.graph import build_graph
from pipeline.planning.lent_takes import TAKE_COLUMNS, lent_to, take_of
from pipeline.planning.plan import Plan, Takes, make_plan


def settings_of(task: Task) -> TaskSettings:
    return TaskSettings.model_validate(task.settings)


def plan_of(task: Task, *, approved: Collection[str] | None = None, forced: Collection[str] = ()) -> Plan:
    """Plan the task's components: what is fresh, stale, missing. A task without a script has an empty plan."""
    script = task.scripts.order_by("-version").first()
    if script is None:
        return Plan({})
    return plan_with(parse_script(script.content), task, takes_of(task), approved=approved, forced=forced)


def plan_with(
    script: Script,
    task: Task,
    takes: Takes,
    *,
    approved: Collection[str] | None = None,
    forced: Collection[str] = (),
    like: Plan | None = None,
) -> Plan:
    """The plan of a task whose script would be this one, with its title and settings as they are in `task`.

    `like` is one for the same takes and choices, made before an edit: only what differs from it is decided again.
    """
    graph = build_graph(script, settings_of(task), title=task.title)
    return make_plan(graph, takes, fps=FPS, approved=approved, forced=forced, like=like)


def takes_of(task: Task) -> Takes:
    """All of a task's takes, and those of its other versions that it may adopt, as plans read them."""
    own = task.assets.exclude(asset_type=AssetType.REFERENCE).only(*TAKE_COLUMNS)
    return Takes.of(map(take_of, own), lent_to(task))
