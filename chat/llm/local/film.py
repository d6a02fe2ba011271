"""PURE: the film as the facts tell it. Users speak of scenes by place, component keys name them by id."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Film:
    facts: Mapping[str, Any]

    @property
    def script(self) -> Mapping[str, Any] | None:
        found: Mapping[str, Any] | None = self.facts.get("script")
        return found

    @property
    def scenes(self) -> list[Mapping[str, Any]]:
        return [clip["scene"] for clip in self.script["clips"]] if self.script else []

    @property
    def places(self) -> list[int]:
        return [scene["index"] for scene in self.scenes]

    @property
    def settings(self) -> Mapping[str, Any]:
        found: Mapping[str, Any] = self.facts["film"]["settings"]
        return found

    @property
    def characters(self) -> list[Mapping[str, Any]]:
        return list(self.script["character_profiles"]) if self.script else []

    @property
    def offer(self) -> Mapping[str, Any] | None:
        found: Mapping[str, Any] | None = self.facts.get("offer")
        return found

    @property
    def is_being_made(self) -> bool:
        run = self.facts.get("run")
        return bool(run and run["makes_something"])

    @property
    def failed(self) -> list[Mapping[str, Any]]:
        return list((self.facts.get("last_run") or {}).get("failed", []))

    def scene(self, place: int) -> Mapping[str, Any]:
        return self.scenes[place - 1]

    def key(self, kind: str, place: int) -> str:
        return f"{kind}/{self.scene(place)['id']}"

    def music_keys(self, places: Iterable[int]) -> list[str]:
        """Of the groups that play in these scenes."""
        wanted = set(places)
        groups = [group["scene_indexes"] for group in (self.script or {})["music"]]
        ids = [[str(self.scene(place)["id"]) for place in group] for group in groups if wanted & set(group)]
        return [f"music/{'_'.join(group)}" for group in ids]

    def place_of(self, scene_id: str) -> str:
        return next((str(scene["index"]) for scene in self.scenes if str(scene["id"]) == scene_id), scene_id)
