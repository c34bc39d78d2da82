import csv

from odoo import api, models
from odoo.tools import file_open

# The process that the city wants to change, the folder with what it shall become, and why.
CHANGED = "P-2.04"
FOLDER = "green_corridor"
REASON = (
    "Зелений коридор для земельних ділянок. Заявник приходить в одне вікно двічі: по послугу й по рішення. "
    "Проєкт землеустрою замовляє місто, ділянку оглядають спільним виїздом, рада ухвалює одне рішення замість двох, "
    "тож повторного погодження тих самих документів немає."
)


class QmsDemo(models.AbstractModel):
    """What a process shall become: a to-be version that waits for the decision, to be compared with today's."""

    _inherit = "qms.demo"

    @api.model
    def _play_scenario(self):
        super()._play_scenario()
        self._play_to_be()

    @api.model
    def _play_to_be(self):
        """The coordinator proposes the green corridor; the commissioner has not decided yet.

        :return: the version in review
        """
        process = self._as("coordinator").env["qms.process"].search([("code", "=", CHANGED)], limit=1)
        version = process._new_version()
        version.write({"variant": "to_be", "reason": REASON})
        version.transition_ids.unlink()
        version.step_ids.unlink()
        self._load_steps(version, self._folder_table(f"{FOLDER}/steps"), self._folder_table(f"{FOLDER}/transitions"))
        version.action_submit()
        return version

    @api.model
    def _folder_table(self, name):
        """Return the rows of a CSV file of the city as ``[{header: text}]``."""
        with file_open(f"qms_core/demo/city/{name}.csv") as stream:
            return list(csv.DictReader(stream))

    @api.model
    def _load_steps(self, version, steps, transitions):
        """Give an empty draft its steps and transitions, told by codes as in the workbook."""
        roles = {role.code: role.id for role in self.env["qms.role"].search([])}
        units = {unit.qms_code: unit.id for unit in self.env["hr.department"].search([])}
        records = version.step_ids.create(
            [
                {
                    "version_id": version.id,
                    "key": row["key"],
                    "sequence": int(row["sequence"]),
                    "name": row["name"],
                    "kind": row["kind"],
                    "role_id": roles[row["role"]],
                    "department_id": row["unit"] and units[row["unit"]],
                    "touch_minutes": float(row["touch_minutes"]),
                    "wait_hours": float(row["wait_hours"]),
                    "information_system": row["system"],
                    "control_point": row["control_point"] == "1",
                    "documents": row["documents"],
                }
                for row in steps
            ]
        )
        ids = {step.key: step.id for step in records}
        version.transition_ids.create(
            [
                {
                    "version_id": version.id,
                    "source_id": ids[row["source"]],
                    "target_id": ids[row["target"]],
                    "label": row["label"],
                    "share": float(row["share"] or 0),
                }
                for row in transitions
            ]
        )
