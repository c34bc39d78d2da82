from datetime import timedelta

from odoo import api, models

# Members of the city's commissions and teams: role -> codes of employees.
MEMBERS = {
    "R-OFFICERS": ("E-030", "E-008", "E-012", "E-032", "E-034"),
    "R-AUDITORS": ("E-021", "E-023", "E-014"),
    "R-TENDER": ("E-025", "E-020", "E-014"),
    "R-CONTEST": ("E-004", "E-011", "E-013"),
    "R-EMERG": ("E-003", "E-038", "E-017"),
    "R-COMMITTEE": ("E-001", "E-002", "E-003", "E-004"),
}
# Deputies: role, employee, rank.
DEPUTIES = (
    ("R-CNAP-HEAD", "E-030", 1),
    ("R-CNAP-HEAD", "E-029", 2),
    ("R-GEN-HEAD", "E-010", 1),
    ("R-MAYOR", "E-002", 1),
    ("R-CQC", "E-003", 1),
    ("R-MANAGER", "E-005", 1),
    ("R-QCOORD", "E-008", 1),
    ("R-ORG-HEAD", "E-007", 1),
    ("R-LAW-HEAD", "E-014", 1),
    ("R-FIN-HEAD", "E-020", 1),
    ("R-AUDLEAD", "E-023", 1),
    ("R-APP-HEAD", "E-032", 1),
    ("R-APP-SPEC", "E-031", 1),
    ("R-LAND-HEAD", "E-034", 1),
    ("R-LAND-SPEC", "E-035", 1),
    ("R-ARCH-HEAD", "E-037", 1),
    ("R-ACO", "E-013", 1),
)


class QmsDemo(models.AbstractModel):
    """Who holds what by order: commissions, deputies, and an absence of the day."""

    _inherit = "qms.demo"

    @api.model
    def _play_scenario(self):
        super()._play_scenario()
        today = self.env.company._qms_today()
        rows = [self._holder(role, code, basis="Розпорядження № 12-р") for role in MEMBERS for code in MEMBERS[role]]
        rows += [self._holder(role, code, kind="deputy", rank=rank) for role, code, rank in DEPUTIES]
        heads = self.env["hr.department"].search([("manager_id", "!=", False), ("parent_id", "!=", False)]).manager_id
        rows += [self._holder("R-HEADS", employee.qms_code) for employee in heads]
        rows.append(
            self._holder(
                "R-ARCH-HEAD",
                "E-037",
                kind="acting",
                acted_for_id=self._person("E-036").id,
                reason="leave",
                date_from=today - timedelta(days=3),
                date_to=today + timedelta(days=11),
                basis="Розпорядження № 27-к",
                basis_date=today - timedelta(days=5),
            )
        )
        rows += self._administrator_rows()
        self._as("hr").env["qms.role.holder"].create(rows)

    @api.model
    def _administrator_rows(self):
        """Who administers the installation is no employee of the table, but works with the city's own."""
        person = self.env.ref("base.user_admin").employee_id
        role = self._holder("R-IT-ADM", "E-016")
        return [{**role, "employee_id": person.id, "kind": "deputy"}] if person else []

    @api.model
    def _holder(self, role_code, employee_code, **vals):
        role = self.env["qms.role"].search([("code", "=", role_code), ("company_id", "=", self.env.company.id)])
        return {"role_id": role.id, "employee_id": self._person(employee_code).id, **vals}

    @api.model
    def _person(self, code):
        return self.env["hr.employee"].search([("qms_code", "=", code), ("company_id", "=", self.env.company.id)])
