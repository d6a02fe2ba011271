"""Films as rows alone, for pages that only show them: no file is made."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from media_assets.models import Asset
from pipeline.models import Attempt, AttemptStatus, Run, RunStatus, Script, Step, StepStatus, Task, TaskStatus
from pixora.accounts.models import User
from tests.pipeline.scripts import TINY, script

KINDS = {"scene": ".png", "audio": ".wav", "video": ".mp4"}


def film(user: User, *, scenes: int = 2, prompt: str = "A film about a thing", **fields: Any) -> Task:
    """Complete, with two takes of everything in its scenes, each made by a run of its own."""
    task = Task.objects.create(
        user=user, prompt=prompt, request_key="k", status=TaskStatus.COMPLETE, settings=TINY.model_dump(), **fields
    )
    Script.objects.create(task=task, version=1, content=script(scenes).model_dump(mode="json"))
    for take in (1, 2):
        run = Run.objects.create(task=task, status=RunStatus.SUCCEEDED, ended_at=timezone.now())
        for number in range(1, scenes + 1):
            for kind, suffix in KINDS.items():
                asset = _take(task, f"{kind}/{number}", kind, number, take, suffix)
                made(run, asset.component, asset=asset)
    return task


def _take(task: Task, component: str, kind: str, number: int, take: int, suffix: str) -> Asset:
    return Asset.objects.create(
        task=task,
        component=component,
        asset_type=kind,
        scene_index=number,
        take=take,
        selected=take == 2,
        selected_at=timezone.now() if take == 2 else None,
        content_hash=f"{component}:{take}",
        storage_path=f"film/{component.replace('/', '')}_t{take}{suffix}",
        metadata={"duration_ms": 1_000},
    )


def made(run: Run, component: str, *, asset: Asset | None = None, charged: int = 4, **attempt: Any) -> Step:
    """A step that succeeded in one attempt."""
    step = Step.objects.create(
        run=run,
        component=component,
        kind=component.split("/")[0],
        status=StepStatus.SUCCEEDED,
        credits=charged,
        charged=charged,
        asset=asset,
        ended_at=timezone.now(),
    )
    add_attempt(step, **attempt)
    return step


def add_attempt(step: Step, **fields: Any) -> Attempt:
    now = timezone.now()
    defaults = {
        "number": 1,
        "status": AttemptStatus.SUCCEEDED,
        "lease": 1,
        "provider": "openai",
        "model": "image-1",
        "cost_micros": 40_000,
        "started_at": now,
        "ended_at": now + timedelta(seconds=2),
    }
    return Attempt.objects.create(step=step, **{**defaults, **fields})
