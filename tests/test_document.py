"""Controlled documents: a process changes, and with it what its documents say, who approves and who confirms them.

The pictures in ``docs/pictures`` are taken here: ``QMS_WRITE=pictures ./qms test tests/test_document.py``.
"""

import re
from datetime import date, timedelta

import pytest
from client import PHONE, choose, close_chat, fill, open_tab, picture, press, save, settled, stage
from playwright.sync_api import expect

PROCESS, STEP = "P-2.02", "Видати витяг та опитувальну анкету"
# Both end with "ЦНАП": the difference is marked by words.
FORMER_ROLE, NEW_ROLE = "Адміністратор", "Відповідальний за систему управління якістю"
# The passport of the process and the descriptions of both positions: template and what they are about.
PASSPORT = ("process_passport", "qms.process", PROCESS)
DESCRIPTIONS = (("job_description", "qms.role", "R-CNAP-ADM"), ("job_description", "qms.role", "R-CNAP-QO"))
CHIEF, LAWYER = "Головний уповноважений", "Юрисконсульт"
APPROVERS = {CHIEF: "Лозинська", LAWYER: "Ковилюк"}
READERS = {"head": "Світличук", "clerk": "Волошкова", "officer": "Любистюк"}
# Of the demo city, in force, with no other draft.
PROCEDURE = "Процедура якості «Коригувальні дії»"
COORDINATOR = "Координатор системи управління якістю"


@pytest.fixture
def read(call):
    """Function ``read(model, domain, fields)`` as the administrator."""

    def read_rows(model, domain, fields):
        return call("admin", "admin", model, "search_read", [domain], {"fields": fields})

    return read_rows


@pytest.fixture
def made(read):
    """Function ``made(template, model, code)``: the document that is made from the model about something."""

    def find(template, model, code):
        [subject] = read(model, [["code", "=", code]], ["name"])
        about = [["template_id.code", "=", template], ["subject_model", "=", model], ["subject_id", "=", subject["id"]]]
        [document] = read("qms.document", about, ["name", "code", "version_id", "is_outdated"])
        return document

    return find


def change_who_does_the_step(page, process):
    """Draw up the next version of the process with another role at a step; returns the version's id."""
    page.goto(f"/odoo/qms-processes/{process}")
    settled(page)
    press(page, "action_new_version")
    version = int(re.search(r"/(\d+)$", page.url)[1])
    fill(page, "reason", "Витяг видає той, хто збирає анкети.")
    steps = page.locator(".o_field_widget[name=step_ids]")
    row = steps.locator(".o_data_row", has_text=STEP)
    row.locator("td[name=role_id]").click()
    choose(page, steps.locator(".o_selected_row .o_field_widget[name=role_id] input"), NEW_ROLE)
    save(page)
    expect(row.locator("td[name=role_id]")).to_contain_text(NEW_ROLE)
    press(page, "action_submit")
    assert stage(page) == "review"
    return version


def approve_process(page, version):
    page.goto(f"/odoo/qms-process-versions/{version}")
    settled(page)
    press(page, "action_approve")
    assert stage(page) == "approved"


def see_difference(page, document, *words):
    """Open a document that is out of date: what it says and what the model says stand side by side."""
    page.goto(f"/odoo/qms-documents/{document['id']}")
    settled(page)
    difference = page.locator(".o_field_widget[name=outdated_difference]")
    for word in words:
        expect(difference.locator("ins, del", has_text=word).first).to_be_visible()


def draft_next(page, documents):
    """Mark documents in the list of those out of date and have their next versions drafted."""
    page.goto("/odoo/qms-outdated-documents")
    settled(page)
    for document in documents:
        page.locator(".o_data_row", has_text=document["code"]).locator("input[type=checkbox]").first.check()
    picture(page, "documents_out_of_date")
    page.locator(".o_control_panel button[name=action_draft_next]").click()
    expect(page).to_have_url(re.compile("qms-document-versions"))
    settled(page)
    expect(page.locator(".o_data_row")).to_have_count(len(documents))


def submit(page, version):
    """Say who approves a draft, where its route lacks him, and submit it."""
    page.goto(f"/odoo/qms-document-versions/{version}")
    settled(page)
    open_tab(page, "route")
    route = page.locator(".o_field_widget[name=approval_ids]")
    for role in APPROVERS:
        if not route.locator(".o_data_row", has_text=role).count():
            add_approver(page, role)
    save(page)
    press(page, "action_submit")
    assert stage(page) == "review"
    expect(page.locator("button[name=action_approve]:visible")).to_have_count(0)


def add_approver(page, role):
    rows = page.locator(".o_field_widget[name=approval_ids] .o_data_row")
    there = rows.count()
    page.locator(".o_field_widget[name=approval_ids] .o_field_x2many_list_row_add a").click()
    # Until it is there, the row before it is the one being edited.
    expect(rows).to_have_count(there + 1)
    settled(page)
    choose(page, rows.last.locator(".o_field_widget[name=role_id] input"), role)


def replace_approver(page, role):
    """Put a role in the place of the only one of the route."""
    rows = page.locator(".o_field_widget[name=approval_ids] .o_data_row")
    expect(rows).to_have_count(1)
    rows.locator(".o_list_record_remove").click()
    expect(rows).to_have_count(0)
    settled(page)
    add_approver(page, role)
    save(page)


def approve(page, version, login, shot=None):
    """Approve a version; the system asks for the password, this time as every time."""
    page.goto(f"/odoo/qms-document-versions/{version}")
    settled(page)
    press(page, "action_approve")
    dialog = page.locator(".modal", has=page.locator("[name=password]"))
    dialog.locator("[name=password] input").fill(login)
    if shot:
        picture(page, shot)
    dialog.locator("button[name=run_check]").click()
    expect(dialog).to_have_count(0)
    expect(page.locator("button[name=action_approve]:visible")).to_have_count(0)
    settled(page)


def confirm_on_phone(page, document, person, shot=None):
    """Read what waits for a person and confirm it; the page is as wide as the phone."""
    page.goto("/odoo/qms-my-reading")
    settled(page)
    close_chat(page)
    page.locator(".o_kanban_record:not(.o_kanban_ghost)", has_text=document["code"]).first.click()
    settled(page)
    page.locator("button[name=action_read]:visible").first.click()
    expect(page.locator(".o_qms_reader_text")).to_contain_text(STEP)
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= PHONE["viewport"]["width"], f"the page is {width} px wide"
    confirm = page.locator(".o_qms_reader_confirm_button")
    expect(confirm).to_be_disabled()
    page.locator("#o_qms_reader_agreed").check()
    if shot:
        picture(page, shot)
    confirm.click()
    expect(page.locator(".o_qms_reader_done")).to_contain_text(person)


def see_trail(page, document, version):
    """Look at what is kept: both versions, who approved, who confirmed it and when."""
    page.goto(f"/odoo/qms-documents/{document['id']}")
    settled(page)
    expect(page.locator(".o_field_widget[name=outdated_difference]:visible")).to_have_count(0)
    versions = page.locator(".o_field_widget[name=version_ids] .o_data_row")
    expect(versions.locator("td[name=number]")).to_have_text(["2", "1"])
    expect(versions.last.locator("td[name=date_withdrawn]")).not_to_be_empty()
    picture(page, "document")
    page.goto(f"/odoo/qms-document-versions/{version}")
    settled(page)
    expect(page.locator(".o-mail-Chatter .o-mail-Message-tracking").first).to_be_visible()
    open_tab(page, "route")
    route = page.locator(".o_field_widget[name=approval_ids]")
    for role, person in APPROVERS.items():
        place = route.locator(".o_data_row", has_text=role)
        expect(place.locator("td[name=decided_by_id]")).to_contain_text(person)
        expect(place.locator("td[name=date]")).not_to_be_empty()
    picture(page, "document_version")
    page.locator("button[name=action_acknowledgements]").click()
    expect(page.locator(".o_list_view")).to_be_visible()
    settled(page)
    for person in READERS.values():
        row = page.locator(".o_data_row", has_text=person)
        expect(row.locator("td[name=date_done]")).not_to_be_empty()
    picture(page, "acknowledgements")


def test_a_change_of_the_process_reaches_documents_and_people(as_person, made, read):
    [process] = read("qms.process", [["code", "=", PROCESS]], ["version_id"])
    documents = [made(*PASSPORT), *(made(*description) for description in DESCRIPTIONS)]
    passport = documents[0]
    assert not any(document["is_outdated"] for document in documents)
    deputy, lawyer = as_person("deputy"), as_person("lawyer")
    approve_process(as_person("mayor"), change_who_does_the_step(deputy, process["id"]))

    coordinator = as_person("coordinator")
    see_difference(coordinator, passport, FORMER_ROLE, NEW_ROLE)
    picture(coordinator, "document_out_of_date")
    for description in documents[1:]:
        see_difference(coordinator, description, STEP)
    draft_next(coordinator, documents)
    own = [["document_id", "in", [document["id"] for document in documents]], ["state", "=", "draft"]]
    drafts = {row["document_id"][0]: row["id"] for row in read("qms.document.version", own, ["document_id"])}
    for document in documents:
        draft = drafts[document["id"]]
        submit(coordinator, draft)
        approve(deputy, draft, "deputy", "document_identity" if document is passport else None)
        approve(lawyer, draft, "lawyer")
        assert stage(lawyer) == "effective"

    for login, person in READERS.items():
        page = as_person(login, **PHONE)
        confirm_on_phone(page, passport, person, "document_reading_phone" if login == "clerk" else None)
    see_trail(coordinator, passport, drafts[passport["id"]])
    assert not any(made(*about)["is_outdated"] for about in (PASSPORT, *DESCRIPTIONS))


def refused(page, text, shot=None):
    """Submit a draft that can't be: the message says why, and it stays a draft."""
    press(page, "action_submit")
    message = page.locator(".modal", has_text=text)
    expect(message).to_be_visible()
    if shot:
        picture(page, shot)
    message.locator(".modal-footer button").first.click()
    expect(page.locator(".modal")).to_have_count(0)
    assert stage(page) == "draft"


def test_nobody_approves_himself_nor_binds_people_in_the_past(as_person, read):
    [procedure] = read("qms.document", [["name", "=", PROCEDURE]], ["code"])
    page = as_person("coordinator")
    page.goto(f"/odoo/qms-documents/{procedure['id']}")
    settled(page)
    press(page, "action_new_version")
    fill(page, "reason", "Уточнено строки.")
    open_tab(page, "route")
    replace_approver(page, COORDINATOR)
    refused(page, COORDINATOR, "document_own_approval")
    replace_approver(page, LAWYER)
    yesterday = date.today() - timedelta(days=1)
    fill(page, "date_effective", yesterday.strftime("%d.%m.%Y"))
    page.keyboard.press("Escape")
    save(page)
    refused(page, yesterday.isoformat())
