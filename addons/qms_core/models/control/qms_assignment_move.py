from odoo import api, fields, models


class QmsAssignmentMove(models.Model):
    """One hand through which a document went; written by the assignment's methods alone."""

    _name = "qms.assignment.move"
    _description = "Movement of a Document"
    _order = "assignment_id, id"
    _rec_name = "to_id"
    _check_company_auto = True

    assignment_id = fields.Many2one(
        "qms.assignment", required=True, readonly=True, index=True, ondelete="restrict", check_company=True
    )
    act_id = fields.Many2one(related="assignment_id.act_id", store=True, index=True)
    company_id = fields.Many2one(related="assignment_id.company_id", store=True, index=True)
    from_id = fields.Many2one("hr.employee", readonly=True, ondelete="restrict")
    to_id = fields.Many2one("hr.employee", required=True, readonly=True, index=True, ondelete="restrict")
    resolution = fields.Text("Resolution Text", readonly=True)
    is_return = fields.Boolean("Given back", readonly=True)
    date = fields.Datetime("Received", required=True, readonly=True)
    date_left = fields.Datetime("Passed on", readonly=True)
    days_held = fields.Float(compute="_compute_days_held", digits=(16, 1))

    # === COMPUTES === #

    @api.depends("date", "date_left")
    def _compute_days_held(self):
        now = fields.Datetime.now()
        for move in self:
            move.days_held = ((move.date_left or now) - move.date).total_seconds() / 86400 if move.date else 0
