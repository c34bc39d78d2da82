from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

ANSWERS = [("yes", "Yes"), ("no", "No")]
VERDICTS = [
    ("keep", "Keep"),
    ("merge", "Merge"),
    ("reduce", "Reduce"),
    ("transfer", "Transfer"),
    ("drop", "No regulation possible"),
]
CRITERIA = ("has_legal_basis", "is_duplicate", "in_demand", "can_reduce", "can_transfer", "can_regulate")
# Answers that speak against leaving a function as it is.
DOUBTS = {"has_legal_basis": "no", "is_duplicate": "yes", "in_demand": "no", "can_regulate": "no"}


class QmsScreeningLine(models.Model):
    """One function or service before the commission: the answers, the verdict and its reason."""

    _name = "qms.screening.line"
    _description = "Screened Function"
    _inherit = ["qms.frozen.line.mixin"]
    _order = "screening_id, entry, label, id"
    _rec_name = "label"
    _check_company_auto = True
    _frozen_parent = "screening_id"

    screening_id = fields.Many2one("qms.screening", required=True, index=True, ondelete="restrict")
    company_id = fields.Many2one(related="screening_id.company_id", store=True, index=True)
    screening_kind = fields.Selection(related="screening_id.kind")
    process_id = fields.Many2one("qms.process", index=True, check_company=True, ondelete="restrict")
    service_id = fields.Many2one("qms.service", index=True, check_company=True, ondelete="restrict")
    # Without dependency on the names: the minutes keep what it was called.
    label = fields.Char("Function or Service", compute="_compute_label", store=True)
    entry = fields.Selection([("function", "Function"), ("service", "Service")], compute="_compute_label", store=True)
    department_id = fields.Many2one("hr.department", "Unit", compute="_compute_department_id")
    has_legal_basis = fields.Selection(ANSWERS, "Legal Basis", help="Does a legal act give it to this authority?")
    is_duplicate = fields.Selection(ANSWERS, "Duplicate", help="Does it repeat what another function does?")
    in_demand = fields.Selection(ANSWERS, help="Does anybody ask for it or use what it gives?")
    can_reduce = fields.Selection(ANSWERS, "Reducible", help="Could it do with fewer steps, documents or days?")
    can_transfer = fields.Selection(
        ANSWERS, "Transferable", help="Could a non-governmental organisation, a business or another unit do it?"
    )
    can_regulate = fields.Selection(ANSWERS, "Regulation", help="Can a regulation be written for it?")
    verdict = fields.Selection(VERDICTS)
    merge_process_id = fields.Many2one(
        "qms.process", "Merge with", check_company=True, ondelete="restrict", domain="[('id', '!=', process_id)]"
    )
    merge_service_id = fields.Many2one(
        "qms.service",
        "Merge with Service",
        check_company=True,
        ondelete="restrict",
        domain="[('id', '!=', service_id)]",
    )
    transfer_department_id = fields.Many2one(
        "hr.department", "Transfer to Unit", check_company=True, ondelete="restrict"
    )
    transfer_party_id = fields.Many2one(
        "qms.party", "Transfer to Outside Party", check_company=True, ondelete="restrict"
    )
    reason = fields.Text()
    target = fields.Char("With or to Whom", compute="_compute_target")
    previous_verdict = fields.Selection(VERDICTS, "First Verdict", compute="_compute_previous_verdict")
    # compute_sudo: what came of a verdict is told to all who may read the verdict.
    outcome = fields.Selection(
        [("kept", "Kept as it is"), ("open", "Nothing done yet"), ("progress", "Under way"), ("done", "Carried out")],
        compute="_compute_outcome",
        compute_sudo=True,
        help="What came of the verdict until today.",
    )

    _one_subject = models.Constraint(
        "CHECK ((process_id IS NULL) <> (service_id IS NULL))",
        "A line is about one function or one service. Choose the one or the other.",
    )
    _process_once = models.UniqueIndex("(screening_id, process_id)", "This function is on the list already.")
    _service_once = models.UniqueIndex("(screening_id, service_id)", "This service is on the list already.")

    # === CONSTRAINTS === #

    @api.constrains("merge_process_id", "merge_service_id", "process_id", "service_id")
    def _check_merge_with_another(self):
        for line in self:
            if (line.merge_process_id or line.merge_service_id) and line._merge_target() == line._subject():
                raise ValidationError(
                    self.env._("“%s” can't be merged with itself. Choose the one it repeats.", line.label)
                )

    @api.constrains("transfer_department_id", "transfer_party_id")
    def _check_one_receiver(self):
        for line in self:
            if line.transfer_department_id and line.transfer_party_id:
                raise ValidationError(
                    self.env._("“%s” goes to one receiver. Choose a unit or an outside party.", line.label)
                )

    # === COMPUTES === #

    @api.depends("process_id", "service_id")
    def _compute_label(self):
        for line in self:
            subject = line._subject()
            line.label = subject.display_name
            line.entry = "service" if line.service_id or subject.nature == "service" else "function"

    @api.depends("process_id.department_id", "service_id.department_id")
    def _compute_department_id(self):
        for line in self:
            line.department_id = line._subject().department_id

    @api.depends("verdict", "merge_process_id", "merge_service_id", "transfer_department_id", "transfer_party_id")
    def _compute_target(self):
        for line in self:
            line.target = line._target().with_context(hierarchical_naming=False).display_name

    @api.depends("screening_id.previous_id.line_ids.verdict", "process_id", "service_id")
    def _compute_previous_verdict(self):
        for line in self:
            earlier = line.screening_id.previous_id.line_ids
            line.previous_verdict = earlier.filtered(lambda old, line=line: old._subject() == line._subject()).verdict

    @api.depends(
        "verdict",
        "screening_id.state",
        "process_id.active",
        "process_id.department_id",
        "process_id.version_id",
        "service_id.active",
        "service_id.department_id",
    )
    def _compute_outcome(self):
        for line in self:
            line.outcome = line.verdict and line.screening_id.state == "concluded" and line._outcome()

    # === CRUD === #

    def unlink(self):
        begun = self.screening_id.filtered(lambda screening: screening.state == "progress" and screening.decided_count)
        if begun:
            raise UserError(
                self.env._(
                    "The commission is passing its verdicts, so what is on the list of “%s” stays for it to decide.",
                    begun[0].name,
                )
            )
        return super().unlink()

    # === BUSINESS METHODS === #

    @api.model
    def _criteria(self):
        """Return the names of the fields that hold the commission's answers."""
        return CRITERIA

    def _subject(self):
        """Return the function (``qms.process``) or service (``qms.service``) of the line."""
        self.ensure_one()
        return self.service_id or self.process_id

    def _merge_target(self):
        return self.merge_service_id if self.service_id else self.merge_process_id

    def _target(self):
        """Return what it is merged with or to whom it goes; an empty recordset for other verdicts."""
        self.ensure_one()
        if self.verdict == "merge":
            return self._merge_target()
        if self.verdict == "transfer":
            return self.transfer_department_id or self.transfer_party_id
        return self.env["qms.process"]

    def _changes(self):
        """Tell whether the verdict changes something."""
        self.ensure_one()
        return bool(self.verdict) and self.verdict != "keep"

    def _gives_up(self):
        """Tell whether by the verdict the authority no longer has the function as one of its own."""
        self.ensure_one()
        return self.verdict in ("merge", "drop") or (self.verdict == "transfer" and bool(self.transfer_party_id))

    def _doubts(self):
        """Tell whether an answer speaks against leaving the function as it is."""
        self.ensure_one()
        return any(self[name] == answer for name, answer in DOUBTS.items())

    def _problem(self):
        """Return one sentence that says what the line lacks to be decided, or nothing."""
        self.ensure_one()
        if not self.verdict:
            return self.env._("%s: there is no verdict.", self.label)
        if self.verdict == "merge" and not self._target():
            return self.env._("%s: say what it is merged with.", self.label)
        if self.verdict == "transfer" and not self._target():
            return self.env._("%s: say which unit or outside party it goes to.", self.label)
        if self.verdict == "drop" and self.can_regulate != "no":
            return self.env._("%s: “No regulation possible” needs the answer “No” under “Regulation”.", self.label)
        if self._changes() and not (self.reason or "").strip():
            return self.env._("%s: the verdict changes something, so it needs a reason.", self.label)
        if self._doubts() and not (self.reason or "").strip():
            return self.env._("%s: an answer speaks against keeping it, so say why it is kept.", self.label)
        return ""

    def _outcome(self):
        """Hook: what came of the verdict, as far as the model itself shows it.

        :return: a value of ``outcome``
        """
        self.ensure_one()
        subject = self._subject()
        if self.verdict == "keep":
            return "kept"
        if self.verdict == "reduce":
            approved = self.process_id.version_id.date_approved
            done = approved and approved > self.screening_id.date_concluded
        elif self.verdict == "transfer" and self.transfer_department_id:
            done = subject.department_id == self.transfer_department_id
        else:
            done = not subject.active
        return "done" if done else "open"

    def _seal_content(self):
        self.ensure_one()
        return {
            "subject": self._seal_reference(self._subject()),
            "label": self.label,
            **{name: self[name] or "" for name in CRITERIA},
            "verdict": self.verdict,
            "target": self._seal_reference(self._target()),
            "reason": self.reason or "",
        }

    @api.model
    def _seal_reference(self, record):
        """Return by what sealed contents refer to a record: nothing that changes when it is renumbered or renamed."""
        if not record:
            return ""
        return [record._name, record._seal_code() if record._name == "qms.process" else record.id]

    def _seal_content_before(self):
        target = self._target()
        code = target.qms_code if target._name == "hr.department" else target.code
        return {**self._seal_content(), "code": self._subject().code, "target": code or ""}
