from datetime import timedelta

from ..common import QmsCase


class NonconformityCase(QmsCase):
    """A nonconformity brought to any stage by the people who may."""

    def _confirmed(self, **vals):
        record = self._nonconformity(**vals)
        record.with_user(self.head_user).action_confirm()
        return record

    def _action(self, record, name="Print it with the application", responsible=None):
        return (
            self.env["qms.action"]
            .with_user(self.head_user)
            .create(
                {
                    "name": name,
                    "nonconformity_id": record.id,
                    "responsible_id": (responsible or self.clerk).id,
                    "date_deadline": record.date_deadline,
                }
            )
        )

    def _planned(self, **vals):
        record = self._confirmed(**vals)
        record.with_user(self.head_user).write({"cause": "The form prints elsewhere."})
        return record, self._action(record)

    def _do(self, action):
        action.with_user(self.clerk_user).write({"evidence": "Printed since Monday"})
        action.with_user(self.clerk_user).action_done()

    def _in_verification(self, **vals):
        record, action = self._planned(**vals)
        record.with_user(self.head_user).action_start()
        self._do(action)
        record.with_user(self.head_user).action_verify_effect()
        return record

    def _stand_in(self, user, person=None, days=9):
        """Let a user stand in today for somebody, by default for the head of the unit; return the row."""
        employee = user.employee_id or self._employee(user, department_id=False)
        role = self.env["qms.role"].search([("code", "=", "R-STAND-IN")]) or self._role("R-STAND-IN", kind="position")
        return self.env["qms.role.holder"].create(
            {
                "role_id": role.id,
                "employee_id": employee.id,
                "kind": "acting",
                "acted_for_id": (person or self.head).id,
                "date_from": self.company._qms_today(),
                "date_to": self.company._qms_today() + timedelta(days=days),
            }
        )

    def _activities(self, record):
        return self.env["mail.activity"].search([("res_model", "=", record._name), ("res_id", "=", record.id)])
