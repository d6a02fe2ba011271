"""One's own account in the studio: the balance and what it opens, password, devices, mail, the end of it."""

from __future__ import annotations

import re

import pytest
from django.db import transaction
from playwright.sync_api import Page, Route, expect

from pipeline.deletion import user_deletion
from pipeline.models import Run, Step, Task
from pipeline.services import staff
from pixora.accounts import ledger, sessions, tokens
from pixora.accounts.models import CreditReason, Session, User
from pixora.accounts.roles import Role, set_role
from tests.e2e.conftest import PASSWORD
from tests.e2e.made import aside, check
from tests.e2e.site import Site

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def operator(transactional_db: None) -> User:
    user = User.objects.create_user("op@example.org")
    set_role(user, Role.OPERATOR)
    return user


@pytest.fixture
def paid(scripted: Task) -> Task:
    """58 credits were charged for it, 7 are set aside."""
    run = Run.objects.create(task=scripted, status="succeeded")
    with transaction.atomic():
        ledger.hold(user=scripted.user, run_id=run.id, task_id=scripted.id, amount=60)
        ledger.hold(user=scripted.user, run_id="run_open", task_id=scripted.id, amount=7)
    Step.objects.create(run=run, component="scene/1", kind="scene", credits=58, charged=58, status="succeeded")
    ledger.release(run_id=run.id, charged=58)
    return scripted


def balance(page: Page, credits: int, held: int = 0) -> None:
    shown = page.get_by_role("banner").get_by_role("button", name=re.compile("credits"))
    expect(shown).to_contain_text(f"{credits} credits" + (f" + {held} held" if held else ""))


def open_credits(page: Page) -> None:
    page.get_by_role("banner").get_by_role("button", name=re.compile("credits")).click()
    expect(page.get_by_role("dialog").get_by_text("For more credits, ask")).to_be_visible()


def test_what_support_gives_back_is_seen_in_every_tab_and_stays_in_the_chat(
    site: Site, paid: Task, operator: User
) -> None:
    with site.opened(f"/films/{paid.id}") as film:
        balance(film, 1_935, 7)
        elsewhere = film.context.new_page()
        elsewhere.goto(f"{site.url}/films/")
        balance(elsewhere, 1_935, 7)
        expect(elsewhere.get_by_text("Connected", exact=True)).to_be_attached()
        aside(lambda: staff.refund(operator, paid, 58, "Blurred"))
        expect(elsewhere.get_by_role("alert").get_by_text("Support gave you 58 credits back.")).to_be_visible()
        for page in (film, elsewhere):
            balance(page, 1_993, 7)
        line = film.get_by_role("log").get_by_text("Support gave you 58 credits back.")
        expect(line).to_have_count(1)
        expect(film.get_by_role("alert").get_by_text("Support gave you")).to_have_count(0)
        film.reload()
        expect(line).to_have_count(1)
        check(film, "chat-refund")


def test_a_balance_that_changed_unheard_is_read_when_one_comes_back(site: Site, users: dict[str, User]) -> None:
    with site.opened("/films/", forgives="ERR_INTERNET_DISCONNECTED") as page:
        balance(page, 2_000)
        page.route_web_socket("**/ws/chat/", lambda _: None)
        page.reload()
        aside(lambda: ledger.give(user=users["alice"], amount=5, reason=CreditReason.GRANT, key="five"))
        page.wait_for_timeout(300)
        page.evaluate("window.dispatchEvent(new Event('focus'))")
        balance(page, 2_005)


@pytest.mark.parametrize(("width", "dark"), [(1280, False), (390, True)])
def test_the_balance_opens_and_tells_where_the_credits_went(site: Site, paid: Task, width: int, dark: bool) -> None:
    ledger.give(user=paid.user, amount=4, reason=CreditReason.REFUND, key="refund", task_id=paid.id)
    with site.opened("/films/", width=width, dark=dark) as page:
        open_credits(page)
        dialog = page.get_by_role("dialog", name="Your credits")
        for name, amount in (("Welcome credits", "+2000"), ("Given back by support", "+4"), ("Spent", "−58")):
            expect(dialog.locator(".sums div", has_text=name).locator("dd")).to_have_text(amount)
        expect(dialog.get_by_text("58 spent · 7 set aside · 4 given back")).to_be_visible()
        dialog.get_by_text("Every change").click()
        expect(dialog.get_by_text("Support gave you 4 credits back.")).to_be_visible()
        expect(dialog.get_by_text("2 credits were not used and came back.")).to_be_visible()
        check(page, f"credits-{width}")
        page.keyboard.press("Escape")
        expect(dialog).to_have_count(0)
        open_credits(page)
        dialog.get_by_role("link", name="The thing").click()
        expect(page.get_by_role("heading", name="The thing")).to_be_visible()
        expect(dialog).to_have_count(0)


@pytest.mark.parametrize(("width", "dark"), [(1280, False), (390, True)])
def test_a_password_is_changed_and_other_devices_are_signed_out(
    site: Site, users: dict[str, User], width: int, dark: bool
) -> None:
    old = sessions.open_session(users["alice"], device="Firefox on Windows")
    sessions.open_session(users["alice"], device="Safari on iPhone")
    with site.opened("/", width=width, dark=dark, forgives="422") as page:
        page.get_by_text("Account", exact=True).or_(page.locator(".account summary")).first.click()
        page.get_by_role("link", name="Your account").click()
        expect(page.locator(".account .menu")).to_be_hidden()
        devices = page.locator(".devices li")
        expect(devices).to_have_count(3)
        check(page, f"account-{width}")
        page.get_by_role("button", name="Sign out Firefox on Windows").click()
        expect(page.get_by_text("Firefox on Windows is signed out.")).to_be_visible()
        expect(devices).to_have_count(2)
        assert aside(lambda: Session.objects.get(id=old.id).revoked_at) is not None

        page.get_by_label("Current password").fill("not this")
        page.get_by_label("New password").fill("two lanterns at the pier")
        page.get_by_role("button", name="Change the password").click()
        expect(page.get_by_text("It is not right; type it again.")).to_be_visible()
        check(page, f"account-wrong-{width}")
        page.get_by_label("Current password").fill(PASSWORD)
        page.get_by_role("button", name="Change the password").click()
        expect(page.get_by_text("Your password is changed. 1 other device was signed out.")).to_be_visible()
        expect(devices).to_have_count(1)
    users["alice"].refresh_from_db()
    assert users["alice"].check_password("two lanterns at the pier")


def test_a_mail_leads_to_the_switch_that_ends_mails(site: Site, users: dict[str, User]) -> None:
    """Mails are sent here as they are elsewhere: the tests' server has nobody to send them."""

    def with_mail(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, json={**answer.json(), "mail_possible": True})

    with site.opened("/films/") as page:
        page.route("**/api/v1/me", with_mail)
        page.goto(f"{site.url}/account/#mail")
        switch = page.get_by_label("Tell me by mail when a film is ready")
        expect(switch).to_be_focused()
        expect(switch).to_be_in_viewport()


def test_an_account_is_deleted_after_its_address_was_typed(site: Site, users: dict[str, User], scripted: Task) -> None:
    with site.opened("/account/") as page:
        expect(page.get_by_text("Tell me by mail")).to_have_count(0)
        expect(page.get_by_text("You have no keys.")).to_be_visible()
        expect(page.get_by_text("Nothing is sent anywhere.")).to_be_visible()
        page.get_by_role("button", name="Delete my account").click()
        dialog = page.get_by_role("dialog")
        erase = dialog.get_by_role("button", name="Delete my account")
        expect(erase).to_be_disabled()
        expect(erase).not_to_have_css("background-color", "rgb(179, 38, 30)")
        check(page, "account-delete")
        dialog.get_by_label("Type alice@example.org to go on").fill("Alice@example.org")
        expect(erase).to_have_css("background-color", "rgb(179, 38, 30)")
        erase.click()
        expect(page.get_by_text("Your account is deleted. Goodbye.")).to_be_visible()
    assert user_deletion.delete_asked() == 1
    assert not Task.objects.filter(id=scripted.id).exists()


def test_a_key_is_made_shown_once_and_revoked(site: Site) -> None:
    with site.opened("/account/") as page:
        page.get_by_text("Make a key").click()
        page.get_by_label("Name", exact=True).fill("Nightly films")
        page.get_by_label("see films and download them").check()
        page.get_by_label("Credits a day at most").fill("500")
        page.get_by_role("button", name="Make the key").click()
        secret = page.get_by_label("Copy it now").input_value()
        assert str(aside(lambda: tokens.authenticate(secret).key)) == "Nightly films"
        check(page, "account-key")
        expect(page.get_by_text("0 of 500 credits today")).to_be_visible()
        expect(page.locator(".devices").get_by_text("see films and download them")).to_be_visible()
        page.get_by_role("button", name="Revoke Nightly films …").click()
        page.get_by_role("button", name="Revoke Nightly films", exact=True).click()
        expect(page.get_by_text("You have no keys.")).to_be_visible()
    assert not Session.objects.filter(key__isnull=False, revoked_at=None).exists()


def test_an_address_for_events_is_added_tried_and_removed(site: Site) -> None:
    with site.opened("/account/", width=390) as page:
        page.get_by_label("Send all events to").fill("https://hooks.invalid/pixora")
        page.get_by_role("button", name="Add the address").click()
        expect(page.get_by_label("Copy it now")).to_have_value(re.compile("^whsec_"))
        page.get_by_role("button", name="Send a test to https://hooks.invalid/pixora").click()
        expect(page.get_by_text("A test is on its way.")).to_be_visible()
        page.get_by_role("button", name="Deliveries to").click()
        expect(page.get_by_role("button", name=re.compile("^Send test of"))).to_be_visible()
        check(page, "account-webhook")
        page.get_by_role("button", name="Remove https://hooks.invalid/pixora").click()
        expect(page.get_by_text("Nothing is sent anywhere.")).to_be_visible()
