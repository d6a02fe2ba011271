"""Edits by hand beside wishes in the chat, and edits that stand against somebody else's."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from pipeline.models import Script, Task
from tests.e2e.site import Site

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

OFFLINE = "ERR_INTERNET_DISCONNECTED"
CHANGED = "The script was changed meanwhile"


def connected(page: Page) -> None:
    expect(page.get_by_text("Connected", exact=True)).to_be_attached()
    page.get_by_label("Title of scene 1").wait_for()


def edit_and_wish(page: Page) -> None:
    page.get_by_label("Title of scene 1").fill("By hand")
    page.get_by_label("Message to the agent").fill("make scene 2 darker")
    page.get_by_label("Message to the agent").press("Enter")


def both_stand(page: Page) -> None:
    expect(page.get_by_role("log")).to_contain_text("Making the film costs")
    expect(page.get_by_text("Version 3", exact=True)).to_be_visible()
    expect(page.get_by_text(CHANGED)).to_have_count(0)


def newest(task: Task) -> tuple[str, str]:
    first, second = Script.objects.filter(task=task).latest("version").content["clips"][:2]
    return first["scene"]["title"], second["scene"]["image_prompt"]


def test_a_wish_said_while_one_is_still_typing_stands_beside_the_edit(site: Site, scripted: Task) -> None:
    with site.opened(f"/films/{scripted.id}") as page:
        connected(page)
        edit_and_wish(page)
        both_stand(page)
    title, picture = newest(scripted)
    assert title == "By hand"
    assert "dark" in picture


def test_an_edit_and_a_wish_made_offline_both_arrive(site: Site, scripted: Task) -> None:
    with site.opened(f"/films/{scripted.id}", forgives=OFFLINE) as page:
        connected(page)
        page.context.set_offline(True)
        edit_and_wish(page)
        expect(page.get_by_text("Waiting for the connection.")).to_be_visible()
        expect(page.get_by_text("Kept; it is saved when Pixora can be reached")).to_be_visible()
        page.context.set_offline(False)
        both_stand(page)
    title, picture = newest(scripted)
    assert title == "By hand"
    assert "dark" in picture


def test_an_edit_that_stands_against_anothers_is_saved_over_it_by_no_reload(site: Site, scripted: Task) -> None:
    with site.opened(f"/films/{scripted.id}", forgives="409") as page:
        other = page.context.new_page()
        other.goto(f"{site.url}/films/{scripted.id}")
        page.get_by_label("Title of scene 1").wait_for()
        other.get_by_label("Title of scene 1").fill("Theirs")
        page.get_by_label("Title of scene 2").fill("Mine")
        expect(page.get_by_text(CHANGED)).to_be_visible()
        other.close()
        for more in ("Mine still", "Mine to the end"):
            page.get_by_label("Title of scene 2").fill(more)
            page.reload()
            expect(page.get_by_text(CHANGED)).to_be_visible()
            expect(page.get_by_label("Title of scene 2")).to_have_value(more)
        assert page.get_by_label("Title of scene 1").input_value() != "Theirs"
        page.get_by_role("button", name="Take the other one").click()
        expect(page.get_by_label("Title of scene 1")).to_have_value("Theirs")
    assert newest(scripted)[0] == "Theirs"
