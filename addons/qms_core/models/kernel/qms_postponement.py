from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain


class QmsPostponement(models.Model):
    """One move of a duty's deadline: who asked for it, why, and who granted or refused it.

    Rows are made by the duties' methods alone (see ``qms.deadline.mixin``) and never change once decided.
    Whoever reads the duty reads how often and why it was postponed.
    """

    _name = "qms.postponement"
    _description = "Postponement"
    _inherit = ["qms.frozen.mixin"]
    _order = "id desc"
    _rec_name = "label"
    _state_initial = "asked"
    _frozen_states = ("granted", "refused")
    _by_method = frozenset({"decided_by", "date_decided", "answer"})
    _reason_methods = ("action_refuse",)

    res_model = fields.Char("Model", required=True, readonly=True)
    res_id = fields.Many2oneReference("Record", model_field="res_model", required=True, readonly=True)
    label = fields.Char("Duty", required=True, readonly=True, help="What the duty was called at that time.")
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    state = fields.Selection(
        [("asked", "Asked for"), ("granted", "Granted"), ("refused", "Refused")],
        required=True,
        readonly=True,
        default="asked",
        copy=False,
    )
    date_old = fields.Date("Deadline before", required=True, readonly=True)
    date_new = fields.Date("New Deadline", required=True, readonly=True)
    days = fields.Integer(compute="_compute_days", store=True, help="By how many days the deadline moves.")
    reason = fields.Text(required=True, readonly=True)
    asked_by = fields.Many2one("res.users", required=True, readonly=True, index=True)
    decided_by = fields.Many2one("res.users", readonly=True)
    date_decided = fields.Date("Decided on", readonly=True)
    answer = fields.Text("Reason for Refusal", readonly=True, help="Why it was refused.")

    # serves the log shown on a duty and the count of its postponements
    _record = models.Index("(res_model, res_id)")
    # A second request while the first one waits would make two people decide two things.
    _one_request = models.UniqueIndex(
        "(res_model, res_id) WHERE state = 'asked'",
        "More time was asked for already, and the answer is awaited.",
    )
    _later = models.Constraint(
        "CHECK (date_new > date_old)", "The new deadline must be later than the old one. Choose a later day."
    )

    # === COMPUTES === #

    @api.depends("date_old", "date_new")
    def _compute_days(self):
        for row in self:
            row.days = (row.date_new - row.date_old).days if row.date_old and row.date_new else 0

    # === ACCESS === #

    def _check_access(self, operation):
        result = super()._check_access(operation)
        if not self:
            return result
        hidden = self.browse(result[0].ids if result else ())
        # sudo: which duty a row belongs to decides whether it may be read at all.
        for model, rows in (self - hidden).sudo().grouped("res_model").items():
            duties = self.env[model].browse(set(rows.mapped("res_id"))) if model in self.env else self.env[self._name]
            readable = set(duties.exists()._filtered_access("read").ids) if model in self.env else set()
            hidden |= rows.filtered(lambda row, ids=readable: row.res_id not in ids).with_env(self.env)
        if not hidden or (result and hidden == result[0]):
            return result
        return hidden, result[1] if result else lambda: self.env["ir.rule"]._make_access_error(operation, hidden)

    @api.model
    def _search(self, domain, *args, **kwargs):
        if not (self.env.su or kwargs.get("bypass_access")):
            domain = Domain(domain) & self._of_readable_duties()
        return super()._search(domain, *args, **kwargs)

    @api.model
    def _of_readable_duties(self):
        """Return the domain of what belongs to duties that the user may read."""
        models_read = [model for model in self.env["qms.deadline.mixin"]._duty_models() if model.has_access("read")]
        return Domain.OR(
            Domain("res_model", "=", model._name)
            & Domain("res_id", "in", model.with_context(active_test=False)._search([]))
            for model in models_read
        )

    # === ACTIONS === #

    def action_grant(self):
        """Grant requests: the duties get the days asked for, their reminders start anew.

        :raises AccessError: for who may not postpone the duty
        """
        for row in self:
            row._check_state("asked")
            row._duty()._grant_postponement(row)

    def action_refuse(self, reason=None):
        """Refuse requests; the deadlines stay.

        :param str reason: why; without it a dialog asks
        :raises AccessError: for who may not postpone the duty
        """
        if not reason:
            return self.env["qms.reason.wizard"]._ask(self, "action_refuse", self.env._("Why does the deadline stay?"))
        for row in self:
            row._check_state("asked")
            row._duty()._refuse_postponement(row, reason)
        return True

    def action_open_duty(self):
        """Open the duty that the row belongs to.

        :return: a window action
        """
        duty = self._duty()
        return {
            "type": "ir.actions.act_window",
            "res_model": duty._name,
            "res_id": duty.id,
            "views": [(False, "form")],
        }

    # === BUSINESS METHODS === #

    def _duty(self):
        """Return the duty (one record of a duty model).

        :raises UserError: if it is gone
        """
        self.ensure_one()
        duty = self.res_model in self.env and self.env[self.res_model].browse(self.res_id).exists()
        if not duty:
            raise UserError(self.env._("What was to be done has been deleted, so there is nothing to decide."))
        return duty

    def _decide(self, state, answer=False):
        """Store the decision; whoever calls has checked who decides."""
        for row in self:
            row._transition(
                {
                    "state": state,
                    "decided_by": self.env.uid,
                    "date_decided": row.company_id._qms_today(),
                    "answer": answer,
                }
            )
        # The index on requests that wait has to know before the next row comes.
        self.flush_recordset(["state"])

    @api.model
    def _forget_models(self, model_names):
        """Delete the logs of models that are about to disappear: a reference to them breaks every read."""
        # sudo: uninstalling concerns all companies.
        models.Model.unlink(self.sudo().search([("res_model", "in", model_names)]))
