from collections import defaultdict

from odoo import api, models

from ...lib import framework
from .qms_document_provider_authority import COMMISSIONER, QUALITY_STANDARD


class QmsDocumentProvider(models.AbstractModel):
    """The parts of what is told about the whole authority: each returns its data and the records it came from."""

    _inherit = "qms.document.provider"

    # === POLICY, GOALS, PEOPLE === #

    @api.model
    def _policy_data(self, company):
        policy = self.env["qms.policy"]._in_force(company)
        data = {
            "edition": policy.number or "",
            "act": self._act_text(policy),
            **{name: policy[name] or "" for name in ("mission", "vision", "statement")},
            **{name: self._lines(policy[name]) for name in ("priorities", "principles", "measures")},
        }
        return {"policy": data}, [self._source(policy, data)] if policy else []

    @api.model
    def _act_text(self, record):
        """Return the act that approved a record in one line; empty where none did."""
        if not record or not record.act_number:
            return ""
        kind = self._label(record, "act_kind")
        return f"{record.act_issuer}, {kind.lower()} {self._day(record.act_date)} № {record.act_number}"

    @api.model
    def _goal_data(self, company):
        goals = self.env["qms.goal"].search([("company_id", "=", company.id), ("state", "=", "approved")])
        rows = [
            {
                "code": goal.code,
                "name": goal.name,
                "owner": goal.owner_role_id.name or "",
                "until": self._day(goal.date_end),
                "measures": "; ".join(
                    f"{indicator.name}: {self._indicator_row(indicator)['target']}" for indicator in goal.indicator_ids
                ),
            }
            for goal in goals
        ]
        return {"goals": rows}, [*map(self._source, goals, rows)]

    @api.model
    def _people_data(self, company):
        """The people whom orders and the manual name: the head, the commissioner, the officers of the units."""
        users = self.env["qms.activity.mixin"]._users_of(COMMISSIONER, company)
        commissioner = users.employee_id.filtered(lambda person: person.company_id == company)[:1]
        units = self.env["hr.department"].search([("company_id", "=", company.id)])
        top = units.filtered(lambda unit: not unit.parent_id).manager_id[:1]
        rows = [{"unit": unit.name, **self._person(officer)} for unit in units for officer in unit.qms_officer_ids]
        data = {"commissioner": self._person(commissioner), "top": self._person(top), "officers": rows}
        people = commissioner | top | units.qms_officer_ids
        sources = [self._source(person, [row for row in rows if row["name"] == person.name]) for person in people]
        return data, sources

    @api.model
    def _person(self, employee):
        return {"name": employee.name or "", "position": employee.job_id.name or ""}

    # === PROCESSES === #

    @api.model
    def _registry_data(self, company):
        processes = self.env["qms.process"].search([("company_id", "=", company.id), ("version_id", "!=", False)])
        rows = {process: self._registry_row(process) for process in processes}
        labels = self._labels("qms.process", "kind")
        groups = [
            {"name": label, "processes": members}
            for kind, label in labels.items()
            if (members := [row for process, row in rows.items() if process.kind == kind])
        ]
        data = {"processes": list(rows.values()), "groups": groups, "interactions": self._interaction_rows(processes)}
        return data, [self._source(process, [process.kind, row]) for process, row in rows.items()]

    @api.model
    def _registry_row(self, process):
        version = process.version_id
        flows = {
            name: "; ".join(self._flow_text(flow) for flow in version.flow_ids if flow.direction == name)
            for name in ("input", "output")
        }
        return {
            "code": process.code,
            "name": process.name,
            "owner": process.owner_role_id.name or "",
            "unit": process.department_id.name or "",
            "purpose": version.purpose or "",
            "inputs": flows["input"],
            "outputs": flows["output"],
            "resources": "; ".join(self._lines(version.resources)),
            "criteria": "; ".join(self._lines(version.criteria)),
        }

    @api.model
    def _flow_text(self, flow):
        end = flow.party_id.name or flow.other_process_id.code
        return f"{flow.name} ({end})" if end else flow.name

    @api.model
    def _interaction_rows(self, processes):
        """Return who hands what to whom, each hand-over once though both sides name it."""
        rows = {}
        for flow in processes.version_id.flow_ids:
            own, other = flow.version_id.process_id.display_name, self._flow_end(flow) or "—"
            source, target = (other, own) if flow.direction == "input" else (own, other)
            rows.setdefault((source, target, flow.name.casefold()), flow.name)
        return [
            {"source": source, "item": name, "target": target} for (source, target, _key), name in sorted(rows.items())
        ]

    @api.model
    def _matrix_data(self, company):
        """The responsibility matrix as a list: who is accountable, and the roles of each letter."""
        letters = company.qms_letter_set_id.letter_ids
        shown = letters.filtered(lambda letter: not letter.accountable)
        processes = self.env["qms.process"].search([("company_id", "=", company.id), ("version_id", "!=", False)])
        rows = [self._matrix_row(process, shown) for process in processes]
        data = {
            "matrix": rows,
            "letters": [{"letter": letter.letter, "name": letter.name} for letter in shown],
        }
        return data, [self._source(company.qms_letter_set_id, [data["letters"], rows])]

    @api.model
    def _matrix_row(self, process, letters):
        roles = defaultdict(list)
        for row in process.responsibility_ids:
            roles[row.letter_id.letter].append(row.role_id.name)
        return {
            "code": process.code,
            "name": process.name,
            "owner": process.owner_role_id.name or "",
            "letters": [
                {"letter": letter.letter, "roles": ", ".join(sorted(roles[letter.letter]))} for letter in letters
            ],
        }

    # === WHAT ELSE IS LISTED === #

    @api.model
    def _all_indicators(self, company):
        indicators = self.env["qms.indicator"].search([("company_id", "=", company.id)])
        rows = [
            {**self._indicator_row(indicator), "process": indicator.process_id.display_name or ""}
            for indicator in indicators
        ]
        return {"indicators": rows}, [*map(self._source, indicators, rows)]

    @api.model
    def _register_data(self, company):
        """The list of documents in force that the staff may know of.

        It names neither the documents that print it nor versions of others about the authority, its own readers:
        else each coming into force of one would make it and the others out of date.
        """
        documents = self.env["qms.document"].search(
            [("company_id", "=", company.id), ("state", "=", "effective"), ("confidentiality", "!=", "restricted")]
        )
        own = documents.filtered(lambda document: document.subject_model == "res.company").grouped("template_id")
        for template, printed in own.items():
            if template and self._prints(template._in_use(company), "documents"):
                documents -= printed
        acts = documents.filtered(lambda document: document.kind == "external")
        listed = documents - acts
        rows = [
            {
                "code": document.code,
                "name": document.name,
                "type": document.type_id.name,
                "unit": document.department_id.name or "",
                "version": "" if document.subject_model == "res.company" else document.version_id.number,
            }
            for document in listed
        ]
        acts = acts._in_order_of_kinds()
        references = [act._reference_data() for act in acts]
        return {"documents": rows, "external": references}, [
            *map(self._source, listed, rows),
            *map(self._source, acts, references),
        ]

    @api.model
    def _prints(self, template, *names):
        """Tell whether a template prints one of some lists, as a computed table or by placeholders of its own.

        :param names: names of lists that are blocks as well, such as ``documents``
        """
        return any(
            section.block in names or any(f"each {name}" in (section.text or "") for name in names)
            for section in template.section_ids
        )

    @api.model
    def _unit_data(self, company):
        units = self.env["hr.department"].search([("company_id", "=", company.id)])
        rows = [
            {"code": unit.qms_code or "", "name": unit.name, "head": unit.manager_id.job_id.name or ""}
            for unit in units
        ]
        return {"units": rows}, [*map(self._source, units, rows)]

    @api.model
    def _service_data(self, company):
        services = self.env["qms.service"].search([("company_id", "=", company.id)])
        rows = [
            {
                "code": service.code,
                "name": service.name,
                "unit": service.department_id.name or "",
                "term": service._term_text(),
            }
            for service in services
        ]
        return {"services": rows}, [*map(self._source, services, rows)]

    @api.model
    def _term_data(self, company):
        terms = self.env["qms.term"].search([("company_id", "in", [company.id, False])])
        rows = [{"name": term.name, "definition": term.definition, "source": term.source or ""} for term in terms]
        order = sorted(range(len(rows)), key=lambda index: rows[index]["name"].casefold())
        return {"terms": [rows[index] for index in order]}, [*map(self._source, terms, rows)]

    # === THE STANDARD === #

    @api.model
    def _standard_data(self, company):
        standard = self._quality_standard(company)
        requirements = standard.requirement_ids.sorted("sort_key")
        labels = self._labels("qms.requirement", "coverage")
        # A manual that answers clauses says so before it is in force: else coming into force made it out of date.
        judged = self.env["qms.requirement"].with_context(qms_drafts_of_authority=True)._judge(company)
        coverage, exclusions = [], []
        for requirement in requirements:
            row = self._requirement_row(requirement)
            if not requirement.applicable:
                exclusions.append({"clause": row["clause"], "name": row["name"], "reason": requirement.reason or ""})
            status = judged.statuses.get(requirement.id, framework.OPEN)
            if requirement.child_ids or status == framework.EXCLUDED:
                continue
            answers = [requirement._answer_label(answer) for answer in judged.answers.get(requirement.id, ())]
            coverage.append({**row, "answers": ", ".join(dict.fromkeys(answers)), "status": labels[status]})
        data = {"code": standard.code or "", "name": standard.name or "", "exclusions": exclusions}
        sources = [self._source(standard, [data, coverage])] if standard else []
        return {"standard": data, "coverage": coverage}, sources

    @api.model
    def _quality_standard(self, company):
        """Return the newest edition of the quality standard that the authority has in its model."""
        standards = self.env["qms.standard"].search(
            [("company_id", "=", company.id), ("code", "=like", f"{QUALITY_STANDARD}%")],
            order="valid_from desc, id desc",
        )
        return standards[:1]
