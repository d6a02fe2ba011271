"""The public verbs. Every door (command, chat, REST, admin) calls these and nothing below them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.db.models.functions import Now
from django.utils import timezone

from media_assets.models import Asset, AssetType
from media_assets.paths import take_name, task_folder
from media_assets.reference_pictures import Picture
from media_assets.storage import put_file
from pipeline.events import history
from pipeline.film.settings import TaskSettings, changed_settings, check_prompt
from pipeline.models import RUN_ENDED, Quote, Run, RunStatus, Task, TaskStatus
from pipeline.planning.film_plan import plan_of, settings_of
from pipeline.planning.kinds import Kind
from pipeline.planning.plan import Action, Plan, digest
from pipeline.services import model_choice, own_voices, pronunciations, usual_voices, writing
from pipeline.services.script_versions import settle, shortened
from pipeline.services.wake_workers import wake
from pixora.accounts import ledger
from pixora.accounts.models import User
from pixora.foundation.errors import Conflict, NotFound

REFERENCE = "reference/picture"
"""Where a task's reference pictures are kept like takes of a component."""


def order_film(
    *,
    user: User,
    prompt: str,
    settings: TaskSettings,
    reference: Picture | None = None,
    source: str = "",
    writes: bool = True,
) -> Task:
    """Order a film: a draft, and the run that writes its script. Every door orders here.

    `source` are the film's words where the prompt is not them. Without `writes` the script waits for `write_script`:
    the agent may ask something first. Raises Invalid for an empty or overlong prompt.
    """
    check_order(user, settings)
    text, settings = check_prompt(prompt), pronunciations.of_account(user, with_reference(settings, reference))
    key = request_key(text, settings, source)
    task = Task(user=user, prompt=text, source=source, settings=settings.model_dump(), request_key=key)
    stored = _store_reference(task, reference) if reference else ""
    with transaction.atomic():
        task.save(force_insert=True)
        if reference:
            enter_reference(task, reference, stored)
        history.task_updated(task.id)
        if writes:
            write_script(task=task)
    return task


def check_order(user: User, settings: TaskSettings) -> None:
    """Check that a film can be had with these settings. Raises Invalid, NotFound and Conflict as the checks do."""
    model_choice.check(settings.models)
    model_choice.check_language(settings.language)
    own_voices.check(user, settings.voice_character, settings.model_dump())


def _store_reference(task: Task, reference: Picture) -> str:
    name = take_name(task_folder(task.prompt, task.id), REFERENCE, 1, reference.path.suffix)
    put_file(name, reference.path)
    return name


def restate(*, task: Task, prompt: str) -> None:
    """Say better what the film is about, before anything has been written. Raises Invalid, Conflict."""
    text = check_prompt(prompt)
    writing.check_is_over(task)
    if task.scripts.exists():
        raise Conflict("The script is there already: edit it, or have it written anew.")
    key = request_key(text, settings_of(task), task.source)
    Task.objects.filter(id=task.id).update(prompt=text, request_key=key, updated_at=timezone.now())
    task.prompt = text


def with_reference(settings: TaskSettings, reference: Picture | None) -> TaskSettings:
    return settings.model_copy(update={"reference": reference.content_hash}) if reference else settings


def find_task(*, user: User, prompt: str, settings: TaskSettings, source: str = "") -> Task | None:
    """The newest task of this user that asks for exactly this."""
    key = request_key(check_prompt(prompt), pronunciations.of_account(user, settings), source)
    return tasks_of(user).filter(request_key=key).order_by("-created_at").first()


def tasks_of(user: User) -> QuerySet[Task]:
    return Task.objects.filter(user=user, deleted_at=None)


def shown_films_of(user: User) -> QuerySet[Task]:
    """A user's films as lists show them: without chats in which nothing was said yet that a film could be about."""
    return tasks_of(user).filter(only_talk=False)


def note_talk(*, task: Task, is_only_talk: bool) -> None:
    """Note whether all that was said so far is talk; what had a script ordered is a film for good."""
    of_no_film = Task.objects.filter(id=task.id, runs__isnull=True, scripts__isnull=True)
    of_no_film.exclude(only_talk=is_only_talk).update(only_talk=is_only_talk)


def that_mention(tasks: QuerySet[Task], search: str) -> QuerySet[Task]:
    """The tasks with every word of the search in their title or prompt, in any order and case."""
    for word in search.split():
        tasks = tasks.filter(Q(title__icontains=word) | Q(prompt__icontains=word))
    return tasks


def task_of(user: User, task_id: str) -> Task:
    """The one place where a door asks whose a task is. Raises NotFound for other people's, too.

    Of one's own that is deleted the details say until when it can be restored.
    """
    try:
        return only(tasks_of(user), task_id)
    except NotFound:
        deleted = Task.objects.filter(user=user, id=readable_id(task_id)).first()
        until = restorable_until(deleted) if deleted else None
        if until is None:
            raise
    details = {"restorable_until": until.isoformat()}
    raise NotFound(f"This film was deleted: you can restore it in My films until {until:%-d %B}.", details=details)


def restorable_until(task: Task) -> datetime | None:
    """Return when a deleted film is removed for good; None for one that is not deleted."""
    return task.deleted_at and task.deleted_at + timedelta(days=settings.PIXORA_KEEP_DELETED_DAYS)


def only(tasks: QuerySet[Task], task_id: str) -> Task:
    """The one of these tasks with this id. Raises NotFound."""
    try:
        return tasks.get(id=readable_id(task_id))
    except Task.DoesNotExist:
        raise NotFound("There is no such film: look at the list of yours.") from None


def readable_id(text: str) -> str:
    """An id as somebody else wrote it; what PostgreSQL could not even compare is nobody's id."""
    return "" if "\x00" in text or not text.isprintable() else text


def request_key(prompt: str, settings: TaskSettings, source: str = "") -> str:
    return digest([prompt, settings.model_dump(), *([source] if source else [])])


def start_run(
    *,
    task: Task,
    approved: Collection[str] | None = None,
    forced: Mapping[str, str] | None = None,
    quote: Quote | None = None,
    tier: str = "",
    models: Mapping[str, str] | None = None,
    selects: Mapping[str, int] | None = None,
    own: Mapping[str, str] | None = None,
    own_choices: Mapping[str, Mapping[str, object]] | None = None,
    reason: str = "",
) -> Run:
    """Queue a run and ring for a worker. `approved` None: whatever is missing or stale may be made.

    `forced` names components to be made anew, each with an instruction (or ""), `own` those among them that are
    made of an upload, by its id, and `own_choices` how that gets into the film. It starts after the runs that the
    task has already, and what it buys is made in the `tier`, or in the film's, and by the
    `models`. With a `quote` its steps have that quote's prices, without one they cost nothing. `reason` is the
    sentence or act that began it. Raises NotFound for a film that was deleted meanwhile.
    """
    with transaction.atomic():
        locked = Task.objects.select_for_update(no_key=True).get(id=task.id)
        if locked.deleted_at:
            raise NotFound("This film was deleted: restore it in My films first.")
        choice = model_choice.merged(settings_of(locked), tier, models)
        run = Run.objects.create(
            task=task,
            approved=None if approved is None else sorted(approved),
            forced=dict(forced or {}),
            own=dict(own or {}),
            own_choices=dict(own_choices or {}),
            selects=dict(selects or {}),
            tier=choice.tier,
            chosen_models=dict(choice.models),
            reason=shortened(reason),
        )
        if quote:
            quote.run = run
            quote.save(update_fields=["run"])
        Task.objects.filter(id=task.id, only_talk=True).update(only_talk=False)
        _begin(run, quote, makes_something=approved is None or bool(approved))
    return run


def _begin(run: Run, quote: Quote | None, *, makes_something: bool) -> None:
    """Wake a worker for a run that was entered, and tell that it is there."""
    if makes_something:
        Task.objects.filter(id=run.task_id).update(status=TaskStatus.GENERATING, updated_at=timezone.now())
    wake()
    paid = {"quote_id": quote.id if quote else None, "credits": quote.credits if quote else 0}
    history.publish(run.task_id, "run_started", {"run_id": run.id, **paid})
    if makes_something:
        history.task_updated(run.task_id, run_id=run.id)


def recut(*, task: Task, plan: Plan | None = None) -> Run | None:
    """Carry out what a change made possible for nothing: choosing takes again, computing pieces, cutting the film.

    `plan` is the task's with nothing approved, where it is at hand. None when there is nothing of the kind, or when a
    waiting run will do it anyway.
    """
    free = (plan or plan_of(task, approved=())).having(Action.SELECT, Action.ADOPT, Action.MAKE)
    if not free or task.runs.filter(status=RunStatus.QUEUED).exists():
        return None
    return start_run(task=task, approved=())


def cut(*, task: Task) -> Run | None:
    """Cut the film where that is all that is left to do, as after a stop. None where it is not, or is under way."""
    if unfinished_run(task=task):
        return None
    plan = plan_of(task, approved=())
    return recut(task=task, plan=plan) if plan.cut_is_due else None


def write_script(
    *, task: Task, instructions: str = "", changes: Mapping[str, Any] | None = None, reason: str = ""
) -> Run:
    """A run that writes the script and makes nothing else, with `changes` of the settings it is written for.

    What earlier writers were told still holds. Raises Invalid naming the setting.
    """
    with transaction.atomic():
        _set_for_writing(task, changes or {})
        return start_run(task=task, approved=(), forced={Kind.SCRIPT.value: instructions}, reason=reason)


def _set_for_writing(task: Task, changes: Mapping[str, Any]) -> None:
    locked = Task.objects.select_for_update().get(id=task.id)
    if changes:
        model_choice.check_language(str(changes.get("language", locked.settings["language"])))
        changes = usual_voices.in_another_language(settings_of(locked), changes, locked.prompt)
        locked.settings = changed_settings(locked.settings, changes).model_dump()
        locked.save(update_fields=["settings", "updated_at"])
        history.task_updated(task.id)


def tell_writer(*, task: Task, instructions: str, changes: Mapping[str, Any]) -> Run | None:
    """Say more to a writer that has not begun: its run; None when there is none. Raises Invalid naming the setting."""
    with transaction.atomic():
        waiting = writing.under_way(task).filter(status=RunStatus.QUEUED).values_list("id", flat=True)
        run = Run.objects.select_for_update().filter(id__in=list(waiting), status=RunStatus.QUEUED).first()
        if run is None:
            return None
        _set_for_writing(task, changes)
        told = run.forced[Kind.SCRIPT.value]
        run.forced[Kind.SCRIPT.value] = "\n".join(filter(None, [instructions, told]))
        run.save(update_fields=["forced"])
        return run


def unfinished_run(*, task: Task) -> Run | None:
    return task.runs.exclude(status__in=RUN_ENDED).order_by("created_at").first()


def cancel(*, task: Task) -> int:
    """Ask for the end of all of a task's runs; the number of those asked. A queued one ends at once."""
    return _cancel(task, task.runs.all())


def cancel_writing(*, task: Task, run_id: str) -> int:
    """Ask for the end of a run that only writes the script, while it does; what is being made goes on."""
    return _cancel(task, writing.under_way(task).filter(id=run_id, approved=[]))


def _cancel(task: Task, asked: QuerySet[Run]) -> int:
    with transaction.atomic():
        ids = list(asked.exclude(status__in=RUN_ENDED).values_list("id", flat=True))
        runs = list(Run.objects.select_for_update().filter(id__in=ids).exclude(status__in=RUN_ENDED))
        waiting = [run for run in runs if run.status == RunStatus.QUEUED]
        Run.objects.filter(id__in=[run.id for run in runs]).update(cancel_requested_at=Now())
        Run.objects.filter(id__in=[run.id for run in waiting]).update(status=RunStatus.CANCELLED, ended_at=Now())
        if waiting:
            _end_waiting(task, waiting)
    return len(runs)


def _end_waiting(task: Task, runs: Collection[Run]) -> None:
    task = Task.objects.select_for_update().get(id=task.id)
    if not task.runs.exclude(status__in=RUN_ENDED).exists():
        if not (task.scripts.exists() and all(writing.only_writes(run) for run in runs)):
            task.status = TaskStatus.CANCELLED
            task.save(update_fields=["status", "updated_at"])
        history.task_updated(task.id)
    if not writing.under_way(task).exists():
        settle(task)
    for run in runs:
        returned = ledger.release(run_id=run.id, charged=0)
        history.publish(task.id, "run_cancelled", {"run_id": run.id, "returned": returned})


def enter_reference(task: Task, reference: Picture, name: str, *, take: int = 1) -> Asset:
    """The row of a reference picture whose file has this name; the selected one."""
    return Asset.objects.create(
        task=task,
        asset_type=AssetType.REFERENCE.value,
        component=REFERENCE,
        take=take,
        selected=True,
        selected_at=timezone.now(),
        content_hash=reference.content_hash,
        storage_path=name,
        metadata={"width": reference.width, "height": reference.height},
    )
