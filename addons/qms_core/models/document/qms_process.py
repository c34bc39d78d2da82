from collections import defaultdict

from odoo import models


class QmsProcess(models.Model):
    """Documents of a process, and whom they bind."""

    _name = "qms.process"
    _inherit = ["qms.process", "qms.documented.mixin"]
    _documents_field = "process_ids"

    def _bound_roles(self):
        """Return the roles that have a part in each process: owner, letters, steps in force.

        :return: ``{process id: set of role ids}``
        """
        roles = defaultdict(set)
        for process in self:
            roles[process.id] |= set(process.owner_role_id.ids)
        letters = self.env["qms.responsibility"]._read_group(
            [("process_id", "in", self.ids)], ["process_id"], ["role_id:array_agg_distinct"]
        )
        steps = self.env["qms.process.step"]._read_group(
            [("version_id", "in", self.version_id.ids), ("role_id", "!=", False)],
            ["version_id"],
            ["role_id:array_agg_distinct"],
        )
        of_version = {version.id: found for version, found in steps}
        for process, found in letters:
            roles[process.id] |= set(found)
        for process in self:
            roles[process.id] |= set(of_version.get(process.version_id.id, ()))
        return roles
