from odoo import api, fields, models


class QmsIndicatorCatalogueWizard(models.TransientModel):
    """Choose from the catalogue what the quality of some services is measured by."""

    _name = "qms.indicator.catalogue.wizard"
    _description = "Indicators from the Catalogue"

    service_ids = fields.Many2many("qms.service", string="Services", required=True)
    template_ids = fields.Many2many("qms.indicator.template", string="Indicators", required=True)

    @api.model
    def default_get(self, fields_list):
        values = super().default_get(fields_list)
        if self.env.context.get("active_model") == "qms.service":
            values.setdefault("service_ids", [(6, 0, self.env.context.get("active_ids", []))])
        return values

    def action_add(self):
        """Make the indicators that the services lack and show them."""
        self.ensure_one()
        self.service_ids._add_indicators(self.template_ids)
        return self.service_ids.action_view_indicators()
