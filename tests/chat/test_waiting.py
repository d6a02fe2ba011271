"""Wishes said while a script is being written: each is done, or waits visibly and is done then, or is called off."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from chat.agent import announcing, loop, tool_specs, turns
from chat.agent.turn_context import TurnContext
from chat.agent.turn_runner import TurnRunner
from chat.llm.base import ChatModel, TextDelta, ToolCall, ToolResult
from chat.llm.local import while_writing
from chat.llm.local.film import Film
from chat.llm.local.model import LocalModel
from chat.models import Message, Role, Turn
from pipeline.deletion import film_deletion
from pipeline.engine.shift import Shift
from pipeline.models import Run, RunStatus, Script, Task
from pipeline.services import films, quotes, script_versions, scripts, writing
from pixora.accounts.models import User
from pixora.foundation.async_database import Database
from tests.chat.test_agent import Scripted, answer, call, claimed, expire
from tests.pipeline.doubles import Studio, lasting_fault
from tests.pipeline.scripts import TINY, script

DRIVEN_WITHIN_S = 60.0


@pytest.fixture
def task(alice: User, studio: Studio) -> Task:
    made = films.order_film(user=alice, prompt="A film about a thing", settings=TINY, writes=False)
    drive(films.write_script(task=made))
    return made


def drive(run: Run) -> Run:
    """Drive a run to its end, as a worker does: after the runs of its film that were there before, such as a cut for
    nothing."""
    before = run.task.runs.filter(status=RunStatus.QUEUED, created_at__lt=run.created_at).order_by("created_at")
    for each in (*before, run):
        asyncio.run(asyncio.wait_for(Shift(only=each.id).work(), DRIVEN_WITHIN_S))
    run.refresh_from_db()
    return run


def begun(task: Task) -> None:
    """A worker has taken the writing up, and its writer what it is to write."""
    writing.under_way(task).update(status=RunStatus.RUNNING)


def write(task: Task) -> Run:
    writing.under_way(task).update(status=RunStatus.QUEUED)
    return drive(task.runs.filter(status=RunStatus.QUEUED).earliest("created_at"))


def go_on(model: ChatModel | None = None) -> list[str]:
    """Takes up what was put off, as the web server's watch does: what is said then."""
    said: list[str] = []
    while claim := turns.claim():
        before = set(Message.objects.values_list("id", flat=True))
        if announcing.is_due(claim):
            announcing.announce(claim)
        else:
            asyncio.run(_answer(claim, model or LocalModel()))
        said += Message.objects.exclude(id__in=before).values_list("content", flat=True)
    return said


async def _answer(claim: turns.Claim, model: ChatModel) -> None:
    async with Database() as database:
        await loop.answer(claim, database, model=model)


def content(task: Task) -> dict[str, Any]:
    found: dict[str, Any] = task.scripts.latest("version").content
    return found


def settings(task: Task) -> dict[str, Any]:
    found: dict[str, Any] = Task.objects.get(id=task.id).settings
    return found


def titles(task: Task) -> list[str]:
    return [clip["scene"]["title"] for clip in content(task)["clips"]]


def test_all_that_is_said_while_it_is_rewritten_is_in_the_end(task: Task, studio: Studio) -> None:
    assert "rewriting the script" in answer(task, "make it funnier").content
    begun(task)
    said = answer(task, "same thing but vertical for TikTok")
    assert [action for action in said.actions if action["send"]["type"] == "approve_script"] == []
    assert "price comes with" in said.content
    assert "I set 30 seconds as soon as it is there" in answer(task, "make it 30 seconds").content
    assert "as soon as it is there" in answer(task, "add a scene about a sandcastle after scene 2").content
    assert go_on() == [], "it is still being written"
    write(task)
    there, longer = go_on()
    assert there.startswith("Done: the new script is there, with 3 scenes and 15 seconds. Making it costs")
    assert "30 seconds" in longer
    assert (content(task)["aspect_ratio"], settings(task)["aspect_ratio"]) == ("9:16", "9:16")
    studio.script = script(6)
    write(task)
    done, added = go_on()
    assert "30 seconds" in done
    assert added.startswith("The script is there now. I added “A Sandcastle” as scene 3.")
    assert titles(task)[2] == "A Sandcastle"
    assert content(task)["expected_duration"] == settings(task)["duration"] == 35
    assert task.scripts.latest("version").instructions == "make it funnier"
    assert not Message.objects.filter(turn=Turn.PUT_OFF).exists()


def test_a_wish_that_makes_no_sense_any_more_is_refused_in_the_chat(task: Task, studio: Studio) -> None:
    studio.script = script(2)
    answer(task, "make it funnier")
    answer(task, "make scene 3 at night")
    write(task)
    assert "there is no scene 3" in go_on()[1]
    assert len(titles(task)) == 2


def test_a_rewriting_asked_for_meanwhile_follows_with_both_instructions(task: Task, studio: Studio) -> None:
    answer(task, "make it funnier")
    begun(task)
    assert "I rewrite it as soon as it is there" in answer(task, "the story should focus on the sea").content
    write(task)
    go_on()
    write(task)
    told = task.scripts.latest("version").instructions.splitlines()
    assert told == ["the story should focus on the sea", f"{script_versions.EARLIER}make it funnier"]


def test_a_writer_that_has_not_begun_is_told_at_once(task: Task, studio: Studio) -> None:
    answer(task, "make it funnier")
    answer(task, "the story should focus on the sea")
    write(task)
    assert task.scripts.latest("version").instructions.splitlines()[0] == "the story should focus on the sea"
    assert len(go_on()) == 1, "one writing, one announcement"


def test_one_sentence_that_rewrites_and_edits_does_both_and_rewrites_once(task: Task, studio: Studio) -> None:
    asked = [call("write_script", duration=30), call("edit_scene", scene=2, image_prompt="A beach at night")]
    answer(task, "30 seconds, scene 2 at night", Scripted(asked, [TextDelta("As soon as it is there.")]))
    studio.script = script(6)
    write(task)
    assert go_on(Scripted(asked, [TextDelta("Done.")])) == ["Done."]
    assert not writing.under_way(task).exists()
    assert content(task)["clips"][1]["scene"]["image_prompt"] == "A beach at night"
    assert studio.calls["script"] == 2


def test_while_the_first_script_is_written_wishes_are_heard_too(alice: User, studio: Studio) -> None:
    made = films.order_film(user=alice, prompt="A film about a thing", settings=TINY, writes=False)
    answer(made, "A film about a thing")
    begun(made)
    answer(made, "vertical for TikTok")
    assert "as soon as it is there" in answer(made, "make it 30 seconds").content
    assert "as soon as it is there" in answer(made, "make scene 2 at night").content
    write(made)
    assert content(made)["aspect_ratio"] == "9:16"
    go_on()
    studio.script = script(6)
    write(made)
    go_on()
    assert content(made)["expected_duration"] == 30
    assert "night" in content(made)["clips"][1]["scene"]["image_prompt"]


def test_what_a_wish_is_taken_for_without_a_script_is_not_told() -> None:
    """It is read once more when the script is there, and may then be something else."""
    wanted = ToolCall("1", "change_settings", {"language": "de", "captions": "off"})
    prompt = ToolCall("2", "write_script", {"prompt": "mach die untertitel weg und szene 1 mit mehr blumen"})
    waiting = [ToolResult(call, {"waits": True}) for call in (wanted, prompt)]
    film = Film({"film": {"settings": {"language": "en"}}, "script": None}, "de")
    assert "Deutsch" not in while_writing.what_waits(waiting, film)
    assert while_writing.what_waits(waiting[:1], film).count("Deutsch") == 1


def test_a_yes_while_it_is_written_starts_nothing(task: Task) -> None:
    answer(task, "how much will it cost?")
    answer(task, "make it funnier")
    assert "still being written" in answer(task, "looks good, generate the video").content
    assert task.runs.filter(approved=None).count() == 0
    assert task.runs.count() == 2


def test_a_price_that_was_never_told_is_told_before_it_is_taken(task: Task, studio: Studio) -> None:
    answer(task, "how much will it cost?")
    studio.script = script(6)
    drive(films.write_script(task=task, instructions="longer"))
    said = answer(task, "looks good, generate the video")
    now = quotes.price_of(task)["credits"]
    assert said.content == f"It is {now} credits now. Shall I?"
    assert said.actions[0]["label"] == f"Make it for {now} credits"
    assert "set aside" in answer(task, "yes").content


def test_the_price_after_a_rewriting_is_told_and_then_a_yes_is_enough(task: Task, studio: Studio) -> None:
    answer(task, "make it funnier")
    studio.script = script(6)
    write(task)
    go_on()
    assert "set aside" in answer(task, "looks good, generate the video").content


def test_music_that_is_off_is_in_no_price(task: Task) -> None:
    said = answer(task, "turn the music off")
    now = quotes.price_of(task)["credits"]
    assert f"{now} credits" in said.content
    assert said.actions[0]["label"] == f"Make it for {now} credits"


def test_a_script_whose_wish_was_interrupted_is_announced_all_the_same(task: Task) -> None:
    """Its server was killed after it had the script rewritten, and before it had answered."""
    first = claimed(task, "make it funnier")
    turn = TurnContext.of(Message.objects.get(id=first.message_id))
    tool_specs.carry_out(first, turn, call("write_script", instructions="funnier"))
    expire(first)
    again = turns.claim()
    assert again
    asyncio.run(_taken_up(again))
    assert "interrupted" in Message.objects.filter(task=task, role=Role.AGENT).latest("created_at").content
    assert go_on() == [], "it is being written"
    write(task)
    [said] = go_on()
    assert said.startswith("Done: the new script is there")
    assert "Shall I?" in said


async def _taken_up(claim: turns.Claim) -> None:
    async with Database() as database:
        await TurnRunner(database)._carry_out(claim)


def test_undo_calls_a_rewriting_off(task: Task) -> None:
    answer(task, "make it funnier")
    assert "“make it funnier” is not carried out" in answer(task, "undo").content
    assert not writing.under_way(task).exists()
    assert go_on() == []
    assert task.scripts.count() == 1


def test_undo_calls_off_the_newest_wish_that_waits(task: Task, studio: Studio) -> None:
    answer(task, "make it funnier")
    answer(task, "add a scene about a sandcastle")
    answer(task, "undo that")
    write(task)
    assert len(go_on()) == 1
    assert len(titles(task)) == 3


def test_what_was_said_to_a_deleted_film_is_answered_only_if_it_is_restored(task: Task) -> None:
    answer(task, "make it funnier")
    answer(task, "add a scene about a sandcastle")
    film_deletion.delete_task(task)
    assert not writing.under_way(task).exists()
    assert go_on() == []
    assert task.scripts.count() == 1
    film_deletion.restore_task(task.user, task.id)
    assert [sentence for sentence in go_on() if "I added" in sentence]


def test_undo_takes_back_a_whole_rewriting_with_settings_and_title(task: Task, studio: Studio) -> None:
    before, title = settings(task), Task.objects.get().title
    answer(task, "make it 5 seconds")
    studio.script = script(1)
    write(task)
    go_on()
    assert (settings(task)["duration"], Task.objects.get().title) == (5, "Scene 1")
    answer(task, "undo")
    assert (settings(task), Task.objects.get().title) == (before, title)
    assert titles(task) == ["Scene 1", "Scene 2", "Scene 3"]


def test_undo_of_a_rewriting_keeps_what_was_said_meanwhile(task: Task) -> None:
    answer(task, "make it funnier")
    answer(task, "make it vertical")
    write(task)
    go_on()
    answer(task, "undo")
    assert settings(task)["aspect_ratio"] == content(task)["aspect_ratio"] == "9:16"
    answer(task, "undo")
    assert settings(task)["aspect_ratio"] == content(task)["aspect_ratio"] == "16:9"


def test_a_translation_is_taken_back_whole(task: Task) -> None:
    answer(task, "translate it to Spanish")
    write(task)
    go_on()
    assert settings(task)["language"] == content(task)["language"] == "es"
    answer(task, "undo")
    assert settings(task)["language"] == content(task)["language"] == "en"


def test_a_rewriting_that_fails_is_told(task: Task, studio: Studio) -> None:
    studio.always["script"] = lasting_fault("The writer refused.")
    answer(task, "make it 30 seconds")
    write(task)
    assert go_on() == [announcing.FAILED.format(why="The writer refused.")]
    assert settings(task)["duration"] == content(task)["expected_duration"] == 15


def test_a_rewriting_that_fails_is_not_called_done_by_who_waited_for_it(task: Task, studio: Studio) -> None:
    studio.always["script"] = lasting_fault("The writer refused.")
    wishes = [call("write_script", instructions="funnier"), call("rename_film", title="Sand"), call("quote_film")]
    answer(task, "hm", Scripted(wishes, [TextDelta("When the script is there.")]))
    write(task)
    model = Scripted([call("write_script", instructions="funnier")], [TextDelta("It could not be written.")])
    go_on(model)
    [result] = [item.result for item in model.asked[-1].items if isinstance(item, ToolResult)]
    assert "The writer refused." in result["error"]["message"]


def test_what_was_only_asked_is_not_noted_as_done(task: Task) -> None:
    answer(task, "make scene 2 at night")
    claim = claimed(task, "make it funnier")
    turn = TurnContext.of(Message.objects.get(id=claim.message_id))
    assert tool_specs.carry_out(claim, turn, call("write_script", instructions="funnier"))["asks_first"]
    assert Message.objects.get(id=claim.message_id).done == []


def test_versions_say_which_sentence_made_them(task: Task) -> None:
    answer(task, "make scene 2 at night")
    answer(task, "make it vertical")
    scripts.revise_scene(task=task, version=3, scene_index=1, changes={"title": "Dawn"})
    assert "Shall I?" in answer(task, "make it funnier").content
    answer(task, "yes")
    write(task)
    reasons = list(task.scripts.order_by("version").values_list("reason", flat=True))
    assert reasons == [
        "First version", "make scene 2 at night", "make it vertical",
        "Edited by hand: title of scene 1", "make it funnier",
    ]  # fmt: skip


def test_only_a_run_that_makes_the_film_is_being_made(task: Task) -> None:
    films.write_script(task=task)
    Run.objects.filter(status=RunStatus.QUEUED).update(status=RunStatus.RUNNING)
    assert "last version" not in answer(task, "make it vertical").content


def test_back_to_a_shape_repairs_a_film_whose_settings_disagree(task: Task) -> None:
    Task.objects.update(settings={**settings(task), "aspect_ratio": "9:16"})
    said = answer(task, "back to 9:16")
    assert "already" not in said.content
    assert content(task)["aspect_ratio"] == "9:16"
    assert "already" in answer(task, "make it vertical").content


def test_a_process_that_dies_between_landing_and_doing_loses_nothing(task: Task) -> None:
    answer(task, "make it funnier")
    answer(task, "add a scene about a sandcastle")
    write(task)
    for _ in range(2):
        assert turns.claim(), "taken by a process that dies"
        Message.objects.filter(turn=Turn.ANSWERING).update(turn_lease_expires_at="2020-01-01T00:00Z")
    assert len(go_on()) == 2
    assert titles(task)[-1] == "A Sandcastle"
    assert Message.objects.filter(role=Role.USER).exclude(turn=Turn.ANSWERED).count() == 0


def test_a_script_row_has_all_it_needs_to_be_gone_back_to(task: Task) -> None:
    first: Script = task.scripts.get()
    assert (first.reason, first.title) == ("First version", Task.objects.get().title)
