"""The cron of low ratings was woken by each of them; now it looks every minute by itself."""

from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    env = api.Environment(cr, SUPERUSER_ID, {})
    cron = env.ref("citizen_feedback.ir_cron_signals", raise_if_not_found=False)
    if cron:
        cron.write({"interval_number": 1, "interval_type": "minutes"})
