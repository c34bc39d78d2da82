from odoo import api, fields, models
from odoo.exceptions import UserError

DEVIATIONS = ("minor", "major")


class QmsAuditLine(models.Model):
    """One question of the checklist and what the auditors found."""

    _name = "qms.audit.line"
    _description = "Checklist Line"
    _inherit = ["qms.audit.part.mixin"]
    _order = "audit_id, process_id, sequence, id"
    _rec_name = "question"

    sequence = fields.Integer(default=10)
    source = fields.Selection(
        [
            ("check", "Check of every audit"),
            ("criterion", "Criterion of the process"),
            ("control", "Control point"),
            ("requirement", "Requirement"),
            ("own", "Own question"),
        ],
        required=True,
        readonly=True,
        default="own",
    )
    question = fields.Text(required=True)
    requirement_id = fields.Many2one("qms.requirement", check_company=True, ondelete="restrict")
    answer = fields.Selection(
        [
            ("conform", "Conforms"),
            ("minor", "Minor deviation"),
            ("major", "Major deviation"),
            ("observation", "Observation"),
            ("not_applicable", "Not applicable"),
        ],
        index=True,
    )
    finding_ids = fields.One2many("qms.audit.finding", "line_id", "Findings")

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines.filtered(lambda line: line.answer or line.evidence)._check_under_way()
        return lines

    def write(self, vals):
        if {"answer", "evidence"} & set(vals):
            self._check_parent_open()
            self._check_under_way()
        return super().write(vals)

    # === ACTIONS === #

    def action_find(self):
        """Open the form of a new finding that this answer leads to.

        :return: a window action
        """
        self.ensure_one()
        self._check_under_way()
        if self.answer not in (*DEVIATIONS, "observation"):
            raise UserError(self.env._("Only a deviation or an observation leads to a finding. Answer the line first."))
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Finding"),
            "res_model": "qms.audit.finding",
            "views": [(False, "form")],
            "target": "new",
            "context": {f"default_{name}": value for name, value in self._finding_vals().items()},
        }

    # === BUSINESS METHODS === #

    def _finding_vals(self):
        self.ensure_one()
        return {
            "audit_id": self.audit_id.id,
            "line_id": self.id,
            "process_id": self.process_id.id,
            "kind": "nonconformity" if self.answer in DEVIATIONS else "observation",
            "severity": "major" if self.answer == "major" else "minor",
            "evidence": self.evidence,
        }

    @api.model
    def _questions_of(self, process, standard):
        """Return what is asked about a process, read from the model as it is in force.

        :param process: ``qms.process``
        :param standard: ask about the clauses of this one only; empty for all (``qms.standard``)
        :return: list of values of checklist lines, in the order of asking
        """
        clauses = process.requirement_ids.filtered(
            lambda clause: clause.applicable and (not standard or clause.standard_id == standard)
        )
        controls = process.step_ids.filtered("control_point").sorted("sequence")
        criteria = [part.strip() for part in (process.criteria or "").replace(";", "\n").splitlines()]
        questions = [{"source": "check", "question": question} for question in self._checks_of_every_audit()]
        questions += [
            {"source": "criterion", "question": self.env._("Is it measured and met: “%s”?", criterion)}
            for criterion in criteria
            if criterion
        ]
        questions += [
            {"source": "control", "question": self.env._("Is the result confirmed before it goes on: “%s”?", step.name)}
            for step in controls
        ]
        questions += [
            {
                "source": "requirement",
                "requirement_id": clause.id,
                "question": self.env._(
                    "Is it fulfilled: %(standard)s, %(clause)s?",
                    standard=clause.standard_id.code,
                    clause=clause.display_name,
                ),
            }
            for clause in clauses
        ]
        return [
            {**question, "process_id": process.id, "sequence": 10 * number}
            for number, question in enumerate(questions, start=1)
        ]

    @api.model
    def _checks_of_every_audit(self):
        """Return the five questions that each internal audit asks."""
        return [
            self.env._("How are the policy and the goals in quality and against corruption carried out?"),
            self.env._("Are the tasks and duties of the staff fulfilled, and in full?"),
            self.env._("Are documents and records kept and stored as prescribed?"),
            self.env._("Does the staff know the acts that govern its procedures, the anti-corruption law included?"),
            self.env._("In what condition are the technical means, and how are they used?"),
        ]

    def _seal_content(self):
        self.ensure_one()
        return {
            "process": self.process_id.id,
            "question": self.question,
            "requirement": self.requirement_id.id,
            "answer": self.answer or "",
            "evidence": self.evidence or "",
        }
