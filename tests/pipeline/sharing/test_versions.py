"""Links that show a film's other languages and shapes: where their owner said so, and nothing else."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from pipeline.models import OriginKind, Share, Task
from pixora.accounts.models import User
from tests.pipeline.api.caller import Caller
from tests.pipeline.sharing.conftest import link
from tests.pipeline.sharing.films import cut, finished_film

pytestmark = pytest.mark.django_db
REFUSED = (404, "not_found")


def version(film: Task, user: User, kind: OriginKind, *, title: str, scenes: int = 3, **settings: Any) -> Task:
    """A finished film of the same family."""
    made = finished_film(user, scenes=scenes)
    Task.objects.filter(id=film.id).update(family=film.id)
    made.family, made.origin, made.origin_kind, made.title = film.id, film, kind, title
    made.settings = {**made.settings, **settings}
    made.save()
    return made


@pytest.fixture
def spanish(film: Task, alice: User) -> Task:
    return version(film, alice, OriginKind.LANGUAGE, title="La cosa", language="es")


def told(guest: Client, path: str, query: str = "") -> Any:
    return guest.get(f"/api/v1/shares/{path.removeprefix('/s/')}{query}")


def test_a_link_shows_its_film_alone_unless_its_owner_said_otherwise(
    caller: Caller, film: Task, spanish: Task, guest: Client
) -> None:
    path = link(caller, film)
    page = guest.get(path).content.decode()
    assert "La cosa" not in page
    assert "version=" not in page
    assert told(guest, path).json()["versions"] == []
    for query in ("?version=es-16x9", f"?version={spanish.id}"):
        assert guest.get(f"{path}{query}").status_code == 404
        assert guest.get(f"{path}/film{query}").status_code == 404
        assert told(guest, path, query).status_code in (404, 422)


def test_guests_switch_to_languages_and_shapes_where_the_link_lets_them(
    caller: Caller, film: Task, alice: User, spanish: Task, guest: Client
) -> None:
    version(film, alice, OriginKind.SHAPE, title="Upright", aspect_ratio="9:16")
    version(film, alice, OriginKind.CUT, title="The teaser", scenes=2, language="fr")
    path = link(caller, film, can="approve", versions=True)
    page = guest.get(path).content.decode()
    for key in ("en-9x16", "es-16x9"):
        assert f'href="{path}?version={key}"' in page
    assert f'href="{path}" lang="en" aria-current="page">English · 16:9</a>' in page
    assert "fr-" not in page, "another film has other scenes"
    other = guest.get(f"{path}?version=es-16x9").content.decode()
    assert "La cosa" in other
    assert f'src="{path}/film?version=es-16x9"' in other
    assert 'srclang="es"' in other
    assert 'lang="es" aria-current="page">Español · 16:9</a>' in other
    assert "<form" not in other, "notes and approvals are of the film that was shared"
    assert (
        guest.get(f"{path}/film?version=es-16x9").headers["Location"] != guest.get(f"{path}/film").headers["Location"]
    )
    assert Share.objects.get().opens == 1, "who switches does not open it again"
    shown = told(guest, path, "?version=es-16x9").json()
    assert (shown["title"], [each["version"] for each in shown["versions"]]) == (
        "La cosa", ["en-16x9", "es-16x9", "en-9x16"],
    )  # fmt: skip


def test_what_the_owner_takes_away_is_gone_at_once(caller: Caller, film: Task, spanish: Task, guest: Client) -> None:
    path = link(caller, film, versions=True)
    assert told(guest, path, "?version=es-16x9").status_code == 200
    share = caller.get(f"tasks/{film.id}/shares")["results"][0]
    assert share["versions"] is True
    where = f"tasks/{film.id}/shares/{share['id']}"
    assert caller.refused("PATCH", where, {"follow": "this"})[::2] == (422, {"field": "versions"})
    assert caller.ask("PATCH", where, {"follow": "this", "versions": False}).json()["versions"] is False
    assert told(guest, path, "?version=es-16x9").status_code == 404
    assert (
        caller.refused("POST", f"tasks/{film.id}/shares", {"can": "view", "follow": "this", "versions": True})[0] == 422
    )
    caller.ask("PATCH", where, {"follow": "newest", "versions": True})
    caller.ask("DELETE", f"tasks/{spanish.id}")
    assert told(guest, path, "?version=es-16x9").status_code == 404
    cut(film, {1: 5.0, 2: 5.0})
    assert told(guest, path).json()["versions"] == []
    locked = link(caller, film, versions=True, password="a lantern")
    assert told(guest, locked, "?version=en-16x9").status_code == 401
    assert guest.get(f"{locked}/film?version=en-16x9").status_code == 401
