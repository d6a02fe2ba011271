"""Reads an order {kind, name, prompt, style, size, seed, instructions, references, out}, draws the picture.

Each of the `references` has a `name`, a `path` and a `kind`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from pipeline.providers.local.drawing import cast, look_in_png, picture, portrait
from pipeline.providers.local.drawing.brief import without_brightness
from pipeline.providers.local.drawing.cast import Player
from pixora.foundation.child_answer import Question, Report, serve


def make(order: Question, _report: Report) -> dict[str, Any]:
    cv2.setNumThreads(1)
    return draw(order)


def draw(job: Mapping[str, Any]) -> dict[str, Any]:
    out, size = Path(job["out"]), (job["size"][0], job["size"][1])
    references: Sequence[Mapping[str, str]] = job["references"]
    if job["kind"] == "character":
        player = cast.invent(job["name"], f"{job['prompt']} {job['instructions']}", references)
        pixels = portrait.draw_profile(player.look, job["style"], size, dice(job), player.face)
        look_in_png.write(out, pixels, player.look)
        return {"species": player.look.species, "from_photo": player.face is not None}
    players = [cast.recall(reference) for reference in references]
    return _scene(job, size, players, out)


def _scene(job: Mapping[str, Any], size: tuple[int, int], players: Sequence[Player], out: Path) -> dict[str, Any]:
    species = [player.look.species for player in players]
    stage = picture.draw_scene(job["prompt"], job["instructions"], job["style"], size, dice(job), species)
    cast.enter(stage, players)
    look_in_png.write(out, picture.finished(stage))
    told = {name: getattr(stage.brief, name) for name in ("place", "things", "hour")}
    return {**told, "characters": [player.name for player in players]}


def dice(job: Mapping[str, Any]) -> np.random.Generator:
    """Seeded by everything that is asked but the light, so the same request gives the same bytes."""
    words = {name: without_brightness(job[name]) for name in ("prompt", "instructions")}
    asked = json.dumps([{**job, **words}[key] for key in ("kind", "name", "prompt", "style", "seed", "instructions")])
    return np.random.default_rng(int.from_bytes(hashlib.sha256(asked.encode()).digest()[:8], "big"))


if __name__ == "__main__":
    serve(make)
