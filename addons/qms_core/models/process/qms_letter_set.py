from odoo import api, fields, models


class QmsLetterSet(models.Model):
    """A set of letters by which an authority tells who does what: RACI, or that of the technological card.

    Sets without a company are shared by all authorities; to change one, an authority duplicates it.
    """

    _name = "qms.letter.set"
    _description = "Set of Responsibility Letters"
    _order = "id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    company_id = fields.Many2one("res.company", index=True, default=lambda self: self.env.company)
    letter_ids = fields.One2many("qms.letter", "set_id", "Letters", copy=True)

    # === CRUD === #

    def copy_data(self, default=None):
        vals_list = super().copy_data({"company_id": self.env.company.id, **(default or {})})
        if "name" not in (default or {}):
            for letter_set, vals in zip(self, vals_list, strict=True):
                vals["name"] = self.env._("%s (copy)", letter_set.name)
        return vals_list

    # === BUSINESS METHODS === #

    @api.model
    def _current(self):
        """Return the set that the current authority has chosen."""
        return self.env.company.qms_letter_set_id

    def _accountable(self):
        """Return the letter of the one accountable role; none in a set that has no such letter."""
        return self.letter_ids.filtered("accountable")[:1]

    def _performing(self):
        """Return the letter of who performs: what a role in the steps of a process gets."""
        return self.letter_ids.filtered("performs")[:1]
