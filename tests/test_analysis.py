"""Risks and the analysis of improvement, as people use them: the heat map, the charts, the risk on its way.

The pictures in ``docs/pictures`` are taken here: ``QMS_WRITE=pictures ./qms test tests/test_analysis.py``.
"""

import io
import re
from pathlib import Path

from client import PHONE, picture, press, save, settled, stage
from openpyxl import load_workbook
from playwright.sync_api import expect
from pypdf import PdfReader

# Where in a chart the middle of its first bar is: that depends on how long the names below are.
FIRST_BAR = """(canvas) => {
    const chart = Chart.getChart(canvas);
    const bars = chart.data.datasets.findIndex((set, index) => chart.getDatasetMeta(index).type === "bar");
    return chart.getDatasetMeta(bars).data[0].getCenterPoint();
}"""


def open_map(page):
    page.goto("/odoo/qms-risk-map")
    expect(page.locator(".o_qms_heat_grid table")).to_be_visible(timeout=20000)


def open_analysis(page):
    page.goto("/odoo/qms-analysis")
    expect(page.locator("[data-part=pareto] canvas")).to_be_visible(timeout=20000)


def choose_filter(page, name, **option):
    """Choose in one of the analysis' filters and wait until the page shows the answer."""
    analysis = page.locator(".o_qms_analysis")
    shown = analysis.get_attribute("data-load")
    analysis.locator(f"select[name={name}]").select_option(**option)
    expect(analysis).not_to_have_attribute("data-load", shown)


def count_in_list(page):
    """Return how many records the opened list says it holds."""
    expect(page.locator(".o_list_view")).to_be_visible()
    return int(page.locator(".o_pager_limit").inner_text())


def choose_step(page, field, value):
    """Choose a step of the scale by its number."""
    page.locator(f".o_field_widget[name={field}] input").fill(str(value))
    page.locator(".o-autocomplete--dropdown-item", has_text=f"{value} –").first.click()


def test_each_cell_of_the_map_opens_its_risks(as_person):
    page = as_person("coordinator")
    open_map(page)
    picture(page, "risk_heat_map")
    cell = page.locator(".o_qms_cell").first
    count = int(cell.locator(".o_qms_count").inner_text())
    assert str(count) in re.findall(r"\d+", cell.get_attribute("aria-label"))
    cell.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".o_data_row")).to_have_count(count)


def test_map_before_and_after_treatment_and_of_a_unit(as_person):
    page = as_person("coordinator")
    open_map(page)
    before = [text for text in page.locator(".o_qms_level_count").all_inner_texts()]
    with page.expect_response("**/get_map*"):
        page.locator("button[data-stage=residual]").click()
    expect(page.locator("button[data-stage=residual]")).to_have_attribute("aria-pressed", "true")
    expect(page.locator(".o_qms_unjudged")).to_be_visible()
    assert page.locator(".o_qms_level_count").all_inner_texts() != before
    with page.expect_response("**/get_map*"):
        page.locator(".o_qms_unit").select_option(index=1)
    assert sum(map(int, page.locator(".o_qms_level_count").all_inner_texts())) < sum(map(int, before))


def test_map_is_printed(as_person):
    page = as_person("deputy")
    open_map(page)
    with page.expect_download() as download:
        page.locator(".o_qms_print").click()
    pdf = PdfReader(io.BytesIO(Path(download.value.path()).read_bytes()))
    text = " ".join(page.extract_text() for page in pdf.pages)
    assert "RI-" in text


def test_map_on_a_phone(as_person):
    page = as_person("deputy", **PHONE)
    open_map(page)
    picture(page, "risk_heat_map_phone")
    width = page.evaluate("document.querySelector('.o_qms_heat_grid table').getBoundingClientRect().right")
    assert width <= 390


def test_bars_and_points_open_their_records(as_person):
    page = as_person("coordinator")
    open_analysis(page)
    settled(page)
    picture(page, "improvement_analysis")
    choose_filter(page, "cause", value="kind")
    row = page.locator("[data-part=pareto] tbody tr").first
    count = int(row.locator("td").nth(1).inner_text())
    row.locator("button").click()
    assert count_in_list(page) == count
    page.locator(".o_control_panel .o_back_button, .o_control_panel .breadcrumb-item a").first.click()
    # The filters are still chosen.
    expect(page.locator("select[name=cause]")).to_have_value("kind")
    # The bar itself opens the same.
    chart = page.locator("[data-part=pareto] canvas")
    expect(chart).to_be_visible()
    settled(page)  # it is as large as it will be
    chart.click(position=chart.evaluate(FIRST_BAR))
    assert count_in_list(page) == count


def test_month_that_was_special_is_marked(as_person):
    page = as_person("deputy")
    open_analysis(page)
    trend = page.locator("[data-part=trend]")
    marked = trend.locator("tbody tr", has=page.locator(".fa-exclamation-triangle"))
    expect(marked.first).to_be_visible()
    point = marked.first.locator("button")
    count = int(marked.first.locator("td").nth(1).inner_text())
    point.click()
    assert count_in_list(page) == count


def test_figures_filters_and_workbook(as_person):
    page = as_person("coordinator")
    open_analysis(page)
    found = page.locator("[data-figure=found] .o_qms_value")
    everything = int(found.inner_text())
    choose_filter(page, "severity", value="major")
    expect(found).not_to_have_text(str(everything))
    major = int(found.inner_text())
    with page.expect_download() as download:
        page.locator(".o_qms_export").click()
    book = load_workbook(io.BytesIO(Path(download.value.path()).read_bytes()))
    assert book.worksheets[0].cell(row=5, column=2).value == major
    # A period that ends before it begins is told, and what was shown stays.
    page.locator("input[name=date_to]").fill("2001-01-01")
    page.locator("input[name=date_to]").blur()
    expect(page.locator(".o_notification")).to_be_visible()
    expect(found).to_have_text(str(major))


def test_employee_analyses_what_is_his(as_person):
    everybody, one = as_person("coordinator"), as_person("lawyer", **PHONE)
    open_analysis(everybody)
    one.goto("/odoo/qms-analysis")
    expect(one.locator(".o_qms_nothing, .o_qms_figures").first).to_be_visible(timeout=20000)
    value = one.locator("[data-figure=found] .o_qms_value")
    seen = int(value.inner_text()) if value.count() else 0
    assert seen < int(everybody.locator("[data-figure=found] .o_qms_value").inner_text())


def test_risk_from_a_phone_to_the_decision_of_the_management(as_person):
    clerk = as_person("clerk", **PHONE)
    clerk.goto("/odoo/qms-risks/new")
    settled(clerk)
    clerk.locator(".o_field_widget[name=name] :is(input, textarea)").first.fill("Печатку залишають без нагляду")
    # No more than the sentence: it is his own unit's until somebody says otherwise.
    save(clerk)
    expect(clerk.locator(".o_field_widget[name=responsible_id] input")).to_have_value(re.compile("Світличук"))
    number = clerk.locator(".o_field_widget[name=number]").first.inner_text()
    assert number.startswith("RI-")

    officer = as_person("officer")
    officer.goto("/odoo/qms-risks")
    officer.locator(".o_data_row", has_text=number).locator("td[name=name]").click()
    settled(officer)
    choose_step(officer, "inherent_likelihood_id", 4)
    choose_step(officer, "inherent_impact_id", 5)
    save(officer)
    press(officer, "action_assess")
    assert stage(officer) == "assessed"
    picture(officer, "risk")
    press(officer, "action_accept")
    reason = officer.locator(".modal .o_field_widget[name=reason] textarea")
    reason.fill("Нічого не поробиш")
    officer.locator(".modal button[name=action_confirm]").click()
    # Not his to accept: one sentence, and the reason he wrote is still there.
    expect(officer.locator(".o_error_dialog, .modal-title").first).to_be_visible()

    deputy = as_person("deputy")
    deputy.goto(officer.url)
    settled(deputy)
    press(deputy, "action_accept")
    deputy.locator(".modal .o_field_widget[name=reason] textarea").fill("Сейф замовлено на січень.")
    deputy.locator(".modal button[name=action_confirm]").click()
    settled(deputy)
    assert stage(deputy) == "monitored"
