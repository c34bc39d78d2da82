"""An appeal on a phone: sent without an account, followed by its receipt, answered, and opened again by its author."""

import io
import re

import pytest
from axe import serious_findings
from client import PHONE, open_tab, picture, press, settled
from playwright.sync_api import expect
from pypdf import PdfWriter

TEXT = "Третій день не працює ліфт у будинку на вулиці Садовій, 7."
ANSWER = "Ліфт відремонтовано, його перевірив інженер."
AGAIN = "Ліфт знову зупинився сьогодні вранці."
PROGRAM = {"name": "photo.jpg", "mimeType": "image/jpeg", "buffer": b"MZ\x90\0"}
NAME = "Олена Коваль"


def blank_pdf():
    """Return a letter that the client can show a picture of."""
    stream = io.BytesIO()
    writer = PdfWriter()
    writer.add_blank_page(200, 300)
    writer.write(stream)
    return {"name": "акт.pdf", "mimeType": "application/pdf", "buffer": stream.getvalue()}


@pytest.fixture
def visitor(new_context):
    return new_context(**PHONE, bypass_csp=True).new_page()


def test_appeal_from_the_phone_to_its_opening_again(visitor, as_person, call):
    code = send(visitor)
    number = follow(visitor, code)
    appeal = take_in(call, number)
    answer(as_person("head"), call, appeal)
    read_rate_and_open_again(visitor, code)
    [stored] = call("admin", "admin", "feedback.appeal", "read", [[appeal]], {"fields": ["state", "is_solved"]})
    assert (stored["state"], stored["is_solved"]) == ("assigned", "unsolved")
    assert not visitor.context.cookies(), "no cookie without need"


def send(page):
    page.goto("/appeals?lang=uk")
    page.locator("a[href^='/appeals/new']").first.click()
    page.locator("input[name=kind][value=complaint]").check()
    page.fill("#text", TEXT)
    page.fill("#author_name", NAME)
    page.fill("#author_contact", "olena@example.org")
    page.set_input_files("#files", [PROGRAM])
    with page.expect_navigation():
        page.click("form button[type=submit]")
    page.context.watch.errors.clear()  # the console reports the status 422
    # What was wrong is said beside each field; what was right is kept.
    expect(page.locator("#files-error")).to_be_visible()
    expect(page.locator("#consent-error")).to_be_visible()
    expect(page.locator("#text")).to_have_value(TEXT)
    assert serious_findings(page) == []
    picture(page, "appeal_form_phone")
    page.locator("input[name=consent]").check()
    page.set_input_files("#files", [blank_pdf()])
    with page.expect_navigation():
        page.click("form button[type=submit]")
    code = page.locator(".code").inner_text()
    assert re.fullmatch(r"[0-9A-Z-]{24}", code)
    assert serious_findings(page) == []
    picture(page, "appeal_receipt_phone")
    return code


def follow(page, code):
    page.goto("/appeals/follow?lang=uk")
    page.fill("#code", "0" * 20)
    page.click("form button[type=submit]")
    expect(page.locator("[role=alert]")).to_be_visible()
    page.context.watch.errors.clear()  # the console reports the status 422
    enter(page, code.lower())
    expect(page.locator(".said li").first).to_contain_text(TEXT)
    assert NAME not in page.content()
    assert code not in page.url
    with page.expect_download() as download:
        page.locator(".files button").first.click()
    assert download.value.suggested_filename == "акт.pdf"
    return re.search(r"AP-\d{4}-\d+", page.locator("h1").inner_text()).group()


def enter(page, code):
    page.goto("/appeals/follow?lang=uk")
    page.fill("#code", code)
    page.click("form button[type=submit]")


def take_in(call, number):
    """The office registers; the feedback manager gives it to the head of the service centre."""
    [appeal] = call("feedback_operator", "feedback_operator", "feedback.appeal", "search", [[("number", "=", number)]])
    call("feedback_operator", "feedback_operator", "feedback.appeal", "action_register", [[appeal]])
    own = [("user_id.login", "=", "head")]
    [head] = call("head", "head", "hr.employee.public", "search_read", [own], {"fields": ["department_id"]})
    unit = {"department_id": head["department_id"][0]}
    call("feedback_manager", "feedback_manager", "feedback.appeal", "write", [[appeal], unit])
    call("feedback_manager", "feedback_manager", "feedback.appeal", "action_assign", [[appeal]])
    return appeal


def answer(page, call, appeal):
    """The head writes the answer in the client; the feedback manager approves it."""
    page.goto(f"/odoo/action-citizen_feedback.feedback_appeal_action/{appeal}")
    settled(page)
    open_tab(page, "answer")
    page.locator(".o_field_widget[name=answer] textarea").fill(ANSWER)
    press(page, "action_submit_answer")
    call("feedback_manager", "feedback_manager", "feedback.appeal", "action_approve", [[appeal]])


def read_rate_and_open_again(page, code):
    enter(page, code)
    expect(page.locator(".said .office")).to_contain_text([ANSWER])
    page.eval_on_selector_all("details", "all => all.forEach((one) => { one.open = true; })")
    assert serious_findings(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    picture(page, "appeal_answered_phone")
    page.locator("input[name=score][value='2']").check()
    page.locator("input[name=solved][value=no]").check()
    page.locator("form[action^='/appeals/follow/answer'] button").click()
    expect(page.locator("[role=status]")).to_be_visible()
    page.locator("details:has(#reopening) summary").click()
    page.fill("#reopening", AGAIN)
    page.locator("form[action^='/appeals/follow/reopen'] button").click()
    expect(page.locator("[role=status]")).to_be_visible()
    expect(page.locator(".said li").last).to_contain_text(AGAIN)


def test_an_appeal_without_javascript(new_context):
    page = new_context(**PHONE, java_script_enabled=False).new_page()
    page.goto("/appeals/new?lang=uk&kind=suggestion")
    page.fill("#text", "Поставте лавку біля зупинки.")
    page.wait_for_timeout(4500)  # a program would be faster; see MINIMAL_AGE in lib/barrier.py
    page.click("form button[type=submit]")
    expect(page.locator(".code")).to_be_visible()
