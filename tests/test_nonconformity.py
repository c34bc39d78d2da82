"""A nonconformity lives through two rounds and is closed by the right people only.

The pictures in ``docs/pictures`` are taken here: ``QMS_WRITE=pictures ./qms test tests/test_nonconformity.py``.
"""

import re

from client import choose, fill, open_tab, picture, press, save, settled, stage
from playwright.sync_api import expect

NAME = "Довідку видано з чужою адресою"
FIRST, SECOND = "Дані переносять вручну.", "Реєстр і програма друку не пов'язані."
PAPER, TALK, LINK = "Завести аркуш звірки", "Нагадати всім про звірку", "З'єднати програму друку з реєстром"
# All of the form is in sight: a list of proposals closes when the page scrolls.
TALL = {"viewport": {"width": 1366, "height": 1300}}
AGAIN = "За два тижні те саме сталося ще тричі."
EFFECT = "За місяць жодної чужої адреси."
NO_CAUSE = "Спочатку вкажіть причину"
NOT_DONE = re.compile(r"CA-\d+")
NO_CHECKER = "відповідальні за якість, або аудитор"
TOOK_PART = "Ви брали участь у роботі"


def open_case(page, case):
    page.goto(f"/odoo/qms-nonconformities/{case}")
    expect(page.locator(".o_field_widget[name=name]").first).to_be_visible()
    settled(page)


def refused(page, button, text, shot=None):
    """Press a button that refuses: the message is seen, and the record stays in its stage."""
    before = stage(page)
    press(page, button)
    message = page.locator(".modal", has_text=text)
    expect(message).to_be_visible()
    if shot:
        picture(page, shot)
    message.locator(".modal-footer button").first.click()
    expect(page.locator(".modal")).to_have_count(0)
    assert stage(page) == before


def plan(page, cause, *works):
    open_tab(page, "cause")
    fill(page, "cause", cause)
    open_tab(page, "actions")
    for name, person in works:
        page.locator(".o_field_widget[name=action_ids] .o_field_x2many_list_row_add a").click()
        row = page.locator(".o_selected_row")
        # The new row, not the one before, which is still being left.
        expect(row.locator("[name=name] input")).to_have_value("")
        row.locator("[name=name] input").fill(name)
        settled(page)
        choose(page, row.locator(".o_field_widget[name=responsible_id] input"), person)
    save(page)
    expect(page.locator(".o_field_widget[name=action_ids] .o_data_row", has_text=works[0][0])).to_be_visible()
    press(page, "action_start")
    assert stage(page) == "work"


def work(page, name):
    page.goto("/odoo/qms-day")
    page.locator(".o_qms_day_line", has_text=name).locator(".o_qms_day_open").click()
    expect(page.locator(".o_form_view")).to_be_visible()
    settled(page)
    open_tab(page, "fulfilment")
    fill(page, "evidence", "Зроблено, видно в журналі.")
    save(page)
    press(page, "action_done")
    assert stage(page) == "done"


def hand_over_to_check(page, case):
    open_case(page, case)
    press(page, "action_verify_effect")
    assert stage(page) == "verification"


def say_why(page, text):
    dialog = page.locator(".modal")
    dialog.locator(".o_field_widget[name=reason] textarea").fill(text)
    dialog.locator("button[name=action_confirm]").click()
    expect(dialog).to_have_count(0)
    settled(page)


def write_effect(page):
    open_tab(page, "effect")
    fill(page, "effect", EFFECT)


def test_two_rounds_and_the_right_people(as_person, report):
    case = report(NAME)
    head, clerk, officer = as_person("head", **TALL), as_person("clerk"), as_person("officer")
    open_case(head, case)
    press(head, "action_confirm")
    refused(head, "action_start", NO_CAUSE)
    plan(head, FIRST, (PAPER, "Волошкова"), (TALK, "Любистюк"))
    picture(head, "nonconformity_plan")
    refused(head, "action_verify_effect", NOT_DONE)
    work(clerk, PAPER)
    work(officer, TALK)
    hand_over_to_check(head, case)

    # Neither who reported it, nor who answers for it, nor who did a part of the work has the verdict.
    for page in (clerk, head):
        open_case(page, case)
        refused(page, "action_close", NO_CHECKER)
    open_case(officer, case)
    refused(officer, "action_close", TOOK_PART, "nonconformity_own_check")

    auditor = as_person("auditor")
    open_case(auditor, case)
    press(auditor, "action_reopen")
    say_why(auditor, AGAIN)
    assert stage(auditor) == "analysis"

    open_case(head, case)
    plan(head, SECOND, (LINK, "Волошкова"))
    work(clerk, LINK)
    hand_over_to_check(head, case)
    coordinator = as_person("coordinator")
    open_case(coordinator, case)
    write_effect(coordinator)
    save(coordinator)
    press(coordinator, "action_close")
    say_why(coordinator, "Журнал за місяць перевірено.")
    assert stage(coordinator) == "closed"
    open_tab(coordinator, "effect")
    rounds = coordinator.locator(".o_field_widget[name=round_ids] .o_data_row")
    expect(rounds).to_have_count(2)
    expect(rounds.first).to_contain_text(FIRST)
    picture(coordinator, "nonconformity_rounds")


def test_who_finds_corruption_hands_it_over_and_leaves(as_person, report, call):
    name = "За прискорення довідки просили подяку"
    case = report(name)
    page = as_person("officer")
    open_case(page, case)
    press(page, "action_hand_over_corruption")
    page.locator(".modal .modal-footer .btn-primary").click()
    expect(page.locator(".o_list_view")).to_be_visible()
    expect(page.locator(".o_notification")).to_contain_text("NC-")
    expect(page.locator(".o_data_row", has_text=name)).to_have_count(0)
    [record] = call("coordinator", "coordinator", "qms.nonconformity", "read", [[case], ["kind", "responsible_id"]])
    assert (record["kind"], record["responsible_id"]) == ("corruption", False)
