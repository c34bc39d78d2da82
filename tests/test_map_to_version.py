"""A change on its whole way: drawn by mouse, saved as steps, submitted, approved by another person, compared."""

import re

import pytest
from client import press, settled
from playwright.sync_api import expect
from test_bpmn import MAP, add_task_behind, open_map, shape, write_name

CODE = "P-2.09"
RENAMED = "Знайти справу за описом"
ADDED = "Повідомити заявника"


@pytest.fixture
def read(call):
    """Function ``read(model, domain, fields)`` as the administrator."""

    def read_rows(model, domain, fields):
        return call("admin", "admin", model, "search_read", [domain], {"fields": fields})

    return read_rows


def test_drawn_change_comes_into_force_and_is_compared(as_person, read):
    [process] = read("qms.process", [["code", "=", CODE]], ["version_id"])
    in_force = process["version_id"][0]
    author = as_person("coordinator")
    old = draw_change(author, process["id"], read)
    [draft] = read("qms.process.version", [["process_id", "=", process["id"]], ["state", "=", "draft"]], ["id"])
    steps = {step["key"]: step["name"] for step in read_steps(read, draft["id"])}
    assert steps[old["key"]] == RENAMED and ADDED in steps.values()
    assert RENAMED not in {step["name"] for step in read_steps(read, in_force)}, "What is in force stays as it is."
    press(author, "action_submit")
    expect(author.locator("button[name=action_approve]:visible")).to_have_count(0)
    decide(as_person("deputy"), draft["id"])
    [process] = read("qms.process", [["id", "=", process["id"]]], ["version_id"])
    assert process["version_id"][0] == draft["id"]
    [former] = read("qms.process.version", [["id", "=", in_force]], ["state"])
    assert former["state"] == "superseded"


def read_steps(read, version):
    return read("qms.process.step", [["version_id", "=", version]], ["key", "name", "kind"])


def draw_change(page, process, read):
    """Open the next version from the process, rename its first task by mouse and put a task behind it."""
    page.goto(f"/odoo/qms-processes/{process}")
    press(page, "action_new_version")
    version = int(re.search(r"/(\d+)$", page.url)[1])
    old = next(step for step in read_steps(read, version) if step["kind"] == "task")
    open_map(page, version)
    page.locator(".o_qms_bpmn_edit").click()
    expect(page.locator(f"{MAP} .djs-palette .entry").first).to_be_visible()
    shape(page, old["key"]).dblclick()
    write_name(page, RENAMED)
    add_task_behind(page, old["key"])
    page.locator(".o_form_button_save").click()
    settled(page)
    expect(page.locator(".o_form_button_save:visible")).to_have_count(0)
    return old


def decide(page, version):
    """Approve as another person, then look at what has changed."""
    page.goto(f"/odoo/qms-process-versions/{version}")
    settled(page)
    press(page, "action_approve")
    expect(page.locator(".o_field_widget[name=state] .o_arrow_button_current")).to_have_attribute(
        "data-value", "approved"
    )
    press(page, "action_compare")
    comparison = page.locator(".modal .o_qms_comparison")
    expect(comparison).to_be_visible()
    expect(comparison.locator("ins", has_text=RENAMED.split()[0]).first).to_be_visible()
    expect(comparison.get_by_text(ADDED).first).to_be_visible()
    expect(comparison.locator(".o_qms_comparison_figures tbody tr").first).to_be_visible()
