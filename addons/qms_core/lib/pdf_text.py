"""The words of a PDF file, for searching. How they stand on the page is not kept."""

import io
import logging

import pypdf

# Files as large as a scanned book would keep an upload waiting for words that nobody searches for.
MOST_BYTES = 30 * 1024 * 1024
MOST_PAGES = 300
MOST_TEXT = 1_000_000

# Complains about each imperfection of a file.
logging.getLogger("pypdf").setLevel(logging.ERROR)


def read(content):
    """Return the text of a PDF file, "" where there is none that can be read.

    :param bytes content: the file
    :rtype: str
    """
    if not content.startswith(b"%PDF") or len(content) > MOST_BYTES:
        return ""
    found, length = [], 0
    try:
        for page in pypdf.PdfReader(io.BytesIO(content)).pages[:MOST_PAGES]:
            text = page.extract_text().replace("\0", "")
            found.append(text)
            length += len(text)
            if length > MOST_TEXT:
                break
    except Exception:  # whatever is wrong with a file: it is stored all the same, and found by its name
        logging.getLogger(__name__).info("A PDF file could not be read for searching", exc_info=True)
    return "\n".join(found)[:MOST_TEXT].strip()
