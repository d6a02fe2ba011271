"""The looks of the scenes in a version of the script, as far as pictures of it have been made."""

from __future__ import annotations

from dataclasses import dataclass

from media_assets.models import Asset
from pipeline.film.script import parse_script
from pipeline.models import Task
from pipeline.planning.film_plan import plan_with, takes_of
from pipeline.planning.kinds import Kind
from pipeline.planning.plan import Action
from pipeline.services import scripts

FITTING = (Action.KEEP, Action.SELECT, Action.ADOPT)


@dataclass(frozen=True)
class ScenePicture:
    place: int
    """Of the scene in that version, from 1."""
    asset: Asset


def pictures_of(task: Task, version: int) -> list[ScenePicture]:
    """Return, in the order of the scenes, the takes that going back to this version would select. Raises NotFound."""
    script = parse_script(scripts.version_of(task, version).content)
    plan = plan_with(script, task, takes_of(task), approved=())
    found = {one.component.key: one.take.asset_id for one in plan.having(*FITTING) if one.take}
    wanted = {clip.scene.index: found.get(f"{Kind.STILL}/{clip.scene.id}") for clip in script.clips}
    assets = Asset.objects.in_bulk([asset_id for asset_id in wanted.values() if asset_id])
    return [ScenePicture(place, assets[asset_id]) for place, asset_id in wanted.items() if asset_id in assets]
