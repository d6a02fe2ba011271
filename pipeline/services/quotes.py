"""The price before the spending: a quote is for exactly what the plan would make, and a run is started by using one."""

from __future__ import annotations

import functools
from collections.abc import Collection, Mapping
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from pipeline.events import history
from pipeline.film.script import Script as Content
from pipeline.film.script import parse_script, spoken_length_s, warnings
from pipeline.film.settings import Choice
from pipeline.models import Note, Quote, Run, RunStatus, Script, Task
from pipeline.planning.film_plan import plan_with, settings_of
from pipeline.planning.kinds import Kind
from pipeline.planning.plan import TO_BE_MADE, Plan
from pipeline.providers.registry import tiers
from pipeline.services import (
    family,
    films,
    making_time,
    model_choice,
    own_words,
    script_versions,
    shared_pieces,
    writing,
)
from pipeline.services.expected_takes import takes_to_come
from pipeline.services.pieces_due import PiecesDue
from pixora.accounts import ledger, scopes
from pixora.accounts.models import ApiKey
from pixora.accounts.scopes import Scope
from pixora.foundation.errors import Conflict, NotFound, PixoraError

LIVES = timedelta(minutes=15)
CHANGED = "The film has changed since this quote"
ENDED = "What this quote was for was begun before, and was stopped or has failed"
LONGER = "The narration needs more time than its scenes have: the film lasts about {lasts} s instead of {asked} s."


def quote(
    *,
    task: Task,
    approved: Collection[str] | None = None,
    forced: Mapping[str, str] | None = None,
    tier: str = "",
    models: Mapping[str, str] | None = None,
    notes: Mapping[str, Collection[str]] | None = None,
) -> Quote:
    """Quote what making the missing and stale components would cost (`approved` limits them), and those in `forced`,
    in this tier or in the film's, and by the `models` that are named (checked: `model_choice.check`). `notes` are
    the ids of notes that ask for components, by their keys.

    While a run is at work it is for what that leaves, and a run that is started with it follows that one.

    An upper bound: what lies below something that is still to be made counts, and is not charged if it proves
    unchanged. Raises Conflict when there is no script yet, unless the script is what is to be made.
    """
    version = task.scripts.order_by("-version").values_list("version", flat=True).first()
    if version is None and Kind.SCRIPT not in (forced or {}):
        raise Conflict("There is no script yet: wait until it is written.", code="not_ready")
    model_choice.check(models or {})
    items = items_of(task, approved, forced or {}, tier, models or {})
    agreed = None if approved is None else sorted(approved)
    what = {"forced": dict(forced or {}), "tier": tier, "chosen_models": dict(models or {})}
    what |= {"notes": {key: list(ids) for key, ids in (notes or {}).items()}}
    return _store(task, version or 0, items, approved=agreed, **what)


def _store(task: Task, version: int, items: list[dict[str, Any]], **what: Any) -> Quote:
    expires_at = timezone.now() + LIVES
    return Quote.objects.create(
        task=task, version=version, items=items, credits=_sum(items), expires_at=expires_at, **what
    )


def again(found: Quote) -> Quote:
    """Quote the same once more, as it is now. Raises as `quote` does."""
    what = {"forced": found.forced, "tier": found.tier, "models": found.chosen_models, "notes": found.notes}
    return quote(task=found.task, approved=found.approved, **what)


def choice_of(task: Task) -> Choice:
    """Return who makes what is bought for a film."""
    return settings_of(task).choice


def price_of(task: Task) -> dict[str, Any]:
    """Return what `quote` would ask for everything missing or stale, without making an offer of it. Raises Conflict."""
    version = task.scripts.order_by("-version").values_list("version", flat=True).first()
    if version is None:
        raise Conflict("There is no script yet: wait until it is written.", code="not_ready")
    stored = _as_stored(task)
    chosen = choice_of(stored)
    due = PiecesDue.of(outlook(stored, approved=()), chosen)
    items = due.items(chosen)
    return {
        "version": version,
        "items": items,
        "credits": _sum(items),
        "warnings": _warnings(task, version),
        "shares": shared_pieces.told(task, items),
        "tiers": by_tier(due, chosen),
    }


def price_of_pieces(
    task: Task,
    approved: Collection[str],
    forced: Mapping[str, str],
    tier: str = "",
    models: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """Return what `quote` would ask for these pieces, without making an offer of it. Raises Invalid for a model."""
    model_choice.check(models or {})
    items = items_of(task, approved, forced, tier, models or {})
    return {"items": items, "credits": _sum(items), "shares": shared_pieces.told(task, items, forced)}


def by_tier(due: PiecesDue, chosen: Choice) -> list[dict[str, Any]]:
    """Price and minutes of each; the tier that is chosen with the models that are chosen below it."""
    choices = {tier: chosen if tier == chosen.tier else Choice(tier) for tier in tiers()}
    made_by = {tier: due.makers(choice) for tier, choice in choices.items()}
    return [
        {
            "tier": tier,
            "credits": due.credits(makers),
            "seconds": making_time.expected_s(due, makers),
            "is_chosen": tier == chosen.tier,
        }
        for tier, makers in made_by.items()
    ]


def price_if(task: Task, *, content: Mapping[str, Any] | None = None, changes: Mapping[str, Any] | None = None) -> int:
    """The credits that making everything would ask for if the script or the settings were others."""
    settings = {**task.settings, **(changes or {})}
    would_be = Task(id=task.id, title=task.title, settings=settings)
    script = parse_script(content or task.scripts.latest("version").content)
    chosen = choice_of(would_be)
    plan = plan_with(script, would_be, takes_to_come(task))
    return _sum(PiecesDue.of(plan, chosen).items(chosen))


def use(*, task: Task, quote_id: str, api_key: ApiKey | None = None) -> Run:
    """Start the run that a quote is for and set its credits aside, in one transaction. Used again: the same run.

    `api_key` is the program's that spends them; its caps hold.

    Raises NotFound, quote_expired, quote_changed (with the new quote in `details`; also where the run was stopped or
    has failed), InsufficientCredits, and run_active while the script is being written (what would be made is not known
    yet) or another version of the film is having the same pieces made.
    """
    with transaction.atomic():
        found = Quote.objects.select_for_update().filter(id=quote_id, task=task).first()
        if found is None:
            raise NotFound("This quote does not exist: ask for a new one.")
        if found.run and not _came_to_nothing(found.run):
            return found.run
        task = Task.objects.select_for_update(no_key=True).get(id=task.id)  # what another has just ordered is seen
        writing.check_is_over(task)
        if not found.run:
            if found.expires_at < timezone.now():
                raise PixoraError("This quote has expired: ask for a new one.", code="quote_expired")
            if found.items == items_of(task, found.approved, found.forced, found.tier, found.chosen_models):
                return _start(task, found, api_key)
    raise _changed(task, found)


def _came_to_nothing(run: Run) -> bool:
    """It was stopped, is being stopped, or has failed: whoever asks for it again is told what the rest costs."""
    if run.status in (RunStatus.FAILED, RunStatus.CANCELLED):
        return True
    return run.status != RunStatus.SUCCEEDED and run.cancel_requested_at is not None


def prolong(found: Quote) -> None:
    """Let it hold a while longer for somebody who has agreed to its price; whether it is still right, `use` sees."""
    Quote.objects.filter(id=found.id, run=None).update(expires_at=timezone.now() + LIVES)


def _start(task: Task, found: Quote, api_key: ApiKey | None) -> Run:
    approved = [item["component"] for item in found.items]
    family.check_is_not_made_elsewhere(task, set(approved) - set(found.forced))
    what = {"forced": found.forced, "quote": found, "tier": found.tier, "models": found.chosen_models}
    scopes.check_now(api_key, Scope.FILMS_SPEND)
    run = films.start_run(task=task, approved=approved, **what)
    ledger.hold(user=task.user, run_id=run.id, task_id=task.id, amount=found.credits, api_key=api_key)
    _take_up_notes(found, run)
    if found.credits:
        history.credits_updated(task.id, task.user)
    return run


def _take_up_notes(found: Quote, run: Run) -> None:
    """Say of each note that was quoted which run changes what for it."""
    for component in found.forced:
        if ids := found.notes.get(component):
            Note.objects.filter(task=found.task, id__in=ids).update(run=run, piece=component)


def _changed(task: Task, found: Quote) -> Conflict:
    new = again(found)
    why = ENDED if found.run else CHANGED
    return Conflict(f"{why}: here is a new one.", code="quote_changed", details=as_dict(new))


def script_told(current: Script, plan: Plan | None = None, script: Content | None = None) -> dict[str, Any]:
    """A task's current script as followers are told of it: with its warnings and the price of making it.

    `plan` is the task's with nothing approved and `script` the content, where they are at hand. Call it within a
    transaction.
    """
    task, version, script = current.task, current.version, script or parse_script(current.content)
    plan = plan if plan and not active(task) else outlook(task, approved=())
    chosen = choice_of(task)
    due = PiecesDue.of(plan, chosen)
    items = due.items(chosen)
    quoted = as_dict(_renewed(task, version, items) or _store(task, version, items), script)
    return {
        "content": _sentence(version, len(script.clips), script.language),
        "script": current.content,
        "version": version,
        "quote": {**quoted, "tiers": by_tier(due, chosen)},
        "warnings": [
            {"field": found.field, "message": found.message} for found in (*own_words.warnings(task), *warnings(script))
        ],
        **({"source": source} if (source := own_words.told(task)) else {}),
    }


def _renewed(task: Task, version: int, items: list[dict[str, Any]]) -> Quote | None:
    """The price told last, where it is still the same and nobody has used it: it holds for this version too.

    A script that is edited by hand is saved every few seconds, and most edits change no price. Whoever is just using
    the quote holds its row, and then it is left to them.
    """
    last = Quote.objects.select_for_update(skip_locked=True).filter(task=task).order_by("-created_at").first()
    if last is None or last.run_id or last.approved is not None or last.forced or _is_otherwise(last, items):
        return None
    last.task, last.version, last.expires_at = task, version, timezone.now() + LIVES
    last.save(update_fields=["version", "expires_at"])
    return last


def _is_otherwise(last: Quote, items: list[dict[str, Any]]) -> bool:
    return bool(last.tier or last.chosen_models) or last.items != items


FIRST_SCRIPT = {
    "en": ("I've broken down your video into one scene.", "I've broken down your video into {n} scenes."),
    "de": ("Ihr Film hat eine Szene.", "Ihr Film hat {n} Szenen."),
    "es": ("Tu película tiene una escena.", "Tu película tiene {n} escenas."),
    "fr": ("Votre film a une scène.", "Votre film a {n} scènes."),
    "it": ("Il tuo film ha una scena.", "Il tuo film ha {n} scene."),
    "pt": ("Seu filme tem uma cena.", "Seu filme tem {n} cenas."),
    "zh": ("你的影片有 1 个场景。", "你的影片有 {n} 个场景。"),
}
LATER_SCRIPT = {
    "en": ("The script is at version {v}, with one scene.", "The script is at version {v}, with {n} scenes."),
    "de": ("Das Skript ist jetzt Fassung {v}: eine Szene.", "Das Skript ist jetzt Fassung {v}: {n} Szenen."),
    "es": ("El guion va por la versión {v}: una escena.", "El guion va por la versión {v}: {n} escenas."),
    "fr": ("Le scénario en est à la version {v} : une scène.", "Le scénario en est à la version {v} : {n} scènes."),
    "it": ("Il copione è alla versione {v}: una scena.", "Il copione è alla versione {v}: {n} scene."),
    "pt": ("O roteiro está na versão {v}: uma cena.", "O roteiro está na versão {v}: {n} cenas."),
    "zh": ("脚本现在是第 {v} 版：1 个场景。", "脚本现在是第 {v} 版：{n} 个场景。"),
}


def _sentence(version: int, scenes: int, language: str) -> str:
    """Say it in the film's language, as most who want a film in it speak it; in English for those that we do not
    speak."""
    told = FIRST_SCRIPT if version == 1 else LATER_SCRIPT
    one, many = told.get(language, told["en"])
    return (one if scenes == 1 else many).format(v=version, n=scenes)


def _warnings(task: Task, version: int, script: Content | None = None) -> list[str]:
    """Warn where narration makes the film longer than it was asked to be."""
    if not task.settings.get("voice_over", True):
        return []
    asked_s, lasts_s = _lengths_of(script) if script else _lengths(task.id, version)
    return [LONGER.format(lasts=lasts_s, asked=asked_s)] if lasts_s > asked_s else []


@functools.lru_cache(maxsize=1_000)
def _lengths(task_id: str, version: int) -> tuple[int, int]:
    """Return what `_lengths_of` does. A version of a script never changes."""
    stored = Script.objects.filter(task_id=task_id, version=version).first()
    return _lengths_of(parse_script(stored.content)) if stored else (0, 0)


def _lengths_of(script: Content) -> tuple[int, int]:
    """Return the lengths in seconds, as it was asked and as it is expected."""
    return sum(scene.duration for scene in script.scenes), spoken_length_s(script)


def as_dict(found: Quote, script: Content | None = None) -> dict[str, Any]:
    """Return a quote as clients are told of it. `script` is the one of its version, where it is at hand."""
    return {
        "quote_id": found.id,
        "version": found.version,
        "items": [_with_notes(item, found) for item in found.items],
        "credits": found.credits,
        "warnings": _warnings(found.task, found.version, script),
        "shares": shared_pieces.told(found.task, found.items, found.forced),
        "expires_at": found.expires_at.timestamp(),
    }


def _with_notes(item: dict[str, Any], found: Quote) -> dict[str, Any]:
    """Name the notes that an item is for."""
    notes = found.notes.get(item["component"])
    return {**item, "notes": notes} if notes else item


def _as_stored(task: Task) -> Task:
    """A copy of its row that was read before a change says what it was: its music may be off by now."""
    return Task.objects.get(id=task.id)


def outlook(task: Task, *, approved: Collection[str] | None = (), forced: Collection[str] = ()) -> Plan:
    """The plan of what is left when the runs that were ordered have ended: what they make is paid for."""
    script = script_versions.newest(task)
    if script is None:
        return Plan({})
    takes = takes_to_come(task)
    return plan_with(parse_script(script.content), task, takes, approved=approved, forced=forced)


def items_of(
    task: Task, approved: Collection[str] | None, forced: Mapping[str, str], tier: str, models: Mapping[str, str]
) -> list[dict[str, Any]]:
    """Return the lines of a quote, as `quote` would make it."""
    stored = _as_stored(task)
    choice = model_choice.merged(settings_of(stored), tier, models)
    plan = outlook(stored, approved=approved, forced=forced)
    if approved is None:
        return PiecesDue.of(plan, choice).items(choice)
    agreed = {*approved, *forced}
    wanted = (
        found.component
        for key, found in plan.decisions.items()
        if found.action in TO_BE_MADE and key in agreed  # what waits is counted only where it may be made
    )
    return PiecesDue(wanted, choice.models).items(choice)


def _sum(items: list[dict[str, Any]]) -> int:
    return sum(item["credits"] for item in items)


def active(task: Task) -> bool:
    return task.runs.filter(status__in=[RunStatus.QUEUED, RunStatus.RUNNING]).exists()
