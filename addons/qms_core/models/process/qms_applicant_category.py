from odoo import models


class QmsApplicantCategory(models.Model):
    """In which status a person asks for a service: citizen, entrepreneur, body of power."""

    _name = "qms.applicant.category"
    _description = "Category of Applicants"
    _inherit = ["qms.dictionary.mixin"]

    _code_company = models.UniqueIndex(
        "(code, COALESCE(company_id, 0))", "Another entry of this list has this code already. Choose a new code."
    )
