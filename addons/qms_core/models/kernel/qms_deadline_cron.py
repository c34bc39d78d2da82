from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

# Days after the deadline at which the next chief is told: his own, his chief's chief, …
ESCALATION_DAYS = (1, 7, 14)
REMINDER_DAYS = 3
# Duties per step; each is kept once it is done, so a stop loses at most one.
BATCH = 5000
# People per step of the digest, likewise.
DIGEST_BATCH = 200


class QmsDeadlineMixin(models.AbstractModel):
    """The hourly side of duties: reminders, escalation, and calls that got lost.

    Each step takes what it has done out of what it looks for. So it can stop anywhere, and a run that was missed
    is made up for by the next one.
    """

    _inherit = "qms.deadline.mixin"

    # === BUSINESS METHODS === #

    def _remind(self, staff):
        """Call again who is addressed for these duties; who has the call already gets no second one.

        :param staff: the people (``lib.addressees.Staff``)
        """
        self._call_by_staff(staff, follow=False)
        # Past `write`: nothing that people see changes.
        models.Model.write(self, {"reminded": True})

    def _escalate(self, staff=None):
        """Tell the next chief about each late duty, once per level.

        :param staff: the people and their chiefs (``lib.addressees.Staff``); looked up where not given
        """
        staff = staff or self.sudo().responsible_id._staff(chiefs=True)  # sudo: staff records, whoever escalates
        calls = []
        # The name of a confidential record is not for the chiefs.
        for record in self.filtered(lambda record: not record._is_confidential()):
            for login in staff.told(record.responsible_id.id, record.escalation_level, record.company_id.id):
                calls.append((record.id, login.id, record.date_deadline, record._late_summary(login.lang), "read"))
        self._call_each(calls, follow=False)
        for level, records in self.grouped("escalation_level").items():
            models.Model.write(records, {"escalation_level": level + 1})  # as in _remind

    def _late_summary(self, lang):
        record = self.with_context(lang=lang)
        if not record.responsible_id:
            return record._call_summary(lang, "chief")
        return record.env._(
            "Late: %(person)s was to finish it by %(day)s",
            person=record.responsible_id.name,
            day=fields.Date.to_string(record.date_deadline),
        )

    def _call_again(self, staff):
        """Call anew for late duties that are on nobody's list, as their calls were ticked off or deleted."""
        self._call_by_staff(staff, follow=False)

    @api.model
    def _to_remind(self, company):
        until = company._qms_today() + timedelta(days=REMINDER_DAYS)
        return Domain("date_deadline", "<=", until) & Domain("reminded", "=", False)

    @api.model
    def _to_escalate(self, company, level):
        late_since = company._qms_today() - timedelta(days=ESCALATION_DAYS[level])
        return Domain("date_deadline", "<=", late_since) & Domain("escalation_level", "=", level)

    @api.model
    def _to_recall(self, company):
        return Domain("date_deadline", "<", company._qms_today()) & Domain("activity_ids", "=", False)

    # === CRONS === #

    @api.model
    def _cron_deadlines(self):
        """Remind and escalate; in batches, so that a stop in the middle loses nothing."""
        # sudo: the cron speaks to all people of all authorities.
        for company in self.env["res.company"].sudo().search([]):
            staff = None
            for model in self._duty_models():
                model = model.sudo().with_company(company)
                for domain, method in model._steps(company):
                    if not model.search_count(domain, limit=1):
                        continue
                    staff = staff or self._staff_of(Domain("company_id", "=", company.id))
                    if not self._work_off(model, domain, method, staff):
                        return
        self.env["ir.cron"]._commit_progress(remaining=0)

    @api.model
    def _steps(self, company):
        """Return what is to be done with the open duties of an authority: pairs of domain and method."""
        base = Domain("company_id", "=", company.id) & self._duty_open_domain()
        steps = [(base & self._to_remind(company), "_remind")]
        steps += [(base & self._to_escalate(company, level), "_escalate") for level in range(len(ESCALATION_DAYS))]
        return [*steps, (base & self._to_recall(company), "_call_again")]

    @api.model
    def _staff_of(self, domain):
        # sudo: as in _cron_deadlines
        people = self.env["hr.employee"].sudo().with_context(active_test=False)
        return people.search(domain)._staff(chiefs=True)

    @api.model
    def _work_off(self, model, domain, method, staff):
        """Call a method on all records of a domain, one batch after another.

        :return: whether there is time left for more
        """
        last = 0
        while records := model.search_fetch(domain & Domain("id", ">", last), limit=BATCH, order="id"):
            last = records[-1].id
            getattr(records, method)(staff)
            # What remains is not counted, only that there is more: Odoo then comes back at once.
            if not self.env["ir.cron"]._commit_progress(len(records), remaining=1):
                return False
        return True

    @api.model
    def _cron_digest(self):
        """Send each person one mail a day about his late and near duties."""
        users = self.env["res.users"].sudo()  # sudo: as in _cron_deadlines
        staff = None
        for company in self.env["res.company"].sudo().search([]):
            today = company._qms_today()
            waiting = users._awaiting_digest(company, today)
            while batch := users.search(waiting, limit=DIGEST_BATCH):
                staff = staff or self._staff_of(Domain.TRUE)
                batch._send_duty_digests(staff, today)
                if not self.env["ir.cron"]._commit_progress(len(batch), remaining=1):
                    return
        self.env["ir.cron"]._commit_progress(remaining=0)
