"""Answers of the agent as they stand in the chat."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from pipeline.models import Task
from tests.e2e.site import Site, picture

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("width", [1280, 390])
def test_a_long_button_breaks_into_lines_instead_of_being_cut_off(site: Site, scripted: Task, width: int) -> None:
    with site.opened(f"/films/{scripted.id}/script", width=width) as page:
        expect(page.get_by_label("Title of scene 2")).to_be_visible()
        if width < 960:
            page.get_by_role("button", name="Ask for a change").click()
        message = page.get_by_label("Message to the agent")
        message.fill("can you put happy 90th nan with lots of love from all of us at the end")
        message.press("Enter")
        button = page.get_by_role("button", name="Add a scene with a sign that says happy 90th nan with lots of love")
        expect(button).to_be_visible()
        picture(page, f"answer-long-button-{width}")
        inside, around = button.bounding_box(), page.locator(".line.agent").last.bounding_box()
        assert inside
        assert around
        assert around["x"] <= inside["x"]
        assert inside["x"] + inside["width"] <= around["x"] + around["width"]
