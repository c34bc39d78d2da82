import random
from datetime import datetime, time, timedelta

from odoo import api, models

# The directive of the day: who, in how many days, what.
DIRECTIVE = (
    ("1.1", "E-027", 12, "Оновити графік прийому громадян у вихідні дні та оприлюднити його на сайті міської ради"),
    ("1.2", "E-036", 20, "Передати до архіву справи постійного зберігання за минулий рік"),
    ("2", "E-006", 30, "Переглянути паспорти процесів, у яких змінилися виконавці, і подати їх на затвердження"),
)
SUBJECTS = (
    ("higher", "Кабінет Міністрів України", "Про додаткові заходи з підготовки до опалювального сезону"),
    ("directive", "Міський голова", "Про впорядкування зелених насаджень"),
    ("decision", "Міська рада", "Про програму доступності будівель і послуг"),
    ("decision", "Виконавчий комітет", "Про стан розгляду звернень громадян"),
    ("order", "Керуюча справами виконкому", "Про підвищення кваліфікації посадових осіб"),
    ("minutes", "", "Апаратна нарада при міському голові"),
    ("letter", "Обласна державна адміністрація", "Про подання відомостей щодо стану доріг"),
    ("higher", "Верховна Рада України", "Про виконання закону про адміністративну процедуру"),
)
TASKS = (
    "Подати узагальнену інформацію про стан виконання",
    "Провести обстеження та скласти акт",
    "Підготувати проєкт рішення виконавчого комітету",
    "Оприлюднити оновлені відомості на офіційному сайті",
    "Надати відповідь заявникам і подати копії до сектору контролю",
    "Провести навчання працівників підрозділу",
    "Забезпечити виконання робіт за договором і прийняти їх",
)
SEED = 2013


class QmsDemo(models.AbstractModel):
    """A directive on control today, and a year of assignments: kept, late, postponed, returned."""

    _inherit = "qms.demo"

    @api.model
    def _play_scenario(self):
        super()._play_scenario()
        self._play_directive()
        self._play_recurring()
        people = self.env["hr.employee"].search([("company_id", "=", self.env.company.id), ("qms_code", "!=", False)])
        mayor = self._person("E-001")
        self._play_year_of_assignments(self._user("control"), mayor, people - mayor, count=200)

    @api.model
    def _play_directive(self):
        """Execution control puts the mayor's directive on control; its executors are on their way."""
        today = self.env.company._qms_today()
        acts = self._as("control").env["qms.act"]
        act = acts.create(
            {
                "name": "Про поліпшення обслуговування громадян",
                "kind": "directive",
                "issuer": "Міський голова",
                "act_number": "84-р",
                "date": today - timedelta(days=4),
                "signatory_id": self._person("E-001").id,
                "paragraph_ids": [
                    (
                        0,
                        0,
                        {
                            "number": number,
                            "text": text,
                            "responsible_id": self._person(code).id,
                            "date_deadline": today + timedelta(days=days),
                        },
                    )
                    for number, code, days, text in DIRECTIVE
                ],
            }
        )
        act.action_put_on_control()
        clerk, archive, coordinator = act.assignment_ids.sorted("date_deadline")
        clerk.with_user(self._user("clerk"))._report(
            "interim", "Графік погоджено з працівниками, готується публікація."
        )
        # The head of the archive is on leave: who acts for her reports.
        archive.with_user(self._user("archivist"))._report(
            "final", "Передано 46 справ за описом.", "Акт приймання-передавання № 3"
        )
        coordinator.with_user(self._user("coordinator"))._pass_on(
            self._person("E-008"), "Звірити виконавців з наказами за квартал"
        )
        coordinator.with_user(self._user("coordinator")).env["qms.assignment"].browse(coordinator.id)._ask_postponement(
            today + timedelta(days=45), "Накази за квартал надійдуть наприкінці місяця."
        )

    @api.model
    def _play_recurring(self):
        assignments = self._as("control").env["qms.assignment"]
        record = assignments.create(
            {
                "text": "Щомісяця подавати відомості про час очікування в черзі ЦНАП",
                "responsible_id": self._person("E-026").id,
                "set_by_id": self._person("E-002").id,
                "date_deadline": self.env.company._qms_today() + timedelta(days=9),
                "recurrence": "month",
                "recurrence_times": 12,
                "part_ids": [
                    (
                        0,
                        0,
                        {
                            "name": "Витяг з електронної черги",
                            "responsible_id": self._person("E-029").id,
                            "date_deadline": self.env.company._qms_today() + timedelta(days=5),
                        },
                    )
                ],
            }
        )
        record.action_put_on_control()

    # === A YEAR === #

    @api.model
    def _play_year_of_assignments(self, controller, setter, people, count, seed=SEED):
        """Make a year of assignments up to today, the same ones for the same seed.

        A year can't be lived through in a second, so days of the past are written into records that the usual
        methods made; everything else (who was called, the discipline counted of it) is the product's own.

        :param controller: ``res.users`` of execution control
        :param setter: ``hr.employee`` who set the terms
        :param people: ``hr.employee`` among whom the work is divided
        :param int count: how many assignments
        :return: the assignments (``qms.assignment``)
        """
        dice = random.Random(seed)  # noqa: S311 a play, no secret
        today = self.env.company._qms_today()
        quiet = self.with_user(controller).with_context(tracking_disable=True)
        acts = quiet._play_acts(dice, setter, max(count // 8, 1), today)
        rows, fates = [], []
        for index in range(count):
            act = acts[index % len(acts)]
            given = act.date + timedelta(days=dice.randint(0, 3))
            term = given + timedelta(days=dice.choice((7, 10, 14, 20, 30, 30, 45)))
            rows.append(
                {
                    "text": f"{dice.choice(TASKS)}: {act.name[0].lower()}{act.name[1:]}",
                    "act_id": act.id,
                    "responsible_id": dice.choice(people.ids),
                    "date_deadline": term,
                }
            )
            fates.append(self._draw_fate(dice, given, term, today))
        records = quiet.env["qms.assignment"].create(rows)
        records.action_put_on_control()
        self._live_through(records, fates, controller, setter, today)
        acts._follow_assignments()
        return records

    @api.model
    def _play_acts(self, dice, setter, count, today):
        rows = []
        for index in range(count):
            kind, issuer, name = SUBJECTS[index % len(SUBJECTS)]
            rows.append(
                {
                    "name": name,
                    "kind": kind,
                    "issuer": issuer,
                    "act_number": f"{dice.randint(10, 99)}/{index + 1}",
                    "date": today - timedelta(days=364 - index * 360 // count),
                    "signatory_id": setter.id,
                }
            )
        acts = self.env["qms.act"].create(rows)
        acts.action_register()
        return acts

    @api.model
    def _draw_fate(self, dice, given, term, today):
        """Return what becomes of an assignment: days of control, postponement, report, and whether it came back."""
        postponed = term + timedelta(days=dice.choice((7, 14, 30))) if dice.random() < 0.12 else None
        valid = postponed or term
        late = dice.random() < 0.14
        reported = valid + timedelta(days=dice.randint(1, 25) if late else -dice.randint(0, 6))
        returned = dice.random() < 0.08
        forgotten = dice.random() < 0.05
        return {
            "given": given,
            "term": valid,
            "before": term if postponed else None,
            "reported": None if forgotten or reported > today else max(reported, given),
            "returned": returned,
            "taken_off": not (today - valid).days < 5,
        }

    @api.model
    def _live_through(self, records, fates, controller, setter, today):
        """Write the past into the assignments, in bulk where it is the same for all."""
        lived = list(zip(records.sudo(), fates, strict=True))  # sudo: the past is written past the gates
        self._live_postponements(lived, controller, setter)
        reports = self._live_reports(lived, controller)
        for record, fate in lived:
            record._transition(self._fate_vals(fate, controller))
            morning = datetime.combine(fate["given"], time(7))
            record.move_ids.write({"date": morning})
        finished = records.filtered(lambda record: record.state in ("reported", "closed"))
        finished._acted()
        records.filtered(lambda record: record.state == "reported")._call_controller()
        closed = records.filtered(lambda record: record.state == "closed")
        for record in closed.sudo():  # sudo: nobody writes the movement but the assignment's methods
            record.move_ids.write({"date_left": datetime.combine(record.date_closed, time(14))})
        reports.filtered(lambda report: report.assignment_id in closed and report.state == "sent")._transition(
            {"state": "accepted"}
        )

    @api.model
    def _fate_vals(self, fate, controller):
        vals = {
            "date_control": fate["given"],
            "date_deadline": fate["term"],
            "return_count": int(fate["returned"]),
        }
        if fate["reported"]:
            vals |= {
                "state": "closed" if fate["taken_off"] else "reported",
                "date_reported": fate["reported"],
                "timeliness": "on_time" if fate["reported"] <= fate["term"] else "late",
                "date_closed": fate["reported"] + timedelta(days=2) if fate["taken_off"] else False,
                "closed_by_id": controller.id if fate["taken_off"] else False,
            }
        return vals

    @api.model
    def _live_postponements(self, lived, controller, setter):
        rows = self.env["qms.postponement"].sudo()  # sudo: the log is written by methods alone; this is the past
        moved = [(record, fate) for record, fate in lived if fate["before"]]
        log = rows.create(
            [
                {
                    "res_model": record._name,
                    "res_id": record.id,
                    "label": record.display_name,
                    "company_id": record.company_id.id,
                    "date_old": fate["before"],
                    "date_new": fate["term"],
                    "reason": "Очікується відповідь обласної державної адміністрації.",
                    "asked_by": (record.responsible_user_id or controller).id,
                }
                for record, fate in moved
            ]
        )
        for row in log:
            row._transition(
                {
                    "state": "granted",
                    "decided_by": (setter.user_id or controller).id,
                    "date_decided": row.date_old - timedelta(days=1),
                }
            )

    @api.model
    def _live_reports(self, lived, controller):
        def report(record, day):
            person = record.responsible_id
            return {
                "assignment_id": record.id,
                "kind": "final",
                "text": "Доручення виконано в повному обсязі.",
                "evidence": f"Лист від {day:%d.%m.%Y}",
                "user_id": (person.user_id or controller).id,
                "for_id": False if person.user_id else person.id,
                "date": day,
            }

        rows = self.env["qms.assignment.report"].sudo()  # sudo: as in _live_postponements
        first = rows.create(
            [report(record, fate["reported"] or fate["term"]) for record, fate in lived if fate["returned"]]
        )
        first._transition({"state": "returned", "answer": "Не додано підтвердних документів."})
        return rows.create([report(record, fate["reported"]) for record, fate in lived if fate["reported"]])
