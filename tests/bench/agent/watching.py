"""What of a film a sentence may change: its settings, its script, its runs and its prices."""

from __future__ import annotations

from typing import Any

from pipeline.models import Quote, Run, Task

State = dict[str, Any]
NOT_OF_WORTH = ("seed", "reference", "reference_character", "character_consistency")


def state_of(task: Task | None) -> State:
    if task is None:
        return {"settings": {}, "title": "", "script": None, "versions": 0, "runs": {}, "offers": {}}
    newest = task.scripts.order_by("-version").first()
    return {
        "settings": {name: value for name, value in task.settings.items() if name not in NOT_OF_WORTH},
        "title": task.title,
        "script": newest.content if newest else None,
        "versions": newest.version if newest else 0,
        "runs": {run.id: [_kind(run), run.status] for run in Run.objects.filter(task=task)},
        "offers": {one.id: "piece" if one.forced else "film" for one in Quote.objects.filter(task=task) if one.items},
    }


def _kind(run: Run) -> str:
    """`script`, `cut` (it costs nothing), `piece` (made anew) or `film`."""
    if "script" in run.forced:
        return "script"
    if run.approved == [] and not run.forced:
        return "cut"
    return "piece" if run.forced else "film"
