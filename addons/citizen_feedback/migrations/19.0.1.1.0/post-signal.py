"""Signals of earlier releases were raised by low marks: they belong to the rule that raises such signals now.

The weekly mails tell of appeals and signals from now on, as those of new authorities do.
"""

from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    env = api.Environment(cr, SUPERUSER_ID, {})
    for rule in env["feedback.rule"].search([("kind", "=", "low")]):
        signals = env["feedback.signal"].search([("company_id", "=", rule.company_id.id), ("rule_id", "=", False)])
        signals._transition({"rule_id": rule.id})
    env["digest.digest"]._tell_feedback()
