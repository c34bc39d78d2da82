from odoo import api, fields, models
from odoo.exceptions import AccessError

# What is entered on the screen; the rest is what was printed.
ENTERED = frozenset({"is_signed", "date_signed"})


class QmsAcknowledgementSheetLine(models.Model):
    """A person on a paper sheet, and the signature beside the name."""

    _name = "qms.acknowledgement.sheet.line"
    _description = "Line of an Acknowledgement Sheet"
    _inherit = ["qms.frozen.line.mixin"]
    _order = "sheet_id, id"
    _rec_name = "person_name"
    _frozen_parent = "sheet_id"

    sheet_id = fields.Many2one(
        "qms.acknowledgement.sheet", required=True, readonly=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one("res.company", related="sheet_id.company_id", store=True)
    acknowledgement_id = fields.Many2one(
        "qms.acknowledgement", required=True, readonly=True, index=True, ondelete="restrict"
    )
    # compute_sudo: names on a sheet that the user may read.
    person_name = fields.Char("Name", compute="_compute_person", compute_sudo=True)
    job_name = fields.Char("Position", compute="_compute_person", compute_sudo=True)
    is_signed = fields.Boolean("Signed")
    date_signed = fields.Date("Date")

    _once = models.UniqueIndex("(sheet_id, acknowledgement_id)", "The person is on this sheet already.")

    # === COMPUTES === #

    @api.depends("acknowledgement_id")
    def _compute_person(self):
        for line in self:
            row = line.acknowledgement_id
            line.person_name = row.person_name or row.employee_id.name
            line.job_name = row.job_name or row.employee_id.job_title or row.employee_id.job_id.name or ""

    # === ONCHANGE === #

    @api.onchange("is_signed")
    def _onchange_is_signed(self):
        if self.is_signed and not self.date_signed:
            self.date_signed = self.env.company._qms_today()

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            raise AccessError(self._printed_message())
        return super().create(vals_list)

    def write(self, vals):
        if not self.env.su and set(vals) - ENTERED:
            raise AccessError(self._printed_message())
        return super().write(vals)

    def unlink(self):
        if self and not self.env.su:
            raise AccessError(self._printed_message())
        return super().unlink()

    # === BUSINESS METHODS === #

    def _printed_message(self):
        return self.env._("The names on a sheet are those that were printed. Make another sheet for other people.")
