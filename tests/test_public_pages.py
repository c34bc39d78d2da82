"""Pages that anybody reaches: nothing asks a foreign host, no cookie without need, usable on a phone."""

import pytest
from client import settled

PAGES = ("/", "/web/login", "/feedback", "/web/signup", "/web/reset_password", "/contactus")


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("width", [1280, 360])
def test_no_foreign_host(new_context, path, width):
    """``new_context`` fails at its end when a page asked a foreign host."""
    context = new_context(viewport={"width": width, "height": 800})
    page = context.new_page()
    answer = page.goto(path)
    assert answer.status < 500
    settled(page)
    # A page that is not there (sign-up is off by default) answers 404, which the console reports.
    if answer.status == 404:
        context.watch.errors.clear()


@pytest.mark.parametrize("path", ["/feedback"])
def test_a_phone_needs_no_sideways_scrolling(new_context, path):
    page = new_context(viewport={"width": 360, "height": 740}).new_page()
    page.goto(path)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
