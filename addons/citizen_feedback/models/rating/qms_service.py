from urllib.parse import quote

from odoo import api, fields, models
from odoo.fields import Domain


class QmsService(models.Model):
    _inherit = "qms.service"

    feedback_aspect_ids = fields.Many2many(
        "feedback.aspect",
        "feedback_aspect_service_rel",
        "service_id",
        "aspect_id",
        "Aspects to Rate",
        check_company=True,
        help="What the rating form of this service asks. Empty: what the authority asks by default.",
    )
    feedback_rating_count = fields.Integer("Number of Ratings", compute="_compute_feedback_rating")
    feedback_rating_average = fields.Float("Average Mark", digits=(3, 2), compute="_compute_feedback_rating")

    # === COMPUTES === #

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_feedback_rating(self):
        # With the reader's rights: marks of other units are not everybody's business.
        groups = self.env["feedback.rating"]._read_group(
            [("service_id", "in", self.ids), ("state", "=", "ok")], ["service_id"], ["__count", "score:avg"]
        )
        figures = {service.id: (count, average) for service, count, average in groups}
        for service in self:
            count, average = figures.get(service.id, (0, 0.0))
            service.feedback_rating_count = count
            service.feedback_rating_average = average

    # === CRUD === #

    def write(self, vals):
        if not {"feedback_aspect_ids", "company_id"}.isdisjoint(vals):
            self.env["feedback.aspect"]._forget_asked()
        return super().write(vals)

    # === ACTIONS === #

    def action_view_ratings(self):
        """Open the ratings of these services."""
        action = self.env["ir.actions.act_window"]._for_xml_id("citizen_feedback.feedback_rating_action")
        return {
            **action,
            "domain": [("service_id", "in", self.ids)],
            "context": {"default_service_id": self.id if len(self) == 1 else False},
        }

    def action_open_feedback_page(self):
        """Open the public page on which this service is rated."""
        self.ensure_one()
        website = self.env["website"].search([("company_id", "=", self.company_id.id)], limit=1)
        return {
            "type": "ir.actions.act_url",
            "url": f"{website.domain or ''}/feedback/{quote(self.code, safe='')}",
            "target": "new",
        }

    # === BUSINESS METHODS === #

    @api.model
    def _feedback_services(self, company, query=""):
        """Return the services of an authority that anyone may rate, by unit and code.

        :param company: ``res.company``
        :param str query: part of a name or code
        """
        domain = Domain("company_id", "=", company.id)
        if query:
            domain &= Domain("name", "ilike", query) | Domain("code", "ilike", query)
        # sudo: visitors have no right on services; the domain and the page decide what they see.
        return self.sudo().search(domain, order="department_id, code, id")

    @api.model
    def _feedback_service(self, company, code):
        """Return the active service of an authority with a code; empty where there is none."""
        # sudo: as in _feedback_services
        # Just what the form shows, in one query: a service has many more fields.
        return self.sudo().search_fetch(
            [("company_id", "=", company.id), ("code", "=", code)],
            ["code", "name", "company_id", "department_id"],
            limit=1,
        )
