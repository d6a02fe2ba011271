"""PURE: explanations of why a piece is as it is and of what the film has cost, in sentences."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from chat.llm.local.film import Film
from chat.llm.local.wording import capital, short

MOST_RUNS = 4


def explanation(found: Mapping[str, Any], name: str, film: Film) -> str:
    """Explain the take that is shown, whatever the newest run did; `name` is the piece's within a sentence."""
    failed = film.say("back.failed", piece=name, message=found["message"]) if found["failed"] else ""
    if not found["made"]:
        missing = film.say("status.not_tried", Piece=capital(name))
        return f"{failed} {film.say('back.retry')}" if failed else missing
    return " ".join([*_origin(found, capital(name), film), *_trouble(found, failed, film), _again(found, film)])


def _again(found: Mapping[str, Any], film: Film) -> str:
    return film.say("back.again", credits=found["credits"])


def _trouble(found: Mapping[str, Any], failed: str, film: Film) -> list[str]:
    said = [f"{failed} {film.say('back.before')}"] if failed else []
    if found["failures"] and not failed:
        said.append(film.say("back.tries", message=found["failures"][0]))
    if verdict := found.get("verdict"):
        wrong = film.listed([film.say(f"faults.{fault['code']}") for fault in verdict["faults"]])
        said.append(film.say("back.kept" if verdict["kept"] else "back.fault", faults=wrong))
    return [*said, film.say("back.stale")] if found["stale"] else said


def _origin(found: Mapping[str, Any], name: str, film: Film) -> list[str]:
    """Tell what it was made from; of a clip also what its picture was."""
    origin, picture = found["made_from"], found.get("picture")
    said = [film.say("back.take", Piece=name, n=found["take"], count=found["takes"])]
    if origin and origin["own_file"]:
        said = [film.say("back.own", Piece=name, n=found["take"], count=found["takes"])]
    elif origin:
        said = [film.say("back.made", Piece=name, n=found["take"], count=found["takes"], text=short(origin["words"]))]
    if origin and origin["instructions"]:
        said.append(film.say("back.wish", text=short(origin["instructions"])))
    if origin and origin["story"]:
        said.append(origin["story"])
    return [*said, *_origin(picture, film.say("back.picture"), film)] if picture and picture["made"] else said


def spending(found: Mapping[str, Any], film: Film, piece: Callable[[str, Film], str]) -> str:
    """`piece` names one by its key."""
    if not (found["spent"] or found["held"] or found["given_back"]):
        return film.say("spent.nothing")
    said = [_by_run(found, film, piece)]
    if found["held"]:
        said.append(film.say("spent.held", credits=found["held"]))
    if found["given_back"]:
        said.append(film.say("spent.back", credits=found["given_back"]))
    return " ".join(said)


def _by_run(found: Mapping[str, Any], film: Film, piece: Callable[[str, Film], str]) -> str:
    """The newest runs each, those before them together."""
    runs = [film.say("spent.run", credits=run["credits"], what=_what(run, film, piece)) for run in found["runs"]]
    if len(runs) > MOST_RUNS:
        earlier = sum(run["credits"] for run in found["runs"][:-MOST_RUNS])
        runs = [film.say("spent.earlier", credits=earlier), *runs[-MOST_RUNS:]]
    if not runs:
        return film.say("spent.sum", credits=found["spent"])
    if len(found["runs"]) == 1 and found["runs"][0]["credits"] == found["spent"]:
        return film.say("spent.one", credits=found["spent"], what=_what(found["runs"][0], film, piece))
    return film.say("spent.runs", credits=found["spent"], list=film.listed(runs))


def _what(run: Mapping[str, Any], film: Film, piece: Callable[[str, Film], str]) -> str:
    if run["pieces"]:
        return film.listed([piece(key, film) for key in run["pieces"]])
    return film.say("pieces.fullvideo") if run["is_whole"] else film.say("spent.pieces", n=run["count"])
