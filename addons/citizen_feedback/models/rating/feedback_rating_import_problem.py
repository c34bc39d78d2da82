from odoo import fields, models


class FeedbackRatingImportProblem(models.TransientModel):
    _name = "feedback.rating.import.problem"
    _description = "Problem in a File of Ratings"
    _order = "row, id"

    import_id = fields.Many2one("feedback.rating.import", required=True, index=True, ondelete="cascade")
    row = fields.Integer(readonly=True)
    column = fields.Char(readonly=True)
    message = fields.Text("What to Correct", readonly=True)
