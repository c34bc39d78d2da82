"""What was one field becomes records: letters of responsibility, norms and channels of services, headcounts.

The columns of removed fields stay until the update ends, so that their contents can be read here.
"""

from odoo import SUPERUSER_ID, api
from odoo.tools import SQL, sql


def migrate(cr, version):
    env = api.Environment(cr, SUPERUSER_ID, {})
    _letters_of_responsibility(env)
    _norms_of_services(env)
    _channels_of_services(env)
    _headcounts(env)


def _letters_of_responsibility(env):
    """R, C and I were values of a selection; they are the letters of the set RACI now."""
    if not sql.column_exists(env.cr, "qms_responsibility", "letter"):
        return
    # Rows from steps may have been derived during the update; they give way to those by hand and come back below.
    env.cr.execute(SQL("DELETE FROM qms_responsibility WHERE origin = 'steps'"))
    for letter in env.ref("qms_core.letter_set_raci").letter_ids:
        env.cr.execute(
            SQL(
                "UPDATE qms_responsibility SET letter_id = %s, origin = 'hand' WHERE letter = %s AND letter_id IS NULL",
                letter.id,
                letter.letter,
            )
        )
    env.invalidate_all()
    env["qms.responsibility"]._derive(env["qms.process"].with_context(active_test=False).search([]))


def _norms_of_services(env):
    """The deadline of a service becomes its first norm, in force since the service was entered."""
    if not sql.column_exists(env.cr, "qms_service", "deadline_days"):
        return
    env.cr.execute(
        SQL(
            """SELECT id, deadline_days, deadline_kind, create_date::date FROM qms_service
            WHERE deadline_days > 0 AND NOT EXISTS (SELECT FROM qms_service_norm WHERE service_id = qms_service.id)"""
        )
    )
    names = ("service_id", "deadline_days", "deadline_kind", "valid_from")
    env["qms.service.norm"].create([dict(zip(names, row, strict=True)) for row in env.cr.fetchall()])


def _channels_of_services(env):
    """Free text can't be sorted into channels by a program: it is kept as a note for who maintains the service."""
    if not sql.column_exists(env.cr, "qms_service", "channels"):
        return
    env.cr.execute(SQL("SELECT id, channels FROM qms_service WHERE channels <> ''"))
    for service_id, text in env.cr.fetchall():
        service = env["qms.service"].browse(service_id)
        service.message_post(body=env._("Channels so far, to be chosen from the list now: %s", text))


def _headcounts(env):
    """The approved headcount of a job is that of its only position."""
    if not sql.column_exists(env.cr, "hr_job", "qms_headcount"):
        return
    env.cr.execute(SQL("SELECT id, qms_headcount FROM hr_job WHERE qms_headcount > 0"))
    headcounts = dict(env.cr.fetchall())
    roles = env["qms.role"].with_context(active_test=False).search([("kind", "in", ("position", "head"))])
    for job in roles.job_ids.filtered(lambda job: job.id in headcounts):
        positions = roles.filtered(lambda role, job=job: role.job_ids == job)
        if len(positions) == 1:
            positions.headcount = headcounts[job.id]
