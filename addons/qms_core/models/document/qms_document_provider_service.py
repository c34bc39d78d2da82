from odoo import api, models

NO_STAGES = {"stages": [], "letters": [], "_map": {}}


class QmsDocumentProvider(models.AbstractModel):
    """Public services: what applicants are told, and the steps that deliver them."""

    _inherit = "qms.document.provider"

    @api.model
    def _providers(self):
        return {**super()._providers(), "service": (self.env._("Service"), "qms.service")}

    @api.model
    def _names_service(self):
        document = {
            "name": self.env._("Document"),
            "form": self.env._("Original or copy"),
            "source": self.env._("From whom it is requested"),
            "note": self.env._("For whom or when it is needed"),
        }
        return {
            "service": {
                "code": self.env._("Code"),
                "name": self.env._("Name"),
                "unit": self.env._("Unit"),
                "plain": self.env._("In plain words"),
                "ground": self.env._("Ground for the service"),
                "result": self.env._("Result"),
                "fee": self.env._("Fee, or that it is free"),
                "fee_basis": self.env._("Act that sets the fee"),
                "days": self.env._("Term in days"),
                "term": self.env._("Term in words"),
                "waiting": self.env._("Longest wait, minutes"),
                "norm_basis": self.env._("Act that sets the term"),
                "responsible": self.env._("Responsible position"),
                "process": self.env._("Process that delivers it"),
                "process_owner": self.env._("Owner of that process"),
                "applicants": [self.env._("Who may apply")],
                "channels": [self.env._("How to apply")],
                "legal_acts": [self.env._("Act")],
                "refusals": [self.env._("Ground for refusal")],
                "documents": [document],
                "requested": [document],
                "points": [
                    {
                        "name": self.env._("Service point"),
                        "address": self.env._("Address"),
                        "hours": self.env._("Opening hours"),
                        "contact": self.env._("Phone and e-mail"),
                    }
                ],
                "promises": [{"name": self.env._("Promise"), "target": self.env._("How it is measured")}],
                "stages": [
                    {
                        "number": self.env._("Number of the stage"),
                        "name": self.env._("Stage"),
                        "role": self.env._("Responsible position"),
                        "unit": self.env._("Unit"),
                        "letter": self.env._("Letter of the action"),
                        "days": self.env._("Term, working days"),
                        "documents": self.env._("Documents of the stage"),
                        "ways": [self.env._("Condition and next stage")],
                    }
                ],
                "letters": [{"letter": self.env._("Letter"), "name": self.env._("Meaning of the letter")}],
                "indicators": [self._names_of_indicator()],
            }
        }

    @api.model
    def _conditions_service(self):
        return {
            "has_stages": self.env._("The process has steps in force"),
            "has_documents": self.env._("Applicants bring documents"),
            "has_requested": self.env._("The authority requests documents itself"),
            "has_refusals": self.env._("Grounds for refusal are named"),
            "has_legal_acts": self.env._("Legal acts are named"),
            "has_points": self.env._("Service points are named"),
            "has_promises": self.env._("Promises are made"),
            "has_indicators": self.env._("Indicators measure it"),
            "has_fee": self.env._("A fee is taken"),
            "has_plain": self.env._("It is told in plain words"),
        }

    @api.model
    def _blocks_service(self):
        return {
            "service_card": self.env._("Information card, in the order of the law"),
            "service_standard": self.env._("Table of the service standard"),
            "service_technology": self.env._("Table of stages, positions, letters and terms"),
        }

    @api.model
    def _subjects_service(self, company):
        return self.env["qms.service"].search([("company_id", "=", company.id)])

    @api.model
    def _collect_service(self, services):
        points = self._points_of_units(services)
        indicators = self._indicators_of_services(services)
        return {
            service.id: self._service_material(
                service, service.point_ids or points.get(service.department_id, ()), indicators.get(service, ())
            )
            for service in services
        }

    @api.model
    def _points_of_units(self, services):
        """Return ``{unit: points}``: where to come for services that name no points of their own."""
        units = services.filtered(lambda service: not service.point_ids).department_id
        return self.env["qms.service.point"].search([("department_id", "in", units.ids)]).grouped("department_id")

    @api.model
    def _indicators_of_services(self, services):
        return self.env["qms.indicator"].search([("service_id", "in", services.ids)]).grouped("service_id")

    @api.model
    def _service_material(self, service, points, indicators):
        norm, version = service.norm_id, service._technology_version()
        card = self._service_card(service)
        term = {
            "days": norm.deadline_days or "",
            "term": service._term_text(),
            "waiting": norm.waiting_minutes or "",
            "norm_basis": norm.basis or "",
        }
        stages = {**service._technology_data(), "_map": self._map_data(version)} if version else NO_STAGES
        lists = {
            "points": [self._point_row(point) for point in points],
            "indicators": [self._indicator_row(indicator) for indicator in indicators],
        }
        conditions = {
            **{
                f"has_{name}": bool(rows)
                for name, rows in {**card, **lists, **stages}.items()
                if type(rows) is list and f"has_{name}" in self._conditions_service()
            },
            "has_fee": bool(service.fee),
            "has_plain": bool(service.plain_text),
        }
        sources = [
            self._source(service, card),
            *([self._source(norm, term)] if norm else []),
            *([self._source(version, stages)] if version else []),
            *map(self._source, points, lists["points"]),
            *map(self._source, indicators, lists["indicators"]),
        ]
        return {"service": {**card, **term, **stages, **lists}}, conditions, sources

    @api.model
    def _service_card(self, service):
        own = service.document_ids.filtered(lambda document: document.obtained_by == "applicant")
        return {
            "code": service.code,
            "name": service.name,
            "unit": service.department_id.name or "",
            "plain": service.plain_text or "",
            "ground": service.application_ground or "",
            "result": service.result or "",
            "fee": self._fee(service),
            "fee_basis": service.fee_basis or "",
            "responsible": service.responsible_role_id.name or "",
            "process": service.process_id.display_name or "",
            "process_owner": service.process_id.owner_role_id.name or "",
            "applicants": service.applicant_category_ids.mapped("name"),
            "channels": service.channel_ids.mapped("name"),
            "legal_acts": service._legal_lines(),
            "refusals": service._refusal_lines(),
            "documents": [self._document_row(document) for document in own],
            "requested": [self._document_row(document) for document in service.document_ids - own],
            "promises": [{"name": promise.name, "target": promise.target or ""} for promise in service.promise_ids],
        }

    @api.model
    def _fee(self, service):
        if not service.fee:
            return self.env._("Free of charge")
        return f"{service.fee:.2f} {service.currency_id.symbol or service.currency_id.name}"

    @api.model
    def _document_row(self, document):
        return {
            "name": document.name,
            "form": self._label(document, "form"),
            "source": document.source_party_id.name or "",
            "note": document.note or "",
        }

    @api.model
    def _point_row(self, point):
        return {
            "name": point.name,
            "address": point.address or "",
            "hours": point.opening_text or "",
            "contact": ", ".join(filter(None, (point.phone, point.email))),
        }
