from datetime import timedelta

from odoo import SUPERUSER_ID, api, fields, models

BROKEN = "S-13"
BURST = (1, 2, 1, 1, 2, 1)
COMPLAINT = "Термінал не видавав талонів, чергу ніхто не вів."
FALSE_ALARM = "Оцінку поставлено помилково: заявниця зателефонувала того ж дня."


class QmsDemo(models.AbstractModel):
    _inherit = "qms.demo"

    @api.model
    def _prepare_company(self):
        super()._prepare_company()
        # The shipped rules were named when the database spoke English only.
        rules = self.env["feedback.rule"].with_context(active_test=False)
        rules.search([("company_id", "=", self.env.company.id)]).unlink()
        self.env.company._ship_feedback_rules()

    @api.model
    def _play_scenario(self):
        super()._play_scenario()
        self._play_signals()

    @api.model
    def _play_signals(self):
        """What the rules find in all this; one signal turns out to be a false alarm."""
        self._rate_broken_service()
        rules = self.env["feedback.rule"].sudo()  # sudo: as the cron does
        rules.search([("company_id", "=", self.env.company.id), ("kind", "!=", "low")])._watch()
        manager = self._as("feedback_manager").env["feedback.signal"]
        latest = manager.search([("kind", "=", "low"), ("state", "=", "new")], limit=1, order="score desc, id")
        latest.action_false_alarm(FALSE_ALARM)

    @api.model
    def _rate_broken_service(self):
        """A morning on which the ticket machine was out of order."""
        service = self.env["qms.service"].search([("code", "=", BROKEN), ("company_id", "=", self.env.company.id)])
        moment = fields.Datetime.now() - timedelta(hours=9)
        # As the system, like every rating that comes from a public page.
        self.env["feedback.rating"].with_user(SUPERUSER_ID).create(
            [
                {
                    "service_id": service.id,
                    "score": score,
                    "date": moment + timedelta(minutes=20 * index),
                    "channel": "qr",
                    "comment": COMPLAINT if index % 2 else False,
                }
                for index, score in enumerate(BURST)
            ]
        )
        self._signal_low_marks()
