from dataclasses import replace

from odoo import api, models

from ...lib.workbook import Column, Problem, Sheet, rules
from .qms_goal import AGREED


class QmsWorkbook(models.AbstractModel):
    """The sheet of goals.

    What a goal contributes to is named by its code: one of the authority's own, or one that was cascaded to it. New
    goals are drafts; what was approved of a goal stays as it is.
    """

    _inherit = "qms.workbook"

    # === SHEETS === #

    @api.model
    def _spec(self):
        return [*super()._spec(), self._goal_sheet()]

    @api.model
    def _goal_sheet(self):
        return Sheet(
            "goals",
            (
                Column("code", "code", required=True, field="code"),
                Column("name", required=True, field="name"),
                self._choice("kind", "qms.goal", "kind"),
                Column(
                    "parent",
                    "ref",
                    ref="goals",
                    field="parent_id",
                    note=self.env._("What it contributes to: a goal of your authority, or one cascaded to it."),
                ),
                Column("description", field="description"),
                Column("owner", "ref", ref="roles", field="owner_role_id"),
                Column("unit", "ref", ref="units", field="department_id"),
                Column("processes", "ref", ref="processes", many=True, field="process_ids"),
                Column("indicators", "ref", ref="indicators", many=True, field="indicator_ids"),
                Column("date_start", "date", field="date_start"),
                Column("date_end", "date", field="date_end"),
            ),
            parent="parent",
            model="qms.goal",
        )

    @api.model
    def _rules(self, book):
        return [*super()._rules(book), *rules.check_goal_dates(book)]

    @api.model
    def _check_fixed(self, spec, book, snapshot):
        problems = super()._check_fixed(spec, book, snapshot)
        sheet = next(sheet for sheet in spec if sheet.name == "goals")
        current = self._record_rows(sheet, snapshot)
        for row in book.rows["goals"]:
            key = sheet.key_of(row.values)
            if key in current:
                goal = self.env["qms.goal"].browse(snapshot.ids["goals"][key])
                for name in self._fixed_columns(sheet, goal):
                    value, old = row.values[name], current[key][name]
                    if value not in (None, old):  # None: the cell is wrong, which is told already
                        params = {"key": goal.code, "old": old}
                        problems.append(Problem("goal_fixed", "goals", row.number, name, params))
        return problems

    @api.model
    def _fixed_columns(self, sheet, goal):
        """Return the names of the columns that stay as they are for this goal."""
        if goal.state == "draft":
            return []
        return [column.name for column in sheet.columns if goal.state == "closed" or column.field in AGREED]

    # === READING === #

    @api.model
    def _index(self, spec, snapshot):
        """Know the goals that were cascaded as well, for goals to contribute to; no row of the sheet is theirs."""
        super()._index(spec, snapshot)
        company = self.env.company
        cascaded = self.env["qms.goal"].search(
            [
                ("company_id", "!=", company.id),
                ("state", "=", "approved"),
                ("body_ids", "any", [("company_id", "=", company.id)]),
            ]
        )
        ids, codes = snapshot.ids["goals"], snapshot.codes["goals"]
        snapshot.extra["cascaded"] = set()
        for goal in cascaded:
            # Where the code is an own goal's as well, it means that one.
            if (goal.code,) not in ids:
                ids[goal.code,], codes[goal.id] = goal.id, goal.code
                snapshot.extra["cascaded"].add((goal.code,))

    @api.model
    def _record_rows(self, sheet, snapshot):
        if sheet.name == "goals":
            cascaded = snapshot.extra["cascaded"]
            own = {key: goal_id for key, goal_id in snapshot.ids["goals"].items() if key not in cascaded}
            snapshot = replace(snapshot, ids={**snapshot.ids, "goals": own})
        return super()._record_rows(sheet, snapshot)
