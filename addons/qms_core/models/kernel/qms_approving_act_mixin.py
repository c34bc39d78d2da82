from odoo import fields, models
from odoo.exceptions import UserError


class QmsApprovingActMixin(models.AbstractModel):
    """A document that an act approves: an order of the mayor, a decision of a collegial body."""

    _name = "qms.approving.act.mixin"
    _description = "Document approved by an act"
    _inherit = ["mail.thread"]

    act_kind = fields.Selection(
        [("order", "Order"), ("decision", "Decision"), ("resolution", "Resolution"), ("directive", "Directive")],
        "Kind of Act",
        copy=False,
        tracking=True,
    )
    act_issuer = fields.Char("Issued by", copy=False, tracking=True, help="The official or body that issues the act.")
    act_number = fields.Char("Number of the Act", copy=False, tracking=True)
    act_date = fields.Date("Date of the Act", copy=False, tracking=True)
    is_collegial = fields.Boolean("Issued by a Collegial Body", copy=False)
    act_minutes = fields.Char("Minutes", copy=False, help="Number and date of the minutes of the sitting.")

    # === BUSINESS METHODS === #

    def _check_act(self):
        """Raise a UserError that names what of the approving act is missing."""
        self.ensure_one()
        names = ["act_kind", "act_issuer", "act_number", "act_date"] + ["act_minutes"] * self.is_collegial
        missing = [self._fields[name]._description_string(self.env) for name in names if not self[name]]
        if missing:
            raise UserError(
                self.env._(
                    "%(document)s is approved by an act. Ask the author to enter what is missing: %(missing)s.",
                    document=self.display_name,
                    missing=", ".join(missing),
                )
            )

    def _act_content(self):
        """Return the act as it is sealed."""
        return [self.act_kind, self.act_issuer, self.act_number, str(self.act_date), self.act_minutes or ""]
