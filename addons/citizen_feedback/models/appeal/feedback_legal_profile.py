from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Domain


class FeedbackLegalProfile(models.Model):
    """What a country's law says of appeals, as data with validity: kinds, terms, grounds of refusal.

    Profiles without an authority come with the product. An authority copies one to change it.
    """

    _name = "feedback.legal.profile"
    _description = "Legal Profile of Appeals"
    _order = "code, date_from desc, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(
        required=True, help="The same for all editions of the law: an authority follows the one in force by itself."
    )
    country_id = fields.Many2one("res.country", index=True)
    company_id = fields.Many2one(
        "res.company",
        "Authority",
        index=True,
        default=lambda self: self.env.company,
        help="Empty for profiles that come with the product and are seen by all authorities.",
    )
    date_from = fields.Date("In Force from", required=True, default=fields.Date.context_today)
    date_to = fields.Date("In Force until", help="Empty while it is in force.")
    legal_basis = fields.Char("Law", translate=True)
    is_checked = fields.Boolean(
        "Checked against the Law", help="A lawyer has compared the terms with the text of the law in force."
    )
    unchecked_note = fields.Text("What was not checked", translate=True)
    counted_from = fields.Selection(
        [("receipt", "The day of receipt"), ("registration", "The day of registration")],
        "Answer counted from",
        required=True,
        default="receipt",
    )
    roll = fields.Selection(
        [("none", "It stays"), ("next", "The next working day"), ("previous", "The working day before")],
        "Last Day on a Day off",
        required=True,
        default="none",
        help="What becomes of a term whose last day is no working day.",
    )
    identification = fields.Selection(
        [("none", "Nothing"), ("contact", "Name and any contact"), ("address", "Name and a postal or e-mail address")],
        "The Author gives",
        required=True,
        default="contact",
        help="With less it is a message: it is answered where possible, but it is no appeal by law.",
    )
    verified_online = fields.Boolean(
        "Online only identified People", help="What comes electronically is an appeal only from an identified person."
    )
    kind_ids = fields.One2many("feedback.appeal.kind", "profile_id", "Kinds of Appeals", copy=True)
    refusal_ground_ids = fields.One2many("feedback.refusal.ground", "profile_id", "Grounds of Refusal", copy=True)
    is_followed = fields.Boolean("Followed", compute="_compute_is_followed", help="Your authority follows it today.")
    active = fields.Boolean(default=True)

    _dates = models.Constraint(
        "CHECK (date_to IS NULL OR date_to >= date_from)",
        "A profile can't end before it begins. Correct its dates.",
    )

    # === CONSTRAINTS === #

    @api.constrains("code", "company_id", "date_from", "date_to", "active")
    def _check_overlap(self):
        for profile in self.filtered("active"):
            same = Domain("code", "=", profile.code) & Domain("company_id", "=", profile.company_id.id)
            during = Domain("date_to", "=", False) | Domain("date_to", ">=", profile.date_from)
            if profile.date_to:
                during &= Domain("date_from", "<=", profile.date_to)
            if other := self.search(same & during & Domain("id", "!=", profile.id), limit=1):
                raise ValidationError(
                    self.env._(
                        "“%(profile)s” and “%(other)s” would be in force on the same days. End one before the other "
                        "begins.",
                        profile=profile.name,
                        other=other.name,
                    )
                )

    # === COMPUTES === #

    @api.depends("code", "date_from", "date_to", "company_id", "active")
    @api.depends_context("company")
    def _compute_is_followed(self):
        followed = self.env.company._feedback_profile()
        for profile in self:
            profile.is_followed = profile._origin == followed

    # === CRUD === #

    def copy_data(self, default=None):
        rows = super().copy_data(default)
        for profile, row in zip(self, rows, strict=True):
            # A copy is the authority's own: with it, it deviates from what came with the product.
            row["company_id"] = self.env.company.id
            row["is_checked"] = False
            if "code" not in (default or {}) and profile.company_id == self.env.company:
                row["code"] = self.env._("%s (copy)", profile.code)
        return rows

    # === ACTIONS === #

    def action_follow(self):
        """Let the user's authority receive appeals by this law.

        :raises AccessError: for who is no feedback manager
        :raises ValidationError: for a profile without kinds, or of another authority
        """
        self.ensure_one()
        self.check_access("read")
        self._check_is_manager()
        # sudo: which law the authority follows is the feedback manager's business, its other settings are not.
        self.env.company.sudo().feedback_legal_profile_id = self

    def action_make_own(self):
        """Copy the profile for the user's authority, which may then change it.

        :return: the action that opens the copy
        """
        self.ensure_one()
        own = self.copy()
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": own.id,
            "views": [(False, "form")],
        }

    def _check_is_manager(self):
        if not self.env.user.has_group("citizen_feedback.group_feedback_manager"):
            raise AccessError(self.env._("Only a feedback manager says which law the authority follows."))

    # === BUSINESS METHODS === #

    @api.model
    def _in_force(self, company, day):
        """Return the profile that an authority follows on a day; empty where there is none.

        Its own profile stands before that of the product. Which law it is, the authority has chosen, else its
        country says it.

        :param company: ``res.company``
        :param datetime.date day:
        """
        # sudo: visitors and registrars read the terms, whatever they may read otherwise.
        profiles = self.sudo()
        chosen = company.sudo().feedback_legal_profile_id  # sudo: as above
        law = Domain("code", "=", chosen.code) if chosen else Domain("country_id", "=", company.sudo().country_id.id)
        if not chosen and not company.sudo().country_id:
            return profiles.browse()
        valid = Domain("date_from", "<=", day) & (Domain("date_to", "=", False) | Domain("date_to", ">=", day))
        found = profiles.search(law & valid & Domain("company_id", "in", (False, company.id)))
        return found.sorted(lambda profile: not profile.company_id)[:1]
