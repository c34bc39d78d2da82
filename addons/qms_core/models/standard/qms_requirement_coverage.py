from collections import defaultdict
from dataclasses import dataclass

from odoo import api, fields, models
from odoo.fields import Domain

from ...lib import framework


@dataclass
class Judged:
    """The clauses of some authorities by id: what the engine was told and what it found."""

    nodes: dict
    statuses: dict
    through: dict
    answers: dict


class QmsRequirement(models.Model):
    """What answers a requirement, directly or through a mapping, and what is a hole.

    Addons add what answers by extending ``_answers``.
    """

    _inherit = "qms.requirement"

    coverage = fields.Selection(
        [
            (framework.ANSWERED, "Answered"),
            (framework.MAPPED, "Answered through a mapping"),
            (framework.PARTLY, "Partly answered"),
            (framework.OPEN, "Not answered"),
            (framework.EXCLUDED, "Not applicable"),
        ],
        compute="_compute_coverage",
        search="_search_coverage",
    )
    answered_by = fields.Char(compute="_compute_coverage")
    answered_through = fields.Char(compute="_compute_coverage", help="Clauses whose answers serve this one as well.")
    is_heading = fields.Boolean(compute="_compute_is_heading")

    # === COMPUTES === #

    @api.depends("applicable", "parent_id", "process_ids", "responsibility_ids.letter_id", "mapping_from_ids.strength")
    @api.depends_context("lang")
    def _compute_coverage(self):
        judged = self._judge(self.company_id)
        self.answered_by = self.answered_through = False
        for requirement in self:
            # A clause that is still being entered, or archived, is told as not answered.
            requirement.coverage = judged.statuses.get(requirement._origin.id, framework.OPEN)
            answers = judged.answers.get(requirement._origin.id, ())
            requirement.answered_by = ", ".join(map(self._answer_label, answers))
            if requirement.coverage in (framework.MAPPED, framework.PARTLY):
                sources = self.browse(judged.through.get(requirement._origin.id, ()))
                requirement.answered_through = ", ".join(f"{row.standard_id.code} {row.clause}" for row in sources)

    @api.depends("child_ids")
    def _compute_is_heading(self):
        for requirement in self:
            requirement.is_heading = bool(requirement.child_ids)

    @api.model
    def _search_coverage(self, operator, value):
        if operator != "in":
            return NotImplemented
        statuses = self._judge(self.env.companies).statuses
        return Domain("id", "in", [key for key, status in statuses.items() if status in value])

    # === ACTIONS === #

    def action_view_processes(self):
        """Show the processes that answer this requirement.

        :return: a window action
        """
        self.ensure_one()
        return {
            **self.env["ir.actions.act_window"]._for_xml_id("qms_core.qms_process_action"),
            "domain": [("id", "in", self.process_ids.ids)],
            "context": {},
        }

    # === BUSINESS METHODS === #

    def _answers(self):
        """Hook: return what answers these requirements directly.

        Processes that name the clause, and roles that perform or are accountable for it; who is only asked or
        told doesn't answer it. An addon adds its records: ``answers[requirement.id].append(document)``.

        :return: ``{id of the requirement: [record of any model]}``, a dict that starts with an empty list
        """
        answers = defaultdict(list)
        for requirement in self:
            answers[requirement.id] += requirement.process_ids
            answers[requirement.id] += requirement.responsibility_ids.filtered(
                lambda row: row.letter_id.accountable or row.letter_id.performs
            )
        return answers

    @api.model
    def _answer_label(self, answer):
        """Hook: return how an answer is called in a list of many."""
        if answer._name == "qms.process":
            return answer.code
        if answer._name == "qms.responsibility":
            return f"{answer.role_id.name} ({answer.letter_id.letter})"
        return answer.display_name

    @api.model
    def _judge(self, companies):
        """Judge all clauses of some authorities at once, as answers pass from one standard to another.

        :param companies: ``res.company``
        :rtype: Judged
        """
        requirements = self.search([("company_id", "in", companies.ids)])
        answers = requirements._answers()
        nodes = {
            requirement.id: framework.Node(
                requirement.parent_id.id, requirement.applicable, bool(answers[requirement.id])
            )
            for requirement in requirements
        }
        mappings = self.env["qms.requirement.mapping"].search([("company_id", "in", companies.ids)])
        return Judged(nodes, *framework.cover(nodes, mappings._directed()), answers)
