from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError
from odoo.tools import ormcache


class FeedbackConsent(models.Model):
    """The words by which a person agrees that the authority keeps his name or contact.

    Each record is one version for one purpose. From its publication on its words are frozen: what somebody agreed
    to can be shown years later. A text without authority is shipped with the addon and holds for each authority
    that has published none of its own.
    """

    _name = "feedback.consent"
    _description = "Consent Text"
    _inherit = ["qms.frozen.mixin"]
    _order = "purpose, company_id, date_from desc, id desc"
    _rec_name = "purpose"
    _frozen_states = ("published", "replaced")
    _by_method = frozenset({"date_from", "published_by_id"})

    company_id = fields.Many2one(
        "res.company",
        "Authority",
        index=True,
        default=lambda self: self.env.company,
        ondelete="restrict",
        help="A text without authority holds for all that have none of their own.",
    )
    purpose = fields.Selection(
        [("rating", "Contact left with a rating"), ("appeal", "Name and contact of an appeal")], required=True
    )
    text = fields.Text(
        required=True,
        translate=True,
        help="What is kept, for what, and until when; and how the consent is taken back.",
    )
    state = fields.Selection(
        [("draft", "Draft"), ("published", "Published"), ("replaced", "Replaced")],
        required=True,
        readonly=True,
        default="draft",
        copy=False,
    )
    date_from = fields.Date("Published on", readonly=True, copy=False)
    published_by_id = fields.Many2one("res.users", "Published by", readonly=True, copy=False)

    _one_published = models.UniqueIndex(
        "(COALESCE(company_id, 0), purpose) WHERE state = 'published'",
        "This authority has published a text for this purpose already. Publish the new one by its button.",
    )

    # === CONSTRAINTS === #

    @api.constrains("text")
    def _check_text(self):
        for consent in self:
            if not consent.text.strip():
                raise ValidationError(self.env._("A consent needs words. Write what the person agrees to."))

    # === COMPUTES === #

    @api.depends("purpose", "date_from")
    @api.depends_context("lang")
    def _compute_display_name(self):
        labels = dict(self._fields["purpose"]._description_selection(self.env))
        for consent in self:
            day = consent.date_from and fields.Date.to_string(consent.date_from)
            consent.display_name = ", ".join(filter(None, [labels.get(consent.purpose), day]))

    # === ACTIONS === #

    def action_publish(self):
        """Let the text hold from now on; the one that held so far is kept for those who agreed to it."""
        if not self.env.user.has_group("citizen_feedback.group_feedback_manager"):
            raise AccessError(self.env._("Only a feedback manager publishes the text of a consent."))
        for consent in self:
            consent._check_state("draft")
            if not consent.company_id:
                raise AccessError(self.env._("Choose the authority for which the text holds, then publish it."))
            consent._current(consent.company_id, consent.purpose).filtered("company_id")._transition(
                {"state": "replaced"}
            )
            self.env.registry.clear_cache()
            consent._transition(
                {
                    "state": "published",
                    "date_from": consent.company_id._qms_today(),
                    "published_by_id": self.env.uid,
                }
            )

    # === BUSINESS METHODS === #

    @api.model
    def _current(self, company, purpose):
        """Return the text that holds now for a purpose: the authority's own, else the shipped one.

        :param company: the authority (``res.company``)
        :param str purpose: a key of the field
        :return: ``feedback.consent``, empty where there is none: then nothing personal may be asked for
        """
        # sudo: visitors read the text on a public page; the domain decides which.
        return self.sudo().search(
            [
                ("state", "=", "published"),
                ("purpose", "=", purpose),
                ("company_id", "in", [company.id, False]),
            ],
            order="company_id, id desc",
            limit=1,
        )

    @api.model
    @ormcache("company.id", "purpose", "self.env.lang")
    def _current_words(self, company, purpose):
        """Return the number and the words of the text that holds now, in the language of the environment.

        Remembered until another text is published: each page with a form shows them.

        :return: tuple ``(id, text)``; ``(False, "")`` where nothing personal may be asked for
        """
        consent = self._current(company, purpose).with_context(lang=self.env.lang)
        return consent.id, consent.text or ""

    def _publish_shipped(self):
        """Let the shipped texts hold for authorities without their own; called by the data file at each update."""
        drafts = self.filtered(lambda consent: consent.state == "draft")
        # They belong to no authority, so no calendar of one says which day it is.
        drafts._transition({"state": "published", "date_from": fields.Date.today()})
        self.env.registry.clear_cache()
