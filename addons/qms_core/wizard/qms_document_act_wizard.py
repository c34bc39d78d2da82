from odoo import fields, models


class QmsDocumentActWizard(models.TransientModel):
    """Enter the act that approved one version or, as with an order about many documents, all at once."""

    _name = "qms.document.act.wizard"
    _description = "Act That Approves Documents"

    version_ids = fields.Many2many("qms.document.version", string="Versions", required=True, readonly=True)
    act_kind = fields.Selection(
        [("order", "Order"), ("decision", "Decision"), ("resolution", "Resolution"), ("directive", "Directive")],
        "Kind of Act",
        required=True,
        default=lambda self: self._former("act_kind"),
    )
    act_issuer = fields.Char("Issued by", required=True, default=lambda self: self._former("act_issuer"))
    act_number = fields.Char("Number of the Act", required=True, default=lambda self: self._former("act_number"))
    act_date = fields.Date("Date of the Act", required=True, default=lambda self: self._former("act_date"))
    is_collegial = fields.Boolean("Issued by a Collegial Body", default=lambda self: self._former("is_collegial"))
    act_minutes = fields.Char("Minutes", default=lambda self: self._former("act_minutes"))
    date_effective = fields.Date(
        "In Force from",
        default=lambda self: self._former("date_effective"),
        help="It may lie in the past, as the act says. Left empty, it is today.",
    )

    def _former(self, name):
        """Return what the authors entered of the act, where all agree."""
        versions = self.env["qms.document.version"].browse(self.env.context.get("default_version_ids") or [])
        values = set(versions.mapped(name))
        return values.pop() if len(values) == 1 else False

    def action_confirm(self):
        """Approve the versions by the act."""
        self.ensure_one()
        self.version_ids._approve_by_act(
            {
                "act_kind": self.act_kind,
                "act_issuer": self.act_issuer,
                "act_number": self.act_number,
                "act_date": self.act_date,
                "is_collegial": self.is_collegial,
                "act_minutes": self.act_minutes,
                "date_effective": self.date_effective,
            }
        )
        return {"type": "ir.actions.act_window_close"}
