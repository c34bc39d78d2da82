from datetime import timedelta
from unittest.mock import patch

from odoo.addons.base.models.ir_cron import IrCron

from ..common import QmsCase


class ControlCase(QmsCase):
    """An act of the mayor with paragraphs for the clerk, entered by execution control."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.control = cls.users["execution_control"]
        cls.mayor_user = cls._user("mayor")
        cls.mayor = cls._employee(cls.mayor_user, department_id=False)
        cls.helper_user = cls._user("helper")
        cls.helper = cls._employee(cls.helper_user)
        cls.today = cls.company._qms_today()
        cls.head_role = cls._role("R-HEAD", kind="head", department_id=cls.unit.id)
        cls.env["qms.role"].search([])._reconcile()

    @classmethod
    def _act(cls, **vals):
        return (
            cls.env["qms.act"]
            .with_user(cls.control)
            .create(
                {
                    "name": "On the winter",
                    "kind": "directive",
                    "act_number": "12-r",
                    "date": cls.today - timedelta(days=2),
                    "signatory_id": cls.mayor.id,
                    **vals,
                }
            )
        )

    @classmethod
    def _paragraph(cls, number="1", days=10, person=None, **vals):
        return (
            0,
            0,
            {
                "number": number,
                "text": f"Do paragraph {number}",
                "responsible_id": (person or cls.clerk).id,
                "date_deadline": cls.today + timedelta(days=days),
                **vals,
            },
        )

    @classmethod
    def _draft_assignment(cls, days=10, **vals):
        return (
            cls.env["qms.assignment"]
            .with_user(cls.control)
            .create(
                {
                    "text": "Count the lamps",
                    "responsible_id": cls.clerk.id,
                    "set_by_id": cls.mayor.id,
                    "date_deadline": cls.today + timedelta(days=days),
                    **vals,
                }
            )
        )

    @classmethod
    def _assignment(cls, days=10, **vals):
        """An assignment on control, in the eyes of the superuser."""
        record = cls._draft_assignment(days, **vals)
        record.action_put_on_control()
        return record.with_env(cls.env)

    @classmethod
    def _reported(cls, **vals):
        record = cls._assignment(**vals)
        record.with_user(cls.clerk_user)._report("final", "All lamps counted", "List of 3 May")
        return record

    def _activities(self, record, user=None):
        domain = [("res_model", "=", record._name), ("res_id", "in", record.ids)]
        return self.env["mail.activity"].search(domain + ([("user_id", "=", user.id)] if user else []))

    def _on(self, days):
        """Return a context manager in which it is some days later."""
        moved = self.today + timedelta(days=days)
        return patch.object(type(self.env.company), "_qms_today", lambda company: moved)

    def _night(self, days):
        with self._on(days), patch.object(IrCron, "_commit_progress", lambda *args, **kwargs: 60):
            self.env["qms.assignment"]._cron_next_occurrences()

    def _seen(self, model, user):
        return self.env[model].with_user(user).search([]).with_env(self.env)
