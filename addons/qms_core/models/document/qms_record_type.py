from odoo import api, fields, models
from odoo.exceptions import ValidationError


class QmsRecordType(models.Model):
    """A kind of quality records: the form it is filled from, who answers for it, how long it is kept at least."""

    _name = "qms.record.type"
    _description = "Record Type"
    _inherit = ["qms.retention.mixin"]
    _order = "code, id"
    _check_company_auto = True
    _rec_names_search = ["code", "name"]

    code = fields.Char(required=True)
    name = fields.Char(required=True)
    company_id = fields.Many2one("res.company", required=True, index=True, default=lambda self: self.env.company)
    responsible_role_id = fields.Many2one("qms.role", "Kept by", check_company=True, ondelete="restrict")
    process_id = fields.Many2one("qms.process", index=True, check_company=True, ondelete="restrict")
    form_id = fields.Many2one(
        "qms.document",
        index="btree_not_null",
        check_company=True,
        ondelete="restrict",
        domain="[('kind', 'in', ('form', 'record')), ('state', '!=', 'withdrawn')]",
        help="The form that such a record is filled from.",
    )
    medium = fields.Selection(
        [("paper", "Paper"), ("electronic", "Electronic"), ("both", "Paper and electronic")],
        required=True,
        default="electronic",
    )
    description = fields.Text(help="What is recorded, when, and how it is told apart from others.")
    record_ids = fields.One2many("qms.record", "type_id", "Records")
    active = fields.Boolean(default=True)

    _code_company = models.UniqueIndex(
        "(code, company_id)", "Another record type has this code already. Choose a new code."
    )

    # === CONSTRAINTS === #

    @api.constrains("form_id")
    def _check_form(self):
        # sudo: whether the form is in force must not depend on who chooses it
        withdrawn = self.sudo().form_id.filtered(lambda form: form.state == "withdrawn")[:1]
        if withdrawn:
            raise ValidationError(
                self.env._(
                    "“%s” is no longer in force, so nothing can be linked to it as valid. Choose what replaced it.",
                    withdrawn.display_name,
                )
            )
