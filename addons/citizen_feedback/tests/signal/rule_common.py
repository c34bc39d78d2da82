from datetime import timedelta

from odoo import fields

from ..common import FeedbackCase


class RuleCase(FeedbackCase):
    """An authority whose only rule is the one of the test."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["feedback.rule"].with_context(active_test=False).search([]).active = False

    @classmethod
    def _rule(cls, kind, **vals):
        return cls.env["feedback.rule"].create(
            {"name": f"Rule {kind}", "kind": kind, "company_id": cls.company.id, **vals}
        )

    @classmethod
    def _ratings(cls, marks, days=0.1, **vals):
        """Rate some days ago."""
        date = fields.Datetime.now() - timedelta(days=days)
        return cls.env["feedback.rating"].browse(cls._rating(mark, date=date, **vals).id for mark in marks)

    @classmethod
    def _watch(cls, rule):
        return rule.sudo()._watch().sudo(False)
