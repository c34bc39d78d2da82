from odoo import models


class QmsService(models.Model):
    """Documents of a service, and what its card says."""

    _name = "qms.service"
    _inherit = ["qms.service", "qms.documented.mixin"]
    _documents_field = "service_ids"

    def _card_data(self):
        """Return what the information card says, the same as in a document made of it, in the user's language.

        :rtype: dict
        """
        self.ensure_one()
        return self.env["qms.document.provider"]._collect("service", self, self.env.lang)[self.id].data
