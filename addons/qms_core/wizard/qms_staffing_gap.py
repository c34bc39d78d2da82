from odoo import api, fields, models


class QmsStaffingGap(models.TransientModel):
    """The holes in the staffing on one list, counted when it is opened."""

    _name = "qms.staffing.gap"
    _description = "Gap in Staffing"
    _order = "kind, name, id"

    kind = fields.Selection(
        [
            ("no_holder", "Used role that nobody performs"),
            ("vacant", "Position without an employee"),
            ("alone", "One person without deputy"),
            ("no_duties", "Position without duties"),
            ("no_position", "Employee without a position in the model"),
            ("idle", "Employee without duties"),
        ],
        required=True,
        readonly=True,
    )
    name = fields.Char("Where", readonly=True)
    unit = fields.Char(readonly=True)
    remedy = fields.Char("What to do", readonly=True)
    res_model = fields.Char(readonly=True)
    res_id = fields.Integer(readonly=True)

    @api.model
    def action_open_list(self):
        """Count the gaps of the current authority anew and open the list.

        :return: a window action
        """
        self.search([("create_uid", "=", self.env.uid)]).unlink()
        self.create([vals for kind, records in self._gaps().items() for vals in self._rows(kind, records)])
        return {
            **self.env["ir.actions.act_window"]._for_xml_id("qms_core.qms_staffing_gap_action"),
            "domain": [("create_uid", "=", self.env.uid)],
        }

    def action_open_record(self):
        """Open the role or the person concerned.

        :return: a window action
        """
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": self.res_model,
            "res_id": self.res_id,
            "views": [(False, "form")],
        }

    @api.model
    def _gaps(self):
        """Return the records with a gap, by kind of gap."""
        # sudo: who keeps the model has no right on staff records; told are only the names of who has a gap.
        roles, people = self.env["qms.role"], self.env["hr.employee"].sudo()
        staff = people.search([("company_id", "=", self.env.company.id)])
        no_position = people._without_position()
        return {
            "no_holder": roles._roles_without_holder(),
            "vacant": roles._positions_without_employee(),
            "alone": roles._roles_held_alone(),
            "no_duties": roles._positions_without_duties(),
            "no_position": no_position,
            # Who has no position has no duties either: one gap, one row.
            "idle": (staff - no_position)._without_duties(),
        }

    @api.model
    def _rows(self, kind, records):
        remedy = self._remedies()[kind]
        # People are opened by their public page, which everybody may read.
        model = "qms.role" if records._name == "qms.role" else "hr.employee.public"
        return [
            {
                "kind": kind,
                "name": record.name,
                "unit": record.department_id.name,
                "remedy": remedy,
                "res_model": model,
                "res_id": record.id,
            }
            for record in records
        ]

    @api.model
    def _remedies(self):
        return {
            "no_holder": self.env._("Appoint somebody, or let processes name another role."),
            "vacant": self.env._("Fill the position, or appoint who acts for it."),
            "alone": self.env._("Name a deputy, so that the work goes on when the person is away."),
            "no_duties": self.env._("Write down the duties, or give the position a part in a process."),
            "no_position": self.env._("Make a position of the person's job and unit."),
            "idle": self.env._("Write down the duties of the person's position."),
        }
