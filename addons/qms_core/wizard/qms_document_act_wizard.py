from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.http import request

from odoo.addons.base.models.res_users import check_identity


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

    is_earlier = fields.Boolean("Before the Act", compute="_compute_is_earlier")
    confirm_earlier = fields.Boolean(
        "The Act Itself Sets This Earlier Day", help="Tick it only where the text of the act names that day."
    )

    @api.depends("act_date", "date_effective")
    def _compute_is_earlier(self):
        for wizard in self:
            day = wizard.date_effective
            wizard.is_earlier = bool(day and wizard.act_date and day < wizard.act_date)

    def _former(self, name):
        """Return what the authors entered of the act, where all agree."""
        versions = self.env["qms.document.version"].browse(self.env.context.get("default_version_ids") or [])
        values = set(versions.mapped(name))
        return values.pop() if len(values) == 1 else False

    def action_confirm(self):
        """Approve the versions by the act, after the user has proved once more who he is.

        Code that runs without a browser (tests, the demo city) calls ``_confirm``.

        :return: the dialog that asks who he is
        """
        self.ensure_one()
        self.version_ids._check_ready_for_act()
        self._check_day()
        if request:
            # As for each approval: that he was asked some minutes ago does not count.
            request.session["identity-check-last"] = 0
        return self._confirm_as_myself()

    @check_identity
    def _confirm_as_myself(self):
        request.session["identity-check-last"] = 0
        self._confirm()
        return {"type": "ir.actions.client", "tag": "soft_reload"}

    def _check_day(self):
        if self.is_earlier and not self.confirm_earlier:
            raise UserError(
                self.env._(
                    "The day of coming into force lies before the date of the act. Correct it, or confirm that the act "
                    "itself sets this day."
                )
            )

    def _confirm(self):
        self._check_day()
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
