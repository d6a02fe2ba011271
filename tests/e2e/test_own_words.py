"""A film of one's own words in a real browser: a script that is attached or pasted is spoken as it was written."""

from __future__ import annotations

import pytest
from playwright.sync_api import FilePayload, expect

from pipeline.models import Script, Task
from tests.e2e.site import Site, barriers, picture
from tests.pipeline.doubles import Studio

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SCRIPT = 'Scene 1: A dog. Narration: "Rex never barks."\nScene 2: A cat. Narration: "Minka always does."\n'
WITHIN_MS = 90_000


def test_a_script_is_attached_and_spoken_word_for_word(site: Site, making: Studio) -> None:
    with site.opened() as page:
        dogs = FilePayload(name="dogs.txt", mimeType="text/plain", buffer=SCRIPT.encode())
        page.get_by_label("Your own script").set_input_files(files=[dogs])
        expect(page.get_by_text("dogs.txt")).to_be_visible(timeout=WITHIN_MS)
        expect(page.get_by_role("radio", name="Word for word")).to_be_checked()
        assert barriers(page) == []
        picture(page, "own-words")
        page.get_by_role("button", name="Write the script").click()
        expect(page.get_by_role("log")).to_contain_text("I take this as your script.", timeout=WITHIN_MS)
        expect(page.get_by_role("article", name="Scene 2")).to_be_visible(timeout=WITHIN_MS)
        expect(page.get_by_role("article", name="Scene 1").get_by_label("Narration")).to_have_value("Rex never barks.")
        expect(page.get_by_role("button", name="Condense my text")).to_be_visible()
        picture(page, "own-words-script")
    task = Task.objects.get()
    assert (task.title, task.settings["source"]) == ("A Dog", "verbatim")
    assert [clip["scene"]["script"] for clip in Script.objects.get().content["clips"]] == [
        "Rex never barks.",
        "Minka always does.",
    ]


def test_a_paste_that_is_too_long_for_the_field_becomes_a_text_of_its_own(site: Site) -> None:
    with site.opened() as page:
        page.get_by_label("What the film is about").focus()
        page.evaluate(
            """(text) => {
                const data = new DataTransfer();
                data.setData("text/plain", text);
                const event = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
                document.activeElement.dispatchEvent(event);
            }""",
            "A sentence of many words, again and again. " * 300,
        )
        expect(page.get_by_text("Pasted text.txt")).to_be_visible(timeout=WITHIN_MS)
        expect(page.get_by_text("2400 words")).to_be_visible()
