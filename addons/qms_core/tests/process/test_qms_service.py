from psycopg2.errors import CheckViolation, UniqueViolation

from odoo.tools import mute_logger

from ..common import QmsCase


class TestQmsService(QmsCase):
    def _service(self, code="S-1", **vals):
        return self.env["qms.service"].create(
            {"name": "Certificate", "code": code, "company_id": self.company.id, "deadline_days": 10, **vals}
        )

    def test_deadline_norm(self):
        service = self._service(deadline_kind="working")
        self.assertEqual((service.deadline_days, service.deadline_kind), (10, "working"))
        for days in (-1, 4000):
            with mute_logger("odoo.sql_db"), self.assertRaises(CheckViolation), self.cr.savepoint():
                service.deadline_days = days
                self.env.flush_all()

    def test_code_is_unique_in_an_authority(self):
        self._service()
        self._service(company_id=self.other_company.id)
        with mute_logger("odoo.sql_db"), self.assertRaises(UniqueViolation), self.cr.savepoint():
            self._service()

    def test_name_and_result_are_translated(self):
        for code in ("en_US", "uk_UA"):
            self.env["res.lang"]._activate_lang(code)
        service = self._service(result="A paper").with_context(lang="en_US")
        service.with_context(lang="uk_UA").write({"name": "Довідка", "result": "Папір"})
        self.assertEqual((service.name, service.result), ("Certificate", "A paper"))
        self.assertEqual(service.with_context(lang="uk_UA").name, "Довідка")
