from collections import Counter
from dataclasses import dataclass, field

from psycopg2 import IntegrityError

from odoo import api, models
from odoo.exceptions import AccessError, UserError

from ...lib import workbook

FORMAT = 1
SHOWN = 20


@dataclass
class Snapshot:
    """The model as the database has it, in the terms of the workbook.

    ``ids`` and ``archived`` are by sheet and key, ``codes`` by sheet and id, ``rows`` by sheet and key;
    ``languages`` leads from the workbook's languages to Odoo's. Rooms keep their own findings in ``extra``.
    """

    languages: dict
    ids: dict = field(default_factory=dict)
    archived: dict = field(default_factory=dict)
    codes: dict = field(default_factory=dict)
    rows: dict = field(default_factory=dict)
    extra: dict = field(default_factory=dict)


@dataclass
class Load:
    """One load on its way: what is wanted, what there is, what differs; and afterwards, what was done."""

    wanted: dict
    snapshot: Snapshot
    differences: dict
    notes: list
    drafts: models.Model = None

    def counts(self):
        """Return how many rows are new, changed and removed."""
        return Counter(item.kind for differences in self.differences.values() for item in differences)


class DryRunError(Exception):
    """Ends a dry run, so that its savepoint is rolled back."""


class QmsWorkbook(models.AbstractModel):
    """The authority's model as one XLSX: export, dry run and import.

    Rows are matched by codes and keys, never by name or id. What the workbook lacks is left alone, except the
    rows of an owner that the workbook holds (the steps of a process in it). Everything concerns the current
    company only. A room adds sheets by extending ``_spec`` and, where one row isn't one record, ``_settle``
    and ``_load_sheet``.
    """

    _name = "qms.workbook"
    _description = "Model Workbook"

    # === HOOKS === #

    @api.model
    def _spec(self):
        """Hook: return the sheets in loading order (``lib.workbook.Sheet``).

        A sheet with a model is kept as one record per row; ``field`` of a column is the record's field. A
        path with a dot is only read.
        """
        return [
            workbook.Sheet(
                "about",
                (
                    workbook.Column("key", "code", required=True),
                    workbook.Column("value", note=self.env._("Free notes. Only the key “format” has a meaning.")),
                ),
                key=("key",),
                compared=False,
            ),
        ]

    @api.model
    def _rules(self, book):
        """Hook: return problems that only this room knows to look for."""
        return list(workbook.rules.check_format(book, FORMAT))

    @api.model
    def _check_fixed(self, spec, book, snapshot):
        """Hook: return problems where the workbook changes what can't change any more.

        :param Snapshot snapshot: with ``ids``, ``archived`` and ``codes`` only
        """
        return []

    @api.model
    def _settle(self, wanted, snapshot):
        """Hook: complete the rows of the snapshot where one row isn't one record.

        :param wanted: rows of the workbook by sheet and key; None for an export
        :return: sentences about what of the workbook can't be kept
        :rtype: list[str]
        """
        return []

    @api.model
    def _load_sheet(self, sheet, load):
        """Hook: write the differences of a sheet."""
        if not sheet.model:
            return
        differences = load.differences[sheet.name]
        self._create_records(sheet, [item.key for item in differences if item.kind == "new"], load)
        for item in differences:
            if item.kind == "changed":
                self._write_record(sheet, item, load)

    @api.model
    def _after_load(self, load):
        """Hook: bring up to date what follows from the model."""

    # === BUSINESS METHODS === #

    @api.model
    def _read(self, content):
        """Read a file.

        :param bytes content: the XLSX
        :return: the book, with problems where the file or its cells are wrong
        :rtype: lib.workbook.Book
        """
        return workbook.read(content, self._spec())

    @api.model
    def _check(self, book):
        """Check a book against itself and against the model in the database; nothing is written.

        :param book: what ``_read`` returned
        :return: problems (``lib.workbook.Problem``) in the order of sheets and rows
        """
        spec = self._spec()
        if any(sheet.name not in book.rows for sheet in spec):
            return book.problems  # the structure is wrong: whatever else is found follows from it
        snapshot = Snapshot(self._languages())
        self._index(spec, snapshot)
        problems = book.problems + workbook.check(spec, book, snapshot.ids)
        problems += self._check_archived(spec, book, snapshot) + self._rules(book)
        problems += self._check_fixed(spec, book, snapshot)
        order = {sheet.name: position for position, sheet in enumerate(spec)}
        return sorted(problems, key=lambda problem: (order.get(problem.sheet, -1), problem.row))

    @api.model
    def _check_archived(self, spec, book, snapshot):
        return [
            workbook.Problem("archived", sheet.name, row.number, sheet.key[-1], {"key": " / ".join(key)})
            for sheet in spec
            for row in book.rows[sheet.name]
            if (key := sheet.key_of(row.values)) in snapshot.archived.get(sheet.name, ())
        ]

    @api.model
    def _compare(self, book):
        """Compare a book without problems with the model in the database; nothing is written.

        :return: the load as it would be: ``differences`` by sheet, ``notes``
        :rtype: Load
        """
        spec = self._spec()
        wanted = {sheet.name: {sheet.key_of(row.values): row.values for row in book.rows[sheet.name]} for sheet in spec}
        snapshot = self._snapshot(wanted)
        notes = self._settle(wanted, snapshot)
        if absent := sorted(book.languages - set(snapshot.languages)):
            notes.append(
                self.env._("These languages are not installed, so their texts are left out: %s.", ", ".join(absent))
            )
        differences = {
            sheet.name: workbook.compare(sheet, wanted[sheet.name], snapshot.rows[sheet.name], snapshot.languages)
            if sheet.compared
            else []
            for sheet in spec
        }
        return Load(wanted, snapshot, differences, notes, self.env["qms.process.version"])

    @api.model
    def _load(self, book):
        """Write what differs. All or nothing: an error leaves it to the caller's transaction to roll back.

        :param book: a book without problems
        :return: what was done: ``differences`` by sheet, ``drafts`` of process versions to submit, ``notes``
        :rtype: Load
        :raises AccessError: for who may not import
        """
        self._check_may_import()
        load = self._compare(book)
        for sheet in self._spec():
            self._load_sheet(sheet, load)
        if load.counts():
            self._after_load(load)
        return load

    @api.model
    def _attempt(self, book, keep):
        """Load in a savepoint.

        :param bool keep: False for a dry run, which is rolled back in any case
        :return: the load and an empty text; or None and the sentence of the error, with everything rolled back
        """
        self._check_may_import()
        load, error = None, ""
        try:
            with self.env.cr.savepoint():
                load = self._load(book)
                self.env.flush_all()
                if not keep:
                    raise DryRunError
        except DryRunError:
            load.drafts = load.drafts.browse()
        except IntegrityError as integrity:
            load, error = None, self._integrity_message(integrity)
        except UserError as refusal:
            load, error = None, str(refusal)
        return load, error

    @api.model
    def _integrity_message(self, error):
        """Return the sentence of the constraint that the database found broken."""
        for model in self.env.values():
            if not model._abstract and model._table == error.diag.table_name:
                return model._sql_error_to_message(error)
        return str(error)

    @api.model
    def _load_folder(self, path):
        """Load a folder of CSV files (one per sheet) the same way as a workbook.

        :param path: the folder
        :return: what was done
        :rtype: Load
        :raises UserError: naming the first problems; nothing is written then
        """
        book = self._read(workbook.pack_folder(path, self._spec()))
        problems = [self._problem_line(problem) for problem in self._check(book)]
        if problems:
            raise UserError("\n".join(problems[:SHOWN]))
        return self._load(book)

    @api.model
    def _folder_rows(self, path, sheet):
        """Return the rows of one sheet of a folder of CSV files, as ``[{header: value}]``."""
        book = self._read(workbook.pack_folder(path, self._spec()))
        return [row.values for row in book.rows.get(sheet, [])]

    @api.model
    def _export(self):
        """Return the model of the current company as a workbook; importing it again changes nothing.

        :rtype: bytes
        :raises AccessError: for who may not exchange the model
        :raises UserError: if a text is too long for a cell
        """
        self._check_may_import()
        snapshot = self._snapshot(None)
        self._settle(None, snapshot)
        snapshot.rows["about"] = {("format",): {"key": "format", "value": str(FORMAT)}}
        tables = {}
        for sheet in self._spec():
            headers = sheet.headers(snapshot.languages)
            rows = self._sorted_rows(sheet, snapshot.rows[sheet.name])
            tables[sheet.name] = [headers, *([row.get(header, "") for header in headers] for row in rows)]
        try:
            return workbook.write(self._spec(), tables, self._explain)
        except workbook.TextTooLongError as error:
            raise UserError(
                self.env._(
                    "A text in the column “%(column)s” of the sheet “%(sheet)s” is longer than a cell can hold. "
                    "Shorten it first.",
                    column=error.column,
                    sheet=error.sheet,
                )
            ) from error

    @api.model
    def _sorted_rows(self, sheet, rows):
        return [rows[key] for key in sorted(rows, key=workbook.natural)]

    # === ACCESS === #

    @api.model
    def _check_may_import(self):
        user = self.env.user
        keepers = ("qms_core.group_coordinator", "qms_core.group_commissioner")
        if not (self.env.su or any(user.has_group(group) for group in keepers)):
            raise AccessError(
                self.env._(
                    "Only the quality coordinator and the chief quality commissioner exchange the model as a workbook."
                )
            )
