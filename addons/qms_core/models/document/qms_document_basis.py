from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

# So many working days are given to say what becomes of a document whose basis lapsed.
LAPSE_DAYS = 10


class QmsDocument(models.Model):
    """External acts and what rests on them: an act that lapses flags the documents that name it."""

    _inherit = "qms.document"

    act_issuer = fields.Char("Issued by", help="The body that issued the act.")
    act_number = fields.Char("Number of the Act")
    act_date = fields.Date("Date of the Act")
    valid_from = fields.Date(help="Of an external act: from this day it holds.")
    valid_to = fields.Date("Valid until", help="Of an external act: the last day on which it holds.", tracking=True)
    legal_basis_ids = fields.Many2many(
        "qms.document",
        "qms_document_basis_rel",
        "document_id",
        "basis_id",
        check_company=True,
        domain="[('kind', '=', 'external'), ('state', '!=', 'withdrawn')]",
    )
    resting_ids = fields.Many2many(
        "qms.document", "qms_document_basis_rel", "basis_id", "document_id", "Rest on It", readonly=True
    )
    has_lapsed_basis = fields.Boolean(
        "Basis Lapsed", compute="_compute_has_lapsed_basis", store=True, help="An act that it rests on no longer holds."
    )
    basis_flagged = fields.Boolean(readonly=True, copy=False, help="The owner was told that the basis lapsed.")

    _validity = models.Constraint("CHECK (valid_to >= valid_from)", "An act can't lapse before it holds.")

    # === CONSTRAINTS === #

    @api.constrains("legal_basis_ids")
    def _check_basis_kind(self):
        wrong = self.legal_basis_ids.filtered(lambda basis: basis.kind != "external")
        if wrong:
            raise ValidationError(
                self.env._("%s is not an external act, so no document rests on it. Name it as related.", wrong[0].name)
            )

    # === COMPUTES === #

    # What the state of an external act follows from. By its state itself, each step of any version would have to look
    # for documents that rest on it.
    @api.depends("legal_basis_ids.kind", "legal_basis_ids.valid_from", "legal_basis_ids.valid_to")
    def _compute_has_lapsed_basis(self):
        for document in self:
            bases = document.with_context(active_test=False).legal_basis_ids  # an act that was archived lapses, too
            document.has_lapsed_basis = "withdrawn" in bases.mapped("state")

    # === BUSINESS METHODS === #

    def _act_state(self):
        """Return whether an external act holds today."""
        self.ensure_one()
        today = (self.company_id or self.env.company)._qms_today()
        if self.valid_to and self.valid_to < today:
            return "withdrawn"
        return "draft" if self.valid_from and self.valid_from > today else "effective"

    @api.model
    def _link_fields(self):
        """Hook: return the names of the fields that link documents as valid ones."""
        return {"legal_basis_ids", "related_ids"}

    def _linked(self):
        """Return ``{document id: ids it is linked to}``."""
        return {
            document.id: {linked.id for name in self._link_fields() for linked in document[name]} for document in self
        }

    def _check_links(self, before=None):
        """Raise a ValidationError if a withdrawn document is newly linked as valid.

        :param dict before: what was linked before, as ``_linked`` returns it
        """
        before = before or {}
        for document, linked in self._linked().items():
            new = self.browse(linked - before.get(document, set()))
            if withdrawn := new.filtered(lambda other: other.state == "withdrawn")[:1]:
                raise ValidationError(
                    self.env._(
                        "“%s” is no longer in force, so nothing can be linked to it as valid. Choose what replaced it.",
                        withdrawn.display_name,
                    )
                )

    def _flag_lapsed_basis(self):
        """Tell who keeps these documents that an act they rest on lapsed; once for each lapse.

        Where nobody can be told, the next run tries again.
        """
        told = self.browse()
        for document in self:
            users = document._called_keepers()
            if not users:
                continue
            bases = document.with_context(active_test=False).legal_basis_ids
            lapsed = bases.filtered(lambda basis: basis.state == "withdrawn")
            names = ", ".join(lapsed.mapped("display_name"))
            day = document.company_id._qms_working_day_after(document.company_id._qms_today(), LAPSE_DAYS)
            document._call_to_act(
                users,
                day,
                lambda record, names=names: record.env._("An act that it rests on lapsed: %s", names),
                verb="decide",
            )
            said = document._in_own_language()
            document.message_post(body=said.env._("An act that it rests on lapsed: %s", names))
            told |= document
        told._write_by_method({"basis_flagged": True})

    # === CRONS === #

    @api.model
    def _follow_validity(self, company):
        """Bring the states of an authority's external acts up to date, and flag what rests on lapsed ones."""
        today = company._qms_today()
        own = Domain("company_id", "=", company.id)
        lapsed = Domain("valid_to", "<", today) & Domain("state", "!=", "withdrawn")
        begun = Domain("valid_from", "<=", today) & Domain("state", "=", "draft")
        acts = self.with_context(active_test=False).search(own & Domain("kind", "=", "external") & (lapsed | begun))
        # Nothing was written, a day has passed: what follows from their validity is computed anew.
        acts.modified(["valid_to"])
        self.env.flush_all()
        flagged = self.search(own & Domain("basis_flagged", "=", True) & Domain("has_lapsed_basis", "=", False))
        if flagged:
            flagged._write_by_method({"basis_flagged": False})
        concerned = Domain("has_lapsed_basis", "=", True) & Domain("state", "!=", "withdrawn")
        self.search(own & concerned & Domain("basis_flagged", "=", False))._flag_lapsed_basis()
