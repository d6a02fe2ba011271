"""A guest's yes or no, to one scene or to the whole film, told to whoever follows it."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from pipeline.events import history
from pipeline.models import Approval, Share, Task
from pipeline.sharing.cuts import Cut
from pixora.foundation.errors import Invalid


def of_film(task: Task) -> QuerySet[Approval]:
    """Return what was said by all links to the film that were not taken back."""
    return Approval.objects.filter(share__task=task, share__revoked_at=None).order_by("scene", "given_at")


def give(share: Share, cut: Cut, *, scene: int, yes: bool, name: str) -> Approval:
    """Keep a yes or no by this link in place of an earlier one; scene 0 is the film. Raises Invalid."""
    if scene != Approval.FILM and cut.scene(scene) is None:
        raise Invalid(f"scene: this film has no scene {scene}; take one of its scenes, or film.", field="scene")
    with transaction.atomic():
        Share.objects.select_for_update(no_key=True).get(id=share.id)
        said = {"yes": yes, "name": name, "take": cut.take, "given_at": timezone.now()}
        found, _ = Approval.objects.update_or_create(share=share, scene=scene, defaults=said)
        history.publish(share.task_id, "approval", told(found))
    return found


def told(approval: Approval) -> dict[str, Any]:
    """An approval as clients are told of it."""
    return {
        "share_id": str(approval.share_id),
        "scene": "film" if approval.scene == Approval.FILM else approval.scene,
        "yes": approval.yes,
        "name": approval.name,
        "take": approval.take,
        "given_at": approval.given_at.isoformat(),
    }
