"""The parts that operations share: parameters, the look-up of one's own film, request limits and refusals."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest
from ninja import Path

from pipeline.models import Task
from pipeline.services import films
from pixora.accounts.auth import signed_in_user
from pixora.foundation.request_limits import Limit

CHANGES = Limit("changes", times=120)
FILMS = Limit("films", times=20, a_day=300)
"""Writing a script costs no credits; this is what bounds it."""
PLANS = Limit("plans", times=240)
"""Reading how all of a film stands takes some work."""

READING = (401, 403, 404, 422, 503)
CHANGING = (401, 403, 404, 413, 422, 429, 503)

TaskId = Annotated[str, Path(description="The film's id.", example="task_1f0k3j5x8v2m9q7z")]
Key = Annotated[
    str,
    Path(description="A component's key; its slash is a dot here.", example="scene.2"),
]
Place = Annotated[int, Path(description="The scene's place in the film, from 1.", example=2)]
TakeNumber = Annotated[int, Path(description="The number of the take, from 1.", example=1)]
Version = Annotated[int, Path(description="A version of the script, from 1.", example=1)]


def film(request: HttpRequest, task_id: str) -> Task:
    """Return the signed-in user's film with this id. Raises NotFound for other people's films, too."""
    return films.task_of(signed_in_user(request), task_id)


def component(key: str) -> str:
    """Return the component that an address names: `scene.2` there is `scene/2`."""
    return films.readable_id(key.replace(".", "/"))
