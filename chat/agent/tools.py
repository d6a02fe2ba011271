"""The tools of the agent: plain functions, each calling one service. A docstring is what a model reads of its tool.

Whatever raises a PixoraError is told to the model as `{"error": {code, message}}`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict, create_model

from chat.agent import own_words, starting, undoing, version_tools
from chat.agent.facts import facts_of
from chat.agent.turn_context import TierName, TurnContext
from media_assets import uploads
from pipeline.film import script_edits
from pipeline.film.changes import AGENT_FIELDS, AGENT_SCENE_FIELDS, Fields, may_be_null
from pipeline.film.script import Line, Scene
from pipeline.film.settings import MAX_PROMPT_CHARS, SourceMode, TaskSettings
from pipeline.models import Run, Script, Task
from pipeline.queries import film_costs, piece_account
from pipeline.services import films, own_material, own_voices, quotes, scene_lengths, script_versions, scripts, takes
from pixora.foundation.errors import Invalid, NotFound, PixoraError

Result = dict[str, Any]
STANDING = ("film", "run", "last_run", "components", "cut_is_due", "credits", "finished", "offer")
"""The facts that `film_status` tells."""
MAX_TITLE_CHARS = 200


def write_script(
    turn: TurnContext,
    *,
    prompt: str = "",
    instructions: str = "",
    duration: int | None = None,
    language: str | None = None,
    source: SourceMode | None = None,
    text: str = "",
    asset: str = "",
) -> Result:
    """Have the script written, or written again. `prompt`: what the film is about, where the user's first message did
    not say it; only before there is a script. `instructions`: what the new script should do differently; what earlier
    ones were told still holds. `duration` (seconds, a multiple of 5) and `language` (of the facts' `languages`)
    are for another length or language. `text`: a script, steps or a text that the user wrote to be the film's own words
    (`asset`: the id of one that they attached); `source`: how the film's own words are followed, `verbatim` (each word
    is spoken as it was written), `condensed` or `inspired_by`. Where something the user edited or paid for would be
    lost, it changes nothing and answers with `asks_first`. Of a translation: translates what its source changed."""
    task, newest = turn.task, script_versions.newest(turn.task)
    changes = {name: value for name, value in (("duration", duration), ("language", language)) if value is not None}
    told = {"writing": True, "again": newest is not None, "changed": changes}
    turn.check_asks_nothing()
    if turn.has_written:
        return turn.written_already(told)
    if source or text or asset:
        return own_words.follow(turn, source=source, text=text, asset=asset, duration=duration)
    if turn.is_written():
        return _told_meanwhile(turn, instructions, changes, told)
    if version_tools.is_translation(task) and not (instructions or changes):
        return version_tools.translate_again(turn, told)
    if keeps := own_words.kept(task, instructions=instructions, duration=duration):
        return keeps
    if prompt and newest is None:
        films.restate(task=task, prompt=prompt[:MAX_PROMPT_CHARS])
    if question := own_words.asks_of_losses(turn, newest, {"instructions": instructions, **changes}):
        return question
    run = films.write_script(task=task, instructions=instructions, changes=changes, reason=turn.reason)
    return _began(turn, run, task, newest, changes, told)


def _told_meanwhile(turn: TurnContext, instructions: str, changes: Mapping[str, Any], told: Result) -> Result:
    """Tell the writer at work, where it has not begun."""
    task, newest = turn.task, script_versions.newest(turn.task)
    if (
        (changes or version_tools.is_translation(task))
        and not instructions
        and changes.items() <= task.settings.items()
    ):
        return {**told, "is_written_so": True}
    run = films.tell_writer(task=task, instructions=instructions, changes=changes)
    return _began(turn, run, task, newest, changes, told) if run else turn.put_off()


def _began(
    turn: TurnContext, run: Run, before: Task, newest: Script | None, changes: Mapping[str, Any], told: Result
) -> Result:
    if newest:
        turn.remember({"kind": "script", "version": newest.version})
    if newest and changes:
        turn.remember({"kind": "settings", "changes": {name: before.settings[name] for name in changes}})
    turn.run_id = run.id
    return told


def also_takes(fields: Fields) -> Callable[[Callable[..., Result]], Callable[..., Result]]:
    """Offer a tool's model these fields besides its own keywords; the tool takes them as `**changes`."""

    def give(tool: Callable[..., Result]) -> Callable[..., Result]:
        tool.also_takes = fields  # type: ignore[attr-defined]
        return tool

    return give


@also_takes(may_be_null(Scene, AGENT_SCENE_FIELDS))
def edit_scene(turn: TurnContext, *, scene: int, **changes: Any) -> Result:
    """Change some of a scene: give its place and the new values. `script` is the narration, `image_prompt` its picture,
    `video_prompt` how it moves, `duration` seconds (`scene_lengths` of the facts), `lines` what people say behind the
    narration, all of them in their order (`speaker`: a name; empty: the narrator). Prompts and lines replace the old
    ones: repeat what stays."""
    return edit_scenes(turn, changes=[SceneChanges(scene=scene, **changes)])


if TYPE_CHECKING:
    SceneFields = BaseModel
else:
    SceneFields = create_model("SceneFields", **may_be_null(Scene, AGENT_SCENE_FIELDS))


class SceneChanges(SceneFields):
    """The changes of one scene, by its place; what is left out stays."""

    model_config = ConfigDict(extra="forbid", strict=True)

    scene: int


def edit_scenes(turn: TurnContext, *, changes: list[SceneChanges]) -> Result:
    """Change several scenes at once, as edit_scene changes one. Rather this than several edit_scene."""
    content = turn.script().content
    before: Result = {}
    for change in changes:
        given = change.model_dump(exclude={"scene"}, exclude_none=True)
        edited = script_edits.edited(content, change.scene, given)
        old = content["clips"][change.scene - 1]["scene"]
        before[str(change.scene)] = {name: old.get(name, []) for name in given if name in old or name == "lines"}
        content = edited
    return {**turn.revise(content), "before": before}


def arrange_scenes(turn: TurnContext, *, order: list[int]) -> Result:
    """Put the scenes into another order: their present places in the order wanted. One left out is removed; before
    several are removed, it changes nothing and answers with `asks_first`."""
    content = turn.script().content
    arranged = script_edits.arranged(content, order)
    gone = (clip["scene"] for clip in content["clips"] if clip["scene"]["index"] not in order)
    removed = [{"place": scene["index"], "title": scene["title"]} for scene in gone]
    if len(removed) > 1 and (question := turn.asks_first("arrange_scenes", {"order": order}, {"removed": removed})):
        return question
    return {**turn.revise(arranged), "removed": removed, "music": [*map(script_edits.music_count, (content, arranged))]}


def add_scene(
    turn: TurnContext,
    *,
    after: int,
    title: str,
    script: str,
    image_prompt: str,
    video_prompt: str,
    transition: str = "fade",
    duration: int = 5,
    characters: list[str] | None = None,
    lines: list[Line] | None = None,
) -> Result:
    """Add a scene behind the one at place `after` (0: at the beginning). `characters`: who of the film is in it;
    `lines`: what people say in it, behind the narration."""
    new = {
        "id": script_versions.next_scene_id(turn.task), "title": title, "script": script, "image_prompt": image_prompt,
        "video_prompt": video_prompt, "transition": transition, "duration": duration, "characters": characters or [],
        "lines": [line.model_dump() for line in lines or ()],
    }  # fmt: skip
    return turn.revise(script_edits.with_scene(turn.script().content, after, new))


def change_music(
    turn: TurnContext, *, scenes: list[int], prompt: str | None = None, silent: bool | None = None
) -> Result:
    """Give these scenes other music, described by `prompt` (repeat what is to stay of its words), or none with
    `silent`. Music of the whole film is switched off in the settings instead."""
    return turn.revise(script_edits.with_music(turn.script().content, scenes, prompt=prompt, silent=silent))


def describe_character(
    turn: TurnContext,
    *,
    name: str,
    image_prompt: str | None = None,
    new_name: str | None = None,
    voice: str | None = None,
) -> Result:
    """Change how a character of the film looks (repeat what is to stay), what it is called, or the voice that speaks
    its lines (empty: one is chosen)."""
    content = turn.script().content
    changed = script_edits.with_character(content, name, image_prompt=image_prompt, new_name=new_name, voice=voice)
    looks = {one["name"].casefold(): one["image_prompt"] for one in content["character_profiles"]}
    return {**turn.revise(changed), "before": looks[name.casefold()]}


def rename_film(turn: TurnContext, *, title: str) -> Result:
    """Give the film another title. It costs nothing."""
    task = turn.task
    if task.title == title:
        return {"title": title, "unchanged": True}
    waits = turn.is_being_made()
    scripts.rename(task=task, title=title[:MAX_TITLE_CHARS])
    turn.remember({"kind": "title", "title": task.title})
    return {"title": title[:MAX_TITLE_CHARS], "waits_for_the_run": waits}


@also_takes(may_be_null(TaskSettings, AGENT_FIELDS))
def change_settings(turn: TurnContext, **given: Any) -> Result:
    """Change the film's settings. `captions`: off, soft, clean or boxed. When there is a script, `duration` and
    `language` are given to write_script instead, because the script has to be written again for them. A `tier` whose
    clips have other lengths than the scenes changes nothing and answers with `asks_first`."""
    task = turn.task
    changes = own_voices.instead_of_one(task.settings, {name: one for name, one in given.items() if one is not None})
    rewriting = sorted(set(script_versions.TAKE_A_WRITING) & set(changes))
    if rewriting and task.scripts.exists():
        raise Invalid(f"{rewriting[0]}: the script has to be written again for it; call write_script with it.")
    if not scripts.differs(task, changes):
        return {"unchanged": True, "settings": changes}
    if turn.is_written() and rewriting:
        return turn.put_off()
    before, newest = _settings_before(task, changes), script_versions.newest(task)
    moved = scene_lengths.moved_by(task, changes)
    if moved and (question := turn.asks_first("change_settings", changes, {"retimed": moved})):
        return question
    turn.see()
    waits = turn.is_being_made()
    task = scripts.update_settings(task=task, changes=changes, reason=turn.reason, retime=bool(moved))
    turn.remember({"kind": "settings", "changes": before})
    if moved and newest:
        turn.remember({"kind": "script", "version": newest.version})
    if not task.scripts.exists():
        return {"changed": changes}
    return {"changed": changes, "before": before, **turn.priced_anew(waits_for_the_run=waits)}


def _settings_before(task: Task, changes: Mapping[str, Any]) -> Result:
    """Return what they were; where the film was made from a script that said something else, that."""
    newest = script_versions.newest(task)
    carried = {name: newest.content[name] for name in script_versions.IN_SCRIPT} if newest else {}
    models = {"models": task.settings["models"]} if "tier" in changes and task.settings.get("models") else {}
    return {**models, **{name: carried.get(name, task.settings.get(name, False)) for name in changes}}


def quote_film(turn: TurnContext, *, tier: TierName = "", scenes: list[int] | None = None) -> Result:
    """Tell what it would cost to make all that is missing or out of date; with `scenes`, what those alone would cost.
    `tier`: as a `draft`, in `standard` or in the `best` quality, where the user asked for one."""
    turn.is_of_all, turn.tier, turn.only = True, tier or turn.tier, scenes
    return starting.offered(turn, turn.quote())


def price_of_settings(
    turn: TurnContext,
    *,
    aspect_ratio: str | None = None,
    style: str | None = None,
    resolution: str | None = None,
    voice: str | None = None,
    voice_over: bool | None = None,
    music: bool | None = None,
    captions: str | None = None,
    order: list[int] | None = None,
) -> Result:
    """What other settings, or only the scenes in `order`, would cost, changing nothing: `more` than now, in credits."""
    names = ("aspect_ratio", "style", "resolution", "voice", "voice_over", "music", "captions")
    given = (aspect_ratio, style, resolution, voice, voice_over, music, captions)
    changes = {name: value for name, value in zip(names, given, strict=True) if value is not None}
    content = script_edits.arranged(turn.script().content, order) if order else None
    now, then = quotes.price_if(turn.task), quotes.price_if(turn.task, content=content, changes=changes)
    return {"settings": changes, "open": now, "then": then, "more": then - now}


def savings(turn: TurnContext) -> Result:
    """What would make the film cheaper: its price, and the prices it would have without some of it."""
    task = turn.task
    content = turn.script().content
    now = quotes.price_if(task)
    wholes = {"music": {"music": False}, "voice_over": {"voice_over": False}}
    prices = {name: quotes.price_if(task, changes=changes) for name, changes in wholes.items() if task.settings[name]}
    last = len(content["clips"])
    if last > 1:
        prices["last_scene"] = quotes.price_if(task, content=script_edits.arranged(content, range(1, last)))
    prices |= {one["tier"]: one["credits"] for one in quotes.price_of(task)["tiers"] if one["tier"] == "draft"}
    cheaper = {name: price for name, price in prices.items() if price < now}
    return {"credits": now, "without": cheaper, "scenes": last}


def regenerate(turn: TurnContext, *, components: list[str], instructions: str = "", tier: TierName = "") -> Result:
    """The price of new takes of some components, by their keys (`scene/2` is a picture, `video/2` a clip, `audio/2` a
    voice-over, `music/1_2_3` music, `character/<name>`; numbers are scenes' ids). `instructions` go to each of them;
    `tier` (draft, standard or best) is how well they are made, where the user asked for one.
    What cannot be made alone yet, as what it is made from is not there, is `made_with_the_film`, and the price is the
    film's."""
    takes.check_component(turn.task, *components)
    turn.tier = tier or turn.tier
    before = dict(turn.forced)
    turn.forced |= dict.fromkeys(components, instructions)
    found = turn.quote()
    if found.items:
        return starting.offered(turn, found)
    turn.forced = before
    return {"made_with_the_film": components, **starting.offered(turn, turn.quote())}


def film_status(turn: TurnContext) -> Result:
    """How the film stands now: status, run, progress, what is ready, missing, out of date or failed."""
    facts = facts_of(turn.task, turn.asked)
    return {name: facts[name] for name in STANDING}


def explain(turn: TurnContext, *, component: str) -> Result:
    """Tell what the selected take of a component was made from, what is out of date, and what went wrong in earlier
    tries. Offer to make it again, or to change the scene."""
    return piece_account.account_of(turn.task, component)


def spending(turn: TurnContext, *, components: list[str] | None = None) -> Result:
    """Tell what this film has cost so far, by kind of piece and by run: spent, set aside for a run at work, given back.
    With `components` (keys), what these alone have cost too."""
    told = dict(film_costs.of_film(turn.task))
    return {**told, "components": film_costs.of_pieces(turn.task, components)} if components else told


def select_take(turn: TurnContext, *, component: str, take: int) -> Result:
    """Use an earlier or later take of a component again. It costs nothing itself; `price` is for what no longer
    fits."""
    task = turn.task
    selected = task.assets.filter(component=component, selected=True).values_list("take", flat=True).first()
    waits = quotes.active(task)
    turn.see()
    takes.select_take(task=task, component=component, take=take)
    if selected:
        turn.remember({"kind": "take", "component": component, "take": selected})
    told = {"selected": take, "component": component, "unchanged": selected == take}
    return told if waits or told["unchanged"] else {**told, **turn.priced_anew(waits_for_the_run=False)}


def use_picture(turn: TurnContext, *, scene: int) -> Result:
    """Put the picture that came with the user's message into a scene, by its place, as the user's own still. It costs
    nothing; what was made from the picture before, such as the scene's clip, no longer fits then and has its price."""
    upload_id = turn.asked.metadata.get("reference_upload")
    if not upload_id:
        raise NotFound("No picture came with the message: ask the user to attach one.")
    task, component = turn.task, f"scene/{_scene_id(turn, scene)}"
    selected = task.assets.filter(component=component, selected=True).values_list("take", flat=True).first()
    turn.see()
    own_material.add_own(task=task, component=component, upload=uploads.upload_of(task.user, upload_id))
    if selected:
        turn.remember({"kind": "take", "component": component, "take": selected})
    return {"scene": scene, "component": component, "being_put_in": True}


def _scene_id(turn: TurnContext, place: int) -> int:
    """Raises NotFound."""
    found = [clip["scene"]["id"] for clip in turn.script().content["clips"] if clip["scene"]["index"] == place]
    if not found:
        raise NotFound(f"There is no scene {place}.")
    return int(found[0])


def undo(turn: TurnContext) -> Result:
    """Take back the last change, of the script, the settings or a choice of takes. It costs nothing itself; `price` is
    for what no longer fits."""
    waits, is_active = turn.is_being_made(), quotes.active(turn.task)
    turn.see()
    said = undoing.said_earlier(turn.task, turn.asked)
    undone = undoing.undo(turn.task)
    turn.undid = True
    told = {"undone": undone, "waits_for_the_run": waits, **({"said_earlier": said} if said else {})}
    kinds = {one["kind"] for one in undone} - ({"take"} if is_active else set())
    if not kinds & {"script", "settings", "take"} or not turn.task.scripts.exists():
        return told
    return {**told, **turn.priced_anew(waits_for_the_run=waits)}


def cancel_run(turn: TurnContext) -> Result:
    """Stop what is being made. What is ready is kept, and what was not used is given back."""
    is_written = turn.is_written()
    found = {"was_written": is_written, "has_script": turn.task.scripts.exists()}
    return {"cancelled": films.cancel(task=turn.task), **found}


def wait_for_the_script(turn: TurnContext) -> Result:
    """Be given this message again when the script is there, because it can only be answered then."""
    return {"script_is_there": turn.task.scripts.exists()}


def list_films(turn: TurnContext) -> Result:
    """The user's films, newest first."""
    newest = films.shown_films_of(turn.user).order_by("-created_at")[:20]
    return {"films": [{"title": film.title or film.prompt[:60], "status": film.status} for film in newest]}


def failure(error: PixoraError) -> Result:
    details = {"details": error.details} if error.details else {}
    return {"error": {"code": error.code, "message": error.message, **details}}
