from odoo import models

STEP_FIELDS = (
    "name",
    "kind",
    "role_name",
    "department_name",
    "touch_minutes",
    "wait_hours",
    "control_point",
    "information_system",
    "documents",
)
FLOW_FIELDS = ("direction", "name", "end_name")
TEXT_FIELDS = ("purpose", "resources", "criteria", "legal_basis")
FIGURE_FIELDS = (
    "lead_hours",
    "lead_longest_hours",
    "touch_minutes",
    "flow_efficiency",
    "handover_count",
    "unit_handover_count",
    "applicant_contact_count",
    "approval_count",
    "role_count",
)


class QmsProcessVersion(models.Model):
    _inherit = "qms.process.version"

    def action_compare(self):
        """Open the comparison of this version with the one it is based on, else with the one in force."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Compare Versions"),
            "res_model": "qms.process.compare",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_version_id": self.id, "dialog_size": "extra-large"},
        }

    def _compared_with(self):
        """Return the version this one is compared with unless somebody chooses another."""
        self.ensure_one()
        others = self.process_id.version_ids - self
        earlier = others.filtered(lambda other: other.number < self.number)
        return self.based_on_id or (self.process_id.version_id - self) or earlier[:1] or others[:1]

    def _compare_title(self):
        """Return the heading of this version in a comparison: its number and what it is."""
        self.ensure_one()
        fields = ["variant"] if self.variant != "regular" else []
        if not fields or self.state != "draft":
            fields.append("state")
        labels = [dict(self._fields[name]._description_selection(self.env))[self[name]] for name in fields]
        return self.env._("Version %(number)s: %(what)s", number=self.number, what=" · ".join(labels))

    def _compare_content(self):
        """Return the contents as plain tables for ``lib.compare``, values as people read them.

        :return: ``{table: {key: {field: value}}}``
        """
        self.ensure_one()
        ways = self.transition_ids.sorted(lambda way: (way.source_id.sequence, way.target_id.sequence))
        return {
            "texts": {name: {name: self[name]} for name in TEXT_FIELDS if self[name]},
            "steps": {step.key: self._readable(step, STEP_FIELDS) for step in self.step_ids.sorted("sequence")},
            # Without the names of the steps: a renamed step doesn't change the ways to it.
            "transitions": {
                (way.source_id.key, way.target_id.key): self._readable(way, ("label", "share")) for way in ways
            },
            "flows": {flow.key: self._readable(flow, FLOW_FIELDS) for flow in self.flow_ids},
        }

    def _readable(self, record, names):
        """Return ``{field: text}`` of a record: labels of choices, numbers without needless zeros, empty left out."""
        values = {}
        for name in names:
            field, value = record._fields[name], record[name]
            if field.type == "selection":
                value = dict(field._description_selection(self.env)).get(value)
            elif field.type == "boolean":
                value = self.env._("Yes") if value else ""
            elif field.type == "float":
                value = f"{value:g}" if value else ""
            if value:
                values[name] = str(value)
        return values
