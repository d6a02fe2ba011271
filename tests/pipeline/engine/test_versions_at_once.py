"""Versions of one film that are made, paid for and deleted at the same time."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from threading import Barrier, BrokenBarrierError
from typing import Any

import pytest
from django.db import connection

from pipeline.deletion import film_deletion
from pipeline.models import OriginKind, Run, Task
from pipeline.planning.film_plan import settings_of
from pipeline.services import all_languages, family, films, quotes, script_versions, scripts, translations, versions
from pipeline.services.translations import Given
from pixora.accounts import ledger
from pixora.accounts.models import CreditReason, User
from pixora.foundation.errors import Conflict, Invalid, NotFound, PixoraError
from tests.pipeline.api.conftest import scripted
from tests.pipeline.engine.test_versions import edit_picture
from tests.pipeline.sharing.films import finished_film, take_of

SPANISH = Given("1;Uno dice esto.\n2;Dos dice esto.\n3;Tres dice esto.")
FRENCH = Given("1;Un dit cela.\n2;Deux dit cela.\n3;Trois dit cela.")
LONGEST_MEETING_S = 0.7


@pytest.fixture
def film(alice: User, home: Path) -> Task:
    """Its script is written, and nothing else is made."""
    ledger.give(user=alice, amount=1_000, reason=CreditReason.GRANT, key="grant:alice")
    return scripted(alice)


def meeting(monkeypatch: pytest.MonkeyPatch, module: Any, name: str) -> None:
    """Have those who call this at the same time wait for each other, unless only one of them comes so far."""
    met, real = Barrier(2), getattr(module, name)

    def waits(*given: Any, **named: Any) -> Any:
        with suppress(BrokenBarrierError):
            met.wait(LONGEST_MEETING_S)
        return real(*given, **named)

    monkeypatch.setattr(module, name, waits)


def at_once(*calls: Callable[[], Any]) -> list[Any]:
    """Return what came of each call, or its refusal; each is made on a connection of its own."""

    def tried(call: Callable[[], Any]) -> Any:
        try:
            return call()
        except PixoraError as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as threads:
        return list(threads.map(tried, calls))


def test_two_yeses_at_once_in_two_versions_buy_a_piece_once(film: Task, monkeypatch: pytest.MonkeyPatch) -> None:
    cut = versions.make_cut(task=film, scenes=[1, 2])
    told = {version.id: quotes.quote(task=version) for version in (film, cut)}
    meeting(monkeypatch, films, "start_run")
    came = at_once(*(lambda task=each: quotes.use(task=task, quote_id=told[task.id].id) for each in (film, cut)))
    (refused,) = [each for each in came if not isinstance(each, Run)]
    assert isinstance(refused, Conflict)
    assert refused.code == "run_active"
    assert ledger.account(film.user).held in [each.credits for each in told.values()]


def test_a_language_is_made_once_however_many_ask_for_it(film: Task, monkeypatch: pytest.MonkeyPatch) -> None:
    meeting(monkeypatch, family, "_create")
    came = at_once(*[lambda: translations.make_language(task=film, language="es", given=SPANISH)] * 3)
    assert sorted(type(each).__name__ for each in came) == ["Invalid", "Invalid", "Task"]


def test_a_shape_is_made_once_however_many_ask_for_it(film: Task, monkeypatch: pytest.MonkeyPatch) -> None:
    cut = versions.make_cut(task=film, scenes=[1, 2])
    meeting(monkeypatch, family, "_create")
    came = at_once(*[lambda: versions.make_shape(task=film, aspect_ratio="9:16")] * 3)
    (made,) = [each for each in came if isinstance(each, Task)]
    refused = [each for each in came if not isinstance(each, Task)]
    assert {(each.code, each.details["task_id"]) for each in refused} == {("conflict", made.id)}
    assert len(family.members(film)) == 3
    with pytest.raises(Conflict, match="open it instead"):
        versions.make_shape(task=film, aspect_ratio="9:16")
    assert versions.make_shape(task=cut, aspect_ratio="9:16").id != made.id, "a cut has shapes of its own"


def test_a_language_that_is_wanted_in_two_shapes_at_once_is_translated_once(
    film: Task, monkeypatch: pytest.MonkeyPatch
) -> None:
    tall = versions.make_shape(task=film, aspect_ratio="9:16")
    monkeypatch.setattr(translations, "can_translate", lambda: True)
    meeting(monkeypatch, family, "_create")
    came = at_once(*(lambda task=each: versions.make_language(task=task, language="es") for each in (film, tall)))
    (made,) = [each for each in came if isinstance(each, Task)]
    (refused,) = [each for each in came if not isinstance(each, Task)]
    assert (refused.code, refused.details["task_id"]) == ("not_ready", made.id)
    assert Run.objects.filter(forced__has_key="script").count() == 1


def test_versions_of_two_siblings_that_are_made_at_once_do_not_wait_for_each_other(
    film: Task, monkeypatch: pytest.MonkeyPatch
) -> None:
    cut = versions.make_cut(task=film, scenes=[1, 2])
    meeting(monkeypatch, family, "copy_takes")
    made = at_once(*(lambda task=each: versions.make_cut(task=task, scenes=[1]) for each in (film, cut)))
    assert [type(each) for each in made] == [Task, Task]
    assert len(family.members(film)) == 4


def test_no_version_is_made_of_a_film_that_was_deleted_meanwhile(film: Task) -> None:
    asked = Task.objects.get(id=film.id)
    film_deletion.delete_task(film)
    with pytest.raises(NotFound, match="restore it"):
        versions.make_cut(task=asked, scenes=[1])
    assert Task.objects.count() == 1


def test_deleting_all_versions_takes_one_that_was_made_meanwhile(film: Task, monkeypatch: pytest.MonkeyPatch) -> None:
    cut = versions.make_cut(task=film, scenes=[1, 2])
    late: list[Task] = []
    real = film_deletion.delete_task

    def deletes(task: Task) -> None:
        if not late:
            late.append(versions.make_cut(task=cut, scenes=[1]))
        real(task)

    monkeypatch.setattr(film_deletion, "delete_task", deletes)
    film_deletion.delete_family(cut)
    assert not Task.objects.filter(deleted_at=None).exists()


def test_a_translation_of_a_deleted_film_is_what_others_are_translated_from(film: Task) -> None:
    spanish = translations.make_language(task=film, language="es", given=SPANISH)
    film_deletion.delete_task(film)
    spanish.refresh_from_db()
    assert translations.to_translate(spanish) == translations.NOTHING
    with pytest.raises(Invalid, match="restore it"):
        translations.translate_again(task=spanish, given=FRENCH)
    french = translations.make_language(task=spanish, language="fr", given=FRENCH)
    assert (french.origin_id, settings_of(french).language) == (spanish.id, "fr")


def test_many_who_ask_for_all_languages_at_once_begin_one_run(
    alice: User, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    english, spanish = finished_film(alice), finished_film(alice)
    about = {"family": english.id, "origin": english, "origin_kind": OriginKind.LANGUAGE}
    Task.objects.filter(id=english.id).update(family=english.id)
    Task.objects.filter(id=spanish.id).update(**about, settings={**spanish.settings, "language": "es"})
    for each in (english, spanish):
        take_of(each, "soundtrack", ".m4a")
    english.refresh_from_db()
    meeting(monkeypatch, films, "start_run")
    came = at_once(*[lambda: all_languages.file_of(english)] * 3)
    assert [each.code for each in came] == ["not_ready"] * 3
    assert Run.objects.count() == 1, [str(each) for each in came]


def test_an_edit_that_comes_while_another_is_carried_is_not_taken_for_carried(
    film: Task, monkeypatch: pytest.MonkeyPatch
) -> None:
    cut = versions.make_cut(task=film, scenes=[1, 2])
    Task.objects.create(user=film.user, prompt="x", request_key="x", family=film.id, settings=film.settings)
    edit_picture(film, 1, "A red door")
    real = scripts._carry_into_sibling

    def carries(task: Task, sibling: Task) -> bool:
        done = real(task, sibling)
        if script_versions.newest_version(film) == 2:
            edit_picture(film, 2, "A blue door")
        return done

    monkeypatch.setattr(scripts, "_carry_into_sibling", carries)
    assert scripts.carry_edits(task=film) == [], "a version whose script could not be written holds up nobody"
    film.refresh_from_db()
    assert film.carried_version == 2
    scripts.carry_edits(task=film)
    newest = script_versions.newest(cut)
    assert newest
    assert [clip["scene"]["image_prompt"] for clip in newest.content["clips"]] == ["A red door", "A blue door"]


def test_an_edit_that_would_break_another_version_leaves_that_as_it_is(film: Task) -> None:
    cut = versions.make_cut(task=film, scenes=[1, 2])
    content = scripts.current_script(cut).content
    profiles = [*content["character_profiles"], {"name": "Zoe", "image_prompt": "a cook"}]
    own = {**content["clips"][0]["scene"], "characters": ["Zoe"]}
    mine = {**content, "character_profiles": profiles, "clips": [{"scene": own}, content["clips"][1]]}
    scripts.revise_script(task=cut, version=1, content=mine)
    current = scripts.current_script(film).content
    changed = [*current["character_profiles"], {"name": "Mel", "image_prompt": "a smith"}]
    scripts.revise_script(task=film, version=1, content={**current, "character_profiles": changed})
    assert family.waiting_for(film) == []
    assert scripts.carry_edits(task=film) == []
    assert scripts.current_script(cut).version == 2
