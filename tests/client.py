"""What a person does in the web client, for the tests that use a browser."""

import os
import re
from pathlib import Path

from playwright.sync_api import TimeoutError, expect

PICTURES = Path(__file__).parents[1] / "docs" / "pictures"
PHONE = {"viewport": {"width": 390, "height": 780}, "is_mobile": True, "has_touch": True}
# Counts a page's calls to the server, so that a test can wait until they are answered; a
# page's "network idle" never comes while Odoo keeps its bus open.
COUNT_CALLS = """
    window.calls = {open: 0, since: performance.now()};
    const count = (step) => { window.calls.open += step; window.calls.since = performance.now(); };
    const send = XMLHttpRequest.prototype.send;
    XMLHttpRequest.prototype.send = function (...args) {
        count(1);
        this.addEventListener("loadend", () => count(-1));
        return send.apply(this, args);
    };
    const fetched = window.fetch;
    window.fetch = (...args) => { count(1); return fetched(...args).finally(() => count(-1)); };
"""
QUIET_MS = 250


def settled(page):
    """Wait until the page has what it asked the server for and blocks nothing."""
    page.wait_for_load_state()
    page.wait_for_function(
        "(quiet) => window.calls && !window.calls.open && performance.now() - window.calls.since > quiet"
        " && !document.querySelector('.o_blockUI')",
        arg=QUIET_MS,
    )


def picture(page, name):
    """Take a picture for the documents, when they are being written."""
    if "pictures" in os.environ.get("QMS_WRITE", ""):
        settled(page)
        PICTURES.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=PICTURES / f"{name}.png", animations="disabled")


def press(page, button):
    page.locator(f".o_form_view button[name={button}]:visible").first.click()
    settled(page)


def stage(page):
    """Return the technical name of the stage that the status bar shows."""
    return page.locator(".o_statusbar_status .o_arrow_button_current").first.get_attribute("data-value")


def fill(page, field, text):
    page.locator(f".o_form_view .o_field_widget[name={field}] :is(input, textarea)").first.fill(text)


def save(page):
    if page.locator(".o_form_button_save:visible").count():
        page.locator(".o_form_button_save").click()
    settled(page)


def open_tab(page, name):
    page.locator(f".o_notebook .nav-link[name={name}]").click()


def choose(page, box, text):
    """Choose a record in a many2one by what its name holds, typed once the list of all is there.

    The list of all stands until what was typed is looked up: its first entry may be any record.
    """
    items = page.locator(".o-autocomplete--dropdown-item:not(.o_m2o_dropdown_option)")
    settled(page)
    open_choices(box, items)
    box.fill(text)
    items.filter(has_text=text).first.click()
    expect(box).to_have_value(re.compile(text))


def close_chat(page):
    """Close the welcome that a first login on a phone opens over everything."""
    window = page.locator(".o-mail-ChatWindow")
    if window.count():
        window.locator(".o-mail-ChatWindow-header button").last.click()
        expect(window).to_have_count(0)


def open_choices(box, items):
    """Open the list of all; a line that is drawn anew meanwhile has lost it and is asked again."""
    for _try in range(5):
        box.click()
        try:
            items.nth(1).wait_for(timeout=10000)
        except TimeoutError:
            continue
        return
    expect(items.nth(1)).to_be_visible()
