import secrets

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from ...lib.sampling import margin_of_share, sample_size
from .survey_survey import AUDIENCES

# Bytes of the secret in a questionnaire's address: 128 bits.
TOKEN_BYTES = 16
# By what the answers of a round are judged later.
PLANNED = frozenset(
    {"survey_id", "service_id", "company_id", "population_size", "confidence", "margin_wanted", "audience"}
)
MOST_PEOPLE = 2_000_000_000


class FeedbackWave(models.Model):
    """One round of a questionnaire: whom it asks, how many answers it needs, and what they say.

    The same questionnaire is asked again and again; its rounds are compared with one another. Answers are anonymous:
    nothing ties them to a person.
    """

    _name = "feedback.wave"
    _description = "Round of a Questionnaire"
    _inherit = ["qms.frozen.mixin"]
    _order = "date_from desc, id desc"
    _check_company_auto = True
    _state_initial = "planned"
    _frozen_states = ("closed",)
    _by_method = frozenset({"date_closed", "closed_by_id"})

    name = fields.Char(required=True)
    company_id = fields.Many2one("res.company", required=True, index=True, default=lambda self: self.env.company)
    survey_id = fields.Many2one(
        "survey.survey",
        "Questionnaire",
        required=True,
        index=True,
        ondelete="restrict",
        domain="[('feedback_company_id', 'in', [company_id, False])]",
    )
    audience = fields.Selection(
        AUDIENCES,
        "Who is asked",
        compute="_compute_audience",
        store=True,
        readonly=False,
        required=True,
        precompute=True,
    )
    service_id = fields.Many2one("qms.service", index="btree_not_null", check_company=True, ondelete="restrict")
    date_from = fields.Date("From", required=True, default=lambda self: self.env.company._qms_today())
    date_to = fields.Date("To", required=True)
    state = fields.Selection(
        [("planned", "Planned"), ("running", "Under way"), ("closed", "Closed")],
        required=True,
        readonly=True,
        default="planned",
        copy=False,
    )
    population_size = fields.Integer(
        "How many there are", help="All who could be asked: inhabitants, applicants of the period, staff. 0: not known."
    )
    confidence = fields.Selection(
        [("0.90", "90 %"), ("0.95", "95 %"), ("0.99", "99 %")], "Certainty", required=True, default="0.95"
    )
    margin_wanted = fields.Float(
        "Wanted Margin (± %)", required=True, default=5.0, digits=(4, 1), help="In percentage points of a share."
    )
    sample_needed = fields.Integer("Answers Needed", compute="_compute_sample_needed")
    answer_count = fields.Integer("Answers", compute="_compute_answer_count", compute_sudo=True)
    margin_reached = fields.Float(
        "Reached Margin (± %)",
        digits=(4, 1),
        compute="_compute_margin_reached",
        help="Of a share near one half, for a random sample. Who answers a link on his own account is no random "
        "sample: the true margin then is larger, and nobody knows by how much.",
    )
    token = fields.Char(
        required=True, readonly=True, copy=False, default=lambda self: secrets.token_urlsafe(TOKEN_BYTES)
    )
    url = fields.Char("Address of the Questionnaire", compute="_compute_url")
    previous_id = fields.Many2one("feedback.wave", "Compared with", compute="_compute_previous_id")
    result_ids = fields.One2many("feedback.wave.result", "wave_id", "Results", readonly=True, copy=False)
    date_closed = fields.Date("Closed on", readonly=True, copy=False)
    closed_by_id = fields.Many2one("res.users", "Closed by", readonly=True, copy=False)

    _token_once = models.UniqueIndex("(token)", "Another round has this address already.")
    _order_of_days = models.Constraint(
        "CHECK (date_to >= date_from)", "The round ends before it begins. Correct one of the days."
    )
    _population = models.Constraint(
        f"CHECK (population_size BETWEEN 0 AND {MOST_PEOPLE})", "The number of people can't be negative. Correct it."
    )
    _margin = models.Constraint(
        "CHECK (margin_wanted > 0 AND margin_wanted <= 50)", "The wanted margin lies above 0, up to 50 %. Correct it."
    )

    # === CONSTRAINTS === #

    @api.constrains("survey_id", "company_id")
    def _check_survey_company(self):
        for wave in self:
            owner = wave.sudo().survey_id.feedback_company_id  # sudo: whose it is, whoever asks
            if owner and owner != wave.company_id:
                raise ValidationError(self.env._("This questionnaire is another authority's. Choose one of your own."))

    # === COMPUTES === #

    @api.depends("survey_id")
    def _compute_audience(self):
        for wave in self:
            wave.audience = wave.survey_id.feedback_audience or wave.audience or "applicants"

    @api.depends("population_size", "margin_wanted", "confidence")
    def _compute_sample_needed(self):
        for wave in self:
            margin = (wave.margin_wanted or 0) / 100
            wave.sample_needed = 0 < margin < 1 and sample_size(max(0, wave.population_size), margin, wave._certainty())

    def _compute_answer_count(self):
        # Answers are read by their authors' questionnaires only; how many there are is told to every reader.
        groups = self.env["survey.user_input"]._read_group(
            [("feedback_wave_id", "in", self.ids), ("state", "=", "done"), ("test_entry", "=", False)],
            ["feedback_wave_id"],
            ["__count"],
        )
        counts = {wave.id: count for wave, count in groups}
        for wave in self:
            wave.answer_count = counts.get(wave.id, 0)

    @api.depends("answer_count", "population_size", "confidence")
    def _compute_margin_reached(self):
        for wave in self:
            margin = margin_of_share(wave.answer_count, max(0, wave.population_size), wave._certainty())
            wave.margin_reached = 100 * margin if margin is not None else 0.0

    @api.depends("token", "company_id")
    def _compute_url(self):
        # sudo: every reader of the round may hand on its address, website managers only read websites.
        websites = self.env["website"].sudo()
        for wave in self:
            website = websites.search([("company_id", "=", wave.company_id.id)], limit=1)
            wave.url = f"{website.get_base_url()}/feedback/questionnaire/{wave.token}"

    @api.depends("survey_id", "service_id", "date_from", "state")
    def _compute_previous_id(self):
        for wave in self:
            wave.previous_id = wave.date_from and self.search(
                [
                    ("survey_id", "=", wave.survey_id.id),
                    ("service_id", "=", wave.service_id.id),
                    ("company_id", "=", wave.company_id.id),
                    ("state", "=", "closed"),
                    ("date_from", "<", wave.date_from),
                ],
                order="date_from desc, id desc",
                limit=1,
            )

    # === CRUD === #

    def write(self, vals):
        if PLANNED & set(vals) and any(wave.state != "planned" for wave in self):
            raise UserError(
                self.env._(
                    "People are answering already, so whom the round asks and how exactly stays. Plan another one."
                )
            )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_answered(self):
        if any(wave.state != "planned" for wave in self):
            raise UserError(self.env._("A round that people have answered is not deleted. Close it."))

    # === ACCESS === #

    @api.model
    def _under_way(self, surveys):
        """Return the rounds in which people are answering questionnaires.

        :param surveys: ``survey.survey``
        """
        # sudo: that people are answering counts also for who doesn't see the round.
        return self.sudo().search([("survey_id", "in", surveys.ids), ("state", "=", "running")])

    # === BUSINESS METHODS === #

    def _certainty(self):
        return float(self.confidence or "0.95")

    def _check_may_organise(self):
        if not (self.env.su or self.env.user.has_group("citizen_feedback.group_feedback_manager")):
            raise AccessError(self.env._("Rounds of questionnaires are begun and closed by feedback managers."))

    @api.model
    def _open_wave(self, company, token):
        """Return the round of an authority that takes answers today; empty where there is none.

        :param company: ``res.company``
        :param str token: what stands in the address
        """
        today = company._qms_today()
        # sudo: visitors have no right on rounds; who has the address may answer.
        return self.sudo().search(
            [
                ("token", "=", token),
                ("company_id", "=", company.id),
                ("state", "=", "running"),
                ("date_from", "<=", today),
                ("date_to", ">=", today),
                ("survey_id.active", "=", True),
                ("survey_id.access_mode", "=", "public"),
                ("survey_id.users_login_required", "=", False),
            ],
            limit=1,
        )
