import io
import re
import zipfile
import zlib
from dataclasses import dataclass

import openpyxl

from .book import Book, Row
from .cells import CellError, parse
from .problem import Problem

MERGED = re.compile(rb"<(?:[\w.-]+:)?mergeCell\s[^>]*?\bref\s*=\s*[\"']([^\"']{1,40})[\"']")
UTF16 = (b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<")
CHUNK = 1 << 20
OVERLAP = 4096
WIDEST = 200  # columns looked at; a sheet has no more than thirty


@dataclass(frozen=True)
class Limits:
    """What a workbook may take: bytes of the file, bytes unpacked, parts in the archive, rows of a sheet."""

    size: int = 20 * 1024**2
    unpacked: int = 200 * 1024**2
    parts: int = 1000
    rows: int = 20_000


class _RefusedError(Exception):
    def __init__(self, code, **params):
        super().__init__(code)
        self.problem = Problem(code, params=params)


def read(content, spec, limits=None):
    """Read a workbook.

    :param bytes content: the file
    :param spec: the sheets it must have
    :param Limits limits: what it may take
    :return: the book; where its structure is wrong it has problems and lacks rows
    :rtype: Book
    """
    try:
        return _Reader(spec, limits or Limits()).read(content)
    except _RefusedError as refused:
        return Book(problems=[refused.problem])


class _Reader:
    def __init__(self, spec, limits):
        self.spec = {sheet.name: sheet for sheet in spec}
        self.limits = limits
        self.book = Book()

    def problem(self, code, sheet="", row=0, column="", **params):
        self.book.problems.append(Problem(code, sheet, row, column, params))

    def read(self, content):
        merged = self._inspect(content)
        try:
            workbook = openpyxl.load_workbook(io.BytesIO(content), read_only=True)
        except Exception as error:  # openpyxl raises whatever its XML and zip parsers raise
            raise _RefusedError("unreadable") from error
        try:
            self._read_sheets(workbook, merged)
        finally:
            workbook.close()
        return self.book

    def _inspect(self, content):
        """Refuse what must not be parsed; return ``{part: range}`` of the first merged cells per part.

        The library that reads the cells skips merged ranges in its streaming mode, so they are looked for here.
        """
        if len(content) > self.limits.size:
            raise _RefusedError("too_large", limit=self.limits.size // 1024**2)
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                parts = archive.infolist()
                self._check_unpacked(parts)
                found = {part.filename: self._scan(archive, part) for part in parts if self._is_xml(part)}
        except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, zlib.error) as error:
            raise _RefusedError("not_xlsx") from error
        if "[Content_Types].xml" not in found:
            raise _RefusedError("not_xlsx")
        return found

    def _check_unpacked(self, parts):
        # zipfile never unpacks more of a part than its declared size, so the sum is a true bound.
        if len(parts) > self.limits.parts or sum(part.file_size for part in parts) > self.limits.unpacked:
            raise _RefusedError("too_much_inside", limit=self.limits.unpacked // 1024**2)

    def _is_xml(self, part):
        return part.filename.endswith((".xml", ".rels", ".vml"))

    def _scan(self, archive, part):
        """Look through a part without parsing it: no entities, and the first merged range (or None)."""
        with archive.open(part) as stream:
            tail, first = b"", True
            while chunk := stream.read(CHUNK):
                if first and chunk.startswith(UTF16):
                    raise _RefusedError("not_plain")
                text, first = tail + chunk, False
                if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
                    raise _RefusedError("not_plain")
                if match := MERGED.search(text):
                    return match[1].decode("ascii", "replace")
                tail = text[-OVERLAP:]
        return None

    def _read_sheets(self, workbook, merged):
        missing = [name for name in self.spec if name not in workbook.sheetnames]
        unknown = [name for name in workbook.sheetnames if name not in self.spec]
        if missing:
            self.problem("sheets_missing", names=", ".join(missing))
        if unknown:
            self.problem("sheets_unknown", names=", ".join(unknown)[:400])
        if missing or unknown:
            return
        for name, sheet in self.spec.items():
            worksheet = workbook[name]
            path = getattr(worksheet, "_worksheet_path", None)
            if path is None:
                self.problem("no_cells", name)
            elif area := merged.get(path.lstrip("/")):
                self.problem("merged", name, area=area)
            else:
                self._read_sheet(sheet, worksheet)

    def _read_sheet(self, sheet, worksheet):
        worksheet.reset_dimensions()  # what the file says about its size may be wrong
        lines = worksheet.iter_rows(max_col=WIDEST)
        try:
            headers = self._headers(sheet, next(lines, ()))
            if headers is None:
                return
            rows = self.book.rows.setdefault(sheet.name, [])
            for number, cells in enumerate(lines, start=2):
                if all(cell.value is None or cell.value == "" for cell in cells):
                    continue
                if number > self.limits.rows + 1:
                    self.problem("too_many_rows", sheet.name, limit=self.limits.rows)
                    return
                rows.append(self._row(sheet, headers, number, cells))
        except (ValueError, KeyError, TypeError, IndexError, SyntaxError) as error:
            # damaged XML inside the sheet (a ParseError is a SyntaxError)
            raise _RefusedError("unreadable") from error

    def _headers(self, sheet, cells):
        """Return ``[(header, column)]`` by position, or None after problems."""
        names = [str(cell.value).strip() if cell.value is not None else "" for cell in cells]
        columns = [self._column(sheet, name) for name in names]
        unknown = [name for name, column in zip(names, columns, strict=True) if name and column is None]
        twice = sorted({name for name in names if name and names.count(name) > 1})
        present = {column.name for column in columns if column}
        missing = [column.header("en") for column in sheet.columns if column.name not in present]
        for code, wrong in (("columns_missing", missing), ("columns_unknown", unknown), ("columns_twice", twice)):
            if wrong:
                self.problem(code, sheet.name, 1, names=", ".join(wrong)[:400])
        if missing or unknown or twice:
            return None
        self.book.languages.update(
            name.partition("@")[2] for name, column in zip(names, columns, strict=True) if column and column.translated
        )
        return list(zip(names, columns, strict=True))

    def _column(self, sheet, name):
        column = sheet.column(name)
        language = name.partition("@")[2]
        return column if column and bool(language) == column.translated else None

    def _row(self, sheet, headers, number, cells):
        values = {header: column.empty for header, column in headers if column}
        for position, cell in enumerate(cells):
            header, column = headers[position] if position < len(headers) else ("", None)
            if cell.value is None or cell.value == "":
                continue
            if column is None:
                self.problem("no_header", sheet.name, number, cell.coordinate)
                continue
            try:
                values[header] = self._value(column, cell)
            except CellError as error:
                # None: the cell was wrong, which is told already; no further complaint about it.
                values[header] = None
                self.problem(error.code, sheet.name, number, header, **error.params)
        return Row(number, values)

    def _value(self, column, cell):
        if cell.data_type == "f":
            raise CellError("formula")
        if cell.data_type == "e":
            raise CellError("cell_error", value=str(cell.value)[:80])
        return parse(column, cell.value)
