from odoo import api, models


class QmsWorkbook(models.AbstractModel):
    """What the staff sheets mean beyond their records: heads of units, units of people, letters of roles."""

    _inherit = "qms.workbook"

    @api.model
    def _settle(self, wanted, snapshot):
        notes = super()._settle(wanted, snapshot)
        letters = self._responsibilities(snapshot)
        if wanted is not None:
            # A process without rows says nothing about its responsibilities.
            told = {key[0] for key in wanted["responsibilities"]}
            letters = {key: record_id for key, record_id in letters.items() if key[0] in told}
            notes += self._settle_managers(wanted, snapshot)
        snapshot.extra["responsibilities"] = letters
        snapshot.rows["responsibilities"] = {
            key: dict(zip(("process", "role", "letter"), key, strict=True)) for key in letters
        }
        return notes

    @api.model
    def _settle_managers(self, wanted, snapshot):
        """A unit whose manager's position nobody holds keeps its manager."""
        people = {**snapshot.rows["employees"], **wanted["employees"]}
        held = {values["job"] for values in people.values()}
        notes = []
        for key, values in wanted["units"].items():
            if values["manager"] and values["manager"] not in held:
                notes.append(
                    self.env._(
                        "Nobody holds the position %(job)s, so the head of the unit %(unit)s stays as it is.",
                        job=values["manager"],
                        unit=key[0],
                    )
                )
                values["manager"] = snapshot.rows["units"].get(key, {}).get("manager", "")
        return notes

    @api.model
    def _responsibilities(self, snapshot):
        """Return ``{(process, role, letter): id of the row}``; the accountable letter is the owner field: no id."""
        processes, roles = snapshot.codes["processes"], snapshot.codes["roles"]
        accountable = self.env["qms.letter.set"]._current()._accountable().letter
        found = {
            (values["code"], values["owner"], accountable): False
            for values in snapshot.rows["processes"].values()
            if values["owner"] and accountable
        }
        # What follows from the steps is told by their sheet.
        domain = [("process_id", "in", list(processes)), ("origin", "=", "hand")]
        for row in self.env["qms.responsibility"].search(domain):
            if row.role_id.id in roles:
                found[processes[row.process_id.id], roles[row.role_id.id], row.letter_id.letter] = row.id
        return found

    @api.model
    def _vals(self, sheet, values, columns, load):
        vals = super()._vals(sheet, values, columns, load)
        if sheet.name == "employees" and "job_id" in vals:
            # sudo: as in _model
            vals["department_id"] = self.env["hr.job"].sudo().browse(vals["job_id"]).department_id.id
        return vals

    @api.model
    def _load_sheet(self, sheet, load):
        super()._load_sheet(sheet, load)
        if sheet.name == "employees":
            self._move_people(load)
            self._load_managers(load)
        elif sheet.name == "responsibilities":
            self._load_responsibilities(load)

    @api.model
    def _move_people(self, load):
        """People follow their position into its new unit."""
        moved = {
            item.key: load.snapshot.ids["jobs"][item.key]
            for item in load.differences["jobs"]
            if item.kind == "changed" and "unit" in item.changes
        }
        employees = self._people(load) if moved else ()
        for job in self.env["hr.job"].sudo().browse(moved.values()):  # sudo: as in _model
            people = employees.filtered(lambda employee, job=job: employee.job_id == job)
            if people:
                people.write({"department_id": job.department_id.id})

    @api.model
    def _load_managers(self, load):
        changed = [item.key for item in load.differences["units"] if "manager" in item.changes]
        employees = self._people(load) if changed else ()
        for key in changed:
            # sudo: as in _model
            unit = self.env["hr.department"].sudo().browse(load.snapshot.ids["units"][key])
            job_id = load.snapshot.ids["jobs"].get((load.wanted["units"][key]["manager"],))
            holders = employees.filtered(lambda employee, job_id=job_id: employee.job_id.id == job_id)
            own = holders.filtered(lambda employee, unit=unit: employee.department_id == unit)
            unit.manager_id = (own or holders)[:1] if job_id else False

    @api.model
    def _people(self, load):
        """Return the employees of the model by code."""
        ids = load.snapshot.ids["employees"]
        return self.env["hr.employee"].sudo().browse(ids[key] for key in sorted(ids))  # sudo: as in _model

    @api.model
    def _load_responsibilities(self, load):
        differences = load.differences["responsibilities"]
        if not differences:
            return
        ids = load.snapshot.ids
        letters = self._letters()
        rows = self.env["qms.responsibility"]
        gone = [load.snapshot.extra["responsibilities"][item.key] for item in differences if item.kind == "removed"]
        rows.browse(record_id for record_id in gone if record_id).unlink()
        rows.create(
            [
                {
                    "process_id": ids["processes"][process,],
                    "role_id": ids["roles"][role,],
                    "letter_id": letters[letter].id,
                }
                for process, role, letter in (item.key for item in differences if item.kind == "new")
                if not letters[letter].accountable
            ]
        )

    @api.model
    def _after_load(self, load):
        super()._after_load(load)
        if any(load.differences[name] for name in ("units", "jobs", "employees", "roles")):
            self.env["qms.role"].browse(load.snapshot.ids["roles"].values())._reconcile()
