"""Execution control: an act with three assignments is put on control, the executor reports from a phone, control
takes it off.

The pictures in ``docs/pictures`` are taken here: ``QMS_WRITE=pictures ./qms test tests/test_control.py``.
"""

import io
import re
from datetime import date, timedelta
from pathlib import Path

from client import PHONE, choose, close_chat, fill, picture, press, save, settled, stage
from openpyxl import load_workbook
from playwright.sync_api import expect
from pypdf import PdfReader

NUMBER = "217-р"
SUBJECT = "Про прийом громадян у зимовий період"
TASK = "Подовжити години прийому у вівторок"
PARAGRAPHS = (
    ("1", TASK, "Волошкова"),
    ("2", "Оновити таблички з графіком на всіх входах", "Криничний"),
    ("3", "Повідомити мешканців на сайті та у соціальних мережах", "Громовик"),
)


def day(days):
    return (date.today() + timedelta(days=days)).strftime("%d.%m.%Y")


def register_act(page):
    page.goto("/odoo/qms-acts/new")
    settled(page)
    fill(page, "name", SUBJECT)
    fill(page, "act_number", NUMBER)
    fill(page, "issuer", "Міський голова")
    fill(page, "date", day(-1))
    page.keyboard.press("Escape")
    choose(page, page.locator(".o_field_widget[name=signatory_id] input"), "Гайдамаченко")
    for number, text, person in PARAGRAPHS:
        page.locator(".o_field_widget[name=paragraph_ids] .o_field_x2many_list_row_add a").first.click()
        row = page.locator(".o_selected_row")
        row.locator("[name=number] input").fill(number)
        row.locator("[name=text] textarea").fill(text)
        choose(page, row.locator("[name=responsible_id] input"), person)
        row.locator("td[name=date_deadline]").click()
        row.locator("[name=date_deadline] input").fill(day(10))
        page.keyboard.press("Escape")
    save(page)
    press(page, "action_put_on_control")
    assert stage(page) == "control"
    expect(page.locator("button[name=action_open_assignments]")).to_contain_text("3")
    picture(page, "act")


def report_on_phone(page):
    page.goto("/odoo/qms-my-assignments")
    settled(page)
    close_chat(page)
    page.locator(".o_kanban_record:not(.o_kanban_ghost)", has_text=TASK).first.click()
    settled(page)
    picture(page, "assignment_phone")
    press(page, "action_report")
    dialog = page.locator(".modal")
    # Without a word about what was done the dialog stays and says what is missing.
    dialog.locator("button[name=action_send]").click()
    expect(page.locator(".o_error_dialog, .modal .alert, .o_notification").first).to_be_visible()
    page.locator(".modal:has(.o_error_dialog), .o_error_dialog").locator("button").last.click()
    dialog.locator("[name=text] textarea").fill("Прийом у вівторок триває до 20:00.")
    dialog.locator("[name=evidence] input").fill("Наказ № 14 від сьогодні")
    dialog.locator("input[type=file]").set_input_files(
        {"name": "графік.txt", "mimeType": "text/plain", "buffer": "Вт 8-20".encode()}
    )
    expect(dialog.locator(".o_attachment, .o_attachments")).to_contain_text(["графік"])
    picture(page, "assignment_report_phone")
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= PHONE["viewport"]["width"], f"the dialog is {width} px wide"
    dialog.locator("button[name=action_send]").click()
    expect(dialog).to_have_count(0)
    settled(page)
    assert stage(page) == "reported"


def take_off(page):
    page.goto("/odoo/qms-my-control")
    page.locator(".o_data_row", has_text=TASK).first.click()
    settled(page)
    expect(page.locator(".o_field_widget[name=report_ids] .o_data_row")).to_contain_text("20:00")
    press(page, "action_close")
    assert stage(page) == "closed"
    picture(page, "assignment")


def print_card(page):
    page.locator(".o_control_panel .o_cp_action_menus .dropdown-toggle").first.click()
    with page.expect_download() as download:
        page.locator(".o-dropdown--menu .o_menu_item", has_text=re.compile("Control Card|картка")).click()
    pages = PdfReader(io.BytesIO(Path(download.value.path()).read_bytes())).pages
    text = "\n".join(sheet.extract_text() for sheet in pages)
    assert NUMBER in text and "20:00" in text and "Волошкова" in text


def test_act_assignment_report_and_off_control(as_person):
    control = as_person("control")
    register_act(control)
    report_on_phone(as_person("clerk", **PHONE))
    take_off(control)
    print_card(control)


def test_executor_can_only_ask_for_more_time(as_person):
    page = as_person("coordinator")
    page.goto("/odoo/qms-my-assignments")
    settled(page)
    page.locator(".o_data_row").first.click()
    settled(page)
    for button in ("action_postpone", "action_close", "action_put_on_control"):
        expect(page.locator(f".o_form_view button[name={button}]")).to_have_count(0)


def test_executive_discipline_opens_what_it_counts(as_person):
    page = as_person("control")
    page.goto("/odoo/qms-discipline")
    settled(page)
    press(page, "action_make")
    rows = page.locator(".o_field_widget[name=line_ids] .o_data_row")
    assert rows.count() >= 10
    picture(page, "executive_discipline")
    with page.expect_download() as download:
        press(page, "action_xlsx")
    sheet = load_workbook(io.BytesIO(Path(download.value.path()).read_bytes())).active
    assert sheet.cell(row=5, column=1).value
    late = rows.filter(has=page.locator("td[name=late]", has_text=re.compile(r"^[1-9]\d*$"))).first
    count = int(late.locator("td[name=late]").inner_text())
    late.locator("td[name=unit_name]").click()
    page.locator(".modal button[name=action_open_figure]", has=page.locator("[name=late]")).click()
    expect(page.locator(".modal")).to_have_count(0)
    settled(page)
    expect(page.locator(".o_list_view .o_data_row")).to_have_count(count)
