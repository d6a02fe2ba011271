"""The resources: a film's script, storyboard and video, by addresses of our own."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from pydantic import BaseModel

from chat.mcp.callers import Caller
from pipeline.api import answers
from pipeline.api.script_answers import ScriptVersion
from pipeline.models import Task
from pipeline.planning.kinds import Kind
from pipeline.queries import components, overview
from pipeline.services import films, scripts
from pixora.accounts.scopes import Scope
from pixora.foundation.errors import NotFound

ADDRESS = "pixora://films/{film}/{part}"
ABOUT = {
    "script": "The newest version of a film's script.",
    "storyboard": "The pictures of a film's scenes and characters, each with an address that opens for an hour.",
    "video": "The finished film, with an address that opens for an hour.",
}
NEWEST = 20
"""Films whose resources are listed; others are read by their address all the same."""

_SHOWN = (Kind.CHARACTER, Kind.STILL)


class Storyboard(BaseModel):
    pictures: list[answers.Component]


def listed(caller: Caller) -> list[tuple[str, str]]:
    """The addresses and names of what there is of the newest films. Raises Forbidden."""
    caller.check(Scope.FILMS_READ)
    newest = films.shown_films_of(caller.user).order_by("-created_at")[:NEWEST]
    return [pair for found in overview.overviews(newest) for pair in _of(found)]


def _of(found: overview.Overview) -> Iterator[tuple[str, str]]:
    title = found.task.title or found.task.prompt[:60]
    parts = {"script": found.version is not None, "storyboard": found.takes > 0, "video": found.duration is not None}
    for part, is_there in parts.items():
        if is_there:
            yield ADDRESS.format(film=found.task.id, part=part), f"{title}: {part}"


def read(caller: Caller, uri: str) -> BaseModel:
    """Raises Forbidden, Conflict where it is not made yet, NotFound for what is not the caller's, too."""
    caller.check(Scope.FILMS_READ)
    found = re.fullmatch(r"pixora://films/(\w{1,80})/(script|storyboard|video)", uri)
    if found is None:
        raise NotFound("There is no such resource: list the resources, or their templates.")
    return _READ[found[2]](caller.film(found[1]))


def _script(task: Task) -> BaseModel:
    return ScriptVersion.of(scripts.current_script(task))


def _storyboard(task: Task) -> BaseModel:
    shown = [each for each in components.standings(task) if each.component.split("/")[0] in _SHOWN]
    return Storyboard(pictures=[answers.Component.of(each) for each in shown])


def _video(task: Task) -> BaseModel:
    return answers.Video.of(overview.finished_film(task))


_READ: Mapping[str, Callable[[Task], BaseModel]] = {"script": _script, "storyboard": _storyboard, "video": _video}
