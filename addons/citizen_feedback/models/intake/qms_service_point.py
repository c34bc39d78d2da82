from odoo import fields, models


class QmsServicePoint(models.Model):
    _inherit = "qms.service.point"

    feedback_channel_ids = fields.One2many("feedback.channel", "point_id", "Channels of Feedback")

    # === ACTIONS === #

    def action_feedback_posters(self):
        """Print the posters of these points; a point without a QR code gets one."""
        channels = self.env["feedback.channel"]
        without = self.filtered(lambda point: not point._feedback_qr_channels())
        channels.create(
            [
                {"name": point.name, "kind": "qr", "point_id": point.id, "company_id": point.company_id.id}
                for point in without
            ]
        )
        return self.env.ref("citizen_feedback.action_report_channel_poster_a4").report_action(
            self._feedback_qr_channels()
        )

    # === BUSINESS METHODS === #

    def _feedback_qr_channels(self):
        return self.feedback_channel_ids.filtered(lambda channel: channel.kind == "qr" and channel._is_open())
