from odoo import api, fields, models
from odoo.exceptions import AccessError


class FeedbackPrivacyLog(models.Model):
    """What was done with personal data: when, by whom, how much; never whose."""

    _name = "feedback.privacy.log"
    _description = "Log of Personal Data"
    _order = "id desc"
    _rec_name = "date"

    company_id = fields.Many2one("res.company", "Authority", required=True, readonly=True, index=True)
    date = fields.Datetime(required=True, readonly=True, default=fields.Datetime.now)
    user_id = fields.Many2one("res.users", "By", readonly=True, default=lambda self: self.env.user)
    kind = fields.Selection(
        [
            ("preview", "Would be removed (nothing was)"),
            ("retention", "Removed after the period of keeping"),
            ("export", "Told to the person"),
            ("erasure", "Removed on request"),
        ],
        "What was done",
        required=True,
        readonly=True,
    )
    request_id = fields.Many2one("feedback.privacy.request", "Request", readonly=True, ondelete="restrict")
    record_count = fields.Integer("Records", readonly=True)
    details = fields.Text("How many of what", readonly=True)

    # === CRUD === #

    def write(self, vals):
        raise AccessError(self.env._("What was done with personal data is never changed."))

    def unlink(self):
        # An authority that is deleted takes its log with it by the database.
        raise AccessError(self.env._("The log of personal data is never deleted."))

    # === BUSINESS METHODS === #

    @api.model
    def _note(self, company, kind, counts, request=None):
        """Note what was done.

        :param company: the authority (``res.company``)
        :param str kind: a key of the field
        :param dict counts: ``{model name: number of records}``
        :param request: the person's request (``feedback.privacy.request``)
        """
        # sudo: nobody writes into the log by hand.
        return self.sudo().create(
            {
                "company_id": company.id,
                "kind": kind,
                "user_id": self.env.uid,
                "request_id": request.id if request else False,
                "record_count": sum(counts.values()),
                "details": self.env["feedback.privacy"]._counts_text(counts),
            }
        )
