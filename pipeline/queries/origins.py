"""The origins of takes: the script's words at the time, a person's instruction, and who made them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Q

from media_assets.models import Asset
from pipeline.film.script import parse_script
from pipeline.models import Attempt, AttemptStatus, Run, Script, Task
from pipeline.planning.film_plan import settings_of
from pipeline.planning.graph import build_graph


@dataclass(frozen=True)
class Origin:
    version: int | None
    """Of the script."""
    prompt: str
    """What that version asked for; empty for what is computed."""
    instructions: str
    provider: str
    """Empty where the take was uploaded."""
    model: str
    """What its provider calls it; empty where the take was uploaded."""
    own: bool
    file: str
    """What the user called the file that was uploaded; empty for what was made, and where nobody knows."""
    stands_in_for: str = ""
    """The model that was chosen, where another made it."""
    story: str = ""
    """The sentence that says so, and why; empty where the chosen one made it."""


Asked = Mapping[tuple[str, int], Mapping[str, str]]
"""What was asked for, by the film, the version of its script, and the component."""


def origins_of(task: Task, takes: Iterable[Asset]) -> dict[str, Origin]:
    """Return by asset the origins of one component's takes. An adopted take has that of the one it is a copy of."""
    found = list(takes)
    sources = {asset.id: asset.metadata.get("adopted_from", asset.id) for asset in found}
    set_aside = {asset.metadata["attempt"]: sources[asset.id] for asset in found if asset.metadata.get("attempt")}
    attempts = _attempts(sources.values(), set_aside)
    asked = _asked(task, [attempt.step.run for attempt in attempts.values()])
    return {
        asset.id: _origin(attempts[source], asked, asset.own_file)
        for asset in found
        if (source := sources[asset.id]) in attempts
    }


def _origin(attempt: Attempt, asked: Asked, own_file: str | None) -> Origin:
    step, own = attempt.step, own_file is not None
    version = step.run.script_version
    prompt = asked.get((step.run.task_id, version or 0), {}).get(step.component, "")
    provider, model = ("", "") if own else (attempt.provider, attempt.model)
    told = ("", "") if own else (attempt.stands_in_for, attempt.story)
    return Origin(version, "" if own else prompt, attempt.instructions, provider, model, own, own_file or "", *told)


def _attempts(asset_ids: Iterable[str], set_aside: Mapping[str, str]) -> dict[str, Attempt]:
    """The one that made each asset. What was set aside for a fault names its own; `set_aside` has the asset's id by
    it."""
    is_of_step = Q(step__asset__in=list(asset_ids), status=AttemptStatus.SUCCEEDED)
    made = Attempt.objects.filter(is_of_step | Q(id__in=list(set_aside))).select_related("step__run").order_by("number")
    return {set_aside.get(attempt.id) or attempt.step.asset_id or "": attempt for attempt in made}


def _asked(task: Task, runs: Iterable[Run]) -> Asked:
    """Return the words that these runs asked with; a take may have been made for another version of the film."""
    settings = settings_of(task)
    named = Q(pk__in=[])
    for task_id, version in {(run.task_id, run.script_version) for run in runs if run.script_version}:
        named |= Q(task_id=task_id, version=version)
    graphs = {
        (found.task_id, found.version): build_graph(parse_script(found.content), settings)
        for found in Script.objects.filter(named)
    }
    return {
        place: {one.key: str(one.asks.get("prompt") or one.asks.get("text") or "") for one in graph.components}
        for place, graph in graphs.items()
    }
