"""A problem is reported on a phone: one sentence is enough, and it arrives at the head of the unit.

The pictures in ``docs/pictures`` are taken here: ``QMS_WRITE=pictures ./qms test tests/test_report.py``.
"""

import re
import time

import pytest
from client import PHONE, close_chat, picture, settled
from playwright.sync_api import expect

SUBJECT = "Талон на ту саму годину отримали двоє"
NOTHING_SAID = re.compile("одним реченням|in one sentence")
# What a thumb needs for a letter, and a person for the whole report.
LETTER_MS = 150
MINUTE = 60
LARGE = {"name": "зала.mp4", "mimeType": "video/mp4", "buffer": b"\0" * 30 * 1024 * 1024}
PHOTO = {"name": "талон.jpg", "mimeType": "image/jpeg", "buffer": b"\xff\xd8\xff\xe0 two tickets"}


@pytest.fixture
def phone(as_person):
    """The clerk's phone, on which the client has been open before."""
    page = as_person("clerk", **PHONE)
    page.goto("/odoo/qms-day")
    settled(page)
    close_chat(page)
    return page


@pytest.fixture
def reported(call):
    """Function ``reported(name)``: what became of a report, as the head of the clerk's unit reads it."""

    def find(name):
        names = ["number", "state", "responsible_id", "reporter_id", "severity", "message_attachment_count"]
        found = call("head", "head", "qms.nonconformity", "search_read", [[("name", "=", name)]], {"fields": names})
        assert len(found) == 1, f"“{name}” arrived {len(found)} times"
        return found[0]

    return find


def open_report(page):
    page.goto("/qms/report")
    expect(page.locator(".o_qms_problem_report")).to_be_visible()
    settled(page)


def field(page, name):
    return page.locator(f".o_qms_problem_report .o_field_widget[name={name}]")


def send(page):
    page.locator("button[name=action_send]:visible").tap()


def add_file(page, file):
    field(page, "attachment_ids").locator("input[type=file]").set_input_files(file)


def test_in_a_minute_to_the_right_head(phone, as_person, reported):
    started = time.monotonic()
    open_report(phone)
    field(phone, "name").locator("input").press_sequentially(SUBJECT, delay=LETTER_MS)
    add_file(phone, PHOTO)
    expect(field(phone, "attachment_ids").locator(".o_attachment")).to_have_count(1)
    picture(phone, "report_phone")
    send(phone)
    thanks = phone.locator(".o_notification")
    expect(thanks).to_contain_text("Світличук")
    assert time.monotonic() - started < MINUTE
    record = reported(SUBJECT)
    expect(thanks).to_contain_text(record["number"])
    picture(phone, "report_thanks_phone")
    assert phone.evaluate("document.documentElement.scrollWidth") <= PHONE["viewport"]["width"]
    assert (record["state"], record["severity"]) == ("reported", "minor")
    assert "Світличук" in record["responsible_id"][1] and "Волошкова" in record["reporter_id"][1]
    assert record["message_attachment_count"] == 1
    # It stands on the head's day and waits for a word.
    head = as_person("head")
    head.goto("/odoo/qms-day")
    expect(head.locator(".o_qms_day_line", has_text=SUBJECT).locator(".o_qms_day_buttons .btn")).to_have_count(1)


def test_mistakes_are_told_and_nothing_is_lost(phone, reported):
    subject = "Сходи до зали слизькі"
    open_report(phone)
    more = field(phone, "description").locator("textarea")
    more.fill("Після дощу, щодня.")
    send(phone)
    message = phone.locator(".modal", has_text=NOTHING_SAID)
    expect(message).to_be_visible()
    picture(phone, "report_mistake_phone")
    message.locator(".modal-footer button").first.tap()
    expect(message).to_have_count(0)
    field(phone, "name").locator("input").fill(subject)
    add_file(phone, LARGE)
    warning = phone.locator(".modal", has_text=LARGE["name"]).last
    expect(warning).to_contain_text("30")
    expect(warning).to_contain_text("20")
    picture(phone, "report_large_file_phone")
    warning.locator(".modal-footer button").first.tap()
    expect(field(phone, "attachment_ids").locator(".o_attachment")).to_have_count(0)
    expect(more).to_have_value("Після дощу, щодня.")
    send(phone)
    expect(phone.locator(".o_notification")).to_contain_text("Світличук")
    assert reported(subject)["message_attachment_count"] == 0
