"""Films: listed, ordered, changed, deleted, restored and duplicated; their history and the finished film."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Query, Router, Status

from pipeline.api import answers
from pipeline.api.bodies import NewTask, TaskChanges, Text, given
from pipeline.api.language_answers import VideoOfLanguages
from pipeline.api.parameters import CHANGES, CHANGING, FILMS, READING, TaskId, film
from pipeline.deletion import film_deletion
from pipeline.models import Task
from pipeline.queries import overview
from pipeline.services import all_languages as languages
from pipeline.services import duplicate, family, films, own_material, own_words, presets, scripts
from pixora.accounts.auth import key_of, needs, signed_in_user
from pixora.accounts.idempotency import idempotent
from pixora.accounts.scopes import Scope, allows
from pixora.foundation.error_responses import refusals
from pixora.foundation.pagination import Cursor, Listing, PageSize

NEWEST_FIRST = Listing("tasks", ("created_at", "id"), descending=True)
HISTORY = Listing("events", ("seq",))
LARGEST_SEQ = 2**63 - 1
LONGEST_SEARCH = 200

router = Router(tags=["films"])


@router.get(
    "tasks",
    response={200: answers.TaskPage, **refusals(401, 403, 422, 503)},
    summary="My films, newest first",
    auth=needs(Scope.FILMS_READ),
)
def list_tasks(
    request: HttpRequest,
    cursor: Cursor,
    limit: PageSize,
    deleted: Annotated[bool, Query(False, description="Those that were deleted and can be restored.")],
    search: Annotated[Text, Query("", max_length=LONGEST_SEARCH, description="Words of the title or the prompt.")],
    families: Annotated[bool, Query(False, description="Of the versions of a film only the first.")],
) -> dict[str, Any]:
    user = signed_in_user(request)
    tasks = film_deletion.deleted_tasks_of(user) if deleted else films.shown_films_of(user)
    tasks = films.that_mention(tasks, search)
    tasks = family.heads(tasks) if families and not deleted else tasks
    found = NEWEST_FIRST.page(tasks, cursor, limit)
    return found.page([answers.Task.of(each) for each in overview.overviews(found.rows)])


@router.post(
    "tasks",
    response={201: answers.Task, **refusals(*CHANGING, 415)},
    summary="Order a film",
    openapi_extra=FILMS.told,
    auth=needs(Scope.FILMS_WRITE),
)
@idempotent
def create_task(request: HttpRequest, body: NewTask) -> Status[answers.Task]:
    """Order a film. Its script is written right away, free of charge: `version` tells when it is there.

    A prompt that is a script, numbered steps or a text to be spoken is the film's own words: they are kept word for
    word unless `source` says otherwise, and the film is as long as they need.
    """
    FILMS.count_request(request)
    user = signed_in_user(request)
    words = given(body.source)
    chosen = presets.with_preset(user, body.preset, body.chosen())
    wanted = own_words.ordered(body.prompt, chosen, own_words.read(user, words), mode=words.mode)
    with own_material.reference(user, body.reference_upload) as picture:
        task = films.order_film(
            user=user, prompt=wanted.prompt, settings=wanted.settings, reference=picture, source=wanted.text
        )
    return Status(201, _shown(task))


@router.get(
    "tasks/{task_id}",
    response={200: answers.Task, **refusals(*READING)},
    summary="One film",
    auth=needs(Scope.FILMS_READ),
)
def get_task(request: HttpRequest, task_id: TaskId) -> answers.Task:
    return answers.Task.of(overview.overview(film(request, task_id)))


@router.patch(
    "tasks/{task_id}",
    response={200: answers.Task, **refusals(*CHANGING, 409)},
    summary="Change a film's title or settings",
    openapi_extra=CHANGES.told,
    auth=needs(Scope.FILMS_WRITE),
)
def change_task(request: HttpRequest, task_id: TaskId, body: TaskChanges) -> answers.Task:
    """Change the title or settings, and in a new version of the script what it carries of them.

    What is computed is made anew by itself. Another `duration` has the script written anew. While a script is being
    written, what is changed holds for it too. A `tier` or `models` whose clips have other lengths than the scenes are
    refused with `lengths_change`, which names them, unless `retime` agrees.
    """
    CHANGES.count_request(request)
    task = film(request, task_id)
    if body.source is not None:
        words = given(body.source)
        text = own_words.read(signed_in_user(request), words)
        own_words.change(task=task, mode=words.mode, text=text, changes=body.chosen())
        return _shown(scripts.update_task(task=task, title=body.title, changes={}))
    return _shown(scripts.update_task(task=task, title=body.title, changes=body.chosen(), retime=body.retime))


@router.delete(
    "tasks/{task_id}",
    response={204: None, **refusals(*CHANGING)},
    summary="Delete a film",
    openapi_extra=CHANGES.told,
    auth=needs(Scope.FILMS_WRITE),
)
def delete_task(
    request: HttpRequest,
    task_id: TaskId,
    versions: Annotated[Literal["this", "all"], Query("this", description="`all`: the film's other versions too.")],
) -> Status[None]:
    """Delete a film: its runs end, and it can be restored until housekeeping removes it for good."""
    CHANGES.count_request(request)
    task = film(request, task_id)
    film_deletion.delete_family(task) if versions == "all" else film_deletion.delete_task(task)
    return Status(204, None)


@router.post(
    "tasks/{task_id}/restore",
    response={200: answers.Task, **refusals(*CHANGING)},
    summary="Take a deleted film back",
    openapi_extra=CHANGES.told,
    auth=needs(Scope.FILMS_WRITE),
)
def restore_task(request: HttpRequest, task_id: TaskId) -> answers.Task:
    CHANGES.count_request(request)
    return _shown(film_deletion.restore_task(signed_in_user(request), task_id))


@router.post(
    "tasks/{task_id}/duplicate",
    response={201: answers.Task, **refusals(*CHANGING)},
    summary="Make a second film of a film",
    openapi_extra=FILMS.told,
    auth=needs(Scope.FILMS_WRITE),
)
@idempotent
def duplicate_task(request: HttpRequest, task_id: TaskId) -> Status[answers.Task]:
    """Make a second film with the same script and takes, for nothing."""
    FILMS.count_request(request)
    return Status(201, _shown(duplicate.duplicate_task(task=film(request, task_id))))


@router.get(
    "tasks/{task_id}/events",
    response={200: answers.EventPage, **refusals(*READING)},
    summary="A film's history",
    auth=needs(Scope.FILMS_READ),
)
def list_events(
    request: HttpRequest,
    task_id: TaskId,
    cursor: Cursor,
    limit: PageSize,
    after: Annotated[int, Query(0, ge=0, le=LARGEST_SEQ, description="Only events with a larger `seq`.")],
) -> dict[str, Any]:
    """List the film's events, oldest first and numbered without gaps: what the WebSocket replays.

    Of `credits_updated`, a key without the scope `credits:read` sees that it was, and no `data`.
    """
    found = HISTORY.page(film(request, task_id).events.filter(seq__gt=after), cursor, limit)
    sees = allows(key_of(request), Scope.CREDITS_READ)
    return found.page([answers.Event.of(event, sees_account=sees) for event in found.rows])


@router.get(
    "tasks/{task_id}/video",
    response={200: VideoOfLanguages | answers.Video, **refusals(*READING, 409)},
    summary="The finished film",
    auth=needs(Scope.FILMS_READ),
)
def get_video(
    request: HttpRequest,
    task_id: TaskId,
    all_languages: Annotated[
        bool, Query(False, description="One file with a track for each language of the film's versions.")
    ],
) -> answers.Video:
    """The newest cut, captions beside it. `not_found` while there is none.

    With `all_languages` it is made when it is first asked for: `not_ready`, with the run's `progress` among the
    details, until it is there.
    """
    task = film(request, task_id)
    found = overview.finished_film(task)
    if all_languages:
        return VideoOfLanguages.with_tracks(found, languages.file_of(task))
    return answers.Video.of(found)


def _shown(task: Task) -> answers.Task:
    """Return the film as it is after a change."""
    task.refresh_from_db()
    return answers.Task.of(overview.overview(task))
