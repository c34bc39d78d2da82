"""Signals of citizens' feedback: the head confirms one, dismisses another with a reason and calls a third a false
alarm; the feedback manager sees what that says about the rule.

The pictures in ``docs/pictures`` are taken here: ``QMS_WRITE=pictures ./qms test tests/test_signal.py``.
"""

import pytest
from client import PHONE, close_chat, picture, press, settled, stage
from playwright.sync_api import expect

QUEUE, RUDE, WRONG = (
    "Дві години в черзі до віконця номер три.",
    "Працівниця накричала, бо я не мав копії.",
    "Натиснула не ту зірочку, усе було добре.",
)
REASON = "Розмову прослухано: голосу ніхто не підвищував."
FALSE = "Заявниця зателефонувала: помилилася зірочкою."


@pytest.fixture
def signals(call):
    """Three low marks of the service centre that have become signals; their ids by comment."""

    def of(comment):
        domain = [["comment", "like", comment], ["state", "=", "new"]]
        # The newest first.
        [found] = call("admin", "admin", "feedback.signal", "search", [domain], {"limit": 1})
        return found

    services = call(
        "admin", "admin", "qms.service", "search", [[["department_id.manager_id.user_id.login", "=", "head"]]]
    )
    waiting = call(
        "admin", "admin", "feedback.signal", "search_read", [[["state", "=", "new"]]], {"fields": ["service_id"]}
    )
    taken = {row["service_id"] and row["service_id"][0] for row in waiting}
    # A mark of a service whose signal waits would join it.
    free = [service for service in services if service not in taken]
    assert len(free) >= 3
    for service, comment, score in zip(free, (QUEUE, RUDE, WRONG), (1, 2, 1), strict=False):
        call(
            "feedback_operator",
            "feedback_operator",
            "feedback.rating",
            "create",
            [[{"service_id": service, "score": score, "comment": comment, "channel": "paper"}]],
        )
    cron = call("admin", "admin", "ir.model.data", "check_object_reference", ["citizen_feedback", "ir_cron_signals"])
    call("admin", "admin", "ir.cron", "method_direct_trigger", [[cron[1]]])
    return {comment: of(comment) for comment in (QUEUE, RUDE, WRONG)}


def give_reason(page, text):
    page.locator(".modal .o_field_widget[name=reason] textarea").fill(text)
    page.locator(".modal button[name=action_confirm]").click()
    settled(page)


def test_head_confirms_dismisses_and_marks_a_false_alarm(as_person, signals, call):
    page = as_person("head")
    page.goto("/odoo/feedback-signals")
    settled(page)
    expect(page.locator(".o_data_row", has_text=QUEUE[:20]).first).to_be_visible()
    picture(page, "feedback_signals")
    page.goto(f"/odoo/feedback-signals/{signals[QUEUE]}")
    settled(page)
    expect(page.locator(".o_field_widget[name=basis]")).not_to_be_empty()
    press(page, "action_confirm")
    expect(page.locator(".o_form_view .o_field_widget[name=number]").first).to_be_visible()

    page.goto(f"/odoo/feedback-signals/{signals[RUDE]}")
    settled(page)
    press(page, "action_dismiss")
    give_reason(page, REASON)
    assert stage(page) == "dismissed"
    expect(page.locator(".o_field_widget[name=dismiss_reason]")).to_contain_text(REASON)

    phone = as_person("head", **PHONE)
    phone.goto(f"/odoo/feedback-signals/{signals[WRONG]}")
    settled(phone)
    close_chat(phone)
    picture(phone, "feedback_signal_phone")
    # On a phone all buttons but the first are behind three dots.
    phone.locator(".o_statusbar_buttons .dropdown-toggle").click()
    phone.locator(".o-dropdown--menu button[name=action_false_alarm]").click()
    give_reason(phone, FALSE)

    fields = {"fields": ["state", "nonconformity_ids"]}
    rows = call("admin", "admin", "feedback.signal", "read", [list(signals.values())], fields)
    states = {row["id"]: (row["state"], len(row["nonconformity_ids"])) for row in rows}
    assert [states[signals[comment]] for comment in (QUEUE, RUDE, WRONG)] == [
        ("confirmed", 1),
        ("dismissed", 0),
        ("false_alarm", 0),
    ]


def test_manager_sees_how_well_the_rules_do(as_person):
    page = as_person("feedback_manager")
    page.goto("/odoo/feedback-rules")
    settled(page)
    expect(page.locator(".o_data_row")).not_to_have_count(0)
    picture(page, "feedback_rules")
    page.locator(".o_data_row").first.click()
    settled(page)
    expect(page.locator(".o_field_widget[name=answered_count]")).to_be_visible()
    picture(page, "feedback_rule")
