from collections import defaultdict

from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from ...lib import matrix_xlsx

ROW_LIMIT = 200
COLUMN_LIMIT = 120


class QmsResponsibilityMatrix(models.AbstractModel):
    """The responsibility matrix as plain data: what is in which row against which role, read and written.

    A cell is a text of letters in the order of the set, as "AR". Rooms add kinds of rows by extending the hooks.
    """

    _name = "qms.responsibility.matrix"
    _description = "Responsibility Matrix"

    # === HOOKS === #

    @api.model
    def _kinds(self):
        """Hook: return ``{kind: (label, model of the rows, field of qms.responsibility that leads to a row)}``."""
        return {"process": (self.env._("Processes"), "qms.process", "process_id")}

    @api.model
    def _row_domain(self, kind, chosen):
        """Hook: return the domain of the rows for what was chosen in the filters (``{name: value}``)."""
        domain = Domain.TRUE
        if kind == "process":
            if unit := chosen.get("unit"):
                domain &= Domain("department_id", "child_of", unit)
            if chosen.get("kind"):
                domain &= Domain("kind", "=", chosen["kind"])
        return domain

    @api.model
    def _row_filters(self, kind):
        """Hook: return the filters of a kind, plain data: ``{name, label, options: [[value, label], …]}``."""
        if kind != "process":
            return []
        groups = self.env["qms.process"]._read_group(self._of_company(), ["department_id"])
        units = self.env["hr.department"].concat(*(unit for [unit] in groups))
        kinds = self.env["qms.process"]._fields["kind"]._description_selection(self.env)
        return [
            {
                "name": "unit",
                "label": self.env._("All units"),
                "options": [[unit.id, unit.name] for unit in units.sorted("name")],
            },
            {"name": "kind", "label": self.env._("All kinds"), "options": [list(pair) for pair in kinds]},
        ]

    @api.model
    def _row_code(self, kind, row):
        """Hook: return the code of a row."""
        return row.code

    @api.model
    def _accountable(self, kind, rows):
        """Hook: return ``{row id: role id}`` of accountable roles that are no rows of qms.responsibility."""
        return {row.id: row.owner_role_id.id for row in rows if row.owner_role_id} if kind == "process" else {}

    @api.model
    def _set_accountable(self, kind, row, role):
        """Hook: make a role the accountable one of a row, or nobody when it is empty."""
        if kind != "process":
            return
        if not role and row.version_id:
            raise UserError(
                self.env._(
                    "%s is in force and needs an accountable role. Give the letter to another role instead.",
                    row.display_name,
                )
            )
        row.owner_role_id = role

    # === READING === #

    @api.model
    @api.readonly
    def get_matrix(self, kind="process", row_filter=None, column_filter=None):
        """Return the matrix of the current authority.

        :param str kind: what the rows are: ``process``, ``requirement``
        :param dict row_filter: chosen values of the filters by name, ``text`` among them
        :param dict column_filter: ``text`` in names of roles; ``used``: only roles that have letters here
        :return: ``rows``, ``columns``, ``cells`` (``[row id, column id, letters, those from steps]``, those of
            columns that the filter leaves out as well), ``owners`` (``[row id, column id]``), ``letters`` of the
            set, ``filters``, ``kinds``, ``totals`` (rows and columns that match), ``can_edit``
        :rtype: dict
        :raises UserError: for an unknown kind
        """
        row_filter, column_filter = row_filter or {}, column_filter or {}
        row_model, row_domain = self.env[self._kind(kind)[1]], self._search_domain(kind, row_filter)
        rows = row_model.search(row_domain, limit=ROW_LIMIT)
        cells = self._cells(kind, rows)
        column_domain = self._of_company() & self._text_domain(("name", "code"), column_filter.get("text"))
        if column_filter.get("used"):
            column_domain &= Domain("id", "in", list({role_id for _row, role_id in cells}))
        columns = self.env["qms.role"].search(column_domain, limit=COLUMN_LIMIT)
        editable = rows._filtered_access("write") if self._may_edit() else rows.browse()
        letters = self._letters(cells)
        return {
            "kind": kind,
            "kinds": [[name, label] for name, (label, _model, _field) in self._kinds().items()],
            "rows": [self._row_data(kind, row, row in editable) for row in rows],
            "columns": [{"id": role.id, "code": role.code, "name": role.name} for role in columns],
            "cells": [[*key, *self._value(cell, letters)] for key, cell in cells.items()],
            "owners": [list(pair) for pair in self._accountable(kind, rows).items()],
            "letters": [self._letter_data(letter) for letter in letters],
            "filters": self._row_filters(kind),
            "totals": [row_model.search_count(row_domain), self.env["qms.role"].search_count(column_domain)],
            "can_edit": bool(editable),
        }

    @api.model
    @api.readonly
    def explain_cell(self, kind, row_id, column_id):
        """Return the sentence that tells why a letter of a cell can't be taken away, or an empty text.

        :rtype: str
        """
        domain = [(self._kind(kind)[2], "=", row_id), ("role_id", "=", column_id), ("origin", "=", "steps")]
        row = self.env["qms.responsibility"].search(domain, limit=1)
        return row._why_computed() if row else ""

    @api.model
    @api.readonly
    def export_matrix(self, kind="process", row_filter=None, column_filter=None):
        """Return the matrix, filtered as on the screen, as a workbook.

        :return: ``{"name": file name, "content": XLSX as base64 text}``
        """
        data = self.get_matrix(kind, row_filter, column_filter)
        data["title"] = self.env._("Responsibility matrix")
        data["authority"] = self.env.company.name
        data["legend"] = self.env._("Letters in italics come from the steps of the version in force.")
        name = f"qms-matrix-{kind}-{self.env.company._qms_today()}.xlsx"
        return {"name": name, "content": matrix_xlsx.write(data)}

    # === WRITING === #

    @api.model
    def set_cells(self, kind, changes):
        """Write cells if they still are what the writer saw; either all of them or none.

        :param str kind: what the rows are
        :param list changes: ``[row id, column id, letters seen, letters wanted]``, each letter once
        :return: cells that are different now, also those that lost the accountable letter to another one:
            ``[row id, column id, letters, those from steps]``
        :rtype: list
        :raises AccessError: for who may not edit a row
        :raises UserError: naming the cell that somebody changed meanwhile, or what is impossible and what to do
        """
        wanted = self._read_changes(changes)
        rows = self._find(self._kind(kind)[1], {row_id for row_id, _role in wanted})
        roles = self._find("qms.role", {role_id for _row, role_id in wanted})
        rows.check_access("write")
        self.env["qms.responsibility"].check_access("create")
        self._lock(rows)
        before = self._cells(kind, rows)
        letters = self._letters(before)
        texts = {key: self._value(cell, letters) for key, cell in before.items()}
        by_row = defaultdict(list)
        for (row_id, role_id), (old, new) in wanted.items():
            row, role = rows.browse(row_id), roles.browse(role_id)
            self._check_unchanged(row, role, old, texts.get((row_id, role_id), ("", ""))[0])
            target = self._parse(row, role, new, letters)
            by_row[row].append((role, set(before.get((row_id, role_id), ())), target))
        for row, edits in by_row.items():
            self._write_row(kind, row, edits)
        self.env.flush_all()
        after = {key: self._value(cell, letters) for key, cell in self._cells(kind, rows).items()}
        changed = [key for key in {**texts, **after} if texts.get(key) != after.get(key)]
        return [[*key, *after.get(key, ("", ""))] for key in changed]

    @api.model
    def _write_row(self, kind, row, edits):
        """Write the cells of one row.

        :param list edits: ``(role, letters before, letters after)``
        """
        field = self._kind(kind)[2]
        taken = [role for role, old, new in edits if any(letter.accountable for letter in new - old)]
        left = [role for role, old, new in edits if any(letter.accountable for letter in old - new)]
        if len(taken) > 1:
            raise UserError(
                self.env._(
                    "%(row)s can have only one accountable role, not both %(roles)s. Choose one of them.",
                    row=row.display_name,
                    roles=", ".join(role.name for role in taken),
                )
            )
        if taken or left:
            self._set_accountable(kind, row, taken[0] if taken else self.env["qms.role"])
        gone = {(role.id, letter.id) for role, old, new in edits for letter in old - new if not letter.accountable}
        responsibilities = self.env["qms.responsibility"]
        if gone:
            domain = [(field, "=", row.id), ("role_id", "in", [role_id for role_id, _letter in gone])]
            found = responsibilities.search(domain)
            found.filtered(lambda record: (record.role_id.id, record.letter_id.id) in gone).unlink()
        responsibilities.create(
            [
                {field: row.id, "role_id": role.id, "letter_id": letter.id}
                for role, old, new in edits
                for letter in new - old
                if not letter.accountable
            ]
        )

    @api.model
    def _check_unchanged(self, row, role, seen, current):
        if set(seen) != set(current):
            raise UserError(
                self.env._(
                    "Nothing was saved: meanwhile somebody else changed %(row)s × %(role)s. "
                    "It is %(current)s now, you saw %(seen)s. Look at it and decide again.",
                    row=row.display_name,
                    role=role.name,
                    current=f"“{current}”" if current else self.env._("empty"),
                    seen=f"“{seen}”" if seen else self.env._("empty"),
                )
            )

    @api.model
    def _parse(self, row, role, text, letters):
        """Return the letters of a text; a UserError names what is not possible."""
        own = self.env["qms.letter.set"]._current()
        by_char = {letter.letter: letter for letter in reversed(letters)}
        for char in text:
            if char not in by_char:
                raise UserError(
                    self.env._(
                        "There is no letter “%(char)s” in the set “%(set)s”. Use one of: %(letters)s.",
                        char=char,
                        set=own.name or "–",
                        letters=", ".join(own.letter_ids.mapped("letter")),
                    )
                )
        target = {by_char[char] for char in text}
        if any(letter.accountable for letter in target) and not all(
            letter.accountable or letter.performs for letter in target
        ):
            raise UserError(
                self.env._(
                    "%(role)s is accountable for %(row)s and needs no second letter besides that of who performs.",
                    role=role.name,
                    row=row.display_name,
                )
            )
        return target

    @api.model
    def _lock(self, rows):
        """Let writers of the same row wait for each other.

        Not a lock alone: who waited must not go on with what he read before, and an update of the row
        makes the database refuse that; Odoo then runs his request again.
        """
        if rows:
            ids = tuple(sorted(rows.ids))
            table = SQL.identifier(rows._table)
            self.env.cr.execute(SQL("UPDATE %s SET write_uid = write_uid WHERE id IN %s", table, ids))

    @api.model
    def _find(self, model, ids):
        """Return records of the current authority that the user sees; a UserError when one is missing."""
        records = self.env[model].search(Domain("id", "in", list(ids)) & self._of_company())
        if len(records) < len(ids):
            raise UserError(self.env._("A row or column is gone or belongs to another authority. Reload the matrix."))
        return records

    @api.model
    def _read_changes(self, changes):
        """Return ``{(row id, role id): (letters seen, letters wanted)}``."""
        wanted = {}
        for change in changes:
            row_id, role_id, old, new = change
            first = wanted.get((int(row_id), int(role_id)), (old or "",))[0]
            wanted[int(row_id), int(role_id)] = (first, new or "")
        return wanted

    # === HELPERS === #

    @api.model
    def _kind(self, kind):
        kinds = self._kinds()
        if kind not in kinds:
            raise UserError(self.env._("There is no matrix of “%s”. Open the matrix from the menu.", kind))
        return kinds[kind]

    @api.model
    def _may_edit(self):
        return self.env["qms.responsibility"].has_access("create")

    @api.model
    def _of_company(self):
        return Domain("company_id", "=", self.env.company.id)

    @api.model
    def _text_domain(self, names, text):
        return Domain.OR([Domain(name, "ilike", text) for name in names]) if text else Domain.TRUE

    @api.model
    def _search_domain(self, kind, chosen):
        model = self.env[self._kind(kind)[1]]
        text = self._text_domain(model._rec_names_search, chosen.get("text"))
        return self._of_company() & self._row_domain(kind, chosen) & text

    @api.model
    def _row_data(self, kind, row, editable):
        return {
            "id": row.id,
            "code": self._row_code(kind, row),
            "name": row.name,
            "level": (row.parent_path or "").count("/") - 1 if row.parent_path else 0,
            "editable": editable,
        }

    @api.model
    def _letter_data(self, letter):
        return {
            **{name: letter[name] for name in ("letter", "name", "meaning", "color", "accountable", "performs")},
            "chosen": letter.set_id == self.env["qms.letter.set"]._current(),
        }

    @api.model
    def _cells(self, kind, rows):
        """Return ``{(row id, role id): {letter: origin}}``, the accountable role included."""
        cells = defaultdict(dict)
        accountable = self.env["qms.letter.set"]._current()._accountable()
        for row_id, role_id in self._accountable(kind, rows).items() if accountable else ():
            cells[row_id, role_id][accountable] = "hand"
        field = self._kind(kind)[2]
        for record in self.env["qms.responsibility"].search([(field, "in", rows.ids)]):
            cells[record[field].id, record.role_id.id][record.letter_id] = record.origin
        return dict(cells)

    @api.model
    def _letters(self, cells):
        """Return the letters of the set as a list, then those of other sets that are still in the cells."""
        own = self.env["qms.letter.set"]._current().letter_ids
        used = self.env["qms.letter"].concat(*{letter for cell in cells.values() for letter in cell})
        return list(own + (used - own).sorted("letter"))

    @api.model
    def _value(self, cell, letters):
        """Return the letters of a cell as text, and those of them that come from steps."""
        return (
            "".join(letter.letter for letter in letters if letter in cell),
            "".join(letter.letter for letter in letters if cell.get(letter) == "steps"),
        )
