from odoo import models


class QmsRejectionReason(models.Model):
    """Why a report turns out to be no nonconformity, in the words by which rejections are counted."""

    _name = "qms.rejection.reason"
    _description = "Reason for Rejecting a Report"
    _inherit = ["qms.dictionary.mixin"]

    _code_company = models.UniqueIndex(
        "(code, COALESCE(company_id, 0))", "Another entry of this list has this code already. Choose a new code."
    )
