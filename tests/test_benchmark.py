"""Benchmarks as people use them: one city among others, and somebody who may read all four.

The pictures in ``docs/pictures`` are taken here: ``QMS_WRITE=pictures ./qms test tests/test_benchmark.py``.
"""

import io
from pathlib import Path

from client import PHONE, picture, settled
from openpyxl import load_workbook
from playwright.sync_api import expect
from pypdf import PdfReader

NEIGHBOURS = ("Сосногірської", "Ясенівської", "Калинодольської")


def open_benchmark(page):
    page.goto("/odoo/qms-benchmarks")
    expect(page.locator(".o_qms_strip svg").first).to_be_visible(timeout=20000)
    settled(page)


def told(page):
    """Return all that the page says, with what is only said to screen readers."""
    labels = page.locator(".o_qms_benchmark [aria-label]").evaluate_all("all => all.map(e => e.ariaLabel)")
    titles = page.locator(".o_qms_benchmark title").all_text_contents()
    return "\n".join([page.locator(".o_qms_benchmark").inner_text(), *labels, *titles])


def test_one_city_sees_itself_among_the_quartiles_of_others(as_person):
    page = as_person("coordinator")
    open_benchmark(page)
    picture(page, "benchmark_own")
    expect(page.locator(".o_qms_mark")).to_have_count(1)
    expect(page.locator("[data-part=authorities] tbody tr")).to_have_count(1)
    expect(page.locator("[data-figure=place]")).to_have_count(0)
    text = told(page)
    assert not [name for name in NEIGHBOURS if name in text]
    with page.expect_download() as download:
        page.locator(".o_qms_export").click()
    book = load_workbook(io.BytesIO(Path(download.value.path()).read_bytes()))
    cells = "\n".join(str(cell.value) for sheet in book for row in sheet.rows for cell in row)
    assert "Вербогірської" in cells
    assert not [name for name in NEIGHBOURS if name in cells]


def test_who_may_read_all_compares_four_authorities(as_person):
    page = as_person("region")
    open_benchmark(page)
    picture(page, "benchmark_all")
    rows = page.locator("[data-part=authorities] tbody tr")
    expect(rows).to_have_count(4)
    assert [row.locator("td").first.inner_text() for row in rows.all()] == ["1", "2", "3", "4"]
    expect(page.locator(".o_qms_mark")).to_have_count(4)
    with page.expect_download() as download:
        page.locator(".o_qms_print").click()
    pdf = PdfReader(io.BytesIO(Path(download.value.path()).read_bytes()))
    text = " ".join(page.extract_text() for page in pdf.pages)
    assert all(name in text for name in NEIGHBOURS)


def test_another_period_by_keyboard(as_person):
    page = as_person("clerk")
    open_benchmark(page)
    own = page.locator("[data-figure=own] .o_qms_value").inner_text()
    first = page.locator("[data-part=trend] tbody button").first
    label = first.inner_text()
    first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("[data-part=comparison] h4")).to_contain_text(label)
    assert page.locator("[data-figure=own] .o_qms_value").inner_text() != own


def test_benchmark_on_a_phone(as_person):
    page = as_person("deputy", **PHONE)
    open_benchmark(page)
    picture(page, "benchmark_phone")
    width = page.evaluate("document.querySelector('.o_qms_benchmark .o_content').scrollWidth")
    assert width <= 390


def test_city_that_does_not_take_part_is_told_how(as_person, call, server):
    password = next(person["password"] for person in server.logins if person["login"] == "coordinator")
    mine = call("coordinator", password, "qms.indicator", "search", [[["benchmark", "=", True]]])
    assert mine
    call("coordinator", password, "qms.indicator", "write", [mine, {"benchmark": False}])
    try:
        page = as_person("coordinator")
        page.goto("/odoo/qms-benchmarks")
        expect(page.locator(".o_qms_nothing")).to_be_visible()
        page.locator(".o_qms_nothing button").click()
        expect(page.locator(".o_list_view")).to_be_visible()
    finally:
        call("coordinator", password, "qms.indicator", "write", [mine, {"benchmark": True}])
