from odoo import api, fields, models

from ...lib import framework


class QmsStandard(models.Model):
    """How much of a standard is answered, counted over what has to be answered: clauses without applied parts."""

    _inherit = "qms.standard"

    answered_count = fields.Integer("Answered", compute="_compute_coverage")
    mapped_count = fields.Integer("Through a Mapping", compute="_compute_coverage")
    partly_count = fields.Integer("Partly Answered", compute="_compute_coverage")
    open_count = fields.Integer("Not Answered", compute="_compute_coverage")
    excluded_count = fields.Integer("Not Applicable", compute="_compute_coverage")
    coverage_percent = fields.Float(
        "Coverage (%)",
        compute="_compute_coverage",
        help="Clauses that are answered, directly or wholly through a mapping, among those that apply.",
    )

    @api.depends("requirement_ids.coverage")
    def _compute_coverage(self):
        judged = self.env["qms.requirement"]._judge(self.company_id)
        for standard in self:
            nodes = {key: judged.nodes[key] for key in standard.requirement_ids.ids if key in judged.nodes}
            counts, standard.coverage_percent = framework.tally(nodes, {key: judged.statuses[key] for key in nodes})
            for status in (
                framework.ANSWERED,
                framework.MAPPED,
                framework.PARTLY,
                framework.OPEN,
                framework.EXCLUDED,
            ):
                standard[f"{status}_count"] = counts[status]

    def _coverage_headline(self):
        """Return in one line how much is answered and how much is left."""
        self.ensure_one()
        return self.env._(
            "%(standard)s: coverage %(percent)s %%, holes: %(holes)s",
            standard=self.code,
            percent=int(self.coverage_percent),
            holes=self.open_count + self.partly_count,
        )

    def _coverage_rows(self):
        """Return the clauses as the printed matrix shows them.

        :return: ``[{requirement, level, status, label, processes, roles, others, through}]`` in the order of clauses
        :rtype: list[dict]
        """
        self.ensure_one()
        labels = dict(self.env["qms.requirement"]._fields["coverage"]._description_selection(self.env))
        answering = self.requirement_ids._answers()
        rows = []
        for requirement in self.requirement_ids.sorted("sort_key"):
            answers = answering[requirement.id]
            rows.append(
                {
                    "requirement": requirement,
                    "level": requirement.parent_path.count("/") - 1,
                    "status": requirement.coverage,
                    "label": labels[requirement.coverage],
                    "processes": [answer.display_name for answer in answers if answer._name == "qms.process"],
                    "roles": [
                        requirement._answer_label(answer) for answer in answers if answer._name == "qms.responsibility"
                    ],
                    "others": [
                        requirement._answer_label(answer)
                        for answer in answers
                        if answer._name not in ("qms.process", "qms.responsibility")
                    ],
                    "through": requirement.answered_through,
                    "reason": requirement._exclusion_reason(),
                }
            )
        return rows
