"""All films of a user."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from pipeline.models import Task, TaskStatus
from pixora.accounts.models import User
from tests.e2e.made import aside, check
from tests.e2e.site import Site

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_films_are_found_opened_deleted_and_taken_back(site: Site, finished: Task, users: dict[str, User]) -> None:
    for title in ("Tea for two", "Coffee"):
        Task.objects.create(user=users["alice"], title=title, prompt="A film", request_key="x")
    Task.objects.filter(id=finished.id).update(status=TaskStatus.CANCELLED)  # as when its update was stopped
    with site.opened("/films/") as page:
        cards = page.locator(".film-card")
        expect(cards).to_have_count(3)
        expect(cards.last.locator("img")).to_have_js_property("naturalWidth", 128)
        check(page, "films")
        search = page.get_by_role("searchbox", name="Search your films")
        search.fill("nobody")
        expect(page.get_by_text("No film mentions “nobody”")).to_be_visible()
        check(page, "films-none-found")
        search.fill("TWO tea")
        expect(cards).to_have_count(1)

        cards.get_by_role("button", name="Delete Tea for two").click()
        check(page, "films-delete")
        page.get_by_role("button", name="Keep it").click()
        expect(cards).to_have_count(1)
        cards.get_by_role("button", name="Delete Tea for two").press("Enter")
        page.get_by_role("button", name="Delete it").click()
        expect(page.get_by_text("“Tea for two” is deleted.")).to_be_visible()
        expect(cards).to_have_count(0)
        assert aside(_hidden) == ["Tea for two"]
        page.get_by_role("button", name="Undo").click()
        expect(cards).to_have_count(1)
        assert aside(_hidden) == []

        search.fill("")
        cards.filter(has_text="Finished").get_by_role("link").click()
        expect(page.get_by_role("link", name="Download")).to_be_visible()


def test_a_deleted_film_is_restored_from_the_list_and_from_its_own_page(site: Site, scripted: Task) -> None:
    with site.opened(f"/films/{scripted.id}", forgives="404") as film:
        expect(film.get_by_text("Connected", exact=True)).to_be_attached()
        expect(film.get_by_role("heading", name="The thing")).to_be_visible()
        films = film.context.new_page()
        films.goto(f"{site.url}/films/")
        films.get_by_role("button", name="Delete The thing").press("Enter")
        films.get_by_role("button", name="Delete it").click()
        expect(film.get_by_role("heading", name="This film was deleted")).to_be_visible()
        expect(film.get_by_text("You can restore it in My films for 7 days")).to_be_visible()
        check(film, "film-deleted")
        films.get_by_role("button", name="Undo").click()
        expect(film.get_by_role("heading", name="The thing")).to_be_visible()

        films.get_by_role("button", name="Delete The thing").press("Enter")
        films.get_by_role("button", name="Delete it").click()
        films.get_by_role("link", name="Deleted").click()
        expect(films.get_by_text("Kept until")).to_be_visible()
        check(films, "films-deleted")
        films.get_by_role("button", name="Restore The thing").click()
        expect(films.get_by_role("heading", name="No deleted films")).to_be_visible()
        expect(film.get_by_role("heading", name="The thing")).to_be_visible()

        films.goto(f"{site.url}/films/")
        films.get_by_role("button", name="Delete The thing").press("Enter")
        films.get_by_role("button", name="Delete it").click()
        expect(film.get_by_role("heading", name="This film was deleted")).to_be_visible()
        film.reload()
        film.get_by_role("button", name="Restore it").click()
        expect(film.get_by_role("heading", name="The thing")).to_be_visible()


def _hidden() -> list[str]:
    return list(Task.objects.exclude(deleted_at=None).values_list("title", flat=True))


def test_more_films_come_page_by_page_and_nobody_elses(site: Site, users: dict[str, User]) -> None:
    for number in range(30):
        Task.objects.create(user=users["alice"], title=f"Film {number}", prompt="A film", request_key="x")
        Task.objects.create(user=users["bob"], title="Bob's", prompt="A film", request_key="x")
    with site.opened("/films/") as page:
        expect(page.locator(".film-card")).to_have_count(24)
        page.get_by_role("button", name="Show more").click()
        expect(page.locator(".film-card")).to_have_count(30)
        expect(page.get_by_text("Bob's")).to_have_count(0)


def test_a_film_deleted_between_two_pages_stays_away_as_more_come_and_as_films_are_found(
    site: Site, users: dict[str, User]
) -> None:
    for number in range(30):
        Task.objects.create(user=users["alice"], title=f"Film {number}", prompt="A film", request_key="x")
    with site.opened("/films/") as page:
        cards, search = page.locator(".film-card"), page.get_by_role("searchbox", name="Search your films")
        expect(cards).to_have_count(24)
        page.get_by_role("button", name="Delete Film 29").click()
        page.get_by_role("button", name="Delete it").click()
        expect(cards).to_have_count(23)
        page.get_by_role("button", name="Show more").click()
        expect(cards).to_have_count(29)
        search.fill("Film 2")
        expect(cards).to_have_count(11)
        expect(page.get_by_text("11 found")).to_be_attached()
        search.fill("")
        expect(cards).to_have_count(24)
        page.get_by_role("button", name="Show more").click()
        expect(cards).to_have_count(29)


def test_somebody_without_films_is_shown_the_way(site: Site) -> None:
    with site.opened("/films/") as page:
        expect(page.get_by_role("heading", name="No films yet")).to_be_visible()
        check(page, "films-empty")
        page.get_by_role("link", name="Make the first one").click()
        assert page.url == f"{site.url}/"
