from odoo import api, models


class ResCompany(models.Model):
    _inherit = "res.company"

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        companies = super().create(vals_list)
        companies._ship_feedback_rules()
        return companies

    # === BUSINESS METHODS === #

    def _ship_feedback_rules(self):
        """Give authorities the shipped signal rules, named in every language of the database."""
        # sudo: who founds an authority need not be a feedback manager.
        rules = self.env["feedback.rule"].sudo()
        languages = [code for code, _name in self.env["res.lang"].get_installed()]
        for company in self:
            shipped = rules.with_context(lang="en_US")
            made = rules.create([{**vals, "company_id": company.id} for vals in shipped._shipped()])
            for code in languages:
                for rule, vals in zip(made, rules.with_context(lang=code)._shipped(), strict=True):
                    rule.with_context(lang=code).name = vals["name"]
