"""The agent's tools for who makes what: the model of a kind of pieces or of single scenes, and upgrades of scenes."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Literal

from chat.agent import starting
from chat.agent.turn_context import TierName, TurnContext
from pipeline.film.settings import Choice
from pipeline.models import Task
from pipeline.planning.kinds import Kind
from pipeline.providers.registry import model_for
from pipeline.services import model_choice, scene_lengths, script_versions, scripts, upgrades

Result = dict[str, Any]
Makes = Literal["", "image", "motion", "voice", "music", "script"]
PIECES: Mapping[str, str] = {"image": Kind.STILL.value, "motion": Kind.CLIP.value, "voice": Kind.VOICE.value}
"""The pieces that a scene has of its own, by what makes them."""
WORD = re.compile(r"[a-z]+|\d+(?:\.\d+)?")


def choose_model(turn: TurnContext, *, model: str, makes: Makes = "", scenes: list[int] | None = None) -> Result:
    """Have a model that the user named ("Kling", "eleven v3") make what is made from now on: clips (`motion`), pictures
    (`image`), `voice`, `music`, `script`, or, with `scenes`, only theirs. Empty: the quality's own again. What is there
    stays as it is. Where several have that name, it changes nothing and answers with `which`: ask.
    Where its clips have other lengths than the scenes, it changes nothing and answers with `asks_first`."""
    task = turn.task
    found = {made: names for made in _made(makes, scenes) if (names := _like(model, made))} if model else {}
    names = [name for fitting in found.values() for name in fitting]
    if model and len(names) != 1:
        return {"which": names, "asked": model, "models": {made: _names(made) for made in _made(makes, scenes)}}
    made = next(iter(found), makes)
    keys = _keys(task, made, scenes)
    before: dict[str, str] = task.settings.get("models", {})
    chosen = {**before, **dict.fromkeys(keys, names[0])} if names else _without(before, keys)
    told = {"model": "".join(names), "makes": made, "scenes": scenes or []}
    asked = {"model": model, "makes": makes, "scenes": scenes}
    return {**told, **_stored(turn, task, chosen, "choose_model", asked)}


def upgrade_scenes(turn: TurnContext, *, scenes: list[int], tier: TierName = "best") -> Result:
    """The price of the pictures and clips of these scenes, by their places, in a better quality: of exactly those, and
    without what is made so already. Where nothing of them is made yet, their models are chosen for when it is, and the
    price is the film's."""
    task = turn.task
    keys, forced = upgrades.pieces(task, scenes, tier, {})
    if keys and not forced and not task.videos.exists():
        chosen = {**task.settings.get("models", {}), **_of_tier(keys, tier)}
        asked = {"scenes": scenes, "tier": tier}
        return {"tier": tier, "scenes": scenes, **_stored(turn, task, chosen, "upgrade_scenes", asked)}
    turn.tier, turn.only = tier or turn.tier, None
    turn.forced |= dict.fromkeys(keys, "")
    return starting.offered(turn, turn.quote()) if keys else {"nothing_to_do": True, "made_so": True}


def _made(makes: str, scenes: Sequence[int] | None) -> list[str]:
    """Return what a model may be chosen for here; with scenes, what they have of their own."""
    known = [made for made in model_choice.MAKES if makes in ("", made)]
    return [made for made in known if made in PIECES] if scenes else known


def _names(made: str) -> list[str]:
    return [model.name for model in model_choice.available(made)]


def _like(said: str, made: str) -> list[str]:
    """Return the names that have every word and number that was said; one that has no others alone."""
    words = _words(said)
    fitting = [name for name in _names(made) if words and words <= _words(name)]
    whole = [name for name in fitting if _words(name) == words]
    return whole or fitting


def _words(name: str) -> set[str]:
    """`kling-3-pro` and "Kling v3 Pro" have the same."""
    return set(WORD.findall(re.sub(r"\bv(?=\d)", "", name.lower())))


def _of_tier(keys: Sequence[str], tier: str) -> dict[str, str]:
    """Return the model that a tier has for each piece."""
    role = {kind: made for made, kind in PIECES.items()}
    found = {key: model_for(role[key.partition("/")[0]], Choice(tier)) for key in keys}
    return {key: model.name for key, model in found.items() if model and model.source}


def _keys(task: Task, made: str, scenes: Sequence[int] | None) -> list[str]:
    if not made:
        return []
    return [f"{PIECES[made]}/{one}" for one in upgrades.ids_of(task, scenes)] if scenes else [made]


def _without(before: Mapping[str, str], keys: Sequence[str]) -> dict[str, str]:
    """Return the choice without that of these pieces, with none at all where no piece is named."""
    return {key: name for key, name in before.items() if key not in keys} if keys else {}


def _stored(turn: TurnContext, task: Task, chosen: dict[str, str], tool: str, asked: Result) -> Result:
    """Store the choice, after a yes where scenes last otherwise by it."""
    changes = {"models": chosen}
    if not scripts.differs(task, changes):
        return {"unchanged": True}
    moved, newest = scene_lengths.moved_by(task, changes), script_versions.newest(task)
    if moved and (question := turn.asks_first(tool, asked, {"retimed": moved})):
        return question
    before = dict(task.settings.get("models", {}))
    turn.see()
    waits = turn.is_being_made()
    task = scripts.update_settings(task=task, changes=changes, reason=turn.reason, retime=bool(moved))
    turn.remember({"kind": "settings", "changes": {"models": before}})
    if moved and newest:
        turn.remember({"kind": "script", "version": newest.version})
    return turn.priced_anew(waits_for_the_run=waits) if task.scripts.exists() else {}
