from datetime import timedelta

from odoo import api, models

# A case of the spring that came back: days ago, process, kind, severity, what happened, cause, action, stage.
EARLIER = (
    150,
    "P-2.02",
    "service",
    "minor",
    "Заявникам не видали описи прийнятих документів",
    "Нова працівниця не знала про опис.",
    "Нагадати працівникам про опис на нараді",
    "closed",
)
REPEATED = "Заявнику не видано опис прийнятих документів"
# Its causes: bone, text, which one it explains (by position), whether it is the root.
CAUSES = (
    ("people", "У години пік про опис забувають", None, False),
    ("people", "Двоє працівників обслуговують чотири вікна", 0, False),
    ("people", "Графік відпусток складено без урахування сезону", 1, False),
    ("methods", "Крок «видати опис» стоїть після завершення прийому", None, False),
    ("methods", "Схему процесу не переглянули після запуску електронної черги", 3, True),
    ("equipment", "Шаблон опису друкується з іншої програми", None, False),
    ("equipment", "Програми не обмінюються даними заявника", 5, True),
    ("environment", "Принтер стоїть у сусідній кімнаті", None, False),
    ("measurement", "Скільки описів видано, ніхто не рахує", None, False),
)
# A first round that removed nothing: the person was blamed, the card was not changed.
INEFFECTIVE = (
    75,
    "P-2.05",
    "complaint",
    "major",
    "Відповідь на запит надіслано іншій людині з таким самим прізвищем",
    "Працівник переплутав адреси.",
    "Провести бесіду з працівником",
    "verification",
)
SECOND_CAUSES = (
    ("methods", "Адресу переписують із заяви вручну", None, False),
    ("equipment", "Картка не розрізняє заявників з однаковим прізвищем", None, True),
)


class QmsDemo(models.AbstractModel):
    _inherit = "qms.demo"

    @api.model
    def _play_scenario(self):
        """A case that came back and got its fishbone; a first round of actions without effect."""
        super()._play_scenario()
        earlier = self._play_case(EARLIER)
        repeated = earlier.search([("name", "=", REPEATED)], limit=1)
        queue = self.env.ref("qms_core.nonconformity_category_record")
        (earlier | repeated).filtered(lambda record: record.state != "closed").category_id = queue
        repeated.containment = "До зміни процесу опис видає старша зміни, наприкінці дня звіряє їх кількість."
        self._play_causes(repeated, CAUSES)
        repeated.action_confirm_repeat()
        self._play_second_round(self._play_case(INEFFECTIVE))

    @api.model
    def _play_case(self, case):
        """Play one row as the scenario's other reports; return the record in the officer's hands."""
        days, code, kind, severity, name, cause, action, stage = case
        process = self.env["qms.process"].search([("code", "=", code)])
        reports = self._as("clerk").env["qms.nonconformity"]
        record = reports.create(
            {
                "name": name,
                "kind": kind,
                "severity": severity,
                "process_id": process.id,
                "department_id": process.department_id.id,
                "date_found": self.env.company._qms_today() - timedelta(days=days),
            }
        ).with_user(self._user("officer"))
        stages = ("reported", "analysis", "work", "done", "verification", "closed")
        self._play_report(record, cause, action, stages.index(stage))
        return record

    @api.model
    def _play_causes(self, record, rows):
        causes = []
        for code, name, explains, root in rows:
            causes.append(
                record.env["qms.nonconformity.cause"].create(
                    {
                        "nonconformity_id": record.id,
                        "name": name,
                        "category_id": self.env.ref(f"qms_core.cause_category_{code}").id,
                        "parent_id": causes[explains].id if explains is not None else False,
                        "is_root": root,
                    }
                )
            )

    @api.model
    def _play_second_round(self, record):
        record.with_user(self._user("auditor")).action_reopen("Через три тижні відповідь знову пішла не тій людині.")
        self._play_causes(record, SECOND_CAUSES)
        record.cause_class = "system"
        record.env["qms.action"].create(
            {
                "name": "Брати адресу з картки заявника за датою народження",
                "nonconformity_id": record.id,
                "responsible_id": self._user("clerk").employee_id.id,
                "date_deadline": record.date_deadline,
            }
        )
        record.action_start()
