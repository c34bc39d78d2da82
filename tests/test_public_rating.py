"""A visitor rates on his phone: the browser does the proof of work; one without JavaScript may take his time."""

import re

from client import PHONE
from playwright.sync_api import expect

THANKS = re.compile("/feedback/thanks")
FORM = "/feedback/S-01?lang=uk"
# A program would be faster; see MINIMAL_AGE in lib/barrier.py.
TIME_TO_WRITE_MS = 4500


def rate(page, mark, comment):
    page.locator(f"input[name=score][value='{mark}']").check(force=True)
    page.fill("#comment", comment)


def test_phone_rates(new_context):
    context = new_context(**PHONE)
    page = context.new_page()
    page.goto(FORM)
    rate(page, 4, "Усе зробили за один день.")
    page.click("form button[type=submit]")
    expect(page).to_have_url(THANKS)
    assert not context.cookies(), "no cookie without need"


def test_waiting_is_told_and_the_form_goes_by_itself(new_context):
    """Who is faster than the browser's work is told to wait, and needs not press again."""
    context = new_context(**PHONE)
    page = context.new_page()
    held = []
    page.route("**/static/lib/altcha/*", lambda route: held.append(route))
    page.goto(FORM)
    rate(page, 5, "Швидко.")
    page.click("form button[type=submit]")
    expect(page.locator(".barrier [role=status]")).to_be_visible()
    assert "/thanks" not in page.url
    held[0].continue_()
    expect(page).to_have_url(THANKS)


def test_without_the_library_the_form_still_goes(new_context):
    context = new_context(**PHONE)
    page = context.new_page()
    page.route("**/static/lib/altcha/*", lambda route: route.abort())
    page.goto(FORM)
    rate(page, 5, "Без бібліотеки.")
    page.wait_for_timeout(TIME_TO_WRITE_MS)
    page.click("form button[type=submit]")
    expect(page).to_have_url(THANKS)
    context.watch.errors.clear()


def test_without_javascript(new_context):
    page = new_context(**PHONE, java_script_enabled=False).new_page()
    page.goto(FORM)
    page.locator("input[name=score][value='3']").check(force=True)
    page.click("form button[type=submit]")
    expect(page.locator("[role=alert]")).to_be_visible()
    page.context.watch.errors.clear()  # the console reports the status 422
    expect(page.locator("input[name=score][value='3']")).to_be_checked()
    page.wait_for_timeout(TIME_TO_WRITE_MS)
    page.click("form button[type=submit]")
    expect(page).to_have_url(THANKS)
