from datetime import timedelta
from random import Random

from odoo import api, models

SEED = 2029
POINTS = ("SP-1", "SP-2", "SP-3", "SP-4")
KIOSK, PAPER = "Кіоск у залі ЦНАП", "Скринька для анкет у залі ЦНАП"
SERVICE = "S-03"
# Forms of a pack, and how many of the open one are keyed in so far.
PACK, KEYED = 24, 7
MARKS, WEIGHTS = (1, 2, 3, 4, 5), (1, 2, 4, 9, 12)


class QmsDemo(models.AbstractModel):
    _inherit = "qms.demo"

    @api.model
    def _play_scenario(self):
        super()._play_scenario()
        self._play_channels()

    @api.model
    def _play_channels(self):
        """QR codes at the service points, a kiosk, a box for paper questionnaires with a closed and an open pack."""
        manager = self._as("feedback_manager").env
        points = manager["qms.service.point"].search(
            [("code", "in", POINTS), ("company_id", "=", self.env.company.id)], order="code"
        )
        channels = manager["feedback.channel"].create(
            [{"name": point.name, "kind": "qr", "point_id": point.id} for point in points]
            + [
                {"name": KIOSK, "kind": "kiosk", "point_id": points[:1].id},
                {"name": PAPER, "kind": "paper", "point_id": points[:1].id},
            ]
        )
        chance = Random(SEED)
        self._key_in(chance, channels[-1], 30, PACK).action_close()
        self._key_in(chance, channels[-1], 2, KEYED)

    @api.model
    def _key_in(self, chance, channel, days, keyed):
        """Let the operator key in forms of a pack that was collected some days ago."""
        company = [("company_id", "=", self.env.company.id)]
        operator = self._as("feedback_operator").env
        batch = operator["feedback.batch"].create(
            {
                "service_id": operator["qms.service"].search([("code", "=", SERVICE), *company]).id,
                "point_id": channel.point_id.id,
                "channel_id": channel.id,
                "date": self.env.company._qms_today() - timedelta(days=days),
                "count_written": PACK,
            }
        )
        batch.save_rows(
            [
                {"position": position, "marks": {"score": str(chance.choices(MARKS, WEIGHTS)[0])}}
                for position in range(1, keyed + 1)
            ]
        )
        return batch
