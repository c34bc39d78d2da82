"""The interaction map: who supplies whom in the demo city, and what is missing when a customer is gone."""

import pytest
from client import PHONE, picture
from playwright.sync_api import expect

MAP = "/odoo/qms-interaction"
GIVER, TAKER = "P-4.01", "P-1.04"
THING = "Результати внутрішніх аудитів"


@pytest.fixture
def as_deputy(as_person):
    """Function ``as_deputy(**options of the context)``: the map as the deputy mayor sees it."""

    def open_map(**options):
        page = as_person("deputy", **options)
        page.goto(MAP)
        expect(page.locator(".o_qms_node").first).to_be_visible()
        return page

    return open_map


@pytest.fixture
def without_taker(call):
    """The process that takes the giver's results has left the registry, until the test ends."""
    ids = call("coordinator", "coordinator", "qms.process", "search", [[("code", "=", TAKER)]])
    call("coordinator", "coordinator", "qms.process", "write", [ids, {"active": False}])
    yield
    call("coordinator", "coordinator", "qms.process", "write", [ids, {"active": True}])


def node(page, code):
    return page.locator(".o_qms_process", has_text=code)


def test_click_shows_what_a_process_gets_and_gives(as_deputy):
    page = as_deputy()
    expect(page.locator(".o_qms_process")).to_have_count(41)
    picture(page, "interaction_map")
    node(page, TAKER).click()
    panel = page.locator(".o_qms_panel")
    expect(panel.locator("h4")).to_contain_text(TAKER)
    expect(panel.locator(".o_qms_gets")).to_contain_text(GIVER)
    expect(panel.locator(".o_qms_gets")).to_contain_text(THING)
    expect(page.locator(".o_qms_edge.o_qms_strong").first).to_be_visible()
    picture(page, "interaction_map_process")
    panel.locator(".btn-primary").click()
    expect(page.locator(".o_form_view")).to_be_visible()
    # Back on the map, the same process is selected.
    page.locator(".o_breadcrumb .breadcrumb-item a, .o_breadcrumb .o_back_button").first.click()
    expect(page.locator(".o_qms_panel h4")).to_contain_text(TAKER)


def test_texts_are_large_enough_at_first(as_deputy):
    page = as_deputy()
    height = page.evaluate(
        """() => Math.min(...[...document.querySelectorAll(".o_qms_interaction text")].map(
            (text) => parseFloat(getComputedStyle(text).fontSize) * text.getScreenCTM().a))"""
    )
    assert height >= 8.99


def test_missing_ends(as_deputy, without_taker):
    page = as_deputy()
    page.locator("#o_qms_only_missing").check()
    row = page.locator(".o_qms_panel .o_qms_missing li", has_text=THING)
    expect(row).to_contain_text(GIVER)
    expect(row).to_contain_text(TAKER)
    row.locator("button").click()
    expect(page.locator(".o_qms_panel h4")).to_contain_text(GIVER)
    expect(node(page, GIVER).locator(".o_qms_stub").first).to_be_visible()


def test_map_is_printed(as_deputy):
    page = as_deputy()
    with page.expect_download() as download:
        page.locator(".o_control_panel .btn-primary:visible").first.click()
    assert download.value.suggested_filename.endswith(".pdf")


def test_panel_lies_below_the_map_on_a_phone(as_deputy):
    page = as_deputy(**PHONE)
    node(page, "P-1.01").tap()
    panel, canvas = (page.locator(place).bounding_box() for place in (".o_qms_panel", ".o_qms_canvas"))
    assert panel["y"] >= canvas["y"] + canvas["height"] - 1
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
