from odoo import api, models


class QmsActivityMixin(models.AbstractModel):
    """The only way this product makes activities.

    Odoo's own way costs 12 queries, a mail and a follower for each activity of another person; people with
    hundreds of duties get one digest a day instead (see ``qms.deadline.mixin``).
    """

    _name = "qms.activity.mixin"
    _description = "Record that calls people to act"
    _inherit = ["mail.thread", "mail.activity.mixin"]

    # Whether even the name of a record is only for those who may read it. Of other records, who hands over a
    # person's duties sees the name and the deadline.
    _confidential = False

    def _call_to_act(self, users, deadline, summary, note=False):
        """Give each user one activity on each record, unless he already has one of this summary.

        :param users: ``res.users``
        :param datetime.date deadline:
        :param str summary: what to do, in a few words
        :param str note: more about it
        :return: the new activities
        """
        duty = self.env.ref("qms_core.mail_activity_type_duty")
        # sudo: reporting something gives another person a duty; that needs no right on his activities.
        activities = self.env["mail.activity"].sudo().with_context(mail_activity_quick_update=True)
        open_pairs = {
            (activity.res_id, activity.user_id.id)
            for activity in activities.search(
                [
                    ("res_model", "=", self._name),
                    ("res_id", "in", self.ids),
                    ("summary", "=", summary),
                    ("user_id", "in", users.ids),
                ]
            )
        }
        model_id = self.env["ir.model"]._get_id(self._name)
        return activities.create(
            [
                {
                    "activity_type_id": duty.id,
                    "res_model_id": model_id,
                    "res_id": record.id,
                    "user_id": user.id,
                    "date_deadline": deadline,
                    "summary": summary,
                    "note": note,
                }
                for record in self
                for user in users
                if (record.id, user.id) not in open_pairs
            ]
        )

    def _acted(self, summary=None):
        """Take the records' open duties off their people's lists.

        :param summary: only the duty of this summary, or of one of a list of them; without it, all duties
        """
        # sudo: whoever decides the record ends the duty of all who were called.
        activities = (
            self.env["mail.activity"]
            .sudo()
            .search(
                [
                    ("res_model", "=", self._name),
                    ("res_id", "in", self.ids),
                    ("activity_type_id", "=", self.env.ref("qms_core.mail_activity_type_duty").id),
                ]
                + ([("summary", "in", [summary] if isinstance(summary, str) else summary)] if summary else [])
            )
        )
        activities.with_context(mail_activity_quick_update=True).unlink()

    @api.model
    def _users_of(self, group, company):
        """Return the active users of a group who work in an authority.

        :param str group: full XML id of the group
        :param company: the authority (``res.company``)
        """
        # sudo: people may not read which companies others work in; whom to call must not depend on who asks.
        users = self.env.ref(group).sudo().all_user_ids
        return users.filtered(lambda user: user.active and company in user.company_ids).with_env(self.env)

    @api.model
    def _notify_users(self, users, subject, body):
        """Put a message into the users' inbox; no mail leaves."""
        # sudo: the message is the system's, not that of the user whose action caused it.
        self.env["mail.thread"].sudo().message_notify(
            partner_ids=users.partner_id.ids, subject=subject, body=body, email_layout_xmlid=False
        )
