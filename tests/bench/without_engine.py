"""The longest way through a film's assets, walked by the bare adapters: nothing is planned, judged, stored or charged.

Run inside an installation whose film has its script; the seconds that it takes are printed.
"""

from __future__ import annotations

import asyncio
import tempfile
import time
from pathlib import Path

from pipeline.cut.narration_fit import FPS
from pipeline.film.script import Scene, Script
from pipeline.film.settings import frame_size
from pipeline.models import Task
from pipeline.providers.base import Call, ImageRequest, MotionRequest
from pipeline.providers.fal.motion import FalMotion
from pipeline.providers.openai.describe_still import OpenAISight
from pipeline.providers.openai.image import OpenAIImage
from pipeline.services.scripts import current_script
from pipeline.steps.scene import still_size

DEADLINE_S = 60.0


def main(task_id: str) -> None:
    task = Task.objects.get(id=task_id)
    script = Script.model_validate(current_script(task).content)
    size = frame_size(script.aspect_ratio, task.settings["resolution"])
    with tempfile.TemporaryDirectory() as folder:
        began = time.monotonic()
        asyncio.run(_all(script, size, Path(folder)))
        print(time.monotonic() - began)


async def _all(script: Script, size: tuple[int, int], folder: Path) -> None:
    await asyncio.gather(*(_one(scene, script, size, folder) for scene in script.scenes))


async def _one(scene: Scene, script: Script, size: tuple[int, int], folder: Path) -> None:
    """A still, a look at it, and the clip that is made from it."""
    still = ImageRequest("scene", scene.title, scene.image_prompt, script.style, still_size(size), seed=1)
    drawn = await OpenAIImage().make(still, Call(folder, folder / f"{scene.id}.png"))
    seen = await OpenAISight().describe(drawn.path, deadline_s=DEADLINE_S)
    clip = MotionRequest(drawn.path, scene.video_prompt, scene.duration, size, FPS, seed=1, seen=seen.text)
    await FalMotion().make(clip, Call(folder, folder / f"{scene.id}.mp4"))
