from email.message import EmailMessage

from odoo.exceptions import AccessError
from odoo.service.model import call_kw
from odoo.tests import new_test_user, tagged

from .common import NonconformityCase


@tagged("post_install", "-at_install")
class TestReportsByMail(NonconformityCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        domain = cls.env["mail.alias.domain"].create({"name": "city.example"})
        cls.company.alias_domain_id = domain
        cls.company._qms_set_report_alias("problem", "employees")

    def _mail(self, sender="Clerk <clerk@city.example>", subject="Черга", body="Понад годину", html=None, files=()):
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = sender, "problem@city.example", subject
        message["Message-Id"] = f"<{self._testMethodName}@mail.example>"
        message.set_content(body)
        if html:
            message.add_alternative(html, subtype="html")
        for name, size in files:
            message.add_attachment(b"x" * size, maintype="image", subtype="jpeg", filename=name)
        return message.as_bytes()

    def _receive(self, **mail):
        thread = self.env["mail.thread"].with_context(mail_notify_force_send=False)
        record_id = thread.message_process(False, self._mail(**mail))
        return self.env["qms.nonconformity"].browse(record_id or [])

    def test_a_mail_becomes_a_report(self):
        record = self._receive(files=[("photo.jpg", 2000)])
        self.assertEqual((record.name, record.description), ("Черга", "Понад годину"))
        self.assertEqual((record.company_id, record.state), (self.company, "reported"))
        self.assertTrue(record.number)
        self.assertEqual(record.message_ids.attachment_ids.mapped("name"), ["photo.jpg"])
        self.assertEqual(self._activities(record).user_id, self.users["coordinator"])

    def test_an_address_is_no_proof_of_who_wrote(self):
        """Anybody can write an employee's address into a mail: it makes him neither reporter nor reader."""
        record = self._receive(sender="Head <head@city.example>")
        self.assertTrue(record.by_mail)
        self.assertFalse(record.reporter_id)
        self.assertFalse(record.responsible_id)
        self.assertIn("head@city.example", record.mail_sender)
        self.assertNotEqual(record.create_uid, self.head_user)
        self.assertFalse(record.with_user(self.head_user).has_access("read"))
        self.assertFalse(self.env["qms.nonconformity"].with_user(self.clerk_user).create({"name": "x"}).by_mail)

    def test_a_client_can_not_pass_for_the_mail_gateway(self):
        reports = self.env["qms.nonconformity"].with_user(self.clerk_user).with_context(qms_by_mail=True)
        record = reports.create({"name": "x", "by_mail": True, "mail_sender": "mayor@city.example"})
        self.assertEqual((record.by_mail, record.mail_sender, record.reporter_id), (False, False, self.clerk_user))

    def test_only_the_gateway_hands_over_mails(self):
        portal = new_test_user(self.env, "qms_portal", groups="base.group_portal")
        values = {"company_id": self.company.id, "message_follower_ids": [(0, 0, {"partner_id": portal.partner_id.id})]}
        mail = {"subject": "x", "author_id": self.head_user.partner_id.id, "attachments": [["x", "x" * 9, {}]]}
        before = self.env["qms.nonconformity"].search_count([])
        for user in (portal, self.clerk_user, self.users["coordinator"]):
            reports = self.env["qms.nonconformity"].with_user(user)
            with self.assertRaises(AccessError):
                call_kw(reports, "message_new", [mail, values], {})
        self.assertEqual(self.env["qms.nonconformity"].search_count([]), before)

    def test_only_an_administrator_works_the_gateway(self):
        """What it is given for a new record of any model it writes as superuser: a login of an administrator, too."""
        admins = self.env.ref("base.group_system")
        user = {"name": "x", "login": "qms_forged", "group_ids": [(4, admins.id)]}
        mail = self._mail(sender="x@else.example").replace(b"problem@city.example", b"")
        for login in (self.clerk_user, self.users["coordinator"]):
            thread = self.env["mail.thread"].with_user(login)
            with self.assertRaises(AccessError):
                call_kw(thread, "message_process", ["res.partner", mail, {"name": "x", "user_ids": [(0, 0, user)]}], {})
        self.assertFalse(self.env["res.users"].search([("login", "=", "qms_forged")]))

    def test_an_alias_names_the_place_and_nothing_more(self):
        values = {
            "company_id": self.company.id,
            "severity": "critical",
            "name": "Named by the alias",
            "responsible_id": self.head.id,
            "cause": "Known",
            "action_ids": [(0, 0, {"name": "x", "company_id": self.company.id})],
        }
        record = self.env["qms.nonconformity"].message_new({"subject": "Queue", "body": ""}, values)
        self.assertEqual((record.name, record.severity), ("Queue", "critical"))
        self.assertFalse(record.responsible_id or record.cause or record.action_ids)

    def test_unknown_senders_are_told_and_leave_no_report(self):
        before = self.env["qms.nonconformity"].search_count([])
        record = self._receive(sender="Somebody <somebody@else.example>")
        self.assertFalse(record)
        self.assertEqual(self.env["qms.nonconformity"].search_count([]), before)
        answer = self.env["mail.mail"].search([("email_to", "ilike", "somebody@else.example")])
        self.assertIn("problem@city.example", answer.body_html)

    def test_unknown_senders_are_sorted_where_the_authority_wants_them(self):
        self.company._qms_set_report_alias("problem", "everyone")
        record = self._receive(sender="Somebody <somebody@else.example>")
        self.assertTrue(record.by_mail)
        self.assertIn("somebody@else.example", record.mail_sender)

    def test_large_files_are_left_out_and_named(self):
        self.company.qms_mail_limit = 1
        record = self._receive(files=[("small.jpg", 1000), ("film.jpg", 3 * 1024 * 1024)])
        self.assertEqual(record.message_ids.attachment_ids.mapped("name"), ["small.jpg"])
        notes = " ".join(record.message_ids.mapped("body"))
        self.assertIn("film.jpg (3 MB)", notes)
        answer = self.env["mail.mail"].search([("subject", "like", record.number)])
        self.assertIn("film.jpg", answer.body_html)

    def test_30_megabytes_cost_the_file_not_the_report(self):
        parsed = {
            "subject": "Фото",
            "body": "<p>Дах</p>",
            "email_from": "clerk@city.example",
            "attachments": [("roof.jpg", b"x" * (30 * 1024 * 1024), {})],
        }
        record = self.env["qms.nonconformity"].message_new(parsed, {"company_id": self.company.id})
        self.assertEqual(record.name, "Фото")
        self.assertEqual(parsed["attachments"], [])
        self.assertIn("roof.jpg (30 MB)", " ".join(record.message_ids.mapped("body")))

    def test_scripts_do_not_survive(self):
        html = "<p>Черга <b>довга</b></p><script>alert('xss')</script><img src=x onerror=alert(1)>"
        record = self._receive(subject="", html=html)
        self.assertNotIn("alert", record.description)
        self.assertIn("Черга", record.name)
        bodies = " ".join(record.message_ids.mapped("body"))
        for trace in ("<script", "onerror", "alert("):
            self.assertNotIn(trace, bodies)

    def test_no_subject_and_no_text(self):
        self.assertTrue(self._receive(subject="", body="\n").name)

    def test_address_is_set_and_taken_away_in_the_settings(self):
        settings = self.env["res.config.settings"].create({"company_id": self.company.id})
        self.assertEqual(settings.qms_report_alias_name, "problem")
        settings.qms_report_alias_name = "trouble"
        settings.execute()
        self.assertEqual(self.company.qms_report_alias_id.alias_name, "trouble")
        self.env["res.config.settings"].create({"qms_report_alias_name": False}).execute()
        self.assertFalse(self.company.qms_report_alias_id)
