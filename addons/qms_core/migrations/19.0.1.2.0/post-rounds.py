"""Closed nonconformities get the row of their last round, which earlier versions kept on the nonconformity alone."""

from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    env = api.Environment(cr, SUPERUSER_ID, {})
    closed = (
        env["qms.nonconformity"]
        .with_context(active_test=False)
        .search([("state", "=", "closed"), ("round_ids", "=", False), ("checker_id", "!=", False)])
    )
    env["qms.nonconformity.round"].create(
        [
            {
                "nonconformity_id": record.id,
                "number": record.round_count,
                "cause": record.cause or record.name,
                "cause_class": record.cause_class,
                "plan": "\n".join(record._actions_of_round().mapped(record._plan_line)) or env._("No action."),
                "action_ids": [(6, 0, record._actions_of_round().ids)],
                "verdict": "effective",
                "checker_id": record.checker_id.id,
                "date": record.date_closed,
                "evidence": record.effect or record.name,
            }
            for record in closed
        ]
    )
