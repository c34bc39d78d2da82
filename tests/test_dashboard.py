"""The dashboard of goals, indicators, coverage and the model check: what it shows leads to its records."""

import pytest
from client import PHONE, settled
from playwright.sync_api import expect

# The first card: goals that are reached.
REACHED = [("state", "=", "approved"), ("status", "=", "met")]


def open_dashboard(page):
    # It is the first one of those who see it.
    page.goto("/odoo/dashboards")
    expect(page.locator("canvas").first).to_be_visible()
    settled(page)


@pytest.mark.parametrize("login", ["mayor", "deputy", "officer"])
def test_card_opens_what_it_counts(as_person, call, login):
    page = as_person(login)
    open_dashboard(page)
    count = call(login, login, "qms.goal", "search_count", [REACHED])
    assert count
    page.locator(".o-scorecard, .o-figure canvas").first.click()
    expect(page.locator(".o_list_view")).to_be_visible()
    expect(page.locator(".o_data_row")).to_have_count(min(count, 80))


def test_on_a_phone(as_person):
    page = as_person("mayor", **PHONE)
    open_dashboard(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.locator(".o-mobile-figure canvas").first.tap()
    expect(page.locator(".o_list_view, .o_kanban_view")).to_be_visible()


def test_who_has_no_part_in_it_does_not_see_it(call):
    named = [("name", "=", "Goals and indicators")]
    assert call("mayor", "mayor", "spreadsheet.dashboard", "search_count", [named]) == 1
    assert call("clerk", "clerk", "spreadsheet.dashboard", "search_count", [named]) == 0
