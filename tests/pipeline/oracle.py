"""What is stale, by brute force: no graph, no plan and no fingerprints, only a list of what each piece is made from.

A take is remembered with the values it was made from and, where a person chose it, with those of that moment. One's
own material was made from nothing that could be wanted: it is only ever chosen.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from media_assets.models import Asset
from pipeline.cut.narration_fit import slot_frames
from pipeline.models import Task

Value = tuple[Any, ...]

PRICES = {"scene": 4, "audio": 2, "music": 5}


@dataclass
class Oracle:
    task: Task
    made: dict[str, Value] = field(default_factory=dict)
    """By asset id."""
    chosen: dict[tuple[str, Value], str] = field(default_factory=dict)
    """Which take a person chose last for a component, when this was wanted of it."""
    chosen_for: dict[str, list[Value]] = field(default_factory=dict)
    content: dict[str, Any] = field(default_factory=dict)
    shown: dict[str, Asset] = field(default_factory=dict)
    """The selected takes by component."""

    def look(self) -> None:
        """Look at the rows, after anything was done to them."""
        newest = self.task.scripts.order_by("-version").first()
        assert newest
        self.content = newest.content
        self.shown = {asset.component: asset for asset in self.task.assets.filter(selected=True)}

    def landed(self, asset: Asset) -> None:
        """Selected takes of before are landed once more: they keep what they were made from."""
        self.shown[asset.component] = asset
        self.made.setdefault(asset.id, ("own",) if asset.metadata["own"] else self.wanted(asset.component))
        if asset.chosen_for and asset.id not in self.chosen_for:
            self.choose(asset.component, asset.id)

    def choose(self, component: str, asset_id: str) -> None:
        """Choose a take; what it was chosen for before, it is not any more."""
        wanted = self.wanted(component)
        self.chosen = {place: chosen for place, chosen in self.chosen.items() if chosen != asset_id}
        self.chosen[component, wanted] = asset_id
        self.chosen_for[asset_id] = [wanted]

    def components(self) -> Iterator[str]:
        scenes = self.scenes()
        for scene in scenes:
            yield from (f"{kind}/{scene['id']}" for kind in ("scene", "video", "segment"))
            if scene["script"]:
                yield f"audio/{scene['id']}"
        yield from (f"transition/{scene['id']}" for scene in scenes[1:])
        yield from (self.music(), "soundtrack", "captions", "fullvideo", "poster", "storyboard")

    def wanted(self, component: str) -> Value:
        kind, _, rest = component.partition("/")
        if kind == "music":
            return (kind, self.content["music"][0]["prompt"])
        value: Value = getattr(self, f"_{kind}")(*([int(rest)] if rest else []))
        return value

    def stale(self) -> set[str]:
        return {component for component in self.components() if not self.is_fresh(component)}

    def is_fresh(self, component: str) -> bool:
        asset = self.selected(component)
        return bool(asset) and self.wanted(component) in (self.made[asset.id], *self.chosen_for.get(asset.id, []))

    def to_be_paid(self) -> set[str]:
        """List what an update of everything may make: stale, or made from something that will be new."""
        stale = self.stale()
        below = {f"video/{key.split('/')[1]}" for key in stale if key.startswith("scene/")}
        return {key for key in stale | below if price(key, 0)}

    def would_answer(self, component: str) -> set[str]:
        """Every take that is what is wanted, of whichever component of the kind."""
        kind, wanted = component.split("/")[0], self.wanted(component)
        takes = {asset.id: asset for asset in self.task.assets.all() if asset.component.split("/")[0] == kind}
        return {
            asset_id
            for asset_id, asset in takes.items()
            if self.made[asset_id] == wanted
            or (asset.component == component and wanted in self.chosen_for.get(asset_id, []))
        }

    def selected(self, component: str) -> Asset:
        return self.shown[component]

    def scenes(self) -> list[dict[str, Any]]:
        return [clip["scene"] for clip in self.content["clips"]]

    def scene(self, number: int) -> dict[str, Any]:
        return next(scene for scene in self.scenes() if scene["id"] == number)

    def music(self) -> str:
        return f"music/{'_'.join(str(scene['id']) for scene in self.scenes())}"

    def hash(self, component: str) -> str:
        return self.selected(component).content_hash

    def slot(self, number: int) -> int:
        scene = self.scene(number)
        narration = self.selected(f"audio/{number}").metadata["duration_ms"] if scene["script"] else 0
        return slot_frames(scene["duration"], narration)[0]

    def slots(self) -> Value:
        return tuple(self.slot(scene["id"]) for scene in self.scenes())

    def voices(self) -> Value:
        return tuple(scene["script"] and self.hash(f"audio/{scene['id']}") for scene in self.scenes())

    def _scene(self, number: int) -> Value:
        return ("scene", self.scene(number)["image_prompt"])

    def _audio(self, number: int) -> Value:
        return ("audio", self.scene(number)["script"])

    def _video(self, number: int) -> Value:
        scene = self.scene(number)
        return ("video", scene["video_prompt"], scene["duration"], self.hash(f"scene/{number}"))

    def _segment(self, number: int) -> Value:
        inner = (number == self.scenes()[0]["id"], number == self.scenes()[-1]["id"])
        return ("segment", inner, self.hash(f"video/{number}"), self.slot(number))

    def _transition(self, number: int) -> Value:
        ids = [scene["id"] for scene in self.scenes()]
        both = ids[ids.index(number) - 1], number
        seen = tuple((self.hash(f"video/{each}"), self.slot(each)) for each in both)
        return ("transition", self.scene(number)["transition"], *seen)

    def _soundtrack(self) -> Value:
        return ("soundtrack", self.voices(), self.slots(), self.hash(self.music()))

    def _captions(self) -> Value:
        return ("captions", tuple(scene["script"] for scene in self.scenes()), self.voices(), self.slots())

    def _fullvideo(self) -> Value:
        ids = [scene["id"] for scene in self.scenes()]
        pieces = [f"segment/{each}" for each in ids] + [f"transition/{each}" for each in ids[1:]]
        return ("fullvideo", self.slots(), *(self.hash(piece) for piece in [*pieces, "soundtrack", "captions"]))

    def _poster(self) -> Value:
        return ("poster", self.hash(f"video/{self.scenes()[0]['id']}"))

    def _storyboard(self) -> Value:
        return ("storyboard", *(self.hash(f"scene/{scene['id']}") for scene in self.scenes()))


def price(component: str, duration_s: int) -> int:
    kind = component.split("/")[0]
    return 2 * duration_s or 1 if kind == "video" else PRICES.get(kind, 0)
