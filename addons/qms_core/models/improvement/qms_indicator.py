from collections import Counter

from odoo import api, fields, models
from odoo.fields import Domain

from ...lib.measuring import Provider
from ...lib.periods import period_of


class QmsIndicator(models.Model):
    """What improvement adds to indicators: the rule that raises nonconformities, and figures of its own work."""

    _inherit = "qms.indicator"

    nonconformity_after = fields.Integer(
        "Nonconformity after",
        default=0,
        help="After so many missed periods in a row a nonconformity is raised, once. 0: never.",
    )
    nonconformity_ids = fields.One2many(
        "qms.nonconformity",
        "origin_id",
        "Nonconformities",
        domain=lambda self: [("origin_model", "=", self._name)],
        readonly=True,
    )
    nonconformity_count = fields.Integer("Number of Nonconformities", compute="_compute_nonconformity_count")

    _nonconformity_after_range = models.Constraint(
        "CHECK (nonconformity_after BETWEEN 0 AND 24)",
        "A nonconformity is raised after 1 to 24 missed periods in a row; 0 means never.",
    )

    # === COMPUTES === #

    @api.depends("nonconformity_ids")
    def _compute_nonconformity_count(self):
        for indicator in self:
            indicator.nonconformity_count = len(indicator.nonconformity_ids)

    # === ACTIONS === #

    def action_view_nonconformities(self):
        """Open the nonconformities that these indicators raised."""
        return {
            **self.env["ir.actions.act_window"]._for_xml_id("qms_core.qms_nonconformity_action"),
            "domain": [("origin_model", "=", self._name), ("origin_id", "in", self.ids)],
            "context": {},
        }

    # === HOOKS === #

    @api.model
    def _get_source_models(self):
        return [*super()._get_source_models(), "qms.nonconformity", "qms.action", "qms.risk"]

    @api.model
    def _get_providers(self):
        return {
            **super()._get_providers(),
            "nonconformities_in_term": Provider(
                self.env._("Nonconformities closed in term, %"), self._provide_nonconformities_in_term
            ),
            "actions_in_term": Provider(self.env._("Actions done in term, %"), self._provide_actions_in_term),
        }

    # === BUSINESS METHODS === #

    @api.model
    def _provide_nonconformities_in_term(self, indicator, periods):
        closed = Domain("state", "=", "closed") & Domain("kind", "!=", "corruption")
        return self._share_in_term("qms.nonconformity", closed, "date_closed", indicator, periods)

    @api.model
    def _provide_actions_in_term(self, indicator, periods):
        done = Domain("nonconformity_id.kind", "!=", "corruption")
        return self._share_in_term("qms.action", done, "date_done", indicator, periods)

    @api.model
    def _share_in_term(self, model, domain, name, indicator, periods):
        """Return by period which share of records was finished on its deadline or before, in %.

        :param str name: the field with the day of finishing
        """
        domain &= Domain("company_id", "=", indicator.company_id.id) & Domain("date_deadline", "!=", False)
        domain &= Domain(name, ">=", periods[0].first) & Domain(name, "<=", periods[-1].last)
        done, in_term = Counter(), Counter()
        # By pairs of days, as the database can't be asked to compare two fields by a domain.
        for day, deadline, count in self.env[model]._read_group(
            domain, [f"{name}:day", "date_deadline:day"], ["__count"]
        ):
            period = period_of(indicator.period, day)
            done[period] += count
            in_term[period] += count if day <= deadline else 0
        return {period: 100.0 * in_term[period] / done[period] for period in periods if done[period]}
