from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from odoo.addons.base.models.ir_model import MODULE_UNINSTALL_FLAG

# Waiting or given: what counts when it is asked who has been asked.
COUNTING = ("open", "done")


class QmsAcknowledgement(models.Model):
    """That a person has to read, and has read, a version of a document that binds him.

    Rows are made and ended by ``_bring_up_to_date`` only (see qms_acknowledgement_assign.py); their one step is the
    confirmation by the person himself, or of his signature on paper where he has no login. Nobody edits or deletes
    them. They call nobody themselves: all of one person and day hang on one ``qms.reading``.
    """

    _name = "qms.acknowledgement"
    _description = "Acknowledgement"
    _inherit = ["qms.frozen.mixin"]
    _order = "date_deadline, id"
    _check_company_auto = True
    _state_initial = "open"
    _frozen_states = ("open", "done", "void")

    version_id = fields.Many2one(
        "qms.document.version", required=True, readonly=True, ondelete="restrict", check_company=True
    )
    document_id = fields.Many2one(
        "qms.document", related="version_id.document_id", store=True, index=True, precompute=True
    )
    company_id = fields.Many2one(
        "res.company", related="version_id.company_id", store=True, index=True, precompute=True
    )
    employee_id = fields.Many2one(
        "hr.employee", "Person", required=True, readonly=True, ondelete="restrict", check_company=True
    )
    employee_user_id = fields.Many2one("res.users", related="employee_id.user_id", string="Login")
    department_id = fields.Many2one(
        "hr.department", "Unit", readonly=True, index=True, help="Where the person works, or worked when he confirmed."
    )
    reading_id = fields.Many2one("qms.reading", readonly=True, index="btree_not_null", ondelete="restrict")
    state = fields.Selection(
        [("open", "Waiting"), ("done", "Confirmed"), ("void", "No longer asked")],
        required=True,
        readonly=True,
        default="open",
        copy=False,
    )
    date_deadline = fields.Date("Deadline", required=True, readonly=True)
    date_opened = fields.Datetime("Opened", readonly=True, help="When the person had the text before him first.")
    date_done = fields.Datetime("Confirmed on", readonly=True)
    date_signed = fields.Date("Signed on", readonly=True, help="The day of the confirmation, or of the signature.")
    way = fields.Selection([("screen", "On screen"), ("paper", "On paper")], "How", readonly=True)
    person_name = fields.Char("Confirmed by", readonly=True, help="Name of the person when he confirmed.")
    job_name = fields.Char("Position", readonly=True, help="Position of the person when he confirmed.")
    recorded_by_id = fields.Many2one("res.users", "Recorded by", readonly=True, ondelete="restrict")
    test_score = fields.Float("Result of the Test, %", readonly=True)
    test_pass_mark = fields.Float("Pass Mark, %", readonly=True)
    answer_id = fields.Many2one(
        "survey.user_input", "Test", readonly=True, ondelete="set null", groups="base.group_no_one"
    )
    void_reason = fields.Selection(
        [
            ("superseded", "The version is no longer in force"),
            ("left", "The person no longer works here"),
            ("unbound", "The document no longer binds the person"),
        ],
        "Why not",
        readonly=True,
    )
    is_late = fields.Boolean("Late", compute="_compute_is_late", search="_search_is_late")
    is_mine = fields.Boolean("Mine", compute="_compute_is_mine", search="_search_is_mine")

    # Of one version a person is asked once; who comes back after he was let off is asked anew.
    _once = models.UniqueIndex(
        "(version_id, employee_id) WHERE state != 'void'", "The person has been asked to acknowledge this version."
    )
    _waiting = models.Index("(company_id, date_deadline) WHERE state = 'open'")
    _of_person = models.Index("(employee_id, state)")

    # === COMPUTES === #

    @api.depends("document_id", "employee_id")
    @api.depends_context("uid", "lang")
    def _compute_display_name(self):
        for row in self:
            # sudo: names of people and documents of a row that the user may read; the title of a restricted document
            # only if he may read that as well.
            document = row.sudo().document_id
            secret = document.confidentiality == "restricted" and not document.sudo(False).has_access("read")
            name = self.env._("Confidential record") if secret else document.display_name
            row.display_name = f"{name} – {row.sudo().employee_id.name}"  # sudo: as above

    @api.depends("date_deadline", "state", "company_id")
    def _compute_is_late(self):
        for row in self:
            row.is_late = row.state == "open" and row.date_deadline < row.company_id._qms_today()

    @api.model
    def _search_is_late(self, operator, value):
        if operator != "in":
            return NotImplemented
        late = self.env["qms.reading"]._before_today_domain() & Domain("state", "=", "open")
        return late if True in value else ~late

    @api.depends("employee_id")
    @api.depends_context("uid")
    def _compute_is_mine(self):
        for row in self:
            row.is_mine = row.sudo().employee_id.user_id == self.env.user  # sudo: whose login it is, his own or not

    @api.model
    def _search_is_mine(self, operator, value):
        if operator != "in":
            return NotImplemented
        mine = Domain("employee_id.user_id", "=", self.env.uid)
        return mine if True in value else ~mine

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            raise AccessError(
                self.env._("Who has to acknowledge a document follows from the model. Change whom the document binds.")
            )
        return super().create(vals_list)

    def unlink(self):
        # Not @api.ondelete(at_uninstall=False): a client may send that flag as context.
        if self and not (self.env.su and self.env.context.get(MODULE_UNINSTALL_FLAG)):
            raise UserError(self.env._("An acknowledgement is evidence, so it can't be deleted."))
        return super().unlink()

    # === ACCESS === #

    def _frozen_message(self):
        return self.env._(
            "An acknowledgement changes only when the person confirms that he has read the document, or when it no "
            "longer binds him. Nobody edits or deletes it."
        )

    # === ACTIONS === #

    def action_read(self):
        """Open the text, to be read and confirmed.

        :return: a client action
        """
        self.ensure_one()
        self.check_access("read")
        return self.document_id._reader_action(self.version_id)

    def action_confirm(self):
        """Confirm, as the person himself, that he has read the documents and follows them.

        :raises AccessError: for anybody else, whatever his rights
        :raises UserError: where there is nothing to confirm, or a test has to be passed first
        """
        self.lock_for_update()
        for row in self:
            row._check_may_confirm()
        now = fields.Datetime.now()
        for row in self:
            row._complete({"way": "screen", "date_done": now, **row._test_vals()})
        self._settle_readings()

    # === BUSINESS METHODS === #

    def _check_may_confirm(self):
        self.ensure_one()
        row = self.sudo()  # sudo: whose it is and what is in force must not depend on who asks
        # Not passed by superuser rights: code that runs with them is not the person either.
        if not self.env.uid or row.employee_id.user_id.id != self.env.uid:
            raise AccessError(
                self.env._(
                    "Only %(person)s can confirm this. Nobody acknowledges a document for another person.",
                    person=row.employee_id.name,
                )
            )
        row._check_open()
        if row.document_id.test_survey_id and not row._passed_answer():
            raise UserError(
                self.env._("Pass the short test on “%s” first, then confirm.", row.document_id.display_name)
            )

    def _check_open(self):
        """Raise a UserError unless the row waits for a confirmation of a version in force."""
        self.ensure_one()
        if self.state == "done":
            raise UserError(self.env._("“%s” is confirmed already.", self.document_id.display_name))
        in_force = self.version_id.state == "effective"
        if self.state == "void" or not in_force or self.version_id.date_effective > self.company_id._qms_today():
            raise UserError(
                self.env._(
                    "This version of “%s” is not in force, so there is nothing to confirm. Load the page again.",
                    self.document_id.display_name,
                )
            )

    def _complete(self, vals):
        """Note the confirmation of one row; the gates stand in the callers."""
        self.ensure_one()
        person = self.sudo().employee_id  # sudo: name and position of the person go into his own confirmation
        self._transition(
            {
                "state": "done",
                "person_name": person.name,
                "job_name": person.job_title or person.job_id.name,
                "recorded_by_id": self.env.uid,
                "date_signed": self.company_id._qms_today(),
                **vals,
            }
        )

    def _settle_readings(self):
        # sudo: who confirms his own need not be able to change what called him.
        self.sudo().reading_id._settle()
