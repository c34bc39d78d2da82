from odoo import api, models

from ...lib.workbook import Column, Sheet, rules


class QmsWorkbook(models.AbstractModel):
    """The sheet of indicators."""

    _inherit = "qms.workbook"

    @api.model
    def _spec(self):
        return [
            *super()._spec(),
            Sheet(
                "indicators",
                (
                    Column("code", "code", required=True, field="code"),
                    Column("name", required=True, translated=True, field="name"),
                    Column("process", "ref", ref="processes", field="process_id"),
                    Column("service", "ref", ref="services", field="service_id"),
                    Column("unit_of_measure", field="unit_of_measure"),
                    Column("target", "float", field="target"),
                    Column("threshold", "float", field="threshold"),
                    self._choice("direction", "qms.indicator", "direction"),
                    self._choice("period", "qms.indicator", "period"),
                    Column("owner", "ref", ref="roles", field="owner_role_id"),
                ),
                model="qms.indicator",
            ),
        ]

    @api.model
    def _rules(self, book):
        return [*super()._rules(book), *rules.check_targets(book)]
