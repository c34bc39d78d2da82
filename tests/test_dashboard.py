"""The dashboard of indicators, coverage and the model check: what it shows leads to its records."""

import pytest
from client import PHONE, settled
from playwright.sync_api import expect

# The first card: indicators on target.
ON_TARGET = [("status", "=", "met")]


def open_dashboard(page, call, login):
    [dashboard] = call(
        login, login, "spreadsheet.dashboard", "search", [[("main_data_model_ids.model", "=", "qms.indicator")]]
    )
    page.goto(f"/odoo/dashboards?dashboard_id={dashboard}")
    expect(page.locator(".o-figure canvas").first).to_be_visible()
    settled(page)


@pytest.mark.parametrize("login", ["mayor", "deputy", "officer"])
def test_card_opens_what_it_counts(as_person, call, login):
    page = as_person(login)
    open_dashboard(page, call, login)
    count = call(login, login, "qms.indicator", "search_count", [ON_TARGET])
    page.locator(".o-figure canvas").first.click()
    expect(page.locator(".o_list_view")).to_be_visible()
    expect(page.locator(".o_data_row")).to_have_count(min(count, 80))


def test_on_a_phone(as_person, call):
    page = as_person("mayor", **PHONE)
    open_dashboard(page, call, "mayor")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.locator(".o-mobile-figure canvas").first.tap()
    expect(page.locator(".o_list_view, .o_kanban_view")).to_be_visible()


def test_who_has_no_part_in_it_does_not_see_it(call):
    found = call(
        "clerk",
        "clerk",
        "spreadsheet.dashboard",
        "search_count",
        [[("main_data_model_ids.model", "=", "qms.indicator")]],
    )
    assert not found
