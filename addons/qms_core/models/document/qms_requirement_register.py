from odoo import api, models
from odoo.fields import Domain


class QmsRequirement(models.Model):
    """Registers answer a requirement as long as they have entries that are current: an empty link answers nothing."""

    _inherit = "qms.requirement"

    # === BUSINESS METHODS === #

    def _answers(self):
        answers = super()._answers()
        for register, requirement_ids in self._answering_registers():
            for requirement_id in requirement_ids:
                answers[requirement_id].append(register)
        return answers

    def _answering_registers(self):
        """Return the registers whose current entries are evidence of these requirements.

        :return: ``[(register, ids of requirements)]``
        :rtype: list
        """
        found = {}
        # sudo: whether a requirement is answered must not depend on whose entries the reader sees; he is told the
        # register, which is everybody's to know, never the entry.
        entries = self.env["qms.register.entry"].sudo()
        for company in self.company_id:
            own = self.filtered(lambda row, company=company: row.company_id == company)
            domain = entries._current_domain(company._qms_today())
            domain &= Domain("company_id", "=", company.id) & Domain("requirement_ids", "in", own.ids)
            for register, requirement in entries._read_group(domain, ["register_id", "requirement_ids"]):
                if requirement.id in own._ids:
                    found.setdefault(register.with_env(self.env), []).append(requirement.id)
        return sorted(found.items(), key=lambda row: (row[0].sequence, row[0].id))

    @api.model
    def _answer_label(self, answer):
        if answer._name == "qms.register":
            return self.env._("Register: %s", answer.name)
        return super()._answer_label(answer)
