"""The studio in a real browser: a first film, and all that may come in between."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page, Route, expect

from chat.models import Message
from pipeline.models import Script, Task
from pixora.accounts.models import Session
from tests.e2e.conftest import PASSWORD
from tests.e2e.made import aside
from tests.e2e.site import Site, barriers, overflow, picture, small_targets
from tests.pipeline.doubles import Studio

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

FILM_WITHIN_MS = 90_000


def write_script(page: Page, example: str = "A keeper of light") -> None:
    """An example as a tiny film."""
    page.get_by_role("button", name=example).click()
    page.get_by_text("Language, captions, music and resolution").click()
    page.get_by_label("Resolution").select_option("72p")
    page.get_by_role("button", name="Write the script").click()
    expect(page.get_by_role("article", name="Scene 1")).to_be_visible(timeout=FILM_WITHIN_MS)


def saved(page: Page, version: int) -> None:
    expect(page.get_by_text(f"Version {version}", exact=True)).to_be_visible()


def test_a_first_film_from_the_sign_in_to_the_player(site: Site, making: Studio) -> None:
    with site.opened(who="") as page:
        page.get_by_label("E-mail").fill("alice@example.org")
        page.get_by_label("Password").fill(PASSWORD)
        picture(page, "sign-in")
        page.get_by_role("button", name="Sign in").click()
        expect(page.get_by_role("heading", name="What is your film about?")).to_be_visible()
        expect(page.get_by_role("button", name="Night market")).to_be_visible()
        picture(page, "start")
        write_script(page, "Coffee, three ways")
        expect(page.get_by_role("log")).to_contain_text("down into scenes")
        picture(page, "script")
        page.get_by_role("article", name="Scene 1").get_by_label("Narration").fill("Rain outside, coffee inside.")
        saved(page, 2)
        page.get_by_role("button", name=re.compile(r"Make the film · \d+ credits")).click()
        expect(page.get_by_role("progressbar").first).to_be_visible()
        picture(page, "production")
        expect(page.locator("video").first).to_be_visible(timeout=FILM_WITHIN_MS)
        picture(page, "film")
    assert "Rain outside" in str(Script.objects.latest("version").content)


def test_what_is_said_while_a_film_is_opened_is_for_it(site: Site, making: Studio) -> None:
    with site.opened("/") as page:
        message = page.get_by_label("Message to the agent")
        message.fill("a film about bees, 10 seconds")
        message.press("Enter")
        message.fill("make it vertical")
        message.press("Enter")
        expect(page.get_by_role("log")).to_contain_text("The film is tall now (9:16).", timeout=FILM_WITHIN_MS)
        expect(message).to_be_focused()
    assert [film.settings["aspect_ratio"] for film in Task.objects.all()] == ["9:16"]


def test_what_is_typed_while_a_film_is_opened_stays_to_be_sent(site: Site, making: Studio) -> None:
    with site.opened("/") as page:
        message = page.get_by_label("Message to the agent")
        message.fill("a film about bees, 10 seconds")
        message.press("Enter")
        message.fill("make it vertical")
        message.evaluate("field => field.dataset.typedInto = 'yes'")
        expect(page.get_by_placeholder("Say what should change")).to_be_attached(timeout=FILM_WITHIN_MS)
        expect(message).to_have_value("make it vertical")
        expect(message).to_have_attribute("data-typed-into", "yes")  # the same field: no key meets another one
        expect(message).to_be_focused()
        page.goto(site.url)
        expect(page.get_by_label("Message to the agent")).to_have_value("")


def test_what_is_said_offline_is_said_once_when_the_connection_is_back(site: Site, scripted: Task) -> None:
    with site.opened(f"/films/{scripted.id}", forgives="ERR_INTERNET_DISCONNECTED") as page:
        expect(page.get_by_text("Connected", exact=True)).to_be_attached()
        page.context.set_offline(True)
        expect(page.get_by_text("Offline; what you write is kept")).to_be_visible()
        page.get_by_label("Message to the agent").fill("How much will it cost?")
        page.get_by_role("button", name="Send", exact=True).click()
        expect(page.get_by_text("Waiting for the connection.")).to_be_visible()
        picture(page, "offline")
        page.context.set_offline(False)
        expect(page.get_by_role("button", name=re.compile(r"Make it for \d+ credits"))).to_be_visible()
        page.reload()
        expect(page.get_by_role("log").get_by_text("How much will it cost?")).to_have_count(1)
        expect(page.get_by_text("Waiting for the connection.")).to_have_count(0)
    assert Message.objects.filter(role="user").count() == 1


def test_a_message_outlives_a_reload_without_a_connection(site: Site, scripted: Task) -> None:
    with site.opened(f"/films/{scripted.id}", forgives="ERR_INTERNET_DISCONNECTED") as page:
        expect(page.get_by_text("Connected", exact=True)).to_be_attached()
        page.context.set_offline(True)
        page.get_by_label("Message to the agent").fill("How much will it cost?")
        page.keyboard.press("Enter")
        expect(page.get_by_text("Waiting for the connection.")).to_be_visible()
        page.context.set_offline(False)
        page.reload()
        expect(page.get_by_role("button", name=re.compile(r"Make it for \d+ credits"))).to_be_visible()
    assert Message.objects.filter(role="user").count() == 1


def test_an_edit_that_was_not_saved_yet_outlives_a_reload(site: Site, scripted: Task) -> None:
    with site.opened(f"/films/{scripted.id}") as page:
        page.get_by_label("Title of scene 2").fill("Kept")
        page.reload()
        expect(page.get_by_label("Title of scene 2")).to_have_value("Kept")
        saved(page, 2)


def test_the_loudness_of_the_music_is_chosen_and_kept(site: Site, scripted: Task) -> None:
    with site.opened(f"/films/{scripted.id}") as page:
        loudness, settings = page.get_by_label("Loudness of the music"), page.get_by_role("button", name="Settings")
        settings.click()
        expect(loudness).to_have_value("0")
        picture(page, "script-settings")
        loudness.select_option("Quieter")
        page.reload()
        settings.click()
        expect(loudness).to_have_value("-6")
        page.get_by_label("Music", exact=True).uncheck()
        expect(loudness).to_have_count(0)
    scripted.refresh_from_db()
    assert (scripted.settings["music_level_db"], scripted.settings["music"]) == (-6, False)


def test_somebody_elses_edit_is_not_written_over(site: Site, scripted: Task) -> None:
    with site.opened(f"/films/{scripted.id}", forgives="409") as page:
        other = page.context.new_page()
        other.goto(f"{site.url}/films/{scripted.id}")
        page.get_by_label("Title of scene 1").wait_for()
        other.get_by_label("Title of scene 1").fill("Theirs")
        saved(other, 2)
        saved(page, 2)
        expect(page.get_by_label("Title of scene 1")).to_have_value("Theirs")
        page.evaluate("localStorage.clear()")
        other.get_by_label("Title of scene 1").fill("Theirs again")
        page.get_by_label("Title of scene 1").fill("Mine")
        expect(page.get_by_text("The script was changed meanwhile")).to_be_visible()
        expect(page.get_by_label("Title of scene 1")).to_have_value("Mine")
        picture(page, "conflict")
        page.get_by_role("button", name="Save mine over it").click()
        saved(page, 4)
        expect(other.get_by_label("Title of scene 1")).to_have_value("Mine")


def test_scenes_are_moved_added_and_taken_back_by_keyboard(site: Site, scripted: Task) -> None:
    with site.opened(f"/films/{scripted.id}") as page:
        page.get_by_role("button", name="Move scene 1;").focus()
        page.keyboard.press("ArrowDown")
        saved(page, 2)
        expect(page.get_by_label("Title of scene 2")).to_have_value("Scene 1")
        expect(page.get_by_role("button", name="Move scene 2;")).to_be_focused()
        page.get_by_role("button", name="Add a scene").press("Enter")
        expect(page.get_by_label("Title of scene 4")).to_be_focused()
        saved(page, 3)
        for version, title in ((4, "Scene 1"), (5, "Scene 2")):
            page.get_by_role("button", name="Undo").press("Enter")
            saved(page, version)
            expect(page.get_by_label("Title of scene 2")).to_have_value(title)
        page.get_by_role("button", name="Redo").press("Enter")
        saved(page, 6)
        page.get_by_role("button", name="Versions").press("Enter")
        page.get_by_role("button", name="Version 3").press("Enter")
        expect(page.get_by_role("dialog").get_by_text("removed")).to_be_visible()
        picture(page, "versions")
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog")).to_have_count(0)
    assert [clip["scene"]["id"] for clip in Script.objects.latest("version").content["clips"]] == [2, 1, 3]


def test_a_new_scene_shows_what_it_is_called_and_its_words_are_no_placeholder(site: Site, scripted: Task) -> None:
    with site.opened(f"/films/{scripted.id}") as page:
        page.get_by_role("button", name="Add a scene").click()
        new = page.get_by_role("article", name="Scene 4")
        new.get_by_label("Title of scene 4").fill("Mehmet waves goodbye")
        new.get_by_label("Narration").fill("See you soon.")
        expect(new.get_by_label("Picture")).to_have_value("Mehmet waves goodbye")
        new.get_by_label("Picture").fill("A hand at a shop window")
        new.get_by_label("Title of scene 4").fill("Goodbye")
        new.get_by_label("Narration").focus()
        expect(new.get_by_label("Picture")).to_have_value("A hand at a shop window")
        colours = "both => both.map(field => getComputedStyle(field).color)"
        narration, seen = page.locator("#scene-4 textarea:is(.narration *, .prompts *)").evaluate_all(colours)[:2]
        assert narration == seen


def test_a_scene_is_dragged_to_its_place(site: Site, scripted: Task) -> None:
    with site.opened(f"/films/{scripted.id}") as page:
        page.set_viewport_size({"width": 1280, "height": 1400})
        grip = page.get_by_role("button", name="Move scene 1;")
        grip.drag_to(page.get_by_role("article", name="Scene 2"), target_position={"x": 200, "y": 200})
        saved(page, 2)
        expect(page.get_by_label("Title of scene 2")).to_have_value("Scene 1")


def test_a_narration_that_is_too_long_says_so_at_once(site: Site, scripted: Task) -> None:
    with site.opened(f"/films/{scripted.id}") as page:
        scene = page.get_by_role("article", name="Scene 1")
        scene.get_by_label("Narration").fill("one two three four five six seven eight nine ten eleven twelve")
        expect(scene.get_by_text("2 words too many for 5 s")).to_be_visible()
        picture(page, "too-long")
        scene.get_by_role("button", name="Let the scene last 10 s").click()
        expect(scene.get_by_text("12 of 22 words")).to_be_visible()
        saved(page, 2)


def test_a_rule_that_is_broken_is_named_where_it_is_broken(site: Site, scripted: Task) -> None:
    with site.opened(f"/films/{scripted.id}", forgives="422") as page:
        page.get_by_label("Title of scene 2").fill("")
        expect(page.get_by_text("This cannot be saved yet:")).to_be_visible()
        expect(page.get_by_text("Scene 2, title: must not be empty")).to_be_visible()
        picture(page, "refused")
        page.get_by_role("button", name="Back to what is saved").click()
        expect(page.get_by_label("Title of scene 2")).to_have_value("Scene 2")


def test_the_film_of_somebody_else_does_not_exist(site: Site, scripted: Task) -> None:
    with site.opened(f"/films/{scripted.id}", who="bob", forgives="404") as page:
        expect(page.get_by_role("heading", name="There is no such film")).to_be_visible()
        assert "The thing" not in page.content()
        picture(page, "not-yours")
        assert barriers(page) == []


def test_a_file_that_is_no_picture_is_refused_and_nothing_else_happens(
    site: Site, scripted: Task, tmp_path: Path
) -> None:
    bad = tmp_path / "portrait.png"
    bad.write_text("This is no picture.")
    with site.opened(f"/films/{scripted.id}", forgives="41") as page:
        page.locator(".composer input[type=file]").set_input_files(bad)
        expect(page.locator(".composer .problem")).to_contain_text("That is not a picture. PNG, JPEG or WebP, please.")
        picture(page, "bad-upload")
        page.get_by_label("Message to the agent").fill("How much will it cost?")
        expect(page.get_by_role("button", name="Send", exact=True)).to_be_enabled()


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_nothing_keeps_people_out(site: Site, scripted: Task, dark: bool) -> None:
    with site.opened(dark=dark) as page:
        for name, path in {"start": "/", "films": "/films/", "script": f"/films/{scripted.id}"}.items():
            page.goto(site.url + path, wait_until="networkidle")
            assert barriers(page) == [], name
            picture(page, f"{name}-{'dark' if dark else 'light'}")
        page.get_by_role("button", name="Settings").click()
        assert barriers(page) == [], "settings"
        page.get_by_role("button", name="Versions").click()
        page.get_by_role("button", name="Version 1").click()
        assert barriers(page) == [], "versions"


def test_a_narrow_window_has_the_chat_behind_a_bar(site: Site, scripted: Task) -> None:
    script = f"/films/{scripted.id}"
    with site.opened(width=360) as page:
        for name, path in {
            "start": "/",
            "films": "/films/",
            "script": script,
            "production": f"{script}/production",
        }.items():
            page.goto(site.url + path, wait_until="networkidle")
            assert overflow(page) == 0, name
            assert small_targets(page) == [], name
            picture(page, f"{name}-narrow")
        message = page.get_by_label("Message to the agent")
        expect(message).to_be_hidden()
        page.goto(site.url + script, wait_until="networkidle")
        expect(page.get_by_role("button", name="Make the film · 53 credits")).to_be_in_viewport()
        page.get_by_role("button", name="Ask for a change …").press("Enter")
        expect(message).to_be_focused()
        expect(page.get_by_text("53 credits to make")).to_be_in_viewport()
        assert barriers(page) == []
        assert small_targets(page) == []
        picture(page, "chat-narrow")
        page.keyboard.press("Escape")
        expect(message).to_be_hidden()


def test_an_answer_that_came_while_the_chat_was_closed_is_marked(site: Site, scripted: Task) -> None:
    with site.opened(f"/films/{scripted.id}", width=390) as page:
        page.get_by_role("button", name="Ask for a change …").click()
        page.get_by_label("Message to the agent").fill("How much will it cost?")
        page.keyboard.press("Enter")
        page.keyboard.press("Escape")
        answered = page.get_by_role("button", name="1 new answer")
        expect(answered).to_be_visible()
        picture(page, "unread-narrow")
        answered.click()
        expect(page.get_by_role("button", name=re.compile(r"Make it for \d+ credits"))).to_be_in_viewport()
        page.keyboard.press("Escape")
        expect(page.get_by_role("button", name="Ask for a change …")).to_be_focused()


def test_at_a_zoom_of_200_percent_the_script_keeps_two_thirds_of_the_height(site: Site, scripted: Task) -> None:
    with site.opened(f"/films/{scripted.id}") as page:
        page.set_viewport_size({"width": 720, "height": 450})
        foot = page.get_by_role("region", name="Next step")
        expect(foot).to_be_visible()
        page.locator(".stage").evaluate("(stage) => stage.scrollTo({top: 200, behavior: 'instant'})")
        expect(page.get_by_role("navigation", name="Stages of the film")).not_to_be_in_viewport()
        above = page.locator("#stage").bounding_box()
        below = foot.bounding_box()
        assert above
        assert below
        assert below["y"] - above["y"] >= 450 * 2 / 3
        assert overflow(page) == 0
        picture(page, "script-zoomed")


def test_music_that_is_off_is_said_to_be_and_turned_on(site: Site, scripted: Task) -> None:
    with site.opened(f"/films/{scripted.id}") as page:
        page.get_by_role("button", name="Settings").click()
        page.get_by_label("Music", exact=True).uncheck()
        off = page.get_by_text("Music is off.")
        expect(off).to_be_visible()
        expect(page.get_by_label("Music of scenes 1 to 3")).to_be_disabled()
        assert barriers(page) == []
        picture(page, "script-music-off")
        page.get_by_role("button", name="Turn it on").click()
        expect(off).to_have_count(0)
        expect(page.get_by_label("Music of scenes 1 to 3")).to_be_enabled()


SCRIPTS = re.compile(r"/api/v1/tasks/[^/]+/script")


def signed_out_by_then(route: Route) -> None:
    """The session ends just before an edit arrives."""
    if route.request.method != "GET":
        aside(lambda: Session.objects.update(revoked_at=timezone.now()))
    route.continue_()


def test_who_was_signed_out_is_told_so_and_comes_back_to_the_same_place(site: Site, scripted: Task) -> None:
    place = f"/films/{scripted.id}/script"
    with site.opened(place, forgives="401") as page:
        page.get_by_label("Message to the agent").fill("Half a sentence")
        page.route(SCRIPTS, signed_out_by_then)
        page.get_by_label("Title of scene 1").fill("Kept")
        expect(page.get_by_text("You were signed out. Sign in to go on with your film.")).to_be_visible()
        page.unroute(SCRIPTS)
        picture(page, "signed-out")
        page.get_by_label("E-mail").fill("alice@example.org")
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        expect(page.get_by_label("Title of scene 1")).to_have_value("Kept")
        saved(page, 2)
        expect(page.get_by_label("Message to the agent")).to_have_value("Half a sentence")
        assert page.url == site.url + place


def test_the_keyboard_skips_to_the_film_and_to_the_chat(site: Site, scripted: Task) -> None:
    for width in (1280, 390):
        with site.opened(f"/films/{scripted.id}", width=width) as page:
            expect(page.get_by_role("article", name="Scene 1")).to_be_visible()
            page.keyboard.press("Tab")
            expect(page.get_by_role("link", name="Skip to the film")).to_be_focused()
            page.keyboard.press("Tab")
            page.keyboard.press("Enter")
            expect(page.get_by_label("Message to the agent")).to_be_focused()


def test_back_and_forward_go_through_the_stages(site: Site, scripted: Task) -> None:
    with site.opened(f"/films/{scripted.id}") as page:
        page.get_by_role("link", name="Production").click()
        expect(page.get_by_role("link", name="Production")).to_have_attribute("aria-current", "step")
        page.get_by_role("link", name="My films").click()
        expect(page.get_by_role("heading", name="My films")).to_be_visible()
        page.go_back()
        expect(page.get_by_role("link", name="Production")).to_have_attribute("aria-current", "step")
        page.go_back()
        expect(page.get_by_role("article", name="Scene 1")).to_be_visible()


def test_signing_out_ends_the_session(site: Site, scripted: Task) -> None:
    with site.opened("/") as page:
        page.get_by_label("Account").click()
        page.get_by_role("button", name="Sign out").click()
        expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
        page.goto(f"{site.url}/films/{scripted.id}")
        expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
