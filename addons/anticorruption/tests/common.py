from odoo.addons.qms_core.tests.common import QmsCase


class AnticorruptionCase(QmsCase):
    """The city with its anti-corruption officer, and a plan for the clerk and the head of a unit."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.anticorruption = cls._user("anticorruption", "anticorruption.group_officer")
        cls.anticorruption_employee = cls._employee(cls.anticorruption)
        cls.mayor = cls.users["top_management"]
        cls.commissioner = cls.users["commissioner"]

    @classmethod
    def _plan(cls, user=None, **vals):
        return (
            cls.env["anticorruption.plan"]
            .with_user(user or cls.anticorruption)
            .create(
                {
                    "name": "Plan against corruption",
                    "company_id": cls.company.id,
                    "date_from": "2031-01-01",
                    "date_to": "2031-12-31",
                    "act_kind": "Order of the mayor",
                    **vals,
                }
            )
        )

    @classmethod
    def _measure(cls, plan, **vals):
        return plan.measure_ids.create(
            {
                "plan_id": plan.id,
                "name": "Train the staff",
                "responsible_id": cls.clerk.id,
                "date_deadline": "2031-06-30",
                "indicator": "List of the trained",
                **vals,
            }
        )

    @classmethod
    def _approved(cls, **vals):
        plan = cls._plan(**vals)
        cls._measure(plan)
        plan.action_submit()
        plan.with_user(cls.mayor).action_approve()
        return plan

    def _duties(self, record):
        return self.env["mail.activity"].search([("res_model", "=", record._name), ("res_id", "in", record.ids)])
