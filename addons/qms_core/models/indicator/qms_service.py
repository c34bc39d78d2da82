from odoo import api, fields, models


class QmsService(models.Model):
    _inherit = "qms.service"

    indicator_ids = fields.One2many("qms.indicator", "service_id", "Indicators")
    indicator_count = fields.Integer("Number of Indicators", compute="_compute_indicator_count")

    @api.depends("indicator_ids")
    def _compute_indicator_count(self):
        for service in self:
            service.indicator_count = len(service.indicator_ids)

    # === ACTIONS === #

    def action_view_indicators(self):
        """Open the indicators of these services."""
        return {
            **self.env["ir.actions.act_window"]._for_xml_id("qms_core.qms_indicator_action"),
            "domain": [("service_id", "in", self.ids)],
            "context": {"default_service_id": self.id if len(self) == 1 else False},
        }

    # === BUSINESS METHODS === #

    def _add_indicators(self, templates):
        """Give each service an indicator for each entry of the catalogue that it doesn't have yet.

        :param templates: ``qms.indicator.template``
        :return: the new indicators
        :raises AccessError: for who may not change these services
        """
        self.check_access("write")
        used = set(
            self.env["qms.indicator"]
            .with_context(active_test=False)
            .search([("company_id", "in", self.company_id.ids)])
            .mapped(lambda indicator: (indicator.company_id.id, indicator.code))
        )
        pairs = [
            (service, template)
            for service in self
            for template in templates
            if (service.company_id.id, f"{service.code}-{template.code}") not in used
        ]
        indicators = self.env["qms.indicator"].create(
            [template._indicator_vals(service) for service, template in pairs]
        )
        self._translate_names(pairs, indicators)
        return indicators

    @api.model
    def _translate_names(self, pairs, indicators):
        """Name the indicators in every language of the database, the source language first."""
        installed = [code for code, _name in self.env["res.lang"].get_installed()]
        languages = sorted(installed, key=lambda code: code != "en_US")
        if "en_US" not in installed:
            languages.append("en_US")  # while English is inactive, each other language is written into the source too
        for code in languages:
            for (service, template), indicator in zip(pairs, indicators.with_context(lang=code), strict=True):
                indicator.name = template.with_context(lang=code)._indicator_name(service.with_context(lang=code))
