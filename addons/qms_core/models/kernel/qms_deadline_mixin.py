from odoo import api, fields, models
from odoo.fields import Domain

# What is asked of who is called, as in ``mail.activity.qms_verb``; of the responsible person the duty says it.
CALL_VERBS = {"own": False, "stand_in": "do", "chief": "decide"}


class QmsDeadlineMixin(models.AbstractModel):
    """A duty: somebody is responsible for it until a day.

    Before the deadline the person is reminded once, after it his chiefs are told, each level once. What was
    sent is stored on the duty, so a missed run of the cron is caught up and no run sends twice. Who can't be
    reached (on leave, dismissed, without a login) is replaced by who stands in for him, or by his chief.
    """

    _name = "qms.deadline.mixin"
    _description = "Duty with a deadline"
    _inherit = ["qms.activity.mixin", "qms.postponement.mixin"]

    # States in which the duty no longer waits for its responsible person.
    _duty_closed_states = ()
    # Whether only the person himself can do it, so that no hand-over gives it to a successor.
    _duty_personal = False

    responsible_id = fields.Many2one("hr.employee", tracking=True, index=True, check_company=True, ondelete="restrict")
    responsible_user_id = fields.Many2one(
        "res.users", "Login of the Responsible", related="responsible_id.user_id", store=True, index=True
    )
    date_deadline = fields.Date("Deadline", tracking=True, index=True)
    is_late = fields.Boolean("Late", compute="_compute_is_late", search="_search_is_late")
    is_mine = fields.Boolean(
        "My Duty",
        compute="_compute_is_mine",
        search="_search_is_mine",
        help="You are responsible, or stand in today for who is.",
    )
    duty_warning = fields.Char("Warning", compute="_compute_duty_warning")
    reminded = fields.Boolean(readonly=True, copy=False)
    escalation_level = fields.Integer(readonly=True, copy=False, help="How many chiefs were told that it is late.")
    evidence = fields.Text(copy=False, help="By what one sees that it was done.", tracking=True)
    evidence_attachment_ids = fields.Many2many("ir.attachment", string="Evidence Files", copy=False)

    # === COMPUTES === #

    @api.depends("date_deadline", "state", "company_id")
    def _compute_is_late(self):
        for record in self:
            today = (record.company_id or record.env.company)._qms_today()
            record.is_late = bool(record.date_deadline and record.date_deadline < today and record._duty_is_open())

    def _search_is_late(self, operator, value):
        if operator != "in":
            return NotImplemented
        late = self._before_today_domain() & self._duty_open_domain()
        return late if True in value else ~late

    @api.model
    def _before_today_domain(self):
        """Return the domain of what was due before today; not all authorities need have the same day."""
        today = self.env.company._qms_today()
        domain = Domain("date_deadline", "<", today)
        for company in self.env.companies:
            if (other := company._qms_today()) != today:
                theirs = Domain("company_id", "=", company.id)
                domain = (theirs & Domain("date_deadline", "<", other)) | (~theirs & domain)
        return domain

    @api.depends("responsible_id")
    @api.depends_context("uid")
    def _compute_is_mine(self):
        replaced = self.env["hr.employee"].browse(self._replaced_by_me() if self else ())
        for record in self:
            record.is_mine = record.responsible_user_id == self.env.user or record.responsible_id in replaced

    @api.model
    def _search_is_mine(self, operator, value):
        if operator != "in":
            return NotImplemented
        mine = Domain("responsible_user_id", "=", self.env.uid)
        mine |= Domain("responsible_id", "in", self._replaced_by_me())
        return mine if True in value else ~mine

    @api.model
    def _replaced_by_me(self):
        """Return the people for whom the user stands in today, as a query: rules with it cost none of their own."""
        # sudo: whose place one takes is looked up in staff records, whoever asks.
        people = self.env["hr.employee"].sudo().with_context(active_test=False)
        return people._search([("qms_acting_ids", "any", self.env["qms.role.holder"]._mine_domain("acting"))])

    @api.depends("responsible_id", "state", "date_deadline")
    def _compute_duty_warning(self):
        for record in self:
            open_duty = bool(record.responsible_id) and record._duty_is_open()
            record.duty_warning = open_duty and record.responsible_id._duty_warning()

    def _duty_is_open(self):
        return self.state not in self._duty_closed_states

    @api.model
    def _duty_open_domain(self):
        return Domain("state", "not in", list(self._duty_closed_states))

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        records.sudo().responsible_id._check_assignable()  # sudo: staff records, whoever gives the duty
        records._adopt_evidence()
        records._call_responsible()
        return records

    def write(self, vals):
        if vals.get("responsible_id"):
            self.env["hr.employee"].browse(vals["responsible_id"])._check_assignable()
        moved, handed = self._with_other_term(vals)
        calls = moved._own_calls()
        result = super().write(vals)
        # A new day or a new person: what was sent before counts no more.
        moved._restart_reminders(calls)
        handed._call_deciders_anew()
        if "evidence_attachment_ids" in vals:
            self._adopt_evidence()
        return result

    def _with_other_term(self, vals):
        """Return the records to which values give another day or person, and of these those with another person."""
        handed = moved = self.browse()
        if "responsible_id" in vals:
            handed = self.filtered(lambda record: record.responsible_id.id != (vals["responsible_id"] or False))
        if "date_deadline" in vals:
            day = fields.Date.to_date(vals["date_deadline"]) or False
            moved = self.filtered(lambda record: record.date_deadline != day)
        return moved | handed, handed

    def _adopt_evidence(self):
        """Tie files that were uploaded before the duty was saved to it: who reads the duty reads them."""
        for record in self:
            # sudo: such files are seen by their uploader alone; only the user's own are taken.
            record.sudo().evidence_attachment_ids.filtered(self._is_stray_file).write(
                {"res_model": record._name, "res_id": record.id}
            )

    def _is_stray_file(self, file):
        """Tell whether a file is the user's own and belongs to nothing yet, or to a dialog, with which it would go."""
        dialog = file.res_model in self.env and self.env[file.res_model]._transient
        return file.create_uid.id == self.env.uid and not file.res_field and (dialog or not file.res_id)

    # === BUSINESS METHODS === #

    def _duty_summary(self):
        """Hook: what the responsible person has to do, in a few words."""
        return self.env._("Do it in time")

    def _day_verb(self, user):
        return "do" if user == self.responsible_user_id else "check"

    def _call_responsible(self):
        """Give who answers for open duties, or stands in for him, the activity."""
        waiting = self.filtered(lambda record: record.responsible_id and record.date_deadline)
        waiting = waiting.filtered(lambda record: record._duty_is_open())
        if waiting:
            waiting._call_by_staff(waiting.sudo().responsible_id._staff())  # sudo: staff records, whoever calls

    def _call_by_staff(self, staff, follow=True):
        """Call to open duties whoever is addressed for their responsible people.

        :param staff: the people (``lib.addressees.Staff``)
        :param bool follow: whether who is called also follows the record
        """
        calls, same = [], {}
        for record in self:
            for login, how in record._addressed(staff):
                summary = record._call_summary(login.lang, how)
                if summary not in same:
                    same[summary] = record._in_all_languages(lambda duty, how=how: duty._call_summary(None, how))
                calls.append((record.id, login.id, record.date_deadline, summary, CALL_VERBS[how]))
        self._call_each(calls, known=lambda summary: same[summary], follow=follow)

    def _addressed(self, staff):
        """Return who is addressed for the duty, as ``Staff.called`` does; of confidential ones nobody else hears."""
        self.ensure_one()
        called = staff.called(self.responsible_id.id, self.company_id.id)
        return [call for call in called if self._is_for(call[1])]

    def _is_for(self, how):
        """Hook: tell whether somebody who is addressed in this way (see ``Staff.called``) hears of the duty."""
        return how == "own" or not self._is_confidential()

    def _is_confidential(self):
        """Hook: tell whether not even the name of the duty is for people beside the responsible person."""
        return self._confidential

    def _call_summary(self, lang, how):
        """Return what a call to the duty says.

        :param str lang: language of who is called; without it the environment's
        :param str how: why he is called, as ``Staff.called`` says it
        """
        record = self.with_context(lang=lang) if lang and lang != self.env.lang else self
        if how == "own":
            return record._duty_summary()
        person = record.sudo().responsible_id.name  # sudo: staff records, whoever calls
        if not person:
            return record._nobody_summary()
        if how == "stand_in":
            return record.env._("For %(person)s: %(duty)s", person=person, duty=record._duty_summary())
        return record.env._("%s can't be reached: hand this over to somebody else", person)

    def _nobody_summary(self):
        return self.env._("Say who answers for it")

    def _own_calls(self):
        """Return what calls to these people's duties say as they stand now, in all languages.

        Not what else their records call to: to decide on more time, to check what was done.

        :rtype: list[str]
        """
        texts = [lambda duty, how=how: duty._call_summary(None, how) for how in CALL_VERBS]
        texts.append(lambda duty: duty._late_summary(duty.env.lang))
        # sudo: they name people, whose staff records are not for everybody.
        duties = self.sudo().filtered("responsible_id")
        return list({said for duty in duties for text in texts for said in duty._in_all_languages(text)})

    def _restart_reminders(self, calls):
        """Remind of open duties from the beginning: their day or their person is another one.

        :param list calls: what the calls to them said before, as ``_own_calls`` returns it
        """
        duties = self.filtered(lambda record: record._duty_is_open())
        if not duties:
            return
        answered = duties.filtered("responsible_id")
        answered._acted(calls + answered._in_all_languages(lambda duty: duty._nobody_summary()))
        if calls:
            (duties - answered)._acted(calls)
        models.Model.write(duties, {"reminded": False, "escalation_level": 0})
        duties._call_responsible()

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

    @api.model
    def _handed_models(self):
        """Return the models of duties that pass to a successor."""
        return [model for model in self._duty_models() if not model._duty_personal]
