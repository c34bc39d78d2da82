import base64
from datetime import timedelta

from psycopg2.errors import CheckViolation

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form
from odoo.tools import mute_logger

from .goal_common import GoalCase


class NeedCase(GoalCase):
    """A year of needs of the first authority, kept by the coordinator."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.year = cls.env["qms.need.year"].with_user(cls.users["coordinator"]).create({"lang": "en_US"})
        cls.party = cls.env["qms.party"].create({"name": "Citizens", "code": "C", "company_id": cls.company.id})
        cls.topic = cls.env.ref("qms_core.need_topic_roads")

    @classmethod
    def _event(cls, user=None, **vals):
        events = cls.env["qms.need.event"].with_user(user or cls.users["coordinator"])
        return events.create({"name": "Hot line", "kind": "hot_line", "year_id": cls.year.id, **vals})

    @classmethod
    def _held(cls, **vals):
        event = cls._event(minutes="Said", **{"people_count": 12, **vals})
        event.action_hold()
        return event

    @classmethod
    def _need(cls, name="Mend the road", user=None, **vals):
        needs = cls.env["qms.need"].with_user(user or cls.users["coordinator"])
        return needs.create(
            {"name": name, "year_id": cls.year.id, "party_id": cls.party.id, "topic_id": cls.topic.id, **vals}
        )


class TestQmsNeedEvent(NeedCase):
    def test_held_with_minutes(self):
        event = self._event(user=self.users["quality_officer"])
        with self.assertRaisesRegex(UserError, "Write the minutes"):
            event.action_hold()
        event.minutes_file = base64.b64encode(b"minutes")
        event.action_hold()
        self.assertEqual(event.state, "held")
        with self.assertRaisesRegex(UserError, "can't be edited"):
            event.write({"state": "planned"})
        event.action_plan_again()
        self.assertEqual(event.state, "planned")

    def test_what_is_to_come_was_not_held(self):
        event = self._event(minutes="Said")
        tomorrow = self.today + timedelta(days=1)
        following = self.env["qms.need.year"].with_user(self.users["coordinator"])
        if tomorrow.year != self.today.year:
            event.write({"year_id": following.create({"year": tomorrow.year}).id, "date": tomorrow})
        else:
            event.date = tomorrow
        with self.assertRaisesRegex(UserError, "still to come"):
            event.action_hold()

    def test_cancelled_with_a_reason_unless_somebody_was_heard(self):
        event, heard = self._event(), self._event(name="Reception")
        self._need(event_id=heard.id)
        action = event.action_cancel()
        self.assertEqual(action["res_model"], "qms.reason.wizard")
        event.action_cancel("The hall is closed.")
        self.assertEqual((event.state, event.cancel_reason), ("cancelled", "The hall is closed."))
        with self.assertRaisesRegex(UserError, "so it took place"):
            heard.action_cancel("Nobody came")
        with self.assertRaisesRegex(ValidationError, "was cancelled"):
            self._need("Late", event_id=event.id)

    def test_day_lies_in_the_year(self):
        with self.assertRaisesRegex(ValidationError, f"is not in {self.year.year}"):
            self._event(date=f"{self.year.year - 1}-12-31")

    def test_plain_employee_reads_only(self):
        event = self._event()
        self.assertEqual(event.with_user(self.clerk_user).name, "Hot line")
        for attempt in (
            lambda: self._event(user=self.clerk_user),
            lambda: event.with_user(self.clerk_user).write({"name": "x"}),
            lambda: event.with_user(self.clerk_user).action_hold(),
            lambda: event.with_user(self.clerk_user).action_cancel("x"),
        ):
            with self.assertRaises(AccessError):
                attempt()

    def test_other_authority_sees_nothing(self):
        event, need = self._event(), self._need()
        for record in (event, need, self.year):
            there = record.with_user(self.foreigner).with_context(allowed_company_ids=self.other_company.ids)
            with self.assertRaises(AccessError):
                there.read(["display_name"])


class TestQmsNeed(NeedCase):
    def test_decision_needs_its_words(self):
        need = self._need()
        with self.assertRaisesRegex(ValidationError, "Say why"):
            need.decision = "refused"
        with self.assertRaisesRegex(ValidationError, "to whom"):
            need.decision = "passed"
        need.write({"decision": "refused", "decision_reason": "Not ours."})
        need.write({"decision": "passed", "passed_to": "Road service"})
        self.assertEqual(need.decision, "passed")

    def test_officers_write_needs_and_others_decide(self):
        officer = self.users["quality_officer"]
        need = self._need(user=officer)
        with self.assertRaisesRegex(AccessError, "decides"):
            need.write({"decision": "goal"})
        with self.assertRaisesRegex(AccessError, "decides"):
            self._need("Other", user=officer, decision="goal")
        need.with_user(self.users["commissioner"]).write({"decision": "goal"})
        need.write({"times_named": 3})
        self.assertEqual((need.decision, need.times_named), ("goal", 3))

    def test_named_at_least_once(self):
        with self.assertRaises(CheckViolation), mute_logger("odoo.sql_db"), self.cr.savepoint():
            self._need(times_named=0)
            self.env.flush_all()

    def test_event_is_of_the_same_year(self):
        last = self.year.create({"year": self.year.year - 1})
        event = self._event(year_id=last.id, date=f"{last.year}-06-01")
        with self.assertRaisesRegex(ValidationError, "event of another year"):
            self._need(event_id=event.id)

    def test_form_fills_in_what_follows(self):
        service = self.env["qms.service"].create(
            {"name": "Permit", "code": "S-1", "company_id": self.company.id, "process_id": self.process.id}
        )
        event = self._event()
        form = Form(self.env["qms.need"].with_user(self.users["quality_officer"]))
        form.name, form.event_id, form.service_id = "Faster", event, service
        need = form.save()
        self.assertEqual(
            (need.year_id, need.process_id, need.department_id, need.company_id),
            (self.year, self.process, self.unit, self.company),
        )
