from .control_common import ControlCase


class TestQmsDemo(ControlCase):
    def _year(self, seed):
        demo = self.env["qms.demo"]
        people = self.clerk | self.helper | self.head
        return demo._play_year_of_assignments(self.control, self.mayor, people, count=80, seed=seed).with_env(self.env)

    def _figures(self, records):
        return [
            (
                record.text,
                record.responsible_id,
                record.state,
                record.date_deadline,
                record.date_reported,
                record.timeliness,
            )
            for record in records
        ]

    def test_a_year_has_all_of_it_and_is_the_same_each_time(self):
        first = self._year(1)
        figures = self._figures(first)
        self.assertEqual(len(first), 80)
        self.assertLessEqual({"closed", "control"}, set(first.mapped("state")))
        self.assertEqual(set(first.mapped("timeliness")), {"on_time", "late", False})
        self.assertTrue(first.postponement_ids and any(first.mapped("return_count")) and any(first.mapped("is_late")))
        for record in first.filtered("date_reported"):
            self.assertEqual(record.timeliness == "on_time", record.date_reported <= record.date_deadline)
            self.assertLessEqual(record.date_control, record.date_reported)
            self.assertLessEqual(record.date_reported, self.today)
        # An act is registered once, so those of the first year make room.
        for act in first.act_id:
            act._transition({"issuer": "Another body"})
        first.act_id.flush_recordset()
        self.assertEqual(self._figures(self._year(1)), figures)

    def test_only_what_is_open_calls_people(self):
        records = self._year(2)
        called = {activity.res_id for activity in self._activities(records)}
        self.assertFalse(called & set(records.filtered(lambda record: record.state == "closed").ids))
        waiting = records.filtered(lambda record: record.state in ("control", "reported"))
        self.assertEqual(called, set(waiting.ids))
