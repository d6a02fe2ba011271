"""A family of versions behind one link: shared in the studio, and looked at by a guest."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from pipeline.models import Share, Task
from pipeline.services import translations, versions
from pipeline.services.translations import Given
from tests.e2e.browser import browsing
from tests.e2e.made import aside, check, finish, until_complete
from tests.e2e.site import Site, barriers, picture, small_targets

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

GERMAN = Given("1;Das sagt Szene 1.\n2;Das sagt Szene 2.\n3;Das sagt Szene 3.")
TABS = ["English · 16:9", "English · 9:16", "Deutsch · 16:9", "Deutsch · 9:16"]


def whole_family(film: Task) -> dict[str, Task]:
    """English and German, wide and tall, and a shorter cut, all of them finished."""
    tall = until_complete(versions.make_shape(task=film, aspect_ratio="9:16"))
    german = finish(translations.make_language(task=film, language="de", given=GERMAN))
    both = until_complete(versions.make_language(task=tall, language="de"))
    cut = until_complete(versions.make_cut(task=film, scenes=[1]))
    return {"tall": tall, "german": german, "both": both, "cut": cut}


def look(page: Page, name: str) -> None:
    picture(page, name)
    wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert (barriers(page), wider) == ([], 0), name


def shown(page: Page) -> tuple[int, int]:
    """The size of the film that plays, in pixels."""
    found: Any = page.locator("video.film").evaluate(
        """(video) => new Promise((done) => { const tell = () => done([video.videoWidth, video.videoHeight]);
            video.readyState >= 1 ? tell() : video.addEventListener("loadedmetadata", tell) })"""
    )
    return tuple(found)


def test_a_guest_switches_between_the_versions_of_a_shared_film(site: Site, finished: Task) -> None:
    made = whole_family(finished)
    finished.refresh_from_db()
    with site.opened(f"/films/{finished.id}/film", width=1280) as owner:
        expect(owner.get_by_role("navigation", name="Versions of this film").get_by_role("link")).to_have_count(5)
        owner.get_by_role("button", name="Share").click()
        dialog = owner.get_by_role("dialog")
        dialog.get_by_role("checkbox", name="Guests may switch to its other languages and shapes").check()
        check(owner, "family-link-dialog")
        dialog.get_by_role("button", name="Make a link").click()
        link = dialog.get_by_label("The link. Copy it now: it is not shown again.")
        expect(link).to_have_value(re.compile("/s/pxs_"))
        address = site.url + "/s/" + link.input_value().split("/s/")[1]
    assert aside(lambda: Share.objects.get().versions) is True
    for width, name in ((1440, "desk"), (390, "phone")):
        with browsing(address, cookie=None, width=width, touch=width < 400) as (page, complaints):
            page.goto(address)
            tabs = page.locator("nav.versions a")
            expect(tabs).to_have_text(TABS, use_inner_text=True)
            expect(tabs.first).to_have_attribute("aria-current", "page")
            wide = shown(page)
            assert wide[0] > wide[1]
            look(page, f"family-link-{name}")
            assert width > 400 or small_targets(page) == []
            tabs.filter(has_text="Deutsch · 9:16").click()
            expect(tabs.filter(has_text="Deutsch · 9:16")).to_have_attribute("aria-current", "page")
            tall = shown(page)
            assert tall[0] < tall[1]
            expect(page.locator("video.film track")).to_have_attribute("srclang", "de")
            playing = page.locator("video.film").evaluate(
                "async (video) => { video.muted = true; await video.play(); return !video.paused }"
            )
            assert playing is True
            look(page, f"family-link-{name}-tall-german")
            assert complaints.found == []
    assert made["cut"].id not in page_of(site, address)


def page_of(site: Site, address: str) -> str:
    with browsing(address, cookie=None) as (page, _):
        page.goto(address)
        return page.content()
