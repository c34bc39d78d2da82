"""A commission of experts scores a service point, each member his own; it stands beside citizens' marks."""

import re
from datetime import date

import pytest
from client import PHONE, close_chat, fill, open_tab, press, save, settled, stage
from playwright.sync_api import expect

COMMISSION = "Комісія з якості послуг: перевірка браузером"
ADVICE = "Відкрити друге вікно в понеділок"
CONCLUSION = "Строків дотримано, приміщення тісне."
REMARK = "Перевірено десять справ"
CRITERIA = 8


@pytest.fixture
def visit(call):
    """A planned visit of a commission of two: the auditor chairs it, the lawyer is a member."""
    manager = ("feedback_manager", "feedback_manager")

    def find(model, domain):
        return call(*manager, model, "search", [domain])

    people = call(*manager, "res.users", "search_read", [[("login", "in", ("auditor", "lawyer"))], ["login"]])
    roles = {"auditor": "1_chair", "lawyer": "3_member"}
    members = [(0, 0, {"user_id": person["id"], "role": roles[person["login"]]}) for person in people]
    commission = call(*manager, "feedback.expert.commission", "create", [{"name": COMMISSION, "member_ids": members}])
    vals = {
        "commission_id": commission,
        "service_id": find("qms.service", [("code", "=", "S-01")])[0],
        "set_id": find("feedback.criterion.set", [("company_id", "=", False)])[0],
        "member_ids": [(6, 0, find("feedback.expert.member", [("commission_id", "=", commission)]))],
        "date_planned": str(date.today()),
    }
    return call(*manager, "feedback.expert.visit", "create", [vals])


def give_scores(page, *scores):
    """Type a score into each of the expert's lines; None: it can't be judged."""
    rows = page.locator(".o_field_widget[name=score_ids] .o_data_row")
    expect(rows).to_have_count(CRITERIA)
    for index in range(CRITERIA):
        # In its own row: one is drawn anew while the next is opened, and both are open for a moment.
        row, score = rows.nth(index), scores[index % len(scores)]
        row.locator("td[name=score]").click()
        expect(row).to_have_class(re.compile("o_selected_row"))
        if score is None:
            row.locator("td[name=is_not_judged] input:enabled").check()
        else:
            row.locator("[name=score] input").fill(str(score))
    rows.nth(CRITERIA - 1).locator("[name=comment] input").fill(REMARK)
    save(page)


def test_a_commission_scores_a_service(as_person, call, visit):
    manager = as_person("feedback_manager")
    manager.goto(f"/odoo/feedback-visits/{visit}")
    expect(manager.locator(".o_form_view")).to_be_visible()
    settled(manager)
    press(manager, "action_start")
    assert stage(manager) == "scoring"

    # Each sees his own lines only: as many as there are criteria.
    expert = as_person("lawyer", **PHONE)
    expert.goto(f"/odoo/feedback-visits/{visit}")
    close_chat(expert)
    give_scores(expert, 6, None)
    expert.locator("button[name=action_scored]:visible").first.click()
    settled(expert)

    chair = as_person("auditor")
    chair.goto(f"/odoo/feedback-visits/{visit}")
    give_scores(chair, 8)
    press(chair, "action_scored")
    open_tab(chair, "conclusion")
    fill(chair, "conclusion", CONCLUSION)
    chair.locator(".o_field_widget[name=recommendation_ids] .o_field_x2many_list_row_add a").click()
    chair.locator(".o_selected_row [name=name] input").fill(ADVICE)
    save(chair)
    press(chair, "action_close")
    assert stage(chair) == "closed"
    open_tab(chair, "results")
    rows = chair.locator(".o_field_widget[name=result_ids] .o_data_row")
    expect(rows).to_have_count(CRITERIA)
    # 6 and 8 of 10 are 3.22 and 4.11 of 5; the second criterion only the chair could judge.
    expect(rows.nth(0).locator("td[name=expert_mark]")).to_have_text(re.compile("3[.,]67"))
    expect(rows.nth(1).locator("td[name=expert_mark]")).to_have_text(re.compile("4[.,]11"))

    # The head of the visited unit reads the result, and has the recommendation among the actions.
    head = as_person("head")
    head.goto(f"/odoo/feedback-visits/{visit}")
    expect(head.locator(".o_form_view")).to_be_visible()
    settled(head)
    open_tab(head, "conclusion")
    expect(head.locator(".o_field_widget[name=recommendation_ids]")).to_contain_text(ADVICE)
    own = [("name", "=", ADVICE), ("is_mine", "=", True)]
    assert call("head", "head", "qms.action", "search_count", [own]) == 1
    # It calls the head to act: it stands in "My day".
    day = call("head", "head", "qms.day", "get_day", ["mine", False, False, ADVICE])
    assert sum(section["count"] for section in day["sections"]) == 1
