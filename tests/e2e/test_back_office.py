"""The back office in a real browser: pages without complaints, and acts by keyboard alone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from pipeline.models import Task
from pixora.accounts import ledger, roles, sessions, staff_log, tokens
from pixora.accounts.models import CreditReason, User
from pixora.accounts.roles import Role
from tests.e2e.browser import browsing
from tests.pipeline.admin.films import film
from tests.web_server import web_server

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAGES = (
    *("", "pipeline/task/", "pipeline/task/{task}/change/", "pipeline/task/{task}/component/scene/1/"),
    *("pipeline/task/{task}/regenerate/video/1/", "pipeline/task/{task}/refund/", "pipeline/task/?q=nobody"),
    *("pipeline/run/", "pipeline/run/queue/", "pipeline/attempt/", "pipeline/attempt/?outcome=refused"),
    *("pipeline/attempt/spend/", "media_assets/asset/", "chat/message/", "admin/logentry/"),
    *("accounts/user/", "accounts/user/{user}/change/", "accounts/user/{user}/grant/", "accounts/credit/"),
)


@dataclass(frozen=True)
class Office:
    """An operator at a browser, and the film of Alice."""

    address: str
    cookie: str
    task: Task

    def url(self, page: str) -> str:
        return f"{self.address}/admin/{page.format(task=self.task.id, user=self.task.user_id)}"

    @contextmanager
    def opened(self, page: str = "pipeline/task/{task}/change/", *, width: int = 1280) -> Iterator[Page]:
        """Nothing is asked of the database within: Playwright keeps an event loop in this thread."""
        with browsing(self.address, cookie=(sessions.COOKIE, self.cookie), width=width) as (window, complaints):
            window.goto(self.url(page))
            yield window
            assert complaints.found == []


@pytest.fixture
def task(transactional_db: None, tmp_path: Path) -> Task:
    alice = User.objects.create_user("alice@example.org")
    ledger.give(user=alice, amount=100, reason=CreditReason.GRANT, key="grant:alice")
    task = film(alice, title="A lighthouse")
    for asset in task.assets.filter(component__startswith="scene/"):
        path = tmp_path / "media/pixora" / asset.storage_path
        path.parent.mkdir(parents=True, exist_ok=True)
        Image.new("RGB", (128, 72), (90, 60, 240)).save(path)
    return task


@pytest.fixture
def office(task: Task, tmp_path: Path) -> Iterator[Office]:
    operator = User.objects.create_user("operator@example.org")
    roles.set_role(operator, Role.OPERATOR)
    token = tokens.issue(sessions.open_session(operator), life=tokens.SESSION_LIFE).token
    with web_server(tmp_path) as server:
        yield Office(server.url, token, task)


def press(page: Page, *keys: str) -> None:
    """Keys by their names; what is no name of one is typed."""
    for key in keys:
        page.keyboard.press(key) if key in KEYS else page.keyboard.type(key)


KEYS = frozenset({"Tab", "Enter", "ArrowDown", "Control+a", "Escape"})


def only_act(task: Task) -> tuple[str, str, str]:
    """Return who did what, and why."""
    found = {
        (act.actor.email, act.act, act.reason) for act in [*staff_log.acts_on(task), *staff_log.acts_on(task.user)]
    }
    [act] = found
    return act


def test_no_page_complains_or_asks_anybody_else(office: Office) -> None:
    with office.opened() as page:
        page.wait_for_load_state("networkidle")
        assert page.locator(".still img").first.evaluate("picture => picture.naturalWidth") == 128
        for name in PAGES:
            page.goto(office.url(name), wait_until="networkidle")
            assert page.locator("h1").inner_text().strip(), name


def test_a_piece_is_regenerated_by_keyboard(office: Office) -> None:
    with office.opened() as page:
        page.get_by_role("link", name="Make again the picture of scene 1", exact=True).focus()
        press(page, "Enter")
        expect(page.get_by_label("What should be different (optional)")).to_be_focused()
        press(page, "four legs", "Tab", "ArrowDown", "Tab", "The cat has five legs", "Tab")
        focused = page.locator("button:focus")
        expect(focused).to_have_text("Make it again")
        assert focused.evaluate("button => getComputedStyle(button).outlineStyle") == "solid"
        press(page, "Enter")
        asked = "Yes: Charge alice@example.org 4 credits (the balance is 100)"
        expect(page.locator("button:focus")).to_have_text(asked)
        press(page, "Enter")
        expect(page.get_by_text("One more take of the picture of scene 1 is on its way.")).to_be_visible()
    assert only_act(office.task) == ("operator@example.org", "regenerate", "The cat has five legs")
    assert ledger.account(office.task.user).held == 4


def test_credits_are_given_back_by_keyboard(office: Office) -> None:
    with office.opened() as page:
        page.get_by_role("link", name="Give credits back").focus()
        press(page, "Enter")
        expect(page.locator("h1")).to_have_text("Give alice@example.org credits back for “A lighthouse”")
        expect(page.get_by_label("Credits to give back")).to_be_focused()
        press(page, "Control+a", "3", "Tab", "Tab", "A long wait", "Tab", "Enter")
        expect(page.locator("button:focus")).to_have_text(
            "Yes: Give alice@example.org 3 credits back for “A lighthouse”"
        )
        press(page, "Enter")
        expect(page.get_by_text("alice@example.org got 3 credits back for “A lighthouse”.")).to_be_visible()
        expect(page.get_by_role("link", name="3 credits were given back")).to_be_visible()
    assert only_act(office.task) == ("operator@example.org", "refund", "A long wait")
    assert ledger.account(office.task.user).balance == 103


def test_a_piece_that_is_chosen_proposes_what_it_cost(office: Office) -> None:
    with office.opened() as page:
        page.get_by_role("link", name="Give credits back").click()
        amount = page.get_by_label("Credits to give back")
        expect(amount).to_have_value("48")
        page.get_by_label("For which piece (optional)").select_option("scene/1")
        expect(amount).to_have_value("8")
        page.get_by_label("For which piece (optional)").select_option("")
        expect(amount).to_have_value("48")


def test_a_films_page_is_short_and_opens_what_its_address_names(office: Office) -> None:
    with office.opened() as page:
        assert page.evaluate("document.documentElement.scrollHeight") < 3_000
        expect(page.get_by_role("region", name="Attempts", exact=True)).to_be_hidden()
        page.get_by_role("navigation", name="On this page").get_by_role("link", name="Attempts").click()
        expect(page.get_by_role("region", name="Attempts", exact=True)).to_be_visible()
        page.get_by_role("heading", name="Attempts of this run").click()
        expect(page.get_by_role("region", name="Attempts", exact=True)).to_be_hidden()


def test_a_film_is_found_by_a_word_of_its_prompt(office: Office) -> None:
    with office.opened("pipeline/task/?q=thing") as page:
        expect(page.get_by_role("link", name="A lighthouse")).to_be_visible()
        expect(page.get_by_role("navigation", name="Pages")).to_have_count(0)


def test_a_narrow_window_needs_no_scrolling_sideways_and_has_its_menu(office: Office) -> None:
    with office.opened(width=390) as page:
        for name in PAGES:
            page.goto(office.url(name), wait_until="networkidle")
            assert page.evaluate("document.documentElement.scrollWidth") <= 390, name
        films = page.get_by_role("link", name="Films", exact=True)
        expect(films).to_be_hidden()
        page.get_by_role("button", name="Menu", exact=True).press("Enter")
        expect(films).to_be_visible()
        press(page, "Escape")
        expect(films).to_be_hidden()
