"""Every public page of feedback is usable by everybody: axe-core finds nothing serious, no phone scrolls aside."""

import re
from datetime import date, timedelta
from urllib.parse import urlsplit

import pytest
from axe import serious_findings
from client import PHONE

STARTS = ("/feedback", "/feedback/thanks", "/feedback/no-such-service")
OURS = re.compile(r"^/(feedback|appeals)(/|$)")
# One service stands for all of them; files are no pages.
SERVICE = re.compile(r"^/feedback/(?!place$|life$)[^/]+$|^/feedback/place/\d+/")
NO_PAGE = re.compile(r"\.(png|svg|pdf)$|^/feedback/api/")
LANGUAGES = ("en", "ru", "uk")


@pytest.fixture
def visitor(new_context):
    """A page on a phone into which axe-core may be put."""
    return new_context(**PHONE, bypass_csp=True).new_page()


@pytest.fixture
def questionnaire(call):
    """The path of a questionnaire that is asked now."""

    def manager(model, method, *args):
        return call("feedback_manager", "feedback_manager", model, method, args)

    [person] = manager("res.users", "search_read", [("login", "=", "feedback_manager")], ["company_id"])
    company = person["company_id"][0]
    question = {"title": "Чи задоволені ви роботою центру?", "question_type": "scale", "scale_min": 1, "scale_max": 5}
    survey = {
        "title": "Довіра до виконавчого комітету",
        "access_mode": "public",
        "feedback_company_id": company,
        "feedback_audience": "population",
        "question_and_page_ids": [(0, 0, question)],
    }
    [survey_id] = manager("survey.survey", "create", [survey])
    days = {"date_from": str(date.today() - timedelta(days=2)), "date_to": str(date.today() + timedelta(days=2))}
    [wave] = manager(
        "feedback.wave", "create", [{"name": "Осінь", "survey_id": survey_id, "company_id": company, **days}]
    )
    manager("feedback.wave", "action_start", [wave])
    [read] = manager("feedback.wave", "read", [wave], ["url"])
    return urlsplit(read["url"]).path


def open_page(page, path):
    """Open a page; returns its status. A page that is not there is reported by the console too."""
    status = page.goto(path).status
    if status == 404:
        page.context.watch.errors.clear()
    return status


def links_of(page):
    addresses = page.eval_on_selector_all("a[href]", "links => links.map((link) => link.href)")
    paths = [urlsplit(address).path for address in addresses]
    return [path for path in dict.fromkeys(paths) if OURS.match(path) and not NO_PAGE.search(path)]


def public_pages(page):
    """Return the paths of all public pages that can be reached from the first ones, of the services one."""
    waiting, found, service = [*STARTS, "/appeals"], [], None
    while waiting:
        path = waiting.pop(0)
        if path in found:
            continue
        if SERVICE.match(path) and path not in STARTS:
            service = service or path
            if path != service:
                continue
        if open_page(page, path) >= 500:
            pytest.fail(f"{path} is an error of the server")
        found.append(path)
        waiting += links_of(page)
    return found


def test_all_public_pages(visitor):
    paths = public_pages(visitor)
    assert any(SERVICE.match(path) and path not in STARTS for path in paths), "no form was found"
    assert {"/feedback/place", "/feedback/life", "/appeals/new", "/appeals/follow"} <= set(paths)
    findings = []
    for path in paths:
        open_page(visitor, path)
        findings += serious_findings(visitor)
        if visitor.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
            findings.append(f"{path}: a phone has to scroll aside")
    assert not findings, "\n".join(findings)


@pytest.mark.parametrize("language", LANGUAGES)
def test_form_with_everything_open_and_after_a_mistake(visitor, language):
    visitor.goto(f"/feedback/S-01?lang={language}")
    visitor.eval_on_selector_all("details", "all => all.forEach((one) => { one.open = true; })")
    findings = serious_findings(visitor)
    visitor.fill("[name=contact]", "050 123 45 67")
    with visitor.expect_navigation():
        visitor.click("form button[type=submit]")
    visitor.context.watch.errors.clear()  # the console reports the status 422
    assert visitor.locator("[role=alert]").inner_text()
    assert visitor.locator("#contact-error").is_visible()
    findings += serious_findings(visitor)
    assert not findings, "\n".join(findings)


@pytest.mark.parametrize("language", LANGUAGES)
def test_questionnaire_and_after_a_mistake(visitor, questionnaire, language):
    visitor.goto(f"{questionnaire}?lang={language}")
    findings = serious_findings(visitor)
    # Without an answer to the barrier the page comes back and says so.
    visitor.eval_on_selector(
        "form",
        """form => {
            form.querySelectorAll("[data-ticket], [data-proof]").forEach((field) => { field.value = "x"; });
            form.submit();
        }""",
    )
    visitor.wait_for_selector("[role=alert]")
    visitor.context.watch.errors.clear()  # the console reports the status 422
    findings += serious_findings(visitor)
    assert not findings, "\n".join(findings)


def test_an_alert_is_read_at_once_and_leads_to_the_field(visitor):
    visitor.goto("/feedback/S-01?lang=uk")
    visitor.fill("#comment", "Без оцінки.")
    with visitor.expect_navigation():
        visitor.click("form button[type=submit]")
    visitor.context.watch.errors.clear()  # the console reports the status 422
    assert visitor.evaluate("document.activeElement.getAttribute('role')") == "alert"
    visitor.click("[role=alert] a")
    assert visitor.evaluate("document.activeElement.name") == "score"
    assert not serious_findings(visitor)
