"""The main job, walked as its people do: a citizen's one-star rating ends as a checked action of the right unit.

The pictures in ``docs/pictures`` are taken here: ``QMS_WRITE=pictures ./qms test tests/test_path.py``.
"""

import io
import re
from pathlib import Path

import pytest
from client import PHONE, choose, fill, open_tab, picture, press, save, settled, stage
from playwright.sync_api import expect
from pypdf import PdfReader

COMMENT = "Двічі приходив, бо не сказали про довідку."
CAUSE = "Перелік документів на сайті й на стенді різний."
REMEDY = "Заявника прийнято вдома, довідку більше не вимагають."
ACTION = "Звести перелік документів до одного джерела"
EARLY = "Другої довідки в переліку немає, вимагати її неможливо."
SERVICE = "S-01"


@pytest.fixture
def run_cron(call):
    """Function ``run_cron(xml_id)``: what the scheduler does a moment later."""

    def run(xml_id):
        cron = call("admin", "admin", "ir.model.data", "check_object_reference", xml_id.split(".", 1))[1]
        call("admin", "admin", "ir.cron", "method_direct_trigger", [[cron]])

    return run


def test_process_registry_map_and_passport(as_person):
    page = as_person("deputy")
    page.goto("/odoo/qms-processes")
    expect(page.locator(".o_data_row")).to_have_count(45)
    picture(page, "process_registry")
    page.locator(".o_data_cell[name=name]", has_text="Реєстрація місця проживання").click()
    drawing = page.locator(".o_field_widget[name=map_html] svg")
    expect(drawing).to_be_visible()
    assert drawing.locator("g[data-key]").count() >= 8
    picture(page, "process_map")
    page.locator(".o_control_panel .o_cp_action_menus .dropdown-toggle").first.click()
    with page.expect_download() as download:
        page.locator(".o-dropdown--menu .o_menu_item", has_text=re.compile("Паспорт|Passport")).click()
    pages = PdfReader(io.BytesIO(Path(download.value.path()).read_bytes())).pages
    text = "\n".join(sheet.extract_text() for sheet in pages)
    assert f"1 / {len(pages)}" in text
    assert "SHA-256" in text and "Вербогірської" in text


def test_one_star_becomes_a_checked_action(as_person, new_context, run_cron, call):
    rate_as_citizen(new_context(**PHONE).new_page())
    run_cron("citizen_feedback.ir_cron_signals")
    confirm_as_head(as_person("head"))
    number = plan_as_head(as_person("head"))
    work_as_clerk(as_person("clerk", **PHONE))
    check_as_officer(as_person("officer"), number)
    [record] = call(
        "admin",
        "admin",
        "qms.nonconformity",
        "search_read",
        [[["number", "=", number]]],
        {"fields": ["state", "department_id", "origin_model", "checker_id"], "context": {"lang": "uk_UA"}},
    )
    assert record["state"] == "closed"
    assert record["origin_model"] == "feedback.signal"
    assert "ЦНАП" in record["department_id"][1]


def rate_as_citizen(page):
    page.goto("/feedback?lang=uk")
    picture(page, "feedback_services_phone")
    page.goto(f"/feedback/{SERVICE}?lang=uk")
    page.locator("button[type=submit]").click()
    # A form without a mark comes back and says what is missing.
    expect(page.locator("[role=alert]").first).to_be_visible()
    # Its answer is 422, which the browser notes as an error.
    page.context.watch.errors.clear()
    page.locator("input[name=score][value='1']").check(force=True)
    page.locator("textarea[name=comment]").fill(COMMENT)
    picture(page, "feedback_form_phone")
    page.locator("button[type=submit]").click()
    page.wait_for_url("**/feedback/thanks**")
    picture(page, "feedback_thanks_phone")


def confirm_as_head(page):
    page.goto("/odoo/feedback-signals")
    settled(page)
    # The newest first: the list is sorted so; the comment tells which.
    page.locator(".o_data_row, .o_kanban_record", has_text=COMMENT[:20]).first.click()
    settled(page)
    picture(page, "feedback_signal")
    press(page, "action_confirm")


def plan_as_head(page):
    page.goto("/odoo/qms-nonconformities")
    page.locator(".o_data_row").first.click()
    settled(page)
    if stage(page) == "reported":
        press(page, "action_confirm")
    number = page.locator(".o_field_widget[name=number]").first.inner_text()
    open_tab(page, "cause")
    fill(page, "cause", CAUSE)
    open_tab(page, "citizen")
    page.locator(".o_field_widget[name=remedy_ids] .o_field_x2many_list_row_add a").click()
    page.locator(".o_selected_row [name=description] input").fill(REMEDY)
    open_tab(page, "actions")
    page.locator(".o_field_widget[name=action_ids] .o_field_x2many_list_row_add a").click()
    page.locator(".o_selected_row [name=name] input").fill(ACTION)
    choose(page, page.locator(".o_selected_row .o_field_widget[name=responsible_id] input"), "Волошкова")
    # The day is offered: that of the nonconformity.
    expect(page.locator(".o_selected_row td[name=date_deadline]")).not_to_be_empty()
    save(page)
    press(page, "action_start")
    assert stage(page) == "work"
    picture(page, "nonconformity")
    return number


def work_as_clerk(page):
    page.goto("/odoo/qms-day")
    settled(page)
    picture(page, "my_day_phone")
    page.locator(".o_qms_day_line", has_text=ACTION).locator(".o_qms_day_open").click()
    page.wait_for_selector(".o_form_view")
    settled(page)
    open_tab(page, "fulfilment")
    fill(page, "evidence", "Перелік тепер береться з інформаційної картки.")
    save(page)
    picture(page, "action_phone")
    button = page.locator(".o_form_view button[name=action_done]")
    if not button.first.is_visible():
        page.locator(".o_statusbar_buttons .dropdown-toggle, .o_statusbar_buttons button").first.click()
    button.first.click()
    settled(page)


def check_as_officer(page, number):
    page.goto("/odoo/qms-actions")
    settled(page)
    page.fill(".o_searchview_input", ACTION)
    page.press(".o_searchview_input", "Enter")
    page.locator(".o_data_row", has_text=ACTION).click()
    settled(page)
    press(page, "action_check")
    assert stage(page) == "closed"
    page.goto("/odoo/qms-nonconformities")
    page.locator(".o_data_row", has_text=number).click()
    settled(page)
    press(page, "action_verify_effect")
    open_tab(page, "effect")
    fill(page, "effect", "За тиждень жодної повторної явки.")
    save(page)
    press(page, "action_close")
    # The effect is usually checked some weeks later: who closes earlier says why.
    page.locator(".modal .o_field_widget[name=reason] textarea").fill(EARLY)
    page.locator(".modal button[name=action_confirm]").click()
    settled(page)
    assert stage(page) == "closed"


def test_audit_is_in_the_calendar_and_its_finding_is_raised(as_person, call):
    page = as_person("auditor")
    page.goto("/odoo/qms-audits")
    settled(page)
    page.locator(".o_switch_view.o_calendar").click()
    expect(page.locator(".o_calendar_view .fc-event").first).to_be_visible()
    settled(page)
    picture(page, "audit_calendar")
    page.goto("/odoo/qms-audits")
    page.locator(".o_switch_view.o_list").click()
    page.locator(".o_data_row").first.click()
    settled(page)
    picture(page, "audit")
    raised = call("admin", "admin", "qms.nonconformity", "search_count", [[["origin_model", "=", "qms.audit.finding"]]])
    assert raised >= 1


def test_lean_project_with_its_seven_stages(as_person):
    page = as_person("lean_leader")
    page.goto("/odoo/lean-projects")
    settled(page)
    picture(page, "lean_projects")
    page.locator(".o_kanban_record:not(.o_kanban_ghost), .o_data_row").first.click()
    settled(page)
    expect(page.locator(".o_form_view")).to_be_visible()
    assert page.locator(".o_statusbar_status button.o_arrow_button").count() >= 7
    picture(page, "lean_project")


def test_anticorruption_plan_with_measures(as_person):
    page = as_person("anticorruption")
    page.goto("/odoo/anticorruption-plans")
    page.locator(".o_data_row", has_text="План").first.click()
    settled(page)
    assert page.locator(".o_field_widget[name=measure_ids] .o_data_row").count() >= 6
    picture(page, "anticorruption_plan")


def test_dashboard_of_the_manager(as_person):
    page = as_person("deputy")
    page.goto("/odoo/dashboards")
    expect(page.locator(".o_spreadsheet_dashboard_action canvas").first).to_be_visible(timeout=20000)
    settled(page)
    expect(page.locator(".o_spreadsheet_dashboard_action .o-figure, .o-chart-container").first).to_be_visible()
    picture(page, "dashboard")


def test_import_dry_run_shows_where_it_is_wrong(as_person, tmp_path):
    """A workbook with a fault: sheet, row and column are named and nothing is written."""
    from openpyxl import load_workbook

    page = as_person("coordinator")
    page.goto("/odoo/action-qms_core.qms_workbook_import_action")
    with page.expect_download() as download:
        page.locator("button[name=action_export]").click()
    path = tmp_path / "broken.xlsx"
    download.value.save_as(path)
    book = load_workbook(path)
    sheet = book["processes"]
    column = [cell.value for cell in sheet[1]].index("owner") + 1
    sheet.cell(row=6, column=column, value="R-NOBODY")
    book.save(path)
    page.goto("/odoo/action-qms_core.qms_workbook_import_action")
    page.locator(".modal input[type=file], .o_form_view input[type=file]").set_input_files(path)
    page.locator("button[name=action_check]").click()
    settled(page)
    row = page.locator(".o_field_widget[name=problem_ids] .o_data_row").first
    expect(row.locator("[name=sheet]")).to_have_text("processes")
    expect(row.locator("[name=row]")).to_have_text("6")
    expect(row.locator("[name=column]")).to_have_text("owner")
    expect(page.locator("button[name=action_import]")).to_have_count(0)
    picture(page, "workbook_problems")
