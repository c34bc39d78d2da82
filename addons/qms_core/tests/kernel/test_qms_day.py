from datetime import timedelta
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time

from ..common import QmsCase

# A Wednesday: the week has days before and after it.
TODAY = "2026-11-18"


@freeze_time(f"{TODAY} 10:00:00")
class TestQmsDay(QmsCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = cls.company._qms_today()
        cls.other_unit = cls.env["hr.department"].create({"name": "Archive", "company_id": cls.company.id})
        cls.env["res.lang"]._activate_lang("en_GB")  # weeks begin on Monday

    def _day(self, user, **options):
        return self.env["qms.day"].with_user(user).with_context(lang="en_GB").get_day(**options)

    def _action(self, days=0, person=None, **vals):
        action = self.env["qms.action"].create(
            {
                "name": "Put up signs",
                "company_id": self.company.id,
                "department_id": self.unit.id,
                "responsible_id": (person or self.clerk).id,
                "date_deadline": self.today + timedelta(days=days),
                **vals,
            }
        )
        action._start()
        return action

    def _sections(self, day):
        return {section["key"]: section["count"] for section in day["sections"]}

    def _lines(self, day):
        return [line for section in day["sections"] for line in section["lines"]]

    def _verb(self, record, user):
        domain = [("res_model", "=", record._name), ("res_id", "=", record.id), ("user_id", "=", user.id)]
        return self.env["mail.activity"].search(domain).mapped("qms_verb")

    # === THE DAYS === #

    def test_sections_by_the_authoritys_day(self):
        for days in (-3, -1, 0, 4, 5):  # Sunday is the fourth day from Wednesday
            self._action(days)
        day = self._day(self.clerk_user)
        self.assertEqual(self._sections(day), {"late": 2, "today": 1, "week": 1, "later": 1})
        self.assertEqual([line["days"] for line in self._lines(day)], [-3, -1, 0, 4, 5])
        self.company.resource_calendar_id.tz = "Pacific/Kiritimati"  # there it is Thursday already
        day = self._day(self.clerk_user)
        self.assertEqual(self._sections(day), {"late": 3, "week": 1, "later": 1})
        self.assertEqual(day["today"], self.today + timedelta(days=1))

    def test_week_begins_by_the_language(self):
        self._action(4)
        self.assertEqual(self._sections(self._day(self.clerk_user)), {"week": 1})
        self.env["res.lang"]._get_data(code="en_GB")
        self.env["res.lang"].search([("code", "=", "en_GB")]).week_start = "7"
        self.assertEqual(self._sections(self._day(self.clerk_user)), {"later": 1})

    def test_nothing_waits(self):
        self._action(person=self.head)
        day = self._day(self.clerk_user)
        self.assertEqual((day["sections"], day["verbs"], day["people"], day["leads"]), ([], [], [], False))

    # === WHAT IS ASKED === #

    def test_each_stage_asks_its_own(self):
        nonconformity = self._nonconformity()
        self.assertEqual(self._verb(nonconformity, self.head_user), ["answer"])
        nonconformity.with_user(self.head_user).action_confirm()
        self.assertEqual(self._verb(nonconformity, self.head_user), ["do"])
        nonconformity._transition({"state": "verification"})
        nonconformity._acted()
        nonconformity._call_checkers()
        self.assertEqual(self._verb(nonconformity, self.users["quality_officer"]), ["check"])

    def test_chief_of_who_is_late_takes_note(self):
        action = self._action(-2)
        self.assertEqual(self._verb(action, self.clerk_user), ["do"])
        action._escalate()
        self.assertEqual(self._verb(action, self.head_user), ["read"])
        line = self._lines(self._day(self.head_user))[0]
        self.assertEqual([method for method, _label in line["buttons"]], [""])
        self.env["qms.day"].with_user(self.head_user).complete(line["id"], "")
        self.assertEqual(self._day(self.head_user)["sections"], [])
        self.assertEqual(self._sections(self._day(self.clerk_user)), {"late": 1}, "the duty itself goes on")

    def test_verbs_are_counted_and_narrow_the_page(self):
        self._action(person=self.head)
        self._action(person=self.head)
        self._nonconformity()
        day = self._day(self.head_user)
        self.assertEqual([(key, count) for key, _label, count in day["verbs"]], [("do", 2), ("answer", 1)])
        day = self._day(self.head_user, verb="answer")
        self.assertEqual([line["verb"] for line in self._lines(day)], ["answer"])
        self.assertEqual([(key, count) for key, _label, count in day["verbs"]], [("do", 2), ("answer", 1)])

    def test_search(self):
        self._action(name="Put up signs")
        self._action(name="Paint the door")
        self.assertEqual(len(self._lines(self._day(self.clerk_user, text=" DOOR "))), 1)
        self.assertEqual(len(self._lines(self._day(self.clerk_user, text="carry out"))), 2)
        self.assertEqual(self._day(self.clerk_user, text="window")["sections"], [])

    def test_other_activities_of_odoo_are_marked(self):
        self.clerk_user.partner_id.activity_schedule(
            "mail.mail_activity_data_todo", self.today, "Ring back", user_id=self.clerk_user.id
        )
        line = self._lines(self._day(self.clerk_user))[0]
        self.assertEqual((line["what"], line["verb"], line["buttons"][0][0]), ("Ring back", "do", ""))
        self.assertTrue(line["kind"])
        self.env["qms.day"].with_user(self.clerk_user).complete(line["id"], "")
        self.assertEqual(self._day(self.clerk_user)["sections"], [])

    # === ONE CLICK === #

    def test_one_click_passes_the_records_gates(self):
        nonconformity = self._nonconformity()
        line = self._lines(self._day(self.head_user))[0]
        self.assertEqual([method for method, _label in line["buttons"]], ["action_confirm"])
        self.env["qms.day"].with_user(self.head_user).complete(line["id"], "action_confirm")
        self.assertEqual(nonconformity.state, "analysis")
        after = self._lines(self._day(self.head_user))
        self.assertEqual([row["verb"] for row in after], ["do"], "what comes next is there at once")
        with self.assertRaisesRegex(UserError, "no longer waiting"):
            self.env["qms.day"].with_user(self.head_user).complete(line["id"], "action_confirm")

    def test_refusal_is_the_records_sentence(self):
        nonconformity = self._nonconformity()
        line = self._lines(self._day(self.head_user))[0]
        nonconformity._transition({"state": "work"})
        with self.assertRaisesRegex(UserError, "where this step is not possible"):
            self.env["qms.day"].with_user(self.head_user).complete(line["id"], "action_confirm")

    def test_no_other_method_and_no_others_line(self):
        self._nonconformity()
        line = self._lines(self._day(self.head_user))[0]
        with self.assertRaisesRegex(UserError, "can't be done from here"):
            self.env["qms.day"].with_user(self.head_user).complete(line["id"], "unlink")
        with self.assertRaisesRegex(UserError, "no longer waiting"):
            self.env["qms.day"].with_user(self.users["commissioner"]).complete(line["id"], "action_confirm")

    def test_what_needs_evidence_opens_the_record(self):
        action = self._action()
        line = self._lines(self._day(self.clerk_user))[0]
        self.assertEqual(line["buttons"], [])
        opened = self.env["qms.day"].with_user(self.clerk_user).open_line(line["id"])
        self.assertEqual((opened["res_model"], opened["res_id"]), ("qms.action", action.id))

    # === WHO SEES WHAT === #

    def test_head_sees_his_people(self):
        self._action(-1, name="Put up signs")
        self._action(2, person=self.officer)
        self._action(person=self.head)
        stranger = self._employee(self.stranger, department_id=self.other_unit.id)
        self._action(person=stranger)
        day = self._day(self.head_user, whose="team")
        self.assertTrue(day["leads"])
        self.assertEqual(self._sections(day), {"late": 1, "week": 1})
        people = {person["id"]: (person["late"], person["week"], person["open"]) for person in day["people"]}
        self.assertEqual(people, {self.clerk_user.id: (1, 0, 1), self.users["quality_officer"].id: (0, 1, 1)})
        line = self._lines(day)[0]
        self.assertEqual((line["person"][0], line["buttons"], line["what"]), (self.clerk_user.id, [], False))
        self.assertIn("Put up signs", line["name"])

    def test_people_of_units_below(self):
        below = self.env["hr.department"].create(
            {"name": "Desk", "company_id": self.company.id, "parent_id": self.unit.id}
        )
        stranger = self._employee(self.stranger, department_id=below.id)
        self._action(person=stranger)
        self.assertEqual(self._sections(self._day(self.head_user, whose="team")), {"today": 1})

    def test_drill_down_to_one_person(self):
        self._action()
        self._action(person=self.officer)
        day = self._day(self.head_user, whose="team", person_id=self.clerk_user.id)
        self.assertEqual([line["person"][0] for line in self._lines(day)], [self.clerk_user.id])
        self.assertEqual(len(day["people"]), 2, "the others are still a click away")
        with self.assertRaisesRegex(AccessError, "not one"):
            self._day(self.head_user, whose="team", person_id=self.users["commissioner"].id)

    def test_who_leads_nobody_sees_himself_only(self):
        self._action()
        stranger = self._employee(self.stranger, department_id=self.other_unit.id)
        day = self._day(self.stranger, whose="team")
        self.assertEqual((day["whose"], day["leads"], day["sections"], day["people"]), ("mine", False, [], []))
        # Of a person whom he does not lead he is told nothing: the page is his own.
        self.assertEqual(self._day(self.stranger, person_id=self.clerk_user.id)["sections"], [])
        self.other_unit.manager_id = stranger
        day = self._day(self.stranger, whose="team")
        self.assertEqual((day["leads"], day["sections"]), (True, []), "a foreign head has only his own people")
        line = self._lines(self._day(self.clerk_user))[0]
        with self.assertRaisesRegex(UserError, "no longer waiting"):
            self.env["qms.day"].with_user(self.stranger).open_line(line["id"], "team")

    def test_page_that_remembers_a_person_of_who_led_him(self):
        self._action(person=self.head)
        options = {"whose": "team", "person_id": self.clerk_user.id}
        self.unit.manager_id = False
        day = self._day(self.head_user, **options)
        self.assertEqual((day["whose"], len(self._lines(day))), ("mine", 1))
        lines = self.env["qms.day"].with_user(self.head_user).get_lines("today", 0, **options)
        self.assertEqual(len(lines), 1)

    def test_who_acts_for_the_head(self):
        self._action()
        role = self._role("R-HEAD", kind="head", department_id=self.unit.id)
        deputy = self._employee(self.stranger, department_id=self.other_unit.id)
        rows = self.env["qms.role.holder"]
        rows.create({"role_id": role.id, "employee_id": self.head.id})
        self.assertFalse(self._day(self.stranger)["leads"])
        acting = rows.create(
            {
                "role_id": role.id,
                "employee_id": deputy.id,
                "kind": "acting",
                "acted_for_id": self.head.id,
                "reason": "leave",
                "date_from": self.today,
                "date_to": self.today + timedelta(days=7),
            }
        )
        day = self._day(self.stranger, whose="team")
        self.assertEqual(self._sections(day), {"today": 1})
        self.assertIn(self.head_user.id, [person["id"] for person in day["people"]])
        self.assertFalse(self._day(self.head_user)["leads"], "whose place is taken does not lead meanwhile")
        acting.date_to = self.today - timedelta(days=1) if acting.date_from < self.today else self.today
        with freeze_time(f"{self.today + timedelta(days=1)} 10:00:00"):
            self.assertFalse(self._day(self.stranger)["leads"])
            self.assertTrue(self._day(self.head_user)["leads"])

    def test_head_may_not_open_what_he_may_not_read(self):
        self._action()
        line = self._lines(self._day(self.head_user, whose="team"))[0]
        day = self.env["qms.day"].with_user(self.head_user)
        self.assertEqual(day.open_line(line["id"], "team")["res_model"], "qms.action")
        access = self.env["ir.model.access"].search([("model_id.model", "=", "qms.action")])
        access.write({"active": False})
        with self.assertRaisesRegex(UserError, "the name and the deadline"):
            day.open_line(line["id"], "team")

    def test_other_authority(self):
        self._action()
        both = self.clerk_user
        both.company_ids |= self.other_company
        unit = self.env["hr.department"].create({"name": "Far", "company_id": self.other_company.id})
        person = self.env["hr.employee"].create(
            {"name": "Clerk there", "company_id": self.other_company.id, "user_id": both.id, "department_id": unit.id}
        )
        boss = self.env["hr.employee"].create(
            {"name": "Boss there", "company_id": self.other_company.id, "user_id": self.foreigner.id}
        )
        unit.manager_id = boss
        abroad = self.env["qms.action"].with_context(allowed_company_ids=self.other_company.ids)
        abroad = abroad.create(
            {
                "name": "Abroad",
                "company_id": self.other_company.id,
                "responsible_id": person.id,
                "date_deadline": self.today,
            }
        )
        abroad._start()
        here = self._lines(self._day(both))
        self.assertEqual([(line["name"].split(" ", 1)[1], line["company"]) for line in here], [("Put up signs", False)])
        companies = (self.company | self.other_company).ids
        day = self.env["qms.day"].with_user(both).with_context(allowed_company_ids=companies).get_day()
        self.assertEqual({line["company"] for line in self._lines(day)}, {"City A", "City B"})
        there = self._abroad("qms.day").get_day(whose="team")
        self.assertEqual([line["name"].split(" ", 1)[1] for line in self._lines(there)], ["Abroad"])
        self.assertEqual([person["open"] for person in there["people"]], [1])

    def test_confidential_records(self):
        self._action(name="Secret")
        access = self.env["ir.model.access"].search([("model_id.model", "=", "qms.action")])
        with patch.object(self.env.registry["qms.action"], "_confidential", True):
            day = self._day(self.head_user, whose="team")
            self.assertEqual((day["sections"], sum(person["open"] for person in day["people"])), ([], 0))
            self.assertIn("Secret", self._lines(self._day(self.clerk_user))[0]["name"], "who may read it sees it")
            access.write({"active": False})
            self.assertNotIn("Secret", str(self._lines(self._day(self.clerk_user))[0]))
            self.assertEqual(self._day(self.clerk_user, text="secret")["sections"], [])

    def test_what_becomes_confidential_later(self):
        nonconformity = self._nonconformity(name="A bribe", responsible_id=self.clerk.id)
        nonconformity.sudo().responsible_id = self.clerk
        self.assertEqual(len(self._lines(self._day(self.head_user, whose="team"))), 1)
        nonconformity.sudo().kind = "corruption"
        self.assertEqual(self._lines(self._day(self.head_user, whose="team")), [])
        self.assertEqual(len(self._lines(self._day(self.clerk_user))), 1)

    # === FIGURES === #

    def test_lines_come_in_pages(self):
        for index in range(45):
            self._action(1, name=f"Action {index}")
        day = self._day(self.clerk_user)
        section = day["sections"][0]
        self.assertEqual((section["count"], len(section["lines"])), (45, 40))
        more = self.env["qms.day"].with_user(self.clerk_user).with_context(lang="en_GB").get_lines("week", 40)
        self.assertEqual(len(more), 5)
        self.assertFalse({line["id"] for line in more} & {line["id"] for line in section["lines"]})
        day = self._day(self.clerk_user, shown={"week": 45})
        self.assertEqual(len(day["sections"][0]["lines"]), 45, "a page that is renewed keeps what was asked for")

    def _queries(self, user, **options):
        self._day(user, **options)  # what is read once per process
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        self._day(user, **options)
        return self.cr.sql_log_count - before

    def test_queries_do_not_grow_with_the_work(self):
        role = self._role("R-HEAD", kind="head", department_id=self.unit.id)
        self.env["qms.role.holder"].create({"role_id": role.id, "employee_id": self.head.id})

        def work(count):
            for index in range(count):
                person = (self.clerk, self.officer)[index % 2]
                self._action(index % 20 - 8, person=person)
            self.env.flush_all()

        work(20)
        few = self._queries(self.clerk_user), self._queries(self.head_user, whose="team")
        work(180)
        many = self._queries(self.clerk_user), self._queries(self.head_user, whose="team")
        self.assertEqual(many, few)
        self.assertLessEqual(few[0], 12)
        self.assertLessEqual(few[1], 20)
