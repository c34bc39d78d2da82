from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.fields import Domain

from ...lib import similarity

# Of how many earlier cases the texts are compared at most, the newest first.
COMPARED = 500
# What tells what happened; further text only blurs the comparison.
HEAD = 300


class QmsNonconformity(models.Model):
    """Repeated nonconformities: what looks alike is proposed, and a person says whether it is."""

    _inherit = "qms.nonconformity"

    repeat_of_id = fields.Many2one(
        "qms.nonconformity",
        "Repeats the Case",
        readonly=True,
        copy=False,
        index="btree_not_null",
        tracking=True,
        help="The earlier case of which this is a repetition.",
    )
    repeat_denied = fields.Boolean("No Repetition", readonly=True, copy=False)
    repeat_ids = fields.One2many("qms.nonconformity", "repeat_of_id", "Repeated by")
    similar_ids = fields.Many2many("qms.nonconformity", compute="_compute_similar_ids", string="Similar Cases")
    similar_count = fields.Integer("Happened Before", compute="_compute_similar_ids")

    # serves the look for earlier cases of a process
    _company_found = models.Index("(company_id, date_found)")

    # === COMPUTES === #

    @api.depends("name", "process_id", "category_id", "department_id", "date_found", "company_id", "kind")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_similar_ids(self):
        for record in self:
            # Only what the user may read: a count must not tell of cases that are none of his business.
            record.similar_ids = record._similar_cases()
            record.similar_count = len(record.similar_ids)

    # === ACTIONS === #

    def action_view_similar(self):
        """Open the earlier cases that look alike."""
        self.ensure_one()
        return {
            **self.env["ir.actions.act_window"]._for_xml_id("qms_core.qms_nonconformity_action"),
            "name": self.env._("Happened before"),
            "domain": [("id", "in", self.similar_ids.ids)],
            "context": {},
        }

    def action_confirm_repeat(self):
        """Say that it repeats the most alike of the earlier cases."""
        for record in self:
            record._check_answers()
            record._check_state("reported", "analysis", "work", "verification")
            # Of a chain of repetitions the first case is what all of them repeat.
            first = record.similar_ids[:1].repeat_of_id or record.similar_ids[:1]
            if first and first != record:
                # sudo: what repeats this case repeats the first one too, also where the user may not read it.
                others = record.sudo().with_context(active_test=False).repeat_ids - first.sudo()
                (record | others)._transition({"repeat_of_id": first.id, "repeat_denied": False})

    def action_deny_repeat(self):
        """Say that it only looks like a repetition."""
        for record in self:
            record._check_answers()
            record._check_state("reported", "analysis", "work", "verification")
            record._transition({"repeat_of_id": False, "repeat_denied": True})

    # === BUSINESS METHODS === #

    def _similar_cases(self):
        """Return the earlier cases that look alike, the most alike first, as far as the user may read them.

        Alike are: the same process and category, or a text that says nearly the same.
        """
        self.ensure_one()
        if not self.name or not self.date_found:
            return self.browse()
        # sudo: the months are a setting, which employees may not read.
        since = self.date_found - relativedelta(months=self.company_id.sudo().qms_repeat_months)
        domain = (
            Domain("company_id", "=", self.company_id.id)
            & Domain("date_found", ">=", since)
            & Domain("date_found", "<=", self.date_found)
            & Domain("state", "!=", "rejected")
        )
        if self._origin:
            # What came on the same day counts if it was reported before.
            domain &= Domain("id", "<", self._origin.id) | Domain("date_found", "<", self.date_found)
            domain &= Domain("id", "!=", self._origin.id)
        earlier = self.search(domain, order="date_found desc, id desc", limit=COMPARED)
        likeness = {case: similarity.likeness(self.name[:HEAD], case.name[:HEAD]) for case in earlier}
        alike = earlier.filtered(lambda case: likeness[case] >= similarity.LIKENESS or self._is_same_kind(case))
        return alike.sorted(lambda case: -likeness[case])

    def _is_same_kind(self, case):
        same_process = self.process_id and self.process_id == case.process_id
        return bool(same_process and self.category_id and self.category_id == case.category_id)
