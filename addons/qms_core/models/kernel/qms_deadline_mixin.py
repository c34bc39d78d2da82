from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

# Days after the deadline at which the next chief is told: his own, his chief's chief, …
ESCALATION_DAYS = (1, 7, 14)
REMINDER_DAYS = 3
BATCH = 500


class QmsDeadlineMixin(models.AbstractModel):
    """A duty: somebody is responsible for it until a day.

    Before the deadline the person is reminded once, after it his chiefs are told, each level once. What was
    sent is stored on the duty, so a missed run of the cron is caught up and no run sends twice.
    """

    _name = "qms.deadline.mixin"
    _description = "Duty with a deadline"
    _inherit = ["qms.activity.mixin", "qms.postponement.mixin"]

    # States in which the duty no longer waits for its responsible person.
    _duty_closed_states = ()

    responsible_id = fields.Many2one("hr.employee", tracking=True, index=True, check_company=True, ondelete="restrict")
    responsible_user_id = fields.Many2one(
        "res.users", "Login of the Responsible", related="responsible_id.user_id", store=True, index=True
    )
    date_deadline = fields.Date("Deadline", tracking=True, index=True)
    is_late = fields.Boolean("Late", compute="_compute_is_late", search="_search_is_late")
    reminded = fields.Boolean(readonly=True, copy=False)
    evidence = fields.Text(copy=False, help="By what one sees that it was done.", tracking=True)
    evidence_attachment_ids = fields.Many2many("ir.attachment", string="Evidence Files", copy=False)
    escalation_level = fields.Integer(readonly=True, copy=False, help="How many chiefs were told that it is late.")

    # === COMPUTES === #

    @api.depends("date_deadline", "state", "company_id")
    def _compute_is_late(self):
        for record in self:
            today = (record.company_id or record.env.company)._qms_today()
            record.is_late = bool(record.date_deadline and record.date_deadline < today and record._duty_is_open())

    def _search_is_late(self, operator, value):
        if operator != "in":
            return NotImplemented
        late = Domain("date_deadline", "<", self.env.company._qms_today()) & self._duty_open_domain()
        return late if True in value else ~late

    def _duty_is_open(self):
        return self.state not in self._duty_closed_states

    @api.model
    def _duty_open_domain(self):
        return Domain("state", "not in", list(self._duty_closed_states))

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        records._adopt_evidence()
        records._call_responsible()
        return records

    def write(self, vals):
        result = super().write(vals)
        if {"responsible_id", "date_deadline"} & set(vals):
            # A new day or a new person: what was sent before counts no more.
            self._restart_reminders()
        if "evidence_attachment_ids" in vals:
            self._adopt_evidence()
        return result

    def _adopt_evidence(self):
        """Tie files that were uploaded before the duty was saved to it: who reads the duty reads them."""
        for record in self:
            # sudo: files that belong to nothing are seen by their uploader alone; only the user's own are taken.
            files = record.sudo().evidence_attachment_ids.filtered(
                lambda file: not file.res_id and not file.res_field and file.create_uid.id == self.env.uid
            )
            if files:
                files.write({"res_model": record._name, "res_id": record.id})

    # === BUSINESS METHODS === #

    def _duty_summary(self):
        """Hook: what the responsible person has to do, in a few words."""
        return self.env._("Do it in time")

    def _call_responsible(self):
        """Give the responsible people of open duties their activity."""
        by_call = {}
        for record in self:
            if record.responsible_user_id and record.date_deadline and record._duty_is_open():
                key = (record.responsible_user_id, record.date_deadline, record._duty_summary())
                by_call.setdefault(key, []).append(record.id)
        for (user, deadline, summary), ids in by_call.items():
            self.browse(ids)._call_to_act(user, deadline, summary)

    def _restart_reminders(self):
        self._acted()
        open_duties = self.filtered(lambda record: record._duty_is_open())
        models.Model.write(open_duties, {"reminded": False, "escalation_level": 0})
        open_duties._call_responsible()

    def _hand_over(self, successor, reason):
        """Hook: give these open duties to another person; the reminders start anew for him.

        :param successor: ``hr.employee``
        :param str reason: a sentence for the chatter
        """
        # sudo: the hand-over has checked its user, who need not be able to edit the duty itself.
        for record in self.sudo():
            record.responsible_id = successor
            record.message_post(body=reason)

    @api.model
    def _duty_models(self):
        """Return the models of this database whose records are duties."""
        mixin = self.env.registry["qms.deadline.mixin"]
        return [model for model in self.env.values() if not model._abstract and isinstance(model, mixin)]

    def _remind(self):
        self._call_responsible()
        models.Model.write(self, {"reminded": True})

    def _escalate(self):
        """Tell the next chief about each late duty, once per level."""
        for record in self:
            chief = record.responsible_id
            for _level in range(record.escalation_level + 1):
                chief = chief.parent_id or chief
            # Who acts for the chief is told in his place.
            chief = chief._present()
            if chief.user_id and chief != record.responsible_id:
                summary = self.env._(
                    "Late: %(person)s was to finish it by %(day)s",
                    person=record.responsible_id.name,
                    day=fields.Date.to_string(record.date_deadline),
                )
                record._call_to_act(chief.user_id, record.date_deadline, summary)
            models.Model.write(record, {"escalation_level": record.escalation_level + 1})

    @api.model
    def _to_remind(self, company):
        until = company._qms_today() + timedelta(days=REMINDER_DAYS)
        return Domain("date_deadline", "<=", until) & Domain("reminded", "=", False)

    @api.model
    def _to_escalate(self, company):
        today = company._qms_today()
        return Domain.OR(
            Domain("date_deadline", "<=", today - timedelta(days=days)) & Domain("escalation_level", "=", level)
            for level, days in enumerate(ESCALATION_DAYS)
        )

    # === CRONS === #

    @api.model
    def _cron_deadlines(self):
        """Remind and escalate; in batches, so that a stop in the middle loses nothing."""
        # sudo: the cron speaks to all people of all authorities.
        companies = self.env["res.company"].sudo().search([])
        for model in self._duty_models():
            for company in companies:
                base = Domain("company_id", "=", company.id) & model._duty_open_domain()
                model = model.sudo().with_company(company)
                if not self._work_off(model, base & self._to_remind(company), "_remind"):
                    return
                if not self._work_off(model, base & self._to_escalate(company), "_escalate"):
                    return

    def _work_off(self, model, domain, method):
        """Call a method on all records of a domain that it takes out of the domain.

        :return: whether there is time left for more
        """
        while records := model.search(domain, limit=BATCH):
            getattr(records, method)()
            if not self.env["ir.cron"]._commit_progress(len(records)):
                return False
        return True

    @api.model
    def _cron_digest(self):
        """Send each person one mail a day about his late and near duties."""
        users = self.env["res.users"].sudo().search([("share", "=", False)])  # sudo: as in _cron_deadlines
        for user in users:
            today = user.company_id._qms_today()
            if user.qms_digest_date == today:
                continue
            user._send_duty_digest(today)
            if not self.env["ir.cron"]._commit_progress(1):
                return
