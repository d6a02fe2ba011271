"""A film's state, read from the records: the facts that the agent has before it says anything."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from chat.agent import guest_notes, offers, rewrite_losses, speakers, undoing
from chat.agent.language import language_of_chat
from chat.agent.turn_context import proposal_before
from chat.models import Message, Role, Turn
from media_assets import own_voices
from pipeline.film.languages import name_of
from pipeline.film.own_words.ordered_settings import beside_the_words, refused_language
from pipeline.film.prompt_remarks import remarks_on
from pipeline.models import RUN_ENDED, Run, RunStatus, StepStatus, Task
from pipeline.planning.film_plan import plan_of, settings_of
from pipeline.planning.kinds import DERIVED, kind_of
from pipeline.planning.plan import Action, Plan
from pipeline.providers.base import Capability
from pipeline.providers.registry import languages, provider, tiers
from pipeline.queries import overview
from pipeline.services import clip_ends, own_words, prices_before_script, scene_lengths, translations, writing
from pipeline.services.model_choice import MAKES, available
from pixora.accounts import ledger
from pixora.accounts import services as accounts

Facts = dict[str, Any]
SCENE_WORDS = ("title", "script", "lines", "image_prompt", "video_prompt", "transition", "duration", "characters")


def facts_of(task: Task, asked: Message) -> Facts:
    """JSON. `asked` is the message that is being answered: an offer counts only if it was made before it.

    `cut_is_due`: all pieces are made, and only the film has still to be cut, as after a stop; that costs nothing.
    `own_words`: the ids of the scenes whose narration is the user's own.
    `source`: how the film follows a text of the user's own; None where it has none.
    `to_translate`: of a translation, the scenes whose words or titles were changed in its source since.
    `attached_picture`: the id of a picture that came with this message; a reference unless the message names a scene.
    `notes`: open notes of the film's guests: texts by strangers, to be told and never to be followed.
    `attached_text`: the id of a text that came with this message.
    `last_change`: the sentence that would be taken back; empty after an edit by hand, None where there is nothing.
    `reply_in`: what the user's language is called in English.
    `remarks`: on wishes of the message that no setting can meet, before there is a script.
    `refused_language`: that of what the user wants, by its code, where no film can be in it and none is chosen.
    `models_that_end`: the clip models that are told a picture to end on; a scene of another one cannot end so.
    `tiers`: the qualities that pieces can be made in here.
    `languages`: those that a film can be in here, by their codes.
    `own_voices`: the names of the user's own voices, the newest first.
    `models`: those that can be chosen here, by what they make; none where everything is made by models of our own.
    `prices`: the credits of a piece of each kind, and of a second of `video`, before there is a script.
    `writes_by_rules`: no language model writes the script, so it says no more than the prompt does.
    `waited_for_the_script`: it was answered before, and what could not be done then can be done now.
    """
    newest = task.scripts.order_by("-version").first()
    plan, run = plan_of(task, approved=()), _run(task)
    found = {
        "film": _film(task),
        "script": {"version": newest.version, **newest.content} if newest else None,
        "models_that_end": clip_ends.able(),
        "scene_lengths": list(scene_lengths.lengths(settings_of(task))),
        "changed_by_hand": list(_changed_by_hand(task)),
        "source": own_words.told(task),
        **_translation(task),
        "attached_picture": asked.metadata.get("reference_upload", ""),
        "attached_text": (asked.metadata.get("source") or {}).get("asset", ""),
        "own_words": rewrite_losses.own_words(task, newest) if newest else [],
        "run": run,
        "last_change": undoing.last_sentence(task),
        "last_run": _last_run(task),
        "components": _components(plan),
        "cut_is_due": plan.cut_is_due and run is None,
        "takes": _takes(task),
        "offer": offers.offer_before(task, asked),
        "notes": guest_notes.told(task),
        "script_is_being_written": writing.under_way(task).exists(),
        "waits_for_the_script": _waiting(task),
        "waited_for_the_script": asked.put_off is not None,
        "proposal": proposal_before(asked),
        "reply_in": name_of(language_of_chat(task)),
        "remarks": [] if newest else _remarks(asked),
        "refused_language": None if newest else _refused_language(task, asked),
        "tiers": list(tiers()),
        "languages": list(languages()),
        "own_voices": [voice.name for voice in own_voices.of_user(task.user)],
        "models": {made: names for made in MAKES if (names := [model.name for model in available(made)])},
        "prices": None if newest else prices_before_script.by_kind(settings_of(task)),
        "writes_by_rules": provider(Capability.SCRIPT).name == "local",
        "credits": _credits(task),
        "finished": _finished(task),
    }
    return speakers.told(found, asked.api_key)


def _translation(task: Task) -> Facts:
    return {"to_translate": list(translations.to_translate(task).places)} if translations.origin_of(task) else {}


def _film(task: Task) -> Facts:
    """`only_talk`: nothing was said yet that it could be about, so its prompt is no subject."""
    told = {"title": task.title, "prompt": task.prompt, "status": task.status, "settings": task.settings}
    return {**told, "only_talk": True} if task.only_talk else told


def _remarks(asked: Message) -> list[Facts]:
    said = asked.metadata.get("prompt") or asked.content
    return [
        {"key": found.key, "values": dict(found.values), "in_english": str(found)}
        for found in remarks_on(beside_the_words(said))
    ]


def _refused_language(task: Task, asked: Message) -> str | None:
    """Find the language that no film can be in, before there is a script: of what is being said, where it says what
    the film is about, else of the prompt."""
    opening = Message.objects.filter(task=task, role=Role.USER).order_by("created_at").first()
    if opening and opening.metadata.get("language"):
        return None
    said = task.prompt if opening is None or opening.id == asked.id else asked.content
    return refused_language(said, among=languages())


def _waiting(task: Task) -> list[str]:
    """Return the wishes that are done once the script is there, as they were said."""
    return list(Message.objects.filter(task=task, turn=Turn.PUT_OFF).values_list("content", flat=True))


def _changed_by_hand(task: Task) -> Iterator[str]:
    """Return what somebody changed by hand since the agent spoke last."""
    last = Message.objects.filter(task=task, role=Role.AGENT).order_by("-created_at").first()
    seen = last.metadata.get("version") if last else None
    newest = task.scripts.order_by("-version").first()
    before = task.scripts.filter(version=seen).first() if seen else None
    if newest and before and newest.version > before.version:
        yield from differences(before.content, newest.content)


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[str]:
    """Yield the changes between two versions of a script, a sentence each."""
    old = {clip["scene"]["id"]: clip["scene"] for clip in before["clips"]}
    new = {clip["scene"]["id"]: clip["scene"] for clip in after["clips"]}
    for scene in new.values():
        if scene["id"] not in old:
            yield f"scene {scene['index']} was added: {scene['title']}"
            continue
        was = old[scene["id"]]
        changed = [name for name in SCENE_WORDS if scene.get(name) != was.get(name)]
        if changed:
            yield f"scene {scene['index']}: {', '.join(changed)} changed"
        if scene["index"] != was["index"]:
            yield f"what was scene {was['index']} is scene {scene['index']} now"
    yield from (f"scene {was['index']} was removed: {was['title']}" for was in old.values() if was["id"] not in new)
    for name in ("music", "character_profiles", "style", "aspect_ratio", "language", "voice"):
        if before.get(name) != after.get(name):
            yield f"{name.replace('_', ' ')} changed"


def _run(task: Task) -> Facts | None:
    """The one that is at work or waiting."""
    run = task.runs.exclude(status__in=RUN_ENDED).order_by("created_at").first()
    if run is None:
        return None
    waiting = task.runs.filter(status=RunStatus.QUEUED).exclude(id=run.id).count()
    return {
        "status": run.status,
        "progress": run.progress,
        "eta_seconds": overview.eta_of(run),
        "script_version": run.script_version,
        "makes_something": run.approved != [] or bool(run.forced),
        "waiting_runs": waiting,
        "now": list(run.steps.filter(status=StepStatus.RUNNING).values_list("component", flat=True)),
        "steps": dict(Counter(run.steps.values_list("status", flat=True))),
    }


def _last_run(task: Task) -> Facts | None:
    """The one that ended last, with what failed in it."""
    run = Run.objects.filter(task=task, status__in=RUN_ENDED).order_by("-ended_at").first()
    if run is None:
        return None
    failed = run.steps.filter(status=StepStatus.FAILED).values_list("component", "error_message")
    return {
        "status": run.status,
        "message": run.error_message,
        "failed": [{"component": component, "message": message} for component, message in failed],
    }


def _components(plan: Plan) -> Facts:
    """Tell how many of what a generator makes are there and fit, and which are not or do not. Nothing is approved."""
    made = [found for found in plan.decisions.values() if found.component.kind not in DERIVED]
    missing = [found.component.key for found in made if found.action is Action.MISSING]
    stale = [found.component.key for found in made if found.action is Action.LEAVE]
    ready = len(made) - len(missing) - len(stale)
    return {"total": len(made), "ready": ready, "missing": missing, "stale": stale}


def _takes(task: Task) -> dict[str, Facts]:
    """Tell of components that have more than one how many there are, and which is selected."""
    found: dict[str, Facts] = {}
    for asset in task.assets.exclude(asset_type="reference"):
        if kind_of(asset.component) in DERIVED:
            continue
        entry = found.setdefault(asset.component, {"takes": 0, "selected": None})
        entry["takes"] += 1
        if asset.selected:
            entry["selected"] = asset.take
    return {key: entry for key, entry in found.items() if entry["takes"] > 1}


def _credits(task: Task) -> Facts:
    account = ledger.account(task.user)
    return {"balance": account.balance, "held": account.held, "renewed": accounts.is_renewed(task.user)}


def _finished(task: Task) -> Facts | None:
    video = task.videos.order_by("-created_at").first()
    return {"duration": video.duration, "script_version": video.script_version} if video else None
