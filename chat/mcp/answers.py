"""The answers of the tools, where the REST API has none that fits."""

from __future__ import annotations

from typing import Any, Self

from pydantic import BaseModel, Field

from pipeline.api import answers
from pipeline.api.note_answers import Note
from pipeline.models import Task
from pipeline.queries import overview
from pipeline.services import translations, writing
from pixora.foundation.errors import NotFound

NEXT = {
    "writing": "The script is being written: call wait_for_film until script.",
    "making": "It is being made: call wait_for_film until finished.",
    "unwritten": "There is no script, and none is being written: list_pieces says why; change_film has it written.",
    "scripted": "The script is there: read it with get_script, then price, and approve with the person's yes.",
    "outdated": "Words were changed in the film that this one is a translation of: translate_again translates them.",
    "finished": "The film is finished: its address is in video.",
    "changed": "The film was changed since it was cut: price tells what making the rest costs.",
    "failed": "Some pieces could not be made: list_pieces says which and why; price offers them again.",
}


class FilmState(BaseModel):
    """A film as it stands, and what to do next."""

    film: answers.Task
    video: answers.Video | None = None
    to_translate: list[int] = Field(
        [],
        description="Of a translation: the scenes, by place, whose words or titles were changed in its source since.",
    )
    next: str

    @classmethod
    def of(cls, task: Task) -> Self:
        task.refresh_from_db()
        film, video = answers.Task.of(overview.overview(task)), _video(task)
        places = list(translations.to_translate(task).places)
        standing = "outdated" if places and not film.run else _standing(task, film, video)
        return cls(film=film, video=video, to_translate=places, next=NEXT[standing])


def _video(task: Task) -> answers.Video | None:
    try:
        return answers.Video.of(overview.finished_film(task))
    except NotFound:
        return None


def _standing(task: Task, film: answers.Task, video: answers.Video | None) -> str:
    if film.run:
        return "writing" if writing.under_way(task).exists() else "making"
    if film.version is None:
        return "unwritten"
    if film.status in ("failed", "complete"):
        return "failed" if film.status == "failed" else "finished" if video and video.shows_the_newest else "changed"
    return "scripted"


class Waited(FilmState):
    reached: bool = Field(description="What was waited for is so; else ask again, or read `next`.")


class Films(BaseModel):
    films: list[answers.Task]
    next: str | None = Field(None, description="The `cursor` of the list that goes on.")


class Pieces(BaseModel):
    pieces: list[answers.Component]


class Takes(BaseModel):
    takes: list[answers.Take]


class Notes(BaseModel):
    notes: list[Note]


class Approved(answers.Run):
    credits: int = Field(description="At most so many are spent; what is not used comes back.")


class Undone(FilmState):
    undone: list[dict[str, Any]] = Field(description="What is again as it was.")
