from datetime import timedelta

from odoo import api, models

# Some months of the fictional city: days ago, process, kind, severity, what happened, cause, action, how far it got.
REPORTS = (
    (
        112,
        "P-2.02",
        "service",
        "minor",
        "Черга понад 40 хвилин у понеділок зранку",
        "У понеділок працює одне вікно з трьох.",
        "Змінити графік вікон на понеділок",
        "closed",
    ),
    (
        96,
        "P-2.05",
        "complaint",
        "major",
        "Відповідь на звернення надіслано на п’ять днів пізніше строку",
        "Резолюція два тижні йшла до виконавця паперами.",
        "Передавати резолюції в системі того ж дня",
        "closed",
    ),
    (
        81,
        "P-3.01",
        "document",
        "minor",
        "На робочому місці застаріла інструкція",
        "Копії роздають вручну, старі ніхто не вилучає.",
        "Зібрати незареєстровані копії",
        "closed",
    ),
    (
        64,
        "P-2.04",
        "service",
        "critical",
        "Заявнику двічі відмовлено з різних підстав",
        "Документи перевіряють по черзі, а не разом.",
        "Перевіряти комплект документів до реєстрації",
        "verification",
    ),
    (58, "P-2.01", "service", "minor", "Інформаційна картка на стенді не збігається з сайтом", "", "", "rejected"),
    (
        43,
        "P-2.03",
        "process",
        "major",
        "Дозвіл видано без візи юридичного відділу",
        "Бланк не має місця для візи.",
        "Додати візу до бланка дозволу",
        "done",
    ),
    (
        31,
        "P-2.02",
        "service",
        "major",
        "Заявнику не видано опис прийнятих документів",
        "Шаблон опису друкується з іншої програми, у години пік про нього забувають.",
        "Друкувати опис автоматично разом із заявою",
        "work",
    ),
    (
        24,
        "P-2.07",
        "process",
        "minor",
        "Три доручення знято з контролю без звіту",
        "Звіт приймають усно на нараді.",
        "Знімати з контролю лише за звітом у системі",
        "work",
    ),
    (
        17,
        "P-3.04",
        "process",
        "minor",
        "Новий працівник не ознайомлений із посадовою інструкцією",
        "Ознайомлення не входить до плану першого дня.",
        "",
        "analysis",
    ),
    (9, "P-2.05", "complaint", "major", "Повторне звернення з того самого питання", "", "", "analysis"),
    (4, "P-2.01", "service", "minor", "Не працює електронна черга", "", "", "reported"),
    (1, "P-2.09", "service", "minor", "Архівну довідку видано з помилкою в даті", "", "", "reported"),
)
# The stages a report passes on its way, in their order.
STAGES = ("reported", "analysis", "work", "done", "verification", "closed")


class QmsDemo(models.AbstractModel):
    _inherit = "qms.demo"

    @api.model
    def _play_scenario(self):
        """Nonconformities in every stage, moved by the people who may move them."""
        super()._play_scenario()
        today = self.env.company._qms_today()
        for days, code, kind, severity, name, cause, action, stage in REPORTS:
            process = self.env["qms.process"].search([("code", "=", code)])
            record = (
                self._as("clerk")
                .env["qms.nonconformity"]
                .create(
                    {
                        "name": name,
                        "kind": kind,
                        "severity": severity,
                        "process_id": process.id,
                        "department_id": process.department_id.id,
                        "date_found": today - timedelta(days=days),
                    }
                )
            )
            record = record.with_user(self._user("officer"))
            record.date_deadline = record.date_found + (record.date_deadline - today)
            if stage == "rejected":
                record.action_reject("Картку на стенді замінено того ж дня, вимоги не порушено.")
            else:
                self._play_report(record, cause, action, STAGES.index(stage))

    @api.model
    def _play_report(self, record, cause, action, reached):
        """Move a report as far as it got: ``reached`` counts the stages passed."""
        if reached >= 1:
            record.action_confirm()
            record.write({"cause": cause, "cause_class": "system" if cause else False})
        if action:
            duty = (
                self.env["qms.action"]
                .with_user(self._user("officer"))
                .create(
                    {
                        "name": action,
                        "nonconformity_id": record.id,
                        "responsible_id": self._user("clerk").employee_id.id,
                        "date_deadline": record.date_deadline + timedelta(days=14),
                    }
                )
            )
        if reached >= 2:
            if record.kind == "service":
                self._play_remedy(record)
            record.action_start()
        if reached >= 3:
            duty.with_user(self._user("clerk")).write({"evidence": "Наказ і зразок нового бланка додано."})
            duty.with_user(self._user("clerk")).action_done()
        if reached >= 4:
            duty.action_check()
            record.action_verify_effect()
        if reached >= 5:
            record.with_user(self._user("auditor")).write({"effect": "За два місяці випадок не повторився."})
            record.with_user(self._user("auditor")).action_close("Дані за два місяці вже є, чекати довше не потрібно.")

    @api.model
    def _play_remedy(self, record):
        """Say what was done for the citizen, as the officer who answers."""
        record.env["qms.nonconformity.remedy"].create(
            {
                "nonconformity_id": record.id,
                "kind": "corrected",
                "description": "Заявника прийнято поза чергою, результат виправлено того ж дня.",
                "date": record.date_found,
                "employee_id": self._user("clerk").employee_id.id,
            }
        )
