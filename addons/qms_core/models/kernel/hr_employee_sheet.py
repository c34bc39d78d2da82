from odoo import api, fields, models
from odoo.fields import Domain


class HrEmployee(models.Model):
    """ "My responsibilities": all that the model and the open duties ask of a person, on one sheet."""

    _inherit = "hr.employee"

    qms_sheet_html = fields.Html(
        "Responsibilities", compute="_compute_qms_sheet_html", sanitize=False, groups="hr.group_hr_user"
    )

    @api.depends_context("uid", "lang")
    def _compute_qms_sheet_html(self):
        for employee in self:
            employee.qms_sheet_html = employee._origin._render_sheet()

    # === BUSINESS METHODS === #

    def _render_sheet(self):
        """Return the sheet of one person as HTML, with what the reader may see."""
        if not self:
            return False
        sections = sorted(self._responsibility_sections(), key=lambda section: section["sequence"])
        return self.env["ir.qweb"]._render("qms_core.responsibility_sheet", {"sections": sections})

    def _responsibility_sections(self):
        """Hook: return what the person answers for, as plain data.

        :return: list of ``{sequence, title, empty, rows: [{text, note, url, late}]}``; ``empty`` is the sentence
            of a section without rows (without it such a section is left out)
        """
        self.ensure_one()
        sections = [self._roles_section(), self._duties_section()]
        if self._may_see_private():
            sections += [self._skills_section(), self._open_duties_section()]
        return sections

    def _may_see_private(self):
        """Skill gaps and deadlines are for the person, the chief, HR and the quality staff."""
        user = self.env.user
        # sudo: only whether the reader is the chief is asked
        return (
            self.env.su
            or self in user.employee_ids
            or self.sudo().parent_id in user.sudo().employee_ids
            or user.has_group("qms_core.group_hr")
            or user._is_quality_staff()
        )

    def _roles_section(self):
        rows = self.env["qms.role.holder"].search([("employee_id", "=", self.id)])._counting()
        labels = dict(rows._fields["kind"]._description_selection(self.env))
        return {
            "sequence": 10,
            "title": self.env._("Roles"),
            "empty": self.env._("No role of the model is held. Human resources link positions to people."),
            "rows": [
                {
                    "text": row.role_id.name,
                    "note": self._holder_note(row, labels[row.kind]),
                    "url": f"/odoo/qms-roles/{row.role_id.id}",
                }
                for row in rows
            ],
        }

    @api.model
    def _holder_note(self, row, label):
        until = row.date_to and fields.Date.to_string(row.date_to)
        if row.acted_for_id and until:
            return self.env._("acts for %(person)s until %(day)s", person=row.acted_for_id.name, day=until)
        if row.acted_for_id:
            return self.env._("acts for %s", row.acted_for_id.name)
        kind = "" if row.kind == "permanent" else label
        return self.env._("%(kind)s until %(day)s", kind=label, day=until) if until else kind

    def _duties_section(self):
        duties = self._roles().duty_ids
        labels = dict(duties._fields["kind"]._description_selection(self.env))
        return {
            "sequence": 50,
            "title": self.env._("Duties, authority and responsibility of the position"),
            "rows": [
                {"text": duty.text, "note": ", ".join(filter(None, (labels[duty.kind], duty.legal_basis)))}
                for duty in duties
            ],
        }

    def _skills_section(self):
        return {
            "sequence": 60,
            "title": self.env._("Skills to gain"),
            "rows": [
                {
                    "text": gap["skill"],
                    "note": self.env._("required: %(required)s, now: %(has)s", **gap)
                    if gap["has"]
                    else self.env._("required: %s, now: none", gap["required"]),
                }
                for gap in self._skill_gaps()
            ],
        }

    def _open_duties_section(self):
        today = self.env.company._qms_today()
        return {
            "sequence": 70,
            "title": self.env._("Open duties and their deadlines"),
            "empty": self.env._("Nothing is waiting."),
            "rows": [
                {
                    "text": record.display_name,
                    "note": ", ".join(
                        filter(None, (record._duty_summary(), fields.Date.to_string(record.date_deadline)))
                    ),
                    "url": f"/odoo/{record._name}/{record.id}",
                    "late": bool(record.date_deadline and record.date_deadline < today),
                }
                for record in self._open_duty_records()
            ],
        }

    def _open_duty_records(self):
        """Return the open duties of these people that the reader may see: a list of records of several models."""
        records = []
        for model in self.env["qms.deadline.mixin"]._duty_models():
            model = self.env[model._name]
            if model.has_access("read"):
                found = model.search(Domain("responsible_id", "in", self.ids) & model._duty_open_domain())
                records += list(found.sorted(lambda record: record.date_deadline or fields.Date.today()))
        return records
