from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...lib import fishbone


class QmsNonconformity(models.Model):
    """Cause analysis: why, and why that, until something can be changed."""

    _inherit = "qms.nonconformity"

    cause_ids = fields.One2many("qms.nonconformity.cause", "nonconformity_id", "Causes")
    fishbone_html = fields.Html("Fishbone", compute="_compute_fishbone_html", sanitize=False)

    # === COMPUTES === #

    @api.depends("name", "cause_ids.name", "cause_ids.path", "cause_ids.category_id", "cause_ids.is_root")
    @api.depends_context("lang")
    def _compute_fishbone_html(self):
        for record in self:
            # Our own SVG with every text escaped, so the field needs no sanitizing, which would drop it.
            record.fishbone_html = Markup(record._fishbone_svg())

    # === BUSINESS METHODS === #

    def _fishbone_svg(self):
        """Return the fishbone of the causes as an SVG element, its bones the categories of the authority.

        :rtype: str
        """
        self.ensure_one()
        known = self.env["qms.cause.category"].search(Domain("company_id", "in", (False, self.company_id.id)))
        top = self.cause_ids.filtered(lambda cause: not cause.parent_id)
        bones = [
            fishbone.Bone(category.name, self._fishbone_causes(top.filtered(lambda c, k=category: c.category_id == k)))
            for category in known | top.category_id
        ]
        if unsorted := top.filtered(lambda cause: not cause.category_id):
            bones.append(fishbone.Bone(self.env._("Other"), self._fishbone_causes(unsorted)))
        return fishbone.to_svg(
            fishbone.place(fishbone.Fishbone(self.name or "", tuple(bones))),
            title=self.env._("Causes of %s", self.display_name or ""),
            lang=self.env.lang or "en_US",
            root=self.env._("Root cause"),
        )

    def _fishbone_causes(self, causes):
        return tuple(
            fishbone.Cause(cause.name or "", self._fishbone_causes(cause.child_ids), cause.is_root)
            for cause in causes.sorted("path")
        )

    def _fishbone_print(self):
        """Return the fishbone for a PDF, or nothing while no cause is known."""
        return Markup(self._fishbone_svg()) if self.cause_ids else ""

    def _check_ready_to_start(self):
        if not self.cause and (roots := self.cause_ids.filtered("is_root")):
            # Who has marked the root causes need not write them again.
            self.cause = "\n".join(roots.mapped("name"))
        if not self.cause and self.cause_ids:
            raise UserError(self.env._("Mark which of the causes is the root cause: the actions have to remove it."))
        super()._check_ready_to_start()

    def _analysis_text(self):
        """Return the tree of causes as plain text, a line each, for what has to outlive it."""
        mark = self.env._("root cause")
        return "\n".join(
            f"{'  ' * (cause.level - 1)}{cause.name}{f' ({mark})' if cause.is_root else ''}"
            for cause in self.cause_ids.sorted("path")
        )
