from odoo import api, models

# The framework of which the manual tells what applies and what does not.
QUALITY_STANDARD = "ISO9001"
COMMISSIONER = "qms_core.group_commissioner"


class QmsDocumentProvider(models.AbstractModel):
    """The authority as a whole: what its manual, policy, glossary and annexes are made of."""

    _inherit = "qms.document.provider"

    @api.model
    def _providers(self):
        return {**super()._providers(), "authority": (self.env._("Authority"), "res.company")}

    @api.model
    def _names_authority(self):
        named = {"code": self.env._("Code"), "name": self.env._("Name")}
        process = {
            **named,
            "owner": self.env._("Owner"),
            "unit": self.env._("Unit"),
            "purpose": self.env._("Purpose"),
            "inputs": self.env._("Inputs with suppliers"),
            "outputs": self.env._("Outputs with customers"),
            "resources": self.env._("Resources"),
            "criteria": self.env._("Control criteria"),
        }
        return {
            "policy": {
                "edition": self.env._("Number of the policy's edition"),
                "act": self.env._("Act that approved the policy"),
                "mission": self.env._("Mission"),
                "vision": self.env._("Vision"),
                "statement": self.env._("Quality policy"),
                "priorities": [self.env._("Priority")],
                "principles": [self.env._("Principle")],
                "measures": [self.env._("Main measure")],
            },
            "standard": {
                "code": self.env._("Code of the standard"),
                "name": self.env._("Name of the standard"),
                "exclusions": [
                    {
                        "clause": self.env._("Clause"),
                        "name": self.env._("Title of the clause"),
                        "reason": self.env._("Why it is not applied"),
                    }
                ],
            },
            "commissioner": {"name": self.env._("Name"), "position": self.env._("Position")},
            "top": {"name": self.env._("Name"), "position": self.env._("Position")},
            "officers": [{"unit": self.env._("Unit"), "name": self.env._("Name"), "position": self.env._("Position")}],
            "groups": [{"name": self.env._("Group of processes"), "processes": [process]}],
            "processes": [process],
            "interactions": [
                {
                    "source": self.env._("Supplier"),
                    "item": self.env._("What is handed over"),
                    "target": self.env._("Customer"),
                }
            ],
            "indicators": [{**self._names_of_indicator(), "process": self.env._("Process")}],
            "documents": [
                {
                    **named,
                    "type": self.env._("Type"),
                    "unit": self.env._("Unit"),
                    "version": self.env._("Number of the version in force"),
                }
            ],
            "external": [
                {
                    "kind": self.env._("Kind of Act"),
                    "name": self.env._("External act"),
                    "reference": self.env._("Who issued it, its number and day"),
                    "full": self.env._("External act with who issued it, number and day"),
                }
            ],
            "matrix": [
                {
                    **named,
                    "owner": self.env._("Accountable"),
                    "letters": [{"letter": self.env._("Letter"), "roles": self.env._("Roles")}],
                }
            ],
            "letters": [{"letter": self.env._("Letter"), "name": self.env._("Meaning of the letter")}],
            "coverage": [
                {
                    **self._names_of_requirement(),
                    "answers": self.env._("What answers the clause"),
                    "status": self.env._("How far it is answered"),
                }
            ],
            "goals": [
                {
                    **named,
                    "owner": self.env._("Who answers for it"),
                    "until": self.env._("Until"),
                    "measures": self.env._("By what it is measured"),
                }
            ],
            "units": [{**named, "head": self.env._("Position that leads it")}],
            "services": [{**named, "unit": self.env._("Unit"), "term": self.env._("Term in words")}],
            "terms": [
                {
                    "name": self.env._("Defined Term"),
                    "definition": self.env._("Definition"),
                    "source": self.env._("Where it is taken from"),
                }
            ],
        }

    @api.model
    def _conditions_authority(self):
        return {
            "has_contact": self.env._("Address, phone or e-mail of the authority are known"),
            "has_policy": self.env._("A policy is in force"),
            "has_exclusions": self.env._("Clauses are not applied"),
            "has_no_exclusions": self.env._("All clauses are applied"),
            "has_standard": self.env._("The quality standard is in the model"),
            "has_goals": self.env._("Goals are approved"),
            "has_indicators": self.env._("Indicators are defined"),
            "has_services": self.env._("Services are in the register"),
            "has_officers": self.env._("Units have quality officers"),
            "has_commissioner": self.env._("The chief quality commissioner is named"),
            "has_external": self.env._("External acts are registered"),
            "has_documents": self.env._("Documents are in force"),
            "has_terms": self.env._("Terms are in the glossary"),
            "has_interactions": self.env._("Inputs and outputs are described"),
        }

    @api.model
    def _blocks_authority(self):
        return {
            "process_groups": self.env._("Process groups (annex 1)"),
            "interactions": self.env._("Sequence and interaction of processes (annex 2)"),
            "process_frames": self.env._("Suppliers, inputs, outputs, customers, resources of processes"),
            "indicators": self.env._("Criteria and indicators (annex 3)"),
            "documents": self.env._("List of documents (annex 4)"),
            "matrix": self.env._("Responsibility matrix (annex 5)"),
            "coverage": self.env._("Clauses of the standard and what answers them"),
            "exclusions": self.env._("Clauses that are not applied"),
            "goals": self.env._("Table of goals"),
            "units": self.env._("Table of units"),
            "services": self.env._("Table of services"),
            "officers": self.env._("Table of quality officers"),
            "terms": self.env._("Table of terms"),
        }

    @api.model
    def _subjects_authority(self, company):
        return company

    @api.model
    def _collect_authority(self, company):
        parts = {
            "policy": self._policy_data(company),
            "standard": self._standard_data(company),
            "people": self._people_data(company),
            "processes": self._registry_data(company),
            "indicators": self._all_indicators(company),
            "documents": self._register_data(company),
            "matrix": self._matrix_data(company),
            "goals": self._goal_data(company),
            "units": self._unit_data(company),
            "services": self._service_data(company),
            "terms": self._term_data(company),
        }
        data, sources = {}, []
        for part, records in parts.values():
            data.update(part)
            sources += records
        conditions = {
            **{
                f"has_{name}": bool(rows)
                for name, rows in data.items()
                if f"has_{name}" in self._conditions_authority()
            },
            "has_contact": any(value for name, value in self._authority_data(company).items() if name != "name"),
            "has_policy": bool(data["policy"]["statement"]),
            "has_standard": bool(data["standard"]["code"]),
            "has_exclusions": bool(data["standard"]["exclusions"]),
            "has_no_exclusions": not data["standard"]["exclusions"],
            "has_commissioner": bool(data["commissioner"]["name"]),
        }
        return {company.id: (data, conditions, [self._source(company, company.name), *sources])}
