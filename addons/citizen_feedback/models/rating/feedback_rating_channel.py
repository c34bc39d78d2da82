from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...lib.paper_form import DOES_NOT_APPLY


class FeedbackRating(models.Model):
    """By which way a rating came."""

    _inherit = "feedback.rating"

    channel = fields.Selection(
        selection_add=[
            ("kiosk", "Kiosk"),
            ("link", "Link after a service"),
            ("api", "Portal or mobile app"),
            ("phone", "Phone"),
            ("visit", "Visit"),
        ],
        ondelete=dict.fromkeys(("kiosk", "link", "api", "phone", "visit"), "set other"),
    )
    channel_id = fields.Many2one(
        "feedback.channel",
        "Came by",
        check_company=True,
        index="btree_not_null",
        ondelete="restrict",
        help="The poster, kiosk, portal or batch by which it came.",
    )
    point_id = fields.Many2one(
        "qms.service.point", check_company=True, index="btree_not_null", ondelete="restrict", help="Where it was given."
    )
    batch_id = fields.Many2one(
        "feedback.batch",
        "Batch of Questionnaires",
        readonly=True,
        check_company=True,
        index="btree_not_null",
        ondelete="restrict",
    )

    # === CONSTRAINTS === #

    @api.constrains("batch_id")
    def _check_batch_open(self):
        if any(batch.state != "open" for batch in self.batch_id):
            raise ValidationError(
                self.env._("The batch is closed: it has the forms that were keyed in, and no others.")
            )

    # === BUSINESS METHODS === #

    def _paper_marks(self, names):
        """Return a rating as a form of a batch shows it: ``{question: mark}``."""
        self.ensure_one()
        marks = {name: str(self[name]) for name in names if self[name]}
        inapplicable = (self.inapplicable or "").split(",")
        return marks | {name: DOES_NOT_APPLY for name in names if name in inapplicable}
