from odoo import fields, models
from odoo.exceptions import AccessError, UserError

# What tells others which result must not be used.
BLOCKED = {"service_result", "service_id", "kind"}


class QmsNonconformity(models.Model):
    """Nonconforming service: identified, kept from further use, and put right for the citizen.

    ISO 9001:2015, 8.7.
    """

    _inherit = "qms.nonconformity"

    service_result = fields.Char(
        "Affected Result",
        tracking=True,
        help="By what one knows it: the number and day of the application, the decision or the document.",
    )
    remedy_ids = fields.One2many("qms.nonconformity.remedy", "nonconformity_id", "Done for the Citizen")
    use_blocked = fields.Boolean(
        "Further Use Blocked",
        readonly=True,
        copy=False,
        tracking=True,
        help="The result must not be handed out or relied on until it is released.",
    )
    blocked_by_id = fields.Many2one("res.users", "Blocked by", readonly=True, copy=False)
    date_blocked = fields.Date("Blocked on", readonly=True, copy=False)
    released_by_id = fields.Many2one("res.users", "Released by", readonly=True, copy=False)
    date_released = fields.Date("Released on", readonly=True, copy=False)
    release_reason = fields.Text("Why It Was Released", readonly=True, copy=False)

    # serves the warning on the service
    _blocked_service = models.Index("(service_id) WHERE use_blocked")

    # === ACTIONS === #

    def action_block_use(self):
        """Keep the affected result from being handed out or used."""
        for record in self:
            record._check_state("reported", "analysis", "work", "verification")
            record._check_answers()
            if record.use_blocked:
                raise UserError(self.env._("The result is blocked already."))
            if not record.service_result:
                raise UserError(
                    self.env._(
                        "Write down by what one knows the affected result, its number and day, so that others "
                        "recognise what must not be used."
                    )
                )
            record._transition(
                {
                    "use_blocked": True,
                    "blocked_by_id": self.env.uid,
                    "date_blocked": record.company_id._qms_today(),
                    "released_by_id": False,
                    "date_released": False,
                    "release_reason": False,
                }
            )

    def action_release_use(self, reason=None):
        """Let the result be used again: by the quality staff, never by who alone answers for it.

        :param str reason: what was put right; without it a dialog asks
        """
        if not reason:
            return self.env["qms.reason.wizard"]._ask(
                self, "action_release_use", self.env._("What was put right, so that the result can be used again?")
            )
        for record in self:
            record._check_state("reported", "analysis", "work", "verification")
            if not record.use_blocked:
                raise UserError(self.env._("The result is not blocked."))
            if not self.env.user._is_quality_staff():
                raise AccessError(self.env._("A blocked result is released by the quality staff."))
            record._transition(
                {
                    "use_blocked": False,
                    "released_by_id": self.env.uid,
                    "date_released": record.company_id._qms_today(),
                    "release_reason": reason,
                }
            )
        return True

    # === ACCESS === #

    def _check_may_write(self, vals):
        super()._check_may_write(vals)
        if self.use_blocked and BLOCKED & set(vals):
            raise UserError(
                self.env._(
                    "Others are warned of this result and its service. Release the result before you change them."
                )
            )

    # === BUSINESS METHODS === #

    def _check_ready_to_start(self):
        super()._check_ready_to_start()
        if self.kind == "service" and not self.remedy_ids:
            raise UserError(
                self.env._("Write down first what was done for the citizen: the service did not meet its requirements.")
            )

    def _check_ready_to_close(self):
        super()._check_ready_to_close()
        if self.use_blocked:
            raise UserError(
                self.env._("The affected result is still blocked. Release it, or leave the nonconformity open.")
            )
