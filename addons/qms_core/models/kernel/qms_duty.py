from odoo import api, fields, models


class QmsDuty(models.Model):
    """What a position has to do, may decide, and answers for, as far as no process says it.

    What follows from processes is not copied here: ``qms.role._model_duties`` computes it.
    """

    _name = "qms.duty"
    _description = "Duty of a Position"
    _order = "role_id, sequence, key, id"
    _check_company_auto = True
    _rec_name = "text"

    role_id = fields.Many2one("qms.role", "Position", required=True, index=True, ondelete="cascade", check_company=True)
    company_id = fields.Many2one(related="role_id.company_id", store=True, index=True)
    key = fields.Char(
        required=True,
        copy=False,
        help="Identity of the duty within its position, kept over workbooks and document versions.",
    )
    sequence = fields.Integer(default=10)
    kind = fields.Selection(
        [("duty", "Duty"), ("authority", "Authority"), ("responsibility", "Responsibility")],
        required=True,
        default="duty",
        help="What the person has to do, may decide, and answers for.",
    )
    text = fields.Text(required=True)
    legal_basis = fields.Char()
    decided_by_id = fields.Many2one(
        "qms.role",
        "Decided by",
        index=True,
        check_company=True,
        ondelete="restrict",
        help="Whose decision it is, where the person only prepares it.",
    )
    active = fields.Boolean(default=True)

    _key_role = models.UniqueIndex("(role_id, key)", "The position has a duty with this key already. Choose a new key.")

    @api.model_create_multi
    def create(self, vals_list):
        """Number new duties that come without a key of their own."""
        used = {}
        for vals in vals_list:
            role_id = vals.get("role_id")
            if vals.get("key") or not role_id:
                continue
            if role_id not in used:
                # sudo: archived duties keep their keys, whoever may see them.
                rows = self.sudo().with_context(active_test=False).search([("role_id", "=", role_id)])
                used[role_id] = set(rows.mapped("key"))
            number = 10 * (len(used[role_id]) + 1)
            while f"d{number:03d}" in used[role_id]:
                number += 10
            vals["key"] = f"d{number:03d}"
            used[role_id].add(vals["key"])
        return super().create(vals_list)
