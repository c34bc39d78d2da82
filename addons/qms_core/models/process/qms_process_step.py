from odoo import api, fields, models

YEAR_MINUTES = 365 * 24 * 60


class QmsProcessStep(models.Model):
    """A step of a process version. ``key`` is its identity across versions, workbooks and BPMN files."""

    _name = "qms.process.step"
    _description = "Process Step"
    _inherit = ["qms.frozen.line.mixin"]
    _order = "version_id, sequence, id"
    _check_company_auto = True
    _frozen_parent = "version_id"

    version_id = fields.Many2one("qms.process.version", required=True, index=True, ondelete="restrict")
    company_id = fields.Many2one(related="version_id.company_id", store=True, index=True)
    key = fields.Char(required=True, default="s010")
    sequence = fields.Integer(default=10)
    name = fields.Char(required=True)
    kind = fields.Selection(
        [
            ("start", "Start"),
            ("task", "Task"),
            ("decision", "Decision"),
            ("subprocess", "Subprocess"),
            ("event", "Event"),
            ("end", "End"),
        ],
        required=True,
        default="task",
    )
    role_id = fields.Many2one("qms.role", "Performed by", index=True, check_company=True, ondelete="restrict")
    # What is related is read as superuser: a process between bodies shows names of another authority.
    role_name = fields.Char("Role", related="role_id.name")
    department_id = fields.Many2one("hr.department", "Unit", check_company=True)
    department_name = fields.Char("Name of the Unit", related="department_id.name")
    touch_minutes = fields.Float("Touch Time (min)", aggregator="sum")
    wait_hours = fields.Float(
        "Waiting Time (h)", aggregator="sum", help="In working hours: a day of waiting is 8, a week is 40."
    )
    information_system = fields.Char()
    control_point = fields.Boolean(help="The result is confirmed by a visa before it goes on.")
    documents = fields.Char()

    _key_version = models.UniqueIndex("(version_id, key)", "The version has a step with this key already.")
    _touch_range = models.Constraint(
        f"CHECK (touch_minutes >= 0 AND touch_minutes <= {YEAR_MINUTES})",
        "The touch time must lie between 0 and one year. Correct the minutes.",
    )
    _wait_range = models.Constraint(
        "CHECK (wait_hours >= 0 AND wait_hours <= 87600)",
        "The waiting time must lie between 0 and ten years. Correct the hours.",
    )

    @api.model
    def default_get(self, fields_list):
        """Offer the next free key and sequence of the version that is being edited."""
        values = super().default_get(fields_list)
        siblings = self.browse()
        if version_id := self.env.context.get("default_version_id"):
            siblings = self.search([("version_id", "=", version_id)])
        last = max(siblings.mapped("sequence"), default=0)
        values.update(sequence=last + 10, key=f"s{last + 10:03d}")
        return values

    def _seal_content(self):
        self.ensure_one()
        return {
            "key": self.key,
            "sequence": self.sequence,
            "name": self.name,
            "kind": self.kind,
            "role": self.role_id.id,
            "unit": self.department_id.id,
            "touch_minutes": self.touch_minutes,
            "wait_hours": self.wait_hours,
            "information_system": self.information_system or "",
            "control_point": self.control_point,
            "documents": self.documents or "",
        }

    def _seal_content_before(self):
        return {
            **self._seal_content(),
            "role": self.role_id.code or "",
            "unit": self.department_id.qms_code or "",
        }
