from odoo import api, fields, models
from odoo.exceptions import ValidationError


class QmsLetter(models.Model):
    """One letter of a set: what a role does in a process or for a requirement."""

    _name = "qms.letter"
    _description = "Responsibility Letter"
    _order = "sequence, id"
    _check_company_auto = True
    _rec_names_search = ["letter", "name"]

    set_id = fields.Many2one("qms.letter.set", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="set_id.company_id", store=True, index=True)
    sequence = fields.Integer(default=10)
    letter = fields.Char(required=True, size=1, help="One capital letter: the key that sets it in the matrix.")
    name = fields.Char(required=True, translate=True)
    meaning = fields.Char(translate=True)
    color = fields.Integer()
    accountable = fields.Boolean(help="The one role that answers for the result; in a process it is the owner.")
    performs = fields.Boolean(help="Roles that steps of the process in force name get this letter by themselves.")

    _letter_set = models.UniqueIndex("(set_id, letter)", "The set has this letter already. Choose another one.")
    _one_accountable = models.UniqueIndex(
        "(set_id) WHERE accountable", "A set has one accountable letter. Take the mark off the other letter first."
    )
    _color_range = models.Constraint("CHECK (color BETWEEN 0 AND 11)", "There is no such colour.")

    @api.constrains("letter")
    def _check_letter(self):
        for record in self:
            if len(record.letter.strip()) != 1 or record.letter != record.letter.upper():
                raise ValidationError(self.env._("“%s” is not one capital letter. Enter exactly one.", record.letter))

    @api.depends("letter", "name")
    def _compute_display_name(self):
        for record in self:
            record.display_name = f"{record.letter} – {record.name}"
