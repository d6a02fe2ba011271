"""The acts of members of staff on a user's film, through the services that everybody uses. Each act names its reason.

Every verb checks the role, acts and records in one transaction.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

from pipeline.events import history
from pipeline.models import Run, RunStatus, Step, StepStatus, Task
from pipeline.planning.film_plan import plan_of
from pipeline.planning.kinds import DERIVED, Kind
from pipeline.planning.plan import TO_BE_MADE
from pipeline.services import films, quotes, takes
from pixora.accounts import staff as accounts
from pixora.accounts import staff_log
from pixora.accounts.models import Credit, User
from pixora.accounts.roles import Role, demand
from pixora.foundation.errors import Conflict, NotFound

MOST_INSTRUCTIONS = 2_000


def regenerate(actor: User, task: Task, component: str, instructions: str, reason: str, charged: bool) -> Run:
    """One more take of a component: `charged` to the film's owner by a quote, or for nothing.

    Raises Forbidden, Invalid, NotFound and InsufficientCredits.
    """
    with _acting(actor, task, reason):
        text = staff_log.checked(instructions, "instructions", MOST_INSTRUCTIONS) if instructions.strip() else ""
        run = _charged(task, component, text) if charged else _free(task, component, text)
        staff_log.record(
            actor, task, "regenerate", reason, component=component, instructions=text, charged=charged, run=run
        )
    return run


def select_take(actor: User, task: Task, component: str, take: int, reason: str) -> Run | None:
    """Select a take as its user would, with all that was once made from it. Raises Forbidden, Invalid and NotFound."""
    with _acting(actor, task, reason):
        run = takes.select_take(task=task, component=component, take=take)
        staff_log.record(actor, task, "select_take", reason, component=component, take=take, run=run)
    return run


def retry_failed(actor: User, task: Task, reason: str) -> Run:
    """Try again, for nothing, what failed in the newest failed run and what that kept from being made.

    Raises Forbidden, Invalid, and Conflict where a run is at work or nothing is left to try again.
    """
    with _acting(actor, task, reason):
        _hold(task)
        if quotes.active(task):
            raise Conflict("A run of this film is at work: wait until it has ended.", code="run_active")
        approved, forced = _failed(task)
        if not approved and not forced:
            raise Conflict("Nothing of this film has failed that is still missing.", code="not_ready")
        run = films.start_run(task=task, approved=approved, forced=forced)
        staff_log.record(actor, task, "retry_failed", reason, components=[*approved, *forced], run=run)
    return run


def cancel(actor: User, task: Task, reason: str) -> int:
    """End all of the film's runs; how many there are. Raises Forbidden, Invalid, and Conflict where there is none."""
    with _acting(actor, task, reason):
        count = films.cancel(task=task)
        if not count:
            raise Conflict("Nothing of this film is being made.", code="not_ready")
        staff_log.record(actor, task, "cancel", reason, runs=count)
    return count


def recut(actor: User, task: Task, reason: str) -> Run:
    """Join the film anew, from pieces that are up to date, also where it looks finished.

    Raises Forbidden, Invalid, and Conflict where pieces are missing or it is about to be done.
    """
    with _acting(actor, task, reason):
        _hold(task)
        if task.runs.filter(status=RunStatus.QUEUED, forced__has_key=Kind.FILM.value).exists():
            raise Conflict("This film is about to be cut anew already.", code="run_active")
        film = plan_of(task, approved=(), forced=(Kind.FILM,)).decisions.get(Kind.FILM)
        if film is None or film.action not in TO_BE_MADE:
            raise Conflict("Pieces of this film are missing: let them be made first.", code="not_ready")
        run = films.start_run(task=task, approved=(), forced={Kind.FILM.value: ""})
        staff_log.record(actor, task, "recut", reason, run=run)
    return run


def refund(
    actor: User, task: Task, amount: int, note: str, component: str = "", *, called: str = "", once: str = ""
) -> Credit:
    """Give credits back for a film, or for a component of it; its chat says so. As `accounts.staff.refund`."""
    with transaction.atomic():
        _hold(task)
        line = accounts.refund(actor, task.user, amount, note, task, component, called=called, once=once)
        if not task.events.filter(type="credits_updated", payload__entry_id=str(line.id)).exists():
            history.credits_updated(task.id, task.user, line)
    return line


@contextmanager
def _acting(actor: User, task: Task, reason: str) -> Iterator[None]:
    """A transaction that holds no row yet: workers lock a run before its task. Raises Forbidden, Invalid, NotFound."""
    demand(actor, Role.SUPPORT)
    staff_log.checked(reason)
    with transaction.atomic():
        if Task.objects.get(id=task.id).deleted_at:
            raise NotFound("This film has been deleted: restore it first.")
        yield


def _hold(task: Task) -> None:
    """Hold the film, so that a button pressed twice starts one run."""
    Task.objects.select_for_update(no_key=True).get(id=task.id)


def _charged(task: Task, component: str, instructions: str) -> Run:
    found = takes.quote_regeneration(task=task, component=component, instructions=instructions)
    return quotes.use(task=task, quote_id=found.id)


def _free(task: Task, component: str, instructions: str) -> Run:
    """Start the run without a quote, so that its steps have no price."""
    if component == Kind.SCRIPT:
        return films.write_script(task=task, instructions=instructions)
    takes.check_component(task, component)
    return films.start_run(task=task, approved=[component], forced={component: instructions})


def _failed(task: Task) -> tuple[list[str], dict[str, str]]:
    """Return what may be made, and what is to be made anew although it is there, with its instruction."""
    run = task.runs.filter(status=RunStatus.FAILED).order_by("-created_at").first()
    if run is None:
        return [], {}
    missed = list(run.steps.filter(status__in=[StepStatus.FAILED, StepStatus.BLOCKED]))
    forced = {step.component: run.forced[step.component] for step in missed if step.component in run.forced}
    for done in _made_since(run):
        forced.pop(done, None)
    agreed = [step.component for step in missed if step.component not in run.forced and _was_agreed(run, step)]
    missing = {one.component.key for one in plan_of(task, approved=agreed).having(*TO_BE_MADE)}
    return [key for key in agreed if key in missing], forced


def _made_since(run: Run) -> Iterator[str]:
    later = Step.objects.filter(run__task=run.task, run__created_at__gt=run.created_at, status=StepStatus.SUCCEEDED)
    yield from later.values_list("component", flat=True)


def _was_agreed(run: Run, step: Step) -> bool:
    """Tell whether somebody said yes to all: what only waited for something that failed may be more than that."""
    return run.approved is None or step.component in run.approved or Kind(step.kind) in DERIVED
