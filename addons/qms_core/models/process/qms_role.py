from odoo import models


class QmsRole(models.Model):
    """What the processes in force ask of a role."""

    _inherit = "qms.role"

    def _in_use(self):
        # Asked in groups: a role stands in hundreds of steps.
        named = [
            *self.env["qms.process.step"]._read_group(self._steps_in_force_domain(), ["role_id"]),
            *self.env["qms.process"]._read_group([("owner_role_id", "in", self.ids)], ["owner_role_id"]),
            *self.env["qms.responsibility"]._read_group(self._letters_domain(), ["role_id"]),
        ]
        return super()._in_use() & self.browse().union(*(role for (role,) in named))

    def _model_duties(self):
        return super()._model_duties() + self._owner_duties() + self._step_duties() + self._letter_duties()

    def _steps_in_force(self):
        """Return the steps that these roles perform, of versions in force."""
        return self.env["qms.process.step"].search(self._steps_in_force_domain())

    def _steps_in_force_domain(self):
        return [
            ("role_id", "in", self.ids),
            ("kind", "in", ("task", "decision", "subprocess")),
            ("version_id.state", "=", "approved"),
            ("version_id.process_id.active", "=", True),
        ]

    def _owned_processes(self):
        """Return the processes that these roles own."""
        return self.env["qms.process"].search([("owner_role_id", "in", self.ids)])

    def _letters(self):
        """Return the rows of the responsibility matrix that name these roles."""
        return self.env["qms.responsibility"].search(self._letters_domain())

    def _letters_domain(self):
        return [("role_id", "in", self.ids), ("process_id.active", "=", True)]

    def _owner_duties(self):
        return [
            self._duty_row(process.owner_role_id, process, "responsibility", process.name, "owner")
            for process in self._owned_processes()
        ]

    def _step_duties(self):
        return [
            self._duty_row(
                step.role_id,
                step.version_id.process_id,
                "authority" if step.kind == "decision" else "duty",
                step.name,
                "step",
            )
            for step in self._steps_in_force()
        ]

    def _letter_duties(self):
        """The letters, but for those that steps of the same process tell in more words already."""
        told = {(step.role_id.id, step.version_id.process_id.id) for step in self._steps_in_force()}
        return [
            # Who doesn't perform is asked or told: that is a right, not a duty.
            self._duty_row(
                row.role_id,
                row.process_id,
                "duty" if row.letter_id.performs else "authority",
                row.letter_id.name,
                "letter",
            )
            for row in self._letters()
            if not row.letter_id.performs or (row.role_id.id, row.process_id.id) not in told
        ]

    def _duty_row(self, role, process, kind, text, source):
        return {
            "role_id": role.id,
            "kind": kind,
            "text": text,
            "source": source,
            "process_id": process.id,
            "process": process.display_name,
        }
