from datetime import date, timedelta

from odoo import api, models

from .qms_demo_needs_texts import EVENTS, NEEDS, PLANNED, THIS_YEAR, WITH_TREE

CONCLUSION = (
    "Найчастіше громада називала час очікування, зрозумілість відповідей і доступність приміщень. "
    "Прийняті потреби стають цілями наступного року; щодо решти заявникам надано відповіді."
)


class QmsDemo(models.AbstractModel):
    """A year of learning the community's needs whose report became goals, and the year that goes on."""

    _inherit = "qms.demo"

    @api.model
    def _play_scenario(self):
        super()._play_scenario()
        self._play_last_year()
        self._play_this_year()

    @api.model
    def _play_last_year(self):
        """The report of last year was approved, and what was accepted became goals of this year."""
        today = self.env.company._qms_today()
        year = self._make_year(today.year - 1)
        events = [
            self._make_event(year, kind, name, date(year.year, month, day), people, unit)
            for month, day, kind, name, people, unit in EVENTS
        ]
        for number, party, topic, name, named, significance, process, decision, note in NEEDS:
            vals = {"decision": decision, "passed_to" if decision == "passed" else "decision_reason": note}
            self._make_need(year, events[number], (party, topic, name, named, significance, process), vals)
        events[-1].action_cancel("Законопроєкт відкликано.")
        year.conclusion = CONCLUSION
        year.action_submit()
        year.with_user(self._user("deputy")).action_approve()
        year.action_carry_out()
        self._place_goals(year.need_ids.goal_ids)

    @api.model
    def _place_goals(self, goals):
        """Each goal but one gets its place in the tree and its indicator; that one the model check finds."""
        for goal in goals:
            parent, indicator = WITH_TREE.get(goal.name, ("Ц-2", False))
            own = [("company_id", "=", self.env.company.id)]
            goal.write(
                {
                    "parent_id": self.env["qms.goal"].search([("code", "=", parent), *own]).id,
                    "indicator_ids": [(6, 0, self.env["qms.indicator"].search([("code", "=", indicator), *own]).ids)],
                }
            )
        goals.with_user(self._user("mayor")).action_approve()

    @api.model
    def _play_this_year(self):
        """Half of this year's plan was carried out; its needs wait for a decision."""
        today = self.env.company._qms_today()
        year = self._make_year(today.year)
        first = date(today.year, 1, 1)
        gone, left = (today - first).days, (date(today.year, 12, 31) - today).days
        for index, (kind, name, people, unit, needs) in enumerate(THIS_YEAR):
            day = first + timedelta(days=gone * index // len(THIS_YEAR))
            event = self._make_event(year, kind, name, day, people, unit)
            for need in needs:
                self._make_need(year, event, need)
        for index, (kind, name, unit) in enumerate(PLANNED, start=1):
            day = today + timedelta(days=left * index // len(PLANNED))
            self._make_event(year, kind, name, day, 0, unit)

    @api.model
    def _make_year(self, number):
        return (
            self._as("coordinator")
            .env["qms.need.year"]
            .create(
                {
                    "year": number,
                    "lang": "uk_UA",
                    "plan_note": "Потреби визначаємо на прийомах, «гарячих лініях», «круглих столах» і конференціях, "
                    "а перспективні – аналізом проєктів законодавчих актів.",
                }
            )
        )

    @api.model
    def _make_event(self, year, kind, name, day, people, unit):
        """Plan an event; one with people, or an analysed act, took place."""
        event = year.env["qms.need.event"].create(
            {
                "year_id": year.id,
                "kind": kind,
                "name": name,
                "date": day,
                "people_count": people,
                "department_id": self._own_id("hr.department", "qms_code", unit),
            }
        )
        if people:
            event.minutes = f"Взяли участь: {people}. Потреби записано, про рішення повідомлено."
            event.action_hold()
        return event

    @api.model
    def _make_need(self, year, event, row, vals=None):
        party, topic, name, named, significance, process = row
        process_id = self._own_id("qms.process", "code", process)
        return year.env["qms.need"].create(
            {
                "year_id": year.id,
                "event_id": event.id,
                "name": name,
                "party_id": self._own_id("qms.party", "code", party),
                "topic_id": self.env.ref(f"qms_core.need_topic_{topic}").id,
                "times_named": named,
                "significance": significance,
                "process_id": process_id,
                "department_id": self.env["qms.process"].browse(process_id).department_id.id,
                **(vals or {}),
            }
        )

    @api.model
    def _own_id(self, model, field, code):
        """Return the id of the city's record with a code, or False without a code."""
        own = [("company_id", "=", self.env.company.id)]
        return self.env[model].search([(field, "=", code), *own]).id if code else False
