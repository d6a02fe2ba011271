"""Films put into the database and the storage by hand, where what matters is that they are there."""

from __future__ import annotations

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from media_assets.models import Asset, Video
from media_assets.paths import script_name, take_name, task_folder
from pipeline.events import history
from pipeline.models import Attempt, Quote, Run, RunStatus, Script, Step, StepStatus, Task
from pipeline.planning.kinds import place_of
from pixora.accounts import ledger
from pixora.accounts.models import CreditReason, User
from tests.pipeline.scripts import TINY, script


def put(name: str) -> str:
    default_storage.save(name, ContentFile(b"a file"))
    return name


def film_of(user: User) -> Task:
    """Paid for and finished: a row in every table, six files, 14 of 100 credits spent."""
    ledger.give(user=user, amount=100, reason=CreditReason.GRANT, key=f"grant:{user.id}:{Task.objects.count()}")
    task = Task.objects.create(user=user, prompt="A film", request_key="k", settings=TINY.model_dump())
    content = script(1).model_dump(mode="json")
    Script.objects.create(task=task, version=1, content=content)
    run = Run.objects.create(task=task, status=RunStatus.SUCCEEDED)
    Quote.objects.create(task=task, version=1, credits=14, run=run, expires_at=timezone.now())
    ledger.hold(user=user, run_id=run.id, task_id=task.id, amount=14)
    for component, suffix, credits in (("scene/1", ".png", 4), ("video/1", ".mp4", 10), ("captions", ".vtt", 0)):
        _take(run, component, suffix, credits)
    film = _take(run, "fullvideo", ".mp4", 0)
    Video.objects.create(
        task=task, asset=film, storage_path=film.storage_path, duration=5, script_version=1, timeline={}
    )
    ledger.release(run_id=run.id, charged=14)
    put(script_name(task_folder(task.prompt, task.id)))
    history.publish(task.id, "video_complete", {})
    return task


def _take(run: Run, component: str, suffix: str, credits: int) -> Asset:
    task, kind = run.task, component.split("/")[0]
    folder = task_folder(task.prompt, task.id)
    beside = {".srt": put(take_name(folder, place_of(component), 1, ".srt"))} if kind == "captions" else {}
    asset = Asset.objects.create(
        task=task,
        asset_type=kind if kind in ("scene", "video") else "render",
        component=component,
        take=1,
        selected=True,
        selected_at=timezone.now(),
        content_hash="h",
        storage_path=put(take_name(folder, place_of(component), 1, suffix)),
        metadata={"files": beside} if beside else {},
    )
    step = Step.objects.create(
        run=run, component=component, kind=kind, credits=credits, charged=credits, asset=asset,
        status=StepStatus.SUCCEEDED,
    )  # fmt: skip
    Attempt.objects.create(step=step, number=1, lease=1, provider="double", status="succeeded")
    return asset
