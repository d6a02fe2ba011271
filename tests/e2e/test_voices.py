"""In a film's settings: voices with what they are like, one's own, and how names are said; by keyboard and narrow."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from pipeline.models import Task
from tests.e2e.made import aside
from tests.e2e.site import Site, barriers, overflow, picture
from tests.pipeline.engine.test_own_voices import sample

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("width", [1440, 390])
def test_voices_and_names_in_the_settings(site: Site, scripted: Task, tmp_path: Path, width: int) -> None:
    recording = sample(tmp_path)
    with site.opened(f"/films/{scripted.id}/script", width=width) as page:
        page.get_by_role("button", name="Settings").click()
        voice = page.locator("label", has_text="Voice").locator("select").first
        expect(voice.locator("option:checked")).to_have_text("Rachel · woman, young, American, calm, clear")
        names = page.get_by_text("How names are said")
        names.focus()
        page.keyboard.press("Enter")
        page.get_by_label("Word or name").fill("Köhler")
        page.get_by_label("Say it as").fill("KER-ler")
        page.keyboard.press("Enter")
        expect(page.get_by_text("Köhler → KER-ler")).to_be_visible()
        page.get_by_text("A voice of your own").click()
        expect(page.get_by_text("No model here can speak in the voice of a sample")).to_be_visible()
        page.locator("input[accept='audio/*']").set_input_files(recording)
        page.get_by_label("Name of the voice").fill("Ann")
        keep = page.get_by_role("button", name="Keep this voice")
        expect(keep).to_be_disabled()
        page.get_by_label("I am the person whose voice this is").check()
        keep.click()
        expect(page.get_by_role("button", name="Delete Ann")).to_be_visible()
        expect(page.get_by_role("button", name="Use for this film")).to_be_disabled()
        page.get_by_role("button", name="Delete Ann").scroll_into_view_if_needed()
        picture(page, f"voices-{width}")
        assert not barriers(page)
        assert overflow(page) <= 0
        page.get_by_role("button", name="Delete Ann").click()
        expect(page.get_by_role("button", name="Delete Ann")).to_have_count(0)
    aside(scripted.refresh_from_db)
    assert scripted.settings["pronunciations"] == [{"written": "Köhler", "said": "KER-ler", "ipa": ""}]
