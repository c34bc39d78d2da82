from odoo.exceptions import UserError
from odoo.tests import Form, HttpCase, tagged

from .common import NonconformityCase


class TestProblemReport(NonconformityCase):
    def _report(self, user=None, **context):
        return Form(self.env["qms.problem.report"].with_user(user or self.clerk_user).with_context(**context))

    def _sent(self, form):
        result = form.save().action_send()
        return self.env["qms.nonconformity"].browse(result["params"]["next"]["res_id"]), result

    def test_one_sentence_is_enough(self):
        form = self._report()
        form.name = "No forms left at the desk"
        record, result = self._sent(form)
        self.assertEqual((record.name, record.reporter_id), ("No forms left at the desk", self.clerk_user))
        self.assertEqual((record.department_id, record.responsible_id), (self.unit, self.head))
        self.assertIn(record.number, result["params"]["title"])
        self.assertIn(self.head.name, result["params"]["message"])

    def test_without_that_sentence_nothing_is_sent(self):
        before = self.env["qms.nonconformity"].search_count([])
        for nothing in (False, "   "):
            form = self._report()
            form.name = nothing
            with self.assertRaisesRegex(UserError, "in one sentence"):
                form.save().action_send()
        self.assertEqual(self.env["qms.nonconformity"].search_count([]), before)

    def test_from_the_action_menu_of_a_record(self):
        process = self._process()
        self._approved(process)
        menu = self.env["ir.actions.server"].search(
            [("binding_model_id.model", "=", "qms.process"), ("code", "like", "qms.problem.report")]
        )
        context = {"active_model": process._name, "active_id": process.id, "active_ids": process.ids}
        action = menu.with_user(self.clerk_user).with_context(**context).run()
        self.assertEqual(action["res_model"], "qms.problem.report")
        form = self._report(**action["context"])
        self.assertEqual(form.process_id, process)
        form.name = "A step is missing"
        record, _result = self._sent(form)
        self.assertEqual((record.origin_model, record.origin_id), (process._name, process.id))
        self.assertEqual(record.origin_label, process.display_name)
        self.assertEqual(record.process_id, process)

    def test_every_core_model_has_it_once(self):
        self.env["qms.problem.report"]._offer_on(["qms.process"], "qms_core")
        menus = self.env["ir.actions.server"].search([("code", "like", '"qms.problem.report"')])
        names = menus.mapped("binding_model_id.model")
        self.assertEqual(len(names), len(set(names)))
        for name in ("qms.process", "qms.service", "qms.indicator", "qms.role", "hr.department"):
            self.assertIn(name, names)

    def test_about_one_record_only(self):
        processes = self._process() | self._process("P-2")
        with self.assertRaisesRegex(UserError, "one record"):
            self.env["qms.problem.report"]._ask_about(processes)

    def test_no_record_of_another_model_becomes_the_origin(self):
        """A client may send any model: only those that offer it are named as origin, and only readable records."""
        hidden = self._nonconformity(user=self.stranger)
        for model, record_id in (("res.users", self.env.uid), (hidden._name, hidden.id), ("no.such", 1)):
            form = self._report(default_origin_model=model, default_origin_id=record_id)
            form.name = "x"
            record, _result = self._sent(form)
            self.assertFalse(record.origin_model or record.origin_label)
        action = self.env["qms.action"].create({"name": "Secret", "company_id": self.company.id})
        form = self._report(user=self.stranger, default_origin_model=action._name, default_origin_id=action.id)
        form.name = "x"
        self.assertFalse(self._sent(form)[0].origin_label)

    def test_photos_go_along_and_nobody_elses_files(self):
        files = self.env["ir.attachment"]
        own = files.with_user(self.clerk_user).create(
            {"name": "photo.jpg", "raw": b"x", "res_model": "qms.problem.report", "res_id": 0}
        )
        process = self._process()
        other = files.create({"name": "order.pdf", "raw": b"y", "res_model": process._name, "res_id": process.id})
        report = (
            self.env["qms.problem.report"]
            .with_user(self.clerk_user)
            .create({"name": "x", "attachment_ids": [(6, 0, [own.id, other.id])]})
        )
        record = self.env["qms.nonconformity"].browse(report.action_send()["params"]["next"]["res_id"])
        self.assertEqual((own.res_model, own.res_id), (record._name, record.id))
        self.assertEqual((other.res_model, other.res_id), (process._name, process.id))

    def test_a_file_that_is_too_large(self):
        """It is told at once, and nothing of the report is lost; a client that asks for no advice is refused."""
        self.company.qms_mail_limit = 1
        files = self.env["ir.attachment"].with_user(self.clerk_user)
        small, large = files.create(
            [
                {"name": name, "raw": b"x" * size, "res_model": "qms.problem.report", "res_id": 0}
                for name, size in (("photo.jpg", 10), ("film.mp4", 2_000_000))
            ]
        )
        form = self._report()
        form.name = "The lift stands still"
        form.attachment_ids.add(small)
        with self.assertLogs("odoo.tests.form.onchange", "WARNING") as told:
            form.attachment_ids.add(large)
        self.assertRegex(told.output[0], r"at most 1 MB each: film.mp4 \(2 MB\)")
        record, _result = self._sent(form)
        self.assertEqual((small.res_model, large.res_model), (record._name, "qms.problem.report"))
        report = self.env["qms.problem.report"].with_user(self.clerk_user)
        sent = report.create({"name": "x", "attachment_ids": [(6, 0, large.ids)]})
        with self.assertRaisesRegex(UserError, "film.mp4"):
            sent.action_send()

    def test_a_service_makes_it_a_nonconforming_service(self):
        service = self.env["qms.service"].create(
            {"name": "Certificate", "code": "S-1", "company_id": self.company.id, "department_id": self.unit.id}
        )
        form = self._report(user=self.stranger)
        form.service_id = service
        form.name = "Refused twice"
        record, _result = self._sent(form)
        self.assertEqual((record.kind, record.service_id, record.responsible_id), ("service", service, self.head))

    def test_markup_stays_text(self):
        form = self._report()
        form.name = "x"
        form.description = "<script>alert(1)</script>"
        record, _result = self._sent(form)
        # A field of plain text: a browser shows the letters and runs nothing; neither does the printed report.
        self.assertEqual(record._fields["description"].type, "text")
        html = self.env["ir.actions.report"]._render_qweb_html("qms_core.report_nonconformity", record.ids)[0]
        self.assertNotIn(b"<script>alert", html)

    def test_origin_of_an_uninstalled_addon(self):
        process = self._process()
        record = self.env["qms.nonconformity"]._raise_from(process, {"name": "x"})
        self.env.cr.execute("UPDATE qms_nonconformity SET origin_model = 'gone.model' WHERE id = %s", [record.id])
        record.invalidate_recordset()
        self.env["qms.origin.mixin"]._forget_models(["gone.model"])
        [row] = record.web_read({"origin_id": {}, "origin_label": {}, "similar_count": {}, "fishbone_html": {}})
        self.assertEqual((row["origin_id"], row["origin_label"]), (False, process.display_name))
        self.assertFalse(record.action_open_origin())


@tagged("post_install", "-at_install")
class TestProblemReportAddress(HttpCase):
    def test_short_address_leads_to_the_form(self):
        answer = self.url_open("/qms/report", allow_redirects=False)
        self.assertIn("/web/login", answer.headers["Location"])
        self.authenticate("admin", "admin")
        answer = self.url_open("/qms/report", allow_redirects=False)
        self.assertTrue(answer.headers["Location"].endswith("/odoo/qms-report"))
