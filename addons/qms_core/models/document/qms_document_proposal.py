from odoo import fields, models


class QmsDocumentProposal(models.Model):
    """A change that somebody proposes at a paragraph of a document in force."""

    _name = "qms.document.proposal"
    _description = "Change Proposal"
    _inherit = ["qms.frozen.mixin", "qms.number.mixin", "qms.activity.mixin", "qms.visible.mixin"]
    _order = "id desc"
    _check_company_auto = True
    _frozen_states = ("accepted", "joined", "done", "rejected")
    _number_prefix = "CP"

    document_id = fields.Many2one("qms.document", required=True, index=True, ondelete="restrict", check_company=True)
    company_id = fields.Many2one(related="document_id.company_id", store=True, index=True)
    version_id = fields.Many2one("qms.document.version", "About Version", readonly=True, ondelete="restrict")
    paragraph = fields.Char(required=True, help="Where: the number or heading of the paragraph.")
    proposal = fields.Text(required=True, help="How it should read.")
    reason = fields.Text("Why")
    author_id = fields.Many2one("res.users", readonly=True, required=True, default=lambda self: self.env.user)
    department_id = fields.Many2one("hr.department", "Unit of the Author", readonly=True, check_company=True)
    state = fields.Selection(
        [
            ("draft", "Being written"),
            ("proposed", "Proposed"),
            ("collected", "Taken up by the unit"),
            ("agreed", "Agreed by the head"),
            ("accepted", "Accepted"),
            ("joined", "In the next version"),
            ("done", "In force"),
            ("rejected", "Rejected"),
        ],
        required=True,
        readonly=True,
        default="draft",
        copy=False,
        index=True,
        tracking=True,
    )
    answer = fields.Text("Reason of the Decision", readonly=True, copy=False)
    joined_version_id = fields.Many2one(
        "qms.document.version", "Taken up in", readonly=True, copy=False, index=True, ondelete="restrict"
    )

    def _visible_domain(self):
        from odoo.fields import Domain

        return Domain("author_id", "=", self.env.uid)
