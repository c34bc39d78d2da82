from odoo import api, models

# Events happen, nobody does them.
EVENTS = ("start", "end", "event")


class QmsDocumentProvider(models.AbstractModel):
    """Processes and functions, by their versions in force."""

    _inherit = "qms.document.provider"

    @api.model
    def _providers(self):
        return {**super()._providers(), "process": (self.env._("Process"), "qms.process")}

    @api.model
    def _names_process(self):
        step = {
            "number": self.env._("Number of the step"),
            "key": self.env._("Key of the step"),
            "name": self.env._("What is done"),
            "role": self.env._("Who does it"),
            "unit": self.env._("Unit of who does it"),
            "documents": self.env._("Documents of the step"),
            "system": self.env._("Information system"),
            "minutes": self.env._("Touch time, minutes"),
            "wait": self.env._("Waiting, hours"),
            "visa": self.env._("Mark of a control point"),
        }
        flow = {"name": self.env._("Input or output"), "other": self.env._("From or to whom")}
        return {
            "process": {
                "code": self.env._("Code"),
                "name": self.env._("Name"),
                "kind": self.env._("Kind"),
                "nature": self.env._("Nature"),
                "scope": self.env._("Scope"),
                "whole": self.env._("Part of"),
                "owner": self.env._("Owner"),
                "unit": self.env._("Unit"),
                "version": self.env._("Number of the version in force"),
                "in_force_since": self.env._("In force since"),
                "purpose": self.env._("Purpose"),
                "resources": [self.env._("Resource")],
                "criteria": [self.env._("Control criterion")],
                "legal_acts": [self.env._("Act")],
                "steps": [step],
                "performers": [{"role": self.env._("Role"), "steps": [self.env._("What the role does")]}],
                "inputs": [flow],
                "outputs": [flow],
                "letters": [
                    {
                        "role": self.env._("Role"),
                        "letter": self.env._("Letter"),
                        "meaning": self.env._("Meaning of the letter"),
                    }
                ],
                "indicators": [self._names_of_indicator()],
                "requirements": [self._names_of_requirement()],
                "services": [{"code": self.env._("Code"), "name": self.env._("Service")}],
            }
        }

    @api.model
    def _names_of_indicator(self):
        return {
            "code": self.env._("Code"),
            "name": self.env._("Indicator"),
            "target": self.env._("Target with unit"),
            "period": self.env._("How often it is measured"),
            "method": self.env._("How it is measured"),
            "owner": self.env._("Who answers for it"),
        }

    @api.model
    def _names_of_requirement(self):
        return {
            "standard": self.env._("Code of the standard"),
            "clause": self.env._("Clause"),
            "name": self.env._("Title of the clause"),
        }

    @api.model
    def _conditions_process(self):
        return {
            "has_steps": self.env._("Steps are described"),
            "has_flows": self.env._("Inputs or outputs are described"),
            "has_resources": self.env._("Resources are described"),
            "has_criteria": self.env._("Control criteria are described"),
            "has_legal_acts": self.env._("Legal acts are named"),
            "has_indicators": self.env._("Indicators measure it"),
            "has_requirements": self.env._("It answers requirements"),
            "has_letters": self.env._("Responsibilities are given"),
            "has_services": self.env._("Services are delivered by it"),
            "is_function": self.env._("It is a function without request"),
            "between_bodies": self.env._("Several bodies take part"),
        }

    @api.model
    def _blocks_process(self):
        return {
            "process_card": self.env._("Card of the process"),
            "process_flows": self.env._("Table of inputs and outputs"),
            "process_steps": self.env._("Table of steps"),
            "process_letters": self.env._("Table of responsibilities"),
            "process_indicators": self.env._("Table of indicators"),
        }

    @api.model
    def _subjects_process(self, company):
        return self.env["qms.process"].search([("company_id", "=", company.id), ("version_id", "!=", False)])

    @api.model
    def _collect_process(self, processes):
        return {process.id: self._process_material(process) for process in processes}

    @api.model
    def _process_material(self, process):
        version = process.version_id
        card = self._process_card(process)
        body = {
            "version": version.number or "",
            "in_force_since": self._day(version.date_approved),
            "purpose": version.purpose or "",
            "resources": self._lines(version.resources),
            "criteria": self._lines(version.criteria),
            "legal_acts": self._lines(version.legal_basis),
            "steps": self._step_rows(version),
            "inputs": self._flow_rows(version, "input"),
            "outputs": self._flow_rows(version, "output"),
            "_map": self._map_data(version),
        }
        body["performers"] = self._performers(body["steps"])
        lists = {
            "letters": self._letter_rows(process),
            "indicators": [self._indicator_row(indicator) for indicator in process.indicator_ids],
            "requirements": [self._requirement_row(requirement) for requirement in process.requirement_ids],
            "services": [{"code": service.code, "name": service.name} for service in process.service_ids],
        }
        conditions = {
            "has_steps": bool(body["steps"]),
            "has_flows": bool(body["inputs"] or body["outputs"]),
            **{f"has_{name}": bool(body[name]) for name in ("resources", "criteria", "legal_acts")},
            **{f"has_{name}": bool(rows) for name, rows in lists.items()},
            "is_function": process.nature == "function",
            "between_bodies": process.scope == "between",
        }
        sources = [
            self._source(process, [card, lists["letters"], lists["requirements"]]),
            *([self._source(version, body)] if version else []),
            *map(self._source, process.indicator_ids, lists["indicators"]),
            *map(self._source, process.service_ids, lists["services"]),
        ]
        return {"process": {**card, **body, **lists}}, conditions, sources

    @api.model
    def _process_card(self, process):
        return {
            "code": process.code,
            "name": process.name,
            "kind": self._label(process, "kind"),
            "nature": self._label(process, "nature"),
            "scope": self._label(process, "scope"),
            "whole": process.parent_id.name or "",
            "owner": process.owner_role_id.name or "",
            "unit": process.department_id.name or "",
        }

    @api.model
    def _step_rows(self, version):
        steps = version.step_ids.filtered(lambda step: step.kind not in EVENTS).sorted("sequence")
        return [
            {
                "number": number,
                "key": step.key,
                "name": step.name,
                "role": step.role_id.name or "",
                "unit": step.department_id.name or step.role_id.department_id.name or "",
                "documents": "; ".join(self._lines(step.documents)),
                "system": step.information_system or "",
                "minutes": self._number(step.touch_minutes),
                "wait": self._number(step.wait_hours),
                "visa": "✓" if step.control_point else "",
            }
            for number, step in enumerate(steps, start=1)
        ]

    @api.model
    def _performers(self, steps):
        performers = {}
        for step in steps:
            if step["role"]:
                performers.setdefault(step["role"], []).append(step["name"])
        return [{"role": role, "steps": names} for role, names in performers.items()]

    @api.model
    def _flow_rows(self, version, direction):
        flows = version.flow_ids.filtered(lambda flow: flow.direction == direction)
        return [{"name": flow.name, "other": self._flow_end(flow)} for flow in flows]

    @api.model
    def _flow_end(self, flow):
        return flow.party_id.name or flow.other_process_id.display_name or ""

    @api.model
    def _letter_rows(self, process):
        rows = process.responsibility_ids.sorted(lambda row: (row.letter_id.sequence, row.role_id.name or ""))
        return [
            {"role": row.role_id.name, "letter": row.letter_id.letter, "meaning": row.letter_id.name} for row in rows
        ]

    @api.model
    def _indicator_row(self, indicator):
        return {
            "code": indicator.code,
            "name": indicator.name,
            "target": f"{self._number(indicator.target)} {indicator.unit_of_measure or ''}".strip(),
            "period": self._label(indicator, "period"),
            "method": indicator.method or "",
            "owner": indicator.owner_role_id.name or "",
        }

    @api.model
    def _requirement_row(self, requirement):
        return {
            "standard": requirement.standard_id.code,
            "clause": requirement.clause,
            "name": requirement.name,
        }

    @api.model
    def _day(self, day):
        """Return a day as people write it in the language of the document."""
        return day.strftime("%d.%m.%Y") if day else ""
