"""Actions remember since when they are under way: what their effect is measured from."""

from odoo.tools import SQL


def migrate(cr, version):
    # The day of the start was not kept; no action began before it was entered.
    cr.execute(
        SQL(
            "UPDATE qms_action SET date_started = create_date::date "
            "WHERE date_started IS NULL AND state IN ('open', 'done', 'closed')"
        )
    )
