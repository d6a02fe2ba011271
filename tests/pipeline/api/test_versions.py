"""Versions of a film over REST."""

from __future__ import annotations

import pytest

from media_assets.models import Asset, Video
from pipeline.deletion.film_deletion import remove_task
from pipeline.models import Task
from pipeline.services import translations
from tests.pipeline.api.caller import Caller
from tests.pipeline.api.test_tasks import taken


def test_a_cut_has_the_scenes_that_were_chosen_and_shares_their_takes(caller: Caller, task: Task) -> None:
    still = taken(task, "scene/2", "scene")
    made = caller.post(f"tasks/{task.id}/versions", {"scenes": [2, 1], "title": "The teaser"}, status=201)
    assert (made["title"], made["family"]) == ("The teaser", task.id)
    assert made["origin"] == {"task_id": task.id, "kind": "cut"}
    shown = caller.get(f"tasks/{made['id']}/script")["script"]
    assert [clip["scene"]["id"] for clip in shown["clips"]] == [2, 1]
    copy = Asset.objects.get(task_id=made["id"], component="scene/2")
    assert (copy.storage_path, copy.metadata["adopted_from"]) == (still.storage_path, still.id)
    assert [each["id"] for each in caller.get(f"tasks/{task.id}/versions")["results"]] == [task.id, made["id"]]
    assert caller.get(f"tasks/{task.id}")["family"] == task.id


def test_a_film_alone_is_its_own_only_version(caller: Caller, task: Task) -> None:
    (only,) = caller.get(f"tasks/{task.id}/versions")["results"]
    assert (only["id"], only["family"], only["origin"]) == (task.id, None, None)


def test_a_version_begins_without_a_film_of_its_own(caller: Caller, task: Task) -> None:
    taken(task, "fullvideo", "render")
    made = caller.post(f"tasks/{task.id}/versions", {"scenes": [1]}, status=201)
    assert (made["title"], made["duration"]) == (task.title, None)
    assert not Asset.objects.filter(task_id=made["id"], component="fullvideo").exists()


def test_a_place_that_is_not_there_makes_no_version(caller: Caller, task: Task) -> None:
    status, code, _ = caller.refused("POST", f"tasks/{task.id}/versions", {"scenes": [9]})
    assert (status, code) == (404, "not_found")
    assert caller.refused("POST", f"tasks/{task.id}/versions", {"scenes": []})[:2] == (422, "invalid")
    assert Task.objects.count() == 1


def test_without_a_script_there_is_nothing_to_make_a_version_of(caller: Caller) -> None:
    draft = caller.post("tasks", {"prompt": "A film about tea"}, status=201)
    status, code, _ = caller.refused("POST", f"tasks/{draft['id']}/versions", {"scenes": [1]})
    assert (status, code) == (409, "not_ready")


def test_other_peoples_films_have_no_versions(bob: Caller, task: Task) -> None:
    assert bob.refused("POST", f"tasks/{task.id}/versions", {"scenes": [1]})[0] == 404
    assert bob.refused("GET", f"tasks/{task.id}/versions")[0] == 404


def edit(caller: Caller, task_id: str, place: int, prompt: str) -> None:
    version = caller.get(f"tasks/{task_id}/script")["version"]
    body = {"version": version, "changes": {"image_prompt": prompt}}
    assert caller.ask("PATCH", f"tasks/{task_id}/script/scenes/{place}", body).status_code == 200


def picture(caller: Caller, task_id: str, place: int) -> str:
    return str(caller.get(f"tasks/{task_id}/script")["script"]["clips"][place - 1]["scene"]["image_prompt"])


@pytest.mark.django_db(transaction=True)
def test_where_an_edit_goes_is_asked_and_may_be_said_once_for_all(caller: Caller, task: Task) -> None:
    cut = caller.post(f"tasks/{task.id}/versions", {"scenes": [2, 1]}, status=201)["id"]
    asked = f"tasks/{task.id}/versions"
    assert caller.get(asked)["edits"] == {"where": "ask", "waiting": []}
    edit(caller, task.id, 1, "A red door")
    assert caller.get(asked)["edits"] == {"where": "ask", "waiting": [cut]}
    assert picture(caller, cut, 2) != "A red door"
    assert caller.post(f"{asked}/edits", {"where": "here"})["waiting"] == []
    edit(caller, task.id, 1, "A blue door")
    told = caller.post(f"{asked}/edits", {"where": "all", "from_now_on": True})
    assert told == {"where": "all", "waiting": []}
    assert picture(caller, cut, 2) == "A blue door"
    assert caller.get(f"tasks/{cut}/versions")["edits"] == {"where": "all", "waiting": []}, (
        "it has nothing to give back"
    )
    edit(caller, cut, 2, "A green door")
    assert picture(caller, task.id, 1) == "A green door"
    newest = caller.get(f"tasks/{task.id}/script/versions")["results"]
    assert "As in “The thing”" in [each["reason"] for each in newest]


def test_a_new_scene_has_an_id_that_no_version_has_used(caller: Caller, task: Task) -> None:
    cut = caller.post(f"tasks/{task.id}/versions", {"scenes": [2, 1]}, status=201)["id"]
    assert caller.get(f"tasks/{cut}/script")["next_scene_id"] == 4


def test_a_list_may_show_families_as_one_film_and_a_deletion_take_all(caller: Caller, task: Task) -> None:
    made = [caller.post(f"tasks/{task.id}/versions", {"scenes": [n]}, status=201)["id"] for n in (1, 2)]
    assert {each["id"] for each in caller.get("tasks")["results"]} == {task.id, *made}
    (head,) = caller.get("tasks?families=true")["results"]
    assert (head["id"], head["versions"]) == (task.id, 3)
    assert caller.ask("DELETE", f"tasks/{task.id}").status_code == 204
    (head,) = caller.get("tasks?families=true")["results"]
    assert (head["id"], head["versions"]) == (made[0], 2)
    assert caller.get(f"tasks/{made[0]}")["origin"] == {"task_id": task.id, "kind": "cut"}
    assert caller.ask("DELETE", f"tasks/{made[1]}?versions=all").status_code == 204
    assert caller.get("tasks")["results"] == []
    assert {each["id"] for each in caller.get("tasks?deleted=true&families=true")["results"]} == {task.id, *made}


def test_a_version_outlives_the_film_that_it_was_made_from(caller: Caller, task: Task) -> None:
    made = caller.post(f"tasks/{task.id}/versions", {"scenes": [1]}, status=201)["id"]
    caller.ask("DELETE", f"tasks/{task.id}")
    task.refresh_from_db()
    assert remove_task(task).is_complete
    left = caller.get(f"tasks/{made}")
    assert (left["family"], left["origin"]) == (task.id, {"task_id": None, "kind": "cut"})
    assert caller.get(f"tasks/{made}/script")["script"]["clips"]


TABLE = "Scene,Español\n1,Esto dice la escena 1.\n2,Esto dice la escena 2.\n3,Esto dice la escena 3."


def test_a_translation_of_ones_own_makes_a_version_in_its_language(caller: Caller, task: Task) -> None:
    asked = {"language": "es", "translation": TABLE, "title": "La cosa"}
    made = caller.post(f"tasks/{task.id}/versions", asked, status=201)
    assert (made["origin"], made["settings"]["language"]) == ({"task_id": task.id, "kind": "language"}, "es")
    scenes = [clip["scene"] for clip in caller.get(f"tasks/{made['id']}/script")["script"]["clips"]]
    assert [one["script"] for one in scenes] == [f"Esto dice la escena {n}." for n in (1, 2, 3)]
    assert all(one["translated_from"] for one in scenes)
    quote = caller.post(f"tasks/{made['id']}/quote", {})
    assert {item["component"] for item in quote["items"] if item["component"].startswith("audio")} == {
        f"audio/{n}" for n in (1, 2, 3)
    }


def test_an_edit_is_told_in_the_family_and_translated_again(caller: Caller, task: Task) -> None:
    made = caller.post(f"tasks/{task.id}/versions", {"language": "es", "translation": TABLE}, status=201)
    version = caller.get(f"tasks/{task.id}/script")["version"]
    edit = {"version": version, "changes": {"script": "It says something new."}}
    assert caller.ask("PATCH", f"tasks/{task.id}/script/scenes/2", edit).status_code == 200
    listed = caller.get(f"tasks/{task.id}/versions")["results"]
    assert [(each["id"], each["to_translate"]) for each in listed] == [(task.id, []), (made["id"], [2])]
    caller.post(f"tasks/{made['id']}/translation", {"translation": "2;Dice algo nuevo."}, status=202)
    assert caller.get(f"tasks/{task.id}/versions")["results"][1]["to_translate"] == []


def test_a_title_that_was_edited_is_told_and_translated_alone(caller: Caller, task: Task) -> None:
    made = caller.post(f"tasks/{task.id}/versions", {"language": "es", "translation": TABLE}, status=201)
    version = caller.get(f"tasks/{task.id}/script")["version"]
    edit = {"version": version, "changes": {"title": "The harbour at night"}}
    assert caller.ask("PATCH", f"tasks/{task.id}/script/scenes/2", edit).status_code == 200

    def due() -> tuple[list[int], list[int]]:
        (_, listed) = caller.get(f"tasks/{task.id}/versions")["results"]
        return listed["to_translate"], listed["titles_to_translate"]

    assert due() == ([2], [2])
    table = "Scene;Title;Text\n2;El puerto de noche;"
    caller.post(f"tasks/{made['id']}/translation", {"translation": table}, status=202)
    scene = caller.get(f"tasks/{made['id']}/script")["script"]["clips"][1]["scene"]
    assert (scene["title"], scene["script"]) == ("El puerto de noche", "Esto dice la escena 2.")
    assert due() == ([], [])


def test_what_a_version_differs_in_is_said_once(caller: Caller, task: Task) -> None:
    for wrong in ({}, {"language": "es", "scenes": [1]}, {"language": "xx"}, {"language": "es"}):
        assert caller.refused("POST", f"tasks/{task.id}/versions", wrong)[:2] == (422, "invalid")
    partly = {"language": "es", "translation": "1;Uno"}
    assert caller.refused("POST", f"tasks/{task.id}/versions", partly)[2] == {"field": "translation"}
    assert Task.objects.count() == 1


def test_one_file_for_all_languages_needs_a_film_and_a_second_language(caller: Caller, task: Task) -> None:
    assert caller.refused("GET", f"tasks/{task.id}/video?all_languages=1")[:2] == (404, "not_found")
    film = taken(task, "fullvideo", "render")
    kept = {"storage_path": film.storage_path, "timeline": {"slots": []}}
    Video.objects.create(task=task, asset=film, duration=15.0, script_version=1, **kept)
    assert caller.refused("GET", f"tasks/{task.id}/video?all_languages=1")[:2] == (409, "not_ready")


def test_a_search_finds_a_family_by_any_of_its_films(caller: Caller, task: Task) -> None:
    made = caller.post(f"tasks/{task.id}/versions", {"scenes": [1], "title": "La cosa"}, status=201)["id"]
    assert [each["id"] for each in caller.get("tasks?families=true&search=cosa")["results"]] == [made]
    assert [each["id"] for each in caller.get("tasks?families=true&search=film")["results"]] == [task.id]


def test_events_tell_which_film_of_a_family_they_are_about(caller: Caller, task: Task) -> None:
    told = {"language": "en", "aspect_ratio": "16:9"}
    caller.ask("PATCH", f"tasks/{task.id}", {"title": "Alone"})
    assert told.items() <= caller.get(f"tasks/{task.id}/events")["results"][-1]["data"].items()
    made = caller.post(f"tasks/{task.id}/versions", {"aspect_ratio": "9:16"}, status=201)["id"]
    found = [each["data"] for each in caller.get(f"tasks/{made}/events")["results"] if each["type"] == "task_updated"]
    about = {"family": task.id, "origin": {"task_id": task.id, "kind": "shape"}, "language": "en"}
    assert {**about, "aspect_ratio": "9:16"}.items() <= found[-1].items()


def test_words_that_stay_are_a_films_and_an_accounts(caller: Caller, bob: Caller, task: Task) -> None:
    assert caller.get("me/untranslated") == {"untranslated": []}
    put = {"untranslated": [" Just\n do it\x00 ", "Scene", "Scene", "\x00", "\u202eRTL"]}
    kept = {"untranslated": ["Just do it", "Scene", "RTL"]}
    assert caller.ask("PUT", "me/untranslated", put).json() == kept == caller.get("me/untranslated")
    assert bob.get("me/untranslated") == {"untranslated": []}
    assert caller.refused("PUT", "me/untranslated", {"untranslated": [""]})[:2] == (422, "invalid")
    assert caller.refused("PUT", "me/untranslated", {"untranslated": ["x"] * 201})[:2] == (422, "invalid")
    changed = caller.ask("PATCH", f"tasks/{task.id}", {"untranslated": ["thing\x00", "Scene"]}).json()
    assert changed["settings"]["untranslated"] == ["thing", "Scene"]
    task.refresh_from_db()
    assert translations.translating(task, None, "es").keep == ("thing", "Scene", "Just do it", "RTL")
