from odoo import api, fields, models
from odoo.fields import Domain


class QmsVisibleMixin(models.AbstractModel):
    """Who reads a record depends on who holds, leads or stands in today, which no domain of a rule can say.

    The record rules ask ``may_see``: its search runs at each reading, so an order that ends at midnight ends what
    the acting person sees. (The domain of a rule itself is kept by Odoo for as long as nobody changes rights.)
    """

    _name = "qms.visible.mixin"
    _description = "Record visible to those it concerns"

    may_see = fields.Boolean(compute="_compute_may_see", search="_search_may_see", compute_sudo=True)

    @api.depends_context("uid")
    def _compute_may_see(self):
        domain = Domain("id", "in", self.ids) & self._visible_domain()
        seen = self.with_context(active_test=False).search(domain)
        for record in self:
            record.may_see = record._origin in seen

    @api.model
    def _search_may_see(self, operator, value):
        if operator != "in":
            return NotImplemented
        seen = self.sudo()._visible_domain()  # sudo: whom the user stands in for must not depend on what he may read
        return Domain.OR([seen if wanted else ~seen for wanted in value])

    @api.model
    def _visible_domain(self):
        """Hook: return the domain of what the current user may read."""
        raise NotImplementedError
