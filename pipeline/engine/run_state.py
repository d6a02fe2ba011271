"""The state of a run as its rows say it, loaded when a process begins with it; what an earlier one left is settled."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, cast

from media_assets import own_voices
from media_assets.models import Asset, AssetType, Upload
from media_assets.paths import task_folder
from pipeline.cut.narration_fit import FPS
from pipeline.engine.attempt_rows import unattached
from pipeline.engine.leases import Claim, under
from pipeline.engine.makers import FINAL
from pipeline.engine.state import State, Stored
from pipeline.engine.step_rows import prices
from pipeline.film.script import OWN_VOICE, parse_script
from pipeline.film.settings import Choice, TaskSettings
from pipeline.film.translation import Translating
from pipeline.models import (
    Attempt,
    Run,
    Script,
    Step,
    StepStatus,
    Task,
    TaskStatus,
)
from pipeline.planning.kinds import Kind
from pipeline.planning.lent_takes import lent_to, take_of
from pipeline.planning.plan import Plan, make_plan
from pipeline.services import all_languages, translations
from pipeline.services.script_versions import newest_version, standing_instructions
from pipeline.services.take_selection import apply_choices
from pixora.foundation.errors import Trouble


def load(claim: Claim) -> State:
    """Load everything the build needs; what an earlier worker left open is settled first."""
    with under(claim) as run:
        _settle_what_was_open(run)
        task = run.task
        if run.approved is None or run.approved:
            Task.objects.filter(id=task.id).update(status=TaskStatus.GENERATING)
        version = run.script_version or newest_version(task)
        script = task.scripts.filter(version=version).first() if version else None
        assets = list(task.assets.all())
        steps = list(run.steps.all())
        if script and run.script_version != version:
            run.script_version = version
            run.save(update_fields=["script_version"])
        state = _state(run, script, assets, steps)
        if run.selects:
            apply_choices(run, _plan(state))
            state = _state(run, script, list(task.assets.all()), steps)
        return state


def _plan(state: State) -> Plan:
    return make_plan(state.graph(), state.index(), fps=FPS, approved=())


def _state(run: Run, script: Script | None, assets: list[Asset], steps: list[Step]) -> State:
    task = run.task
    done = {step.component for step in steps if step.status == StepStatus.SUCCEEDED}
    references = [asset for asset in assets if asset.asset_type == AssetType.REFERENCE and asset.selected]
    components = [asset for asset in assets if asset.asset_type != AssetType.REFERENCE]
    return State(
        run_id=run.id,
        task_id=task.id,
        prompt=task.prompt,
        source=task.source,
        title=task.title,
        settings=TaskSettings.model_validate(task.settings),
        folder=task_folder(task.prompt, task.id),
        script=parse_script(script.content) if script else None,
        script_version=script.version if script else 0,
        is_newest=script is not None and script.version == newest_version(task),
        approved=None if run.approved is None else frozenset(run.approved),
        progress=run.progress,
        forced=_forced(run, script, done),
        takes={asset.id: take_of(asset) for asset in components},
        stored={asset.id: Stored(asset.storage_path, asset.metadata) for asset in components},
        lent=tuple(lent_to(task)),
        reference=next((Stored(asset.storage_path, asset.metadata) for asset in references), None),
        samples=_samples(task, script),
        own=_own(run),
        translating=_translating(run, script, done),
        source_is_gone=script is None and translations.is_without_source(task),
        tracks=all_languages.gather(task).tracks if Kind.LANGUAGES in run.forced else (),
        holds=run.approved == [] and not run.forced.keys() - {Kind.LANGUAGES.value},
        choice=Choice(run.tier, run.chosen_models),
        agreed=prices(run),
        troubles=_troubles(run),
        given_up={step.component for step in steps if step.status == StepStatus.FAILED},
    )


def _troubles(run: Run) -> Mapping[str, Mapping[str, Trouble]]:
    """The models that refused a piece, or are gone; what did not work is tried again."""
    tries = Attempt.objects.filter(step__run=run, trouble__in=FINAL)
    found: dict[str, dict[str, Trouble]] = {}
    for component, model, trouble in tries.values_list("step__component", "model", "trouble"):
        found.setdefault(component, {})[model] = cast(Trouble, trouble)
    return found


def _forced(run: Run, script: Script | None, done: Collection[str]) -> dict[str, str]:
    """Return the instructions by component. A writer is told what earlier ones were told, too."""
    forced = {key: text for key, text in run.forced.items() if key not in done}
    if script and Kind.SCRIPT in forced:
        forced[Kind.SCRIPT.value] = standing_instructions(forced[Kind.SCRIPT.value], script.instructions)
    return forced


def _translating(run: Run, script: Script | None, done: Collection[str]) -> Translating | None:
    """Return what is translated of a film that is a translation: all of it where its writer is told how, else what was
    changed in its source."""
    origin = translations.origin_of(run.task)
    if origin is None or Kind.SCRIPT not in run.forced or Kind.SCRIPT in done:
        return None
    current = parse_script(script.content) if script else None
    language = TaskSettings.model_validate(run.task.settings).language
    return translations.translating(origin, current, language, everything=bool(run.forced[Kind.SCRIPT]))


def _samples(task: Task, script: Script | None) -> Mapping[str, Stored]:
    if script is None or not OWN_VOICE.search(str(script.content)):
        return {}
    voices = own_voices.of_user(task.user)
    return {voice.id: Stored(voice.upload.storage_path, {**voice.upload.facts, "said": voice.said}) for voice in voices}


def _own(run: Run) -> Mapping[str, Stored | None]:
    uploads = Upload.objects.in_bulk(list(run.own.values()))
    found = {component: uploads.get(upload_id) for component, upload_id in run.own.items()}
    return {key: _uploaded(upload, run.own_choices.get(key, {})) if upload else None for key, upload in found.items()}


def _uploaded(upload: Upload, choices: Mapping[str, Any]) -> Stored:
    return Stored(upload.storage_path, {**upload.facts, **choices, "file_name": upload.file_name})


def _settle_what_was_open(run: Run) -> None:
    """Settle what died with its process: it is `lost` where nothing is bought, `unknown` where it may have been.

    A job with a ticket, or one that a webhook may still name, stays open. Steps that were at work are queued again.
    """
    unattached(Attempt.objects.filter(step__run=run)).give_up()
    run.steps.filter(status=StepStatus.RUNNING).update(status=StepStatus.QUEUED, started_at=None)
