from odoo.addons.qms_core.tests.common import QmsCase


class FeedbackCase(QmsCase):
    """The two authorities of the core's tests, each with a service; an operator and a manager in the first."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.operator = cls._user("operator", "citizen_feedback.group_feedback_operator")
        cls.manager = cls._user("manager", "citizen_feedback.group_feedback_manager")
        cls.other_head_user = cls._user("other_head")
        cls.other_unit = cls.env["hr.department"].create({"name": "Archive", "company_id": cls.company.id})
        cls.other_unit.manager_id = cls._employee(cls.other_head_user, department_id=cls.other_unit.id)
        cls.service = cls._service("T-01", cls.unit)
        cls.foreign_service = cls.env["qms.service"].create(
            {"name": "Abroad", "code": "T-99", "company_id": cls.other_company.id}
        )

    @classmethod
    def _service(cls, code, unit, **vals):
        return cls.env["qms.service"].create(
            {"name": f"Service {code}", "code": code, "company_id": cls.company.id, "department_id": unit.id, **vals}
        )

    @classmethod
    def _rating(cls, score=5, user=None, **vals):
        return (
            cls.env["feedback.rating"]
            .with_user(user or cls.operator)
            .create({"service_id": cls.service.id, "score": score, "channel": "paper", **vals})
        )

    @classmethod
    def _signal(cls, score=1, **vals):
        rating = cls._rating(score, **vals).with_env(cls.env).sudo()
        return cls.env["feedback.signal"].sudo()._raise_from_ratings(rating).sudo(False)

    @classmethod
    def _clerk_acts_for_head(cls):
        role = cls._role("R-HEAD", kind="head", department_id=cls.unit.id)
        role._reconcile()
        cls.env["qms.role.holder"].create(
            {
                "role_id": role.id,
                "employee_id": cls.clerk.id,
                "kind": "acting",
                "acted_for_id": cls.head.id,
                "date_from": cls.company._qms_today(),
                "basis": "Order 7",
            }
        )
