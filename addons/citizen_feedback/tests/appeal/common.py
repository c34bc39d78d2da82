from odoo import fields

from ..common import FeedbackCase

TEXT = "Ліхтар біля будинку 5 на вулиці Садовій не світить другий місяць, увечері страшно ходити."


class AppealCase(FeedbackCase):
    """The first authority follows the law of Ukraine; its registrar, manager and head work on appeals."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        (cls.company + cls.other_company).country_id = cls.env.ref("base.ua")
        cls.profile = cls.env.ref("citizen_feedback.legal_profile_ua")
        cls.kinds = {kind.code: kind for kind in cls.profile.kind_ids}

    @classmethod
    def _appeal(cls, kind="application", user=None, **vals):
        return (
            cls.env["feedback.appeal"]
            .with_user(user or cls.operator)
            .create(
                {
                    "kind_id": cls.kinds[kind].id,
                    "text": TEXT,
                    "author_name": "Olena Bondar",
                    "author_contact": "olena@example.org",
                    **vals,
                }
            )
        )

    @classmethod
    def _registered(cls, kind="application", **vals):
        appeal = cls._appeal(kind, **vals)
        appeal.action_register()
        return appeal

    @classmethod
    def _assigned(cls, kind="application", person=None, **vals):
        appeal = cls._registered(kind, **vals).with_user(cls.manager)
        appeal.responsible_id = person or cls.head
        appeal.action_assign()
        return appeal

    @classmethod
    def _answered(cls, kind="application", **vals):
        appeal = cls._assigned(kind, **vals).with_user(cls.head_user)
        appeal.answer = "The lamp was repaired on Monday."
        appeal.action_submit_answer()
        appeal.with_user(cls.manager).action_approve()
        return appeal

    @classmethod
    def _intake(cls, kind="application", **values):
        return cls.env["feedback.appeal"]._intake(
            cls.company,
            {
                "kind_id": cls.kinds[kind].id,
                "text": TEXT,
                "channel": "web",
                "lang": "uk",
                "author_name": "Olena Bondar",
                "author_contact": "olena@example.org",
                **values,
            },
        )

    @classmethod
    def _moment(cls, day):
        return fields.Datetime.to_datetime(f"{day} 09:00:00")
