""" "My day": what five people of the demo city find on it, what one click does, a head's people, a phone.

The pictures in ``docs/pictures`` are taken here: ``QMS_WRITE=pictures ./qms test tests/test_day.py``.
"""

import pytest
from client import PHONE, picture
from playwright.sync_api import expect

ROLES = ("officer", "head", "auditor", "clerk", "mayor")
# The smallest height in pixels that a thumb hits surely.
THUMB = 44
# How many duties of a section are shown at first.
SHOWN = 40


def open_day(page):
    page.goto("/odoo/qms-day")
    expect(page.locator(".o_qms_day_title")).to_be_visible()


def line(page, text):
    return page.locator(".o_qms_day_line", has_text=text)


@pytest.mark.parametrize("role", ROLES)
def test_day_is_what_one_begins_with(as_person, role):
    page = as_person(role)
    # No page was asked for: the client opens the home page.
    page.goto("/odoo")
    expect(page.locator(".o_qms_day_title")).to_be_visible()
    expect(page.locator(".o_qms_day_line, .o_qms_day_empty").first).to_be_visible()
    picture(page, f"day_{role}")


@pytest.mark.parametrize("role", ROLES)
def test_day_on_a_phone(as_person, role):
    page = as_person(role, **PHONE)
    open_day(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    heights = page.evaluate(
        """() => [...document.querySelectorAll(".o_qms_day_body button, .o_qms_day_body summary")].map(
            (control) => Math.round(control.getBoundingClientRect().height))"""
    )
    assert min(heights) >= THUMB
    picture(page, f"day_{role}_phone")


def test_one_click(as_person, call, report):
    name = "Очікування в черзі понад годину"
    record = report(name)
    page = as_person("head")
    open_day(page)
    page.evaluate("window.notReloaded = true")
    total = page.locator(".o_qms_day_chip").first.locator("b")
    before = int(total.inner_text())
    row = line(page, name)
    verb = row.locator(".o_qms_day_verb").inner_text()
    row.locator(".o_qms_day_buttons .btn").first.click()
    # What was to be decided is done; what comes next stands in its place, for the same person.
    expect(row.locator(".o_qms_day_verb")).not_to_have_text(verb)
    expect(row.locator(".o_qms_day_buttons .btn")).to_have_count(0)
    assert int(total.inner_text()) == before
    assert page.evaluate("window.notReloaded")
    [values] = call("head", "head", "qms.nonconformity", "read", [[record]], {"fields": ["state"]})
    assert values["state"] == "analysis"


def test_what_somebody_else_has_done_is_told(as_person, call, report):
    name = "Табло електронної черги вимкнене"
    report(name)
    page = as_person("head")
    open_day(page)
    activity = int(line(page, name).get_attribute("data-line"))
    call("head", "head", "qms.day", "complete", [activity, "action_confirm"])
    line(page, name).locator(".o_qms_day_buttons .btn").first.click()
    expect(page.locator(".o_notification")).to_be_visible()
    expect(line(page, name).locator(".o_qms_day_buttons .btn")).to_have_count(0)


def test_by_keyboard(as_person, report):
    report("Немає зразка заяви")
    page = as_person("head")
    open_day(page)
    page.locator(".o_qms_day_open").first.focus()
    page.keyboard.press("End")
    expect(page.locator(".o_qms_day_open").last).to_be_focused()
    page.keyboard.press("Home")
    expect(page.locator(".o_qms_day_open").first).to_be_focused()
    button = line(page, "Немає зразка заяви").locator(".o_qms_day_buttons .btn").first
    for _step in range(page.locator(".o_qms_day_line").count()):
        if line(page, "Немає зразка заяви").locator(".o_qms_day_open").evaluate("el => el === document.activeElement"):
            break
        page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowRight")
    expect(button).to_be_focused()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Enter")
    expect(page.locator(".o_form_view")).to_be_visible()


def test_search(as_person, report):
    report("Зламано сходовий підйомник")
    page = as_person("head")
    open_day(page)
    page.locator(".o_qms_day_find input").fill("підйомник")
    expect(page.locator(".o_qms_day_line")).to_have_count(1)
    page.locator(".o_qms_day_find input").fill("такого немає")
    expect(page.locator(".o_qms_day_empty")).to_be_visible()


def test_what_one_answers_for_and_may_report(as_person, call):
    page = as_person("mayor")
    open_day(page)
    group = page.locator("[data-group='roles']")
    count = int(group.locator("b").inner_text())
    assert count > 1
    picture(page, "day_answers")
    group.click()
    expect(page.locator(".o_list_view, .o_kanban_view")).to_be_visible()
    assert f"{count}" in page.locator(".o_pager_limit").inner_text()
    page.go_back()
    page.locator("[data-report='suggestion']").click()
    page.locator(".modal .o_field_widget[name=name] :is(input, textarea)").fill("Друге віконце в обідній час")
    page.locator(".modal button[name=action_send]").click()
    expect(page.locator(".o_notification")).to_be_visible()
    expect(page.locator(".modal")).to_have_count(0)
    own = [("name", "=", "Друге віконце в обідній час")]
    [found] = call("mayor", "mayor", "qms.risk", "search_read", [own], {"fields": ["kind"]})
    assert found["kind"] == "opportunity"


def test_answers_on_a_phone(as_person):
    page = as_person("mayor", **PHONE)
    open_day(page)
    summary = page.locator(".o_qms_day_answers summary")
    # Folded, and below all duties.
    expect(page.locator(".o_qms_day_answers button")).to_have_count(0)
    lines = page.locator(".o_qms_day_line")
    assert summary.bounding_box()["y"] > lines.last.bounding_box()["y"]
    summary.tap()
    expect(page.locator("[data-group='roles']")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    heights = page.locator(".o_qms_day_answers :is(button, summary)").evaluate_all(
        "controls => controls.map((control) => Math.round(control.getBoundingClientRect().height))"
    )
    assert min(heights) >= THUMB
    page.locator(".o_qms_day_reports").scroll_into_view_if_needed()
    picture(page, "day_answers_phone")


def test_head_and_his_people(as_person):
    page = as_person("mayor")
    open_day(page)
    page.locator(".o_qms_day_team").click()
    people = page.locator(".o_qms_day_person")
    expect(people.first).to_be_visible()
    picture(page, "day_people")
    busy = people.first
    name = busy.locator(".o_qms_day_person_name > span").first.inner_text()
    count = int(busy.locator(".o_qms_day_open_count b").inner_text())
    busy.click()
    expect(page.locator(".o_qms_day_of h3")).to_have_text(name)
    lines = page.locator(".o_qms_day_line")
    expect(lines.first).to_be_visible()
    # Of each section forty at first.
    assert min(count, SHOWN) <= lines.count() <= count
    # Duties of others are looked at, not done.
    expect(page.locator(".o_qms_day_buttons .btn")).to_have_count(0)
    page.locator(".o_qms_day_open").first.click()
    expect(page.locator(".o_form_view")).to_be_visible()
    page.locator(".o_breadcrumb .breadcrumb-item a, .o_breadcrumb .o_back_button").first.click()
    expect(page.locator(".o_qms_day_of h3")).to_have_text(name)


def test_people_on_a_phone(as_person):
    page = as_person("mayor", **PHONE)
    open_day(page)
    page.locator(".o_qms_day_team").tap()
    page.locator(".o_qms_day_people summary").tap()
    expect(page.locator(".o_qms_day_person").first).to_be_visible()
    picture(page, "day_people_phone")
    page.locator(".o_qms_day_person").first.tap()
    expect(page.locator(".o_qms_day_of")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_who_leads_nobody_has_no_people(as_person):
    page = as_person("clerk")
    open_day(page)
    expect(page.locator(".o_qms_day_team")).to_have_count(0)
