from contextlib import contextmanager
from datetime import date
from unittest.mock import patch

from odoo.exceptions import ValidationError

from odoo.addons.base.models.ir_cron import IrCron

from ..common import QmsCase

TODAY = date(2026, 7, 20)


class IndicatorCase(QmsCase):
    """An indicator by month whose owner is the clerk, on a day in July."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.set_today(TODAY)
        cls.company.partner_id.lang = "en_US"  # what fails is told in the authority's language
        cls.owner_role = cls._role("R-CLERK")
        cls.env["qms.role.holder"].create({"role_id": cls.owner_role.id, "employee_id": cls.clerk.id})

    @classmethod
    def set_today(cls, day):
        patcher = patch.object(type(cls.env["res.company"]), "_qms_today", lambda company: day)
        patcher.start()
        cls.addClassCleanup(patcher.stop)

    def _on(self, day):
        return patch.object(type(self.env["res.company"]), "_qms_today", lambda company: day)

    @contextmanager
    def _refused(self, why):
        """Expect a refusal that says why; what was refused is taken back, as in a request."""
        with self.assertRaisesRegex(ValidationError, why), self.cr.savepoint():
            yield

    def _indicator(self, **vals):
        return self.env["qms.indicator"].create(
            {
                "name": "Answered in term",
                "code": "I-1",
                "company_id": self.company.id,
                "owner_role_id": self.owner_role.id,
                "department_id": self.unit.id,
                "period": "month",
                "target": 95,
                **vals,
            }
        )

    def _counting(self, **vals):
        """Return an indicator that counts the roles of the unit by the month in which they were entered."""
        return self._indicator(
            **{
                "code": "I-2",
                "source": "computed",
                "source_model": "qms.role",
                "source_domain": "[('code', 'like', 'X-')]",
                "source_measure": "count",
                "source_date": "create_date",
                "measured_from": date(2026, 3, 1),
                **vals,
            }
        )

    def _with_seals(self):
        """Let the links of the checksum chain be counted, which only commissioners read."""
        names = ["qms.role", "qms.seal"]
        return patch.object(type(self.env["qms.indicator"]), "_get_source_models", lambda indicators: names)

    def _commissioner_role(self):
        role = self._role("R-CQC")
        person = self._employee(self.users["commissioner"])
        self.env["qms.role.holder"].create({"role_id": role.id, "employee_id": person.id})
        return role

    def _counted(self, *moments, **vals):
        """Enter records that are counted, one for each moment in UTC."""
        roles = self.env["qms.role"].browse()
        for moment in moments:
            role = self._role(f"X-{moment}", **vals)
            role.flush_recordset()
            self.env.cr.execute("UPDATE qms_role SET create_date = %s WHERE id = %s", (moment, role.id))
            role.invalidate_recordset()
            roles |= role
        return roles

    def _measure(self, indicator, day, value, **vals):
        return self.env["qms.measurement"].create({"indicator_id": indicator.id, "date": day, "value": value, **vals})

    def _values(self, indicator):
        """Return the values by the month they are of."""
        indicator.invalidate_recordset()
        return {row.date.month: row.value for row in indicator.measurement_ids}

    def _cron(self, model, method):
        with patch.object(IrCron, "_commit_progress", lambda *args, **kwargs: 60):
            getattr(self.env[model], method)()

    def _calls(self, record):
        return self.env["mail.activity"].search([("res_model", "=", record._name), ("res_id", "=", record.id)])
