"""Process maps edited by mouse: what is drawn in a draft becomes its steps, what is in force is only shown."""

import json
import re

import pytest
from client import open_tab, picture, settled
from playwright.sync_api import expect

CODE = "P-2.03"
RENAMED = "Прийняти заяву й опис документів"
ADDED = "Повідомити заявника"
MAP = ".o_qms_bpmn_canvas"


@pytest.fixture
def coordinator(as_person):
    return as_person("coordinator")


@pytest.fixture
def draft(call):
    """Id of an open draft of the process, and of its version in force."""
    [process] = call("admin", "admin", "qms.process", "search", [[["code", "=", CODE]]])
    action = call("admin", "admin", "qms.process", "action_new_version", [[process]])
    [values] = call("admin", "admin", "qms.process", "read", [[process], ["version_id"]])
    return action["res_id"], values["version_id"][0]


@pytest.fixture
def steps(call):
    """Function ``steps(version)``: its steps as ``{name: values}``."""

    def read(version):
        fields = ["key", "name", "kind", "role_id", "touch_minutes", "documents"]
        domain = [["version_id", "=", version]]
        rows = call("admin", "admin", "qms.process.step", "search_read", [domain], {"fields": fields})
        return {row["name"]: row for row in rows}

    return read


def open_map(page, version):
    page.goto(f"/odoo/qms-process-versions/{version}")
    open_tab(page, "bpmn")
    expect(page.locator(f"{MAP} .djs-shape").first).to_be_visible()


def shape(page, key):
    return page.locator(f'{MAP} .djs-shape[data-element-id="{key}"]')


def write_name(page, text):
    """Type into the box that opens over a shape."""
    expect(page.locator(".djs-direct-editing-content")).to_be_visible()
    page.keyboard.press("Control+A")
    page.keyboard.type(text)
    page.keyboard.press("Enter")
    expect(page.locator(".djs-direct-editing-content")).to_have_count(0)


def test_draft_is_edited_by_mouse(coordinator, draft, steps):
    page = coordinator
    version, in_force = draft
    before = steps(version)
    old = next(values for values in before.values() if values["kind"] == "task")
    open_map(page, version)
    picture(page, "bpmn_view")
    page.locator(".o_qms_bpmn_edit").click()
    expect(page.locator(f"{MAP} .djs-palette .entry").first).to_be_visible()
    expect(page.locator(f"{MAP} .bjs-powered-by")).to_be_visible()
    shape(page, old["key"]).dblclick()
    write_name(page, RENAMED)
    add_task_behind(page, old["key"])
    picture(page, "bpmn_edit")
    page.locator(".o_form_button_save").click()
    settled(page)
    expect(page.locator(".o_form_button_save:visible")).to_have_count(0)
    after = steps(version)
    assert old["name"] not in after and RENAMED not in steps(in_force)
    assert {name: after[RENAMED][name] for name in ("key", "touch_minutes", "documents", "role_id")} == {
        name: old[name] for name in ("key", "touch_minutes", "documents", "role_id")
    }
    assert (after[ADDED]["kind"], after[ADDED]["role_id"]) == ("task", old["role_id"])
    assert len(after) == len(before) + 1
    # What was saved is arranged anew, and its list of steps says the same.
    expect(page.locator(f"{MAP} text", has_text=ADDED.split()[0]).first).to_be_visible()
    open_tab(page, "steps")
    expect(page.locator(".o_data_cell[name=name]", has_text=ADDED)).to_have_count(1)


def add_task_behind(page, key):
    """Append a task to a step by the buttons that appear beside it, and name it."""
    shape(page, key).click()
    page.locator(".djs-context-pad.open .entry[data-action='append.append-task']").click()
    write_name(page, ADDED)


def test_version_in_force_is_only_shown(coordinator, draft):
    _version, in_force = draft
    open_map(coordinator, in_force)
    expect(coordinator.locator(".o_qms_bpmn_edit")).to_have_count(0)
    expect(coordinator.locator(f"{MAP} .djs-palette")).to_have_count(0)
    expect(coordinator.locator(f"{MAP} .bjs-powered-by")).to_be_visible()


def test_discarded_drawing_is_gone(coordinator, draft, steps):
    page = coordinator
    version, _in_force = draft
    before = steps(version)
    key = next(values["key"] for values in before.values() if values["kind"] == "task")
    open_map(page, version)
    page.locator(".o_qms_bpmn_edit").click()
    expect(page.locator(f"{MAP} .djs-palette .entry").first).to_be_visible()
    shape(page, key).dblclick()
    write_name(page, "Xyz")
    # A change of the tab keeps what was drawn; discarding does not.
    open_tab(page, "steps")
    open_tab(page, "bpmn")
    expect(page.locator(f"{MAP} text", has_text="Xyz")).to_be_visible()
    page.locator(".o_form_button_cancel").click()
    expect(page.locator(f"{MAP} text", has_text="Xyz")).to_have_count(0)
    assert steps(version) == before


def test_missing_library_is_said_plainly(coordinator, draft):
    page = coordinator
    page.route("**/web/bundle/qms_core.bpmn_viewer*", lambda route: route.fulfill(body=json.dumps([])))
    page.goto(f"/odoo/qms-process-versions/{draft[0]}")
    open_tab(page, "bpmn")
    expect(page.locator(".o_qms_bpmn [role=alert]")).to_have_text(re.compile(r"\./qms update"))
    open_tab(page, "steps")
    expect(page.locator(".o_data_row").first).to_be_visible()
