"""The back office in a real browser: pages without complaints, and acts by keyboard alone."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests.crash.site import ROOT, Site, wait_until
from tests.e2e.browser import Complaints, browsing

pytestmark = pytest.mark.browser

PAGES = (
    *("", "pipeline/task/", "pipeline/task/{task}/change/", "pipeline/task/{task}/component/scene/1/"),
    *("pipeline/task/{task}/regenerate/video/1/", "pipeline/task/{task}/refund/", "pipeline/task/?q=nobody"),
    *("pipeline/run/", "pipeline/run/queue/", "pipeline/attempt/", "pipeline/attempt/?outcome=refused"),
    *("pipeline/attempt/spend/", "media_assets/asset/", "chat/message/", "admin/logentry/"),
    *("accounts/user/", "accounts/user/{user}/change/", "accounts/user/{user}/grant/", "accounts/credit/"),
)


@dataclass
class Office:
    site: Site
    address: str
    task: str
    user: str
    cookie: str

    def url(self, page: str) -> str:
        return f"{self.address}/admin/{page.format(task=self.task, user=self.user)}"

    def acts(self) -> list[tuple[str, str, str]]:
        """Who did what, and why."""
        lines = self.site.query(
            "SELECT email, change_message FROM django_admin_log JOIN users ON users.id = user_id ORDER BY action_time"
        )
        return [(email, json.loads(said)["act"], json.loads(said)["reason"]) for email, said in lines]

    def credits(self) -> int:
        return int(self.site.query("SELECT sum(amount) FROM credits WHERE user_id = %s", self.user)[0][0])


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    folder = tmp_path_factory.mktemp("office")
    for each in (folder, folder.parent):
        each.chmod(0o755)
    site = Site(folder)
    with site.services():
        seed = site.manage("shell", "--no-imports", "-c", "from tests.e2e.office_film import print_seed; print_seed()")
        with web_server(site) as address:
            yield Office(site, address, **json.loads(seed))


@contextmanager
def web_server(site: Site) -> Iterator[str]:
    """The one that `make studio` starts: the address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    daphne = [sys.executable, "-m", "daphne", "-v", "0", "-b", "127.0.0.1", "-p", str(port), "pixora.asgi:application"]
    server = subprocess.Popen(daphne, cwd=ROOT, env=site.environment, stdout=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        wait_until(lambda: is_up(address), 60, "the web server answers")
        yield address
    finally:
        server.terminate()
        server.wait()


def is_up(address: str) -> bool:
    try:
        return httpx.get(f"{address}/healthz").status_code == 200
    except httpx.TransportError:
        return False


@pytest.fixture
def opened(office: Office) -> Iterator[tuple[Page, Complaints]]:
    with browsing(office.address, cookie=("pixora_session", office.cookie)) as found:
        yield found


def test_no_page_complains_or_asks_anybody_else(opened: tuple[Page, Complaints], office: Office) -> None:
    page, complaints = opened
    for name in PAGES:
        page.goto(office.url(name), wait_until="networkidle")
        assert complaints.found == [], name
        assert page.locator("h1").inner_text().strip(), name
    page.goto(office.url("pipeline/task/{task}/change/"), wait_until="networkidle")
    assert page.locator(".still img").first.evaluate("picture => picture.naturalWidth") == 128


def test_a_piece_is_regenerated_by_keyboard(opened: tuple[Page, Complaints], office: Office) -> None:
    page, complaints = opened
    before = office.credits()
    page.goto(office.url("pipeline/task/{task}/change/"))
    page.get_by_role("link", name="Regenerate scene/1", exact=True).focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/regenerate/scene/1/")
    expect(page.get_by_label("What should be different (optional)")).to_be_focused()
    for keys in ("four legs", "Tab", "ArrowDown", "Tab", "The cat has five legs", "Tab"):
        page.keyboard.press(keys) if keys in ("Tab", "ArrowDown") else page.keyboard.type(keys)
    focused = page.locator("button:focus")
    expect(focused).to_have_text("Regenerate")
    assert focused.evaluate("button => getComputedStyle(button).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    expect(page.locator("button:focus")).to_have_text(f"Yes: Charge alice@example.org 4 credits, of {before}")
    page.keyboard.press("Enter")
    expect(page.get_by_text("One more take of scene/1 is on its way.")).to_be_visible()
    assert complaints.found == []
    assert ("operator@example.org", "regenerate", "The cat has five legs") in office.acts()
    assert office.credits() == before - 4


def test_credits_are_given_back_by_keyboard(opened: tuple[Page, Complaints], office: Office) -> None:
    page, complaints = opened
    before = office.credits()
    page.goto(office.url("pipeline/task/{task}/change/"))
    page.get_by_role("link", name="Give credits back").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/refund/")
    expect(page.get_by_label("Credits to give back")).to_be_focused()
    for keys in ("Control+a", "3", "Tab", "Tab", "A long wait", "Tab", "Enter"):
        page.keyboard.type(keys) if keys in ("3", "A long wait") else page.keyboard.press(keys)
    expect(page.locator("button:focus")).to_have_text("Yes: Give alice@example.org 3 credits back")
    page.keyboard.press("Enter")
    expect(page.get_by_text("alice@example.org got 3 credits back.")).to_be_visible()
    assert complaints.found == []
    assert ("operator@example.org", "refund", "A long wait") in office.acts()
    assert office.credits() == before + 3


def test_a_narrow_window_needs_no_scrolling_sideways_and_has_its_menu(office: Office) -> None:
    with browsing(office.address, cookie=("pixora_session", office.cookie), width=390) as (page, complaints):
        for name in PAGES:
            page.goto(office.url(name), wait_until="networkidle")
            assert page.evaluate("document.documentElement.scrollWidth") <= 390, name
        expect(page.get_by_role("link", name="Films")).to_be_hidden()
        page.get_by_role("button", name="Menu", exact=True).press("Enter")
        expect(page.get_by_role("link", name="Films")).to_be_visible()
        page.keyboard.press("Escape")
        expect(page.get_by_role("link", name="Films")).to_be_hidden()
        assert complaints.found == []
