from odoo import Command, fields, models

# Whoever is named here takes part in the work.
WORKERS = {"responsible_id", "deputy_ids"}


class QmsWorkerMixin(models.AbstractModel):
    """Work that another person checks: who took part stays known when it has gone to somebody else.

    The model inherits ``qms.frozen.mixin`` as well and names ``former_user_ids`` in ``_by_method``.
    """

    _name = "qms.worker.mixin"
    _description = "Work that another person checks"

    # States in which who answers is at work; before them he has done nothing yet.
    _work_states = ()

    former_user_ids = fields.Many2many("res.users", string="Took Part Earlier", readonly=True, copy=False)

    def write(self, vals):
        at_work = self.filtered(lambda record: WORKERS & set(vals) and record.state in record._work_states)
        before = {record: record._workers_now() for record in at_work}
        result = super().write(vals)
        for record, users in before.items():
            if gone := users - record._workers_now():
                record._transition({"former_user_ids": [Command.link(user.id) for user in gone]})
        return result

    def _workers_now(self):
        """Hook: return who takes part in the work as it is given now (``res.users``)."""
        return self.responsible_user_id
