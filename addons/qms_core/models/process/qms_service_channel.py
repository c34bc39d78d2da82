from odoo import fields, models


class QmsServiceChannel(models.Model):
    """A way in which a service can be asked for and its result be received."""

    _name = "qms.service.channel"
    _description = "Channel of Services"
    _inherit = ["qms.dictionary.mixin"]

    remote = fields.Boolean(help="Nobody has to come: what the development of remote channels is measured by.")

    _code_company = models.UniqueIndex(
        "(code, COALESCE(company_id, 0))", "Another entry of this list has this code already. Choose a new code."
    )
