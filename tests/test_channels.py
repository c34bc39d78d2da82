"""The ways by which citizens are heard: a QR address on a phone, a kiosk, a pack of paper questionnaires."""

import re

import pytest
from axe import serious_findings
from client import PHONE, choose, fill, picture, press, save, settled
from playwright.sync_api import expect

THANKS = re.compile("/feedback/thanks")
SERVICE = "S-01"
KIOSK = {"viewport": {"width": 1280, "height": 900}, "has_touch": True}
# Overall mark and first aspect of each form; the third was keyed in wrongly and is corrected.
FORMS = (("5", "4"), ("2", "1"), ("4", "0"))


@pytest.fixture
def manager(call):
    """Function ``manager(model, method, *args)``: as the feedback manager."""
    return lambda model, method, *args: call("feedback_manager", "feedback_manager", model, method, args)


@pytest.fixture
def point(manager):
    [place] = manager("qms.service.point", "search_read", [("code", "=", "SP-1")], ["name", "company_id"])
    return place


@pytest.fixture
def make_channel(manager, point):
    """Function ``make_channel(kind, **values)``: a new channel of the service centre; returns id and path."""

    def make(kind, **values):
        vals = {"name": "Центр послуг", "kind": kind, "company_id": point["company_id"][0], **values}
        [channel] = manager("feedback.channel", "create", [vals])
        [read] = manager("feedback.channel", "read", [channel], ["url"])
        return channel, "/feedback/at/" + read["url"].rpartition("/")[2]

    return make


def test_visitor_on_a_phone_rates_by_a_qr_address(new_context, make_channel, manager, point):
    channel, path = make_channel("qr", point_id=point["id"])
    context = new_context(**PHONE, bypass_csp=True)
    page = context.new_page()
    page.goto(f"{path}?lang=uk")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert not serious_findings(page)
    picture(page, "feedback_qr_phone")
    page.locator(f".services a[href*='/{SERVICE}?']").click()
    page.locator("input[name=score][value='2']").check(force=True)
    page.fill("#comment", "Довго чекала біля вікна.")
    page.click("form button[type=submit]")
    expect(page).to_have_url(THANKS)
    assert not context.cookies(), "no cookie without need"
    [rating] = manager(
        "feedback.rating", "search_read", [("channel_id", "=", channel)], ["score", "channel", "point_id"]
    )
    assert (rating["score"], rating["channel"], rating["point_id"][0]) == (2, "qr", point["id"])


def test_kiosk_takes_one_touch_and_returns_to_its_start(new_context, make_channel, manager):
    [service] = manager("qms.service", "search", [("code", "=", SERVICE)])
    channel, path = make_channel("kiosk", service_id=service)
    page = new_context(**KIOSK, bypass_csp=True).new_page()
    page.goto(path)
    assert not serious_findings(page)
    picture(page, "feedback_kiosk")
    for mark in ("5", "1"):
        page.locator(f"button[name=score][value='{mark}']").click()
        expect(page).to_have_url(re.compile("/feedback/done/"))
        assert not serious_findings(page)
        # By itself, without anybody touching it.
        expect(page).to_have_url(re.compile(f"{re.escape(path)}$"))
    ratings = manager("feedback.rating", "search_read", [("channel_id", "=", channel)], ["score"])
    assert sorted(rating["score"] for rating in ratings) == [1, 5]


def test_kiosk_begins_in_its_own_language_and_is_never_left(new_context, make_channel, manager):
    [service] = manager("qms.service", "search", [("code", "=", SERVICE)])
    _channel, path = make_channel("kiosk", service_id=service, lang="uk_UA")
    page = new_context(**KIOSK, locale="en-GB").new_page()
    page.goto(path)
    expect(page.locator("html")).to_have_attribute("lang", "uk")
    page.click(".languages a[lang=en]")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.click(".authority")
    expect(page).to_have_url(re.compile(f"{re.escape(path)}$"))
    expect(page.locator("html")).to_have_attribute("lang", "uk")


def test_operator_keys_in_a_batch_of_paper_forms(as_person, manager):
    page = as_person("feedback_operator")
    page.goto("/odoo/feedback-batches/new")
    expect(page.locator(".o_field_widget[name=service_id] input")).to_be_visible()
    choose(page, page.locator(".o_field_widget[name=service_id] input"), "Реєстрація місця проживання")
    fill(page, "count_written", "4")
    save(page)
    number = page.locator(".o_field_widget[name=number]").first.inner_text()
    press(page, "action_key_in")
    key_in(page)
    picture(page, "feedback_batch")
    # Four are written on the pack, three were keyed in: the operator says why.
    page.click(".o_feedback_batch_close")
    dialog = page.locator(".modal")
    dialog.locator("[name=reason] textarea").fill("Один бланк порожній.")
    dialog.locator("button[name=action_confirm]").click()
    expect(page.locator(".o_feedback_batch_mark").first).not_to_be_editable()
    batch = manager(
        "feedback.batch", "search_read", [("number", "=", number)], ["state", "difference_reason", "count_keyed"]
    )
    assert [(found["state"], found["difference_reason"], found["count_keyed"]) for found in batch] == [
        ("closed", "Один бланк порожній.", 3)
    ]
    ratings = manager("feedback.rating", "search_read", [("batch_id.number", "=", number)], ["score", "channel"])
    assert sorted(rating["score"] for rating in ratings) == [2, 4, 5]
    assert {rating["channel"] for rating in ratings} == {"paper"}


def key_in(page):
    """Key in three forms by the keyboard alone, and correct one of them."""
    field = page.locator("tr[data-position='1'] input").first
    expect(field).to_be_focused()
    for position, marks in enumerate(FORMS, start=1):
        expect(page.locator(f"tr[data-position='{position}'] input").first).to_be_focused()
        for mark in marks:
            page.keyboard.press(mark)
        page.keyboard.press("Enter")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("3")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("4")
    page.keyboard.press("Enter")
    expect(page.locator(".o_feedback_batch_saved")).to_be_visible()
    settled(page)
