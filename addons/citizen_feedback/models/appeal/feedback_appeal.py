from textwrap import shorten

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..intake.feedback_duty_mixin import MANAGERS

TEXT_LIMIT = 10_000
# What a list shows of a text.
EXCERPT = 120
# What came through a network, so that nobody has seen who sent it.
ELECTRONIC = frozenset({"web", "qr", "kiosk", "link", "api", "email"})
CLOSED = ("answered", "closed", "forwarded", "refused", "withdrawn")
WAITING = ("new", "registered", "assigned", "approval")
# Who decides with corruption, or where no feedback manager may.
INSIDERS = ("qms_core.group_coordinator", "qms_core.group_commissioner")
OFFICE = ",".join(("citizen_feedback.group_feedback_operator", MANAGERS, *INSIDERS))
# What the office says of it; as what it counts, only before it is registered.
COUNTED_AS = frozenset({"kind_id", "identity", "is_simple"})
ASSIGNED = frozenset({"department_id", "responsible_id"})


class FeedbackAppeal(models.Model):
    """What a citizen or an organisation asks of the authority, with the terms of the law.

    What comes from nobody in particular is a message: it goes the same way, but the law sets no terms for it. Closed
    is not solved: whether it helped, the author says.
    """

    _name = "feedback.appeal"
    _description = "Appeal"
    _inherit = ["qms.frozen.mixin", "qms.number.mixin", "feedback.duty.mixin"]
    _order = "id desc"
    _check_company_auto = True
    _rec_names_search = ["number", "document_number", "author_name"]
    _state_initial = "new"
    _frozen_states = CLOSED
    _by_method = frozenset(
        {
            "is_identified",
            "date_registered",
            "registration_due",
            "forwarding_due",
            "deadline_first",
            "extension_reason",
            "answer_author_id",
            "approver_id",
            "date_answered",
            "return_reason",
            "forward_reason",
            "refusal_reason",
            "withdrawal_reason",
            "date_closed",
            "answer_score",
            "is_solved",
            "reopen_count",
            "is_repeat",
            "repeat_of_id",
            "is_mass",
            "mass_of_id",
            "awaits_alike",
            "is_corruption",
            "former_user_ids",
        }
    )
    _duty_closed_states = CLOSED
    _number_prefix = "AP"
    _reason_methods = (
        "action_extend",
        "action_transfer",
        "action_return",
        "action_forward",
        "action_refuse",
        "action_withdraw",
        "action_reopen",
        "action_write_author",
        "action_raise_action",
    )

    company_id = fields.Many2one("res.company", required=True, index=True, default=lambda self: self.env.company)
    profile_id = fields.Many2one(
        "feedback.legal.profile",
        "By the Law",
        required=True,
        ondelete="restrict",
        default=lambda self: self.env.company._feedback_profile(),
    )
    kind_id = fields.Many2one(
        "feedback.appeal.kind",
        required=True,
        index=True,
        ondelete="restrict",
        domain="[('profile_id', '=', profile_id)]",
        tracking=True,
    )
    nature = fields.Selection(related="kind_id.nature", store=True)
    needs_answer = fields.Boolean(related="kind_id.needs_answer")
    state = fields.Selection(
        [
            ("new", "New"),
            ("registered", "Registered"),
            ("assigned", "Assigned"),
            ("approval", "Answer in approval"),
            ("answered", "Answered"),
            ("closed", "Closed"),
            ("forwarded", "Forwarded"),
            ("refused", "Refused"),
            ("withdrawn", "Withdrawn"),
        ],
        required=True,
        readonly=True,
        default="new",
        copy=False,
        index=True,
        tracking=True,
        group_expand="_expand_states",
    )

    # what came, and from whom
    text = fields.Text("What it says", required=True)
    excerpt = fields.Char("Beginning", compute="_compute_excerpt")
    channel = fields.Selection(
        [
            ("web", "Web page"),
            ("qr", "QR code"),
            ("kiosk", "Kiosk"),
            ("link", "Link after a service"),
            ("api", "Portal or application"),
            ("email", "E-mail"),
            ("letter", "Letter"),
            ("visit", "Visit"),
            ("phone", "Phone"),
            ("other", "Other"),
        ],
        required=True,
        default="letter",
    )
    lang = fields.Char("Language", help="Language of the page on which it was written.")
    date_received = fields.Datetime("Received on", required=True, default=fields.Datetime.now, index=True)
    author_name = fields.Char("Author")
    # Where to find the author is the office's business: who answers needs the name only.
    author_contact = fields.Char("Contact", groups=OFFICE, help="E-mail address or phone number.")
    author_address = fields.Char("Postal Address", groups=OFFICE)
    organisation = fields.Char()
    identity = fields.Selection(
        [
            ("stated", "Stated by the author"),
            ("verified", "Verified by document or electronic signature"),
        ],
        required=True,
        default="stated",
    )
    is_identified = fields.Boolean("Identified", readonly=True, copy=False)
    is_message = fields.Boolean(
        "Message",
        compute="_compute_is_message",
        search="_search_is_message",
        help="Its author is not identified as the law asks: it is answered where possible, but is no appeal by law.",
    )
    attachment_ids = fields.Many2many("ir.attachment", "feedback_appeal_file_rel", string="Files", copy=False)
    receipt_hash = fields.Char(readonly=True, copy=False, groups="base.group_system")
    author_key = fields.Char(readonly=True, copy=False, groups="base.group_system", index="btree_not_null")

    # what the office says of it
    document_number = fields.Char(
        "Registration Number", help="In the authority's own system of documents.", index="btree_not_null", copy=False
    )
    document_date = fields.Date("Registration Date", help="In the authority's own system of documents.", copy=False)
    topic_id = fields.Many2one("feedback.topic", index=True, check_company=True, ondelete="restrict")
    territory_id = fields.Many2one("feedback.territory", index=True, check_company=True, ondelete="restrict")
    service_id = fields.Many2one("qms.service", index="btree_not_null", check_company=True, ondelete="restrict")
    point_id = fields.Many2one("qms.service.point", "Service Point", check_company=True, ondelete="restrict")
    # Tracked: who takes a name out of a complaint, so that it can be given to whom it is about, is seen.
    about_department_id = fields.Many2one(
        "hr.department", "About the Unit", check_company=True, tracking=True, help="It is never given to this unit."
    )
    about_employee_id = fields.Many2one(
        "hr.employee",
        "About the Person",
        check_company=True,
        tracking=True,
        help="It is never given to, nor read by, this person.",
    )
    about_user_id = fields.Many2one(related="about_employee_id.user_id", store=True, string="Login of the Person")
    department_id = fields.Many2one("hr.department", "Unit that answers", index=True, check_company=True, tracking=True)
    is_simple = fields.Boolean(
        "Needs no Study", help="Nothing has to be looked into: the law sets a shorter term for the answer."
    )
    is_corruption = fields.Boolean("Concerns Corruption", readonly=True, copy=False)
    former_user_ids = fields.Many2many(
        "res.users",
        "feedback_appeal_former_user_rel",
        string="Gave it back",
        readonly=True,
        copy=False,
        help="They still read what became of it.",
    )

    # terms
    date_registered = fields.Date("Registered on", readonly=True, copy=False)
    registration_due = fields.Date("Register by", readonly=True, copy=False)
    forwarding_due = fields.Date("Forward by", readonly=True, copy=False)
    deadline_first = fields.Date("First Deadline", readonly=True, copy=False)
    extension_reason = fields.Text("Reason for the Extension", readonly=True, copy=False)
    is_extended = fields.Boolean("Extended", compute="_compute_is_extended")

    # what became of it
    answer = fields.Text(copy=False)
    answer_attachment_ids = fields.Many2many(
        "ir.attachment", "feedback_appeal_answer_file_rel", string="Files of the Answer", copy=False
    )
    answer_author_id = fields.Many2one("res.users", "Answer written by", readonly=True, copy=False)
    approver_id = fields.Many2one("res.users", "Approved by", readonly=True, copy=False)
    date_answered = fields.Date("Answered on", readonly=True, copy=False)
    return_reason = fields.Text("Sent Back because", readonly=True, copy=False)
    forward_body_id = fields.Many2one("qms.body", "Forward to the Body", copy=False, check_company=True)
    forward_to = fields.Char("Forward to", copy=False, help="An authority that is not in the register of bodies.")
    forward_reason = fields.Text("Why it was forwarded", readonly=True, copy=False)
    refusal_ground_id = fields.Many2one(
        "feedback.refusal.ground",
        "Ground of Refusal",
        ondelete="restrict",
        copy=False,
        domain="[('profile_id', '=', profile_id)]",
    )
    refusal_reason = fields.Text("Why it was refused", readonly=True, copy=False)
    withdrawal_reason = fields.Text("Why it was withdrawn", readonly=True, copy=False)
    date_closed = fields.Date("Closed on", readonly=True, copy=False)
    answer_score = fields.Integer(
        "Mark of the Answer", readonly=True, copy=False, aggregator="avg", help="By the author; 0 without a mark."
    )
    is_solved = fields.Selection(
        [("unknown", "Not known"), ("solved", "Solved"), ("unsolved", "Not solved")],
        "Solved",
        required=True,
        readonly=True,
        default="unknown",
        copy=False,
        help="What the author says. That an appeal is closed doesn't make it solved.",
    )
    reopen_count = fields.Integer("Re-opened", readonly=True, copy=False)
    message_line_ids = fields.One2many("feedback.appeal.message", "appeal_id", "Dialogue", readonly=True)
    nonconformity_ids = fields.One2many(
        "qms.nonconformity",
        "origin_id",
        "Nonconformities",
        readonly=True,
        domain=lambda self: [("origin_model", "=", self._name)],
    )
    nonconformity_count = fields.Integer("Nonconformities raised", compute="_compute_counts")
    action_ids = fields.One2many(
        "qms.action", "origin_id", "Actions", readonly=True, domain=lambda self: [("origin_model", "=", self._name)]
    )
    action_count = fields.Integer("Actions raised", compute="_compute_counts")

    # serves the receipt page
    _receipt = models.UniqueIndex("(receipt_hash) WHERE receipt_hash IS NOT NULL")
    # serves the counts by topic, territory and month
    _company_received = models.Index("(company_id, date_received)")
    _score_range = models.Constraint(
        "CHECK (answer_score BETWEEN 0 AND 5)", "The mark of the answer is a whole number from 1 to 5."
    )
    _text_length = models.Constraint(
        f"CHECK (char_length(text) <= {TEXT_LIMIT} OR channel NOT IN ('web', 'qr', 'kiosk', 'link', 'api'))",
        f"The text is too long: at most {TEXT_LIMIT} characters. Shorten it, or attach it as a file.",
    )

    # === COMPUTES === #

    def _expand_states(self, _states, _domain):
        return [state for state, _label in self._fields["state"].selection]

    @api.depends("number", "document_number", "kind_id.name")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for appeal in self:
            # Never the author: names don't belong into subjects, reminders and logs.
            number = appeal.document_number or appeal.number or ""
            appeal.display_name = f"{number} {appeal.kind_id.sudo().name or ''}".strip()  # sudo: profile of the law

    @api.depends("text")
    def _compute_excerpt(self):
        for appeal in self:
            appeal.excerpt = shorten(appeal.text or "", EXCERPT, placeholder="…")

    @api.depends("is_identified", "kind_id.needs_identity")
    def _compute_is_message(self):
        for appeal in self:
            appeal.is_message = appeal.kind_id.needs_identity and not appeal.is_identified

    def _search_is_message(self, operator, value):
        if operator != "in":
            return NotImplemented
        found = Domain("kind_id.needs_identity", "=", True) & Domain("is_identified", "=", False)
        return found if True in value else ~found

    @api.depends("nonconformity_ids", "action_ids")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_counts(self):
        for appeal in self:
            appeal.nonconformity_count = len(appeal.nonconformity_ids)
            appeal.action_count = len(appeal.action_ids)

    @api.model
    def _waiting_domain(self):
        """Return the domain of what still waits for an answer."""
        return Domain("state", "in", WAITING)

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        rows = [{**vals, **self._law_of(vals)} for vals in vals_list]
        appeals = super().create(rows)
        for appeal in appeals:
            appeal._transition({"state": "new", **appeal._received_vals()})
        appeals._adopt_files()
        appeals._call_office()
        appeals._wake_alike()
        return appeals

    def write(self, vals):
        if not (self.env.su or self._in_transition()) and (names := set(vals) - self._frozen_writable):
            for appeal in self:
                appeal._check_may_write(names)
        result = super().write(vals)
        if COUNTED_AS & set(vals) and not self._in_transition():
            for appeal in self:
                appeal._transition(
                    {"is_identified": appeal._identified(), "registration_due": appeal._registration_due()}
                )
        if {"answer_attachment_ids"} & set(vals):
            self._adopt_files()
        return result

    @api.model
    def _born_vals(self):
        born = {**super()._born_vals(), "is_solved": "unknown", "date_deadline": False, "answer": False}
        if not (self.env.su or self.env.user.has_group("citizen_feedback.group_feedback_manager")):
            # Who answers, a feedback manager says.
            born |= dict.fromkeys(ASSIGNED, False)
        return born

    @api.model
    def _law_of(self, vals):
        """Return the authority and the legal profile that new values fall under."""
        company = self.env["res.company"].browse(vals.get("company_id") or self.env.company.id)
        moment = fields.Datetime.to_datetime(vals.get("date_received")) or fields.Datetime.now()
        profile = company._feedback_profile(company._qms_day_of(moment))
        if not profile:
            raise UserError(
                self.env._(
                    "No law on appeals is in force for “%s” on that day, so no term could be counted. A "
                    "feedback manager chooses it in Configuration, Laws on Appeals.",
                    company.sudo().name,  # sudo: the name of an authority is no secret
                )
            )
        return {"company_id": company.id, "profile_id": profile.id}

    def _adopt_files(self):
        """Tie files that were uploaded before the appeal was saved to it: who reads it reads them."""
        for appeal in self:
            # sudo: as in _adopt_evidence
            files = appeal.sudo().attachment_ids | appeal.sudo().answer_attachment_ids
            files.filtered(self._is_stray_file).write({"res_model": appeal._name, "res_id": appeal.id})
            # Those of the answer go to the author: nobody sends him what he may not read himself.
            files.sudo(self.env.su).check_access("read")

    # === BUSINESS METHODS === #

    def _duty_summary(self):
        return self.env._("Answer the appeal")

    @api.model
    def _duty_open_domain(self):
        # What waits to be registered is nobody's duty yet; when that takes too long, the managers are told.
        return super()._duty_open_domain() & Domain("state", "!=", "new")

    def _day_verb(self, user):
        return "answer" if user == self.responsible_user_id else super()._day_verb(user)

    def _identified(self):
        """Tell whether the author is identified as the law asks."""
        self.ensure_one()
        appeal = self.sudo()  # sudo: the contact is not readable by everybody who saves
        if appeal.identity == "verified":
            return True
        profile = appeal.profile_id
        if profile.verified_online and appeal.channel in ELECTRONIC:
            return False
        if profile.identification == "none":
            return True
        where = appeal.author_address or (appeal.author_contact if profile.identification == "contact" else False)
        if not where and "@" in (appeal.author_contact or ""):
            where = appeal.author_contact
        return bool((appeal.author_name or appeal.organisation or "").strip() and (where or "").strip())
