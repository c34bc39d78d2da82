"""The city's quality manual as its readers get it, page by page: as PDF, and as DOCX opened in LibreOffice.

The pictures in ``docs/pictures`` are taken here: ``QMS_WRITE=pictures ./qms test tests/test_manual.py``.
"""

import re
import subprocess

import pytest
from conftest import setting

AUTHORITY = "Виконавчий комітет Вербогірської міської ради"
HEADING = re.compile(r"<h[23][^>]*>(.*?)</h[23]>", re.DOTALL)
FEWEST_WORDS = 12
OFFICE_SECONDS = 300


@pytest.fixture
def manual(call):
    """The manual: ids of its version, and the headings of its text."""
    about = [["document_id.template_id.code", "=", "quality_manual"]]
    [version] = call("admin", "admin", "qms.document.version", "search_read", [about], {"fields": ["body"]})
    headings = [" ".join(text.split()) for text in HEADING.findall(version["body"])]
    assert len(headings) > 40
    return version["id"], headings


@pytest.fixture
def fetched(as_person):
    """Function ``fetched(address)``: a file as the coordinator downloads it."""

    def fetch(address):
        answer = as_person("coordinator").request.get(address)
        assert answer.ok, f"{address}: {answer.status}"
        return answer.body()

    return fetch


def as_pdf(docx, folder):
    """Return a DOCX file as LibreOffice prints it."""
    (folder / "manual.docx").write_bytes(docx)
    command = [setting("QMS_OFFICE"), f"-env:UserInstallation=file://{folder}/profile", "--headless"]
    command += ["--convert-to", "pdf", "--outdir", folder, folder / "manual.docx"]
    subprocess.run(command, check=True, timeout=OFFICE_SECONDS, stdin=subprocess.DEVNULL, capture_output=True)
    return (folder / "manual.pdf").read_bytes()


def check_pages(pages, headings):
    """Each page is A4, full enough, whole, and says whose it is and which; no heading stands at its end."""
    assert len(pages) > 20
    for number, page in enumerate(pages, start=1):
        assert (round(page.width), round(page.height)) == (595, 842)
        assert page.within_edges(), f"page {number} is cut"
        assert AUTHORITY in page.text, f"page {number} has no header"
        assert f"{number} / {len(pages)}" in page.text, f"page {number} has no number"
        assert len(page.text.split()) > FEWEST_WORDS + len(AUTHORITY.split()), f"page {number} is empty"
    for heading in headings:
        assert any(heading in page.text for page in pages), f"{heading} is lost"
    for number, page in enumerate(pages, start=1):
        for heading in headings:
            place = None if page.entries else page.place(heading)
            assert not place or page.below(place[1]), f"“{heading}” stands alone at the end of page {number}"


def check_contents(pages, headings):
    """The table of contents names all headings in their order, and the pages where they stand."""
    found = [entry for page in pages for entry in page.entries]
    assert [title for title, _number in found] == headings
    for title, number in found:
        assert title in pages[number - 1].text, f"“{title}” does not stand on page {number}"


def typical(pages, headings):
    """Return the pages to be read: the first two, one of text, one of a table, the matrix."""
    matrix = next(page for page in reversed(pages) if headings[-1] in page.text)
    text = next(page for page in pages[2:] if "Зобов’язання керівництва" in page.text)
    table = next(page for page in pages[2:] if "Структура органу" in page.text)
    return {"title": pages[0], "contents": pages[1], "text": text, "table": table, "matrix": matrix}


def test_pdf(fetched, manual):
    from pages import pages_of, write_pictures

    version, headings = manual
    pages = pages_of(fetched(f"/qms/document/{version}"))
    check_pages(pages, headings)
    check_contents(pages, headings)
    write_pictures("manual_pdf", pages, typical(pages, headings))


def test_docx(fetched, manual, tmp_path):
    from pages import pages_of, write_pictures

    version, headings = manual
    pages = pages_of(as_pdf(fetched(f"/qms/document/version/{version}/docx"), tmp_path))
    check_pages(pages, headings)
    check_contents(pages, headings)
    write_pictures("manual_docx", pages, typical(pages, headings))
