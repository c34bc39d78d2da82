from odoo import api, fields, models


class QmsLifeEvent(models.Model):
    """A life situation: circumstances in which a person needs several services together."""

    _name = "qms.life.event"
    _description = "Life Event"
    _inherit = ["qms.dictionary.mixin"]
    _parent_store = True
    _check_company_auto = True

    parent_id = fields.Many2one("qms.life.event", "Part of", index=True, ondelete="restrict", check_company=True)
    parent_path = fields.Char(index=True)
    child_ids = fields.One2many("qms.life.event", "parent_id", "Parts")
    service_ids = fields.Many2many("qms.service", "qms_life_event_service_rel", "event_id", "service_id", "Services")
    service_count = fields.Integer(compute="_compute_service_count")

    _code_company = models.UniqueIndex(
        "(code, COALESCE(company_id, 0))", "Another entry of this list has this code already. Choose a new code."
    )

    @api.depends("service_ids")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_service_count(self):
        for event in self:
            event.service_count = len(event.service_ids)

    def action_view_services(self):
        """Open the services of these life events and of their parts."""
        return {
            **self.env["ir.actions.act_window"]._for_xml_id("qms_core.qms_service_action"),
            "domain": [("life_event_ids", "child_of", self.ids)],
            "context": {"default_life_event_ids": self.ids},
        }
