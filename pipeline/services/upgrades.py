"""Upgrades of scenes: their pictures and clips by better or other models, and nothing else of the film."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from media_assets.models import Asset
from pipeline.film.settings import Choice
from pipeline.models import Attempt, AttemptStatus, Quote, Task
from pipeline.planning.film_plan import plan_of, settings_of
from pipeline.planning.kinds import Kind
from pipeline.planning.plan import Plan
from pipeline.providers.registry import model_of
from pipeline.services import model_choice, quotes, script_versions
from pixora.foundation.errors import Conflict, NotFound

Models = Mapping[str, str]


def quote(*, task: Task, scenes: Collection[int], tier: str = "", models: Models | None = None) -> Quote:
    """Quote the pictures and clips of these scenes, by their places, in a tier or by models. Raises as `pieces` does.

    What such a model has made already and still fits is left out, and so is the user's own material.
    """
    keys, forced = pieces(task, scenes, tier, models or {})
    return quotes.quote(task=task, approved=keys, forced=forced, tier=tier, models=models)


def price(*, task: Task, scenes: Collection[int], tier: str = "", models: Models | None = None) -> dict[str, Any]:
    """Return what `quote` would ask, without making an offer of it."""
    keys, forced = pieces(task, scenes, tier, models or {})
    return quotes.price_of_pieces(task, keys, forced, tier, models)


def pieces(task: Task, scenes: Collection[int], tier: str, models: Models) -> tuple[list[str], dict[str, str]]:
    """Return the pieces to be made, and those of them that are there and are made anew all the same.

    Raises Conflict where there is no script yet, NotFound for a scene there is not, Invalid for a model.
    """
    model_choice.check(models)
    ids = ids_of(task, scenes)
    standing = _Standing(
        plan_of(task, approved=()), _selected(task), model_choice.merged(settings_of(task), tier, models)
    )
    keys = [key for scene_id in ids for key in standing.to_be_made(scene_id)]
    return keys, {key: "" for key in keys if key in standing.takes}


@dataclass(frozen=True)
class _Standing:
    plan: Plan
    takes: Mapping[str, Asset]
    choice: Choice

    def to_be_made(self, scene_id: int) -> Iterator[str]:
        """Yield the scene's still and its clip; a still that is made anew takes the clip with it."""
        still, clip = f"{Kind.STILL.value}/{scene_id}", f"{Kind.CLIP.value}/{scene_id}"
        is_still_made = not self._is_own(still) and self._is_otherwise(still)
        if is_still_made:
            yield still
        if not self._is_own(clip) and (is_still_made or self._is_otherwise(clip)):
            yield clip

    def _is_own(self, key: str) -> bool:
        return key in self.takes and self.takes[key].own_file is not None

    def _is_otherwise(self, key: str) -> bool:
        """True unless the take that is selected fits, and was made by the model that is wanted."""
        wanted = model_of(self.plan.decisions[key].component, choice=self.choice)
        return key in self.plan.due or wanted is None or self._made_by.get(key) != wanted.name

    @cached_property
    def _made_by(self) -> Mapping[str, str]:
        """The models of the takes that are selected; an adopted take has that of the one it is a copy of."""
        sources = {take.metadata.get("adopted_from", take.id): key for key, take in self.takes.items()}
        made = Attempt.objects.filter(step__asset__in=list(sources), status=AttemptStatus.SUCCEEDED)
        return {sources[asset]: model for asset, model in made.values_list("step__asset_id", "model")}


def _selected(task: Task) -> dict[str, Asset]:
    found = task.assets.filter(selected=True, asset_type__in=(Kind.STILL.value, Kind.CLIP.value))
    return {take.component: take for take in found}


def ids_of(task: Task, places: Collection[int]) -> Sequence[int]:
    """Return the ids of scenes by their places. Raises Conflict without a script, NotFound for no scene's place."""
    script = script_versions.newest(task)
    if script is None:
        raise Conflict("There is no script yet: wait until it is written.", code="not_ready")
    ids = {clip["scene"]["index"]: int(clip["scene"]["id"]) for clip in script.content["clips"]}
    if unknown := sorted(set(places) - ids.keys()):
        raise NotFound(f"There is no scene {unknown[0]}: the film has {len(ids)}.")
    return [ids[place] for place in sorted(set(places))]
