from odoo import api, fields, models
from odoo.exceptions import UserError


class QmsPositionProposal(models.TransientModel):
    """Propose a position for each job × unit with people that the staffing table lacks."""

    _name = "qms.position.proposal"
    _description = "Positions from Staff Records"

    company_id = fields.Many2one("res.company", required=True, readonly=True, default=lambda self: self.env.company)
    line_ids = fields.One2many(
        "qms.position.proposal.line", "proposal_id", "Positions", default=lambda self: self._default_lines()
    )

    @api.model
    def _default_lines(self):
        return [(0, 0, vals) for vals in self._missing()]

    def action_create(self):
        """Create the chosen positions with their holders.

        :return: a window action that shows them
        """
        self.ensure_one()
        chosen = self.line_ids.filtered("selected")
        if not chosen:
            raise UserError(self.env._("Choose at least one position to create."))
        roles = self.env["qms.role"].create([line._role_vals() for line in chosen])
        roles._reconcile()
        return {
            **self.env["ir.actions.act_window"]._for_xml_id("qms_core.qms_position_action"),
            "domain": [("id", "in", roles.ids)],
        }

    @api.model
    def _missing(self):
        """Return what the staff records have and the staffing table lacks, as values of lines."""
        company = self.env.company
        people = self._people_by_place(company)
        known = self._known_places(company)
        codes = set(self.env["qms.role"].with_context(active_test=False).search([]).mapped("code"))
        lines = []
        for (job, unit), employees in sorted(people.items(), key=lambda item: (item[0][1].id or 0, item[0][0].name)):
            if (job, unit) in known or (job, unit.browse()) in known:
                continue
            code = self._free_code(job, codes)
            codes.add(code)
            head = len(employees) == 1 and unit.manager_id == employees
            lines.append(
                {
                    "job_id": job.id,
                    "department_id": unit.id,
                    "code": code,
                    "kind": "head" if head else "position",
                    "headcount": len(employees),
                }
            )
        return lines

    @api.model
    def _people_by_place(self, company):
        """Return ``{(job, unit): employees}`` by today's and planned versions of the staff records."""
        # sudo: the coordinator makes positions, too; of staff history only jobs and units are read.
        employees = self.env["hr.employee"].sudo().search([("company_id", "=", company.id)])
        people = {}
        for version in employees.version_ids:
            planned = version.date_version > company._qms_today()
            if version.job_id and (planned or version == version.employee_id.current_version_id):
                place = (version.job_id, version.department_id)
                people[place] = people.get(place, employees.browse()) | version.employee_id
        return people

    @api.model
    def _known_places(self, company):
        roles = self.env["qms.role"]._held_by_people(company).sudo()  # sudo: compared with the records above
        return {(job, role.department_id) for role in roles for job in role.job_ids} | {
            (role.department_id.manager_id.job_id, role.department_id)
            for role in roles
            if role.kind == "head" and not role.job_ids
        }

    @api.model
    def _free_code(self, job, taken):
        base = f"R-{(job.qms_code or str(job.id)).removeprefix('J-')}"
        numbered = (f"{base}-{number}" for number in range(2, len(taken) + 3))
        return next(code for code in (base, *numbered) if code not in taken)
