from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...lib import framework


class QmsRequirementMapping(models.Model):
    """How far an answer to a clause of one standard is an answer to a clause of another."""

    _name = "qms.requirement.mapping"
    _description = "Mapping of Requirements"
    _order = "from_standard_id, to_standard_id, from_id, to_id, id"
    _check_company_auto = True

    from_id = fields.Many2one(
        "qms.requirement", "From Clause", required=True, index=True, ondelete="cascade", check_company=True
    )
    to_id = fields.Many2one(
        "qms.requirement", "To Clause", required=True, index=True, ondelete="cascade", check_company=True
    )
    from_standard_id = fields.Many2one(
        related="from_id.standard_id", string="From Standard", store=True, index=True, precompute=True
    )
    to_standard_id = fields.Many2one(
        related="to_id.standard_id", string="To Standard", store=True, index=True, precompute=True
    )
    company_id = fields.Many2one(related="from_id.company_id", store=True, index=True, precompute=True)
    strength = fields.Selection(
        [("full", "Wholly"), ("partial", "In part"), ("related", "Related only")],
        required=True,
        default="partial",
        help="Wholly: it is answered as well. In part: something is left to do. Related: worth a look only.",
    )
    both_ways = fields.Boolean(help="An answer to the second is an answer to the first in the same degree.")
    note = fields.Char(translate=True)
    from_file = fields.Boolean(readonly=True, copy=False)

    _pair = models.UniqueIndex("(from_id, to_id)", "These two clauses are mapped already. Change that mapping.")

    # === CONSTRAINTS === #

    @api.constrains("from_id", "to_id", "both_ways")
    def _check_mapping(self):
        for mapping in self:
            if mapping.from_standard_id == mapping.to_standard_id:
                raise ValidationError(
                    self.env._(
                        "%(first)s and %(second)s are clauses of the same standard. A mapping leads from one "
                        "standard to another.",
                        first=mapping.from_id.clause,
                        second=mapping.to_id.clause,
                    )
                )
        self._check_turned_round()
        self._check_circle()

    def _check_turned_round(self):
        """A pair that holds both ways is not entered a second time, turned round."""
        rows = self.search([("from_id", "in", self.to_id.ids), ("to_id", "in", self.from_id.ids)])
        pairs = {(row.to_id, row.from_id): row for row in rows}
        for mapping in self:
            other = pairs.get((mapping.from_id, mapping.to_id))
            if other and (other.both_ways or mapping.both_ways):
                raise ValidationError(
                    self.env._("%s are mapped already, the other way round. Change that mapping.", mapping.display_name)
                )

    def _check_circle(self):
        """Mappings in one direction lead on, never back; those that hold both ways are meant to go round."""
        rows = self.search([("company_id", "in", self.company_id.ids), ("both_ways", "=", False)])
        circle = framework.find_circle((row.from_id, row.to_id) for row in rows)
        if circle:
            raise ValidationError(
                self.env._(
                    "The mappings lead in a circle: %s. Take one of them out, or mark a mapping as holding both ways.",
                    " → ".join(f"{requirement.standard_id.code} {requirement.clause}" for requirement in circle),
                )
            )

    # === COMPUTES === #

    @api.depends("from_id.clause", "from_id.standard_id.code", "to_id.clause", "to_id.standard_id.code")
    def _compute_display_name(self):
        for mapping in self:
            ends = (mapping.from_id, mapping.to_id)
            mapping.display_name = " → ".join(f"{end.standard_id.code} {end.clause or ''}".strip() for end in ends)

    # === BUSINESS METHODS === #

    def _directed(self):
        """Return the mappings as the engine reads them: one link a direction.

        :return: ``[(id, id, strength)]``
        """
        links = []
        for mapping in self:
            ends = (mapping.from_id.id, mapping.to_id.id)
            links.append((*ends, mapping.strength))
            if mapping.both_ways:
                links.append((*ends[::-1], mapping.strength))
        return links
