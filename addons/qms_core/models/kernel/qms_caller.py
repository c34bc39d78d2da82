from odoo import Command, api, models


class QmsCaller(models.AbstractModel):
    """Makes and ends the activities by which records call people to act.

    Records call through ``qms.activity.mixin``. Models that can't inherit it use this: of Odoo's project and of
    the mixin, mail's mixins stand in different orders, for which Python knows no common one.
    """

    _name = "qms.caller"
    _description = "Calls people to act"

    @api.model
    def _call(self, records, calls, note=False, known=None, follow=True):
        """Give users their activities on records of one model, all at once; nobody gets the same one twice.

        :param records: records with ``mail.activity.mixin``
        :param list calls: tuples ``(record id, user id, deadline, summary, verb or False)``
        :param str note: more about it, the same for all
        :param known: function of a summary that returns what the same is called in other languages
        :param bool follow: whether who is called also follows the record
        :return: the new activities
        """
        if not calls:
            return self.env["mail.activity"]
        # sudo: reporting something gives another person a duty; that needs no right on his activities.
        activities = self.env["mail.activity"].sudo()
        duty = self.env.ref("qms_core.mail_activity_type_duty")
        open_calls = {
            (activity.res_id, activity.user_id.id, activity.summary)
            for activity in activities.search_fetch(
                [
                    ("res_model", "=", records._name),
                    ("res_id", "in", list({call[0] for call in calls})),
                    ("user_id", "in", list({call[1] for call in calls})),
                ],
                ["res_id", "user_id", "summary"],
            )
        }
        model_id = self.env["ir.model"]._get_id(records._name)
        vals_list = [
            {
                "activity_type_id": duty.id,
                "res_model_id": model_id,
                "res_id": res_id,
                "user_id": user_id,
                "date_deadline": deadline,
                "summary": summary,
                "note": note,
                **({"qms_verb": verb} if verb else {}),
            }
            for res_id, user_id, deadline, summary, verb in dict.fromkeys(calls)
            if not any((res_id, user_id, same) in open_calls for same in (known(summary) if known else (summary,)))
        ]
        if follow:
            self._follow(records, vals_list)
        # Odoo would subscribe person by person, with several queries each.
        return activities.with_context(mail_activity_quick_update=True, qms_calling=True).create(vals_list)

    @api.model
    def _follow(self, records, vals_list):
        """Let who is called follow the records, with two queries for all."""
        # sudo: who is called gets the comments, whoever calls him.
        followers = self.env["mail.followers"].sudo()
        users = self.env["res.users"].sudo().browse({vals["user_id"] for vals in vals_list})
        partners = {user.id: user.partner_id.id for user in users}
        there = followers.search_fetch(
            [
                ("res_model", "=", records._name),
                ("res_id", "in", list({vals["res_id"] for vals in vals_list})),
                ("partner_id", "in", list(partners.values())),
            ],
            ["res_id", "partner_id"],
        )
        pairs = {(vals["res_id"], partners[vals["user_id"]]) for vals in vals_list}
        pairs -= {(row.res_id, row.partner_id.id) for row in there}
        subtypes, _internal, _external = self.env["mail.message.subtype"].default_subtypes(records._name)
        followers.create(
            [
                {
                    "res_model": records._name,
                    "res_id": res_id,
                    "partner_id": partner_id,
                    "subtype_ids": [Command.set(subtypes.ids)],
                }
                for res_id, partner_id in sorted(pairs)
            ]
        )

    @api.model
    def _read_at_once(self):
        """Return the fields of activities that the ORM reads together anyway, to have them with the search."""
        fields = self.env["mail.activity"]._fields.values()
        return [field.name for field in fields if field.column_type and field.store and field.prefetch is True]

    @api.model
    def _end(self, records, summary=None):
        """Take the records' open duties off their people's lists.

        :param records: records with ``mail.activity.mixin``
        :param summary: only the duty of this summary, or of one of a list of them; without it, all duties
        """
        # sudo: whoever decides the record ends the duty of all who were called.
        activities = (
            self.env["mail.activity"]
            .sudo()
            .search_fetch(
                [
                    ("res_model", "=", records._name),
                    ("res_id", "in", records.ids),
                    (
                        "activity_type_id",
                        "=",
                        self.env["ir.model.data"]._xmlid_to_res_id("qms_core.mail_activity_type_duty"),
                    ),
                ]
                + ([("summary", "in", [summary] if isinstance(summary, str) else summary)] if summary else []),
                self._read_at_once(),
            )
        )
        activities.with_context(mail_activity_quick_update=True).unlink()
