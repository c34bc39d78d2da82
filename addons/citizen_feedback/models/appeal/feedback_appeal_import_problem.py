from odoo import fields, models


class FeedbackAppealImportProblem(models.TransientModel):
    """Something wrong in a file of appeals, with its place."""

    _name = "feedback.appeal.import.problem"
    _description = "Problem in a File of Appeals"
    _order = "row, id"

    import_id = fields.Many2one("feedback.appeal.import", required=True, index=True, ondelete="cascade")
    row = fields.Integer(readonly=True)
    column = fields.Char(readonly=True)
    message = fields.Text("What to Correct", readonly=True)
