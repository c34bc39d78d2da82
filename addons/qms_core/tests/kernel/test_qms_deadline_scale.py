import re
from contextlib import contextmanager
from datetime import timedelta
from unittest.mock import patch

from odoo.sql_db import Cursor

from odoo.addons.base.models.ir_cron import IrCron
from odoo.addons.qms_core.models.kernel import qms_deadline_cron

from ..common import QmsCase

COUNT = 300


class TestQmsDeadlineScale(QmsCase):
    """Queries don't grow with duties or people, and a stop in the middle loses nothing."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = cls.company._qms_today()
        cls.people = cls.head | cls.clerk | cls.officer
        for index in range(5):
            cls.people |= cls._employee(cls._user(f"worker{index}"), parent_id=cls.head.id)

    @classmethod
    def _actions(cls, count, days):
        actions = cls.env["qms.action"].create(
            [
                {
                    "name": f"Action {index}",
                    "company_id": cls.company.id,
                    "responsible_id": cls.people[index % len(cls.people)].id,
                    "date_deadline": cls.today + timedelta(days=days),
                }
                for index in range(count)
            ]
        )
        actions.action_start()
        return actions

    def _run(self, days=0, method="_cron_deadlines", batch=100, stop_after=None):
        """Run a cron in batches; commits don't happen, and the cron may be stopped after some of them."""
        steps = []

        def progress(*args, **kwargs):
            steps.append(args)
            self.env.flush_all()
            return 0 if stop_after and len(steps) >= stop_after else 60

        moved = self.today + timedelta(days=days)
        with (
            patch.object(type(self.env.company), "_qms_today", lambda company: moved),
            patch.object(IrCron, "_commit_progress", progress),
            patch.object(qms_deadline_cron, "BATCH", batch),
            patch.object(qms_deadline_cron, "DIGEST_BATCH", batch),
        ):
            getattr(self.env["qms.deadline.mixin"], method)()
        return len(steps)

    @contextmanager
    def _counting_reads(self):
        """Yield a list of the SELECT statements that are executed meanwhile."""
        self.env.flush_all()
        self.env.invalidate_all()
        reads, execute = [], Cursor.execute

        def counting(cursor, query, *args, **kwargs):
            text = str(getattr(query, "code", query))
            if re.match(r"\s*SELECT", text):
                reads.append(text)
            return execute(cursor, query, *args, **kwargs)

        with patch.object(Cursor, "execute", counting):
            yield reads

    def _calls(self, actions, user=None):
        domain = [("res_model", "=", "qms.action"), ("res_id", "in", actions.ids)]
        return self.env["mail.activity"].search(domain + ([("user_id", "=", user.id)] if user else []))

    def _reads_of_run(self, **kwargs):
        with self._counting_reads() as reads:
            self._run(**kwargs)
        return len(reads)

    def test_reminders_take_two_reads_a_batch(self):
        self._actions(COUNT, days=3)
        few = self._reads_of_run(batch=1000)
        actions = self.env["qms.action"].search([("company_id", "=", self.company.id)])
        self.assertTrue(all(actions.mapped("reminded")))
        actions.write({"reminded": False})
        many = self._reads_of_run(batch=100)
        self.assertEqual(len(self._calls(actions)), COUNT, "Who has the call gets no second one.")
        self.assertLessEqual(many - few, 2 * (COUNT // 100))

    def test_escalation_takes_two_reads_a_batch(self):
        actions = self._actions(COUNT, days=-1)
        self._run(batch=1000)
        actions.sudo().write({"escalation_level": 0})
        self._calls(actions, self.head_user).unlink()
        few = self._reads_of_run(batch=1000)
        self._calls(actions, self.head_user).unlink()
        actions.sudo().write({"escalation_level": 0})
        many = self._reads_of_run(batch=100)
        own = actions.filtered(lambda action: action.responsible_id != self.head)
        self.assertEqual(len(self._calls(own, self.head_user)), len(own))
        self.assertLessEqual(many - few, 2 * (COUNT // 100))

    def test_stop_in_the_middle(self):
        actions = self._actions(COUNT, days=-8)
        steps = self._run(stop_after=2)
        self.assertEqual(steps, 2)
        self.assertTrue(actions.filtered(lambda action: not action.reminded), "It did stop.")
        self._run()
        self.assertEqual(set(actions.mapped("escalation_level")), {2})
        own = actions.filtered(lambda action: action.responsible_id != self.head)
        self.assertEqual(len(self._calls(own, self.head_user)), len(own), "Each is told, and told once.")
        count = len(self._calls(actions))
        self._run()
        self.assertEqual(len(self._calls(actions)), count)

    def test_missed_days_are_caught_up_once(self):
        actions = self._actions(10, days=1)
        self._run(days=40)
        self.assertEqual(set(actions.mapped("escalation_level")), {3})
        count = len(self._calls(actions))
        self._run(days=41)
        self.assertEqual(len(self._calls(actions)), count)

    def test_digest_reads_don_t_grow_with_people(self):
        self._actions(40, days=2)
        self.env.cr.execute("DELETE FROM mail_mail")
        few = self._reads_of_run(method="_cron_digest", batch=1000)
        digests = self.env["mail.mail"].search_count([("email_to", "ilike", "@city.example")])
        self.assertEqual(digests, len(self.people))
        for index in range(30):
            self.people |= self._employee(self._user(f"more{index}"))
        self._actions(100, days=2)
        self.env["res.users"].search([]).qms_digest_date = False
        many = self._reads_of_run(method="_cron_digest", batch=1000)
        self.assertLessEqual(many, few + 3)

    def test_digest_stopped_in_the_middle_reaches_each_once(self):
        self._actions(40, days=2)
        self._run(method="_cron_digest", batch=3, stop_after=2)
        self._run(method="_cron_digest", batch=3)
        for person in self.people:
            mails = self.env["mail.mail"].search_count([("email_to", "ilike", f"<{person.user_id.email}>")])
            self.assertEqual(mails, 1)

    def test_actions_in_bulk_call_with_less_than_a_query_each_and_no_mail(self):
        mails = self.env["mail.mail"].search_count([])
        vals_list = [
            {
                "name": f"Action {index}",
                "company_id": self.company.id,
                "responsible_id": self.clerk.id,
                "date_deadline": self.today + timedelta(days=10),
            }
            for index in range(200)
        ]
        self.env["qms.action"].create(vals_list[:1]).action_start()
        self.env.flush_all()
        queries = self.env.cr.sql_log_count
        for start in (0, 100):
            actions = self.env["qms.action"].create(vals_list[start : start + 100])
            actions.action_start()
            self.env.flush_all()
            self.env.invalidate_all()
        self.assertLessEqual(self.env.cr.sql_log_count - queries, 200)
        self.assertEqual(self._calls(actions).user_id, self.clerk_user)
        self.assertEqual(self.env["mail.mail"].search_count([]), mails)
