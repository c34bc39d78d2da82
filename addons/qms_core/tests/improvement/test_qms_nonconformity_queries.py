from odoo.tests import warmup

from .common import NonconformityCase

LIST = {
    "number": {},
    "name": {},
    "severity": {},
    "department_id": {"fields": {"display_name": {}}},
    "responsible_id": {"fields": {"display_name": {}}},
    "date_deadline": {},
    "state": {},
}


class TestQueries(NonconformityCase):
    def _vals(self, count):
        return [
            {"name": f"Report {index}", "company_id": self.company.id, "department_id": self.unit.id}
            for index in range(count)
        ]

    def _create(self, reports, count):
        for _batch in range(count // 100):
            reports.create(self._vals(100))
        self.env.flush_all()

    def test_reports_in_bulk(self):
        """0.3 queries each in batches of 100, numbering and the head's activity included."""
        reports = self.env["qms.nonconformity"].with_user(self.clerk_user)
        self._create(reports, 100)
        before = self.env.cr.sql_log_count
        self._create(reports, 200)
        self.assertLessEqual(self.env.cr.sql_log_count - before, 60)

    @warmup
    def test_list_of_80(self):
        self.env["qms.nonconformity"].create(self._vals(100))
        reports = self.env["qms.nonconformity"].with_user(self.users["quality_officer"])
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertQueryCount(6):
            reports.web_search_read([("state", "not in", ("closed", "rejected"))], LIST, limit=80)

    @warmup
    def test_board_by_stage(self):
        self.env["qms.nonconformity"].create(self._vals(100))
        reports = self.env["qms.nonconformity"].with_user(self.users["quality_officer"])
        card = {**LIST, "is_late": {}, "repeat_of_id": {"fields": {"display_name": {}}}, "use_blocked": {}}
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertQueryCount(12):
            reports.web_read_group(
                [],
                ["state"],
                ["__count"],
                auto_unfold=True,
                unfold_read_specification=card,
                unfold_read_default_limit=40,
            )
