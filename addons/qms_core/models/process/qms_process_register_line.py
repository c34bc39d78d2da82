from odoo import api, fields, models

# What an entry says; compared between editions and sealed with the register.
VALUES = (
    "section",
    "code",
    "name",
    "nature",
    "part_of",
    "owner",
    "department",
    "version_number",
    "date_approved",
    "checksum",
)


class QmsProcessRegisterLine(models.Model):
    """An entry of an edition: what the process or service was called and whose it was on that day.

    Texts, not links: what was approved must not change when a process is renamed or a unit reorganised.
    """

    _name = "qms.process.register.line"
    _description = "Entry of a Register"
    _inherit = ["qms.frozen.line.mixin"]
    _order = "register_id, section_order, code, id"
    _frozen_parent = "register_id"

    register_id = fields.Many2one("qms.process.register", required=True, index=True, ondelete="restrict")
    company_id = fields.Many2one(related="register_id.company_id", store=True, index=True)
    section = fields.Selection(
        [
            ("management", "Management processes"),
            ("core", "Core processes"),
            ("support", "Support processes"),
            ("measurement", "Measurement and improvement"),
            ("service", "Public services"),
        ],
        required=True,
    )
    section_order = fields.Integer(compute="_compute_section_order", store=True)
    process_id = fields.Many2one("qms.process", index=True, ondelete="set null", help="The process today.")
    code = fields.Char(required=True)
    name = fields.Char(required=True)
    nature = fields.Selection(
        [("function", "Function"), ("service", "Service"), ("internal", "Internal")], required=True
    )
    part_of = fields.Char(help="Code of the process that this one is part of, or that delivers the service.")
    owner = fields.Char()
    department = fields.Char("Unit")
    version_number = fields.Integer("Version")
    date_approved = fields.Date("In Force since")
    checksum = fields.Char()

    # === COMPUTES === #

    @api.depends("section")
    def _compute_section_order(self):
        order = [section for section, _label in self._fields["section"].selection]
        for line in self:
            line.section_order = order.index(line.section) if line.section else 0

    # === BUSINESS METHODS === #

    @api.model
    def _vals_of_process(self, process):
        """Return the entry of a process as plain values."""
        version = process.version_id
        return {
            "process_id": process.id,
            "section": process.kind,
            "code": process.code,
            "name": process.name,
            "nature": process.nature,
            "part_of": process.parent_id.code or "",
            "owner": process.owner_role_id.name or "",
            "department": process.department_id.name or "",
            "version_number": version.number,
            "date_approved": version.date_approved,
            "checksum": version.seal_checksum or "",
        }

    @api.model
    def _vals_of_service(self, service):
        """Return the entry of a service as plain values; its owner is that of the process that delivers it."""
        return {
            "process_id": service.process_id.id,
            "section": "service",
            "code": service.code,
            "name": service.name,
            "nature": "service",
            "part_of": service.process_id.code or "",
            "owner": service.process_id.owner_role_id.name or "",
            "department": service.department_id.name or "",
            "version_number": 0,
            "date_approved": False,
            "checksum": "",
        }

    @api.model
    def _key(self, row):
        """Return what an entry is recognised by in the next edition: processes and services count separately.

        :param row: an entry or its values
        """
        return ("qms.service" if row["section"] == "service" else "qms.process", row["code"])

    def _values(self):
        """Return the entry as plain values, for comparing and sealing."""
        self.ensure_one()
        return {name: self[name] for name in VALUES}

    @api.model
    def _told(self, name, before, after):
        """Return a difference in words: ``Owner: A → B``."""
        field = self._fields[name]
        if field.type == "selection":
            labels = dict(field._description_selection(self.env))
            before, after = labels.get(before), labels.get(after)
        return f"{field._description_string(self.env)}: {before or '—'} → {after or '—'}"
