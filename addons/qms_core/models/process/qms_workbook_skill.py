from odoo import api, models

from ...lib.workbook import Column, Problem, Sheet, clean

LISTED = 20  # names told of what can be chosen


class QmsWorkbook(models.AbstractModel):
    """The sheet of skills that roles require.

    The skills are those of the employees' module, which have no codes: their English names stand for them.
    """

    _inherit = "qms.workbook"

    @api.model
    def _role_sheets(self):
        english = self.env._("The English name.")
        return [
            *super()._role_sheets(),
            Sheet(
                "role_skills",
                (
                    Column("role", "ref", ref="roles", required=True, field="role_id"),
                    Column("kind", required=True, field="skill_type_id.name", note=english),
                    Column("skill", required=True, field="skill_id.name", note=english),
                    Column("level", required=True, field="skill_level_id.name", note=english),
                ),
                key=("role", "kind", "skill"),
                model="qms.role.skill",
            ),
        ]

    @api.model
    def _rules(self, book):
        return [*super()._rules(book), *self._check_skills(book)]

    @api.model
    def _check_skills(self, book):
        rows = book.rows.get("role_skills")
        kinds = self._skill_kinds() if rows else {}
        for row in rows or ():
            kind, skill, level = (row.values.get(name) for name in ("kind", "skill", "level"))
            skills, levels = kinds.get(kind, ({}, {}))[-2:]
            for column, value, choices in (
                ("kind", kind, kinds),
                ("skill", kind in kinds and skill, skills),
                ("level", kind in kinds and level, levels),
            ):
                if value and value not in choices:
                    params = {"value": value[:80], "choices": ", ".join(list(choices)[:LISTED]) or "–"}
                    yield Problem("bad_choice", "role_skills", row.number, column, params)

    @api.model
    def _skill_kinds(self):
        """Return ``{name: (kind, {name: skill}, {name: level})}``, names in English."""
        kinds = self.env["hr.skill.type"].with_context(lang="en_US").search([])
        return {
            clean(kind.name): (
                kind,
                {clean(skill.name): skill for skill in kind.skill_ids},
                {clean(level.name): level for level in kind.skill_level_ids},
            )
            for kind in kinds
        }

    @api.model
    def _cell(self, column, record, snapshot):
        if record._name == "qms.role.skill" and not column.ref:
            record = record.with_context(lang="en_US")
        return super()._cell(column, record, snapshot)

    @api.model
    def _vals(self, sheet, values, columns, load):
        vals = super()._vals(sheet, values, columns, load)
        if sheet.name == "role_skills":
            if "skill_kinds" not in load.snapshot.extra:
                load.snapshot.extra["skill_kinds"] = self._skill_kinds()
            kind, skills, levels = load.snapshot.extra["skill_kinds"][values["kind"]]
            vals["skill_type_id"] = kind.id
            vals["skill_id"] = skills[values["skill"]].id
            vals["skill_level_id"] = levels[values["level"]].id
        return vals
