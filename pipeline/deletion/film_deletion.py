"""Deleting a task: first it is only hidden and can be restored, later it is removed with its rows and files.

Rows go first, in one transaction, then files: a removal that is killed midway never leaves a row whose file is gone,
so a task is either whole or not there. What may be left are files that no row names, and housekeeping removes those.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from media_assets.files import file_models, names_in, remove_unnamed, still_there, stored_under
from media_assets.paths import task_folder
from pipeline.deletion import owned_rows
from pipeline.events import history
from pipeline.models import RUN_ENDED, Run, Task
from pipeline.services import family, films
from pixora.accounts import ledger
from pixora.accounts.models import User
from pixora.foundation.errors import Conflict


@dataclass(frozen=True)
class Proof:
    """A count of what was there before and what is left: rows by table, and files; shared ones are other tasks' too."""

    rows_before: Mapping[str, int] = field(default_factory=dict)
    rows_left: Mapping[str, int] = field(default_factory=dict)
    files_before: int = 0
    files_left: int = 0
    files_shared: int = 0

    @property
    def is_complete(self) -> bool:
        return not self.files_left and not any(self.rows_left.values())

    def __add__(self, other: Proof) -> Proof:
        return Proof(
            _sum(self.rows_before, other.rows_before),
            _sum(self.rows_left, other.rows_left),
            self.files_before + other.files_before,
            self.files_left + other.files_left,
            self.files_shared + other.files_shared,
        )


def delete_task(task: Task) -> None:
    """Hide a task and end its runs. Repeating it changes nothing.

    Its runs are ended once more when it is hidden: one may have begun in between, and none begins any more.
    """
    films.cancel(task=task)
    _hide(task)
    films.cancel(task=task)


def delete_family(task: Task) -> None:
    """Hide all versions of a film, those too that are made meanwhile. Repeating it changes nothing."""
    while there := family.members(task):
        for member in there:
            delete_task(member)
        if not task.family:
            return


def _hide(task: Task) -> None:
    with transaction.atomic():
        is_new = Task.objects.filter(id=task.id, deleted_at=None).update(deleted_at=timezone.now())
        task.refresh_from_db(fields=["deleted_at"])
        if is_new and (until := films.restorable_until(task)):
            history.task_updated(task.id, deleted=True, restorable_until=until.isoformat())


def deleted_tasks_of(user: User) -> QuerySet[Task]:
    return Task.objects.filter(user=user, deleted_at__isnull=False)


def restore_task(user: User, task_id: str) -> Task:
    """Show a deleted task again; one that is not deleted stays as it is. Raises NotFound, also once it is removed."""
    with transaction.atomic():
        task = films.only(Task.objects.select_for_update(no_key=True).filter(user=user), task_id)
        if task.deleted_at:
            task.deleted_at = None
            task.save(update_fields=["deleted_at", "updated_at"])
            history.task_updated(task.id, deleted=False)
    return task


def remove_task(task: Task) -> Proof:
    """Remove a deleted task for good: its rows, and its files but those that other tasks use too.

    The ledger keeps its lines. One that was removed already has nothing left to remove. Raises Conflict for a task
    that is not deleted.
    """
    with transaction.atomic():
        _stop_workers(task)
        locked = Task.objects.select_for_update().filter(id=task.id).first()
        if locked and not locked.deleted_at:
            raise Conflict("This film is not deleted: delete it first.", code="not_ready")
        before = owned_rows.count(task)
        names = set(_files_of(task))
        Task.objects.filter(id=task.id).delete()
    return remove_files(task, before, names)


def remove_files(owner: Task | User, before: Mapping[str, int], names: set[str]) -> Proof:
    """Remove the files, whose rows are gone, and look again."""
    shared = remove_unnamed(names)
    return Proof(
        rows_before=before,
        rows_left=owned_rows.count(owner),
        files_before=len(names),
        files_left=still_there(names - shared),
        files_shared=len(shared),
    )


def _stop_workers(task: Task) -> None:
    """A worker writes only while it holds its run's row: from here on it finds no run, and lets go of everything.

    Whatever is still held is released, also what a crash left held: later nobody could tell what it was for.
    """
    held = [hold.key.removeprefix("hold:") for hold in ledger.open_holds(task.user)]
    unsettled = Run.objects.filter(task=task).filter(~Q(status__in=RUN_ENDED) | Q(id__in=held))
    for run in unsettled.select_for_update():
        ledger.release(run_id=run.id, charged=run.charged)


def _files_of(task: Task) -> Iterator[str]:
    """List the files that its rows name, wherever they lie, and whatever else lies in its folder."""
    for rows in owned_rows.belongings(task):
        if rows.model in file_models():
            yield from names_in(rows)
    yield from stored_under(task_folder(task.prompt, task.id))


def _sum(one: Mapping[str, int], other: Mapping[str, int]) -> dict[str, int]:
    return {table: one.get(table, 0) + other.get(table, 0) for table in [*one, *(other.keys() - one.keys())]}
