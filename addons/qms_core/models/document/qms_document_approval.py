from odoo import api, fields, models
from odoo.fields import Domain


class QmsDocumentApproval(models.Model):
    """A place in the approval route of a version: a role or a person, asked when those before have approved."""

    _name = "qms.document.approval"
    _description = "Approval of a Document"
    _inherit = ["qms.frozen.mixin", "qms.deadline.mixin"]
    _order = "version_id, sequence, id"
    _check_company_auto = True
    _state_initial = "waiting"
    _by_method = frozenset({"comment", "date", "decided_by_id"})
    _duty_closed_states = ("waiting", "approved", "returned")

    version_id = fields.Many2one(
        "qms.document.version", required=True, index=True, ondelete="restrict", check_company=True
    )
    company_id = fields.Many2one(related="version_id.company_id", store=True, index=True)
    sequence = fields.Integer(default=10, help="Who has the same number is asked at the same time.")
    role_id = fields.Many2one("qms.role", "Approver (Role)", index=True, check_company=True, ondelete="restrict")
    user_id = fields.Many2one("res.users", "Approver (Person)", index=True, ondelete="restrict")
    days = fields.Integer("Working Days", default=3)
    state = fields.Selection(
        [("waiting", "Not asked yet"), ("asked", "Asked"), ("approved", "Approved"), ("returned", "Returned")],
        required=True,
        readonly=True,
        default="waiting",
        copy=False,
        index=True,
    )
    comment = fields.Text(readonly=True, copy=False)
    date = fields.Datetime("Decided on", readonly=True, copy=False)
    decided_by_id = fields.Many2one("res.users", "Decided by", readonly=True, copy=False)

    @api.model
    def _mine_domain(self):
        """Return the domain of the places that mean the current user today."""
        return Domain("user_id", "=", self.env.uid) | Domain("responsible_user_id", "=", self.env.uid)

    def _mine(self):
        """Return those of the places that wait for the user."""
        return self.filtered(lambda line: line.state == "asked" and line.responsible_user_id == self.env.user)

    def _asked_of_user(self, version):
        """Return the places that wait for the user; raise an AccessError where there are none."""
        return self._mine()

    def _decide(self, state, comment=None):
        self._transition(
            {"state": state, "comment": comment, "date": fields.Datetime.now(), "decided_by_id": self.env.uid}
        )
