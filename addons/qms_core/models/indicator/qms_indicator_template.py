from odoo import fields, models


class QmsIndicatorTemplate(models.Model):
    """An entry of the catalogue of service quality indicators, from which indicators of a service are made."""

    _name = "qms.indicator.template"
    _description = "Catalogue of Quality Indicators"
    _inherit = ["qms.dictionary.mixin"]

    unit_of_measure = fields.Char(default="%", translate=True)
    direction = fields.Selection(
        [("higher", "Higher is better"), ("lower", "Lower is better")], required=True, default="higher"
    )
    period = fields.Selection(
        [("month", "Month"), ("quarter", "Quarter"), ("year", "Year")], required=True, default="quarter"
    )
    target = fields.Float("Usual Target")
    method = fields.Text(translate=True, help="What is counted and where the figures come from.")

    _code_company = models.UniqueIndex(
        "(code, COALESCE(company_id, 0))", "Another entry of this list has this code already. Choose a new code."
    )

    def _indicator_vals(self, service):
        """Return the values of the indicator by which this entry is measured for a service.

        :param service: ``qms.service``
        """
        self.ensure_one()
        return {
            "name": self._indicator_name(service),
            "code": f"{service.code}-{self.code}",
            "company_id": service.company_id.id,
            "service_id": service.id,
            "process_id": service.process_id.id,
            "owner_role_id": service.responsible_role_id.id or service.process_id.owner_role_id.id,
            "unit_of_measure": self.unit_of_measure,
            "direction": self.direction,
            "period": self.period,
            "target": self.target,
        }

    def _indicator_name(self, service):
        return f"{self.name} ({service.name})"
