"""Values of indicators are kept by the last day of their period, no longer by any day of it."""

from odoo import SUPERUSER_ID, api
from odoo.tools import SQL

STEPS = {"month": "1 month", "quarter": "3 months", "year": "1 year"}


def migrate(cr, version):
    env = api.Environment(cr, SUPERUSER_ID, {})
    for kind, step in STEPS.items():
        _one_value_a_period(env, kind)
        _last_days(env, kind, step)
    _model_check(env)
    env.invalidate_all()
    indicators = env["qms.indicator"].with_context(active_test=False).search([])
    indicators._compute_last_value()
    env.flush_all()


def _one_value_a_period(env, kind):
    """Where a period has several values, the latest one stays; the others are written into its comment."""
    env.cr.execute(
        SQL(
            """WITH ranked AS (
                SELECT m.id, m.date, m.value, m.comment,
                    first_value(m.id) OVER same AS keeper
                FROM qms_measurement m JOIN qms_indicator i ON i.id = m.indicator_id
                WHERE i.period = %(kind)s
                WINDOW same AS (
                    PARTITION BY m.indicator_id, date_trunc(%(kind)s, m.date) ORDER BY m.date DESC, m.id DESC
                )
            ), others AS (
                SELECT keeper, string_agg(concat_ws(' ', date, value, comment), '; ' ORDER BY date) AS told
                FROM ranked WHERE id <> keeper GROUP BY keeper
            ), told AS (
                UPDATE qms_measurement m SET comment = concat_ws('; ', NULLIF(m.comment, ''), others.told)
                FROM others WHERE m.id = others.keeper
            )
            DELETE FROM qms_measurement WHERE id IN (SELECT id FROM ranked WHERE id <> keeper)""",
            kind=kind,
        )
    )


def _last_days(env, kind, step):
    env.cr.execute(
        SQL(
            """UPDATE qms_measurement m SET
                date_start = date_trunc(%(kind)s, m.date)::date,
                date = (date_trunc(%(kind)s, m.date) + %(step)s::interval)::date - 1
            FROM qms_indicator i WHERE i.id = m.indicator_id AND i.period = %(kind)s""",
            kind=kind,
            step=step,
        )
    )


def _model_check(env):
    """The indicator of the model check reads its values from the runs, and asks nobody to explain them."""
    env.cr.execute(
        SQL(
            """UPDATE qms_indicator SET source = 'provider', provider = 'model_check', explain_days = 0
            WHERE code = %s""",
            env["qms.check.run"]._indicator_code,
        )
    )
