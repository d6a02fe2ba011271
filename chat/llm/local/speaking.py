"""PURE: what the tools answered, in sentences."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from chat.llm.base import ToolResult
from chat.llm.local.film import Film
from chat.llm.local.steps import Step

PIECES = {"scene": "the picture of scene {}", "audio": "the voice of scene {}", "video": "the clip of scene {}"}
QUEUED = "The film is being made from the version before, so this waits for the next cut."


def before(calls: Sequence[Step], film: Film) -> str:
    """Said before the work begins, where it takes a moment."""
    if any(call.tool == "write_script" for call in calls) and not film.script:
        about = film.facts["film"]["prompt"]
        prompt = next((call.arguments["prompt"] for call in calls if call.arguments.get("prompt")), about)
        return f"I'll create a film about this: “{_short(prompt)}”. Let me break it down into scenes."
    return ""


def report(results: Sequence[ToolResult], film: Film) -> str:
    """One sentence for each thing done, then once what it means for the price."""
    said = [SENTENCES[result.call.name](result, film) if not result.failed else _failure(result) for result in results]
    changed = [result.result for result in results if "version" in result.result and not result.failed]
    if changed and not any(result.result.get("writing") for result in results):
        said.append(_price_after(changed[-1]))
    return " ".join(dict.fromkeys(sentence for sentence in said if sentence))


def piece(key: str, film: Film) -> str:
    kind, _, rest = key.partition("/")
    if kind == "music":
        ids = rest.split("_")
        first, last = film.place_of(ids[0]), film.place_of(ids[-1])
        return f"the music of scene {first}" if first == last else f"the music of scenes {first} to {last}"
    return PIECES.get(kind, kind.replace("fullvideo", "the film")).format(film.place_of(rest))


def _failure(result: ToolResult) -> str:
    error = result.result["error"]
    if error["code"] == "quote_changed":
        return f"The film has changed since that price: it is {error['details']['credits']} credits now. Shall I?"
    if error["code"] == "insufficient_credits":
        return f"I cannot start it: {_lower(error['message'])} Fewer or shorter scenes make it cheaper."
    return f"That did not work: {_lower(error['message'])}"


def _price_after(result: Mapping[str, Any]) -> str:
    price = result.get("price")
    later = f" {QUEUED}" if result.get("waits_for_the_run") else ""
    if result.get("unchanged"):
        return "It was like that already."
    if not price or not price["components"]:
        return f"It costs nothing.{later}"
    return f"Making what is missing now costs {price['credits']} credits; say yes to start.{later}"


def _script(result: ToolResult, film: Film) -> str:
    return "I am writing it anew; the new version appears in a moment." if result.result["again"] else ""


def _scene(result: ToolResult, film: Film) -> str:
    names = {"script": "narration", "image_prompt": "picture", "video_prompt": "motion"}
    changed = [names.get(name, name) for name in result.call.arguments if name != "scene"]
    return f"Scene {result.call.arguments['scene']} has a new {_listed(changed)}."


def _order(result: ToolResult, film: Film) -> str:
    return f"The scenes are in their new order: {_listed([scene['title'] for scene in film.scenes])}."


def _addition(result: ToolResult, film: Film) -> str:
    return f"I added “{result.call.arguments['title']}” as scene {result.call.arguments['after'] + 1}."


def _music(result: ToolResult, film: Film) -> str:
    places = result.call.arguments["scenes"]
    where = f"scene {places[0]}" if len(places) == 1 else f"scenes {places[0]} to {places[-1]}"
    return f"The music of {where} is “{result.call.arguments['prompt']}” now."


def _character(result: ToolResult, film: Film) -> str:
    return f"{result.call.arguments['name']} has a new look."


def _settings(result: ToolResult, film: Film) -> str:
    if result.result.get("unchanged"):
        return "It was set like that already."
    changed = [f"{name.replace('_', ' ')} {_value(value)}" for name, value in result.result["changed"].items()]
    return f"Done: {_listed(changed)}."


def _quote(result: ToolResult, film: Film) -> str:
    if result.result.get("nothing_to_do"):
        return "Nothing has to be made: everything is there and up to date."
    price = result.result["price"]
    balance = film.facts["credits"]["balance"]
    what = _listed([piece(key, film) for key in price["components"]]) if len(price["components"]) <= 4 else "all of it"
    return f"Making {what} costs {price['credits']} credits; you have {balance}. Shall I?"


def _start(result: ToolResult, film: Film) -> str:
    if result.result.get("nothing_to_do"):
        return "Everything is there already; there is nothing to make."
    later = " It begins when what is being made now is done." if result.result.get("waits_for_the_run") else ""
    return f"I'm on it: {result.result['credits']} credits are set aside, and what is not used comes back.{later}"


def _status(result: ToolResult, film: Film) -> str:
    facts = result.result
    parts, run, last = facts["components"], facts["run"], facts["last_run"]
    if run and run["status"] == "running":
        doing = f" ({_listed([piece(key, film) for key in run['now'][:3]])})" if run["now"] else ""
        return f"It is at {run['progress']} %{doing}; {parts['ready']} of {parts['total']} pieces are there."
    if run:
        return "It is waiting to be started, which happens as soon as a worker is free."
    if last and last["failed"]:
        why = [f"{piece(found['component'], film)}: {found['message']}" for found in last["failed"][:4]]
        return f"Some of it could not be made. {' '.join(why)} What was made is kept; say “try again”."
    if facts["finished"] and not (parts["stale"] or parts["missing"]):
        return f"The film is ready and lasts {facts['finished']['duration']:.0f} seconds."
    if facts["finished"]:
        return f"There is a film; {len(parts['stale']) + len(parts['missing'])} pieces of it are out of date."
    return f"The script is there; {parts['ready']} of {parts['total']} pieces are made. Say yes to its price to start."


def _explanation(result: ToolResult, film: Film) -> str:
    found = result.result
    name = piece(result.call.arguments["component"], film)
    if not found.get("tries"):
        return f"Nobody has tried to make {name} yet."
    tries = f"{len(found['tries'])} {'try' if len(found['tries']) == 1 else 'tries'}"
    if found["failed"]:
        return f"I could not make {name} after {tries}: {found['message']} Say “try again”, or change the scene."
    return f"There is nothing wrong with {name}: it was made by {found['tries'][-1]['provider']} in {tries}."


def _take(result: ToolResult, film: Film) -> str:
    name = piece(result.call.arguments["component"], film)
    if result.result["unchanged"]:
        return f"Take {result.result['selected']} of {name} was selected already."
    return f"Take {result.result['selected']} of {name} is back, for nothing; the film is cut again by itself."


def _undone(result: ToolResult, film: Film) -> str:
    later = f" {QUEUED}" if result.result["waits_for_the_run"] else ""
    undone = re.sub(
        r"\b(?:scene|audio|video|music)/[\d_]+", lambda key: piece(key[0], film), "; ".join(result.result["undone"])
    )
    return f"Undone: {undone}.{later}"


def _cancelled(result: ToolResult, film: Film) -> str:
    if not result.result["cancelled"]:
        return "Nothing is being made at the moment."
    return "I stop it. What is ready is kept, and what was not used is given back."


def _films(result: ToolResult, film: Film) -> str:
    films = [f"“{_short(one['title'])}” ({one['status']})" for one in result.result["films"]]
    return f"Your films, newest first: {_listed(films)}."


SENTENCES: Mapping[str, Callable[[ToolResult, Film], str]] = {
    "write_script": _script,
    "edit_scene": _scene,
    "arrange_scenes": _order,
    "add_scene": _addition,
    "change_music": _music,
    "describe_character": _character,
    "change_settings": _settings,
    "quote_film": _quote,
    "regenerate": _quote,
    "start_film": _start,
    "film_status": _status,
    "explain": _explanation,
    "select_take": _take,
    "undo": _undone,
    "cancel_run": _cancelled,
    "list_films": _films,
}


def _value(value: Any) -> str:
    return {True: "on", False: "off"}[value] if isinstance(value, bool) else str(value)


def _listed(parts: Sequence[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def _lower(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 120 else f"{line[:119].rsplit(' ', 1)[0]} …"
