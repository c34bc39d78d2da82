from odoo import api, fields, models

DUTY = "qms_core.mail_activity_type_duty"
# What a duty asks of its person, in the order in which "My day" shows it.
VERBS = [
    ("do", "Do"),
    ("answer", "Answer"),
    ("decide", "Decide"),
    ("sign", "Sign"),
    ("check", "Check"),
    ("read", "Read"),
]


class MailActivity(models.Model):
    _inherit = "mail.activity"

    # Both stored, so that a day of thousands of duties is counted by the database without reading their records.
    qms_verb = fields.Selection(
        VERBS, "What is asked", compute="_compute_qms_verb", store=True, precompute=True, readonly=False
    )
    qms_company_id = fields.Many2one(
        "res.company",
        "Authority",
        compute="_compute_qms_company_id",
        store=True,
        precompute=True,
        index="btree_not_null",
        help="The authority of the record that calls to act; empty for activities that Odoo made.",
    )

    @api.depends("activity_type_id", "res_model", "res_id", "user_id")
    def _compute_qms_verb(self):
        self.qms_verb = "do"
        for activity, record in self._duties():
            if hasattr(record, "_day_verb"):
                activity.qms_verb = record._day_verb(activity.user_id)

    @api.depends("activity_type_id", "res_model", "res_id")
    def _compute_qms_company_id(self):
        self.qms_company_id = False
        for activity, record in self._duties():
            if "company_id" in record._fields:
                activity.qms_company_id = record.company_id

    @api.depends("user_id")
    def _compute_res_name(self):
        """Name the record in the language of who is called: a night job, or who reported it, may speak another."""
        for lang, activities in self.grouped(lambda activity: activity.user_id.lang).items():
            super(MailActivity, activities.with_context(lang=lang or self.env.lang))._compute_res_name()

    def _duties(self):
        """Return ``[(activity, record)]`` of those that call to act on a record of the quality system."""
        duty = self.env["ir.model.data"]._xmlid_to_res_id(DUTY)
        found = []
        duties = self.filtered(lambda activity: duty and activity.activity_type_id.id == duty)
        duties = duties.filtered(lambda activity: activity.res_model in self.env)
        for model, activities in duties.grouped("res_model").items():
            records = self.env[model].browse(activities.mapped("res_id"))
            if self.ids:  # those of a call that is just being made are there
                records = records.exists()
            by_id = {record.id: record for record in records}
            found += [(activity, by_id[activity.res_id]) for activity in activities if activity.res_id in by_id]
        return found
