from odoo import api, models


class QmsDocumentProvider(models.AbstractModel):
    """Units: what they are for, which processes and services are theirs, and who works in them."""

    _inherit = "qms.document.provider"

    @api.model
    def _providers(self):
        return {**super()._providers(), "unit": (self.env._("Unit"), "hr.department")}

    @api.model
    def _names_unit(self):
        named = {"code": self.env._("Code"), "name": self.env._("Name")}
        return {
            "unit": {
                "code": self.env._("Code"),
                "name": self.env._("Unit"),
                "whole": self.env._("Unit above"),
                "head": self.env._("Position that leads it"),
                "chief": self.env._("To whom its head reports"),
                "headcount": self.env._("Approved headcount in all"),
                "parts": [self.env._("Unit below")],
                "positions": [{"name": self.env._("Position"), "headcount": self.env._("Approved headcount")}],
                "processes": [{**named, "purpose": self.env._("Purpose"), "owner": self.env._("Owner")}],
                "functions": [{"process": self.env._("Process"), "lines": [self.env._("What the unit does")]}],
                "taking_part": [{"process": self.env._("Process"), "lines": [self.env._("What the unit does")]}],
                "services": [{**named, "term": self.env._("Term in words")}],
                "indicators": [self._names_of_indicator()],
                "goals": [{**named, "until": self.env._("Until")}],
                "duties_of_head": [self.env._("Duty of the head")],
                "rights_of_head": [self.env._("Right of the head")],
                "legal_acts": [self.env._("Act")],
            }
        }

    @api.model
    def _conditions_unit(self):
        return {
            f"has_{name}": label
            for name, label in {
                "parts": self.env._("Units are below it"),
                "positions": self.env._("Positions are approved"),
                "processes": self.env._("Processes are its own"),
                "functions": self.env._("It performs steps of its processes"),
                "taking_part": self.env._("It takes part in processes of other units"),
                "services": self.env._("Services are its own"),
                "indicators": self.env._("Indicators measure it"),
                "goals": self.env._("Goals are set for it"),
                "duties_of_head": self.env._("Duties of its head are written down"),
                "rights_of_head": self.env._("Rights of its head are written down"),
                "legal_acts": self.env._("Legal acts are named"),
            }.items()
        }

    @api.model
    def _blocks_unit(self):
        return {
            "unit_processes": self.env._("Table of processes"),
            "unit_services": self.env._("Table of services"),
            "unit_staff": self.env._("Table of positions"),
            "unit_indicators": self.env._("Table of indicators"),
        }

    @api.model
    def _subjects_unit(self, company):
        return self.env["hr.department"].search([("company_id", "=", company.id)])

    @api.model
    def _collect_unit(self, units):
        roles = self.env["qms.role"].search([("department_id", "in", units.ids), ("kind", "in", ("position", "head"))])
        domain = [("department_id", "in", units.ids)]
        shared = {
            "roles": roles.grouped("department_id"),
            "chiefs": self._chiefs(roles) if roles else {"of": {}, "heads": roles},
            "duties": self._grouped(roles._model_duties(), "role_id"),
            "processes": self.env["qms.process"]
            .search([*domain, ("version_id", "!=", False)])
            .grouped("department_id"),
            "services": self.env["qms.service"].search(domain).grouped("department_id"),
            "indicators": self.env["qms.indicator"].search(domain).grouped("department_id"),
            "goals": self.env["qms.goal"].search([*domain, ("state", "=", "approved")]).grouped("department_id"),
        }
        return {unit.id: self._unit_material(unit, shared) for unit in units}

    @api.model
    def _unit_material(self, unit, shared):
        roles = shared["roles"].get(unit, self.env["qms.role"])
        processes = shared["processes"].get(unit, self.env["qms.process"])
        services = shared["services"].get(unit, self.env["qms.service"])
        indicators = shared["indicators"].get(unit, self.env["qms.indicator"])
        goals = shared["goals"].get(unit, self.env["qms.goal"])
        head = roles & shared["chiefs"]["heads"]
        duties = [row for role in roles for row in shared["duties"].get(role.id, []) if row["source"] == "step"]
        card = {
            "code": unit.qms_code or "",
            "name": unit.name,
            "whole": unit.parent_id.name or "",
            "head": head[:1].name or "",
            "chief": shared["chiefs"]["of"].get(head[:1], ""),
            "parts": unit.child_ids.mapped("name"),
        }
        staff = {
            "headcount": sum(roles.mapped("headcount")),
            "positions": [{"name": role.name, "headcount": role.headcount} for role in roles],
            "duties_of_head": head.duty_ids.filtered(lambda duty: duty.kind == "duty").mapped("text"),
            "rights_of_head": head.duty_ids.filtered(lambda duty: duty.kind == "authority").mapped("text"),
        }
        lists = {
            "processes": [self._unit_process_row(process) for process in processes],
            "functions": self._unit_steps([row for row in duties if row["process_id"] in processes.ids]),
            "taking_part": self._unit_steps([row for row in duties if row["process_id"] not in processes.ids]),
            "services": [
                {"code": service.code, "name": service.name, "term": service._term_text()} for service in services
            ],
            "indicators": [self._indicator_row(indicator) for indicator in indicators],
            "goals": [{"code": goal.code, "name": goal.name, "until": self._day(goal.date_end)} for goal in goals],
            "legal_acts": sorted({act for process in processes for act in self._lines(process.version_id.legal_basis)}),
        }
        data = {**card, **staff, **lists}
        sources = [
            self._source(unit, [card, staff["headcount"]]),
            *self._staff_sources(roles, head, staff),
            *map(self._source, processes, lists["processes"]),
            *self._step_sources(duties),
            *map(self._source, services, lists["services"]),
            *map(self._source, indicators, lists["indicators"]),
            *map(self._source, goals, lists["goals"]),
        ]
        conditions = {name: bool(data[name.removeprefix("has_")]) for name in self._conditions_unit()}
        return {"unit": data}, conditions, sources

    @api.model
    def _staff_sources(self, roles, head, staff):
        leading = [staff["duties_of_head"], staff["rights_of_head"]]
        return [
            self._source(role, [row, leading] if role in head else row)
            for role, row in zip(roles, staff["positions"], strict=True)
        ]

    @api.model
    def _unit_process_row(self, process):
        return {
            "code": process.code,
            "name": process.name,
            "purpose": process.version_id.purpose or "",
            "owner": process.owner_role_id.name or "",
        }

    @api.model
    def _unit_steps(self, duties):
        """Return what the positions of a unit do in processes, each step once: ``[{process, lines}]``."""
        groups = {}
        for duty in duties:
            lines = groups.setdefault(duty["process"], [])
            if duty["text"] not in lines:
                lines.append(duty["text"])
        return [{"process": process, "lines": lines} for process, lines in sorted(groups.items())]

    @api.model
    def _step_sources(self, duties):
        """Return the versions in force whose steps the unit's positions perform."""
        processes = self._grouped(duties, "process_id")
        return [
            self._source(process.version_id, [row["text"] for row in processes[process.id]])
            for process in self.env["qms.process"].browse(sorted(processes))
        ]
