from datetime import date

from odoo import api, fields, models
from odoo.exceptions import ValidationError

KINDS = [("years", "Years"), ("permanent", "Permanent"), ("replaced", "Until replaced by a new one")]
FIELDS = ("retention_kind", "retention_years", "retention_article")
LONGEST = 100


class QmsRetentionMixin(models.AbstractModel):
    """How long something is kept, and the article of the list of retention periods that says so."""

    _name = "qms.retention.mixin"
    _description = "Record with a retention period"

    retention_kind = fields.Selection(KINDS, "Kept", required=True, default="years")
    retention_years = fields.Integer("Years of Retention", default=5)
    retention_article = fields.Char(
        "Article", help="Article of the list of standard documents with their retention periods."
    )
    retention = fields.Char(compute="_compute_retention")

    # === CONSTRAINTS === #

    @api.constrains("retention_kind", "retention_years")
    def _check_retention(self):
        for record in self:
            if record.retention_kind == "years" and not 0 < record.retention_years <= LONGEST:
                raise ValidationError(
                    self.env._(
                        "%(name)s: enter for how many years it is kept, from 1 to %(longest)s.",
                        name=record.display_name,
                        longest=LONGEST,
                    )
                )

    # === COMPUTES === #

    @api.depends(*FIELDS)
    @api.depends_context("lang")
    def _compute_retention(self):
        kinds = dict(self._fields["retention_kind"]._description_selection(self.env))
        for record in self:
            text = kinds.get(record.retention_kind, "")
            if record.retention_kind == "years":
                text = self.env._("%s years", record.retention_years)
            if record.retention_article:
                text = self.env._("%(retention)s, art. %(article)s", retention=text, article=record.retention_article)
            record.retention = text

    # === BUSINESS METHODS === #

    def _retention_end(self, year):
        """Return the last day on which what was finished in a year is kept; False where no day ends it.

        The years are counted from the first of January after the year in which the file was finished.

        :param int year: of the end of the work on it
        :rtype: datetime.date | bool
        """
        self.ensure_one()
        return self.retention_kind == "years" and date(year + self.retention_years, 12, 31)

    def _retention_rank(self):
        """Return a figure by which retention periods compare: the longer, the larger."""
        self.ensure_one()
        return {"permanent": LONGEST + 1, "replaced": 0}.get(self.retention_kind, self.retention_years)
