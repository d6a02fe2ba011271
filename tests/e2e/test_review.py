"""A review by two people: a guest on a phone, and the owner at a desk."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from pipeline.models import Approval, Can, Note, Share, Task
from pipeline.sharing import links
from pipeline.sharing.links import Wish
from tests.e2e.browser import browsing
from tests.e2e.made import MADE_WITHIN_MS, aside, check
from tests.e2e.site import Site, barriers, picture, small_targets

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE = 390
HOSTILE = "<img src=x onerror=alert(1)> too dark, more light"


def look(page: Page, name: str) -> None:
    """Nobody is kept out, nothing is wider than it shows, and what is pressed is as large as a finger."""
    picture(page, name)
    wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert (barriers(page), wider, small_targets(page)) == ([], 0, []), name


def go_to(page: Page, second: float) -> None:
    page.locator("video.film").evaluate(
        """(video, second) => new Promise((done) => {
            video.addEventListener("seeked", done, {once: true}); video.currentTime = second })""",
        second,
    )


def test_a_guest_on_a_phone_leaves_notes_and_approves(site: Site, finished: Task) -> None:
    share, token = aside(lambda: links.create(finished, Wish(Can.APPROVE)))
    address = f"{site.url}/s/{token}"
    with browsing(address, cookie=None, width=PHONE) as (page, complaints):
        page.goto(address)
        expect(page.get_by_role("heading", name="The thing")).to_be_visible()
        assert page.locator("video.film").evaluate(
            """(video) => new Promise((done) => video.readyState >= 1 ? done(video.duration)
                : video.addEventListener("loadedmetadata", () => done(video.duration)))"""
        ) == pytest.approx(15, abs=0.2)
        go_to(page, 7.2)
        expect(page.get_by_text("At 0:07 · scene 2")).to_be_visible()
        page.get_by_label("Your note").fill(HOSTILE)
        page.locator(".new-note").get_by_label("Your name").fill("Ben")
        page.locator(".new-note").get_by_role("button", name="Send").click()
        expect(page.get_by_text(HOSTILE)).to_be_visible()
        expect(page.get_by_role("link", name="Go to 0:07")).to_be_visible()
        expect(page.locator(".notes img")).to_have_count(0)
        look(page, "review-guest-phone")
        page.get_by_text("Answer", exact=True).click()
        page.get_by_label("Answer to Ben").fill("And warmer")
        page.locator(".note").get_by_role("button", name="Send").click()
        expect(page.locator(".answer")).to_contain_text("And warmer")
        page.get_by_role("button", name="The whole film: Yes").click()
        expect(page.get_by_text("Ben said yes")).to_be_visible()
        page.get_by_role("button", name="Scene 2 · Scene 2: Not yet").click()
        expect(page.get_by_text("Ben said not yet")).to_be_visible()
        page.locator("#approvals").scroll_into_view_if_needed()
        picture(page, "review-guest-phone-approvals")
        page.reload()
        page.get_by_role("button", name="Resolve").click()
        expect(page.locator(".note .tag")).to_have_text("Resolved")
        assert complaints.found == []
    note: Any = aside(lambda: Note.objects.get(parent=None))
    assert (note.scene, note.text, note.resolved_by) == (2, HOSTILE, "Ben")
    assert abs(note.at_ms - 2200) < 60
    assert aside(lambda: set(Approval.objects.values_list("scene", "yes"))) == {(0, True), (2, False)}
    assert aside(lambda: Share.objects.get(id=share.id).opens) == 2


def test_the_page_in_the_dark_and_in_german(site: Site, finished: Task) -> None:
    _, token = aside(lambda: links.create(finished, Wish(Can.APPROVE)))
    _, locked = aside(lambda: links.create(finished, Wish(Can.VIEW, password="fog")))
    address = f"{site.url}/s/{token}"
    for width, name in ((PHONE, "phone"), (1440, "desk")):
        with browsing(address, cookie=None, width=width, dark=True) as (page, complaints):
            page.set_extra_http_headers({"Accept-Language": "de-AT,de;q=0.9,en;q=0.5"})
            page.goto(address)
            expect(page.get_by_role("heading", name="Anmerkungen")).to_be_visible()
            expect(page.locator("html")).to_have_attribute("lang", "de")
            look(page, f"review-german-dark-{name}")
            page.goto(f"{site.url}/s/{locked}")
            page.get_by_label("Passwort").fill("fog")
            look(page, f"review-password-{name}")
            page.get_by_role("button", name="Öffnen").click()
            expect(page.locator("video.film")).to_be_visible()
            expect(page.locator(".review")).to_have_count(0)
            look(page, f"review-view-only-{name}")
            assert complaints.found == []
            page.goto(f"{site.url}/s/pxs_{'a' * 32}")
            expect(page.get_by_role("heading")).to_have_text("Dieser Link funktioniert nicht")
            look(page, f"review-gone-{name}")


def test_two_people_review_a_film(site: Site, finished: Task) -> None:
    """The owner shares it, the guest's note comes at once, and one yes has done what it asks for."""
    with site.opened(f"/films/{finished.id}/film", width=1440) as owner:
        owner.get_by_role("button", name="Share").click()
        dialog = owner.get_by_role("dialog")
        dialog.get_by_role("radio", name="Watch, leave notes and approve").check()
        dialog.get_by_role("button", name="Make a link").click()
        link = dialog.get_by_label("The link. Copy it now: it is not shown again.")
        expect(link).to_have_value(re.compile("/s/pxs_"))
        expect(dialog.get_by_text("Nobody has opened it yet")).to_be_visible()
        check(owner, "share-dialog")
        path = "/s/" + link.input_value().split("/s/")[1]
        assert owner.context.browser
        guest = owner.context.browser.new_context(viewport={"width": PHONE, "height": 800}).new_page()
        guest.goto(site.url + path)
        go_to(guest, 6.0)
        guest.get_by_label("Your note").fill(HOSTILE)
        guest.locator(".new-note").get_by_label("Your name").fill("Ben")
        guest.locator(".new-note").get_by_role("button", name="Send").click()
        expect(guest.get_by_text(HOSTILE)).to_be_visible()
        guest.get_by_role("button", name="Scene 1 · Scene 1: Yes").click()
        expect(guest.get_by_text("Ben said yes")).to_be_visible()
        owner.keyboard.press("Escape")
        panel = owner.get_by_role("complementary", name="Notes")
        expect(panel.get_by_text(HOSTILE)).to_be_visible()
        expect(panel.get_by_text("Ben said yes to scene 1")).to_be_visible()
        check(owner, "review-owner")
        panel.get_by_role("button", name="Show 0:06").click()
        assert owner.locator(".cinema video").evaluate("(video) => video.currentTime") == pytest.approx(6, abs=0.1)
        panel.get_by_role("button", name="Answer Ben").click()
        panel.get_by_label("Answer to Ben").fill("Doing it now")
        panel.get_by_role("button", name="Send").click()
        expect(panel.get_by_text("Doing it now")).to_be_visible()
        panel.get_by_role("button", name="Apply this note").click()
        expect(panel.get_by_text("1 note, 14 credits: Picture of scene 2, Clip of scene 2.")).to_be_visible()
        check(owner, "review-owner-offer")
        panel.get_by_role("button", name="Make it · 14 credits").click()
        owner.goto(f"{site.url}/films/{finished.id}/film")
        panel = owner.get_by_role("complementary", name="Notes")
        expect(panel.get_by_text("Changed")).to_be_visible(timeout=MADE_WITHIN_MS)
        expect(panel.get_by_text("Picture of scene 2: take 2 was made for it.")).to_be_visible()
        check(owner, "review-owner-changed")
        owner.emulate_media(color_scheme="dark")
        check(owner, "review-owner-dark")
        owner.set_viewport_size({"width": PHONE, "height": 800})
        check(owner, "review-owner-phone")
        guest.reload()
        expect(guest.get_by_text("Doing it now")).to_be_visible()
        expect(guest.locator(".note .tag")).to_have_text("Changed")
        owner.get_by_role("button", name="Share").click()
        expect(owner.get_by_text(re.compile("Opened 2 times"))).to_be_visible()
        owner.get_by_role("button", name=re.compile("Change the link")).click()
        form = owner.locator(".links form")
        expect(form.get_by_role("button", name="Change the link")).to_be_disabled()
        form.get_by_role("radio", name="Watch", exact=True).check()
        form.get_by_label("It ends").select_option(label="In a week")
        form.get_by_label("Its password").select_option(label="Another password")
        form.get_by_label(re.compile("The new password")).fill("olives")
        check(owner, "share-change-phone")
        form.get_by_role("button", name="Change the link").click()
        expect(owner.get_by_text("The link is changed. Its address stays the same.")).to_be_visible()
        expect(owner.locator(".links")).to_contain_text("with a password")
        guest.reload()
        guest.get_by_label("Password").fill("olives")
        guest.get_by_role("button", name="Open").click()
        expect(guest.locator("video")).to_be_visible()
        expect(guest.get_by_label("Your note")).to_have_count(0)
        owner.get_by_role("button", name=re.compile("Take back the link")).click()
        check(owner, "share-end-phone")
        owner.get_by_role("button", name="Take it back").click()
        expect(owner.get_by_text("The link is taken back.")).to_be_visible()
        assert guest.goto(site.url + path).status == 404  # type: ignore[union-attr]
