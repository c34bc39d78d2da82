"""Files that a visitor attaches, judged before anything else touches them. Plain Python: no database, no request.

A file is taken when its extension is one of the few below and its contents begin, and are built, as files of that
kind are: a renamed program, a page with scripts or a document with macros is refused. Nothing is unpacked and no
picture is decoded: both are ways to exhaust a server. Errors are codes; the texts for people belong to the pages.
"""

import io
import zipfile
import zlib
from dataclasses import dataclass, field

from .rating_form import clean_text

FILE_COUNT = 5
FILE_LIMIT = 10 * 1024 * 1024
TOTAL_LIMIT = 20 * 1024 * 1024
NAME_LIMIT = 100
# Of a packed document: how many parts it may have, and what they may come to once somebody unpacks it.
PART_COUNT = 2000
# How long its list of parts may be, in bytes: it is read as a whole before anything can be judged.
LIST_LIMIT = 256 * 1024
UNPACKED_LIMIT = 100 * 1024 * 1024

OFFICE = "application/vnd.openxmlformats-officedocument"
OPEN = "application/vnd.oasis.opendocument"


@dataclass(frozen=True)
class Upload:
    """A file that may be stored: a harmless name, the contents, and what they are."""

    name: str
    content: bytes
    mimetype: str


@dataclass
class Uploads:
    """What was attached: the files that may be stored, and the errors: pairs of a code and the file's name."""

    files: list = field(default_factory=list)
    errors: list = field(default_factory=list)


def read_uploads(sent):
    """Judge the files of one form.

    :param sent: list of ``(name, contents)``; a form without a chosen file sends one without name and contents
    :return: the files and the errors; ``files`` may be stored when ``errors`` is empty
    :rtype: Uploads

    >>> read_uploads([("letter.pdf", b"%PDF-1.7 ...")]).files[0].mimetype
    'application/pdf'
    >>> read_uploads([("letter.pdf", b"MZ")]).errors
    [('content', 'letter.pdf')]
    """
    sent = [(name, content) for name, content in sent if name or content]
    uploads = Uploads()
    if len(sent) > FILE_COUNT:
        uploads.errors.append(("many", ""))
        return uploads
    for name, content in sent:
        name = clean_name(name)
        if error := _error_of(name, content):
            uploads.errors.append((error, name))
        else:
            uploads.files.append(Upload(name, bytes(content), KINDS[_extension(name)][0]))
    if not uploads.errors and sum(len(upload.content) for upload in uploads.files) > TOTAL_LIMIT:
        uploads.errors.append(("total", ""))
    return uploads


def clean_name(name):
    """Return the name of a file without folders, control characters and marks that turn the direction of writing.

    >>> clean_name("C:\\\\temp\\\\..\\\\photo.JPG")
    'photo.JPG'
    >>> clean_name("")
    'file'
    """
    name = clean_text(name.replace("\\", "/").rsplit("/", 1)[-1]).replace("\n", " ").replace("\t", " ").strip(" .")
    if len(name) <= NAME_LIMIT:
        return name or "file"
    stem, _dot, extension = name.rpartition(".")
    return f"{stem[: NAME_LIMIT - 10]}.{extension[:9]}"


def _extension(name):
    return name.rpartition(".")[2].lower() if "." in name else ""


def _error_of(name, content):
    if _extension(name) not in KINDS:
        return "type"
    if not content:
        return "empty"
    if len(content) > FILE_LIMIT:
        return "large"
    _mimetype, is_of_kind = KINDS[_extension(name)]
    return "" if is_of_kind(content) else "content"


def _begins(*signatures):
    return lambda content: content.startswith(signatures)


def _is_webp(content):
    return content[:4] == b"RIFF" and content[8:12] == b"WEBP"


def _packed(is_of_kind):
    """Return the check of a packed document: its list of parts is read, and no part but a tiny one."""

    def check(content):
        if not content.startswith(b"PK\x03\x04") or not _has_short_list(content):
            return False
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                parts = archive.infolist()
                # zipfile never unpacks more of a part than its declared size, so the sum is a true bound.
                if len(parts) > PART_COUNT or sum(part.file_size for part in parts) > UNPACKED_LIMIT:
                    return False
                return is_of_kind(archive, {part.filename: part for part in parts})
        except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, ValueError, OSError):
            return False

    return check


def _has_short_list(content):
    """Tell whether the list of parts of a packed file is short, by the record at the file's end.

    zipfile reads the list as soon as it opens a file: 200,000 parts of nothing keep it busy for seconds.
    """
    end = content.rfind(b"PK\x05\x06")
    # A second record, that of large files, would count instead of this one; no document here needs it.
    if end < 0 or len(content) - end < 22 or content[max(0, end - 20) : end].startswith(b"PK\x06\x07"):
        return False
    return int.from_bytes(content[end + 12 : end + 16], "little") <= LIST_LIMIT


def _office(main):
    """A document of Microsoft Office: its main part is there, and no macros are."""
    return _packed(
        lambda _archive, parts: (
            "[Content_Types].xml" in parts
            and main in parts
            and not any(name.lower().endswith(("vbaproject.bin", ".exe", ".js")) for name in parts)
        )
    )


def _open_document(mimetype):
    """A document of LibreOffice: it says itself what it is, and holds no macros."""

    def is_of_kind(archive, parts):
        part = parts.get("mimetype")
        return (
            part is not None
            and part.file_size < 100
            and archive.read(part).strip() == mimetype.encode()
            and not any(name.startswith(("Basic/", "Scripts/")) for name in parts)
        )

    return _packed(is_of_kind)


# By extension: what it is stored as, and whether contents are of that kind.
KINDS = {
    "pdf": ("application/pdf", _begins(b"%PDF-")),
    "jpg": ("image/jpeg", _begins(b"\xff\xd8\xff")),
    "jpeg": ("image/jpeg", _begins(b"\xff\xd8\xff")),
    "png": ("image/png", _begins(b"\x89PNG\r\n\x1a\n")),
    "webp": ("image/webp", _is_webp),
    "docx": (f"{OFFICE}.wordprocessingml.document", _office("word/document.xml")),
    "xlsx": (f"{OFFICE}.spreadsheetml.sheet", _office("xl/workbook.xml")),
    "odt": (f"{OPEN}.text", _open_document(f"{OPEN}.text")),
    "ods": (f"{OPEN}.spreadsheet", _open_document(f"{OPEN}.spreadsheet")),
}
