from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.qms_core.lib import similarity

from ...lib import same_words

# An author's question of the last year counts as the same question.
REPEAT_DAYS = 365
# A letter that many sign goes round for some weeks.
MASS_DAYS = 90
# What tells what it is about; further text only blurs the comparison.
HEAD = 600
# From so many people on a letter is a mass appeal.
MASS_LEAST = 3
BATCH = 500


class FeedbackAppeal(models.Model):
    """Repeat appeals (the same author, the same question) and mass appeals (the same letter by many): two flags."""

    _inherit = "feedback.appeal"

    is_repeat = fields.Boolean("Repeat", readonly=True, copy=False, help="The same author asks the same again.")
    repeat_of_id = fields.Many2one(
        "feedback.appeal", "Repeats", readonly=True, copy=False, index="btree_not_null", ondelete="set null"
    )
    is_mass = fields.Boolean("Mass", readonly=True, copy=False, help="Others sent nearly the same text.")
    mass_of_id = fields.Many2one(
        "feedback.appeal",
        "First of the Same Text",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )
    mass_count = fields.Integer("Same Texts", compute="_compute_mass_count")
    awaits_alike = fields.Boolean(readonly=True, copy=False, help="It was not compared with others yet.")

    # serves the cron
    _awaits_alike = models.Index("(id) WHERE awaits_alike")

    # === COMPUTES === #

    @api.depends("mass_of_id")
    def _compute_mass_count(self):
        # sudo: how many sent the same is no secret; the others are shown with the reader's rights.
        groups = self.sudo()._read_group([("mass_of_id", "in", self.mass_of_id.ids)], ["mass_of_id"], ["__count"])
        counts = {first.id: count for first, count in groups}
        for appeal in self:
            appeal.mass_count = counts.get(appeal.mass_of_id.id, 0)

    # === ACTIONS === #

    def action_view_mass(self):
        """Open the appeals of nearly the same text."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("citizen_feedback.feedback_appeal_action")
        return {**action, "domain": [("mass_of_id", "=", self.mass_of_id.id)], "context": {}}

    # === BUSINESS METHODS === #

    @api.model
    def _wake_alike(self):
        # sudo: whoever brings in an appeal, it is compared by the system.
        cron = self.env.ref("citizen_feedback.ir_cron_appeals_alike", raise_if_not_found=False)
        if cron:
            cron.sudo()._trigger()

    def _find_alike(self):
        """Compare these appeals with earlier ones and set their flags."""
        # sudo: what is alike must not depend on who registers.
        appeals = self.sudo()
        for appeal in appeals:
            appeal._find_repeated()
        for company, members in appeals.grouped("company_id").items():
            members._find_mass(company)
        for appeal in appeals:
            appeal._transition({"state": appeal.state, "awaits_alike": False})

    def _find_repeated(self):
        """Set the flag of an appeal whose author asked the same before."""
        self.ensure_one()
        if not self.author_key:
            return
        since = self.date_received - timedelta(days=REPEAT_DAYS)
        earlier = self.search(
            [
                ("author_key", "=", self.author_key),
                ("company_id", "=", self.company_id.id),
                ("id", "<", self.id),
                ("date_received", ">=", since),
            ],
            order="id desc",
            limit=50,
        )
        for other in earlier:
            if similarity.likeness(self.text[:HEAD], other.text[:HEAD]) >= similarity.LIKENESS:
                first = other.repeat_of_id or other
                self._transition({"state": self.state, "is_repeat": True, "repeat_of_id": first.id})
                return

    @api.model
    def _mass_domain(self, company, since):
        return Domain("company_id", "=", company.id) & Domain("date_received", ">=", since)

    def _find_mass(self, company):
        """Set the flags of what many have sent in nearly the same words; those who sent it before get them, too."""
        since = min(self.mapped("date_received")) - timedelta(days=MASS_DAYS)
        window = self.search(self._mass_domain(company, since), order="id")
        found = same_words.groups({appeal.id: appeal.text for appeal in window})
        letters = {}
        for key, first in found.items():
            letters.setdefault(first, []).append(key)
        for first, keys in letters.items():
            members = self.browse(keys)
            # The same author who sends his letter three times is a repeat, not a mass.
            authors = {appeal.author_key or appeal.id for appeal in members}
            if len(authors) >= MASS_LEAST:
                for appeal in members.filtered(lambda appeal, first=first: appeal.mass_of_id.id != first):
                    appeal._transition({"state": appeal.state, "is_mass": True, "mass_of_id": first})

    # === CRONS === #

    @api.model
    def _cron_alike(self):
        """Compare what came in with what came before; in batches, each kept once it is done."""
        # sudo: the cron works for all authorities.
        appeals = self.sudo()
        while batch := appeals.search([("awaits_alike", "=", True)], order="id", limit=BATCH):
            batch._find_alike()
            if not self.env["ir.cron"]._commit_progress(len(batch)):
                return
