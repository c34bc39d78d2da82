from datetime import datetime, time, timedelta

from dateutil.relativedelta import relativedelta

from odoo import api, models


class QmsDemo(models.AbstractModel):
    _inherit = "qms.demo"

    @api.model
    def _play_scenario(self):
        """An audit of the service centre with a finding, and one planned for the next month."""
        super()._play_scenario()
        process = self.env["qms.process"].search([("code", "=", "P-2.01"), ("company_id", "=", self.env.company.id)])
        audit = self._plan_demo_audit("Аудит надання адміністративних послуг через ЦНАП", process, timedelta())
        audit.with_user(
            self._user("deputy")
        ).scope = (
            "Черга, приймання документів, видача результату; справи за останній квартал; ведення протоколів якості."
        )
        audit.action_generate_checklist()
        audit.action_start()
        self._answer_demo_audit(audit)
        other = self.env["qms.process"].search([("code", "=", "P-2.05"), ("company_id", "=", self.env.company.id)])
        self._plan_demo_audit("Аудит розгляду звернень громадян", other, relativedelta(months=1))

    @api.model
    def _plan_demo_audit(self, name, process, distance):
        start = self.env.company._qms_today() + distance
        return (
            self._as("auditor")
            .env["qms.audit"]
            .create(
                {
                    "name": name,
                    "kind": "planned",
                    "process_ids": [(6, 0, process.ids)],
                    "responsible_id": self._user("auditor").employee_id.id,
                    "date_start": datetime.combine(start, time(7, 0)),
                    "date_end": datetime.combine(start, time(14, 0)),
                }
            )
        )

    @api.model
    def _answer_demo_audit(self, audit):
        conform, deviation, *_rest = audit.line_ids.filtered(lambda line: line.source == "check")
        conform.write(
            {"answer": "conform", "evidence": "Політика вивішена в залі; цілі центру доведено до адміністраторів."}
        )
        deviation.write(
            {
                "answer": "minor",
                "evidence": "У 3 справах із 20 немає відмітки про повідомлення заявника про готовність результату.",
            }
        )
        finding = audit.finding_ids.create(
            {
                **deviation._finding_vals(),
                "name": "Заявника не завжди повідомляють про готовність результату послуги",
            }
        )
        finding.action_raise()
