from odoo import api, models

# Standards about corruption: what a position has to do for them is told apart.
ANTI_CORRUPTION = ("ISO37001",)


class QmsDocumentProvider(models.AbstractModel):
    """Positions: what is written down for them, and what the model in force asks of them."""

    _inherit = "qms.document.provider"

    @api.model
    def _providers(self):
        return {**super()._providers(), "position": (self.env._("Position"), "qms.role")}

    @api.model
    def _names_position(self):
        line = {"text": self.env._("Text"), "basis": self.env._("Legal basis"), "decided_by": self.env._("Decided by")}
        group = {"process": self.env._("Process"), "lines": [self.env._("Text")]}
        clause = {**self._names_of_requirement(), "meaning": self.env._("Meaning of the letter")}
        return {
            "position": {
                "code": self.env._("Code"),
                "name": self.env._("Position"),
                "unit": self.env._("Unit"),
                "chief": self.env._("To whom it reports"),
                "headcount": self.env._("Approved headcount"),
                "deputies": [self.env._("Who stands in")],
                "subordinates": [self.env._("Who reports to it")],
                "duties": [line],
                "authorities": [line],
                "responsibilities": [line],
                "process_duties": [group],
                "process_authorities": [group],
                "owned": [{"code": self.env._("Code"), "name": self.env._("Process")}],
                "clauses": [clause],
                "anti_corruption": [clause],
                "skills": [
                    {
                        "type": self.env._("Kind of skill"),
                        "name": self.env._("Skill"),
                        "level": self.env._("Level at least"),
                    }
                ],
                "trainings": [self.env._("Training")],
            }
        }

    @api.model
    def _conditions_position(self):
        return {
            "is_head": self.env._("It leads a unit"),
            "is_owner": self.env._("It owns processes"),
            "is_officer": self.env._("Who holds it is quality officer of a unit"),
            "has_duties": self.env._("Duties are written down"),
            "has_authorities": self.env._("Authorities are written down"),
            "has_responsibilities": self.env._("Responsibilities are written down"),
            "has_process_duties": self.env._("Processes ask something of it"),
            "has_process_authorities": self.env._("Processes let it decide"),
            "has_clauses": self.env._("It answers for requirements"),
            "has_anti_corruption": self.env._("It answers for anti-corruption requirements"),
            "has_skills": self.env._("Skills are required"),
            "has_trainings": self.env._("Trainings are required"),
            "has_deputies": self.env._("Somebody stands in"),
            "has_subordinates": self.env._("Others report to it"),
        }

    @api.model
    def _blocks_position(self):
        return {"position_card": self.env._("Card of the position"), "position_skills": self.env._("Table of skills")}

    @api.model
    def _subjects_position(self, company):
        return self.env["qms.role"].search([("company_id", "=", company.id), ("kind", "in", ("position", "head"))])

    @api.model
    def _collect_position(self, roles):
        shared = {
            "duties": self._grouped(roles._model_duties(), "role_id"),
            "letters": self._requirement_letters(roles),
            "owned": self.env["qms.process"].search([("owner_role_id", "in", roles.ids)]).grouped("owner_role_id"),
            "chiefs": self._chiefs(roles),
            "officers": self.env["hr.department"].search([("company_id", "in", roles.company_id.ids)]).qms_officer_ids,
        }
        return {role.id: self._position_material(role, shared) for role in roles}

    @api.model
    def _position_material(self, role, shared):
        duties = shared["duties"].get(role.id, [])
        letters = shared["letters"].get(role, self.env["qms.responsibility"])
        owned = shared["owned"].get(role, self.env["qms.process"])
        card = self._position_card(role, shared["chiefs"])
        written = {
            name: [self._duty_row(duty) for duty in role.duty_ids if duty.kind == kind]
            for name, kind in (("duties", "duty"), ("authorities", "authority"), ("responsibilities", "responsibility"))
        }
        asked = {
            "process_duties": self._by_process(duties, "duty"),
            "process_authorities": self._by_process(duties, "authority"),
            "owned": [{"code": process.code, "name": process.name} for process in owned],
        }
        apart = letters.filtered(lambda row: row.requirement_id.standard_id.code.startswith(ANTI_CORRUPTION))
        clauses = {
            "clauses": [self._clause_row(row) for row in letters - apart],
            "anti_corruption": [self._clause_row(row) for row in apart],
        }
        lists = {**card, **written, **asked, **clauses}
        conditions = {
            **{f"has_{name}": bool(rows) for name, rows in lists.items() if type(rows) is list and name != "owned"},
            "is_head": role.kind == "head" or role in shared["chiefs"].get("heads", ()),
            "is_owner": bool(owned),
            "is_officer": bool(role._holders() & shared["officers"]),
        }
        sources = [
            self._source(role, [card, written, clauses, conditions["is_officer"], conditions["is_head"]]),
            *self._process_sources(duties, owned),
        ]
        return {"position": lists}, conditions, sources

    @api.model
    def _position_card(self, role, chiefs):
        skills = sorted(role._required_skills().items(), key=lambda pair: (pair[0].skill_type_id.name, pair[0].name))
        return {
            "code": role.code,
            "name": role.name,
            "unit": role.department_id.name or "",
            "chief": chiefs["of"].get(role, ""),
            "headcount": role.headcount,
            "deputies": self._deputies(role),
            "subordinates": chiefs["below"].get(role, []),
            "skills": [
                {"type": skill.skill_type_id.name, "name": skill.name, "level": level.name} for skill, level in skills
            ],
            "trainings": self._lines(role.required_training),
        }

    @api.model
    def _deputies(self, role):
        """Return the positions of who stands in: a job description names no people."""
        deputies = role.holder_ids._counting().filtered(lambda row: row.kind == "deputy").employee_id
        return sorted(filter(None, {employee.job_title or employee.job_id.name for employee in deputies}))

    @api.model
    def _duty_row(self, duty):
        return {
            "text": duty.text,
            "basis": duty.legal_basis or "",
            "decided_by": duty.decided_by_id.name or "",
        }

    @api.model
    def _clause_row(self, row):
        return {**self._requirement_row(row.requirement_id), "meaning": row.letter_id.name}

    @api.model
    def _by_process(self, duties, kind):
        groups = {}
        for duty in duties:
            if duty["kind"] == kind:
                groups.setdefault(duty["process"], []).append(self._duty_text(duty))
        return [{"process": process, "lines": lines} for process, lines in sorted(groups.items())]

    @api.model
    def _duty_text(self, duty):
        if duty["kind"] == "authority" and duty["source"] == "step":
            return self.env._("decides: %s", duty["text"])
        return duty["text"]

    @api.model
    def _process_sources(self, duties, owned):
        """Return the processes that ask something of a position, each with what it asks."""
        asked = self._grouped(duties, "process_id")
        processes = self.env["qms.process"].browse(asked) | owned
        return [
            self._source(
                process,
                [[row["kind"], row["text"]] for row in asked.get(process.id, [])] + [process in owned, process.name],
            )
            for process in processes.sorted("id")
        ]

    @api.model
    def _grouped(self, rows, name):
        groups = {}
        for row in rows:
            groups.setdefault(row[name], []).append(row)
        return groups

    @api.model
    def _requirement_letters(self, roles):
        """Return ``{role: rows}`` of the letters that roles have for requirements that apply."""
        rows = self.env["qms.responsibility"].search(
            [("role_id", "in", roles.ids), ("requirement_id.applicable", "=", True)]
        )
        rows = rows.sorted(lambda row: (row.requirement_id.standard_id.code, row.requirement_id.sort_key or ""))
        return rows.grouped("role_id")

    @api.model
    def _chiefs(self, roles):
        """Return who reports to whom, by the units: ``{"of": {role: name}, "below": {role: names}, "heads": roles}``.

        The manager's position leads the unit and reports to who leads the unit above.
        """
        staff = self.env["qms.role"].search(
            [("company_id", "in", roles.company_id.ids), ("kind", "in", ("position", "head"))]
        )
        leading = {}
        for role in staff:
            manager = role.department_id.manager_id
            if role.kind == "head" or (manager and manager.job_id in role.job_ids):
                leading.setdefault(role.department_id, role)
        of, below = {}, {}
        for role in staff:
            unit = role.department_id
            chief = leading.get(unit)
            while unit and (not chief or chief == role):
                unit = unit.parent_id
                chief = leading.get(unit)
            if chief and chief != role:
                of[role] = chief.name
                below.setdefault(chief, []).append(role.name)
        heads = self.env["qms.role"].concat(*leading.values())
        return {"of": of, "below": {chief: sorted(names) for chief, names in below.items()}, "heads": heads}
